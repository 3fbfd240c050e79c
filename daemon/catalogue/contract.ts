// What the catalogue gives: all operations by id. Entries live in one file per kind of resource beside this one
// and are listed in `catalogue.ts`; everything that can be derived from them is derived.

import type { OperationId } from '../../shared/model/kind.ts';
import type { Operation } from '../../shared/model/operation.ts';

export type Catalogue = ReadonlyMap<OperationId, Operation>;

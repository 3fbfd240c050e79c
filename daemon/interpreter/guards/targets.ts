// Which resources a step is about, and which a cell names, as the guards ask for them everywhere. Pure.

import type { StepDraft } from '../../../shared/model/reading.ts';
import { type Cell, senseOf } from '../words/cells.ts';

/** Ids of the resources a step is about; none where it makes something or is about what another step makes. */
export const idsOf = ({ target }: Pick<StepDraft, 'target'>): readonly string[] =>
  target?.kind === 'resources' ? target.ids : [];

/** Ids of what a cell calls by its exact name; undefined where it names nothing, or a place. */
export function nameOf(cell: Cell | undefined): readonly string[] | undefined {
  const name = cell && !cell.quoted && !senseOf(cell, 'env') ? senseOf(cell, 'name') : undefined;
  return name?.exact ? name.ids : undefined;
}

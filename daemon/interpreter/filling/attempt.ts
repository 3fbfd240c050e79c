// One way to read a clause: an operation with its target and arguments, what that reading leaves unexplained, and
// what is still missing. Attempts are compared by cost; nothing with trouble is ever carried out.

import type { Arguments, Operation } from '../../../shared/model/operation.ts';
import type { Filter } from '../../../shared/model/reading.ts';
import type { Trouble } from '../linking/scene.ts';
import type { Cell } from '../words/cells.ts';

export interface DraftStep {
  readonly operation: Operation;
  readonly ids?: readonly string[];
  readonly filter?: Filter;
  /** Zero-based step whose creation is the target. */
  readonly created?: number;
  readonly args: Arguments;
  /** Cells by part of the reading: `verb`, `target`, `args.NAME`. */
  readonly evidence: readonly { readonly part: string; readonly cell: Cell }[];
}

export interface Attempt {
  readonly steps: readonly DraftStep[];
  readonly cost: number;
  readonly trouble?: Trouble;
}

// What filling a frame keeps: the arguments found, the words that gave them, and what of the clause is explained.
// Everything that fills arguments writes here; what nobody marks as used counts against the reading.

import type { ArgumentSpec, Operation } from '../../../shared/model/operation.ts';
import type { Json, Resource } from '../../../shared/model/resource.ts';
import type { Scene } from '../linking/scene.ts';
import type { Clause, Np, ValueUse } from '../phrases/clause.ts';
import type { Cell } from '../words/cells.ts';

/** What has been explained so far. */
export interface Used {
  readonly nps: Set<Np>;
  readonly values: Set<ValueUse>;
  readonly cells: Set<Cell>;
  named: boolean;
  metrics: boolean;
  times: boolean;
  scope: boolean;
}

export interface Filled {
  readonly args: Record<string, Json>;
  readonly evidence: { part: string; cell: Cell }[];
  cost: number;
  /** A created resource an argument refers to. */
  created?: number;
  /** Set where an argument was named but cannot be: candidates to choose from. */
  trouble?: { readonly name: string; readonly candidates: readonly Resource[] };
}

export interface FillContext {
  readonly operation: Operation;
  readonly clause: Clause;
  readonly scene: Scene;
  readonly used: Used;
  readonly phrase: string;
}

export type Filler = (spec: ArgumentSpec, context: FillContext, filled: Filled) => void;

export function put(filled: Filled, name: string, value: Json, cell: Cell): void {
  filled.args[name] = value;
  filled.evidence.push({ part: `args.${name}`, cell });
}

export function flagValue(
  clause: Clause,
  used: Used,
  ...flags: readonly string[]
): { value: string; cell: Cell } | undefined {
  for (const use of clause.values) {
    if (use.value.k === 'flag' && flags.includes(use.value.flag)) {
      used.values.add(use);
      return { value: use.value.value, cell: use.cell };
    }
  }
  return undefined;
}

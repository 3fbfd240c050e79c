// What a command line asks for, before names are looked up: one operation, targets by exact name, arguments.

import type { Filter } from '../../../shared/model/reading.ts';
import type { Json } from '../../../shared/model/resource.ts';

export interface CommandCall {
  /** Verb and the kinds it may be about; the first that has the names is taken. */
  readonly verb: string;
  readonly kinds: readonly string[];
  /** Exact names or ids; empty with `all` for a set. */
  readonly names: readonly string[];
  readonly all?: boolean;
  readonly filter?: Filter;
  readonly args: Readonly<Record<string, Json>>;
  /** Arguments that are names of resources of these kinds. */
  readonly refs?: Readonly<Record<string, { readonly kind: string; readonly name: string }>>;
}

/** `undefined`: these are words, not a command. `unsupported`: a command that has no operation here. */
export type CallResult = CommandCall | 'unsupported' | undefined;

/** Words that are no name: what holds one was said, not pasted. */
export const talk =
  /^(the|a|all|both|every|each|two|three|my|our|these|those|please|pls|that|which|in|of|on|to|for|with|failed|evicted|and|except|but|from|it|them|by|named|called|everything|everywhere|anywhere)$/i;

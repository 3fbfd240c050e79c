// The interpreter as others see it: words and what is there go in, a reading comes out. It is a pure function of
// its input: it writes nothing, asks no cloud and starts nothing. The index is kept up to date by changes.

import type { Reading, ReadingContext } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';

/** Names of the inventory, ready for linking. Build once, then apply changes. */
export interface InventoryIndex {
  readonly size: number;
  apply(change: { readonly upserts: readonly Resource[]; readonly removes: readonly string[] }): void;
}

export interface NamedIndex extends InventoryIndex {
  /** Names that a person gave by hand, all of them; they stand beside real names and never hide one. */
  name(aliases: readonly Alias[]): void;
}

/** Words that stand for one thing, because a person said so. */
export interface Alias {
  readonly words: string;
  /** Id of the resource. */
  readonly target: string;
}

export interface ReadRequest {
  readonly text: string;
  readonly context?: ReadingContext;
  /** "Now" for time words, ms since the epoch. */
  readonly nowMs: number;
  /** Who asks, as the audit trail calls them: "what did I do today". */
  readonly user?: string;
}

/** `read(request)` gives the same reading for the same input and index, always. */
export interface Interpreter {
  readonly index: NamedIndex;
  read(request: ReadRequest): Reading;
  /** Why these words cannot stand for that thing, as a sentence; undefined where they can. */
  aliasTrouble(alias: Alias, nowMs: number): string | undefined;
}

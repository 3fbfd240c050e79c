// Turns of conversations as the rest of the daemon sees them. They are kept so that a window can show what was said
// and so that "it" and "them" mean something; plans and audit do not depend on them.

import type { AliasInfo, AliasOffer } from '../../shared/model/alias.ts';
import type { NotationItem } from '../../shared/model/notation.ts';
import type { ReadingContext } from '../../shared/model/reading.ts';
import type { ChatTurn, SubmitResult } from '../../shared/protocol/messages.ts';

export interface ChatStore {
  /** Keeps a turn without secrets; gives its number, counted from 1 in each conversation. */
  add(conversation: string, text: string, result: SubmitResult): number;
  /** Newest first. A turn's plan is as it is now. */
  list(where: {
    readonly conversation: string;
    readonly limit: number;
    readonly beforeTurn?: number;
  }): readonly ChatTurn[];
  /** The last turns as the interpreter wants them, oldest first. */
  context(conversation: string, beforeTurn?: number): NonNullable<ReadingContext['turns']>;
  get(conversation: string, turn: number): ChatTurn | undefined;
  /** Turns that hold all the words, newest first, and how many there are in all. */
  search(where: { readonly text: string; readonly conversation?: string; readonly limit: number }): {
    readonly turns: readonly ChatTurn[];
    readonly total: number;
  };
  /** Forgets a conversation; gives how many turns it had. */
  clear(conversation: string): number;
  readonly retention: Retention;
  /** Sets how much is kept; gives how many turns went at once. */
  configure(retention: Retention): number;
}

export interface Retention {
  /** Days a turn is kept; 0: as long as there is room. */
  readonly daysMax: number;
  /** Turns kept in all conversations together. */
  readonly turnsMax: number;
}

export interface Aliases {
  /** By words. `missing` is not known here. */
  list(): readonly Omit<AliasInfo, 'missing'>[];
  set(offer: AliasOffer): Omit<AliasInfo, 'missing'>;
  remove(words: string): boolean;
  /** Told of all of them after each change. */
  onDidChange(listener: (aliases: readonly Omit<AliasInfo, 'missing'>[]) => void): () => void;
}

export interface Corrections {
  add(item: NotationItem): void;
  /** Oldest first; `next` where there are more. */
  list(where: { readonly after: number; readonly limit: number }): {
    readonly items: readonly NotationItem[];
    readonly next?: number;
  };
  /** Gives how many there were. */
  clear(): number;
}

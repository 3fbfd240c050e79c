// Turns of conversations as the rest of the daemon sees them. They are kept so that a window can show what was said
// and so that "it" and "them" mean something; plans and audit do not depend on them.

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
  context(conversation: string): NonNullable<ReadingContext['turns']>;
  /** Forgets a conversation; gives how many turns it had. */
  clear(conversation: string): number;
}

// What the chat panel and the extension say to each other. The panel is a page that anything shown in it might
// try to speak through, so the extension parses every message and acts only on ids it handed out itself; the
// panel can ask for a review, never approve. Callers: extension/chat/ and webview/chat/.

import type { AliasOffer } from '../model/alias.ts';
import type { Answer } from '../model/answer.ts';
import type { ConnectionMode, Environment } from '../model/connection.ts';
import type { ModelUsage } from '../model/languageModel.ts';
import type { Plan } from '../model/plan.ts';
import type { Reading } from '../model/reading.ts';

/** What is wrong, for a person: a sentence and what to do. */
export interface PanelProblem {
  readonly message: string;
  readonly fix?: string;
}

/** One exchange: what was typed or clicked, and what came of it. */
export interface PanelTurn {
  /** Names the turn towards the panel; the same for the same turn, over reloads too. */
  readonly key: string;
  /** Number of the turn in the conversation, where the daemon keeps it. */
  readonly turn?: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly text: string;
  readonly state: 'waiting' | 'answered';
  /** What a language model has said so far, while it is waited for. */
  readonly partial?: string;
  readonly reading?: Reading;
  readonly plan?: Plan;
  readonly answer?: Answer;
  readonly problem?: PanelProblem;
  /** Something to know beside the result. */
  readonly notice?: PanelProblem;
  /** The language model that was asked, and what it took. */
  readonly usage?: ModelUsage;
  /** Words that could stand for the thing from now on, if the person likes. */
  readonly aliasOffer?: AliasOffer;
  /** Names of the resources the reading and the answer speak of, by id. */
  readonly names: Readonly<Record<string, string>>;
}

export interface PanelConnection {
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  readonly mode: ConnectionMode;
  readonly simulated: boolean;
}

export const readers = ['auto', 'embedded', 'model'] as const;
export type Reader = (typeof readers)[number];

/** Who reads what is typed: the person's choice, and the language model there is, if any. */
export interface PanelReader {
  readonly choice: Reader;
  /** Name of the model; undefined where none is chosen. */
  readonly model?: string;
  /** Why it cannot be asked now. */
  readonly away?: string;
}

/** Whether the daemon can be talked to, and if not, what is being done about it. */
export type DaemonState =
  | { readonly kind: 'starting'; readonly message: string }
  | { readonly kind: 'ready' }
  | { readonly kind: 'reconnecting'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly fix?: string };

export type ToChat =
  | {
      readonly type: 'state';
      readonly daemon: DaemonState;
      /** The connection sentences are about, where one was chosen or there is only one. */
      readonly connection?: PanelConnection;
      readonly suggestions: readonly string[];
      readonly reader?: PanelReader;
    }
  /** Turns in order of time. `reset` replaces what is there; otherwise they stand before it. */
  | {
      readonly type: 'turns';
      readonly turns: readonly PanelTurn[];
      readonly hasOlder: boolean;
      readonly reset: boolean;
    }
  /** A new turn, or a known one that changed. */
  | { readonly type: 'turn'; readonly turn: PanelTurn }
  | { readonly type: 'plan'; readonly plan: Plan }
  /** Opens the search, or shows what it found: newest first, and how many there are in all. */
  | { readonly type: 'search' }
  | {
      readonly type: 'found';
      readonly text: string;
      readonly turns: readonly PanelTurn[];
      readonly total: number;
    }
  /** Puts words into the input and moves the focus there. */
  | { readonly type: 'compose'; readonly text: string }
  /** Scrolls to a turn and gives it the focus. */
  | { readonly type: 'reveal'; readonly key: string };

export type FromChat =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly text: string }
  | { readonly type: 'stop'; readonly key: string }
  | { readonly type: 'choose'; readonly key: string; readonly candidate: number }
  | { readonly type: 'correct'; readonly key: string; readonly step: number; readonly part: string }
  /** The digest is the one on the card that was looked at. */
  | { readonly type: 'review'; readonly plan: string; readonly digest: string }
  | { readonly type: 'reject'; readonly plan: string }
  | { readonly type: 'cancel'; readonly plan: string }
  | { readonly type: 'undo'; readonly plan: string }
  | { readonly type: 'continue'; readonly plan: string }
  | { readonly type: 'resolve'; readonly plan: string; readonly step: number }
  | { readonly type: 'openResource'; readonly id: string }
  | { readonly type: 'openAudit'; readonly plan: string }
  | { readonly type: 'openTopology'; readonly id: string }
  | { readonly type: 'openBlast'; readonly plan: string }
  | { readonly type: 'search'; readonly text: string }
  | { readonly type: 'endSearch' }
  | { readonly type: 'reader'; readonly reader: string }
  | { readonly type: 'chooseModel' }
  /** The person's word on the alias that a turn offers. */
  | { readonly type: 'remember'; readonly key: string }
  | { readonly type: 'dismissOffer'; readonly key: string }
  | { readonly type: 'older'; readonly beforeTurn: number }
  | { readonly type: 'chooseConnection' }
  | { readonly type: 'restartDaemon' }
  | { readonly type: 'showLog' };

const fields: { readonly [T in FromChat['type']]: Readonly<Record<string, 'text' | 'count'>> } = {
  ready: {},
  ask: { text: 'text' },
  stop: { key: 'text' },
  choose: { key: 'text', candidate: 'count' },
  correct: { key: 'text', step: 'count', part: 'text' },
  review: { plan: 'text', digest: 'text' },
  reject: { plan: 'text' },
  cancel: { plan: 'text' },
  undo: { plan: 'text' },
  continue: { plan: 'text' },
  resolve: { plan: 'text', step: 'count' },
  openResource: { id: 'text' },
  openAudit: { plan: 'text' },
  openTopology: { id: 'text' },
  openBlast: { plan: 'text' },
  search: { text: 'text' },
  endSearch: {},
  reader: { reader: 'text' },
  chooseModel: {},
  remember: { key: 'text' },
  dismissOffer: { key: 'text' },
  older: { beforeTurn: 'count' },
  chooseConnection: {},
  restartDaemon: {},
  showLog: {},
};

const textCharactersMax = 2_000;

/** A message of the panel, checked and with unknown fields dropped; undefined where it is not one. */
export function parseFromChat(value: unknown): FromChat | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Record<string, unknown>;
  if (typeof message.type !== 'string' || !Object.hasOwn(fields, message.type)) return undefined;
  const parsed: Record<string, unknown> = { type: message.type };
  for (const [name, form] of Object.entries(fields[message.type as FromChat['type']])) {
    const field = message[name];
    const fits = form === 'text' ? isText(field) : Number.isSafeInteger(field) && (field as number) >= 0;
    if (!fits) return undefined;
    parsed[name] = field;
  }
  return parsed as unknown as FromChat;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= textCharactersMax;
}

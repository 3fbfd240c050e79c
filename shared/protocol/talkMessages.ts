// The messages about conversations, the language model, aliases and corrections: a part of the one table in `messages.ts`, kept apart only
// for its length. The same rules hold: a message is never changed, only added or retired.

import type { AliasInfo } from '../model/alias.ts';
import type { ModelStatus } from '../model/languageModel.ts';
import type { NotationItem } from '../model/notation.ts';
import type { ChatTurn, ModelAsk } from './messages.ts';
import {
  chatListSchema,
  configureModelSchema,
  conversationSchema,
  emptySchema,
  replyModelSchema,
  serveModelSchema,
} from './schemas.ts';
import * as schemas from './talkSchemas.ts';

type Result<T> = { readonly __result?: T };
const result = <T>(): Result<T> => ({});

export const talkRequests = {
  'chat/list': {
    params: chatListSchema,
    result: result<{ readonly turns: readonly ChatTurn[] }>(),
    since: 1,
    doc: 'Turns of a conversation, newest first.',
  },
  'chat/clear': {
    params: conversationSchema,
    result: result<{ readonly removed: number }>(),
    since: 1,
    doc: 'Forgets a conversation. Plans and audit stay.',
  },
  'model/status': {
    params: emptySchema,
    result: result<ModelStatus>(),
    since: 1,
    doc: 'Whether a language model is chosen, can be asked, and what it took today.',
  },
  'model/configure': {
    params: configureModelSchema,
    result: result<ModelStatus>(),
    since: 1,
    doc: "Chooses a language model. The key stays in the daemon's memory. For a person's session only.",
  },
  'model/serve': {
    params: serveModelSchema,
    result: result<ModelAsk>(),
    since: 1,
    doc: "An editor offers its own models; answers when there is a question for them. For an editor's session only.",
  },
  'model/reply': {
    params: replyModelSchema,
    result: result<{ readonly taken: boolean }>(),
    since: 1,
    doc: 'What the model of the editor said to a question: parts of the text, then the whole or a problem.',
  },
  'chat/search': {
    params: schemas.chatSearchSchema,
    result: result<{ readonly turns: readonly ChatTurn[]; readonly total: number }>(),
    since: 2,
    doc: 'Turns that hold all the words, newest first, and how many there are in all.',
  },
  'chat/configure': {
    params: schemas.configureChatSchema,
    result: result<{ readonly daysMax: number; readonly turnsMax: number; readonly removed: number }>(),
    since: 2,
    doc: "How long and how many turns are kept; what is older goes at once. Plans and audit stay. For a person's session only.",
  },
  'alias/list': {
    params: emptySchema,
    result: result<{ readonly aliases: readonly AliasInfo[] }>(),
    since: 2,
    doc: 'Words that stand for things, by words.',
  },
  'alias/set': {
    params: schemas.setAliasSchema,
    result: result<AliasInfo>(),
    since: 2,
    doc: "Lets words stand for a thing from now on. Words that a sentence needs for itself are refused. For a person's session only.",
  },
  'alias/remove': {
    params: schemas.removeAliasSchema,
    result: result<{ readonly removed: boolean }>(),
    since: 2,
    doc: "Forgets an alias. For a person's session only.",
  },
  'correction/list': {
    params: schemas.correctionListSchema,
    result: result<{ readonly items: readonly NotationItem[]; readonly next?: number }>(),
    since: 2,
    doc: "What a person corrected, as items of a set of test sentences, oldest first. For a person's session only.",
  },
  'correction/clear': {
    params: emptySchema,
    result: result<{ readonly removed: number }>(),
    since: 2,
    doc: "Forgets all corrections. For a person's session only.",
  },
} as const;

// Schemas of what clients send. The daemon validates every request with them before a handler sees it; the types of
// parameters follow from them. Results are typed by the model and trusted by clients that speak the same version.

import { z } from 'zod';
import { environments } from '../model/connection.ts';
import { modelPresets } from '../model/languageModel.ts';
import { choiceOfSchema } from './talkSchemas.ts';

const id = z.string().min(1).max(512);
const json: z.ZodType<unknown> = z.unknown();

export const contextSchema = z.object({
  /** Ids selected in the tree. */
  selection: z.array(id).max(1_000).optional(),
  /** Connection the person looks at. */
  connection: id.optional(),
  /** Conversation whose earlier turns count. */
  conversation: id.optional(),
});

export const initializeSchema = z.object({
  protocolVersion: z.number().int().min(1),
  client: z.object({
    name: z.string().min(1).max(100),
    version: z.string().min(1).max(50),
    /** Only `editor` and `terminal` sessions have a person behind them and may approve. */
    kind: z.enum(['editor', 'terminal', 'model', 'mcp', 'gateway']),
  }),
  capabilities: z.array(z.string().max(100)).max(100).default([]),
});

/** `replace`: a newer client starts its own daemon next. `stop`: a person wants it to end, and stay ended. */
/** An absolute path on the machine of the daemon. */
export const fileSchema = z.object({ file: z.string().min(1).max(4_000) });
export const drainSchema = z.object({ reason: z.enum(['replace', 'stop']).default('replace') });

export const emptySchema = z.object({});
export const idSchema = z.object({ id });

export const resourceListSchema = z.object({
  connection: id.optional(),
  kind: z.string().max(50).optional(),
  /** Free text over name, id and status. */
  text: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(1_000).default(200),
  /** Id after which the page starts. */
  after: id.optional(),
});

export const topicSchema = z.object({
  topic: z.enum(['connections', 'resources', 'plans', 'incidents']),
  /** Only this connection (topic `resources`). */
  connection: id.optional(),
});

export const subscriptionSchema = z.object({ subscription: z.number().int().min(1) });

export const configureConnectionSchema = z.object({
  id,
  mode: z.enum(['read-only', 'confirm']).optional(),
  environment: z.enum(environments).optional(),
});

export const textSchema = z.object({
  text: z.string().min(1).max(2_000),
  context: contextSchema.optional(),
  /** Who reads it: `auto` asks a language model, where one is chosen, only when the embedded reader is unsure. */
  reader: z.enum(['auto', 'embedded', 'model']).default('auto'),
});

export const proposeSchema = z.object({
  operation: z.string().min(1).max(100),
  targets: z.array(id).max(500).default([]),
  args: z.record(z.string().max(50), json).default({}),
  connection: id.optional(),
});

/** One of the candidates of a question, chosen; or a chip corrected: the steps as the client wants them. */
export const proposeStepsSchema = z.object({
  text: z.string().min(1).max(2_000),
  connection: id.optional(),
  steps: z
    .array(
      z.object({
        operation: z.string().min(1).max(100),
        target: z
          .union([
            z.object({
              kind: z.literal('resources'),
              ids: z.array(id).max(500),
              filter: z.record(z.string(), json).optional(),
            }),
            z.object({ kind: z.literal('created'), step: z.number().int().min(0) }),
          ])
          .optional(),
        args: z.record(z.string().max(50), json),
        after: z.array(z.number().int().min(0)).max(500),
        evidence: z
          .array(
            z.object({ part: z.string(), start: z.number().int(), end: z.number().int(), text: z.string() }),
          )
          .max(100),
      }),
    )
    .min(1)
    .max(500),
  /** True where the steps only read. */
  query: z.boolean().default(false),
  context: contextSchema.optional(),
  /** The turn it belongs to, so that what was meant can be learnt from. Since version 2. */
  of: choiceOfSchema.optional(),
});

export const approveSchema = z.object({
  id,
  digest: z.string().length(64),
  typed: z.string().max(500).optional(),
});

export const resolveSchema = z.object({
  id,
  step: z.number().int().min(0),
  outcome: z.enum(['done', 'not-done']),
});

export const planListSchema = z.object({
  limit: z.number().int().min(1).max(500).default(50),
  /** Only those that wait for a person or run. */
  open: z.boolean().default(false),
});

export const auditListSchema = z.object({
  limit: z.number().int().min(1).max(1_000).default(100),
  beforeSeq: z.number().int().min(1).optional(),
  plan: id.optional(),
  actor: z.string().max(200).optional(),
  operation: z.string().max(100).optional(),
  target: id.optional(),
});

export const auditExportSchema = z.object({
  format: z.enum(['jsonl', 'csv']),
  afterSeq: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1_000).default(500),
});

/** The record that `audit/verify` named: nobody acknowledges what they have not seen. */
export const acknowledgeSchema = z.object({ seq: z.number().int().min(0) });

export const logsSchema = z.object({
  id,
  lines: z.number().int().min(1).max(2_000).default(200),
  grep: z.string().max(200).optional(),
  /** Only what was written after this, ISO 8601; since version 2. */
  since: z.iso.datetime({ offset: true }).optional(),
  /** Of the run before, where it was restarted; since version 2. */
  previous: z.boolean().optional(),
  /** Only this part, one of `resource/logParts`; since version 2. */
  part: z.string().max(500).optional(),
});

export const chatListSchema = z.object({
  conversation: id,
  limit: z.number().int().min(1).max(500).default(100),
  beforeTurn: z.number().int().min(1).optional(),
});
export const conversationSchema = z.object({ conversation: id });
export const waitSchema = z.object({ id });

/** What a person chooses about a language model. `key` stays in the daemon's memory; empty: forget it. */
export const configureModelSchema = z.object({
  settings: z.object({
    preset: z.enum(modelPresets),
    model: z.string().max(200).optional(),
    baseUrl: z.string().max(500).optional(),
    share: z.object({ tags: z.boolean(), addresses: z.boolean(), logs: z.boolean() }),
    dailyTokensMax: z.number().int().min(0),
    price: z
      .object({ input: z.number().min(0), output: z.number().min(0), currency: z.string().max(10) })
      .optional(),
  }),
  key: z.string().max(1_000).optional(),
});

/** An editor offers its own models and waits for a question. */
export const serveModelSchema = z.object({ models: z.array(z.string().max(200)).min(1).max(100) });

/** What the editor's model said to one question: a part of the text, the whole, or why there is none. */
export const replyModelSchema = z.object({
  ask: z.number().int().min(1),
  part: z.string().max(60_000).optional(),
  completion: z
    .object({
      text: z.string().max(60_000),
      calls: z
        .array(
          z.object({
            id: z.string().max(200),
            name: z.string().max(200),
            argumentsText: z.string().max(60_000),
          }),
        )
        .max(16),
      inputTokens: z.number().min(0),
      outputTokens: z.number().min(0),
      model: z.string().max(200),
    })
    .optional(),
  problem: z.string().max(500).optional(),
});

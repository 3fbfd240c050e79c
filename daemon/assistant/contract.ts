// The language-model path as others see it. A model only proposes: what it gives is a reading like any other, linked
// to real ids, checked by the catalogue, and on its way to the same rules, preview and approval.

import type { Answer } from '../../shared/model/answer.ts';
import type { ModelSettings, ModelStatus, ModelUsage } from '../../shared/model/languageModel.ts';
import type { Reading, ReadingContext } from '../../shared/model/reading.ts';
import type { ModelAsk } from '../../shared/protocol/messages.ts';

export interface AssistantRequest {
  readonly text: string;
  readonly context?: ReadingContext;
  /** What the embedded reader made of it. */
  readonly embedded: Reading;
  readonly signal: AbortSignal;
  /** Text as it streams in. */
  readonly onText?: (text: string) => void;
}

export interface AssistantResult {
  readonly reading: Reading;
  /** Prose with the evidence the model looked at; only where it answered a question. */
  readonly answer?: Answer;
  readonly usage: ModelUsage;
}

export interface Assistant {
  /** True where the embedded reading leaves room: a question back or an open question; never a sure reading or a refusal. */
  wants(embedded: Reading): boolean;
  /** Throws ProblemError where the model is away, out of budget, or talks nonsense to the end. */
  read(request: AssistantRequest): Promise<AssistantResult>;
  readonly status: ModelStatus;
  readonly settings: ModelSettings;
  /** Keeps the settings; the key, where given, stays in memory only. */
  configure(settings: ModelSettings, key?: string): ModelStatus;
}

/** One message of the talk with a model. */
export type ModelMessage =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly call: string; readonly text: string };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** As the model wrote them: JSON text that may be broken. */
  readonly argumentsText: string;
}

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Completion {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly model: string;
}

/** One model behind whatever endpoint. */
export interface ModelClient {
  complete(request: {
    readonly messages: readonly ModelMessage[];
    readonly tools: readonly ToolDefinition[];
    readonly signal: AbortSignal;
    readonly onText?: (text: string) => void;
  }): Promise<Completion>;
}

export interface ModelReply {
  readonly ask: number;
  readonly part?: string;
  readonly completion?: Completion;
  readonly problem?: string;
}

export interface EditorModels {
  /** Waits for a question. Ends with the signal. */
  serve(models: readonly string[], signal: AbortSignal): Promise<ModelAsk>;
  /** Takes an answer; false where nobody waits for it any more. */
  reply(reply: ModelReply): boolean;
  /** The client over whichever editor waits; undefined where none does. */
  client(model?: string): ModelClient | undefined;
}

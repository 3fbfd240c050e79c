// Talks to any OpenAI-compatible endpoint, streaming. It turns every way an endpoint can fail into a sentence with a
// fix, bounds what it takes in, and trusts nothing of it: tool calls are handed on as the text the model wrote.

import type { OpenAI } from 'openai';
import type { ChatCompletionChunk, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { ProblemError } from '../../shared/model/problem.ts';
import { redactText } from '../../shared/model/redact.ts';
import { limits } from '../config.ts';
import type { Completion, ModelClient, ModelMessage, ToolCall } from './contract.ts';
import type { ResolvedEndpoint } from './endpoints.ts';

/** Loaded when a model is first asked: most daemons never do, and it would slow every start. */
const load = () => import('./openAiSdk.ts');
type Library = Awaited<ReturnType<typeof load>>;

/** A client of one endpoint. Opens nothing until it is asked. */
export function createOpenAiClient(endpoint: ResolvedEndpoint): ModelClient {
  let opened: OpenAI | undefined;
  const open = (library: Library): OpenAI =>
    new library.OpenAI({
      baseURL: endpoint.baseUrl,
      apiKey: endpoint.key ?? 'none',
      maxRetries: limits.modelRetriesMax,
      timeout: limits.modelRequestTimeoutMs,
      logLevel: 'off',
      organization: null,
      project: null,
    });
  return {
    async complete({ messages, tools, signal, onText }): Promise<Completion> {
      const library = await load();
      opened ??= open(library);
      const client = opened;
      const stall = new AbortController();
      const stop = AbortSignal.any([signal, stall.signal]);
      try {
        const stream = await client.chat.completions.create(
          {
            model: endpoint.model,
            messages: messages.map(toParam),
            tools:
              tools.length > 0
                ? tools.map((tool) => ({ type: 'function' as const, function: { ...tool } }))
                : undefined,
            stream: true,
            stream_options: { include_usage: true },
            max_completion_tokens: limits.modelOutputTokensMax,
          },
          { signal: stop },
        );
        return await collect(stream, endpoint.model, stall, onText);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw stall.signal.aborted ? stall.signal.reason : describe(error, endpoint, library);
      }
    },
  };
}

async function collect(
  stream: AsyncIterable<ChatCompletionChunk>,
  model: string,
  stall: AbortController,
  onText?: (text: string) => void,
): Promise<Completion> {
  const gathered = {
    text: '',
    calls: new Map<number, ToolCall>(),
    inputTokens: 0,
    outputTokens: 0,
    finished: false,
    model,
  };
  let timer = setTimeout(() => stall.abort(stalled()), limits.modelStallMs);
  try {
    for await (const chunk of stream) {
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(stalled()), limits.modelStallMs);
      take(chunk, gathered, onText);
      if (gathered.text.length + argumentsLength(gathered.calls) > limits.modelOutputCharactersMax)
        throw tooMuch();
    }
  } finally {
    clearTimeout(timer);
  }
  if (stall.signal.aborted) throw stall.signal.reason;
  if (!gathered.finished) throw cutOff();
  return { ...gathered, calls: [...gathered.calls.values()] };
}

interface Gathered {
  text: string;
  readonly calls: Map<number, ToolCall>;
  inputTokens: number;
  outputTokens: number;
  finished: boolean;
  model: string;
}

function take(chunk: ChatCompletionChunk, gathered: Gathered, onText?: (text: string) => void): void {
  if (chunk.model) gathered.model = chunk.model;
  if (chunk.usage) {
    gathered.inputTokens = chunk.usage.prompt_tokens ?? 0;
    gathered.outputTokens = chunk.usage.completion_tokens ?? 0;
  }
  const choice = chunk.choices?.[0];
  if (!choice) return;
  if (choice.finish_reason) gathered.finished = true;
  if (choice.delta?.content) {
    gathered.text += choice.delta.content;
    onText?.(choice.delta.content);
  }
  for (const part of choice.delta?.tool_calls ?? []) {
    const before = gathered.calls.get(part.index);
    if (!before && gathered.calls.size >= limits.modelCallsMax) throw tooMuch();
    gathered.calls.set(part.index, {
      id: part.id ?? before?.id ?? `call-${part.index}`,
      name: (before?.name ?? '') + (part.function?.name ?? ''),
      argumentsText: (before?.argumentsText ?? '') + (part.function?.arguments ?? ''),
    });
  }
}

function toParam(message: ModelMessage): ChatCompletionMessageParam {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.call, content: message.text };
  if (message.role !== 'assistant') return { role: message.role, content: message.text };
  const calls = message.calls.map((call) => ({
    id: call.id,
    type: 'function' as const,
    function: { name: call.name, arguments: call.argumentsText },
  }));
  return { role: 'assistant', content: message.text, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
}

function argumentsLength(calls: ReadonlyMap<number, ToolCall>): number {
  let length = 0;
  for (const call of calls.values()) length += call.argumentsText.length;
  return length;
}

function describe(error: unknown, endpoint: ResolvedEndpoint, { OpenAI }: Library): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof OpenAI.APIConnectionTimeoutError) return stalled();
  if (error instanceof OpenAI.APIConnectionError) {
    return problem(
      'cloud-unreachable',
      `The language model at ${hostOf(endpoint)} does not answer.`,
      'Check that it runs and the address is right (pilothouse.model.baseUrl). The embedded reader goes on without it.',
      error,
    );
  }
  if (error instanceof OpenAI.APIError && error.status !== undefined)
    return describeStatus(error.status, error, endpoint);
  const message = redactText(error instanceof Error ? error.message : String(error)).slice(0, 200);
  return problem(
    'cloud-failed',
    `The language model's answer could not be read: ${message}`,
    'Ask again, or choose another model.',
    error,
  );
}

function describeStatus(status: number, error: unknown, endpoint: ResolvedEndpoint): ProblemError {
  if (status === 401 || status === 403)
    return problem(
      'cloud-unauthorized',
      `${hostOf(endpoint)} refuses the key of the language model.`,
      'Set it again with "Pilothouse: Set Model Key".',
      error,
    );
  if (status === 404)
    return problem(
      'cloud-not-found',
      `${hostOf(endpoint)} has no model "${endpoint.model}".`,
      'Choose another with pilothouse.model.name.',
      error,
    );
  if (status === 429)
    return problem(
      'cloud-throttled',
      'The language model takes no more questions for now.',
      'Wait a little or choose another model. The embedded reader goes on without it.',
      error,
    );
  return problem(
    'cloud-failed',
    `The language model failed (HTTP ${status}).`,
    'Ask again, or choose another model. The embedded reader goes on without it.',
    error,
  );
}

const stalled = () =>
  problem(
    'timed-out',
    'The language model stopped answering half-way.',
    'Ask again, or choose another model.',
  );
const cutOff = () =>
  problem(
    'cloud-failed',
    "The language model's answer broke off.",
    'Ask again; nothing of the broken answer was used.',
  );
const tooMuch = () =>
  problem(
    'cloud-failed',
    'The language model answered without end.',
    'Ask something narrower, or choose another model.',
  );

function problem(
  code:
    | 'cloud-unreachable'
    | 'cloud-unauthorized'
    | 'cloud-not-found'
    | 'cloud-throttled'
    | 'cloud-failed'
    | 'timed-out',
  message: string,
  fix: string,
  cause?: unknown,
): ProblemError {
  return new ProblemError({ code, message, fix }, cause);
}

function hostOf(endpoint: ResolvedEndpoint): string {
  return new URL(endpoint.baseUrl).host;
}

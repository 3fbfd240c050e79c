// The language-model path: decides when a model is asked, keeps the budget and the settings, and gives its reading.
// Off until a person chooses a model. When the model is away the embedded reader goes on; nothing here is needed by it.

import type Database from 'better-sqlite3';
import {
  defaultModelSettings,
  type ModelSettings,
  type ModelStatus,
  type ModelUsage,
} from '../../shared/model/languageModel.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { Reading } from '../../shared/model/reading.ts';
import type { Assistant, AssistantRequest, AssistantResult, ModelClient } from './contract.ts';
import { type ResolvedEndpoint, resolveEndpoint } from './endpoints.ts';
import { createModelMemory } from './memory.ts';
import { createOpenAiClient } from './openAiClient.ts';
import { type TalkSources, talk } from './talk.ts';

export interface AssistantOptions extends Omit<TalkSources, 'client' | 'settings'> {
  readonly database: Database.Database;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The editor's own models; absent where no editor offers any. */
  readonly editorClient?: (model: string | undefined) => ModelClient | undefined;
  /** Replaced in tests only by an endpoint on loopback. */
  readonly openClient?: (endpoint: ResolvedEndpoint) => ModelClient;
}

/** Verbs whose answer is more than a look-up: a model may add to what was found. */
const openVerbs = new Set(['explain']);

export function createAssistant(options: AssistantOptions): Assistant {
  const memory = createModelMemory(options.database, options.now);
  let settings = memory.readSettings() ?? defaultModelSettings;
  let key: string | undefined;

  function open(): ModelClient {
    if (settings.preset === 'editor') {
      const client = options.editorClient?.(settings.model);
      if (client) return client;
      throw new ProblemError({
        code: 'cloud-unreachable',
        message: 'No connected editor offers a language model.',
        fix: 'Open VS Code with a model provider, or choose another preset (pilothouse.model.preset).',
      });
    }
    return (options.openClient ?? createOpenAiClient)(resolveEndpoint(settings, key, options.env));
  }
  function status(): ModelStatus {
    const base = {
      preset: settings.preset,
      model: settings.model,
      tokensToday: memory.tokensToday(),
      dailyTokensMax: settings.dailyTokensMax,
    };
    if (settings.preset === 'off') return { ...base, state: 'off' };
    try {
      open();
      requireBudget();
      return { ...base, state: 'ready' };
    } catch (error) {
      return { ...base, state: 'unavailable', problem: problemOf(error) };
    }
  }
  function requireBudget(): void {
    if (settings.dailyTokensMax === 0 || memory.tokensToday() < settings.dailyTokensMax) return;
    throw new ProblemError({
      code: 'overloaded',
      message: `Today's ${settings.dailyTokensMax.toLocaleString('en')} tokens for the language model are spent.`,
      fix: 'Raise pilothouse.model.dailyTokens, or go on with the embedded reader.',
    });
  }
  return {
    wants: (embedded) => settings.preset !== 'off' && leavesRoom(embedded),
    async read(request: AssistantRequest): Promise<AssistantResult> {
      requireBudget();
      const outcome = await talk(request, {
        ...options,
        settings,
        client: metered(open(), (tokens) => memory.spend(tokens)),
      });
      return { reading: outcome.reading, answer: outcome.answer, usage: usageOf(outcome, settings) };
    },
    get status() {
      return status();
    },
    get settings() {
      return settings;
    },
    configure(next, nextKey) {
      settings = next;
      if (nextKey !== undefined) key = nextKey === '' ? undefined : nextKey;
      memory.writeSettings(next);
      return status();
    },
  };
}

/** A question back, or an open question. A sure reading and a refusal are never handed to a model. */
function leavesRoom(embedded: Reading): boolean {
  if (embedded.kind === 'clarify') return true;
  return (
    embedded.kind === 'query' && embedded.steps.some((step) => openVerbs.has(step.operation.split('.')[0]!))
  );
}

/** Counts what every round takes, also of talks that fail. */
function metered(client: ModelClient, spend: (tokens: number) => void): ModelClient {
  return {
    async complete(request) {
      const completion = await client.complete(request);
      spend(completion.inputTokens + completion.outputTokens);
      return completion;
    },
  };
}

function usageOf(
  outcome: { readonly model: string; readonly inputTokens: number; readonly outputTokens: number },
  settings: ModelSettings,
): ModelUsage {
  const { model, inputTokens, outputTokens } = outcome;
  if (!settings.price) return { model, inputTokens, outputTokens };
  const cost = (inputTokens * settings.price.input + outputTokens * settings.price.output) / 1_000_000;
  return { model, inputTokens, outputTokens, cost, currency: settings.price.currency };
}

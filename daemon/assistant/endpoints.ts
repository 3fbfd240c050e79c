// The endpoints a model can be reached at. All but the editor's own speak the same OpenAI-compatible dialect, so a
// preset is only an address, a default model and the name of the environment variable its key is usually kept in.

import type { ModelPreset, ModelSettings } from '../../shared/model/languageModel.ts';
import { ProblemError } from '../../shared/model/problem.ts';

interface Endpoint {
  readonly baseUrl: string;
  readonly model: string;
  /** Environment variable of the key; absent where none is needed. */
  readonly keyVariable?: string;
}

const endpoints: Readonly<Partial<Record<ModelPreset, Endpoint>>> = {
  openai: { baseUrl: 'https://api.openai.com/v1', model: 'gpt-5-mini', keyVariable: 'OPENAI_API_KEY' },
  ollama: { baseUrl: 'http://127.0.0.1:11434/v1', model: 'qwen3' },
  gemini: {
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    model: 'gemini-flash-latest',
    keyVariable: 'GEMINI_API_KEY',
  },
  anthropic: {
    baseUrl: 'https://api.anthropic.com/v1',
    model: 'claude-sonnet-4-5',
    keyVariable: 'ANTHROPIC_API_KEY',
  },
};

export interface ResolvedEndpoint {
  readonly baseUrl: string;
  readonly model: string;
  readonly key: string | undefined;
}

/**
 * Where to reach the model of these settings. `key` given in person wins over the environment.
 * Throws ProblemError `config-invalid` where something is missing.
 */
export function resolveEndpoint(
  settings: ModelSettings,
  key: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): ResolvedEndpoint {
  const preset = endpoints[settings.preset];
  const baseUrl = settings.baseUrl ?? preset?.baseUrl;
  const model = settings.model || preset?.model;
  if (!baseUrl)
    throw missing(
      'The language model has no address.',
      'Set pilothouse.model.baseUrl to the base address of an OpenAI-compatible endpoint.',
    );
  if (!isHttpUrl(baseUrl))
    throw missing(
      `"${baseUrl}" is not an http(s) address.`,
      'Set pilothouse.model.baseUrl to something like http://127.0.0.1:11434/v1.',
    );
  if (!model) throw missing('No model is chosen.', 'Set pilothouse.model.name to a model the endpoint has.');
  const found =
    key ?? (preset?.keyVariable ? env[preset.keyVariable] : undefined) ?? env.PILOTHOUSE_MODEL_KEY;
  if (preset?.keyVariable && !found) {
    throw missing(
      `The preset ${settings.preset} needs a key.`,
      `Run "Pilothouse: Set Model Key", or set ${preset.keyVariable} where the daemon is started.`,
    );
  }
  return { baseUrl, model, key: found };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function missing(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'config-invalid', message, fix });
}

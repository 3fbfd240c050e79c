// What a person chooses about a language model, and what the daemon says of its use. A key is never part of it:
// it stays in the editor's SecretStorage or in an environment variable and lives in the daemon's memory only.

/** Presets of endpoints; `editor` asks the models the editor itself has, `custom` takes any address. */
export const modelPresets = ['off', 'openai', 'ollama', 'gemini', 'anthropic', 'editor', 'custom'] as const;
export type ModelPreset = (typeof modelPresets)[number];

export interface ModelSettings {
  readonly preset: ModelPreset;
  /** Model name as the endpoint knows it; empty: the preset's own default. */
  readonly model?: string;
  /** Base address of an OpenAI-compatible endpoint (preset `custom`, or an Ollama elsewhere). */
  readonly baseUrl?: string;
  /** What the model may see beside names, kinds and states. */
  readonly share: { readonly tags: boolean; readonly addresses: boolean; readonly logs: boolean };
  /** Tokens, in and out together, that may be spent in one day; 0: no limit. */
  readonly dailyTokensMax: number;
  /** Price in currency units per million tokens, for showing the cost; absent: only tokens are shown. */
  readonly price?: { readonly input: number; readonly output: number; readonly currency: string };
}

export const defaultModelSettings: ModelSettings = {
  preset: 'off',
  share: { tags: false, addresses: false, logs: false },
  dailyTokensMax: 500_000,
};

/** What one use of a model took. */
export interface ModelUsage {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In the settings' currency; absent where no price is set. */
  readonly cost?: number;
  readonly currency?: string;
}

/** Whether a model would be asked now, and what stands against it. */
export interface ModelStatus {
  readonly preset: ModelPreset;
  readonly model?: string;
  readonly state: 'off' | 'ready' | 'unavailable';
  readonly problem?: { readonly message: string; readonly fix?: string };
  readonly tokensToday: number;
  readonly dailyTokensMax: number;
}

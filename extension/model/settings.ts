// A person's choice of language model, as their settings say it. The key is no setting: it is in SecretStorage.

import * as vscode from 'vscode';
import {
  defaultModelSettings,
  type ModelPreset,
  type ModelSettings,
  modelPresets,
} from '../../shared/model/languageModel.ts';

/** The choice; undefined where the person has chosen nothing, so that what the daemon knows stands. */
export function readModelSettings(): ModelSettings | undefined {
  const settings = vscode.workspace.getConfiguration('pilothouse.model');
  const chosen = settings.inspect('preset');
  if (chosen?.globalValue === undefined && chosen?.workspaceValue === undefined) return undefined;
  const preset = settings.get<string>('preset') as ModelPreset;
  const [input, output] = [
    settings.get<number>('price.input') ?? 0,
    settings.get<number>('price.output') ?? 0,
  ];
  return {
    preset: modelPresets.includes(preset) ? preset : 'off',
    model: settings.get<string>('name') || undefined,
    baseUrl: settings.get<string>('baseUrl') || undefined,
    share: {
      tags: settings.get<boolean>('share.tags') ?? false,
      addresses: settings.get<boolean>('share.addresses') ?? false,
      logs: settings.get<boolean>('share.logs') ?? false,
    },
    dailyTokensMax: settings.get<number>('dailyTokens') ?? defaultModelSettings.dailyTokensMax,
    ...(input > 0 || output > 0
      ? { price: { input, output, currency: settings.get<string>('price.currency') || 'USD' } }
      : {}),
  };
}

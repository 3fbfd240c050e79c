// The language model in the editor: reads the person's choice and key, hands both over whenever either changes, lends
// the editor's own models, and says what a model has taken today.

import * as vscode from 'vscode';
import type { ModelStatus } from '../../shared/model/languageModel.ts';
import { registerCommand } from '../commands/problems.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { createSignal } from '../signal.ts';
import { type EditorModelOffer, offerEditorModel } from './editorModel.ts';
import { createHandOver } from './handOver.ts';
import { readModelSettings } from './settings.ts';

const keyName = 'pilothouse.model.key';

export interface LanguageModel extends vscode.Disposable {
  /** Resolves when the daemon knows the person's choice, or could not be told. */
  settled(): Promise<void>;
  /** As the daemon said last; undefined before it was asked. */
  readonly status: ModelStatus | undefined;
  onDidChange(listener: () => void): () => void;
}

export function registerLanguageModel(
  daemon: DaemonLink,
  secrets: vscode.SecretStorage,
  log: (line: string) => void,
): LanguageModel {
  const changes = createSignal<void>();
  let offer: EditorModelOffer | undefined;
  let status: ModelStatus | undefined;

  async function lend(wanted: boolean): Promise<void> {
    if (!wanted) {
      offer?.dispose();
      offer = undefined;
      return;
    }
    offer ??= offerEditorModel(daemon, log);
    await offer.offered();
  }
  const handOver = createHandOver({
    daemon,
    readSettings: readModelSettings,
    readKey: () => secrets.get(keyName),
    onStatus: async (next) => {
      await lend(next.preset === 'editor');
      status = next.preset === 'editor' ? await daemon.request('model/status', {}) : next;
      changes.fire();
    },
    log,
  });
  const owned = [
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('pilothouse.model')) void handOver.renew();
    }),
    registerCommand('pilothouse.model.setKey', async () => {
      const key = await vscode.window.showInputBox({
        title: 'Key of the language model',
        prompt: "It stays in this editor's secret storage and the daemon's memory. Empty: forget it.",
        password: true,
        ignoreFocusOut: true,
      });
      if (key === undefined) return;
      await (key === '' ? secrets.delete(keyName) : secrets.store(keyName, key));
      await handOver.renew(key);
    }),
    registerCommand('pilothouse.model.status', async () => {
      await handOver.settled();
      status = await daemon.request('model/status', {});
      changes.fire();
      void vscode.window.showInformationMessage(describe(status));
    }),
  ];
  return {
    settled: () => handOver.settled(),
    get status() {
      return status;
    },
    onDidChange: changes.on,
    dispose: () => {
      handOver.dispose();
      offer?.dispose();
      for (const one of owned) one.dispose();
    },
  };
}

function describe(status: ModelStatus): string {
  if (status.state === 'off')
    return 'Pilothouse uses no language model. Choose one with the setting pilothouse.model.preset.';
  const of = status.dailyTokensMax > 0 ? ` of ${status.dailyTokensMax.toLocaleString()}` : '';
  const spent = `${status.tokensToday.toLocaleString()}${of} tokens today.`;
  if (status.state === 'ready')
    return `Pilothouse asks the language model ${status.model ?? `of ${status.preset}`} where its own reader is unsure. ${spent}`;
  return `${status.problem?.message ?? 'The language model is away.'} ${status.problem?.fix ?? ''} ${spent}`;
}

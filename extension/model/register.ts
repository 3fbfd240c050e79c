// The language model in the editor: hands the person's choice and key to the daemon whenever either changes or the
// daemon is new, lends the editor's own models, and says what a model has taken today.

import * as vscode from 'vscode';
import type { ModelStatus } from '../../shared/model/languageModel.ts';
import { problemOf } from '../../shared/model/problem.ts';
import { registerCommand } from '../commands/problems.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { serveEditorModel } from './editorModel.ts';
import { readModelSettings } from './settings.ts';

const keyName = 'pilothouse.model.key';

export function registerLanguageModel(
  daemon: DaemonLink,
  secrets: vscode.SecretStorage,
  log: (line: string) => void,
): readonly vscode.Disposable[] {
  let serving: AbortController | undefined;

  async function configure(): Promise<ModelStatus | undefined> {
    const settings = readModelSettings();
    if (settings) {
      const key = await secrets.get(keyName);
      await daemon.request('model/configure', { settings, ...(key === undefined ? {} : { key }) });
    }
    const status = await daemon.request('model/status', {});
    lend(status.preset === 'editor');
    return status;
  }
  function lend(wanted: boolean): void {
    if (wanted === (serving !== undefined)) return;
    serving?.abort();
    serving = wanted ? new AbortController() : undefined;
    if (serving) void serveEditorModel(daemon, serving.signal, log);
  }
  const tryConfigure = () => void configure().catch((error: unknown) => log(problemOf(error).message));

  const stop = daemon.onDidChangeState((state) => {
    if (state.kind === 'ready') tryConfigure();
  });
  return [
    { dispose: stop },
    { dispose: () => lend(false) },
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('pilothouse.model')) tryConfigure();
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
      const settings = readModelSettings();
      if (settings) await daemon.request('model/configure', { settings, key });
    }),
    registerCommand('pilothouse.model.status', async () => {
      const status = await configure();
      if (status) void vscode.window.showInformationMessage(describe(status));
    }),
  ];
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

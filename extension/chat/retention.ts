// How long conversations are kept: hands the person's choice to the daemon on each new line and when it changes. Where
// they have chosen nothing, what the daemon knows stands.

import * as vscode from 'vscode';
import { problemOf } from '../../shared/model/problem.ts';
import type { DaemonLink } from '../daemon/link.ts';

const names = ['keepDays', 'keepTurns'] as const;

export function registerRetention(daemon: DaemonLink, log: (line: string) => void): vscode.Disposable {
  const configure = () => {
    const settings = vscode.workspace.getConfiguration('pilothouse.chat');
    const isChosen = names.some((name) => {
      const found = settings.inspect(name);
      return found?.globalValue !== undefined || found?.workspaceValue !== undefined;
    });
    if (!isChosen) return;
    const [daysMax, turnsMax] = names.map((name) => Math.trunc(settings.get<number>(name) ?? 0));
    daemon
      .request('chat/configure', { daysMax: daysMax ?? 0, turnsMax: Math.max(1, turnsMax ?? 1) })
      .catch((error: unknown) =>
        log(`How long conversations are kept was not set: ${problemOf(error).message}`),
      );
  };
  const stop = daemon.onDidChangeState((state) => {
    if (state.kind === 'ready') configure();
  });
  const changes = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('pilothouse.chat')) configure();
  });
  return vscode.Disposable.from({ dispose: stop }, changes);
}

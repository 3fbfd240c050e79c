// The item of the status bar for ports that this window carries: how many, to where, and whether one has trouble. It is
// gone with the last of them.

import * as vscode from 'vscode';
import type { Forward } from '../../shared/model/terminal.ts';

export interface ForwardStatus extends vscode.Disposable {
  /** As it is now; one that has ended is forgotten. */
  set(forward: Forward): void;
}

export function createForwardStatus(): ForwardStatus {
  const item = vscode.window.createStatusBarItem('pilothouse.forwards', vscode.StatusBarAlignment.Left, 9);
  item.name = 'Pilothouse ports';
  item.command = 'pilothouse.forward.list';
  const forwards = new Map<string, Forward>();
  const draw = (): void => {
    const all = [...forwards.values()];
    if (all.length === 0) {
      item.hide();
      return;
    }
    const troubled = all.some(({ problem }) => problem !== undefined);
    const isProd = all.some(({ environment }) => environment === 'prod' || environment === 'unknown');
    const count = `${all.length} ${all.length === 1 ? 'port' : 'ports'}`;
    item.text = `$(plug) ${count}`;
    item.tooltip = all.map(textOf).join('\n');
    item.accessibilityInformation = { label: `${count} carried to this machine. ${item.tooltip}` };
    item.backgroundColor =
      troubled || isProd ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  };
  return {
    set(forward) {
      if (forward.ended === undefined) forwards.set(forward.id, forward);
      else forwards.delete(forward.id);
      draw();
    },
    dispose: () => item.dispose(),
  };
}

function textOf({ localPort, port, resource, environment, problem }: Forward): string {
  const line = `127.0.0.1:${localPort} → ${resource.name}:${port} (${environment})`;
  return problem === undefined ? line : `${line} — ${problem}`;
}

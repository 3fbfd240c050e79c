// The item in the status bar, and what a click on it offers.

import * as vscode from 'vscode';
import type { DaemonLink } from '../daemon/link.ts';
import type { ConnectionStore } from '../state/connections.ts';
import type { IncidentStore } from '../state/incidents.ts';
import type { PlanStore } from '../state/plans.ts';
import { statusTextOf } from './statusText.ts';

export interface StatusSources {
  readonly daemon: Pick<DaemonLink, 'state' | 'onDidChangeState'>;
  readonly connections: ConnectionStore;
  readonly plans: PlanStore;
  readonly incidents: IncidentStore;
}

export function createStatusBar({ daemon, connections, plans, incidents }: StatusSources): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('pilothouse.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Pilothouse';
  item.command = 'pilothouse.status.show';
  const draw = () => {
    const status = statusTextOf(daemon.state, connections.list(), connections.active, plans.openCount, {
      count: incidents.openCount,
      worst: incidents.worst,
    });
    item.text = status.text;
    item.tooltip = status.tooltip;
    item.accessibilityInformation = { label: status.tooltip, role: 'button' };
    item.backgroundColor =
      status.level === 'normal'
        ? undefined
        : new vscode.ThemeColor(`statusBarItem.${status.level}Background`);
  };
  const stops = [
    daemon.onDidChangeState(draw),
    connections.onDidChange(draw),
    plans.onDidChange(draw),
    incidents.onDidChange(draw),
  ];
  draw();
  item.show();
  return {
    dispose: () => {
      for (const stop of stops) stop();
      item.dispose();
    },
  };
}

/** The quick pick behind the status bar item: state first, then what can be done. */
export async function showStatus({ daemon, connections, plans, incidents }: StatusSources): Promise<void> {
  const { Separator } = vscode.QuickPickItemKind;
  const { state } = daemon;
  const heading = state.kind === 'ready' ? 'The daemon runs' : state.message;
  const actions = [
    { label: '$(comment-discussion) Ask…', command: 'pilothouse.chat.ask' },
    {
      label: '$(checklist) Show plans',
      description: plans.openCount > 0 ? `${plans.openCount} open` : '',
      command: 'pilothouse.plan.list',
    },
    {
      label: '$(pulse) Show findings',
      description: incidents.openCount > 0 ? `${incidents.openCount} open` : '',
      command: 'pilothouse.finding.list',
    },
    { label: '$(lock) Set connection mode…', command: 'pilothouse.connection.setMode' },
    { label: '$(tag) Set environment…', command: 'pilothouse.connection.setEnvironment' },
    { label: '$(search) Rescan connections', command: 'pilothouse.connection.rescan' },
    { label: '$(shield) Show audit', command: 'pilothouse.audit.show' },
  ];
  const upkeep = [
    { label: '$(debug-restart) Restart daemon', command: 'pilothouse.daemon.restart' },
    { label: '$(output) Show log', command: 'pilothouse.log.show' },
  ];
  const places = connections.list().map((connection) => ({
    label: `${connection.id === connections.active?.id ? '$(check)' : '$(blank)'} ${connection.name}`,
    description: [
      connection.environment,
      connection.mode,
      connection.simulated ? 'simulated' : connection.provider,
    ].join(' · '),
    detail: connection.problem
      ? `$(warning) ${connection.problem.message} ${connection.problem.fix ?? ''}`
      : undefined,
    connection: connection.id,
  }));
  const picked = await vscode.window.showQuickPick<
    vscode.QuickPickItem & { command?: string; connection?: string }
  >(
    [
      ...(state.kind === 'ready' ? [] : upkeep),
      { label: 'Connections: sentences are about', kind: Separator },
      ...places,
      { label: 'Actions', kind: Separator },
      ...actions,
      { label: 'Daemon', kind: Separator },
      ...(state.kind === 'ready' ? upkeep : []),
    ],
    { title: 'Pilothouse', placeHolder: heading },
  );
  if (picked?.connection) connections.choose(picked.connection);
  else if (picked?.command) await vscode.commands.executeCommand(picked.command);
}

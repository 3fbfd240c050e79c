// What a person does with connections: choose the one sentences are about, say how careful to be with it, and have
// it read anew. Mode and environment decide what the rules allow, so loosening them is asked about once more.

import * as vscode from 'vscode';
import {
  type Connection,
  type ConnectionMode,
  type Environment,
  environments,
} from '../../shared/model/connection.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { ConnectionStore } from '../state/connections.ts';
import { noteOf } from '../views/describe.ts';
import type { TreeNode } from '../views/treeModel.ts';
import { registerCommand, withProgress } from './problems.ts';

export interface ConnectionPorts {
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly connections: ConnectionStore;
}

const modes: readonly { readonly label: string; readonly detail: string; readonly mode: ConnectionMode }[] = [
  { label: 'confirm', detail: 'Every change is shown first and needs your yes', mode: 'confirm' },
  { label: 'read-only', detail: 'Every change is denied', mode: 'read-only' },
];

const environmentDetails: { readonly [E in Environment]: string } = {
  prod: 'Strictest rules: what destroys has to be typed',
  staging: 'Like production, with fewer people watching',
  test: 'For tests',
  dev: 'For development',
  sandbox: 'For learning and rehearsing',
  unknown: 'Not said: treated like prod',
};

export function registerConnectionCommands(ports: ConnectionPorts): readonly vscode.Disposable[] {
  const { daemon, connections } = ports;
  return [
    registerCommand('pilothouse.connection.rescan', () =>
      withProgress('looking for connections', async (signal) => {
        const found = await daemon.request('connection/rescan', {}, { signal });
        connections.replaceAll(found.connections);
      }),
    ),
    registerCommand('pilothouse.connection.refresh', async (node?: TreeNode) => {
      const ids = node && 'connection' in node ? [node.connection] : connections.list().map(({ id }) => id);
      await withProgress('reading everything anew', (signal) =>
        Promise.all(ids.map((id) => daemon.request('connection/refresh', { id }, { signal }))),
      );
    }),
    registerCommand('pilothouse.connection.explain', async (node?: TreeNode) => {
      const connection = node && 'connection' in node ? connections.get(node.connection) : undefined;
      if (!connection?.problem) return;
      const { text, fix } = noteOf(connection);
      const pressed = await vscode.window.showWarningMessage(
        [`${connection.name}: ${text}`, fix].filter(Boolean).join(' '),
        'Refresh',
        'Show Log',
      );
      if (pressed === 'Refresh') await vscode.commands.executeCommand('pilothouse.connection.refresh', node);
      else if (pressed) await vscode.commands.executeCommand('pilothouse.log.show');
    }),
    registerCommand('pilothouse.connection.choose', async (node?: TreeNode) => {
      if (node && 'connection' in node) return connections.choose(node.connection);
      const picked = await pickConnection(connections, 'Sentences without a place are about…', true);
      if (picked) connections.choose(picked === 'all' ? undefined : picked.id);
    }),
    registerCommand('pilothouse.connection.setMode', async (node?: TreeNode) => {
      const connection = await connectionOf(node, connections, 'Set the mode of…');
      const picked =
        connection &&
        (await vscode.window.showQuickPick(modes, {
          title: `Mode of ${connection.name}`,
          placeHolder: `Now: ${connection.mode}`,
        }));
      if (!connection || !picked || picked.mode === connection.mode) return;
      if (
        picked.mode === 'confirm' &&
        !(await isSure(connection, 'Changes are possible then, each after your yes.'))
      )
        return;
      await daemon.request('connection/configure', { id: connection.id, mode: picked.mode });
    }),
    registerCommand('pilothouse.connection.setEnvironment', async (node?: TreeNode) => {
      const connection = await connectionOf(node, connections, 'Set the environment of…');
      const items = environments.map((label) => ({ label, detail: environmentDetails[label] }));
      const picked =
        connection &&
        (await vscode.window.showQuickPick(items, {
          title: `Environment of ${connection.name}`,
          placeHolder: `Now: ${connection.environment}`,
        }));
      if (!connection || !picked || picked.label === connection.environment) return;
      const isStrict = connection.environment === 'prod' || connection.environment === 'unknown';
      if (
        isStrict &&
        picked.label !== 'prod' &&
        !(await isSure(
          connection,
          `Rules for ${picked.label} ask for less than those for ${connection.environment}.`,
        ))
      )
        return;
      await daemon.request('connection/configure', { id: connection.id, environment: picked.label });
    }),
  ];
}

async function isSure(connection: Connection, consequence: string): Promise<boolean> {
  const go = 'Change It';
  const message = `Be less careful with ${connection.name} (${connection.provider}, ${connection.environment})?`;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail: consequence }, go)) === go;
}

async function connectionOf(
  node: TreeNode | undefined,
  connections: ConnectionStore,
  placeHolder: string,
): Promise<Connection | undefined> {
  if (node && 'connection' in node) return connections.get(node.connection);
  const only = connections.list().length === 1 ? connections.list()[0] : undefined;
  if (only) return only;
  const picked = await pickConnection(connections, placeHolder, false);
  return picked === 'all' ? undefined : picked;
}

async function pickConnection(
  connections: ConnectionStore,
  placeHolder: string,
  withAll: boolean,
): Promise<Connection | 'all' | undefined> {
  const items: (vscode.QuickPickItem & { connection: Connection | 'all' })[] = connections
    .list()
    .map((connection) => ({
      label: connection.name,
      description: [
        connection.environment,
        connection.mode,
        connection.simulated ? 'simulated' : connection.provider,
      ].join(' · '),
      connection,
    }));
  if (withAll) items.push({ label: 'All connections', description: 'Names decide', connection: 'all' });
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.connection;
}

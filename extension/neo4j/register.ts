// The Neo4j server of a person: set it, ask it, export the graph to it after a yes. A server is tried before it is kept;
// its password goes to the editor's secret storage and the daemon's memory, under the server and user it was typed for,
// and is handed to each new daemon. Never into a setting, a file or the audit trail.

import * as vscode from 'vscode';
import {
  isNeo4jUrlEncrypted,
  type Neo4jExportProposal,
  type Neo4jServer,
  troubleWithNeo4jUrl,
} from '../../shared/model/neo4j.ts';
import { problemOf } from '../../shared/model/problem.ts';
import { registerCommand, withProgress } from '../commands/problems.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { Documents } from '../documents/documents.ts';

export interface Neo4jPorts {
  readonly daemon: DaemonLink;
  readonly secrets: vscode.SecretStorage;
  readonly documents: Pick<Documents, 'open'>;
  /** The query that was asked last in this workspace. */
  readonly lastQuery: { get(): string; set(text: string): void };
  readonly log: (line: string) => void;
}

export function registerNeo4j(ports: Neo4jPorts): vscode.Disposable {
  const { daemon, secrets, log } = ports;
  const handOver = async (): Promise<void> => {
    try {
      const { server, hasPassword } = await daemon.request('neo4j/status', {});
      const password = server && !hasPassword ? await secrets.get(storageKeyOf(server)) : undefined;
      if (server && password) await daemon.request('neo4j/configure', { server, password });
    } catch (error) {
      log(`The password of the Neo4j server could not be handed over: ${problemOf(error).message}`);
    }
  };
  const stop = daemon.onDidChangeState((state) => {
    // A new line may lead to a new daemon, which knows no password.
    if (state.kind === 'ready') void handOver();
  });
  return vscode.Disposable.from(
    { dispose: stop },
    registerCommand('pilothouse.neo4j.setServer', () => setServer(ports)),
    registerCommand('pilothouse.neo4j.query', async (text?: string) => {
      if (await requireServer(ports)) await askQuery(ports, text);
    }),
    registerCommand('pilothouse.neo4j.export', async () => {
      if (await requireServer(ports)) await exportGraph(ports);
    }),
  );
}

const storageKeyOf = ({ url, user }: Neo4jServer): string => `neo4j.password:${JSON.stringify([url, user])}`;

/** Asks for one where none is set; false where the person goes away. */
async function requireServer(ports: Neo4jPorts): Promise<boolean> {
  const { server, hasPassword } = await ports.daemon.request('neo4j/status', {});
  return (server !== undefined && hasPassword) || setServer(ports);
}

async function setServer(ports: Neo4jPorts): Promise<boolean> {
  const { daemon, secrets } = ports;
  const { server: before } = await daemon.request('neo4j/status', {});
  const what = before ? await pickWhat(before) : 'change';
  if (what === undefined) return false;
  if (before && what === 'remove') {
    await daemon.request('neo4j/configure', { server: null });
    await secrets.delete(storageKeyOf(before));
    return false;
  }
  const form = await askServer(before);
  if (!form) return false;
  const { server, password } = form;
  const tried = await withProgress(`asking ${server.url}`, (signal) =>
    daemon.request('neo4j/try', { server, password }, { signal }),
  );
  await daemon.request('neo4j/configure', { server, password });
  await secrets.store(storageKeyOf(server), password);
  if (before && storageKeyOf(before) !== storageKeyOf(server)) await secrets.delete(storageKeyOf(before));
  void vscode.window.showInformationMessage(`The Neo4j server is kept: ${tried.product} at ${server.url}.`);
  return true;
}

async function pickWhat({ url, user }: Neo4jServer): Promise<'change' | 'remove' | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: 'Change…', what: 'change' as const },
      { label: 'Remove', what: 'remove' as const, detail: 'What was exported stays on the server.' },
    ],
    { title: 'Neo4j Server', placeHolder: `${url}, as ${user}`, ignoreFocusOut: true },
  );
  return picked?.what;
}

async function askServer(
  before: Neo4jServer | undefined,
): Promise<{ readonly server: Neo4jServer; readonly password: string } | undefined> {
  const ask = (step: string, options: vscode.InputBoxOptions) =>
    vscode.window.showInputBox({ title: `Neo4j Server: ${step}`, ignoreFocusOut: true, ...options });
  const url = await ask('Address', {
    prompt: 'bolt://HOST:7687 for one server, neo4j:// for a cluster; bolt+s:// and neo4j+s:// with TLS.',
    value: before?.url ?? 'bolt://127.0.0.1:7687',
    validateInput: troubleWithNeo4jUrl,
  });
  if (url === undefined) return undefined;
  const user = await ask('User', {
    prompt: 'To export, the user needs the right to write.',
    value: before?.user ?? 'neo4j',
  });
  if (!user) return undefined;
  const password = await ask('Password', {
    prompt: `Of ${user}. ${isNeo4jUrlEncrypted(url) ? '' : 'The line is not encrypted. '}It is kept in the secret storage of the editor.`,
    password: true,
  });
  if (!password) return undefined;
  const database = await ask('Database', {
    prompt: "Empty: the server's own default.",
    value: before?.database ?? '',
    validateInput: (text) =>
      /^[A-Za-z0-9._-]{0,63}$/.test(text) ? undefined : 'Letters, digits, dots and dashes.',
  });
  if (database === undefined) return undefined;
  return { server: { url, user, ...(database && { database }) }, password };
}

async function askQuery({ documents, lastQuery }: Neo4jPorts, given?: string): Promise<void> {
  const text =
    typeof given === 'string'
      ? given
      : await vscode.window.showInputBox({
          title: 'Query Neo4j (Cypher, reading only)',
          prompt: 'Exported resources carry the label PilothouseResource and their kind: (v:volume).',
          placeHolder: 'MATCH (v:volume)-[:ATTACHED_TO]->(m) RETURN v.name, m.name',
          value: lastQuery.get(),
          ignoreFocusOut: true,
        });
  if (text === undefined || text.trim() === '') return;
  lastQuery.set(text);
  await documents.open({ topic: 'neo4j', text }, 'Neo4j');
}

async function exportGraph({ daemon }: Neo4jPorts): Promise<void> {
  const proposal = await withProgress('looking at the Neo4j server', (signal) =>
    daemon.request('neo4j/propose', {}, { signal }),
  );
  if (!(await confirm(proposal))) return;
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: 'Pilothouse: exporting to Neo4j',
      cancellable: true,
    },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      let shown = 0;
      return daemon.request(
        'neo4j/export',
        { proposal: proposal.id },
        {
          signal: abort.signal,
          onProgress: ({ message, fraction = 0 }) => {
            progress.report({ message, increment: Math.max(0, fraction - shown) * 100 });
            shown = Math.max(shown, fraction);
          },
        },
      );
    },
  );
  const { resources, relations, removedResources, kept } = result;
  const stayed = kept > 0 ? ` ${kept} stay, because others tied relations to them.` : '';
  void vscode.window.showInformationMessage(
    `Exported ${resources} resources and ${relations} relations to Neo4j, removed ${removedResources}.${stayed}`,
  );
}

async function confirm({ effect, removes }: Neo4jExportProposal): Promise<boolean> {
  const yes = removes.length > 0 ? 'Export and Remove' : 'Export';
  const pressed = await vscode.window.showWarningMessage(
    'Export the graph to Neo4j?',
    { modal: true, detail: effect.join('\n') },
    yes,
  );
  return pressed === yes;
}

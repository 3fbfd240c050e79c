// The Neo4j server in the editor: tried before it is kept, its password in the secret storage under the server and user
// it was typed for and handed to each new daemon, and an export only after the dialog's own yes.

import assert from 'node:assert/strict';
import type { Neo4jPorts } from '../../extension/neo4j/register.ts';
import type { Neo4jServer } from '../../shared/model/neo4j.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { importWithEditor } from './fakeEditor.ts';

const server: Neo4jServer = { url: 'bolt://db:7687', user: 'ops' };
const keyOf = ({ url, user }: Neo4jServer): string => `neo4j.password:${JSON.stringify([url, user])}`;

describe('Neo4j in the editor', () => {
  it('tries a server, keeps it, and puts its password into the secret storage alone', async () => {
    const window = await open({ inputs: [server.url, server.user, 'right', ''] });
    await window.run('pilothouse.neo4j.setServer');
    assert.deepEqual(window.asked, [
      ['neo4j/status', {}],
      ['neo4j/try', { server, password: 'right' }],
      ['neo4j/configure', { server, password: 'right' }],
    ]);
    assert.deepEqual([...window.secrets], [[keyOf(server), 'right']]);
  });

  it('keeps nothing of a server that does not answer, or of a form that was left', async () => {
    const wrong = await open({ inputs: [server.url, server.user, 'wrong', ''] });
    await wrong.run('pilothouse.neo4j.setServer');
    assert.match(wrong.errors.join(), /does not take this password/);
    const left = await open({ inputs: [server.url, server.user, undefined] });
    await left.run('pilothouse.neo4j.setServer');
    for (const { asked, secrets } of [wrong, left]) {
      assert.ok(!asked.some(([method]) => method === 'neo4j/configure'));
      assert.equal(secrets.size, 0);
    }
  });

  it('hands the password to a daemon that knows the server and not the password', async () => {
    const window = await open({ known: { server, hasPassword: false }, secrets: [[keyOf(server), 'right']] });
    await window.ready();
    assert.deepEqual(window.asked.at(-1), ['neo4j/configure', { server, password: 'right' }]);
    const other = { ...server, url: 'bolt://elsewhere:7687' };
    const elsewhere = await open({
      known: { server: other, hasPassword: false },
      secrets: [[keyOf(server), 'right']],
    });
    await elsewhere.ready();
    assert.deepEqual(elsewhere.asked, [['neo4j/status', {}]]);
  });

  it('exports after the yes of the dialog, which says what goes, and not otherwise', async () => {
    const no = await open({ known: { server, hasPassword: true }, press: undefined });
    await no.run('pilothouse.neo4j.export');
    assert.match(no.dialogs.join(), /Removes 2 of them/);
    assert.ok(!no.asked.some(([method]) => method === 'neo4j/export'));
    const yes = await open({ known: { server, hasPassword: true }, press: 'Export and Remove' });
    await yes.run('pilothouse.neo4j.export');
    assert.deepEqual(yes.asked.at(-1), ['neo4j/export', { proposal: 'p1' }]);
    assert.match(yes.told.join(), /Exported 5 resources and 4 relations to Neo4j, removed 2/);
  });

  it('shows the rows of a query as a document', async () => {
    const window = await open({ known: { server, hasPassword: true } });
    await window.run('pilothouse.neo4j.query', 'RETURN 1');
    assert.deepEqual(window.opened, [{ topic: 'neo4j', text: 'RETURN 1' }]);
  });
});

interface Given {
  readonly inputs?: readonly (string | undefined)[];
  readonly press?: string | undefined;
  readonly known?: { readonly server?: Neo4jServer; readonly hasPassword: boolean };
  readonly secrets?: readonly (readonly [string, string])[];
}

/** A window in which a person types and presses what is given. */
async function open({ inputs = [], press, known = { hasPassword: false }, secrets: kept = [] }: Given) {
  const commands = new Map<string, (...args: unknown[]) => unknown>();
  const [typed, secrets] = [[...inputs], new Map(kept)];
  const [errors, told, dialogs]: string[][] = [[], [], []];
  const [asked, opened]: [[string, unknown][], unknown[]] = [[], []];
  const progress = (_options: unknown, run: (report: unknown, token: unknown) => unknown) =>
    run({ report: () => {} }, { onCancellationRequested: () => {} });
  const editor = {
    commands: {
      registerCommand: (id: string, run: (...args: unknown[]) => unknown) => {
        commands.set(id, run);
        return { dispose: () => {} };
      },
    },
    window: {
      showInputBox: async () => typed.shift(),
      showInformationMessage: async (text: string) => void told!.push(text),
      showErrorMessage: async (text: string) => void errors!.push(text),
      showWarningMessage: async (_text: string, { detail }: { detail: string }) => {
        dialogs!.push(detail);
        return press;
      },
      withProgress: progress,
    },
    Disposable: { from: () => ({ dispose: () => {} }) },
    ProgressLocation: { Notification: 15 },
  };
  let onState: (state: { readonly kind: string }) => void = () => {};
  const daemon = {
    request: async (method: string, params: { readonly password?: string }) => {
      asked.push([method, params]);
      return answerOf(method, params, known);
    },
    onDidChangeState: (listener: typeof onState) => {
      onState = listener;
      return () => {};
    },
  };
  const { registerNeo4j } = await importWithEditor<typeof import('../../extension/neo4j/register.ts')>(
    'neo4j/register.ts',
    editor,
  );
  registerNeo4j({
    daemon,
    secrets: {
      get: async (key: string) => secrets.get(key),
      store: async (key: string, value: string) => void secrets.set(key, value),
      delete: async (key: string) => void secrets.delete(key),
    },
    documents: { open: async (shown: unknown) => void opened.push(shown) },
    lastQuery: { get: () => '', set: () => {} },
    log: (line: string) => void errors!.push(line),
  } as unknown as Neo4jPorts);
  return {
    run: async (id: string, ...args: unknown[]) => commands.get(id)!(...args),
    async ready() {
      onState({ kind: 'ready' });
      await new Promise((resolve) => setImmediate(resolve));
    },
    asked,
    secrets,
    opened,
    errors: errors!,
    told: told!,
    dialogs: dialogs!,
  };
}

function answerOf(
  method: string,
  { password }: { readonly password?: string },
  known: Given['known'],
): unknown {
  switch (method) {
    case 'neo4j/try':
      if (password === 'right') return { product: 'Neo4j/5.26.0', isEncrypted: false };
      throw new ProblemError({
        code: 'cloud-unauthorized',
        message: 'The Neo4j server does not take this password of ops.',
      });
    case 'neo4j/propose':
      return {
        id: 'p1',
        effect: ['Writes 5 resources.', 'Removes 2 of them.'],
        removes: [{ connection: 'lab', count: 2, isConfigured: true }],
      };
    case 'neo4j/export':
      return {
        resources: 5,
        relations: 4,
        removedResources: 2,
        removedRelations: 1,
        kept: 0,
        batches: 3,
        elapsedMs: 9,
      };
    default:
      return { ...known, isExporting: false };
  }
}

// `pilothouse exec` against a real server whose only container is a fake: what is asked, what goes in and comes out, and
// the exit code. A real one is entered in the podman lab.

import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import type { EntryRequest, RemoteTerminal, Terminals } from '../../daemon/executors/contract.ts';
import type { Connection } from '../../shared/model/connection.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { fakeConnection, fakeVm } from '../fakes/resources.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

const container = (id: string, more: Partial<Resource> = {}): Resource => ({
  ...fakeVm(id),
  id: `lab:container/${id}`,
  kind: 'container',
  name: id,
  status: 'running',
  ...more,
});

async function open(more: Partial<Connection> = {}, resources = [container('web'), container('db')]) {
  const terminal = await openTerminal();
  const { services } = terminal;
  const asked: (EntryRequest & { readonly columns: number; readonly rows: number })[] = [];
  const typed: string[] = [];
  const terminals: Terminals = {
    kinds: { container: ['exec'] },
    ways: async () => [{ way: 'exec' }],
    check: async () => ({}),
    open: async (request): Promise<RemoteTerminal> => {
      asked.push(request);
      let exitCode = 0;
      const bytes = new Duplex({
        read: () => undefined,
        write(part: Buffer, _encoding, done) {
          typed.push(part.toString());
          bytes.push(`ran ${part}`);
          exitCode = Number(/exit (\d+)/.exec(part.toString())?.[1] ?? 0);
          bytes.push(null);
          done();
        },
      });
      if (request.command) {
        bytes.push(`ran ${request.command.join(' ')}`);
        bytes.push(null);
      }
      const ended = new Promise<{ exitCode: number }>((resolve) =>
        bytes.on('end', () => resolve({ exitCode })),
      );
      return { bytes, resize: () => undefined, ended };
    },
  };
  services.setConnections([fakeConnection('lab', { ways: terminals.kinds, ...more })]);
  Object.assign(services.connections, { executor: () => ({ terminals }) });
  services.graph.apply(
    'lab',
    { name: 'all', kinds: ['container'] },
    { mode: 'full', resources, removed: [], relations: [] },
  );
  return { run: terminal.run, asked, typed, services };
}

describe('pilothouse exec', () => {
  afterEach(closeTerminals);

  it('asks, gives the terminal over, and ends as the shell ended', async () => {
    const { run, asked, typed } = await open();
    const { code, out, err } = await run(['exec', 'web'], { answers: ['y'], keys: ['exit 7\r'] });
    assert.equal(code, 7, err);
    assert.match(err, /Opens a shell in the container web on lab/);
    assert.equal(out, 'ran exit 7\r');
    assert.deepEqual(typed, ['exit 7\r']);
    assert.deepEqual([asked[0]!.columns, asked[0]!.rows, asked[0]!.command], [101, 33, undefined]);
  });

  it('runs what stands after two dashes, as it is', async () => {
    const { run, asked } = await open();
    const { code, out } = await run(['exec', '--yes', 'web', '--', 'ls', '-l', '--', '--yes']);
    assert.equal(code, 0);
    assert.equal(out, 'ran ls -l -- --yes');
    assert.deepEqual(asked[0]!.command, ['ls', '-l', '--', '--yes']);
  });

  it('opens nothing without a yes', async () => {
    const { run, asked } = await open();
    assert.equal((await run(['exec', 'web'], { answers: ['n'] })).code, 4);
    const alone = await run(['exec', 'web']);
    assert.equal(alone.code, 4);
    assert.match(alone.err, /needs a yes from somebody/);
    assert.equal(asked.length, 0);
  });

  it('opens nothing where the connection is read-only', async () => {
    const { run, asked } = await open({ mode: 'read-only' });
    const { code, err } = await run(['exec', '--yes', 'web']);
    assert.equal(code, 4);
    assert.match(err, /read-only/);
    assert.equal(asked.length, 0);
  });

  it('says what is not there, not running, or called so twice', async () => {
    const { run, asked } = await open({}, [
      container('web'),
      container('off', { status: 'stopped' }),
      container('one', { name: 'twin' }),
      container('two', { name: 'twin' }),
    ]);
    assert.match((await run(['exec', '--yes', 'nosuch'])).err, /nothing called "nosuch"/);
    assert.match((await run(['exec', '--yes', 'off'])).err, /off is stopped/);
    assert.match((await run(['exec', '--yes', 'twin'])).err, /lab:container\/one, lab:container\/two/);
    assert.equal((await run(['exec', '--yes', 'lab:container/two', '--', 'id'])).code, 0);
    const unclear = await run(['exec', 'web', 'ls']);
    assert.equal(unclear.code, 64);
    assert.match(unclear.err, /pilothouse exec web -- ls/);
    assert.equal(asked.length, 1);
  });
});

// `pilothouse forward`, `forwards` and `console` against a real server whose only resources are fakes: what is asked, what
// is refused, and what a person is told. Real ports are carried in the Kubernetes lab, real consoles opened in the
// OpenStack lab.

import assert from 'node:assert/strict';
import net from 'node:net';
import { Duplex } from 'node:stream';
import type { Terminals } from '../../daemon/executors/contract.ts';
import type { Connection } from '../../shared/model/connection.ts';
import { fakeConnection, fakeVm } from '../fakes/resources.ts';
import { until } from '../fakes/tick.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

async function open(more: Partial<Connection> = {}) {
  const terminal = await openTerminal();
  const { services } = terminal;
  const shouter = net.createServer((socket) =>
    socket.on('data', (part) => socket.write(`${part}`.toUpperCase())),
  );
  await new Promise<void>((resolve) => shouter.listen(0, '127.0.0.1', () => resolve()));
  const heard: string[] = [];
  const { port: own } = shouter.address() as net.AddressInfo;
  const terminals: Terminals = {
    kinds: { vm: ['forward', 'console', 'serial'] },
    ways: async () => [{ way: 'forward' }, { way: 'console' }, { way: 'serial' }],
    check: async () => ({}),
    open: () => assert.fail('no shell is asked for'),
    connect: async () => net.connect(own, '127.0.0.1'),
    console: async () => 'https://proxy/?token=s3cret',
    serial: async () => {
      const bytes = new Duplex({
        read: () => undefined,
        write(part: Buffer, _encoding, done) {
          heard.push(part.toString());
          done();
        },
      });
      return { bytes, resize: () => undefined, ended: new Promise(() => undefined) };
    },
  };
  services.setConnections([fakeConnection('lab', { ways: terminals.kinds, ...more })]);
  Object.assign(services.connections, { executor: () => ({ terminals }) });
  const batch = { mode: 'full', resources: [fakeVm('web')], removed: [], relations: [] } as const;
  services.graph.apply('lab', { name: 'all', kinds: ['vm'] }, batch);
  return { run: terminal.run, audited: services.audited, heard, taken: own, close: () => shouter.close() };
}

function shout(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    socket.once('data', (answer) => {
      resolve(answer.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('pilothouse forward', () => {
  let close: () => void = () => undefined;
  afterEach(async () => {
    close();
    await closeTerminals();
  });
  async function opened(more: Partial<Connection> = {}) {
    const here = await open(more);
    close = here.close;
    return here;
  }

  it('carries bytes, is listed, and ends when it is stopped elsewhere', async () => {
    const { run } = await opened();
    const held = run(['forward', 'web', ':80'], { answers: ['y'] });
    let local = 0;
    await until(async () => {
      const [one] = (await run(['forwards', '--json'])).json();
      local = one?.localPort ?? 0;
      return local > 0;
    }, 'a forward that is listed');
    assert.equal(await shout(local, 'hello'), 'HELLO');
    assert.match((await run(['forwards', 'stop', '1'])).err, /Nothing is carried to port 1 of this machine/);
    assert.equal((await run(['forwards', 'stop', String(local)])).code, 0);
    const { code, out, err } = await held;
    assert.equal(code, 5);
    assert.match(out, new RegExp(`127.0.0.1:${local} leads to port 80 of the vm web`));
    assert.match(err, /It was stopped\. It carried 1 connection\./);
    assert.match((await run(['forwards'])).out, /No port is carried/);
  });

  it('says which port is taken, and never takes another one unasked', async () => {
    const { run, taken, audited } = await opened();
    const alone = await run(['forward', 'web', `${taken}:80`, '--yes']);
    assert.equal(alone.code, 5);
    assert.match(alone.err, new RegExp(`Port ${taken} of this machine is taken by another program`));
    assert.match(alone.err, /Say it: pilothouse forward web \d+:80/);
    const asked = await run(['forward', 'web', `${taken}:80`], { answers: ['n'] });
    assert.equal(asked.code, 4);
    assert.match(asked.err, /is free\. Carries port \d+ of this machine/);
    assert.deepEqual(audited, []);
  });

  it('takes no port that is none', async () => {
    const { run } = await opened();
    for (const wrong of ['eighty', '0', '99999', '80:', '1:2:3'])
      assert.match((await run(['forward', 'web', wrong])).err, /names no ports: they go from 1 to 65535/);
    assert.equal((await run(['forward', 'web'])).code, 64);
    assert.match((await run(['forward', 'nosuch', '80'])).err, /nothing called "nosuch"/);
  });

  it('opens nothing where the connection is read-only', async () => {
    const { run, audited } = await opened({ mode: 'read-only' });
    for (const args of [
      ['forward', 'web', ':80', '--yes'],
      ['console', 'web', '--yes'],
      ['console', 'web', '--serial', '--yes'],
    ]) {
      const { code, err } = await run(args);
      assert.equal(code, 4);
      assert.match(err, /read-only/);
    }
    assert.deepEqual(audited, []);
  });

  it('prints the address of a console after a yes, and nowhere else', async () => {
    const { run, audited } = await opened();
    assert.equal((await run(['console', 'web'], { answers: ['n'] })).code, 4);
    const { code, out, err } = await run(['console', 'web'], { answers: ['y'] });
    assert.equal(code, 0, err);
    assert.equal(out, 'https://proxy/?token=s3cret\n');
    assert.doesNotMatch(err + JSON.stringify(audited), /s3cret/);
  });

  it('opens a serial console after a yes, and leaves it by a key that never gets there', async () => {
    const { run, audited, heard } = await opened();
    const serial = ['console', 'web', '--serial'];
    assert.equal((await run(serial, { answers: ['n'], keys: ['ls\r'] })).code, 4);
    assert.deepEqual(heard, []);
    const { code, err } = await run(serial, { answers: ['y'], keys: ['pass-w0rd\r', '\x1dand more'] });
    assert.equal(code, 0, err);
    assert.match(err, /Opens the serial console of the VM web on lab/);
    assert.match(err, /Ctrl-\] leaves it/);
    await until(() => audited.length === 2, 'the end is in the audit');
    assert.equal(heard.join(''), 'pass-w0rd\r');
    assert.equal(audited[1]?.outcome, 'It was closed.');
    assert.doesNotMatch(JSON.stringify(audited), /w0rd/);
  });
});

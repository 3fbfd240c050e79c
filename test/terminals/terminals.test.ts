// The desk of terminals without any cloud: the yes, the bounds of bytes, and that nothing stays open. The other end is
// a pair of streams in memory, so that it can be made to stand still.

import assert from 'node:assert/strict';
import net from 'node:net';
import { Duplex, PassThrough } from 'node:stream';
import { limits } from '../../daemon/config.ts';
import type { RemoteTerminal, Terminals } from '../../daemon/executors/contract.ts';
import type { OpenTerminal } from '../../daemon/terminals/contract.ts';
import { createTerminalDesk } from '../../daemon/terminals/terminals.ts';
import type { AuditEntry } from '../../shared/model/audit.ts';
import type { Connection } from '../../shared/model/connection.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { type TerminalChange, waysInto } from '../../shared/model/terminal.ts';
import { closeHouses, openHouse } from '../rpc/house.ts';

const pod: Resource = {
  id: 'k:pod/shop/web',
  connection: 'k',
  provider: 'sandbox',
  kind: 'pod',
  name: 'web',
  status: 'running',
  health: 'ok',
  tags: {},
  attributes: {},
};
const vm: Resource = { ...pod, id: 'k:vm/1', kind: 'vm', attributes: { ip: '10.0.0.7' } };

interface Options {
  readonly environment?: Connection['environment'];
  readonly mode?: Connection['mode'];
  readonly auditFails?: boolean;
}

function openDesk({ environment = 'dev', mode = 'confirm', auditFails = false }: Options = {}) {
  const out = new PassThrough({ highWaterMark: 1024 });
  const typed: Buffer[] = [];
  let takes = true;
  let letGo: () => void = () => undefined;
  const stuck = new Duplex({
    read: () => undefined,
    write(part: Buffer, _encoding, done) {
      typed.push(part);
      if (takes) done();
      else letGo = done;
    },
  });
  out.on('data', (part: Buffer) => {
    if (!stuck.push(part)) out.pause();
  });
  stuck._read = () => void out.resume();
  let opened = 0;
  const removed = new Set<(change: { removes: readonly string[] }) => void>();
  const audited: AuditEntry[] = [];
  const echo = net.createServer((socket) => socket.pipe(socket));
  const terminals: Terminals = {
    kinds: { pod: ['exec', 'forward'], vm: ['console', 'serial'] },
    ways: async ({ kind }) => (kind === 'pod' ? [{ way: 'exec', containers: ['app', 'proxy'] }] : []),
    check: async ({ container }) => ({ container: container ?? 'app' }),
    open: async (): Promise<RemoteTerminal> => {
      opened += 1;
      const ended = new Promise<object>((resolve) => stuck.once('close', () => resolve({ exitCode: 3 })));
      return { bytes: stuck, resize: () => undefined, ended };
    },
    console: async () => 'https://proxy/?token=s3cret',
    serial: async (): Promise<RemoteTerminal> => {
      const ended = new Promise<object>((resolve) =>
        stuck.once('close', () => resolve({ reason: 'It hung up.' })),
      );
      return { bytes: stuck, resize: () => undefined, ended };
    },
    refusal: (way) =>
      way === 'serial'
        ? new ProblemError({ code: 'unsupported', message: 'Nova said that it has none.' })
        : undefined,
    connect: async ({ port }) => {
      if (port === 9)
        throw new ProblemError({ code: 'cloud-unreachable', message: 'Nobody listens on port 9.' });
      const { port: own } = echo.address() as net.AddressInfo;
      return net.connect(own, '127.0.0.1');
    },
  };
  const connection = {
    id: 'k',
    provider: 'sandbox',
    name: 'shop',
    environment,
    mode,
    simulated: false,
    ways: terminals.kinds,
  } as Partial<Connection> as Connection;
  let shown: Connection = connection;
  const desk = createTerminalDesk({
    connections: { get: () => shown, executor: () => ({ terminals }) as never },
    graph: {
      get: (id) => [pod, vm].find((one) => one.id === id),
      onDidChange: (listener) => {
        removed.add(listener as never);
        return () => void removed.delete(listener as never);
      },
    },
    audit: {
      append: (entry) => {
        if (auditFails) throw new ProblemError({ code: 'audit-unavailable', message: 'The disk is full.' });
        audited.push(entry);
        return entry as never;
      },
    },
    now: Date.now,
    log: () => undefined,
  });
  const visitor = { actor: { user: 'ann', client: 'test', how: 'editor' as const }, session: 's1' };
  const signal = new AbortController().signal;
  return {
    desk,
    visitor,
    signal,
    audited,
    echo,
    show: (text: string) => out.write(text),
    end: () => stuck.destroy(),
    get opened() {
      return opened;
    },
    stopTaking: () => {
      takes = false;
    },
    goOn: () => {
      takes = true;
      letGo();
    },
    typed: () => Buffer.concat(typed).toString(),
    gone: (id: string) => {
      for (const listener of removed) listener({ removes: [id] });
    },
    become: (more: Partial<Connection>) => {
      shown = { ...connection, ...more };
    },
    propose: (port: number, localPort: number) =>
      desk.propose({ id: pod.id, way: 'forward', port, localPort }, visitor, signal),
    async open(): Promise<OpenTerminal> {
      const { id, verdict } = await desk.propose({ id: pod.id, way: 'exec' }, visitor, signal);
      const words = verdict.approval.kind === 'typed' ? { typed: verdict.approval.expected } : {};
      return desk.open({ proposal: id, columns: 80, rows: 24, ...words }, visitor, signal);
    },
  };
}

function listen(isCongested = () => false) {
  const changes: TerminalChange[] = [];
  return {
    changes,
    bytes: () =>
      changes.reduce((sum, one) => sum + ('data' in one ? Buffer.from(one.data, 'base64').length : 0), 0),
    listener: {
      send: (change: TerminalChange) => void changes.push(change),
      get isCongested() {
        return isCongested();
      },
    },
  };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('the desk of terminals', () => {
  it('opens after a yes, once, and for the session that asked', async () => {
    const here = openDesk();
    const { id, effect, container } = await here.desk.propose(
      { id: pod.id, way: 'exec' },
      here.visitor,
      here.signal,
    );
    assert.equal(effect, 'Opens a shell in the container app of the pod web on shop (dev).');
    assert.equal(container, 'app');
    assert.equal(here.opened, 0);
    const yes = { proposal: id, columns: 80, rows: 24 };
    await assert.rejects(
      here.desk.open(yes, { ...here.visitor, session: 'other' }, here.signal),
      /asked too long ago/,
    );
    await here.desk.open(yes, here.visitor, here.signal);
    await assert.rejects(here.desk.open(yes, here.visitor, here.signal), /opened already/);
    assert.equal(here.opened, 1);
  });

  it('has the name typed in prod', async () => {
    const here = openDesk({ environment: 'prod' });
    const { id, verdict } = await here.desk.propose({ id: pod.id, way: 'exec' }, here.visitor, here.signal);
    assert.deepEqual(verdict.approval.kind === 'typed' && verdict.approval.expected, 'web');
    const yes = { proposal: id, columns: 80, rows: 24 };
    await assert.rejects(here.desk.open(yes, here.visitor, here.signal), /approved by typing/);
    await assert.rejects(
      here.desk.open({ ...yes, typed: 'wob' }, here.visitor, here.signal),
      /not what is asked/,
    );
    await here.desk.open({ ...yes, typed: 'web' }, here.visitor, here.signal);
  });

  it('refuses a connection that became read-only after the question', async () => {
    const here = openDesk();
    const { id } = await here.desk.propose({ id: pod.id, way: 'exec' }, here.visitor, here.signal);
    here.become({ mode: 'read-only' });
    await assert.rejects(
      here.desk.open({ proposal: id, columns: 80, rows: 24 }, here.visitor, here.signal),
      /is set to read-only/,
    );
    assert.equal(here.opened, 0);
  });

  it('asks anew where the place became prod after the question', async () => {
    const here = openDesk();
    const { id } = await here.desk.propose({ id: pod.id, way: 'exec' }, here.visitor, here.signal);
    here.become({ environment: 'prod' });
    await assert.rejects(
      here.desk.open({ proposal: id, columns: 80, rows: 24 }, here.visitor, here.signal),
      /another kind of yes/,
    );
  });

  it('opens nothing where the audit cannot be written', async () => {
    const here = openDesk({ auditFails: true });
    await assert.rejects(here.open(), /The disk is full/);
    assert.equal(here.opened, 0);
  });

  it('shows no more than the window until it was taken', async () => {
    const here = openDesk();
    const terminal = await here.open();
    const { listener, bytes, changes } = listen();
    terminal.start(listener);
    const whole = limits.terminalWindowBytes * 3;
    here.show('x'.repeat(whole));
    await turns();
    assert.ok(bytes() >= limits.terminalWindowBytes / 2, `${bytes()}`);
    assert.ok(bytes() < limits.terminalWindowBytes + limits.terminalPartBytes, `${bytes()}`);
    for (let before = -1; bytes() > before; ) {
      before = bytes();
      terminal.taken(limits.terminalPartBytes * 4);
      await turns();
    }
    assert.equal(bytes(), whole);
    here.end();
    await turns();
    assert.deepEqual(changes.at(-1), { topic: 'terminal', end: { exitCode: 3 } });
  });

  it('holds back while the reader is behind', async () => {
    let isBehind = true;
    const here = openDesk();
    const terminal = await here.open();
    const { listener, bytes } = listen(() => isBehind);
    terminal.start(listener);
    here.show('hello');
    await turns();
    assert.equal(bytes(), 0);
    isBehind = false;
    terminal.resume();
    await turns();
    assert.equal(bytes(), 5);
  });

  it('refuses what is typed while too much of it waits', async () => {
    const here = openDesk();
    const terminal = await here.open();
    here.stopTaking();
    const first = terminal.input(Buffer.alloc(limits.terminalInputBytes, 'a'));
    await assert.rejects(terminal.input(Buffer.from('b')), /takes no more input/);
    here.goOn();
    await first;
    await terminal.input(Buffer.from('c'));
    assert.ok(here.typed().endsWith('ac'));
  });

  it('writes down who, what and how it ended, and never the content', async () => {
    const here = openDesk();
    const terminal = await here.open();
    terminal.start(listen().listener);
    await terminal.input(Buffer.from('my-secret-word'));
    here.show('shown-secret');
    await turns();
    here.end();
    await turns();
    assert.deepEqual(
      here.audited.map(({ event, operation, target, outcome }) => [event, operation, target, outcome]),
      [
        ['terminal.opened', 'enter.pod', pod.id, undefined],
        ['terminal.ended', 'enter.pod', pod.id, 'ended with code 3'],
      ],
    );
    assert.equal(here.audited[0]?.detail?.container, 'app');
    assert.doesNotMatch(JSON.stringify(here.audited), /secret/);
  });

  it('ends everything with the daemon, each with a line', async () => {
    const here = openDesk();
    const terminal = await here.open();
    const { listener, changes } = listen();
    terminal.start(listener);
    here.desk.dispose();
    await turns();
    assert.equal(here.audited.at(-1)?.outcome, 'The daemon ended.');
    assert.deepEqual(changes.at(-1), { topic: 'terminal', end: { reason: 'The daemon ended.' } });
  });

  it('offers the own ssh of this machine for a machine with an address, with host keys checked', async () => {
    const here = openDesk();
    assert.deepEqual(await here.desk.ways(vm.id, here.signal), [{ way: 'ssh' }]);
    const { id } = await here.desk.propose({ id: vm.id, way: 'ssh' }, here.visitor, here.signal);
    const terminal = await here.desk.open({ proposal: id, columns: 80, rows: 24 }, here.visitor, here.signal);
    assert.deepEqual(terminal.run, ['ssh', '-o', 'StrictHostKeyChecking=ask', '--', '10.0.0.7']);
    const { id: command } = await here.desk.propose(
      { id: vm.id, way: 'ssh', command: ['echo', "it's", '$HOME'] },
      here.visitor,
      here.signal,
    );
    const once = await here.desk.open(
      { proposal: command, columns: 80, rows: 24 },
      here.visitor,
      here.signal,
    );
    assert.equal(once.run?.at(-1), String.raw`echo 'it'\''s' '$HOME'`);
    once.finish(0);
    terminal.finish(255);
    terminal.dispose();
    assert.deepEqual(
      here.audited.map(({ event, outcome }) => [event, outcome]),
      [
        ['terminal.opened', undefined],
        ['terminal.opened', undefined],
        ['terminal.ended', 'ended with code 0'],
        ['terminal.ended', 'ended with code 255'],
      ],
    );
  });

  it('carries connections on loopback, says what fails, and ends when the resource goes', async () => {
    const here = openDesk();
    await new Promise<void>((resolve) => here.echo.listen(0, '127.0.0.1', () => resolve()));
    const { id } = await here.desk.propose(
      { id: pod.id, way: 'forward', port: 80 },
      here.visitor,
      here.signal,
    );
    const forward = await here.desk.forward({ proposal: id }, here.visitor, here.signal);
    const { listener, changes } = listen();
    forward.start(listener);
    const socket = net.connect(forward.state.localPort, '127.0.0.1');
    socket.write('ping');
    const answer = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    assert.equal(answer.toString(), 'ping');
    const hungUp = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    here.gone(pod.id);
    await hungUp;
    assert.equal(forward.state.ended, 'web is not there any more.');
    assert.ok(changes.some((one) => 'forward' in one && one.forward.open === 1));
    assert.equal(here.audited.at(-1)?.outcome, 'web is not there any more.');
    assert.equal(here.audited.at(-1)?.detail?.connections, 1);
    here.echo.close();
  });

  it('says what a forwarded port answered with, and that a port was taken since it was offered', async () => {
    const here = openDesk();
    const { id } = await here.propose(9, 0);
    const forward = await here.desk.forward({ proposal: id }, here.visitor, here.signal);
    const socket = net.connect(forward.state.localPort, '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('close', resolve));
    await turns();
    assert.equal(forward.state.problem, 'Nobody listens on port 9.');
    const late = await here.propose(80, 0);
    await withServer(late.localPort!, async () => {
      const opening = here.desk.forward({ proposal: late.id }, here.visitor, here.signal);
      await assert.rejects(opening, /is taken by another program/);
    });
    assert.match(here.audited.at(-1)?.outcome ?? '', /not opened: Port \d+ of this machine is taken/);
    forward.dispose();
  });

  it('offers another port where the wanted one is taken, and says so before the yes', async () => {
    const here = openDesk();
    await withServer(0, async (taken) => {
      const { localPort, otherPort, effect } = await here.propose(80, taken);
      assert.notEqual(localPort, taken);
      assert.equal(
        otherPort,
        `Port ${taken} of this machine is taken by another program. ${localPort} is free.`,
      );
      assert.equal(
        effect,
        `${otherPort} Carries port ${localPort} of this machine, which only this machine reaches, to port 80 of the pod web on shop (dev).`,
      );
    });
    const free = await here.propose(80, 0);
    const { localPort, otherPort } = await here.propose(80, free.localPort!);
    assert.deepEqual([localPort, otherPort], [free.localPort, undefined]);
  });

  it('gives an answer to a client that has said all it has to say', async () => {
    const here = openDesk();
    await new Promise<void>((resolve) => here.echo.listen(0, '127.0.0.1', () => resolve()));
    const { id } = await here.propose(80, 0);
    const forward = await here.desk.forward({ proposal: id }, here.visitor, here.signal);
    const whole = Buffer.alloc(3_000_000, 'all of it, ');
    const socket = net.connect(forward.state.localPort, '127.0.0.1');
    socket.end(whole);
    const parts: Buffer[] = [];
    for await (const part of socket as AsyncIterable<Buffer>) parts.push(part);
    assert.ok(Buffer.concat(parts).equals(whole));
    forward.dispose();
    here.echo.close();
  });

  it('hands the address of a console over once, and keeps it nowhere', async () => {
    const here = openDesk();
    const { id, effect } = await here.desk.propose({ id: vm.id, way: 'console' }, here.visitor, here.signal);
    assert.match(effect, /^Opens the console of the VM web on shop \(dev\) in a browser/);
    const yes = { proposal: id };
    assert.equal(await here.desk.console(yes, here.visitor, here.signal), 'https://proxy/?token=s3cret');
    await assert.rejects(here.desk.console(yes, here.visitor, here.signal), /opened already/);
    assert.deepEqual(
      here.audited.map(({ event, operation }) => [event, operation]),
      [
        ['terminal.opened', 'enter.vm'],
        ['terminal.ended', 'enter.vm'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(here.audited), /s3cret/);
  });

  it('holds a serial console as a terminal, with a line in the audit before and after', async () => {
    const here = openDesk();
    const ask = { id: vm.id, way: 'serial' } as const;
    const { id, effect, verdict } = await here.desk.propose(ask, here.visitor, here.signal);
    assert.match(effect, /^Opens the serial console of the VM web on shop \(dev\) in a terminal/);
    assert.equal(verdict.effect, 'ask');
    const size = { columns: 80, rows: 24 };
    const terminal = await here.desk.open({ proposal: id, ...size }, here.visitor, here.signal);
    const shown: unknown[] = [];
    terminal.start({ isCongested: false, send: (change) => void shown.push(change) });
    await terminal.input(Buffer.from('pass-w0rd\r'));
    terminal.dispose();
    assert.deepEqual(
      here.audited.map(({ event, operation, outcome, detail }) => [event, operation, outcome, detail?.way]),
      [
        ['terminal.opened', 'enter.vm', undefined, 'serial'],
        ['terminal.ended', 'enter.vm', 'It was closed.', 'serial'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(here.audited), /w0rd/);
  });

  it('says why a serial console is not offered any more, where its cloud has said it', async () => {
    const here = openDesk();
    here.become({ ways: { vm: ['console'] } });
    const ask = { id: vm.id, way: 'serial' } as const;
    await assert.rejects(here.desk.propose(ask, here.visitor, here.signal), /Nova said that it has none/);
  });

  it('lists what is forwarded, and stops it by its id', async () => {
    const here = openDesk();
    const { id } = await here.propose(80, 0);
    const { state } = await here.desk.forward({ proposal: id }, here.visitor, here.signal);
    assert.deepEqual(here.desk.forwards(), [state]);
    here.desk.stop(state.id);
    assert.deepEqual(here.desk.forwards(), []);
    assert.throws(() => here.desk.stop(state.id), /has ended already/);
    assert.equal(here.audited.at(-1)?.outcome, 'It was stopped.');
    await assert.rejects(reach(state.localPort), /ECONNREFUSED/);
  });

  it('forwards nothing where the connection is read-only', async () => {
    const here = openDesk({ mode: 'read-only' });
    const { id, verdict } = await here.propose(80, 0);
    assert.equal(verdict.effect, 'deny');
    const opening = here.desk.forward({ proposal: id }, here.visitor, here.signal);
    await assert.rejects(opening, /is set to read-only/);
    assert.deepEqual(here.audited, []);
  });

  it('forwards what is not running but may answer, and nothing that is off', async () => {
    const connection = { ways: { service: ['exec', 'forward'] } } as Partial<Connection> as Connection;
    const ways = (status: string) => waysInto({ ...pod, kind: 'service', status }, connection);
    for (const status of ['active', 'pending', 'error']) assert.deepEqual(ways(status), ['forward']);
    for (const status of ['stopped', 'completed', 'deleting']) assert.deepEqual(ways(status), []);
    assert.deepEqual(ways('running'), ['exec', 'forward']);
  });
});

/** With a program that listens on a port of this machine; 0: any. */
async function withServer(wanted: number, run: (port: number) => Promise<void>): Promise<void> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', () => resolve()));
  try {
    await run((server.address() as net.AddressInfo).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function reach(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve());
    socket.once('error', reject);
  });
}

describe('terminals over the wire', () => {
  afterEach(closeHouses);

  it('are for persons alone', async () => {
    const house = await openHouse();
    for (const kind of ['model', 'mcp'] as const) {
      const client = await house.connect(kind);
      await assert.rejects(client.request('terminal/propose', { id: pod.id, way: 'exec' }), /Only a person/);
      await assert.rejects(client.request('terminal/ways', { id: pod.id }), /Only a person/);
    }
    assert.deepEqual(house.services.audited, []);
  });

  it('belong to the session that opened them', async () => {
    const house = await openHouse();
    const client = await house.connect('editor');
    await assert.rejects(client.request('terminal/input', { terminal: 1, data: 'aGk=' }), /is not open/);
    await assert.rejects(client.request('terminal/taken', { terminal: 1, bytes: 5 }), /is not open/);
  });
});

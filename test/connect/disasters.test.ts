// One fake daemon per disaster: each gives a clear sentence and a way out, and nothing is started or ended that
// must not be.

import assert from 'node:assert/strict';
import type net from 'node:net';
import { openSession, type SessionOptions, type SessionState } from '../../connect/session.ts';
import { frameBytesMax } from '../../shared/protocol/version.ts';
import { type Behaviour, type FakePeer, openPeer, welcome } from '../fakes/peers.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { problemFrom, until } from '../fakes/tick.ts';

const opened: { close?(): unknown; dispose?(): void }[] = [];

async function meet(
  behave: Behaviour,
  more: Partial<SessionOptions> = {},
  onConnect?: (socket: net.Socket) => void,
): Promise<{ session: ReturnType<typeof openSession>; peer: FakePeer; states: SessionState[] }> {
  const stateFolder = tempFolder();
  const peer = await openPeer(stateFolder, behave, onConnect);
  const session = openSession({
    stateFolder,
    entry: '/never/started.ts',
    client: { name: 'test', version: '0.1.0', kind: 'editor' },
    mayStart: false,
    backoffMs: [1],
    attemptsMax: 3,
    patience: { connectMs: 500, initializeMs: 100, startMs: 500, drainMs: 300, lookMs: 5 },
    ...more,
  });
  const states: SessionState[] = [];
  session.onDidChangeState((state) => states.push(state));
  opened.push(session, peer);
  return { session, peer, states };
}

describe('a daemon that', () => {
  afterEach(async () => {
    for (const one of opened.splice(0)) {
      one.dispose?.();
      await one.close?.();
    }
    removeTempFolders();
  });

  it('hangs: says so, with process and log, and ends no process', async () => {
    const { session, peer } = await meet(() => {});
    const problem = await problemFrom(session.ready());
    assert.equal(problem.code, 'timed-out');
    assert.match(problem.message, new RegExp(`process ${process.pid}`));
    assert.match(problem.fix ?? '', /Restart.*daemon\.log/s);
    assert.equal(peer.connections, 3);
  });

  it('speaks rubbish: says so at once and does not try again', async () => {
    const { session, peer } = await meet((_message, socket) => void socket.write('Segmentation fault\n'));
    const problem = await problemFrom(session.ready());
    assert.equal(problem.code, 'garbled');
    assert.match(problem.message, /Segmentation fault/);
    assert.ok(problem.fix);
    assert.equal(peer.connections, 1);
  });

  it('greets like another kind of server: says so', async () => {
    const { session } = await meet(
      () => {},
      {},
      (socket) => void socket.write('220 smtp ready\r\n'),
    );
    assert.equal((await problemFrom(session.ready())).code, 'garbled');
  });

  it('is newer and no longer speaks our protocol: says what to update', async () => {
    const { session } = await meet((message, socket) => {
      const data = { code: 'version-mismatch', message: 'Too new.', fix: 'Update this client.' };
      socket.write(
        `${JSON.stringify({ jsonrpc: '2.0', id: message.id, error: { code: 1002, message: 'Too new.', data } })}\n`,
      );
    });
    assert.deepEqual(await problemFrom(session.ready()), {
      code: 'version-mismatch',
      message: 'Too new.',
      fix: 'Update this client.',
    });
  });

  it('is newer and still speaks our protocol: is used', async () => {
    const { session, peer } = await meet((message, socket) => welcome(socket, message.id, '9.0.0', 1));
    assert.equal((await session.ready()).daemon.version, '9.0.0');
    assert.equal(peer.heard.length, 1);
  });

  it('is older: is asked to end, and waited for no longer than is sensible', async () => {
    const { session, peer } = await meet((message, socket) => {
      if (message.method === 'session/initialize') welcome(socket, message.id, '0.0.9');
      else
        socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: message.id, result: { draining: true } })}\n`);
    });
    const problem = await problemFrom(session.ready());
    assert.equal(problem.code, 'draining');
    assert.match(problem.message, /older daemon.*finishes/);
    assert.deepEqual(
      peer.heard.map((line) => JSON.parse(line).method),
      ['session/initialize', 'session/drain'],
    );
  });

  it('is older: is left alone by clients without a person, while the protocol allows', async () => {
    const { session, peer } = await meet((message, socket) => welcome(socket, message.id, '0.0.9'), {
      client: { name: 'agent', version: '0.1.0', kind: 'mcp' },
    });
    assert.equal((await session.ready()).daemon.version, '0.0.9');
    assert.equal(peer.heard.length, 1);
  });

  it('dies in the middle of a message: says how much of it came', async () => {
    const { session } = await meet((message, socket) => {
      if (message.method === 'session/initialize') welcome(socket, message.id);
      else socket.end('{"jsonrpc":"2.0","id":2,"result":{"pl');
    });
    await session.ready();
    const problem = await problemFrom(session.request('status/get'));
    assert.equal(problem.code, 'disconnected');
    assert.match(problem.message, /37 bytes/);
  });

  it('sends a giant frame: the line is cut before it fills the memory', async () => {
    let written = 0;
    const { session } = await meet(
      (message, socket) => {
        if (message.method === 'session/initialize') return welcome(socket, message.id);
        const piece = 'x'.repeat(1 << 20);
        const more = (): void => {
          if (socket.destroyed) return;
          written += piece.length;
          socket.write(piece, more);
        };
        more();
      },
      { mayReconnect: false },
    );
    await session.ready();
    const problem = await problemFrom(session.request('status/get'));
    assert.equal(problem.code, 'frame-too-large');
    await until(() => session.state.kind === 'failed', 'the session to give up');
    assert.ok(written < frameBytesMax * 4, `${written} bytes`);
  });

  it('dies between requests: the session says so, comes back, and picks its subscriptions up', async () => {
    let alive: net.Socket | undefined;
    const { session, states } = await meet((message, socket) => {
      alive = socket;
      if (message.method === 'session/initialize') return welcome(socket, message.id);
      const result = { subscription: 1, sequence: 0, topic: 'connections', connections: [] };
      socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: message.id, result })}\n`);
    });
    let wholes = 0;
    session.subscribe('connections', { onSnapshot: () => wholes++ });
    await until(() => wholes === 1, 'the first whole');
    alive?.destroy();
    await until(() => wholes === 2, 'the second whole');
    assert.deepEqual(
      states.map((state) => state.kind),
      ['connected', 'reconnecting', 'connected'],
    );
    const lost = states[1];
    assert.ok(lost?.kind === 'reconnecting' && lost.problem.fix && lost.message.includes('Trying again'));
  });

  it('dies again and again: is left alone, with where to look', async () => {
    const { session, peer } = await meet((message, socket) => {
      welcome(socket, message.id);
      setImmediate(() => socket.destroy());
    });
    const failed = await until(
      () => session.state.kind === 'failed' && session.state,
      'the session to give up',
    );
    assert.equal(failed.problem.code, 'disconnected');
    assert.match(failed.problem.message, /3 times/);
    assert.match(failed.problem.fix ?? '', /daemon\.log/);
    assert.equal(peer.connections, 3);
    session.retry();
    await until(() => peer.connections > 3, 'another try at the word of a person');
  });

  it('falls silent with a request under way: the line is cut, the request fails, the session comes back', async () => {
    let introductions = 0;
    const { session } = await meet(
      (message, socket) => {
        if (message.method !== 'session/initialize') return;
        introductions += 1;
        welcome(socket, message.id);
      },
      { heartbeatMs: 20 },
    );
    await session.ready();
    const problem = await problemFrom(session.request('plan/wait', { id: 'p1' }));
    assert.equal(problem.code, 'timed-out');
    await until(() => introductions > 1, 'another line');
  });

  it('is slow but answers: is waited for', async () => {
    const { session } = await meet(
      (message, socket) => void setTimeout(() => welcome(socket, message.id), 50),
    );
    assert.equal((await session.ready()).protocolVersion, 1);
  });

  it('was stopped by a person: is not started again behind their back', async () => {
    let alive: net.Socket | undefined;
    const { session, peer } = await meet((message, socket) => {
      alive = socket;
      welcome(socket, message.id);
    });
    await session.ready();
    alive?.end(
      `${JSON.stringify({ jsonrpc: '2.0', method: 'session/didDrain', params: { reason: 'stop' } })}\n`,
    );
    const failed = await until(() => session.state.kind === 'failed' && session.state, 'the session to rest');
    assert.match(failed.problem.message, /was stopped/);
    assert.equal(peer.connections, 1);
  });

  it('is not there, where none may be started: says how to get one', async () => {
    const session = openSession({
      stateFolder: tempFolder(),
      entry: '/never',
      client: { name: 'test', version: '0.1.0', kind: 'terminal' },
      mayStart: false,
      mayReconnect: false,
    });
    opened.push(session);
    const problem = await problemFrom(session.ready());
    assert.equal(problem.code, 'disconnected');
    assert.match(problem.fix ?? '', /daemon start/);
  });
});

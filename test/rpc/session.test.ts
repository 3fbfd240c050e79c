// Sessions over a real socket: introduction, validation, who may do what, cancellation, and every bound.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { personMethods } from '../../daemon/rpc/dispatch.ts';
import { requests } from '../../shared/protocol/messages.ts';
import { problemFrom, until } from '../fakes/tick.ts';
import { closeHouses, openHouse } from './house.ts';

const hello = {
  jsonrpc: '2.0',
  id: 1,
  method: 'session/initialize',
  params: { protocolVersion: 1, client: { name: 'raw', version: '1', kind: 'terminal' } },
};
const line = (message: unknown) => `${JSON.stringify(message)}\n`;

describe('a session', () => {
  afterEach(closeHouses);

  it('begins with an introduction and knows the client then', async () => {
    const { server, connect, services } = await openHouse();
    const client = await connect('terminal');
    const status = await client.request('status/get');
    assert.deepEqual(
      status.sessions.map(({ client: name, kind }) => [name, kind]),
      [['test-terminal 0.1.0', 'terminal']],
    );
    assert.equal(status.stateFolder, services.daemon.stateFolder);
    assert.equal(server.sessions.length, 1);
  });

  it('refuses everything before the introduction', async () => {
    const { connectRaw } = await openHouse();
    const { socket, lines } = await connectRaw();
    socket.write(line({ jsonrpc: '2.0', id: 1, method: 'status/get', params: {} }));
    const [answer] = await until(() => lines.length > 0 && lines, 'an answer');
    assert.equal((answer as { error?: { code: number } })?.error?.code, 1001);
  });

  it('ends a client that does not introduce itself in time', async () => {
    const { connectRaw, server } = await openHouse({ initializeTimeoutMs: 20 });
    const { socket, lines } = await connectRaw();
    await once(socket, 'close');
    assert.match(JSON.stringify(lines), /session\/initialize/);
    assert.equal(server.sessions.length, 0);
  });

  it('tells a client with a protocol too old what to do', async () => {
    const { connectRaw } = await openHouse();
    const { socket, lines } = await connectRaw();
    socket.write(line({ ...hello, params: { ...hello.params, protocolVersion: 0 } }));
    await until(() => lines.length > 0, 'an answer');
    assert.match(JSON.stringify(lines[0]), /"code":-32602/);
  });

  it('refuses new clients while it drains, and what would begin something', async () => {
    const { connect, services, server } = await openHouse();
    const client = await connect();
    const heard: unknown[] = [];
    client.onNotification('session/didDrain', (params) => heard.push(params));
    await client.request('session/drain', { reason: 'replace' });
    server.announceDrain('replace');
    assert.deepEqual(services.drains, ['replace']);
    assert.equal((await problemFrom(connect())).code, 'draining');
    assert.equal(
      (await problemFrom(client.request('request/submit', { text: 'stop web' }))).code,
      'draining',
    );
    assert.equal((await client.request('status/get')).draining, true);
    assert.deepEqual(heard, [{ reason: 'replace' }]);
  });

  it('validates parameters by the table and names what is wrong', async () => {
    const { connect } = await openHouse();
    const client = await connect();
    const problem = await problemFrom(client.request('plan/approve', { id: 'p1', digest: 'short' }));
    assert.equal(problem.code, 'bad-input');
    assert.match(problem.message, /digest/);
  });

  it('knows no other method', async () => {
    const { connect } = await openHouse();
    const client = await connect();
    const problem = await problemFrom(client.request('plan/approveAll' as 'plan/get', { id: 'x' }));
    assert.equal(problem.code, 'unknown-method');
    assert.equal(
      (await problemFrom(client.request('toString' as 'plan/get', { id: 'x' }))).code,
      'unknown-method',
    );
  });

  it('lets only a person decide, whatever the method', async () => {
    const { connect, services } = await openHouse();
    for (const kind of ['model', 'mcp'] as const) {
      const client = await connect(kind);
      for (const method of personMethods) {
        const problem = await problemFrom(
          client.request(method as 'plan/approve', { id: 'p1', digest: 'd'.repeat(64) }),
        );
        assert.equal(problem.code, 'not-a-person', `${kind} ${method}`);
      }
    }
    assert.deepEqual(services.plans.calls, []);
    assert.deepEqual(services.drains, []);
  });

  it('holds every deciding method of the table', () => {
    const deciding = Object.keys(requests).filter((method) =>
      /\/(approve|reject|cancel|resolve|configure|drain|serve|reply|acknowledge|feedback)$|^(state|correction)\/|^(alias|mute)\/(set|add|remove)$|^network\/(train|promote|rollBack)$|^(manifest\/read|watch\/tryServer|terminal\/\w+|neo4j\/\w+)$/.test(
        method,
      ),
    );
    assert.deepEqual([...personMethods].sort(), deciding.sort());
  });

  it('does not run a request that asks for no answer', async () => {
    const { connectRaw, services } = await openHouse();
    const { socket, lines } = await connectRaw();
    socket.write(line(hello));
    socket.write(line({ jsonrpc: '2.0', method: 'plan/reject', params: { id: 'p1' } }));
    socket.write(line({ jsonrpc: '2.0', id: 2, method: 'status/get' }));
    await until(() => lines.length === 2, 'two answers');
    assert.deepEqual(services.plans.calls, []);
  });

  it('takes no batches and no second request with an id that is under way', async () => {
    const { connectRaw, services } = await openHouse();
    services.answerWith = () => new Promise(() => {});
    services.read = (text) => ({ kind: 'query', text, source: 'embedded', confidence: 1, steps: [] });
    const { socket, lines } = await connectRaw();
    socket.write(line(hello));
    await until(() => lines.length === 1, 'the introduction');
    socket.write(line([{ jsonrpc: '2.0', id: 2, method: 'status/get' }]));
    const ask = { jsonrpc: '2.0', id: 3, method: 'request/submit', params: { text: 'x' } };
    socket.write(line(ask) + line(ask));
    await until(() => lines.length === 3, 'two refusals');
    assert.match(JSON.stringify(lines[1]), /batches/);
    assert.match(JSON.stringify(lines[2]), /under way/);
  });

  it('ends at what is not JSON, saying so', async () => {
    const { connectRaw } = await openHouse();
    const { socket, lines } = await connectRaw();
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await once(socket, 'close');
    assert.match(JSON.stringify(lines), /not JSON/);
  });

  it('ends at a frame over the limit without holding it', async () => {
    const { connectRaw } = await openHouse({ frameBytesMax: 1_000 });
    const { socket, lines } = await connectRaw();
    socket.write('x'.repeat(2_000));
    await once(socket, 'close');
    assert.match(JSON.stringify(lines), /more than the limit/);
  });

  it('says that an answer is too long instead of sending it', async () => {
    const { connect, services } = await openHouse({ frameBytesMax: 5_000 });
    services.read = (text) => ({ kind: 'query', text, source: 'embedded', confidence: 1, steps: [] });
    services.answerWith = async () => ({ summary: 'x'.repeat(10_000), blocks: [], refs: [], source: 'test' });
    const client = await connect();
    const problem = await problemFrom(client.request('request/submit', { text: 'all of it' }));
    assert.equal(problem.code, 'frame-too-large');
    assert.equal((await client.request('status/get')).draining, false);
  });

  it('bounds the requests of one client and goes on serving it', async () => {
    const { connect, services } = await openHouse({ requestsPerSessionMax: 2 });
    services.read = (text) => ({ kind: 'query', text, source: 'embedded', confidence: 1, steps: [] });
    const waiting: (() => void)[] = [];
    services.answerWith = () =>
      new Promise((resolve) => {
        waiting.push(() => resolve({ summary: 'so', blocks: [], refs: [], source: 'test' }));
      });
    const client = await connect();
    const first = client.request('request/submit', { text: 'a' });
    const second = client.request('request/submit', { text: 'b' });
    assert.equal((await problemFrom(client.request('status/get'))).code, 'overloaded');
    await until(() => waiting.length === 2, 'both to be asked');
    for (const answer of waiting) answer();
    await Promise.all([first, second]);
    assert.equal((await client.request('status/get')).draining, false);
  });

  it('bounds the clients', async () => {
    const { connect } = await openHouse({ sessionsMax: 1 });
    await connect();
    assert.equal((await problemFrom(connect())).code, 'overloaded');
  });

  it('cancels the handler when the client cancels, and when it goes away', async () => {
    const { connect, services } = await openHouse();
    services.read = (text) => ({ kind: 'query', text, source: 'embedded', confidence: 1, steps: [] });
    const signals: AbortSignal[] = [];
    services.answerWith = (_reading, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    };
    const client = await connect();
    const abort = new AbortController();
    const cancelled = client.request('request/submit', { text: 'a' }, { signal: abort.signal });
    const lost = client.request('request/submit', { text: 'b' });
    await until(() => signals.length === 2, 'both to be asked');
    abort.abort();
    assert.equal((await problemFrom(cancelled)).code, 'cancelled');
    await until(() => signals[0]?.aborted, 'the first to be cancelled');
    assert.equal(signals[1]?.aborted, false);
    client.close();
    assert.equal((await problemFrom(lost)).code, 'disconnected');
    await until(() => signals[1]?.aborted, 'the second to be cancelled');
  });

  it('ends the request, not the daemon, when a handler breaks its promise', async () => {
    const { connect, services } = await openHouse();
    services.read = () => {
      throw new TypeError('the password is hunter2: secret=abc');
    };
    const client = await connect();
    const problem = await problemFrom(client.request('request/submit', { text: 'x' }));
    assert.equal(problem.code, 'internal');
    assert.equal((await client.request('status/get')).pid, process.pid);
    assert.match(services.logged.join('\n'), /request\/submit failed unexpectedly/);
    assert.doesNotMatch(services.logged.join('\n'), /secret=abc/);
  });

  it('keeps its socket to its user', async function () {
    if (process.platform === 'win32') this.skip();
    const { socketPath } = await openHouse();
    assert.equal(fs.statSync(path.dirname(socketPath)).mode & 0o777, 0o700);
    assert.equal(fs.statSync(socketPath).mode & 0o777, 0o600);
  });
});

// The typed client against a line in memory: answers, errors, cancellation, progress, timeouts and every way the
// other end can misbehave.

import assert from 'node:assert/strict';
import { createClient } from '../../shared/protocol/client.ts';
import { openFakeLine } from '../fakes/memoryTransport.ts';
import { problemFrom, turns } from '../fakes/tick.ts';

function open() {
  const line = openFakeLine();
  const unexpected: string[] = [];
  const client = createClient(line.transport, { onUnexpected: (what) => unexpected.push(what) });
  return { line, client, unexpected };
}

describe('the client', () => {
  it('sends a request of the table and gives its result', async () => {
    const { line, client } = open();
    const answer = client.request('plan/get', { id: 'p1' });
    await turns();
    assert.deepEqual(line.sent, [{ jsonrpc: '2.0', id: 1, method: 'plan/get', params: { id: 'p1' } }]);
    line.say({ id: 1, result: { id: 'p1' } });
    assert.deepEqual(await answer, { id: 'p1' });
    assert.equal(client.pending, 0);
  });

  it('matches answers that come in another order', async () => {
    const { line, client } = open();
    const first = client.request('plan/get', { id: 'a' });
    const second = client.request('plan/get', { id: 'b' });
    await turns();
    line.say({ id: 2, result: { id: 'b' } });
    line.say({ id: 1, result: { id: 'a' } });
    assert.deepEqual([(await first).id, (await second).id], ['a', 'b']);
  });

  it("carries the daemon's problem over with code and fix", async () => {
    const { line, client } = open();
    const answer = client.request('plan/get', { id: 'p1' });
    await turns();
    const data = { code: 'not-found', message: 'There is no plan p1.', fix: 'See the list.' };
    line.say({ id: 1, error: { code: 1010, message: data.message, data } });
    assert.deepEqual(await problemFrom(answer), data);
  });

  it('knows a problem of another version by its number, or calls it internal', async () => {
    const { line, client } = open();
    const known = client.request('status/get');
    const unknown = client.request('status/get');
    await turns();
    line.say({ id: 1, error: { code: 1010, message: 'Gone.' } });
    line.say({
      id: 2,
      error: { code: 9999, message: 'New.', data: { code: 'from-the-future', fix: 'Update.' } },
    });
    assert.deepEqual(await problemFrom(known), { code: 'not-found', message: 'Gone.' });
    assert.deepEqual(await problemFrom(unknown), { code: 'internal', message: 'New.', fix: 'Update.' });
  });

  it('cancels at the signal: tells the daemon and does not wait for it', async () => {
    const { line, client } = open();
    const abort = new AbortController();
    const answer = client.request('plan/wait', { id: 'p1' }, { signal: abort.signal });
    await turns();
    abort.abort();
    assert.equal((await problemFrom(answer)).code, 'cancelled');
    assert.deepEqual(line.sent[1], { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 1 } });
    line.say({ id: 1, result: { id: 'p1' } });
    assert.equal(client.closed, undefined, 'a late answer is passed over');
  });

  it('sends nothing for a signal that has ended already', async () => {
    const { line, client } = open();
    const answer = client.request('status/get', {}, { signal: AbortSignal.abort() });
    assert.equal((await problemFrom(answer)).code, 'cancelled');
    assert.deepEqual(line.sent, []);
  });

  it('gives up after its patience and cancels', async () => {
    const { line, client } = open();
    const problem = await problemFrom(client.request('status/get', {}, { timeoutMs: 5 }));
    assert.equal(problem.code, 'timed-out');
    assert.match(problem.message, /status\/get/);
    assert.ok(problem.fix);
    assert.equal(line.sent[1]?.method, '$/cancelRequest');
  });

  it('hands progress to its request only', async () => {
    const { line, client } = open();
    const seen: string[] = [];
    const onProgress = (progress: { readonly message: string }) => void seen.push(progress.message);
    const answer = client.request('plan/wait', { id: 'p1' }, { onProgress });
    void client.request('status/get').catch(() => {});
    await turns();
    line.say({ method: '$/progress', params: { request: 1, message: 'half' } });
    line.say({ method: '$/progress', params: { request: 2, message: 'other' } });
    line.say({ id: 1, result: {} });
    await answer;
    line.say({ method: '$/progress', params: { request: 1, message: 'late' } });
    await turns();
    assert.deepEqual(seen, ['half']);
  });

  it('tells listeners of notifications and reports those it does not know', async () => {
    const { line, client, unexpected } = open();
    const seen: unknown[] = [];
    const stop = client.onNotification('session/didDrain', (params) => seen.push(params));
    line.say({ method: 'session/didDrain', params: { reason: 'stop' } });
    stop();
    line.say({ method: 'session/didDrain', params: { reason: 'stop' } });
    line.say({ method: 'new/thing', params: {} });
    assert.deepEqual(seen, [{ reason: 'stop' }]);
    assert.deepEqual(unexpected, ['new/thing']);
    assert.equal(client.closed, undefined);
  });

  it('fails what is under way when the line ends, and everything after', async () => {
    const { line, client } = open();
    const closed: string[] = [];
    client.onClose((problem) => closed.push(problem.code));
    const answer = client.request('status/get');
    await turns();
    line.hangUp();
    assert.equal((await problemFrom(answer)).code, 'disconnected');
    assert.equal((await problemFrom(client.request('status/get'))).code, 'disconnected');
    client.onClose((problem) => closed.push(`late ${problem.code}`));
    assert.deepEqual(closed, ['disconnected', 'late disconnected']);
  });

  it('passes on why the line ended where the transport knows', async () => {
    const { line, client } = open();
    const answer = client.request('status/get');
    line.hangUp({ code: 'frame-too-large', message: 'Too long.' });
    assert.equal((await problemFrom(answer)).code, 'frame-too-large');
  });

  for (const rubbish of [
    'Segmentation fault',
    '{"half":',
    '[]',
    'null',
    '42',
    '{"jsonrpc":"1.0","id":1,"result":1}',
    '{"jsonrpc":"2.0"}',
    '{"jsonrpc":"2.0","id":1}',
    '{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":""}}',
    '{"jsonrpc":"2.0","id":null,"result":1}',
  ]) {
    it(`cuts the line at rubbish: ${rubbish}`, async () => {
      const { line, client } = open();
      const answer = client.request('status/get');
      await turns();
      line.sayRaw(rubbish);
      const problem = await problemFrom(answer);
      assert.equal(problem.code, 'garbled');
      assert.ok(problem.fix);
      assert.equal(line.isClosed, true);
    });
  }

  it('takes an error without an id as said of the whole line', async () => {
    const { line, client } = open();
    const answer = client.request('status/get');
    await turns();
    const data = { code: 'overloaded', message: 'Too many clients.', fix: 'Close some.' };
    line.say({ id: null, error: { code: 1004, message: data.message, data } });
    assert.deepEqual(await problemFrom(answer), data);
    assert.equal(line.isClosed, true);
  });

  it('fails only the request that the transport refuses to send', async () => {
    const { line, client } = open();
    const { transport } = line;
    const sending = transport.send;
    const { ProblemError } = await import('../../shared/model/problem.ts');
    transport.send = () => {
      throw new ProblemError({ code: 'frame-too-large', message: 'Too long.' });
    };
    assert.equal((await problemFrom(client.request('status/get'))).code, 'frame-too-large');
    transport.send = sending;
    const answer = client.request('status/get');
    await turns();
    line.say({ id: 2, result: { pid: 1 } });
    assert.equal((await answer).pid, 1);
  });
});

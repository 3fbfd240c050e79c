// A reader that does not keep up: what waits for it is bounded, and it ends up with the truth.

import assert from 'node:assert/strict';
import { createGraph } from '../../daemon/graph/graph.ts';
import type { SubscriptionSink } from '../../daemon/rpc/contract.ts';
import { createFeed } from '../../daemon/rpc/feed.ts';
import { planTopic, resourceTopic } from '../../daemon/rpc/topics.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { TopicChange } from '../../shared/protocol/messages.ts';
import { fakePlans } from '../fakes/plans.ts';
import { fakeVm, fakeVms } from '../fakes/resources.ts';
import { until } from '../fakes/tick.ts';
import { closeHouses, openHouse } from './house.ts';

function openSink() {
  const sent: TopicChange[] = [];
  const sink = { isCongested: false, send: (change: TopicChange) => void sent.push(change) };
  return { sent, sink: sink satisfies SubscriptionSink };
}

/** What a client would have after all changes, or why it could not. */
function pictureOf(
  first: readonly Resource[],
  total: number,
  sent: readonly TopicChange[],
): Map<string, Resource> {
  let picture = new Map(first.map((one) => [one.id, one]));
  let isWhole = first.length === total;
  sent.forEach((change, index) => {
    assert.equal(change.sequence, index + 1, 'numbers without a gap');
    assert.equal(change.topic, 'resources');
    if (change.topic !== 'resources') return;
    if ('snapshot' in change) {
      if (change.first) picture = new Map();
      for (const one of change.snapshot) picture.set(one.id, one);
      isWhole = !change.more;
    } else {
      assert.ok(isWhole, 'no change in the middle of a whole');
      for (const one of change.upserts) picture.set(one.id, one);
      for (const id of change.removes) picture.delete(id);
    }
  });
  assert.ok(isWhole);
  return picture;
}

function openFeed(pendingMax: number, count = 10) {
  const graph = createGraph();
  const put = (resources: readonly Resource[], removed: readonly string[] = []) =>
    graph.apply(
      'lab',
      { name: 'vms', kinds: ['vm'] },
      { mode: 'changes', resources, removed, relations: [] },
    );
  put(fakeVms(count));
  const { sent, sink } = openSink();
  const feed = createFeed(1, sink, resourceTopic(graph, undefined), pendingMax);
  feed.start();
  const isTrue = () =>
    assert.deepEqual(
      [...pictureOf(feed.first, feed.total, sent).values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      [...graph.all()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  return { graph, put, feed, sent, sink, isTrue };
}

describe('a slow reader', () => {
  afterEach(closeHouses);

  it('gets what waited merged by resource, once it reads again', () => {
    const { put, feed, sent, sink, isTrue } = openFeed(100);
    sink.isCongested = true;
    for (let i = 0; i < 50; i++) put([fakeVm('web-00001', { status: `s${i}` })]);
    put([fakeVm('new')]);
    put([], ['lab:vm/web-00002']);
    put([fakeVm('short-lived')]);
    put([], ['lab:vm/short-lived']);
    assert.equal(sent.length, 0);
    sink.isCongested = false;
    feed.resume();
    assert.equal(sent.length, 1);
    isTrue();
  });

  it('gets a new whole where too much waited, and holds nothing meanwhile', () => {
    const { put, feed, sent, sink, isTrue } = openFeed(20);
    sink.isCongested = true;
    for (let i = 0; i < 40; i++) put([fakeVm(`more-${i}`)]);
    sink.isCongested = false;
    feed.resume();
    assert.ok(sent[0] && 'snapshot' in sent[0] && sent[0].first);
    put([fakeVm('after')]);
    isTrue();
  });

  it('gets a large whole in parts, and changes of the meantime after them', () => {
    const { put, graph, sink, sent } = openFeed(1_000, 0);
    const blob = 'x'.repeat(50_000);
    put(Array.from({ length: 40 }, (_, i) => fakeVm(`big-${i}`, { attributes: { blob } })));
    const late = createFeed(2, sink, resourceTopic(graph, undefined));
    assert.ok(late.first.length < 40 && late.total === 40);
    put([fakeVm('in between')]);
    late.start();
    put([fakeVm('big-1', { status: 'stopped' })]);
    const mine = sent.filter((change) => change.subscription === 2);
    const picture = pictureOf(late.first, late.total, mine);
    assert.equal(picture.size, 41);
    assert.equal(picture.get('lab:vm/big-1')?.status, 'stopped');
    assert.ok(mine.every((change) => JSON.stringify(change).length < 1_000_000));
  });

  it('sends a resource that would fill a frame without its attributes', () => {
    const { put, sent } = openFeed(100);
    put([fakeVm('huge', { attributes: { blob: 'x'.repeat(5_000_000) } })]);
    const [change] = sent;
    assert.ok(change && JSON.stringify(change).length < 10_000);
    assert.match(JSON.stringify(change), /huge/);
  });

  it('hears of its own connection only', () => {
    const graph = createGraph();
    const { sent, sink } = openSink();
    const feed = createFeed(1, sink, resourceTopic(graph, 'mine'));
    feed.start();
    const batch = (connection: string, resources: readonly Resource[], removed: readonly string[] = []) =>
      graph.apply(
        connection,
        { name: 'vms', kinds: ['vm'] },
        { mode: 'changes', resources, removed, relations: [] },
      );
    batch('other', [fakeVm('a', { connection: 'other' })]);
    batch('mine', [fakeVm('b', { connection: 'mine' })]);
    batch('other', [], ['other:vm/a']);
    assert.equal(sent.length, 1);
    assert.match(JSON.stringify(sent), /mine:vm\/b/);
  });

  it('gets plans one by one, the open ones first in the whole', async () => {
    const plans = fakePlans();
    const actor = { user: 'u', client: 'c', how: 'editor' } as const;
    const abort = new AbortController().signal;
    for (const text of ['one', 'two'])
      await plans.propose({ text, source: 'click', steps: [] }, actor, abort);
    const { sent, sink } = openSink();
    const feed = createFeed(1, sink, planTopic(plans));
    assert.deepEqual(
      feed.first.map((plan) => plan.title),
      ['two', 'one'],
    );
    feed.start();
    sink.isCongested = true;
    plans.set('p1', { state: 'approved' });
    plans.set('p1', { state: 'running' });
    plans.set('p2', { state: 'rejected' });
    sink.isCongested = false;
    feed.resume();
    assert.deepEqual(
      sent.map(
        (change) => change.topic === 'plans' && 'plan' in change && [change.plan.id, change.plan.state],
      ),
      [
        ['p1', 'running'],
        ['p2', 'rejected'],
      ],
    );
  });

  it('over a real socket: what waits for a client that stops reading stays bounded, and it catches up', async function () {
    // It moves 60 MB of text through a parser, which a busy machine takes its time for.
    this.timeout(120_000);
    const bound = 256 * 1024;
    const { connectRaw, services, server } = await openHouse({ sendQueueBytesMax: bound });
    services.put(fakeVms(2_000));
    const { socket, lines } = await connectRaw();
    const send = (id: number, method: string, params: object) =>
      socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    send(1, 'session/initialize', {
      protocolVersion: 1,
      client: { name: 'slow', version: '1', kind: 'editor' },
    });
    send(2, 'subscription/open', { topic: 'resources' });
    await until(() => lines.length >= 2, 'the first part');
    socket.pause();
    for (let round = 0; round < 60; round++) {
      services.put(fakeVms(2_000, { status: `round-${round}` }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const queued = server.sessions[0]!.queuedBytes;
    assert.ok(queued > bound, 'the reader is behind');
    assert.ok(queued < bound + 1_100_000, `${queued} bytes wait`);
    socket.resume();
    const picture = () => {
      const statuses = new Map<string, string>();
      for (const { params, result } of lines as unknown as {
        params?: { upserts?: Resource[]; snapshot?: Resource[] };
        result?: { resources?: Resource[] };
      }[])
        for (const one of params?.upserts ?? params?.snapshot ?? result?.resources ?? [])
          statuses.set(one.id, one.status);
      return statuses;
    };
    await until(() => [...picture().values()].every((status) => status === 'round-59'), 'the truth', 110_000);
    assert.equal(picture().size, 2_000);
  });
});

// Handlers, from a real client through the real server: each topic does what the table says and tells its services
// who asks.

import assert from 'node:assert/strict';
import { ProblemError } from '../../shared/model/problem.ts';
import type { PlanReading } from '../../shared/model/reading.ts';
import { subscribe } from '../../shared/protocol/subscribe.ts';
import { fakeConnection, fakeVm, fakeVms } from '../fakes/resources.ts';
import { problemFrom, until } from '../fakes/tick.ts';
import { closeHouses, openHouse } from './house.ts';

const stopWeb: PlanReading = {
  kind: 'plan',
  text: 'stop web',
  source: 'embedded',
  confidence: 0.9,
  risk: 'change',
  steps: [
    {
      operation: 'stop.vm',
      target: { kind: 'resources', ids: ['lab:vm/web'] },
      args: {},
      after: [],
      evidence: [{ part: 'verb', start: 0, end: 4, text: 'stop' }],
    },
  ],
};

describe('requests', () => {
  afterEach(closeHouses);

  it('make a plan of a reading that wants a change, and never approve it', async () => {
    const { connect, services } = await openHouse();
    services.read = () => stopWeb;
    const client = await connect('terminal');
    const result = await client.request('request/submit', {
      text: 'stop web',
      context: { connection: 'lab' },
    });
    assert.equal(result.plan?.state, 'proposed');
    const [call] = services.plans.calls;
    assert.equal(services.plans.calls.length, 1);
    assert.equal(call?.call, 'propose');
    assert.deepEqual(call?.request, {
      text: 'stop web',
      source: 'embedded',
      steps: stopWeb.steps,
      evidence: stopWeb.steps[0]!.evidence,
      connection: 'lab',
    });
    assert.equal(call?.actor?.user, 'tester');
    assert.equal(call?.actor?.how, 'terminal');
    assert.equal(call?.actor?.client, 'test-terminal 0.1.0');
  });

  it('answer a question', async () => {
    const { connect, services } = await openHouse();
    services.read = (text) => ({ kind: 'query', text, source: 'embedded', confidence: 1, steps: [] });
    services.answerWith = async () => ({ summary: '3 VMs.', blocks: [], refs: [], source: 'lab' });
    const client = await connect();
    assert.equal((await client.request('request/submit', { text: 'list vms' })).answer?.summary, '3 VMs.');
  });

  it('give the reading with the problem where no plan can be made of it', async () => {
    const { connect, services } = await openHouse();
    services.read = () => stopWeb;
    services.plans.propose = async () => {
      throw new ProblemError({ code: 'unsupported', message: 'lab cannot stop.', fix: 'Use another.' });
    };
    const client = await connect();
    const result = await client.request('request/submit', { text: 'stop web' });
    assert.deepEqual(result.problem, {
      code: 'unsupported',
      message: 'lab cannot stop.',
      fix: 'Use another.',
    });
    assert.equal(result.reading.kind, 'plan');
  });

  it('tell the interpreter what was said before in the conversation', async () => {
    const { connect, services } = await openHouse();
    const contexts: unknown[] = [];
    services.read = (_text, context) => {
      contexts.push(context);
      return stopWeb;
    };
    const client = await connect();
    const context = { conversation: 'c1', selection: ['lab:vm/web'] };
    const first = await client.request('request/submit', { text: 'stop web', context });
    const second = await client.request('request/submit', { text: 'start it', context });
    await client.request('request/submit', { text: 'elsewhere', context: { conversation: 'c2' } });
    assert.deepEqual([first.turn, second.turn], [1, 2]);
    assert.deepEqual(contexts, [
      { turns: [], selection: ['lab:vm/web'] },
      {
        turns: [
          { role: 'user', text: 'stop web', refs: ['lab:vm/web'], steps: stopWeb.steps },
          { role: 'assistant', text: 'stop web', refs: ['lab:vm/web'] },
        ],
        selection: ['lab:vm/web'],
      },
      { turns: [] },
    ]);
    const { turns } = await client.request('chat/list', { conversation: 'c1' });
    assert.deepEqual(
      turns.map(({ turn, text, result }) => [turn, text, result.plan?.id]),
      [
        [2, 'start it', 'p2'],
        [1, 'stop web', 'p1'],
      ],
    );
    assert.deepEqual(await client.request('chat/clear', { conversation: 'c1' }), { removed: 2 });
    assert.deepEqual((await client.request('chat/list', { conversation: 'c1' })).turns, []);
  });

  it('keep no secret of a sentence', async () => {
    const { connect, services } = await openHouse();
    services.read = (text) => ({
      kind: 'refuse',
      text,
      source: 'embedded',
      confidence: 1,
      reason: 'secret',
      message: 'No secrets here.',
      instead: [],
    });
    const client = await connect();
    await client.request('request/submit', { text: 'my pin is xyzzy', context: { conversation: 'c' } });
    services.read = () => ({ ...stopWeb, text: 'tag web password=hunter2' });
    await client.request('request/submit', {
      text: 'tag web password=hunter2',
      context: { conversation: 'c' },
    });
    const kept = JSON.stringify(
      services.chat
        .list({ conversation: 'c', limit: 10 })
        .map(({ result, ...turn }) => [turn, result.reading]),
    );
    assert.doesNotMatch(kept, /xyzzy|hunter2/);
  });

  it('go on with a chosen candidate, and find its risk themselves', async () => {
    const { connect, services } = await openHouse();
    const client = await connect();
    const steps = [
      {
        operation: 'delete.vm',
        args: {},
        after: [],
        evidence: [],
        target: { kind: 'resources' as const, ids: ['lab:vm/web'] },
      },
    ];
    const chosen = await client.request('request/choose', { text: 'web', steps, query: true });
    assert.equal(chosen.plan?.state, 'proposed', 'a delete is no question, whatever the client says');
    assert.equal(services.plans.calls[0]?.call, 'propose');
    const unknown = client.request('request/choose', {
      text: 'web',
      steps: [{ ...steps[0]!, operation: 'explode.vm' }],
    });
    assert.equal((await problemFrom(unknown)).code, 'bad-input');
  });

  it('settle "undo that" by another plan, "cancel it" by a stop, "approve it" by showing the plan', async () => {
    const { connect, services } = await openHouse();
    const say = (operation: string) => {
      services.read = (text) => ({
        ...stopWeb,
        text,
        steps: [{ operation, args: {}, after: [], evidence: [] }],
      });
    };
    const client = await connect();
    const context = { conversation: 'c' };
    say('action.undo');
    assert.equal(
      (await client.request('request/submit', { text: 'undo that', context })).problem?.code,
      'not-found',
    );
    services.read = () => stopWeb;
    await client.request('request/submit', { text: 'stop web', context });
    say('action.approve');
    const shown = await client.request('request/submit', { text: 'approve it', context });
    assert.equal(shown.plan?.state, 'proposed');
    say('action.undo');
    assert.equal((await client.request('request/submit', { text: 'undo', context })).plan?.undoes, 'p1');
    say('action.cancel');
    const model = await connect('model');
    assert.equal(
      (await model.request('request/submit', { text: 'cancel it', context })).problem?.code,
      'not-a-person',
    );
    assert.equal(
      (await client.request('request/submit', { text: 'cancel it', context })).plan?.state,
      'cancelled',
    );
    assert.deepEqual(
      services.plans.calls.map(({ call }) => call),
      ['propose', 'undo', 'cancel'],
    );
  });
});

describe('plans over the wire', () => {
  afterEach(closeHouses);

  it('go from a click to their end, with progress', async () => {
    const { connect, services } = await openHouse();
    services.put([fakeVm('web')]);
    const client = await connect();
    const plan = await client.request('plan/propose', { operation: 'stop.vm', targets: ['lab:vm/web'] });
    assert.equal(plan.title, 'Stop VM web');
    services.plans.run = (running) => {
      services.plans.set(running.id, { runs: [{ index: 0, state: 'running', progress: 'asked the cloud' }] });
      services.plans.set(running.id, { state: 'done' });
    };
    const progress: string[] = [];
    const waiting = client.request(
      'plan/wait',
      { id: plan.id },
      { onProgress: ({ message }) => progress.push(message) },
    );
    const approved = await client.request('plan/approve', { id: plan.id, digest: plan.digest });
    assert.equal(approved.approvedBy?.how, 'editor');
    assert.equal((await waiting).state, 'done');
    assert.ok(
      progress.some((message) => message.endsWith('asked the cloud')),
      progress.join(' | '),
    );
  });

  it('hold a restore back while one of them runs, and end the daemon for it otherwise', async () => {
    const { connect, services } = await openHouse();
    services.put([fakeVm('web')]);
    const client = await connect();
    const plan = await client.request('plan/propose', { operation: 'stop.vm', targets: ['lab:vm/web'] });
    services.plans.set(plan.id, { state: 'running' });
    const refused = await problemFrom(client.request('state/restore', { file: '/tmp/x.tar.gz' }));
    assert.equal(refused.code, 'wrong-state');
    assert.match(refused.message, /Stop VM web.* is under way/);
    assert.deepEqual(services.drains, []);
    services.plans.set(plan.id, { state: 'done' });
    await client.request('state/restore', { file: '/tmp/x.tar.gz' });
    assert.deepEqual(services.drains, ['replace']);
  });

  it('say so where there is none of that name', async () => {
    const { connect } = await openHouse();
    const client = await connect();
    assert.equal((await problemFrom(client.request('plan/get', { id: 'nope' }))).code, 'not-found');
    assert.equal((await problemFrom(client.request('plan/wait', { id: 'nope' }))).code, 'not-found');
  });
});

describe('resources over the wire', () => {
  afterEach(closeHouses);

  it('come in pages, in the order of their ids, filtered', async () => {
    const { connect, services } = await openHouse();
    services.put([...fakeVms(25), fakeVm('other', { status: 'stopped' })]);
    const client = await connect();
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await client.request('resource/list', {
        limit: 10,
        ...(after !== undefined && { after }),
      });
      assert.equal(page.total, 26);
      names.push(...page.resources.map((one) => one.name));
      after = page.next;
    } while (after !== undefined);
    assert.equal(names.length, 26);
    assert.deepEqual(names, [...names].sort());
    const stopped = await client.request('resource/list', { text: 'STOPPED' });
    assert.deepEqual(
      stopped.resources.map((one) => one.name),
      ['other'],
    );
    assert.equal((await client.request('resource/list', { connection: 'none' })).total, 0);
  });

  it('tell what can be done with one, and why not', async () => {
    const { connect, services } = await openHouse();
    services.put([fakeVm('web', { status: 'stopped' })]);
    const client = await connect();
    const { operations } = await client.request('resource/get', { id: 'lab:vm/web' });
    const byId = new Map(operations.map((one) => [one.id, one.disabled]));
    assert.equal(byId.get('start.vm'), undefined);
    assert.ok(byId.has('start.vm') && !byId.has('create.vm') && !byId.has('resize.vm'));
    assert.match(byId.get('stop.vm') ?? '', /stopped already/);
    const denied = [
      { operation: 'start.vm', reason: 'viewer may not start servers.' },
      { operation: 'stop.vm', namespaces: ['elsewhere'], reason: 'Not there.' },
    ] as const;
    services.setConnections([fakeConnection('lab', { denied })]);
    const viewer = await client.request('resource/get', { id: 'lab:vm/web' });
    const whyNot = new Map(viewer.operations.map((one) => [one.id, one.disabled]));
    assert.equal(whyNot.get('start.vm'), 'viewer may not start servers.');
    assert.match(
      whyNot.get('stop.vm') ?? '',
      /stopped already/,
      'what is denied elsewhere is not denied here',
    );
    services.setConnections([fakeConnection('lab', { mode: 'read-only' })]);
    const readOnly = await client.request('resource/get', { id: 'lab:vm/web' });
    assert.match(readOnly.operations.find((one) => one.id === 'start.vm')?.disabled ?? '', /read-only/);
    assert.equal((await problemFrom(client.request('resource/get', { id: 'lab:vm/no' }))).code, 'not-found');
  });

  it('change before the eyes of who subscribed', async () => {
    const { connect, services } = await openHouse();
    services.put(fakeVms(3_000));
    const client = await connect();
    const seen: string[] = [];
    subscribe(client, 'resources', {
      onSnapshot: (resources) => seen.push(`whole ${resources.length}`),
      onChange: ({ upserts, removes }) => seen.push(`+${upserts.length} -${removes.length}`),
    });
    await until(() => seen.length === 1, 'the whole');
    services.put([fakeVm('new')]);
    services.remove(['lab:vm/new']);
    await until(() => seen.length === 3, 'the changes');
    assert.deepEqual(seen, ['whole 3000', '+1 -0', '+0 -1']);
  });
});

describe('connections, catalogue and audit over the wire', () => {
  afterEach(closeHouses);

  it('record who changed how careful a connection is, before it is changed', async () => {
    const { connect, services } = await openHouse();
    const client = await connect();
    const changed = await client.request('connection/configure', { id: 'lab', mode: 'read-only' });
    assert.equal(changed.mode, 'read-only');
    assert.equal(services.audited[0]?.event, 'connection.changed');
    assert.deepEqual(services.audited[0]?.detail, {
      before: { mode: 'confirm', environment: 'dev' },
      after: { mode: 'read-only', environment: 'dev' },
    });
    services.audit.append = () => {
      throw new ProblemError({ code: 'audit-unavailable', message: 'The trail cannot be written.' });
    };
    const refused = client.request('connection/configure', { id: 'lab', mode: 'confirm' });
    assert.equal((await problemFrom(refused)).code, 'audit-unavailable');
    assert.equal(services.connections.get('lab')?.mode, 'read-only');
  });

  it('tell subscribers of connections', async () => {
    const { connect, services } = await openHouse();
    const client = await connect();
    const seen: string[] = [];
    const subscription = subscribe(client, 'connections', {
      onSnapshot: (connections) => seen.push(connections.map((one) => one.id).join(' ')),
    });
    await until(() => seen.length === 1, 'the first');
    services.setConnections([fakeConnection('a'), fakeConnection('b')]);
    await until(() => seen.length === 2, 'the change');
    subscription.dispose();
    await client.request('status/get');
    services.setConnections([]);
    await client.request('status/get');
    assert.deepEqual(seen, ['lab', 'a b']);
  });

  it('list all operations and who can do them', async () => {
    const { connect, services } = await openHouse();
    const client = await connect();
    const { operations } = await client.request('catalogue/list');
    assert.equal(operations.length, services.catalogue.size);
    assert.deepEqual(operations.find((one) => one.id === 'stop.vm')?.connections, ['lab']);
    assert.deepEqual(operations.find((one) => one.id === 'resize.vm')?.connections, []);
  });

  it('export the trail in pages, recording that once, also where that cannot be recorded', async () => {
    const { connect, services } = await openHouse();
    const client = await connect();
    const first = await client.request('audit/export', { format: 'jsonl' });
    assert.match(first.text, /audit.exported/);
    await client.request('audit/export', { format: 'jsonl', afterSeq: 1 });
    assert.equal(services.audited.length, 1);
    services.audit.append = () => {
      throw new ProblemError({ code: 'audit-unavailable', message: 'The trail cannot be written.' });
    };
    assert.match((await client.request('audit/export', { format: 'jsonl' })).text, /audit.exported/);
    assert.equal((await client.request('audit/verify')).ok, true);
  });
});

// The conversation behind the chat panel, with a daemon that is a table of answers.

import assert from 'node:assert/strict';
import { setImmediate as tick } from 'node:timers/promises';
import { createChatController } from '../../extension/chat/controller.ts';
import { createPlanStore } from '../../extension/state/plans.ts';
import { createResourceStore } from '../../extension/state/resources.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { PlanReading } from '../../shared/model/reading.ts';
import type { DaemonState, PanelTurn, Reader, ToChat } from '../../shared/panel/chat.ts';
import { samplePlan, sampleVm } from './samples.ts';

type Answer = (
  params: never,
  options: { signal?: AbortSignal; onProgress?: (progress: { message: string }) => void },
) => unknown;

const stop: PlanReading = {
  kind: 'plan',
  text: 'stop web-0',
  source: 'embedded',
  confidence: 1,
  risk: 'change',
  steps: [
    {
      operation: 'stop.vm',
      target: { kind: 'resources', ids: ['sandbox:vm/web-0'] },
      args: {},
      after: [],
      evidence: [
        { part: 'verb', start: 0, end: 4, text: 'stop' },
        { part: 'target', start: 5, end: 10, text: 'web-0' },
      ],
    },
  ],
};

function house(
  answers: Record<string, Answer>,
  correction?: unknown,
  settled: () => Promise<void> = async () => undefined,
) {
  const sent: { method: string; params: Record<string, unknown> }[] = [];
  const posted: ToChat[] = [];
  const done: string[] = [];
  let reader: Reader = 'auto';
  const plans = createPlanStore();
  const resources = createResourceStore();
  resources.replaceAll([sampleVm('web-0'), sampleVm('web-1')]);
  const request = async (method: string, params: Record<string, unknown>, options = {}) => {
    sent.push({ method, params });
    const answer = answers[method];
    if (!answer) throw new Error(`nobody answers ${method}`);
    return answer(params as never, options);
  };
  const act = async (action: string, plan: string, more?: unknown) =>
    void done.push([action, plan, more].filter(Boolean).join(' '));
  const controller = createChatController({
    daemon: { request: request as never, state: { kind: 'ready' } as DaemonState },
    plans,
    resources,
    post: (message) => posted.push(message),
    context: () => ({ conversation: 'c', connection: 'sandbox', selection: [] }),
    settled,
    reader: {
      get choice() {
        return reader;
      },
      choose: (chosen) => {
        reader = chosen;
      },
    },
    frame: () => ({ type: 'state', daemon: { kind: 'ready' }, suggestions: [] }),
    review: (plan, digest) => act('review', plan, digest),
    act: (action, plan) => act(action, plan),
    resolve: (plan, step) => act('resolve', plan, step),
    pickCorrection: async () => correction as never,
    openResource: (id) => act('open', id),
    openAudit: (plan) => act('audit', plan),
    openTopology: (id) => act('topology', id),
    openBlast: (plan) => act('blast', plan),
    command: async (name) => void done.push(name),
  });
  const turns = () => {
    const last = new Map<string, PanelTurn>();
    for (const message of posted) if (message.type === 'turn') last.set(message.turn.key, message.turn);
    return [...last.values()];
  };
  return { controller, sent, posted, done, plans, turns };
}

describe('the conversation', () => {
  it('shows a sentence at once, and then what came of it', async () => {
    const plan = samplePlan();
    const { controller, posted, sent } = house({
      'request/submit': () => ({ reading: stop, plan, turn: 7 }),
    });
    await controller.ask('stop web-0');
    const turns = posted.flatMap((message) => (message.type === 'turn' ? [message.turn] : []));
    assert.deepEqual(
      turns.map(({ key, state }) => [key, state]),
      [
        ['new-1', 'waiting'],
        ['new-1', 'answered'],
      ],
    );
    assert.equal(turns[1]?.plan?.id, 'plan-1');
    assert.equal(turns[1]?.turn, 7);
    assert.equal(turns[1]?.names['sandbox:vm/web-0'], 'web-0');
    assert.deepEqual(sent[0]?.params.context, { conversation: 'c', connection: 'sandbox', selection: [] });
  });

  it('shows a failure with what to do', async () => {
    const problem = { code: 'cloud-quota', message: 'The quota is full.', fix: 'Delete something.' } as const;
    const { controller, turns } = house({
      'request/submit': () => {
        throw new ProblemError(problem);
      },
    });
    await controller.ask('create a vm');
    assert.deepEqual(turns()[0]?.problem, { message: problem.message, fix: problem.fix });
  });

  it('shows a sentence no more that held a secret', async () => {
    const refuse = {
      kind: 'refuse',
      text: 'password hunter2',
      source: 'embedded',
      confidence: 1,
      reason: 'secret',
      message: 'No.',
      instead: [],
    };
    const { controller, turns } = house({ 'request/submit': () => ({ reading: refuse }) });
    await controller.ask('password hunter2');
    assert.ok(!JSON.stringify(turns()).includes('hunter2'));
    assert.equal(turns()[0]?.reading?.kind, 'refuse');
  });

  it('calls a request off when the person stops it', async () => {
    const { controller, turns } = house({
      'request/submit': (_params, { signal }) =>
        new Promise((_resolve, reject) =>
          signal!.addEventListener('abort', () =>
            reject(new ProblemError({ code: 'cancelled', message: 'It was cancelled.' })),
          ),
        ),
    });
    const asked = controller.ask('stop web-0');
    await controller.receive({ type: 'stop', key: 'new-1' });
    await asked;
    assert.equal(turns()[0]?.problem?.message, 'It was cancelled.');
  });

  it('asks nothing before the daemon knows how it is to be read', async () => {
    let settle: () => void = () => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const { controller, sent } = house(
      { 'request/submit': () => ({ reading: stop }) },
      undefined,
      () => settled,
    );
    const asked = controller.ask('stop web-0');
    await tick();
    assert.deepEqual(sent, []);
    settle();
    await asked;
    assert.deepEqual(
      sent.map(({ method }) => method),
      ['request/submit'],
    );
  });

  it('can be stopped while it waits for that', async () => {
    const { controller, sent, turns } = house({}, undefined, () => new Promise(() => undefined));
    const asked = controller.ask('stop web-0');
    await controller.receive({ type: 'stop', key: 'new-1' });
    await asked;
    assert.equal(turns()[0]?.problem?.message, 'It was cancelled.');
    assert.deepEqual(sent, []);
  });

  it('goes on with the candidate that was chosen, exactly as it was offered', async () => {
    const clarify = {
      kind: 'clarify',
      text: 'stop web',
      source: 'embedded',
      confidence: 0.4,
      about: 'target',
      question: 'Which?',
      candidates: [{ label: 'web-0', reading: stop }],
    };
    const { controller, sent } = house({
      'request/submit': () => ({ reading: clarify }),
      'request/choose': () => ({ reading: stop, plan: samplePlan() }),
    });
    await controller.ask('stop web');
    await controller.receive({ type: 'choose', key: 'new-1', candidate: 0 });
    assert.deepEqual(sent[1]?.params.steps, stop.steps);
    assert.equal(sent[1]?.params.query, false);
    await controller.receive({ type: 'choose', key: 'new-1', candidate: 5 });
    await controller.receive({ type: 'choose', key: 'nonsense', candidate: 0 });
    assert.equal(sent.length, 2);
  });

  it('makes a new plan of a correction, and rejects the one it replaces only then', async () => {
    const next = samplePlan({ id: 'plan-2' });
    const { controller, sent, done, plans } = house(
      {
        'request/submit': () => ({ reading: stop, plan: samplePlan() }),
        'request/choose': () => ({ reading: stop, plan: next }),
      },
      'sandbox:vm/web-1',
    );
    plans.put(samplePlan());
    await controller.ask('stop web-0');
    await controller.receive({ type: 'correct', key: 'new-1', step: 0, part: 'target' });
    const [step] = (sent[1]?.params.steps ?? []) as PlanReading['steps'];
    assert.deepEqual(step?.target, { kind: 'resources', ids: ['sandbox:vm/web-1'] });
    assert.deepEqual(
      step?.evidence.map(({ part }) => part),
      ['verb'],
    );
    assert.deepEqual(done, ['reject plan-1']);
  });

  it('leaves the plan alone when the correction leads to none', async () => {
    const { controller, done } = house(
      {
        'request/submit': () => ({ reading: stop, plan: samplePlan() }),
        'request/choose': () => ({ reading: stop, problem: { code: 'x', message: 'No.' } }),
      },
      'sandbox:vm/web-1',
    );
    await controller.ask('stop web-0');
    await controller.receive({ type: 'correct', key: 'new-1', step: 0, part: 'target' });
    assert.deepEqual(done, []);
  });

  it('does nothing when the person leaves the correction', async () => {
    const { controller, sent } = house({ 'request/submit': () => ({ reading: stop, plan: samplePlan() }) });
    await controller.ask('stop web-0');
    await controller.receive({ type: 'correct', key: 'new-1', step: 0, part: 'target' });
    assert.equal(sent.length, 1);
  });

  it('hands a review to the dialog with the digest of the card that was looked at', async () => {
    const { controller, done, sent } = house({});
    await controller.receive({ type: 'review', plan: 'plan-1', digest: 'abc' });
    assert.deepEqual(done, ['review plan-1 abc']);
    assert.deepEqual(sent, []);
  });

  it('shows what was said before, oldest first, with the plans as they are now', async () => {
    const now = samplePlan({ state: 'done' });
    const kept = [
      { turn: 2, at: 'b', text: 'stop web-0', result: { reading: stop, plan: samplePlan() } },
      { turn: 1, at: 'a', text: 'hello', result: { reading: stop } },
    ];
    const { controller, posted, plans } = house({ 'chat/list': () => ({ turns: kept }) });
    plans.put(now);
    await controller.receive({ type: 'ready' });
    const last = posted.findLast((message) => message.type === 'turns');
    assert.deepEqual(
      last?.turns.map(({ text }) => text),
      ['hello', 'stop web-0'],
    );
    assert.equal(last?.turns[1]?.plan?.state, 'done');
    assert.equal(last?.hasOlder, false);
  });

  it('is drawn again as it was when the panel was hidden', async () => {
    const { controller, posted } = house({
      'chat/list': () => ({ turns: [] }),
      'request/submit': () => ({ reading: stop, plan: samplePlan() }),
    });
    await controller.receive({ type: 'ready' });
    await controller.ask('stop web-0');
    controller.planChanged(samplePlan({ state: 'running' }));
    posted.length = 0;
    await controller.receive({ type: 'ready' });
    const drawn = posted.find((message) => message.type === 'turns');
    assert.equal(drawn?.turns.length, 1);
    assert.equal(drawn?.turns[0]?.plan?.state, 'running');
  });

  it('goes back to earlier turns, whose buttons work like those of any other', async () => {
    const kept = (turn: number, reading: unknown) => ({
      turn,
      at: '',
      text: `said ${turn}`,
      result: { reading },
    });
    const clarify = {
      ...stop,
      kind: 'clarify',
      about: 'target',
      question: 'Which?',
      candidates: [{ label: 'a', reading: stop }],
    };
    const { controller, posted, sent } = house({
      'chat/list': (params: { beforeTurn?: number }) => ({
        turns: [params.beforeTurn ? kept(1, clarify) : kept(2, stop)],
      }),
      'request/choose': () => ({ reading: stop, plan: samplePlan() }),
    });
    await controller.receive({ type: 'ready' });
    await controller.receive({ type: 'older', beforeTurn: 2 });
    const last = posted.findLast((message) => message.type === 'turns');
    assert.deepEqual([last?.reset, last?.turns.map(({ text }) => text)], [false, ['said 1']]);
    await controller.receive({ type: 'choose', key: 'turn-1', candidate: 0 });
    assert.equal(sent.at(-1)?.method, 'request/choose');
  });

  it('tells the panel only of plans it shows', () => {
    const { controller, posted } = house({});
    controller.planChanged(samplePlan({ id: 'somebody else' }));
    assert.deepEqual(posted, []);
  });

  it('shows a clicked plan once, however often it is asked for', () => {
    const { controller, posted } = house({});
    controller.showPlan(samplePlan({ source: 'click' }));
    controller.showPlan(samplePlan({ source: 'click', state: 'running' }));
    const keys = posted.flatMap((message) => (message.type === 'turn' ? [message.turn.key] : []));
    assert.deepEqual(keys, ['plan-plan-1', 'plan-plan-1']);
    assert.equal(posted.at(-1)?.type, 'reveal');
  });

  it('shows what a model says while it says it, and then the answer alone', async () => {
    const answer = {
      summary: 'It is the disk.',
      blocks: [],
      refs: ['sandbox:vm/web-1'],
      source: 'language model',
    };
    const reading = { kind: 'query', text: 'why', source: 'model', confidence: 0.5, steps: [] };
    const { controller, posted, turns } = house({
      'request/submit': (_params, { onProgress }) => {
        onProgress?.({ message: 'It is ' });
        return { reading, answer };
      },
    });
    await controller.ask('why is web-1 slow');
    const partials = posted.flatMap((message) => (message.type === 'turn' ? [message.turn.partial] : []));
    assert.deepEqual(partials, [undefined, 'It is ', undefined]);
    assert.equal(turns()[0]?.names['sandbox:vm/web-1'], 'web-1', 'what the answer is about has a name');
  });

  it('asks the reader that was chosen, and takes no other word for one', async () => {
    const { controller, sent } = house({ 'request/submit': () => ({ reading: stop }) });
    await controller.receive({ type: 'reader', reader: 'model' });
    await controller.receive({ type: 'reader', reader: 'oracle' });
    await controller.ask('stop web-0');
    assert.equal(sent[0]?.params.reader, 'model');
  });

  it('says which turn a correction or a choice belongs to', async () => {
    const { controller, sent } = house(
      {
        'request/submit': () => ({ reading: stop, plan: samplePlan(), turn: 3 }),
        'request/choose': () => ({ reading: stop, turn: 4 }),
      },
      'sandbox:vm/web-1',
    );
    await controller.ask('stop web-0');
    await controller.receive({ type: 'correct', key: 'new-1', step: 0, part: 'target' });
    assert.deepEqual(sent[1]?.params.of, { turn: 3, how: 'corrected' });
  });

  it('keeps an offered alias only on a yes, and then says what it means', async () => {
    const aliasOffer = { words: 'the web', target: 'sandbox:vm/web-0', name: 'web-0' };
    const { controller, sent, turns } = house({
      'request/submit': () => ({ reading: stop, aliasOffer }),
      'alias/set': () => ({ ...aliasOffer, at: '', missing: false }),
    });
    await controller.ask('stop the web');
    assert.deepEqual(turns()[0]?.aliasOffer, aliasOffer);
    await controller.receive({ type: 'dismissOffer', key: 'new-1' });
    assert.equal(turns()[0]?.aliasOffer, undefined);
    assert.equal(sent.length, 1, 'a no is told to nobody');
    await controller.ask('stop the web');
    await controller.receive({ type: 'remember', key: 'new-2' });
    assert.deepEqual(sent.at(-1), {
      method: 'alias/set',
      params: { words: 'the web', target: 'sandbox:vm/web-0' },
    });
    assert.match(turns()[1]?.notice?.message ?? '', /“the web” stands for web-0/);
    await controller.receive({ type: 'remember', key: 'new-2' });
    assert.equal(sent.filter(({ method }) => method === 'alias/set').length, 1);
  });

  it('finds what was said, and the buttons of what it found work', async () => {
    const clarify = {
      kind: 'clarify',
      text: 'stop web',
      source: 'embedded',
      confidence: 0.4,
      about: 'target',
      question: 'Which?',
      candidates: [{ label: 'web-0', reading: stop }],
    };
    const turn = { turn: 12, at: '2026-11-20T10:00:00Z', text: 'stop web', result: { reading: clarify } };
    const { controller, posted, sent } = house({
      'chat/search': () => ({ turns: [turn], total: 31 }),
      'request/choose': () => ({ reading: stop, plan: samplePlan() }),
    });
    await controller.receive({ type: 'search', text: 'web' });
    assert.deepEqual(sent[0]?.params, { conversation: 'c', text: 'web' });
    const found = posted.find((message) => message.type === 'found');
    assert.ok(found?.type === 'found');
    assert.deepEqual([found.text, found.total, found.turns[0]?.key], ['web', 31, 'turn-12']);
    await controller.receive({ type: 'choose', key: 'turn-12', candidate: 0 });
    assert.deepEqual(sent.at(-1)?.params.of, { turn: 12, how: 'chosen' });
    await controller.receive({ type: 'endSearch' });
    const before = sent.length;
    await controller.receive({ type: 'choose', key: 'turn-12', candidate: 0 });
    assert.equal(sent.length, before, 'what is not shown any more has no buttons');
  });

  it('shows after a restore what the daemon remembers now, and nothing of before', async () => {
    const kept = (turn: number, text: string) => ({
      turn,
      at: '2026-11-20T10:00:00Z',
      text,
      result: { reading: stop },
    });
    let remembered = [kept(2, 'stop b'), kept(1, 'stop a')];
    const { controller, posted } = house({
      'chat/list': () => ({ turns: remembered }),
      'request/submit': () => ({ reading: stop, turn: 3 }),
    });
    await controller.ready();
    await controller.ask('stop c');
    remembered = [kept(1, 'stop a')];
    await controller.reload();
    const last = posted.at(-1);
    assert.ok(last?.type === 'turns' && last.reset);
    assert.deepEqual(
      last.turns.map(({ text }) => text),
      ['stop a'],
    );
  });
});

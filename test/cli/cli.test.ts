// The terminal's commands against a real server: what is shown before a yes, who may be asked, what scripts get, and
// the exit codes.

import assert from 'node:assert/strict';
import { exitCodeOfPlan } from '../../daemon/cli/exitCodes.ts';
import { columns, renderText, style } from '../../daemon/cli/output.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { planStates } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { ClarifyReading, PlanReading, QueryReading } from '../../shared/model/reading.ts';
import { fakeConnection, fakeVm, fakeVms } from '../fakes/resources.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

const createBox: PlanReading = {
  kind: 'plan',
  text: 'create S.4 VM named dev-box',
  source: 'embedded',
  confidence: 0.97,
  risk: 'change',
  steps: [
    {
      operation: 'create.vm',
      args: { name: 'dev-box', flavor: 'S.4' },
      after: [],
      evidence: [{ part: 'args.name', start: 20, end: 27, text: 'dev-box' }],
    },
  ],
};
const listing: QueryReading = {
  kind: 'query',
  text: 'list vms',
  source: 'embedded',
  confidence: 1,
  steps: [],
};
const destroying = {
  risk: 'destroy' as const,
  verdict: {
    effect: 'ask' as const,
    rules: [{ rule: 'destroy', effect: 'ask' as const, reason: 'It destroys.', typed: 'web' }],
    approval: { kind: 'typed' as const, expected: 'web', why: 'It destroys in prod.' },
  },
};

async function open() {
  const terminal = await openTerminal();
  terminal.services.read = () => createBox;
  return terminal;
}
const callsOf = (services: { plans: { calls: readonly { call: string }[] } }) =>
  services.plans.calls.map(({ call }) => call);

describe('pilothouse ask', () => {
  afterEach(closeTerminals);

  it('shows the whole plan, asks, runs it, and says how to take it back', async () => {
    const { run, services } = await open();
    const { code, out, err } = await run(['ask', 'create S.4 VM named dev-box'], { answers: ['y'] });
    assert.equal(code, 0);
    for (const shown of [
      'name "dev-box"',
      'demo, in project demo',
      'sandbox, dev, simulated',
      'asks you',
      'Would create.vm',
      'nothing else',
      'can be taken back',
    ])
      assert.ok(out.includes(shown), `${shown} in\n${out}`);
    assert.match(err, /Do it\? \[y\/N\]/);
    assert.match(out, /✔ create\.vm: it is so/);
    assert.match(out, /done: All steps are done\. audit 1–4/);
    assert.match(out, /pilothouse plan undo p1/);
    assert.deepEqual(callsOf(services), ['propose', 'approve']);
    assert.equal(services.plans.calls[1]?.actor?.how, 'terminal');
  });

  for (const answer of ['', 'n', 'no', 'maybe', 'yes please', undefined]) {
    it(`takes ${JSON.stringify(answer)} for a no`, async () => {
      const { run, services } = await open();
      const { code } = await run(['ask', 'create it'], { answers: answer === undefined ? [] : [answer] });
      assert.equal(code, 4);
      assert.deepEqual(callsOf(services), ['propose', 'reject']);
    });
  }

  it('leaves the plan waiting where nobody can be asked', async () => {
    const { run, services } = await open();
    const { code, err } = await run(['ask', 'create it']);
    assert.equal(code, 2);
    assert.match(err, /pilothouse plan approve p1/);
    assert.equal(services.plans.get('p1')?.state, 'proposed');
  });

  it('approves with --yes where the connection asks for a confirmation only', async () => {
    const { run } = await open();
    const { code, json } = await run(['ask', 'create it', '--yes', '--json']);
    assert.equal(code, 0);
    const result = json() as unknown as {
      plan: Plan;
      verdict: object;
      steps: { state: string }[];
      audit: object;
    };
    assert.equal(result.plan.state, 'done');
    assert.deepEqual(result.verdict, result.plan.verdict);
    assert.deepEqual(
      result.steps.map((step) => step.state),
      ['done'],
    );
    assert.deepEqual(result.audit, { from: 1, to: 4 });
  });

  it('never approves with --yes what destroys or has to be typed, nor on a connection that does not allow it', async () => {
    const { run, services } = await open();
    services.plans.shape = () => ({ risk: 'destroy' });
    assert.equal((await run(['ask', 'delete web', '--yes'])).code, 2);
    services.plans.shape = () => ({ verdict: destroying.verdict });
    assert.equal((await run(['ask', 'delete web', '--yes'])).code, 2);
    services.plans.shape = () => ({});
    services.setConnections([fakeConnection('lab', { mode: 'read-only' })]);
    assert.equal((await run(['ask', 'create it', '--yes'])).code, 2);
    services.setConnections([fakeConnection('other')]);
    assert.equal((await run(['ask', 'create it', '--yes'])).code, 2);
    assert.ok(!callsOf(services).includes('approve'));
  });

  it('wants the exact words typed where the rules say so', async () => {
    const { run, services } = await open();
    services.plans.shape = () => destroying;
    for (const wrong of ['y', 'yes', 'WEB', 'web1', '']) {
      assert.equal((await run(['ask', 'delete web'], { answers: [wrong] })).code, 4, wrong);
    }
    assert.ok(!callsOf(services).includes('approve'));
    const { code, err } = await run(['ask', 'delete web'], { answers: ['web'] });
    assert.equal(code, 0);
    assert.match(err, /It destroys in prod\.\nType web to go on/);
    assert.deepEqual(services.plans.calls.at(-1)?.request, {
      id: 'p6',
      digest: services.plans.get('p6')?.digest,
      typed: 'web',
    });
  });

  it('asks nothing of a plan that the rules deny or that cannot be done', async () => {
    const { run, services } = await open();
    services.plans.shape = () => ({ state: 'denied', outcome: 'lab is read-only.' });
    const denied = await run(['ask', 'create it'], { answers: ['y'] });
    assert.equal(denied.code, 4);
    assert.match(denied.out, /denied: lab is read-only/);
    services.plans.shape = () => ({ state: 'blocked', outcome: 'The quota is full.' });
    assert.equal((await run(['ask', 'create it'], { answers: ['y'] })).code, 5);
    assert.deepEqual(callsOf(services), ['propose', 'propose']);
  });

  it('stops the plan at Ctrl-C and says what came of it', async () => {
    const { run, services } = await open();
    services.plans.run = (plan) =>
      void services.plans.set(plan.id, {
        runs: [{ index: 0, state: 'running', progress: 'waiting for the cloud' }],
      });
    const { code, err, out } = await run(['ask', 'create it'], {
      answers: ['y'],
      onSay: (text, interrupt) => text.includes('waiting for the cloud') && interrupt(),
    });
    assert.equal(code, 5);
    assert.match(err, /Stopping at the next safe point/);
    assert.match(out, /cancelled/);
    assert.deepEqual(callsOf(services), ['propose', 'approve', 'cancel']);
  });

  it('answers a question', async () => {
    const { run, services } = await open();
    services.read = () => listing;
    services.answerWith = async () => ({
      summary: '2 VMs.',
      blocks: [
        {
          kind: 'table',
          columns: [
            { key: 'name', title: 'Name' },
            { key: 'status', title: 'Status' },
          ],
          rows: [
            { cells: { name: 'web', status: 'running' } },
            { cells: { name: 'database-1', status: null } },
          ],
          total: 5,
        },
      ],
      refs: [],
      source: 'lab, read 2 s ago',
    });
    const { code, out } = await run(['ask', 'list', 'vms']);
    assert.equal(code, 0);
    assert.equal(
      out,
      '2 VMs.\nName        Status\nweb         running\ndatabase-1  –\nand 3 more\nlab, read 2 s ago\n',
    );
    const { json } = await run(['ask', 'list vms', '--json']);
    assert.equal(json().answer?.summary, '2 VMs.');
  });

  it('offers the candidates of a question by number, and takes other words', async () => {
    const { run, services } = await open();
    const question: ClarifyReading = {
      kind: 'clarify',
      text: 'stop web',
      source: 'embedded',
      confidence: 0.4,
      about: 'target',
      question: 'Which web?',
      candidates: [
        { label: 'web-1', detail: 'in prod', reading: listing },
        { label: 'web-2', reading: createBox },
      ],
    };
    services.read = (text) => (text === 'web-2 please' ? createBox : question);
    const byNumber = await run(['ask', 'stop web'], { answers: ['2', 'y'] });
    assert.equal(byNumber.code, 0);
    assert.match(byNumber.err, /Which web\?\n {2}1\. web-1 {2}in prod\n {2}2\. web-2\n/);
    assert.equal((await run(['ask', 'stop web'], { answers: ['web-2 please', 'y'] })).code, 0);
    assert.equal((await run(['ask', 'stop web'], { answers: ['9', ''] })).code, 2);
    const alone = await run(['ask', 'stop web']);
    assert.equal(alone.code, 2);
    assert.match(alone.err, /Which web\?/);
  });

  it('passes a refusal on with what can be asked instead', async () => {
    const { run, services } = await open();
    services.read = (text) => ({
      kind: 'refuse',
      text,
      source: 'embedded',
      confidence: 1,
      reason: 'out-of-scope',
      message: 'That is nothing of a cloud.',
      instead: ['list vms'],
    });
    const { code, err } = await run(['ask', 'sing']);
    assert.equal(code, 3);
    assert.match(err, /nothing of a cloud\.\n {2}for example: list vms/);
  });

  it('tells apart what cannot be done and what failed', async () => {
    const { run, services } = await open();
    services.plans.propose = async () => {
      throw new ProblemError({ code: 'unsupported', message: 'lab cannot create.', fix: 'Use another.' });
    };
    const refused = await run(['ask', 'create it']);
    assert.equal(refused.code, 3);
    assert.match(refused.err, /lab cannot create\.\nUse another\./);
    services.plans.propose = async () => {
      throw new ProblemError({ code: 'cloud-unreachable', message: 'lab does not answer.' });
    };
    assert.equal((await run(['ask', 'create it'])).code, 5);
  });

  it('names the connections there are where a wrong one is given', async () => {
    const { run } = await open();
    const { code, err } = await run(['ask', 'create it', '--connection', 'lbb']);
    assert.equal(code, 5);
    assert.match(err, /no connection lbb\.\nThere are: lab\./);
  });

  it('leaves no conversation behind', async () => {
    const { run, services } = await open();
    const kept: string[] = [];
    const { add } = services.chat;
    Object.assign(services.chat, {
      add: (conversation: string, text: string, result: never) => {
        kept.push(conversation);
        return add(conversation, text, result);
      },
    });
    await run(['ask', 'create it']);
    assert.equal(kept.length, 1);
    assert.deepEqual(services.chat.list({ conversation: kept[0]!, limit: 10 }), []);
  });
});

describe('pilothouse plan', () => {
  afterEach(closeTerminals);

  it('lists, shows and decides', async () => {
    const { run, services } = await open();
    await run(['ask', 'create it']);
    assert.match((await run(['plans'])).out, /p1 +proposed/);
    assert.equal((await run(['plans', '--json'])).json().plans?.[0]?.id, 'p1');
    const shown = await run(['plan', 'show', 'p1']);
    assert.equal(shown.code, 0);
    assert.match(shown.out, /acts as/);
    assert.equal((await run(['plan', 'approve', 'p1'])).code, 2);
    assert.equal((await run(['plan', 'approve', 'p1'], { answers: ['y'] })).code, 0);
    const again = await run(['plan', 'approve', 'p1'], { answers: ['y'] });
    assert.equal(again.code, 5);
    assert.match(again.err, /nothing to approve/);
    const undone = await run(['plan', 'undo', 'p1'], { answers: ['y'] });
    assert.equal(undone.code, 0);
    assert.match(undone.out, /Undo/);
    const rest = await run(['plan', 'continue', 'p1'], { answers: ['y'] });
    assert.equal(rest.code, 0);
    assert.match(rest.out, /continues +p1/);
    services.plans.set('p1', { state: 'stopped', canContinue: true });
    assert.match((await run(['plan', 'show', 'p1'])).out, /pilothouse plan continue p1/);
    await run(['ask', 'create it']);
    assert.equal((await run(['plan', 'reject', 'p4'])).code, 0);
    assert.deepEqual(callsOf(services), [
      'propose',
      'approve',
      'undo',
      'approve',
      'continue',
      'approve',
      'propose',
      'reject',
    ]);
  });

  it('lets a person say what became of a step that nobody knows of', async () => {
    const { run, services } = await open();
    services.plans.shape = () => ({ state: 'unknown', runs: [{ index: 0, state: 'unknown' }] });
    const { code, out } = await run(['ask', 'create it']);
    assert.equal(code, 2);
    assert.match(out, /plan resolve p1 --step 1 --outcome/);
    assert.equal((await run(['plan', 'resolve', 'p1', '--step', '1', '--outcome', 'perhaps'])).code, 64);
    assert.equal((await run(['plan', 'resolve', 'p1', '--outcome', 'done'])).code, 64);
    assert.equal((await run(['plan', 'resolve', 'p1', '--step', '1', '--outcome', 'done'])).code, 0);
    assert.deepEqual(services.plans.calls.at(-1)?.request, { id: 'p1', step: 0, outcome: 'done' });
  });

  it('has an exit code for every state', () => {
    for (const state of planStates) assert.ok([0, 2, 4, 5].includes(exitCodeOfPlan(state)), state);
    assert.deepEqual(
      planStates.filter((state) => exitCodeOfPlan(state) === 0),
      ['done'],
    );
  });
});

describe('the other commands', () => {
  afterEach(closeTerminals);

  it('list resources, all pages of them', async () => {
    const { run, services } = await open();
    services.put(fakeVms(1_500));
    services.put([fakeVm('elsewhere', { connection: 'two' })], 'two');
    services.setConnections([fakeConnection('lab'), fakeConnection('two')]);
    assert.equal((await run(['resources', '--json'])).json().total, 1_501);
    const { out } = await run(['resources', '--connection', 'two']);
    assert.match(out, /^STATUS +KIND +NAME +ID\nrunning +vm +elsewhere +two:vm\/elsewhere\n$/);
  });

  it('wait for connections that are still being read', async () => {
    const { run, services } = await open();
    services.setConnections([fakeConnection('lab', { state: 'connecting' })]);
    services.connections.rescan = async () => {
      setImmediate(() => {
        services.put([fakeVm('late')]);
        services.setConnections([fakeConnection('lab')]);
      });
    };
    assert.match((await run(['resources'])).out, /late/);
  });

  it('show connections and set how careful to be', async () => {
    const { run, services } = await open();
    services.setConnections([
      fakeConnection('lab', {
        state: 'failed',
        problem: { message: 'The password is wrong.', fix: 'Change it.' },
      }),
    ]);
    assert.match(
      (await run(['connections'])).out,
      /lab {2}failed.*\n.*found in test\n {2}The password is wrong\. Change it\./,
    );
    assert.equal((await run(['connections', 'set', 'lab', '--mode', 'read-only'])).code, 0);
    assert.equal(services.connections.get('lab')?.mode, 'read-only');
    assert.equal((await run(['connections', 'set', 'lab', '--mode', 'reckless'])).code, 64);
  });

  it('verify, list and export the trail', async () => {
    const { run, services } = await open();
    const actor = { user: 'u', client: 'c', how: 'terminal' as const };
    services.audit.append({ event: 'plan.proposed', actor, plan: 'p1' });
    assert.match((await run(['audit', 'verify'])).out, /1 records, none changed/);
    assert.match((await run(['audit', 'list'])).out, /plan\.proposed +p1/);
    const lines = (await run(['audit', 'export', '--format', 'jsonl'])).out.trim().split('\n');
    assert.equal(JSON.parse(lines[0]!).event, 'plan.proposed');
    services.audit.verify = () => ({
      ok: false,
      records: 1,
      seq: 1,
      problem: 'changed',
      message: 'Record 1 was changed.',
    });
    const broken = await run(['audit', 'verify']);
    assert.equal(broken.code, 5);
    assert.match(broken.out, /record 1 \(changed\)/);
  });

  it('tell the status', async () => {
    const { run, stateFolder } = await open();
    const status = (await run(['status', '--json'])).json() as Record<string, unknown>;
    assert.equal(status.pid, process.pid);
    assert.equal(status.stateFolder, stateFolder);
    assert.ok(Number(status.rssBytes) > 0);
    assert.match((await run(['status'])).out, /connections +lab connected/);
  });

  it('help, and tell what was meant', async () => {
    const { run } = await open();
    const help = await run(['help']);
    assert.equal(help.code, 0);
    assert.match(help.out, /ask TEXT/);
    assert.match((await run(['help', 'ask'])).out, /--yes/);
    assert.match((await run(['ask', '--help'])).out, /--connection ID/);
    const wrong = await run(['aks', 'x']);
    assert.equal(wrong.code, 64);
    assert.match(wrong.err, /no command "aks"\.\nDid you mean "ask"/);
    assert.match((await run(['ask', 'x', '--jsn'])).err, /has no option --jsn\.\nDid you mean --json/);
    assert.match((await run(['ask', 'x', '--connection'])).err, /--connection wants ID/);
    assert.match((await run(['ask'])).err, /sentence is missing/);
    assert.match((await run(['plan', 'explode', 'p1'])).err, /"explode" is nothing/);
    assert.match((await run(['audit'])).err, /verify\|list\|export/);
    assert.equal((await run(['--version'])).out, '0.1.0\n');
  });
});

describe('what the terminal shows', () => {
  it('holds no control characters of others', () => {
    const evil = 'web\x1b]0;owned\x07\x1b[2J\u202etxt\r';
    assert.equal(renderText(evil, true), 'web\uFFFD]0;owned\uFFFD\uFFFD[2J\uFFFDtxt\uFFFD');
    assert.equal(renderText(style.red(evil), false).includes('\x1b'), false);
  });
  it('is coloured only where asked for', () => {
    assert.equal(renderText(style.bold('x'), true), '\x1b[1mx\x1b[0m');
    assert.equal(renderText(style.bold('x'), false), 'x');
  });
  it('stands in columns whatever the style', () =>
    assert.equal(
      renderText(
        columns([
          [style.red('a'), 'b'],
          ['long', 'c'],
        ]),
        false,
      ),
      'a     b\nlong  c',
    ));
});

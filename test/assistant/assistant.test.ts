// The language-model path against an endpoint that misbehaves in every known way: whatever comes back, nothing but a
// checked reading leaves this room, a failure is a sentence, and what the person did not allow is never sent.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAssistant } from '../../daemon/assistant/assistant.ts';
import type { Assistant, AssistantResult } from '../../daemon/assistant/contract.ts';
import { assistantMigrations } from '../../daemon/assistant/memory.ts';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import type { GraphReader } from '../../daemon/graph/contract.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { AnswerBlock } from '../../shared/model/answer.ts';
import { defaultModelSettings } from '../../shared/model/languageModel.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Reading, ReadingContext } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { type ScriptedEndpoint, startScriptedEndpoint } from './scriptedEndpoint.ts';

const canary = 'kanarienvogel-7f3a';

function vm(name: string, path = name): Resource {
  return {
    id: `lab:vm/${path}`,
    connection: 'lab',
    provider: 'sandbox',
    kind: 'vm',
    name,
    status: 'running',
    health: 'ok',
    tags: { note: canary, env: 'dev' },
    attributes: { flavor: 'S.4', ip: `10.0.0.7-${canary}`, userdata: canary },
  };
}
const resources = [vm('web-1'), vm('web-10'), vm('db-1'), vm('twin', 'a'), vm('twin', 'b')];

function graphOf(all: readonly Resource[]): GraphReader {
  return { all: () => all, get: (id: string) => all.find((one) => one.id === id) } as unknown as GraphReader;
}

const chart: AnswerBlock = { kind: 'series', title: 'cpu', unit: '%', points: [[0, 97]] };

const unsure: Reading = {
  kind: 'clarify',
  text: '',
  source: 'embedded',
  confidence: 0.2,
  about: 'op',
  question: '?',
  candidates: [],
};

describe('the language-model path', () => {
  let endpoint: ScriptedEndpoint;
  let folder: string;
  let assistant: Assistant;
  let close: () => void;

  beforeEach(async () => {
    endpoint = await startScriptedEndpoint();
    folder = mkdtempSync(join(tmpdir(), 'ph-assistant-'));
    const database = openDatabase({
      file: join(folder, 'a.sqlite'),
      durability: 'normal',
      migrations: assistantMigrations,
    });
    close = () => database.close();
    assistant = createAssistant({
      database,
      env: {},
      catalogue,
      graph: graphOf(resources),
      answers: { answer: async () => ({ summary: 'cpu 97 %', blocks: [chart], refs: [], source: 'test' }) },
      possible: () => new Set(catalogue.keys()),
      now: () => Date.parse('2026-11-20T10:00:00Z'),
    });
    assistant.configure({
      ...defaultModelSettings,
      preset: 'custom',
      baseUrl: endpoint.baseUrl,
      model: 'scripted',
    });
  });
  afterEach(async () => {
    close();
    await endpoint.close();
    rmSync(folder, { recursive: true });
  });

  const read = (
    text: string,
    context?: ReadingContext,
    signal = new AbortController().signal,
  ): Promise<AssistantResult> => assistant.read({ text, context, embedded: unsure, signal });

  async function problemOf(text: string): Promise<string> {
    const error = await read(text).then(
      () => assert.fail('it should have failed'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof ProblemError, String(error));
    assert.ok(error.problem.fix, 'a failure says what to do');
    return error.problem.code;
  }

  it('turns a right call into a plan with real ids, which still has its whole way before it', async () => {
    endpoint.script({ kind: 'calls', calls: [{ name: 'stop_vm', args: { targets: ['lab:vm/web-1'] } }] });
    const { reading, usage } = await read('put the first web box to sleep');
    assert.equal(reading.kind, 'plan');
    assert.equal(reading.source, 'model');
    assert.deepEqual(reading.kind === 'plan' && reading.steps[0]?.target, {
      kind: 'resources',
      ids: ['lab:vm/web-1'],
    });
    assert.deepEqual([usage.inputTokens, usage.outputTokens], [100, 20]);
  });

  it('looks things up, then proposes several steps in the order of the calls', async () => {
    endpoint.script(
      { kind: 'calls', calls: [{ name: 'find_resources', args: { kind: 'vm', name: 'web' } }] },
      {
        kind: 'calls',
        calls: [
          { name: 'stop_vm', args: { targets: ['lab:vm/web-1'] } },
          { name: 'resize_vm', args: { targets: ['lab:vm/web-1'], flavor: 'M.8' } },
        ],
      },
    );
    const { reading } = await read('make web-1 beefier');
    assert.ok(reading.kind === 'plan');
    assert.deepEqual(
      reading.steps.map((step) => [step.operation, step.after]),
      [
        ['stop.vm', []],
        ['resize.vm', [0]],
      ],
    );
    assert.match(endpoint.asked[1]!, /lab:vm\/web-10/);
  });

  it('answers an open question with what it looked at', async () => {
    endpoint.script(
      { kind: 'calls', calls: [{ name: 'read_metrics', args: { ids: ['lab:vm/db-1'], metric: 'cpu' } }] },
      { kind: 'text', text: 'db-1 is at 97 % cpu.' },
    );
    const heard: string[] = [];
    const { answer } = await assistant.read({
      text: 'why is db-1 slow',
      embedded: unsure,
      signal: new AbortController().signal,
      onText: (text) => heard.push(text),
    });
    assert.equal(answer?.summary, 'db-1 is at 97 % cpu.');
    assert.deepEqual(answer?.refs, ['lab:vm/db-1']);
    assert.deepEqual(
      answer?.blocks,
      [{ kind: 'text', text: 'cpu 97 %' }, chart],
      'what it looked at is shown',
    );
    assert.ok(heard.length > 1, 'it streams');
  });

  it('asks before it plans to delete what the person did not name', async () => {
    endpoint.script({ kind: 'calls', calls: [{ name: 'delete_vm', args: { targets: ['lab:vm/db-1'] } }] });
    const { reading } = await read('free some money');
    assert.ok(reading.kind === 'clarify');
    assert.match(reading.question, /delete db-1, which you did not name/);
  });

  it('does not take web-10 in a sentence for web-1', async () => {
    endpoint.script({ kind: 'calls', calls: [{ name: 'delete_vm', args: { targets: ['lab:vm/web-1'] } }] });
    assert.equal((await read('web-10 may go')).reading.kind, 'clarify');
    endpoint.script({ kind: 'calls', calls: [{ name: 'delete_vm', args: { targets: ['lab:vm/web-10'] } }] });
    assert.equal((await read('web-10 may go.')).reading.kind, 'plan');
  });

  it('lets the model mend a name that is not there, that fits two, or an argument that is wrong', async () => {
    endpoint.script(
      { kind: 'calls', calls: [{ name: 'stop_vm', args: { targets: ['web-2'] } }] },
      { kind: 'calls', calls: [{ name: 'stop_vm', args: { targets: ['twin'] } }] },
      { kind: 'calls', calls: [{ name: 'stop_vm', args: { targets: ['lab:vm/a'], force: 'really' } }] },
      { kind: 'raw-call', name: 'stop_vm', argumentsText: '{"targets": [' },
      { kind: 'calls', calls: [{ name: 'format_disk', args: {} }] },
      { kind: 'calls', calls: [{ name: 'ask_person', args: { question: 'Which twin?' } }] },
    );
    const { reading } = await read('stop the twin');
    assert.ok(reading.kind === 'clarify' && reading.question === 'Which twin?');
    const last = endpoint.asked.at(-1)!;
    for (const said of [/There is no vm/, /fits 2 resources/, /there is no argument/, /not JSON/, /no tool/])
      assert.match(last, said);
  });

  it('gives up on a model that never ends, with a sentence', async () => {
    for (let round = 0; round < 10; round += 1)
      endpoint.script({ kind: 'calls', calls: [{ name: 'find_resources', args: {} }] });
    assert.equal(await problemOf('hm'), 'cloud-failed');
  });

  for (const [fault, code] of [
    [{ kind: 'status', status: 401 }, 'cloud-unauthorized'],
    [{ kind: 'status', status: 404 }, 'cloud-not-found'],
    [{ kind: 'status', status: 429 }, 'cloud-throttled'],
    [{ kind: 'status', status: 500 }, 'cloud-failed'],
    [{ kind: 'cut' }, 'cloud-failed'],
    [{ kind: 'rubbish' }, 'cloud-failed'],
    [{ kind: 'endless' }, 'cloud-failed'],
    [{ kind: 'text', text: ' ' }, 'cloud-failed'],
  ] as const) {
    it(`says what is wrong: ${JSON.stringify(fault)}`, async () => {
      endpoint.script(fault, fault);
      assert.equal(await problemOf('stop something'), code);
    });
  }

  it('says when nobody is there', async () => {
    await endpoint.close();
    assert.equal(await problemOf('stop something'), 'cloud-unreachable');
    endpoint = await startScriptedEndpoint();
  });

  it('is cancelled while a model stalls', async () => {
    endpoint.script({ kind: 'stall' });
    const controller = new AbortController();
    const reading = read('stop something', undefined, controller.signal);
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(reading, { name: 'AbortError' });
  });

  it('sends names and states, but no tag, address, odd attribute or secret unless allowed', async () => {
    endpoint.script(
      { kind: 'calls', calls: [{ name: 'find_resources', args: {} }] },
      { kind: 'text', text: 'ok' },
    );
    await read(`my password: hunter2-${canary}, list all`);
    assert.ok(
      endpoint.asked.every((body) => !body.includes(canary)),
      'the canary got out',
    );
    assert.match(endpoint.asked[1]!, /web-10/);
    assistant.configure({ ...assistant.settings, share: { tags: true, addresses: false, logs: false } });
    endpoint.script(
      { kind: 'calls', calls: [{ name: 'find_resources', args: {} }] },
      { kind: 'text', text: 'ok' },
    );
    await read('list all');
    assert.ok(endpoint.asked.at(-1)!.includes(canary), 'tags go out once the person allows it');
  });

  it('keeps the budget of the day', async () => {
    assistant.configure({ ...assistant.settings, dailyTokensMax: 150 });
    endpoint.script({ kind: 'text', text: 'a' }, { kind: 'text', text: 'b' });
    await read('one');
    await read('two');
    assert.equal(await problemOf('three'), 'overloaded');
    assert.equal(assistant.status.state, 'unavailable');
    assert.equal(assistant.status.tokensToday, 240);
  });

  it('is never asked about a sure reading or a refusal', () => {
    const base = { text: 'x', source: 'embedded', confidence: 1 } as const;
    assert.equal(assistant.wants({ ...base, kind: 'plan', steps: [], risk: 'change' }), false);
    assert.equal(
      assistant.wants({ ...base, kind: 'refuse', reason: 'secret', message: 'no', instead: [] }),
      false,
    );
    assert.equal(assistant.wants(unsure), true);
    assistant.configure({ ...assistant.settings, preset: 'off' });
    assert.equal(assistant.wants(unsure), false);
  });

  it('says what is missing from a preset', () => {
    const status = assistant.configure({ ...defaultModelSettings, preset: 'openai' });
    assert.equal(status.state, 'unavailable');
    assert.match(status.problem?.fix ?? '', /OPENAI_API_KEY/);
    assert.equal(
      assistant.configure({ ...defaultModelSettings, preset: 'openai' }, 'sk-test').state,
      'ready',
    );
  });
});

// Thousands of answers of a model that knows nothing, through the whole model path: none may crash it, and whatever
// reading comes out must stand on operations that exist, arguments that are valid and resources that are there. A
// destroy of something the person did not name must be a question. How many: PILOTHOUSE_CHAOS_ANSWERS.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAssistant } from '../../../daemon/assistant/assistant.ts';
import { assistantMigrations } from '../../../daemon/assistant/memory.ts';
import { requireArguments } from '../../../daemon/catalogue/argumentSchema.ts';
import { catalogue } from '../../../daemon/catalogue/catalogue.ts';
import { createGraph } from '../../../daemon/graph/graph.ts';
import { openDatabase } from '../../../daemon/store/database.ts';
import type { Kind } from '../../../shared/model/kind.ts';
import { defaultModelSettings } from '../../../shared/model/languageModel.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Reading, StepDraft } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { requireLab } from '../lab.ts';
import type { ModelDescription } from './modelLab.ts';

const answersWanted = Number(process.env.PILOTHOUSE_CHAOS_ANSWERS ?? 400);

function thing(kind: Kind, name: string): Resource {
  return {
    id: `lab:${kind}/${name}`,
    connection: 'lab',
    provider: 'sandbox',
    kind,
    name,
    status: 'running',
    health: 'ok',
    tags: {},
    attributes: {},
  };
}
const resources = [
  thing('vm', 'web-1'),
  thing('vm', 'db-1'),
  thing('volume', 'data'),
  thing('deployment', 'cart'),
  thing('policy', 'no-deletes'),
];
const texts = [
  'stop web-1',
  'why is db-1 slow?',
  'make things better',
  'clean up',
  'what should I do with data',
];

describe('the chaos model', () => {
  let lab: ModelDescription;
  before(async function () {
    lab = await requireLab('model', this);
  });

  it(`gives ${answersWanted} answers, and nothing unchecked gets through`, async function () {
    this.timeout(0);
    const folder = mkdtempSync(join(tmpdir(), 'ph-chaos-'));
    const database = openDatabase({
      file: join(folder, 'a.sqlite'),
      durability: 'normal',
      migrations: assistantMigrations,
    });
    const graph = createGraph();
    for (const one of resources)
      graph.apply(
        'lab',
        { name: one.id, kinds: [one.kind] },
        { mode: 'changes', resources: [one], removed: [], relations: [] },
      );
    let rounds = 0;
    const assistant = createAssistant({
      database,
      env: {},
      catalogue,
      graph,
      answers: { answer: async () => ({ summary: 'nothing', blocks: [], refs: [], source: 'test' }) },
      possible: () => new Set(catalogue.keys()),
      now: Date.now,
    });
    assistant.configure({
      ...defaultModelSettings,
      preset: 'custom',
      baseUrl: lab.baseUrl,
      model: lab.model,
      dailyTokensMax: 0,
    });
    const outcomes: Record<string, number> = {};
    while (rounds < answersWanted) {
      const text = texts[rounds % texts.length]!;
      const before = assistant.status.tokensToday;
      const outcome = await readOnce(assistant, text);
      // The lab counts two tokens an answer.
      rounds += Math.max(1, (assistant.status.tokensToday - before) / 2);
      outcomes[typeof outcome === 'string' ? outcome : outcome.kind] =
        (outcomes[typeof outcome === 'string' ? outcome : outcome.kind] ?? 0) + 1;
      if (typeof outcome !== 'string') check(outcome, text);
    }
    database.close();
    graph.dispose();
    rmSync(folder, { recursive: true });
    process.stderr.write(`    ${rounds} answers: ${JSON.stringify(outcomes)}\n`);
    assert.ok(
      (outcomes.plan ?? 0) + (outcomes.clarify ?? 0) + (outcomes.query ?? 0) > 0,
      'some nonsense is well formed',
    );
  });

  async function readOnce(
    assistant: ReturnType<typeof createAssistant>,
    text: string,
  ): Promise<Reading | string> {
    const embedded: Reading = {
      kind: 'clarify',
      text,
      source: 'embedded',
      confidence: 0,
      about: 'op',
      question: '?',
      candidates: [],
    };
    try {
      return (await assistant.read({ text, embedded, signal: new AbortController().signal })).reading;
    } catch (error) {
      assert.ok(error instanceof ProblemError, `not a known failure: ${String(error)}`);
      return error.problem.code;
    }
  }

  function check(reading: Reading, text: string): void {
    if (reading.kind === 'clarify')
      for (const candidate of reading.candidates) checkSteps(candidate.reading.steps);
    if (reading.kind !== 'plan' && reading.kind !== 'query') return;
    checkSteps(reading.steps);
    for (const step of reading.steps) {
      if (catalogue.get(step.operation)?.risk !== 'destroy') continue;
      const ids = step.target?.kind === 'resources' ? step.target.ids : [];
      assert.ok(
        ids.length > 0 && ids.every((id) => text.includes(id.split('/')[1]!)),
        `a destroy nobody named: ${JSON.stringify(step)}`,
      );
    }
  }

  function checkSteps(steps: readonly StepDraft[]): void {
    for (const step of steps) {
      const operation = catalogue.get(step.operation);
      assert.ok(operation, `unknown operation ${step.operation}`);
      requireArguments(operation, step.args);
      if (step.target?.kind !== 'resources') continue;
      assert.ok(
        step.target.ids.every((id) => resources.some((one) => one.id === id)),
        `a target that is not there: ${step.target.ids.join()}`,
      );
    }
  }
});

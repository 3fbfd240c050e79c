// Names that a person gave by hand: found like real ones, shown as what they are, never in the way of a real name,
// and nothing once the thing is gone.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
import { sampleVm } from '../extension/samples.ts';

const nowMs = Date.parse('2026-11-20T10:00:00Z');

function house(names: readonly string[], aliases: Readonly<Record<string, string>> = {}) {
  const interpreter = createInterpreter(catalogue);
  interpreter.index.apply({ upserts: names.map((name) => sampleVm(name)), removes: [] });
  const name = (given: Readonly<Record<string, string>>) =>
    interpreter.index.name(
      Object.entries(given).map(([words, target]) => ({ words, target: `sandbox:vm/${target}` })),
    );
  name(aliases);
  const read = (text: string) => interpreter.read({ text, nowMs });
  const trouble = (words: string, target: string) =>
    interpreter.aliasTrouble({ words, target: `sandbox:vm/${target}` }, nowMs);
  return { interpreter, name, read, trouble };
}

function targetOf(reading: ReturnType<ReturnType<typeof house>['read']>): readonly string[] {
  assert.ok(reading.kind === 'plan' || reading.kind === 'query', reading.kind);
  const { target } = reading.steps[0]!;
  assert.ok(target?.kind === 'resources');
  return target.ids;
}

const fleet = ['db-prod-1', 'db-prod-2', 'web-1', 'cache'];

describe('aliases', () => {
  it('stand for their thing, and the evidence says so', () => {
    const { read, name } = house(fleet);
    assert.notEqual(read('stop the db').kind, 'plan', 'without one it is not clear');
    name({ 'the db': 'db-prod-1' });
    for (const text of [
      'stop the db',
      'please reboot the db now',
      'snapshot the db',
      'STOP THE DB',
      'delete the db',
    ]) {
      const reading = read(text);
      assert.deepEqual(targetOf(reading), ['sandbox:vm/db-prod-1'], text);
      assert.ok(reading.kind === 'plan');
      const evidence = reading.steps[0]!.evidence.find(({ part }) => part === 'target');
      assert.equal(evidence?.alias, true, text);
    }
  });

  it('say nothing where the real name was said', () => {
    const { read } = house(fleet, { 'the db': 'db-prod-1' });
    const reading = read('stop db-prod-1');
    assert.ok(reading.kind === 'plan');
    assert.ok(reading.steps[0]!.evidence.every((item) => item.alias === undefined));
    assert.deepEqual(targetOf(read('stop db-prod-2')), ['sandbox:vm/db-prod-2']);
  });

  it('never hide a real name: both are offered', () => {
    const { read, interpreter } = house(fleet, { cache: 'db-prod-2', 'big box': 'web-1' });
    for (const text of ['stop cache', 'delete cache', 'reboot cache']) {
      const reading = read(text);
      assert.equal(reading.kind, 'clarify', text);
      assert.ok(reading.kind === 'clarify');
      const offered = reading.candidates.flatMap((one) => one.reading.steps.map((step) => step.target));
      assert.ok(
        JSON.stringify(offered).includes('vm/cache') && JSON.stringify(offered).includes('vm/db-prod-2'),
      );
    }
    assert.deepEqual(targetOf(read('stop big box')), ['sandbox:vm/web-1']);
    // A thing of that name appears in another place, and the one looked at has the alias: still a question.
    interpreter.index.apply({ upserts: [sampleVm('big-box', { connection: 'other' })], removes: [] });
    const reading = interpreter.read({ text: 'stop big box', nowMs, context: { connection: 'sandbox' } });
    assert.equal(reading.kind, 'clarify');
  });

  it('lead nowhere once the thing is gone, and back when it is there again', () => {
    const { read, interpreter } = house(fleet, { 'the big one': 'db-prod-1', 'old faithful': 'db-prod-1' });
    assert.deepEqual(targetOf(read('stop old faithful')), ['sandbox:vm/db-prod-1']);
    interpreter.index.apply({ upserts: [], removes: ['sandbox:vm/db-prod-1'] });
    assert.notEqual(read('stop old faithful').kind, 'plan');
    interpreter.index.apply({ upserts: [sampleVm('db-prod-1')], removes: [] });
    assert.deepEqual(targetOf(read('stop old faithful')), ['sandbox:vm/db-prod-1']);
  });

  it('may be words that only name, not words a sentence needs', () => {
    const { trouble } = house(fleet);
    for (const words of ['the db', 'main database', 'old faithful', 'prod db', 'Eierlegende Wollmilchsau'])
      assert.equal(trouble(words, 'db-prod-1'), undefined, words);
    for (const words of [
      'all vms',
      'everything',
      'it',
      'them',
      'the other one',
      'delete',
      'stop it',
      'both',
      'vms',
      'not this',
      'db',
      'prod',
      '',
      '  ',
      '7',
      'db-prod-1',
      'DB prod 1',
      'web-1 and cache',
      'a b c d e f g',
      'yesterday',
      'running',
      'web',
    ])
      assert.ok(trouble(words, 'db-prod-1'), words);
    assert.match(trouble('cache', 'db-prod-1') ?? '', /name of something else/);
    assert.match(trouble('the db', 'gone') ?? '', /not there/);
  });
});

// The rules as a table: a case a line. What must never happen: a change without a question.

import assert from 'node:assert/strict';
import type { Case, JudgedConnection, JudgedStep } from '../../daemon/policy/case.ts';
import { judge } from '../../daemon/policy/judge.ts';
import { environments } from '../../shared/model/connection.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { roles } from '../../shared/model/verdict.ts';

const person: Actor = { user: 'ada', client: 'code', how: 'editor' };
const connection = (more: Partial<JudgedConnection> = {}): JudgedConnection => ({
  id: 'c',
  name: 'acme',
  environment: 'dev',
  mode: 'confirm',
  simulated: false,
  role: 'admin',
  ...more,
});
const stop = (name: string): JudgedStep => ({
  operation: 'stop.vm',
  verb: 'stop',
  risk: 'change',
  impact: 'interrupts',
  kind: 'vm',
  noun: 'vm',
  plural: 'vms',
  connection: 'c',
  target: { id: `c:vm/${name}`, name },
});
const remove = (name: string, more: Partial<JudgedStep> = {}): JudgedStep => ({
  ...stop(name),
  operation: 'delete.vm',
  verb: 'delete',
  risk: 'destroy',
  impact: 'loses-data',
  ...more,
});
const list: JudgedStep = { ...stop('x'), operation: 'list.vm', verb: 'list', risk: 'read', impact: 'none' };
const many = (step: (name: string) => JudgedStep, count: number) =>
  Array.from({ length: count }, (_, n) => step(`web-${n + 1}`));

function check(
  title: string,
  steps: readonly JudgedStep[],
  more: Partial<JudgedConnection>,
  expected: { effect: string; rule: string; typed?: string },
  actor: Actor = person,
): void {
  it(title, () => {
    const judged: Case = { steps, connections: new Map([['c', connection(more)]]), actor };
    const verdict = judge(judged);
    assert.equal(verdict.effect, expected.effect);
    assert.equal(verdict.rules[0]?.rule, expected.rule);
    assert.deepEqual(
      verdict.approval.kind === 'typed' ? verdict.approval.expected : undefined,
      expected.typed,
    );
    for (const result of verdict.rules) assert.ok(result.reason.endsWith('.'), result.reason);
  });
}

describe('policy/judge', () => {
  const dev = {};
  const prod = { environment: 'prod' } as const;
  const sandbox = { environment: 'sandbox', simulated: true } as const;

  check('reading is allowed', [list], prod, { effect: 'allow', rule: 'only-reads' });
  check('a change asks', [stop('web-1')], dev, { effect: 'ask', rule: 'every-change-asks' });
  check('a change beside a read asks', [list, stop('web-1')], dev, {
    effect: 'ask',
    rule: 'every-change-asks',
  });
  it('counts what several steps are about once', () => {
    const steps = [stop('web-1'), stop('web-1'), stop('web-2')];
    const { rules } = judge({ steps, connections: new Map([['c', connection(dev)]]), actor: person });
    assert.equal(rules.find(({ rule }) => rule === 'every-change-asks')?.reason, 'It changes 2 vms.');
  });

  check('a plan of nothing is denied', [], dev, { effect: 'deny', rule: undefined as unknown as string });

  check(
    'read-only mode denies a change',
    [stop('a')],
    { mode: 'read-only' },
    { effect: 'deny', rule: 'read-only-mode' },
  );
  check(
    'read-only mode denies it in the sandbox, too',
    [stop('a')],
    { ...sandbox, mode: 'read-only' },
    { effect: 'deny', rule: 'read-only-mode' },
  );
  check('read-only mode lets read', [list], { mode: 'read-only' }, { effect: 'allow', rule: 'only-reads' });

  check('a viewer changes nothing', [stop('a')], { role: 'viewer' }, { effect: 'deny', rule: 'role' });
  check('a viewer reads', [list], { ...prod, role: 'viewer' }, { effect: 'allow', rule: 'only-reads' });
  check(
    'an operator changes prod',
    [stop('a')],
    { ...prod, role: 'operator' },
    { effect: 'ask', rule: 'interruption' },
  );
  check(
    'an operator destroys nothing in prod',
    [remove('a')],
    { ...prod, role: 'operator' },
    { effect: 'deny', rule: 'role', typed: 'a' },
  );
  check(
    'an operator destroys in dev',
    [remove('a')],
    { role: 'operator' },
    { effect: 'ask', rule: 'every-change-asks' },
  );
  check(
    'an operator destroys nothing where the environment is unknown',
    [remove('a')],
    { environment: 'unknown', role: 'operator' },
    { effect: 'deny', rule: 'role', typed: 'a' },
  );

  check('destroying one in prod wants its name', [remove('db-1')], prod, {
    effect: 'ask',
    rule: 'typed-destroy',
    typed: 'db-1',
  });
  check(
    'destroying where the environment is unknown, too',
    [remove('db-1')],
    { environment: 'unknown' },
    { effect: 'ask', rule: 'typed-destroy', typed: 'db-1' },
  );
  check('destroying in the sandbox needs no typing, however much it is', many(remove, 7), sandbox, {
    effect: 'ask',
    rule: 'every-change-asks',
  });
  check(
    'a sandbox that a person labelled prod is a rehearsal: it asks as prod does',
    [remove('db-1')],
    { ...prod, simulated: true },
    { effect: 'ask', rule: 'typed-destroy', typed: 'db-1' },
  );
  check(
    'a sandbox labelled staging asks as staging does',
    many(remove, 7),
    { environment: 'staging', simulated: true },
    { effect: 'ask', rule: 'typed-destroy', typed: 'delete 7 vms in staging' },
  );
  check('destroying several in prod wants the phrase', many(remove, 7), prod, {
    effect: 'ask',
    rule: 'typed-destroy',
    typed: 'delete 7 vms in prod',
  });
  check(
    'in an unknown environment the phrase names the connection',
    many(remove, 2),
    { environment: 'unknown' },
    { effect: 'ask', rule: 'typed-destroy', typed: 'delete 2 vms in acme' },
  );
  check(
    'destroying of several kinds',
    [remove('a'), remove('b', { kind: 'volume', noun: 'volume', plural: 'volumes' })],
    prod,
    { effect: 'ask', rule: 'typed-destroy', typed: 'delete 2 resources in prod' },
  );
  check('destroying with several verbs', [remove('a'), remove('b', { verb: 'disable' })], prod, {
    effect: 'ask',
    rule: 'typed-destroy',
    typed: 'destroy 2 vms in prod',
  });
  check('destroying three in dev wants a button', many(remove, 3), dev, {
    effect: 'ask',
    rule: 'every-change-asks',
  });
  check('destroying four in dev wants the phrase', many(remove, 4), dev, {
    effect: 'ask',
    rule: 'typed-destroy',
    typed: 'delete 4 vms in dev',
  });
  check('destroying four in the sandbox wants a button', many(remove, 4), sandbox, {
    effect: 'ask',
    rule: 'every-change-asks',
  });
  check('destroying beside a change counts only what is destroyed', [remove('a'), stop('b')], prod, {
    effect: 'ask',
    rule: 'typed-destroy',
    typed: 'a',
  });
  for (const name of ['', ' a', 'a\u200b', 'a\nb', 'a  b', 'x'.repeat(65)])
    check(
      `a name that cannot be typed gives way: ${JSON.stringify(name).slice(0, 12)}`,
      [remove(name)],
      prod,
      { effect: 'ask', rule: 'typed-destroy', typed: 'delete 1 vm in prod' },
    );

  check(
    'six changes in prod say how many',
    many((name) => ({ ...stop(name), impact: 'none' }), 6),
    prod,
    { effect: 'ask', rule: 'bulk-change' },
  );
  check(
    'five do not',
    many((name) => ({ ...stop(name), impact: 'none' }), 5),
    prod,
    { effect: 'ask', rule: 'every-change-asks' },
  );
  check(
    'an unknown environment says so',
    [{ ...stop('a'), impact: 'none' }],
    { environment: 'unknown' },
    { effect: 'ask', rule: 'unknown-environment' },
  );

  for (const how of ['model', 'policy', 'gateway', 'mcp', 'daemon'] as const)
    check(
      `what ${how} proposed waits for a person`,
      [stop('a')],
      dev,
      { effect: 'ask', rule: 'proposed-by-machine' },
      { ...person, how },
    );

  it('denies where the connection is not there', () => {
    const verdict = judge({ steps: [list], connections: new Map(), actor: person });
    assert.deepEqual([verdict.effect, verdict.rules[0]?.rule], ['deny', 'known-connection']);
  });

  it('takes the strictest connection of a plan over several', () => {
    const connections = new Map([
      ['c', connection()],
      ['d', connection({ id: 'd', mode: 'read-only' })],
    ]);
    assert.equal(
      judge({ steps: [stop('a'), { ...stop('b'), connection: 'd' }], connections, actor: person }).effect,
      'deny',
    );
  });

  it('never lets a change pass without a question, whatever the case', () => {
    for (const environment of environments)
      for (const role of roles)
        for (const mode of ['confirm', 'read-only'] as const)
          for (const simulated of [true, false])
            for (const step of [stop('a'), remove('a')]) {
              const connections = new Map([['c', connection({ environment, role, mode, simulated })]]);
              const verdict = judge({ steps: [list, step], connections, actor: person });
              assert.notEqual(verdict.effect, 'allow');
              if (mode === 'read-only' || role === 'viewer') assert.equal(verdict.effect, 'deny');
            }
  });
});

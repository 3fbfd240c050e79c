// What people type into forms, and what becomes of it.

import assert from 'node:assert/strict';
import { offeredTo, parseArgument } from '../../extension/commands/argumentInput.ts';
import type { ArgumentSpec, ArgumentType } from '../../shared/model/operation.ts';
import type { Json } from '../../shared/model/resource.ts';
import { sampleVm } from './samples.ts';

function check(
  type: ArgumentType,
  text: string,
  expected: Json | undefined,
  more: Partial<ArgumentSpec> = {},
): void {
  it(`${type} “${text}” ${expected === undefined ? 'is refused' : `is ${JSON.stringify(expected)}`}`, () => {
    const parsed = parseArgument({ name: 'x', type, doc: 'Something.', ...more }, text);
    if (expected === undefined) assert.equal(parsed.ok, false);
    else assert.deepEqual(parsed, { ok: true, value: expected });
  });
}

describe('typed arguments', () => {
  check('name', ' dev-box ', 'dev-box');
  check('integer', '3', 3);
  check('integer', '3.5', undefined);
  check('integer', '0', undefined, { min: 1 });
  check('integer', '101', undefined, { max: 100 });
  check('size_gb', '100', 100);
  check('size_gb', '100 GB', 100);
  check('size_gb', '2TB', 2_048);
  check('size_gb', 'large', undefined);
  check('size_gb', '-5', undefined);
  check('seconds', '90', 90);
  check('seconds', '2h', 7_200);
  check('seconds', 'soon', undefined);
  check('port', '443', 443);
  check('port', '0', undefined);
  check('port', '65536', undefined);
  check('cidr', '10.0.0.0/24', '10.0.0.0/24');
  check('cidr', '10.0.0.0', undefined);
  check('boolean', 'yes', true);
  check('boolean', 'maybe', undefined);
  check('tags', 'team=shop, env=dev', { team: 'shop', env: 'dev' });
  check('tags', 'team', undefined);
  check('tags', '=shop', undefined);
  check('keys', 'a, b,', ['a', 'b']);
  check('choice', 'blue', undefined, { choices: ['red'] });
  check('time', '2026-11-20T10:00Z', '2026-11-20T10:00:00.000Z');
  check('time', 'tomorrow-ish', undefined);
});

describe('snapshots that are offered', () => {
  const snapshot = (name: string, source: string | undefined, createdAt?: string) =>
    sampleVm(name, { kind: 'snapshot', createdAt, attributes: source === undefined ? {} : { source } });
  const all = [
    snapshot('old', 'lab:vm/a', '2026-01-01T00:00:00Z'),
    snapshot('other', 'lab:vm/b'),
    snapshot('new', 'lab:vm/a', '2026-02-01T00:00:00Z'),
    snapshot('unknown', undefined),
  ];
  const names = (...asked: Parameters<typeof offeredTo>) => offeredTo(...asked).map(({ name }) => name);

  it('are those of the target only, newest first', () =>
    assert.deepEqual(names('lab:vm/a', 'snapshot', all), ['new', 'old']));
  it('are never another resource’s', () => {
    assert.deepEqual(names('lab:vm/c', 'snapshot', all), ['unknown']);
    assert.deepEqual(names('lab:vm/c', 'snapshot', all.slice(0, 3)), []);
  });
  it('are all where there is no target, and other kinds are all', () => {
    assert.equal(names(undefined, 'snapshot', all).length, 4);
    assert.equal(names('lab:vm/a', 'flavor', all).length, 4);
  });
});

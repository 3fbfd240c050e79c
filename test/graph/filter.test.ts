// Every key of the filter notation, and that nothing unknown is let through.

import assert from 'node:assert/strict';
import { compileFilter, matchesFilter } from '../../daemon/graph/filter.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Filter } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';

const nowMs = Date.parse('2026-11-20T10:00:00Z');
const volume: Resource = {
  id: 'aws:volume/vol-1',
  connection: 'aws',
  provider: 'aws',
  kind: 'volume',
  name: 'data-mongo-1',
  status: 'in-use',
  health: 'ok',
  region: 'eu-west-1',
  tags: { env: 'prod', Team: 'data' },
  createdAt: '2026-11-10T10:00:00Z',
  attributes: { size_gb: 100, attached_to: 'aws:vm/i-1', networks: ['a', 'b'] },
};

function check(filter: Filter, expected: boolean): void {
  it(`${JSON.stringify(filter)} is ${expected}`, () => {
    assert.equal(matchesFilter(volume, filter, nowMs), expected);
  });
}

describe('matchesFilter', () => {
  check({}, true);
  check({ kind: 'volume', region: 'EU-WEST-1' }, true);
  check({ kind: ['vm', 'volume'] }, true);
  check({ kind: [] }, false);
  check({ status: 'available' }, false);
  check({ name_glob: 'data-*-?' }, true);
  check({ name_glob: 'data-.*' }, false);
  check({ tags: { env: ['PROD', 'dev'] } }, true);
  check({ 'tags.Team': 'data' }, true);
  check({ env: 'dev' }, false);
  check({ attached: true }, true);
  check({ attached: false }, false);
  check({ attached_to: 'aws:vm/i-1' }, true);
  check({ network: 'b' }, true);
  check({ size_gb_gt: 100 }, false);
  check({ size_gb_gte: 100 }, true);
  check({ age_d_gt: 9, age_d_lt: 11 }, true);
  check({ replicas_lt: 3 }, false);
  check({ created_before: '2026-11-11' }, true);
  check({ created_after: '2026-11-11' }, false);
  check({ ids: ['aws:volume/vol-1'] }, true);
  check({ ids: [] }, false);
  check({ not: 'data-mongo-1' }, false);
  check({ except: [{ region: 'us-east-1' }, 'aws:volume/vol-2'] }, true);
  check({ not: { not: { name: 'data-mongo-1' } } }, true);

  for (const filter of [
    { colour: 'red' },
    { constructor: 'x' },
    { colour_gt: 3 },
    { size_gb_gt: '3' },
    { created_before: 'noon-ish' },
    { tags: 'env' },
    { not: 3 },
    { not: { colour: 'red' } },
    { region: null },
  ] as Filter[]) {
    it(`refuses ${JSON.stringify(filter)}`, () => {
      assert.throws(
        () => compileFilter(filter),
        (error: unknown) => error instanceof ProblemError && error.problem.code === 'bad-input',
      );
    });
  }
});

// Two ways in which a good sentence must not become a wrong deed: a question never takes the verb of the turn before,
// and a destroy of a bare name that several kinds of thing have is asked about.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
import type { Reading, ReadingContext } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';

function thing(kind: Resource['kind'], path: string, more: Partial<Resource> = {}): Resource {
  const name = path.split('/').at(-1)!;
  return {
    id: `lab:${kind}/${path}`,
    connection: 'lab',
    provider: 'sandbox',
    kind,
    name,
    status: 'running',
    health: 'ok',
    tags: {},
    attributes: {},
    ...more,
  };
}

const resources = [
  thing('vm', 'dev-1'),
  thing('vm', 'dev-2', { status: 'stopped', health: 'off' }),
  thing('security-group', 'web'),
  thing('deployment', 'prod/web', { namespace: 'prod' }),
  thing('service', 'prod/web', { namespace: 'prod' }),
  thing('volume', 'scratch'),
];
const before: ReadingContext = {
  turns: [
    {
      role: 'user',
      text: 'stop dev-1',
      refs: ['lab:vm/dev-1'],
      steps: [
        {
          operation: 'stop.vm',
          target: { kind: 'resources', ids: ['lab:vm/dev-1'] },
          args: {},
          after: [],
          evidence: [],
        },
      ],
    },
  ],
};

function read(text: string, context?: ReadingContext): Reading {
  const interpreter = createInterpreter(catalogue);
  interpreter.index.apply({ upserts: resources, removes: [] });
  return interpreter.read({ text, context, nowMs: Date.parse('2026-11-20T10:00:00Z') });
}
const ids = (reading: Reading) =>
  reading.kind === 'query' && reading.steps[0]?.target?.kind === 'resources'
    ? reading.steps[0].target.ids
    : [];

const places = [
  ...resources,
  thing('deployment', 'staging/web', { namespace: 'staging' }),
  thing('floating-ip', '203.0.113.10'),
];

function readAmong(text: string): Reading {
  const interpreter = createInterpreter(catalogue);
  interpreter.index.apply({ upserts: places, removes: [] });
  return interpreter.read({ text, nowMs: Date.parse('2026-11-20T10:00:00Z') });
}

describe('careful readings', () => {
  // A look may take the one in prod, a change may not choose.
  for (const text of [
    'web: restart',
    'is web up? restart it',
    'show the deployment web. restart it.',
    'restart web',
  ])
    it(`asks which deployment "${text}" means`, () => assert.equal(readAmong(text).kind, 'clarify'));

  for (const text of ['give the ip 203.0.113.99 to dev-1', 'assign floating ip 203.0.113.99 to dev-1'])
    it(`takes no other address for the one in "${text}"`, () =>
      assert.notEqual(readAmong(text).kind, 'plan'));

  it('reads a thing before a colon as what the command is about', () => {
    const reading = readAmong('dev-1: stop');
    assert.ok(reading.kind === 'plan' && reading.steps[0]?.operation === 'stop.vm');
  });

  for (const [text, wanted] of [
    ['which vms are running', ['lab:vm/dev-1']],
    ['which VMs are stopped?', ['lab:vm/dev-2']],
    ['list stopped vms', ['lab:vm/dev-2']],
  ] as const) {
    it(`answers "${text}" after a deed as it does without one`, () => {
      const reading = read(text, before);
      assert.equal(reading.kind, 'query');
      assert.deepEqual(ids(reading), wanted);
      assert.deepEqual(ids(read(text)), wanted);
    });
  }

  for (const text of ['delete web', 'terminate web', 'get rid of web']) {
    it(`asks which "${text}" means, with each thing of that name`, () => {
      const reading = read(text);
      assert.ok(reading.kind === 'clarify', reading.kind);
      const offered = reading.candidates.flatMap((candidate) =>
        candidate.reading.steps.map((step) => step.operation),
      );
      assert.deepEqual(offered.toSorted(), ['delete.deployment', 'delete.security-group', 'delete.service']);
    });
  }

  it('lets a kind that is said settle it, and a name that one thing has', () => {
    const said = read('delete the security group web');
    assert.ok(said.kind === 'plan' && said.steps[0]?.operation === 'delete.security-group');
    assert.equal(read('delete scratch').kind, 'plan');
  });
});

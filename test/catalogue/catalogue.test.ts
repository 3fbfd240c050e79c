// The catalogue covers the closed list of operations, and every entry keeps what it promises.

import assert from 'node:assert/strict';
import {
  argumentSchema,
  knownArguments,
  requireArguments,
  settleArguments,
} from '../../daemon/catalogue/argumentSchema.ts';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { stepTitle } from '../../daemon/catalogue/stepTitle.ts';
import { toolOf } from '../../daemon/catalogue/tool.ts';
import type { Operation } from '../../shared/model/operation.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';

/** kind → verbs, the closed list of operations that make sense. */
const closedList: Readonly<Record<string, string>> = {
  vm: 'list show logs metrics explain forecast create start stop reboot resize suspend resume snapshot rollback assign-ip unassign-ip migrate lock unlock confirm-resize revert-resize rebuild tag untag delete',
  volume: 'list show metrics explain forecast create resize attach detach snapshot tag untag delete',
  snapshot: 'list show tag untag delete',
  network: 'list show create tag untag delete',
  subnet: 'list show create tag untag delete',
  'security-group': 'list show create open-port close-port tag untag delete',
  'floating-ip': 'list show create tag untag delete',
  'load-balancer': 'list show metrics explain forecast tag untag delete',
  image: 'list show tag untag delete',
  flavor: 'list show',
  keypair: 'list show create delete',
  database: 'list show logs metrics explain forecast start stop reboot resize snapshot tag untag delete',
  cluster: 'list show metrics explain forecast apply',
  namespace: 'list show metrics explain create tag untag delete',
  node: 'list show logs metrics explain forecast cordon uncordon drain tag untag delete',
  host: 'list show metrics explain forecast drain uncordon',
  datastore: 'list show metrics explain forecast',
  deployment:
    'list show logs metrics explain forecast create scale rollout-restart rollback set-image suspend resume tag untag delete',
  statefulset:
    'list show logs metrics explain forecast scale rollout-restart rollback set-image tag untag delete',
  daemonset: 'list show logs metrics explain forecast rollout-restart rollback set-image tag untag delete',
  pod: 'list show logs metrics explain forecast restart tag untag delete',
  service: 'list show logs metrics explain forecast tag untag delete',
  configmap: 'list show tag untag delete',
  job: 'list show logs explain create tag untag delete',
  cronjob: 'list show logs explain suspend resume run tag untag delete',
  container: 'list show logs metrics explain forecast start stop restart suspend resume resize delete',
  process: 'list show metrics explain renice delete',
  unit: 'list show logs explain start stop restart',
  range: 'list show discover',
  anomaly: 'list show explain ack',
  alert: 'list show explain ack silence',
};
const special = [
  'topology.show',
  'audit.list',
  'policy.list',
  'policy.show',
  'policy.enable',
  'policy.disable',
  'action.list',
  'action.show',
  'action.approve',
  'action.cancel',
  'action.undo',
  'discover.provider',
];

const operations = [...catalogue.values()];
const vm: Resource = {
  id: 'os:vm/1',
  connection: 'os',
  provider: 'openstack',
  kind: 'vm',
  name: 'web-1',
  status: 'running',
  health: 'ok',
  tags: { env: 'prod' },
  attributes: { flavor: 'S.4', floating_ip: '203.0.113.9', attached_to: 'os:vm/9', replicas: 2 },
};

function operation(id: string): Operation {
  const found = catalogue.get(id);
  assert.ok(found, id);
  return found;
}

describe('catalogue', () => {
  it('has every operation of the closed list and no other', () => {
    const expected = Object.entries(closedList).flatMap(([kind, verbs]) =>
      verbs.split(' ').map((verb) => `${verb}.${kind}`),
    );
    assert.deepEqual([...catalogue.keys()].sort(), [...expected, ...special].sort());
  });

  it('names every operation once', () => {
    assert.equal(new Set(operations.map((one) => one.title)).size, operations.length);
  });

  for (const one of operations) {
    it(`${one.id} is consistent`, () => {
      assert.ok(one.words.length > 0 && one.words.every((word) => word === word.toLowerCase()));
      assert.match(one.title, /^[A-Z]/);
      assert.match(one.doc, /^[A-Z].*\.$/);
      assert.equal(new Set(one.args.map((spec) => spec.name)).size, one.args.length);
      if (one.risk === 'read') assert.equal(one.impact, 'none');
      if (one.risk === 'read') assert.equal(one.undo, undefined);
      if (one.verb === 'delete') {
        assert.equal(one.risk, 'destroy');
        assert.equal(one.undo, undefined);
        assert.deepEqual(one.becomes, ['gone']);
      }
      for (const spec of one.args) {
        assert.match(spec.doc, /\.$/);
        if (spec.type === 'choice' || spec.type === 'protocol') assert.ok(spec.choices?.length);
        if (spec.type === 'ref') assert.ok(spec.refKind);
      }
      const tool = toolOf(one);
      assert.match(tool.name, /^[a-z0-9_-]{1,64}$/);
      assert.doesNotThrow(() => argumentSchema(one));
    });
  }

  it('undoes only with operations of its own and with arguments they take', () => {
    for (const one of operations) {
      const given = { tags: { env: 'dev' }, keys: ['env'], port: 80 } as const;
      const args = Object.fromEntries(
        Object.entries(given).filter(([name]) => one.args.some((spec) => spec.name === name)),
      );
      const undo = one.undo?.({ before: vm, createdId: 'os:vm/2', args });
      if (!undo) continue;
      requireArguments(operation(undo.operation), undo.args);
      assert.equal(
        operation(undo.operation).risk !== 'destroy' ||
          one.verb === 'create' ||
          one.id === 'snapshot.volume' ||
          one.id === 'run.cronjob' ||
          one.id === 'policy.enable',
        true,
        one.id,
      );
    }
  });
});

describe('undo', () => {
  const cases: readonly [string, Record<string, unknown>, unknown][] = [
    ['stop.vm', {}, { operation: 'start.vm', target: 'os:vm/1', args: {} }],
    ['resize.vm', { flavor: 'M.8' }, { operation: 'resize.vm', target: 'os:vm/1', args: { flavor: 'S.4' } }],
    ['detach.volume', {}, { operation: 'attach.volume', target: 'os:vm/1', args: { to: 'os:vm/9' } }],
    [
      'scale.deployment',
      { replicas: 5 },
      { operation: 'scale.deployment', target: 'os:vm/1', args: { replicas: 2 } },
    ],
    [
      'tag.vm',
      { tags: { env: 'dev' } },
      { operation: 'tag.vm', target: 'os:vm/1', args: { tags: { env: 'prod' } } },
    ],
    ['tag.vm', { tags: { a: 'b' } }, { operation: 'untag.vm', target: 'os:vm/1', args: { keys: ['a'] } }],
    [
      'untag.vm',
      { keys: ['env'] },
      { operation: 'tag.vm', target: 'os:vm/1', args: { tags: { env: 'prod' } } },
    ],
    ['create.vm', { name: 'x' }, { operation: 'delete.vm', target: 'os:vm/2', args: {} }],
    ['resize.volume', { size_gb: 10 }, undefined],
    ['delete.vm', {}, undefined],
  ];
  for (const [id, args, expected] of cases) {
    it(id, () => {
      const undo = operation(id).undo?.({ before: vm, createdId: 'os:vm/2', args: args as never });
      assert.deepEqual(undo, expected);
    });
  }
});

describe('requireArguments', () => {
  const refused: readonly [string, Record<string, unknown>, RegExp][] = [
    ['resize.vm', {}, /"flavor" is missing/],
    ['resize.vm', { flavor: 'M.8', colour: 'red' }, /no argument "colour"/],
    ['scale.deployment', { replicas: -1 }, /"replicas" must be at least 0/],
    ['scale.deployment', { replicas: 1.5 }, /"replicas" must be a whole number/],
    ['open-port.security-group', { port: 70_000 }, /"port" must be at most 65535/],
    ['open-port.security-group', { port: 1, protocol: 'smtp' }, /"protocol" must be one of tcp, udp, icmp/],
    ['create.vm', { name: '--help' }, /"name" may only have letters/],
    ['tag.vm', { tags: {} }, /"tags" needs 1 to 50 tags/],
  ];
  for (const [id, args, message] of refused) {
    it(`refuses ${JSON.stringify(args)} for ${id}`, () => {
      assert.throws(
        () => requireArguments(operation(id), args),
        (error: unknown) =>
          error instanceof ProblemError &&
          error.problem.code === 'bad-input' &&
          message.test(error.problem.message),
      );
    });
  }
  it('takes what has a default as optional', () => {
    assert.deepEqual(requireArguments(operation('assign-ip.vm'), {}), {});
  });
});

describe('stepTitle', () => {
  const cases: readonly [string, string | undefined, Record<string, unknown>, string][] = [
    ['resize.vm', 'web-1', { flavor: 'M.8' }, 'Resize VM web-1 to M.8'],
    ['attach.volume', 'scratch', { to: 'os:vm/db-1' }, 'Attach volume scratch to db-1'],
    [
      'open-port.security-group',
      'web-sg',
      { port: 443, protocol: 'tcp' },
      'Open port of security group web-sg port 443',
    ],
    ['create.vm', undefined, { name: 'dev-box', flavor: 'S.4' }, 'Create VM dev-box (S.4)'],
    ['create.volume', undefined, { name: 'a', size_gb: 50 }, 'Create volume a (50 GB)'],
    ['silence.alert', 'HighCPU', { window_s: 9_000 }, 'Silence alert HighCPU window 2 h 30 min'],
    ['delete.vm', 'a\nb', {}, 'Delete VM a b'],
  ];
  for (const [id, target, args, expected] of cases) {
    it(expected, () => assert.equal(stepTitle(operation(id), target, args as never), expected));
  }
});

describe('what a preview settled', () => {
  const close = operation('close-port.security-group');

  it('is kept beside the arguments of the catalogue, which are checked as always', () => {
    const settled = settleArguments(close, { port: 80 }, { protocol: 'tcp', rule_ids: ['r1', 'r2'] });
    assert.deepEqual(settled, { port: 80, protocol: 'tcp', rule_ids: ['r1', 'r2'] });
    assert.throws(() => settleArguments(close, { port: 80 }, { protocol: 7 }), /protocol/);
  });

  it('does not go into another step that is made of this one', () => {
    assert.deepEqual(knownArguments(close, { port: 80, rule_ids: ['r1'] }), { port: 80 });
  });
});

// Every operation of the sandbox, on something of the estate: what the preview shows is what the write does, it is
// read back, its mark is found, and where the catalogue says it can be undone, the undo brings back what was.

import assert from 'node:assert/strict';
import { catalogue } from '../../../daemon/catalogue/catalogue.ts';
import { machines } from '../../../daemon/executors/sandbox/machines/machines.ts';
import type { Json, Resource } from '../../../shared/model/resource.ts';
import { removeTempFolders, tempFolder } from '../../fakes/tempFolder.ts';
import { type Lab, openLab, prepareTrial } from './lab.ts';

const operations = [...catalogue.keys()].filter((id) => machines[id] !== undefined);

/** What a person compares: not the count of changes, and not what the controllers have yet to bring about. */
function shape(resource: Resource | undefined): unknown {
  if (!resource) return undefined;
  const { revision, images, ready, healthy, ...attributes } = resource.attributes;
  return { status: resource.status, tags: resource.tags, attributes };
}

function fieldOf(resource: Resource, field: string): Json | undefined {
  if (field === 'status') return resource.status;
  return field.startsWith('tags.') ? resource.tags[field.slice(5)] : resource.attributes[field];
}

describe('executors/sandbox operations', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab(tempFolder());
  });
  afterEach(async () => {
    await lab.close();
    removeTempFolders();
  });

  it('are nearly the whole catalogue', () => {
    const changing = [...catalogue.values()].filter(({ risk }) => risk !== 'read');
    const missing = changing.filter(({ id }) => machines[id] === undefined).map(({ id }) => id);
    assert.deepEqual(
      missing.filter((id) => !/\.(alert|anomaly|container|process|unit|range)$|^(policy|action)\./.test(id)),
      [
        // Its snapshots are images, as in a cloud: a machine is rebuilt from one.
        'rollback.vm',
        // Its resizes end by themselves.
        'confirm-resize.vm',
        'revert-resize.vm',
        'apply.cluster',
        'delete.node',
        'drain.host',
        'uncordon.host',
        'suspend.deployment',
        'resume.deployment',
        'create.job',
      ],
    );
    assert.deepEqual([...lab.executor.operations.keys()].sort(), [...operations].sort());
  });

  for (const id of operations)
    it(`${id} does what its preview shows, is read back and is found again`, async () => {
      const { operation, target, args } = await prepareTrial(lab, id);
      if (operation.target !== 'none') assert.ok(target, `nothing to try ${id} on`);
      const step = { ...lab.context(id, undefined, args), target };
      const handler = lab.executor.operations.get(id)!;
      const before = JSON.stringify(lab.control.resources());
      const preview = await handler.preview(step);
      assert.equal(JSON.stringify(lab.control.resources()), before, 'a preview changes nothing');
      assert.deepEqual(
        preview.notes.filter(({ level }) => level === 'blocker'),
        [],
      );
      assert.equal(preview.idle, false);
      assert.equal(preview.checkedBy, 'dry-run');
      const path = target?.id.slice('sandbox:'.length);
      const marked = {
        ...step,
        args: { ...args, ...preview.resolvedArgs },
        mark: 'the-mark',
        permit: undefined as never,
      };
      assert.equal((await handler.reconcile(marked)).found, 'not-done');
      const createdId = await lab.perform(id, path, marked.args, 'the-mark');
      const verified = await handler.verify({ ...marked, outcome: { createdId } });
      assert.equal(verified.verified, true, verified.observed);
      assert.deepEqual(
        {
          found: (await handler.reconcile(marked)).found,
          createdId: (await handler.reconcile(marked)).createdId,
        },
        { found: 'done', createdId },
      );
      const after = lab.control.resource((operation.target === 'none' ? createdId : target?.id) ?? '');
      for (const change of preview.changes) {
        if (['ready', 'healthy'].includes(change.field)) continue;
        if (change.after === 'gone') assert.equal(after, undefined);
        else if (!(change.field === 'status' && after?.attributes.ready !== undefined))
          assert.deepEqual(after && fieldOf(after, change.field), change.after, change.field);
      }
      const writes = lab.control.writes().length;
      assert.equal(await lab.perform(id, path, marked.args, 'the-mark'), createdId);
      assert.equal(lab.control.writes().length, writes, 'the same mark never writes twice');
    });

  for (const id of operations.filter((each) => catalogue.get(each)!.undo !== undefined))
    it(`${id} is taken back by its undo`, async () => {
      const { operation, target, args } = await prepareTrial(lab, id);
      const before = target && lab.control.resource(target.id);
      const done = await lab.run(id, target?.id.slice('sandbox:'.length), args);
      const undo = operation.undo!({ before, createdId: done.createdId, args });
      assert.ok(undo, 'there is an undo');
      const undone = await lab.run(undo.operation, undo.target?.slice('sandbox:'.length), undo.args);
      assert.equal(undone.verified, true, undone.observed);
      if (before && !id.startsWith('snapshot.') && !id.startsWith('drain.'))
        assert.deepEqual(shape(lab.control.resource(before.id)), shape(before));
      if (done.createdId) assert.equal(lab.control.resource(done.createdId), undefined);
    });

  const refusals: readonly (readonly [
    operation: string,
    target: string | undefined,
    args: Record<string, Json>,
    words: RegExp,
  ])[] = [
    ['create.vm', undefined, { name: 'x', flavor: 'XXL' }, /no flavor "XXL".*|XXL/],
    ['create.vm', undefined, { name: 'x', flavor: 'S.1', image: 'beos' }, /no image "beos"/],
    ['create.vm', undefined, { name: 'x', flavor: 'S.1', count: 3 }, /One step makes one VM/],
    ['resize.vm', 'vm/web-1', { flavor: 'XXL' }, /no flavor "XXL"/],
    ['start.vm', 'vm/web-1', {}, /^idle$/],
    ['resume.vm', 'vm/dev-2', {}, /dev-2 is stopped; this needs it suspended or paused/],
    ['resize.volume', 'volume/scratch', { size_gb: 10 }, /cannot be made smaller/],
    ['resize.volume', 'volume/scratch', { size_gb: 20 }, /^idle$/],
    ['attach.volume', 'volume/db-1-data', { to: 'sandbox:vm/web-1' }, /in-use; this needs it available/],
    ['attach.volume', 'volume/scratch', { to: 'sandbox:vm/none' }, /no vm/],
    ['delete.volume', 'volume/db-1-data', {}, /in-use/],
    ['delete.network', 'network/private', {}, /in use by/],
    ['delete.security-group', 'security-group/web', {}, /in use by 5 resources/],
    [
      'create.subnet',
      undefined,
      { name: 's', cidr: '10.0.0.0/24', network: 'dev' },
      /has the range 10.0.0.0\/24 already/,
    ],
    ['assign-ip.vm', 'vm/web-1', { ip: 'any' }, /has 203.0.113.11 already/],
    ['assign-ip.vm', 'vm/dev-1', { ip: '203.0.113.11' }, /belongs to another VM/],
    ['unassign-ip.vm', 'vm/dev-1', {}, /^idle$/],
    ['open-port.security-group', 'security-group/web', { port: 443, protocol: 'tcp' }, /^idle$/],
    ['create.keypair', undefined, { name: 'ops-key' }, /already/],
    ['create.deployment', undefined, { name: 'web', image: 'x', namespace: 'prod' }, /already/],
    ['create.deployment', undefined, { name: 'web', image: 'x', namespace: 'none' }, /no namespace "none"/],
    ['scale.deployment', 'deployment/prod/web', { replicas: 51 }, /between 0 and 50/],
    ['scale.deployment', 'deployment/prod/web', { replicas: 3 }, /^idle$/],
    ['rollback.deployment', 'deployment/prod/web', { to_revision: 9 }, /no earlier revision 9/],
    ['tag.vm', 'vm/web-1', { tags: { env: 'prod' } }, /^idle$/],
  ];
  for (const [id, target, args, words] of refusals)
    it(`${id} ${target ?? ''} ${JSON.stringify(args)} is refused or idle, in preview and write alike`, async () => {
      const before = JSON.stringify(lab.control.resources());
      const preview = await lab.preview(id, target, args);
      const said = preview.idle ? 'idle' : preview.notes.find(({ level }) => level === 'blocker')?.message;
      assert.match(said ?? 'nothing', words);
      if (preview.idle) await lab.perform(id, target, args);
      else
        await assert.rejects(
          lab.perform(id, target, { ...args, ...preview.resolvedArgs }),
          new RegExp(words.source.replace(/^\^|\$$/g, '')),
        );
      assert.equal(JSON.stringify(lab.control.resources()), before);
    });

  it('refuses what is over the quota, names the figures, and writes nothing of it', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `big-${index}`);
    const outcomes: string[] = [];
    for (const name of names) {
      const preview = await lab.preview('create.vm', undefined, { name, flavor: 'S.8' });
      const blocker = preview.notes.find(({ level }) => level === 'blocker')?.message;
      const args = { name, flavor: 'S.8', ...preview.resolvedArgs };
      const written = await lab.perform('create.vm', undefined, args).then(
        () => undefined,
        (error: Error) => error.message,
      );
      assert.equal(written, blocker);
      outcomes.push(written ?? 'made');
    }
    assert.deepEqual(outcomes.slice(0, 4), [
      'made',
      'made',
      'made',
      'The quota of 64 vCPUs does not suffice: 60 are used and this needs 8 more.',
    ]);
    assert.equal(lab.control.resources().filter(({ name }) => name.startsWith('big-')).length, 3);
  });

  it('says what is used afterwards', async () => {
    const { notes } = await lab.preview('create.vm', undefined, { name: 'x', flavor: 'S.4' });
    assert.match(
      notes.map(({ message }) => message).join('\n'),
      /13 of 20 VMs, 40 of 64 vCPUs, 96 of 160 GB of memory/,
    );
  });

  it('says which defaults it chose, and settles them in the arguments', async () => {
    const preview = await lab.preview('create.vm', undefined, {
      name: 'dev-box',
      flavor: 'S.4',
      network: 'dev',
    });
    assert.deepEqual(preview.resolvedArgs, { image: 'ubuntu-24.04', security_groups: ['default'] });
    assert.deepEqual(
      preview.notes.slice(0, 2).map(({ message }) => message),
      ['No image was named: ubuntu-24.04 is taken.', 'No security group was named: default is taken.'],
    );
    assert.equal(
      preview.effect,
      'Create VM dev-box (flavor S.4, network dev, image ubuntu-24.04, security groups default).',
    );
  });

  it('frees what hung on a deleted VM, and says so before', async () => {
    const { notes } = await lab.preview('delete.vm', 'vm/web-1');
    assert.deepEqual(notes, [
      {
        level: 'info',
        message:
          'Also changed or made: volume web-1-logs, floating-ip 203.0.113.11, load-balancer shop-front.',
      },
    ]);
    await lab.run('delete.vm', 'vm/web-1');
    assert.equal(lab.get('volume/web-1-logs')?.status, 'available');
    assert.equal(lab.get('volume/web-1-logs')?.attributes.attached_to, undefined);
    assert.equal(lab.get('floating-ip/203.0.113.11')?.status, 'available');
    assert.deepEqual(lab.get('load-balancer/shop-front')?.attributes.members, [
      'sandbox:vm/web-2',
      'sandbox:vm/web-3',
    ]);
  });

  it('never gives an id twice, also for the same name', async () => {
    const first = await lab.run('create.vm', undefined, { name: 'twin', flavor: 'S.1' });
    const second = await lab.run('create.vm', undefined, { name: 'twin', flavor: 'S.1' });
    await lab.run('delete.vm', first.createdId!.slice('sandbox:'.length));
    const third = await lab.run('create.vm', undefined, { name: 'twin', flavor: 'S.1' });
    assert.equal(new Set([first.createdId, second.createdId, third.createdId]).size, 3);
  });
});

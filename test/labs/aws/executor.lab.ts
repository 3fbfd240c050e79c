// The AWS executor against moto: the operations it offers on machines, disks and networks, carried through and read
// back, and what discovery sees of them. What moto does otherwise than AWS is put right by the front before it.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Executor } from '../../../daemon/executors/contract.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { type AwsHome, keys, makeAwsHome } from '../../executors/aws/home.ts';
import { blockers, nextMark, performOnly, previewStep, readKind } from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import { type Front, startFront } from './awsFront.ts';
import type { Moto } from './moto.ts';
import { runSettled } from './runSettled.ts';

/** A public key that is nobody's: 32 zero bytes in the form of RFC 8709. */
const publicKey = `ssh-ed25519 ${Buffer.concat([Buffer.from('0000000b7373682d6564323535313900000020', 'hex'), Buffer.alloc(32)]).toString('base64')} aws-lab`;

describe('the AWS executor on moto', function () {
  this.timeout(120_000);
  let moto: Moto;
  let front: Front;
  let home: AwsHome;
  let aws: Executor;

  before(async function () {
    const lab = await requireLab('aws', this);
    moto = await lab.start();
    front = await startFront(moto.endpoint);
    home = await makeAwsHome(
      `[profile dev]\nregion = eu-central-1\nendpoint_url = ${front.endpoint}\n${keys('AKIALAB')}` +
        `[profile ops]\nregion = us-east-1\nendpoint_url = ${front.endpoint}\nrole_arn = arn:aws:iam::222222222222:role/ops\nsource_profile = dev\n`,
    );
    await mkdir(join(home.folder, '.ssh'));
    await writeFile(join(home.folder, '.ssh', 'id_ed25519.pub'), `${publicKey}\n`);
    aws = await home.open('dev', { cloudPollFirstMs: 150, cloudPollMs: 500 });
  });
  after(async () => {
    await home?.dispose();
    await front?.dispose();
    await moto?.dispose();
  });

  const step = (operation: string, target: Resource, args: object = {}) =>
    runSettled(aws, { operation, target, args: args as Record<string, string> });
  const make = async (operation: string, args: object): Promise<Resource> =>
    (await runSettled(aws, { operation, args: args as Record<string, string> })).verification.resource!;
  const makeVm = (name: string, args: object = {}) =>
    make('create.vm', { name, flavor: 't3.micro', ...args });
  const edgesOf = async (source: string, from: string) => {
    const found = aws.sources.find((one) => one.name === source)!;
    const batch = await found.read({ signal: AbortSignal.timeout(30_000) });
    return batch.relations
      .filter((edge) => edge.from === from)
      .map((edge) => `${edge.type} ${edge.to.split(':')[1]}`);
  };

  it('knows who it acts as, and takes a role in another account', async () => {
    const signal = AbortSignal.timeout(30_000);
    const own = await aws.identity(signal);
    assert.equal(own.project, '123456789012');
    assert.equal(own.region, 'eu-central-1');
    const ops = await (await home.open('ops')).identity(signal);
    assert.equal(ops.project, '222222222222');
    assert.deepEqual(ops.roles, ['ops']);
    assert.equal(ops.region, 'us-east-1');
  });

  describe('the life of an instance', () => {
    let vm: Resource;

    it('is created from a type alone, showing what was chosen, by way of a dry run', async () => {
      const made = await runSettled(aws, {
        operation: 'create.vm',
        args: { name: 'web-1', flavor: 't3.micro' },
      });
      vm = made.verification.resource!;
      assert.equal(made.preview.checkedBy, 'dry-run');
      const after = Object.fromEntries(
        made.preview.changes.map((change) => [change.field, String(change.after)]),
      );
      assert.match(after.image!, /al2023-ami-2023\.7.*x86_64/);
      assert.equal(after.network, 'default');
      assert.match(after.subnet!, /in eu-central-1a/);
      assert.ok(made.preview.notes.some((note) => /^Chosen by Pilothouse: image/.test(note.message)));
      assert.ok(
        made.preview.notes.some((note) =>
          /costs 0\.012 USD an hour by the price list, some 9 USD/.test(note.message),
        ),
      );
      assert.equal(vm.status, 'running');
      assert.equal(vm.attributes.vcpus, 2);
      assert.equal(vm.attributes.ram_gb, 1);
      assert.equal(vm.tags['pilothouse-mark'], undefined, 'the mark is no tag');
    });

    it('takes the image of its maker, never that of somebody with the same name', async () => {
      const preview = await previewStep(aws, {
        operation: 'create.vm',
        args: { name: 'x', flavor: 't3.micro', image: 'ubuntu-22.04' },
      });
      assert.match(String(preview.resolvedArgs?.image), /ami-0a1b2c3d4e5f60004$/);
    });

    it('is made once, however often it is asked for with one mark', async () => {
      const mark = nextMark();
      const args = { name: 'once', flavor: 't3.micro' };
      const first = await performOnly(aws, { operation: 'create.vm', args }, mark);
      const second = await performOnly(aws, { operation: 'create.vm', args }, mark);
      assert.equal(second.createdId, first.createdId);
      const same = (await readKind(aws, 'vm')).filter((one) => one.name === 'once');
      assert.equal(same.length, 1);
      await step('delete.vm', same[0]!);
    });

    it('says what it will not make', async () => {
      const blocked = async (args: object) =>
        blockers(
          await previewStep(aws, { operation: 'create.vm', args: args as Record<string, string> }),
        ).join(' ');
      assert.match(await blocked({ name: 'x' }), /No instance type/);
      assert.match(await blocked({ name: 'x', flavor: 'huge.one' }), /no instance type huge\.one/);
      assert.match(
        await blocked({ name: 'x', flavor: 't3.micro', image: 'nonesuch' }),
        /no image named nonesuch/,
      );
      assert.match(
        await blocked({ name: 'x', flavor: 't3.micro', network: 'nowhere' }),
        /no VPC named nowhere/,
      );
      assert.match(
        await blocked({ name: 'x', flavor: 't4g.micro', image: 'ami-0a1b2c3d4e5f60002' }),
        /made for x86_64, and the instance type is arm64/,
      );
    });

    it('is seen with what it hangs on', async () => {
      const edges = (await edgesOf('instances', vm.id)).join(', ');
      for (const type of [
        'IN_NETWORK network/vpc-',
        'IN_SUBNET subnet/',
        'HAS_FLAVOR flavor/t3.micro',
        'CREATED_FROM image/ami-',
      ])
        assert.ok(edges.includes(type), `${type} in ${edges}`);
    });

    it('stops and starts, each read back only when it is there', async () => {
      const stopped = await step('stop.vm', vm);
      assert.equal(stopped.preview.checkedBy, 'dry-run');
      assert.equal(stopped.verification.resource?.status, 'stopped');
      assert.equal((await previewStep(aws, { operation: 'stop.vm', target: vm })).idle, true);
      const reboot = await previewStep(aws, { operation: 'reboot.vm', target: vm });
      assert.match(blockers(reboot)[0]!, /is stopped/);
      assert.equal((await step('start.vm', vm)).verification.resource?.status, 'running');
      assert.equal((await step('reboot.vm', vm)).verification.resource?.status, 'running');
    });

    it('is resized with the stop it needs said, and runs again', async () => {
      const now = (await readKind(aws, 'vm')).find((one) => one.id === vm.id)!;
      const resized = await step('resize.vm', now, { flavor: 't3.small' });
      assert.match(resized.preview.effect, /Stops web-1, makes it a t3\.small, and starts it again/);
      assert.equal(resized.verification.resource?.status, 'running');
      assert.equal(resized.verification.resource?.attributes.flavor, 't3.small');
      const other = await previewStep(aws, {
        operation: 'resize.vm',
        target: now,
        args: { flavor: 't4g.small' },
      });
      assert.match(blockers(other)[0]!, /made for x86_64/);
    });

    it('is tagged and untagged, others’ tags untouched', async () => {
      const tagged = await step('tag.vm', vm, { tags: { team: 'ops', env: 'dev' } });
      assert.equal(tagged.verification.resource?.tags.team, 'ops');
      const less = await step('untag.vm', tagged.verification.resource!, { keys: ['team'] });
      assert.deepEqual(less.verification.resource?.tags, { Name: 'web-1', env: 'dev' });
      const own = await previewStep(aws, {
        operation: 'tag.vm',
        target: vm,
        args: { tags: { 'aws:x': '1' } },
      });
      assert.match(blockers(own)[0]!, /belong to AWS/);
    });

    it('gets an elastic IP and loses it', async () => {
      const assigned = await step('assign-ip.vm', vm, { ip: 'any' });
      assert.match(assigned.preview.effect, /Allocates a new elastic IP/);
      const [address] = await readKind(aws, 'floating-ip');
      assert.equal(address?.attributes.attached_to, vm.id);
      assert.deepEqual(await edgesOf('elastic IPs', address!.id), [`ATTACHED_TO ${vm.id.split(':')[1]}`]);
      const inUse = await previewStep(aws, { operation: 'delete.floating-ip', target: address });
      assert.match(blockers(inUse)[0]!, /in use/);
      await step('unassign-ip.vm', vm);
      await step('delete.floating-ip', address!);
      assert.equal((await readKind(aws, 'floating-ip')).length, 0);
    });

    it('becomes an image, which is found again and deregistered', async () => {
      const made = await step('snapshot.vm', vm, { name: 'web-1-image' });
      assert.match(made.createdId!, /:image\/ami-/);
      const image = (await readKind(aws, 'image')).find((one) => one.id === made.createdId)!;
      assert.equal(image.name, 'web-1-image');
      const twice = await previewStep(aws, {
        operation: 'snapshot.vm',
        target: vm,
        args: { name: 'web-1-image' },
      });
      assert.match(blockers(twice)[0]!, /there already/);
      await step('delete.image', image);
    });

    it('is not deleted while it is protected, and is when it is not', async () => {
      await step('lock.vm', vm);
      const held = await previewStep(aws, { operation: 'delete.vm', target: vm });
      assert.match(blockers(held)[0]!, /protected against termination/);
      await step('unlock.vm', vm);
      const gone = await step('delete.vm', vm);
      assert.equal(gone.verification.gone, true);
      assert.ok(
        gone.preview.notes.some((note) =>
          /Deleted with it: vol-\w+, with all data on it\.$/.test(note.message),
        ),
      );
      assert.ok(!(await readKind(aws, 'vm')).some((one) => one.id === vm.id), 'discovery sees its end');
    });
  });

  describe('volumes and snapshots', () => {
    let vm: Resource;
    let volume: Resource;
    before(async () => {
      vm = await makeVm('db-1');
      volume = await make('create.volume', { name: 'data', size_gb: 10 });
    });
    after(() => step('delete.vm', vm));

    it('is made in the zone where instances are made', () => {
      assert.equal(volume.zone, vm.zone);
      assert.equal(volume.attributes.type, 'gp3');
    });

    it('attaches under a name that is free, refuses a second place and another zone', async () => {
      const attached = await step('attach.volume', volume, { to: vm.id });
      assert.equal(attached.verification.resource?.attributes.attached_to, vm.id);
      assert.equal(attached.verification.resource?.attributes.device, '/dev/sdf');
      assert.ok((await edgesOf('volumes', volume.id)).includes(`ATTACHED_TO ${vm.id.split(':')[1]}`));
      const held = await previewStep(aws, { operation: 'delete.volume', target: volume });
      assert.match(blockers(held)[0]!, /in-use/);
      const away = await make('create.volume', { name: 'away', size_gb: 1, region: 'eu-central-1b' });
      const far = await previewStep(aws, { operation: 'attach.volume', target: away, args: { to: vm.id } });
      assert.match(blockers(far)[0]!, /only within a zone/);
      await step('delete.volume', away);
    });

    it('does not let the disk go that an instance boots from', async () => {
      const root = (await readKind(aws, 'volume')).find(
        (one) => one.attributes.attached_to === vm.id && one.id !== volume.id,
      )!;
      const preview = await previewStep(aws, { operation: 'detach.volume', target: root });
      assert.match(blockers(preview)[0]!, /boots from/);
    });

    it('grows, never shrinks', async () => {
      const larger = await step('resize.volume', volume, { size_gb: 20 });
      assert.equal(larger.verification.resource?.attributes.size_gb, 20);
      const smaller = await previewStep(aws, {
        operation: 'resize.volume',
        target: volume,
        args: { size_gb: 5 },
      });
      assert.match(blockers(smaller).join(' '), /no volume smaller/);
    });

    it('is snapshot, detached and deleted, and the snapshot too', async () => {
      const made = await step('snapshot.volume', volume);
      const snapshot = made.verification.resource!;
      assert.match(snapshot.name, /^data-snap-\d{8}-\d{4}$/);
      assert.equal(snapshot.attributes.source, volume.id);
      await step('detach.volume', volume);
      await step('delete.volume', volume);
      await step('delete.snapshot', snapshot);
    });
  });

  describe('networks', () => {
    it('makes a VPC in a free range, a subnet in it, and takes both away in order', async () => {
      const network = await make('create.network', { name: 'lab-net' });
      assert.equal(network.attributes.cidr, '10.0.0.0/16');
      const outside = await previewStep(aws, {
        operation: 'create.subnet',
        args: { name: 's', cidr: '192.168.0.0/24', network: 'lab-net' },
      });
      assert.match(blockers(outside)[0]!, /not inside the range/);
      const subnet = await make('create.subnet', { name: 'lab-a', cidr: '10.0.1.0/24', network: 'lab-net' });
      assert.deepEqual(await edgesOf('subnets', subnet.id), [`IN_NETWORK ${network.id.split(':')[1]}`]);
      const held = await previewStep(aws, { operation: 'delete.network', target: network });
      assert.match(blockers(held)[0]!, /has subnets: lab-a/);
      await step('delete.subnet', subnet);
      await step('delete.network', network);
    });

    it('opens and closes ports, exactly as asked', async () => {
      const group = await make('create.security-group', { name: 'web' });
      const opened = await step('open-port.security-group', group, { port: 443 });
      assert.ok(opened.preview.notes.some((note) => /whole internet/.test(note.message)));
      assert.deepEqual(opened.verification.resource?.attributes.rules, ['tcp/443 from 0.0.0.0/0']);
      await step('open-port.security-group', group, { port: 443, cidr: '10.0.0.0/8' });
      const both = await previewStep(aws, {
        operation: 'close-port.security-group',
        target: group,
        args: { port: 443 },
      });
      assert.match(blockers(both)[0]!, /open from 2 ranges/);
      const closed = await step('close-port.security-group', group, { port: 443, cidr: '0.0.0.0/0' });
      assert.deepEqual(closed.verification.resource?.attributes.rules, ['tcp/443 from 10.0.0.0/8']);
      const vm = await makeVm('guarded', { security_groups: ['web'] });
      assert.deepEqual(vm.attributes.security_groups, ['web']);
      const edges = await edgesOf('instances', vm.id);
      assert.ok(edges.includes(`PROTECTED_BY ${group.id.split(':')[1]}`), edges.join(', '));
      const held = await previewStep(aws, { operation: 'delete.security-group', target: group });
      assert.match(blockers(held)[0]!, /protects: guarded/);
      await step('delete.vm', vm);
      await step('delete.security-group', group);
    });

    it('uploads the public key of the person, and deletes the key pair', async () => {
      const key = await make('create.keypair', { name: 'ada' });
      assert.equal(key.status, 'available');
      const vm = await makeVm('keyed');
      assert.equal(vm.attributes.keypair, 'ada', 'the only key pair is chosen');
      await step('delete.vm', vm);
      await step('delete.keypair', key);
    });

    it('allocates and releases an elastic IP', async () => {
      const address = await make('create.floating-ip', {});
      assert.equal(address.status, 'available');
      await step('delete.floating-ip', address);
    });
  });

  it('shows the account with what may be asked of it', async () => {
    const [account] = await readKind(aws, 'project');
    assert.equal(account?.name, '123456789012');
    assert.equal(account?.attributes.requests_per_second_max, 20);
  });

  it('reads the console of an instance', async () => {
    const vm = await makeVm('speaker');
    const log = await aws.readers.logs!({ resource: vm, lines: 5, signal: AbortSignal.timeout(10_000) });
    assert.ok(log.text.length > 0);
    await step('delete.vm', vm);
  });
});

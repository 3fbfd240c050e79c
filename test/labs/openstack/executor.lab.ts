// The OpenStack executor against a real OpenStack: every operation it offers, carried through and read back, what
// discovery sees of it, and what a person is told when a cloud says no. Works in a project of its own.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Executor } from '../../../daemon/executors/contract.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import {
  blockers,
  contextOf,
  type Home,
  handlerOf,
  makeHome,
  nextMark,
  performOnly,
  previewStep,
  problemFrom,
  readKind,
  runStep,
} from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import type { OpenstackLab } from './openstackLab.ts';
import { openProject, type ScratchProject } from './resetProject.ts';
import { startTlsFront, type TlsFront } from './tlsProxy.ts';

const prefix = `osx${process.pid}`;
const publicKey = `ssh-ed25519 ${sshKeyBlob().toString('base64')} osx`;

/** Public half of a new key in the form of OpenSSH (RFC 4253, section 6.6, and RFC 8709). */
function sshKeyBlob(): Buffer {
  const raw = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const field = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return Buffer.concat([field(Buffer.from('ssh-ed25519')), field(raw)]);
}

describe('the OpenStack executor on a real OpenStack', function () {
  this.timeout(180_000);
  let lab: OpenstackLab;
  let project: ScratchProject;
  let front: TlsFront;
  let home: Home;
  let executor: Executor;

  before(async function () {
    lab = await requireLab('openstack', this);
    project = await openProject(lab, prefix);
    front = await startTlsFront(lab);
    home = await makeHome(cloudsYaml());
    await mkdir(join(home.folder, '.ssh'));
    await writeFile(join(home.folder, '.ssh', 'id_ed25519.pub'), `${publicKey}\n`);
    executor = await home.open('scratch');
  });

  after(async function () {
    this.timeout(180_000);
    await home?.dispose();
    await front?.dispose();
    await project?.dispose();
  });

  afterEach(() => front?.setFault(undefined));

  function cloudsYaml(): string {
    const login = (password: string) =>
      `username: ${project.user}, password: ${password}, project_name: ${project.project}, user_domain_id: default, project_domain_id: default`;
    const cloud = (name: string, authUrl: string, password: string, more = '') =>
      `  ${name}:\n    auth: {auth_url: "${authUrl}", ${login(password)}}\n${more}`;
    const region = '    region_name: RegionOne\n';
    return [
      'clouds:\n',
      cloud('scratch', lab.authUrl, project.password, region),
      cloud('front', front.authUrl, project.password, `${region}    cacert: ${front.caFile}\n`),
      cloud('untrusted', front.authUrl, project.password, region),
      cloud('insecure', front.authUrl, project.password, `${region}    verify: false\n`),
      cloud('wrong-password', lab.authUrl, 'sesame-1234', region),
      cloud('wrong-region', lab.authUrl, project.password, '    region_name: Atlantis\n'),
      cloud(
        'no-internal',
        lab.authUrl,
        project.password,
        '    region_name: RegionOne\n    interface: internal\n',
      ),
      cloud('not-keystone', lab.origins.network, project.password, region),
      cloud('unreachable', 'http://127.0.0.1:9/v3', project.password, region),
      `  admin:\n    auth: {auth_url: "${lab.authUrl}", username: admin, password: ${lab.passwords.admin}, project_name: admin, user_domain_id: default, project_domain_id: default}\n${region}`,
    ].join('');
  }

  const signal = () => AbortSignal.timeout(60_000);

  async function makeVm(name: string, args: Record<string, string> = {}): Promise<Resource> {
    const flavor = args.flavor ?? 'm1.tiny';
    const made = await runStep(executor, {
      operation: 'create.vm',
      args: { name, flavor, image: 'cirros', ...args },
    });
    return made.verification.resource!;
  }

  async function deleteVm(vm: Resource): Promise<void> {
    await runStep(executor, { operation: 'delete.vm', target: vm });
  }

  async function step(operation: string, target: Resource, args: Record<string, never> | object = {}) {
    return runStep(executor, { operation, target, args: args as Record<string, string> });
  }

  it('knows who it acts as', async () => {
    const identity = await executor.identity(signal());
    assert.equal(identity.user, project.user);
    assert.equal(identity.project, project.project);
    assert.deepEqual(identity.roles?.includes('member'), true);
  });

  describe('the main job', () => {
    let vm: Resource;

    it('creates an S.4 VM named dev-box from nothing else, showing what it chose', async () => {
      const made = await runStep(executor, {
        operation: 'create.vm',
        args: { name: 'dev-box', flavor: 'S.4' },
      });
      vm = made.verification.resource!;
      const after = Object.fromEntries(made.preview.changes.map((change) => [change.field, change.after]));
      assert.equal(after.flavor, 'S.4');
      assert.equal(after.image, 'ubuntu-22.04');
      assert.equal(after.network, 'private');
      const chosen = made.preview.notes.filter((note) => /^Chosen by Pilothouse/.test(note.message));
      assert.ok(chosen.some((note) => note.level === 'warning' && /ubuntu-22\.04/.test(note.message)));
      assert.ok(chosen.some((note) => /private/.test(note.message)));
      assert.equal(vm.status, 'running');
      assert.equal(vm.attributes.flavor, 'S.4');
      assert.equal(vm.attributes.image, 'ubuntu-22.04');
      assert.equal(vm.attributes.vcpus, 4);
      assert.deepEqual(vm.tags, {}, 'the mark is no tag');
    });

    it('is found once by its mark, however often it is asked for', async () => {
      const mark = nextMark();
      const args = { name: `${prefix}-once`, flavor: 'm1.tiny', image: 'cirros', network: 'private' };
      const first = await performOnly(executor, { operation: 'create.vm', args }, mark);
      const second = await performOnly(executor, { operation: 'create.vm', args }, mark);
      assert.equal(second.createdId, first.createdId);
      const same = (await readKind(executor, 'vm')).filter((one) => one.name === args.name);
      assert.equal(same.length, 1);
      await deleteVm(same[0]!);
    });

    it('warns of a second one of the same name', async () => {
      const preview = await previewStep(executor, {
        operation: 'create.vm',
        args: { name: 'dev-box', flavor: 'S.1' },
      });
      assert.ok(preview.notes.some((note) => /already/.test(note.message)));
    });

    it('is seen by discovery with its edges, and its end by the changes since', async () => {
      const source = executor.sources.find((one) => one.name === 'servers')!;
      const full = await source.read({ signal: signal() });
      assert.equal(full.mode, 'full');
      const seen = full.resources.find((one) => one.id === vm.id)!;
      assert.equal(seen.status, 'running');
      const edges = full.relations.filter((edge) => edge.from === vm.id).map((edge) => edge.type);
      for (const type of ['HAS_FLAVOR', 'CREATED_FROM', 'IN_NETWORK'] as const)
        assert.ok(edges.includes(type), type);
      await deleteVm(vm);
      const changes = await source.read({ cursor: full.cursor, signal: signal() });
      assert.equal(changes.mode, 'changes');
      assert.ok(changes.removed.includes(vm.id));
      assert.ok(!changes.resources.some((one) => one.id === vm.id));
    });
  });

  it('tells once what was done to a server and by whom, its end too', async () => {
    const vm = await makeVm(`${prefix}-told`, { flavor: 'S.1' });
    const log = executor.activityLog!;
    let cursor: string | undefined;
    const look = async (servers: readonly Resource[]) => {
      const before = cursor === undefined ? {} : { cursor };
      const read = await log.read({ resources: servers, sinceMs: 0, ...before, signal: signal() });
      cursor = read.cursor;
      assert.ok(read.activities.every(({ principal }) => /^[0-9a-f]{32}$/.test(principal)));
      return read.activities.map(({ verb, does, outcome, target }) => [verb, does, outcome, target]);
    };
    const present = async () => (await readKind(executor, 'vm')).filter(({ id }) => id === vm.id);
    assert.deepEqual(await look(await present()), [['create', 'change', 'done', vm.id]]);
    assert.deepEqual(await look(await present()), []);
    await step('stop.vm', vm);
    assert.deepEqual(await look(await present()), [['stop', 'change', 'done', vm.id]]);
    await deleteVm(vm);
    assert.deepEqual(await look([]), [['delete', 'destroy', 'done', vm.id]]);
    assert.deepEqual(await look([]), []);
  });

  describe('the life of a server', () => {
    let vm: Resource;
    before(async () => {
      vm = await makeVm(`${prefix}-life`, { flavor: 'S.1' });
    });
    after(() => deleteVm(vm));

    it('stops, and has nothing to do when it is stopped', async () => {
      assert.equal((await step('stop.vm', vm)).verification.resource?.status, 'stopped');
      assert.equal((await previewStep(executor, { operation: 'stop.vm', target: vm })).idle, true);
    });

    it('refuses to suspend what is stopped', async () => {
      const preview = await previewStep(executor, { operation: 'suspend.vm', target: vm });
      assert.match(blockers(preview)[0]!, /is stopped/);
    });

    it('starts, reboots, suspends and resumes', async () => {
      assert.equal((await step('start.vm', vm)).verification.resource?.status, 'running');
      assert.equal((await step('reboot.vm', vm)).verification.resource?.status, 'running');
      assert.equal((await step('reboot.vm', vm, { hard: true })).verification.resource?.status, 'running');
      assert.equal((await step('suspend.vm', vm)).verification.resource?.status, 'suspended');
      assert.equal((await step('resume.vm', vm)).verification.resource?.status, 'running');
    });

    it('finds a reboot again in what Nova did', async () => {
      const fresh = await handlerOf(executor, 'reboot.vm').refresh(
        contextOf({ operation: 'reboot.vm', target: vm }),
      );
      await sleep(1_100);
      await performOnly(executor, { operation: 'reboot.vm', target: fresh });
      const context = { ...contextOf({ operation: 'reboot.vm', target: fresh }), mark: nextMark() };
      assert.equal((await handlerOf(executor, 'reboot.vm').reconcile(context)).found, 'done');
      await handlerOf(executor, 'reboot.vm').verify({ ...context, outcome: {} });
    });

    it('resizes and confirms, and says what cannot be', async () => {
      const made = await step('resize.vm', vm, { flavor: 'S.2' });
      assert.equal(made.verification.resource?.status, 'running');
      assert.equal(made.verification.resource?.attributes.flavor, 'S.2');
      const same = await previewStep(executor, {
        operation: 'resize.vm',
        target: vm,
        args: { flavor: 'S.2' },
      });
      assert.equal(same.idle, true);
      const shrink = await previewStep(executor, {
        operation: 'resize.vm',
        target: vm,
        args: { flavor: 'm1.tiny' },
      });
      assert.match(blockers(shrink)[0]!, /cannot shrink/);
      const unknown = await previewStep(executor, {
        operation: 'resize.vm',
        target: vm,
        args: { flavor: 'XXL' },
      });
      assert.match(blockers(unknown)[0]!, /no flavor named XXL/);
    });

    it('ends a resize that somebody else began, either way', async () => {
      const server = `/servers/${vm.id.split('/').at(-1)}`;
      const tryFlavor = async (name: string) => {
        type Flavors = { readonly flavors: readonly { readonly id: string; readonly name: string }[] };
        const { flavors } = await project.session.require<Flavors>('compute', 'GET', '/flavors');
        const flavorRef = flavors.find((flavor) => flavor.name === name)!.id;
        await project.session.require('compute', 'POST', `${server}/action`, { resize: { flavorRef } });
        while ((await seen()).status !== 'verify-resize') await sleep(500);
        return seen();
      };
      const seen = async () => {
        const context = contextOf({ operation: 'confirm-resize.vm', target: vm });
        return (await handlerOf(executor, 'confirm-resize.vm').refresh(context))!;
      };
      const before = (await seen()).attributes.flavor;
      const taken = await step('revert-resize.vm', await tryFlavor('S.4'));
      assert.equal(taken.verification.resource?.attributes.flavor, before);
      assert.ok(taken.preview.notes.some((note) => /since the resize is lost/.test(note.message)));
      const kept = await step('confirm-resize.vm', await tryFlavor('S.4'));
      assert.equal(kept.verification.resource?.attributes.flavor, 'S.4');
      const target = await seen();
      const late = await previewStep(executor, { operation: 'revert-resize.vm', target });
      assert.match(blockers(late)[0]!, /no resize of it waits/);
      assert.equal((await previewStep(executor, { operation: 'confirm-resize.vm', target })).idle, true);
    });

    it('tags and untags by metadata, leaving other tags', async () => {
      await step('tag.vm', vm, { tags: { env: 'dev', team: 'blue' } });
      const tagged = await step('tag.vm', vm, { tags: { env: 'test' } });
      assert.deepEqual(tagged.verification.resource?.tags, { env: 'test', team: 'blue' });
      const untagged = await step('untag.vm', vm, { keys: ['env'] });
      assert.deepEqual(untagged.verification.resource?.tags, { team: 'blue' });
      const idle = await previewStep(executor, {
        operation: 'untag.vm',
        target: vm,
        args: { keys: ['env'] },
      });
      assert.equal(idle.idle, true);
    });

    it('reads the console', async () => {
      const log = await executor.readers.logs!({ resource: vm, lines: 5, signal: signal() });
      assert.match(log.text, /FAKE CONSOLE/i);
    });

    it('allocates an address where none is free, takes it away, and takes the free one the next time', async () => {
      const first = await step('assign-ip.vm', vm, { ip: 'any' });
      assert.ok(first.preview.notes.some((note) => /No floating address is free/.test(note.message)));
      const [address] = await readKind(executor, 'floating-ip');
      assert.equal(address?.attributes.attached_to, vm.id);
      const again = await previewStep(executor, {
        operation: 'assign-ip.vm',
        target: vm,
        args: { ip: 'any' },
      });
      assert.equal(again.idle, true);
      await step('unassign-ip.vm', vm);
      const second = await step('assign-ip.vm', vm, { ip: address!.name });
      assert.equal(second.preview.changes[0]?.after, address!.name);
      assert.equal((await readKind(executor, 'floating-ip')).length, 1);
      await step('unassign-ip.vm', vm, { ip: address!.name });
      await step('delete.floating-ip', (await readKind(executor, 'floating-ip'))[0]!);
    });

    it('makes a snapshot and a server from it', async () => {
      const made = await step('snapshot.vm', vm, { name: `${prefix}-snap` });
      const [snapshot] = await readKind(executor, 'snapshot');
      assert.equal(snapshot?.id, made.createdId);
      assert.equal(snapshot?.attributes.source, vm.id);
      assert.ok(!(await readKind(executor, 'image')).some((image) => image.name === `${prefix}-snap`));
      await deleteVm(await makeVm(`${prefix}-copy`, { image: snapshot!.id, flavor: 'S.2' }));
      await step('delete.snapshot', snapshot!);
    });

    it('locks, is blocked by the lock for a delete too, and unlocks', async () => {
      const locked = await step('lock.vm', vm);
      assert.equal(locked.verification.resource?.attributes.locked, true);
      assert.equal((await previewStep(executor, { operation: 'lock.vm', target: vm })).idle, true);
      for (const operation of ['stop.vm', 'delete.vm', 'reboot.vm', 'rebuild.vm'])
        assert.match(blockers(await previewStep(executor, { operation, target: vm }))[0]!, /locked/);
      const refused = await problemFrom(performOnly(executor, { operation: 'delete.vm', target: vm }));
      assert.match(refused.code, /^cloud-conflict$|^world-moved$/);
      assert.equal((await step('unlock.vm', vm)).verification.resource?.attributes.locked, false);
      assert.equal((await previewStep(executor, { operation: 'unlock.vm', target: vm })).idle, true);
    });

    it('rebuilds from another image and from its own, once a mark, keeping its tags', async () => {
      await step('tag.vm', vm, { tags: { keep: 'me' } });
      const made = await step('rebuild.vm', vm, { image: 'ubuntu-22.04' });
      assert.equal(made.verification.resource?.status, 'running');
      assert.equal(made.verification.resource?.attributes.image, 'ubuntu-22.04');
      assert.equal(made.verification.resource?.tags.keep, 'me');
      assert.ok(
        made.preview.notes.some((note) => note.level === 'warning' && /data .* lost/.test(note.message)),
      );
      const again = await performOnly(executor, { operation: 'rebuild.vm', target: vm }, made.mark);
      assert.deepEqual(again, {});
      const rebuilds = async () => {
        const path = `/servers/${vm.id.split('/').at(-1)}/os-instance-actions`;
        const { body } = await project.session.request('compute', 'GET', path);
        const { instanceActions } = body as { instanceActions: { action: string }[] };
        return instanceActions.filter(({ action }) => action === 'rebuild').length;
      };
      assert.equal(await rebuilds(), 1, 'the same mark is never sent twice');
      const own = await step('rebuild.vm', vm);
      assert.equal(own.verification.resource?.attributes.image, 'ubuntu-22.04');
      assert.equal(await rebuilds(), 2);
      const unknown = await previewStep(executor, {
        operation: 'rebuild.vm',
        target: vm,
        args: { image: 'beos' },
      });
      assert.match(blockers(unknown)[0]!, /no image named beos/);
    });

    it('tells a conflict: starting what runs', async () => {
      const problem = await problemFrom(
        performOnly(executor, { operation: 'suspend.vm', target: { ...vm, status: 'running' } }).then(() =>
          performOnly(executor, { operation: 'stop.vm', target: vm }),
        ),
      );
      assert.ok(['world-moved', 'cloud-conflict'].includes(problem.code), problem.message);
      await runStep(executor, { operation: 'resume.vm', target: vm }).catch(() => undefined);
    });
  });

  describe('volumes', () => {
    let volume: Resource;
    let vm: Resource;
    before(async () => {
      vm = await makeVm(`${prefix}-vol`);
      volume = (
        await runStep(executor, { operation: 'create.volume', args: { name: `${prefix}-v`, size_gb: 2 } })
      ).verification.resource!;
    });
    after(async () => {
      await deleteVm(vm);
    });

    it('extends, and does not shrink', async () => {
      const larger = await step('resize.volume', volume, { size_gb: 3 });
      assert.equal(larger.verification.resource?.attributes.size_gb, 3);
      const shrink = await previewStep(executor, {
        operation: 'resize.volume',
        target: volume,
        args: { size_gb: 1 },
      });
      assert.match(blockers(shrink)[0]!, /cannot shrink/);
    });

    it('attaches, is not deleted while attached, and detaches', async () => {
      const attached = await step('attach.volume', volume, { to: vm.id });
      assert.equal(attached.verification.resource?.attributes.attached_to, vm.id);
      const blocked = await previewStep(executor, { operation: 'delete.volume', target: volume });
      assert.match(blockers(blocked)[0]!, /in-use/);
      const deletion = await previewStep(executor, { operation: 'delete.vm', target: vm });
      assert.ok(deletion.notes.some((note) => note.message.includes(`${volume.name} stays`)));
      await step('detach.volume', volume);
      assert.equal((await previewStep(executor, { operation: 'detach.volume', target: volume })).idle, true);
    });

    it('snapshots, and is not deleted while a snapshot is there', async () => {
      const made = await step('snapshot.volume', volume);
      const blocked = await previewStep(executor, { operation: 'delete.volume', target: volume });
      assert.match(blockers(blocked)[0]!, /1 snapshots/);
      await step('tag.snapshot', made.verification.resource!, { tags: { keep: 'no' } });
      await step('delete.snapshot', made.verification.resource!);
    });

    it('tags and deletes', async () => {
      const tagged = await step('tag.volume', volume, { tags: { tier: 'cold' } });
      assert.deepEqual(tagged.verification.resource?.tags, { tier: 'cold' });
      await step('untag.volume', volume, { keys: ['tier'] });
      const gone = await step('delete.volume', volume);
      assert.equal(gone.verification.gone, true);
      assert.equal((await previewStep(executor, { operation: 'delete.volume', target: volume })).idle, true);
    });

    it('boots a server from a volume of its own', async () => {
      const made = await runStep(executor, {
        operation: 'create.vm',
        args: { name: `${prefix}-bfv`, flavor: 'm1.tiny', image: 'cirros', boot_volume_gb: 1 },
      });
      const bfv = made.verification.resource!;
      assert.equal(bfv.attributes.boots_from_volume, true);
      const deletion = await previewStep(executor, { operation: 'delete.vm', target: bfv });
      assert.ok(deletion.notes.some((note) => /deleted with it/.test(note.message)));
      await deleteVm(bfv);
    });
  });

  describe('networks', () => {
    it('makes a network with a subnet, keeps it while it is used, and deletes it', async () => {
      const network = (
        await runStep(executor, { operation: 'create.network', args: { name: `${prefix}-net` } })
      ).verification.resource!;
      const ambiguous = await previewStep(executor, {
        operation: 'create.vm',
        args: { name: 'x', flavor: 'm1.tiny', image: 'cirros' },
      });
      assert.deepEqual(blockers(ambiguous), [], 'a network without a subnet is no choice');
      const subnet = (
        await runStep(executor, {
          operation: 'create.subnet',
          args: { name: `${prefix}-sub`, cidr: '10.77.0.0/24', network: network.name },
        })
      ).verification.resource!;
      assert.equal(subnet.attributes.cidr, '10.77.0.0/24');
      assert.equal(subnet.attributes.network, network.name);
      const vm = await makeVm(`${prefix}-netvm`, { network: network.name });
      assert.equal(vm.attributes.network, network.name);
      assert.match(
        blockers(await previewStep(executor, { operation: 'delete.network', target: network }))[0]!,
        /still use/,
      );
      assert.match(
        blockers(await previewStep(executor, { operation: 'delete.subnet', target: subnet }))[0]!,
        /still use/,
      );
      const problem = await problemFrom(
        performOnly(executor, { operation: 'delete.subnet', target: subnet }),
      );
      assert.equal(problem.code, 'cloud-conflict');
      await deleteVm(vm);
      await step('tag.network', network, { tags: { env: 'test' } });
      const retagged = await step('tag.network', network, { tags: { env: 'dev' } });
      assert.deepEqual(retagged.verification.resource?.tags, { env: 'dev' });
      await step('delete.subnet', subnet);
      await step('delete.network', network);
    });

    it('does not delete what another project shares', async () => {
      const shared = (await readKind(executor, 'network')).find((one) => one.name === 'private')!;
      const preview = await previewStep(executor, { operation: 'delete.network', target: shared });
      assert.match(blockers(preview)[0]!, /belongs to another project/);
      const problem = await problemFrom(
        performOnly(executor, { operation: 'delete.network', target: shared }),
      );
      assert.ok(
        ['cloud-forbidden', 'cloud-not-found', 'cloud-conflict'].includes(problem.code),
        problem.code,
      );
    });

    it('opens and closes ports, and never more than there was', async () => {
      const group = (
        await runStep(executor, { operation: 'create.security-group', args: { name: `${prefix}-sg` } })
      ).verification.resource!;
      const open = await step('open-port.security-group', group, { port: 443, protocol: 'tcp' });
      assert.ok(open.preview.notes.some((note) => /whole internet/.test(note.message)));
      assert.deepEqual(open.verification.resource?.attributes.rules, ['tcp/443 from 0.0.0.0/0']);
      const idle = await previewStep(executor, {
        operation: 'open-port.security-group',
        target: group,
        args: { port: 443 },
      });
      assert.equal(idle.idle, true);
      await step('open-port.security-group', group, { port: 22, protocol: 'tcp', cidr: '10.0.0.0/8' });
      const close = await step('close-port.security-group', group, { port: 22 });
      assert.equal(close.preview.resolvedArgs?.cidr, '10.0.0.0/8');
      assert.deepEqual(close.verification.resource?.attributes.rules, ['tcp/443 from 0.0.0.0/0']);
      const vm = await makeVm(`${prefix}-sgvm`, { security_groups: group.name });
      assert.deepEqual(vm.attributes.security_groups, [group.name]);
      const used = await previewStep(executor, { operation: 'delete.security-group', target: group });
      assert.match(blockers(used)[0]!, /still use/);
      await deleteVm(vm);
      await step('delete.security-group', group);
    });

    it('allocates and releases addresses', async () => {
      const made = await runStep(executor, { operation: 'create.floating-ip' });
      assert.equal(made.verification.resource?.status, 'available');
      await step('delete.floating-ip', made.verification.resource!);
    });
  });

  describe('keypairs and images', () => {
    it('uploads the public key that is there, and deletes it', async () => {
      const made = await runStep(executor, { operation: 'create.keypair', args: { name: `${prefix}-key` } });
      assert.equal(made.preview.changes[1]?.after, '~/.ssh/id_ed25519.pub');
      const again = await previewStep(executor, {
        operation: 'create.keypair',
        args: { name: `${prefix}-key` },
      });
      assert.match(blockers(again)[0]!, /already/);
      await step('delete.keypair', made.verification.resource!);
    });

    it('does not delete an image of others', async () => {
      const cirros = (await readKind(executor, 'image')).find((image) => image.name === 'cirros')!;
      const preview = await previewStep(executor, { operation: 'delete.image', target: cirros });
      assert.match(blockers(preview)[0]!, /belongs to another project/);
      const problem = await problemFrom(performOnly(executor, { operation: 'delete.image', target: cirros }));
      assert.equal(problem.code, 'cloud-forbidden');
      assert.ok(problem.fix);
    });
  });

  describe('discovery', () => {
    it('reads every kind without an error, and the hypervisors only where that is allowed', async () => {
      for (const source of executor.sources) await source.read({ signal: signal() });
      assert.deepEqual(await readKind(executor, 'host'), []);
      const admin = await home.open('admin');
      await admin.identity(signal());
      assert.ok((await readKind(admin, 'host')).length > 0);
      const names = (await readKind(executor, 'flavor')).map((one) => one.name);
      assert.ok(names.includes('S.4'));
      const [own] = await readKind(executor, 'project');
      assert.match(String(own?.attributes.vms), /^\d+ of 10$/);
    });
  });

  describe('an administrator', () => {
    it('moves a running server to another host; nobody else may', async () => {
      const admin = await home.open('admin');
      const args = { name: `${prefix}-mig`, flavor: 'm1.tiny', image: 'cirros', network: 'private' };
      const vm = (await runStep(admin, { operation: 'create.vm', args })).verification.resource!;
      const hosts = (await readKind(admin, 'host')).map((host) => host.name);
      const other = hosts.find((host) => host !== vm.attributes.host);
      if (other) {
        const moved = await runStep(admin, { operation: 'migrate.vm', target: vm, args: { host: other } });
        assert.equal(moved.verification.resource?.attributes.host, other);
      }
      const memory = await admin.readers.metrics!({
        resource: vm,
        metric: 'memory',
        fromMs: 0,
        toMs: 0,
        signal: signal(),
      });
      assert.equal(memory.unit, '%');
      await runStep(admin, { operation: 'delete.vm', target: vm });
      const mine = await makeVm(`${prefix}-nomig`);
      const refused = await previewStep(executor, { operation: 'migrate.vm', target: mine });
      assert.match(blockers(refused)[0]!, /administrator/);
      const problem = await problemFrom(performOnly(executor, { operation: 'migrate.vm', target: mine }));
      assert.equal(problem.code, 'cloud-forbidden');
      await deleteVm(mine);
    });
  });

  describe('a full quota', () => {
    const quota = (instances: number) => ({ quota_set: { instances, force: true } });
    const path = () => `/os-quota-sets/${project.session.projectId}`;

    it('is said with figures before, and by the cloud when it fills in between', async () => {
      const admin = await lab.signIn('admin');
      await admin.require('compute', 'PUT', path(), quota(0));
      try {
        const args = { name: `${prefix}-full`, flavor: 'm1.tiny', image: 'cirros', network: 'private' };
        const preview = await previewStep(executor, { operation: 'create.vm', args });
        assert.match(blockers(preview)[0]!, /would need 1 of 0 free servers/);
        const problem = await problemFrom(performOnly(executor, { operation: 'create.vm', args }));
        assert.equal(problem.code, 'cloud-quota');
        assert.match(problem.fix!, /quota/);
      } finally {
        await admin.require('compute', 'PUT', path(), quota(10));
      }
    });

    it('counts processors and volumes too', async () => {
      const cpus = await previewStep(executor, {
        operation: 'create.volume',
        args: { name: 'huge', size_gb: 5000 },
      });
      assert.match(blockers(cpus)[0]!, /would need 5000 of 1000 free GB/);
    });
  });

  describe('lost answers', () => {
    const args = (name: string) => ({ name, flavor: 'm1.tiny', image: 'cirros', network: 'private' });
    const isCreate = (request: { method: string; path: string }) =>
      request.method === 'POST' && /\/servers$/.test(request.path.split('?')[0]!);

    it('finds the server whose answer was lost, and makes no second one', async () => {
      const behind = await home.open('front');
      const name = `${prefix}-lost`;
      front.setFault((request) => (isCreate(request) ? { kind: 'loseAnswer' } : undefined));
      const outcome = await performOnly(behind, { operation: 'create.vm', args: args(name) });
      front.setFault(undefined);
      const same = (await readKind(executor, 'vm')).filter((vm) => vm.name === name);
      assert.equal(same.length, 1);
      assert.equal(outcome.createdId?.split('/').at(-1), same[0]!.id.split('/').at(-1));
      await runStep(executor, { operation: 'delete.vm', target: same[0]! });
    });

    it('says that it does not know where the request itself got lost, and made nothing', async () => {
      const behind = await home.open('front');
      const name = `${prefix}-unsent`;
      front.setFault((request) => (isCreate(request) ? { kind: 'loseRequest' } : undefined));
      const mark = nextMark();
      const problem = await problemFrom(
        performOnly(behind, { operation: 'create.vm', args: args(name) }, mark),
      );
      front.setFault(undefined);
      assert.equal(problem.code, 'cloud-unreachable');
      assert.match(problem.message, /not known/);
      assert.ok(!(await readKind(executor, 'vm')).some((vm) => vm.name === name));
      const context = { ...contextOf({ operation: 'create.vm', args: args(name) }), mark };
      assert.equal((await handlerOf(behind, 'create.vm').reconcile(context)).found, 'not-done');
    });

    it('reads again where an answer was cut, and waits where it is told to', async () => {
      const behind = await home.open('front');
      let cuts = 1;
      let throttles = 1;
      front.setFault(({ method, path }) => {
        if (method !== 'GET') return undefined;
        if (/servers\/detail/.test(path) && cuts-- > 0) return { kind: 'cutAnswer' };
        if (/flavors\/detail/.test(path) && throttles-- > 0)
          return { kind: 'answer', status: 429, headers: { 'retry-after': '1' } };
        return undefined;
      });
      await readKind(behind, 'vm');
      assert.ok((await readKind(behind, 'flavor')).length > 0);
    });
  });

  describe('what a person is told', () => {
    const identityOf = async (name: string) => problemFrom((await home.open(name)).identity(signal()));

    it('a wrong password: once, and never shown', async () => {
      const wrong = await home.open('wrong-password');
      const problem = await problemFrom(wrong.identity(signal()));
      assert.equal(problem.code, 'cloud-unauthorized');
      assert.match(problem.fix!, /"wrong-password" in .*clouds\.yaml/);
      assert.ok(!JSON.stringify(problem).includes('sesame-1234'));
      const again = await problemFrom(wrong.identity(signal()));
      assert.deepEqual(again, problem);
    });

    it('a region that does not exist', async () => {
      const problem = await identityOf('wrong-region');
      assert.equal(problem.code, 'config-invalid');
      assert.match(problem.fix!, /RegionOne/);
    });

    it('an address that nobody answers at', async () => {
      const problem = await identityOf('unreachable');
      assert.equal(problem.code, 'cloud-unreachable');
      assert.match(problem.fix!, /auth_url/);
    });

    it('an address where something else answers', async () => {
      const problem = await identityOf('not-keystone');
      assert.match(problem.message, /not Keystone/);
    });

    it('a certificate that nobody known signed, and the setting that helps', async () => {
      const problem = await identityOf('untrusted');
      assert.equal(problem.code, 'cloud-certificate');
      assert.match(problem.fix!, /"cacert"/);
      assert.ok((await (await home.open('front')).identity(signal())).user);
    });

    it('that certificates are not checked, in the log', async () => {
      await (await home.open('insecure')).identity(signal());
      assert.ok(home.logged.some((line) => /^warn insecure: certificates are not checked/.test(line)));
    });

    it('a network or image that does not exist', async () => {
      const args = { name: 'x', flavor: 'm1.tiny', image: 'windows-3.11', network: 'moon' };
      const [image, network] = blockers(await previewStep(executor, { operation: 'create.vm', args }));
      assert.match(image!, /no image named windows-3\.11/);
      assert.match(network!, /no network named moon/);
      const problem = await problemFrom(performOnly(executor, { operation: 'create.vm', args }));
      assert.equal(problem.code, 'world-moved');
    });

    it('a thing that is gone', async () => {
      const gone = { ...(await readKind(executor, 'flavor'))[0]!, kind: 'vm' as const, name: 'ghost' };
      const target = {
        ...gone,
        id: gone.id.replace(/:flavor\/.*/, ':vm/00000000-0000-4000-8000-000000000000'),
      };
      const preview = await previewStep(executor, { operation: 'stop.vm', target });
      assert.match(blockers(preview)[0]!, /not there any more/);
      assert.equal((await previewStep(executor, { operation: 'delete.vm', target })).idle, true);
      const problem = await problemFrom(
        executor.readers.logs!({ resource: target, lines: 5, signal: signal() }),
      );
      assert.equal(problem.code, 'cloud-not-found');
    });
  });

  it('stops at once when it is cancelled', async () => {
    const cancelled = AbortSignal.abort();
    const problem = await problemFrom(executor.sources[0]!.read({ signal: cancelled }));
    assert.equal(problem.code, 'cancelled');
  });
});

// The main job on a real SOAP endpoint: a sentence, the plan, a yes, the task, what was read back, the audit trail, and
// the way back. What the vCenter has is read past everything that is tested.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../../../daemon/config.ts';
import { requireLab } from '../lab.ts';
import { openVspherePerson, type VspherePerson } from './person.ts';
import type { Vcsim } from './vcsim.ts';

describe('the main job on vSphere', function () {
  this.timeout(120_000);
  let vcsim: Vcsim;
  let person: VspherePerson;
  let openedMs: number;

  before(async function () {
    const lab = await requireLab('vsphere', this);
    vcsim = await lab.start();
    person = await openVspherePerson(vcsim.host);
    openedMs = Date.now();
  });
  after(async () => {
    await person?.dispose();
    await vcsim?.dispose();
  });

  it('is connected, and says as whom', async () => {
    const { connections } = await person.session.request('connection/list', {});
    assert.deepEqual(
      connections.map(({ id, state, identity }) => [id, state, identity?.user]),
      [['vs-lab', 'connected', 'ops@lab.test']],
    );
  });

  it('shows VMs, hosts, networks, datastores and templates with what they hang on', async () => {
    const web = await person.resource('vm', 'web-1');
    assert.equal(web?.status, 'running');
    assert.equal(web?.attributes.flavor, '2x4');
    assert.equal(web?.region, 'DC0');
    const host = await person.resource('host', 'DC0_H0');
    assert.equal(web?.attributes.host, host?.name);
    assert.ok(await person.resource('image', 'ubuntu-22'));
    assert.ok(await person.resource('datastore', 'LocalDS_0'));
    assert.ok(await person.resource('cluster', 'DC0_C0'));
    assert.ok(await person.resource('datacenter', 'DC0'));
    const text =
      "MATCH (x)-[:MEMBER_OF]->(d:datacenter {name: 'DC0'}) RETURN DISTINCT x.kind AS kind ORDER BY kind";
    const { rows } = await person.session.request('graph/query', { text });
    assert.deepEqual(
      rows.map(([kind]) => kind),
      ['cluster', 'datastore', 'host', 'network'],
    );
  });

  it('asks first: nothing is stopped without a yes', async () => {
    await person.plan('stop web-1');
    await person.shows('vm', 'web-1', (seen) => seen?.status === 'running');
  });

  it('stops a VM by its guest, and starts it again as the way back', async () => {
    const plan = await person.carryOut('stop web-1');
    assert.match(plan.preview?.steps[0]?.effect ?? '', /Asks the guest of web-1 to shut down/);
    await person.shows('vm', 'web-1', (seen) => seen?.status === 'stopped');
    await person.undo(plan);
    await person.shows('vm', 'web-1', (seen) => seen?.status === 'running');
  });

  it('says that it cuts the power where the guest cannot be asked', async () => {
    const plan = await person.plan('stop batch-1');
    const notes = plan.preview?.steps[0]?.notes ?? [];
    assert.ok(notes.some((note) => note.level === 'warning' && /VMware Tools/.test(note.message)));
  });

  it('suspends and resumes', async () => {
    const plan = await person.carryOut('suspend batch-1');
    await person.shows('vm', 'batch-1', (seen) => seen?.status === 'suspended');
    await person.undo(plan);
    await person.shows('vm', 'batch-1', (seen) => seen?.status === 'running');
  });

  it('resets only when that is asked for', async () => {
    const soft = await person.plan('reboot batch-1');
    assert.equal(soft.state, 'blocked');
    await person.carryOut('hard reboot batch-1');
    await person.shows('vm', 'batch-1', (seen) => seen?.status === 'running');
  });

  it('resizes a stopped VM to processors and memory, and back', async () => {
    await person.carryOut('stop db-1');
    const plan = await person.carryOut('resize db-1 to 4x16');
    const changes = plan.preview?.steps[0]?.changes.map(({ field, after }) => [field, after]);
    assert.deepEqual(changes, [
      ['vcpus', 4],
      ['ram_gb', 16],
    ]);
    await person.shows('vm', 'db-1', (seen) => seen?.attributes.vcpus === 4 && seen.attributes.ram_gb === 16);
    await person.undo(plan);
    await person.shows('vm', 'db-1', (seen) => seen?.attributes.flavor === '2x4');
  });

  it('makes a snapshot and deletes it', async () => {
    await person.carryOut('snapshot db-1 named before-upgrade');
    const vm = (await person.resource('vm', 'db-1'))?.id;
    await person.shows('snapshot', 'before-upgrade', (seen) => seen?.attributes.source === vm);
    await person.carryOut('delete snapshot before-upgrade');
    await person.shows('snapshot', 'before-upgrade', (seen) => seen === undefined);
  });

  it('puts a VM back to a snapshot: says what is lost, asks harder, and offers no way back', async () => {
    await person.carryOut('snapshot db-1 as golden');
    await person.shows('snapshot', 'golden', (seen) => seen?.attributes.current === true);
    await person.carryOut('snapshot db-1 named pre-patch');
    await person.shows('snapshot', 'pre-patch', (seen) => seen?.attributes.current === true);
    const plan = await person.plan('revert db-1 to golden');
    assert.equal(plan.risk, 'destroy');
    const notes = plan.preview?.steps[0]?.notes ?? [];
    const warnings = notes.filter((note) => note.level === 'warning').map((note) => note.message);
    assert.match(warnings.join(), /The present state of db-1 is lost: .* Nothing brings it back/);
    const ended = await person.approve(plan);
    assert.equal(ended.state, 'done', ended.outcome);
    assert.match(ended.runs[0]?.observed ?? '', /db-1 stands on the snapshot golden/);
    await person.shows('snapshot', 'golden', (seen) => seen?.attributes.current === true);
    assert.equal(ended.canUndo, false);
    await person.carryOut('delete snapshot pre-patch');
    await person.carryOut('delete snapshot golden');
  });

  it('does not guess a snapshot, and takes none of another VM', async () => {
    const { plan, reading } = await person.ask('revert db-1 to last week');
    assert.equal(plan, undefined);
    assert.equal(reading?.kind, 'clarify');
    await person.carryOut('snapshot web-1 named of-web');
    await person.shows('snapshot', 'of-web', (seen) => seen !== undefined);
    const wrong = await person.plan('revert db-1 to of-web');
    assert.equal(wrong.state, 'blocked');
    assert.match(JSON.stringify(wrong.preview?.steps[0]?.notes), /has no snapshot to go back to/);
    await person.carryOut('delete snapshot of-web');
  });

  it('makes a VM from the template, with the size that was asked for, and deletes it again', async () => {
    const plan = await person.carryOut('create a 2x4 vm named dev-box from ubuntu-22');
    await person.shows(
      'vm',
      'dev-box',
      (seen) => seen?.status === 'running' && seen.attributes.flavor === '2x4',
    );
    const denied = await person.plan('delete dev-box');
    assert.equal(denied.state, 'blocked', 'what runs is not deleted');
    await person.carryOut('stop dev-box');
    await person.undo(plan);
    await person.shows('vm', 'dev-box', (seen) => seen === undefined);
  });

  it('tags by a custom attribute, and takes it off again', async () => {
    const plan = await person.carryOut('tag db-1 with team=data');
    await person.shows('vm', 'db-1', (seen) => seen?.tags.team === 'data');
    await person.undo(plan);
    await person.shows('vm', 'db-1', (seen) => seen?.tags.team === undefined);
  });

  it('names what stands in the way of maintenance, and does it where nothing runs any more', async () => {
    const busy = await person.plan('drain DC0_H0');
    const blockers = (busy.preview?.steps[0]?.notes ?? []).filter((note) => note.level === 'blocker');
    assert.match(blockers.map((note) => note.message).join(), /web-1/);
    for (const name of ['web-1', 'batch-1']) await person.carryOut(`stop ${name}`);
    for (const name of ['web-1', 'batch-1'])
      await person.shows('vm', name, (seen) => seen?.status === 'stopped');
    const plan = await person.carryOut('drain DC0_H0');
    await person.shows('host', 'DC0_H0', (seen) => seen?.status === 'maintenance');
    await person.undo(plan);
    await person.shows('host', 'DC0_H0', (seen) => seen?.status === 'connected');
    await person.carryOut('start web-1');
  });

  it('tells what changed in an environment, by the history of the graph, with links', async () => {
    const vm = await person.resource('vm', 'web-1');
    // What the first read brought is no news.
    while (Date.now() < openedMs + limits.graphFirstReadMs) await sleep(500);
    await person.carryOut('tag web-1 with owner=ada');
    await person.shows('vm', 'web-1', (seen) => seen?.tags.owner === 'ada');
    const { answer, problem } = await person.ask('what changed in dev in the last hour');
    assert.match(answer?.summary ?? problem?.message ?? '', /changed.* in dev since/);
    const rows = (answer?.blocks ?? []).flatMap((block) => (block.kind === 'table' ? block.rows : []));
    const row = rows.find(({ id, cells }) => id === vm?.id && cells.change === 'changed');
    assert.match(String(row?.cells.what), /tags\.owner: \(none\) → ada/);
    assert.match(answer?.source ?? '', /^history of lab/);
  });

  it('measures what runs', async () => {
    const { answer, problem } = await person.ask('cpu of web-1');
    assert.match(answer?.summary ?? problem?.message ?? '', /^cpu of web-1 is [\d.]+ % now/);
  });

  it('proves who did what, in a chain that verifies', async () => {
    const { records } = await person.session.request('audit/list', { limit: 200 });
    const stop = records.find((one) => one.event === 'step.after' && one.operation === 'stop.vm');
    assert.equal(stop?.outcome, 'done');
    assert.equal(stop?.actedAs?.identity?.user, 'ops@lab.test');
    const verification = await person.session.request('audit/verify', {});
    assert.equal(verification.ok, true);
  });
});

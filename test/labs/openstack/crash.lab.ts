// kill -9 at every boundary of a plan of three steps on a real OpenStack: a server and a volume are made and tied
// together. The process dies for real; what the cloud has afterwards is counted past everything that is tested.
// Works in a project of its own.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openstackProvisioner } from '../../../daemon/executors/openstack/provisioner.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import {
  type CloudCount,
  checkThree,
  crash,
  crashPoints,
  goOn,
  recoverAndCheck,
} from '../../scenarios/crash.ts';
import type { CrashOrder } from '../../scenarios/crashChild.ts';
import { threeSteps } from '../../scenarios/crashHouse.ts';
import { requireLab } from '../lab.ts';
import { openProject, type ScratchProject } from './resetProject.ts';

interface Server {
  readonly id: string;
  readonly name: string;
}
interface Volume {
  readonly id: string;
  readonly name: string;
  readonly attachments: readonly { readonly server_id: string }[];
}

describe('a plan on a real OpenStack, cut off', function () {
  this.timeout(300_000);
  let project: ScratchProject;
  let home: string;
  let env: Record<string, string>;
  let connection: string;

  before(async function () {
    const lab = await requireLab('openstack', this);
    project = await openProject(lab, `crash${process.pid}`);
    home = await mkdtemp(join(tmpdir(), 'pilothouse-crash-home-'));
    const file = join(home, 'clouds.yaml');
    const auth = `{auth_url: "${lab.authUrl}", username: ${project.user}, password: ${project.password}, project_name: ${project.project}, user_domain_id: default, project_domain_id: default}`;
    await writeFile(file, `clouds:\n  crash:\n    auth: ${auth}\n    region_name: ${lab.region}\n`, {
      mode: 0o600,
    });
    env = { OS_CLIENT_CONFIG_FILE: file, PILOTHOUSE_SANDBOX: 'off', PILOTHOUSE_LOCAL: 'off' };
    const context = { env, homeFolder: home, stateFolder: home, now: Date.now, log: () => undefined };
    const { candidates } = await openstackProvisioner.find(context);
    connection = candidates.find((one) => one.name === 'crash')!.id;
  });
  after(async function () {
    this.timeout(180_000);
    await project?.dispose();
    if (home) await rm(home, { recursive: true, force: true });
  });

  const servers = async () =>
    (await project.session.require<{ servers: Server[] }>('compute', 'GET', '/servers/detail')).servers;
  const volumes = async () =>
    (await project.session.require<{ volumes: Volume[] }>('volumev3', 'GET', '/volumes/detail')).volumes;

  async function count(name: string): Promise<CloudCount> {
    const vms = (await servers()).filter((one) => one.name === `${name}-vm`);
    const disks = (await volumes()).filter((one) => one.name === `${name}-disk`);
    const attached = disks.some((disk) => disk.attachments.some((one) => one.server_id === vms[0]?.id));
    return { vms: vms.length, volumes: disks.length, attached };
  }

  /** The quota of the project is small: each case takes its things away again. */
  async function takeAway(): Promise<void> {
    for (const server of await servers())
      await project.session.request('compute', 'DELETE', `/servers/${server.id}`);
    const deadline = Date.now() + 120_000;
    while (Date.now() < deadline) {
      const left = await volumes();
      if (left.length === 0 && (await servers()).length === 0) return;
      for (const volume of left) await project.session.request('volumev3', 'DELETE', `/volumes/${volume.id}`);
      await sleep(500);
    }
    throw new Error('what the case made does not go away');
  }

  for (const [number, { point, step }] of crashPoints(3).entries())
    it(`at ${point}${step === undefined ? '' : ` of step ${step + 1}`}`, async () => {
      const name = `crash-${number}`;
      const stateFolder = await mkdtemp(join(tmpdir(), 'pilothouse-crash-lab-'));
      try {
        const order: CrashOrder = {
          stateFolder,
          homeFolder: home,
          env,
          connection,
          steps: threeSteps(name, { flavor: 'm1.tiny', image: 'cirros' }),
          point,
          ...(step === undefined ? {} : { step }),
        };
        const check = async (found: Plan) => checkThree(found, await count(name));
        const plan = await recoverAndCheck(order, await crash(order), check);
        assert.ok(plan.runs.every((run) => run.state !== 'unknown'));
      } finally {
        await takeAway();
        await rm(stateFolder, { recursive: true, force: true });
      }
    });

  for (const [point, step] of [
    ['step.intended', 1],
    ['step.performed-unnoted', 2],
    ['step.settled', 0],
  ] as const)
    it(`while three servers are made side by side, at ${point} of the ${step + 1}., and is gone on with`, async () => {
      const name = `side-${step}`;
      const stateFolder = await mkdtemp(join(tmpdir(), 'pilothouse-crash-lab-'));
      const args = { name, flavor: 'm1.tiny', image: 'cirros', count: 3 };
      const steps = [{ operation: 'create.vm', args, after: [], evidence: [] }];
      const order: CrashOrder = { stateFolder, homeFolder: home, env, connection, steps, point, step };
      const names = async () => (await servers()).map((one) => one.name).sort();
      try {
        const plan = await recoverAndCheck(order, await crash(order), async (found) => {
          const done = found.runs.filter((run) => run.state === 'done').map((run) => found.steps[run.index]!);
          assert.deepEqual(await names(), done.map((one) => one.args.name).sort(), found.outcome);
        });
        if (plan.state === 'stopped') assert.equal((await goOn(order, plan.id)).state, 'done');
        assert.deepEqual(await names(), [`${name}-1`, `${name}-2`, `${name}-3`]);
      } finally {
        await takeAway();
        await rm(stateFolder, { recursive: true, force: true });
      }
    });
});

// kill -9 at every boundary of a plan of three steps on AWS: an instance and a volume are made and tied together. The
// process dies for real; what the account has afterwards is counted past everything that is tested. The front before
// moto honours ClientToken, as EC2 does.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '../../../daemon/config.ts';
import { awsProvisioner } from '../../../daemon/executors/aws/provisioner.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { type CloudCount, checkThree, crash, crashPoints, recoverAndCheck } from '../../scenarios/crash.ts';
import type { CrashOrder } from '../../scenarios/crashChild.ts';
import { threeSteps } from '../../scenarios/crashHouse.ts';
import { requireLab } from '../lab.ts';
import { openPerson, type Person } from './person.ts';

/** Cases under way at once. */
const sideBySide = 3;

describe('a plan on AWS, cut off', function () {
  this.timeout(300_000);
  const points = crashPoints(3);
  const runs: Promise<Plan>[] = [];
  let person: Person;
  let connection: string;

  before(async function () {
    person = await openPerson(await requireLab('aws', this));
    const { home, env } = person;
    const context = { env, homeFolder: home, stateFolder: home, now: Date.now, log: () => undefined };
    const { candidates } = await awsProvisioner.find(context);
    connection = candidates.find((one) => one.name === 'dev-lab')!.id;
  });
  after(() => person?.dispose());

  async function count(name: string): Promise<CloudCount> {
    const vms = (await person.api.instances()).filter((one) => one.name === `${name}-vm`);
    const disks = (await person.api.volumes()).filter((one) => one.name === `${name}-disk`);
    const attached = disks.some((disk) => disk.attachedTo !== '' && disk.attachedTo === vms[0]?.id);
    return { vms: vms.length, volumes: disks.length, attached };
  }

  async function killAt(number: number): Promise<Plan> {
    const { point, step } = points[number]!;
    const name = `crash-${number}`;
    const stateFolder = await mkdtemp(join(tmpdir(), 'pilothouse-crash-aws-'));
    try {
      const order: CrashOrder = {
        stateFolder,
        homeFolder: person.home,
        env: person.env,
        connection,
        steps: threeSteps(name, { flavor: 't3.micro' }),
        point,
        limits: { ...limits, reconcileSettleMs: 500 },
        ...(step === undefined ? {} : { step }),
      };
      const check = async (found: Plan) => checkThree(found, await count(name));
      return await recoverAndCheck(order, await crash(order), check);
    } finally {
      await rm(stateFolder, { recursive: true, force: true });
    }
  }

  for (const [number, { point, step }] of points.entries())
    it(`at ${point}${step === undefined ? '' : ` of step ${step + 1}`}`, async () => {
      // Each case has things and a state of its own, so that some run side by side: most of a case is waiting.
      for (let next = runs.length; next < Math.min(number + sideBySide, points.length); next++) {
        const run = killAt(next);
        run.catch(() => undefined);
        runs.push(run);
      }
      const plan = await runs[number]!;
      assert.ok(plan.runs.every((one) => one.state !== 'unknown'));
    });
});

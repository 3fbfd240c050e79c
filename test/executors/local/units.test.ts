// Systemd units through a systemctl that answers as the real one does: its words were taken from systemd 252. The real one
// needs systemd as the first process, which a test machine seldom has.

import assert from 'node:assert/strict';
import { catalogue } from '../../../daemon/catalogue/catalogue.ts';
import { handlerOf } from '../../../daemon/executors/kit/deed.ts';
import { CommandError, type System } from '../../../daemon/executors/local/system.ts';
import { unitDeeds, unitSource } from '../../../daemon/executors/local/units/units.ts';
import type { WritePermit } from '../../../daemon/executors/permit.ts';
import type { ProblemError } from '../../../shared/model/problem.ts';
import { contextOf } from './machine.ts';

interface Fake {
  active: string;
  sub: string;
  invocation: number;
  loaded: boolean;
  refuses?: string;
  readonly told: string[];
}

function machine(fake: Fake): System {
  const name = 'nginx.service';
  return {
    platform: 'linux',
    procFolder: '/proc',
    now: Date.now,
    async run(_file, args) {
      if (args.includes('list-units'))
        return JSON.stringify([
          { unit: name, load: 'loaded', active: fake.active, sub: fake.sub, description: 'A web server' },
        ]);
      if (args[0] === 'show')
        return [
          `Id=${name}`,
          `LoadState=${fake.loaded ? 'loaded' : 'not-found'}`,
          `ActiveState=${fake.active}`,
          `SubState=${fake.sub}`,
          'Description=A web server',
          `InvocationID=${fake.invocation}`,
        ].join('\n');
      fake.told.push(args.join(' '));
      if (fake.refuses) throw new CommandError('systemctl', 1, fake.refuses);
      const verb = args[1];
      fake.active = verb === 'stop' ? 'inactive' : 'active';
      fake.sub = verb === 'stop' ? 'dead' : 'running';
      if (verb !== 'stop') fake.invocation += 1;
      return '';
    },
  };
}

async function open(more: Partial<Fake> = {}) {
  const fake: Fake = { active: 'active', sub: 'running', invocation: 1, loaded: true, told: [], ...more };
  const system = machine(fake);
  const { resources, relations } = await unitSource('local', system).read({
    signal: AbortSignal.timeout(5_000),
  });
  const deeds = unitDeeds('local', system);
  const handler = (operation: string) => handlerOf(catalogue.get(operation)!, deeds.get(operation)!);
  const carryOut = async (operation: string) => {
    const one = handler(operation);
    // As the runner does: the target is read afresh right before the write.
    const target = (await one.refresh(contextOf(operation, resources[0]!, {})))!;
    const context = { ...contextOf(operation, target, {}), mark: 'test' };
    const outcome = await one.perform({ ...context, permit: {} as WritePermit });
    return {
      verification: await one.verify({ ...context, outcome }),
      reconciled: await one.reconcile(context),
    };
  };
  return { fake, unit: resources[0]!, relations, handler, carryOut };
}

describe('systemd units', () => {
  it('are listed with their state, and run on this machine', async () => {
    const { unit, relations } = await open();
    assert.deepEqual(
      [unit.name, unit.status, unit.attributes.description],
      ['nginx.service', 'running', 'A web server'],
    );
    assert.deepEqual(relations, [{ from: unit.id, type: 'RUNS_ON', to: 'local:host/this' }]);
  });
  it('are stopped, started and restarted by name, never as an option', async () => {
    const { fake, carryOut } = await open();
    assert.equal((await carryOut('stop.unit')).verification.observed, 'nginx.service is stopped');
    assert.equal((await carryOut('start.unit')).verification.verified, true);
    const restarted = await carryOut('restart.unit');
    assert.deepEqual([restarted.verification.verified, restarted.reconciled.found], [true, 'done']);
    assert.deepEqual(
      fake.told,
      ['stop', 'start', 'restart'].map((verb) => `--no-ask-password ${verb} -- nginx.service`),
    );
  });
  it('are known not to be restarted by the id of their run', async () => {
    const { unit, handler } = await open();
    const one = handler('restart.unit');
    const target = (await one.refresh(contextOf('restart.unit', unit, {})))!;
    const found = await one.reconcile({ ...contextOf('restart.unit', target, {}), mark: 'test' });
    assert.equal(found.found, 'not-done');
  });
  it('say who may not touch them, and what systemd says', async () => {
    const denied = await open({ refuses: 'Failed to stop nginx.service: Access denied\nSee system logs' });
    const problemOf = async (work: Promise<unknown>) =>
      work.then(
        () => assert.fail('it went well'),
        (error: ProblemError) => error.problem,
      );
    assert.equal((await problemOf(denied.carryOut('stop.unit'))).code, 'cloud-forbidden');
    const failed = await open({ refuses: 'Job for nginx.service failed because the control process exited' });
    assert.match(
      (await problemOf(failed.carryOut('restart.unit'))).message,
      /systemd could not restart nginx.service: Job for/,
    );
  });
  it('are said to be gone when systemd does not know them any more', async () => {
    const { fake, unit, handler } = await open();
    fake.loaded = false;
    const preview = await handler('stop.unit').preview(contextOf('stop.unit', unit, {}));
    assert.match(preview.notes[0]?.message ?? '', /is not there any more/);
  });
});

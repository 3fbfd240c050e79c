// What is to be spared is spared, however and wherever it is said; and a remark beside a command changes nothing of
// it. Each sentence is made from what is there, so its plan is known.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { readFixture } from '../../daemon/cli/fixtures.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
import { stepsOf } from './compare.ts';
import { nameable } from './generator.ts';

const folder = new URL('./sets/inventories', import.meta.url).pathname;

/** Ways to say a set, a verb and what is to be spared. */
const sparing: readonly ((verb: string, set: string, name: string) => string)[] = [
  (verb, set, name) => `${verb} ${set} except ${name}`,
  (verb, set, name) => `${verb} ${set}, all but ${name}`,
  (verb, set, name) => `${verb} ${set} but not ${name}`,
  (verb, set, name) => `please ${verb} ${set} other than ${name}`,
  (verb, set, name) => `${verb} ${set}, only ${name} must stay`,
  (verb, set, name) => `${verb} ${set}. ${name} stays.`,
  (verb, set, name) => `${verb} ${set}, ${name} is still needed`,
  (verb, set, name) => `${verb} ${set} and leave ${name} alone`,
  (verb, set, name) => `don't touch ${name}; ${verb} ${set}`,
  (verb, set, name) => `except for ${name}, ${verb} ${set}`,
  (verb, set, name) => `${set}: ${verb} them, ${name} must not be touched`,
];

/** Said to people, not to machines. */
const remarks = [
  ', the auditors would like to have a look at it this afternoon',
  ' - Maria from finance wants to look at something',
  ", we can't wait until tonight",
  '. They clutter my view.',
  ' because customers are complaining :fire:',
  ', finance keeps billing us for it',
  ' now, mails are stuck',
  '. Dashboards look fine otherwise.',
  ', it is burning money',
];

describe('bounds and remarks', function () {
  this.timeout(60_000);
  const { resources, nowMs } = readFixture(folder, 'aws-mid');
  const interpreter = createInterpreter(catalogue);
  interpreter.index.apply({ upserts: resources, removes: [] });
  const machines = nameable(resources, 'vm').filter(
    (one) => one.tags.env === 'dev' || one.tags.env === 'staging',
  );

  it('never let what is to be spared be touched', () => {
    const touched: string[] = [];
    let acted = 0;
    for (const machine of machines)
      for (const say of sparing)
        for (const verb of ['stop', 'reboot', 'terminate']) {
          const text = say(verb, `all ${machine.tags.env} vms`, machine.name);
          const steps = stepsOf(interpreter.read({ text, nowMs }));
          if (steps.length > 0) acted++;
          if (steps.some((step) => step.ids.includes(machine.id))) touched.push(text);
        }
    assert.deepEqual(touched, []);
    assert.ok(acted > (machines.length * sparing.length * 3) / 2, `${acted}`);
  });

  it('never widen a set whose place is not there', () => {
    const widened: string[] = [];
    for (const machine of machines)
      for (const place of ['eu-westt-9', 'fooland', 'the qa9 cluster'])
        for (const text of [
          `stop all vms in ${place}`,
          `terminate all vms in ${place} other than ${machine.name}`,
          `reboot every vm in ${place}, ${machine.name} stays`,
          `all vms in ${place}: stop`,
        ])
          if (interpreter.read({ text, nowMs }).kind === 'plan') widened.push(text);
    assert.deepEqual(widened, []);
  });

  it('never widen a set by what was said of it and not understood', () => {
    const widened: string[] = [];
    let asked = 0;
    for (const environment of ['dev', 'staging'])
      for (const verb of ['stop', 'terminate', 'reboot'])
        for (const said of [
          'that feel wrong',
          'which nobody loves',
          'that serve the old shop',
          'whose owner left',
          'that the intern made',
          'of zorro',
          'for marketing',
          'owned by zorro',
          'that belong to zorro',
        ]) {
          const text = `${verb} all ${environment} vms ${said}`;
          const reading = interpreter.read({ text, nowMs });
          if (reading.kind === 'plan') widened.push(text);
          else asked++;
        }
    assert.deepEqual(widened, []);
    assert.equal(asked, 54);
  });

  it('know whose a thing is, however that is said', () => {
    for (const said of [
      'of the platform team',
      'of team platform',
      'that belong to the platform team',
      'belonging to the platform team',
      'owned by the platform team',
      'which are owned by team platform',
    ]) {
      const steps = stepsOf(interpreter.read({ text: `stop all staging instances ${said}`, nowMs }));
      assert.deepEqual(
        steps.flatMap(({ ids }) => [...ids]).sort(),
        ['aws:vm/i-0bf1964d', 'aws:vm/i-0ccfe376'],
        said,
      );
    }
  });

  it('leave a command what it is beside a remark', () => {
    const changed: string[] = [];
    for (const machine of machines.slice(0, 6))
      for (const remark of remarks)
        for (const command of [`reboot ${machine.name}`, `tag ${machine.name} with owner=maria`]) {
          const plain = stepsOf(interpreter.read({ text: command, nowMs }));
          const said = stepsOf(interpreter.read({ text: `${command}${remark}`, nowMs }));
          assert.equal(plain.length, 1, command);
          if (JSON.stringify(said) !== JSON.stringify(plain)) changed.push(`${command}${remark}`);
        }
    assert.deepEqual(changed, []);
  });

  it('keep a question from taking over the deed before it', () => {
    for (const text of [
      'and its logs?',
      'which vms are stopped?',
      'what about its cpu?',
      'is it up?',
      'list volumes',
    ]) {
      const context = {
        turns: [{ role: 'user' as const, text: 'reboot jenkins', refs: ['aws:vm/i-0eb069e7'] }],
      };
      const reading = interpreter.read({ text, nowMs, context });
      assert.notEqual(reading.kind, 'plan', text);
    }
  });

  it('asks what a clause stands for that goes on bounding a set, and was not read', () => {
    const open = [
      'delete the volumes which are not attached and which make less than 50 quintals',
      'delete the volumes which are not attached and which nobody likes',
      'delete the volumes that are not attached but that bob looks after',
      'stop the dev vms we do not use',
      'stop the dev vms they no longer need',
      'reboot the dev vms i made',
    ];
    assert.deepEqual(
      open.filter((text) => interpreter.read({ text, nowMs }).kind === 'plan'),
      [],
    );
    const read = [
      'stop the dev vms, we do not need them',
      'stop the dev vms which are running and which are in dev',
    ];
    assert.deepEqual(
      read.filter((text) => interpreter.read({ text, nowMs }).kind !== 'plan'),
      [],
    );
  });
});

// What is put off, hangs on somebody's word or is taken back never gives a plan by itself, however the hold is said and
// whatever else frames the request; what only sounds like it does not hold an order up.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Item, predict } from '../../daemon/cli/fixtures.ts';
import { createReader } from '../../daemon/cli/interpret.ts';
import { type Expected, isRight } from '../../daemon/cli/scoreSet.ts';
import { paraphrases } from './paraphrase.ts';
import { createRandom } from './random.ts';

interface Scored extends Item {
  readonly expect: Expected;
}

const folder = new URL('./sets/', import.meta.url).pathname;
const reader = createReader(`${folder}inventories`);
const sets = ['development', 'fresh-1', 'fresh-2', 'fresh-3', 'fresh-4', 'fresh-5', 'fresh-6'];
/** Every so many plans is held in each way. */
const stride = 7;

const holds: Readonly<Record<string, readonly string[]>> = {
  'not yet': [
    ", but don't run it yet",
    ' (not yet!)',
    ', not now',
    ' - but do not execute it yet',
    ', not before Friday',
    ', but wait until I say so',
  ],
  'an occasion': [' after lunch', ' (after lunch)', ', after the standup please', ', not before noon'],
  'a condition': [
    ' only if finance agrees',
    ', if the team is fine with it',
    ' unless somebody objects',
    ', only after the backup is verified',
    ', provided the board agrees',
  ],
  consent: [
    ' once the board has approved it',
    ', as soon as my boss says yes',
    ' (pending approval)',
    ' when I am back',
    ', subject to review',
  ],
  'a later time': [' tomorrow', ' tonight', ' later today', ' on Monday', ' this evening', ' next week'],
  'taking it back': [
    ' ... never mind',
    ', forget it',
    '. No, leave it.',
    ', just kidding',
    '. Scratch that.',
    ' - wait',
    ', no, better not',
    '. Actually, cancel that, sorry',
  ],
};

const frames = [undefined, 'greeting', 'signature', 'ticket', 'emoji', 'letter'] as const;

describe('orders that are held', function () {
  this.timeout(120_000);
  const plans: Scored[] = [];
  const isPlan = (item: Scored): boolean => {
    const { fixture, interpreter } = reader(item.inventory);
    const prediction = predict(item, interpreter, fixture);
    return prediction.kind === 'plan' && isRight(item.expect, prediction, fixture);
  };
  before(() => {
    const all = sets.flatMap((name) =>
      readFileSync(`${folder}${name}.jsonl`, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Scored),
    );
    // A command line says what it says, a window of silence is a time of its own, and what stands behind a remark or
    // a full stop is said of that.
    const spoken = all.filter(
      ({ text, context }) =>
        context === undefined &&
        !/--|\n|^\W*(kubectl|k|aws|openstack)\s|silence|mute|snooze|[?.:,] |[?:]$| - /i.test(text),
    );
    plans.push(...spoken.filter((item) => item.expect.kind === 'plan').filter((_, at) => at % stride === 0));
    plans.splice(0, plans.length, ...plans.filter(isPlan));
    assert.ok(plans.length > 30, `${plans.length}`);
  });

  for (const [way, words] of Object.entries(holds))
    it(`give no plan: ${way}`, () => {
      const random = createRandom(20_261_121);
      const acted: string[] = [];
      for (const item of plans)
        for (const hold of words) {
          const held = item.text.replace(/[\s.!]+$/, '') + hold;
          const frame = random.pick(frames);
          const text = (frame && paraphrases[frame]!(held, random)) ?? held;
          const { fixture, interpreter } = reader(item.inventory);
          if (interpreter.read({ text, nowMs: fixture.nowMs }).kind === 'plan') acted.push(text);
        }
      assert.deepEqual(acted, []);
    });

  for (const text of [
    'nobody should restart db-1',
    'would it be okay to delete old-wiki?',
    'restart db-1, but talk to alice first',
    'silence HighCPU-web-1 forever',
    'restart db-1 but not while the tests run',
    'reboot web-1 after you took it out of the pool',
    'stop web-1 and when its idle delete it',
    'open port 8443 on web-sg for the addresses of the customer only',
    'snapshot db-1 and label it',
    'make my restart disappear from the audit log',
    'doctor the audit log so nobody sees the restart',
    'would you maybe help me with my tax return?',
  ])
    it(`does not act: "${text}"`, () => {
      const { fixture, interpreter } = reader('openstack-small');
      assert.match(interpreter.read({ text, nowMs: fixture.nowMs }).kind, /^(clarify|refuse)$/);
    });

  for (const text of [
    'nobody should reach 25 on web-sg any more, close it',
    'would it be okay to add a keypair called rosa-laptop?',
    'restart db-1 and show me the audit log',
    'delete alice-key as she left the company on Friday',
    'create a 20 GB volume named tmp-1, I need it for a week',
  ])
    it(`acts: "${text}"`, () => {
      const { fixture, interpreter } = reader('openstack-small');
      assert.equal(interpreter.read({ text, nowMs: fixture.nowMs }).kind, 'plan');
    });

  for (const text of [
    'restart db-1, we cannot wait until tonight',
    'restart db-1 (approved by the board)',
    'restart db-1, it hangs since lunch',
    'restart db-1 before lunch please',
    'restart db-1, the users will be back this afternoon',
    'restart db-1, I go through the rest over the weekend',
    'restart db-1, never mind the users',
    'restart db-1 and reply here when it is done',
    'my lead told me to restart db-1',
    'nobody wants to wait, restart db-1',
    'could you restart db-1, if that is okay?',
    'I think I left db-1 hanging all night, could you restart it?',
    'restart db-1, people can talk to each other for a minute',
  ])
    it(`go ahead: "${text}"`, () => {
      const { fixture, interpreter } = reader('openstack-small');
      const reading = interpreter.read({ text, nowMs: fixture.nowMs });
      assert.ok(reading.kind === 'plan', reading.kind);
      assert.deepEqual(
        reading.steps.map(({ operation }) => operation),
        ['reboot.vm'],
      );
    });

  for (const text of [
    'nobody told me to delete web-01',
    'they never asked us to restart web-01',
    'someone asked me to delete web-01, is that safe?',
    'the email told me to delete web-01',
    'maria asked me to delete web-01 yesterday',
    'restart web-01, is that a good idea?',
    'delete web-01, should I?',
    'we might delete web-01',
    'we plan to delete web-01',
    "i'm about to delete web-01",
    'we were thinking to stop web-01',
    'clean up web-01',
    'put off the reboot of web-01',
    "let's put off deleting web-01",
    'get down to business with web-01',
    'reboot web-01 and web-02, not same time',
    'please be informed that web-01 shall be rebooted',
    'i was told to delete web-01',
    'we use web-01, delete it',
    'if you can boot web-01 let me know',
    'stop web-01 until the end of the quarter',
  ])
    it(`told or doubted, never give a plan: "${text}"`, () => {
      const { fixture, interpreter } = reader('openstack-small');
      assert.notEqual(interpreter.read({ text, nowMs: fixture.nowMs }).kind, 'plan');
    });

  for (const text of [
    'tomorrow: delete web-01',
    'tomorrow, delete web-01',
    'tomorrow morning - snapshot db-1',
    'tonight i need db-1 rebooted',
    "tonight's change: restart db-1",
    'on monday please stop web-01',
    'plan for tonight: restart db-1, stop web-01',
    'weekend: stop all dev vms',
    'from monday on, stop all dev vms',
    'later: restart db-1',
    'stop web-01 then on saturday delete it',
  ])
    it(`for a later time, never give a plan: "${text}"`, () => {
      const { fixture, interpreter } = reader('openstack-small');
      assert.notEqual(interpreter.read({ text, nowMs: fixture.nowMs }).kind, 'plan');
    });

  for (const text of [
    'tomorrow is the demo, restart db-1',
    "for tomorrow's demo, restart db-1",
    'tomorrow the auditors come, restart db-1',
    'restart db-1, tomorrow we go live',
    'today: restart db-1',
  ])
    it(`now, whatever comes later: "${text}"`, () => {
      const { fixture, interpreter } = reader('openstack-small');
      assert.equal(interpreter.read({ text, nowMs: fixture.nowMs }).kind, 'plan');
    });

  it('are offered, so that a word does them now', () => {
    const { fixture, interpreter } = reader('openstack-small');
    const reading = interpreter.read({ text: 'restart db-1 after lunch', nowMs: fixture.nowMs });
    assert.ok(reading.kind === 'clarify');
    assert.deepEqual(
      reading.candidates.map(({ label, reading: { kind } }) => [label, kind]),
      [['Reboot VM db-1', 'plan']],
    );
    const back = interpreter.read({ text: 'restart db-1 ... never mind', nowMs: fixture.nowMs });
    assert.ok(back.kind === 'clarify' && back.candidates.length === 0);
  });
});

// An order with its reason, courtesy, occasion or heading beside it, which a careful colleague would simply carry out; and
// the same words where they do matter: somebody said no, it was done already, it is meant each time, it was a joke.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

function checkAlike(inventory: string, plain: string, texts: readonly string[]): void {
  it(plain, () => {
    const wanted = stepsOf(read(plain, inventory));
    assert.ok(wanted.length > 0, plain);
    for (const text of texts) {
      const reading = read(text, inventory);
      assert.equal(reading.kind, 'plan', text);
      assert.deepEqual(stepsOf(reading), wanted, text);
    }
  });
}

function checkHeld(inventory: string, texts: readonly string[]): void {
  for (const text of texts)
    it(`is held: ${text}`, () => assert.notEqual(read(text, inventory).kind, 'plan', text));
}

const [os, aws, k8s, mixed] = ['openstack-small', 'aws-mid', 'k8s-mid', 'mixed'];

describe('an order with its reason beside it', () => {
  checkAlike(mixed!, 'make a snapshot of erp-01 and erp-02', [
    'Before the update make a snapshot of erp-01 and erp-02.',
    'Prior to the kernel update make a snapshot of erp-01 and erp-02',
    'Ahead of the release please make a snapshot of erp-01 and erp-02',
    'In case the update goes wrong: make a snapshot of erp-01 and erp-02',
  ]);
  checkAlike(mixed!, 'snapshot data-mongo-1, then reboot mongo-1', [
    'Freeze the evidence: snapshot data-mongo-1, and only then reboot mongo-1.',
    'Tidy the mess: snapshot data-mongo-1, then reboot mongo-1',
  ]);
  checkAlike(aws!, 'cancel act-76', [
    "The change board has rejected dave's volume deletion. Please cancel act-76 accordingly.",
    'cancel act-76, it was turned down by the board',
    'Legal has vetoed it. Cancel act-76 please.',
    'The CAB has turned down the resize. Cancel act-76, please.',
  ]);
  checkAlike(aws!, 'reboot web-prod-2, web-prod-3 and web-prod-4', [
    'Mitigation agreed: reboot web-prod-2, 3 and 4. Not 1, not 10.',
    'reboot web-prod-2, 3 and 4. Not 10!',
  ]);
  checkAlike(aws!, 'reboot the prod mongo vms other than mongo-1', [
    "stale reads: reboot the prod mongo vms other than mongo-1, that one's the primary.",
    "reboot the prod mongo vms other than mongo-1, that's the one Joris works on",
  ]);
  checkAlike(aws!, 'restart jenkins', [
    'May I humbly ask you to restart jenkins? Thank you in advance.',
    'If I may trouble you: restart jenkins.',
    'Would it be a great imposition to restart jenkins? Much obliged.',
    'I respectfully request you to restart jenkins',
  ]);
  checkAlike(os!, 'resize both ci-runner-1 and ci-runner-2 to L.16', [
    'Both ci-runner-1 and ci-runner-2 go up to L.16, compiling kernels on four cores is a joke.',
  ]);
  checkAlike(os!, 'enable business-hours-only', [
    "enable business-hours-only. Management's decision, not mine.",
  ]);

  checkHeld(mixed!, ['evacuate esx-01: all its vms over to esx-02']);
  checkHeld(os!, [
    "stop web-1's twin",
    "reboot web-1's brother",
    'stop what web-1 needs',
    'stop whatever web-1 talks to',
    'stop that which hosts web-1',
    'stop anything attached to web-1',
    'stop vms like web-1',
    'stop web-1 etc',
  ]);
  checkAlike(os!, 'reboot web-1', ["web-1's down, reboot it", "restart web-1's vm"]);
  checkHeld(os!, [
    'stop web-1 monday morning',
    'stop web-1 02:30',
    'stop web-1 9pm, thanks',
    'noon: stop web-1',
    'eod: stop web-1',
    'stop web-1, web-10 tuesday',
    'stop web-1 on the 24th',
    'stop web-1 25 november',
    'stop web-1 2026-11-25',
    'stop web-1 starting thu 10am',
    'stop web-1 22:00-23:00',
    'stop web-1 in a bit',
    'snapshot db-1 friday',
    'stop web-1, after lunch',
    'attach scratch to db-1. Db? I meant the app machine',
    'stop web-1, typo, the other one',
    'resize db-1 to M.8, apologies, wrong box',
    'delete vol-backup, I have some doubts',
    'my best guess: reboot web-1',
    'stop web-1, it is off already',
  ]);
  checkHeld(k8s!, [
    'drain worker-3 02:30 sharp',
    'resume db-refresh Monday morning, the weekend stays quiet',
    'scale web in prod to 3 friday',
  ]);
  checkAlike(os!, 'stop web-1', [
    'stop web-1, monday demo is over',
    'web-1 hangs since 02:30, stop web-1',
    '[14:02] stop web-1',
    'stop web-1 now, 9am is too late',
    'stop web-10, I meant web-1',
  ]);
  checkHeld(k8s!, [
    'Whatever the dashboard proposes, hands off: scale ledger to 0',
    'the duty manager and I are weighing that: restart grafana',
    'restart grafana, I am torn',
    'restart any pod of web in prod',
    'restart the first pod of web in prod',
    'scale web in prod to 3 per zone',
    'rollback web in prod to yesterday',
    'rollback web in prod to the one before last',
    'rollback web in prod to 1.4',
  ]);
  checkHeld(os!, [
    'The change was turned down. stop app-prod-1',
    'resize app-prod-1 to L.16: the board rejected it',
    'delete the volume vol-backup. Petra has declined the request.',
    'reboot web-10 was done an hour ago',
    'Tomorrow, first thing, reboot db-1',
    'stop app-prod-1. It was a joke',
    'Freeze the evidence and snapshot db-1',
  ]);
  checkHeld(aws!, [
    'The board has rejected the cancellation. Cancel act-76.',
    'Cancel act-76. It was approved this morning.',
    'Legal has not rejected it, cancel act-76',
    'Legal has vetoed it. Cancel act-76 please, but not yet.',
    'reboot web-prod-2, 3 and 4. Not 3.',
    'reboot mongo-1 in case it hangs again',
    'In case it hangs, reboot mongo-1',
    'May I humbly ask you not to restart jenkins',
    'Notify the customer: reboot mongo-1',
    'During the update reboot mongo-1.',
  ]);
  checkHeld(k8s!, [
    'scale all deployments in staging to 0, only those nobody uses',
    'Every time before the release snapshot postgres in prod',
  ]);
  checkHeld(mixed!, ['snapshot erp-01 before each update', 'Before every update make a snapshot of erp-01']);
});

// Never more than was asked for: words of an order that are only spoken of, sets whose bound was said in another sentence
// or in a quote, pairs of which three were told of, and amounts that may be meant as more.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { readFixture } from '../../daemon/cli/fixtures.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';

const folder = new URL('./sets/inventories', import.meta.url).pathname;

describe('what was asked for and no more', () => {
  function reader(inventory: string) {
    const { resources, nowMs } = readFixture(folder, inventory);
    const interpreter = createInterpreter(catalogue);
    interpreter.index.apply({ upserts: resources, removes: [] });
    return (text: string) => interpreter.read({ text, nowMs });
  }
  const operationsOf = (reading: ReturnType<ReturnType<typeof reader>>): readonly string[] =>
    reading.kind === 'plan' ? reading.steps.map(({ operation }) => operation) : [];

  it('orders nothing by a word that is only spoken of', () => {
    const read = reader('aws-mid');
    for (const verb of ['freeze', 'backup', 'reboot', 'stop', 'restart', 'snapshot'])
      for (const [text, wanted] of [
        [`${verb} is over, start web-prod-1`, 'start.vm'],
        [`the ${verb} is done. tag web-prod-1 with a=b`, 'tag.vm'],
        [`${verb} window: resize web-prod-1 to t3.large`, 'resize.vm'],
        [`${verb} onboarding - tag web-prod-1 with backup=veeam`, 'tag.vm'],
      ] as const)
        assert.deepEqual(
          operationsOf(read(text)).filter((one) => one !== wanted),
          [],
          text,
        );
    assert.deepEqual(operationsOf(read('freeze is over, start web-prod-1')), ['start.vm']);
    assert.deepEqual(operationsOf(read('stop and delete web-prod-1')), ['stop.vm', 'delete.vm']);
  });

  it('bounds what is destroyed by a question beside it', () => {
    const read = reader('openstack-small');
    for (const text of [
      'delete old-wiki and everything on it',
      'delete old-wiki, and everything else too',
      'delete old-wiki. everything must go',
      'show me everything in prod and delete it',
      'show me everything, then delete it',
      'disable cost-cap and all other policies',
      'turn off every policy, then list vms',
      'approve all pending actions from now on',
    ])
      assert.equal(read(text).kind, 'refuse', text);
    assert.deepEqual(operationsOf(read('approve all pending actions of alice')), ['action.approve']);
  });

  it('asks which two of three are meant', () => {
    const read = reader('aws-mid');
    for (const pair of ['those two', 'these two', 'both', 'both of them']) {
      const told = `mongo-1 is fine, mongo-2 and mongo-3 are not, reboot ${pair}`;
      assert.equal(read(told).kind, 'clarify', told);
      assert.deepEqual(
        operationsOf(read(`mongo-2 and mongo-3 are slow, reboot ${pair}`)),
        ['reboot.vm'],
        pair,
      );
    }
  });

  it('asks what "there" is where another sentence said it', () => {
    const read = reader('k8s-mid');
    for (const text of [
      'staging is broken and prod is slow. restart all deployments there',
      'staging is broken. delete all deployments there',
    ])
      assert.equal(read(text).kind, 'clarify', text);
    for (const [text, operation] of [
      ['in staging, restart all deployments there', 'rollout-restart.deployment'],
      ['the last push to staging was bad: roll back every unhealthy deployment there', 'rollback.deployment'],
    ] as const)
      assert.deepEqual(operationsOf(read(text)), [operation], text);
  });

  it('asks where a quote may bound a set', () => {
    const read = reader('aws-mid');
    for (const quote of ['only the dev ones', 'but leave the bastion', 'everything except prod'])
      assert.equal(read(`Boss said: "${quote}". Please stop all vms`).kind, 'clarify', quote);
    assert.equal(read('Boss said: "hello there". Please stop all vms').kind, 'plan');
  });

  it('adds what is to come on top, and asks where a volume would shrink without a word of it', () => {
    const read = reader('openstack-small');
    const sizeOf = (text: string) => {
      const reading = read(text);
      return reading.kind === 'plan' ? reading.steps[0]?.args.size_gb : reading.kind;
    };
    assert.equal(sizeOf('put 60 GB on top of vol-data'), 160);
    assert.equal(sizeOf('vol-data needs 60 GB on top'), 160);
    assert.equal(sizeOf('resize vol-data to 60 GB'), 60);
    for (const text of ['put 60 GB into vol-data', 'give vol-data 60 GB'])
      assert.equal(sizeOf(text), 'clarify', text);
  });

  it('resets hard only where that was said', () => {
    const read = reader('mixed');
    const isHard = (text: string) => {
      const reading = read(text);
      assert.deepEqual(operationsOf(reading), ['reboot.vm'], text);
      return reading.kind === 'plan' && reading.steps[0]?.args.hard === true;
    };
    for (const text of [
      'hard reset fileserver',
      'fileserver hangs, hard reset it',
      'fileserver needs a hard reset',
    ])
      assert.equal(isHard(text), true, text);
    assert.equal(isHard('reset fileserver'), false);
  });

  it('answers the same question once', () => {
    const reading = reader('openstack-small')(
      'what does the policy cost-cap say? please show the policy cost-cap',
    );
    assert.equal(reading.kind === 'query' && reading.steps.length, 1);
  });

  it('asks where words of sparing are torn apart', () => {
    const read = reader('mixed');
    for (const text of [
      'terminate all virtual machines tagged env=staging but today not really web-01',
      'terminate every one of the elbs in prod apart asap from web-prod-alb',
      'delete all dev vms, other you know than bastion',
    ])
      assert.equal(read(text).kind, 'clarify', text);
  });

  it('moves nothing by a word for placing things', () => {
    const reading = reader('openstack-small')(
      'audit=2026q4 is the tag I need on all production machines, please put it there',
    );
    assert.ok(!operationsOf(reading).includes('migrate.vm'));
  });
});

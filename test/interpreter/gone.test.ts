// Nothing ever stands in for a thing that is not there: whatever is asked of a name that no thing has, in whatever
// spelling, and however like another name it is, the answer is a question, and what it offers is there to choose.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { readFixture } from '../../daemon/cli/fixtures.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
import { looseKey } from '../../daemon/interpreter/inventory/inventory.ts';
import { isSlipOf } from '../../daemon/interpreter/words/distance.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { nameable } from './generator.ts';

const folder = new URL('./sets/inventories', import.meta.url).pathname;
/** Of so many names of a kind, spread over all. */
const namesMax = 24;

const commands: Readonly<Record<string, readonly string[]>> = {
  vm: ['reboot', 'delete the vm', 'terminate', 'attach scratch to', 'stop all vms except'],
  volume: ['snapshot', 'delete', 'detach', 'delete all unattached volumes except'],
  node: ['cordon', 'drain the node'],
  deployment: ['restart', 'delete the deployment'],
  pod: ['delete', 'restart'],
  database: ['reboot', 'delete the database'],
  snapshot: ['delete', 'get rid of the snapshot'],
};

/** A name as it may be typed, dictated or nearly hit. */
function spellings(name: string): readonly string[] {
  return [
    name,
    name.toUpperCase(),
    name.replaceAll('-', '_'),
    `${name}0`,
    `${name}7`,
    `${name}-2`,
    `${name}-copy`,
    `old-${name}`,
    // Spoken, only where no part of it says a place or a kind.
    /\b(us|eu|prod|staging|dev|test|vol|snap)\b/.test(name) ? name : name.replace(/[-_]/g, ' '),
  ];
}

function spread<T>(all: readonly T[], max: number): readonly T[] {
  const step = Math.max(1, Math.floor(all.length / max));
  return all.filter((_, at) => at % step === 0).slice(0, max);
}

describe('names of things that are gone', function () {
  this.timeout(120_000);
  for (const inventory of ['openstack-small', 'aws-mid', 'k8s-mid', 'mixed']) {
    it(`are never taken for other things, over ${inventory}`, () => {
      const { resources, nowMs } = readFixture(folder, inventory);
      const interpreter = createInterpreter(catalogue);
      interpreter.index.apply({ upserts: resources, removes: [] });
      const keys = new Set(resources.map((one) => looseKey(one.name)));
      const wrong: string[] = [];
      let read = 0;
      for (const [kind, verbs] of Object.entries(commands))
        for (const gone of spread(nameable(resources, kind), namesMax)) {
          interpreter.index.apply({ upserts: [], removes: [gone.id] });
          for (const said of new Set(spellings(gone.name))) {
            const isThere = looseKey(said) !== looseKey(gone.name) && keys.has(looseKey(said));
            if (isThere || isSaidOtherwise(gone, resources)) continue;
            for (const verb of verbs) {
              read++;
              const text = `${verb} ${said}`;
              if (interpreter.read({ text, nowMs }).kind === 'plan') wrong.push(text);
            }
          }
          interpreter.index.apply({ upserts: [gone], removes: [] });
        }
      assert.deepEqual(wrong, []);
      assert.ok(read > 500, `${read}`);
    });
  }

  it('are asked about with the nearest to choose from', () => {
    const { resources, nowMs } = readFixture(folder, 'aws-mid');
    const interpreter = createInterpreter(catalogue);
    interpreter.index.apply({ upserts: resources, removes: [] });
    const reading = interpreter.read({ text: 'reboot web-prod-77', nowMs });
    assert.ok(reading.kind === 'clarify');
    assert.equal(reading.about, 'target');
    assert.ok(reading.candidates.length > 1);
    assert.ok(reading.candidates.every((one) => /web-prod-\d/.test(one.label)));
  });

  it('are never left out of a question for figures', () => {
    const node: Resource = {
      id: 'lab:host/node/127.0.0.1:19100',
      connection: 'lab',
      provider: 'prometheus',
      kind: 'host',
      name: '127.0.0.1:19100',
      status: 'running',
      health: 'ok',
      tags: { instance: '127.0.0.1:19100', job: 'node' },
      attributes: { app: 'node' },
    };
    const interpreter = createInterpreter(catalogue);
    interpreter.index.apply({ upserts: [node], removes: [] });
    const read = (text: string) => interpreter.read({ text, nowMs: Date.parse('2026-11-20T12:00:00Z') });
    for (const text of [`what's current CPU on ${node.name}?`, `cpu of ${node.name}`]) {
      const there = read(text);
      assert.ok(there.kind === 'query', text);
      assert.equal(there.steps[0]?.operation, 'metrics.host');
      assert.deepEqual(there.steps[0]?.target, { kind: 'resources', ids: [node.id] });
    }
    const unnamed = read("what's current CPU?");
    assert.equal(unnamed.kind === 'query' && unnamed.steps[0]?.operation, 'metrics.host');
    for (const text of ["what's current CPU on 127.0.0.1:19200?", 'cpu of 10.0.0.9:9100'])
      assert.equal(read(text).kind, 'clarify', text);
  });

  it('differ from a slip of the keyboard', () => {
    const isKnown = (part: string): boolean => /^(import|export|prod|staging|api|app|web)$/.test(part);
    const slips = [
      ['wbe-prod-1', 'web-prod-1'],
      ['web-prdo-1', 'web-prod-1'],
      ['web-stagng-1', 'web-staging-1'],
      ['webprod-1', 'web-prod-1'],
      ['chekcout', 'checkout'],
      ['analytics-elt', 'analytics-etl'],
    ] as const;
    const others = [
      ['api-prod-1', 'app-prod-1'],
      ['tmp-export', 'tmp-import'],
      ['web-staging-1', 'app-staging-1'],
      ['analytics-etl', 'analytics-dw'],
      ['web-prod', 'web-prod-api'],
      ['db-a', 'db-b'],
    ] as const;
    for (const [typed, name] of slips) assert.ok(isSlipOf(typed, name, isKnown), `${typed} ${name}`);
    for (const [typed, name] of others) assert.ok(!isSlipOf(typed, name, isKnown), `${typed} ${name}`);
  });
});

describe('names that a thing of another kind has', function () {
  this.timeout(120_000);
  for (const inventory of ['openstack-small', 'aws-mid', 'k8s-mid', 'mixed']) {
    it(`never destroy what belongs to that thing, over ${inventory}`, () => {
      const { resources, nowMs } = readFixture(folder, inventory);
      const interpreter = createInterpreter(catalogue);
      interpreter.index.apply({ upserts: resources, removes: [] });
      const wrong: string[] = [];
      for (const [kind, word] of Object.entries(kindWords)) {
        const named = new Set(resources.filter((one) => one.kind === kind).map((one) => looseKey(one.name)));
        const others = resources.filter(
          (one) => !named.has(looseKey(one.name)) && !alsoCalled[kind]?.includes(one.kind),
        );
        if (named.size > 0)
          for (const { name } of spread(others, namesMax))
            for (const text of [`delete ${word} ${name}`, `please remove the ${word} called ${name}`])
              if (interpreter.read({ text, nowMs }).kind === 'plan') wrong.push(text);
      }
      assert.deepEqual(wrong, []);
    });
  }

  it('offer what belongs to it, which is done where that was said', () => {
    const { resources, nowMs } = readFixture(folder, 'openstack-small');
    const interpreter = createInterpreter(catalogue);
    interpreter.index.apply({ upserts: resources, removes: [] });
    for (const verb of ['delete', 'detach', 'snapshot']) {
      const asked = interpreter.read({ text: `${verb} volume db-1`, nowMs });
      assert.ok(asked.kind === 'clarify', verb);
      assert.match(asked.candidates.map(({ label }) => label).join(), /vol-data/);
      const said = interpreter.read({ text: `${verb} the volume of db-1`, nowMs });
      assert.ok(said.kind === 'plan', verb);
      assert.deepEqual(said.steps[0]?.target, { kind: 'resources', ids: ['os:volume/vol-data'] });
    }
  });
});

/** A cron job is also called a job, and whatever runs on is a service. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  job: ['cronjob'],
  service: ['deployment', 'statefulset', 'daemonset'],
};

const kindWords: Readonly<Record<string, string>> = {
  volume: 'volume',
  network: 'network',
  subnet: 'subnet',
  snapshot: 'snapshot',
  'floating-ip': 'floating ip',
  'security-group': 'security group',
  vm: 'vm',
  image: 'image',
  deployment: 'deployment',
  pod: 'pod',
  service: 'service',
  job: 'job',
  namespace: 'namespace',
  database: 'database',
};

/** The words of the name also describe things that are still there: an app, a team, the start of other names. */
function isSaidOtherwise(gone: Resource, resources: readonly Resource[]): boolean {
  const word = gone.name.toLowerCase();
  return resources.some(
    (one) =>
      one !== gone &&
      (one.name.toLowerCase().split('-').includes(word) ||
        one.attributes.app === gone.name ||
        Object.values(one.tags).some((value) => value.toLowerCase() === word)),
  );
}

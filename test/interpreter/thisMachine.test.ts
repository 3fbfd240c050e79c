// What runs on one machine is understood where it is there, and takes no sentence away from anything else.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
import type { Kind } from '../../shared/model/kind.ts';
import type { Resource } from '../../shared/model/resource.ts';

const nowMs = Date.parse('2026-11-20T12:00:00Z');

function thing(kind: Kind, name: string, attributes: Resource['attributes'] = {}): Resource {
  const connection = kind === 'deployment' || kind === 'pod' || kind === 'vm' ? 'cloud' : 'local';
  return {
    id: `${connection}:${kind}/${name.replaceAll(' ', '_')}`,
    connection,
    provider: connection === 'local' ? 'local' : 'sandbox',
    kind,
    name,
    status: 'running',
    health: 'ok',
    tags: {},
    attributes,
  };
}

const cloud = [thing('deployment', 'web'), thing('pod', 'web-1'), thing('vm', 'db-1'), thing('vm', 'db-2')];
const machine = [
  thing('host', 'laptop', { this_machine: true }),
  thing('container', 'web'),
  thing('container', 'cache'),
  thing('process', 'nginx (1234)', { pid: 1234, nice: 0 }),
  thing('process', 'top (77)', { pid: 77, nice: 0 }),
  thing('unit', 'nginx.service'),
  thing('range', '192.0.2.0/28'),
];

/** `operation ids args` of each step, or the kind of the reading. */
function read(text: string, resources: readonly Resource[]): string {
  const interpreter = createInterpreter(catalogue);
  interpreter.index.apply({ upserts: resources, removes: [] });
  const reading = interpreter.read({ text, nowMs });
  if (reading.kind !== 'plan' && reading.kind !== 'query') return reading.kind;
  return reading.steps
    .map((step) => {
      const ids = step.target?.kind === 'resources' ? step.target.ids : [];
      const args = Object.keys(step.args).length > 0 ? [JSON.stringify(step.args)] : [];
      return [step.operation, ...ids, ...args].join(' ');
    })
    .join('; ');
}

describe('sentences about this machine', () => {
  const both = [...cloud, ...machine];
  const cases: readonly (readonly [string, string])[] = [
    ["what's current CPU?", 'metrics.host local:host/laptop {"metric":"cpu"}'],
    ["what's the current CPU usage", 'metrics.host local:host/laptop {"metric":"cpu"}'],
    ['how much memory is used?', 'metrics.host local:host/laptop {"metric":"memory"}'],
    ['cpu in the last 10 minutes', 'metrics.host local:host/laptop {"metric":"cpu","window_s":600}'],
    ['cpu of this machine', 'metrics.host local:host/laptop {"metric":"cpu"}'],
    ['memory of localhost', 'metrics.host local:host/laptop {"metric":"memory"}'],
    ['how busy is my machine?', 'metrics.host local:host/laptop {"metric":"cpu"}'],
    ['cpu of laptop', 'metrics.host local:host/laptop {"metric":"cpu"}'],
    ['top 3 vms by cpu', 'metrics.vm cloud:vm/db-1 cloud:vm/db-2 {"metric":"cpu","top":3}'],
    ['list containers', 'list.container local:container/web local:container/cache'],
    ['list processes', 'list.process local:process/nginx_(1234) local:process/top_(77)'],
    ['stop container cache', 'stop.container local:container/cache'],
    ['stop cache', 'stop.container local:container/cache'],
    ['start the container web', 'start.container local:container/web'],
    ['restart container web', 'restart.container local:container/web'],
    ['pause cache', 'suspend.container local:container/cache'],
    ['delete container cache', 'delete.container local:container/cache'],
    ['limit container web to 512 MB', 'resize.container local:container/web {"ram_gb":0.5}'],
    ['logs of container web', 'logs.container local:container/web'],
    ['kill process 1234', 'delete.process local:process/nginx_(1234)'],
    ['kill pid 1234', 'delete.process local:process/nginx_(1234)'],
    ['renice process 1234 to 10', 'renice.process local:process/nginx_(1234) {"nice":10}'],
    ['set the priority of process 1234 to 5', 'renice.process local:process/nginx_(1234) {"nice":5}'],
    ['restart nginx.service', 'restart.unit local:unit/nginx.service'],
    ['restart the nginx service', 'restart.unit local:unit/nginx.service'],
    ['scan range 192.0.2.0/28', 'discover.range local:range/192.0.2.0/28'],
    ['list address ranges', 'list.range local:range/192.0.2.0/28'],
    ['list systemd services', 'list.unit local:unit/nginx.service'],
  ];
  for (const [text, expected] of cases) it(text, () => assert.equal(read(text, both), expected));
});

describe('sentences that are not about this machine', () => {
  const both = [...cloud, ...machine];
  const elsewhere: readonly (readonly [string, string])[] = [
    ['restart web', 'rollout-restart.deployment cloud:deployment/web'],
    ['scale web to 77', 'scale.deployment cloud:deployment/web {"replicas":77}'],
    ['cpu of db-1', 'metrics.vm cloud:vm/db-1 {"metric":"cpu"}'],
    ['stop all vms', 'stop.vm cloud:vm/db-1 cloud:vm/db-2'],
  ];
  for (const [text, expected] of elsewhere)
    it(`${text}, beside this machine`, () => assert.equal(read(text, both), expected));

  it('means any VM by "vm", whatever this machine is called', () => {
    const called = [...cloud, thing('host', 'vm', { this_machine: true })];
    assert.equal(read('stop all vms', called), read('stop all vms', cloud));
    assert.equal(read('show vm db-1', called), read('show vm db-1', cloud));
  });
  it('asks which "web" is to be deleted', () => assert.equal(read('delete web', both), 'clarify'));
  it('means pods by containers where there is no container', () =>
    assert.equal(read('list containers', cloud), 'list.pod cloud:pod/web-1'));
  it('knows no process where none is there', () =>
    assert.notEqual(read('kill process 1234', cloud).split('.')[1]?.startsWith('process'), true));
  for (const text of ['restart web', 'scale web to 77', 'list pods', 'stop all vms', 'delete db-1'])
    it(`reads "${text}" as it did without this machine`, () =>
      assert.equal(read(text, [...cloud, ...machine.slice(0, 1)]), read(text, cloud)));
});

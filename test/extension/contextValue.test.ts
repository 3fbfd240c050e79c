// What tree items say to the menus, tried with the very expressions that stand in package.json.

import assert from 'node:assert/strict';
import {
  contextOfKind,
  contextOfResource,
  whenAllowed,
  whenIs,
  whenOffered,
} from '../../extension/views/contextValue.ts';
import type { Connection } from '../../shared/model/connection.ts';
import { sampleOperation, sampleVm } from './samples.ts';

/** Evaluates `viewItem =~ /…/` and `!viewItem || …` the way the editor does. */
function holds(when: string, viewItem: string | undefined): boolean {
  if (when.startsWith('!viewItem') && viewItem === undefined) return true;
  const pattern = /viewItem =~ \/(.*)\/$/.exec(when)![1]!;
  return new RegExp(pattern).test(viewItem ?? '');
}

const start = sampleOperation('start.vm', { from: ['stopped'], idle: ['running'] });
const stop = sampleOperation('stop.vm', { from: ['running'], idle: ['stopped'] });
const context = contextOfResource(sampleVm('web-1'), [start, stop]);

const connection = (more: Partial<Connection>) =>
  ({ id: 'os', environment: 'dev', mode: 'confirm', simulated: true, ...more }) as Connection;

describe('context values of the tree', () => {
  it('offers what the connection can do', () => {
    assert.ok(holds(whenOffered('stop.vm'), context));
    assert.ok(!holds(whenOffered('delete.vm'), context));
  });

  it('greys what the state forbids', () => {
    assert.ok(holds(whenOffered('start.vm'), context));
    assert.ok(!holds(whenAllowed('start.vm'), context));
    assert.ok(holds(whenAllowed('stop.vm'), context));
  });

  it('leaves commands of the palette enabled', () => assert.ok(holds(whenAllowed('start.vm'), undefined)));

  it('never takes one operation for another', () => {
    assert.ok(!holds(whenOffered('art.vm'), context));
    assert.ok(!holds(whenOffered('stopXvm'), context));
  });

  it('opens as YAML what its connection has manifests of', () => {
    const vm = sampleVm('web-1');
    assert.ok(!holds(whenIs('yaml'), context));
    assert.ok(holds(whenIs('yaml'), contextOfResource(vm, [], connection({ manifests: ['vm'] }))));
    assert.ok(!holds(whenIs('yaml'), contextOfResource(vm, [], connection({ manifests: ['pod'] }))));
  });

  it('greys what the identity may not do, in the namespaces where it may not', () => {
    const vm = { ...sampleVm('web-1'), namespace: 'shop' };
    const offers = (namespaces?: readonly string[]) => {
      const denial = { operation: 'stop.vm', reason: 'User eve may not patch vms.' };
      const denied = [{ ...denial, ...(namespaces ? { namespaces } : {}) }];
      const item = contextOfResource(vm, [stop], connection({ denied }));
      return [holds(whenOffered('stop.vm'), item), holds(whenAllowed('stop.vm'), item)];
    };
    assert.deepEqual(offers(), [true, false]);
    assert.deepEqual(offers(['shop']), [true, false]);
    assert.deepEqual(offers(['other']), [true, true]);
  });

  it('opens shells where there is a way in, and greys what does not run or may not be entered', () => {
    const running = { ...sampleVm('web-1'), status: 'running' };
    const offers = (vm: typeof running, more: Partial<Connection>) => {
      const item = contextOfResource(vm, [], connection(more));
      return [holds(whenOffered('shell'), item), holds(whenAllowed('shell'), item)];
    };
    assert.deepEqual(offers(running, { ways: { vm: ['shell'] } }), [true, true]);
    assert.deepEqual(offers({ ...running, status: 'stopped' }, { ways: { vm: ['shell'] } }), [true, false]);
    assert.deepEqual(offers(running, { ways: { vm: ['shell'] }, mode: 'read-only' }), [true, false]);
    assert.deepEqual(offers(running, { ways: { vm: ['forward'] } }), [false, false]);
    assert.deepEqual(offers(running, {}), [false, false]);
  });

  it('offers no shell, not even a grey one, in what has no way in though its kind has', () => {
    const switched = sampleVm('switch', { kind: 'host', ways: [] });
    for (const status of ['running', 'error']) {
      const item = contextOfResource({ ...switched, status }, [], connection({ ways: { host: ['ssh'] } }));
      assert.ok(!holds(whenOffered('shell'), item), status);
    }
  });

  it('forwards ports of what has them, and greys what is off or may not be changed', () => {
    const offers = (status: string, more: Partial<Connection>) => {
      const item = contextOfResource({ ...sampleVm('web-1'), status }, [], connection(more));
      return [holds(whenOffered('forward'), item), holds(whenAllowed('forward'), item)];
    };
    const ways = { vm: ['forward'] } as const;
    assert.deepEqual(offers('active', { ways }), [true, true]);
    assert.deepEqual(offers('stopped', { ways }), [true, false]);
    assert.deepEqual(offers('active', { ways, mode: 'read-only' }), [true, false]);
    assert.deepEqual(offers('running', { ways: { vm: ['exec'] } }), [false, false]);
  });

  it('takes no console for a shell, nor a shell for a console', () => {
    const item = contextOfResource(
      { ...sampleVm('web-1'), status: 'running' },
      [],
      connection({ ways: { vm: ['console'] } }),
    );
    assert.deepEqual(
      ['shell', 'forward', 'console', 'serial'].map((entry) => holds(whenOffered(entry), item)),
      [false, false, true, false],
    );
    assert.ok(holds(whenAllowed('console'), item));
  });

  it('offers a serial console where its cloud is not known to have none, and greys it for what is off', () => {
    const of = (status: string, ways: Connection['ways']) => {
      const item = contextOfResource({ ...sampleVm('web-1'), status }, [], connection({ ways }));
      return ['shell', 'serial'].map((entry) => [
        holds(whenOffered(entry), item),
        holds(whenAllowed(entry), item),
      ]);
    };
    const never = [false, false];
    assert.deepEqual(of('running', { vm: ['console', 'serial'] }), [never, [true, true]]);
    assert.deepEqual(of('stopped', { vm: ['console', 'serial'] }), [never, [true, false]]);
    assert.deepEqual(of('running', { vm: ['console'] }), [never, never]);
  });

  it('knows kinds', () => {
    assert.ok(holds(whenIs('kind:vm'), context));
    assert.ok(holds(whenIs('resource'), context));
    assert.ok(!holds(whenIs('connection'), context));
    assert.ok(holds(whenOffered('create.vm'), contextOfKind('vm', [sampleOperation('create.vm')])));
  });
});

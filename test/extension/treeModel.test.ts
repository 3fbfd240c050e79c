// The tree without the editor: what stands where, and that one change repaints one thing.

import assert from 'node:assert/strict';
import { createConnectionStore } from '../../extension/state/connections.ts';
import { createResourceStore, type ResourcesChange } from '../../extension/state/resources.ts';
import {
  createTreeModel,
  type StretchNode,
  stretchMembers,
  type TreeNode,
} from '../../extension/views/treeModel.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { sampleConnection, sampleVm } from './samples.ts';

function house(resources: readonly Resource[]) {
  const store = createResourceStore();
  const connections = createConnectionStore(undefined, () => {});
  connections.replaceAll([sampleConnection(), sampleConnection({ id: 'os', name: 'Other' })]);
  const model = createTreeModel(store, connections);
  store.replaceAll(resources);
  let repaints: readonly TreeNode[] | undefined = [];
  store.onDidChange((change: ResourcesChange) => {
    repaints = model.repaintsFor(change);
  });
  const keys = (node?: TreeNode) => model.childrenOf(node).map((child) => child.key);
  const find = (key: string): TreeNode => {
    const look = (node?: TreeNode): TreeNode | undefined => {
      for (const child of model.childrenOf(node)) {
        if (child.key === key) return child;
        if (key.startsWith('sandbox') && child.kind !== 'resource') {
          const found = look(child);
          if (found) return found;
        }
      }
      return undefined;
    };
    const found = look();
    assert.ok(found, `${key} is in the tree`);
    return found;
  };
  return { store, connections, model, keys, find, repainted: () => repaints?.map((node) => node.key) };
}

const volume = sampleVm('data', { id: 'sandbox:volume/data', kind: 'volume', status: 'available' });

describe('the tree of resources', () => {
  it('goes from connection to kind to resource, names in natural order', () => {
    const { keys, find } = house([sampleVm('web-10'), sampleVm('web-9'), volume]);
    assert.deepEqual(keys(), ['os', 'sandbox']);
    assert.deepEqual(keys(find('sandbox')), ['sandbox/vm', 'sandbox/volume']);
    assert.deepEqual(keys(find('sandbox/vm')), ['sandbox:vm/web-9', 'sandbox:vm/web-10']);
  });

  it('has a row below a connection that is in trouble or has nothing to show', () => {
    const { connections, keys, find } = house([sampleVm('web-1')]);
    assert.deepEqual(keys(find('os')), ['os?note']);
    const problem = { message: 'It does not answer.' };
    connections.replaceAll([
      sampleConnection({ state: 'degraded', problem }),
      sampleConnection({ id: 'os', state: 'connecting' }),
    ]);
    assert.deepEqual(keys(find('sandbox')), ['sandbox?note', 'sandbox/vm']);
    assert.deepEqual(keys(find('os')), []);
  });

  it('repaints only the connection that looks different, and nothing when one was read again', () => {
    const { connections, model, keys } = house([sampleVm('web-1')]);
    keys();
    const both = [sampleConnection(), sampleConnection({ id: 'os', name: 'Other' })] as const;
    const repaints = () => model.repaintsForConnections()?.map(({ key }) => key);
    connections.replaceAll(both.map((one) => ({ ...one, readAt: '2026-11-22T04:00:00Z', resourceCount: 7 })));
    assert.deepEqual(repaints(), []);
    connections.replaceAll([both[0], { ...both[1], state: 'degraded' }]);
    assert.deepEqual(repaints(), ['os']);
    connections.choose('sandbox');
    assert.deepEqual(repaints(), ['sandbox']);
    connections.replaceAll([both[0]]);
    assert.equal(repaints(), undefined);
  });

  it('hands out the same object for the same thing, by which the editor knows it again', () => {
    const { find } = house([sampleVm('web-1')]);
    assert.equal(find('sandbox:vm/web-1'), find('sandbox:vm/web-1'));
  });

  it('repaints only the resource that changed', () => {
    const { store, find, repainted } = house([sampleVm('web-1'), sampleVm('web-2')]);
    find('sandbox:vm/web-1');
    store.apply({ upserts: [sampleVm('web-1', { status: 'stopped' })], removes: [] });
    assert.deepEqual(repainted(), ['sandbox:vm/web-1']);
  });

  it('repaints nothing for a resource that was never shown', () => {
    const { store, repainted } = house([sampleVm('web-1')]);
    store.apply({ upserts: [sampleVm('web-1', { status: 'stopped' })], removes: [] });
    assert.deepEqual(repainted(), []);
  });

  it('repaints the kind when a resource comes, goes or is renamed', () => {
    const { store, find, keys, repainted } = house([sampleVm('web-1'), sampleVm('web-2')]);
    find('sandbox:vm/web-1');
    store.apply({ upserts: [sampleVm('api-1')], removes: [] });
    assert.deepEqual(repainted(), ['sandbox/vm']);
    store.apply({ upserts: [], removes: ['sandbox:vm/web-2'] });
    assert.deepEqual(repainted(), ['sandbox/vm']);
    store.apply({ upserts: [sampleVm('web-1', { name: 'aaa' })], removes: [] });
    assert.deepEqual(keys(find('sandbox/vm')), ['sandbox:vm/web-1', 'sandbox:vm/api-1']);
  });

  it('repaints the connection when a kind appears or its last resource goes', () => {
    const { store, find, keys, repainted } = house([sampleVm('web-1')]);
    find('sandbox:vm/web-1');
    store.apply({ upserts: [volume], removes: [] });
    assert.deepEqual(repainted(), ['sandbox']);
    store.apply({ upserts: [], removes: ['sandbox:vm/web-1'] });
    assert.deepEqual(repainted(), ['sandbox']);
    assert.deepEqual(keys(find('sandbox')), ['sandbox/volume']);
  });

  it('cuts a large kind into stretches that together hold everything once', () => {
    const many = Array.from({ length: 1_234 }, (_, index) => sampleVm(`vm-${index}`));
    const { model, find } = house(many);
    const stretches = model.childrenOf(find('sandbox/vm'));
    assert.equal(stretches.length, Math.ceil(1_234 / stretchMembers));
    const ids = stretches.flatMap((stretch) => model.childrenOf(stretch).map((node) => node.key));
    assert.equal(new Set(ids).size, 1_234);
    assert.deepEqual(model.spanOf(stretches[0] as StretchNode), ['vm-0', 'vm-199']);
    const last = model.nodeOf('sandbox:vm/vm-1233');
    assert.equal(last && model.parentOf(last), stretches.at(-1));
  });

  it('finds the way from a resource up to its connection', () => {
    const { model } = house([sampleVm('web-1')]);
    const way: string[] = [];
    for (let node = model.nodeOf('sandbox:vm/web-1'); node; node = model.parentOf(node)) way.push(node.key);
    assert.deepEqual(way, ['sandbox:vm/web-1', 'sandbox/vm', 'sandbox']);
  });

  it('filters by every word over name, status, address and tags, and shows only what is left', () => {
    const { model, keys, find } = house([
      sampleVm('web-1', { tags: { team: 'shop' } }),
      sampleVm('web-2', { status: 'stopped' }),
      volume,
    ]);
    model.setFilter('WEB stopped');
    assert.deepEqual(keys(), ['sandbox']);
    assert.deepEqual(keys(find('sandbox')), ['sandbox/vm']);
    assert.deepEqual(keys(find('sandbox/vm')), ['sandbox:vm/web-2']);
    model.setFilter('team=shop');
    assert.deepEqual(keys(find('sandbox/vm')), ['sandbox:vm/web-1']);
    model.setFilter('');
    assert.equal(keys(find('sandbox/vm')).length, 2);
  });

  it('lets a resource out of the filter when its status no longer fits', () => {
    const { store, model, keys, find, repainted } = house([
      sampleVm('web-1', { status: 'stopped' }),
      sampleVm('web-2', { status: 'stopped' }),
    ]);
    model.setFilter('stopped');
    assert.equal(keys(find('sandbox/vm')).length, 2);
    store.apply({ upserts: [sampleVm('web-1')], removes: [] });
    assert.deepEqual(repainted(), ['sandbox']);
    assert.deepEqual(keys(find('sandbox/vm')), ['sandbox:vm/web-2']);
  });
});

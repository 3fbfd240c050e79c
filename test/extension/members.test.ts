// The order of the tree's members, made in slices, amended and filtered: always the same as sorting all of them anew.

import assert from 'node:assert/strict';
import { createResourceStore } from '../../extension/state/resources.ts';
import { createMembers, orderKey } from '../../extension/views/members.ts';
import { runInSlices, runThrough, sortedByKey } from '../../extension/views/sliced.ts';
import { sampleVm } from './samples.ts';

const names = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `web-${((index + from) * 7_919) % 5_003}`);

describe('members of a kind', () => {
  it('stand in natural order, letter case aside', () => {
    const sorted = ['Web-10', 'web-9', 'web-1b', 'app'].sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
    assert.deepEqual(sorted, ['app', 'web-1b', 'web-9', 'Web-10']);
  });

  it('are the same after any comings, goings and renamings as when ordered anew', async () => {
    const store = createResourceStore();
    const members = createMembers(store);
    store.replaceAll(names(2_000).map((name) => sampleVm(name)));
    await members.prepare('sandbox', 'vm');
    for (let round = 0; round < 6; round++) {
      const all = [...store.list('sandbox', 'vm')];
      const removes = all.filter((_, index) => index % 13 === round).map(({ id }) => id);
      const renamed = all
        .filter((_, index) => index % 17 === round)
        .map((vm) => ({ ...vm, name: `x-${vm.name}` }));
      const born = names(50, 2_000 + round * 50).map((name) => sampleVm(name));
      store.apply({ upserts: [...renamed, ...born], removes });
      members.amend('sandbox', 'vm');
      if (round % 2 === 0) await members.prepare('sandbox', 'vm');
      const fresh = createMembers(store);
      assert.deepEqual(
        members.of('sandbox', 'vm').map(({ name }) => name),
        fresh.of('sandbox', 'vm').map(({ name }) => name),
      );
      for (const vm of members.of('sandbox', 'vm').slice(0, 50))
        assert.equal(members.of('sandbox', 'vm')[members.placeOf(vm)]?.id, vm.id);
    }
  });

  it('are filtered by every word, and prepared for one filter do not serve another', async () => {
    const store = createResourceStore();
    const members = createMembers(store);
    store.replaceAll([sampleVm('web-1'), sampleVm('db-1', { status: 'stopped' })]);
    members.setFilter('web');
    const first = members.prepare('sandbox', 'vm');
    members.setFilter('DB stop');
    await first;
    assert.deepEqual(
      members.of('sandbox', 'vm').map(({ name }) => name),
      ['db-1'],
    );
    assert.equal(members.countOf('sandbox', 'vm'), 1);
    assert.equal(members.prepare('sandbox', 'vm'), undefined);
  });
});

describe('work in slices', () => {
  it('sorts as the language does, equal keys in their order', () => {
    const items = names(5_000).map((key, index) => ({ key: key.slice(0, 6), index }));
    const sorted = runThrough(sortedByKey(items, ({ key }) => key));
    assert.deepEqual(
      sorted,
      [...items].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)),
    );
    assert.deepEqual(runThrough(sortedByKey([], String)), []);
  });

  it('lets others have a turn, and ends when it is not wanted any more', async () => {
    let isWanted = true;
    let steps = 0;
    function* endless(): Generator<void, string> {
      for (;;) {
        steps++;
        yield;
      }
    }
    setTimeout(() => {
      isWanted = false;
    }, 5);
    assert.equal(await runInSlices(endless(), () => isWanted), undefined);
    assert.ok(steps > 0);
  });
});

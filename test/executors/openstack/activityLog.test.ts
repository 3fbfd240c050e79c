// What Nova says was done to servers: told once, of servers that are new, changed or gone, so many in one look, and with
// the end of a server that has left the graph; one that Nova has forgotten altogether stops nothing.

import assert from 'node:assert/strict';
import { limits } from '../../../daemon/config.ts';
import type { Activity } from '../../../daemon/executors/contract.ts';
import { createActivityLog } from '../../../daemon/executors/openstack/activityLog.ts';
import type { OpenStack } from '../../../daemon/executors/openstack/api/openStack.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { fakeVm } from '../../fakes/resources.ts';

const { signal } = new AbortController();
const sinceMs = Date.UTC(2026, 10, 1);
const server = (name: string, version: string): Resource => fakeVm(name, { id: `os:vm/${name}`, version });

/** Actions by server, newest first as Nova gives them; times are UTC and do not say so. */
function nova() {
  const state = {
    actions: new Map<string, object[]>(),
    asked: [] as string[],
    forbidden: false,
    cursor: undefined as string | undefined,
  };
  const os = {
    cloud: {
      read: async ({ path }: { path: string }) => {
        const id = path.split('/')[2]!;
        state.asked.push(id);
        if (state.forbidden)
          throw new ProblemError({ code: 'cloud-forbidden', message: 'Policy does not allow it.' });
        const instanceActions = state.actions.get(id);
        if (!instanceActions) throw new ProblemError({ code: 'not-found', message: 'No such server.' });
        return { instanceActions };
      },
    },
  } as unknown as OpenStack;
  const log = createActivityLog(os);
  const act = (id: string, action: string, day: number, more: object = {}): void => {
    const made = { action, start_time: `2026-11-0${day}T10:00:00.000000`, user_id: 'u1', message: null };
    state.actions.set(id, [
      { ...made, request_id: `req-${id}-${action}-${day}`, ...more },
      ...(state.actions.get(id) ?? []),
    ]);
  };
  const look = async (resources: readonly Resource[]): Promise<readonly Activity[]> => {
    const cursor = state.cursor === undefined ? {} : { cursor: state.cursor };
    const read = await log.read({ resources, sinceMs, ...cursor, signal });
    state.cursor = read.cursor;
    return read.activities;
  };
  return { state, act, look };
}

describe('what Nova says was done to servers', () => {
  it('is told in the order of time, with who, what it comes to and how it ended', async () => {
    const { act, look } = nova();
    act('a', 'create', 2);
    act('b', 'get_console_output', 3, { user_id: null });
    act('b', 'rebuild', 4, { message: 'Error' });
    const told = await look([server('b', '1'), server('a', '1')]);
    assert.deepEqual(
      told.map(({ principal, verb, does, outcome }) => [principal, verb, does, outcome]),
      [
        ['u1', 'create', 'change', 'done'],
        ['unknown', 'get_console_output', 'read', 'done'],
        ['u1', 'rebuild', 'destroy', 'failed'],
      ],
    );
    assert.equal(told[0]!.atMs, Date.UTC(2026, 10, 2, 10));
    assert.equal(told[0]!.target, 'os:vm/a');
  });

  it('is told once, and asked again only of a server that changed', async () => {
    const { state, act, look } = nova();
    act('a', 'create', 2);
    assert.equal((await look([server('a', '1')])).length, 1);
    assert.equal((await look([server('a', '1')])).length, 0);
    assert.deepEqual(state.asked, ['a']);
    act('a', 'stop', 3);
    assert.deepEqual(
      (await look([server('a', '2')])).map(({ verb }) => verb),
      ['stop'],
    );
  });

  it('has the end of a server that is gone, once', async () => {
    const { state, act, look } = nova();
    act('a', 'create', 2);
    await look([server('a', '1')]);
    act('a', 'delete', 3);
    assert.deepEqual(
      (await look([])).map(({ verb, does }) => [verb, does]),
      [['delete', 'destroy']],
    );
    assert.deepEqual(await look([]), []);
    assert.deepEqual(state.asked, ['a', 'a']);
  });

  it('passes over a server that Nova has forgotten, and asks for no more in one look than it may', async () => {
    const { state, act, look } = nova();
    const count = limits.novaServersPerSample + 20;
    for (let i = 1; i < count; i++) act(`s${i}`, 'create', 2);
    const all = Array.from({ length: count }, (_, i) => server(`s${i}`, '1'));
    const first = await look(all);
    assert.equal(state.asked.length, limits.novaServersPerSample);
    const second = await look(all);
    assert.equal(first.length + second.length, count - 1);
    assert.equal(new Set(state.asked).size, count);
  });

  it('is nobody to be told of where it may not be read', async () => {
    const { state, look } = nova();
    state.forbidden = true;
    await assert.rejects(look([server('a', '1')]), /Policy does not allow it/);
  });
});

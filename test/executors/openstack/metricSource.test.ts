// Nova's counters become rates: not at the first look, not over a reset, for as many servers as a sampling may ask; who
// may not ask is told once, after one question.

import assert from 'node:assert/strict';
import type { OpenStack } from '../../../daemon/executors/openstack/api/openStack.ts';
import { createMetricSource } from '../../../daemon/executors/openstack/metricSource.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { fakeVm } from '../../fakes/resources.ts';

const startMs = Date.UTC(2026, 10, 20, 10);
const { signal } = new AbortController();

function cloud() {
  const state = { nowMs: startMs, cpuNs: 0, bytes: 0, requests: 0, asked: [] as string[], forbidden: false };
  const os = {
    now: () => state.nowMs,
    cloud: {
      read: async ({ path }: { path: string }) => {
        state.asked.push(path);
        if (state.forbidden)
          throw new ProblemError({ code: 'cloud-forbidden', message: 'Policy does not allow it.' });
        return {
          cpu_details: [{ time: state.cpuNs }, { time: state.cpuNs }],
          memory_details: { maximum: 4_096, used: 1_024 },
          disk_details: [{ read_requests: state.requests, write_requests: 0 }],
          nic_details: [{ rx_octets: state.bytes, tx_octets: 0 }],
        };
      },
    },
  } as unknown as OpenStack;
  return { state, source: createMetricSource(os) };
}

describe("Nova's diagnostics as a source of metrics", () => {
  const vm = fakeVm('web-1', { id: 'os:vm/1', status: 'running' });

  it('gives memory at once, rates from the second look on, and none over a reset', async () => {
    const { state, source } = cloud();
    const first = await source.sample({ resources: [vm], signal });
    assert.deepEqual(
      first.samples.map(({ metric, value }) => [metric, value]),
      [['memory', 25]],
    );
    state.nowMs += 30_000;
    state.cpuNs += 15e9;
    state.bytes += 60e6;
    state.requests += 300;
    const second = await source.sample({ resources: [vm], cursor: first.cursor, signal });
    assert.deepEqual(Object.fromEntries(second.samples.map(({ metric, value }) => [metric, value])), {
      memory: 25,
      cpu: 50,
      network: 2,
      iops: 10,
    });
    state.nowMs += 30_000;
    state.cpuNs = 1;
    state.bytes = 0;
    const third = await source.sample({ resources: [vm], cursor: second.cursor, signal });
    assert.deepEqual(
      third.samples.map(({ metric }) => metric),
      ['memory', 'iops'],
    );
  });

  it('asks running servers only, and in a large project each in its turn', async () => {
    const { state, source } = cloud();
    const many = Array.from({ length: 150 }, (_, i) =>
      fakeVm(`vm-${i}`, { id: `os:vm/${i}`, status: 'running' }),
    );
    const off = fakeVm('off', { id: 'os:vm/off', status: 'stopped' });
    let cursor: string | undefined;
    for (let i = 0; i < 3; i++)
      ({ cursor } = await source.sample({
        resources: [...many, off],
        signal,
        ...(cursor !== undefined && { cursor }),
      }));
    assert.equal(state.asked.length, 180);
    assert.equal(new Set(state.asked).size, 150);
  });

  it('stops at once where this user may not ask', async () => {
    const { state, source } = cloud();
    state.forbidden = true;
    const many = Array.from({ length: 50 }, (_, i) =>
      fakeVm(`vm-${i}`, { id: `os:vm/${i}`, status: 'running' }),
    );
    await assert.rejects(source.sample({ resources: many, signal }), /Policy does not allow/);
    assert.ok(state.asked.length <= 8);
  });
});

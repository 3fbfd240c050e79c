// What a tree of 30,000 pods in one namespace costs the window: every step that the extension host would be held by,
// and the longest time it was held in all. `Cpu` is the processor time of the longest one, the fairer figure on a
// machine that does other things, too. Aim: no block over 50 ms. Asserts nothing.

import { pathToFileURL } from 'node:url';
import { createConnectionStore } from '../../extension/state/connections.ts';
import { createResourceStore } from '../../extension/state/resources.ts';
import { createTreeModel, type TreeNode } from '../../extension/views/treeModel.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { sampleConnection } from '../extension/samples.ts';
import { rounded } from './figures.ts';

const podCount = 30_000;

function pods(): Resource[] {
  return Array.from({ length: podCount }, (_, index): Resource => {
    const name = `web-${(index * 7_919) % podCount}-${index.toString(36)}`;
    return {
      id: `k8s:pod/prod/${name}`,
      connection: 'k8s',
      provider: 'kubernetes',
      kind: 'pod',
      name,
      status: 'running',
      health: 'ok',
      namespace: 'prod',
      tags: { app: `app-${index % 40}` },
      attributes: {
        ip: `10.${index >> 8}.${index & 255}.9`,
        restarts: index % 3,
        node: `node-${index % 300}`,
      },
    };
  });
}

/** Longest turns of the event loop while something happens. */
async function watched(name: string, work: () => unknown): Promise<Record<string, number>> {
  let [longestMs, longestCpuMs] = [0, 0];
  let isDone = false;
  let last = { ms: performance.now(), cpu: process.threadCpuUsage() };
  const look = (): void => {
    const now = { ms: performance.now(), cpu: process.threadCpuUsage() };
    longestMs = Math.max(longestMs, now.ms - last.ms);
    const used = now.cpu.user - last.cpu.user + now.cpu.system - last.cpu.system;
    longestCpuMs = Math.max(longestCpuMs, used / 1_000);
    last = now;
    if (!isDone) setImmediate(look);
  };
  setImmediate(look);
  await new Promise((resolve) => setImmediate(resolve));
  [longestMs, longestCpuMs] = [0, 0];
  await work();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  isDone = true;
  return { [`${name}Ms`]: rounded(longestMs), [`${name}CpuMs`]: rounded(longestCpuMs) };
}

/** Longest block of each step. */
export async function bench(): Promise<Record<string, number>> {
  const store = createResourceStore();
  const connections = createConnectionStore(undefined, () => undefined);
  connections.replaceAll([sampleConnection({ id: 'k8s', name: 'k8s' })]);
  const model = createTreeModel(store, connections);
  store.onDidChange((change) => model.repaintsFor(change));
  const all = pods();
  /** As the tree asks for them. */
  const children = async (node?: TreeNode): Promise<readonly TreeNode[]> => {
    for (let wait = model.prepare(node); wait; wait = model.prepare(node)) await wait;
    return model.childrenOf(node);
  };
  const unfold = async (): Promise<void> => {
    const [root] = await children();
    const [heading] = await children(root);
    const [stretch] = await children(heading);
    await children(stretch);
  };
  const changed = (from: number, to: number, status: string) =>
    all.slice(from, to).map((pod) => ({ ...pod, status }));
  return {
    ...(await watched('snapshot', () => store.replaceAll(all))),
    ...(await watched('unfold', unfold)),
    ...(await watched('thousandChanges', () =>
      store.apply({ upserts: changed(0, 1_000, 'pending'), removes: [] }),
    )),
    ...(await watched('comeAndGo', async () => {
      const born = all.slice(0, 200).map((pod) => ({ ...pod, id: `${pod.id}-new`, name: `${pod.name}-new` }));
      store.apply({ upserts: born, removes: all.slice(500, 700).map(({ id }) => id) });
      await unfold();
    })),
    ...(await watched('filter', async () => {
      for (const text of ['w', 'we', 'web-1', 'web-1 app-3']) {
        model.setFilter(text);
        await unfold();
      }
    })),
    ...(await watched('reveal', () => model.parentOf(model.nodeOf(all[20_000]!.id)!))),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(JSON.stringify(await bench(), undefined, 2));

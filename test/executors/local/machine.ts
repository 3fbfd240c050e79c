// This machine opened as the daemon opens it, for suites that look at it for real and do real things to processes of
// their own. Holds one write permit of its own making: tests stand in for the runner here.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Executor, Verification } from '../../../daemon/executors/contract.ts';
import { localProvisioner } from '../../../daemon/executors/local/provisioner.ts';
import type { WritePermit } from '../../../daemon/executors/permit.ts';
import type { Kind } from '../../../shared/model/kind.ts';
import type { Arguments } from '../../../shared/model/operation.ts';
import type { Relation, Resource } from '../../../shared/model/resource.ts';

export interface Machine {
  readonly executor: Executor;
  readonly logged: readonly string[];
  /** Everything of a kind as it is now. */
  list(kind: Kind): Promise<readonly Resource[]>;
  relations(kind: Kind): Promise<readonly Relation[]>;
  /** Previews, performs and reads back; the preview must have nothing against it. */
  carryOut(operation: string, target: Resource, args?: Arguments): Promise<Verification>;
  preview(operation: string, target: Resource, args?: Arguments): ReturnType<typeof previewOf>;
  dispose(): Promise<void>;
}

const permit = {} as WritePermit;

export async function openMachine(env: Readonly<Record<string, string>> = {}): Promise<Machine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-machine-'));
  const logged: string[] = [];
  const context = {
    env,
    homeFolder: folder,
    stateFolder: folder,
    now: Date.now,
    log: (level: string, message: string) => void logged.push(`${level}: ${message}`),
  };
  const { candidates } = await localProvisioner.find(context);
  const executor = localProvisioner.open(candidates[0]!, context);
  const read = async (kind: Kind) => {
    const source = executor.sources.find(({ kinds }) => kinds.includes(kind));
    assert.ok(source, `no source of ${kind}`);
    return source.read({ signal: AbortSignal.timeout(20_000) });
  };
  const machine: Machine = {
    executor,
    logged,
    list: async (kind) => (await read(kind)).resources,
    relations: async (kind) => (await read(kind)).relations,
    preview: (operation, target, args = {}) => previewOf(executor, operation, target, args),
    async carryOut(operation, target, args = {}) {
      const preview = await machine.preview(operation, target, args);
      assert.deepEqual(
        preview.notes.filter(({ level }) => level === 'blocker'),
        [],
      );
      const handler = executor.operations.get(operation)!;
      const context = contextOf(operation, target, args);
      const outcome = await handler.perform({ ...context, mark: 'test', permit });
      return handler.verify({ ...context, mark: 'test', outcome });
    },
    async dispose() {
      await executor.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return machine;
}

function previewOf(executor: Executor, operation: string, target: Resource, args: Arguments) {
  const handler = executor.operations.get(operation);
  assert.ok(handler, `${operation} is not there`);
  return handler.preview(contextOf(operation, target, args));
}

export function contextOf(operation: string, target: Resource, args: Arguments) {
  return {
    operation,
    args,
    target,
    lookup: () => undefined,
    signal: AbortSignal.timeout(60_000),
    progress: () => undefined,
  };
}

/** Asks again until there is one; fails after a while. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadlineMs = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    assert.ok(Date.now() < deadlineMs, `${what} never came`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

// How the suites of the OpenStack executor use it: a connection from a clouds.yaml written for the test, and a step
// carried through as the runner does: preview, its settled arguments merged, the write, the read-back.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Executor,
  ExecutorContext,
  HandlerPreview,
  OperationHandler,
  StepContext,
  Verification,
} from '../../../daemon/executors/contract.ts';
import { openstackProvisioner } from '../../../daemon/executors/openstack/provisioner.ts';
import { grantWrite } from '../../../daemon/executors/permit.ts';
import type { Arguments } from '../../../shared/model/operation.ts';
import { type Problem, problemOf } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';

export interface Home {
  readonly context: ExecutorContext;
  readonly folder: string;
  readonly logged: readonly string[];
  open(name: string): Promise<Executor>;
  dispose(): Promise<void>;
}

/** A home folder of its own whose only clouds are those of `cloudsYaml`. */
export async function makeHome(cloudsYaml: string, env: Record<string, string> = {}): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'pilothouse-openstack-'));
  const file = join(folder, 'clouds.yaml');
  await writeFile(file, cloudsYaml, { mode: 0o600 });
  const logged: string[] = [];
  const opened: Executor[] = [];
  const context: ExecutorContext = {
    env: { OS_CLIENT_CONFIG_FILE: file, ...env },
    homeFolder: folder,
    stateFolder: folder,
    now: Date.now,
    log: (level, message) => logged.push(`${level} ${message}`),
  };
  return {
    context,
    folder,
    logged,
    open: async (name) => {
      const { candidates, problems } = await openstackProvisioner.find(context);
      const candidate = candidates.find((one) => one.name === name);
      assert.ok(candidate, `no cloud ${name}: ${JSON.stringify(problems)}`);
      const executor = openstackProvisioner.open(candidate, context);
      opened.push(executor);
      return executor;
    },
    dispose: async () => {
      for (const executor of opened) await executor.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface StepDraft {
  readonly operation: string;
  readonly target?: Resource;
  readonly args?: Arguments;
  readonly signal?: AbortSignal;
}

const stepTimeoutMs = 90_000;

export function contextOf(draft: StepDraft): StepContext {
  return {
    operation: draft.operation,
    args: draft.args ?? {},
    target: draft.target,
    lookup: () => undefined,
    signal: draft.signal ?? AbortSignal.timeout(stepTimeoutMs),
    progress: () => undefined,
  };
}

export function handlerOf(executor: Executor, operation: string): OperationHandler {
  const handler = executor.operations.get(operation);
  assert.ok(handler, `no ${operation}`);
  return handler;
}

export function previewStep(executor: Executor, draft: StepDraft): Promise<HandlerPreview> {
  return handlerOf(executor, draft.operation).preview(contextOf(draft));
}

let marks = 0;
export function nextMark(): string {
  marks += 1;
  return `test-${process.pid}-${Date.now()}-${marks}`;
}

export interface StepResult {
  readonly preview: HandlerPreview;
  readonly createdId?: string;
  readonly verification: Verification;
  readonly mark: string;
}

/** Carries a step through; fails where the preview has a blocker or the effect was not read back. */
export async function runStep(executor: Executor, asked: StepDraft): Promise<StepResult> {
  const handler = handlerOf(executor, asked.operation);
  // The runner reads the target afresh before it writes.
  const fresh = asked.target && (await handler.refresh(contextOf(asked)));
  const draft = { ...asked, target: fresh ?? asked.target };
  const preview = await handler.preview(contextOf(draft));
  assert.deepEqual(blockers(preview), [], `${draft.operation} is blocked`);
  assert.equal(preview.idle, false, `${draft.operation} has nothing to do: ${preview.effect}`);
  const context = contextOf({ ...draft, args: { ...draft.args, ...preview.resolvedArgs } });
  const mark = nextMark();
  const before = await handler.reconcile({ ...context, mark });
  assert.notEqual(before.found, 'done', `${draft.operation} is found done before it was: ${before.observed}`);
  const outcome = await handler.perform({ ...context, mark, permit: grantWrite('test', 0, 'test') });
  const verification = await handler.verify({ ...context, mark, outcome });
  assert.equal(verification.verified, true, `${draft.operation}: ${verification.observed}`);
  const after = await handler.reconcile({ ...context, mark });
  // A reboot may be too close to the reading of its target to tell.
  if (draft.operation !== 'reboot.vm')
    assert.equal(after.found, 'done', `${draft.operation} is not found again: ${after.observed}`);
  return { preview, createdId: outcome.createdId, verification, mark };
}

/** Only the write, without a preview: what a cloud says when the world moved in between. */
export function performOnly(executor: Executor, draft: StepDraft, mark = nextMark()) {
  const permit = grantWrite('test', 0, 'test');
  return handlerOf(executor, draft.operation).perform({ ...contextOf(draft), mark, permit });
}

export function blockers(preview: HandlerPreview): readonly string[] {
  return preview.notes.filter((note) => note.level === 'blocker').map((note) => note.message);
}

/** All resources of a kind as discovery would read them. */
export async function readKind(executor: Executor, kind: string): Promise<readonly Resource[]> {
  const source = executor.sources.find((one) => (one.kinds as readonly string[]).includes(kind));
  assert.ok(source, `no source of ${kind}`);
  return (await source.read({ signal: AbortSignal.timeout(30_000) })).resources.filter(
    (one) => one.kind === kind,
  );
}

/** The problem something ends with; fails where it does not. */
export async function problemFrom(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    return problemOf(error);
  }
  assert.fail('it should have failed');
}

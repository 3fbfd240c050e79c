// A person at a terminal who has this machine and the lab's engine as their only connections: a daemon of their own,
// sentences, approvals by hand, and what the audit trail keeps of it. Nothing of it survives `dispose`.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DaemonSession, openSession } from '../../../connect/session.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { SubmitResult } from '../../../shared/protocol/messages.ts';
import { productVersion } from '../../../shared/protocol/version.ts';
import { endDaemon } from '../../vscode/endDaemon.ts';

export interface LocalPerson {
  readonly session: DaemonSession;
  ask(text: string): Promise<SubmitResult>;
  /** The plan of a sentence; fails where there is none. */
  plan(text: string): Promise<Plan>;
  /** Says yes, typing what is asked, and waits for the end. */
  approve(plan: Plan): Promise<Plan>;
  /** Sentence, yes, end: the plan must be done. */
  carryOut(text: string): Promise<Plan>;
  undo(plan: Plan): Promise<Plan>;
  resource(kind: string, name: string): Promise<Resource | undefined>;
  /** Reads the machine anew. */
  refresh(): Promise<void>;
  dispose(): Promise<void>;
}

export async function openLocalPerson(env: Readonly<Record<string, string>>): Promise<LocalPerson> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-local-'));
  const stateFolder = path.join(folder, 'state');
  const session = openSession({
    stateFolder,
    entry: path.resolve(import.meta.dirname, '..', '..', '..', 'daemon', 'main.ts'),
    client: { name: 'test', version: productVersion, kind: 'terminal' },
    env: { PATH: process.env.PATH, HOME: folder, NODE_NO_WARNINGS: '1', ...env },
  });
  await session.ready();
  let asked = 0;
  const person: LocalPerson = {
    session,
    // Each in a conversation of its own: what was said before is not what is tested here.
    ask: (text) => session.request('request/submit', { text, context: { conversation: `lab-${asked++}` } }),
    async plan(text) {
      const { plan, problem, reading } = await person.ask(text);
      assert.ok(plan, `no plan of "${text}": ${problem?.message ?? JSON.stringify(reading)}`);
      return plan;
    },
    async approve(plan) {
      const { approval } = plan.verdict;
      const typed = approval.kind === 'typed' ? { typed: approval.expected } : {};
      await session.request('plan/approve', { id: plan.id, digest: plan.digest, ...typed });
      return session.request('plan/wait', { id: plan.id });
    },
    async carryOut(text) {
      const ended = await person.approve(await person.plan(text));
      assert.equal(ended.state, 'done', `"${text}" ended ${ended.state}: ${ended.outcome}`);
      return ended;
    },
    async undo(plan) {
      const back = await session.request('plan/undo', { id: plan.id });
      const ended = await person.approve(back);
      assert.equal(ended.state, 'done', `the undo ended ${ended.state}: ${ended.outcome}`);
      return ended;
    },
    async resource(kind, name) {
      const { resources } = await session.request('resource/list', { kind, text: name, limit: 1_000 });
      return resources.find((one) => one.name === name);
    },
    refresh: async () => {
      await session.request('connection/refresh', { id: 'local' });
    },
    async dispose() {
      session.dispose();
      await endDaemon(stateFolder);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await session.request('connection/rescan', {});
  await person.refresh();
  return person;
}

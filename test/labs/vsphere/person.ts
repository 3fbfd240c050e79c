// A person at a terminal whose only connection is one vCenter: a daemon of their own, a vsphere.yaml of their own, and
// what they say. Nothing of it survives `dispose`.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DaemonSession, openSession } from '../../../connect/session.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { SubmitResult } from '../../../shared/protocol/messages.ts';
import { productVersion } from '../../../shared/protocol/version.ts';
import { endDaemon } from '../../vscode/endDaemon.ts';
import { labPassword, labUser } from './vcsim.ts';

export interface VspherePerson {
  readonly session: DaemonSession;
  readonly stateFolder: string;
  ask(text: string): Promise<SubmitResult>;
  /** The plan of a sentence; fails where there is none. */
  plan(text: string): Promise<Plan>;
  /** Says yes, typing what is asked, and waits for the end. */
  approve(plan: Plan): Promise<Plan>;
  /** Sentence, yes, end: the plan must be done. */
  carryOut(text: string): Promise<Plan>;
  undo(plan: Plan): Promise<Plan>;
  resource(kind: string, name: string): Promise<Resource | undefined>;
  /** Waits until the tree shows it so; what is pushed takes a moment. */
  shows(kind: string, name: string, isSo: (seen: Resource | undefined) => boolean): Promise<void>;
  dispose(): Promise<void>;
}

export async function openVspherePerson(host: string, authority?: string): Promise<VspherePerson> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-vsphere-'));
  const stateFolder = path.join(folder, 'state');
  await writeVcenters(folder, host, authority);
  const session = openSession({
    stateFolder,
    entry: path.resolve(import.meta.dirname, '..', '..', '..', 'daemon', 'main.ts'),
    client: { name: 'test', version: productVersion, kind: 'terminal' },
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      NODE_NO_WARNINGS: '1',
      LAB_PASSWORD: labPassword,
      PILOTHOUSE_SANDBOX: 'off',
      PILOTHOUSE_LOCAL: 'off',
    },
  });
  await session.ready();
  let asked = 0;
  const person: VspherePerson = {
    session,
    stateFolder,
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
    async shows(kind, name, isSo) {
      const deadlineMs = Date.now() + 60_000;
      let seen = await person.resource(kind, name);
      while (!isSo(seen)) {
        assert.ok(Date.now() < deadlineMs, `the tree shows ${JSON.stringify(seen)}`);
        await sleep(100);
        seen = await person.resource(kind, name);
      }
    },
    async dispose() {
      session.dispose();
      await endDaemon(stateFolder);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await session.request('connection/rescan', {});
  await session.request('connection/refresh', { id: 'vs-lab' });
  return person;
}

/** The file in which a person names their one vCenter. */
export async function writeVcenters(home: string, host: string, authority?: string): Promise<void> {
  const folder = path.join(home, '.config', 'pilothouse');
  await mkdir(folder, { recursive: true });
  const trust = authority === undefined ? 'insecure: true' : 'ca_file: ~/lab.pem';
  if (authority !== undefined) await writeFile(path.join(home, 'lab.pem'), authority);
  const text = `vcenters:\n  lab:\n    url: https://${host}/sdk\n    user: ${labUser}\n    password_env: LAB_PASSWORD\n    environment: dev\n    ${trust}\n`;
  await writeFile(path.join(folder, 'vsphere.yaml'), text, { mode: 0o600 });
}

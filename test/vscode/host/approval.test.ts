// Inside the real extension host, with the daemon that ships: a click proposes, the one dialog is asked, and only its
// yes makes anything run. Modals cannot be clicked here, so the dialog is answered for the person, and what it would
// have shown is looked at. What really happened is asked of the daemon over a line of our own.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type DaemonSession, openSession } from '../../../connect/session.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import type { Resource } from '../../../shared/model/resource.ts';

interface Shown {
  readonly message: string;
  readonly detail: string;
}

describe('the yes of a person', () => {
  const shown: Shown[] = [];
  const realWarning = vscode.window.showWarningMessage;
  let answer: string | undefined;
  let session: DaemonSession;

  before(async () => {
    await vscode.extensions.getExtension('pilothouse.pilothouse')?.activate();
    Object.assign(vscode.window, {
      showWarningMessage: async (message: string, options: { detail: string }) => {
        shown.push({ message, detail: options.detail });
        return answer;
      },
    });
    session = openSession({
      stateFolder: process.env.PILOTHOUSE_STATE!,
      entry: 'nothing is started here',
      mayStart: false,
      backoffMs: [200],
      attemptsMax: 100,
      client: { name: 'host test', version: '0.1.0', kind: 'terminal' },
    });
    await until(async () => (await findVm('dev-1')) !== undefined);
  });
  after(() => {
    Object.assign(vscode.window, { showWarningMessage: realWarning });
    session.dispose();
  });
  beforeEach(() => {
    shown.length = 0;
  });

  async function findVm(name: string): Promise<Resource | undefined> {
    const { resources } = await session.request('resource/list', { kind: 'vm' });
    return resources.find((resource) => resource.name === name);
  }
  async function newestPlan(): Promise<Plan | undefined> {
    return (await session.request('plan/list', { limit: 1 })).plans[0];
  }
  async function stop(vm: Resource): Promise<void> {
    await vscode.commands.executeCommand('pilothouse.operation.stop.vm', {
      kind: 'resource',
      key: vm.id,
      id: vm.id,
    });
  }

  it('is asked for with place and effect, and without it nothing runs', async () => {
    const vm = await findVm('dev-1');
    assert.ok(vm);
    answer = undefined;
    await stop(vm);
    assert.equal(shown.length, 1);
    assert.match(shown[0]!.message, /dev-1.* in Sandbox.*\?$/i);
    for (const part of ['SIMULATED', 'environment sandbox', 'dev-1', 'Plan digest'])
      assert.ok(shown[0]!.detail.includes(part), part);
    const plan = await newestPlan();
    assert.equal(plan?.state, 'proposed');
    assert.equal((await findVm('dev-1'))?.status, 'running');
  });

  it('is sent with the digest that was shown, and then it runs', async () => {
    const vm = await findVm('dev-1');
    assert.ok(vm);
    answer = 'Approve';
    await stop(vm);
    const proposed = await newestPlan();
    assert.ok(proposed);
    assert.ok(shown[0]!.detail.endsWith(`Plan digest ${proposed.digest.slice(0, 8)}`));
    const ended = await session.request('plan/wait', { id: proposed.id });
    assert.equal(ended.state, 'done', ended.outcome);
    assert.equal(ended.approvedBy?.how, 'editor');
    assert.equal((await findVm('dev-1'))?.status, 'stopped');
  });

  it('is not asked for where the rules deny', async () => {
    const vm = await findVm('dev-2');
    const connection = vm!.connection;
    await session.request('connection/configure', { id: connection, mode: 'read-only' });
    answer = 'Approve';
    await vscode.commands.executeCommand('pilothouse.operation.delete.vm', {
      kind: 'resource',
      key: vm!.id,
      id: vm!.id,
    });
    assert.equal(shown.length, 1);
    assert.match(shown[0]!.message, /cannot be approved/);
    assert.equal((await newestPlan())?.state, 'denied');
    await session.request('connection/configure', { id: connection, mode: 'confirm' });
  });

  it('leaves a document of details that names relations and what can be done', async () => {
    const vm = await findVm('web-1');
    await vscode.commands.executeCommand('pilothouse.resource.details', {
      kind: 'resource',
      key: vm!.id,
      id: vm!.id,
    });
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^VM web-1\n/);
    assert.match(text, /Can be done now\n.*\n? {2}Reboot VM/s);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not come about.');
}

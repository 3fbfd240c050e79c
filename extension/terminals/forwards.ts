// Ports of resources on ports of this machine: asks which, asks for the yes, holds what this window began for as long as
// it is open, shows it in the status bar, and lists all that this person has open anywhere, each with an end. What goes
// through is never looked at.

import * as vscode from 'vscode';
import { type LiveForward, openForward } from '../../connect/terminal.ts';
import type { Forward } from '../../shared/model/terminal.ts';
import { waysInto } from '../../shared/model/terminal.ts';
import { itemsOfResources } from '../commands/askArguments.ts';
import { registerCommand } from '../commands/problems.ts';
import type { TreeNode } from '../views/treeModel.ts';
import { askPorts } from './askPorts.ts';
import { confirmEntry } from './confirmEntry.ts';
import { createForwardStatus } from './forwardStatus.ts';
import type { TerminalPorts } from './terminals.ts';

type Doing = 'browse' | 'copy' | 'stop';

export function registerForwards(ports: TerminalPorts): readonly vscode.Disposable[] {
  const status = createForwardStatus();
  const begin = async (id: string): Promise<void> => {
    const session = await ports.daemon.session();
    const { ways } = await session.request('terminal/ways', { id });
    const offer = ways.find(({ way }) => way === 'forward');
    const wanted = await askPorts(ports.resources.get(id)?.name ?? id, offer?.ports ?? []);
    if (!wanted) return;
    const proposal = await session.request('terminal/propose', { id, way: 'forward', ...wanted });
    const answer = await confirmEntry(proposal);
    if (answer.kind === 'no') return;
    const yes = { proposal: proposal.id, ...(answer.typed === undefined ? {} : { typed: answer.typed }) };
    let live: LiveForward | undefined;
    const tell = (forward: Forward): void => {
      status.set(forward);
      // What the person stopped here needs no word.
      if (forward.ended !== undefined && live && !stopped.has(forward.id))
        void vscode.window.showWarningMessage(`Pilothouse: ${lineOf(forward)} ended. ${forward.ended}`);
    };
    live = await openForward(session, yes, tell);
    status.set(live.forward);
    void announce(live.forward);
  };
  const stopped = new Set<string>();
  const act = async (forward: Forward, doing: Doing): Promise<void> => {
    const address = `127.0.0.1:${forward.localPort}`;
    if (doing === 'browse') await vscode.env.openExternal(vscode.Uri.parse(`http://${address}/`));
    else if (doing === 'copy') await vscode.env.clipboard.writeText(address);
    else {
      stopped.add(forward.id);
      await (await ports.daemon.session()).request('terminal/stop', { id: forward.id });
    }
  };
  const announce = async (forward: Forward): Promise<void> => {
    const pressed = await vscode.window.showInformationMessage(
      `Pilothouse: ${lineOf(forward)}, until this window closes.`,
      ...Object.keys(buttons),
    );
    if (pressed !== undefined) await act(forward, buttons[pressed]!);
  };
  return [
    status,
    registerCommand('pilothouse.forward.open', async (node?: TreeNode) => {
      const id = node?.kind === 'resource' ? node.id : await pickResource(ports);
      if (id !== undefined) await begin(id);
    }),
    registerCommand('pilothouse.forward.list', async () => {
      const session = await ports.daemon.session();
      const { forwards } = await session.request('terminal/forwards', {});
      const forward = await pickForward(forwards);
      const doing = forward && (await pickDoing(forward));
      if (forward && doing) await act(forward, doing);
    }),
  ];
}

const buttons: Readonly<Record<string, Doing>> = {
  'Open in Browser': 'browse',
  'Copy Address': 'copy',
  Stop: 'stop',
};

export function lineOf({ localPort, port, resource, environment }: Forward): string {
  return `127.0.0.1:${localPort} leads to port ${port} of ${resource.name} (${environment})`;
}

async function pickForward(forwards: readonly Forward[]): Promise<Forward | undefined> {
  if (forwards.length === 0) {
    void vscode.window.showInformationMessage('Pilothouse: no port is carried to this machine.');
    return undefined;
  }
  const items = forwards.map((forward) => ({
    label: `$(plug) ${lineOf(forward)}`,
    description: `${forward.open} open, ${forward.total} so far`,
    ...(forward.problem === undefined ? {} : { detail: `$(warning) ${forward.problem}` }),
    forward,
  }));
  const asked = { title: 'Ports carried to this machine', placeHolder: 'Open, copy or stop which?' };
  return (await vscode.window.showQuickPick(items, asked))?.forward;
}

async function pickDoing(forward: Forward): Promise<Doing | undefined> {
  const items = Object.entries(buttons).map(([label, doing]) => ({ label, doing }));
  return (await vscode.window.showQuickPick(items, { title: lineOf(forward) }))?.doing;
}

async function pickResource({ connections, resources }: TerminalPorts): Promise<string | undefined> {
  const fitting = [...resources.all()].filter((resource) =>
    waysInto(resource, connections.get(resource.connection)).includes('forward'),
  );
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage('Pilothouse: nothing here has a port that can be forwarded.');
    return undefined;
  }
  const asked = { placeHolder: 'Forward a port of what?', matchOnDescription: true };
  return (await vscode.window.showQuickPick(itemsOfResources(fitting), asked))?.resource.id;
}

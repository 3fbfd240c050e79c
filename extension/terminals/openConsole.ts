// The console of a machine in the person's browser: asks for the yes, and hands the address over. The address lets in
// whoever has it, so it is shown nowhere and kept nowhere here.

import * as vscode from 'vscode';
import { waysInto } from '../../shared/model/terminal.ts';
import { itemsOfResources } from '../commands/askArguments.ts';
import { registerCommand } from '../commands/problems.ts';
import type { TreeNode } from '../views/treeModel.ts';
import { confirmEntry } from './confirmEntry.ts';
import type { TerminalPorts } from './terminals.ts';

export function registerConsole(ports: TerminalPorts): vscode.Disposable {
  return registerCommand('pilothouse.console.open', async (node?: TreeNode) => {
    const id = node?.kind === 'resource' ? node.id : await pickResource(ports);
    if (id === undefined) return;
    const session = await ports.daemon.session();
    const proposal = await session.request('terminal/propose', { id, way: 'console' });
    const answer = await confirmEntry(proposal);
    if (answer.kind === 'no') return;
    const typed = answer.typed === undefined ? {} : { typed: answer.typed };
    const { url } = await session.request('terminal/console', { proposal: proposal.id, ...typed });
    // As text: a Uri would be written anew, and a token in a path in a query does not survive that.
    await vscode.env.openExternal(url as unknown as vscode.Uri);
  });
}

async function pickResource({ connections, resources }: TerminalPorts): Promise<string | undefined> {
  const fitting = [...resources.all()].filter((resource) =>
    waysInto(resource, connections.get(resource.connection)).includes('console'),
  );
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage('Pilothouse: nothing that runs here offers a console.');
    return undefined;
  }
  const asked = { placeHolder: 'Open the console of what?', matchOnDescription: true };
  return (await vscode.window.showQuickPick(itemsOfResources(fitting), asked))?.resource.id;
}

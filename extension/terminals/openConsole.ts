// The console of a machine in the person's browser: asks for the yes, and hands the address over. The address lets in
// whoever has it, so it is shown nowhere and kept nowhere here.

import * as vscode from 'vscode';
import { registerCommand } from '../commands/problems.ts';
import type { TreeNode } from '../views/treeModel.ts';
import { confirmEntry } from './confirmEntry.ts';
import { pickEntered } from './pickEntered.ts';
import type { TerminalPorts } from './terminals.ts';

export function registerConsole(ports: TerminalPorts): vscode.Disposable {
  return registerCommand('pilothouse.console.open', async (node?: TreeNode) => {
    const id =
      node?.kind === 'resource'
        ? node.id
        : await pickEntered(ports, (way) => way === 'console', {
            ask: 'Open the console of what?',
            none: 'nothing that runs here offers a console.',
          });
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

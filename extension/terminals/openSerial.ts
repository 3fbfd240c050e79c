// The serial console of a machine in a terminal of the editor: asks for the yes, and shows the line. Such a line has no
// prompt of its own accord and no end, which is said at its beginning. What is typed and shown is kept nowhere.

import type * as vscode from 'vscode';
import { registerCommand } from '../commands/problems.ts';
import type { TreeNode } from '../views/treeModel.ts';
import { confirmEntry } from './confirmEntry.ts';
import { pickEntered } from './pickEntered.ts';
import { showTerminal } from './showTerminal.ts';
import type { TerminalPorts } from './terminals.ts';

export function registerSerialConsole(ports: TerminalPorts): vscode.Disposable {
  return registerCommand('pilothouse.serial.open', async (node?: TreeNode) => {
    const id =
      node?.kind === 'resource'
        ? node.id
        : await pickEntered(ports, (way) => way === 'serial', {
            ask: 'Open the serial console of what?',
            none: 'nothing that runs here offers a serial console, as far as is known.',
          });
    if (id === undefined) return;
    const session = await ports.daemon.session();
    const proposal = await session.request('terminal/propose', { id, way: 'serial' });
    const answer = await confirmEntry(proposal);
    if (answer.kind === 'no') return;
    const typed = answer.typed === undefined ? {} : { typed: answer.typed };
    const greeting = `Serial console of ${proposal.title}. It may be silent until you press Enter; close the tab to leave it.`;
    showTerminal(proposal, { proposal: proposal.id, ...typed }, session, greeting);
  });
}

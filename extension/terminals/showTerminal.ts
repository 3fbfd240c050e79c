// A terminal tab whose other end is in a resource: how it looks, and the line between it and the daemon. It asks nothing:
// who calls it has the yes.

import * as vscode from 'vscode';
import { openTerminal } from '../../connect/terminal.ts';
import type { Environment } from '../../shared/model/connection.ts';
import type { TerminalProposal } from '../../shared/model/terminal.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { createPseudoterminal } from './pseudoterminal.ts';

export type Session = Awaited<ReturnType<DaemonLink['session']>>;
export type Yes = { readonly proposal: string; readonly typed?: string };

/** Opens what the yes was given for in a tab of its own; `greeting` stands at its beginning. */
export function showTerminal(
  proposal: TerminalProposal,
  yes: Yes,
  session: Session,
  greeting?: string,
): void {
  const pty = createPseudoterminal({
    ...(greeting === undefined ? {} : { greeting }),
    open: (size, handlers) => openTerminal(session, { ...yes, ...size }, handlers),
    // A context that nothing asks for: its answer comes from the window, after all that was sent to it before.
    received: async () => vscode.commands.executeCommand('setContext', 'pilothouse.hasTerminal', true),
  });
  vscode.window.createTerminal({ ...lookOf(proposal), pty }).show();
}

const colors: Readonly<Partial<Record<Environment, string>>> = {
  prod: 'terminal.ansiRed',
  // The rules treat it like prod.
  unknown: 'terminal.ansiRed',
  staging: 'terminal.ansiYellow',
};

/** The tab says where it is; it is not kept over a reload, because the shell is not either. */
export function lookOf({ title, connection }: TerminalProposal) {
  const color = colors[connection.environment];
  return {
    name: `${title} (${connection.environment})`,
    iconPath: new vscode.ThemeIcon('terminal'),
    isTransient: true,
    ...(color ? { color: new vscode.ThemeColor(color) } : {}),
  };
}

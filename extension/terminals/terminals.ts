// Opens shells in resources: asks which where there are several, asks for the yes, and shows the terminal. A way that
// this machine's own program walks (ssh) runs in a terminal of the editor; all others come over the line to the daemon.

import * as vscode from 'vscode';
import { openTerminal } from '../../connect/terminal.ts';
import { isShell, type TerminalProposal, type WayIn, type WayOffer } from '../../shared/model/terminal.ts';
import { registerCommand } from '../commands/problems.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { ConnectionStore } from '../state/connections.ts';
import type { ResourceStore } from '../state/resources.ts';
import type { TreeNode } from '../views/treeModel.ts';
import { confirmEntry } from './confirmEntry.ts';
import { registerForwards } from './forwards.ts';
import { registerConsole } from './openConsole.ts';
import { registerSerialConsole } from './openSerial.ts';
import { pickEntered } from './pickEntered.ts';
import { lookOf, type Session, showTerminal, type Yes } from './showTerminal.ts';

export interface TerminalPorts {
  readonly daemon: Pick<DaemonLink, 'session'>;
  readonly resources: ResourceStore;
  readonly connections: ConnectionStore;
}

interface Entrance {
  readonly way: WayIn;
  readonly container?: string;
}

export function registerTerminals(ports: TerminalPorts): readonly vscode.Disposable[] {
  return [
    registerCommand('pilothouse.terminal.open', async (node?: TreeNode) => {
      const id =
        node?.kind === 'resource'
          ? node.id
          : await pickEntered(ports, isShell, {
              ask: 'Open a shell in what?',
              none: 'nothing that runs here offers a shell.',
            });
      if (id !== undefined) await enter(id, await ports.daemon.session());
    }),
    ...registerForwards(ports),
    registerConsole(ports),
    registerSerialConsole(ports),
  ];
}

/** Proposal and yes go over one line: a yes counts only for the session that was asked. */
async function enter(id: string, session: Session): Promise<void> {
  const { ways } = await session.request('terminal/ways', { id });
  const entrances = entrancesOf(ways);
  // Where there is none, the daemon says why.
  const entrance = entrances.length > 1 ? await pickEntrance(entrances) : (entrances[0] ?? { way: 'exec' });
  if (!entrance) return;
  const proposal = await session.request('terminal/propose', { id, ...entrance });
  const answer = await confirmEntry(proposal);
  if (answer.kind === 'no') return;
  const yes = { proposal: proposal.id, ...(answer.typed === undefined ? {} : { typed: answer.typed }) };
  if (proposal.way === 'ssh') await runHere(proposal, yes, session);
  else showTerminal(proposal, yes, session);
}

/** The person's own program with their own keys; the daemon is told how it ended. */
async function runHere(proposal: TerminalProposal, yes: Yes, session: Session): Promise<void> {
  const nothing = () => undefined;
  const live = await openTerminal(
    session,
    { ...yes, columns: 80, rows: 24 },
    { onBytes: nothing, onEnd: nothing },
  );
  const [shellPath, ...shellArgs] = live.run ?? [];
  if (shellPath === undefined) return live.close();
  const terminal = vscode.window.createTerminal({ ...lookOf(proposal), shellPath, shellArgs });
  const listening = vscode.window.onDidCloseTerminal((closed) => {
    if (closed !== terminal) return;
    listening.dispose();
    live.ended(closed.exitStatus?.code);
  });
  terminal.show();
}

function entrancesOf(ways: readonly WayOffer[]): readonly Entrance[] {
  return ways
    .filter(({ way }) => isShell(way))
    .flatMap(({ way, containers }): readonly Entrance[] =>
      containers ? containers.map((container) => ({ way, container })) : [{ way }],
    );
}

const ways: Readonly<Record<WayIn, string>> = {
  exec: 'a shell in it',
  shell: 'a shell on it',
  ssh: "this machine's own ssh",
  forward: 'a port of it',
  console: 'its console',
  serial: 'its serial console',
};

async function pickEntrance(entrances: readonly Entrance[]): Promise<Entrance | undefined> {
  const items = entrances.map((entrance) => ({
    label: entrance.container ?? ways[entrance.way],
    ...(entrance.container === undefined ? {} : { description: ways[entrance.way] }),
    entrance,
  }));
  const asked = { title: 'Open shell', placeHolder: 'In which container, or in which way?' };
  return (await vscode.window.showQuickPick(items, asked))?.entrance;
}

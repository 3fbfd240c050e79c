// Asks which resource is to be entered where a command of the palette has not said it: those that run and have this way.

import * as vscode from 'vscode';
import { type WayIn, waysInto } from '../../shared/model/terminal.ts';
import { itemsOfResources } from '../commands/askArguments.ts';
import type { TerminalPorts } from './terminals.ts';

/** Its id; undefined where nobody chose, or where there is none, which it says. */
export async function pickEntered(
  { connections, resources }: Pick<TerminalPorts, 'connections' | 'resources'>,
  isWay: (way: WayIn) => boolean,
  { ask, none }: { readonly ask: string; readonly none: string },
): Promise<string | undefined> {
  const fitting = [...resources.all()].filter((resource) =>
    waysInto(resource, connections.get(resource.connection)).some(isWay),
  );
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage(`Pilothouse: ${none}`);
    return undefined;
  }
  const asked = { placeHolder: ask, matchOnDescription: true };
  return (await vscode.window.showQuickPick(itemsOfResources(fitting), asked))?.resource.id;
}

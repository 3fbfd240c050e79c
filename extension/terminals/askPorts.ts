// One input for the ports of a forward: offers those that the resource is known to have, and takes what is typed, `80` or
// `8080:80` with the port of this machine first, as kubectl and docker have it.

import * as vscode from 'vscode';
import type { PortOffer } from '../../shared/model/terminal.ts';

export interface WantedPorts {
  readonly port: number;
  readonly localPort: number;
}

type Item = vscode.QuickPickItem & { readonly wanted: WantedPorts };

const portMax = 65_535;

/** Undefined where nobody chose. */
export function askPorts(name: string, known: readonly PortOffer[]): Promise<WantedPorts | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  const offers = known.map(({ port, name: use }) => itemOf({ port, localPort: port }, use ?? ''));
  picker.title = `Forward a port of ${name}`;
  picker.placeholder = '80, or 8080:80 with the port of this machine first';
  picker.ignoreFocusOut = true;
  picker.items = offers;
  picker.onDidChangeValue((text) => {
    const wanted = parsePorts(text);
    const isOffered = offers.some(({ label }) => label === text.trim());
    picker.items = wanted && !isOffered ? [{ ...itemOf(wanted, ''), alwaysShow: true }, ...offers] : offers;
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const [chosen] = picker.selectedItems;
      if (!chosen) return;
      resolve(chosen.wanted);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemOf(wanted: WantedPorts, description: string): Item {
  const { port, localPort } = wanted;
  return {
    label: port === localPort ? String(port) : `${localPort}:${port}`,
    description,
    detail: `127.0.0.1:${localPort} of this machine, or a free port where that is taken`,
    wanted,
  };
}

/** Undefined where it names no ports. */
export function parsePorts(text: string): WantedPorts | undefined {
  const match = /^(?:(\d{1,5}):)?(\d{1,5})$/.exec(text.trim());
  const port = Number(match?.[2] ?? 0);
  const localPort = Number(match?.[1] ?? port);
  const isPort = (one: number) => one >= 1 && one <= portMax;
  return match && isPort(port) && isPort(localPort) ? { port, localPort } : undefined;
}

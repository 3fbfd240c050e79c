// Which lines of a log are shown: since when, of which container, of the run before, holding what. The log that is
// open goes on being followed with what was chosen. Only reads.

import * as vscode from 'vscode';
import type { DaemonLink } from '../daemon/link.ts';
import type { Shown } from '../documents/address.ts';
import type { Documents } from '../documents/documents.ts';
import { nameOf, type ResourceStore } from '../state/resources.ts';
import { registerCommand, showProblem } from './problems.ts';

type Log = Extract<Shown, { readonly topic: 'logs' }>;
type Choice = Partial<Omit<Log, 'topic' | 'id'>>;

export interface LogPorts {
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly resources: ResourceStore;
  readonly documents: Documents;
}

const spans: readonly (readonly [string, number | undefined])[] = [
  ['The last 5 minutes', 5 * 60_000],
  ['The last hour', 3_600_000],
  ['The last 24 hours', 24 * 3_600_000],
  ['From its start', undefined],
];

export function registerLogCommands(ports: LogPorts): readonly vscode.Disposable[] {
  return [registerCommand('pilothouse.logs.filter', () => filterLog(ports))];
}

async function filterLog(ports: LogPorts): Promise<void> {
  const shown = ports.documents.active();
  if (shown?.topic !== 'logs') {
    void vscode.window.showInformationMessage('Open the log of a resource first (its menu in the tree).');
    return;
  }
  const choice = await choose(shown, ports);
  if (!choice) return;
  const chosen = withChoice(shown, choice);
  await ports.documents.open(chosen, titleOf(nameOf(ports.resources, shown.id), chosen));
}

/** What the tab is called by, so that a part of a log is not taken for the whole: "web proxy since 16.53". */
function titleOf(name: string, { part, previous, since, grep }: Log): string {
  const time = since && new Date(since).toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' });
  const said = [
    part,
    previous && 'before-restart',
    time && `since-${time.replace(':', '.')}`,
    grep && `with-${grep}`,
  ];
  return [name, ...said.filter(Boolean)].join(' ');
}

/** The log with what was chosen; what was chosen as nothing is left out. */
function withChoice(shown: Log, choice: Choice): Log {
  const { topic, id, ...before } = shown;
  const fields = Object.entries({ ...before, ...choice });
  return {
    topic,
    id,
    ...Object.fromEntries(fields.filter(([, value]) => value !== undefined && value !== '')),
  };
}

/** Undefined where the person goes away. */
async function choose(shown: Log, { daemon }: LogPorts): Promise<Choice | undefined> {
  const { grep, since, previous, part } = shown;
  const items: (vscode.QuickPickItem & { readonly ask: () => Promise<Choice | undefined> })[] = [
    {
      label: '$(filter) Only lines that hold…',
      description: grep ?? 'all lines',
      ask: () => askText(grep),
    },
    {
      label: '$(history) Since…',
      description: since === undefined ? 'its start' : new Date(since).toLocaleString('sv-SE'),
      ask: askSince,
    },
    {
      label: '$(package) Container…',
      description: part ?? 'all',
      ask: () => askPart(shown.id, daemon),
    },
    {
      label: previous ? '$(debug-restart) The run now' : '$(debug-restart) The run before its last restart',
      ask: async () => ({ previous: previous ? undefined : true }),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Filter log',
    placeHolder: 'Show what of it?',
  });
  return picked?.ask();
}

async function askText(grep: string | undefined): Promise<Choice | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Only lines that hold',
    prompt: 'Empty: all lines.',
    value: grep ?? '',
  });
  return text === undefined ? undefined : { grep: text };
}

async function askSince(): Promise<Choice | undefined> {
  const items = spans.map(([label, spanMs]) => ({ label, spanMs }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Log since', placeHolder: 'Since when?' });
  if (!picked) return undefined;
  const { spanMs } = picked;
  return { since: spanMs === undefined ? undefined : new Date(Date.now() - spanMs).toISOString() };
}

async function askPart(id: string, daemon: LogPorts['daemon']): Promise<Choice | undefined> {
  let parts: readonly string[];
  try {
    ({ parts } = await daemon.request('resource/logParts', { id }));
  } catch (error) {
    void showProblem(error);
    return undefined;
  }
  if (parts.length === 0) {
    void vscode.window.showInformationMessage('This log has no parts that could be shown alone.');
    return undefined;
  }
  const all = 'All';
  const picked = await vscode.window.showQuickPick([all, ...parts], {
    title: 'Log of which container?',
    placeHolder: 'All, or one of them',
  });
  return picked === undefined ? undefined : { part: picked === all ? undefined : picked };
}

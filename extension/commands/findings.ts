// What a person does with findings: has one explained, looks at its chart or resource, says what they think of it, keeps
// it quiet. What they say is the daemon's to keep; nothing here decides.

import * as vscode from 'vscode';
import { environments } from '../../shared/model/connection.ts';
import type { Incident, Mute } from '../../shared/model/finding.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { IncidentStore } from '../state/incidents.ts';
import type { IncidentNode } from '../views/incidentTree.ts';
import { registerCommand } from './problems.ts';

export interface FindingPorts {
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly incidents: IncidentStore;
  /** Asks in the chat. */
  ask(text: string): Promise<void>;
  chart(incident: Incident): Promise<void>;
  reveal(resource: string): Promise<void>;
}

const hourMs = 3_600_000;

export function registerFindingCommands(ports: FindingPorts): readonly vscode.Disposable[] {
  const { daemon, incidents } = ports;
  const on = (name: string, run: (incident: Incident, node?: IncidentNode) => unknown) =>
    registerCommand(`pilothouse.finding.${name}`, async (node?: IncidentNode) => {
      const incident = node ? incidents.get(node.id) : await pick(incidents);
      if (incident) await run(incident, node);
    });
  const says = (name: 'right' | 'noise' | 'ack' | 'unack') =>
    on(name, async ({ id }) => {
      const said = await daemon.request('incident/feedback', { id, says: name });
      incidents.apply({ upserts: [said], removes: [] });
    });
  return [
    registerCommand('pilothouse.finding.list', () =>
      vscode.commands.executeCommand('pilothouse.findings.focus'),
    ),
    on('explain', ({ id }) => ports.ask(`explain ${id}`)),
    on('chart', (incident) => ports.chart(incident)),
    on('reveal', (incident, node) =>
      ports.reveal(
        (node?.kind === 'finding' ? incident.findings[node.index]?.resource : undefined) ?? incident.resource,
      ),
    ),
    says('right'),
    says('noise'),
    says('ack'),
    says('unack'),
    on('mute', (incident) => mute(daemon, incident)),
    registerCommand('pilothouse.finding.mutes', () => manageMutes(daemon)),
  ];
}

async function pick(incidents: IncidentStore): Promise<Incident | undefined> {
  const picked = await vscode.window.showQuickPick(
    incidents.list().map((incident) => ({
      label: incident.title,
      description: `${incident.id} · ${incident.resourceName}`,
      incident,
    })),
    { title: 'Findings', placeHolder: 'Which finding?' },
  );
  return picked?.incident;
}

type Draft = Omit<Mute, 'id' | 'by' | 'createdMs'>;

async function mute(daemon: FindingPorts['daemon'], incident: Incident): Promise<void> {
  const what = await vscode.window.showQuickPick(scopesOf(incident), {
    title: `Mute “${incident.title}”`,
    placeHolder: 'What should be kept quiet?',
  });
  if (!what) return;
  const nowMs = Date.now();
  const offsetMinutes = -new Date(nowMs).getTimezoneOffset();
  const times: readonly (vscode.QuickPickItem & { readonly draft: Partial<Draft> })[] = [
    { label: 'For an hour', draft: { untilMs: nowMs + hourMs } },
    { label: 'For eight hours', draft: { untilMs: nowMs + 8 * hourMs } },
    { label: 'For a week', draft: { untilMs: nowMs + 7 * 24 * hourMs } },
    { label: 'Every night, 22 to 6', draft: { hours: { from: 22, to: 6, offsetMinutes } } },
    { label: 'Until I take it away', draft: {} },
  ];
  const when = await vscode.window.showQuickPick(times, { title: what.label, placeHolder: 'For how long?' });
  if (!when) return;
  await daemon.request('mute/add', { ...what.draft, ...when.draft });
}

function scopesOf(
  incident: Incident,
): readonly (vscode.QuickPickItem & { readonly draft: Partial<Draft> })[] {
  const [metric] = incident.metrics;
  const { resource, resourceName, environment, connection } = incident;
  return [
    ...(metric
      ? [{ label: `${metric} of ${resourceName}`, description: 'this alone', draft: { resource, metric } }]
      : []),
    { label: `Everything of ${resourceName}`, draft: { resource } },
    { label: `Everything of ${connection}`, draft: { connection } },
    ...(environments.includes(environment)
      ? [{ label: `Everything in ${environment}`, draft: { environment } }]
      : []),
  ];
}

async function manageMutes(daemon: FindingPorts['daemon']): Promise<void> {
  const { mutes } = await daemon.request('mute/list', {});
  if (mutes.length === 0) {
    void vscode.window.showInformationMessage('Nothing is muted.');
    return;
  }
  const picked = await vscode.window.showQuickPick(
    mutes.map((one) => ({ label: muteText(one), description: endText(one), detail: one.reason, id: one.id })),
    { title: 'Mutes', placeHolder: 'Choose those that shall end', canPickMany: true },
  );
  for (const { id } of picked ?? []) await daemon.request('mute/remove', { id });
}

/** What a mute keeps quiet, in words. */
export function muteText({ metric, resource, connection, environment }: Mute): string {
  const where = resource ?? connection ?? environment ?? 'everything';
  return metric ? `${metric} of ${where}` : where;
}

function endText({ hours, untilMs, by }: Mute): string {
  const when = hours
    ? `from ${hours.from} to ${hours.to} o’clock`
    : untilMs
      ? `until ${new Date(untilMs).toLocaleString()}`
      : 'until it is taken away';
  return `${when} · by ${by}`;
}

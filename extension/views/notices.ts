// Tells of new findings by a notification, as far as the person wants it: what is simulated, muted or milder never
// disturbs, and several that come together are told as one.

import * as vscode from 'vscode';
import type { Incident } from '../../shared/model/finding.ts';
import { maxSeverity } from '../../shared/model/finding.ts';
import type { IncidentStore } from '../state/incidents.ts';

/** Findings within this time are told together. */
const gatherMs = 2_000;

export function registerNotices(incidents: IncidentStore, explain: (id: string) => void): vscode.Disposable {
  let waiting: readonly Incident[] = [];
  let timer: NodeJS.Timeout | undefined;
  const tell = async () => {
    timer = undefined;
    const told = waiting.filter(({ id }) => incidents.get(id)?.state === 'open');
    waiting = [];
    const [first] = told;
    if (!first) return;
    const isCritical = told.some(({ severity }) => severity === 'critical');
    const show = isCritical ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
    const text = told.length === 1 ? first.title : `${told.length} new findings: ${first.title} and others`;
    const pressed = await show(`Pilothouse: ${text}`, 'Explain', 'Show Findings');
    if (pressed === 'Explain') explain(first.id);
    if (pressed === 'Show Findings') await vscode.commands.executeCommand('pilothouse.finding.list');
  };
  const stop = incidents.onDidChange((added) => {
    const wanted = vscode.workspace.getConfiguration('pilothouse').get<string>('findings.notify', 'critical');
    const loud = added.filter((incident) => isLoud(incident, wanted));
    if (loud.length === 0) return;
    waiting = [...waiting, ...loud];
    timer ??= setTimeout(() => void tell(), gatherMs);
  });
  return {
    dispose: () => {
      stop();
      clearTimeout(timer);
    },
  };
}

/** Whether a new finding is told, by the setting. */
export function isLoud(incident: Incident, wanted: string): boolean {
  if (incident.simulated || incident.mutedBy !== undefined || incident.state !== 'open') return false;
  if (wanted === 'critical') return incident.severity === 'critical';
  return wanted === 'warning' && maxSeverity(incident.severity, 'warning') === incident.severity;
}

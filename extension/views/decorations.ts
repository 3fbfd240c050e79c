// Badges on resources in the tree that have an open finding: a letter and a colour, with the words in the tooltip. Only
// what is shown is asked for; a change repaints only the resources it touches.

import * as vscode from 'vscode';
import type { Severity } from '../../shared/model/finding.ts';
import type { IncidentStore } from '../state/incidents.ts';

const scheme = 'pilothouse-resource';

/** Address of a resource in the tree, by which the editor asks for its badge. It cannot be opened. */
export function decorationUri(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${encodeURIComponent(id)}` });
}

const colors: Readonly<Record<Severity, string>> = {
  critical: 'problemsErrorIcon.foreground',
  warning: 'problemsWarningIcon.foreground',
  info: 'problemsInfoIcon.foreground',
};

export function registerDecorations(incidents: IncidentStore): vscode.Disposable {
  const emitter = new vscode.EventEmitter<vscode.Uri[]>();
  let marked = new Map<string, Severity>();
  const repaint = () => {
    const now = new Map<string, Severity>();
    for (const { resources } of incidents.list())
      for (const id of resources) {
        const severity = incidents.severityOf(id);
        if (severity) now.set(id, severity);
      }
    const touched = [...new Set([...marked.keys(), ...now.keys()])].filter(
      (id) => marked.get(id) !== now.get(id),
    );
    marked = now;
    if (touched.length > 0) emitter.fire(touched.map(decorationUri));
  };
  const stop = incidents.onDidChange(repaint);
  const provider = vscode.window.registerFileDecorationProvider({
    onDidChangeFileDecorations: emitter.event,
    provideFileDecoration: (uri) => {
      if (uri.scheme !== scheme) return undefined;
      const severity = incidents.severityOf(decodeURIComponent(uri.path.slice(1)));
      if (!severity) return undefined;
      const badge = severity === 'critical' ? '!' : '•';
      return new vscode.FileDecoration(
        badge,
        `Open finding: ${severity}`,
        new vscode.ThemeColor(colors[severity]),
      );
    },
  });
  return {
    dispose: () => {
      stop();
      provider.dispose();
      emitter.dispose();
    },
  };
}

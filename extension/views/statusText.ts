// What the status bar says: how the daemon fares, which connection sentences are about, its environment and mode,
// and what needs a look. Pure.

import type { Connection } from '../../shared/model/connection.ts';
import type { Severity } from '../../shared/model/finding.ts';
import type { DaemonState } from '../../shared/panel/chat.ts';

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly level: 'normal' | 'warning' | 'error';
}

export function statusTextOf(
  daemon: DaemonState,
  connections: readonly Connection[],
  active: Connection | undefined,
  openPlans: number,
  findings: { readonly count: number; readonly worst?: Severity } = { count: 0 },
): StatusText {
  if (daemon.kind === 'starting')
    return { text: '$(sync~spin) Pilothouse', tooltip: daemon.message, level: 'normal' };
  if (daemon.kind === 'reconnecting')
    return { text: '$(sync~spin) Pilothouse: reconnecting', tooltip: daemon.message, level: 'warning' };
  if (daemon.kind === 'failed')
    return {
      text: '$(error) Pilothouse: daemon not reached',
      tooltip: [daemon.message, daemon.fix].filter(Boolean).join('\n'),
      level: 'error',
    };
  const troubled = connections.filter(
    (connection) => connection.state === 'failed' || connection.state === 'degraded',
  );
  const icon = troubled.length > 0 ? '$(warning)' : '$(compass)';
  const parts = [`${icon} ${placeText(connections, active)}`];
  if (openPlans > 0) parts.push(`$(bell-dot) ${openPlans}`);
  if (findings.count > 0)
    parts.push(`${findings.worst === 'critical' ? '$(flame)' : '$(pulse)'} ${findings.count}`);
  return {
    text: parts.join('  '),
    tooltip: tooltipOf(connections, active, openPlans, findings.count),
    level: 'normal',
  };
}

function placeText(connections: readonly Connection[], active: Connection | undefined): string {
  if (connections.length === 0) return 'Pilothouse: nothing connected';
  if (!active) return `${connections.length} connections`;
  const mode = active.mode === 'read-only' ? ' · read-only' : '';
  return `${active.name} · ${active.environment}${mode}${active.simulated && active.environment !== 'sandbox' ? ' · simulated' : ''}`;
}

function tooltipOf(
  connections: readonly Connection[],
  active: Connection | undefined,
  openPlans: number,
  findings: number,
): string {
  const lines = connections.map((connection) => {
    const problem = connection.problem ? `: ${connection.problem.message}` : '';
    const marker = connection.id === active?.id ? '▸ ' : '';
    return `${marker}${connection.name} (${connection.provider}${connection.simulated ? ', simulated' : ''}): ${connection.environment}, ${connection.mode}, ${connection.state}${problem}`;
  });
  const plans = openPlans > 0 ? [`${openPlans} open ${openPlans === 1 ? 'plan' : 'plans'}`] : [];
  return [
    'Pilothouse',
    ...(lines.length > 0 ? lines : ['Nothing is connected.']),
    ...plans,
    ...(findings > 0 ? [`${findings} open ${findings === 1 ? 'finding' : 'findings'}`] : []),
    'Click for more',
  ].join('\n');
}

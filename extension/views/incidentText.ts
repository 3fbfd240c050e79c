// How an incident reads in a tree, a tooltip and a notification. Pure; what comes from a cloud is shown as text only.

import type { Finding, Incident, Severity } from '../../shared/model/finding.ts';

export interface IncidentLook {
  readonly icon: string;
  readonly color: string | undefined;
  readonly label: string;
  readonly description: string;
  /** The description without the trend, which says nothing to a screen reader. */
  readonly spoken: string;
  readonly tooltip: string;
  readonly context: string;
}

const icons: Readonly<Record<Severity, readonly [string, string | undefined]>> = {
  critical: ['error', 'problemsErrorIcon.foreground'],
  warning: ['warning', 'problemsWarningIcon.foreground'],
  info: ['info', undefined],
};

/** An incident in a row: short first, so that a narrow side bar cuts off what matters least. */
export function lookOf(incident: Incident, nowMs: number, trend?: string): IncidentLook {
  const isOpen = incident.state === 'open';
  const [icon, color] = icons[incident.severity];
  const isMuted = incident.mutedBy !== undefined;
  const [, label = incident.title, usual] = /^(.+), (usually .+)$/.exec(incident.title) ?? [];
  const age = isOpen
    ? ageOf(nowMs - incident.startedMs)
    : `ended ${ageOf(nowMs - (incident.endedMs ?? nowMs))} ago`;
  const more = [
    incident.title.includes(incident.resourceName) ? undefined : incident.resourceName,
    incident.simulated ? 'simulated' : incident.environment,
    isMuted ? 'muted' : undefined,
    incident.acked ? `with ${incident.acked.by}` : undefined,
    incident.verdict?.is,
    usual,
  ];
  return {
    icon: isOpen ? (isMuted ? 'bell-slash' : icon) : 'pass',
    color: isOpen && !isMuted ? color : undefined,
    label,
    description: textOf(trend === undefined ? age : `${age} ${trend}`, more),
    spoken: textOf(age, more),
    tooltip: [
      `${incident.id}: ${incident.title}`,
      ...incident.findings.slice(0, 5).flatMap(({ title, reasons }) => [title, ...reasons.slice(0, 2)]),
      `Since ${new Date(incident.startedMs).toLocaleString()}`,
    ].join('\n'),
    context: [
      '',
      'incident',
      isOpen ? 'open' : 'closed',
      incident.acked ? 'acked' : 'unacked',
      isMuted ? 'muted' : 'heard',
      ...(incident.findings.every(isThreat) && incident.findings.length > 0 ? [] : ['thing']),
      '',
    ].join(';'),
  };
}

/** What menus offer for one finding of an incident. */
export function contextOf(finding: Finding): string {
  return isThreat(finding) ? ';finding;' : ';finding;thing;';
}

/** Who acts in a log is nothing that could be opened or that has a chart. */
const isThreat = ({ kind }: Finding): boolean => kind === 'threat';

const textOf = (first: string, more: readonly (string | undefined)[]): string =>
  [first, ...more].filter((part) => part !== undefined).join(' · ');

/** Two parts at most: "3 d 4 h", "12 min", "now". */
export function ageOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

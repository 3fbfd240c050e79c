// Why an incident may be: which series left their course in which order, what changed just before, what is near and not
// well, and what people said of earlier ones like it. It shows evidence and draws no conclusion the evidence does not
// carry: what changed shortly before may still be innocent.

import type { AuditRecord } from '../../shared/model/audit.ts';
import type { Clue, Finding, Incident, IncidentDetails } from '../../shared/model/finding.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';
import type { TimeMark } from '../../shared/model/series.ts';
import type { AuditTrail } from '../audit/contract.ts';
import { limits } from '../config.ts';
import type { StoredGraph } from '../graph/contract.ts';
import type { IncidentBook } from './book.ts';
import { spoken } from './intake.ts';

export interface ExplainSources {
  readonly audit: Pick<AuditTrail, 'list'>;
  readonly graph: Pick<StoredGraph, 'get' | 'historyOf'>;
  readonly book: Pick<IncidentBook, 'list'>;
  readonly nearOf: (resource: string) => ReadonlyMap<string, number>;
  readonly now: () => number;
}

export function explain(incident: Incident, sources: ExplainSources): IncidentDetails {
  const near = reachOf(incident, sources);
  const fromMs = incident.startedMs - limits.explainBeforeMs;
  const changes = changesOf([...near.keys()], fromMs, incident.startedMs + limits.explainAfterMs, sources);
  const unwell = nearAndUnwell(incident, near, sources);
  const before = earlierOnes(incident, sources);
  return {
    incident,
    summary: [
      ...orderOf(incident),
      changes.length === 0
        ? `Nothing is known to have changed on or near it in the ${spoken(limits.explainBeforeMs)} before.`
        : `Shortly before: ${changes[0]!.sentence}`,
      ...(unwell.length > 0 ? [`Near it and not well: ${unwell.map((one) => one.sentence).join(' ')}`] : []),
      ...verdictsOf(before),
    ].join(' '),
    changes,
    near: unwell,
    before,
    marks: marksOf([...near.keys()], fromMs, incident.endedMs ?? sources.now(), sources),
  };
}

/** Incidents, plans and changes on some resources in a time, oldest first. */
export function marksOf(
  resources: readonly string[],
  fromMs: number,
  toMs: number,
  sources: ExplainSources,
): readonly TimeMark[] {
  const wanted = new Set(resources);
  const incidents = sources.book
    .list({ fromMs, toMs, limit: limits.explainMarksMax })
    .filter((incident) => incident.resources.some((id) => wanted.has(id)))
    .map(
      (incident): TimeMark => ({
        kind: 'incident',
        fromMs: incident.startedMs,
        ...(incident.endedMs === undefined ? { open: true } : { toMs: incident.endedMs }),
        title: `${incident.id}: ${incident.title}`,
        id: incident.id,
        resource: incident.resource,
      }),
    );
  const changes = changesOf(resources, fromMs, toMs, sources).map(
    ({ kind, sentence, atMs, link }): TimeMark => ({
      kind: kind === 'plan' ? 'plan' : kind === 'event' ? 'event' : 'change',
      fromMs: atMs!,
      title: sentence,
      ...(link && { id: link.id }),
    }),
  );
  return [...incidents, ...changes].sort((a, b) => a.fromMs - b.fromMs).slice(-limits.explainMarksMax);
}

/** What was done through Pilothouse, and what was seen to be different, newest first. */
export function changesOf(
  resources: readonly string[],
  fromMs: number,
  toMs: number,
  sources: Pick<ExplainSources, 'audit' | 'graph'>,
): readonly Clue[] {
  const clues = resources
    .slice(0, limits.explainResourcesMax)
    .flatMap((id) => [...auditClues(id, fromMs, toMs, sources), ...historyClues(id, fromMs, toMs, sources)]);
  return clues.sort((a, b) => b.atMs! - a.atMs!).slice(0, limits.explainChangesMax);
}

function auditClues(
  target: string,
  fromMs: number,
  toMs: number,
  { audit, graph }: Pick<ExplainSources, 'audit' | 'graph'>,
): readonly Clue[] {
  const name = graph.get(target)?.name ?? target;
  return audit
    .list({ limit: 20, target, fromMs, toMs })
    .filter(({ event }) => event === 'step.after')
    .map((record: AuditRecord) => ({
      kind: 'plan',
      sentence: `${record.operation} of ${name} by ${record.actor.user} at ${clockOf(Date.parse(record.at))} (${record.outcome}).`,
      atMs: Date.parse(record.at),
      ...(record.plan !== undefined && { link: { kind: 'plan', id: record.plan } as const }),
    }));
}

/** Attributes whose change can cause trouble; figures and marks of versions are left out. */
const telling = [
  'image',
  'flavor',
  'replicas',
  'revision',
  'size_gb',
  'node',
  'host',
  'suspended',
  'restarts',
];

function historyClues(
  id: string,
  fromMs: number,
  toMs: number,
  { graph }: Pick<ExplainSources, 'graph'>,
): readonly Clue[] {
  const states = graph.historyOf(id, 30);
  return states.flatMap(({ atMs, resource }, index) => {
    const before = states[index + 1]?.resource;
    if (atMs < fromMs || atMs > toMs) return [];
    const sentence = differenceOf(before, resource, index === states.length - 1);
    return sentence === undefined
      ? []
      : [
          {
            kind: 'event',
            sentence: `${sentence} (seen at ${clockOf(atMs)}).`,
            atMs,
            link: { kind: 'resource', id },
          },
        ];
  });
}

function differenceOf(
  before: Resource | undefined,
  after: Resource | undefined,
  isFirst: boolean,
): string | undefined {
  if (!after) return before && `${before.name} was gone`;
  if (!before) return isFirst ? undefined : `${after.name} appeared`;
  const changed = telling.flatMap((key) => {
    const [was, is] = [before.attributes[key], after.attributes[key]];
    return is !== undefined && was !== undefined && textOf(was) !== textOf(is)
      ? [`${key} from ${textOf(was)} to ${textOf(is)}`]
      : [];
  });
  if (before.status !== after.status) changed.unshift(`status from ${before.status} to ${after.status}`);
  return changed.length === 0 ? undefined : `${after.name} changed its ${changed.join(', its ')}`;
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function nearAndUnwell(
  incident: Incident,
  near: ReadonlyMap<string, number>,
  { graph }: ExplainSources,
): readonly Clue[] {
  return [...near.keys()]
    .filter((id) => !incident.resources.includes(id))
    .flatMap((id): readonly Clue[] => {
      const other = graph.get(id);
      if (!other || (other.health !== 'error' && other.health !== 'warning')) return [];
      const sentence = `${other.kind} ${other.name} is ${other.status}.`;
      return [{ kind: 'neighbour', sentence, link: { kind: 'resource', id } }];
    })
    .slice(0, limits.explainChangesMax);
}

function reachOf(incident: Incident, { nearOf }: ExplainSources): ReadonlyMap<string, number> {
  const reach = new Map<string, number>();
  for (const id of incident.resources.slice(0, limits.explainResourcesMax))
    for (const [other, depth] of nearOf(id)) reach.set(other, Math.min(depth, reach.get(other) ?? depth));
  return new Map([...reach].sort(([, a], [, b]) => a - b));
}

function earlierOnes(incident: Incident, { book }: ExplainSources): IncidentDetails['before'] {
  return book
    .list({ resource: incident.resource, limit: 50 })
    .filter(
      (other) =>
        other.id !== incident.id &&
        other.startedMs < incident.startedMs &&
        other.metrics.some((metric) => incident.metrics.includes(metric)),
    )
    .slice(0, 5)
    .map(({ id, title, startedMs, verdict }) => ({
      id,
      title,
      startedMs,
      ...(verdict && { verdict: verdict.is }),
    }));
}

function verdictsOf(before: IncidentDetails['before']): readonly string[] {
  if (before.length === 0) return [];
  const noise = before.filter(({ verdict }) => verdict === 'noise').length;
  const said = noise > 0 ? `, ${noise} of them judged to be noise` : '';
  return [`${before.length} earlier ${before.length === 1 ? 'incident' : 'incidents'} like it${said}.`];
}

/** What left its course, in order. */
function orderOf({ findings }: Incident): readonly string[] {
  const [first, ...others] = findings;
  if (!first) return [];
  const after = others.map(
    (one) => `${spoken(Math.max(0, one.startedMs - first.startedMs))} later: ${one.title}${endOf(one)}.`,
  );
  return [`First, at ${clockOf(first.startedMs)}: ${first.title}${endOf(first)}.`, ...after.slice(0, 5)];
}

function endOf({ ended, endedMs }: Finding): string {
  return ended === undefined || endedMs === undefined ? '' : ` (${ended} at ${clockOf(endedMs)})`;
}

/** Time of the day, UTC. */
export function clockOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 19)} UTC`;
}

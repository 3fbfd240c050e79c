// The book of incidents: takes what detectors raise and end, puts together what belongs together, keeps it over
// restarts and tells who listens. It decides nothing about thresholds and asks nobody anything.

import type { Finding, Incident } from '../../shared/model/finding.ts';
import { maxSeverity } from '../../shared/model/finding.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { seriesId } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import type { FindingDraft, IncidentChange, IncidentQuery, Place } from './contract.ts';
import { incidentFor } from './grouping.ts';
import type { IncidentDisk } from './incidentDisk.ts';
import { incidentOf } from './incidentText.ts';

export interface BookOptions {
  readonly disk: IncidentDisk;
  readonly now: () => number;
  readonly placeOf: (resource: string) => Place;
  readonly nearOf: (resource: string) => ReadonlyMap<string, number>;
  readonly muteOf: (incident: Omit<Incident, 'mutedBy'>, atMs: number) => string | undefined;
}

/** Which finding is meant: one detector has at most one open on a resource and series. */
export interface FindingKey {
  readonly detector: string;
  readonly resource: string;
  readonly series?: string;
}

export interface IncidentBook {
  list(query: IncidentQuery): readonly Incident[];
  get(id: string): Incident | undefined;
  /** Throws ProblemError `not-found`. */
  require(id: string): Incident;
  /** Opens a finding, or says what it looks like now. */
  raise(detector: string, draft: FindingDraft): Finding;
  /** Ends a finding; nothing happens where it is not open. */
  end(key: FindingKey, why: string, atMs: number): void;
  /** Open findings of a detector (all where it is not given). */
  open(detector?: string): readonly Finding[];
  /** Changes what people said. Throws ProblemError `not-found`. */
  say(id: string, said: Partial<Pick<Incident, 'acked' | 'verdict'>>): Incident;
  /** Looks at the mutes again. */
  remute(): void;
  onDidChange(listener: (change: IncidentChange) => void): () => void;
}

interface State extends BookOptions {
  readonly incidents: Map<string, Incident>;
  /** Key of an open finding → id of its incident. */
  readonly byKey: Map<string, string>;
  readonly listeners: Set<(change: IncidentChange) => void>;
  readonly toldMs: Map<string, number>;
}

export function createBook(options: BookOptions): IncidentBook {
  const { disk } = options;
  const state: State = {
    ...options,
    incidents: new Map(),
    byKey: new Map(),
    listeners: new Set(),
    toldMs: new Map(),
  };
  const known = [
    ...disk.list({ open: true, limit: limits.incidentsKeptMax }),
    ...disk.list({ limit: limits.incidentsShownMax }),
  ];
  for (const incident of known) remember(state, incident);
  return {
    list: (query) => listOf(state, query),
    get: (id) => state.incidents.get(id) ?? disk.read(id),
    require: (id) => requireIncident(state, id),
    raise: (detector, draft) => raise(state, detector, draft),
    end: (key, why, atMs) => end(state, key, why, atMs),
    open: (detector) =>
      [...state.byKey.entries()].flatMap(([key, id]) => {
        const finding = state.incidents.get(id)?.findings.find((one) => isOpen(one) && keyOf(one) === key);
        return finding && (detector === undefined || finding.detector === detector) ? [finding] : [];
      }),
    say(id, said) {
      return put(state, { ...requireIncident(state, id), ...said, updatedMs: state.now() }, 'now');
    },
    remute() {
      for (const incident of state.incidents.values())
        if (incident.state === 'open' && state.muteOf(incident, state.now()) !== incident.mutedBy)
          put(state, incident, 'now');
    },
    onDidChange(listener) {
      state.listeners.add(listener);
      return () => void state.listeners.delete(listener);
    },
  };
}

function raise(state: State, detector: string, draft: FindingDraft): Finding {
  const key = keyOf({ detector, ...draft });
  const incident = state.incidents.get(state.byKey.get(key) ?? '');
  const before = incident?.findings.find((one) => isOpen(one) && keyOf(one) === key);
  if (incident && before) {
    const finding = updated(before, draft);
    const isTold = finding.severity === before.severity ? 'soon' : 'now';
    replace(state, incident, before, finding, isTold);
    return finding;
  }
  const near = state.nearOf(draft.resource);
  const home = incidentFor(draft, near, state.incidents.values());
  const id = home?.id ?? `an-${state.disk.reserve(draft.startedMs)}`;
  const finding: Finding = {
    ...draft,
    id: `${id}.${(home?.findings.length ?? 0) + 1}`,
    detector,
    resourceName: state.placeOf(draft.resource).name,
    detectedMs: state.now(),
    ...(draft.value !== undefined && { peak: draft.value }),
  };
  const findings = [...(home?.findings ?? []), finding];
  const kept = findings.length > limits.incidentFindingsMax ? withoutOldest(findings) : findings;
  put(state, incidentOf(home ?? { id }, kept, state.placeOf, state.now()), 'now');
  return finding;
}

/** What it looks like now; the beginning stays, the peak is the value furthest from usual. */
function updated(before: Finding, draft: FindingDraft): Finding {
  const middle = before.usual?.middle ?? 0;
  const isFurther =
    draft.value !== undefined && Math.abs(draft.value - middle) > Math.abs((before.peak ?? middle) - middle);
  return {
    ...before,
    severity: maxSeverity(before.severity, draft.severity),
    confidence: Math.max(before.confidence, draft.confidence),
    // Of a series the furthest is told; of everything else what holds now.
    title: isFurther || before.kind !== 'series' ? draft.title : before.title,
    reasons: draft.reasons,
    ...(draft.value !== undefined && { value: draft.value }),
    ...(isFurther && { peak: draft.value }),
  };
}

function end(state: State, key: FindingKey, why: string, atMs: number): void {
  const text = keyText(key);
  const incident = state.incidents.get(state.byKey.get(text) ?? '');
  const before = incident?.findings.find((one) => isOpen(one) && keyOf(one) === text);
  if (!incident || !before) return;
  replace(
    state,
    incident,
    before,
    { ...before, endedMs: Math.max(atMs, before.startedMs), ended: why },
    'now',
  );
  if (state.incidents.get(incident.id)?.state === 'closed') prune(state);
}

function replace(
  state: State,
  incident: Incident,
  before: Finding,
  after: Finding,
  when: 'now' | 'soon',
): void {
  const findings = incident.findings.map((one) => (one === before ? after : one));
  put(state, incidentOf(incident, findings, state.placeOf, state.now()), when);
}

/** Keeps an incident and tells of it; a change that only moves a figure is kept and told now and then. */
function put(state: State, made: Omit<Incident, 'mutedBy'>, when: 'now' | 'soon'): Incident {
  const mutedBy = state.muteOf(made, state.now());
  const incident: Incident = { ...made, mutedBy };
  remember(state, incident);
  const told = state.toldMs.get(incident.id) ?? 0;
  if (when === 'soon' && state.now() - told < limits.incidentTellMs) return incident;
  state.toldMs.set(incident.id, state.now());
  state.disk.write(incident);
  tell(state, { upserts: [incident], removes: [] });
  return incident;
}

function remember(state: State, incident: Incident): void {
  state.incidents.set(incident.id, incident);
  for (const finding of incident.findings)
    if (isOpen(finding)) state.byKey.set(keyOf(finding), incident.id);
    else if (
      state.byKey.get(keyOf(finding)) === incident.id &&
      !incident.findings.some((one) => isOpen(one) && keyOf(one) === keyOf(finding))
    )
      state.byKey.delete(keyOf(finding));
}

/** Lets the oldest that are over go from memory; the disk keeps more. */
function prune(state: State): void {
  const over = [...state.incidents.values()].filter((one) => one.state === 'closed');
  const gone = over.sort((a, b) => b.startedMs - a.startedMs).slice(limits.incidentsShownMax);
  for (const { id } of gone) {
    state.incidents.delete(id);
    state.toldMs.delete(id);
  }
  state.disk.prune();
  if (gone.length > 0) tell(state, { upserts: [], removes: gone.map(({ id }) => id) });
}

function tell(state: State, change: IncidentChange): void {
  for (const listener of [...state.listeners]) listener(change);
}

function listOf(state: State, query: IncidentQuery): readonly Incident[] {
  // What changed a moment ago may be newer here than on the disk.
  return state.disk.list(query).map((incident) => state.incidents.get(incident.id) ?? incident);
}

/** Ended ones go first. */
function withoutOldest(findings: readonly Finding[]): readonly Finding[] {
  const oldest = findings.find((one) => !isOpen(one)) ?? findings[0];
  return findings.filter((one) => one !== oldest);
}

const isOpen = (finding: Finding): boolean => finding.endedMs === undefined;

function keyOf({ detector, resource, series }: Pick<Finding, 'detector' | 'resource' | 'series'>): string {
  return keyText({ detector, resource, ...(series && { series: seriesId(series) }) });
}
const keyText = ({ detector, resource, series }: FindingKey): string =>
  `${detector}\n${resource}\n${series ?? ''}`;

function requireIncident(state: State, id: string): Incident {
  const incident = state.incidents.get(id) ?? state.disk.read(id);
  if (incident) return incident;
  throw new ProblemError({
    code: 'not-found',
    message: `There is no incident ${id}.`,
    fix: 'See which there are (incident/list); the oldest ones are let go.',
  });
}

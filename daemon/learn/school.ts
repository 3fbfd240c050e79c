// Networks of hosts and services in daily life: each resource with enough metrics and history gets one, learnt in the
// worker from its stored minutes, tried on the part it had not seen, and used only if it is no worse there than the one
// in use. Every minute the latest window of each is judged; what lies beyond the line for some minutes in a row is
// reported as a second opinion beside the components of the watch. It runs only while watching does.

import type { LearntModel } from '../../shared/model/learnt.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import type { SeriesReader } from '../series/contract.ts';
import { minuteRows } from '../series/minutes.ts';
import type { FindingDraft, Watch } from '../watch/contract.ts';
import type { Models } from './contract.ts';
import { cellErrors, reconstructionError } from './network.ts';
import type { Registry, UsableModel } from './registry.ts';
import type { Teacher } from './teacher.ts';
import { columnOf, lastWindow, shapeOf, windowsOf, windowWidth } from './windows.ts';

export interface SchoolOptions {
  readonly watch: Pick<Watch, 'series' | 'report'>;
  readonly registry: Registry;
  readonly teacher: Teacher;
  readonly nameOf: (resource: string) => string;
  readonly audit: (actor: Parameters<Models['promote']>[1], what: string, model: LearntModel) => void;
  readonly now: () => number;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
}

export interface School extends Models {
  /** Judges what is there and learns what is due; call it once a minute while watching runs. */
  tick(): Promise<void>;
  dispose(): Promise<void>;
}

/** Part of the history, the latest, that a network is tried on. */
const holdBack = 0.2;
/** Share of what was held back that lies below the line; twice the line is a finding. */
const alarmQuantile = 0.995;
/** A new network may be so much worse on what neither has seen, since the new one knows newer data. */
const worseMax = 1.05;
const detector = 'host/autoencoder';

interface Case {
  beyond: number;
  below: number;
  startedMs: number;
  isFinding: boolean;
  draft: FindingDraft | undefined;
  lastMs: number;
}

export function createSchool(options: SchoolOptions): School {
  const { registry, now } = options;
  const cases = new Map<string, Case>();
  const triedMs = new Map<string, number>();
  let working: Promise<void> | undefined;

  const learnDue = async (): Promise<void> => {
    for (const [resource, columns] of subjects(options.watch.series, now())) {
      const reason = dueReason(options, resource, columns, triedMs.get(resource));
      if (reason === undefined) continue;
      triedMs.set(resource, now());
      await learn(options, resource, columns, reason).catch((error) =>
        options.log(
          'warn',
          `learning ${resource}: ${error instanceof Error ? error.message : String(error)}`,
        ),
      );
      // One at a time: the next is taken a minute later.
      return;
    }
  };
  return {
    list: (resource) => registry.list(resource),
    promote: (id, actor) => {
      const model = registry.promote(id);
      options.audit(actor, `put version ${model.version} into use`, model);
      return model;
    },
    rollBack: (resource, actor) => {
      const model = registry.rollBack(resource);
      options.audit(actor, `went back to version ${model.version}`, model);
      return model;
    },
    async train(resource, actor) {
      const columns = subjects(options.watch.series, now()).get(resource);
      if (!columns) throw tooLittle(resource);
      const model = await learn(options, resource, columns, 'asked for');
      options.audit(actor, `learnt version ${model.version}`, model);
      return model;
    },
    async tick() {
      options.watch.report(detector, judgeAll(options, cases));
      working ??= learnDue().finally(() => {
        working = undefined;
      });
      await working;
    },
    async dispose() {
      await options.teacher.dispose();
    },
  };
}

/** Resources with enough series that are alive, and these, by id. */
function subjects(series: SeriesReader, nowMs: number): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const one of series.list()) {
    if (nowMs - one.lastMs > limits.hostSilentMs) continue;
    const own = found.get(one.resource) ?? [];
    if (own.length < windowWidth) own.push(one.id);
    found.set(one.resource, own);
  }
  for (const [resource, own] of found) if (own.length < limits.hostColumnsMin) found.delete(resource);
  return found;
}

/** Why a network has to be learnt now; undefined where it has not. */
function dueReason(
  { registry, now, watch }: SchoolOptions,
  resource: string,
  columns: readonly string[],
  triedMs: number | undefined,
): string | undefined {
  if (triedMs !== undefined && now() - triedMs < limits.learnTryMs) return undefined;
  const active = registry.active(resource);
  if (!active) return registry.count < limits.learnModelsMax ? 'first' : undefined;
  if (active.about.columns.join() !== columns.join()) return 'other metrics';
  const age = now() - active.about.createdMs;
  if (age > limits.learnAgainMs) return 'a day old';
  if (age < limits.learnTryMs) return undefined;
  return hasDrifted(watch.series, active, now()) ? 'drift' : undefined;
}

/**
 * Whether much of what came since lies beyond what the network knew: what is usual has moved. Asked only after hours, so
 * that trouble is not learnt as usual while it lasts.
 */
function hasDrifted(series: SeriesReader, { about, network, shape }: UsableModel, nowMs: number): boolean {
  const { rows } = minuteRows(
    series,
    about.columns,
    Math.max(about.toMs, nowMs - limits.learnAgainMs),
    nowMs,
  );
  const windows = windowsOf(rows, shape);
  const count = windows.length / windowWidth;
  if (count < limits.learnRowsMin) return false;
  let beyond = 0;
  for (let i = 0; i < count; i++) {
    const window = windows.subarray(i * windowWidth, (i + 1) * windowWidth);
    if (reconstructionError(network, window) > about.alarmError) beyond++;
  }
  return 100 * beyond > limits.learnDriftPercent * count;
}

/** Learns, tries it on what was held back, and keeps it: in use if it is no worse than what was. */
async function learn(
  { registry, teacher, watch, now, log }: SchoolOptions,
  resource: string,
  columns: readonly string[],
  reason: string,
): Promise<LearntModel> {
  const toMs = now();
  const { rows, times } = minuteRows(watch.series, columns, toMs - limits.learnHistoryMs, toMs);
  if (rows.length < limits.learnRowsMin) throw tooLittle(resource);
  const learnt = rows.slice(0, Math.ceil(rows.length * (1 - holdBack)));
  const shape = shapeOf(learnt);
  const windows = windowsOf(rows, shape);
  const lecture = await teacher.teach({
    windows,
    width: windowWidth,
    holdBack,
    epochsMax: limits.learnEpochsMax,
    patience: 3,
    budgetMs: limits.learnBudgetMs,
    seed: 1,
  });
  const validationError = meanOf(lecture.heldBack);
  const incumbent = registry.active(resource);
  const incumbentError = incumbent && (await errorOf(teacher, incumbent, columns, rows));
  const isBetter =
    incumbentError === undefined || reason === 'drift' || validationError <= incumbentError * worseMax;
  const sorted = Float32Array.from(lecture.heldBack).sort();
  const model = registry.add({
    network: lecture.network,
    shape,
    about: {
      resource,
      state: isBetter ? 'active' : 'rejected',
      kind: 'autoencoder',
      createdMs: toMs,
      fromMs: times[0]!,
      toMs: times.at(-1)!,
      rows: rows.length,
      columns,
      sizes: lecture.network.sizes,
      backend: lecture.backend,
      tookMs: Math.round(lecture.tookMs),
      validationError,
      ...(incumbentError === undefined ? {} : { incumbentError }),
      alarmError: 2 * Math.max(sorted[Math.floor(alarmQuantile * (sorted.length - 1))]!, 1e-6),
      reason,
    },
  });
  log('info', `learnt ${model.id} (${reason}) on ${model.backend} in ${model.tookMs} ms: ${model.state}`);
  return model;
}

/** Mean error of the version in use on the same part; undefined where it judges other metrics. */
async function errorOf(
  teacher: Teacher,
  { about, network, shape }: UsableModel,
  columns: readonly string[],
  rows: readonly Float64Array[],
): Promise<number | undefined> {
  if (about.columns.join() !== columns.join()) return undefined;
  const latest = rows.slice(Math.floor(rows.length * (1 - holdBack)));
  return meanOf((await teacher.judge(network, windowsOf(latest, shape))).errors);
}

function judgeAll(options: SchoolOptions, cases: Map<string, Case>): readonly FindingDraft[] {
  const drafts: FindingDraft[] = [];
  for (const about of options.registry.list()) {
    if (about.state !== 'active') continue;
    const draft = judgeOne(options, about, cases);
    if (draft) drafts.push(draft);
  }
  return drafts;
}

function judgeOne(
  { watch, registry, now, nameOf }: SchoolOptions,
  about: LearntModel,
  cases: Map<string, Case>,
): FindingDraft | undefined {
  const one = cases.get(about.resource) ?? newCase();
  cases.set(about.resource, one);
  const spanMs = (windowWidth + 5) * 60_000;
  // The minute that is under way is not whole yet.
  const toMs = Math.floor(now() / 60_000) * 60_000 - 1;
  const { rows, times } = minuteRows(watch.series, about.columns, toMs - spanMs, toMs);
  const atMs = times.at(-1);
  if (atMs === undefined || atMs <= one.lastMs || toMs - atMs > limits.hostSilentMs) return one.draft;
  one.lastMs = atMs;
  const model = registry.active(about.resource);
  const window = model && lastWindow(rows, model.shape);
  if (!model || !window) return one.draft;
  const far = reconstructionError(model.network, window) / about.alarmError;
  if (far >= 1) {
    if (one.beyond === 0 && !one.isFinding) one.startedMs = atMs;
    one.beyond++;
    one.below = 0;
  } else {
    one.beyond = 0;
    one.below++;
  }
  if (one.beyond >= limits.hostConfirmRows) one.isFinding = true;
  if (one.isFinding && one.below >= limits.hostBackRows) Object.assign(one, newCase(), { lastMs: atMs });
  one.draft = one.isFinding && far >= 1 ? draftOf(model, window, far, one.startedMs, nameOf) : one.draft;
  if (!one.isFinding) one.draft = undefined;
  return one.draft;
}

function newCase(): Case {
  return { beyond: 0, below: 0, startedMs: 0, isFinding: false, draft: undefined, lastMs: 0 };
}

function draftOf(
  { about, network, shape }: UsableModel,
  window: Float32Array,
  far: number,
  startedMs: number,
  nameOf: (resource: string) => string,
): FindingDraft {
  const shares = new Float64Array(shape.columns);
  const errors = cellErrors(network, window);
  errors.forEach((error, cell) => {
    const column = columnOf(cell, shape);
    if (column !== undefined) shares[column]! += error;
  });
  const all = shares.reduce((sum, share) => sum + share, 0);
  const worst = [...shares.keys()].sort((a, b) => shares[b]! - shares[a]!).slice(0, 3);
  return {
    kind: 'host',
    resource: about.resource,
    severity: 'info',
    confidence: Math.min(0.95, far / (1 + far)),
    title: `What ${nameOf(about.resource)} does was not seen like this in its history`,
    reasons: [
      ...worst.map((column) => {
        const name = about.columns[column]!.slice(about.resource.length).replace(/^[^a-z]+/, '');
        return `${name} gives ${Math.round((100 * shares[column]!) / all)} % of what the network (version ${about.version}) did not expect.`;
      }),
      `The error is ${far.toFixed(1)} times its line.`,
    ],
    startedMs,
  };
}

function meanOf(errors: Float32Array): number {
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

function tooLittle(resource: string): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `There is too little history of ${resource} to learn from.`,
    fix: `It needs ${limits.hostColumnsMin} metrics and ${limits.learnRowsMin} minutes in which all of them were measured.`,
  });
}

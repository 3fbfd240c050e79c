// Arguments of questions: metrics, time ranges, how many, how far ahead, and what to look for in a log.

import { hasPluralWord } from '../linking/describe.ts';
import type { Clause } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { TimeRange } from '../words/times.ts';
import { type Filled, type Filler, flagValue, put } from './filled.ts';

export const fillLimit: Filler = (spec, { clause, used, operation }, filled) => {
  if (spec.name === 'lines') {
    const flag = flagValue(clause, used, '--tail');
    if (flag) return put(filled, spec.name, Number(flag.value), flag.cell);
  }
  const np = clause.nps.find((one) => one.count !== undefined);
  if (
    np &&
    spec.name !== 'lines' &&
    (spec.name === 'limit' || np.superlative || clause.cues.has('top') || clause.cues.has('least'))
  )
    return put(filled, spec.name, np.count!, np.cells[0]!);
  const wants = spec.name === 'top' ? clause.cues.has('top') || clause.cues.has('least') : true;
  const use = clause.values.find(
    (one) => one.value.k === 'number' && !used.values.has(one) && one.label === undefined,
  );
  if (use && wants && use.value.k === 'number') {
    used.values.add(use);
    return put(filled, spec.name, use.value.n, use.cell);
  }
  // "max cpu of web-1": of one thing it is a figure, not the first of many.
  const isNamed = clause.nps.some(
    (one) =>
      !one.plural &&
      one.names.length > 0 &&
      (!one.kinds || one.names.every(({ ids }) => ids.some((id) => one.kinds!.includes(kindIn(id))))),
  );
  if (
    spec.name === 'top' &&
    operation.verb === 'metrics' &&
    !isNamed &&
    (clause.cues.has('top') || clause.cues.has('least')) &&
    superlative(clause)
  ) {
    const cell = (clause.cues.get('top') ?? clause.cues.get('least'))!;
    if (
      !clause.nps.some((one) => one.plural || hasPluralWord(one)) ||
      /busiest|hottest|highest/.test(cell.low)
    )
      put(filled, spec.name, 1, cell);
  }
};

const kindIn = (id: string): string => id.slice(id.indexOf(':') + 1, id.indexOf('/'));

/** "which pod is eating memory" asks for the first of them, "how much is it eating" for a figure. */
function superlative(clause: Clause): boolean {
  const isAmount = clause.cues.has('howMany');
  return clause.cells.some(
    (cell) =>
      !cell.quoted &&
      isWord(cell, 'top', 'least') &&
      (/est$|most|top|max|worst|least|hog|peak/.test(cell.low) ||
        (!isAmount && /eating|consum|uses?$/.test(cell.low))),
  );
}

export const fillMetric: Filler = (spec, { operation, clause, used }, filled) => {
  const metric = clause.metrics[0];
  used.metrics = true;
  // "and its disk?", behind a question for another figure.
  const own = clause.nps.find(
    (np) => np.of?.pronoun !== undefined && np.kinds?.includes(operation.kind) !== true,
  );
  const ownMetric = own?.kindCell && senseOf(own.kindCell, 'metric');
  if (ownMetric) return put(filled, spec.name, ownMetric.metric, own!.kindCell!);
  if (metric) return put(filled, spec.name, metric.metric, metric.cell);
  for (const np of clause.nps) {
    const noun = np.kindCell && senseOf(np.kindCell, 'metric');
    if (!noun) continue;
    return put(filled, spec.name, noun.metric, np.kindCell!);
  }
  for (const cell of clause.cells) {
    const sense = senseOf(cell, 'metric');
    if (sense && !senseOf(cell, 'name')) return put(filled, spec.name, sense.metric, cell);
  }
  // What fills up is space.
  const full = clause.cues.get('runOut');
  const isSpace = /^(volume|datastore)$/.test(operation.kind) || /full|fill/.test(full?.low ?? '');
  if (full && operation.verb === 'forecast' && isSpace) put(filled, spec.name, 'disk', full);
};

export const fillWindow: Filler = (_spec, { clause, used, scene }, filled) => {
  used.times = true;
  const since = flagValue(clause, used, '--since');
  const time = clause.times[0];
  const duration = clause.values.find((use) => use.value.k === 'duration');
  if (since) {
    const match = /^(\d+)([smhd])$/.exec(since.value);
    if (match)
      return put(
        filled,
        'window_s',
        Number(match[1]) * { s: 1, m: 60, h: 3_600, d: 86_400 }[match[2] as 's' | 'm' | 'h' | 'd'],
        since.cell,
      );
  }
  if (time) return putRange(time.range, time.cell, filled, scene.nowMs);
  if (duration?.value.k === 'duration') {
    used.values.add(duration);
    put(filled, 'window_s', duration.value.seconds, duration.cell);
  }
  for (const np of clause.nps)
    for (const mod of np.mods)
      if (mod.kind === 'created') putRange(mod.range!, mod.cell, filled, scene.nowMs);
};

export function putRange(range: TimeRange, cell: Cell, filled: Filled, nowMs: number): void {
  if (range.windowS !== undefined) {
    put(filled, 'window_s', range.windowS, cell);
    return;
  }
  if (range.fromMs !== undefined) put(filled, 'from', new Date(range.fromMs).toISOString(), cell);
  if (range.toMs !== undefined && range.toMs !== nowMs)
    put(filled, 'to', new Date(range.toMs).toISOString(), cell);
}

export const fillSilence: Filler = (spec, { clause, used, scene }, filled) => {
  used.times = true;
  const use = clause.values.find((one) => one.value.k === 'duration');
  if (use?.value.k === 'duration') {
    used.values.add(use);
    return put(filled, spec.name, use.value.seconds, use.cell);
  }
  const time = clause.times[0];
  if (!time) return;
  const { windowS, horizonS, toMs } = time.range;
  const seconds = windowS ?? horizonS ?? (toMs === undefined ? undefined : (toMs - scene.nowMs) / 1000);
  if (seconds !== undefined && seconds > 0) put(filled, spec.name, Math.round(seconds), time.cell);
};

export const fillHorizon: Filler = (spec, { clause, used }, filled) => {
  used.times = true;
  const time = clause.times[0];
  if (time?.range.horizonS !== undefined)
    return put(filled, spec.name, Math.round(time.range.horizonS), time.cell);
  if (time?.range.windowS !== undefined) return put(filled, spec.name, time.range.windowS, time.cell);
  const use = clause.values.find((one) => one.value.k === 'duration');
  if (use?.value.k !== 'duration') return;
  used.values.add(use);
  put(filled, spec.name, use.value.seconds, use.cell);
};

export const fillGrep: Filler = (spec, { clause, used }, filled) => {
  const said = clause.cells.find((cell) => cell.quoted && cell.senses.every(({ t }) => t !== 'name'));
  const at = clause.cells.findIndex((cell) => isWord(cell, 'grep') && !senseOf(cell, 'name'));
  const behind = clause.cells
    .slice(at + 1)
    .find(
      (cell) =>
        !isWord(cell, 'det', 'filler', 'colon') && !/^(level|severity|text|word|string)$/.test(cell.low),
    );
  const word = said ?? (at < 0 || isWord(behind, 'prep') ? undefined : behind) ?? errorIn(clause.cells);
  if (!word) return;
  used.cells.add(word);
  used.metrics = true;
  const isError = !word.quoted && /^errors?$/.test(word.low);
  put(filled, spec.name, isError ? 'error' : word.text, word);
};

/** "errors in the log of web-1", "web-1 logs error": what to look for there. */
function errorIn(cells: readonly Cell[]): Cell | undefined {
  const log = cells.findIndex((cell) => isWord(cell, 'logCue') && !cell.quoted);
  return cells.find(
    (cell, at) =>
      /^(errors?|exceptions?|timeouts?|warnings?|panics?|oom)$/.test(cell.low) && at !== log && log >= 0,
  );
}

export const fillCounting: Filler = (spec, { clause }, filled) => {
  const cell = clause.cues.get('howMany');
  if (cell) put(filled, spec.name, 'count', cell);
};

const isData = (cell: Cell): boolean =>
  (senseOf(cell, 'name') ?? senseOf(cell, 'time') ?? senseOf(cell, 'value')) !== undefined;

const aggregates: readonly (readonly [RegExp, string])[] = [
  [/^(max|maximum|peak|highest)$/, 'max'],
  [/^(min|minimum|lowest)$/, 'min'],
  [/^(average|avg|mean|on average)$/, 'avg'],
  [/^(sum|total)$/, 'sum'],
  [/^p50$|^median$/, 'p50'],
  [/^p95$|^95th$/, 'p95'],
  [/^p99$|^99th$/, 'p99'],
];

/** "max cpu of web-1", "p95 latency": how values of a named thing are put together. */
export const fillAggregate: Filler = (spec, { clause }, filled) => {
  if (!clause.nps.some((np) => np.names.length > 0)) return;
  for (const cell of clause.cells) {
    if (cell.quoted || isData(cell)) continue;
    const said = cell.low.split(' ');
    const found = aggregates.find(([shape]) => said.some((one) => shape.test(one)));
    if (found) return put(filled, spec.name, found[1], cell);
  }
};

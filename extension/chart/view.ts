// What the chart panel shows now: which series, which stretch of time, and whether what is foreseen is shown too. Asks
// the daemon and puts answers together; it knows no window, so that it is tested without one. It only reads.

import type { Connection } from '../../shared/model/connection.ts';
import { problemOf } from '../../shared/model/problem.ts';
import {
  type SeriesForecast,
  type SeriesInfo,
  type SeriesRange,
  seriesId,
  seriesTitle,
  type TimeMark,
} from '../../shared/model/series.ts';
import { chartSeriesMax, type PanelChart, type PanelSeries } from '../../shared/panel/chart.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { troublesOf, whyNothing } from './troubles.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The span a chart opens with. */
const firstHours = 6;
/** A zoom does not go below what a few samples take. */
const spanMinMs = 60_000;
/** A forecast of the same series is asked for anew only after this time. */
const forecastKeptMs = 5 * 60_000;
const refusalKeptMs = 30_000;
const stepsBackMax = 50;

export interface ChartWish {
  /** All series of these resources. */
  readonly resources?: readonly string[];
  /** Ids of series. */
  readonly series?: readonly string[];
  /** An incident: its series, in its time. */
  readonly incident?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** The last so many hours, or a stretch that stays. */
type Span = { readonly hours: number } | { readonly fromMs: number; readonly toMs: number };

export interface ChartView {
  show(wish: ChartWish): Promise<PanelChart>;
  setHours(hours: number): Promise<PanelChart>;
  zoom(fromMs: number, toMs: number): Promise<PanelChart>;
  back(): Promise<PanelChart>;
  setForecast(on: boolean): Promise<PanelChart>;
  /** Shows exactly these series, at most `chartSeriesMax`. */
  setSeries(ids: readonly string[]): Promise<PanelChart>;
  refresh(): Promise<PanelChart>;
  /** Ids of what is shown. */
  readonly series: readonly string[];
  /** What was read last. */
  readonly last: PanelChart | undefined;
  /** Whether time moves what is shown. */
  readonly isLive: boolean;
}

type Daemon = Pick<DaemonLink, 'request'>;

interface KeptForecast {
  readonly atMs: number;
  /** Or the sentence that says why there is none. */
  readonly forecast: SeriesForecast | string;
}

/** What is known beside the daemon's answers. */
export interface ChartNames {
  readonly nameOf: (id: string) => string;
  /** All connections there are. */
  readonly connections: () => readonly Connection[];
}

interface State extends ChartNames {
  readonly daemon: Daemon;
  readonly now: () => number;
  resources: readonly string[];
  ids: readonly string[];
  leftOut: number;
  span: Span;
  before: readonly Span[];
  isForecast: boolean;
  incident: string | undefined;
  last: PanelChart | undefined;
  readonly forecasts: Map<string, KeptForecast>;
}

export function createChartView(daemon: Daemon, names: ChartNames, now: () => number = Date.now): ChartView {
  const state: State = {
    daemon,
    ...names,
    now,
    resources: [],
    ids: [],
    leftOut: 0,
    span: { hours: firstHours },
    before: [],
    isForecast: false,
    incident: undefined,
    last: undefined,
    forecasts: new Map(),
  };
  const go = (span: Span) => {
    state.before = [...state.before, state.span].slice(-stepsBackMax);
    state.span = span;
    return read(state);
  };
  return {
    get series() {
      return state.ids;
    },
    get last() {
      return state.last;
    },
    get isLive() {
      return 'hours' in state.span || state.span.toMs > now();
    },
    show: (wish) => open(state, wish),
    setHours: (hours) => go({ hours }),
    zoom: (fromMs, toMs) => go(widened(fromMs, toMs)),
    back() {
      state.span = state.before.at(-1) ?? { hours: firstHours };
      state.before = state.before.slice(0, -1);
      return read(state);
    },
    setForecast(on) {
      state.isForecast = on;
      return read(state);
    },
    setSeries(ids) {
      state.ids = ids.slice(0, chartSeriesMax);
      state.leftOut = ids.length - state.ids.length;
      return read(state);
    },
    refresh: () => read(state),
  };
}

function widened(fromMs: number, toMs: number): Span {
  const missing = Math.max(0, spanMinMs - (toMs - fromMs));
  return { fromMs: Math.max(0, Math.floor(fromMs - missing / 2)), toMs: Math.ceil(toMs + missing / 2) };
}

async function open(state: State, wish: ChartWish): Promise<PanelChart> {
  const incident =
    wish.incident === undefined
      ? undefined
      : (await state.daemon.request('incident/get', { id: wish.incident })).incident;
  const found = incident?.findings.flatMap(({ series }) => (series ? [seriesId(series)] : [])) ?? [];
  const named = [...new Set([...(wish.series ?? []), ...found])];
  // An incident without a series of its own (a host as a whole) is shown by the series of where it began.
  const resources = wish.resources ?? (incident && named.length === 0 ? [incident.resource] : []);
  const listed = await Promise.all(resources.map((id) => seriesOf(state.daemon, id)));
  const ids = [...new Set([...named, ...listed.flat().map(({ id }) => id)])];
  state.resources = resources;
  state.incident = incident?.id;
  state.ids = ids.slice(0, chartSeriesMax);
  state.leftOut = ids.length - state.ids.length;
  state.before = [];
  state.isForecast = false;
  state.span = spanOf(wish, incident, state.now());
  return read(state);
}

/** As asked for; else the incident with an hour before it; else the last hours. */
function spanOf(
  { fromMs, toMs }: ChartWish,
  incident: { readonly startedMs: number; readonly endedMs?: number } | undefined,
  nowMs: number,
): Span {
  if (fromMs !== undefined) return widened(fromMs, Math.max(fromMs, toMs ?? nowMs));
  if (!incident) return { hours: firstHours };
  const endMs = Math.min(nowMs, (incident.endedMs ?? nowMs) + hourMs / 2);
  return widened(incident.startedMs - hourMs, endMs);
}

/** All stored series of a resource, by page. */
export async function seriesOf(daemon: Daemon, resource?: string): Promise<readonly SeriesInfo[]> {
  const all: SeriesInfo[] = [];
  let after: string | undefined;
  do {
    const page = await daemon.request('series/list', {
      ...(resource !== undefined && { resource }),
      ...(after !== undefined && { after }),
      limit: 1_000,
    });
    all.push(...page.series);
    after = page.next;
  } while (after !== undefined);
  return all;
}

async function read(state: State): Promise<PanelChart> {
  const nowMs = state.now();
  const { span, ids } = state;
  const [fromMs, endMs] =
    'hours' in span ? [nowMs - span.hours * hourMs, nowMs] : ([span.fromMs, span.toMs] as const);
  const { ranges, marks } =
    ids.length === 0
      ? { ranges: [], marks: [] }
      : await state.daemon.request('series/range', { series: [...ids], fromMs, toMs: endMs, marks: true });
  const series = await Promise.all(ranges.map((range) => withForecast(state, range, endMs - fromMs, nowMs)));
  const { sources } = await state.daemon.request('watch/status', {});
  const nothing = series.length === 0 ? whyNothing(state.resources, state.nameOf, sources) : undefined;
  // A stretch that was over before has all its figures.
  const followed = ranges.map((range) => range.series).filter(({ lastMs }) => lastMs <= endMs);
  const chart: PanelChart = {
    type: 'chart',
    title: titleOf(state, ranges),
    series,
    marks: await marksWith(state, marks),
    fromMs,
    toMs: Math.max(endMs, ...series.map(({ forecast }) => forecast?.times.at(-1) ?? 0)),
    nowMs,
    ...('hours' in span && { hours: span.hours }),
    canGoBack: state.before.length > 0,
    isForecast: state.isForecast,
    leftOut: state.leftOut,
    ...(nothing && { nothing }),
    troubles: troublesOf(followed, state.connections(), sources),
  };
  state.last = chart;
  return chart;
}

/** The incident that was asked for is on the axis even where its resource is none of those shown. */
async function marksWith(state: State, marks: readonly TimeMark[]): Promise<readonly TimeMark[]> {
  const { incident: id } = state;
  if (id === undefined || marks.some((mark) => mark.id === id)) return marks;
  const { incident } = await state.daemon.request('incident/get', { id });
  const own: TimeMark = {
    kind: 'incident',
    fromMs: incident.startedMs,
    ...(incident.endedMs === undefined ? { open: true } : { toMs: incident.endedMs }),
    title: `${id}: ${incident.title}`,
    id,
    resource: incident.resource,
  };
  return [...marks, own].sort((a, b) => a.fromMs - b.fromMs);
}

async function withForecast(
  state: State,
  range: SeriesRange,
  spanMs: number,
  nowMs: number,
): Promise<PanelSeries> {
  const resourceName = state.nameOf(range.series.resource);
  const shown = { title: seriesTitle(range.series, resourceName), resourceName, range };
  if (!state.isForecast) return shown;
  const horizonMs = Math.round(Math.min(30 * dayMs, Math.max(hourMs, spanMs)));
  const forecast = await forecastOf(state, range.series, horizonMs, nowMs);
  return typeof forecast === 'string' ? { ...shown, noForecast: forecast } : { ...shown, forecast };
}

/** The forecast, or the sentence that says why there is none: one series that has too little past spares no other. */
async function forecastOf(
  state: State,
  series: SeriesInfo,
  horizonMs: number,
  nowMs: number,
): Promise<SeriesForecast | string> {
  const key = `${horizonMs} ${series.id}`;
  const known = state.forecasts.get(key);
  if (known && isGood(known, series, nowMs)) return known.forecast;
  const forecast = await state.daemon
    .request('series/forecast', { series: series.id, horizonMs })
    .catch((error: unknown) => problemOf(error).message);
  for (const [old, { atMs }] of state.forecasts)
    if (nowMs - atMs >= forecastKeptMs) state.forecasts.delete(old);
  state.forecasts.set(key, { atMs: nowMs, forecast });
  return forecast;
}

/** While a source catches up with its past, a forecast is soon too early, and too little past soon enough. */
function isGood({ atMs, forecast }: KeptForecast, { lastMs }: SeriesInfo, nowMs: number): boolean {
  if (typeof forecast === 'string') return nowMs - atMs < refusalKeptMs;
  return nowMs - atMs < forecastKeptMs && (forecast.times[0] ?? lastMs) >= lastMs - forecastKeptMs;
}

function titleOf({ resources, nameOf }: State, ranges: readonly SeriesRange[]): string {
  const ids = [...new Set([...ranges.map(({ series }) => series.resource), ...resources])];
  const [first, ...others] = ids;
  if (first === undefined) return 'Nothing is chosen';
  return others.length === 0 ? nameOf(first) : `${nameOf(first)} and ${others.length} more`;
}

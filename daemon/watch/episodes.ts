// From a surprise to a finding and its end. A surprise alone is no finding: a detector that looks at ten thousand series
// a quarter of a minute is surprised many times a day. What is surprising has to stay outside of what is usual for the
// series, by as much as a person would mind, for a while; then it is a finding that began when it left. It ends when
// the series is back, has settled at a new level, or is not measured any more.

import { formatFigure } from '../../shared/model/figure.ts';
import type { Severity } from '../../shared/model/finding.ts';
import { type SeriesInfo, seriesTitle } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import { isDangerous, outside, type Usual, usualOf } from '../monitor/usual.ts';
import type { SeriesStore } from '../series/contract.ts';
import type { FindingDraft } from './contract.ts';
import type { Surprise } from './detectors.ts';
import { spoken } from './intake.ts';

export interface EpisodeOptions {
  readonly store: SeriesStore;
  readonly now: () => number;
  readonly nameOf: (resource: string) => string;
  /** How much wider than usual the line is drawn for a series (feedback). */
  readonly wideOf: (id: string) => number;
  readonly raise: (draft: FindingDraft) => void;
  readonly end: (series: SeriesInfo, why: string, atMs: number) => void;
}

interface Episode {
  readonly usual: Usual;
  readonly surprise: Surprise;
  readonly surprisedMs: number;
  /** When it left what is usual, without having been back since. */
  outsideMs: number | undefined;
  outsideRows: number;
  insideMs: number | undefined;
  insideRows: number;
  isFinding: boolean;
  startedMs: number;
  settleMs: number;
}

export interface Episodes {
  /** Takes the next row of a series and, where there was one, its surprise. */
  follow(number: number, atMs: number, value: number, surprise: Surprise | undefined): void;
  /** Goes on with findings that an earlier daemon left open. */
  resume(
    number: number,
    finding: { readonly usual?: Usual; readonly startedMs: number; readonly score: number },
  ): void;
  /** Ends what is not measured any more, and forgets old surprises. */
  sweep(): void;
  readonly size: number;
}

export function createEpisodes(options: EpisodeOptions): Episodes {
  const episodes = new Map<number, Episode>();
  return {
    follow(number, atMs, value, surprise) {
      let episode = episodes.get(number);
      if (!episode && surprise) {
        episode = begin(options, number, atMs, surprise);
        if (episode) episodes.set(number, episode);
      }
      if (episode && step(options, number, episode, atMs, value) === 'over') episodes.delete(number);
    },
    resume(number, { usual, startedMs, score }) {
      if (!usual) return;
      episodes.set(number, {
        ...fresh(usual, { score, stream: 'level' }, startedMs),
        isFinding: true,
        startedMs,
        settleMs: startedMs,
      });
    },
    sweep() {
      for (const [number, episode] of episodes) {
        const info = options.store.info(number);
        const silentMs = options.now() - info.lastMs;
        if (episode.isFinding) {
          if (silentMs <= Math.max(limits.episodeSilentMs, 10 * info.stepMs)) continue;
          options.end(info, 'no data any more', info.lastMs);
          episodes.delete(number);
        } else if (options.now() - episode.surprisedMs > limits.episodeWatchMs) episodes.delete(number);
      }
    },
    get size() {
      return episodes.size;
    },
  };
}

/** A surprise is worth following where enough of the past is known to say what is usual. */
function begin(
  options: EpisodeOptions,
  number: number,
  atMs: number,
  surprise: Surprise,
): Episode | undefined {
  if (options.now() - atMs > limits.episodeOldMs) return undefined;
  const usual = usualBefore(options.store, number, atMs);
  return usual && fresh(usual, surprise, atMs);
}

function fresh(usual: Usual, surprise: Surprise, atMs: number): Episode {
  return {
    usual,
    surprise,
    surprisedMs: atMs,
    outsideMs: undefined,
    outsideRows: 0,
    insideMs: undefined,
    insideRows: 0,
    isFinding: false,
    startedMs: atMs,
    settleMs: atMs,
  };
}

/**
 * What was usual before a moment: with three days of history, this time of the day on the days before; else the day
 * before. Undefined while too little is known.
 */
export function usualBefore(store: SeriesStore, number: number, atMs: number): Usual | undefined {
  const dayMs = 86_400_000;
  const { id } = store.info(number);
  const days = store.range(id, atMs - 14 * dayMs, atMs - dayMs / 2, 5_000);
  const sameTime: number[] = [];
  const daysSeen = new Set<number>();
  for (let i = 0; i < (days?.times.length ?? 0); i++) {
    const ofDay = Math.abs(((((days!.times[i]! - atMs) % dayMs) + 1.5 * dayMs) % dayMs) - dayMs / 2);
    if (ofDay > limits.usualTimeOfDayMs) continue;
    sameTime.push(days!.mins[i]!, days!.means[i]!, days!.maxs[i]!);
    daysSeen.add(Math.round((atMs - days!.times[i]!) / dayMs));
  }
  if (daysSeen.size >= 3) return usualOf(sameTime, limits.usualRowsMin);
  const before = store.samples(number, atMs - dayMs, atMs - limits.usualLeaveMs);
  const spanMs = (before.times.at(-1) ?? 0) - (before.times[0] ?? 0);
  return spanMs < limits.usualSpanMs ? undefined : usualOf(before.values, limits.usualRowsMin);
}

function step(
  options: EpisodeOptions,
  number: number,
  episode: Episode,
  atMs: number,
  value: number,
): 'over' | 'going on' {
  const info = options.store.info(number);
  const far = outside(episode.usual, info.metric, value, options.wideOf(info.id));
  if (far > 0) {
    episode.outsideMs ??= atMs;
    episode.outsideRows++;
    episode.insideMs = undefined;
    episode.insideRows = 0;
    return goOn(options, number, episode, atMs, value, far);
  }
  episode.insideMs ??= atMs;
  episode.insideRows++;
  const backMs = atMs - episode.insideMs;
  if (episode.isFinding) {
    if (backMs < limits.episodeBackMs || episode.insideRows < limits.episodeRowsMin) return 'going on';
    options.end(info, 'back to usual', episode.insideMs);
    return 'over';
  }
  episode.outsideMs = undefined;
  episode.outsideRows = 0;
  return atMs - episode.surprisedMs > limits.episodeWatchMs ? 'over' : 'going on';
}

function goOn(
  options: EpisodeOptions,
  number: number,
  episode: Episode,
  atMs: number,
  value: number,
  far: number,
): 'over' | 'going on' {
  const info = options.store.info(number);
  const lastedMs = atMs - episode.outsideMs!;
  const rowsMin = info.stepMs >= limits.episodeConfirmMs ? 2 : limits.episodeRowsMin;
  if (!episode.isFinding) {
    if (lastedMs < limits.episodeConfirmMs || episode.outsideRows < rowsMin) return 'going on';
    episode.isFinding = true;
    episode.startedMs = episode.outsideMs!;
    episode.settleMs = atMs;
  }
  if (hasSettled(options.store, number, episode, atMs, value)) {
    options.end(info, 'settled at a new level', atMs);
    return 'over';
  }
  options.raise(draftOf(options, info, episode, value, far, atMs));
  return 'going on';
}

/** After hours at another level that level is the usual one, unless it endangers what runs there. */
function hasSettled(
  store: SeriesStore,
  number: number,
  episode: Episode,
  atMs: number,
  value: number,
): boolean {
  const { metric } = store.info(number);
  if (atMs - episode.startedMs < limits.episodeSettleMs || isDangerous(metric, value)) return false;
  if (atMs - episode.settleMs < limits.episodeSettleLookMs) return false;
  episode.settleMs = atMs;
  const { values } = store.samples(number, atMs - limits.episodeSettleMs / 2, atMs);
  const now = usualOf(values, limits.usualRowsMin);
  return now !== undefined && outside(now, metric, value) === 0 && outside(now, metric, now.high) === 0;
}

function draftOf(
  { nameOf, now }: EpisodeOptions,
  info: SeriesInfo,
  { usual, surprise, startedMs }: Episode,
  value: number,
  far: number,
  atMs: number,
): FindingDraft {
  const format = (one: number) => formatFigure(one, info.unit);
  const { resource, metric, part } = info;
  return {
    kind: 'series',
    resource,
    series: { resource, metric, ...(part !== undefined && { part }) },
    unit: info.unit,
    severity: severityOf(info, value, far, atMs - startedMs),
    confidence: Math.min(0.99, surprise.score + (1 - surprise.score) * Math.min(1, (far - 1) / 2)),
    title: `${seriesTitle(info, nameOf(resource))} is ${format(value)}, usually ${format(usual.low)} to ${format(usual.high)}`,
    reasons: [
      `It has been outside of its usual range for ${spoken(Math.max(now(), atMs) - startedMs)}, ${far.toFixed(1)} times as far as matters.`,
      `${streamWords[surprise.stream] ?? 'Its course'} surprised the detector (score ${surprise.score.toFixed(2)} of 1; 0.50 is the line).`,
      `Usual means 98 of 100 of ${usual.count} earlier values: ${format(usual.low)} to ${format(usual.high)}, in the middle ${format(usual.middle)}.`,
    ],
    usual,
    value,
    startedMs,
  };
}

const streamWords: Readonly<Record<string, string>> = {
  level: 'A value it has not shown before',
  trend: 'The level it moved to',
  dispersion: 'How much it varies',
  slope: 'How fast it changed',
  season: 'Its value at this time of the day',
};

/** Danger is critical, what lasts or is far is a warning, the rest is worth a line. */
function severityOf(info: SeriesInfo, value: number, far: number, lastedMs: number): Severity {
  if (isDangerous(info.metric, value)) return 'critical';
  return far >= limits.episodeFar || lastedMs >= limits.episodeLongMs ? 'warning' : 'info';
}

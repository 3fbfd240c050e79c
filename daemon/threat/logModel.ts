// One log and what is usual in it: takes activities in the order of time and says of each window how far it is from what
// the log has taught so far. Causal: a window is judged before anything is learnt from it, and a window that is being
// told of teaches nothing until people had their say or a day has passed. Memory is bounded; all of it is plain data.

import type { IncidentVerdict } from '../../shared/model/finding.ts';
import { limits } from '../config.ts';
import type { Activity } from '../executors/contract.ts';
import { rarityOf, slotOf, slots } from './hours.ts';
import { newSeen, noveltyOf, type Seen, see } from './seen.ts';
import { ordersOf, recognise } from './signs.ts';
import { chanceOf, slide } from './tail.ts';
import { distanceOf, learnUsual, newOwn, newUsual, type Own, type Usual } from './usual.ts';
import {
  features,
  featuresOf,
  isOver,
  type Novelty,
  newWindow,
  type SignName,
  signNames,
  takeIn,
  type Window,
} from './window.ts';

/** The last word of a person about an incident. */
export interface Said {
  readonly incident: string;
  readonly is: IncidentVerdict;
}

/** What is remembered of one principal. */
export interface Principal {
  readonly own: Own;
  readonly hours: number[];
  readonly most: { destroyed: number; things: number; refused: number };
  /** Times of refused attempts, the latest. */
  refused: number[];
  silenced?: Activity;
  /** Orders of magnitude that people's words took from what is said of it. */
  shift: number;
  said?: Said;
  window?: Window;
}

export interface LogState {
  fromMs: number;
  toMs: number;
  windows: number;
  readonly usual: Usual;
  readonly seen: Record<Novelty, Seen>;
  readonly hours: number[];
  readonly hits: Partial<Record<SignName, number>>;
  /** Distances of the latest ordinary windows, in the order of time and ascending. */
  readonly latest: number[];
  readonly sorted: number[];
  readonly principals: Map<string, Principal>;
  /** Refused attempts by address, whoever it tried to be. */
  readonly refusedFrom: Map<string, number[]>;
}

/** How far a window is from what is usual. */
export interface Judgement {
  readonly window: Window;
  /** Orders of magnitude in all: of the distance, and of each sign. */
  readonly strength: number;
  /** Chance of an ordinary window at least so far away. */
  readonly chance: number;
  /** The gravest first. */
  readonly signs: readonly (readonly [SignName, number])[];
  /** What gives most of the distance, the most first. */
  readonly telling: readonly (typeof features)[number][];
}

const novelties: readonly Novelty[] = [
  'principal',
  'region',
  'own region',
  'verb',
  'own verb',
  'own address',
];

export function newLogState(): LogState {
  return {
    fromMs: Number.POSITIVE_INFINITY,
    toMs: Number.NEGATIVE_INFINITY,
    windows: 0,
    usual: newUsual(features.length),
    seen: Object.fromEntries(novelties.map((one) => [one, newSeen()])) as Record<Novelty, Seen>,
    hours: new Array(slots).fill(0),
    hits: {},
    latest: [],
    sorted: [],
    principals: new Map(),
    refusedFrom: new Map(),
  };
}

/** True while it is too early to say anything of this log. */
export function isLearning(state: LogState): boolean {
  return state.windows < limits.threatLearnWindows || !(state.toMs - state.fromMs >= limits.threatLearnMs);
}

/**
 * Takes an activity in and judges the window it belongs to. `close` gets windows that ended before it and decides whether
 * they teach.
 */
export function feed(state: LogState, activity: Activity, close: (window: Window) => void): Judgement {
  for (const each of closeOver(state, activity.atMs)) close(each);
  state.fromMs = Math.min(state.fromMs, activity.atMs);
  state.toMs = Math.max(state.toMs, activity.atMs);
  const principal = principalOf(state, activity.principal);
  const isNew = !state.seen.principal.counts.has(activity.principal);
  principal.window ??= newWindow(activity.principal, activity.atMs);
  const { window } = principal;
  notice(state, window, activity, isNew);
  takeIn(window, activity);
  window.rarity = Math.max(
    window.rarity,
    isNew ? 0 : rarityOf(principal.hours, state.hours, slotOf(activity.atMs)),
  );
  const refusedBefore = countRefused(state, principal, activity);
  window.refusedBurst = Math.max(window.refusedBurst, within(principal.refused, activity.atMs - 600_000));
  if (principal.silenced && activity.atMs - principal.silenced.atMs > limits.threatWindowMs)
    principal.silenced = undefined;
  if (activity.does === 'silence' && activity.outcome === 'done') principal.silenced = activity;
  recognise(window, activity, {
    isNew,
    refusedBefore,
    most: principal.most,
    ...(principal.silenced && { silenced: principal.silenced }),
  });
  return judge(state, principal, window);
}

/** Takes back the windows that ended before a time. */
export function closeOver(state: LogState, atMs: number): readonly Window[] {
  const over: Window[] = [];
  for (const principal of state.principals.values())
    if (principal.window && isOver(principal.window, atMs)) {
      over.push(principal.window);
      principal.window = undefined;
    }
  return over;
}

/** Learns from an ordinary window. */
export function learn(state: LogState, window: Window): void {
  const principal = principalOf(state, window.principal);
  const row = featuresOf(window);
  const { squared } = distanceOf(state.usual, principal.own, row);
  slide(state.latest, state.sorted, squared, limits.threatCalibrationMax);
  learnUsual(state.usual, principal.own, row);
  state.windows++;
  for (const name of Object.keys(window.signs) as SignName[]) state.hits[name] = (state.hits[name] ?? 0) + 1;
  const slot = slotOf(window.startedMs);
  principal.hours[slot]!++;
  state.hours[slot]!++;
  principal.most.destroyed = Math.max(principal.most.destroyed, window.destroyed.length);
  principal.most.things = Math.max(principal.most.things, window.things.length);
  principal.most.refused = Math.max(principal.most.refused, window.refusedBurst);
  const who = window.principal;
  see(state.seen.principal, who);
  for (const region of window.regions) {
    see(state.seen.region, region);
    see(state.seen['own region'], `${who}\n${region}`);
  }
  for (const verb of window.verbs) {
    see(state.seen.verb, verb);
    see(state.seen['own verb'], `${who}\n${verb}`);
  }
  for (const address of window.addresses) see(state.seen['own address'], `${who}\n${address}`);
}

function judge(state: LogState, principal: Principal, window: Window): Judgement {
  const { squared, shares } = distanceOf(state.usual, principal.own, featuresOf(window));
  const chance = chanceOf(state.sorted, squared);
  const signs = signNames
    .filter((name) => window.signs[name] !== undefined)
    .map((name) => [name, ordersOf(name, state.hits[name] ?? 0, state.windows)] as const);
  const strength = signs.reduce((sum, [, orders]) => sum + orders, -Math.log10(chance)) - principal.shift;
  const telling = [...shares.keys()]
    .filter((i) => shares[i]! > squared / 10)
    .sort((a, b) => shares[b]! - shares[a]!)
    .map((i) => features[i]!);
  return { window, strength, chance, signs, telling };
}

/** Notes what is new. What a new principal does is all new for it: that says nothing more. */
function notice(state: LogState, window: Window, activity: Activity, isNew: boolean): void {
  const { principal: who, verb, region, address } = activity;
  const note = (what: Novelty, key: string, which: string): void => {
    if (window.novel.some(([a, b]) => a === what && b === which)) return;
    const surprise = noveltyOf(state.seen[what], key);
    if (surprise > 0) window.novel.push([what, which, surprise]);
  };
  if (window.novel.length >= limits.threatThingsMax) return;
  note('principal', who, who);
  note('verb', verb, verb);
  if (region !== undefined) note('region', region, region);
  if (isNew) return;
  note('own verb', `${who}\n${verb}`, verb);
  if (region !== undefined) note('own region', `${who}\n${region}`, region);
  if (address !== undefined) note('own address', `${who}\n${address}`, address);
}

/** Remembers a refusal; gives how many there were from the same principal or address within the hour before. */
function countRefused(state: LogState, principal: Principal, activity: Activity): number {
  const { atMs, address, outcome } = activity;
  const sinceMs = atMs - limits.threatWindowMs;
  const from = address === undefined ? [] : (state.refusedFrom.get(address) ?? []);
  const before = Math.max(within(principal.refused, sinceMs), within(from, sinceMs));
  if (outcome !== 'refused') return before;
  principal.refused = [...principal.refused, atMs].slice(-limits.threatRefusedMax);
  if (address === undefined) return before;
  state.refusedFrom.delete(address);
  state.refusedFrom.set(address, [...from, atMs].slice(-limits.threatRefusedMax));
  if (state.refusedFrom.size > limits.threatPrincipalsMax)
    state.refusedFrom.delete(state.refusedFrom.keys().next().value!);
  return before;
}

function within(times: readonly number[], sinceMs: number): number {
  return times.reduce((count, atMs) => count + (atMs >= sinceMs ? 1 : 0), 0);
}

/** The one who has done nothing for longest is forgotten where there are too many. */
export function principalOf(state: LogState, name: string): Principal {
  const known = state.principals.get(name);
  if (known) {
    state.principals.delete(name);
    state.principals.set(name, known);
    return known;
  }
  const made: Principal = {
    own: newOwn(features.length),
    hours: new Array(slots).fill(0),
    most: { destroyed: 0, things: 0, refused: 0 },
    refused: [],
    shift: 0,
  };
  state.principals.set(name, made);
  if (state.principals.size > limits.threatPrincipalsMax)
    state.principals.delete(state.principals.keys().next().value!);
  return made;
}

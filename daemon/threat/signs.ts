// Known signs of an attack in what a principal does, recognised the moment they are complete. How rare each is in this log
// is learnt: a mean from experience elsewhere, worth a few windows, is overruled by what is usual here, so that a nightly
// job which mutes and deletes soon surprises nobody. Pure.

import type { Activity } from '../executors/contract.ts';
import type { SignName, Window } from './window.ts';

/** Ordinary windows in which one of them shows the sign, before anything is known of a log: an estimate, set high. */
const oneIn: Readonly<Record<SignName, number>> = {
  impossible: 100_000_000,
  guessed: 20_000,
  force: 5_000,
  silenced: 5_000,
  stranger: 1_000,
  region: 500,
  spree: 1_000,
  sweep: 1_000,
  verb: 200,
  hour: 200,
};
/** Windows that the estimate is worth. */
const estimateWindows = 20;
/** A sign adds no more than this many orders of magnitude, whatever was never seen here; what the house's own rules
 * exclude adds more. */
const ordersMax = 5;
const impossibleOrdersMax = 10;

/** Refused attempts in ten minutes: twice what fail2ban bans an address for by default (5 in 10 minutes). */
const forceRefusals = 10;
/** Refused attempts in the hour before one that was let in. */
const guessRefusals = 5;
/** Different things destroyed or read in one window, and how many times the most of this principal so far. */
const spreeThings = 8;
const sweepThings = 40;
const timesUsual = 3;
/** An hour with less than one in a hundred of what it does. */
const rareHour = 2;

/** What a principal was seen to do before this window. */
export interface Background {
  readonly isNew: boolean;
  /** Refused attempts from the same address or principal in the last hour. */
  readonly refusedBefore: number;
  /** When this principal last kept others from noticing something, in the last hour. */
  readonly silenced?: Activity;
  /** Most in one window so far. */
  readonly most: { readonly destroyed: number; readonly things: number; readonly refused: number };
}

/** Adds the signs that an activity, already counted in, completes. */
export function recognise(window: Window, activity: Activity, { isNew, ...background }: Background): void {
  const add = (name: SignName, sentence: string): void => {
    window.signs[name] = sentence;
  };
  const who = window.principal;
  const { most, silenced, refusedBefore } = background;
  const isDone = activity.outcome !== 'refused';
  const destroys = activity.does === 'destroy' && isDone;
  if (activity.impossible !== undefined) add('impossible', activity.impossible);
  if (activity.does === 'sign-in' && activity.outcome === 'done' && refusedBefore >= guessRefusals)
    add('guessed', `${who} was let in after ${refusedBefore} refused attempts within the hour before.`);
  if (window.refusedBurst >= Math.max(forceRefusals, timesUsual * most.refused))
    add(
      'force',
      `${window.refusedBurst} attempts of ${who} were refused within ten minutes${usually(most.refused)}.`,
    );
  if (destroys && silenced)
    add('silenced', `${who} did "${silenced.verb}" shortly before it destroyed something.`);
  const others = window.counts.read + window.counts.change;
  // A new colleague looks around first; one thing destroyed among many others is how people begin.
  if (destroys && isNew && (window.destroyed.length >= 2 || window.counts.destroy >= others))
    add('stranger', `${who} was never seen before and destroys.`);
  const region = window.novel.find(([what]) => what === 'region');
  if (region && isDone && activity.does !== 'read' && activity.region === region[1])
    add('region', `Nothing was ever done in ${region[1]} before.`);
  if (window.destroyed.length >= Math.max(spreeThings, timesUsual * most.destroyed))
    add('spree', `${who} destroyed ${window.destroyed.length} things${usually(most.destroyed)}.`);
  if (
    window.counts.read >= sweepThings &&
    window.things.length >= Math.max(sweepThings, timesUsual * most.things)
  )
    add('sweep', `${who} looked at ${window.things.length} different things${usually(most.things)}.`);
  const verb = window.novel.find(
    ([what, which]) => what === 'own verb' && window.destroyVerbs.includes(which),
  );
  if (destroys && verb) add('verb', `${who} never did "${verb[1]}" before.`);
  if (destroys && window.rarity >= rareHour) add('hour', `${who} hardly ever acts at this hour.`);
}

/** Orders of magnitude by which a sign speaks, given in how many ordinary windows of this log it was seen. */
export function ordersOf(name: SignName, hits: number, windows: number): number {
  const rate = (hits + estimateWindows / oneIn[name]) / (windows + estimateWindows);
  return Math.min(name === 'impossible' ? impossibleOrdersMax : ordersMax, Math.max(0, -Math.log10(rate)));
}

function usually(most: number): string {
  return most > 0 ? `, at most ${most} before` : '';
}

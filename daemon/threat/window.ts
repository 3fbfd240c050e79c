// What one principal did without a long pause, for an hour at most: counted, with what was new in it and what stands as
// evidence. Streaming: each activity is taken in once, in the order of time. It judges nothing.

import { limits } from '../config.ts';
import type { Activity } from '../executors/contract.ts';

export const features = [
  'read',
  'changed',
  'destroyed',
  'refused',
  'signed in',
  'things',
  'verbs',
  'hour',
  'new',
] as const;

/** One window. Plain data: it is kept over restarts as it is. */
export interface Window {
  readonly principal: string;
  readonly startedMs: number;
  lastMs: number;
  counts: {
    read: number;
    change: number;
    destroy: number;
    refused: number;
    'sign-in': number;
    silence: number;
  };
  readonly things: string[];
  readonly destroyed: string[];
  readonly verbs: string[];
  readonly destroyVerbs: string[];
  readonly regions: string[];
  readonly addresses: string[];
  /** Most refusals of it within ten minutes. */
  refusedBurst: number;
  /** How surprising its hour was, at most. */
  rarity: number;
  /** What had never been seen: what, which, and by how many orders of magnitude it surprised. */
  readonly novel: (readonly [what: Novelty, which: string, surprise: number])[];
  /** Signs that were recognised in it, with what they say. */
  readonly signs: Partial<Record<SignName, string>>;
  readonly evidence: Activity[];
  /** A person said that it is nothing. */
  dismissed?: boolean;
}

export type Novelty = 'principal' | 'region' | 'own region' | 'verb' | 'own verb' | 'own address';

/** Known signs of an attack, the gravest first, each with its technique in MITRE ATT&CK. */
export const signNames = [
  'impossible', // a write outside of every approval
  'guessed', // T1110.001 Password Guessing that succeeded
  'force', // T1110 Brute Force
  'silenced', // T1562.008 Disable or Modify Cloud Logs, then T1485
  'stranger', // T1136 Create Account, T1078 Valid Accounts, then T1485
  'region', // T1535 Unused/Unsupported Cloud Regions
  'spree', // T1485 Data Destruction
  'sweep', // T1580 Cloud Infrastructure Discovery
  'verb', // destroys as it never did
  'hour', // destroys when it never acts
] as const;
export type SignName = (typeof signNames)[number];

export function newWindow(principal: string, atMs: number): Window {
  return {
    principal,
    startedMs: atMs,
    lastMs: atMs,
    counts: { read: 0, change: 0, destroy: 0, refused: 0, 'sign-in': 0, silence: 0 },
    things: [],
    destroyed: [],
    verbs: [],
    destroyVerbs: [],
    regions: [],
    addresses: [],
    refusedBurst: 0,
    rarity: 0,
    novel: [],
    signs: {},
    evidence: [],
  };
}

export function isOver(window: Window, atMs: number): boolean {
  return atMs - window.lastMs > limits.threatGapMs || atMs - window.startedMs > limits.threatWindowMs;
}

/** Counts an activity in. What was not let happen counts as refused and as nothing else. */
export function takeIn(window: Window, activity: Activity): void {
  window.lastMs = Math.max(window.lastMs, activity.atMs);
  if (activity.outcome === 'refused') window.counts.refused++;
  else window.counts[activity.does]++;
  keep(window.verbs, activity.verb);
  keep(window.things, activity.target);
  keep(window.regions, activity.region);
  keep(window.addresses, activity.address);
  if (activity.does === 'destroy' && activity.outcome !== 'refused') {
    keep(window.destroyed, activity.target ?? activity.id);
    keep(window.destroyVerbs, activity.verb);
  }
  window.evidence.push(activity);
  if (window.evidence.length > limits.threatEvidenceMax)
    window.evidence.splice(leastTelling(window.evidence), 1);
}

/** Logarithms of counts: ten instead of one is as far as a hundred instead of ten. */
export function featuresOf(window: Window): readonly number[] {
  const { counts } = window;
  return [
    counts.read,
    counts.change + counts.silence,
    counts.destroy,
    counts.refused,
    counts['sign-in'],
    window.things.length,
    window.verbs.length,
  ]
    .map((count) => Math.log1p(count))
    .concat(
      window.rarity,
      window.novel.reduce((sum, [, , surprise]) => sum + surprise, 0),
    );
}

function keep(list: string[], one: string | undefined): void {
  if (one !== undefined && list.length < limits.threatThingsMax && !list.includes(one)) list.push(one);
}

const weights: Readonly<Record<Activity['does'], number>> = {
  destroy: 4,
  silence: 4,
  change: 2,
  'sign-in': 2,
  read: 1,
};

/** The first and the last stay; among the others the one that says least goes, the older first. */
function leastTelling(evidence: readonly Activity[]): number {
  let least = 1;
  for (let i = 1; i < evidence.length - 1; i++)
    if (weights[evidence[i]!.does] < weights[evidence[least]!.does]) least = i;
  return least;
}

// What is being told of one log: at most one case a principal, from the first window that is far enough from usual until a
// day after the last, or until a person calls it noise. What belongs to a case teaches the model nothing while it is
// open; afterwards it does, unless a person said that it is right. Only what is told is decided here.

import { limits } from '../config.ts';
import type { Activity } from '../executors/contract.ts';
import type { FindingDraft } from '../watch/contract.ts';
import { confidenceOf, tellFrom } from './confidence.ts';
import { draftOf } from './explain.ts';
import { closeOver, feed, isLearning, type LogState, learn, principalOf, type Said } from './logModel.ts';
import type { Window } from './window.ts';

export interface Case {
  readonly principal: string;
  lastMs: number;
  strength: number;
  draft: FindingDraft;
  /** Windows that are over and have not taught yet. */
  readonly held: Window[];
  isRight: boolean;
}

/** A log with all that is known and told of it. */
export interface FollowedLog {
  readonly name: string;
  /** Connection its findings belong to. */
  readonly connection: string;
  readonly state: LogState;
  readonly cases: Map<string, Case>;
}

/** By how many orders of magnitude a word moves what is told of a principal from then on. */
const moves = { noise: 1.5, right: -0.5 } as const;
const shiftMax = 6;

/** Takes an activity in. True where what is told of the log is different now. */
export function follow(log: FollowedLog, activity: Activity, nowMs: number): boolean {
  const { state, cases } = log;
  const judgement = feed(state, activity, (window) => close(log, window));
  const { window, strength } = judgement;
  const isOld = nowMs - activity.atMs > limits.threatOpenMs;
  if (isOld || isLearning(state) || window.dismissed || strength < tellFrom) return false;
  const known = cases.get(window.principal);
  if (known) known.lastMs = Math.max(known.lastMs, activity.atMs);
  if (known && strength <= known.strength && known.draft.startedMs !== window.startedMs) return false;
  if (!known && cases.size >= limits.threatCasesMax) return false;
  const confidence = confidenceOf(strength);
  const draft = draftOf(judgement, {
    log,
    confidence,
    startedMs: known?.draft.startedMs ?? window.startedMs,
  });
  if (known) Object.assign(known, { strength: Math.max(strength, known.strength), draft });
  else
    cases.set(window.principal, {
      principal: window.principal,
      lastMs: activity.atMs,
      strength,
      draft,
      held: [],
      isRight: false,
    });
  return true;
}

/** Ends what is over by now. True where what is told is different now. */
export function expire(log: FollowedLog, nowMs: number): boolean {
  for (const window of closeOver(log.state, nowMs)) close(log, window);
  let isChanged = false;
  for (const one of log.cases.values())
    if (nowMs - one.lastMs >= limits.threatOpenMs) {
      end(log, one);
      isChanged = true;
    }
  return isChanged;
}

/**
 * What a person says of an incident about a principal. Where there is no case (any more) only what comes later is moved.
 * The same word twice moves nothing; another word takes the first one back.
 */
export function heed(log: FollowedLog, name: string, said: Said): void {
  const principal = principalOf(log.state, name);
  const before = principal.said?.incident === said.incident ? principal.said.is : undefined;
  if (before === said.is) return;
  const moved = principal.shift + moves[said.is] - (before ? moves[before] : 0);
  principal.shift = Math.min(shiftMax, Math.max(-1, moved));
  principal.said = said;
  const known = log.cases.get(name);
  if (!known) return;
  known.isRight = said.is === 'right';
  if (said.is === 'right') return;
  if (principal.window) principal.window.dismissed = true;
  end(log, known);
}

function end(log: FollowedLog, one: Case): void {
  log.cases.delete(one.principal);
  if (!one.isRight) for (const window of one.held) learn(log.state, window);
}

function close(log: FollowedLog, window: Window): void {
  const held = log.cases.get(window.principal);
  if (!held) learn(log.state, window);
  else if (held.held.length < limits.threatCasesMax) held.held.push(window);
}

// What the detection of threats promises, on weeks that it was not tuned on: how often it cries wolf, what it finds, and
// that its chances and confidences mean what they say. Seeds below 100 made the table of confidence, some above them showed
// what to mend; these are others.

import assert from 'node:assert/strict';
import { limits } from '../../daemon/config.ts';
import type { Activity } from '../../daemon/executors/contract.ts';
import { type FollowedLog, follow, heed } from '../../daemon/threat/cases.ts';
import { confidenceOf, tellFrom } from '../../daemon/threat/confidence.ts';
import { rarityOf, slotOf, slots } from '../../daemon/threat/hours.ts';
import { feed, learn, newLogState } from '../../daemon/threat/logModel.ts';
import { newSeen, noveltyOf, see } from '../../daemon/threat/seen.ts';
import { chanceOf, slide } from '../../daemon/threat/tail.ts';
import { distanceOf, learnUsual, newOwn, newUsual } from '../../daemon/threat/usual.ts';
import { attackAt, attacks, dayMs, hourMs, inOrder, mondayMs, ordinaryWeeks, randomOf } from './traffic.ts';
import { runTrial, type Trial, weighted } from './trial.ts';

const seeds = Array.from({ length: 20 }, (_, i) => 201 + i);
/** False findings a week of one log with eight principals and about 420 windows of activity a week. */
const falsePerWeekMax = 0.5;

describe('threats on weeks that were not seen before', function () {
  this.timeout(300_000);
  let trials: readonly Trial[];
  before(() => {
    trials = seeds.map(runTrial);
  });

  it('does not cry wolf', () => {
    const weeks = trials.reduce((sum, trial) => sum + trial.weeks, 0);
    const told = trials.flatMap((trial) => trial.ordinary).filter(({ strength }) => strength >= tellFrom);
    assert.ok(told.length / weeks < falsePerWeekMax, `${told.length} false findings in ${weeks} weeks`);
  });

  it('finds nine of ten attacks of every kind, and nearly all in all', () => {
    const missed = attacks.map((kind) => [
      kind,
      trials.filter((trial) => trial.attacks.get(kind)! < tellFrom).length,
    ]) as [string, number][];
    for (const [kind, count] of missed) assert.ok(count <= seeds.length / 8, `${count} of ${kind} missed`);
    const all = missed.reduce((sum, [, count]) => sum + count, 0);
    assert.ok(all <= 0.05 * seeds.length * attacks.length, `${all} missed: ${missed.join(' ')}`);
  });

  it('calls rare what is rare: of ordinary windows one in ten has a chance of at most a tenth, and so on', () => {
    const chances = trials.flatMap((trial) => trial.ordinary.map(({ chance }) => chance));
    for (const level of [0.2, 0.1, 0.05, 0.01]) {
      const share = chances.filter((chance) => chance <= level).length / chances.length;
      assert.ok(share < 1.3 * level && share > 0.6 * level, `${share} at most ${level}`);
    }
  });

  it('is as sure as it is right', () => {
    const windows = weighted(trials).map((one) => ({ ...one, confidence: confidenceOf(one.strength) }));
    for (const [from, to] of [
      [0, 0.2],
      [0.2, 0.6],
      [0.6, 1],
    ] as const) {
      const bin = windows.filter(({ confidence }) => confidence >= from && confidence < to);
      const weight = bin.reduce((sum, one) => sum + one.weight, 0);
      const right = bin.reduce((sum, one) => sum + (one.isAttack ? one.weight : 0), 0) / weight;
      const said = bin.reduce((sum, one) => sum + one.confidence * one.weight, 0) / weight;
      // As far as so few weeks can tell: two and a half standard errors of a share of so many.
      const effective = weight ** 2 / bin.reduce((sum, one) => sum + one.weight ** 2, 0);
      const tolerance = 0.03 + 2.5 * Math.sqrt((said * (1 - said)) / effective);
      assert.ok(tolerance < 0.35, `too few between ${from} and ${to}`);
      assert.ok(Math.abs(right - said) < tolerance, `${from} to ${to}: said ${said}, right ${right}`);
    }
  });
});

describe('one log', () => {
  const nowMs = mondayMs + 15 * dayMs;
  const newLog = (): FollowedLog => ({
    name: 'log',
    connection: 'c',
    state: newLogState(),
    cases: new Map(),
  });
  const attack = (atMs: number): Activity[] => inOrder(attackAt('night spree', atMs, randomOf(5)));

  it('depends on nothing that comes later', () => {
    const all = inOrder(ordinaryWeeks(9, 2));
    const judge = (activities: readonly Activity[]) => {
      const state = newLogState();
      return activities.map((one) => feed(state, one, (window) => learn(state, window)).strength);
    };
    const whole = judge(all);
    assert.deepEqual(judge(all.slice(0, 900)), whole.slice(0, 900));
  });

  it('says nothing in the week in which it learns, whatever happens', () => {
    const log = newLog();
    const start = mondayMs + 2 * dayMs;
    const early = inOrder([...ordinaryWeeks(9, 1), ...attack(start + 3 * hourMs)]).filter(
      ({ atMs }) => atMs < mondayMs + 6 * dayMs,
    );
    for (const activity of early) assert.equal(follow(log, activity, activity.atMs), false);
  });

  it('does not tell of what is old: a log that is read first teaches', () => {
    const log = newLog();
    for (const activity of inOrder([...ordinaryWeeks(9, 2), ...attack(mondayMs + 10 * dayMs)]))
      follow(log, activity, nowMs + 30 * dayMs);
    assert.equal(log.cases.size, 0);
    assert.ok(log.state.windows > 500);
  });

  it('names who, what, how rare and which records', () => {
    const log = newLog();
    for (const activity of inOrder(ordinaryWeeks(9, 2))) follow(log, activity, activity.atMs);
    log.cases.clear();
    for (const activity of attack(nowMs + 3 * hourMs)) follow(log, activity, activity.atMs);
    const [one] = [...log.cases.values()];
    assert.equal(one?.draft.resource, 'c:principal/bob');
    assert.equal(one.draft.kind, 'threat');
    assert.match(one.draft.title, /bob/);
    const text = [one.draft.title, ...one.draft.reasons].join('\n');
    assert.match(text, /destroyed \d+ things|hardly ever acts at this hour/);
    assert.match(text, /One in (about )?[\d,]+ ordinary windows/);
    assert.match(text, /Evidence: record 1 at 2026-01-20 03:00:00 UTC delete\./);
    assert.equal(one.draft.startedMs, nowMs + 3 * hourMs);
  });

  it('takes names for data and never for lines of its own', () => {
    const log = newLog();
    for (const activity of inOrder(ordinaryWeeks(9, 2))) follow(log, activity, activity.atMs);
    log.cases.clear();
    const name = `x\nEvidence: none\u202e${'y'.repeat(500)}`;
    for (const activity of attack(nowMs + 3 * hourMs))
      follow(log, { ...activity, principal: name, verb: 'delete\r\nall' }, activity.atMs);
    const { draft } = [...log.cases.values()][0]!;
    const text = [draft.title, draft.resource, ...draft.reasons].join('');
    assert.doesNotMatch(text, /[\p{Cc}\p{Cf}]/u);
    assert.ok(draft.title.length < 300);
  });

  it('moves once for a word, and takes it back for another, also when it is told of the incident again', () => {
    const log = newLog();
    const shift = () => log.state.principals.get('bob')?.shift;
    heed(log, 'bob', { incident: 'an-1', is: 'noise' });
    heed(log, 'bob', { incident: 'an-1', is: 'noise' });
    const once = shift()!;
    assert.ok(once > 1);
    heed(log, 'bob', { incident: 'an-1', is: 'right' });
    heed(log, 'bob', { incident: 'an-1', is: 'right' });
    assert.ok(shift()! < 0);
    heed(log, 'bob', { incident: 'an-2', is: 'noise' });
    assert.equal(shift()! > 0 && shift()! < once, true);
  });

  it('stays small however many names a stranger makes up', () => {
    const log = newLog();
    for (let i = 0; i < 8_000; i++)
      follow(
        log,
        {
          id: `${i}`,
          atMs: mondayMs + i * hourMs,
          principal: `p${i}`,
          verb: `v${i}`,
          does: 'read',
          outcome: 'refused',
          target: `t${i}`,
          region: `r${i}`,
          address: `a${i}`,
        },
        mondayMs + i * hourMs,
      );
    assert.ok(log.state.principals.size <= limits.threatPrincipalsMax);
    assert.ok(log.state.refusedFrom.size <= limits.threatPrincipalsMax);
    for (const seen of Object.values(log.state.seen)) assert.ok(seen.counts.size <= limits.threatSeenMax);
    assert.ok(log.state.latest.length <= limits.threatCalibrationMax);
    assert.ok(log.cases.size <= limits.threatCasesMax);
  });
});

describe('the parts of the measure', () => {
  it('finds the new less surprising where the new is usual', () => {
    const [quiet, busy] = [newSeen(), newSeen()];
    for (let i = 0; i < 300; i++) {
      see(quiet, `name ${i % 3}`);
      see(busy, `name ${i}`);
    }
    assert.ok(noveltyOf(quiet, 'other') > 2);
    assert.ok(noveltyOf(busy, 'other') < 0.1);
    assert.equal(noveltyOf(quiet, 'name 1'), 0);
  });

  it('finds the night rare for who works by day, and not for who works by night', () => {
    const byDay = new Array<number>(slots).fill(0);
    for (let hour = 8; hour < 17; hour++) byDay[hour] = 40;
    const byNight = new Array<number>(slots).fill(0);
    byNight[2] = 60;
    const night = slotOf(mondayMs + 2 * hourMs);
    assert.ok(rarityOf(byDay, byDay, night) > 2);
    assert.ok(rarityOf(byNight, byDay, night) < 0.3);
    assert.ok(rarityOf(byDay, byDay, slotOf(mondayMs + 10 * hourMs)) < 0.5);
  });

  it('gives the chance by rank, and beyond the largest by the tail', () => {
    const sorted: number[] = [];
    const latest: number[] = [];
    const random = randomOf(3);
    for (let i = 0; i < 1_000; i++) slide(latest, sorted, random() ** -0.5, 500);
    assert.equal(sorted.length, 500);
    assert.deepEqual(
      [...latest].sort((a, b) => a - b),
      sorted,
    );
    assert.ok(Math.abs(chanceOf(sorted, sorted[250]!) - 0.5) < 0.01);
    assert.ok(chanceOf(sorted, 100) < 1 / 500);
    assert.ok(chanceOf(sorted, 1_000) < chanceOf(sorted, 100));
    assert.equal(chanceOf([1, 2, 3], 9), 1 / 4);
  });

  it('sees what never goes together, and forgives doing less', () => {
    const [usual, own] = [newUsual(2), newOwn(2)];
    const random = randomOf(4);
    for (let i = 0; i < 400; i++) {
      const load = 4 * random();
      learnUsual(usual, own, [load, load + 0.1 * random()]);
    }
    const along = distanceOf(usual, own, [4, 4]).squared;
    const across = distanceOf(usual, own, [2, 4]).squared;
    assert.ok(across > 3 * along, `${across} against ${along}`);
    assert.equal(distanceOf(usual, own, [0, 0]).squared, 0);
  });
});

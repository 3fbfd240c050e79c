// "memory of a and disk of b, last 2 hours": a time said before all of a row of figures or logs, or behind all of them, is
// the time of each. Only where no other of them has a time or is asked of now, and none begins a question of its own.
// Called when the clauses of a text are read.

import { isWord } from '../words/cells.ts';
import type { Attempt, DraftStep } from './attempt.ts';
import type { Read } from './readClause.ts';

const bounds = ['window_s', 'from', 'to', 'horizon_s'] as const;

/** The reads with the time of the first or the last one in all of the row. */
export function sharedTimes(reads: readonly Read[]): readonly Read[] {
  const result = [...reads];
  for (let from = 0; from < reads.length; ) {
    let end = from + 1;
    while (end < reads.length && isRow(reads[from]!, reads[end]!)) end++;
    const row = reads.slice(from, end);
    const timed = row.filter(({ clause }) => clause.times.length > 0);
    const [own] = timed;
    if (row.length > 1 && timed.length === 1 && own!.clause.times.length === 1 && isOfAll(own!, row))
      row.forEach((read, at) => {
        if (read !== own && !read.clause.cues.has('current')) result[from + at] = withTime(read, own!);
      });
    from = end;
  }
  return result;
}

/** Both ask for figures or logs of what was, or both for what is to come. */
function isRow(one: Read, next: Read): boolean {
  const sort = sortOf(one);
  const isOwn = (['question', 'what', 'ask', 'list', 'show'] as const).some((cue) =>
    next.clause.cues.has(cue),
  );
  return sort !== undefined && sort === sortOf(next) && next.clause.link !== 'then' && !isOwn;
}

function sortOf({ idle, attempts: [best] }: Read): string | undefined {
  const verbs = idle || !best || best.trouble ? [] : best.steps.map(({ operation }) => operation.verb);
  if (verbs.length === 0) return undefined;
  if (verbs.every((verb) => /^(metrics|logs)$/.test(verb))) return 'past';
  return verbs.every((verb) => verb === 'forecast') ? 'ahead' : undefined;
}

/** It stands before everything in the first of them, or behind everything in the last. */
function isOfAll(own: Read, row: readonly Read[]): boolean {
  const { clause } = own;
  const [{ cell }] = clause.times as [(typeof clause.times)[number]];
  const said = clause.cells.filter(
    (one) => one !== cell && !isWord(one, 'filler', 'comma', 'colon', 'stop', 'prep'),
  );
  const isBefore = said.every((one) => one.start > cell.start);
  return isBefore ? own === row[0] : own === row.at(-1) && said.every((one) => one.start < cell.start);
}

function withTime(read: Read, { attempts: [from] }: Read): Read {
  const [best, ...others] = read.attempts as [Attempt, ...Attempt[]];
  const [given] = from!.steps as [DraftStep];
  const names = bounds.filter((name) => given.args[name] !== undefined);
  const steps = best.steps.map((step) => {
    const own = names.filter((name) => step.operation.args.some((spec) => spec.name === name));
    if (own.length < names.length) return step;
    const args = { ...step.args, ...Object.fromEntries(own.map((name) => [name, given.args[name]!])) };
    const evidence = given.evidence.filter(({ part }) => own.some((name) => part === `args.${name}`));
    return { ...step, args, evidence: [...step.evidence, ...evidence] };
  });
  return { ...read, attempts: [{ ...best, steps }, ...others] };
}

// The decision: act, ask or refuse. A reading is acted on only when every clause of it is understood, cheap enough
// for its risk, and clearly cheaper than any other reading; otherwise the person chooses among complete plans.

import type { Reading, RefuseReading } from '../../shared/model/reading.ts';
import { limits } from '../config.ts';
import type { ReadRequest } from './contract.ts';
import type { Attempt } from './filling/attempt.ts';
import { meaningOf, type Read, type Tools } from './filling/readClause.ts';
import { isByHand } from './guards/byHand.ts';
import { domainScore, isElsewhere, isForeign, isTuning, riskOf } from './guards/domain.ts';
import { ask, askAbout, askAmong, type Base, choose, readingOf } from './offers.ts';
import type { Clause } from './phrases/clause.ts';
import { type Choice, draftsOf } from './steps/drafts.ts';
import { withoutToldReads } from './told/toldReads.ts';
import type { Cell } from './words/cells.ts';

/** Makes a reading of what was understood. */
export function decide(
  given: readonly Read[],
  request: ReadRequest,
  tools: Tools,
  cells: readonly Cell[],
): Reading {
  const reads = withoutRepeats(given);
  const base = { text: request.text, source: 'embedded' as const };
  const active = reads.filter((read) => !read.idle);
  if (active.length === 0) {
    if (reads.some((read) => read.idle === 'negated'))
      return ask(
        base,
        { about: 'op', candidates: [], because: 'unclear' },
        [],
        undefined,
        'Nothing is done then. What should be done instead?',
      );
    return notUnderstood(base, cells, request);
  }
  const found: Choice[] = [];
  for (const read of active) {
    const choice = choose(read);
    if (choice.kind === 'attempt' && !isForeign(choice, cells)) found.push({ read, attempt: choice.attempt });
    else if (isForeign(choice, cells) || (choice.kind === 'trouble' && isByHand(cells)))
      return sentAway(base, cells, request);
    else if (choice.kind === 'several') return askAmong(base, choice.attempts, active, tools);
    else if (choice.kind === 'trouble') return askAbout(base, choice.attempt, active, read, tools);
    else return notUnderstood(base, cells, request);
  }
  const choices = withoutToldReads(found, request.text);
  const conditional = reads.some((read) => read.clause.cues.has('if') && !isForeseen(read));
  const unsupported = unsupportedIn(choices, conditional);
  if (unsupported) return refusal(base, 'unsupported', unsupported);
  const steps = draftsOf(choices, tools);
  if (steps.length === 0) return notUnderstood(base, cells, request);
  const count = steps.reduce(
    (sum, step) => sum + (step.target?.kind === 'resources' ? step.target.ids.length : 1),
    0,
  );
  const reading = readingOf(base, steps, choices, tools);
  if (reading.kind === 'plan' && count > limits.planStepsMax)
    return refusal(
      base,
      'unsupported',
      `That would be ${count} steps; at most ${limits.planStepsMax} are run in one plan. Narrow it down.`,
    );
  return reading;
}

/** "tell me when the disk will be full": asked, and no condition. */
function isForeseen({ clause, attempts }: Read): boolean {
  const steps = attempts[0]?.steps ?? [];
  return (
    clause.cues.has('when') &&
    steps.length > 0 &&
    steps.every(({ operation }) => operation.verb === 'forecast')
  );
}

/** The same thing asked for twice is done once. */
function withoutRepeats(given: readonly Read[]): readonly Read[] {
  const seen = new Set<string>();
  const reads: Read[] = [];
  for (const read of withoutDeletedTwice(given)) {
    const best = read.idle ? undefined : read.attempts[0];
    if (!best || best.trouble || best.steps.some((step) => step.operation.verb === 'create')) {
      reads.push(read);
      continue;
    }
    const meaning = meaningOf(best);
    if (seen.has(meaning)) continue;
    const whole = read.clause.link === 'then' ? -1 : reads.findIndex((one) => isLess(best, one));
    if (whole >= 0) {
      reads[whole] = saidTwice(reads[whole]!, best);
      continue;
    }
    seen.add(meaning);
    reads.push(read);
  }
  return reads;
}

/** The words it was said again with are read, too. */
function saidTwice(read: Read, again: Attempt): Read {
  const [best, ...others] = read.attempts;
  const [step, ...more] = best!.steps;
  const evidence = [...step!.evidence, ...again.steps.flatMap((one) => one.evidence)];
  return { ...read, attempts: [{ ...best!, steps: [{ ...step!, evidence }, ...more] }, ...others] };
}

/** "a must go back to revision 2, roll it back": the same of the same things, with fewer figures. */
function isLess({ steps: [step, ...more] }: Attempt, { idle, attempts: [best] }: Read): boolean {
  const [whole, ...others] = idle || best?.trouble ? [] : (best?.steps ?? []);
  return (
    step !== undefined &&
    whole !== undefined &&
    more.length + others.length === 0 &&
    step.operation.id === whole.operation.id &&
    step.operation.risk === 'change' &&
    step.ids !== undefined &&
    step.ids.join() === whole.ids?.join() &&
    Object.entries(step.args).every(
      ([name, value]) => JSON.stringify(whole.args[name]) === JSON.stringify(value),
    )
  );
}

/** "let us retire a: snapshot it, then delete the machine": a goes once, where it was said in its place. */
function withoutDeletedTwice(reads: readonly Read[]): readonly Read[] {
  const gone = new Set<string>();
  return reads
    .toReversed()
    .map((read) => {
      const [best, ...others] = read.idle ? [] : read.attempts;
      if (!best || best.trouble || best.steps.some(({ operation }) => operation.verb !== 'delete'))
        return read;
      const keyOf = ({ operation, ids }: Attempt['steps'][number]): string =>
        JSON.stringify([operation.id, ids]);
      const steps = best.steps.filter((step) => !gone.has(keyOf(step)));
      for (const step of best.steps) gone.add(keyOf(step));
      const isFewer = steps.length > 0 && steps.length < best.steps.length;
      if (steps.length === 0 && best.steps.length > 0) return { ...read, idle: 'comment' as const };
      return isFewer ? { ...read, attempts: [{ ...best, steps }, ...others] } : read;
    })
    .toReversed();
}

/** What is asked can be read but not carried out: conditions and times to come. */
function unsupportedIn(choices: readonly Choice[], conditional: boolean): string | undefined {
  for (const { read, attempt } of choices) {
    if (riskOf(attempt) === 'read') continue;
    const { clause } = read;
    if (conditional)
      return 'Conditions are not part of a command. Ask for the state first, or write a healing policy.';
    if (attempt.steps.some((step) => step.operation.args.some((spec) => spec.type === 'seconds'))) continue;
    if (clause.times.some((time) => isFuture(time.range, time.cell)))
      return 'Pilothouse does not run commands at a later time. Say it when it should happen.';
  }
  return undefined;
}

function isFuture(range: Clause['times'][number]['range'], cell: Cell): boolean {
  if (/\b(tomorrow|tonight|next|later|every)\b/.test(cell.low)) return true;
  // "30 days from now"
  const isAhead = (range.windowS ?? range.fromMs ?? range.toMs) === undefined;
  if (range.horizonS !== undefined && isAhead && !/weekend$/.test(cell.low)) return true;
  return (
    /^(?:at|around|about|in)\b|\bat \d/.test(cell.low) &&
    (range.side === 'at' || range.horizonS !== undefined)
  );
}

function refusal(base: Base, reason: RefuseReading['reason'], message: string): RefuseReading {
  return {
    ...base,
    kind: 'refuse',
    confidence: 0.9,
    reason,
    message,
    instead: ['list alerts', 'summarize last 3 anomalies', 'list vms'],
  };
}

/** Out of scope, but never in the middle of a talk about things that are here. */
function sentAway(base: Base, cells: readonly Cell[], request: ReadRequest): Reading {
  if (isByHand(cells)) return outOfScope(base);
  if (isTuning(cells)) return unclear(base);
  const isTalk = (request.context?.turns?.length ?? 0) > 0 && !isElsewhere(cells);
  return isTalk ? unclear(base) : outOfScope(base);
}

function unclear(base: Base): Reading {
  return ask(
    base,
    { about: 'op', candidates: [], because: 'unclear' },
    [],
    undefined,
    'That is not clear enough to act on. What exactly should happen, and to which resource?',
  );
}

/** Nothing was understood: ask where it is about things here, refuse where it is not. */
function notUnderstood(base: Base, cells: readonly Cell[], request: ReadRequest): Reading {
  if (isByHand(cells)) return outOfScope(base);
  const inConversation = (request.context?.turns?.length ?? 0) > 0 && !isElsewhere(cells);
  if (inConversation || domainScore(cells) > 0 || isTuning(cells)) return unclear(base);
  return outOfScope(base);
}

function outOfScope(base: Base): RefuseReading {
  return {
    ...base,
    kind: 'refuse',
    confidence: 0.7,
    reason: 'out-of-scope',
    message: 'That is not something Pilothouse does. It looks after clouds, clusters and machines.',
    instead: ['list vms', 'which alerts are firing', 'summarize last 3 anomalies'],
  };
}

// The decision: act, ask or refuse. A reading is acted on only when every clause of it is understood, cheap enough
// for its risk, and clearly cheaper than any other reading; otherwise the person chooses among complete plans.

import { maxRisk, type Risk } from '../../shared/model/kind.ts';
import type {
  Candidate,
  ClarifyReading,
  Evidence,
  PlanReading,
  QueryReading,
  Reading,
  RefuseReading,
  StepDraft,
} from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { Attempt, DraftStep } from './attempt.ts';
import { type Cell, isWord, senseOf } from './cells.ts';
import type { Clause } from './clause.ts';
import type { ReadRequest } from './contract.ts';
import { labelOf, placeOf, questionFor } from './say.ts';
import type { Trouble } from './scene.ts';
import { isPostponed, meaningOf, type Read, sureCost, type Tools } from './understand.ts';

const candidatesMax = 5;
/** Two readings nearer than this in price are both possible; found on the development set. */
const marginMin = 0.045;

interface Choice {
  readonly read: Read;
  readonly attempt: Attempt;
}

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
  const choices: Choice[] = [];
  for (const read of active) {
    const choice = choose(read);
    if (choice.kind === 'attempt' && !isForeign(choice, cells))
      choices.push({ read, attempt: choice.attempt });
    else if (isForeign(choice, cells)) return outOfScope(base);
    else if (choice.kind === 'several') return askAmong(base, choice.attempts, active, tools);
    else if (choice.kind === 'trouble') return askAbout(base, choice.attempt, active, read, tools);
    else return notUnderstood(base, cells, request);
  }
  const conditional = reads.some((read) => read.clause.cues.has('if'));
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

/** The same thing asked for twice is done once. */
function withoutRepeats(reads: readonly Read[]): readonly Read[] {
  const seen = new Set<string>();
  return reads.filter((read) => {
    const best = read.idle ? undefined : read.attempts[0];
    if (
      !best ||
      best.trouble ||
      best.steps.some((step) => step.operation.verb === 'create') ||
      riskOf(best) === 'read'
    )
      return true;
    const meaning = meaningOf(best);
    if (seen.has(meaning)) return false;
    seen.add(meaning);
    return true;
  });
}

type Chosen =
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  | { readonly kind: 'several'; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'trouble'; readonly attempt: Attempt }
  | { readonly kind: 'nothing' };

function choose(read: Read): Chosen {
  const sure = read.attempts.filter((attempt) => !attempt.trouble);
  const troubled = read.attempts.find((attempt) => attempt.trouble);
  const best = sure[0];
  if (best && best.cost <= sureCost[riskOf(best)]) {
    if (
      troubled &&
      troubled.cost < best.cost - 0.2 &&
      !(riskOf(best) === 'read' && riskOf(troubled) === 'read' && best.cost < 0.5)
    )
      return { kind: 'trouble', attempt: troubled };
    const second = sure.find((other) => other !== best && meaningOf(other) !== meaningOf(best));
    const near =
      second &&
      second.cost - best.cost < marginMin &&
      (riskOf(best) !== 'read' || riskOf(second) !== 'read') &&
      second.cost <= sureCost[riskOf(second)] + 0.2;
    return near
      ? { kind: 'several', attempts: sure.filter((other) => other.cost - best.cost < 0.3) }
      : { kind: 'attempt', attempt: best };
  }
  if (troubled && troubled.cost <= 1.6 && (!best || troubled.cost <= best.cost + 0.3))
    return { kind: 'trouble', attempt: troubled };
  if (best && best.cost <= 2) return { kind: 'several', attempts: [best] };
  return { kind: 'nothing' };
}

function riskOf(attempt: Attempt): Risk {
  return attempt.steps.reduce<Risk>((risk, step) => maxRisk(risk, step.operation.risk), 'read');
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
  return (
    /^at\b|\bat \d|^in \d|^in (a|an|one|two|half)\b/.test(cell.low) &&
    (range.side === 'at' || range.horizonS !== undefined)
  );
}

/** Steps in the order they have to be done, with what each waits for. */
function draftsOf(choices: readonly Choice[], tools: Tools): readonly StepDraft[] {
  const groups = choices.map((choice) => ({ choice, drafts: choice.attempt.steps }));
  const order = groups.map((_, index) => index);
  if (groups.length > 1 && isPostponed(groups[0]!.choice.read.clause)) order.push(order.shift()!);
  for (let at = 1; at < groups.length; at++)
    if (groups[at]!.choice.read.clause.link === 'after') {
      const from = order.indexOf(at);
      order.splice(from, 1);
      order.splice(Math.max(0, order.indexOf(at - 1)), 0, at);
    }
  // Numbers of created steps were counted in the order of the text.
  const textStart = groups.map((_, index) =>
    groups.slice(0, index).reduce((sum, group) => sum + group.drafts.length, 0),
  );
  const newIndex = new Map<number, number>();
  let next = 0;
  for (const index of order)
    groups[index]!.drafts.forEach((_, offset) => {
      newIndex.set(textStart[index]! + offset, next++);
    });
  const steps: StepDraft[] = [];
  let previous: number[] = [];
  for (const index of order) {
    const { choice, drafts } = groups[index]!;
    const start = steps.length;
    const { link } = choice.read.clause;
    const ordered =
      order.indexOf(index) > 0 &&
      (link === 'then' || link === 'before' || link === 'after' || order[0] !== 0);
    for (const draft of drafts) steps.push(draftOf(draft, steps, ordered ? previous : [], newIndex, tools));
    previous = drafts.map((_, offset) => start + offset);
  }
  return steps;
}

function draftOf(
  draft: DraftStep,
  before: readonly StepDraft[],
  ordered: readonly number[],
  newIndex: ReadonlyMap<number, number>,
  _tools: Tools,
): StepDraft {
  const created = draft.created === undefined ? undefined : newIndex.get(draft.created);
  const args = Object.fromEntries(
    Object.entries(draft.args).map(([name, value]) => {
      const ref = typeof value === 'string' ? /^\$(\d+)$/.exec(value) : undefined;
      return [name, ref ? `$${(newIndex.get(Number(ref[1]) - 1) ?? Number(ref[1]) - 1) + 1}` : value];
    }),
  );
  const needs = new Set(ordered);
  if (created !== undefined) needs.add(created);
  for (const value of Object.values(args)) {
    const ref = typeof value === 'string' ? /^\$(\d+)$/.exec(value) : undefined;
    if (ref) needs.add(Number(ref[1]) - 1);
  }
  const touched = new Set([
    ...(draft.ids ?? []),
    ...Object.values(args).filter((value): value is string => typeof value === 'string'),
  ]);
  before.forEach((step, index) => {
    if (step.target?.kind === 'resources' && step.target.ids.some((id) => touched.has(id))) needs.add(index);
    if (created !== undefined && step.target?.kind === 'created' && step.target.step === created)
      needs.add(index);
    const space = step.operation === 'create.namespace' ? step.args.name : undefined;
    if (space !== undefined && args.namespace === space) needs.add(index);
  });
  return {
    operation: draft.operation.id,
    target:
      created !== undefined
        ? { kind: 'created', step: created }
        : draft.ids
          ? {
              kind: 'resources',
              ids: draft.ids,
              ...(draft.filter && Object.keys(draft.filter).length > 0
                ? { filter: { kind: draft.operation.kind, ...draft.filter } }
                : {}),
            }
          : undefined,
    args,
    after: [...needs].filter((index) => index < before.length).sort((a, b) => a - b),
    evidence: evidenceOf(draft),
  };
}

function evidenceOf(draft: DraftStep): readonly Evidence[] {
  const seen = new Set<string>();
  return draft.evidence.flatMap(({ part, cell }) => {
    const key = `${part}:${cell.start}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ part, start: cell.start, end: cell.end, text: cell.text }];
  });
}

type Base = { readonly text: string; readonly source: 'embedded' };

function readingOf(
  base: Base,
  steps: readonly StepDraft[],
  choices: readonly Choice[],
  tools: Tools,
): PlanReading | QueryReading {
  const risk = steps.reduce<Risk>(
    (highest, step) => maxRisk(highest, tools.catalogue.get(step.operation)!.risk),
    'read',
  );
  const worst = Math.max(0, ...choices.map((choice) => choice.attempt.cost));
  const confidence = Math.round(Math.max(0.5, 1 - worst / 2) * 100) / 100;
  return risk === 'read'
    ? { ...base, kind: 'query', confidence, steps }
    : { ...base, kind: 'plan', confidence, steps, risk };
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

/** Complete plans for each thing that could be meant. */
function askAbout(
  base: Base,
  attempt: Attempt,
  active: readonly Read[],
  read: Read,
  tools: Tools,
): ClarifyReading {
  const trouble = attempt.trouble!;
  const others: Choice[] = [];
  for (const other of active) {
    if (other === read) continue;
    const chosen = choose(other);
    if (chosen.kind === 'attempt') others.push({ read: other, attempt: chosen.attempt });
  }
  const options = others.length === active.length - 1 ? completions(attempt, trouble) : [];
  const candidates = options.slice(0, candidatesMax).map((option): Candidate => {
    const choices = active.map(
      (one): Choice =>
        one === read ? { read, attempt: option.attempt } : others.find((other) => other.read === one)!,
    );
    const steps = draftsOf(choices, tools);
    return {
      label: labelOf(option.attempt.steps[0]!, tools.inventory),
      detail: option.resource && placeOf(option.resource),
      reading: readingOf(base, steps, choices, tools),
    };
  });
  const partial = attempt.steps[0] && draftOf(attempt.steps[0], [], [], new Map(), tools);
  return ask(base, trouble, candidates, partial, questionFor(trouble, attempt.steps[0]?.operation));
}

function completions(
  attempt: Attempt,
  trouble: Trouble,
): readonly { attempt: Attempt; resource?: Resource }[] {
  const step = attempt.steps[0];
  if (!step || attempt.steps.length > 1) return [];
  const lacking = step.operation.args.some(
    (spec) =>
      spec.required &&
      spec.default === undefined &&
      step.args[spec.name] === undefined &&
      `args.${spec.name}` !== trouble.about,
  );
  if (lacking) return [];
  if (trouble.about === 'target')
    return trouble.candidates
      .filter((resource) => resource.kind === step.operation.kind || step.operation.kind === 'topology')
      .map((resource) => ({
        resource,
        attempt: { steps: [{ ...step, ids: [resource.id], filter: undefined }], cost: attempt.cost },
      }));
  if (trouble.about.startsWith('args.') && step.ids && step.ids.length > 0)
    return trouble.candidates.map((resource) => ({
      resource,
      attempt: {
        steps: [{ ...step, args: { ...step.args, [trouble.about.slice(5)]: resource.id } }],
        cost: attempt.cost,
      },
    }));
  return [];
}

function askAmong(
  base: Base,
  given: readonly Attempt[],
  active: readonly Read[],
  tools: Tools,
): ClarifyReading {
  // A destroy that is not well understood is not even offered.
  const attempts = given.filter((attempt) => riskOf(attempt) !== 'destroy' || attempt.cost <= 0.9);
  const candidates =
    active.length > 1
      ? []
      : attempts.slice(0, candidatesMax).map((attempt): Candidate => {
          const choices: Choice[] = [{ read: active[0]!, attempt }];
          return {
            label: labelOf(attempt.steps[0]!, tools.inventory),
            reading: readingOf(base, draftsOf(choices, tools), choices, tools),
          };
        });
  const targets = new Set(attempts.map((attempt) => JSON.stringify(attempt.steps[0]?.ids)));
  const about = targets.size > 1 ? 'target' : 'op';
  return ask(
    base,
    { about, candidates: [], because: 'unclear' },
    candidates,
    undefined,
    candidates.length === 1 ? 'Is this what is meant?' : 'Which of these is meant?',
  );
}

function ask(
  base: Base,
  trouble: Trouble,
  candidates: readonly Candidate[],
  partial: StepDraft | undefined,
  question: string,
): ClarifyReading {
  return { ...base, kind: 'clarify', confidence: 0.5, about: trouble.about, question, candidates, partial };
}

/** Whether a reading that is unsure anyway is of a sentence about something else altogether. */
function isForeign(choice: Chosen, cells: readonly Cell[]): boolean {
  if (cells.length === 0 || choice.kind === 'nothing') return false;
  if (choice.kind === 'attempt')
    return choice.attempt.cost > 0.45 && riskOf(choice.attempt) === 'read' && domainScore(cells) <= 0;
  const trouble = choice.kind === 'trouble' ? choice.attempt.trouble : undefined;
  if (
    trouble &&
    (trouble.because === 'missing' || trouble.because === 'ambiguous' || trouble.because === 'repaired')
  )
    return domainScore(cells) < -1;
  return domainScore(cells) <= 0;
}

/** Verbs of everyday speech that say nothing about clouds by themselves. */
const everyday =
  /^(make|give|take|put|get|set|change|add|run|use|go|build|hold|free|open|order|bring|move|switch|pull|want|check|find|clear|map|link|cycle|kick|fire|new|trigger|confirm|accept|hook|execute|generate|continue|mark|cut|use|drop|release|reserve|connect|shut|close|project|report|clean|roll|rebuild|transfer|order)$/;

/** Words that are about other things than machines, wherever they stand. */
const foreign = new Set(
  'poem joke jokes story song lyrics letter essay recipe weather forecast-weather flight flights hotel restaurant pizza football soccer cup election president stock stocks bitcoin horoscope movie film homework vacation write translate compose sing invest hack remind email mail-me sms book dinner lunch birthday girlfriend boyfriend wife husband doctor lottery politics religion love marry novel haiku limerick cv resume-letter interview game games chess sport sports travel taxi uber tweet linkedin facebook instagram youtube netflix'.split(
    ' ',
  ),
);

/** How much of a sentence is about what is here: names, kinds and verbs for it, unknown words against it. */
function domainScore(cells: readonly Cell[]): number {
  let score = 0;
  for (const cell of cells) {
    if (cell.quoted) continue;
    const verb = senseOf(cell, 'verb');
    if (senseOf(cell, 'name')) score += /[\d\W_]/.test(cell.low) ? 2 : 1.2;
    else if (cell.senses.some((sense) => sense.t === 'kind' && sense.kinds.length > 0)) score += 1;
    else if (verb) score += everyday.test(verb.phrase) ? 0.2 : 1;
    else if (senseOf(cell, 'prefix') ?? senseOf(cell, 'glob')) score += 1;
    else if (
      senseOf(cell, 'part') ??
      senseOf(cell, 'metric') ??
      senseOf(cell, 'status') ??
      senseOf(cell, 'env')
    )
      score += 0.8;
    else if (senseOf(cell, 'provider') ?? senseOf(cell, 'region')) score += 0.4;
    else if (isWord(cell, 'pronoun', 'other', 'everything', 'changed', 'depends', 'logCue', 'undoCue'))
      score += 0.5;
    else if (foreign.has(cell.low)) score -= 2;
    else if (cell.senses.length === 0 && /\p{L}{2}/u.test(cell.low))
      score -= /[\d_-]/.test(cell.low) ? 0 : 0.8;
    if (cell.low === 'stuff' || cell.low === 'things') score += 0.5;
  }
  return score;
}

/** Nothing was understood: ask where it is about things here, refuse where it is not. */
function notUnderstood(base: Base, cells: readonly Cell[], request: ReadRequest): Reading {
  const inConversation = (request.context?.turns?.length ?? 0) > 0 && cells.length <= 5;
  if (inConversation || domainScore(cells) > 0)
    return ask(
      base,
      { about: 'op', candidates: [], because: 'unclear' },
      [],
      undefined,
      'That is not clear enough to act on. What exactly should happen, and to which resource?',
    );
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

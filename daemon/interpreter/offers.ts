// Questions back: what is missing or could mean several things, with complete candidate plans as answers, the likeliest
// first. A destroy that is not well understood is never offered.

import { maxRisk, type Risk } from '../../shared/model/kind.ts';
import type {
  Candidate,
  ClarifyReading,
  PlanReading,
  QueryReading,
  StepDraft,
} from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { Attempt, DraftStep } from './filling/attempt.ts';
import { meaningOf, type Read, sureCost, type Tools } from './filling/readClause.ts';
import { type Chosen, riskOf } from './guards/domain.ts';
import type { Trouble } from './linking/scene.ts';
import { labelOf, placeOf, questionFor } from './say.ts';
import { type Choice, draftOf, draftsOf } from './steps/drafts.ts';
import { isWord } from './words/cells.ts';

const candidatesMax = 5;

export type Base = { readonly text: string; readonly source: 'embedded' };

export function readingOf(
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

/** Complete plans for each thing that could be meant. */
export function askAbout(
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
  const isWhole = others.length === active.length - 1;
  const each = isWhole ? completions(attempt, trouble, tools) : [];
  const options = [
    ...each.slice(0, candidatesMax - 1),
    ...allOf(each, read),
    ...each.slice(candidatesMax - 1),
  ];
  const candidates = options.slice(0, candidatesMax).map((option): Candidate => {
    const choices = active.map(
      (one): Choice =>
        one === read ? { read, attempt: option.attempt } : others.find((other) => other.read === one)!,
    );
    const steps = draftsOf(choices, tools);
    return {
      label: labelOfAll(choices, option.attempt, tools),
      detail: option.resource && placeOf(option.resource),
      reading: readingOf(base, steps, choices, tools),
    };
  });
  const partial = attempt.steps[0] && draftOf(attempt.steps[0], [], [], new Map(), tools);
  return ask(base, trouble, candidates, partial, questionFor(trouble, attempt.steps[0]?.operation));
}

/** "delete db-1 and its volume": what it says of all steps, so that none is chosen unseen. */
function labelOfAll(choices: readonly Choice[], own: Attempt, tools: Tools): string {
  const changes = choices.filter(({ attempt }) => riskOf(attempt) !== 'read');
  const labels = (changes.length > 0 ? changes : choices).flatMap(({ attempt }) =>
    attempt.steps.map((step) => labelOf(step, tools.inventory)),
  );
  const [first = '', ...rest] = labels;
  return rest.length > labelsMax
    ? `${labelOf(own.steps[0]!, tools.inventory)}, and ${rest.length} more`
    : [first, ...rest.map((label) => label.charAt(0).toLowerCase() + label.slice(1))].join(', ');
}

const labelsMax = 2;

interface Option {
  readonly attempt: Attempt;
  readonly resource?: Resource;
}

/** "its volume", where it has two: both may be meant, as they belong to the same thing. */
function allOf(options: readonly Option[], { clause }: Read): readonly Option[] {
  const [first] = options;
  const isOwned =
    clause.nps.some((np) => np.of !== undefined) ||
    clause.cells.some((cell) => isWord(cell, 'their') && !cell.quoted);
  const ids = options.flatMap(({ attempt }) => attempt.steps[0]?.ids ?? []);
  const isSet = options.every(({ resource, attempt }) => resource && attempt.steps[0]?.ids?.length === 1);
  if (!first || options.length < 2 || options.length >= candidatesMax || !isOwned || !isSet) return [];
  const [step] = first.attempt.steps;
  return [{ attempt: { ...first.attempt, steps: [{ ...step!, ids }] } }];
}

function completions(attempt: Attempt, trouble: Trouble, tools: Tools): readonly Option[] {
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
  if (trouble.because === 'shared')
    return trouble.candidates.flatMap((resource) => {
      const operation = tools.catalogue.get(`${step.operation.verb}.${resource.kind}`);
      if (!operation) return [];
      const own: DraftStep = { ...step, operation, ids: [resource.id], filter: undefined };
      return [{ resource, attempt: { steps: [own], cost: attempt.cost } }];
    });
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

export function askAmong(
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

export function ask(
  base: Base,
  trouble: Trouble,
  candidates: readonly Candidate[],
  partial: StepDraft | undefined,
  question: string,
): ClarifyReading {
  return { ...base, kind: 'clarify', confidence: 0.5, about: trouble.about, question, candidates, partial };
}

export function choose(read: Read): Chosen {
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

/** Two readings nearer than this in price are both possible; found on the development set. */
const marginMin = 0.045;

// Questions about what will fail, where the grammar sees a list or nothing that it knows: "which pods will fail this
// week", "what is likely to fail?". They become questions of foreseeing; what is a plan, or names its own metric, stays as
// it was read. Called last, with the finished reading.

import { isAboutFailing } from '../../../shared/model/failureWords.ts';
import type { Reading, StepDraft } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';

/** Words of such a question when nothing is named, or only a kind. */
const whole =
  /^(?:please |can you |could you )?(?:what|who|which|is anything|anything|will anything|does anything|predict|forecast|foresee|failure|show|list|any|give me|tell me)\b[\w\s',-]*[?.!]*$/i;
const nouns: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bpods?\b/i, ['pod']],
  [/\bcontainers?\b/i, ['container']],
  [/\bnodes?\b/i, ['node']],
  [/\b(?:hosts?|hypervisors?)\b/i, ['host']],
  [/\b(?:vms?|servers?|instances?|machines?)\b/i, ['vm']],
  [/\b(?:disks?|volumes?|drives?)\b/i, ['volume']],
  [/\b(?:databases?|dbs?)\b/i, ['database']],
];
const everything = ['vm', 'host', 'node', 'pod', 'container', 'volume', 'database'];
const hourSeconds = 3_600;
const daySeconds = 24 * hourSeconds;

/** "in prod", "of team data": a bound that a reading of everything would lose. */
const bounded =
  /\b(?:in|on|of|from|under|inside|tagged|owned by|belonging to) (?!the (?:next|coming)\b|next\b|an?\b|\d|this\b|danger\b|trouble\b|risk\b|course\b|all\b|my\b|our\b|your\b)/i;

/** The reading, or the question of foreseeing that it stands for. */
export function asFailureQuestion(text: string, reading: Reading, catalogue: Catalogue): Reading {
  if (!isAboutFailing(text)) return reading;
  const horizon = horizonOf(text);
  const args: StepDraft['args'] = horizon === undefined ? {} : { horizon_s: horizon };
  if (reading.kind === 'query') {
    const steps = reading.steps.map((step) => foreseen(step, args, catalogue));
    return steps.every((step) => step !== undefined) ? { ...reading, steps } : reading;
  }
  // The time it is asked about is that of the question itself.
  const [asked, ...others] =
    reading.kind === 'clarify' && reading.about === 'args.window_s' && horizon !== undefined
      ? reading.candidates
      : [];
  if (asked?.reading.kind === 'query' && others.length === 0) {
    const steps = asked.reading.steps.map((step) => foreseen(step, args, catalogue));
    if (steps.every((step) => step !== undefined)) return { ...asked.reading, steps };
  }
  const isUnread =
    reading.kind === 'clarify' || (reading.kind === 'refuse' && reading.reason === 'out-of-scope');
  if (!isUnread || !whole.test(text.trim()) || bounded.test(text)) return reading;
  const kinds = nouns.find(([word]) => word.test(text))?.[1] ?? everything;
  const steps = kinds.flatMap((kind): readonly StepDraft[] =>
    catalogue.get(`forecast.${kind}`)
      ? [{ operation: `forecast.${kind}`, args, after: [], evidence: [] }]
      : [],
  );
  return { kind: 'query', text, source: 'embedded', confidence: 0.9, steps };
}

function foreseen(step: StepDraft, args: StepDraft['args'], catalogue: Catalogue): StepDraft | undefined {
  const [verb, kind] = step.operation.split('.');
  if (verb === 'forecast') return step;
  if (verb !== 'list' || !catalogue.get(`forecast.${kind}`)) return undefined;
  const { target, ...rest } = step;
  // "About to crash" is no state that something is in: a filter of states is left out, any other stays.
  const isOfState = target?.kind === 'resources' && target.filter?.status !== undefined;
  const narrower = target?.kind === 'resources' ? Object.keys(target.filter ?? {}).length > 2 : false;
  if (isOfState && narrower) return undefined;
  return {
    ...rest,
    operation: `forecast.${kind}`,
    args,
    ...(target && !isOfState && { target }),
  };
}

/** Seconds ahead that the words say. */
function horizonOf(text: string): number | undefined {
  const counted = /\b(?:next|within|in)\s+(?:the next\s+)?(\d{1,3})\s*(h|hours?|d|days?|weeks?)\b/i.exec(
    text,
  );
  if (counted) {
    const unit = counted[2]!.toLowerCase();
    return (
      Number(counted[1]) *
      (unit.startsWith('h') ? hourSeconds : unit.startsWith('d') ? daySeconds : 7 * daySeconds)
    );
  }
  if (/\b(?:next|this|within a|in a) (?:hour)\b/i.test(text)) return hourSeconds;
  if (/\b(?:today|tonight)\b/i.test(text)) return daySeconds;
  if (/\btomorrow\b/i.test(text)) return 2 * daySeconds;
  if (/\bweek\b/i.test(text)) return 7 * daySeconds;
  return /\bmonth\b/i.test(text) ? 30 * daySeconds : undefined;
}

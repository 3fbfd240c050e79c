// What can be learnt from a person's choice: the item that says what their sentence meant, and the words that could
// stand for the thing from now on. Pure; it proposes, and only the person keeps an alias.

import type { AliasOffer } from '../../shared/model/alias.ts';
import type { Reading, StepDraft } from '../../shared/model/reading.ts';

const wordsCharactersMax = 80;

/** Steps of a reading that has any. */
export function stepsOf(reading: Reading): readonly StepDraft[] {
  return reading.kind === 'plan' || reading.kind === 'query' ? reading.steps : [];
}

/** Whether two readings do different things. */
export function differs(before: readonly StepDraft[], after: readonly StepDraft[]): boolean {
  const bare = (steps: readonly StepDraft[]): string =>
    JSON.stringify(steps.map(({ operation, target, args }) => [operation, target, args]));
  return bare(before) !== bare(after);
}

/**
 * The words that named something else, or nothing sure, and the one thing the person then chose. `may` says whether
 * words can be an alias at all.
 */
export function aliasOfferOf(
  before: readonly StepDraft[],
  after: readonly StepDraft[],
  nameOf: (id: string) => string | undefined,
  may: (words: string, target: string) => boolean,
): AliasOffer | undefined {
  for (const [index, step] of after.entries()) {
    const earlier = before[index] ?? step;
    const target = onlyTarget(step);
    if (target === undefined || (before.length > 0 && onlyTarget(earlier) === target)) continue;
    const said = earlier.evidence.filter((item) => item.part === 'target');
    if (said.length === 0) continue;
    const name = nameOf(target);
    const words = wordsOf(said);
    if (name === undefined || words === undefined || !may(words, target)) continue;
    return { words, target, name };
  }
  return undefined;
}

function onlyTarget(step: StepDraft): string | undefined {
  return step.target?.kind === 'resources' && step.target.ids.length === 1 ? step.target.ids[0] : undefined;
}

/** The words that gave the target, where they stand together. */
function wordsOf(said: StepDraft['evidence']): string | undefined {
  const ordered = [...said].sort((a, b) => a.start - b.start);
  const isRun = ordered.every((item, index) => index === 0 || item.start - ordered[index - 1]!.end <= 1);
  const words = ordered.map((item) => item.text).join(' ');
  return isRun && words.length <= wordsCharactersMax ? words : undefined;
}

// Destroying in prod, or destroying many things anywhere that is real, wants more than a button: the person types the
// name of the one thing, or a phrase with verb, number and place for many. A name that could not be typed as it is
// shown (control characters, odd spaces, very long) gives way to the phrase.

import { limits } from '../../config.ts';
import {
  type Case,
  countOf,
  isCareful,
  isPlay,
  type JudgedStep,
  placeOf,
  type Rule,
  typeableName,
} from '../case.ts';

export const typedDestroy: Rule = (judged) => {
  const real = judged.steps.filter(
    (step) => step.risk === 'destroy' && !isPlay(judged.connections.get(step.connection)),
  );
  const careful = real.filter((step) => isCareful(judged.connections.get(step.connection)));
  if (careful.length === 0 && real.length <= limits.typedDestroyTargets) return undefined;
  const places = placesOf(judged, real);
  const what = `${verbOf(real)} ${countOf(real)} in ${places}`;
  return {
    rule: 'typed-destroy',
    effect: 'ask',
    reason:
      careful.length > 0
        ? `It would ${what}, and ${placesOf(judged, careful)} is handled with care.`
        : `It would ${what} at once.`,
    typed: nameToType(real) ?? what,
  };
};

function nameToType(steps: readonly JudgedStep[]): string | undefined {
  const [only, ...others] = steps;
  return others.length > 0 ? undefined : typeableName(only?.target?.name);
}

function verbOf(steps: readonly JudgedStep[]): string {
  const verbs = new Set(steps.map((step) => step.verb));
  return verbs.size === 1 ? [...verbs][0]! : 'destroy';
}

function placesOf({ connections }: Case, steps: readonly JudgedStep[]): string {
  const places = [...new Set(steps.map((step) => placeOf(connections.get(step.connection))))];
  return places.join(' and ');
}

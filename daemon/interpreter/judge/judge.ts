// How likely words beside an order matter: they delay, condition, bound, correct, forbid, doubt or add to it, instead of
// only telling. A linear model over word features (logistic regression with hashed features: Weinberger et al., 2009),
// trained by scripts/judge/train.ts on sentences that people write; deterministic, and microseconds a clause. It reads
// nothing: orderWithin.ts lets an order stand only where it finds all beside it unlikely to matter, guards/saidAgainst.ts
// believes it more than a sort of words, and guards/besideMatters.ts asks where something beside an order likely does.

import type { Cell } from '../words/cells.ts';
import { clausesOf } from './clauses.ts';
import { type Deed, featuresOf, maskedWords, type Side } from './features.ts';
import { bias, scale, table } from './weights.ts';

const placeBits = 17;
/** Places in the table of weights. */
export const places = 2 ** placeBits;

const weights = new Int8Array(Buffer.from(table, 'base64'));

/** The place of a feature (FNV-1a). */
export function placeOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> placeBits)) & (places - 1);
}

/** How likely (0 to 1) some words matter, as they stand. */
export function likelihoodOf(words: readonly string[], side: Side, deed: Deed): number {
  const features = featuresOf(words, side, deed);
  const sum = features.reduce((total, feature) => total + weights[placeOf(feature)]!, 0);
  return 1 / (1 + Math.exp(-(bias + (sum * scale) / Math.sqrt(features.length))));
}

/** How likely a stretch beside an order matters: the most of its clauses and of the whole. */
export function mattering(stretch: readonly Cell[], side: Side, deed: Deed): number {
  const clauses = clausesOf(stretch)
    .map(maskedWords)
    .filter((words) => words.length > 0);
  const whole = clauses.flat();
  if (whole.length === 0) return 0;
  const units = clauses.length > 1 ? [whole, ...clauses] : clauses;
  return Math.max(...units.map((words) => likelihoodOf(words, side, deed)));
}

// Some kinds are meant only where such a thing is there: containers, processes and units of this machine have everyday
// words ("process", "unit"), and none of them may take a sentence away from what is meant elsewhere. Called while
// cells are made and intents are weighed; it only ever takes something out, or makes it dearer.

import { kindsOnlyWherePresent } from '../../catalogue/kindWords.ts';
import type { Intent } from '../filling/intents.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Clause, Np } from '../phrases/clause.ts';
import type { Lexicon, Sense } from './lexicon.ts';

/** What a named thing of these kinds costs more than one of another kind of the same name. */
const unsaidCost = 0.25;
/** What a question about a kind costs more of which there is nothing: more than the order of kinds tells apart. */
const absentCost = 0.1;

function isAbsent(kind: string, inventory: Inventory): boolean {
  return kindsOnlyWherePresent.has(kind) && !inventory.hasKind(kind);
}

/** The senses without kinds that are not there, and without verbs that are said of such kinds only. */
export function presentSenses(
  senses: readonly Sense[],
  lexicon: Lexicon,
  inventory: Inventory,
): readonly Sense[] {
  const isAway = (sense: Sense): boolean => {
    if (sense.t === 'kind') return sense.kinds.some((kind) => isAbsent(kind, inventory));
    if (sense.t !== 'verb') return false;
    const operations = lexicon.operationsOf(sense.phrase);
    return operations.length > 0 && operations.every(({ operation }) => isAbsent(operation.kind, inventory));
  };
  const here = senses.map((sense) => asMachine(sense, inventory));
  if (!here.some(isAway)) return here;
  return here.flatMap((sense) => {
    if (!isAway(sense)) return [sense];
    if (sense.t !== 'kind') return [];
    const kinds = sense.kinds.filter((kind) => !isAbsent(kind, inventory));
    return kinds.length > 0 ? [{ ...sense, kinds }] : [];
  });
}

/** "the three mongo nodes", "the web-prod hosts": machines, where there are no others. */
function asMachine(sense: Sense, inventory: Inventory): Sense {
  const isOther =
    sense.t === 'kind' && !sense.short && sense.kinds.length === 1 && /^(node|host)$/.test(sense.kinds[0]!);
  const isAbsentHere = isOther && !inventory.hasKind('node') && !inventory.hasKind('host');
  return isAbsentHere && inventory.hasKind('vm') ? { ...sense, kinds: ['vm'] } : sense;
}

/** The intents without operations on kinds that are not there; those whose kind is not said give way to others. */
export function presentIntents(
  intents: readonly Intent[],
  clause: Clause,
  inventory: Inventory,
): readonly Intent[] {
  return intents.flatMap((intent) => {
    const { kind, verb, risk } = intent.operation;
    // Of a kind that is not there nothing can be measured or shown, so one that is there is meant first.
    const isGone = risk === 'read' && /^(metrics|show|logs|explain|forecast)$/.test(verb);
    if (isGone && !inventory.hasKind(kind) && inventory.size > 0)
      return kindsOnlyWherePresent.has(kind) ? [] : [{ ...intent, cost: intent.cost + absentCost }];
    if (!kindsOnlyWherePresent.has(kind)) return [intent];
    if (!inventory.hasKind(kind)) return [];
    const isSaid = clause.nps.some((np) => np.kinds?.includes(kind));
    return [isSaid ? intent : { ...intent, cost: intent.cost + unsaidCost }];
  });
}

/** Nothing is named, or only "this machine", and no place, no extreme is asked for. */
export function isUnnamed(clause: Clause): boolean {
  const isThis = ({ cells, names }: Np): boolean =>
    names.length === 0 &&
    /^(?:(?:of|on) )?this (?:machine|server|host|box)$/.test(cells.map(({ low }) => low).join(' '));
  return (
    clause.scope.length === 0 &&
    clause.nps.every(isThis) &&
    !clause.cues.has('top') &&
    !clause.cues.has('least')
  );
}

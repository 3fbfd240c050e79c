// What the parsers of noun phrases share: the cells of the clause, what kind a resource is of, what sort of clause this
// is, and the simple questions all of them ask of a cell. It only looks; nothing is put into a phrase here.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Np } from './clause.ts';

export interface NounContext {
  readonly cells: readonly Cell[];
  readonly at: (index: number) => Cell | undefined;
  readonly kindOf: (id: string) => string | undefined;
  /** The clause makes something new, so a word behind the kind is its name. */
  readonly creating: boolean;
  /** A clause that sets tags says them as what to set, not as what to look for. */
  readonly tagging: boolean;
  /** It asks which ones, and orders nothing. */
  readonly asking: boolean;
  /** "i want that web has 6 replicas": what is to be, not what it is known by. */
  readonly wishes: boolean;
  /** "see to it that the policy is switched on": to be done, not a state to look for. */
  readonly seeTo: boolean;
  /** What is looked for in a log is no part of a name. */
  readonly logs: boolean;
}

const placeKinds: ReadonlySet<string> = new Set([
  'namespace',
  'node',
  'cluster',
  'network',
  'subnet',
  'host',
  'datastore',
]);

export function isPlaceKind(kind: string): boolean {
  return placeKinds.has(kind);
}

export function createNounContext(
  cells: readonly Cell[],
  kindOf: (id: string) => string | undefined,
): NounContext {
  const isVerb = (cell: Cell, pattern: RegExp): boolean =>
    !cell.quoted && pattern.test(senseOf(cell, 'verb')?.phrase ?? '');
  const asking =
    cells.some((cell) => !cell.quoted && isWord(cell, 'what', 'howMany', 'listCue', 'showCue')) &&
    !cells.some(
      (cell) =>
        !cell.quoted &&
        senseOf(cell, 'verb')?.form === 'base' &&
        !isWord(cell, 'what', 'howMany', 'listCue', 'showCue', 'ask', 'filler', 'have', 'prep') &&
        !cell.senses.some(({ t }) => t === 'kind' || t === 'name' || t === 'metric'),
    );
  const isFiller = (cell: Cell, pattern: RegExp): boolean => isWord(cell, 'filler') && pattern.test(cell.low);
  return {
    cells,
    at: (index) => cells[index],
    kindOf,
    creating: cells.some((cell) => isVerb(cell, /^(create|provision|set up|setup|allocate|generate)$/)),
    asking,
    tagging:
      !asking &&
      !cells.some((cell) =>
        isVerb(cell, /^(untag|(remove|strip|drop|clear|delete)( the tag| the label)?)$/),
      ) &&
      cells.some((cell) =>
        isVerb(cell, /tag|label|mark|annotate|set|put|add|stick|slap|apply|assign|affix|stamp|flag|pin|tack/),
      ),
    wishes: cells.some((cell) => cell.words > 1 && isFiller(cell, /\b(want|need|would like|wish)\b/)),
    logs: cells.some((cell) => !cell.quoted && isWord(cell, 'logCue') && cell.low !== 'lines'),
    seeTo: cells.some((cell) => isFiller(cell, /\b(see to it|make sure|ensure|be sure that)\b/)),
  };
}

export function emptyNp(index: number): Np {
  return { at: index, names: [], missing: [], plural: false, mods: [], except: [], also: [], cells: [] };
}

export function isNounish(cx: NounContext, index: number): boolean {
  const cell = cx.at(index);
  if (!cell) return false;
  for (const { t } of cell.senses) if (nounish.has(t)) return true;
  return isIdentifier(cell);
}

const nounish: ReadonlySet<string> = new Set([
  'kind',
  'name',
  'part',
  'prefix',
  'glob',
  'env',
  'region',
  'provider',
  'extreme',
]);

/** A status word only begins a noun phrase when a noun follows. */
export function leadsToNoun(cx: NounContext, index: number): boolean {
  for (let next = index; next < index + 6; next++) {
    const cell = cx.at(next);
    if (!cell) return false;
    if (isNounish(cx, next) || (cell.low === 'ones' && isWord(cell, 'one'))) return true;
    if (
      !(
        senseOf(cell, 'status') ||
        isWord(
          cell,
          'det',
          'all',
          'any',
          'both',
          'demonstrative',
          'last',
          'of',
          'other',
          'current',
          'filler',
          'that',
          'comma',
          'and',
        ) ||
        isPlainUnknown(cell) ||
        /^(number|tags)$/.test(senseOf(cell, 'value')?.value.k ?? '') ||
        (senseOf(cell, 'value')?.value.k === 'size' &&
          (senseOf(cx.at(next + 1), 'kind')?.plural ||
            (senseOf(cx.at(next + 1), 'kind') && isWord(cx.at(index - 1), 'all', 'any'))))
      )
    )
      return false;
  }
  return false;
}

export function startsAt(cx: NounContext, index: number): boolean {
  const cell = cx.at(index);
  if (!cell) return false;
  if (cell.quoted) return senseOf(cell, 'name') !== undefined;
  if (isWord(cell, 'pronoun', 'other', 'everything')) return true;
  if (isNounish(cx, index))
    return (
      !senseOf(cell, 'metric') || senseOf(cell, 'kind') !== undefined || senseOf(cell, 'name') !== undefined
    );
  if (isWord(cell, 'their')) return true;
  if (senseOf(cell, 'status') && !isWord(cell, 'prep') && leadsToNoun(cx, index + 1)) return true;
  if (senseOf(cell, 'verb')) return false;
  if (isWord(cell, 'all', 'both', 'any', 'demonstrative') || senseOf(cell, 'status'))
    return (
      leadsToNoun(cx, index + 1) || (isWord(cell, 'demonstrative', 'all', 'both') && cell.low !== 'each')
    );
  // "env=prod vms"
  const isTags = senseOf(cell, 'value')?.value.k === 'tags' && !cx.creating;
  if (isTags && senseOf(cx.at(index + 1), 'kind')?.plural) return true;
  if (isWord(cell, 'det')) return leadsToNoun(cx, index + 1);
  if (isWord(cell, 'except')) return leadsToNoun(cx, index + 1) && !isWord(cell, 'instead');
  if (
    senseOf(cell, 'value')?.value.k === 'number' &&
    cx.cells[index + 1] &&
    (senseOf(cx.at(index + 1), 'kind')?.plural ||
      (isWord(cx.at(index + 1), 'filler', 'other') && senseOf(cx.at(index + 2), 'kind')?.plural) ||
      (senseOf(cx.at(index + 1), 'status') && senseOf(cx.at(index + 2), 'kind')) ||
      (senseOf(cx.at(index + 1), 'name') && senseOf(cx.at(index + 2), 'kind')?.plural) ||
      (isWord(cx.at(index + 1), 'replicas') && senseOf(cx.at(index + 2), 'kind')?.plural))
  )
    return true;
  return isWord(cell, 'last') && leadsToNoun(cx, index + 1);
}

export function nounFollows(cx: NounContext, index: number): boolean {
  const cell = cx.at(index);
  if (!cell) return false;
  if (isNounish(cx, index)) return true;
  return (
    isWord(cell, 'one') ||
    ((senseOf(cell, 'status') !== undefined ||
      isPlainUnknown(cell) ||
      isWord(cell, 'one') ||
      senseOf(cell, 'value')?.value.k === 'tags') &&
      isNounishSoon(cx, index + 1))
  );
}

function isNounishSoon(cx: NounContext, index: number): boolean {
  return (
    isNounish(cx, index) ||
    isWord(cx.at(index), 'one') ||
    (cx.at(index) !== undefined && senseOf(cx.at(index), 'status') !== undefined && isNounish(cx, index + 1))
  );
}

/** "the worker-1 node": the noun behind a name says what it is. */
export function ownKindFollows(cx: NounContext, ids: readonly string[], index: number): boolean {
  const kinds = senseOf(cx.at(index), 'kind')?.kinds ?? [];
  return ids.some((id) => kinds.includes(cx.kindOf(id) ?? ''));
}

export function isPlace(cx: NounContext, ids: readonly string[]): boolean {
  return ids.length > 0 && ids.some((id) => placeKinds.has(cx.kindOf(id) ?? ''));
}

/** Looks like a name somebody gave: letters with a digit, a dash or a dot, and nothing knows it. */
export function isIdentifier(cell: Cell): boolean {
  if (cell.quoted || cell.senses.length > 0 || cell.words > 1) return false;
  if (/^\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?$/.test(cell.low)) return true;
  return /\p{L}/u.test(cell.low) && /[\d_-]|\w\.\w/.test(cell.low) && !cell.low.startsWith('-');
}

export function isPlainUnknown(cell: Cell): boolean {
  return !cell.quoted && cell.senses.length === 0 && /^\p{L}[\p{L}-]*$/u.test(cell.low);
}

/** "running 2 replicas": how many of them run, no state. */
export function isRunningCount(cx: NounContext, index: number): boolean {
  if (cx.at(index)?.low !== 'running') return false;
  const from = /^(with|on|at|only|exactly|just)$/.test(cx.at(index + 1)?.low ?? '') ? index + 2 : index + 1;
  const at = isWord(cx.at(from), 'more', 'less') ? from + 1 : from;
  return senseOf(cx.at(at), 'value')?.value.k === 'number' && isWord(cx.at(at + 1), 'replicas');
}

// Cues: small words that tell what sort of clause this is (a question, a list, a wish), labels that tell what a value
// is, and the words that need no explanation. Called while a clause is parsed.

import type { Cue } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from './cells.ts';

/** Cue classes of `words.ts` that are kept as cues. */
const cueWords: readonly (readonly [string, Cue])[] = [
  ['why', 'why'],
  ['when', 'when'],
  ['runOut', 'runOut'],
  ['howMany', 'howMany'],
  ['who', 'who'],
  ['changed', 'changed'],
  ['depends', 'depends'],
  ['what', 'what'],
  ['listCue', 'list'],
  ['showCue', 'show'],
  ['ask', 'ask'],
  ['logCue', 'logs'],
  ['top', 'top'],
  ['least', 'least'],
  ['last', 'last'],
  ['summarize', 'summarize'],
  ['current', 'current'],
  ['double', 'double'],
  ['triple', 'triple'],
  ['half', 'half'],
  ['again', 'again'],
  ['help', 'help'],
  ['need', 'need'],
  ['hard', 'hard'],
  ['more', 'more'],
  ['less', 'less'],
  ['undoCue', 'undo'],
  ['previousOne', 'previous'],
  ['anyone', 'anyone'],
];

const labelled = [
  'replicas',
  'port',
  'protocol',
  'revision',
  'sizeWord',
  'typeWord',
  'imageWord',
  'keyWord',
  'grep',
  'cidrWord',
] as const;

export function labelOf(cell: Cell): string | undefined {
  if (senseOf(cell, 'name') && senseOf(cell, 'name')!.exact) return undefined;
  return labelled.find((word) => isWord(cell, word));
}

export function noteCues(cell: Cell, cues: Map<Cue, Cell>): boolean {
  let found = false;
  for (const [word, cue] of cueWords) {
    if (!isWord(cell, word)) continue;
    if (!cues.has(cue)) cues.set(cue, cell);
    found = true;
  }
  if (
    isWord(cell, 'filler') &&
    /\b(need|want|wants|like|see to it|ensure|make sure|great if|nice if|appreciate it if|happy if)\b/.test(
      cell.low,
    ) &&
    cell.words > 1 &&
    !cues.has('need')
  )
    cues.set('need', cell);
  if (/bigger|larger/.test(cell.low) && !cues.has('bigger')) cues.set('bigger', cell);
  if (/smaller/.test(cell.low)) cues.set('smaller', cell);
  return found;
}

const explained = [
  'before',
  'after',
  'filler',
  'det',
  'and',
  'or',
  'comma',
  'open',
  'close',
  'colon',
  'of',
  'be',
  'do',
  'have',
  'that',
  'need',
  'first',
  'light',
  'possessive',
  'their',
  'one',
  'go',
  'instead',
  'demonstrative',
  'any',
  'all',
  'again',
  'afterwards',
  'everyNs',
  'wherever',
  'times',
  'alone',
  'inName',
  'pastAux',
  'same',
  'correction',
  'hard',
  'createdOn',
  'stop',
  'except',
  'named',
  'forWord',
  'older',
  'newer',
  'percent',
  'stays',
] as const;

export function isExplained(cell: Cell): boolean {
  return isWord(cell, ...explained) || /^[\p{P}\p{S}]+$/u.test(cell.low);
}

/** Classes of words with which a part of a text asks to see something. */
export const askingWords = ['what', 'who', 'why', 'when', 'howMany', 'depends', 'listCue', 'logCue'] as const;

/** It asks: a question word or an inverted verb begins it. "Can you…" is a request. */
export function isQuestion(cells: readonly Cell[]): boolean {
  const at = cells.findIndex(
    (cell) => !isWord(cell, 'filler', 'comma', 'colon', 'and') || isWord(cell, 'be'),
  );
  const first = cells[at];
  if (!first || first.quoted) return false;
  // "i was told a is full": said of somebody, and asked of nobody.
  if (isWord(first, 'be', 'do', 'why') && at > 0 && /^(i|we|they|he|she)$/.test(cells[at - 1]!.low))
    return false;
  return (
    isWord(first, 'be', 'do', 'what', 'who', 'why', 'when', 'howMany', 'depends', 'changed', 'help') ||
    /^(how|where|whose)$/.test(first.low.split(' ')[0]!) ||
    (at === 0 && /^(has|have|will|should)$/.test(first.low.split(' ')[0]!))
  );
}

/** "two pods more": how many more, said behind what is counted. */
export const isMoreBehind = (cells: readonly Cell[], at: number): boolean =>
  /^(more|less|fewer)$/.test(cells[at + 1]?.low ?? '') &&
  (isWord(cells[at], 'replicas') || senseOf(cells[at], 'kind')?.kinds.includes('pod') === true);

/** "how full will a be", "its disk will be full when"; "will you show me", "that will do" and "Bob will look" ask no such thing. */
export const isOfFuture = (cells: readonly Cell[]): boolean =>
  cells.some((cell, at) => {
    if (cell.low !== 'will' || cell.quoted) return false;
    const [before, next] = [cells[at - 1], cells[at + 1]];
    const isThing = (one: Cell | undefined): boolean =>
      one !== undefined &&
      (['name', 'kind', 'metric'] as const).some((sort) => senseOf(one, sort) !== undefined);
    if (isThing(before) && /^(be|have|reach|stand|use)$/.test(next?.low ?? '')) return true;
    return (
      isThing(next) ||
      isWord(next, 'det', 'their') ||
      /^(it|its|they|these|those|this|that)$/.test(next?.low ?? '')
    );
  });

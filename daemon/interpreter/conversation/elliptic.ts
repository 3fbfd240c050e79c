// Whether a reply may go on with the order before it: "and db-1", "the second too", "no, web-10". A reply that spares
// ("keep web-01", "web-01 stays"), tells ("db-1 is fine", "we need web-01"), takes the order back or opens it to all that
// is left ("everything else too") is never read as the same order over what it names. Called by `converse`, before the
// turn before is put together with the reply.

import type { Read } from '../filling/readClause.ts';
import { type Cell, isWord } from '../words/cells.ts';

/** Whether a reply says more than what the order before it is to be done with. */
export function isMoreThanEllipsis(cells: readonly Cell[], last: Read): boolean {
  const said = cells.filter((cell) => !cell.quoted);
  const names = said.filter(isNamed);
  if (said.some((cell, at) => isSparing(cell, at, said))) return true;
  const isOpen = (cell: Cell): boolean =>
    isWord(cell, 'everything') || /^(others|else|the rest|rest|all of them)$/.test(cell.low);
  if (said.some(isOpen)) return true;
  // "not the second", "web-01 not": nothing is said to be meant instead.
  const isDenied = said.some((cell) => isWord(cell, 'not') && !isWord(cell, 'correction'));
  if (isDenied && names.length === 1) return true;
  // "cart is fine", "web-10 has a problem"
  const isTold = (cell: Cell, at: number): boolean =>
    isNamed(cell) && isWord(said[at + 1], 'be', 'have') && at + 2 < said.length;
  if (said.some(isTold)) return true;
  const destroys = last.attempts[0]?.steps.some(({ operation }) => operation.risk === 'destroy');
  return destroys === true && !said.every(isPlainReply);
}

/** "keep web-01", "web-01 stays", "wait for web-01", but not "cart too, but to 2". */
function isSparing(cell: Cell, at: number, said: readonly Cell[]): boolean {
  if (isNamed(cell)) return false;
  const next = said[isWord(said[at + 1], 'det') ? at + 2 : at + 1];
  if (isWord(cell, 'except')) return next !== undefined && isNamed(next);
  return isWord(cell, 'stays', 'alone') || (cell.low === 'wait' && next?.low === 'for');
}

const isNamed = (cell: Cell): boolean =>
  ['name', 'env', 'region', 'part', 'prefix'].some((sort) => cell.senses.some(({ t }) => t === sort)) &&
  !isWord(cell, 'correction', 'filler');

const courtesy =
  /^(please|pls|plz|too|also|as well|then|now|instead|rather|just|only|just the|only the|thanks|thank you|ok|okay|yes|yeah|yep|oh|hm|hmm|sorry|actually|and also|as well as|i meant?|in fact|\?)$/;
const sorts = [
  'name',
  'kind',
  'env',
  'region',
  'provider',
  'part',
  'prefix',
  'glob',
  'status',
  'value',
  'time',
];

/** A thing, a place, a bound, or a word that joins them: all that may widen or correct what is destroyed. */
const isPlainReply = (cell: Cell): boolean =>
  courtesy.test(cell.low) ||
  sorts.some((sort) => cell.senses.some(({ t }) => t === sort)) ||
  isWord(
    cell,
    'det',
    'of',
    'and',
    'comma',
    'stop',
    'same',
    'correction',
    'one',
    'other',
    'both',
    'demonstrative',
    'more',
    'less',
  ) ||
  (isWord(cell, 'prep') && /^(in|on|of|from|for|at|with)$/.test(cell.low)) ||
  /^(first|second|third|last|that|those|than|not|instead of|rather than|older|newer|bigger|smaller)( one| ones)?$/.test(
    cell.low,
  );

const undoing =
  /^((please|and|now|ok) )*(undo|revert|reverse)( (it|that|this))?( again| please)*$|^((please|no|ok|now|actually|sorry)[ ,]+)*(put|set|take|turn|bring|change|switch) (it|that|this|them) back( again| now| please)*$/;

/** "undo", "put it back", "back to the old one": without a word of what to. */
export const isUndoSaid = (text: string): boolean => {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/[ .!]+$/, '');
  const isFormer =
    /\b(previous|old|former|earlier|prior)\b/.test(said) &&
    !/\b(version|release|revision|image|build|deploy|deployment|rollout|roll back|rollback)\b/.test(said);
  return undoing.test(said) || isFormer;
};

/** "undo" behind a scaling or a restart: no earlier revision is meant. */
export function isUndoOfOther(text: string, last: Read, reads: readonly Read[]): boolean {
  const isSaid = isUndoSaid(text);
  const isRollback = reads.some(({ attempts }) =>
    attempts[0]?.steps.some(({ operation }) => operation.verb === 'rollback'),
  );
  return isSaid && isRollback && wasOther(last);
}

/** A change that no earlier revision takes back. */
export const wasOther = ({ attempts }: Read): boolean =>
  attempts[0]?.steps.some(
    ({ operation }) => operation.risk !== 'read' && !/^(set-image|rollback|run)$/.test(operation.verb),
  ) === true;

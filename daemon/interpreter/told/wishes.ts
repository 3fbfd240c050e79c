// "those can both be deleted", "both need a snapshot", "its volume can go too", "mongo-1 deserves the same": what should
// happen to something, said as a statement behind an order. It is no remark: it is done, or asked about. Called while
// clauses are cut, and where what is only told is left out.

import { type Cell, isWord, senseOf } from '../words/cells.ts';

const modals = /(^| )(can|could|may|might|should|must|shall|will)$/;
const goes = /^(?:(?:can|may|could|should|must|shall) )?(?:go|go away|disappear|leave)$/;
const needs =
  /^(?:also |both |all )?(?:needs?|deserves?|wants?|could use|can use|would benefit from|should get|must get)$/;
const behind = /^(?:too|also|as well|then|now|please|afterwards|both|all|again|away|first)$/;

/** Whether the cells say that something is to be done, with what it is to be done to. */
export function isWish(cells: readonly Cell[]): boolean {
  if (cells.some((cell) => cell.quoted || isWord(cell, 'not', 'if'))) return false;
  return isToBeDone(cells) || isToGo(cells) || isInNeed(cells);
}

/** "it should then get restarted" */
function isToBeDone(cells: readonly Cell[]): boolean {
  const modal = cells.findIndex(({ low }) => modals.test(low));
  const deed = cells.findIndex((cell, at) => at > modal && senseOf(cell, 'verb')?.form === 'ed');
  const between = modal < 0 || deed < 0 ? [] : cells.slice(modal, deed);
  return (
    between.some((cell) => isWord(cell, 'be') || /(^| )(be|get)$/.test(cell.low)) &&
    !between.some((cell) => isWord(cell, 'stop')) &&
    !cells.slice(0, modal).some((cell) => senseOf(cell, 'verb')?.form === 's')
  );
}

/** "both volumes can go": nothing is said of where to. */
function isToGo(cells: readonly Cell[]): boolean {
  const said = cells.filter(({ low }) => !behind.test(low) && low !== '.' && low !== '!');
  const [modal, last] = said.slice(-2);
  return (
    said.length > 1 &&
    (goes.test(last!.low) ? last!.low.includes(' ') || modals.test(modal!.low) : false) &&
    said.length < 7
  );
}

/** "both need a snapshot", "mongo-1 deserves the same" */
function isInNeed(cells: readonly Cell[]): boolean {
  const need = cells.findIndex(({ low }) => needs.test(low));
  const rest = cells
    .slice(need + 1)
    .filter((cell) => !isWord(cell, 'det') || /^(the same|same)/.test(cell.low));
  const [object] = rest;
  if (need < 1 || !object) return false;
  const isDeed =
    senseOf(object, 'verb')?.form === 'base' &&
    rest.slice(1).every(({ low }) => behind.test(low) || /^[.!]$/.test(low));
  return isDeed || /^(?:the )?same( treatment| thing)?$/.test(object.low);
}

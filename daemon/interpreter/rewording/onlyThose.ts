// "delete the pods in staging, only those not running": what bounds a set behind it, said of the set itself.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Turn } from '../words/phraseTurns.ts';
import { plain, word } from '../words/plainCells.ts';
import { onSets } from './onSets.ts';

const bare =
  /^(?:with|without|having|on|in|at|of|from|older|newer|younger|bigger|larger|smaller|over|under|above|below|named|called|tagged|labelled|labeled|attached|created|that|which|whose)\b/;

/** A word of kubectl's for any number of them. */
const isShort = (cell: Cell): boolean =>
  senseOf(cell, 'kind') !== undefined && /^(?:po|deploy|sts|ds|svc|no|cj|pvc)$/.test(cell.low);

/** "…, only those with more than 5 restarts". */
const onlyThose: Turn = {
  words:
    /^(?:(?:,|-|–|—|\(|but|and|please) )*(?:only|just) (?:those|the ones|ones|these|the ones there|those of them)(?: (?:that|which)(?: are)?| being)?(?= )/,
  put: (cells, from, to) => {
    const before = cells.slice(0, from);
    const set = before.findLastIndex(
      (cell) => !cell.quoted && (senseOf(cell, 'kind')?.plural === true || isShort(cell)),
    );
    // "the web pods and worker-1, only those …": of a thing by its name nothing is left to choose.
    const isSet = set >= 0 && !before.slice(set + 1).some((cell) => isWord(cell, 'and', 'comma', 'stop'));
    if (!isSet || cells[to] === undefined) return undefined;
    return bare.test(cells[to].low) ? [] : [plain(cells[from]!, 'that are', word('that'))];
  },
};

/** What stands around a set, said plainly. */
export const setTurns: readonly Turn[] = [onlyThose, onSets];

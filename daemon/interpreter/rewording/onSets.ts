// "take a snapshot on all prod vms": what is taken of a thing is taken of a set, too, whichever word leads to it. Called with
// the bounds of sets; it changes nothing but that word.

import { isWord, senseOf } from '../words/cells.ts';
import type { Turn } from '../words/phraseTurns.ts';
import { plain, word } from '../words/plainCells.ts';

export const onSets: Turn = {
  words: /^(?:snapshots?|backups?|snaps?) (?:on|for|from)(?= (?:all|every|each|both|the)\b)/,
  put: (cells, from, to) => {
    const verb = isWord(cells[from - 1], 'det') ? from - 2 : from - 1;
    const isTaken = /^(?:take|make|create|do|grab|get|pull)$/.test(cells[verb]?.low ?? '');
    const isSet = cells.slice(to, to + 6).some((cell) => senseOf(cell, 'kind')?.plural === true);
    return isTaken && isSet && to === from + 2
      ? [cells[from]!, plain(cells[from + 1]!, 'of', word('of'))]
      : undefined;
  },
};

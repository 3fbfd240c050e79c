// What a thing wrote, asked with a verb: "what did a log before it crashed?", "show me what a printed just before the last
// restart". The logs are asked for, and what came before its last start is the log of the container before that one.
// Without a thing that is named nothing is changed. Called on every text, once its words are known.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isThing, low, lowsOf, plain, word } from '../words/plainCells.ts';

const fallen =
  /^(?:(?:from|just|right|shortly|from just|from right|immediately) )*before (?:(?:the|its|that|this|it|they|it was|it got|it had|it last) )(?:(?:last|latest|previous|most recent|recent) )?(?:crash|crashed|crashing|restart|restarted|restarts|reboot|rebooted|died|death|killed|failure|failed|oom|oomkilled|oom kill|fell over|went down|blew up|exited)$|^(?:(?:from|just|right|shortly|immediately) )*before (?:crashing|dying|restarting|rebooting|exiting|falling over)$/;
const fallenCellsMax = 7;
const wrote =
  /^(?:logged|printed|wrote|output|outputted|spat out|spewed|logs|prints|writes|is logging|was logging|is printing|was printing|has logged|had logged)$/;
const write = /^(?:log|logs|print|write|output|spit out|spew|dump|have logged|have printed)$/;
const telling =
  /^(?:(?:please|pls|and|now|then|so|ok|hey|hi|can you|could you|would you|will you|i want to see|i would like to see|let me see|i need to see|i want to know|show|show me|tell me|see|give me|get me) )*what(?: did)?$/;

/** The cells with what a thing wrote as its logs. */
export function withLogged(given: readonly Cell[]): readonly Cell[] {
  const cells = withLogVerb(given);
  if (!cells.some((cell) => isWord(cell, 'logCue') && !cell.quoted)) return cells;
  const former = cells.findIndex(
    (cell, at) =>
      at > 1 && /^(?:the )?previous$/.test(low(cell)) && isWord(cells[at - 1], 'comma', 'det', 'of'),
  );
  const isRun = /^(?:container|instance|run|one|start|incarnation)$/.test(low(cells[former + 1]));
  if (former > 0 && isRun && cells[former + 2] === undefined)
    return [...cells.slice(0, former), plain(cells[former]!, 'previous', word('previousOne'))];
  const before = cells.findIndex((cell) => /^before\b|\bbefore$/.test(low(cell)));
  if (before < 1) return cells;
  for (let from = Math.max(1, before - 2); from <= before; from++)
    for (let end = Math.min(cells.length, from + fallenCellsMax); end > before; end--) {
      if (!fallen.test(lowsOf(cells.slice(from, end)))) continue;
      const previous = {
        ...plain(cells[before]!, 'previous', word('previousOne')),
        end: cells[end - 1]!.end,
      };
      return [...cells.slice(0, from), previous, ...cells.slice(end)];
    }
  return cells;
}

/** "what did a log", "show me what a logged": the logs of a. */
function withLogVerb(cells: readonly Cell[]): readonly Cell[] {
  const what = cells.findIndex((cell) => /^what\b/.test(low(cell)));
  if (what < 0 || !telling.test(lowsOf(cells.slice(0, what + 1)))) return cells;
  const isDone = /(?:^| )did$/.test(low(cells[what])) || low(cells[what + 1]) === 'did';
  const from = isDone && low(cells[what + 1]) === 'did' ? what + 2 : what + 1;
  const verb = cells.findIndex((cell, at) => at > from && (isDone ? write : wrote).test(low(cell)));
  const thing = cells.slice(from, Math.max(from, verb));
  const isNamed =
    thing.some((cell) => senseOf(cell, 'name')?.exact) &&
    thing.every((cell) => !cell.quoted && (isThing(cell) || isWord(cell, 'det', 'prep')));
  return isNamed
    ? [
        ...cells.slice(0, what),
        plain(cells[verb]!, 'logs', word('logCue')),
        ...thing,
        ...cells.slice(verb + 1),
      ]
    : cells;
}

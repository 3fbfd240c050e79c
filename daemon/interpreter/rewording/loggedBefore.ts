// The log of a thing before it fell: "logs of a before the crash", "what did a print just before the last restart?", "…, the
// previous container". It is the log of the container before the one that runs. Called on every text, once its words are
// known and what a thing wrote is said as its logs.

import { type Cell, isWord } from '../words/cells.ts';
import { low, lowsOf, plain, word } from '../words/plainCells.ts';

const fallen =
  /^(?:(?:from|just|right|shortly|from just|from right|immediately) )*before (?:(?:the|its|that|this|it|they|it was|it got|it had|it last) )(?:(?:last|latest|previous|most recent|recent) )?(?:crash|crashed|crashing|restart|restarted|restarts|reboot|rebooted|died|death|killed|failure|failed|oom|oomkilled|oom kill|fell over|went down|blew up|exited)$|^(?:(?:from|just|right|shortly|immediately) )*before (?:crashing|dying|restarting|rebooting|exiting|falling over)$/;
const fallenCellsMax = 7;

/** The cells with the run before as the previous one. */
export function withLogged(cells: readonly Cell[]): readonly Cell[] {
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

// What the speaker is to do at a rack with their own hands: "shut down fileserver, I must clean the fan", "…, we have to swap
// its power supply". Nobody here turns a screw, so it says why and orders nothing. It is known by its build: who speaks, a
// verb of hands, and hardware behind it. Where it names anything that is here, or a time, an order of things or a
// condition, all of it stays. Called by the interpreter before anything is read or guarded.

import { type Cell, isWord } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

const hardware =
  'power (?:supply|supplies|cable|cord|strip|unit|brick)|psus?|ups|(?:ups )?batter(?:y|ies)|fans?|coolers?|heat ?sinks?|cables?|cabling|wires?|wiring|plugs?|sockets?|dimms?|(?:memory|ram) (?:modules?|sticks?|banks?)|mainboards?|motherboards?|(?:network|graphics|raid|sound|fibre|fiber) (?:cards?|adapters?|controllers?)|nics?|hbas?|sfps?|racks?|cabinets?|chassis|case|lid|cover|rails?|bios|firmware|bmc|idrac|ilo|kvm|dust|filters?|air con(?:ditioning)?|patch panels?|(?:rack|top of rack) switch(?:es)?|screws?|thermal paste';
const work = new RegExp(
  `^(?:(?:because|since|as|cause|and) )?(?:i|we)(?: ?['’](?:m|re|ll|ve))?(?: (?:am|are|will|have|got|need|want|must|should|shall|would|like|plan|still|just|also|now|going|about|to|be))* (?:swap|replac|chang|clean|dust|add|fit|install|insert|remov|pull|tak|open|mov|unplug|plug|reseat|rewir|recabl|upgrad|updat|flash|check|inspect|test|turn|lift|mount|repair|fix|blow|tighten|rout|re-?rout|service|servic)(?:e|es|ing|ping|ging|ting|ning)?(?: (?:the|its|a|an|their|his|our|out|off|up|at|on|of|new|old|broken|dead|noisy|loud|dying|faulty|bad|second|whole|some|two|both|that|this|and|from|in|all)| [a-z]+ing)* (?:${hardware})(?: (?:out|off|up|over|there|here|now|today|in it|on it|of it|on them|in them|inside|again|of (?:the|that|this) (?:box|machine|server|host|thing)|(?:and|the|its|check|a|new|old|cables?|fans?|dust|filters?))*)*$`,
);
/** What may put it before, behind or under a condition. */
const turning = ['if', 'before', 'after', 'afterwards', 'first', 'not', 'except', 'only', 'when'] as const;

/** The cells without what the speaker does by hand, where an order is left. */
export function withoutHandwork(cells: readonly Cell[]): readonly Cell[] {
  const parts: Cell[][] = [[]];
  for (const cell of cells) {
    if (isMark(cell) || (!cell.quoted && /^(?:because|since)$/.test(cell.low))) parts.push([cell]);
    else parts.at(-1)!.push(cell);
  }
  const kept = parts.filter((part) => !isHandwork(part.filter((cell) => !isMark(cell))));
  if (kept.length === parts.length || !kept.some((part) => part.some(isBase))) return cells;
  const left = kept.flat();
  return left[0] && isMark(left[0]) ? left.slice(1) : left;
}

const isMark = (cell: Cell): boolean =>
  !cell.quoted && (isWord(cell, 'comma', 'stop', 'colon') || /^[-–—]$/.test(cell.low));

const isHandwork = (part: readonly Cell[]): boolean =>
  part.length > 1 &&
  !part.some(
    (cell) =>
      cell.quoted ||
      cell.low === '?' ||
      isWord(cell, ...turning) ||
      ['name', 'env', 'region', 'value', 'glob', 'time'].some((sort) =>
        cell.senses.some(({ t }) => t === sort),
      ),
  ) &&
  work.test(part.map(({ text }) => text.toLowerCase()).join(' '));

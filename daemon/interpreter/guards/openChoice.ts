// A choice or a chance that no step has taken: "stop one of web-1 and web-10", "whichever of them is idle", "reboot a, possibly
// also b", "snapshot a while b is stopped", "tag both env=prod and env=dev", "open 80 and 443, 443 only from 10.0.0.0/8". What
// was read of it is offered as a question. Called by `notAsSaid`, over the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';

/** What was left open, or bounded, and is not in the plan. */
export function openChoice({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const text = cells.map((cell) => (cell.quoted || nameOf(cell) ? '\u25a1' : cell.low)).join(' ');
  const isBoth = steps.some(({ target }) => target?.kind === 'resources' && target.ids.length > 1);
  if (among.test(text) || (isBoth && compared.test(text)))
    return { about: 'target', question: 'Which one of these is meant? Say it by its name.' };
  if (perhaps.test(text)) return { about: 'scope', question: 'Is that to be done too, or not?' };
  if (during.test(text)) return { about: 'op', question: 'Is that so now? Nothing waits for it.' };
  const tag = tagGone(steps, cells);
  if (tag) return { about: 'args', question: `Which one is to have "${tag.text}"?` };
  const port = boundPort(steps, cells);
  return (
    port && { about: 'args.cidr', question: `From where is ${port.text} to be open, and the other one?` }
  );
}

const nameOf = (cell: Cell | undefined): readonly string[] | undefined => {
  const name = cell && !cell.quoted && !senseOf(cell, 'env') ? senseOf(cell, 'name') : undefined;
  return name?.exact ? name.ids : undefined;
};

/** "one of a and b", "whichever of them is idle". */
const pair = '(?: one)? (?:out )?of (?:the two |the |these |both )?\u25a1(?: ,| and| or| &)';
const among = new RegExp(
  `\\b(?:(?:only |just |at least |any |either )?one|either|whichever|whatever|which)${pair}`,
);
/** "the busier of a and b", where it was not told which that is. */
const compared = new RegExp(
  `\\b(?:busier|idler|quieter|hotter|emptier|fuller|bigger|smaller|larger|older|newer|younger|slower|faster|cheaper|longer|shorter|higher|lower|better|worse|weaker|stronger|[a-z]+est)${pair}`,
);
/** "…, possibly also b" */
const perhaps =
  /\b(?:possibly|maybe|perhaps|potentially|eventually|optionally|ideally|at best|worst case|if (?:possible|needed|necessary))(?: also| even| too)? (?:the )?\u25a1/;
/** "snapshot a while b is stopped" */
const during =
  /\u25a1 (?:\S+ )?(?:while|whilst|provided|assuming|given) (?:that )?(?:\u25a1|it) (?:is|are) (?!on (?:leave|holiday)|away|out)/;

/** "tag a and b env=prod and env=dev": a tag that nothing gets. */
function tagGone(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  const given = steps.filter(({ operation }) => operation.startsWith('tag.'));
  if (given.length === 0) return undefined;
  const used = JSON.stringify(steps.map(({ args, target }) => [args, target])).toLowerCase();
  return cells.find((cell, at) => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
    const isTags = (one: Cell | undefined): boolean => senseOf(one, 'value')?.value.k === 'tags';
    const isBeside = (side: 1 | -1): boolean =>
      isWord(cells[at + side], 'and', 'comma') && isTags(cells[at + 2 * side]);
    if (value?.k !== 'tags' || !(isBeside(1) || isBeside(-1))) return false;
    return Object.entries(value.tags).some(
      ([key, one]) => !used.includes(`${JSON.stringify(key)}:${JSON.stringify(one)}`.toLowerCase()),
    );
  });
}

/** "open 80 and 443 on a, 443 only from 10.0.0.0/8": from where, was said of one. */
function boundPort(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  const opened = steps.filter(({ operation, args }) => operation.startsWith('open-port.') && args.cidr);
  if (opened.length < 2 || new Set(opened.map(({ args }) => args.cidr)).size > 1) return undefined;
  const range = cells.findIndex((cell) => senseOf(cell, 'value')?.value.k === 'cidr');
  const mark = cells.findLastIndex((cell, at) => at < range && isWord(cell, 'comma', 'stop', 'open'));
  const portOf = (cell: Cell): number | undefined => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
    return value?.k === 'port' ? value.port : value?.k === 'number' ? value.n : undefined;
  };
  const before = cells.slice(0, Math.max(0, mark)).map(portOf);
  return cells
    .slice(mark + 1, Math.max(mark + 1, range))
    .find((cell) => portOf(cell) !== undefined && before.includes(portOf(cell)));
}

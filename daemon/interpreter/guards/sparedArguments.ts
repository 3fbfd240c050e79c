// A thing that is ruled out for what is attached, given or made, and is taken all the same: "attach vol-1 to any vm but web-1",
// "give web-1 a floating ip, not 203.0.113.12". What a step takes beside its target has no set that could spare one of it,
// so that the plan is offered as a question. Called by `doubtfulSteps`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';

/** What is taken, or may be taken, although it was ruled out. */
export function sparedArgument({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const taken = new Set(
    steps.flatMap(({ args }) => Object.values(args).map((value) => String(value).toLowerCase())),
  );
  const isTaken = (cell: Cell, ids: readonly string[]): boolean => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
    const figure = value?.k === 'size' ? value.gb : value?.k === 'number' ? value.n : undefined;
    return taken.has(cell.low) || taken.has(String(figure)) || ids.some((id) => taken.has(id.toLowerCase()));
  };
  const isGiven = steps.every(
    ({ operation }) => !/^(untag|unassign-ip|detach|close-port|delete|stop)\./.test(operation),
  );
  const isAny = steps.some(({ args }) => args.ip === 'any');
  const spared = cells.find((cell, at) => {
    const ids = cell.quoted || senseOf(cell, 'env') ? [] : (senseOf(cell, 'name')?.ids ?? []);
    // "it is not to get M.8", "it should not have 5 replicas"
    if (isDenied(cells, at) && isGiven && isTaken(cell, ids)) return true;
    if (ids.length === 0 || !isRuledOut(cells, at)) return false;
    const isOpen = isAny && ids.every((id) => id.includes(':floating-ip/'));
    // "in any network but a": none was chosen then.
    const kind = /:(network|keypair|image|flavor)\//.exec(ids[0]!)?.[1];
    const isLeft =
      kind !== undefined &&
      steps.some(({ operation, args }) => operation === 'create.vm' && args[kind] === undefined);
    return isOpen || isLeft || isTaken(cell, ids);
  });
  return (
    spared && { about: 'args', question: `"${spared.text}" is ruled out there. Which one is to be taken?` }
  );
}

/** "any but x", "other than x", "except the group x", "not x". */
function isRuledOut(cells: readonly Cell[], at: number): boolean {
  let from = at - 1;
  while (
    from > 0 &&
    !cells[from]!.quoted &&
    (isWord(cells[from], 'det') ||
      senseOf(cells[from], 'kind') ||
      /^(on|in|to|at|from|with|of)$/.test(cells[from]!.low))
  )
    from--;
  const lead = cells[from];
  if (!lead || lead.quoted || senseOf(lead, 'name')) return false;
  if (lead.low !== 'but') return isWord(lead, 'except', 'not', 'outside') && lead.low !== 'no';
  return cells
    .slice(Math.max(0, from - 3), from)
    .some((cell) => /^(any|all|every|each|anything|anyone|anywhere|whichever|a|an|another)$/.test(cell.low));
}

/** "not supposed to get x": what it is not to have. */
function isDenied(cells: readonly Cell[], at: number): boolean {
  let from = at - 1;
  while (from > 0 && !cells[from]!.quoted && getting.test(cells[from]!.low)) from--;
  const lead = cells[from];
  return (
    from < at - 1 && lead?.quoted === false && isWord(lead, 'not') && /\b(not|never|not to)$/.test(lead.low)
  );
}

const getting =
  /^(get|to get|have|to have|be|to be|to|supposed|meant|intended|receive|to receive|become|to become|be on|on|attached|a|the|an)$/;

// A second order in the text that the plan does not carry out: "suspend a, and once it is suspended restart b", "put a at
// zero, and while you are at it b at three", "first a snapshot of a is to be taken". Whatever else a part of the text
// tells, an order in it with a thing or figure of its own is not told. Called by `heldBack`, over the text as typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';

/** The order that is in no step, if there is one. */
export function otherOrder(
  reading: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
  inventory: Inventory,
): Doubt | undefined {
  const fix = cells.findLastIndex((cell) => !cell.quoted && isWord(cell, 'correction'));
  const said = JSON.stringify(reading.steps.map(({ target, args }) => [target, args])).toLowerCase();
  const verbs = new Set(reading.steps.map(({ operation }) => catalogue.get(operation)?.verb));
  const isUsed = (cell: Cell): boolean =>
    senseOf(cell, 'name')!.ids.some((id) => said.includes(`"${id.toLowerCase()}"`)) ||
    said.includes(`"${cell.low}"`);
  const regions = new Set(
    reading.steps.flatMap(({ target }) =>
      target?.kind === 'resources' ? target.ids.flatMap((id) => inventory.get(id)?.region ?? []) : [],
    ),
  );
  const isElsewhere = (cell: Cell): boolean => {
    const values = cell.quoted || senseOf(cell, 'name') ? undefined : senseOf(cell, 'region')?.values;
    return values !== undefined && !values.some((one) => regions.has(one) || said.includes(`"${one}"`));
  };
  // "silence it, 45 minutes": for how long.
  const isEndless = reading.steps.some(
    ({ operation, args }) => /^silence\./.test(operation) && args.window_s === undefined,
  );
  const isTime = (cell: Cell): boolean => isEndless && senseOf(cell, 'value')?.value.k === 'duration';
  const makes = verbs.has('create');
  const at = cells.findIndex(
    (cell, index) =>
      (makes && isElsewhere(cell)) ||
      isTime(cell) ||
      (isOwn(cell) && !isUsed(cell) && isDue(cells, index)) ||
      (index > fix && isOwn(cell) && !isUsed(cell) && (isOrdered(cells, index) || isCounted(cells, index))) ||
      (isDeedWanted(cells, index) && !verbs.has('snapshot') && !verbs.has('create')),
  );
  const open = cells[at] ?? cells.find((_, index) => isNameOfOther(reading, cells, index));
  return open && { about: 'op', question: `What is "${open.text}" about? It is not in this plan.` };
}

const isOwn = (cell: Cell): boolean =>
  !cell.quoted &&
  senseOf(cell, 'name')?.exact === true &&
  !senseOf(cell, 'env') &&
  !senseOf(cell, 'region') &&
  !senseOf(cell, 'value') &&
  !senseOf(cell, 'name')!.ids.every((id) =>
    /:(flavor|image|host|node|network|namespace|floating-ip)\//.test(id),
  );

/** "create namespace a, deploy nginx in it": a deployment that got the name of what is not made. */
function isNameOfOther({ steps }: PlanReading, cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  const before = isWord(cells[at - 1], 'named', 'colon') ? cells[at - 2] : cells[at - 1];
  const kinds = before?.quoted || senseOf(before, 'name') ? undefined : senseOf(before, 'kind')?.kinds;
  if (kinds?.length !== 1) return false;
  const made = steps.filter(({ operation }) => operation.startsWith('create.'));
  const isMade = made.some(({ operation }) => operation === `create.${kinds[0]}`);
  return (
    !isMade &&
    made.some(({ args }) => String(args.name).toLowerCase() === cell.low && args.namespace !== args.name)
  );
}

/** "said volume to be attached to app-prod-1": what is due to a thing that is in no step. */
function isDue(cells: readonly Cell[], at: number): boolean {
  const prep = cells[at - 1];
  const isAttached = isWord(prep, 'attachedTo');
  const due = cells[isAttached ? at - 2 : at - 3];
  const isDeed = isAttached || senseOf(cells[at - 2], 'verb')?.form === 'ed';
  return (
    prep !== undefined &&
    (isAttached || /^(to|on|onto|with)$/.test(prep.low)) &&
    isDeed &&
    /\b(to be|must be|should be|shall be|has to be|have to be|is to be)$/.test(due?.low ?? '')
  );
}

/** "restart the prod postgres": the verb before it, with nothing but its article and place between. */
function isOrdered(cells: readonly Cell[], at: number): boolean {
  // "delete db-1's volume", "mute the db-1 disk alert": it only says of what.
  const next = cells[at + 1];
  const isOfOther =
    isWord(next, 'possessive') ||
    ['kind', 'metric', 'name'].some((sort) => next?.senses.some(({ t }) => t === sort));
  if (isOfOther) return false;
  let from = at - 1;
  while (from >= 0 && isBeside(cells[from]!)) from--;
  const verb = cells[from];
  const lead = cells[from - 1];
  const isBase = verb && !verb.quoted && senseOf(verb, 'verb')?.form === 'base' && !senseOf(verb, 'name');
  if (!isBase || isWord(verb, 'light', 'filler', 'ask', 'showCue', 'listCue', 'correction')) return false;
  if (!Object.values(verbWords).some((words) => words.includes(senseOf(verb, 'verb')!.phrase))) return false;
  // "before I restart b", "do not restart b", "to restart b": told, denied, or why.
  return (
    lead === undefined ||
    lead.quoted ||
    isWord(lead, 'comma', 'stop', 'and', 'afterwards', 'colon') ||
    /(ed|done|finished|over|ready|up|down|off|on|complete)$/.test(lead.low)
  );
}

const isBeside = (cell: Cell): boolean =>
  !cell.quoted &&
  (isWord(cell, 'det') ||
    senseOf(cell, 'env') !== undefined ||
    (senseOf(cell, 'kind') !== undefined && senseOf(cell, 'verb')?.form !== 'base'));

/** "coredns at three", "coredns to 3 replicas": a figure of its own. */
function isCounted(cells: readonly Cell[], at: number): boolean {
  const prep = cells[at + 1];
  const value = senseOf(cells[at + 2], 'value')?.value.k;
  const isFigure = value === 'number' || value === 'size';
  return isFigure && prep !== undefined && !prep.quoted && /^(at|to)$/.test(prep.low);
}

/** "a snapshot of a is to be taken". */
function isDeedWanted(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  const isNoun = !cell.quoted && /^(snapshot|backup)$/.test(cell.low) && isWord(cells[at - 1], 'det');
  if (!isNoun || !/^(of|for)$/.test(cells[at + 1]?.low ?? '')) return false;
  const end = cells.findIndex((one, index) => index > at && isWord(one, 'comma', 'stop'));
  const rest = cells
    .slice(at + 2, end < 0 ? undefined : end)
    .map((one) => (one.quoted ? '"' : one.low))
    .join(' ');
  return /\b(is|has|needs|must|should|shall) ?(to )?(be )?(taken|made|created|done|drawn)$/.test(rest);
}

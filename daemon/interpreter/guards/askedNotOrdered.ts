// A question or a noun that holds the word of a deed: "who is allowed to delete web-1", "start time of web-1", "drain status
// of worker-4", "run a report on stopped vms". Nothing is ordered by it, so no plan is made of it. Called by `heldBack`.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import type { Doubt } from './objections.ts';

/** What is told of a deed or shown to a person, behind the word of the deed. */
const toldNoun =
  /^(times?|reasons?|reason for|reasons for|status|status of|state|state of|rate|rates|history|dates?|notes|statistics|stats|reports?|report on|logs?|log|list|list of|listing|details|details of|overview|overview of|summary|summary of|count|count of|counts?|figures|permissions?|rights|uptime|uptime of)$/;

/** Why a plan is none, where what was said only asks. */
export function askedNotOrdered({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  if (
    steps.some(({ operation }) =>
      /^(list|show|logs|metrics|explain|forecast|audit|topology)\b/.test(operation),
    )
  )
    return undefined;
  const lead = cells.find((cell) => !isWord(cell, 'filler', 'comma', 'ask') || isWord(cell, 'who'));
  const isWho =
    lead !== undefined &&
    !lead.quoted &&
    /^who\b/.test(lead.low) &&
    !senseOf(lead, 'name') &&
    !cells.some((cell, at) => isMark(cell) || (cell.low === '?' && cells.slice(at + 1).some(isBase)));
  const told = isWho ? lead : cells.find((_, at) => isTold(cells, at));
  if (!told) return undefined;
  return { about: 'op', question: `"${told.text}": is something asked, or is it to be done?` };
}

const isMark = (cell: Cell): boolean =>
  !cell.quoted && isWord(cell, 'comma', 'stop', 'colon') && cell.low !== '?';

/** "start time", "pull the logs": a noun that nothing here is, behind the word of a deed. */
function isTold(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (cell.quoted || senseOf(cell, 'name') || !toldNoun.test(cell.low) || senseOf(cell, 'kind')) return false;
  // "run the report job"
  const next = cells[at + 1];
  const isOf = / (of|on|for)$/.test(cell.low);
  if (isWord(next, 'colon')) return false;
  if (!isOf && (senseOf(next, 'kind') || senseOf(next, 'name')?.exact)) return false;
  let before = at - 1;
  while (isWord(cells[before], 'det', 'all') && !cells[before]!.quoted) before--;
  const verb = cells[before];
  return (
    verb !== undefined && !verb.quoted && !senseOf(verb, 'name') && senseOf(verb, 'verb')?.form === 'base'
  );
}

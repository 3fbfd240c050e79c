// What nobody here does, ordered beside what is: "fail over to db-2, stop db-1", "tell erin, restart coredns", "scale cart to
// 6, warm the cache". An order is known by its shape, a bare verb and its object at the start of a clause, and by its verb.
// What was read without it is asked about: it may have to come first, and a person who ordered both expects both. Called by
// `heldBack` over the text as typed, and where an order within what is told is let stand.

import type { PlanReading, QueryReading } from '../../../shared/model/reading.ts';
import { clausesOf } from '../judge/clauses.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { firstName } from './noOrder.ts';
import type { Doubt } from './objections.ts';

/** Deeds of people and of other tools; verbs of the catalogue are none of them. */
const deeds =
  /^(?:e-?mail|mail|text|message|sms|phone|page|ping|tell|inform|notify|warn|remind|invite|contact|brief|warm|preheat|prewarm|flush|purge|clear|empty|wipe|archive|export|import|sync|synchroni[sz]e|replicate|mirror|dump|vacuum|reindex|index|rotate|renew|revoke|issue|fail|failover|encrypt|decrypt|defrag|defragment|compress|optimi[sz]e|tune|patch|upgrade|downgrade|install|uninstall|reinstall|configure|reconfigure|build|rebuild|compile|test|benchmark|profile|load|unload|reload|upload|download|copy|clone|rename|rewrite|edit|commit|push|pull|merge|publish|ship|seed|populate|migrate|convert|format|partition|mount|unmount|write|post|send|forward|schedule|book|buy|file|raise|escalate|assign|transfer|validate|verify|debug|fix|repair|heal|clean|tidy|drop|truncate|trim|shrink|expand|throttle|limit|cap|block|unblock|allow|ban|whitelist|blacklist|redirect|reroute|route|shift|balance|rebalance|elect|promote|demote|pin|unpin|lock|unlock|freeze|unfreeze|rename|relabel|reset|restore|recover|evacuate|announce|broadcast|activate|deactivate|register|deregister|subscribe|unsubscribe|sign|seal|hash|quarantine|isolate|kick|wake|hand|bring|fetch|swap|replace)$/;
const joining =
  /^(?:and|then|and then|but|or|so|also|plus|too|first|next|after|afterwards|after that|after this|before|before that|furthermore|finally|lastly|please|pls|plz|kindly)$/;
const particle = /^(?:over|up|out|off|down|back|to|in|on)$/;
/** Not "tell me when it is up": who orders is told anyway. */
const whom =
  /^(?:him|her|them|it|everyone|everybody|people|that|this|those|these|qa|noc|hr|support|security|finance|marketing|sales|legal)$/;
/** A verb that is said of the words before it makes them no order: "mail relay is back". */
const isSaidOf = (cell: Cell): boolean =>
  isWord(cell, 'be', 'have') ||
  /^(?:was|were|had|did|does|do|can|could|will|would|should|must|may|went|came|got|goes|gets|says?|said|looks?|seems?|needs?|wants?|runs?|ran|failed|fails|broke|hangs?|died|keeps?)$/.test(
    cell.low,
  );

/** The order of a clause that nobody here carries out, if it is one. */
export function foreignDeedIn(clause: readonly Cell[]): Cell | undefined {
  const at = clause.findIndex((cell) => !(joining.test(cell.low) || isWord(cell, 'filler', 'afterwards')));
  // "i need to patch a, so drain it": what the speaker does.
  if (clause.slice(0, Math.max(0, at)).some(({ low }) => /^(?:i|we)\b|\bto$/.test(low))) return undefined;
  const cell = clause[at];
  const next = clause[at + 1];
  if (!cell || !next || cell.quoted || isBase(cell) || senseOf(cell, 'name')) return undefined;
  const isCall = cell.low === 'call' && firstName.test(next.low);
  if (!isCall && !deeds.test(cell.low)) return undefined;
  const isObject = (one: Cell | undefined): boolean =>
    one !== undefined &&
    (isWord(one, 'det', 'possessive', 'pronoun', 'demonstrative', 'all', 'any', 'both', 'their') ||
      whom.test(one.low) ||
      firstName.test(one.low) ||
      /^[a-z]+-\d+$/.test(one.low) ||
      senseOf(one, 'name')?.exact === true);
  const after = clause.slice(at + 1, at + 4).find(({ low }) => !particle.test(low));
  const isOrdered = isObject(after);
  return isOrdered && !clause.slice(at + 1, at + 6).some(isSaidOf) ? cell : undefined;
}

/** "stop a and then archive b": two orders in one clause. */
function cutAtJoins(clause: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const cell of clause) {
    if (!cell.quoted && /^(?:and |, )?then$|^and$|^afterwards$/.test(cell.low)) parts.push([]);
    else parts.at(-1)!.push(cell);
  }
  return parts;
}

/** Aims, which other deeds bring about. */
const aims =
  /^(?:fix|repair|heal|recover|freeze|isolate|quarantine|lock|limit|cap|throttle|clean|tidy|balance|rebalance|shift|unblock|block|tune|renew)$/;

/** "freeze the evidence", "fix the logins": before a colon, what the steps behind it are for; it is about no thing. */
export const isAim = (clause: readonly Cell[]): boolean =>
  aims.test(clause.find((cell) => !isWord(cell, 'filler'))?.low ?? '') &&
  !clause.some(
    (cell) =>
      cell.quoted ||
      isWord(cell, 'all', 'any', 'both', 'except', 'not', 'if', 'afterwards', 'pronoun') ||
      cell.senses.some(({ t }) => /^(?:name|kind|env|region|value|glob)$/.test(t)),
  );

/** An aim that stands first, with an order behind its colon. */
function isHeading(clause: readonly Cell[], cells: readonly Cell[]): boolean {
  const end = cells.indexOf(clause.at(-1)!) + 1;
  const [mark, next] = [cells[end], cells[end + 1]];
  return (
    isAim(clause) &&
    cells.slice(0, cells.indexOf(clause[0]!)).every((cell) => isWord(cell, 'filler', 'comma', 'stop')) &&
    mark !== undefined &&
    isWord(mark, 'colon') &&
    next !== undefined &&
    (isBase(next) || isWord(next, 'filler'))
  );
}

/** What is ordered beside the steps and is none of them. */
export function foreignDeed(
  { steps }: PlanReading | QueryReading,
  cells: readonly Cell[],
): Doubt | undefined {
  const verbs = steps.flatMap(({ evidence }) => evidence.filter(({ part }) => part !== 'target'));
  const isReadIn = (clause: readonly Cell[]): boolean =>
    verbs.some(({ start, end }) => start < clause.at(-1)!.end && clause[0]!.start < end);
  for (const clause of clausesOf(cells).flatMap(cutAtJoins)) {
    // "forward the anomalies of today": the only order there is was read.
    if (verbs.length > 0 && foreignDeedIn(clause) && !isReadIn(clause) && !isHeading(clause, cells))
      return {
        about: 'op',
        question: `What is to be done by "${clause.map(({ text }) => text).join(' ')}"? It is no step of this plan.`,
      };
  }
  return undefined;
}

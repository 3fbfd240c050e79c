// What an order is about, said before it with a colon: "unattached volumes under 50 GB: delete", "a: stop, b: reboot". The
// verb is put in front of its own thing. Called while clauses are cut.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

/** "unattached volumes under 50 GB: delete" is "delete unattached volumes under 50 GB". */
export function withTopic(given: readonly Cell[]): readonly Cell[] {
  const cells = withTimeBehind(withDoerNamed(given));
  const isColon = (cell: Cell | undefined): boolean => isWord(cell, 'colon') && cell?.quoted === false;
  if (cells.filter(isColon).length < 2) return topicOf(cells);
  const items = partsAt(cells, (cell) => isWord(cell, 'comma', 'stop') && !cell.quoted);
  // "a: stop, b: reboot": each has its own.
  const isOwn = items.length > 1 && items.every((item) => item.filter(isColon).length === 1);
  return isOwn ? items.flatMap(topicOf) : topicOf(cells);
}

/** "alice, last 24 hours: what did she change": what did alice change in that time. */
function withDoerNamed(cells: readonly Cell[]): readonly Cell[] {
  const who = cells.findIndex((cell) => !isWord(cell, 'filler'));
  const doer = cells[who];
  const isPerson =
    doer && !doer.quoted && /^[a-z]+$/.test(doer.low) && doer.senses.every(({ t }) => t === 'part');
  const he = cells.findIndex(
    (cell, at) =>
      at > who + 1 &&
      /^(he|she|they)$/.test(cell.low) &&
      /(^| )(did|has|have|was|had)$/.test(cells[at - 1]!.low),
  );
  if (!isPerson || he < 0) return cells;
  const mark = cells.findLastIndex(
    (cell, at) => at < he && isWord(cell, 'comma', 'colon', 'dash') && !cell.quoted,
  );
  const lead = cells.slice(who + 1, Math.max(who + 1, mark));
  const isMark = (cell: Cell): boolean => isWord(cell, 'filler', 'comma', 'colon', 'prep');
  if (mark < 0 || !lead.every((cell) => senseOf(cell, 'time') ?? isMark(cell))) return cells;
  const time = lead.filter((cell) => senseOf(cell, 'time'));
  const named = { ...doer, senses: [] };
  const end = cells.findIndex((cell, at) => at > he && isWord(cell, 'stop') && !cell.quoted);
  const asked = cells.slice(mark + 1, end < 0 ? undefined : end);
  return [
    ...asked.map((cell, at) => (at === he - mark - 1 ? named : cell)),
    ...time,
    ...(end < 0 ? [] : cells.slice(end)),
  ];
}

const asks = [
  'what',
  'who',
  'howMany',
  'ask',
  'listCue',
  'showCue',
  'be',
  'do',
  'have',
  'changed',
  'any',
] as const;

/** "yesterday: who deleted vms", "last week, which vms were rebooted?": the time belongs to the question behind it. */
function withTimeBehind(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findIndex((cell) => isWord(cell, 'comma', 'colon', 'dash') && !cell.quoted);
  const lead = cells.slice(0, Math.max(0, mark));
  const isWhen = (cell: Cell): boolean => senseOf(cell, 'time') !== undefined && !cell.quoted;
  const isLed = lead.some(isWhen) && lead.every((cell) => isWhen(cell) || isWord(cell, 'filler', 'prep'));
  const end = cells.findIndex((cell, at) => at > mark && isWord(cell, 'stop') && !cell.quoted);
  const asked = cells.slice(mark + 1, end < 0 ? undefined : end);
  if (!isLed || !isWord(asked[0], ...asks) || asked.length < 2 || asked.some(isWhen)) return cells;
  return [...asked, ...lead.filter((cell) => !isWord(cell, 'filler')), ...(end < 0 ? [] : cells.slice(end))];
}

/** The cells cut behind each mark. */
function partsAt(cells: readonly Cell[], isMark: (cell: Cell) => boolean): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const cell of cells) {
    parts.at(-1)!.push(cell);
    if (isMark(cell)) parts.push([]);
  }
  return parts.filter((part) => part.some((cell) => !isMark(cell)));
}

function topicOf(cells: readonly Cell[]): readonly Cell[] {
  const colon = cells.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted && !senseOf(cell, 'name'));
  const topic = cells.slice(0, Math.max(0, colon));
  const isThing = (cell: Cell): boolean =>
    ['name', 'kind', 'part', 'prefix', 'glob'].some((sort) => cell.senses.some((sense) => sense.t === sort));
  const isOpen = (cell: Cell): boolean => senseOf(cell, 'verb')?.form === 'base' && !isThing(cell);
  if (!topic.some(isThing) || topic.some(isOpen) || topic.some((cell) => isWord(cell, 'stop', 'what', 'why')))
    return cells;
  let at = colon + 1;
  while (isWord(cells[at], 'filler') && !senseOf(cells[at], 'verb')) at++;
  const verb = cells[at];
  if (senseOf(verb, 'verb')?.form !== 'base' || verb!.quoted) return cells;
  const next = cells[at + 1];
  const isPronoun = isWord(next, 'pronoun');
  // "poc-kafka is not used anymore: stop it": a statement of its own.
  if (isPronoun && topic.some((cell) => isWord(cell, 'be', 'have') && !cell.quoted))
    return cells.map((cell, index) =>
      index === colon ? { ...cell, low: '.', senses: [{ t: 'word', word: 'stop' }] } : cell,
    );
  const rest = cells.slice(isPronoun ? at + 2 : at + 1);
  const end = rest.findIndex((cell) => isWord(cell, 'stop', 'comma', 'and', 'afterwards'));
  const object = end < 0 ? rest : rest.slice(0, end);
  const behind = object.findIndex((cell) => isWord(cell, 'prep'));
  const direct = behind < 0 ? object : object.slice(0, behind);
  // A set behind a preposition is what the command is about: "put the tag on every volume".
  const isOwn = object.some(
    (cell) => isWord(cell, 'all') || (senseOf(cell, 'kind')?.plural === true && !isWord(cell, 'replicas')),
  );
  if (isOwn || direct.some(isThing)) return cells;
  // "vms with team=data: tag cleanup=yes": the pair behind the mark is to be set, the other says which.
  if (!isTags(topic.at(-1)) || !isTags(rest[0])) return [verb!, ...topic, ...rest];
  let last = 1;
  while (isTags(rest[last]) || (isWord(rest[last], 'and', 'comma') && isTags(rest[last + 1]))) last++;
  const of = isWord(topic[0], 'prep') ? topic.slice(1) : topic;
  return [verb!, ...rest.slice(0, last), plain(verb!, 'on', word('prep')), ...of, ...rest.slice(last)];
}

const isTags = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && senseOf(cell, 'value')?.value.k === 'tags';

// Replies that lean on the turn before for a word of theirs: "undo that one" of an action that was shown, "call it off",
// "make it 90" of a silence that was in minutes, "its deployment" where the deployment itself was spoken of. The word is
// put in; what is not one single thing of the turn before stays as it is. Called before a reply is read.

import type { ReadRequest } from '../contract.ts';
import type { Tools } from '../filling/readClause.ts';
import { isFlavor } from '../freeOrder/chunks.ts';
import { type Cell, cellsOf, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { tokenise } from '../words/tokens.ts';
import { namesOf } from './listed.ts';

/** The cells with what only the turn before says. */
export function withSpokenTurns(given: readonly Cell[], request: ReadRequest, tools: Tools): readonly Cell[] {
  const cells = withSameFigure(
    withOtherFigure(withWhichOfThem(withoutLooks(withoutLeadingAnd(given)))),
    request,
    tools,
  );
  const refs = request.context?.turns?.findLast((turn) => (turn.refs?.length ?? 0) > 0)?.refs ?? [];
  const [thing] = refs.length === 1 ? refs.flatMap((id) => tools.inventory.get(id) ?? []) : [];
  if (!thing) return cells;
  const own = cells.findIndex(
    (cell, at) =>
      isWord(cell, 'their') &&
      cell.low === 'its' &&
      senseOf(cells[at + 1], 'kind')?.kinds.includes(thing.kind) === true &&
      !senseOf(cells[at + 1], 'kind')!.plural,
  );
  if (own >= 0 && !cells.some((cell) => senseOf(cell, 'name')))
    return [...cells.slice(0, own), ...namesOf([thing], [cells[own]!]), ...cells.slice(own + 2)];
  // "when will the disk be full?" behind a machine: its own.
  const disk = cells.findIndex(
    (cell, at) => senseOf(cell, 'metric') && senseOf(cell, 'kind') && cells[at - 1]?.low === 'the',
  );
  const isFilling = cells.some((cell) => !cell.quoted && isWord(cell, 'runOut', 'when'));
  const isNamed = cells.some((cell) => senseOf(cell, 'name') && !isWord(cell, 'filler', 'prep'));
  if (disk > 0 && isFilling && !isNamed && thing.kind !== 'volume')
    return cells.map((cell, at) => (at === disk - 1 ? plain(cell, 'its', word('their')) : cell));
  const counted = cells.findIndex(
    (cell, at) => cell.low === 'requests' && (at === 0 || cells[at - 1]?.low === 'its'),
  );
  if (
    counted >= 0 &&
    senseOf(cells[counted], 'metric') &&
    /^(load-balancer|deployment|service)$/.test(thing.kind)
  )
    return cells.map((cell, at) =>
      at === counted ? { ...cell, senses: cell.senses.filter(({ t }) => t === 'metric') } : cell,
    );
  if (thing.kind === 'alert') return withUnit(cells, request, tools);
  return thing.kind === 'action' ? withDeed(cells, (at) => namesOf([thing], [at])) : cells;
}

/** "which of those are free", "which ones are not running": only those of them. */
function withWhichOfThem(cells: readonly Cell[]): readonly Cell[] {
  const said = cells.filter((cell) => cell.quoted || !/^[?.]$|^(and|currently|now)$/.test(cell.low));
  const status = said.at(-1);
  const isNot = isWord(said.at(-2), 'not') && said.at(-2)!.low === 'not';
  const asked = lowOf(said.slice(0, isNot ? -2 : -1));
  const isState = status && !status.quoted && senseOf(status, 'status') !== undefined;
  const metric = senseOf(status, 'metric');
  // "which one uses more cpu": of both.
  if (metric && !status!.quoted && using.test(lowOf(said.slice(0, -1)))) {
    const them = plain(cells[0]!, 'all of them', word('pronoun'));
    return [{ ...status!, senses: [metric] }, plain(cells[0]!, 'of', word('of')), them];
  }
  const isPlaced =
    (senseOf(status, 'env') ?? senseOf(status, 'region')) !== undefined && isWord(said.at(-2), 'prep');
  if (isPlaced && whose.test(lowOf(said.slice(0, -2)))) {
    const at = cells[0]!;
    return [
      plain(at, 'only', word('only')),
      plain(at, 'the', word('det')),
      plain(at, 'ones', word('one')),
      ...said.slice(-2),
    ];
  }
  if (!isState || !whose.test(asked)) return cells;
  const [lead] = cells;
  const state: Cell = { ...status, senses: status.senses.filter(({ t }) => t === 'status') };
  const only = plain(lead!, 'only', word('only'));
  return isNot
    ? [only, plain(lead!, 'those', word('pronoun'), word('demonstrative')), said.at(-2)!, state]
    : [only, plain(lead!, 'the', word('det')), state, plain(lead!, 'ones', word('one'))];
}

const figures: readonly (readonly [RegExp, (cell: Cell) => boolean])[] = [
  [/^(number|amount|count|replicas|replica count|scale)$/, (cell) => valueIn(cell) === 'number'],
  [/^(size|capacity)$/, (cell) => valueIn(cell) === 'size' || isFlavor(cell)],
  [/^(type|flavor|flavour|instance type|vm type|class)$/, isFlavor],
  [/^(image|version|tag|tags|label|labels)$/, (cell) => /^(image|tags)$/.test(valueIn(cell) ?? '')],
  [/^(port|ports)$/, (cell) => /^(port|number)$/.test(valueIn(cell) ?? '')],
];
const valueIn = (cell: Cell): string | undefined =>
  cell.quoted ? undefined : senseOf(cell, 'value')?.value.k;
const wordsMax = 60;

/** "same number for the prod one", behind an order with a number: the same for it. */
function withSameFigure(cells: readonly Cell[], request: ReadRequest, tools: Tools): readonly Cell[] {
  const same = cells.findIndex((cell) => !cell.quoted && /^(the )?same$/.test(cell.low));
  const noun = cells[same + 1];
  const isFirst = cells
    .slice(0, Math.max(0, same))
    .every((cell) => isWord(cell, 'det', 'filler', 'and') && !isBase(cell));
  const isFor = /^(for|on|to|with|in)$/.test(cells[same + 2]?.low ?? '');
  if (same < 0 || !isFirst || !noun || noun.quoted || !isFor) return cells;
  const text = request.context?.turns?.findLast((turn) => turn.role === 'user')?.text ?? '';
  const before = cellsOf(tokenise(text).slice(0, wordsMax), tools.lexicon, tools.inventory, tools.nowMs);
  const isSaid = figures.some(([said, isOne]) => said.test(noun.low) && before.some(isOne));
  return isSaid
    ? [...cells.slice(0, same), plain(cells[same]!, 'same for', word('same')), ...cells.slice(same + 3)]
    : cells;
}

const doing =
  /^(?:(?:is|are|should be|would be|will be|must be|ought to be) (?:more than |good |quite |totally )?(?:enough|plenty|sufficient|fine|ok|okay|good)|will do|would do|should do|suffices?|will suffice|would suffice|should suffice)$/;

/** "M.8 is enough", "hm no, 3 will do": that figure in the place of the one before. */
function withOtherFigure(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => isFlavor(cell) || /^(number|size)$/.test(valueIn(cell) ?? ''));
  const figure = cells[at];
  const said = cells.slice(at + 1).filter((cell) => !isMark(cell));
  const from = isWord(said[0], 'replicas') ? 1 : 0;
  const isLead = cells
    .slice(0, Math.max(0, at))
    .every((cell) => !cell.quoted && isWord(cell, 'filler', 'comma', 'correction') && !isBase(cell));
  if (!figure || !isLead || cells.some(({ low }) => low === '?') || !doing.test(lowOf(said.slice(from))))
    return cells;
  return [plain(cells[0]!, 'no', word('correction')), figure];
}

const whose = /^which( ones?)?( of)?( (them|those|these|the two))? (is|are|run|runs|live|lives|sit|sits)$/;
const using =
  /^which( ones?)?( of)?( (them|those|these|the two|both))? (is using|are using|uses?|has|have|eats?|takes?|needs?|burns?|consumes?) (the )?(more|most|higher|highest|less|least|lowest|biggest)$/;

const lowOf = (cells: readonly Cell[]): string =>
  cells.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ');
const isMark = (cell: Cell | undefined): boolean => cell?.quoted === false && isWord(cell, 'comma', 'stop');

/** "and? show me it", "and when will it be full": the question itself. */
function withoutLeadingAnd(cells: readonly Cell[]): readonly Cell[] {
  if (cells[0]?.low !== 'and' || cells[0].quoted) return cells;
  const next = isMark(cells[1]) ? 2 : 1;
  const isQuestion =
    next === 2
      ? isWord(cells[2], 'ask', 'what', 'when')
      : /^when (will|does|do)$/.test(lowOf(cells.slice(1, 2)));
  return isQuestion ? cells.slice(next) : cells;
}

/** "show me how it looks now": show it. */
function withoutLooks(cells: readonly Cell[]): readonly Cell[] {
  const how = cells.findIndex(
    (cell, at) => cell.low === 'how' && !cell.quoted && isWord(cells[at - 1], 'ask'),
  );
  const looks = cells.findIndex((cell, at) => at > how + 1 && cell.low === 'looks' && !cell.quoted);
  const isOver = cells
    .slice(looks + 1)
    .every((cell) => isWord(cell, 'current', 'filler', 'stop') || cell.low === 'like');
  if (how < 0 || looks < 0 || looks > how + 5 || !isOver) return cells;
  return [...cells.slice(0, how), ...cells.slice(how + 1, looks)];
}

const undoing =
  /^(?:please )?(?:undo|revert|reverse|take back) (?:it|that|this|that one|this one)(?: again)?(?: please)?$|^(?:please )?take (?:it|that) back(?: please)?$/;
const cancelling = /^(?:please )?call (?:it|that|this|that one|this one) off(?: please)?$/;

/** "that was me half asleep, call it off": the action is what is meant. */
function withDeed(cells: readonly Cell[], namesAt: (at: Cell) => readonly Cell[]): readonly Cell[] {
  const last = isWord(cells.at(-1), 'stop') ? cells.slice(0, -1) : cells;
  const mark = last.findLastIndex(isMark);
  const said = last.slice(mark + 1);
  const told = last.slice(0, Math.max(0, mark));
  const isOpen = told.some(
    (cell) =>
      cell.quoted || isBase(cell) || senseOf(cell, 'name') || isWord(cell, 'not', 'if', 'what', 'who'),
  );
  const [lead] = said;
  if (!lead || isOpen) return cells;
  const text = lowOf(said);
  const phrase = undoing.test(text) ? 'undo' : cancelling.test(text) ? 'cancel' : undefined;
  return phrase === undefined
    ? cells
    : [plain(lead, phrase, { t: 'verb', phrase, form: 'base' }), ...namesAt(lead)];
}

const silencing = /\b(silence|mute|snooze|quiet|hush)\b/i;
const unit = /\d\s*(m|h|d)(?:ins?|inutes?|rs?|ours?|ays?)?\b/i;
const units: Readonly<Record<string, string>> = { m: 'minutes', h: 'hours', d: 'days' };

/** "make it 90, this is going to take a while", after "silence it for 30 minutes": minutes. */
function withUnit(cells: readonly Cell[], request: ReadRequest, tools: Tools): readonly Cell[] {
  const before = request.context?.turns?.findLast((turn) => turn.role === 'user')?.text ?? '';
  const [lead, amount, mark, ...rest] = cells;
  const isMade = lead !== undefined && /^make (it|that)$/.test(lead.low) && !lead.quoted;
  const value = senseOf(amount, 'value')?.value;
  const isTime = value?.k === 'duration';
  if (!isMade || !amount || !(isTime || value?.k === 'number') || !silencing.test(before)) return cells;
  const isRemark =
    /^(this|it|that|they|we|i)\b/.test(rest[0]?.low ?? '') &&
    !rest.some(
      (cell) =>
        cell.quoted ||
        isMark(cell) ||
        ['name', 'value', 'time', 'env', 'region'].some((sort) => cell.senses.some(({ t }) => t === sort)) ||
        (isBase(cell) && !isWord(cell, 'light')),
    );
  const isAlone = mark === undefined || (isMark(mark) && (rest.length === 0 || isRemark));
  const said = units[unit.exec(before)?.[1]?.toLowerCase() ?? ''];
  if (!isAlone || (!isTime && said === undefined)) return cells;
  if (isTime) return [lead, amount];
  const [, time] = cellsOf(
    tokenise(`${lead.text} ${amount.text} ${said}`),
    tools.lexicon,
    tools.inventory,
    tools.nowMs,
  );
  return time ? [lead, { ...time, start: amount.start, end: amount.end }] : cells;
}

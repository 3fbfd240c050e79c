// How it is with the one who speaks and with the house, in words that look like deeds: "change freeze in effect", "just got
// on shift", "its name is somebody's idea of a joke", "nobody touches it on weekends: scale it to 0". None of it orders
// anything, and nothing that names or bounds is taken away. Called with the plain turns of a text, before steps are cut.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

/** The cells with such words as what they are. */
export function withSituations(cells: readonly Cell[]): readonly Cell[] {
  return [
    withFreeze,
    withShift,
    withNowAndThen,
    withoutSayings,
    withoutNameTalk,
    withoutConcern,
    withToldHeading,
  ].reduce((said, turn) => turn(said), cells);
}

const frozen = /^(change|changes|code|release|deploy|deployment|config|feature|holiday|company|global)$/;

/** "change freeze in effect": a freeze of the house, where no thing follows that could be frozen. */
function withFreeze(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) => index > 0 && !cell.quoted && cell.low === 'freeze' && frozen.test(cells[index - 1]!.low),
  );
  const next = cells[at + 1];
  const isThing = senseOf(next, 'name') ?? senseOf(next, 'kind') ?? (isWord(next, 'det', 'all') || undefined);
  if (at < 0 || cells[at - 1]!.quoted || isThing) return cells;
  return cells.map((cell, index) => (index === at || index === at - 1 ? { ...cell, senses: [] } : cell));
}

/** "just got on shift", "i'm on call": where the speaker is. */
function withShift(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    const isDuty = /^(shift|call|duty|leave|break|watch|standby|vacation|holiday)$/.test(cell.low);
    const before = cells[at - 1];
    const isOn = isDuty && !cell.quoted && before?.quoted === false && /^(on|off)$/.test(before.low);
    return isOn && !senseOf(cell, 'name') ? plain(cell, cell.low, word('filler')) : cell;
  });
}

const sayings =
  /^(and )?((i |we )?(will |ll |can )?(explain|tell you|show you|report) (later|soon|tomorrow|afterwards)|log (it|this|that)( (in|to|into|on) the [a-z]+)?|why not|how about (that|it|this)|when in doubt|who cares|so what|no time to [a-z]+|no (rush|hurry|worries|problem|comment|joke|kidding)|(which|that) (nobody|no one|noone|everybody|everyone) [a-z]+)$/;

/** "restart it, no time to explain", "…, which nobody uses", "… and log it in the ticket": mere sayings behind an order. */
function withoutSayings(cells: readonly Cell[]): readonly Cell[] {
  const said: Cell[] = [];
  let isOrdered = false;
  for (let at = 0; at < cells.length; ) {
    let end = at + 1;
    while (end < cells.length && !isJoint(cells[end]!)) end++;
    const part = cells.slice(at, end);
    const body = part.filter((cell) => !isWord(cell, 'comma', 'stop', 'colon'));
    const isPlain = body.every((cell) => !cell.quoted && !senseOf(cell, 'name'));
    const isSaying = isPlain && isOrdered && sayings.test(body.map(({ low }) => low).join(' '));
    const isAsked = cells[end]?.low === '?';
    if (!isSaying || isAsked) said.push(...part);
    isOrdered ||= body.some(isBase);
    at = end;
  }
  return said.length < cells.length ? said : cells;
}

const isJoint = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'colon', 'and');

/** "orders hang now and then.": sometimes, where nothing follows that could come then. */
function withNowAndThen(cells: readonly Cell[]): readonly Cell[] {
  const isThen = (at: number): boolean =>
    cells[at]?.low === 'and then' &&
    cells[at - 1]?.low === 'now' &&
    (cells[at + 1] === undefined || isWord(cells[at + 1], 'stop', 'comma'));
  return cells.map((cell, at) =>
    isThen(at) || isThen(at + 1) ? plain(cell, cell.low, word('filler')) : cell,
  );
}

/** "stop "odd name", its name is somebody's idea of a joke": what is told of a name, and no new one. */
function withoutNameTalk(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 &&
      !cell.quoted &&
      /^(its|the|that) name( is| was)?$/.test(cell.low) &&
      isWord(cells[index - 1], 'comma', 'stop', 'open'),
  );
  if (at < 0) return cells;
  const isNamed = cells
    .slice(0, at)
    .some((cell) => senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env'));
  const stop = cells.findIndex((cell, index) => index > at && isWord(cell, 'comma', 'stop', 'close'));
  const end = stop < 0 ? cells.length : stop;
  const told = cells.slice(at + 1, end);
  const isTold =
    told.length > 2 &&
    told.some((cell) => isWord(cell, 'possessive', 'det')) &&
    told.every(
      (cell) =>
        !cell.quoted &&
        !['name', 'kind', 'value', 'verb', 'env'].some((sort) => cell.senses.some(({ t }) => t === sort)),
    );
  return isNamed && isTold ? [...cells.slice(0, at - 1), ...cells.slice(end)] : cells;
}

/** "list the pods on a, I need to know who loses traffic when it goes down": what the list is wanted for. */
function withoutConcern(cells: readonly Cell[]): readonly Cell[] {
  const isLook = isWord(
    cells.find((cell) => !isWord(cell, 'filler') || isWord(cell, 'ask')),
    'ask',
    'showCue',
    'listCue',
  );
  const comma = cells.findIndex(
    (cell, at) =>
      at > 2 &&
      isWord(cell, 'comma') &&
      /^(i|we) (need|want|have|would like)( to (know|see|tell|understand))?$/.test(cells[at + 1]?.low ?? ''),
  );
  if (!isLook || comma < 0 || cells[comma]!.quoted) return cells;
  const tail = cells.slice(comma + 2);
  const asked = tail.findIndex((cell) => /^(who|what|which)\b/.test(cell.low));
  const fall = tail.findIndex((cell) => /^(when|if|once)( (it|they|that|we|i))?$/.test(cell.low));
  const isConcern = asked >= 0 && asked < 2 && fall > asked && !tail.some((cell) => senseOf(cell, 'name'));
  return isConcern ? cells.slice(0, comma) : cells;
}

/** "nobody touches it on weekends: scale it to 0": a statement before a colon is told, and heads no row. */
function withToldHeading(cells: readonly Cell[]): readonly Cell[] {
  const colon = cells.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted);
  const isPerson = /^(nobody|no one|noone|none of us|everybody|everyone|people|users|they|we)$/.test(
    cells[0]?.low ?? '',
  );
  const points = cells.slice(colon + 1).some(({ low, quoted }) => !quoted && /^(it|them)$/.test(low));
  const isOrder = colon > 2 && isPerson && !cells[0]!.quoted && isBase(cells[colon + 1]) && points;
  return isOrder ? cells.map((cell, at) => (at === colon ? plain(cell, ',', word('comma')) : cell)) : cells;
}

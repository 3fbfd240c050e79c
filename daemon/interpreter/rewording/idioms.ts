// Turns of speech that stand for plain orders: "a restart would help", "once it is down", "take A and give it to B",
// "web needs more room. five replicas.", numbered items under a heading. Each gives the same words in the order a plain
// command has; none adds a thing, a place or a figure, and a heading that denies or restricts is never taken off.
// Called by `reword`, before wishes and passives are turned.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** The cells with every turn of speech said plainly. */
export function withIdioms(cells: readonly Cell[]): readonly Cell[] {
  const turns = [
    withItems,
    withNoOthers,
    withBeforehand,
    withWaits,
    withStates,
    withHelp,
    withTerse,
    withTaking,
    withSearched,
    withLoneAmount,
  ];
  return turns.reduce((said, turn) => turn(said), cells);
}

/** "restart web-1 on vmware, not the other ones with that name": says again what was said. */
function withNoOthers(cells: readonly Cell[]): readonly Cell[] {
  const comma = cells.findLastIndex((cell) => isWord(cell, 'comma') && !cell.quoted);
  const said = lows(cells, comma + 1, cells.length);
  const isAgain =
    comma > 0 &&
    /^(and )?(nothing|no one|none|no other) (else|more|others?|ones?)( please)?( \.)?$|^not (the |any )?(others?|rest|anything else)( ones?)?( (with|of|by) (that|this|the same) name| called (that|this|the same))?( \.)?$/.test(
      said,
    );
  return isAgain ? cells.slice(0, comma) : cells;
}

/** "before you reboot db-1 take a snapshot of it": where the comma would stand. */
function withBeforehand(cells: readonly Cell[]): readonly Cell[] {
  const before = cells.findIndex((cell) => !isWord(cell, 'filler'));
  const lead = cells[before];
  const deed = senseOf(cells[before + 1], 'verb');
  if (!lead || lead.quoted || !isWord(lead, 'before', 'after') || !/^(base|ing)$/.test(deed?.form ?? ''))
    return cells;
  const next = cells.findIndex(
    (cell, at) =>
      at > before + 2 &&
      isBase(cell) &&
      (!isThing(cell) || (!senseOf(cell, 'name') && isWord(cells[at + 1], 'pronoun'))),
  );
  const between = cells.slice(before + 2, Math.max(0, next));
  if (next < 0 || !isThing(cells[next - 1])) return cells;
  if (cells[before + 1]!.quoted || destroying.has(deed!.phrase)) return cells;
  if (between.some((cell) => isWord(cell, 'comma', 'and', 'stop', 'before', 'after', 'not', 'if')))
    return cells;
  return [...cells.slice(0, next), plain(cells[next]!, ',', word('comma')), ...cells.slice(next)];
}

/** "grep the api logs for timeout": the lines of its logs that hold it. */
function withSearched(cells: readonly Cell[]): readonly Cell[] {
  const search = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma'));
  const verb = cells[search];
  if (!verb || verb.quoted) return cells;
  const lines = withLinesFirst(cells, search);
  if (lines) return lines;
  if (!/^(grep|search|scan|look through|go through)$/.test(verb.low)) return cells;
  const logs = cells.findIndex(
    (cell, at) => at > search && !cell.quoted && /^(logs?|log lines|log files?)$/.test(cell.low),
  );
  const sought = cells.findIndex((cell, at) => at > logs && !cell.quoted && /^(for|after)$/.test(cell.low));
  if (logs < 0 || sought < 0) return cells;
  return cells.flatMap((cell, at) => {
    if (at === search) return [];
    return at === sought ? [plain(cell, 'containing', word('grep'))] : [cell];
  });
}

/** "grep timeout in the last 50 lines of a", "grep a for timeout in its last 50 lines": those lines that hold it. */
function withLinesFirst(cells: readonly Cell[], search: number): readonly Cell[] | undefined {
  const last = cells.findIndex((cell, at) => at > search + 1 && isWord(cell, 'last') && !cell.quoted);
  const isCounted = senseOf(cells[last + 1], 'value')?.value.k === 'number';
  if (!/^(grep|search|look|scan|grep for|search for|look for)$/.test(cells[search]!.low)) return undefined;
  if (last < 0 || !isCounted || !isWord(cells[last + 2], 'logCue')) return undefined;
  const lead = /^(in|from|within|the|its|their|for)$/;
  const said = cells.slice(search + 1, last).filter((cell) => cell.quoted || !lead.test(cell.low));
  const sought = said.at(-1);
  const rest = cells.slice(last + 3);
  const isOf = isWord(rest[0], 'of') || /^(in|from|for)$/.test(rest[0]?.low ?? '');
  const named = said.length === 2 && senseOf(said[0], 'name')?.exact ? said[0]! : undefined;
  const isJoined = rest.some((cell) => isWord(cell, 'comma', 'and', 'afterwards') && !cell.quoted);
  if (
    !sought ||
    isJoined ||
    (isOf ? said.length !== 1 : !named || rest.some((cell) => !isWord(cell, 'stop', 'filler')))
  )
    return undefined;
  const end = isWord(rest.at(-1), 'stop') ? -1 : undefined;
  const of = named ? [plain(sought, 'of', word('of')), named] : rest.slice(0, end);
  const holding = plain(sought, 'containing', word('grep'));
  return [...cells.slice(0, search), ...cells.slice(last, last + 3), ...of, holding, sought];
}

const lows = (cells: readonly Cell[], from: number, to: number): string =>
  cells
    .slice(from, to)
    .map((cell) => (cell.quoted ? '"' : cell.low))
    .join(' ');

const headingMax = 8;

/** "two things: 1. ack x 2. start y": items under a heading that says nothing itself. */
function withItems(cells: readonly Cell[]): readonly Cell[] {
  const starts: number[] = [];
  for (let at = 0; at < cells.length - 2; at++) {
    const value = senseOf(cells[at]!, 'value')?.value;
    const isItem =
      value?.k === 'number' &&
      value.n === starts.length + 1 &&
      /^\d+$/.test(cells[at]!.low) &&
      isWord(cells[at + 1], 'stop', 'close', 'colon') &&
      (isBase(cells[at + 2]) ||
        (starts.length > 0 && isWord(cells[at + 2], 'afterwards')) ||
        isTerse(cells, at + 2));
    if (isItem) starts.push(at);
  }
  if (starts.length < 2) return cells;
  const heading = cells.slice(0, starts[0]);
  // "Maintenance esx-01. Steps: …": a name is no bound where each item has its own.
  const isOwn =
    !heading.some((cell) => isWord(cell, 'prep', 'of') || cell.low === 'only') &&
    starts.every((start, index) =>
      cells.slice(start, starts[index + 1]).some((cell) => senseOf(cell, 'name')?.exact),
    );
  const isBare =
    heading.length <= headingMax + 4 &&
    !heading.some(
      (cell) =>
        cell.quoted ||
        /^(nothing|nobody|none|neither|later|tomorrow)$/.test(cell.low) ||
        (senseOf(cell, 'name') && !isOwn) ||
        isWord(cell, 'not', 'if', 'except', 'instead', 'before', 'after'),
    );
  if (!isBare || (heading.length > 0 && !isWord(heading.at(-1), 'colon', 'stop', 'open'))) return cells;
  return starts.flatMap((start, index) => {
    const mark = plain(cells[start]!, 'then', word('afterwards'));
    const end = starts[index + 1] ?? cells.length;
    const body = cells
      .slice(start + 2, end)
      .filter((cell, at, all) => at < all.length - 1 || !isWord(cell, 'open'));
    return index > 0 ? [mark, ...body] : body;
  });
}

/** "payments-api -> image b:1", "snapshot of web-1": an item that orders without a verb of its own. */
function isTerse(cells: readonly Cell[], at: number): boolean {
  const isArrow = senseOf(cells[at], 'name')?.exact === true && isWord(cells[at + 1], 'arrow');
  return isArrow || (senseOf(cells[at], 'verb') !== undefined && isWord(cells[at + 1], 'of'));
}

const waiting =
  /^(once|when|after|as soon as|wait until|wait till|until|till) (it|that|this|they|he|she)( is| has| are| have| was)? (been )?(down|up|off|on|back|done|finished|stopped|started|running|ready|complete|completed|gone|over|through|available|there|free|detached|attached|out)$|^(once|when|after|as soon as) (you have|we have|i have|you are done with|done with) (it|that|this)( done| ready)?$|^(once|when|after|as soon as) (you are|we are|i am|everything is|all is) (done|finished|ready|through)$|^(once|when|after|as soon as) (it|that|this|they)( has| have)? (runs?|works?|responds?|answers?|boots?|comes? up|comes? back|comes? online|goes down|finish(es|ed)?|completes?|completed|stops?|starts?|is back up|settles|settled|returns)( up| back| again)?$/;

/** "once it is down …": then. */
function withWaits(cells: readonly Cell[]): readonly Cell[] {
  const said: Cell[] = [];
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const span = [5, 4, 3, 2].find(
      (length) =>
        !cell.quoted && at > 0 && at + length < cells.length && waiting.test(lows(cells, at, at + length)),
    );
    const next = span === undefined ? undefined : cells[at + span];
    const after = isWord(next, 'comma') ? cells[at + span! + 1] : next;
    // "…, wait, then …"
    const isPause =
      cell.low === 'wait' &&
      !cell.quoted &&
      isWord(cells[at - 1], 'comma', 'stop', 'and') &&
      isWord(cells[isWord(cells[at + 1], 'comma', 'and') ? at + 2 : at + 1], 'afterwards');
    if (isPause) {
      while (isWord(said.at(-1), 'comma', 'and')) said.pop();
      if (isWord(cells[at + 1], 'comma', 'and')) at++;
    } else if (span !== undefined && (isBase(after) || isBase(cells[at + span + 2]))) {
      said.push(plain(cell, 'then', word('afterwards')));
      at += span - 1 + (isWord(next, 'comma') ? 1 : 0);
    } else said.push(cell);
  }
  return said;
}

/** "make web-1 running again": start it. */
function withStates(cells: readonly Cell[]): readonly Cell[] {
  const make = cells.findIndex((cell) => isBase(cell) && /^(make|get|bring|put)$/.test(cell.low));
  const state = cells.findIndex(
    (cell, at) => at > make && /^(running|stopped)$/.test(cell.low) && !cell.quoted,
  );
  const object = cells.slice(make + 1, Math.max(make + 1, state));
  // A thing that is not there is asked about; it is never made.
  const isNamed = (cell: Cell): boolean =>
    senseOf(cell, 'name') !== undefined || /^[a-z][\w.-]*[_-]\w+$/.test(cell.low);
  const isPlain =
    make >= 0 &&
    object.some(isNamed) &&
    object.every((cell) => isThing(cell) || isNamed(cell) || isWord(cell, 'det', 'prep', 'and', 'comma'));
  const isEnd =
    cells[state + 1] === undefined || isWord(cells[state + 1], 'again', 'stop', 'filler', 'comma', 'and');
  if (!isPlain || !isEnd) return cells;
  const phrase = cells[state]!.low === 'running' ? 'start' : 'stop';
  const verb = plain(cells[make]!, phrase, { t: 'verb', phrase, form: 'base' });
  return [...cells.slice(0, make), verb, ...object, ...cells.slice(state + 1)];
}

const helping =
  /^(would|should|might|will|could|is|seems)( probably| surely)? (help|do|be nice|be good|be great|be appreciated|needed|required|due|necessary|in order)( please| now)?$/;

/** "…, a restart would help": restart it. */
function withHelp(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) => isWord(cell, 'det') && /^an?$/.test(cell.low) && isBase(cells[index + 1]),
  );
  const mark = cells[at - 1];
  if (at < 2 || !isWord(mark, 'comma', 'stop', 'colon', 'and')) return cells;
  let end = at + 2;
  while (end < cells.length && !isWord(cells[end], 'comma', 'stop')) end++;
  if (!helping.test(lows(cells, at + 2, end)) || !cells.slice(0, at).some((cell) => senseOf(cell, 'name')))
    return cells;
  const it = plain(cells[at]!, 'it', word('pronoun'));
  return [...cells.slice(0, at), cells[at + 1]!, it, ...cells.slice(end)];
}

/** "ledger -> registry/ledger:2, then show its logs": an order without its verb, before another. */
function withTerse(cells: readonly Cell[]): readonly Cell[] {
  const name = cells.findIndex((cell) => !isWord(cell, 'filler'));
  const thing = cells[name];
  if (!thing || thing.quoted || !senseOf(thing, 'name')?.exact) return cells;
  // "web in staging to three", "a -> image b:1"
  const isPlaced =
    isWord(cells[name + 1], 'prep') && /^in$/.test(cells[name + 1]!.low) && senseOf(cells[name + 2], 'env');
  const head = isPlaced ? name + 2 : name;
  const hasTo = isWord(cells[head + 1], 'arrow') || cells[head + 1]?.low === 'to';
  const isImageSaid = hasTo && isWord(cells[head + 2], 'imageWord');
  const value = cells[head + (hasTo ? 2 : 1) + (isImageSaid ? 1 : 0)];
  const kind = value && !value.quoted ? senseOf(value, 'value')?.value.k : undefined;
  const isAmount = kind === 'times' || (hasTo && kind === 'number');
  if (!isAmount && !(hasTo && kind === 'image')) return cells;
  const rest = cells.slice(cells.indexOf(value!) + 1);
  const next = rest[isWord(rest[0], 'replicas') ? 1 : 0];
  const goesOn =
    isWord(next, 'comma', 'and', 'afterwards', 'stop') &&
    rest.some((cell) => isBase(cell) || isWord(cell, 'showCue', 'listCue', 'logCue'));
  if (!goesOn) return cells;
  const phrase = kind === 'image' ? 'set' : 'scale';
  return [
    ...cells.slice(0, name),
    plain(thing, phrase, { t: 'verb', phrase, form: 'base' }),
    ...cells.slice(name),
  ];
}

/** "take the disk and attach it to b": attach the disk to b. */
function withTaking(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && /^(take|grab|pick)$/.test(cell.low));
  const and = cells.findIndex((cell, index) => index > at && isWord(cell, 'and') && !cell.quoted);
  const object = cells.slice(at + 1, Math.max(at + 1, and));
  const isPlain =
    at >= 0 &&
    cells.slice(0, at).every((cell) => isWord(cell, 'filler', 'comma')) &&
    object.length > 0 &&
    object.every((cell) => isWord(cell, 'det') || (senseOf(cell, 'name') ?? senseOf(cell, 'kind')));
  const isGiven = isBase(cells[and + 1]) && /^(it|them)$/.test(cells[and + 2]?.low ?? '');
  return isPlain && isGiven
    ? [...cells.slice(0, at), cells[and + 1]!, ...object, ...cells.slice(and + 3)]
    : cells;
}

/** "web needs more room. five replicas." */
function withLoneAmount(cells: readonly Cell[]): readonly Cell[] {
  const stop = cells.findIndex((cell) => isWord(cell, 'stop') && !cell.quoted);
  const first = cells.slice(0, Math.max(0, stop));
  const rest = cells.slice(stop + 1).filter((cell) => !isWord(cell, 'stop', 'filler', 'comma'));
  const value = rest[0] && senseOf(rest[0], 'value')?.value;
  const isReplicas = value?.k === 'number' && rest.length === 2 && isWord(rest[1], 'replicas');
  const isSize = value?.k === 'size' && rest.length === 1;
  const asks = first.some(
    (cell) => isBase(cell) || isWord(cell, 'what', 'why', 'who', 'howMany', 'ask', 'not', 'if'),
  );
  const named = first.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  if (!(isReplicas || isSize) || asks || named.length !== 1 || !first.some((cell) => isWord(cell, 'need')))
    return cells;
  const need = first.findIndex((cell) => isWord(cell, 'need'));
  if (first.indexOf(named[0]!) > need) return cells;
  const phrase = isSize ? 'resize' : 'scale';
  const verb = plain(rest[0]!, phrase, { t: 'verb', phrase, form: 'base' });
  return [verb, ...first.slice(0, need), plain(rest[0]!, 'to', word('prep')), ...rest];
}

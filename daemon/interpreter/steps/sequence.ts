// Several orders in one breath: marks that stand for "then" ("stop a -> resize it"), a word of order behind what it is
// said of ("a first and b after that"), and what a later step leaves out of its words ("and b too", "then started again").
// Only the order and the verb that were said are made plain; no thing is added. Called by `reword` before anything else.

import { withSharedParts } from '../rewording/sharedParts.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { withElsewhere } from './elsewhere.ts';
import { isJoin, isOrder, withMade } from './madeTogether.ts';
import { withGoesTo, withNextAmount } from './nextAmount.ts';
import { withNominalSteps } from './nominalSteps.ts';

/** The cells with the order of the steps, and the verb of each, where a plain command has them. */
export function withSequence(cells: readonly Cell[]): readonly Cell[] {
  return [
    withNominalSteps,
    withItemMarks,
    withElsewhere,
    withSharedParts,
    withAlso,
    withParticiples,
    withWhen,
    withMarks,
    withSplitVerbs,
    withOrdinalThings,
    withDroppedTo,
    withSnapshotTaken,
    withLateOrder,
    withNextAmount,
    withGoesTo,
    withMade,
  ].reduce((said, turn) => turn(said), cells);
}

const again =
  /^(and )?((the )?same (thing )?(for|with|to|on|goes for)|do (it|that|the same) (for|with|to|on)|do the same|the same|ditto( for)?|likewise( for)?|same|repeat( that| it)? (for|with|on)|also|also for)$/;

/** "snapshot a and do the same for b", "attach a to c, b too": the order before, over another thing. */
function withAlso(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((_, at) => isOrder(cells, at));
  if (first < 0) return cells;
  for (let at = first + 2; at < cells.length - 1; at++) {
    if (!isJoin(cells[at]) && !isWord(cells[at], 'stop') && !again.test(cells[at]!.low)) continue;
    // "put that same ip on b": no deed done again; which one it is was not found, and stays unread.
    const isOfThing = cells[at]!.low === 'same' && senseOf(cells[at + 1], 'kind') !== undefined;
    if (isOfThing && /^(that|this|the|very|its)$/.test(cells[at - 1]!.low))
      return cells.map((cell, index) => (index === at ? { ...cell, senses: [] } : cell));
    let name = at;
    while (isJoin(cells[name]) || isWord(cells[name], 'stop')) name++;
    const from = name;
    let said = cells[at]!.low === 'and likewise' ? 'likewise' : '';
    while (
      name < Math.min(from + 4, cells.length) &&
      !cells[name]!.quoted &&
      again.test(`${said} ${cells[name]!.low}`.trim())
    )
      said = `${said} ${cells[name++]!.low}`.trim();
    // "do the same with"
    if (said !== '' && isWord(cells[name], 'prep') && /^(for|with|to|on)$/.test(cells[name]!.low)) name++;
    let end = name;
    while (end < cells.length && !isJoin(cells[end]) && !isWord(cells[end], 'stop')) end++;
    const late = end > name + 1 && /^(too|as well|also|likewise)$/.test(cells[end - 1]!.low);
    const things = cells.slice(name, late ? end - 1 : end);
    const isOne =
      things.some((cell) => senseOf(cell, 'name')?.exact) &&
      things.every((cell) => !cell.quoted && (isThing(cell) || isWord(cell, 'det', 'prep')));
    if (!isOne || (said === '' && !late) || (said === 'also' && !late)) continue;
    // "stop a, b too": one list, where nothing else was said of a.
    const isList = said === '' && !cells.slice(first + 1, at).some((cell) => isWord(cell, 'prep'));
    const then = isList
      ? plain(cells[at]!, 'and', word('and'))
      : plain(cells[at]!, 'then', word('afterwards'), word('filler'));
    return [...cells.slice(0, at), then, ...things, ...cells.slice(end)];
  }
  return cells;
}

/** "a should be stopped, then snapshotted, and then started again": each is to be done with it. */
function withParticiples(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex((cell) => isWord(cell, 'need') && !cell.quoted);
  const lead = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || isThing(cell));
  const subject = cells.slice(Math.max(0, lead), Math.max(0, need));
  const isPast = (cell: Cell | undefined): boolean => !cell?.quoted && senseOf(cell, 'verb')?.form === 'ed';
  const isLoose = (at: number): boolean => {
    let before = at - 1;
    while (isWord(cells[before], 'filler') && !isJoin(cells[before])) before--;
    const next = cells[at + 1];
    const isFree = next === undefined || isJoin(next) || isWord(next, 'stop', 'again', 'prep', 'filler');
    return (
      at > need + 1 && isPast(cells[at]) && !senseOf(cells[at], 'name') && isJoin(cells[before]) && isFree
    );
  };
  const isPlain =
    subject.some((cell) => senseOf(cell, 'name')) &&
    subject.every((cell) => isThing(cell) || isWord(cell, 'det', 'prep', 'and', 'comma', 'both'));
  if (need < 1 || !isPlain || !isPast(cells[need + 1]) || !cells.some((_, at) => isLoose(at))) return cells;
  const done = (cell: Cell): Cell => {
    const { phrase } = senseOf(cell, 'verb')!;
    return plain(cell, phrase, { t: 'verb', phrase, form: 'base' });
  };
  const rest = cells.slice(need + 2).flatMap((cell, index) => {
    const them = subject.filter((one) => senseOf(one, 'name')).length > 1 ? 'them' : 'it';
    return isLoose(index + need + 2) ? [done(cell), plain(cell, them, word('pronoun'))] : [cell];
  });
  return [...cells.slice(0, lead), done(cells[need + 1]!), ...subject, ...rest];
}

/** "when a is up, tag it": a condition, no question about the time to come. */
function withWhen(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler') || cell.low === 'when');
  const isWhen = cells[first]?.low === 'when' && !cells[first]!.quoted && senseOf(cells[first + 1], 'name');
  const isState = isWhen && isWord(cells[first + 2], 'be') && senseOf(cells[first + 3], 'status');
  const goesOn = cells.some((_, at) => at > first + 3 && isOrder(cells, at));
  if (!isState || !goesOn) return cells;
  return cells.map((cell, at) => (at === first ? plain(cell, 'if', word('if')) : cell));
}

const ordinals = [
  /^(first|firstly|1st|first of all)$/,
  /^(second|secondly|2nd)$/,
  /^(third|thirdly|3rd)$/,
  /^(fourth|fourthly|4th)$/,
  /^(fifth|fifthly|5th)$/,
];

/** "a) stop a b) snapshot it", "step 1 stop a, step 2 …", "first ack a, second reboot b": items that stand in a row. */
function withItemMarks(cells: readonly Cell[]): readonly Cell[] {
  const spans: { readonly at: number; readonly length: number }[] = [];
  for (let at = 0; at < cells.length; at++) {
    const length = itemMark(cells, at, spans.length);
    const isAsked = isWord(cells[at + length], 'ask', 'listCue', 'showCue', 'logCue');
    if (length > 0 && (isAsked || isOrder(cells, at + length))) spans.push({ at, length });
  }
  if (spans.length < 2) return cells;
  const lead = cells.slice(0, spans[0]!.at);
  if (lead.some((cell) => cell.quoted || !isWord(cell, 'filler', 'comma'))) return cells;
  return cells.flatMap((cell, at) => {
    const span = spans.find((one) => at >= one.at && at < one.at + one.length);
    if (!span) return [cell];
    return at === span.at && span !== spans[0] ? [plain(cell, 'then', word('afterwards'))] : [];
  });
}

/** How many cells the mark of the next item takes; 0 where there is none. */
function itemMark(cells: readonly Cell[], at: number, before: number): number {
  const [cell, next, third] = cells.slice(at, at + 3);
  if (!cell || cell.quoted) return 0;
  const letter = String.fromCharCode('a'.charCodeAt(0) + before);
  if (cell.low === letter && isWord(next, 'close')) return 2;
  if (cell.low === `step ${before + 1}`) return isWord(next, 'colon', 'comma') ? 2 : 1;
  if (cell.low === 'step' && next?.low === String(before + 1)) return isWord(third, 'colon', 'comma') ? 3 : 2;
  const isOrdinal =
    ordinals[before]?.test(cell.low) === true &&
    (before === 0 || isWord(cells[at - 1], 'comma', 'stop', 'and'));
  return isOrdinal ? (isWord(next, 'colon', 'comma') ? 2 : 1) : 0;
}

/** "stop a -> resize it -> start it", "approve a + cancel b": a mark between two orders. */
function withMarks(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((_, at) => isOrder(cells, at));
  if (first < 0) return cells;
  return cells.flatMap((cell, at) => {
    if (at < first || cell.quoted || senseOf(cell, 'name')) return [cell];
    // "to 0 and then back up to 2"
    if (cell.low === 'back up' && cells[at + 1]?.low === 'to' && senseOf(cells[at + 2], 'value')) return [];
    // "to 5 and in staging to 2", "and in it a …"
    const isPlace = /^(it|that|there)$/.test(cells[at + 1]?.low ?? '') && !cells[at + 1]!.quoted;
    if (/^and (in|on)$/.test(cell.low) && (isPlace || senseOf(cells[at - 1], 'value')))
      return [plain(cell, 'and', word('and')), plain(cell, cell.low.slice(4), word('prep'))];
    if (/^(->|=>|→|>|\||--|\/|\/\/)$/.test(cell.low) && isOrder(cells, at + 1))
      return plain(cell, 'then', word('afterwards'));
    // "open 8443" is no state where a number follows.
    if (isBase(cell) && senseOf(cell, 'status') && senseOf(cells[at + 1], 'value'))
      return { ...cell, senses: cell.senses.filter(({ t }) => t === 'verb') };
    const isPlus = cell.low === '+' && !senseOf(cells[at + 1], 'value');
    return isPlus ? plain(cell, 'and', word('and')) : cell;
  });
}

const particles: Readonly<Record<string, RegExp>> = {
  power: /^(on|off|up|down)$/,
  turn: /^(on|off)$/,
  switch: /^(on|off)$/,
  spin: /^(up|down)$/,
  roll: /^back$/,
  tear: /^down$/,
  fire: /^up$/,
  wake: /^up$/,
};

/** "…, and power it back on": a verb in two parts, which is known by its second only. */
function withSplitVerbs(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 && !cell.quoted && Object.hasOwn(particles, cell.low) && isJoin(cells[index - 1]),
  );
  const lead = cells[at];
  if (!lead || (isBase(lead) && lead.low !== 'switch') || senseOf(lead, 'name')) return cells;
  let end = at + 1;
  while (end < at + 6 && !isJoin(cells[end]) && !particles[lead.low]!.test(cells[end]?.low ?? '')) end++;
  const particle = cells[end];
  if (!particle || isJoin(particle) || end < at + 2 || !particles[lead.low]!.test(particle.low)) return cells;
  const phrase = `${lead.low} ${particle.low}`;
  const object = cells.slice(at + 1, end).filter((cell) => cell.low !== 'back');
  return [
    ...cells.slice(0, at),
    plain(lead, phrase, { t: 'verb', phrase, form: 'base' }),
    ...object,
    ...withSplitVerbs(cells.slice(end + 1)),
  ];
}

/** "…, then reboot the first", "undo it": which of them, and a verb of its own. */
function withOrdinalThings(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((_, at) => isOrder(cells, at));
  return cells.flatMap((cell, at) => {
    if (at <= first || first < 0 || cell.quoted) return [cell];
    const next = cells[at + 1];
    const isLast = cells[at + 2] === undefined || isJoin(cells[at + 2]) || isWord(cells[at + 2], 'stop');
    if (
      cell.low === 'the' &&
      isBase(cells[at - 1]) &&
      isLast &&
      /^(first|second|third|last)$/.test(next?.low ?? '')
    )
      return [plain(cell, `the ${next!.low} one`, word('other'))];
    const isTaken = cells[at - 1]?.low === 'the' && isBase(cells[at - 2]) && isLastOrdinal(cells, at);
    if (isTaken) return [];
    if (!isWord(cell, 'undoCue') || !/^undo (it|that)$/.test(cell.low)) return [cell];
    return [
      plain(cell, 'undo', { t: 'verb', phrase: 'undo', form: 'base' }),
      plain(cell, 'it', word('pronoun')),
    ];
  });
}

function isLastOrdinal(cells: readonly Cell[], at: number): boolean {
  const next = cells[at + 1];
  return (
    /^(first|second|third|last)$/.test(cells[at]!.low) &&
    (next === undefined || isJoin(next) || isWord(next, 'stop'))
  );
}

/** "stop it, drop it to S.2": made smaller, not thrown away. */
function withDroppedTo(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    if (!isBase(cell) || cell.low !== 'drop') return cell;
    const to = cells.findIndex(
      (one, index) => index > at + 1 && index < at + 6 && one.low === 'to' && !one.quoted,
    );
    const isOwn = to > 0 && !cells.slice(at + 1, to).some((one) => isJoin(one) || isWord(one, 'stop'));
    const isFlavor = senseOf(cells[to + 1], 'name')?.ids.every((id) => id.includes(':flavor/')) === true;
    const kind = senseOf(cells[to + 1], 'value')?.value.k;
    if (!isOwn || !(isFlavor || kind === 'number' || kind === 'size')) return cell;
    const phrase = kind === 'number' ? 'scale' : 'resize';
    return plain(cell, phrase, { t: 'verb', phrase, form: 'base' });
  });
}

const kindOfSnapshot =
  /^(a|an|another|one|one more|last|final|quick|manual|safety|full|fresh|new|a new|proper|recent|further|clean|good|cold|one last|second)$/;

/** "take one last snapshot of a", "…, take snapshot": snapshot it. */
function withSnapshotTaken(cells: readonly Cell[]): readonly Cell[] {
  // "stop a; snapshot; start it"
  const bare = cells.findIndex(
    (cell, index) =>
      index > 1 &&
      !cell.quoted &&
      /^(snapshot|backup|snap)$/.test(cell.low) &&
      isBase(cell) &&
      (isJoin(cells[index - 1]) || isWord(cells[index - 1], 'stop')) &&
      (isJoin(cells[index + 1]) || isWord(cells[index + 1], 'stop')),
  );
  if (bare > 0)
    return [
      ...cells.slice(0, bare),
      plain(cells[bare]!, 'snapshot', { t: 'verb', phrase: 'snapshot', form: 'base' }),
      plain(cells[bare]!, 'it', word('pronoun')),
      ...withSnapshotTaken(cells.slice(bare + 1)),
    ];
  const at = cells.findIndex(
    (cell) => !cell.quoted && /^(to )?(take|make|create|do|grab|pull)$/.test(cell.low),
  );
  const noun = cells.findIndex(
    (cell, index) => index > at && !cell.quoted && /^(snapshot|backup|snap)$/.test(cell.low),
  );
  const between = cells.slice(at + 1, Math.max(at + 1, noun));
  if (at < 0 || noun < 0 || !between.every((cell) => !cell.quoted && kindOfSnapshot.test(cell.low)))
    return cells;
  const next = cells[noun + 1];
  const isOf = /^(of|from)$/.test(next?.low ?? '') && !next!.quoted;
  const isAlone = at > 0 && (next === undefined || isJoin(next) || isWord(next, 'stop', 'first', 'before'));
  if (!isOf && !isAlone) return cells;
  const verb = plain(cells[at]!, 'snapshot', { t: 'verb', phrase: 'snapshot', form: 'base' });
  const rest = withSnapshotTaken(cells.slice(isOf ? noun + 2 : noun + 1));
  return [
    ...cells.slice(0, at),
    verb,
    ...(isOf ? [] : [plain(cells[noun]!, 'it', word('pronoun'))]),
    ...rest,
  ];
}

const isLater = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  /^((?:when|once|after|as soon as) (?:it|that|this) (?:is|has) (?:done|finished|complete|completed)|when done|once done|when finished|after that|after this|afterwards?|after|then|second|next|later|thereafter|finally|last|at the end)$/.test(
    cell.low,
  );

/** "restart a first and b after that", "restart a, but b first": the order is said behind the things. */
function withLateOrder(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex((_, at) => isOrder(cells, at));
  if (verb < 0) return cells;
  let end = cells.length;
  while (
    isWord(cells[end - 1], 'stop', 'filler', 'comma') &&
    !isLater(cells[end - 1]) &&
    !isThing(cells[end - 1])
  )
    end--;
  const last = cells[end - 1];
  const join = cells.findLastIndex(
    (cell, at) =>
      at < end - 1 && at > verb + 1 && (isWord(cell, 'and', 'comma') || cell.low === 'but') && !cell.quoted,
  );
  const isFirstLast = isWord(last, 'first') && last?.low === 'first' && !last.quoted;
  if (join < 0 || !(isFirstLast || isLater(last))) return cells;
  const second = cells.slice(join + 1, end - 1);
  let till = join;
  while (isWord(cells[till - 1], 'comma', 'and')) till--;
  const object = cells.slice(verb + 1, till).filter((cell) => !isWord(cell, 'first'));
  const isPlain = (said: readonly Cell[]): boolean =>
    said.some((cell) => senseOf(cell, 'name')) &&
    said.every((cell) => isThing(cell) || isWord(cell, 'det', 'prep', 'and', 'comma') || cell.quoted) &&
    !said.some((cell) => isWord(cell, 'all', 'except') && !senseOf(cell, 'name'));
  // "but snapshot b first": an order of its own.
  if (!isPlain(second) || !isPlain(object) || isOrder(second, 0)) return cells;
  const then = plain(last!, 'then', word('afterwards'));
  const [early, late] = isFirstLast ? [second, object] : [object, second];
  return [...cells.slice(0, verb + 1), ...early, then, ...late, ...cells.slice(end)];
}

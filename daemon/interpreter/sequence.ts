// Several orders in one breath: marks that stand for "then" ("stop a -> resize it"), a word of order behind what it is
// said of ("a first and b after that"), and a second new thing that is made with the verb of the first ("create network
// a, then subnet b in it"). Only the order and the verb that were said are made plain; no thing is added. Called by
// `reword` before anything else.

import { type Cell, isWord, senseOf } from './cells.ts';
import { isBase, isThing, plain, word } from './passives.ts';

/** The cells with the order of the steps, and the verb of each, where a plain command has them. */
export function withSequence(cells: readonly Cell[]): readonly Cell[] {
  return [
    withItemMarks,
    withMarks,
    withSplitVerbs,
    withSnapshotTaken,
    withLateOrder,
    withMadeToo,
    withOpenPorts,
    withEachMade,
  ].reduce((said, turn) => turn(said), cells);
}

const isJoin = (cell: Cell | undefined): boolean =>
  isWord(cell, 'and', 'comma', 'afterwards') && cell?.quoted === false && !senseOf(cell, 'name');

/** An order begins here, also one whose word is a noun as well ("snapshot it"). */
function isOrder(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at];
  if (!isBase(cell) || senseOf(cell, 'name')) return false;
  return !isThing(cell) || !senseOf(cells[at + 1], 'kind');
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

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
    cell.low === ordinals[before] && (before === 0 || isWord(cells[at - 1], 'comma', 'stop', 'and'));
  return isOrdinal ? 1 : 0;
}

/** "stop a -> resize it -> start it", "approve a + cancel b": a mark between two orders. */
function withMarks(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((_, at) => isOrder(cells, at));
  if (first < 0) return cells;
  return cells.flatMap((cell, at) => {
    if (at < first || cell.quoted || senseOf(cell, 'name')) return [cell];
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
  if (!lead || isBase(lead) || senseOf(lead, 'name')) return cells;
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
  /^(after that|after this|afterwards?|after|then|second|next|later|thereafter|finally|last|at the end)$/.test(
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
  if (!isPlain(second) || !isPlain(object)) return cells;
  const then = plain(last!, 'then', word('afterwards'));
  const [early, late] = isFirstLast ? [second, object] : [object, second];
  return [...cells.slice(0, verb + 1), ...early, then, ...late, ...cells.slice(end)];
}

const making =
  /^(create|launch|spin up|provision|make|set up|setup|new|add|stand up|build|allocate|generate)$/;
const fresh = /^(a|an|one|another|a new|new)$/;
/** What a VM is made with is no thing of its own. */
const partsOfVm = /^(network|keypair|security-group|image|flavor|floating-ip)$/;

/** "create namespace a and in it a deployment b": the second is made as the first is. */
function withMadeToo(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex(
    (cell) => isBase(cell) && making.test(senseOf(cell, 'verb')!.phrase) && !senseOf(cell, 'name'),
  );
  const made = verb < 0 ? -1 : newThing(cells, verb + 1);
  if (made < 0) return cells;
  const kind = senseOf(cells[made], 'kind')!.kinds[0];
  const said: Cell[] = [...cells.slice(0, made + 1)];
  let isMaking = true;
  for (let at = made + 1; at < cells.length; at++) {
    const cell = cells[at]!;
    if (isOrder(cells, at)) isMaking = making.test(senseOf(cell, 'verb')!.phrase);
    said.push(cell);
    if (isWord(cell, 'stop') && !cell.quoted) isMaking = true;
    const isWith = cell.low === 'with' && !cell.quoted && /^(network|namespace)$/.test(kind ?? '');
    if (!isMaking || !(isJoin(cell) || isWith) || isJoin(cells[at + 1])) continue;
    const start = behindPlace(cells, at + 1);
    const thing = newThing(cells, start);
    if (thing < 0 || isOrder(cells, start)) continue;
    const isPart = kind === 'vm' && partsOfVm.test(senseOf(cells[thing], 'kind')!.kinds[0] ?? '');
    if (isPart && !isWord(cell, 'afterwards')) continue;
    if (isWith) said.splice(-1, 1, plain(cell, 'and', word('and')));
    said.push(
      ...cells.slice(at + 1, start),
      plain(cell, 'create', { t: 'verb', phrase: 'create', form: 'base' }),
    );
    said.push(...cells.slice(start, thing + 1));
    at = thing;
  }
  return said;
}

/** "in it", "there": where what is new goes. */
function behindPlace(cells: readonly Cell[], from: number): number {
  const isIn = /^(in|inside|within|on|into|inside of)$/.test(cells[from]?.low ?? '') && !cells[from]!.quoted;
  if (isIn && /^(it|there|that)$/.test(cells[from + 1]?.low ?? '')) return from + 2;
  return /^(in there|there|inside)$/.test(cells[from]?.low ?? '') && !cells[from]!.quoted ? from + 1 : from;
}

/** "a new 20 GB volume b": the place of the kind, where something unheard of is named behind it. */
function newThing(cells: readonly Cell[], from: number): number {
  let at = from;
  while (
    at < from + 5 &&
    !cells[at]?.quoted &&
    (fresh.test(cells[at]?.low ?? '') || /^(size|number)$/.test(senseOf(cells[at], 'value')?.value.k ?? ''))
  )
    at++;
  const kind = senseOf(cells[at], 'kind');
  if (!kind || kind.plural || kind.kinds.length === 0 || cells[at]!.quoted) return -1;
  const name = cells[isWord(cells[at + 1], 'named') ? at + 2 : at + 1];
  if (name === undefined || isJoin(name)) return -1;
  const isUnheard = name.quoted || name.repaired || name.senses.length === 0;
  // "a deployment hello with image …"
  const isCalledSo = isWord(name, 'filler') && name.words === 1 && name.senses.length === 1;
  const isSaid = isCalledSo && isWord(cells[cells.indexOf(name) + 1], 'prep');
  return isWord(cells[at + 1], 'named') || isUnheard || isSaid ? at : -1;
}

/** "new security group a with port 443 open": open 443 on it. */
function withOpenPorts(cells: readonly Cell[]): readonly Cell[] {
  const group = cells.findIndex((cell) => senseOf(cell, 'kind')?.kinds.includes('security-group') === true);
  const by = cells.findIndex(
    (cell, at) => at > group && !cell.quoted && /^(with|allowing|that allows)$/.test(cell.low),
  );
  const isNew =
    isBase(cells.find((cell) => !isWord(cell, 'filler') || isBase(cell))) && newThing(cells, group) === group;
  if (group < 1 || by < 0 || !isNew) return cells;
  const isPort = (cell: Cell | undefined): boolean =>
    cell?.quoted === false &&
    (/^(port|number)$/.test(senseOf(cell, 'value')?.value.k ?? '') || isWord(cell, 'port', 'protocol'));
  let end = by + 1;
  while (isPort(cells[end]) || (isWord(cells[end], 'and', 'comma') && isPort(cells[end + 1]))) end++;
  const isOpen = /^(open|opened|allowed|exposed)$/.test(cells[end]?.low ?? '');
  if (end === by + 1 || (!isOpen && cells[by]!.low === 'with')) return cells;
  const verb = plain(cells[by]!, 'open', { t: 'verb', phrase: 'open', form: 'base' });
  const it = [plain(cells[by]!, 'on', word('prep')), plain(cells[by]!, 'it', word('pronoun'))];
  const and = plain(cells[by]!, 'and', word('and'));
  return [
    ...cells.slice(0, by),
    and,
    verb,
    ...cells.slice(by + 1, end),
    ...it,
    ...cells.slice(isOpen ? end + 1 : end),
  ];
}

/** "create networks a and b": each is made, with what is said of all. */
function withEachMade(cells: readonly Cell[]): readonly Cell[] {
  const kind = cells.findIndex(
    (cell, at) =>
      senseOf(cell, 'kind')?.plural === true &&
      cells.slice(0, at).some((one) => isBase(one) && making.test(senseOf(one, 'verb')!.phrase)),
  );
  const verb = cells.findLastIndex((cell, at) => at < kind && isBase(cell));
  const between = cells.slice(verb + 1, Math.max(0, kind));
  const isPlain = between.every(
    (cell) => isWord(cell, 'det', 'filler', 'both') || senseOf(cell, 'value')?.value.k === 'number',
  );
  const { names, next } = namesAt(cells, isWord(cells[kind + 1], 'named') ? kind + 2 : kind + 1);
  if (kind < 1 || names.length < 2 || !isPlain) return cells;
  const isEnd = (at: number): boolean =>
    isWord(cells[at], 'stop', 'afterwards') || (isJoin(cells[at]) && isOrder(cells, at + 1));
  let end = next;
  while (end < cells.length && !isEnd(end)) end++;
  const tail = cells.slice(next, end).filter((cell) => !/^(each|both)$/.test(cell.low));
  const senses = cells[kind]!.senses.map((sense) =>
    sense.t === 'kind' ? { ...sense, plural: false } : sense,
  );
  const each = names.flatMap((name, index) => [
    ...(index > 0 ? [plain(cells[verb]!, 'and', word('and'))] : []),
    cells[verb]!,
    { ...cells[kind]!, senses },
    name,
    ...tail,
  ]);
  return [...cells.slice(0, verb), ...each, ...cells.slice(end)];
}

/** A list of names nothing here has, and where it ends. */
function namesAt(cells: readonly Cell[], from: number): { names: readonly Cell[]; next: number } {
  const names: Cell[] = [];
  let next = from;
  for (let at = from; at < cells.length; at++) {
    const cell = cells[at]!;
    if (cell.quoted || cell.repaired || cell.senses.length === 0) {
      names.push(cell);
      next = at + 1;
    } else if (names.length === 0 || !isWord(cell, 'and', 'comma')) break;
  }
  return { names, next };
}

// Passives, needs and wishes as the commands they stand for, and subordinate clauses as steps: "I want web-1 stopped"
// is "stop web-1", "before web-1 is stopped, …" puts its step last. A destroy is never made out of a subordinate
// clause: one that is waited for is a condition. Called by `reword`, a sentence at a time.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** "X is stopped": the verb of a passive, behind what it is said of. */
function passiveAt(cells: readonly Cell[], from: number, to: number): number | undefined {
  for (let at = to - 1; at > from; at--) {
    const cell = cells[at]!;
    const verb = senseOf(cell, 'verb');
    if (cell.quoted || verb === undefined || (verb.form !== 'ed' && !isSame(verb.phrase, cell))) continue;
    if (isWord(cell, 'tagged', 'attachedTo', 'createdOn', 'createdBefore', 'createdAfter', 'named')) continue;
    // "the stopped VMs": it only describes.
    const isPredicate = at > 0 && isAuxiliary(cells[at - 1]!);
    if (isThing(cells[at + 1]) && !isWord(cells[at + 1], 'prep') && !isPredicate) continue;
    const thing = cells.slice(from, at).some((one) => isThing(one) || isWord(one, 'pronoun'));
    return thing ? at : undefined;
  }
  return undefined;
}

/** "shut down" and "put" are their own past. */
function isSame(phrase: string, cell: Cell): boolean {
  return /^(shut|put|set|cut|reset)\b/.test(phrase) && cell.low === phrase;
}

/** The verb first, then what it is said of, without the auxiliaries. */
function activeOf(cells: readonly Cell[], from: number, at: number, to: number): readonly Cell[] {
  const { phrase } = senseOf(cells[at]!, 'verb')!;
  const object = cells
    .slice(from, at)
    .filter((cell, index, all) => !(index > 0 && isAuxiliary(cell) && !isThing(cell) && all.length > 1));
  return [
    plain(cells[at]!, phrase, { t: 'verb', phrase, form: 'base' }),
    ...object,
    ...cells.slice(at + 1, to),
  ];
}

function isAuxiliary(cell: Cell): boolean {
  return (
    !cell.quoted &&
    (isWord(cell, 'be', 'have', 'pastAux') ||
      /^(is|are|be|been|being|was|were|has been|have been|has|gets|get|got|to be|is to be)$/.test(cell.low))
  );
}

/** "make please that web-1 is stopped", "make it so that …": make sure of it. */
export function withMadeSo(cells: readonly Cell[]): readonly Cell[] {
  const make = cells.findIndex((cell) => !cell.quoted && /^(make|do)\b/.test(cell.low));
  let that = make;
  while (cells[that] && !cells[that]!.quoted && /^(make|do|it|so|please|pls| )+$/.test(cells[that]!.low))
    that++;
  const isThat =
    make >= 0 && /^((make|do|so) )?that$/.test(cells[that]?.quoted ? '' : (cells[that]?.low ?? ''));
  const isFirst = cells.slice(0, Math.max(0, make)).every((cell) => isWord(cell, 'filler', 'comma'));
  const be = cells.findIndex((cell, at) => at > that + 1 && isWord(cell, 'be') && !cell.quoted);
  const isDone = be > 0 && senseOf(cells[be + 1], 'verb')?.form === 'ed';
  const isOther = cells.slice(that + 1, be).some((cell) => isWord(cell, 'comma', 'stop', 'not'));
  if (!isThat || !isFirst || !isDone || isOther) return cells;
  const sure = plain(cells[make]!, 'make sure that', word('filler'));
  return [...cells.slice(0, make), sure, ...cells.slice(that + 1)];
}

const beginning = /^(before|prior to|after|once|as soon as|when)$/;

/** "before web-1 is stopped, …", "… after db-1 has been rebooted": which comes first. */
export function withOrder(cells: readonly Cell[]): readonly Cell[] {
  const lead = cells.findIndex(
    (cell) =>
      !cell.quoted && beginning.test(cell.low) && isWord(cell, 'before', 'after') && !senseOf(cell, 'name'),
  );
  if (lead < 0 || isBase(cells[lead + 1]) || isQuestion(cells)) return cells;
  const isFirst = cells.slice(0, lead).every((cell) => isWord(cell, 'filler', 'comma', 'and'));
  const isBefore = isWord(cells[lead], 'before');
  let end = lead + 1;
  while (
    end < cells.length &&
    !isWord(cells[end], 'comma', 'stop') &&
    !(isFirst && isFollowing(cells, end, lead))
  )
    end++;
  const at = passiveAt(cells, lead + 1, end);
  if (at === undefined || !cells.slice(lead + 1, at).some(isAuxiliary)) return cells;
  if (destroying.has(senseOf(cells[at]!, 'verb')!.phrase)) {
    // What waits for a destroy that nobody asked for is a condition, not an order.
    const isCondition = isFirst && !isBefore;
    return isCondition
      ? cells.map((cell, index) => (index === lead ? plain(cell, cell.low, word('if')) : cell))
      : cells;
  }
  const active = activeOf(cells, lead + 1, at, end);
  const rest = cells.slice(isWord(cells[end], 'comma') ? end + 1 : end);
  if (!isFirst) return [...cells.slice(0, lead + 1), ...active, ...cells.slice(end)];
  if (rest.every((cell) => isWord(cell, 'stop', 'filler'))) return cells;
  const link = cells[lead]!;
  const then = plain(link, 'then', word('afterwards'));
  if (!isBefore) return [...active, then, ...rest];
  const first = beforehand(rest, active);
  return [...first, ...afterMain(rest, then, first.slice(0, first.indexOf(then)))];

  function beforehand(main: readonly Cell[], later: readonly Cell[]): readonly Cell[] {
    const head = main.slice(0, mainEnd(main));
    const it = head.findIndex((cell) => isWord(cell, 'pronoun') && /^(it|them)$/.test(cell.low));
    const object = later.slice(1, 1 + at! - lead - 1).filter((cell) => !isAuxiliary(cell));
    // What is said first takes the name, what comes later the "it".
    if (it < 0 || object.length === 0 || !later.slice(1).some(isThing)) return [...head, then, ...later];
    const rest = later.slice(1).filter((cell) => !object.includes(cell));
    return [...head.slice(0, it), ...object, ...head.slice(it + 1), then, later[0]!, head[it]!, ...rest];
  }
}

/** Where the main clause ends and "afterwards …" begins. */
function mainEnd(cells: readonly Cell[]): number {
  const next = cells.findIndex((cell) => isWord(cell, 'afterwards', 'stop') && !cell.quoted);
  if (next < 0) return cells.length;
  let end = next;
  while (end > 0 && isWord(cells[end - 1], 'comma', 'and')) end--;
  return end;
}

/** What is to be done after both; a bare "started again" is about the same thing. */
function afterMain(cells: readonly Cell[], then: Cell, main: readonly Cell[]): readonly Cell[] {
  const names = main.filter((cell) => senseOf(cell, 'name'));
  const named = (cell: Cell): Cell =>
    names.length > 0 && isWord(cell, 'pronoun') && /^(it|them)$/.test(cell.low) ? names[0]! : cell;
  const rest = cells.slice(mainEnd(cells)).filter((cell) => !isWord(cell, 'comma', 'and', 'afterwards'));
  const [first] = rest;
  const verb = first && senseOf(first, 'verb');
  if (!first || isWord(first, 'stop')) return rest;
  const isBare = verb?.form === 'ed' && !rest.some(isThing);
  const active: Cell[] = isBare
    ? [
        plain(first, verb.phrase, { t: 'verb', phrase: verb.phrase, form: 'base' }),
        plain(first, 'it', word('pronoun')),
      ]
    : [first];
  return [then, ...active, ...rest.slice(1)].map(named);
}

/** The main clause begins without a comma: "before kafka is restarted scale web to 0". */
function isFollowing(cells: readonly Cell[], at: number, lead: number): boolean {
  return (
    at > lead + 2 &&
    (isBase(cells[at]) || (isWord(cells[at], 'pronoun') && isWord(cells[at + 1], 'need'))) &&
    (!isThing(cells[at]) || isThing(cells[at + 1]) || isWord(cells[at + 1], 'det')) &&
    passiveAt(cells, lead + 1, at) !== undefined
  );
}

const wishes = /\b(want|need|would like|would love|wish|have|get|like)\b|^(let us|can we|could we|may we)$/;
const requests =
  /\b(see to it|make sure|ensure|be sure|(need|want|wish|would like|like|require|expect) that)\b|^(it is requested|requested|i request|i ask|may i ask|i would ask|we ask|please arrange)\b/;

/** "I want web-1 stopped", "make sure web-1 is stopped", "could web-1 be stopped please?" */
export function withWish(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => isThing(cell) && !isWord(cell, 'filler', 'prep'));
  if (first < 1 || (isBase(cells[first]) && !senseOf(cells[first]!, 'name'))) return cells;
  const frame = cells.slice(0, first);
  if (cells.slice(0, first).some((cell) => isBase(cell) && !isFrameVerb(cell))) return cells;
  const end = endOf(cells, first);
  const at = passiveAt(cells, first - 1, end);
  if (at === undefined || cells.slice(first, at).some((cell) => isBase(cell) && !isThing(cell))) return cells;
  const between = cells.slice(first, at);
  if (
    between.some((cell) => !cell.quoted && (isWord(cell, 'that', 'stop', 'not', 'if') || cell.low === 'been'))
  )
    return cells;
  if (
    cells.some((cell) => isWord(cell, 'not', 'if', 'who', 'why', 'when', 'howMany', 'logCue') && !cell.quoted)
  )
    return cells;
  const lows = frame.map((cell) => cell.low).join(' ');
  const isPassive = between.some(isAuxiliary);
  const isAsked =
    /^((please|hi|hey|ok|so) )?(could|can|would|may)( the| my| our)?( please)?$/.test(lows) && isPassive;
  const isRequest = requests.test(lows);
  const isWish =
    wishes.test(lows) && !isPassive && frame.some((cell) => isFrameVerb(cell) || isWord(cell, 'filler'));
  if (!(isAsked || isRequest || isWish)) return cells;
  const isWanted = /\b(want|need|would like|please|let us|we|i)\b/.test(lows);
  // "get vms stopped since Monday" asks; "have the nodes drained?" too.
  const named = between.some((cell) => senseOf(cell, 'name') ?? senseOf(cell, 'glob') ?? isWord(cell, 'all'));
  const after = cells[at + 1];
  const isBegged = /^(please |pls |can you |could you |would you |can someone |can somebody )+have$/.test(
    lows,
  );
  const isCaused = lows === 'get' || isBegged || (lows === 'have' && !cells.some((cell) => cell.low === '?'));
  if (isWish && !isRequest && ((!isWanted && !isCaused) || !named || senseOf(after, 'time'))) return cells;
  // "could the volume be deleted?" may only ask; a destroy wants a word of request.
  const isPolite = cells.some((cell) => !cell.quoted && /^(please|pls|plz|kindly)$/.test(cell.low));
  if (isAsked && destroying.has(senseOf(cells[at]!, 'verb')!.phrase) && !isPolite) return cells;
  const start = isWord(cells[first - 1], 'det', 'all', 'both', 'demonstrative') ? first - 1 : first;
  return [...activeOf(cells, start, at, end), ...cells.slice(end)];
}

function isFrameVerb(cell: Cell): boolean {
  return (
    /^(have|get|let us|can we|could we|need|want)\b/.test(cell.low) ||
    isWord(cell, 'light', 'ask', 'filler', 'need')
  );
}

/** Where the clause ends: a comma or "and" that another clause follows. */
function endOf(cells: readonly Cell[], from: number): number {
  for (let at = from; at < cells.length; at++) {
    if (isWord(cells[at], 'stop', 'afterwards')) return at;
    if (isWord(cells[at], 'before', 'after') && !cells[at]!.quoted) return at;
    if (!isWord(cells[at], 'comma', 'and') || cells[at]!.quoted) continue;
    let next = at + 1;
    while (isWord(cells[next], 'and', 'comma', 'filler', 'afterwards')) next++;
    if (
      isBase(cells[next]) ||
      cells.slice(next, next + 2).some((cell) => senseOf(cell, 'verb')?.form === 'ed')
    )
      return at;
  }
  return cells.length;
}

/** "have a snapshot of db-1 taken, call it x": take it. */
function withSnapshotTaken(cells: readonly Cell[]): readonly Cell[] {
  const have = cells.findIndex((cell) => !cell.quoted && !isWord(cell, 'filler', 'comma'));
  const [article, noun, of] = cells.slice(have + 1);
  const isHad =
    /^(have|get|i would like to have|we would like to have)$/.test(cells[have]?.low ?? '') &&
    isWord(article, 'det') &&
    senseOf(noun, 'kind')?.kinds[0] === 'snapshot' &&
    isWord(of, 'of');
  const taken = cells.findIndex((cell, at) => at > have + 3 && /^(taken|made|created|done)$/.test(cell.low));
  const isOther = cells
    .slice(have + 4, taken)
    .some((cell) => cell.quoted || isWord(cell, 'comma', 'stop', 'and'));
  const next = cells[taken + 1];
  const isEnd =
    next === undefined || isWord(next, 'comma', 'stop', 'filler', 'and', 'named', 'afterwards', 'before');
  if (!isHad || taken < 0 || isOther || !isEnd) return cells;
  const verb = plain(noun!, 'snapshot', { t: 'verb', phrase: 'snapshot', form: 'base' });
  return [...cells.slice(0, have), verb, ...cells.slice(have + 4, taken), ...cells.slice(taken + 1)];
}

/** "have it restarted", "get them deleted": restart it, where the order begins. */
export function withHaveDone(given: readonly Cell[]): readonly Cell[] {
  const cells = withSnapshotTaken(given);
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /^(have|get|please have|please get)$/.test(cell.low) &&
      isWord(cells[index + 1], 'pronoun', 'demonstrative') &&
      senseOf(cells[index + 2], 'verb')?.form === 'ed' &&
      (index === 0 || isWord(cells[index - 1], 'comma', 'stop', 'and', 'filler', 'because', 'colon')),
  );
  const [it, done] = cells.slice(at + 1);
  const next = cells[at + 3];
  const isEnd = next === undefined || isWord(next, 'comma', 'stop', 'filler', 'and', 'afterwards', 'prep');
  if (at < 0 || !it || !done || !isEnd) return cells;
  const { phrase } = senseOf(done, 'verb')!;
  return [
    ...cells.slice(0, at),
    plain(done, phrase, { t: 'verb', phrase, form: 'base' }),
    it,
    ...cells.slice(at + 3),
  ];
}

/** "metrics-server restarted please", "x acked by me please": with a word of request no telling how it is. */
export function withAskedDone(cells: readonly Cell[]): readonly Cell[] {
  let end = cells.length;
  while (
    end > 0 &&
    (isWord(cells[end - 1], 'stop', 'again') || /^(by|me|us|now|today|asap)$/.test(cells[end - 1]!.low))
  )
    end--;
  const done = cells[end - 1];
  if (!done || done.quoted || senseOf(done, 'verb')?.form !== 'ed' || senseOf(done, 'name')) return cells;
  const mark = cells.findLastIndex(
    (cell, at) =>
      at < end && !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'colon'),
  );
  const thing = cells.slice(mark + 1, end - 1);
  const isNamed =
    thing.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env')).length === 1 &&
    thing.every((cell) => isThing(cell) || isWord(cell, 'det', 'prep'));
  const isOrdered = cells.slice(0, mark + 1).some((cell) => isBase(cell) && !senseOf(cell, 'name'));
  if (!isNamed || isOrdered) return cells;
  const { phrase } = senseOf(done, 'verb')!;
  return [
    ...cells.slice(0, mark + 1),
    plain(done, phrase, { t: 'verb', phrase, form: 'base' }),
    ...thing,
    ...cells.slice(end),
  ];
}

/** "a key called deniz-key", "a new ssh key with the name x": a key with a name of its own is a key pair. */
function withKeyPair(cells: readonly Cell[]): readonly Cell[] {
  const isTagged = cells.some((cell) => !cell.quoted && /^(tags?|labels?)$/.test(cell.low));
  return cells.map((cell, at) => {
    const isKey =
      isWord(cell, 'keyWord') && /\bkey$/.test(cell.low) && !cell.quoted && !senseOf(cell, 'kind');
    const isNew = isWord(cells[at - 1], 'det') || /^(new|another)$/.test(cells[at - 1]?.low ?? '');
    if (!isKey || !isNew || isTagged || !isWord(cells[at + 1], 'named')) return cell;
    return { ...cell, senses: [{ t: 'kind', kinds: ['keypair'], plural: false } as const, word('keyWord')] };
  });
}

/** "could I get a t3.small called x?": something with a name of its own is to be made. */
export function withNewAskedFor(given: readonly Cell[]): readonly Cell[] {
  const cells = withKeyPair(given);
  const lead = cells[0];
  const isAsked = lead?.quoted === false && /^(may|can|could|might) (i|we) (get|have)$/.test(lead.low);
  const isNew = /^(a|an|another|one|two|three)$/.test(cells[1]?.low ?? '');
  const isNamed = cells.some((cell, at) => at > 2 && !cell.quoted && isWord(cell, 'named'));
  const kind = cells.slice(2, 6).some((cell) => {
    const ids = senseOf(cell, 'name')?.ids ?? [];
    const isFlavor = ids.length > 0 && ids.every((id) => id.includes(':flavor/'));
    return isFlavor || (senseOf(cell, 'kind')?.kinds.length ?? 0) > 0;
  });
  if (!isAsked || !isNew || !isNamed || !kind) return cells;
  const rest = cells.slice(1).filter((cell) => cell.low !== '?' || cell.quoted);
  return [plain(lead!, 'create', { t: 'verb', phrase: 'create', form: 'base' }), ...rest];
}

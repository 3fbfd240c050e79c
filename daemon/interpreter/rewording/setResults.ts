// What a thing or a set is to be or to have, said as the result: "the gitlab runners, all three, down pls", "the tmp
// volumes should be 300 GB each", "we need both poc boxes stopped", "all prod vms should lose the env tag". The verb that
// brings it about is put in front. Nothing is destroyed by a result, but for a bounded set that "can go"; a question about
// a state stays one. Called by `reword`, before sets are read.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

/** The cells with what was said as a result ordered. */
export function withResults(cells: readonly Cell[], isAsked: boolean): readonly Cell[] {
  const said = withApposition(cells);
  const result: Cell[] = [];
  for (let from = 0; from < said.length; ) {
    let end = from;
    while (end < said.length && !(isWord(said[end], 'stop', 'colon') && !said[end]!.quoted)) end++;
    const sentence = said.slice(from, end);
    result.push(...(said[end]?.low === '?' && !isAsking(sentence) ? sentence : ordered(sentence, isAsked)));
    if (end < said.length) result.push(said[end]!);
    from = end + 1;
  }
  return result;
}

const isAsking = (sentence: readonly Cell[]): boolean => /^(can|could|may)$/.test(sentence[0]?.low ?? '');

const has = (cell: Cell, ...sorts: readonly string[]): boolean =>
  sorts.some((sort) => cell.senses.some(({ t }) => t === sort));

const isNoun = (cell: Cell | undefined): boolean => {
  if (cell === undefined || isWord(cell, 'except', 'stays', 'stop')) return false;
  if (has(cell, 'name', 'glob')) return true;
  if (has(cell, 'verb')) return false;
  return (
    has(cell, 'kind', 'env', 'region', 'provider') ||
    (has(cell, 'part', 'prefix') && !isWord(cell, 'prep', 'need', 'filler'))
  );
};

/** Where the noun phrase that begins here ends; lists and places belong to it. */
function nounEnd(cells: readonly Cell[], from: number): number {
  let at = from;
  for (; at < cells.length; at++) {
    const cell = cells[at]!;
    const next = cells[at + 1];
    const after = isWord(next, 'det', 'all', 'both') ? cells[at + 2] : next;
    if (cell.quoted ? senseOf(cell, 'name') : isNoun(cell)) continue;
    if (isWord(cell, 'all', 'both', 'det', 'any') && (cell.low !== 'each' || at === from) && leads(next))
      continue;
    if (leads(cell) && !isNoun(cell) && leads(next)) continue;
    const joins =
      isWord(cell, 'and', 'comma', 'of') || /^(in|on|from|with|of|for|\+|&|except)$/.test(cell.low);
    if (joins && at > from && (isNoun(after) || senseOf(after, 'value')?.value.k === 'tags')) continue;
    if (senseOf(cell, 'value')?.value.k === 'tags' && at > from) continue;
    break;
  }
  return at;
}

/** A number, a state or a noun: what may stand behind "all". */
const leads = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  (isNoun(cell) ||
    senseOf(cell, 'value')?.value.k === 'number' ||
    (senseOf(cell, 'status') !== undefined && !isWord(cell, 'prep', 'filler')));

/** "the gitlab runners, all three, …", "the staging vms (both) …": the count belongs to the noun. */
function withApposition(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 0 &&
      !cell.quoted &&
      isWord(cell, 'all', 'both', 'pronoun') &&
      /^(all|both|each)( the| of( the| them| those| these)?)?$/.test(cell.low) &&
      isWord(cells[index - 1], 'comma', 'open') &&
      !cells[index - 1]!.quoted,
  );
  if (at < 1) return cells;
  const count = senseOf(cells[at + 1], 'value')?.value.k === 'number' ? at + 2 : at + 1;
  const end = isWord(cells[count], 'of') && isWord(cells[count + 1], 'pronoun') ? count + 2 : count;
  // "a and b, both scale to 2"
  const isOrdered = isWord(cells[at - 1], 'comma') && senseOf(cells[end], 'verb')?.form === 'base';
  const isClosed =
    isOrdered || cells[end] === undefined || isWord(cells[end], 'comma', 'close', 'stop', 'colon');
  let from = at - 1;
  for (let before = from - 1; before >= 0; before--)
    if (nounEnd(cells, before) >= at - 1) from = before;
    else if (!isWord(cells[before], 'and', 'comma', 'of', 'prep')) break;
  const start = isWord(cells[from], 'det') ? from + 1 : from;
  const isThing = cells
    .slice(start, at - 1)
    .some((cell) => has(cell, 'name', 'kind', 'glob', 'part') && !has(cell, 'env'));
  if (!isClosed || !isThing || start >= at - 1 || isWord(cells[from], 'all', 'both')) return cells;
  const quantity = /^both/.test(cells[at]!.low)
    ? plain(cells[at]!, 'both', word('both'))
    : plain(cells[at]!, 'all', word('all'));
  const rest = cells.slice(isWord(cells[end], 'comma', 'close') ? end + 1 : end);
  const numbers = count > at + 1 ? [cells[at + 1]!] : [];
  const isLast = isWord(cells[end], 'comma') && cells.slice(0, from).some((cell) => senseOf(cell, 'verb'));
  return [
    ...cells.slice(0, from),
    quantity,
    ...numbers,
    ...cells.slice(start, at - 1),
    ...(isLast && !/^(to|on|in)$/.test(rest[0]?.low ?? '') ? [cells[end]!] : []),
    ...rest,
  ];
}

const modal =
  '(?:can|may|should|must|shall|could|has to|have to|needs? to|(?:is|are) to|ought to|to|better|need|needs)';
const time =
  '(?: (?:now|please|pls|plz|asap|immediately|today|tonight|thanks|thx|again|at once|right away|for now|for the (?:night|weekend|moment|holidays)|over the weekend|until \\w+))*';
const please = /\b(please|pls|plz|asap|now|immediately|at once|right away)\b/;

type Made = (
  np: readonly Cell[],
  rest: readonly Cell[],
  kinds: readonly string[],
) => readonly Cell[] | undefined;

const verb = (cell: Cell, phrase: string): Cell => plain(cell, phrase, { t: 'verb', phrase, form: 'base' });
const valueIn = (rest: readonly Cell[]): Cell | undefined => rest.find((cell) => senseOf(cell, 'value'));

/** A verb before what was said of, with nothing behind. */
const simply =
  (phrase: string): Made =>
  (np, rest) => [verb(rest[0]!, phrase), ...np];

/** The verb, what was said of, and "to" with the amount. */
const toAmount =
  (phrase: string): Made =>
  (np, rest) => {
    const value = valueIn(rest)!;
    const unit = rest[rest.indexOf(value) + 1];
    return [
      verb(rest[0]!, phrase),
      ...np,
      plain(rest[0]!, 'to', word('prep')),
      value,
      ...(isWord(unit, 'replicas') ? [unit!] : []),
    ];
  };

/** The verb, what was said of, and "by" with the amount. */
const byAmount =
  (phrase: string): Made =>
  (np, rest) => {
    const value = valueIn(rest)!;
    const unit = rest.find((cell) => isWord(cell, 'replicas'));
    return [
      verb(rest[0]!, phrase),
      ...np,
      plain(rest[0]!, 'by', word('prep')),
      value,
      ...(unit ? [unit] : []),
    ];
  };

const getting = `(?:(?:${modal} )?(?:get|gets|have|be given|receive|receives|take|takes|grow by)|needs?|wants?|could use)`;
const extra = '(?:another|an extra|an additional|extra|additional|a further)';
const onTop = '(?: (?:of )?(?:space|room|capacity|storage|disk))?(?: each)?';

/** Result → order. § a size, # a number, ¶ tags, ¤ a span of time; `bare` ones need a word of request or a wish. */
const results: readonly {
  readonly said: RegExp;
  readonly made: Made;
  readonly bare?: RegExp;
  /** Up or down, which is read of sets only. */
  readonly isState?: true;
  readonly isOfOne?: true; // Of one thing it needs no such word.
}[] = [
  {
    said: new RegExp(`^(?:${modal} )?(?:be |go |get )*(?:down|off|offline|powered off|switched off)${time}$`),
    made: simply('stop'),
    bare: /^(down|off|offline)/,
    isState: true,
  },
  {
    said: new RegExp(
      `^(?:${modal} )?(?:be |go |come |get )*(?:back )?(?:up|up and running|running|on|online|run again|run)${time}$`,
    ),
    made: (np, rest, kinds) => simply(kinds.includes('cronjob') ? 'resume' : 'start')(np, rest, kinds),
    bare: /^(up|running|on|online|back)/,
    isState: true,
  },
  {
    said: new RegExp(`^(?:should not|must not|may not|shall not) run${time}$|^on hold${time}$`),
    made: (np, rest, kinds) => (kinds.includes('cronjob') ? simply('suspend')(np, rest, kinds) : undefined),
  },
  {
    said: new RegExp(
      `^(?:${modal} )?(?:get |have |gets )?(?:a |new |fresh |another )*(?:snapshots?|backups?)${time}$`,
    ),
    made: simply('snapshot'),
    bare: /^(a |new |fresh )*(snapshot|backup)/,
  },
  {
    said: new RegExp(
      `^(?:(?:${modal} )?(?:become|grow to|be grown to|be increased to|be resized to)|${modal} be|to be|to|should be|must be|be|at|be at|have|should have|must have) §(?: each| in size| big)*${time}$`,
    ),
    made: toAmount('resize'),
  },
  {
    said: new RegExp(
      `^(?:(?:${modal} )?(?:be |have |run |get )*(?:at|on|with|to) |have |${modal} have |${modal} be )# (?:replicas?|pods?|instances|copies)(?: each)?${time}$`,
    ),
    made: toAmount('scale'),
    // "all deployments with 1 replica" says which ones; "cart at 5 replicas" is wished for.
    bare: /^(?:at|on|with) #(?!.* each)/,
    isOfOne: true,
  },
  {
    said: new RegExp(`^(?:should|must) have #(?: each)?${time}$`),
    made: (np, rest) =>
      np.some((cell) => isWord(cell, 'replicas')) ? toAmount('scale')(np, rest, []) : undefined,
  },
  {
    said: new RegExp(
      `^(?:(?:can|may|should|must|shall|has to|have to|needs? to|(?:is|are) to) )?(?:all |both |now )*(?:can go|may go|go)(?: away)?${time}$`,
    ),
    made: (np, rest, kinds) => (isGoing(np, kinds) ? simply('delete')(np, rest, kinds) : undefined),
  },
  {
    said: new RegExp(
      `^(?:${modal} )?(?:all |both |now )*(?:can go|may go|go|can|may|proceed)(?: (?:ahead|through|on|proceed|run|be run))?${time}$`,
    ),
    made: (np, rest, kinds) => approving(np, rest, kinds),
  },
  {
    said: new RegExp(`^(?:${getting} )?(?:${extra} §|§ (?:more|extra|on top))${onTop}${time}$`),
    made: byAmount('grow'),
  },
  {
    said: new RegExp(
      `^${getting} (?:${extra} # (?:replicas?|pods?|copies|instances)|# (?:more|extra|additional) (?:replicas?|pods?|copies|instances))(?: each)?${time}$`,
    ),
    made: byAmount('scale up'),
  },
  {
    said: new RegExp(`^(?:${modal} )?(?:be )?(?:quiet|silent|muted) for ¤${time}$`),
    made: (np, rest) => [
      verb(rest[0]!, 'silence'),
      ...np,
      plain(rest[0]!, 'for', word('prep')),
      valueIn(rest)!,
    ],
  },
  {
    said: new RegExp(
      `^(?:should|must|shall|can|may|need to|has to|have to) lose (?:the|its|their) \\S+ (?:tag|label)${time}$`,
    ),
    made: (np, rest) => {
      const lose = rest.findIndex((cell) => cell.low === 'lose');
      const from = plain(rest[0]!, 'from', word('prep'));
      return [verb(rest[0]!, 'remove'), ...rest.slice(lose + 1, lose + 4), from, ...np];
    },
  },
  {
    said: new RegExp(
      `^(?:${modal} )?(?:have|has|carry|carries|get|gets|be tagged|be labell?ed|is tagged|are tagged)(?: with)?(?: the)?(?: tag| label)? ¶${time}$`,
    ),
    made: (np, rest) => [
      verb(rest[0]!, 'put the tag'),
      valueIn(rest)!,
      plain(rest[0]!, 'on', word('prep')),
      ...np,
    ],
    bare: /^(has|carries|is|are)\b/,
  },
];

/** "both pending actions can go ahead": an action that may go is approved. */
const approving: Made = (np, rest, kinds) =>
  kinds.length === 1 && kinds[0] === 'action' ? simply('approve')(np, rest, kinds) : undefined;

/** A set that something bounds, of things that are cleared away. */
function isGoing(np: readonly Cell[], kinds: readonly string[]): boolean {
  const isBound = np.some(
    (cell) => has(cell, 'status', 'part', 'glob', 'env', 'region', 'value') || isWord(cell, 'older', 'newer'),
  );
  return isBound && isSet(np) && kinds.length > 0 && kinds.every((kind) => cleared.test(kind));
}

const cleared =
  /^(vm|volume|snapshot|image|floating-ip|job|pod|configmap|keypair|load-balancer|security-group)$/;

const wish =
  /^(i want|we want|i need|we need|i would like|we would like|i want to have|we want to have|get|have|make|bring|put|let|set|i need to have|please get|please have|need|want|make sure|make sure that|ensure|ensure that|see to it that|be sure that)$/;

/** The sentence as an order, where it says a result of something. */
function ordered(sentence: readonly Cell[], isPleaded: boolean): readonly Cell[] {
  let from = sentence.findIndex(
    (cell) => !isWord(cell, 'filler', 'comma') || wish.test(cell.low) || isNoun(cell) || isWord(cell, 'all'),
  );
  if (from < 0) return sentence;
  const isWish = !sentence[from]!.quoted && wish.test(sentence[from]!.low);
  const isAsked = !sentence[from]!.quoted && /^(can|could|may)$/.test(sentence[from]!.low);
  if (isWish || isAsked) from++;
  // The noun may be long: "… of the data team that are running"; the result is the first that fits behind it.
  for (let end = nounEnd(sentence, from); end > from && end < sentence.length; end++) {
    const np = sentence.slice(from, end);
    if (!np.some((cell) => isNoun(cell))) {
      if (!isOfNoun(sentence, end)) return sentence;
      continue;
    }
    // "the runners which are up, …": what says which of them, no result.
    if (/^(that|which|who)( (is|are|was|were))?$/.test(np.at(-1)!.low)) continue;
    // "… for the test run": what it is for, no result.
    if (/^(for|during|before|after)$/.test(np.at(-3)?.low ?? '') && isWord(np.at(-2), 'det')) return sentence;
    const start = isWord(sentence[end], 'comma') ? end + 1 : end;
    let stop = start;
    while (stop < sentence.length && !isWord(sentence[stop], 'comma', 'open', 'close', 'except')) stop++;
    const rest = sentence.slice(start, stop);
    if (rest.length === 0 || rest.some((cell) => cell.quoted)) return sentence;
    const made =
      passive(np, rest, isWish, isAsked) ??
      (isAsked && !isGranted(sentence[from - 1]!, rest, isPleaded)
        ? undefined
        : resultOf(np, rest, isWish || isPleaded, isAsked));
    if (made)
      return [...sentence.slice(0, isWish || isAsked ? from - 1 : from), ...made, ...sentence.slice(stop)];
    if (!isOfNoun(sentence, end)) return sentence;
  }
  return sentence;
}

/** What may stand in a noun phrase behind its head: no order, no question, no need. */
function isOfNoun(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (cell.quoted || isNoun(cell)) return true;
  if (has(cell, 'verb') && senseOf(cell, 'verb')!.form === 'base') return false;
  if (isWord(cell, 'not')) return false;
  if (isWord(cell, 'be', 'have')) return isWord(cells[at - 1], 'that') || isWord(cell, 'that');
  return !isWord(
    cell,
    'need',
    'what',
    'why',
    'who',
    'if',
    'ask',
    'listCue',
    'showCue',
    'logCue',
    'stays',
    'comma',
  );
}

/** "we need … stopped", "can … be turned off". */
function passive(
  np: readonly Cell[],
  rest: readonly Cell[],
  isWish: boolean,
  isAsked: boolean,
): readonly Cell[] | undefined {
  const at = isAsked && rest[0]!.low === 'be' ? 1 : 0;
  const done = senseOf(rest[at], 'verb');
  // "have web scaled down to two replicas"
  const isEnd = rest.slice(at + 1).every((cell) => isWord(cell, 'filler', 'again') || isOfAmount(cell));
  if (!(isWish || at === 1) || done?.form !== 'ed' || !isEnd || destroying.has(done.phrase)) return undefined;
  return [verb(rest[at]!, done.phrase), ...np, ...rest.slice(at + 1)];
}

const isOfAmount = (cell: Cell): boolean =>
  !cell.quoted &&
  (/^(to|by|down to|up to|back to)$/.test(cell.low) ||
    isWord(cell, 'replicas') ||
    /^(number|size|percent)$/.test(senseOf(cell, 'value')?.value.k ?? '') ||
    senseOf(cell, 'name')?.ids.every((id) => id.includes(':flavor/')) === true);

/** "could all of these have 2 replicas?", and never "can it run with 2 replicas?", which asks whether it is able to. */
function isGranted({ low }: Cell, [first, ...rest]: readonly Cell[], isPleaded: boolean): boolean {
  const given =
    low === 'could' || isPleaded ? /^(have|get|receive|grow|run|be|go)\b/ : /^(have|get|be given)$/;
  return given.test(first?.low ?? '') && rest.some((cell) => senseOf(cell, 'value'));
}

function resultOf(
  np: readonly Cell[],
  rest: readonly Cell[],
  isWish: boolean,
  isAsked: boolean,
): readonly Cell[] | undefined {
  const text = rest.map(signOf).join(' ');
  const kinds = np.flatMap((cell) => senseOf(cell, 'kind')?.kinds ?? []);
  const found = results.find(({ said }) => said.test(text));
  // "web-10 may go on again", "3 instances of ledger running": one thing and a number are read elsewhere.
  if (isAsked && found?.isState) return undefined;
  if (found?.isState && !(isSet(np) && !kinds.includes('policy'))) return undefined;
  if (!found || (found.bare?.test(text) && !isWish && !please.test(text) && !(found.isOfOne && isNamed(np))))
    return undefined;
  return found.made(np, rest, kinds);
}

const isNamed = (np: readonly Cell[]): boolean =>
  np.some((cell) => senseOf(cell, 'name')?.exact && !has(cell, 'env')) &&
  !np.some((cell) => isWord(cell, 'all', 'both') || senseOf(cell, 'kind')?.plural);

const isSet = (np: readonly Cell[]): boolean =>
  senseOf(np[0], 'value') === undefined &&
  (np.filter((cell) => has(cell, 'name')).length > 1 ||
    np.some(
      (cell) =>
        isWord(cell, 'all', 'both') ||
        has(cell, 'glob') ||
        senseOf(cell, 'kind')?.plural ||
        has(cell, 'part'),
    ));

const signs: Readonly<Record<string, string>> = { size: '§', number: '#', tags: '¶', duration: '¤' };

function signOf(cell: Cell): string {
  const value = senseOf(cell, 'value')?.value.k;
  return (value && signs[value]) ?? cell.low;
}

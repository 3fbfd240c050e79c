// Cuts the cells of a sentence into clauses: at "then", at the end of a sentence, and at "and" or a comma where a new
// command, a new question or a new pair of thing and value begins. What only lists more things stays together.

import type { Link } from '../phrases/clause.ts';
import { startsResult } from '../rewording/startsResult.ts';
import { withTopic } from '../rewording/topics.ts';
import { isRemark } from '../told/remarks.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isAhead, isEarlier, withNewSentences } from './earlier.ts';

export interface Segment {
  readonly cells: readonly Cell[];
  readonly link: Link;
  /** Says nothing to do. */
  readonly remark: boolean;
}

/** Clauses in the order they were written. */
export function splitClauses(given: readonly Cell[]): readonly Segment[] {
  const cells = withTopic(withoutAside(given));
  const segments: { cells: Cell[]; link: Link; remark: boolean }[] = [
    { cells: [], link: 'start', remark: false },
  ];
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const current = segments.at(-1)!;
    const remark = remarkAt(cells, at, current.cells);
    if (remark !== undefined) {
      segments.push({ cells: cells.slice(remark.start, remark.end), link: 'stop', remark: true });
      segments.push({ cells: [], link: 'and', remark: false });
      at = remark.end - 1;
      continue;
    }
    const statement = statementAt(cells, at, current.cells);
    if (statement !== undefined) {
      segments.push({ cells: cells.slice(at + 1, statement.end), link: 'stop', remark: statement.idle });
      segments.push({ cells: [], link: 'and', remark: false });
      at = statement.end - 1;
      continue;
    }
    // "snapshot both first; delete afterwards"
    const isLate =
      segments.length > 1 && current.cells.length > 0 && isWord(cell, 'afterwards') && !cell.quoted;
    if (isLate && cells.slice(at + 1).every((one) => isWord(one, 'filler', 'stop'))) {
      current.link = 'then';
      continue;
    }
    const cut = cutAt(cells, at, current.cells);
    if (!cut) current.cells.push(cell);
    else {
      segments.push({ cells: [], link: cut.link, remark: false });
      at += cut.skip - 1;
    }
  }
  const said = segments
    .filter((segment) => segment.cells.some((cell) => !isWord(cell, 'comma')))
    .map((segment) => (isEarlier(segment) ? { ...segment, link: 'after' as const } : segment));
  return said.length < 2
    ? said
    : withNewSentences(said, cells).map((segment) => ({
        ...segment,
        remark: segment.remark || isRemark(segment.cells, namedIn(cells, segment.cells)),
      }));
}

/** "(approved by CAB)": an aside without a thing, a place or a figure in it. */
function withoutAside(cells: readonly Cell[]): readonly Cell[] {
  const open = cells.findIndex((cell) => isWord(cell, 'open') && !cell.quoted);
  const close = cells.findIndex((cell, at) => at > open && isWord(cell, 'close') && !cell.quoted);
  if (open < 1 || close < open + 3) return cells;
  const body = cells.slice(open + 1, close);
  const isTelling = body.some(
    (cell) =>
      cell.quoted ||
      ['name', 'value', 'env', 'region', 'prefix', 'glob', 'kind', 'time', 'provider'].some((sort) =>
        cell.senses.some((sense) => sense.t === sort),
      ) ||
      senseOf(cell, 'verb')?.form === 'base' ||
      isWord(cell, 'except', 'not', 'if', 'outside', 'all', 'instead', 'stays'),
  );
  return isTelling ? cells : [...cells.slice(0, open), ...cells.slice(close + 1)];
}

/** Ids of what is named outside of these cells. */
function namedIn(cells: readonly Cell[], without: readonly Cell[]): ReadonlySet<string> {
  return new Set(cells.flatMap((cell) => (without.includes(cell) ? [] : (senseOf(cell, 'name')?.ids ?? []))));
}

const reasons =
  /^(because|since|as|so that|so|cause|cuz|coz|given that|seeing that|bc|b\/c|otherwise|or else|in case|while)$/;

/** Where a remark behind a command ends: "…, the auditors would like to have a look". */
function remarkAt(
  cells: readonly Cell[],
  at: number,
  current: readonly Cell[],
): { start: number; end: number } | undefined {
  const cell = cells[at]!;
  const isMark = isWord(cell, 'comma', 'colon') || reasons.test(cell.low);
  // "restart coredns now dns is broken"
  const isBare =
    !isMark &&
    isWord(current.at(-1), 'filler', 'current') &&
    !isWord(current.at(-1), 'prep') &&
    !isWord(cell, 'filler', 'prep');
  if (cell.quoted || !(isMark || isBare) || senseOf(cell, 'name')) return undefined;
  const start = isMark ? at + 1 : at;
  if (!current.some((one) => senseOf(one, 'verb')?.form === 'base' && !one.quoted)) return undefined;
  if (isBare && !current.some((one) => senseOf(one, 'name'))) return undefined;
  let order = start;
  while (isWord(cells[order], 'and', 'comma', 'afterwards') || isAhead(cells[order])) order++;
  if (startsClause(cells, start, false) || startsClause(cells, order, false)) return undefined;
  let end = start;
  while (end < cells.length && !isWord(cells[end], 'stop')) {
    const joins =
      isWord(cells[end], 'and', 'comma', 'colon', 'afterwards') || /^(so|but)$/.test(cells[end]!.low);
    if (joins && end > start && startsClause(cells, end + 1, false)) break;
    end++;
  }
  const body = cells.slice(start, end);
  if (isBare && body.length < 3) return undefined;
  return isRemark(body, namedIn(current, [])) ? { start, end } : undefined;
}

/** "restart web-1, web-10 is slow": a name with a predicate of its own is no more to be restarted. */
function statementAt(
  cells: readonly Cell[],
  at: number,
  current: readonly Cell[],
): { end: number; idle: boolean } | undefined {
  if (!isWord(cells[at], 'comma', 'and') || cells[at]!.quoted) return undefined;
  const verb = current.findIndex((one) => senseOf(one, 'verb')?.form === 'base' && !one.quoted);
  if (verb < 0 || !current.slice(verb + 1).some((one) => senseOf(one, 'name'))) return undefined;
  // Beside a set, a word about one thing may be what spares it.
  if (current.some((one) => isWord(one, 'all', 'both', 'everything') || senseOf(one, 'kind')?.plural))
    return undefined;
  const name = isWord(cells[at + 1], 'det') ? at + 2 : at + 1;
  const verbAt = /^(already|just|now|still|recently)$/.test(cells[name + 1]?.low ?? '') ? name + 2 : name + 1;
  if (!senseOf(cells[name], 'name') || !isPredicate(cells[verbAt])) return undefined;
  let end = verbAt + 1;
  while (end < cells.length && !isWord(cells[end], 'stop', 'comma')) {
    if (isWord(cells[end], 'and') && startsClause(cells, end + 1, false)) break;
    end++;
  }
  // "restart ledger, kafka is slow, restart it": which of the two is not said.
  const isReferred = cells
    .slice(end)
    .some((one, index, rest) => isWord(one, 'pronoun') && senseOf(rest[index - 1], 'verb')?.form === 'base');
  if (isReferred) return undefined;
  const body = cells.slice(name + 1, end);
  // "…, kafka is slow, restart it": what is ordered next is about it.
  const goesOn = cells.some(
    (one, index) =>
      index > end && isWord(one, 'pronoun') && senseOf(cells[index - 1], 'verb')?.form === 'base',
  );
  const isOpen = (one: Cell): boolean =>
    one.quoted ||
    isWord(one, 'not', 'except', 'if', 'stays', 'need', 'same', 'or', 'insteadOf', 'outside', 'undoCue') ||
    /^(too|also|as well|likewise|only|next|ones?|should|must)$/.test(one.low) ||
    senseOf(one, 'verb')?.form === 'base';
  return {
    end,
    idle: !goesOn && !body.some((one, index) => isOpen(one) && !(index === 0 && isWord(one, 'be'))),
  };
}

/** "is", "has", "shows": said of one thing. */
export function isPredicate(cell: Cell | undefined): boolean {
  if (!cell || cell.quoted || cell.senses.some(({ t }) => t === 'name' || t === 'kind' || t === 'env'))
    return false;
  if (/^(is|has|was|had|isnt|hasnt|wasnt|got|went|died|hung|fell|broke|lost)$/.test(cell.low.split(' ')[0]!))
    return true;
  const typed = cell.text.toLowerCase();
  // "nobodys testing"
  if (/^(nobody|somebody|everybody|noone|someone|everyone|who|what|that|there|here|it|he|she)s$/.test(typed))
    return false;
  const isThird =
    /[^s]s$|^(crashed|failed|stalled|complained)$/.test(typed) &&
    (cell.senses.length === 0 || cell.repaired || isWord(cell, 'ask', 'need'));
  return isThird || senseOf(cell, 'verb')?.form === 's';
}

function cutAt(
  cells: readonly Cell[],
  at: number,
  current: readonly Cell[],
): { link: Link; skip: number } | undefined {
  const cell = cells[at]!;
  if (cell.quoted) return undefined;
  const numbered = itemAt(cells, at, current);
  if (numbered !== undefined) return { link: at > 0 ? 'then' : 'start', skip: numbered };
  if (isWord(cell, 'stop')) return { link: 'stop', skip: 1 };
  const content = current.some((one) => !isWord(one, 'filler', 'comma', 'first'));
  // "delete then the volume"
  const isDeedNext = senseOf(cells[at + 1], 'verb')?.form === 'base' && !senseOf(cells[at + 1], 'kind');
  if (cell.low === 'then' && senseOf(current.at(-1), 'verb')?.form === 'base' && !isDeedNext)
    return undefined;
  if (isWord(cell, 'afterwards') && !(cell.low === 'next' && senseOf(cells[at + 1], 'time'))) {
    if (cell.low === 'next' && isAfterDet(current)) return undefined;
    const isEmpty = current.every((one) => isWord(one, 'comma'));
    return content ? { link: 'then', skip: 1 } : { link: isEmpty ? 'then' : 'start', skip: 1 };
  }
  if (isWord(cell, 'before', 'after') && content && startsClause(cells, at + 1, true))
    return { link: orderOf(cell), skip: 1 };
  if (isWord(cell, 'insteadOf') && content && senseOf(cells[at + 1], 'verb') !== undefined)
    return { link: 'instead', skip: 1 };
  if (
    cell.low === 'but' &&
    content &&
    (startsClause(cells, at + 1, false) || startsResult(cells, at + 1, current))
  ) {
    const end = cells.findIndex((one, index) => index > at && isWord(one, 'comma', 'stop'));
    const said = cells.slice(at, end < 0 ? cells.length : end);
    return { link: isEarlier({ cells: said, link: 'and' }) ? 'after' : 'and', skip: 1 };
  }
  // "tomorrow: delete x": when, and no clause of its own.
  if (isWord(cell, 'colon') && content && current.every(isOnlyWhen)) return undefined;
  const therefore = (isWord(cell, 'colon') || /^(so|therefore|hence|thus)$/.test(cell.low)) && content;
  if (therefore && !senseOf(cell, 'name') && startsClause(cells, at + 1, false))
    return { link: 'and', skip: 1 };
  if (!isWord(cell, 'and', 'comma') || !content) return undefined;
  if (isMoved(current)) return undefined;
  let next = at + 1;
  while (isWord(cells[next], 'and', 'comma')) next++;
  if (isWord(cells[next], 'afterwards')) return { link: 'then', skip: next + 1 - at };
  if (isWord(cells[next], 'before', 'after') && startsClause(cells, next + 1, true))
    return { link: orderOf(cells[next]!), skip: next + 1 - at };
  if (startsSparing(cells, next) && !startsClause(cells, next, false))
    return { link: 'and', skip: next - at };
  // "and inside it create …"
  const within = isWord(cells[next], 'prep') && isWord(cells[next + 1], 'pronoun') ? next + 2 : next;
  if (within > next && startsClause(cells, within, false)) return { link: 'and', skip: next - at };
  const isSaid =
    startsPair(cells, next, current) ||
    startsResult(cells, next, current) ||
    startsFigure(cells, next, current);
  if (startsClause(cells, next, false) || isSaid) return { link: 'and', skip: next - at };
  return undefined;
}

const isOnlyWhen = (cell: Cell): boolean =>
  !cell.quoted && (senseOf(cell, 'time') !== undefined || isWord(cell, 'filler', 'comma', 'prep', 'det'));

/** "…, but first stop it" and "before that …" put what follows in front of what was said. */
function orderOf(cell: Cell): Link {
  return isWord(cell, 'before') && !isAhead(cell) ? 'before' : 'after';
}

/** "only vol-backup must stay": a statement that spares. */
function startsSparing(cells: readonly Cell[], from: number): boolean {
  for (let at = from; at < Math.min(cells.length, from + 8); at++) {
    const cell = cells[at]!;
    if (isWord(cell, 'stays')) return at > from;
    if (isWord(cell, 'stop', 'comma') || cell.quoted || senseOf(cell, 'verb')?.form === 'base') return false;
  }
  return false;
}

/** "1) snapshot it 2) grow it", "1. …": how many cells the number of an item takes. */
function itemAt(cells: readonly Cell[], at: number, current: readonly Cell[]): number | undefined {
  const isStep = /^(step|task|item)$/.test(cells[at]?.low ?? '');
  const first = isStep || isWord(cells[at], 'open') ? at + 1 : at;
  const number = senseOf(cells[first], 'value')?.value;
  if (number?.k !== 'number' || number.n > 20 || !Number.isInteger(number.n)) return undefined;
  const mark = cells[first + 1];
  const isItem = isWord(mark, 'close') || (isWord(mark, 'stop', 'colon') && (isStep || current.length === 0));
  return isItem && startsClause(cells, first + 2, false) ? first + 2 - at : undefined;
}

/** "to web-1, attach scratch": a phrase moved to the front belongs to the command behind it. */
function isMoved(current: readonly Cell[]): boolean {
  const first = current.find((cell) => !isWord(cell, 'filler', 'comma') || isWord(cell, 'prep'));
  return (
    isWord(first, 'prep') &&
    !current.some((cell) => senseOf(cell, 'verb')?.form === 'base' && !senseOf(cell, 'kind')) &&
    current.length <= 8
  );
}

function isAfterDet(current: readonly Cell[]): boolean {
  return isWord(current.at(-1), 'det', 'demonstrative');
}

const readCues = [
  'ask',
  'listCue',
  'showCue',
  'why',
  'what',
  'howMany',
  'who',
  'depends',
  'changed',
  'when',
  'summarize',
] as const;

/** A command or a question begins here. */
function startsClause(cells: readonly Cell[], from: number, afterOrder: boolean): boolean {
  let at = from;
  while (
    at < cells.length &&
    !senseOf(cells[at], 'verb') &&
    isWord(cells[at], 'filler', 'first', 'instead', 'not', 'again') &&
    !isWord(cells[at], ...readCues)
  )
    at++;
  const cell = cells[at];
  if (!cell || cell.quoted) return false;
  if (
    isWord(cell, 'pronoun', 'demonstrative') &&
    isWord(cells[at + 1], 'need') &&
    cells.slice(at + 2, at + 5).some((one) => senseOf(one, 'verb'))
  )
    return true;
  const verb = senseOf(cell, 'verb');
  if (verb) {
    const next = cells[at + 1];
    const noun =
      senseOf(cell, 'kind') ??
      senseOf(cell, 'name') ??
      senseOf(cell, 'metric') ??
      senseOf(cell, 'status') ??
      senseOf(cell, 'part');
    if (verb.form === 'ing' && !afterOrder) return false;
    if ((verb.form === 'ed' || verb.form === 's') && !(afterOrder && verb.form === 'ed')) return false;
    if (!noun) return true;
    // "…, migrate to esx-01": a word that is also in some name.
    const isPartOnly = !['kind', 'name', 'metric', 'status'].some((t) =>
      cell.senses.some((one) => one.t === t),
    );
    if (isPartOnly && next?.low === 'to' && senseOf(cells[at + 2], 'name')) return true;
    if (!next || isWord(next, 'and', 'comma', 'stop', 'of', 'be', 'prep', 'afterwards', 'close'))
      return false;
    return !senseOf(next, 'kind') || senseOf(cell, 'kind') !== undefined;
  }
  if (isWord(cell, 'light') && cells.slice(at + 1, at + 4).some((one) => senseOf(one, 'verb'))) return true;
  return isWord(cell, ...readCues) && !senseOf(cell, 'name') && at + 1 < cells.length;
}

/** "cart in prod to 4" after "checkout in prod to 5": a thing with its own value. */
function startsPair(cells: readonly Cell[], from: number, current: readonly Cell[]): boolean {
  const rest: Cell[] = [];
  for (let at = from; at < cells.length && !isWord(cells[at], 'and', 'comma', 'stop', 'afterwards'); at++)
    rest.push(cells[at]!);
  return (hasPair(rest) && hasPair(current)) || (isMeasured(rest) && isMeasured(current));
}

/** "rollback a, logs last 5 min", "resize a to M.8, then its cpu": a look at it, with no word that asks for one. */
function startsFigure(cells: readonly Cell[], from: number, current: readonly Cell[]): boolean {
  const noun = isWord(cells[from], 'their', 'det') ? from + 1 : from;
  const figure = cells[noun];
  const isFigure =
    figure !== undefined &&
    !figure.quoted &&
    !senseOf(figure, 'name') &&
    (isWord(figure, 'logCue') || senseOf(figure, 'metric') !== undefined);
  const isOrdered = current.some((cell) => senseOf(cell, 'verb')?.form === 'base' && !cell.quoted);
  if (!isFigure || !isOrdered || !current.some((cell) => senseOf(cell, 'name') ?? isWord(cell, 'pronoun')))
    return false;
  const rest = cells.slice(noun + 1);
  const end = rest.findIndex((cell) => isWord(cell, 'comma', 'stop', 'and', 'afterwards'));
  const said = end < 0 ? rest : rest.slice(0, end);
  const isSpan = (cell: Cell): boolean =>
    !cell.quoted && (senseOf(cell, 'time') !== undefined || senseOf(cell, 'value') !== undefined);
  const isOver = said.every((cell) => isSpan(cell) || isWord(cell, 'last', 'filler', 'prep', 'logCue'));
  const isLast = end < 0 && isWord(figure, 'logCue');
  return isOver && (said.some(isSpan) || noun > from || isLast);
}

/** "cpu of a" before "disk of b": each a figure of its own. */
function isMeasured(cells: readonly Cell[]): boolean {
  const named = cells.filter((cell) => senseOf(cell, 'name') && !senseOf(cell, 'env'));
  const at = cells.indexOf(named[0]!);
  const figures = cells.slice(0, Math.max(0, at)).filter((cell) => senseOf(cell, 'metric'));
  return (
    named.length > 0 &&
    figures.length === 1 &&
    /^(of|for|on|from)$/.test(cells[isWord(cells[at - 1], 'det') ? at - 2 : at - 1]?.low ?? '')
  );
}

function hasPair(cells: readonly Cell[]): boolean {
  // "cpu of a and disk of b"
  const isFigure = cells.some(
    (cell, at) =>
      senseOf(cell, 'metric') && isWord(cells[at + 1], 'of', 'prep') && senseOf(cells[at + 2], 'name'),
  );
  if (isFigure) return true;
  const thing = cells.findIndex(
    (cell) => senseOf(cell, 'name') ?? senseOf(cell, 'part') ?? senseOf(cell, 'prefix'),
  );
  if (thing < 0) return false;
  // "443 on a and 5432 on b"
  const isPort = /^(number|port)$/.test(senseOf(cells[thing - 2], 'value')?.value.k ?? '');
  if (isPort && cells[thing - 1]!.low === 'on' && senseOf(cells[thing], 'name')) return true;
  const rest = cells.slice(thing + 1);
  return rest.some((cell, index) => {
    const value = senseOf(cell, 'value')?.value;
    if (value?.k === 'times') return true;
    const to = rest[index - 1];
    const linked = (isWord(to, 'prep') && /(^|\s)(to|by)$/.test(to!.low)) || isWord(to, 'arrow');
    // "a named x and b named y"
    if (
      (isWord(cell, 'named') || cell.low === 'as') &&
      index === 0 &&
      rest[1]?.senses.every(({ t }) => t === 'part')
    )
      return true;
    // "a with x=1 and b with x=2", "a from web-1 and b from web-2"
    if (value?.k === 'tags') return true;
    const isFrom = /^(from|off|off of)$/.test(to?.low ?? '') && senseOf(cell, 'name') !== undefined;
    const isGiven =
      value !== undefined || senseOf(cell, 'name') !== undefined || /^[a-z][\w.-]*\d[\w.-]*$/.test(cell.low);
    return isFrom || (linked && isGiven);
  });
}

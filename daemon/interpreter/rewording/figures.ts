// Figures of speech that have another shape than their order: "web-10 needs the scratch volume attached", "poke a hole for
// 8080 in web-sg", "web-01 back up please". A table of shapes over sorts of words gives the order with the same things in
// it; a shape never adds a thing, a place or a figure, and none of them destroys. Called by `reword`, before idioms.

import { isJoin } from '../steps/madeTogether.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { clusterFigures } from './clusterFigures.ts';
import { begin, end, type Figure, machine, must, polite, port, thing, workload } from './figureParts.ts';
import { createFigureTables, matchOf } from './figureTables.ts';
import { labelFigures } from './labelFigures.ts';
import { makingFigures } from './makingFigures.ts';
import { netFigures } from './netFigures.ts';
import { resultFigures } from './resultFigures.ts';
import { withSetsAsOne } from './setsAsOne.ts';
import { storeFigures } from './storeFigures.ts';
import { workFigures } from './workFigures.ts';

const figures: readonly Figure[] = [
  {
    shape: `${begin}${thing('a', 'vm')} (?:needs?|gets?|wants?|requires?|(?:should|must|has to|shall) (?:get|have)|needs? to (?:get|have)) ${thing('b', 'volume')}(?: (?:attached|mounted|connected|plugged in|hooked up))?(?: to it)?${polite}*${end}`,
    order: ['verb attach', '$b', 'to', '$a'],
  },
  {
    shape: `${begin}${thing('a', 'vm')} (?:needs?|gets?|wants?|requires?|(?:should|must|has to|shall) (?:get|have)) (?<c>(?:an?|another)(?: (?:new|extra|additional|fresh|empty))* \\{size\\}.*)$`,
    order: ['verb create', '$c', 'and', 'verb attach', 'it', 'to', '$a'],
  },
  {
    shape: `${begin}(?:give|hand) ${thing('a', 'vm')} (?<c>(?:an?|another)(?: (?:new|extra|additional|fresh|empty))* \\{size\\} %volume.*)$`,
    order: ['verb create', '$c', 'and', 'verb attach', 'it', 'to', '$a'],
  },
  {
    shape: `${begin}(?:add|hang|provision) (?<c>(?:an?|another)(?: (?:new|extra|additional|fresh|empty))* \\{size\\} %volume(?: (?:named|called) \\S+)?) (?:to|on|onto) ${thing('a', 'vm')}${polite}*${end}`,
    order: ['verb create', '$c', 'and', 'verb attach', 'it', 'to', '$a'],
  },
  {
    shape: `${begin}${thing('b', 'volume')} (?:(?:goes|(?:should|must|has to|needs to|shall) (?:go|be|belong)) (?:to|on|onto|into)|belongs (?:on|onto|into)) ${thing('a', 'vm')}(?: , (?:so )?(?:please )?(?:attach|mount|connect) it)?${polite}*${end}`,
    order: ['verb attach', '$b', 'to', '$a'],
  },
  {
    shape: `${begin}${thing('b', 'floating-ip')} (?:goes|${must}(?: (?:belong|point|go|be|move|lead|be moved|be assigned))?) (?:to|at|on) ${thing('a', 'vm')}${polite}*${end}`,
    order: ['verb assign', '$b', 'to', '$a'],
  },
  {
    shape: `${begin}${thing('a', 'vm')} (?:needs?|wants?|requires?|gets?|(?:should|must|has to|shall) (?:get|have)) (?<c>(?:an?|some|any)(?: (?:new|free|public|external))* %floating-ip)${polite}*${end}`,
    order: ['verb give', '$a', '$c'],
  },
  {
    shape: `${begin}${thing('a', ...workload)} ${must}(?: (?:be|run|use|be on|be running|on|running))?(?: image| version| the image)? (?<v>\\{image\\})${polite}*${end}`,
    order: ['verb set', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}let ${port} (?:through|in|pass|by) (?:on|in|at|to|of) ${thing('a', 'security-group')}${polite}*${end}`,
    order: ['verb open', '$p', 'on', '$a'],
  },
  {
    shape: `${begin}${thing('a', 'security-group')} ${must} (?:accept|allow|let in|permit|take|let through)(?: traffic| connections| access)?(?: on| from| for| to)? ${port}${polite}*${end}`,
    order: ['verb open', '$p', 'on', '$a'],
  },
  {
    shape: `${begin}(?:poke|punch|drill|make|cut) an? hole (?:for|on|at) ${port} (?:in|into|through|on) ${thing('a', 'security-group')}${polite}*${end}`,
    order: ['verb open', '$p', 'on', '$a'],
  },
  {
    shape: `${begin}(?:poke|punch|drill|make|cut) an? hole (?:in|into|through|on) ${thing('a', 'security-group')} (?:for|on|at) ${port}${polite}*${end}`,
    order: ['verb open', '$p', 'on', '$a'],
  },
  {
    shape: `${begin}no more ${port} (?:on|in|to|through|for) ${thing('a', 'security-group')}(?: , (?:please )?close it)?${polite}*${end}`,
    order: ['verb close', '$p', 'on', '$a'],
  },
  {
    shape: `${begin}${thing('a', ...machine)} (?:back )?(?:up|on|online|back|up again|back again|back up|back online|on again)${polite}*${end}`,
    order: ['verb start', '$a'],
    asked: true as const,
  },
  {
    shape: `${begin}${thing('a', ...machine)} (?:off|down|offline)${polite}*${end}`,
    order: ['verb stop', '$a'],
    asked: true as const,
  },
  {
    shape: `${begin}(?:(?:i|we) )?(?:get|need|want|i need|we need|i want|we want|have|bring|i need to have|would like|i would like|we would like) ${thing('a', ...machine)} (?:back|up|online|going|running|up and running|working|back up|back online|back on|back again|up again)${polite}*${end}`,
    order: ['verb start', '$a'],
  },
  {
    shape: `${begin}(?:(?:i|we) )?(?:get|need|want|i need|we need|i want|we want|would like|i would like) ${thing('a', ...machine)} (?:off|down|offline)${polite}*${end}`,
    order: ['verb stop', '$a'],
  },
  {
    shape: `${begin}(?:bring|get|take|put|raise|make|set) ${thing('a', 'volume')} (?:(?:to|at|up to|on) )?(?<v>\\{size\\})(?: (?:big|large))?${polite}*${end}`,
    order: ['verb resize', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}set (?:the )?(?<k>[a-z][a-z-]*) (?:tag|label) (?:of|on|for) ${thing('a', 'vm', 'volume', 'database', 'node', 'snapshot', 'namespace')} to (?<v>[a-z@][a-z0-9-]*)${polite}*${end}`,
    order: ['verb tag', '$a', 'with', '$k=$v'],
  },
  {
    shape: `${begin}${port} ${must}(?: be)? (?:open|opened|reachable|accessible|allowed) (?:on|in|at) ${thing('a', 'security-group')}${polite}*${end}`,
    order: ['verb open', '$p', 'on', '$a'],
  },
  {
    shape: `^(?<c>%(?:volume|network|keypair|security-group|namespace) (?:named|called) \\S+(?: , | with | of | )?(?:\\{size\\})?)${polite}*(?: [.!])*$`,
    order: ['verb create', '$c'],
    asked: true as const,
  },
  {
    shape: `${begin}pull the plug on ${thing('a', 'vm', 'container')}${polite}*${end}`,
    order: ['verb stop', '$a'],
  },
  {
    shape: `${begin}(?:(?:i|we) )?(?:need|want|i need|we need|i want|we want|would like|i would like|get me|give me|could use|get|grab|do|make|take|create|have) (?:an?|another|one)(?: (?:fresh|new|quick|full|fast|current))* (?:%snapshot|snapshot|backup|snap|copy)(?<n> (?:named|called) \\S+)? (?:of|from|for) ${thing('a', 'vm', 'volume', 'database')}`,
    order: ['verb snapshot', '$a', '$n'],
  },
  {
    shape: `${begin}freeze a copy of ${thing('a', 'vm', 'volume', 'database')}(?: (?:as|in) (?:an? )?(?:%snapshot|snapshot|backup))?${polite}*${end}`,
    order: ['verb snapshot', '$a'],
  },
  {
    shape: `${begin}${thing('a', 'vm', 'volume', 'database')} (?:%snapshot|snapshot|backup)${polite}*${end}`,
    order: ['verb snapshot', '$a'],
    asked: true as const,
  },
  {
    shape: `${begin}(?:(?:i|we) )?(?:want|need|i need|we need|i want|we want|would like|run|have|i would like) (?<v>\\{number\\}) (?:%pods|copies|instances|replicas|%vms) (?:of|for) ${thing('a', ...workload)}${polite}*${end}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `^(?:please )?${thing('a', ...workload)} [:,-] (?<v>\\{number\\}) (?:%pods?|copies|instances)${polite}*(?: [.!])*$`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:put|set|bring|get|keep|run) ${thing('a', ...workload)} (?:on|at|with|to|back to|up to|down to) (?<v>\\{number\\})(?: (?:%pods?|copies|instances))?${polite}*${end}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${thing('a', ...workload)} (?:can|may|could|is allowed to|might) have (?<v>\\{number\\}) (?:%pods?|copies|instances)${polite}*${end}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${thing('a', ...workload)} (?:needs?|wants?|(?:should|must|has to|shall) (?:have|get)|requires?) (?<v>\\{number\\}) (?:%pods?|copies|instances)${polite}*${end}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${thing('a', 'vm', 'volume', 'database', 'node', ...workload)} (?:should|must|has to|can|may|shall|needs to) (?:lose|drop|shed|get rid of) (?:its|the|his) (?<k>\\S+) (?:tag|label)${polite}*${end}`,
    order: ['verb untag', '$k', 'from', '$a'],
  },
  {
    shape: `${begin}no (?:new |more |new more )*(?:%pods|pods|workloads?) (?:on|for|onto|to) ${thing('a', 'node')}${polite}*${end}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}${thing('a', 'vm', 'container', 'unit', 'pod', ...workload)} (?:needs?|could use|wants|deserves|could do with) an? (?:fresh|clean|new) (?:re)?start${polite}*${end}`,
    order: ['verb restart', '$a'],
  },
].map((one) => ({ ...one, shape: new RegExp(one.shape, 'u') }));
const spoken = [...netFigures, ...labelFigures, ...resultFigures, ...makingFigures, ...storeFigures].map(
  (one) => ({
    ...one,
    shape: new RegExp(one.shape, 'u'),
  }),
);
const tables = createFigureTables([...spoken, ...figures, ...workFigures, ...clusterFigures]);
const begins = new RegExp(begin, 'gu');

/** The cells with every figure said as the order it stands for; a list of things has its place as one of them would. */
export function withFigures(given: readonly Cell[], isAsked: boolean): readonly Cell[] {
  const sets = new Map<Cell, readonly Cell[]>();
  const folded = withSetsAsOne(given, sets);
  const withSet = (some: readonly Cell[] | undefined): readonly Cell[] | undefined => {
    const made = some && figured(some, isAsked);
    return made && made !== some ? made.flatMap((cell) => sets.get(cell) ?? [cell]) : undefined;
  };
  // "all dev vms, web-1 and web-2 must go down": a list that begins with a set is not cut behind it.
  const isListed = [...sets.values()].some((own) => own.some((cell) => senseOf(cell, 'name')?.exact));
  const listed = isListed ? withSet(folded) : undefined;
  if (listed) return listed;
  const lists = new Map<Cell, readonly Cell[]>();
  const cells = withListsAsOne(given, lists);
  const said = figured(cells, isAsked);
  if (said !== cells) return said.flatMap((cell) => lists.get(cell) ?? [cell]);
  // "get all the pods off all nodes in eu-c": the last of them is what the order is about.
  const last = folded?.findLast((cell) => sets.has(cell));
  const some =
    sets.size > 1
      ? folded?.flatMap((cell) => (cell === last ? [cell] : (sets.get(cell) ?? [cell])))
      : undefined;
  return (isListed ? undefined : withSet(folded)) ?? withSet(some) ?? given;
}

/** "a, b and c" as one cell of their sort; what it stands for is in `lists`. */
function withListsAsOne(cells: readonly Cell[], lists: Map<Cell, readonly Cell[]>): readonly Cell[] {
  const said: Cell[] = [];
  for (let at = 0; at < cells.length; ) {
    const end = listEnd(cells, at);
    const list = cells.slice(at, end);
    at = end;
    if (list.length < 2) {
      said.push(...list);
      continue;
    }
    const [first] = list;
    const one: Cell = { ...first!, end: list.at(-1)!.end };
    lists.set(one, list);
    said.push(one);
  }
  return said;
}

/** Where a list of things of one kind ends. */
function listEnd(cells: readonly Cell[], from: number): number {
  const kinds = listedKind(cells[from]);
  let end = from + 1;
  while (kinds !== undefined) {
    let next = end;
    while (
      next < end + 3 &&
      (isWord(cells[next], 'and', 'comma', 'det') || /^[+&]$/.test(cells[next]?.low ?? ''))
    )
      next++;
    if (next === end || listedKind(cells[next]) !== kinds) break;
    end = next + 1;
  }
  return end;
}

/** The kinds of a name that is said exactly, and is a thing that orders are about. */
function listedKind(cell: Cell | undefined): string | undefined {
  const name = cell && !senseOf(cell, 'env') && !senseOf(cell, 'verb') ? senseOf(cell, 'name') : undefined;
  const sort = name?.exact ? sortOf(cell!) : undefined;
  return sort?.startsWith('<') && !/flavor|image|namespace/.test(sort) ? sort : undefined;
}

function figured(cells: readonly Cell[], isAsked: boolean): readonly Cell[] {
  if (cells.length < 2) return cells;
  const asks = isAsking(cells);
  const { text, starts } = sortsOf(cells);
  const orders = [...text.matchAll(begins)].map(({ index }) => index);
  const named = new Set([...text.matchAll(/<([a-z|-]+)>/g)].flatMap(([, kinds]) => kinds!.split('|')));
  const isThere = tables.lookIn(text);
  for (const { shape, order, asked, about, mayAsk, needs } of tables.ofKinds(named)) {
    if (!isThere(needs)) continue;
    if ((asked && !isAsked) || (asks && !mayAsk) || (about && !about.test(text))) continue;
    const match = matchOf(shape, text, orders);
    if (!match) continue;
    // "please keep" is one word to the lexicon.
    const from = starts.findLastIndex((start) => start <= match.index);
    const within = text.slice(starts[from], match.index);
    const after = starts.indexOf(match.index + match[0].length + 1);
    if (from < 0 || !/^(please )?$/.test(within)) continue;
    const rest = after < 0 ? [] : cells.slice(after);
    const groups = groupsOf(shape, match, starts, cells);
    const said = order.flatMap((part) => partOf(part, cells[from]!, groups));
    return [...cells.slice(0, from), ...said, ...(isJoin(rest[0]) ? figured(rest, isAsked) : rest)];
  }
  return cells;
}

/** "can we get two more of it?" asks for the deed. */
const isBegged = (cells: readonly Cell[]): boolean =>
  cells.some(
    ({ low, quoted }) =>
      !quoted &&
      /^(please|pls|plz|kindly|((can|could|would|will) (you|we|u|someone|somebody|anyone|anybody)( please)?))$/.test(
        low,
      ),
  );

const isAsking = (cells: readonly Cell[]): boolean =>
  isQuestion(cells) ||
  cells.some(
    (cell) =>
      !cell.quoted &&
      ((cell.low === '?' && !isBegged(cells)) ||
        isWord(cell, 'if', 'who', 'why', 'howMany') ||
        cell.low === 'not'),
  );

const requested =
  /^(request|requesting|requested|ask|asking|ask for|for|want|need|please|i|we|kindly|would like|suggest|recommend|propose|i request|we request|hereby|i ask|i would like|i want|i need|we need|do|perform|execute|carry out)$/;

/** "I kindly request the restart of web-10": a verb that is said as a noun. */
export function withNominals(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 0 &&
      isBase(cell) &&
      !senseOf(cell, 'name') &&
      /^(the|a|an)$/.test(cells[index - 1]!.low) &&
      cells[index + 1]?.low === 'of',
  );
  const lead = cells.slice(0, Math.max(0, at - 1));
  const isLead =
    at > 1 &&
    lead.every((cell) => !cell.quoted && (requested.test(cell.low) || isWord(cell, 'filler', 'comma')));
  const isAsked = lead.some((cell) => requested.test(cell.low) && !isWord(cell, 'light'));
  return isLead && isAsked ? [cells[at]!, ...cells.slice(at + 2)] : cells;
}

/** Each cell as the sort of word it is. */
export function sortsOf(cells: readonly Cell[]): {
  readonly text: string;
  readonly starts: readonly number[];
} {
  const starts: number[] = [];
  let text = '';
  for (const cell of cells) {
    if (text !== '') text += ' ';
    starts.push(text.length);
    text += sortOf(cell);
  }
  return { text, starts };
}

function sortOf(cell: Cell): string {
  if (senseOf(cell, 'env')) return '@';
  if ((senseOf(cell, 'region') ?? senseOf(cell, 'provider')) && !senseOf(cell, 'name')) return '~';
  const name = senseOf(cell, 'name');
  if (name && (name.exact || cell.quoted)) {
    const kinds = new Set(name.ids.map((id) => /:([a-z-]+)\//.exec(id)?.[1] ?? ''));
    return `<${[...kinds].join('|')}>`;
  }
  if (cell.quoted) return '"';
  const kind = senseOf(cell, 'kind');
  if (kind && kind.kinds.length > 0 && !kind.short && !senseOf(cell, 'verb'))
    return `%${kind.kinds[0]!}${kind.plural ? 's' : ''}`;
  const value = senseOf(cell, 'value')?.value;
  // "+50 GB" is by how much, and no size.
  if (value)
    return /^[+-]| (more|extra|additional|further) /.test(cell.text) ? `{+${value.k}}` : `{${value.k}}`;
  return cell.low;
}

/** The cells of each part of the match. */
export function groupsOf(
  shape: RegExp,
  match: RegExpExecArray,
  starts: readonly number[],
  cells: readonly Cell[],
): ReadonlyMap<string, readonly Cell[]> {
  const again = new RegExp(shape.source, 'duy');
  again.lastIndex = match.index;
  const spans = again.exec(match.input)?.indices?.groups ?? {};
  return new Map(
    Object.entries(spans).map(([name, span]) => [
      name,
      span === undefined
        ? []
        : cells.filter((_, at) => starts[at]! >= span[0] && starts[at]! < span[1] && span[1] > span[0]),
    ]),
  );
}

function partOf(part: string, at: Cell, groups: ReadonlyMap<string, readonly Cell[]>): readonly Cell[] {
  if (part === '$k=$v') {
    const [key, value] = [groups.get('k')?.[0] ?? groups.get('l')?.[0], groups.get('v')?.[0]];
    const tags = { [key!.text]: value!.text };
    return [plain(key!, `${key!.low}=${value!.low}`, { t: 'value', value: { k: 'tags', tags } })];
  }
  const own = groups.get(part.slice(1)) ?? [];
  // "its app tag": a key, whatever else the word means.
  if (/^\$[kl]$/.test(part)) return own.map((cell) => plain(cell, cell.low));
  if (part.startsWith('$')) return own;
  const phrase = /^verb (.+)$/.exec(part)?.[1];
  if (phrase) return [plain(at, phrase, { t: 'verb', phrase, form: 'base' })];
  if (part.startsWith('#')) {
    const n = Number(part.slice(1));
    return [plain(at, part.slice(1), { t: 'value', value: { k: 'number', n } })];
  }
  const address = plain(at, 'floating ip', { t: 'kind', kinds: ['floating-ip'], plural: false });
  if (part === '%floating-ip') return [address];
  if (part === '%a floating-ip') return [plain(at, 'a', word('det')), address];
  if (part === '%namespace' || part === '%keypair') {
    const kind = part.slice(1);
    return [plain(at, kind, { t: 'kind', kinds: [kind], plural: false })];
  }
  const sort = part === 'and' || part === 'named' ? part : part === 'it' ? 'pronoun' : 'prep';
  return [plain(at, part, word(sort))];
}

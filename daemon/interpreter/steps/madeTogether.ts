// New things that are made in one breath: a second one with the verb of the first ("create network a, then subnet b in
// it"), several of one kind ("create networks a and b"), a group with its open ports. Each gets a verb of its own; a name
// that is there already is never taken for a new one. Called by `sequence`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** The cells with a verb before every new thing. */
export function withMade(cells: readonly Cell[]): readonly Cell[] {
  return [withInThere, withNewOne, withAttachedTo, withMadeToo, withOpenPorts, withEachMade].reduce(
    (said, turn) => turn(said),
    cells,
  );
}

/** "create namespace a, and in there …", "… and in it …": in what was just made. */
function withInThere(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 2 &&
      !cell.quoted &&
      /^(and )?in$/.test(cell.low) &&
      /^(there|it)$/.test(cells[index + 1]?.low ?? '') &&
      isWord(cells[index + 2], 'det'),
  );
  const isMade = cells
    .slice(0, Math.max(0, at))
    .some((cell) => making.test(senseOf(cell, 'verb')?.phrase ?? '') && !senseOf(cell, 'name'));
  if (at < 0 || !isMade) return cells;
  const cell = cells[at]!;
  const before = isJoin(cells[at - 1]) ? cells.slice(0, at - 1) : cells.slice(0, at);
  return [
    ...before,
    plain(cell, 'and', word('and')),
    plain(cell, 'in', word('prep')),
    plain(cells[at + 1]!, 'it', word('pronoun')),
    ...cells.slice(at + 2),
  ];
}

/** "delete the keypair a and create a new one called b": one of the kind that was spoken of. */
function withNewOne(cells: readonly Cell[]): readonly Cell[] {
  const one = cells.findIndex(
    (cell, at) =>
      at > 2 &&
      !cell.quoted &&
      (/^(new one|another one|another|a new one|a fresh one|fresh one)$/.test(cell.low) ||
        (cell.low === 'one' && /^(new|another|fresh)$/.test(cells[at - 1]?.low ?? ''))),
  );
  // "a snapshot of a called x and another one of b called y"
  const copy = cells.slice(0, Math.max(0, one)).find((cell) => isSnapshot(cell) && !cell.quoted);
  const source = cells[one + 2];
  if (copy && isWord(cells[one + 1], 'of') && senseOf(source, 'name')?.exact && isJoin(cells[one - 1]))
    return [
      ...cells.slice(0, one),
      plain(cells[one]!, 'snapshot', { t: 'verb', phrase: 'snapshot', form: 'base' }),
      ...cells.slice(one + 2),
    ];
  const verb = cells.findLastIndex((cell, at) => at < one && isBase(cell));
  const isBeside = one - verb < 4 || isJoin(cells[one - 1]);
  const isMade = verb >= 0 && making.test(senseOf(cells[verb]!, 'verb')!.phrase) && isBeside;
  const said = cells
    .slice(0, Math.max(0, isJoin(cells[one - 1]) ? one : verb))
    .findLast((cell) => isThing(cell) && !cell.quoted);
  if (!isMade || !said || cells[one + 1] === undefined) return cells;
  const kinds = (senseOf(said, 'name')?.ids ?? []).map((id) => /:([a-z-]+)\//.exec(id)?.[1] ?? '');
  const kind = senseOf(said, 'kind')?.kinds[0] ?? (new Set(kinds).size === 1 ? kinds[0] : undefined);
  if (!kind) return cells;
  return cells.map((cell, at) =>
    at === one ? plain(cell, kind, { t: 'kind', kinds: [kind], plural: false }) : cell,
  );
}

const isSnapshot = (cell: Cell): boolean =>
  senseOf(cell, 'kind')?.kinds.includes('snapshot') === true ||
  /\bsnapshot\b/.test(senseOf(cell, 'verb')?.phrase ?? '');

/** "need a 100 GB volume a, attached to web-1": attach it to web-1. */
function withAttachedTo(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 &&
      !cell.quoted &&
      /^(attached to|attached on|mounted on|mounted to|mounted in|hooked up to|plugged into|connected to)$/.test(
        cell.low,
      ) &&
      senseOf(cells[isWord(cells[index + 1], 'det') ? index + 2 : index + 1], 'name')?.exact === true,
  );
  const volume = cells.findIndex((_, index) => index < at && newThing(cells, index) === index);
  const isVolume = senseOf(cells[volume], 'kind')?.kinds.includes('volume') === true;
  const isEarlier = cells.slice(volume + 1, Math.max(0, at)).some((cell) => isBase(cell));
  const isAsked = cells
    .slice(0, Math.max(0, volume))
    .some((cell) => isWord(cell, 'need') || making.test(senseOf(cell, 'verb')?.phrase ?? cell.low));
  if (at < 0 || !isVolume || isEarlier || !isAsked) return cells;
  const end = isJoin(cells[at - 1]) ? at - 1 : at;
  return [
    ...cells.slice(0, end),
    plain(cells[at]!, 'then', word('afterwards')),
    plain(cells[at]!, 'attach', { t: 'verb', phrase: 'attach', form: 'base' }),
    plain(cells[at]!, 'it', word('pronoun')),
    plain(cells[at]!, 'to', word('prep')),
    ...cells.slice(at + 1),
  ];
}

/** A word between two steps or two things. */
export const isJoin = (cell: Cell | undefined): boolean =>
  isWord(cell, 'and', 'comma', 'afterwards') && cell?.quoted === false && !senseOf(cell, 'name');

/** An order begins here, also one whose word is a noun as well ("snapshot it"). */
export function isOrder(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at];
  if (!isBase(cell) || senseOf(cell, 'name')) return false;
  return !isThing(cell) || !senseOf(cells[at + 1], 'kind');
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
    // "a group with 8443 open, and a key": what a group is made with.
    if (isOrder(cells, at) && cell.low !== 'open') isMaking = making.test(senseOf(cell, 'verb')!.phrase);
    said.push(cell);
    if (isWord(cell, 'stop') && !cell.quoted) isMaking = true;
    const isWith = cell.low === 'with' && !cell.quoted && /^(network|namespace)$/.test(kind ?? '');
    const isAlso = isWord(cell, 'stop') && !cell.quoted && /^(also|and also)$/.test(cells[at + 1]?.low ?? '');
    if (!isMaking || !(isJoin(cell) || isWith || isAlso) || isJoin(cells[at + 1])) continue;
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
    const name = cells[thing + 1]!;
    const isWordOnly = isWord(name, 'filler') && !name.quoted;
    said.push(...cells.slice(start, thing + 1), ...(isWordOnly ? [{ ...name, senses: [] }] : []));
    at = isWordOnly ? thing + 1 : thing;
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
export function newThing(cells: readonly Cell[], from: number): number {
  let at = from;
  while (
    at < from + 5 &&
    !cells[at]?.quoted &&
    (fresh.test(cells[at]?.low ?? '') ||
      /^(first|me|us|please|also|then)$/.test(cells[at]?.low ?? '') ||
      /^(size|number)$/.test(senseOf(cells[at], 'value')?.value.k ?? ''))
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
  const ports = isWord(cells[by + 1], 'det') ? by + 2 : by + 1;
  let end = ports;
  while (isPort(cells[end]) || (isWord(cells[end], 'and', 'comma') && isPort(cells[end + 1]))) end++;
  const isOpen = /^(open|opened|allowed|exposed)$/.test(cells[end]?.low ?? '');
  if (end === ports || (!isOpen && cells[by]!.low === 'with')) return cells;
  const verb = plain(cells[by]!, 'open', { t: 'verb', phrase: 'open', form: 'base' });
  const it = [plain(cells[by]!, 'on', word('prep')), plain(cells[by]!, 'it', word('pronoun'))];
  const and = plain(cells[by]!, 'and', word('and'));
  // "…, with the port 636 open in it"
  const open = isOpen ? end + 1 : end;
  const isInIt =
    /^(in|on)$/.test(cells[open]?.low ?? '') && /^(it|that|there)$/.test(cells[open + 1]?.low ?? '');
  return [
    ...cells.slice(0, isWord(cells[by - 1], 'comma') ? by - 1 : by),
    and,
    verb,
    ...cells.slice(ports, end),
    ...it,
    ...cells.slice(isInIt ? open + 2 : open),
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
  const own = eachWithOwn(cells, verb, kind, isPlain);
  if (own) return own;
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

/** "create two volumes, a with 100 GB and b with 200 GB": each with its own. */
function eachWithOwn(
  cells: readonly Cell[],
  verb: number,
  kind: number,
  isPlain: boolean,
): readonly Cell[] | undefined {
  if (kind < 1 || !isPlain) return undefined;
  let from = kind + 1;
  while (isWord(cells[from], 'comma', 'colon', 'named')) from++;
  let end = from;
  while (end < cells.length && !isWord(cells[end], 'stop', 'afterwards') && !isOrder(cells, end)) end++;
  while (isJoin(cells[end - 1])) end--;
  const members: Cell[][] = [[]];
  for (const cell of cells.slice(from, end)) {
    const isMark = isWord(cell, 'and', 'comma') && !cell.quoted;
    if (!isMark) members.at(-1)!.push(cell);
    else if (members.at(-1)!.length > 0) members.push([]);
  }
  const isOwn = (member: readonly Cell[]): boolean =>
    member[0]?.senses.length === 0 && member.some((cell) => senseOf(cell, 'value')) && !member.some(isBase);
  const counted = cells.slice(verb + 1, kind).flatMap((cell) => senseOf(cell, 'value')?.value ?? []);
  const isCount = counted.every((value) => value.k === 'number' && value.n === members.length);
  if (members.length < 2 || !members.every(isOwn) || !isCount) return undefined;
  const senses = cells[kind]!.senses.map((sense) =>
    sense.t === 'kind' ? { ...sense, plural: false } : sense,
  );
  const and = plain(cells[verb]!, 'and', word('and'));
  const made = members.flatMap((member, at) => [
    ...(at > 0 ? [and] : []),
    cells[verb]!,
    { ...cells[kind]!, senses },
    ...member.filter((cell) => !isWord(cell, 'open', 'close')),
  ]);
  return [...cells.slice(0, verb), ...made, ...cells.slice(end)];
}

/** A list of names nothing here has, and where it ends. */
function namesAt(cells: readonly Cell[], from: number): { names: readonly Cell[]; next: number } {
  const names: Cell[] = [];
  let next = from;
  for (let at = from; at < cells.length; at++) {
    const cell = cells[at]!;
    if (cell.quoted || cell.repaired || cell.senses.length === 0) {
      // "no new pods may land there": words side by side are no list.
      const isJoined = names.length === 0 || isJoin(cells[at - 1]) || /[\d_-]/.test(cell.low);
      if (!isJoined) return { names: [], next: from };
      names.push(cell);
      next = at + 1;
    } else if (names.length === 0 || !isWord(cell, 'and', 'comma')) break;
  }
  return { names, next };
}

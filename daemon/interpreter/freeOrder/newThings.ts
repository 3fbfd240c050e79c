// Something new that is asked for in whatever order its parts were said: "give me a cirros box, flavor S.2, call it x",
// "may I have two t3.micro instances on debian-12, called canary?". A thing of a kind that nothing here is yet, a name, and
// figures; what else is named is what it is made from or placed in. Called by `freeOrder`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';
import { type Chunks, type Figure, isFlavor, isGeneral, type Thing } from './chunks.ts';

const creatable: ReadonlySet<string> = new Set([
  'vm',
  'volume',
  'network',
  'subnet',
  'security-group',
  'keypair',
  'namespace',
  'deployment',
]);
/** What a new thing is made from, or placed in. */
const around: ReadonlySet<string> = new Set([
  'image',
  'network',
  'keypair',
  'security-group',
  'namespace',
  'flavor',
]);
/** How large it is to be, where its size is said besides. */
export const sized = /^(small|tiny|little|big|large|simple|plain|cheap)$/;
export const making =
  /^(create|launch|provision|spin up|make|set up|setup|new|add|stand up|build|generate|fire up|bring up|deploy|start)$/;

/** The plain order that makes it; undefined where it may be there already, or has no name. */
export function creationOf(
  { things: told, figures: given, deeds, isAsked }: Chunks,
  said: readonly Cell[],
  figureCells: (figure: Figure) => readonly Cell[],
  kindOf: (id: string) => string | undefined,
): readonly Cell[] | undefined {
  const all = told.flatMap(apart).map(withoutOwn);
  // "a namespace of my own, ds-experiments"
  const apposed = given.some(({ sort }) => sort === 'name') ? undefined : all.slice(1).find(isApposed);
  const things = all.filter((thing) => thing !== apposed && !isSize(thing) && !isOwner(thing));
  const sizes = all
    .filter(isSize)
    .map(({ cells, at }): Figure => ({ sort: 'flavor', cells, prep: undefined, at }));
  const names = apposed ? [{ ...apposed, sort: 'name' } as const] : [];
  const figures = [...given, ...sizes, ...names];
  const made =
    things.find(({ cells, prep, isNew }) => prep === undefined && (isNew || isOfKind(cells, kindOf))) ??
    (figures.some(({ sort }) => sort === 'flavor')
      ? things.find((thing) => isImage(thing, kindOf))
      : undefined);
  const isMaking = deeds.some(({ phrase }) => making.test(phrase));
  const isWished = isMaking || (isAsked && deeds.every(isGeneral));
  const isNamed = made?.isNew === true || figures.some(({ sort }) => sort === 'name');
  const isPlain = deeds.every((deed) => isGeneral(deed) || making.test(deed.phrase));
  if (!made || !isWished || !isNamed || !isPlain) return undefined;
  // "make the server web-77 running again": said to be there already, or of a state it should have.
  const isThere =
    isWord(made.cells[0], 'demonstrative') ||
    /^(the|my|our)$/.test(made.cells[0]!.low) ||
    made.cells.some((cell) => senseOf(cell, 'status') && !senseOf(cell, 'kind')) ||
    said.some((cell) => !cell.quoted && isWord(cell, 'again'));
  if (isThere) return undefined;
  const isSized = figures.some(({ sort }) => sort === 'size' || sort === 'flavor');
  if (!isSized && said.some((cell) => isWord(cell, 'sizeWord') && !cell.quoted)) return undefined;
  const others = things.filter((thing) => thing !== made && !isBack(thing.cells));
  if (others.some(({ cells }) => !isAround(cells, kindOf))) return undefined;
  const sorts = figures.map(({ sort }) => sort);
  if (new Set(sorts).size < sorts.length) return undefined;
  const first = made.cells[0]!;
  const count = figures.filter(({ sort }) => sort === 'number');
  // "called scratch two": part of its name, or how many.
  const named = figures.find(({ sort }) => sort === 'name');
  if (named && count.some(({ at }) => at === named.at + named.cells.length)) return undefined;
  const isArticle = isWord(first, 'det');
  // "one box" is a box.
  const several = count.filter(({ cells }) => !isWord(cells[0], 'one'));
  const article = isArticle || several.length > 0 || made.isNew ? [] : [plain(first, 'a', word('det'))];
  const own = isArticle && count.length > 0 ? made.cells.slice(1) : [...article, ...made.cells];
  const machine = plain(first, 'vm', { t: 'kind', kinds: ['vm'], plural: false });
  const bare = isImage(made, kindOf)
    ? [plain(first, 'a', word('det')), machine, plain(first, 'from', word('prep')), ...own.slice(-1)]
    : own;
  // "an encrypted volume v2": what it is to be, in words that nobody here can read.
  const noun = bare.findIndex((cell) => senseOf(cell, 'kind'));
  const isOpen = ({ quoted, senses, low }: Cell): boolean =>
    !quoted && senses.length === 0 && !(isSized && sized.test(low));
  if (bare.slice(0, Math.max(0, noun)).some(isOpen)) return undefined;
  return [
    plain(first, 'create', { t: 'verb', phrase: 'create', form: 'base' }),
    ...several.flatMap(({ cells }) => cells),
    ...bare.filter((cell, at) => at > noun || !sized.test(cell.low) || cell.quoted).map(asFrom),
    ...others.flatMap((thing) => [
      plain(thing.cells[0]!, placeOf(thing, kindOf), word('prep')),
      // "both on debian-12"
      ...(isWord(thing.cells[0], 'both') && isWord(thing.cells[1], 'prep')
        ? thing.cells.slice(2)
        : thing.cells),
    ]),
    ...figures.filter((figure) => !count.includes(figure)).flatMap(figureCells),
  ];
}

/** "a snapshot of db-1 named x would be great", "volume snapshot, source vol-data, label x": one is to be taken. */
export function snapshotOf({ things: told, figures, deeds, isAsked }: Chunks): readonly Cell[] | undefined {
  // "a and b both need a snapshot"
  const things = told.filter(({ cells }) => cells.length > 1 || !isWord(cells[0], 'both'));
  const isSnapshot = ({ cells: said }: Thing): boolean =>
    said.some((cell) => !cell.quoted && senseOf(cell, 'kind')?.kinds.includes('snapshot'));
  // "make from x a snapshot": the thing may stand first.
  const isTurned =
    things.length === 2 &&
    /^(from|of|for|)$/.test(things[0]!.prep ?? '') &&
    isSnapshot(things[1]!) &&
    !isSnapshot(things[0]!);
  const [head, source] = isTurned ? [things[1], things[0]] : things;
  const cells = head?.prep === undefined ? (head?.cells ?? []) : [];
  const at = cells.findIndex((cell) => !cell.quoted && senseOf(cell, 'kind')?.kinds.includes('snapshot'));
  const isNew = cells
    .slice(0, Math.max(0, at))
    .every((cell) => /^(a|an|one)$/.test(cell.low) || (senseOf(cell, 'kind') && !senseOf(cell, 'name')));
  const isOf = isWord(cells[at + 1], 'of');
  const isApart = at === cells.length - 1 && things.length === 2 && source?.isNew === false;
  const of = isOf && things.length === 1 ? cells.slice(at + 2) : isApart ? source!.cells : [];
  const isNamed = of.some((cell) => senseOf(cell, 'name')?.exact);
  const [label] = figures;
  const isLabel = label === undefined || label.sort === 'name' || label.sort === 'key';
  // "take an RDS snapshot of a labelled x"
  const isTaken = deeds.some(({ phrase, form }) => form === 'base' && /^(take|make|do|get)$/.test(phrase));
  const isWished = isAsked || isTaken || (isApart && (label !== undefined || deeds.length > 0));
  if (at < 0 || !isNew || !isNamed || !isWished || !isLabel || figures.length > 1 || !deeds.every(isGeneral))
    return undefined;
  const verb = plain(cells[at]!, 'snapshot', { t: 'verb', phrase: 'snapshot', form: 'base' });
  const name = label ? [plain(label.cells[0]!, 'named', word('named')), label.cells.at(-1)!] : [];
  return [verb, ...of, ...name];
}

/** "an ubuntu-24.04 t3.medium": a machine that is said by its image and its size. */
function isImage({ cells, prep }: Thing, kindOf: (id: string) => string | undefined): boolean {
  const [article, image] = cells;
  return (
    prep === undefined &&
    cells.length === 2 &&
    /^(a|an|one|another)$/.test(article!.low) &&
    senseOf(image, 'name')?.exact === true &&
    namedKinds(cells, kindOf).every((kind) => kind === 'image')
  );
}

/** "…, t3.micro", "machines on S.2" */
const isSize = ({ cells }: Thing): boolean => cells.length === 1 && isFlavor(cells[0]);

/** A word alone that nothing here is called, in the shape of a name. */
const isApposed = ({ cells, prep, isJoined }: Thing): boolean =>
  cells.length === 1 &&
  prep === undefined &&
  !isJoined &&
  /^[a-z][\w.]*(-[\w.]+)+$/i.test(cells[0]!.text) &&
  !senseOf(cells[0], 'name') &&
  !senseOf(cells[0], 'value') &&
  !senseOf(cells[0], 'region');

/** "of my own" */
const isOwner = ({ cells }: Thing): boolean =>
  cells.length === 1 && /^(my|our|its|his|her|their|your)$/.test(cells[0]!.low);

/** "built from debian-12" */
const asFrom = (cell: Cell): Cell =>
  !cell.quoted && /^(built|made|created|cloned|booted|based|running) (from|on|off|of)$/.test(cell.low)
    ? plain(cell, 'from', word('prep'))
    : cell;

/** "my own network", "a namespace of our own": whose it will be; there is none such yet. */
function withoutOwn(thing: Thing): Thing {
  const own = thing.cells.findIndex((cell) => cell.low === 'own' && !cell.quoted);
  const whose = thing.cells[own - 1];
  if (own < 1 || !/^(my|our|its|his|her|their|your)$/.test(whose!.low)) return thing;
  const isBehind = isWord(thing.cells[own - 2], 'of');
  const article = isBehind ? [] : [plain(whose!, 'a', word('det'))];
  const rest = thing.cells.slice(own + 1);
  return { ...thing, cells: [...thing.cells.slice(0, isBehind ? own - 2 : own - 1), ...article, ...rest] };
}

/** "debian-12, eu-west-1": what is listed beside a new thing are several parts of it. */
function apart(thing: Thing): readonly Thing[] {
  const parts: Cell[][] = [[]];
  for (const cell of thing.cells)
    if (isWord(cell, 'comma') && !cell.quoted) parts.push([]);
    else if (isFlavor(cell) && /^(on|with|of|as|at)$/.test(parts.at(-1)!.at(-1)?.low ?? '')) {
      parts.at(-1)!.pop();
      parts.push([cell]);
    } else parts.at(-1)!.push(cell);
  return parts
    .filter((cells) => cells.length > 0)
    .map((cells, at) =>
      at === 0 ? { ...thing, cells } : { ...thing, cells, prep: undefined, isNew: false },
    );
}

/** "call it x", "both on debian-12": the new thing again. */
const isBack = (cells: readonly Cell[]): boolean =>
  cells.length === 1 && isWord(cells[0], 'pronoun', 'both', 'one') && !senseOf(cells[0], 'name');

/** "a cirros box", "two volumes": a kind, and no name but the image's. */
function isOfKind(cells: readonly Cell[], kindOf: (id: string) => string | undefined): boolean {
  const kinds = cells.flatMap((cell) => (cell.quoted ? [] : (senseOf(cell, 'kind')?.kinds ?? [])));
  const isOpen = cells.some(
    (cell) =>
      cell.quoted ||
      (!isOfNew(cell) && !sized.test(cell.low)) ||
      isWord(cell, 'all', 'any', 'both', 'demonstrative', 'their', 'other', 'last') ||
      /^(the|these|those|every|each|my|our)$/.test(cell.low),
  );
  const named = namedKinds(cells, kindOf);
  return (
    kinds.some((kind) => creatable.has(kind)) &&
    !isOpen &&
    named.every((kind) => kind === 'image' || kind === 'flavor')
  );
}

/** "encrypted", "small": what is said of a new thing must find its place. */
const isOfNew = (cell: Cell): boolean =>
  /^(new|fresh|another|additional)$/.test(cell.low) ||
  isWord(cell, 'det', 'comma', 'one', 'prep', 'typeWord', 'imageWord') ||
  ['kind', 'name', 'value', 'region', 'env'].some((sort) => cell.senses.some(({ t }) => t === sort));

const isAround = (cells: readonly Cell[], kindOf: (id: string) => string | undefined): boolean => {
  const kinds = namedKinds(cells, kindOf);
  const isPlace = cells.every(
    (cell) => isWord(cell, 'det', 'prep') || senseOf(cell, 'region') || senseOf(cell, 'env'),
  );
  return (kinds.length > 0 && kinds.some((kind) => around.has(kind))) || isPlace;
};

const namedKinds = (cells: readonly Cell[], kindOf: (id: string) => string | undefined): readonly string[] =>
  cells.flatMap((cell) => (senseOf(cell, 'name')?.ids ?? []).flatMap((id) => kindOf(id) ?? []));

/** "on debian-12" is from it. */
function placeOf({ cells, prep }: Thing, kindOf: (id: string) => string | undefined): string {
  const kinds = namedKinds(cells, kindOf);
  if (kinds.includes('image')) return 'from';
  return prep !== undefined && /^(in|on|with|from)$/.test(prep)
    ? prep
    : kinds.some((kind) => /^(keypair|security-group|flavor)$/.test(kind))
      ? 'with'
      : 'in';
}

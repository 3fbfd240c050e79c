// Something new that is wished for, with more behind it: "I'd like a namespace demo and in it a deployment hello", "we need
// a volume logs-1 of 20 GB, then attach it to web-1". The wish becomes the order that makes it, so that what follows finds
// it. Only what has an article of its own and a name that nothing here has; what is made by a later order of the same text,
// or what is to be changed behind it, stays as it was said. Called first of the turns, over the cells as they were typed.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain } from '../words/plainCells.ts';
import { withSupposed } from './supposed.ts';

const wish =
  /^((i|we) )?(need|want|require|would like|would need|would love|would like to have)$|^(may|can|could|might) (i|we) (please )?(get|have)$/;
const article = /^(a|an|another|one)$/;
const creatable = /^(vm|volume|network|subnet|security-group|keypair|namespace|deployment)$/;
/** Deeds that only what is there can bear. */
const changing =
  /^(start|stop|restart|reboot|delete|remove|destroy|drop|terminate|scale|resize|grow|shrink|detach|suspend|resume|drain|rebuild|migrate|move|rename|approve|cancel)\b/;
const making = /^(create|make|build|launch|provision|set up|spin up|deploy|add|do)$/;

/** The cells with the wish as an order. */
export function withNewWishes(given: readonly Cell[]): readonly Cell[] {
  const cells = withPoliteWish(withAttached(withNeedOf(withSupposed(given))));
  const at = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || wish.test(cell.low));
  const lead = cells[at];
  if (!lead || lead.quoted || !wish.test(lead.low) || !article.test(cells[at + 1]?.low ?? '')) return cells;
  let kind = at + 2;
  while (kind < at + 6 && isBeforeKind(cells[kind])) kind++;
  const { kinds, plural } = senseOf(cells[kind], 'kind') ?? { kinds: [], plural: true };
  if (plural || cells[kind]!.quoted || !creatable.test(kinds[0] ?? '')) return cells;
  let end = kind + 1;
  while (end < cells.length && !isMark(cells[end])) end++;
  const name = nameIn(cells.slice(kind + 1, end));
  const rest = cells.slice(end);
  const isOpen = cells.some((cell) => !cell.quoted && isWord(cell, 'not', 'if', 'or', 'who', 'why', 'what'));
  const isMore = rest.some((cell) => isBase(cell) || senseOf(cell, 'kind') || senseOf(cell, 'value'));
  const isElse = rest.some(
    (cell, index) =>
      isBase(cell) &&
      (changing.test(senseOf(cell, 'verb')!.phrase) ||
        (making.test(senseOf(cell, 'verb')!.phrase) &&
          isWord(rest[index + 1], 'pronoun', 'one', 'both', 'demonstrative'))),
  );
  if (!name || isOpen || !isMore || isElse) return cells;
  const verb = plain(lead, 'create', { t: 'verb', phrase: 'create', form: 'base' });
  return [...cells.slice(0, at), verb, ...cells.slice(at + 1)];
}

/** "could I please have a volume", typed in as many words: one wish. */
function withPoliteWish(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && /^(could|can|may|might)$/.test(cell.low));
  if (at < 0 || at > 3 || !/^(i|we)( have| get)?$/.test(cells[at + 1]?.low ?? '')) return cells;
  let next = at + 2;
  while (/^(please|pls|also)$/.test(cells[next]?.low ?? '')) next++;
  const isTwo = / (have|get)$/.test(cells[at + 1]!.low);
  if (!isTwo && !/^(have|get)$/.test(cells[next]?.low ?? '')) return cells;
  const end = isTwo ? at + 2 : next + 1;
  const who = cells[at + 1]!.low.split(' ')[0]!;
  if (!article.test(cells[end]?.low ?? '')) return cells;
  const ask = plain(cells[at]!, `could ${who} get`, { t: 'word', word: 'ask' });
  return [...cells.slice(0, at), ask, ...cells.slice(end)];
}

/** "it is necessary that port 22 gets opened": wanted, where the text begins with it. */
function withNeedOf(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma'));
  const lead = cells[at];
  if (!lead || lead.quoted || !/^it\b/.test(lead.low)) return cells;
  const that = cells.findIndex((cell, index) => index > at && index < at + 5 && cell.low === 'that');
  const low = cells
    .slice(at, Math.max(at, that))
    .map((cell) => (cell.quoted ? '"' : cell.low))
    .join(' ');
  if (that < 0 || !needed.test(low) || /^(i|we)$/.test(cells[that + 1]?.low ?? '')) return cells;
  const want = plain(lead, 'i want', { t: 'word', word: 'filler' });
  // "that it be stopped"
  const be = cells.findIndex((cell, index) => index > that && cell.low === 'be' && !cell.quoted);
  const isBeing =
    be > that + 1 && !cells.slice(that, be).some((cell) => isWord(cell, 'need', 'comma', 'stop'));
  const rest = cells
    .slice(that)
    .map((cell, index) =>
      isBeing && index === be - that ? plain(cell, 'is', { t: 'word', word: 'be' }) : cell,
    );
  return [...cells.slice(0, at), want, ...rest];
}

/** "I want that a is attached to b": it attached to b. */
function withAttached(cells: readonly Cell[]): readonly Cell[] {
  const that = cells.findIndex(
    (cell, at) =>
      at > 0 && cell.low === 'that' && /^(i|we) (want|need|would like|wish)$/.test(cells[at - 1]!.low),
  );
  const held = cells.findIndex((cell, at) => at > that + 2 && isWord(cell, 'attachedTo') && !cell.quoted);
  const be = cells[held - 1];
  const isPlain = that > 0 && (isWord(be, 'be') || /^(gets|get)$/.test(be?.low ?? ''));
  const isMore = cells
    .slice(that + 1, held - 1)
    .some((cell) => isWord(cell, 'not', 'comma', 'stop', 'be', 'if'));
  return isPlain && !isMore
    ? [...cells.slice(0, that), ...cells.slice(that + 1, held - 1), ...cells.slice(held)]
    : cells;
}

const needed =
  /^it (is|would be|will be|has become|s) (for (?:me|us) )?(really |very |now |absolutely |urgently )?(necessary|required|needed|requested|desired|wished|imperative|mandatory|wanted)$/;

const isMark = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && (isWord(cell, 'and', 'comma', 'stop', 'afterwards') || cell.low === 'with');

/** "a new 20 GB volume" */
const isBeforeKind = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  senseOf(cell, 'kind') === undefined &&
  (/^(new|own|fresh|second|separate|additional|small)$/.test(cell.low) ||
    senseOf(cell, 'value')?.value.k === 'size' ||
    (senseOf(cell, 'name')?.ids ?? []).some((id) => /:(image|flavor)\//.test(id)));

/** A name that nothing here has, right behind the kind or behind "called". */
function nameIn(behind: readonly Cell[]): Cell | undefined {
  const named = behind.findIndex((cell) => isWord(cell, 'named') && !cell.quoted);
  const cell = behind[named < 0 ? 0 : named + 1];
  const isNew =
    cell !== undefined && (cell.quoted || cell.senses.every(({ t }) => t === 'prefix' || t === 'part'));
  return isNew && !senseOf(cell, 'name') ? cell : undefined;
}

// Signs that operators write among words to bound a set: "name != x", "env in (staging, dev)", "vmware / app=erp vms",
// "prod vms → snapshot". Each becomes the word it stands for, so that nothing behind has to know the signs. Called while
// cells are made; it looks only at what is not quoted, and leaves what it does not know.

import { type Cell, isWord, senseOf } from './cells.ts';
import { isBase, plain, word } from './plainCells.ts';

/** The cells with the signs of sets as words. */
export function withSetNotation(cells: readonly Cell[]): readonly Cell[] {
  const isSigned = cells.some((cell) => !cell.quoted && signs.test(cell.low));
  return withSetInFront(withTagged(isSigned ? withSlashes(withLists(withDenied(cells))) : cells));
}

/** "strip the app tag from all instances of team=data": the pair behind the set says which, and is no tag to take off. */
function withTagged(cells: readonly Cell[]): readonly Cell[] {
  const isTags = (cell: Cell | undefined): boolean =>
    cell?.quoted === false && senseOf(cell, 'value')?.value.k === 'tags';
  const at = cells.findIndex(isTags);
  const isOf = /^(of|in|on)$/.test(cells[at - 1]?.low ?? '') && !cells[at - 1]?.quoted;
  const kind = senseOf(cells[isOf ? at - 2 : at - 1], 'kind');
  const lead = cells.slice(0, Math.max(0, at));
  const isRemoval = lead.some(
    (cell) => !cell.quoted && /^(remove|strip|drop|delete|take|clear|unset|untag|unlabel)\b/.test(cell.low),
  );
  const isTagSaid = lead.some((cell) => !cell.quoted && /\b(tags?|labels?)$/.test(cell.low));
  if (at < 3 || !kind?.plural || !isRemoval || !isTagSaid) return cells;
  const tagged = plain(cells[at]!, 'tagged', word('tagged'));
  return [...cells.slice(0, isOf ? at - 1 : at), tagged, ...cells.slice(at)];
}

const pointsAtAll = /^(them|them all|all of them|each of them|each one|every one|each|all)$/;

/** "dev vms: stop, excl bastion", "completed jobs, purge (all ns)": the set goes behind what is done with it. */
function withSetInFront(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex((cell) => isBase(cell) && !senseOf(cell, 'name'));
  const mark = verb - 1;
  if (mark < 1 || cells[mark]!.quoted || !isWord(cells[mark], 'comma', 'colon')) return cells;
  const set = cells.slice(0, mark);
  const isPlural = (cell: Cell): boolean =>
    !cell.quoted && senseOf(cell, 'kind')?.plural === true && !isWord(cell, 'replicas');
  const isSaid = (cell: Cell): boolean =>
    cell.senses.length > 0 &&
    !cell.quoted &&
    !isWord(
      cell,
      'be',
      'have',
      'do',
      'need',
      'stop',
      'colon',
      'not',
      'if',
      'because',
      'pronoun',
      'stays',
      'what',
    );
  let rest = cells.slice(verb + 1);
  // "security groups: close 22/tcp on all of them": what points at the set is the set.
  const pointing = rest.findIndex(
    (cell, at) =>
      !cell.quoted && pointsAtAll.test(cell.low) && /^(on|of|from|to|for|in)$/.test(rest[at - 1]?.low ?? ''),
  );
  const isPointed =
    pointing > 0 &&
    set.filter(isPlural).length === 1 &&
    set.every(isSaid) &&
    !set.some((cell) => isWord(cell, 'all', 'both', 'any')) &&
    !rest.some((cell) => isBase(cell) || isPlural(cell) || isWord(cell, 'colon', 'stop'));
  if (isPointed)
    return [
      cells[verb]!,
      ...rest.slice(0, pointing),
      plain(rest[pointing]!, 'all', word('all')),
      ...set,
      ...rest.slice(pointing + 1),
    ];
  if (/^(each|all|them|them all|all of them|each of them|every one)$/.test(rest[0]?.low ?? ''))
    rest = rest.slice(1);
  const isTail =
    rest.length === 0 || isWord(rest[0], 'comma', 'open', 'except') || /^(in|across)$/.test(rest[0]!.low);
  const isOther = rest.some((cell) => isBase(cell) || isWord(cell, 'colon', 'stop') || senseOf(cell, 'time'));
  const isWhole = rest
    .filter(isPlural)
    .every((cell) => /^(ns|namespaces|regions|clusters|clouds)$/.test(cell.low));
  if (set.filter(isPlural).length !== 1 || !set.every(isSaid) || !isTail || isOther || !isWhole) return cells;
  return [cells[verb]!, ...set, ...rest];
}

const signs = /^(!=|\/|->|=>|→|\(|\[)$/;
const keys = /^(env|environment|team|role|app|owner|project|tier|stage|ns|namespace|region|zone)$/;
const placed = /^(env|environment|ns|namespace|region|zone)$/;

/** "env != prod", "whose name != x": all but those. */
function withDenied(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => cell.low === '!=' && !cell.quoted);
  const [key, value] = [cells[at - 1], cells[at + 1]];
  if (at < 1 || !key || !value || key.quoted) return cells;
  const from = /^(where|with|whose|having|if|that|and)$/.test(cells[at - 2]?.low ?? '') ? at - 2 : at - 1;
  const rest = withDenied(cells.slice(at + 2));
  if (/^names?$/.test(key.low))
    return [
      ...cells.slice(0, from),
      plain(cells[at]!, 'not', word('not')),
      plain(key, 'named', word('named')),
      value,
      ...rest,
    ];
  if (!keys.test(key.low) || senseOf(key, 'name')) return cells;
  const tags = { [key.low === 'environment' ? 'env' : key.low]: value.text };
  const said = plain(value, value.low, { t: 'value', value: { k: 'tags', tags } });
  return [...cells.slice(0, from), plain(cells[at]!, 'except', word('except')), said, ...rest];
}

/** "env in (staging, dev)", "ns in [a, b]": in any of them. */
function withLists(cells: readonly Cell[]): readonly Cell[] {
  const open = cells.findIndex(
    (cell, at) =>
      at > 0 &&
      !cell.quoted &&
      /^[([]$/.test(cell.low) &&
      /^in$/.test(cells[at - 1]!.low) &&
      !cells[at - 1]!.quoted,
  );
  const close = cells.findIndex((cell, at) => at > open && !cell.quoted && /^[)\]]$/.test(cell.low));
  const inner = cells.slice(open + 1, close);
  const items = inner.filter((_, at) => at % 2 === 0);
  const isList =
    inner.length % 2 === 1 &&
    inner.every((cell, at) => at % 2 === 0 || isWord(cell, 'comma', 'or', 'and')) &&
    items.every((cell) => cell.senses.length > 0 && !isWord(cell, 'comma', 'not'));
  if (open < 1 || close < open || !isList) return cells;
  const key = cells[open - 2];
  const isPlace = key !== undefined && !key.quoted && placed.test(key.low) && !senseOf(key, 'name');
  let from = open - 1;
  if (isPlace)
    from = /^(where|with|whose|having|and)$/.test(cells[open - 3]?.low ?? '') ? open - 3 : open - 2;
  const listed = inner.map((cell, at) => (at % 2 === 0 ? cell : plain(cell, 'or', word('or'))));
  return [...cells.slice(0, from), cells[open - 1]!, ...listed, ...withLists(cells.slice(close + 1))];
}

const isBound = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  (senseOf(cell, 'value')?.value.k === 'tags' ||
    ['env', 'region', 'provider', 'status'].some((sort) => cell.senses.some(({ t }) => t === sort)));

/** "vmware / app=erp vms": both say of which sort; elsewhere a slash by itself parts like a comma. */
function withSlashes(cells: readonly Cell[]): readonly Cell[] {
  return cells.flatMap((cell, at) => {
    if (cell.low !== '/' || cell.quoted || at === 0) return [cell];
    const [before, next] = [cells[at - 1], cells[at + 1]];
    if (!next) return [];
    const isBoth = isBound(before) && (isBound(next) || isWord(next, 'all') || senseOf(next, 'kind'));
    return isBoth ? [] : [plain(cell, ',', word('comma'))];
  });
}

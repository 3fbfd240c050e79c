// Arguments that are words of the person's own: names of new things, how many of them, tags and their keys. They are
// taken as typed and never repaired.

import type { Clause } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { type FillContext, type Filler, flagValue, put } from './filled.ts';

const nameShape = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,200}$/u;

export const fillName: Filler = (spec, { clause, used, operation }, filled) => {
  const flag = flagValue(clause, used, '--name');
  if (flag) return put(filled, spec.name, flag.value, flag.cell);
  const named = clause.named[0];
  if (named) {
    used.named = true;
    // "CREATE NAMESPACE LOADTEST": nothing in a cluster has capitals in its name.
    const isLower = /^(namespace|deployment|job)$/.test(operation.kind) && operation.verb === 'create';
    return put(filled, spec.name, isLower ? named.text.toLowerCase() : named.text, named.cell);
  }
  if (operation.verb !== 'create') {
    const as = clause.nps.find((np) => np.prep === 'as' && np.missing.length === 1);
    if (as) {
      used.nps.add(as);
      return put(filled, spec.name, as.missing[0]!.text, as.missing[0]!);
    }
    const word = clause.unknown.find((cell) => clause.cells[clause.cells.indexOf(cell) - 1]?.low === 'as');
    if (word) {
      used.cells.add(word);
      return put(filled, spec.name, word.text, word);
    }
    const said = behindAs(clause) ?? clause.quotes.find((cell) => !used.cells.has(cell) && !isThing(cell));
    if (!said) return;
    used.cells.add(said);
    for (const np of clause.nps) if (np.at > 0 && np.cells.includes(said)) used.nps.add(np);
    return put(filled, spec.name, said.text, said);
  }
  const behind = behindAs(clause);
  if (behind && nameShape.test(behind.text)) {
    used.cells.add(behind);
    return put(filled, spec.name, behind.text, behind);
  }
  const quoted = clause.quotes[0];
  if (quoted && (nameShape.test(quoted.text) || isBesideKind(clause, quoted, operation.kind))) {
    used.cells.add(quoted);
    return put(filled, spec.name, quoted.text, quoted);
  }
  const missing = clause.nps.flatMap((np) => np.missing).find((cell) => !/^\d/.test(cell.low));
  if (missing) {
    used.cells.add(missing);
    return put(filled, spec.name, missing.text, missing);
  }
  const kindCell = clause.nps.find((np) => np.kinds?.includes(operation.kind))?.kindCell;
  const after = kindCell && clause.cells[clause.cells.indexOf(kindCell) + 1];
  if (
    after &&
    !after.quoted &&
    nameShape.test(after.text) &&
    (clause.unknown.includes(after) ||
      (after.words === 1 &&
        (senseOf(after, 'env') ??
          senseOf(after, 'name') ??
          senseOf(after, 'part') ??
          senseOf(after, 'kind')) &&
        !isWord(after, 'prep')))
  ) {
    used.cells.add(after);
    put(filled, spec.name, after.text, after);
  }
};

/** `volume "temp data"`: what stands in quotes behind the kind is its name, blanks and all. */
function isBesideKind(clause: Clause, quoted: Cell, kind: string): boolean {
  const before = clause.cells[clause.cells.indexOf(quoted) - 1];
  return senseOf(before, 'kind')?.kinds.includes(kind) === true && /^[^\n]{1,200}$/.test(quoted.text);
}

/** What stands behind "as" and can be a name: one word, or a text in quotes. */
function behindAs({ cells }: Clause): Cell | undefined {
  const as = cells.findIndex((cell) => cell.low === 'as' && isWord(cell, 'prep') && !cell.quoted);
  const behind = as >= 0 ? cells[as + 1] : undefined;
  if (!behind || behind.quoted) return behind;
  const isWordOnly = behind.words === 1 && nameShape.test(behind.text);
  return isWordOnly && !isWord(behind, 'det', 'prep', 'of', 'pronoun', 'filler') ? behind : undefined;
}

const isThing = (cell: Cell): boolean => senseOf(cell, 'name') !== undefined;

export const fillCount: Filler = (spec, { clause, used, operation }, filled) => {
  const np = clause.nps.find((one) => one.kinds?.includes(operation.kind) && one.count !== undefined);
  if (np) return put(filled, spec.name, np.count!, np.cells[0]!);
  const flag = flagValue(clause, used, '--count');
  if (flag) return put(filled, spec.name, Number(flag.value), flag.cell);
  const times = clause.values.find(
    (use) =>
      !used.values.has(use) &&
      (use.value.k === 'times' ||
        (use.value.k === 'number' && Number.isInteger(use.value.n) && use.at < (clause.nps[0]?.at ?? 0) + 1)),
  );
  if (!times || (times.value.k !== 'times' && times.value.k !== 'number')) return;
  used.values.add(times);
  put(filled, spec.name, times.value.n, times.cell);
};

export const fillTags: Filler = (spec, context, filled) => {
  const { clause, used } = context;
  const tags: Record<string, string> = {};
  let cell: Cell | undefined;
  for (const use of clause.values) {
    if (use.value.k !== 'tags') continue;
    Object.assign(tags, use.value.tags);
    used.values.add(use);
    cell ??= use.cell;
  }
  if (!cell) {
    const pair = pairOf(clause, context);
    if (!pair) return;
    Object.assign(tags, { [pair.key.text]: pair.value.text });
    for (const one of [pair.key, pair.value]) used.cells.add(one);
    for (const np of clause.nps)
      if (np.at > 0 && np.cells.some((one) => one === pair.value || one === pair.key)) used.nps.add(np);
    cell = pair.key;
  }
  put(filled, spec.name, tags, cell);
};

/** "with owner maria", "set owner to maria": a key and a value without a sign between them. */
function pairOf(clause: Clause, { scene }: FillContext): { key: Cell; value: Cell } | undefined {
  const { cells } = clause;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const known =
      scene.inventory.isTagKey(cell.low) ||
      /^(owner|env|environment|team|role|tier|app|project|cost-center|state|priority)$/.test(cell.low);
    const introduced =
      isWord(cells[at - 1], 'prep', 'tagged', 'imageWord', 'colon') ||
      senseOf(cells[at - 1], 'verb') !== undefined ||
      cells[at - 1]?.low === 'tag' ||
      cells[at - 1]?.low === 'label';
    if (!known && !(introduced && cell.senses.length === 0)) continue;
    let next = at + 1;
    while (isWord(cells[next], 'be', 'colon') || /^(to|as|=|equals)$/.test(cells[next]?.low ?? '')) next++;
    const value = cells[next];
    if (
      !value ||
      isWord(value, 'and', 'comma', 'of', 'det') ||
      /^(tags?|labels?)$/.test(value.low) ||
      (isWord(value, 'prep') && !known) ||
      /^(on|for|to|from)$/.test(value.low)
    )
      continue;
    if (senseOf(value, 'kind') && senseOf(value, 'kind')!.kinds.length > 0 && next === at + 1 && !known)
      continue;
    return { key: cell, value };
  }
  return undefined;
}

export const fillCreateTags: Filler = (spec, { clause, used }, filled) => {
  const tags: Record<string, string> = {};
  let cell: Cell | undefined;
  for (const use of clause.values) {
    if (use.value.k !== 'tags') continue;
    Object.assign(tags, use.value.tags);
    used.values.add(use);
    cell ??= use.cell;
  }
  for (const mod of clause.nps.flatMap((np) => np.mods)) {
    if (mod.kind !== 'tags') continue;
    Object.assign(tags, mod.tags);
    cell ??= mod.cell;
  }
  if (cell) put(filled, spec.name, tags, cell);
};

export const fillKeys: Filler = (spec, { clause, used, scene }, filled) => {
  const keys: string[] = [];
  let first: Cell | undefined;
  // "from the data team's instances": whose they are, no key.
  const owners = [
    ...clause.scope,
    ...clause.nps.flatMap((np) => [...np.mods, ...(np.of?.mods ?? [])]),
  ].filter((mod) => mod.kind === 'tags' && mod.tags?.team);
  // "from all app=poc instances": which of them, where it stands before their kind.
  const isBeforeKind = (cell: Cell): boolean => {
    const next = clause.cells[clause.cells.indexOf(cell) + 1];
    return (
      next !== undefined &&
      !next.quoted &&
      (senseOf(next, 'kind')?.kinds.length ?? 0) > 0 &&
      !senseOf(next, 'verb')
    );
  };
  const bounding = clause.nps.flatMap((np) =>
    np.mods.filter((mod) => mod.kind === 'tags' && (mod.post || isBeforeKind(mod.cell))),
  );
  const bounds = new Set(bounding.map((mod) => mod.cell));
  // "tagged app=bastion and env=dev": the word that bounds, and the values behind it.
  const isBound = (cell: Cell): boolean => {
    let at = clause.cells.indexOf(cell);
    if (!bounds.has(cell) && senseOf(cell, 'value')?.value.k !== 'tags') return false;
    const isValue = (one: Cell | undefined): boolean => senseOf(one, 'value')?.value.k === 'tags';
    while (at > 0 && !bounds.has(clause.cells[at]!)) {
      const isJoined = isWord(clause.cells[at - 1], 'and', 'comma') && isValue(clause.cells[at - 2]);
      if (!isJoined && !bounds.has(clause.cells[at - 1]!)) return false;
      at -= isJoined ? 2 : 1;
    }
    return bounds.has(clause.cells[at]!);
  };
  for (const cell of clause.cells) {
    const beside = clause.cells[clause.cells.indexOf(cell) - 1];
    if (/^(team|crew|squad)$/.test(cell.low) && owners.some((mod) => mod.cell === beside)) continue;
    const bare = cell.text.replace(/-$/, '');
    const pair = senseOf(cell, 'value')?.value;
    const key = pair?.k === 'tags' ? Object.keys(pair.tags)[0]! : bare;
    const byName = scene.inventory.isTagKey(key.toLowerCase()) && !senseOf(cell, 'name');
    const at = clause.cells.indexOf(cell);
    const tagWord = (one: Cell | undefined): boolean =>
      /^(tags?|labels?)$/.test(one?.low ?? '') ||
      (senseOf(one, 'verb')?.phrase.match(/tag|label/) ?? null) !== null;
    const named =
      (tagWord(clause.cells[at + 1]) && senseOf(clause.cells[at + 1], 'verb')?.phrase !== 'untag') ||
      (tagWord(clause.cells[at - 1]) && (cell.senses.length === 0 || cell.quoted));
    const isTagSaid = tagWord(clause.cells[at + 1]) || tagWord(clause.cells[at - 1]);
    // "of team data", "owned by the security team", "tagged app=ci": what they are known by, no key to take off.
    const next = clause.cells[at + 1];
    const isValued =
      byName && next !== undefined && !next.quoted && senseOf(next, 'part') && !senseOf(next, 'kind');
    const isOwner = /^(team|crew|squad)$/.test(cell.low) && beside !== undefined && senseOf(beside, 'part');
    if (isBound(cell) || (!isTagSaid && (isValued || isOwner))) continue;
    if (
      !byName &&
      pair?.k !== 'tags' &&
      !(
        named &&
        (cell.senses.length === 0 || cell.quoted || (senseOf(cell, 'part') && !senseOf(cell, 'name'))) &&
        !isWord(cell, 'det', 'prep')
      )
    )
      continue;
    keys.push(key);
    used.cells.add(cell);
    for (const one of clause.cells) if (tagWord(one)) used.cells.add(one);
    for (const use of clause.values) if (use.cell === cell) used.values.add(use);
    first ??= cell;
  }
  if (first) put(filled, spec.name, [...new Set(keys)], first);
};

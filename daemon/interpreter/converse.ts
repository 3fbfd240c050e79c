// Sentences that only make sense after another one: corrections ("no, the prod one", "sorry, 3 not 10"), ellipsis
// ("same for staging", "and web-10?") and pronouns. The turn before is read again and the new words replace what is
// of the same sort in it; nothing is carried over that the person did not say in one of the two turns.

import { type Cell, cellsOf, isWord, senseOf } from './cells.ts';
import type { Clause, Mod, Np } from './clause.ts';
import type { ReadRequest } from './contract.ts';
import { looseKey } from './inventory.ts';
import { modOf } from './nounPhrase.ts';
import { parseClause } from './parse.ts';
import type { Antecedent, Scene } from './scene.ts';

import { tokenise } from './tokens.ts';
import { attemptsOf, type Read, type Tools, understand } from './understand.ts';

const turnsBackMax = 3;

/** Reads a sentence in its conversation. */
export function converse(cells: readonly Cell[], request: ReadRequest, tools: Tools): readonly Read[] {
  const scene = sceneOf(request, tools);
  const inside = correctedInside(cells, scene, tools);
  if (inside) return inside;
  const turns = (request.context?.turns ?? []).slice(-2 * turnsBackMax);
  const previous = turns.findLast((turn) => turn.role === 'user');
  const { rest, marked } = stripMarks(cells);
  const reads = understand(marked ? rest : cells, scene, tools);
  if (!previous || !continues(rest, marked, reads)) return reads;
  const before = readBefore(request, tools);
  const last = before.findLast((read) => !read.idle && read.attempts.length > 0);
  if (!last) return reads;
  const addition = parseClause(rest, 'start', {
    lexicon: tools.lexicon,
    kindOf: (id) => tools.inventory.get(id)?.kind,
  });
  const merged = mergeClauses(last.clause, addition, turnRefs(request), tools);
  if (!merged) return reads;
  const attempts = attemptsOf(merged, scene, tools);
  const own = reads.find((read) => !read.idle)?.attempts[0];
  if (attempts.length === 0 || (own && !own.trouble && !marked && own.cost < attempts[0]!.cost - 0.3))
    return reads;
  return [{ clause: merged, attempts }];
}

function sceneOf(request: ReadRequest, tools: Tools): Scene {
  const antecedents: Antecedent[] = [];
  const refs = turnRefs(request);
  const selection = request.context?.selection ?? [];
  if (refs.length > 0) antecedents.push({ ids: refs, from: 'turn' });
  if (selection.length > 0) antecedents.push({ ids: selection, from: 'selection' });
  return {
    inventory: tools.inventory,
    nowMs: tools.nowMs,
    antecedents,
    connection: request.context?.connection,
  };
}

function turnRefs(request: ReadRequest): readonly string[] {
  const turn = request.context?.turns?.findLast((one) => (one.refs?.length ?? 0) > 0);
  return turn?.refs ?? [];
}

/** The reads of the last turn of the person, in the conversation it stood in. */
function readBefore(request: ReadRequest, tools: Tools): readonly Read[] {
  const turns = (request.context?.turns ?? []).slice(-2 * turnsBackMax);
  const at = turns.findLastIndex((turn) => turn.role === 'user');
  if (at < 0) return [];
  const earlier: ReadRequest = {
    text: turns[at]!.text,
    nowMs: request.nowMs,
    context: { ...request.context, turns: turns.slice(0, at) },
  };
  const cells = cellsOf(tokenise(earlier.text).slice(0, 300), tools.lexicon, tools.inventory, tools.nowMs);
  return converse(cells, earlier, tools);
}

/** Cuts "no,", "sorry,", "same for", "and" off the front. */
function stripMarks(cells: readonly Cell[]): { rest: readonly Cell[]; marked: boolean } {
  let at = 0;
  let marked = false;
  while (at < cells.length - 1) {
    const cell = cells[at]!;
    if (cell.quoted) break;
    if (isWord(cell, 'correction', 'same')) {
      if (isWord(cell, 'not') && senseOf(cells[at + 1], 'verb')) break;
      marked ||= !isWord(cell, 'filler');
      marked ||= isWord(cell, 'correction');
    } else if (!isWord(cell, 'comma', 'stop', 'filler', 'colon') || isWord(cell, 'pronoun')) break;
    at++;
  }
  return { rest: cells.slice(at), marked };
}

/** Whether the words need the turn before: no verb and no question of their own, or marked as a correction. */
function continues(rest: readonly Cell[], marked: boolean, reads: readonly Read[]): boolean {
  const clause = reads.at(-1)?.clause;
  if (!clause) return true;
  const verb = clause.verbs.some((one) => one.form === 'base');
  if (verb && !(marked && clause.nps.length === 0 && clause.values.length > 0)) return false;
  const asks = (
    ['ask', 'list', 'show', 'why', 'who', 'changed', 'depends', 'howMany', 'logs', 'when'] as const
  ).some((cue) => clause.cues.has(cue));
  const best = reads.at(-1)?.attempts[0];
  if (asks && best && !best.trouble && !marked) return false;
  return marked || rest.length <= 10;
}

const strongMarks = new Set([
  'no wait',
  'wait no',
  'i mean',
  'i meant',
  'scratch that',
  'make that',
  'correction',
  'sorry i meant',
  'no sorry',
  'sorry',
  'oops',
  'strike that',
  'hmm no',
  'hold on',
  'sorry i mean',
  'actually no',
  'uh no',
  'er no',
  'my bad',
  'wait',
  'no',
  'nope',
  'hang on',
  'no make it',
  'no make that',
  'or rather',
  'actually make it',
  'actually make that',
  'no actually',
  'never mind',
  'nevermind',
  'no i meant',
  'no i mean',
  'ah no',
  'oh wait',
  'wait i meant',
  'wait i mean',
  'oops i meant',
  'no no',
  'wait make it',
  'wait make that',
  'actually',
  'make it',
  'oops sorry',
  'not that',
  'nvm',
]);

/** "restart web-1, no wait, web-10": what comes after the mark replaces what is of its sort before it. */
function correctedInside(cells: readonly Cell[], scene: Scene, tools: Tools): readonly Read[] | undefined {
  for (let at = cells.length - 2; at > 0; at--) {
    const cell = cells[at]!;
    if (cell.quoted || !isWord(cell, 'correction') || !strongMarks.has(cell.low)) continue;
    const framed =
      isWord(cells[at - 1], 'comma', 'stop', 'colon') || cell.words > 1 || isWord(cells[at + 1], 'comma');
    if (!framed) continue;
    const left = cells.slice(0, at);
    const right = cells.slice(at + 1);
    if (!left.some((one) => senseOf(one, 'verb'))) continue;
    if (isWord(cell, 'not') && senseOf(right[0], 'verb') === undefined && isWord(right[0], 'filler'))
      continue;
    const leftReads = understand(left, scene, tools);
    const last = leftReads.findLast((read) => !read.idle && read.attempts.length > 0);
    if (!last) continue;
    const addition = parseClause(stripMarks(right).rest, 'start', {
      lexicon: tools.lexicon,
      kindOf: (id) => tools.inventory.get(id)?.kind,
    });
    if (addition.verbs.some((verb) => verb.form === 'base')) {
      const spoken = last.attempts[0]!.steps.flatMap((step) => step.ids ?? []);
      const reads = understand(
        right,
        { ...scene, antecedents: [{ ids: spoken, from: 'text' }, ...scene.antecedents] },
        tools,
      );
      return reads;
    }
    const merged = mergeClauses(last.clause, addition, [], tools);
    if (!merged) continue;
    return [
      ...leftReads.filter((read) => read !== last),
      { clause: merged, attempts: attemptsOf(merged, scene, tools) },
    ];
  }
  return undefined;
}

/** Puts what a second clause says in place of what is of the same sort in the first. */
export function mergeClauses(
  first: Clause,
  second: Clause,
  refs: readonly string[],
  tools: Tools,
): Clause | undefined {
  const values = second.values.filter((use) => !use.not);
  const places = [
    ...second.scope,
    ...second.nps
      .filter((np) => isPlaceOnly(np) && !np.negated)
      .flatMap((np) => [...np.mods, ...np.names.map((name) => modOf(name.cell, true))]),
  ];
  const things = second.nps.filter((np) => !isPlaceOnly(np) && !np.negated);
  if (
    values.length +
      places.length +
      things.length +
      second.metrics.length +
      second.times.length +
      second.named.length ===
    0
  )
    return undefined;
  let nps = [...first.nps];
  const target = nps.find((np) => np.prep === undefined) ?? nps[0];
  const thing = things[0];
  if (thing) {
    const replaced = replaceNp(nps.find((np) => sameSort(np, thing, tools)) ?? target, thing, refs, tools);
    const old = nps.find((np) => sameSort(np, thing, tools)) ?? target;
    nps = old ? nps.map((np) => (np === old ? { ...replaced, prep: old.prep } : np)) : [...nps, replaced];
  }
  let scope = first.scope;
  if (places.length > 0) {
    scope = replaceMods(first.scope, places, true);
    nps = nps.map((np) =>
      np === (nps.find((one) => one.prep === undefined) ?? nps[0]) || np.mods.length > 0
        ? { ...np, mods: np.mods.filter((mod) => !places.some((place) => sameDimension(mod, place))) }
        : np,
    );
    scope = [...scope.filter((mod) => !places.includes(mod)), ...places];
  }
  return {
    ...first,
    nps,
    scope,
    values: values.length > 0 ? mergeValues(first, second) : first.values,
    metrics: second.metrics.length > 0 ? second.metrics : first.metrics,
    times: second.times.length > 0 ? second.times : first.times,
    named: second.named.length > 0 ? second.named : first.named,
    unknown: [...first.unknown, ...second.unknown],
    negated: false,
  };
}

function mergeValues(first: Clause, second: Clause): Clause['values'] {
  const fresh = second.values.filter((use) => !use.not);
  const sorts = new Set(fresh.map((use) => sortOf(use.value.k)));
  const kept = first.values.filter((use) => !sorts.has(sortOf(use.value.k)));
  const old = first.values.find((use) => sorts.has(sortOf(use.value.k)));
  return [
    ...kept,
    ...fresh.map((use) => ({
      ...use,
      prep: use.prep ?? old?.prep,
      label: use.label ?? old?.label,
      at: old?.at ?? use.at,
    })),
  ];
}

function sortOf(k: string): string {
  return k === 'times' || k === 'size' ? 'number' : k;
}

/** A noun phrase that only says where: "prod", "the staging one". */
function isPlaceOnly(np: Np): boolean {
  const places =
    np.mods.length > 0 &&
    np.mods.every(
      (mod) => mod.kind === 'env' || mod.kind === 'region' || mod.kind === 'provider' || mod.kind === 'place',
    );
  const named = np.names.length > 0 && np.names.every((name) => senseOf(name.cell, 'env') !== undefined);
  return !!(
    (places || named) &&
    np.missing.length === 0 &&
    !np.kinds &&
    (named || np.names.length === 0) &&
    np.pronoun !== 'other'
  );
}

function sameSort(np: Np, thing: Np, tools: Tools): boolean {
  const kinds = (one: Np): ReadonlySet<string> =>
    new Set([
      ...(one.kinds ?? []),
      ...one.names.flatMap((name) => name.ids.map((id) => tools.inventory.get(id)?.kind ?? '')),
    ]);
  const wanted = kinds(thing);
  return wanted.size > 0 && [...kinds(np)].some((kind) => wanted.has(kind));
}

function replaceNp(old: Np | undefined, thing: Np, refs: readonly string[], tools: Tools): Np {
  if (!old) return thing;
  if (thing.pronoun === 'other') return { ...thing, pronoun: undefined, ...otherThan(old, refs, tools) };
  const names = thing.names.length > 0 || thing.missing.length > 0;
  const keptMods = names
    ? old.mods.filter((mod) => mod.post && !thing.mods.some((one) => sameDimension(mod, one)))
    : thing.mods.some((mod) => mod.kind === 'word' || mod.kind === 'prefix')
      ? old.mods.filter((mod) => mod.kind === 'env' || mod.kind === 'place')
      : replaceMods(old.mods, [], false).filter((mod) => !thing.mods.some((one) => sameDimension(mod, one)));
  return {
    ...thing,
    pronoun: undefined,
    names: names
      ? thing.names
      : thing.mods.some((mod) => mod.kind === 'word' || mod.kind === 'prefix')
        ? []
        : old.names,
    kinds: thing.kinds ?? old.kinds,
    kindCell: thing.kindCell ?? old.kindCell,
    plural: thing.plural || (thing.names.length === 0 && old.plural),
    quant: thing.quant ?? (names ? undefined : old.quant),
    mods: [...keptMods, ...thing.mods],
  };
}

/** "the other one": of those that fitted, the ones not spoken of yet. */
function otherThan(old: Np, refs: readonly string[], tools: Tools): Partial<Np> {
  const spoken = new Set(refs);
  const pool = [
    ...old.names.flatMap((name) => name.ids),
    ...refs.flatMap((id) =>
      tools.inventory.byKey(looseKey(tools.inventory.get(id)?.name ?? '')).map((resource) => resource.id),
    ),
  ].filter((id) => !spoken.has(id));
  const kind = tools.inventory.get(refs[0] ?? '')?.kind;
  const ids = [...new Set(pool)].filter((id) => kind === undefined || tools.inventory.get(id)?.kind === kind);
  const cell = old.cells[0]!;
  return ids.length > 0
    ? { names: [{ cell, ids, exact: true }], kinds: undefined, mods: [] }
    : { names: [], missing: [], kinds: old.kinds, mods: [], pronoun: 'other' };
}

function sameDimension(a: Mod, b: Mod): boolean {
  const dimension = (mod: Mod): string =>
    mod.kind === 'env' || mod.kind === 'place'
      ? 'place'
      : mod.kind === 'tags'
        ? Object.keys(mod.tags ?? {}).join()
        : mod.kind;
  return dimension(a) === dimension(b);
}

function replaceMods(old: readonly Mod[], fresh: readonly Mod[], _keep: boolean): readonly Mod[] {
  return [...old.filter((mod) => !fresh.some((one) => sameDimension(mod, one))), ...fresh];
}

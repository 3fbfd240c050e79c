// Reads one clause from left to right: which cells are verbs, which make noun phrases, which are values, and what is
// left unexplained. The head of a noun phrase is its last noun; what stands before it restricts it. Nothing is
// looked up in the inventory here beyond what the cells already say.

import { type Cell, isWord, type SenseOf, senseOf } from '../words/cells.ts';
import { isExplained, isQuestion, labelOf, noteCues } from '../words/cues.ts';
import type { Lexicon } from '../words/lexicon.ts';
import type { Clause, Cue, Link, Mod, Np, ValueUse, Verb } from './clause.ts';
import { createNpParser } from './nounPhrase.ts';
import { modOf } from './restriction.ts';
import { joinParticles, openDetails, verbAt } from './verbs.ts';

export interface ParseOptions {
  readonly lexicon: Lexicon;
  /** Kinds of resources by id, to tell places from things. */
  readonly kindOf: (id: string) => string | undefined;
  /** Indexes of cells that are to be read as nouns though they could be verbs. */
  readonly nouns?: ReadonlySet<number>;
}

/** Parses the cells of a clause. */
export function parseClause(given: readonly Cell[], link: Link, options: ParseOptions): Clause {
  const cells = openDetails(joinParticles(withoutRemark(given), options.lexicon));
  const verbs: Verb[] = [];
  const nps: Np[] = [];
  const values: ValueUse[] = [];
  const times: { range: SenseOf<'time'>['range']; cell: Cell; at: number }[] = [];
  const metrics: { metric: string; cell: Cell; at: number }[] = [];
  const cues = new Map<Cue, Cell>();
  const named: { text: string; cell: Cell; quoted: boolean }[] = [];
  const quotes: Cell[] = [];
  const labels = new Set<string>();
  const unknown: Cell[] = [];
  const scope: Mod[] = [];
  let prep: string | undefined;
  let label: string | undefined;
  let not = false;
  let negated = false;
  let content = false;
  const noun = createNpParser(cells, options.kindOf);
  for (let at = 0; at < cells.length; ) {
    const cell = cells[at]!;
    const value = senseOf(cell, 'value');
    const time = senseOf(cell, 'time');
    if (isWord(cell, 'named') && named.length === 0 && !senseOf(cell, 'name')) {
      const taken = takeName(cells, at + 1);
      const last = nps.at(-1);
      const known = taken && senseOf(taken.name.cell, 'name');
      if (
        taken &&
        known &&
        last &&
        last.names.length === 0 &&
        !verbs.some((one) => creating.test(one.phrase))
      ) {
        last.names.push({ cell: taken.name.cell, ids: known.ids, exact: known.exact });
        last.cells.push(taken.name.cell);
        at = taken.next;
        // "vms named a, b and c"
        while (last.plural && isWord(cells[at], 'and', 'comma') && isPlainName(cells[at + 1])) {
          const { ids, exact } = senseOf(cells[at + 1], 'name')!;
          last.names.push({ cell: cells[at + 1]!, ids, exact });
          last.cells.push(cells[at]!, cells[at + 1]!);
          at += 2;
        }
        continue;
      }
      // "vms named web-prod-?": which of the set, also where nothing is called so.
      if (
        taken &&
        last &&
        isOpenSet(last, cells.slice(0, at)) &&
        !verbs.some((one) => creating.test(one.phrase))
      ) {
        last.cells.push(taken.name.cell);
        const { cell: said } = taken.name;
        if (isPattern(said, verbs.length > 0)) last.mods.push({ ...modOf(said, true), not });
        else if (said.quoted && said.low.includes('*'))
          last.mods.push({ cell: said, kind: 'glob', word: said.low, not, post: true });
        else last.missing.push(taken.name.cell);
        at = taken.next;
        not = false;
        continue;
      }
      if (taken) {
        named.push(taken.name);
        at = taken.next;
        content = true;
        continue;
      }
    }
    const verb = verbAt(cells, at, { content, nouns: options.nouns, hasVerb: verbs.length > 0, prep });
    if (verb) {
      verbs.push(verb);
      content = true;
      prep = undefined;
      at++;
      if (not && !nps.length) negated = true;
      not = false;
      continue;
    }
    const lastNp = nps[0];
    const spared = nps.findLast((one) => one.quant !== undefined || one.plural || one.everything) ?? lastNp;
    if (isWord(cell, 'except') && spared && !cell.quoted) {
      const except = noun.exceptFor(spared, at);
      if (except !== undefined && except > at) {
        spared.cells.push(...cells.slice(at, except));
        at = except;
        continue;
      }
      unknown.push(cell);
      at++;
      continue;
    }
    const condition = spared && noun.conditionFor(spared, at);
    if (condition !== undefined && condition > at) {
      spared?.cells.push(...cells.slice(at, condition));
      at = condition;
      continue;
    }
    const several = nps.length === 1 ? noun.severalFor(nps[0]!, at) : undefined;
    if (several !== undefined) {
      nps[0]!.cells.push(...cells.slice(at, several));
      at = several;
      continue;
    }
    const place = noun.placeAt(at);
    if (place) {
      scope.push(...place.mods);
      const named = nps.length === 1 && nps[0]!.names.length > 0 ? nps[0] : undefined;
      if (place.mods.length === 0 && named) named.quant ??= 'all';
      at = place.next;
      prep = undefined;
      continue;
    }
    const phrase = noun.startsAt(at) ? noun.parse(at) : undefined;
    if (phrase && phrase.next > at) {
      const { np, next } = phrase;
      // "is any action waiting": whichever there is.
      if (/\bany$/.test(cells[at - 1]?.low ?? '') && isWord(cells[at - 1], 'what')) np.quant ??= 'any';
      // "is there a free address": whichever there is.
      const isThere = /^(is there|do we have|have we got|do you have|got|do we still have)$/.test(
        cells[at - 1]?.low ?? '',
      );
      if (isThere && np.det === 'indefinite' && np.kinds && np.mods.length > 0 && np.names.length === 0)
        np.quant ??= 'any';
      np.prep = prep;
      np.negated = not && !negated;
      nps.push(np);
      prep = undefined;
      label = undefined;
      content = true;
      at = next;
      not = false;
      continue;
    }
    const late = senseOf(cell, 'status');
    if (
      late &&
      lastNp?.kinds &&
      !isWord(cell, 'prep', 'filler') &&
      !senseOf(cell, 'metric') &&
      isQuestion(cells)
    ) {
      lastNp.mods.push({ cell, kind: 'status', word: late.name, not, post: true });
      not = false;
      at++;
      continue;
    }
    if (time) {
      times.push({ range: time.range, cell, at });
      content = true;
    } else if (value) {
      values.push({ value: value.value, cell, at, prep, label, not });
      prep = undefined;
      content = true;
      label = undefined;
    } else if (isWord(cell, 'not') && isStateOfNoun(cells, at + 1)) {
      const { np, next } = noun.parse(at + 1);
      const state = np.mods.findIndex((mod) => mod.cell === cells[at + 1]);
      if (state >= 0) np.mods[state] = { ...np.mods[state]!, not: true };
      np.prep = prep;
      nps.push(np);
      prep = undefined;
      at = next;
      continue;
    } else if (isWord(cell, 'not')) {
      not = true;
      if (verbs.length === 0) negated = true;
    } else if (isWord(cell, 'arrow')) prep = 'to';
    else if (senseOf(cell, 'metric')) {
      metrics.push({ metric: senseOf(cell, 'metric')!.metric, cell, at });
      noteCues(cell, cues);
      content = true;
    } else if (labelOf(cell)) {
      label = labelOf(cell);
      labels.add(label!);
      noteCues(cell, cues);
      content = true;
    } else if (isWord(cell, 'prep')) {
      prep = cell.low;
      if (/\bto$/.test(prep)) prep = 'to';
      noteCues(cell, cues);
    } else if (cell.quoted) {
      quotes.push(cell);
      content = true;
    } else if (noteCues(cell, cues)) content = true;
    else if (!isExplained(cell) && !isField(cells, at)) {
      unknown.push(cell);
      content = true;
    }
    at++;
  }
  if (isQuestion(cells)) cues.set('question', cells[0]!);
  for (const cell of cells) if (isWord(cell, 'if') && !cell.quoted) cues.set('if', cell);
  return {
    cells,
    link,
    verbs,
    nps,
    values,
    times,
    metrics,
    cues,
    named,
    quotes,
    labels,
    negated,
    unknown,
    scope,
  };
}

/** "not ready nodes", "not running vms in prod": a state that is denied, before what is in it. */
function isStateOfNoun(cells: readonly Cell[], at: number): boolean {
  const state = cells[at];
  if (!state || state.quoted || !senseOf(state, 'status') || isWord(state, 'prep')) return false;
  return senseOf(cells[at + 1], 'kind')?.plural === true && !isThingNamed(cells[at + 1]!);
}

const isThingNamed = (cell: Cell): boolean => senseOf(cell, 'name')?.exact === true;

/** "region: us-east-1": the name of a field of a form. */
function isField(cells: readonly Cell[], at: number): boolean {
  return /^(region|zone|namespace|environment)$/.test(cells[at]!.low) && isWord(cells[at + 1], 'colon');
}

/** "Before the patch window please …", "during the freeze, …": says when or why, in words nothing here is called. */
function withoutRemark(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler'));
  const lead = cells[first];
  if (
    !lead ||
    lead.quoted ||
    !(
      isWord(lead, 'before', 'after') ||
      /^(during|for|ahead of|as part of|because of|due to|given)$/.test(lead.low)
    )
  )
    return cells;
  for (let at = first + 1; at < cells.length; at++) {
    const cell = cells[at]!;
    const begins = senseOf(cell, 'verb')?.form === 'base' && isWord(cells[at - 1], 'filler', 'comma');
    if (begins && at > first + 1) return cells.slice(at);
    if (
      cell.quoted ||
      senseOf(cell, 'name') ||
      senseOf(cell, 'value') ||
      senseOf(cell, 'env') ||
      senseOf(cell, 'prefix') ||
      isWord(cell, 'not', 'except', 'if', 'all')
    )
      return cells;
  }
  return cells;
}

function takeName(
  cells: readonly Cell[],
  from: number,
): { name: { text: string; cell: Cell; quoted: boolean }; next: number } | undefined {
  let at = from;
  while (isWord(cells[at], 'be', 'colon') || /^(as|is|to|be|just|simply|it)$/.test(cells[at]?.low ?? ''))
    at++;
  // "name the snapshot nightly"
  if (
    isWord(cells[at], 'det') &&
    senseOf(cells[at + 1], 'kind') &&
    cells[at + 2] &&
    !isWord(cells[at + 2], 'and', 'comma', 'prep')
  )
    at += 2;
  const cell = cells[at];
  if (!cell || isWord(cell, 'and', 'comma', 'stop', 'startingWith', 'containing')) return undefined;
  if (!cell.quoted && isWord(cell, 'det', 'all', 'both') && !senseOf(cell, 'name')) return undefined;
  return { name: { text: cell.text, cell, quoted: cell.quoted }, next: at + 1 };
}

const isPlainName = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'verb');

/** Several of a kind, of which nothing is named, and none that is wished for: "two vms named web", "we need vms called a". */
const isOpenSet = (np: Np, before: readonly Cell[]): boolean =>
  np.kinds !== undefined &&
  (np.plural || np.quant !== undefined) &&
  (np.count === undefined || np.det === 'definite') &&
  np.names.length + np.missing.length === 0 &&
  !before.some((cell) => !cell.quoted && (isWord(cell, 'need') || /^(new|more|another)$/.test(cell.low)));

/** A pattern or a part of names; in an order, a mark at its end may only ask. */
const isPattern = (cell: Cell, isOrder: boolean): boolean =>
  (senseOf(cell, 'glob') ?? senseOf(cell, 'prefix') ?? senseOf(cell, 'part')) !== undefined &&
  !(isOrder && cell.low.endsWith('?'));

const creating =
  /^(create|launch|spin up|provision|make|deploy|set up|add|allocate|build|stand up|new|run|instantiate|generate|boot up|bring up|fire up|snapshot|take a snapshot of|take snapshot of|back up|backup|snap|create a snapshot of|make a snapshot of|setup|start up|take a backup of)$/;

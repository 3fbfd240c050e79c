// Corrections inside a sentence: "restart web-1, no wait, web-10". What comes behind the mark replaces what is of its
// sort before it; a new command behind it replaces the old one. Never reads both.

import { attemptsOf, type Read, sureCost, type Tools } from '../filling/readClause.ts';
import type { Scene } from '../linking/scene.ts';
import type { Clause } from '../phrases/clause.ts';
import { parseClause } from '../phrases/parse.ts';
import { splitClauses } from '../steps/split.ts';
import { understand } from '../understand.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { mergeClauses } from './merge.ts';

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
export function correctedInside(
  cells: readonly Cell[],
  scene: Scene,
  tools: Tools,
): readonly Read[] | undefined {
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
    const isVerb = /^make (it|that)$/.test(cell.low);
    if (isVerb && splitClauses(right).length > 1)
      return understand([...left, ...spelledOut(cell), ...right], scene, tools);
    const last = leftReads.findLast((read) => !read.idle && read.attempts.length > 0);
    if (!last) continue;
    const fixed = stripMarks(right).rest;
    const [first, ...behind] = splitClauses(fixed);
    const others = behind.some((one) => one.cells.some(isOrderWord)) ? behind : [];
    const addition = parseClause(first && others.length > 0 ? first.cells : fixed, 'start', {
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
      // "ack a and stop b, no, reboot b": only the last of several orders is taken back.
      const kept = leftReads.slice(
        0,
        leftReads.findLastIndex((read) => !read.idle),
      );
      const isSeveral = kept.some((read) => !read.idle && read.attempts[0]?.trouble === undefined);
      return isSeveral ? [...kept, ...reads] : reads;
    }
    const merged = mergeClauses(last.clause, lastOfList(last.clause, addition), [], tools);
    if (!merged) continue;
    const attempts = attemptsOf(merged, scene, tools);
    // "turn it off, make it an L.16": no correction, but a second command.
    if (isVerb && (attempts[0]?.trouble || (attempts[0]?.cost ?? 9) > sureCost.change))
      return understand([...left, ...spelledOut(cell), ...right], scene, tools);
    const corrected = [...leftReads.filter((read) => read !== last), { clause: merged, attempts }];
    if (others.length === 0) return corrected;
    // "to m5.xlarge, sorry, m5.large, and reboot it": what follows goes on behind what was put right.
    const ids = attempts[0]?.steps.flatMap((step) => step.ids ?? []) ?? [];
    const spoken: Scene = { ...scene, antecedents: [{ ids, from: 'text' }, ...scene.antecedents] };
    const rest = understand(fixed.slice(fixed.indexOf(others[0]!.cells[0]!)), spoken, tools);
    const link = others[0]!.link;
    return [
      ...corrected,
      ...rest.map((read, index) => (index > 0 ? read : { ...read, clause: { ...read.clause, link } })),
    ];
  }
  return undefined;
}

function isOrderWord(cell: Cell): boolean {
  return (
    !cell.quoted && (senseOf(cell, 'verb')?.form === 'base' || isWord(cell, 'ask', 'listCue', 'showCue'))
  );
}

/** "stop a and b, sorry, c": only the last of a list is put right. */
function lastOfList(said: Clause, addition: Clause): Clause {
  const target = said.nps.find((np) => np.prep === undefined) ?? said.nps[0];
  const [thing, ...others] = addition.nps;
  if (!target || target.also.length === 0 || !thing || others.length > 0 || thing.also.length > 0)
    return addition;
  if (thing.names.length === 0 || thing.negated) return addition;
  const kept = { ...target, also: [...target.also.slice(0, -1), thing] };
  return { ...addition, nps: [kept] };
}

/** "make it" as a verb and what it is said of. */
function spelledOut(cell: Cell): readonly Cell[] {
  const [verb = '', object = ''] = cell.low.split(' ');
  const of = (low: string, senses: Cell['senses']): Cell => ({ ...cell, low, text: low, senses, words: 1 });
  return [
    of(verb, [
      { t: 'verb', phrase: 'make', form: 'base' },
      { t: 'word', word: 'light' },
    ]),
    of(object, [{ t: 'word', word: 'pronoun' }]),
  ];
}

/** "wrong one, …", "no, not that one, …", "wrong namespace: …" */
function isWhatWasWrong(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (cell.low === 'one') return !senseOf(cell, 'value');
  const isNoun = (senseOf(cell, 'kind') ?? senseOf(cell, 'part')) && !senseOf(cell, 'name');
  const isOver = isWord(cells[at + 1], 'comma', 'stop', 'colon');
  return (
    isOver && isNoun !== undefined && isNoun !== false && /(wrong|that|this)$/.test(cells[at - 1]?.low ?? '')
  );
}

/** Cuts "no,", "sorry,", "same for", "and" off the front. */
export function stripMarks(cells: readonly Cell[]): { rest: readonly Cell[]; marked: boolean } {
  let at = 0;
  let marked = false;
  while (at < cells.length - 1) {
    const cell = cells[at]!;
    if (cell.quoted) break;
    if (isWord(cell, 'correction', 'same')) {
      if (isWord(cell, 'not') && senseOf(cells[at + 1], 'verb')) break;
      marked ||= !isWord(cell, 'filler');
      marked ||= isWord(cell, 'correction');
    } else if (marked && isWhatWasWrong(cells, at)) {
      // It only says what was wrong.
    } else if (!isWord(cell, 'comma', 'stop', 'filler', 'colon') || isWord(cell, 'pronoun')) break;
    at++;
  }
  return { rest: cells.slice(at), marked };
}

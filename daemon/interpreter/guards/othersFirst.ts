// What somebody else is to do before an order: "Bob wants to look at it first, acknowledge it only then", "Carol has to check
// a, reboot it only after that"; and an order that is to wait for one of its own steps, which only forbids the other: "do
// not detach a before b is stopped, stop it first". Nothing here waits for anybody, so that the plan is offered as a
// question. Called by `notAsSaid`, over the text as it was typed.

import type { Verb } from '../../../shared/model/kind.ts';
import type { PlanReading } from '../../../shared/model/reading.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { firstName } from './noOrder.ts';
import { type Doubt, partsOf } from './objections.ts';

/** Somebody else's turn before an order, or an order that was only forbidden until another is done. */
export function otherFirst({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const parts = partsOf(cells);
  const others = parts.findIndex(isOthersTurn);
  const first = parts.find((part) => isOthersTurn(part) && part.some(isFirst));
  const isThen =
    others >= 0 &&
    parts
      .slice(others + 1)
      .map(wordsOf)
      .some((said) => onlyThen.test(said) || (steps.length === 1 && thereafter.test(said)));
  const turn = first ?? (isThen ? parts[others] : undefined);
  if (turn) {
    const said = turn.map(({ text }) => text).join(' ');
    return { about: 'op', question: `"${said}": that is to come first. Do it now?` };
  }
  const waiting = forbiddenUntil(cells);
  const isRead = steps.some(({ operation }) =>
    verbWords[operation.split('.')[0] as Verb]?.includes(waiting?.phrase ?? ''),
  );
  return waiting && !isRead
    ? { about: 'op', question: `Is "${waiting.cell.text}" to follow, or not? It is no step of this plan.` }
    : undefined;
}

const wordsOf = (cells: readonly Cell[]): string =>
  cells.map((cell) => (cell.quoted || senseOf(cell, 'name') ? '\u25a1' : cell.low)).join(' ');

const onlyThen =
  /(?:^| )(?:only (?:then|afterwards|after(?: that| this)?)|then only|only (?:after|behind) (?:that|this|him|her|them)|not (?:before|earlier|sooner|until then|before that)|(?:after|behind) (?:him|her|them)|once (?:he|she|they) (?:has|have|is|are)|when (?:he|she|they) (?:has|have|is|are))(?: |$)/;
const thereafter = /(?:afterwards|after (?:that|this))$/;
/** "look at it first", "first wants to look"; not "the first", "first thing tomorrow". */
const isFirst = (cell: Cell, at: number, part: readonly Cell[]): boolean =>
  !cell.quoted &&
  /(?:^| )(?:first|beforehand|before that)$/.test(cell.low) &&
  !isWord(part[at - 1], 'det') &&
  !/^(?:thing|things|time|of)$/.test(part[at + 1]?.low ?? '');
const modal =
  /^(?:wants?|wants? to|needs?|needs? to|has|has to|have|have to|must|should|shall|will|would like|would like to|would|is going to|still has to|still wants? to|still needs? to|gets? to|can|may|asked to|asks to|wanted to|insists|likes?)$/;

const doing = /\bto$|^(?:must|should|shall|will|would|can|may)$/;

/** "Bob wants to …", "the dba has to …", "let Ann …": what somebody who is no thing here is going to do. */
function isOthersTurn(part: readonly Cell[]): boolean {
  const said = part.filter(
    (cell) =>
      cell.quoted || !isWord(cell, 'filler') || modal.test(cell.low) || isDeed(cell) || senseOf(cell, 'name'),
  );
  const isLet = said[0]?.low === 'let' && !/^(me|us|it|them)$/.test(said[1]?.low ?? 'me');
  if (isLet) return isSomebody(said[1]) && said.slice(2).some(isDeed);
  const verb = said.findIndex((cell) => !cell.quoted && modal.test(cell.low) && !senseOf(cell, 'name'));
  const who = said
    .slice(0, Math.max(0, verb))
    .filter(({ low }) => !/^(?:still|also|just|only|first|now)$/.test(low));
  if (who.length === 0 || who.length > 4) return false;
  const head = who.at(-1)!;
  const isNamed = who.length === 1 && isSomebody(head);
  const isNoun = isWord(who[0], 'det', 'their') && who.slice(1).every(isPlain);
  // "Bob needs more first" is a need, and nobody's turn.
  const isDoing = doing.test(said[verb]!.low) || part[part.indexOf(said[verb]!) + 1]?.low === 'to';
  return (isNamed || isNoun) && isDoing && said.length > verb + 1;
}

const isPlain = (cell: Cell): boolean =>
  !cell.quoted && cell.senses.every(({ t }) => t === 'part') && /^\p{L}+$/u.test(cell.low);
const isDeed = (cell: Cell): boolean =>
  isBase(cell) ||
  /^(?:look|check|see|inspect|read|review|test|confirm|do|go|finish)(?: at| at it| it)?$/.test(cell.low);

const isSomebody = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  (/^(he|she|they|somebody|someone|everybody|everyone)$/.test(cell.low) ||
    firstName.test(cell.low) ||
    (isPlain(cell) && /^\p{Lu}/u.test(cell.text)));

/** "do not detach a before b is stopped": what is forbidden only until then. */
function forbiddenUntil(
  cells: readonly Cell[],
): { readonly cell: Cell; readonly phrase: string } | undefined {
  for (const part of partsOf(cells)) {
    const not = part.findIndex((cell) => !cell.quoted && /^(do not|never|not)$/.test(cell.low));
    const verb = part[not + 1];
    const phrase =
      not < 0 || !isBase(verb) || senseOf(verb, 'name') ? undefined : senseOf(verb, 'verb')!.phrase;
    const until = part.findIndex(
      (cell, at) =>
        at > not + 1 &&
        !cell.quoted &&
        (isWord(cell, 'before') || /^(before|until|till|unless)$/.test(cell.low)),
    );
    const isOfThing = part
      .slice(until + 1)
      .some((cell) => senseOf(cell, 'name') ?? (/^(it|they|that|this)\b/.test(cell.low) || undefined));
    if (phrase !== undefined && until > 0 && isOfThing) return { cell: verb!, phrase };
  }
  return undefined;
}

// A call of a tool in the words it stands for: its verb and noun, what it is about, what its options say, and whatever was
// said beside them, in the order a sentence has. A value is data and stays whole; an option that says what no words here
// can makes the call one that is not said. Called for each call that a text orders.

import type { Tools } from '../../filling/readClause.ts';
import { looseKey } from '../../inventory/inventory.ts';
import type { Head, SaidCall } from './call.ts';
import { isCalled } from './orderedCalls.ts';
import { filterOf, isOption, type Piece, pairOf, type Typed } from './typedWords.ts';

interface Parts {
  readonly bare: Typed[];
  readonly targets: Typed[];
  /** What the other options say. */
  readonly more: Piece[];
  count?: Typed;
}

/** The pieces a call is said in; `head` and `given` are its own words and those behind them. */
export function sayCall(
  { call, provider }: Head,
  head: readonly Typed[],
  given: readonly Typed[],
  tools: Tools,
): readonly Piece[] | undefined {
  const parts = partsOf(call, given, tools);
  if (!parts) return undefined;
  placeBare(call, parts, tools);
  const { bare, targets, more, count } = parts;
  const place = { start: head[0]!.start, end: head.at(-1)!.end };
  const isNamed = targets.length > 0 || (bare[0] !== undefined && isCalled(bare[0].text, tools));
  const isSet = !isNamed && !call.isNew && isBounded(parts, tools);
  const isRow = targets.length + bare.filter(({ text }) => isCalled(text, tools)).length > 1;
  const isMany =
    isSet ||
    (isRow && !call.isNew && !call.second && !call.last) ||
    (call.isLook === true && !isNamed) ||
    count !== undefined;
  const cloud = provider && isElsewhere(call.kind, provider, tools) ? `${provider} ` : '';
  const nounOf = (many: boolean): Piece => ({
    ...place,
    text: `${cloud}${many ? `${call.noun}s` : call.noun}`,
  });
  const at = nounPlace(call, parts, tools);
  const said: Piece[] = [{ text: call.isLook && !isNamed ? 'list' : call.verb, ...place }];
  if (count) said.push(pieceOf(count));
  if (at === 'first') said.push(nounOf(isMany));
  targets.forEach((target, index) => {
    said.push(pieceOf(target, index < targets.length - 1 ? ',' : ''));
  });
  const end = bare.findIndex(({ text }) => closing.test(text));
  bare.forEach((word, index) => {
    if (index === end) said.push(...more);
    const mark = index < bare.length - 1 ? word.tail : '';
    const own = pieceOf(word, mark);
    const isHere = typeof at === 'object' && at.index === index;
    if (isHere && at.as === 'ones') {
      const noun = nounOf(/s$/i.test(word.text));
      said.push({ ...own, text: `${noun.text}${mark}` });
    } else said.push(isHere && at.as === 'own' ? { ...own, text: `${cloud}${own.text}` } : own);
    if (isHere && at.as === 'behind') said.push(nounOf(/^all$/i.test(word.text)));
  });
  return end < 0 ? [...said, ...more] : said;
}

/** What an option says stands before an exception, a condition and courtesy. */
const closing =
  /^(?:except|excluding|but|apart|besides|without|not|if|when|once|unless|because|since|as|before|after|until|please|pls|plz|thanks|thx|tomorrow|tonight|later|now|asap)$/i;

const quantity = /^(?:all|every|each|any|the|my|our|these|those|both|two|three|\d+)$/i;
const pronoun = /^(?:it|them|that|this|these|those|everything)$/i;

type NounPlace = 'first' | 'nowhere' | { readonly index: number; readonly as: 'ones' | 'own' | 'behind' };

/** Where the noun goes: "all instances …", "the poc instances" for "the poc ones", "stop instance web-1". */
function nounPlace(call: SaidCall, { bare, targets }: Parts, tools: Tools): NounPlace {
  const first = bare[0]?.text ?? '';
  if (call.noun === '') return 'nowhere';
  const own = ownNounAt(call, bare, tools);
  if (own >= 0) return { index: own, as: 'own' };
  if (targets.length > 0) return 'first';
  // "one after the other" stands for nothing.
  const ones = bare.findIndex(
    ({ text }, at) => /^ones?$/i.test(text) && !/^(?:by|after|at)$/i.test(bare[at + 1]?.text ?? ''),
  );
  if (ones >= 0) return { index: ones, as: 'ones' };
  // "all" of a call without bounds stays as open as it is.
  const isBehind = /^(?:all|every|each)$/i.test(first) && !/^(?:of|the)$/i.test(bare[1]?.text ?? 'of');
  if (isBehind) return { index: 0, as: 'behind' };
  return pronoun.test(first) || quantity.test(first) ? 'nowhere' : 'first';
}

/** Words that bound a set stand first, or an option bounds it; a lone word may be a name that is not known. */
function isBounded({ bare, more }: Parts, { lexicon }: Tools): boolean {
  const first = bare[0]?.text.toLowerCase();
  if (first === undefined) return more.length > 0;
  const senses = lexicon.starting(first).flatMap((entry) => (entry.words.length === 1 ? entry.senses : []));
  return (
    /^(?:older|newer|younger|larger|bigger|smaller|with|without|tagged|named|called|of|in|that|which|where|whose|except)$/.test(
      first,
    ) || senses.some(({ t }) => t === 'status' || t === 'region')
  );
}

const pieceOf = ({ text, start, end }: Typed, mark = ''): Piece => ({
  text: `${pairOf(text) ?? filterOf(text) ?? text}${mark}`,
  start,
  end,
});

/** Sorts bare words from options; undefined where an option is not known, or has no value. */
function partsOf(call: SaidCall, given: readonly Typed[], tools: Tools): Parts | undefined {
  const parts: Parts = { bare: [], targets: [], more: [] };
  for (let at = 0; at < given.length; at++) {
    const word = given[at]!;
    if (!isOption(word.text)) {
      parts.bare.push(word);
      continue;
    }
    const [, name = '', inline] = /^(--?[^=]+)(?:=(.*))?$/s.exec(word.text) ?? [];
    const said = call.options[name.toLowerCase()];
    if (said === undefined) return undefined;
    if (!/[$_]/.test(said)) {
      if (said !== '') parts.more.push({ text: said, start: word.start, end: word.end });
      continue;
    }
    const values = inline === undefined ? valuesAt(given, at + 1, said) : [{ ...word, text: inline }];
    if (values.length === 0) return undefined;
    if (inline === undefined) at += values.length;
    // "--resources all t3.micro instances": words that bound a set.
    if (said === '$' && (quantity.test(values[0]!.text) || pronoun.test(values[0]!.text)))
      parts.bare.push(...values);
    else if (said === '$') parts.targets.push(...values.flatMap((value) => namesIn(value, tools)));
    else if (said === '# $') parts.count = values[0];
    else if (said !== '_')
      for (const value of values) {
        const piece = phraseOf(said, value);
        if (!piece) return undefined;
        parts.more.push(piece);
      }
  }
  return parts;
}

/** `a,b`: two names. What is called by none is a name all the same: an option bounds no set. */
const namesIn = (word: Typed, tools: Tools): readonly Typed[] =>
  word.text
    .split(',')
    .filter((text) => text !== '')
    .map((text) => ({ ...word, text: isCalled(text, tools) || /["']/.test(text) ? text : `"${text}"` }));

/** The values behind an option: several where it names things or pairs. */
function valuesAt(given: readonly Typed[], from: number, said: string): readonly Typed[] {
  const isSeveral = /^(?:\$|with \$|key \$)$/.test(said) && /^--/.test(given[from - 1]!.text);
  const max = isSeveral ? given.length : 1;
  const values: Typed[] = [];
  for (let at = from; at < given.length && values.length < max; at++) {
    const word = given[at]!;
    if (isOption(word.text)) break;
    if (values.length > 0 && (plainWord.test(word.text) || given[at - 1]!.tail !== '')) break;
    values.push(word);
  }
  return values;
}

const plainWord =
  /^(?:in|on|of|for|from|to|with|at|and|or|except|but|not|named|called|please|pls|the|all|that|which|as|by|if|when|tomorrow|now|thanks)$/i;

/** "to 60 GB": what an option says with its value. */
function phraseOf(said: string, { text, start, end }: Typed): Piece | undefined {
  const filter = /^Name=/i.test(text.replace(/^["']/, ''));
  const plain = filter ? filterOf(text) : (pairOf(text) ?? text);
  if (plain === undefined || (filter && said !== 'with $')) return undefined;
  if (filter) return { text: plain, start, end };
  if (said === 'in region of $') return { text: `in ${plain.replace(/(\d)[a-z]$/, '$1')}`, start, end };
  const unit = /[a-z]/i.test(plain) ? said.replace('$ GB', '$') : said;
  return { text: unit.replace('$', () => plain), start, end };
}

/** Bare words where the call has a place for them: the name of what is made, two things, a figure behind its thing. */
function placeBare(call: SaidCall, parts: Parts, tools: Tools): void {
  const { bare, targets, more } = parts;
  const kindsOf = ({ text }: Typed): readonly string[] =>
    tools.inventory.byKey(looseKey(text)).map(({ kind }) => kind);
  const isCounted = call.isNew === true && call.kind === 'vm' && /^\d+$/.test(bare[0]?.text ?? '');
  if (isCounted) parts.count ??= bare.shift();
  const isOfSort = (): boolean => /^(?:type|flavor|size|status)$/i.test(bare[1]?.text ?? '');
  while (/^(?:for|on|of|against|with)$/i.test(bare[0]?.text ?? '') && !isOfSort() && targets.length === 0)
    bare.shift();
  const isBare =
    bare.every(({ text }) => !plainWord.test(text)) &&
    bare.every(({ tail }, at) => tail === '' || at === bare.length - 1);
  if (call.isNew && bare[0] && !plainWord.test(bare[0].text) && kindsOf(bare[0]).length === 0) {
    const [first] = bare.splice(0, 1);
    const isSize = call.kind === 'volume' && /^\d+(?:gb?|gib)?$/i.test(first!.text);
    more.unshift(phraseOf(isSize ? 'with $ GB' : 'named $', first!)!);
    return;
  }
  if (call.second && isBare && bare.length === 2) {
    const [one, other] = bare;
    const isThing = (word: Typed): boolean =>
      kindsOf(word).some((kind) => kind === 'volume' || kind === 'floating-ip') &&
      !kindsOf(word).includes('vm');
    const isFirst = isThing(one!) || (!isThing(other!) && kindsOf(other!).includes('vm'));
    const [thing, holder] = isFirst ? [one!, other!] : [other!, one!];
    bare.splice(0, 2);
    targets.push(thing);
    more.unshift(phraseOf(`${call.second} $`, holder)!);
    return;
  }
  // "remove floating ip web-1": of the machine that has it.
  const isHolder = bare.length === 1 && targets.length === 0 && kindsOf(bare[0]!).includes('vm');
  if (call.second && call.does === 'unassign-ip' && isHolder) {
    more.unshift(phraseOf(`${call.second} $`, bare.pop()!)!);
    return;
  }
  if (call.last && isBare && bare.length > 0 && bare.length + targets.length === 2) {
    const last = bare.pop()!;
    more.unshift(phraseOf(call.last, last)!);
  }
}

/** Where among the words its own noun stands. */
function ownNounAt({ kind, noun }: SaidCall, bare: readonly Typed[], { lexicon }: Tools): number {
  if (noun === '') return -1;
  return bare.findIndex((_, at) =>
    lexicon
      .starting(bare[at]!.text.toLowerCase())
      .some(
        ({ words, senses }) =>
          words.every((word, index) => bare[at + index]?.text.toLowerCase() === word) &&
          senses.some((sense) => sense.t === 'kind' && sense.kinds.includes(kind)),
      ),
  );
}

/** Things of the kind are there of this provider and of another. */
function isElsewhere(kind: string, provider: string, { inventory }: Tools): boolean {
  const all = inventory.ofKind(kind);
  return all.some((one) => one.provider === provider) && all.some((one) => one.provider !== provider);
}

// Words as a person says them to a microphone: "web dash prod dash three", "the v m", "m five dot x large", "port eighty
// four forty three", "team equals data". They become the tokens that would have been typed, and remember where they
// stood. Numbers that could be two things said one after another stay apart. Called before anything is looked up.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import { withForeign } from './foreignVerbs.ts';
import { withHomophones, withSpokenTo } from './homophones.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { parseNumber } from './units.ts';

interface Known {
  readonly lexicon: Lexicon;
  readonly inventory: Inventory;
}

/** What is written where these are said between two words. */
const marks: Readonly<Record<string, string>> = {
  dash: '-',
  hyphen: '-',
  underscore: '_',
  dot: '.',
  point: '.',
  slash: '/',
  colon: ':',
  equals: '=',
};
const letter = /^[a-z]$/;
const digits = /^\d+$/;
const joiningWords =
  /^(?:the|an?|to|of|in|on|at|and|or|then|with|from|for|by|is|are|it|them|please|that|this|but|not|if|so|i|we|you|my|our|all|only|also|as|into|,)$/;

const numberWords = new Set(
  'zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety'.split(
    ' ',
  ),
);

/** The tokens with what was only said written out. */
export function withSpoken(given: readonly Token[], known: Known): readonly Token[] {
  const tokens = withOneName(withForeign(withHomophones(given, known.inventory)), known);
  const isSaid = ({ low, quoted }: Token): boolean =>
    !quoted && (letter.test(low) || numberWords.has(low) || Object.hasOwn(marks, low));
  if (!tokens.some(isSaid)) return tokens;
  const marked = withMarks(withNulls(tokens, known), known);
  return withPorts(withLetters(withSpokenTo(marked, known.inventory), known));
}

/** "core dns" is coredns, where nothing else is called by the first word. */
function withOneName(tokens: readonly Token[], { lexicon, inventory }: Known): readonly Token[] {
  const isPair = (at: number): boolean => {
    const [first, second] = [tokens[at], tokens[at + 1]];
    if (!first || !second || first.quoted || second.quoted) return false;
    if (!/^[a-z]{3,}$/.test(first.low) || !/^[a-z]{3,}$/.test(second.low)) return false;
    if (inventory.byKey(first.low + second.low).length === 0) return false;
    return lexicon.starting(first.low).length === 0 && !inventory.isPart(first.low);
  };
  if (!tokens.some((_, at) => isPair(at))) return tokens;
  return tokens.flatMap((token, at) => {
    if (isPair(at - 1)) return [];
    if (!isPair(at)) return [token];
    const { text, low, end } = tokens[at + 1]!;
    return [{ ...token, text: token.text + text, low: token.low + low, end }];
  });
}

/** "erp oh one" is erp 01. */
function withNulls(tokens: readonly Token[], { inventory }: Known): readonly Token[] {
  if (!tokens.some(({ low }) => low === 'oh')) return tokens;
  return tokens.flatMap((token, at) => {
    const isNull = (index: number): boolean => {
      const next = tokens[index + 1];
      const before = tokens[index - 1];
      return (
        tokens[index]?.low === 'oh' &&
        !tokens[index]!.quoted &&
        before !== undefined &&
        inventory.isPart(before.low) &&
        next !== undefined &&
        /^[1-9]$/.test(digitsOf(next.low))
      );
    };
    if (isNull(at)) return [];
    if (!isNull(at - 1)) return [token];
    const text = `0${digitsOf(token.low)}`;
    return [{ ...token, text, low: text, start: tokens[at - 1]!.start }];
  });
}

interface Part {
  readonly text: string;
  readonly length: number;
}

/** "night dash shift" is night-shift, "two hundred three dot zero" is 203.0. */
function withMarks(tokens: readonly Token[], known: Known): readonly Token[] {
  if (!tokens.some(({ low, quoted }) => !quoted && Object.hasOwn(marks, low))) return tokens;
  const told: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const mark = markAt(tokens, at);
    const before = tokens[at - 1]?.low ?? '';
    // "twenty dash four hours"
    if (mark === '-' && /ty$/.test(before) && parseNumber([`${before}-${tokens[at + 1]!.low}`])) {
      at++;
      continue;
    }
    const head = mark === undefined ? undefined : headOf(told, mark);
    let text = head?.text ?? '';
    let end = at;
    for (let next = mark; head && next !== undefined; next = markAt(tokens, end)) {
      const part = partAt(tokens, end + 1, text + next, known);
      if (!part) break;
      text += next + part.text;
      end += 1 + part.length;
    }
    if (!head || end === at) {
      told.push(tokens[at]!);
      at++;
      continue;
    }
    const [first] = told.splice(-head.length);
    told.push({ ...first!, text, low: text.toLowerCase(), end: tokens[end - 1]!.end });
    at = end;
  }
  return told;
}

/** The mark that is said between two words there. */
function markAt(tokens: readonly Token[], at: number): string | undefined {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (!before || !token || !next || token.quoted || before.quoted || next.quoted) return undefined;
  if (!Object.hasOwn(marks, token.low) || Object.hasOwn(marks, next.low)) return undefined;
  if (!/^[\p{L}\p{N}]/u.test(next.low) || !/[\p{L}\p{N}]$/u.test(before.low)) return undefined;
  const isLetter = letter.test(next.low);
  if (joiningWords.test(before.low) || (!isLetter && joiningWords.test(next.low))) return undefined;
  const isNumber = (one: Token): boolean => numberWords.has(one.low) || /^\d/.test(one.low);
  if (token.low === 'point' && !(isNumber(before) && isNumber(next)) && !/^hundred$/.test(before.low))
    return undefined;
  // "checkout colon scale to 4" is no image.
  if (token.low === 'colon' && !isNumber(next) && !/^(latest|stable|v\d.*|v)$/.test(next.low))
    return undefined;
  return marks[token.low];
}

/** What was said before the first mark: a word, "t three", "d b", "two hundred three". */
function headOf(told: readonly Token[], mark: string): Part | undefined {
  const last = told.at(-1);
  if (!last || last.quoted) return undefined;
  const low = (back: number): string => told.at(-back)?.low ?? '';
  if (mark === '.' && (numberWords.has(last.low) || last.low === 'hundred')) {
    let length = 1;
    while (numberWords.has(low(length + 1)) || low(length + 1) === 'hundred') length++;
    const number = parseNumber(told.slice(-length).map((one) => one.low));
    if (number?.length === length && !letter.test(low(length + 1)))
      return { text: String(number.value), length };
  }
  let length = 0;
  let text = '';
  if (numberWords.has(last.low) && letter.test(low(2)) && low(2) !== 'a') {
    text = digitsOf(last.low);
    length = 1;
  } else if (letter.test(last.low) && numberWords.has(low(2)) && letter.test(low(3))) {
    text = digitsOf(low(2)) + last.text;
    length = 2;
  }
  while (letter.test(low(length + 1)) && (!/^[ai]$/.test(low(length + 1)) || length === 0)) {
    text = told.at(-length - 1)!.text + text;
    length++;
  }
  if (length > 0) return { text, length };
  return { text: numberWords.has(last.low) ? digitsOf(last.low) : last.text, length: 1 };
}

function digitsOf(low: string): string {
  return low === 'oh' ? '0' : String(parseNumber([low])?.value ?? low);
}

/** What is said behind a mark: "prod", "oh one", "s g", "r six g", "two x large". */
function partAt(tokens: readonly Token[], at: number, head: string, { inventory }: Known): Part | undefined {
  const token = tokens[at];
  if (!token || token.quoted) return undefined;
  const low = (ahead: number): string => (tokens[at + ahead]?.quoted ? '"' : (tokens[at + ahead]?.low ?? ''));
  const isMark = (ahead: number): boolean => Object.hasOwn(marks, low(ahead));
  if (numberWords.has(token.low)) {
    const number = numberAt(tokens, at, head, inventory);
    const size = low(number.length) === 'x' && low(number.length + 1) === 'large' ? 2 : 1;
    if (size === 2 || low(number.length) === 'xlarge')
      return { text: `${number.text}xlarge`, length: number.length + size };
    if (letter.test(low(number.length)) && isMark(number.length + 1))
      return { text: number.text + low(number.length), length: number.length + 1 };
    return number;
  }
  if (!letter.test(token.low)) return { text: token.text, length: 1 };
  if (token.low === 'x' && low(1) === 'large') return { text: 'xlarge', length: 2 };
  let all = 1;
  while (letter.test(low(all))) all++;
  const textOf = (length: number): string =>
    tokens
      .slice(at, at + length)
      .map((one) => one.text)
      .join('');
  let length = all;
  while (length > 1 && !inventory.isPart(textOf(length).toLowerCase())) length--;
  if (length === 1 && all > 1) while (length < all && !/^[aixnruw]$/.test(low(length))) length++;
  const text = textOf(length);
  if (!numberWords.has(low(length))) return { text, length };
  const number = digitsOf(low(length));
  if (letter.test(low(length + 1)) && isMark(length + 2))
    return { text: text + number + low(length + 1), length: length + 2 };
  return isMark(length + 1) ? { text: text + number, length: length + 1 } : { text, length };
}

/**
 * One number, or all that are said in a row as the digits of one: "oh one", "eleven twenty". None is left over, so that
 * "web dash one one" is never web-1; only in a list each stands for itself: "web dash one two and three".
 */
function numberAt(tokens: readonly Token[], at: number, head: string, inventory: Inventory): Part {
  const isScale = (low: string): boolean => low === 'hundred' || low === 'thousand';
  let end = at;
  while (
    end < tokens.length &&
    !tokens[end]!.quoted &&
    (numberWords.has(tokens[end]!.low) || isScale(tokens[end]!.low))
  )
    end++;
  const words = tokens.slice(at, end).map(({ low }) => low);
  const scaled = words.some(isScale) ? parseNumber(words) : undefined;
  const groups = scaled
    ? [{ text: String(scaled.value), length: scaled.length }, ...groupsOf(words.slice(scaled.length))]
    : groupsOf(words);
  const text = groups.map((group) => group.text).join('');
  const isKnown = inventory.byKey(looseKey(head + text)).length > 0;
  const isList = /^(?:and|or|&|,)$/.test(tokens[end]?.low ?? '') && groups[0]!.text !== '0';
  return isList && !isKnown ? groups[0]! : { text, length: words.length };
}

/** "eighty four forty three" as 84 and 43, "thirty three oh six" as 33 and 06. */
function groupsOf(words: readonly string[]): readonly Part[] {
  const groups: Part[] = [];
  for (let at = 0; at < words.length; ) {
    const isOh = /^(oh|zero)$/.test(words[at]!);
    const number = isOh ? undefined : parseNumber(words.slice(at, at + (/ty$/.test(words[at]!) ? 2 : 1)));
    const length = number?.length ?? 1;
    groups.push({ text: number ? String(number.value) : '0', length });
    at += length;
  }
  return groups;
}

/** "the v m", "c i runners", "e t l scratch", "k eight s": letters that are a word here. */
function withLetters(tokens: readonly Token[], { lexicon, inventory }: Known): readonly Token[] {
  const isWord = (text: string): boolean =>
    lexicon.starting(text).some((entry) => entry.words.length === 1) ||
    inventory.isPart(text) ||
    inventory.isTagKey(text) ||
    inventory.byKey(looseKey(text)).length > 0;
  const told: Token[] = [];
  const isLetter = (token: Token | undefined): boolean =>
    token !== undefined && !token.quoted && letter.test(token.low);
  for (let at = 0; at < tokens.length; ) {
    let end = at;
    while (
      isLetter(tokens[end]) ||
      (end > at && numberWords.has(tokens[end]?.low ?? '') && isLetter(tokens[end + 1]))
    )
      end++;
    // "v ms", "d b.r6g.large": the last letter with what is written behind it.
    const last = tokens[end];
    if (end > at && last && !last.quoted && /^(?!is$|as$|us$)[a-z](s$|[._-])/.test(last.low)) end++;
    const length = lengthOf(tokens, at, end, isWord);
    if (length < 2) {
      told.push(tokens[at]!);
      at++;
      continue;
    }
    const run = tokens.slice(at, at + length);
    const text = run.map((one) => (numberWords.has(one.low) ? digitsOf(one.low) : one.text)).join('');
    told.push({ ...tokens[at]!, text, low: text.toLowerCase(), end: run.at(-1)!.end });
    at += length;
  }
  return told;
}

/** How many of the letters make a word; none where they are words of their own. */
function lengthOf(
  tokens: readonly Token[],
  at: number,
  end: number,
  isWord: (text: string) => boolean,
): number {
  for (let length = end - at; length > 1; length--) {
    const text = tokens
      .slice(at, at + length)
      .map(({ low }) => (numberWords.has(low) ? digitsOf(low) : low))
      .join('');
    if (isWord(text.replace(/[._-].*/, ''))) return length;
  }
  return 0;
}

const wellKnown = new Set(['22', '25', '53', '80', '21', '23']);

/** "eighty eighty" is 8080 and "four forty three" 443; "twenty two eighty" may be two ports and stays. */
function withPorts(tokens: readonly Token[]): readonly Token[] {
  const isSaid = ({ low, quoted }: Token, at: number): boolean =>
    !quoted &&
    (/(?:ty|teen|ten|eleven|twelve|oh|zero|hundred)$/.test(low) ||
      (tokens[at - 1]?.low === 'port' && numberWords.has(low)));
  if (!tokens.some(isSaid)) return tokens;
  const told: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    let end = at;
    while (end < tokens.length && !tokens[end]!.quoted && numberWords.has(tokens[end]!.low)) end++;
    const words = tokens.slice(at, end).map(({ low }) => low);
    const next = tokens[end]?.low ?? '';
    const isPort = tokens[at - 1]?.low === 'port' && !/^(and|or|,)$/.test(next);
    const text = /^(hundred|thousand|million|percent|%)$/.test(next) ? undefined : portOf(words, isPort);
    if (text === undefined) {
      const length = Math.max(1, end - at);
      told.push(...tokens.slice(at, at + length));
      at += length;
      continue;
    }
    told.push({ ...tokens[at]!, text, low: text, end: tokens[end - 1]!.end });
    at = end;
  }
  return told;
}

/** The number that several said one after another are the digits of. */
function portOf(words: readonly string[], isPort: boolean): string | undefined {
  const groups = groupsOf(words);
  if (groups.length < 2 || !/^[1-9]/.test(groups[0]!.text)) return undefined;
  const isDigit = groups.every(({ text }) => text.length === 1);
  const [first, second] = groups;
  if (
    groups.length === 2 &&
    wellKnown.has(first!.text) &&
    wellKnown.has(second!.text) &&
    first!.text !== second!.text
  )
    return undefined;
  const text = groups.map((group) => group.text).join('');
  // "one two and three" are three things.
  if (isDigit && text.length < 4 && !isPort) return undefined;
  return text.length >= 3 && text.length <= 5 && digits.test(text) ? text : undefined;
}

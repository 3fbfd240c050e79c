// "gitlab runner one, two and three", "web-1 and 2", "but not number 4": what is named by its number alone after a thing
// of the same name. The number becomes the name it stands for, only where something is called so and nothing is counted
// by it: "web-1 and 2 replicas" stays. Called on the tokens, before anything is looked up.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import type { Token } from './tokens.ts';
import { parseNumber } from './units.ts';

const wordsMax = 6;
const listing =
  /^(?:,|and|or|&|\+|plus|not|but|except|excluding|leave|leaving|keep|keeping|spare|skip|skipping|minus|bar|besides|just|only|apart|other|than|for)$/;
/** What may stand behind a number that is a name. */
const closing =
  /^(?:[,;.!?)&+]|and|or|then|but|to|from|in|on|by|with|for|please|pls|plz|thx|thanks|now|again|first|back|off|up|down|asap|offline|online|->|=>|n|alone|out|running|untouched|as|of|is|are|which|that|must|should|who|stays?|remains?|keeps?)$/;

/** The tokens with such numbers written out. */
export function withNameLists(tokens: readonly Token[], inventory: Inventory): readonly Token[] {
  if (!tokens.some((token, at) => at > 1 && numberOf(token) !== undefined)) return tokens;
  const told: Token[] = [];
  let stem: string | undefined;
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!;
    const name = token.quoted ? undefined : nameAt(tokens, at, inventory);
    if (name) {
      told.push(...tokens.slice(at, at + name.length));
      at += name.length;
      ({ stem } = name);
      continue;
    }
    // "web-prod-* except 1 and 10"
    const all = token.quoted ? undefined : /^(.*\p{L})[-_ .]?\*$/u.exec(token.low)?.[1];
    if (all !== undefined) stem = looseKey(all);
    const isCalled = /^(?:number|no\.?|nr\.?|#)$/.test(token.low) && numberOf(tokens[at + 1]) !== undefined;
    const number = isCalled ? tokens[at + 1]! : token;
    // "except for 3", never "change it for one of …".
    const isFor =
      told.at(-1)?.low === 'for' && !/^(except|but|save|apart|aside)$/.test(told.at(-2)?.low ?? '');
    const isListed = !isFor && listing.test(told.at(-1)?.low ?? '');
    const next = tokens[at + (isCalled ? 2 : 1)]?.low;
    const isLast = next === undefined || closing.test(next);
    // "worker one two and three": the comma that was not said.
    const isRun =
      stem !== undefined &&
      (isListed ||
        (listing.test(next ?? '') && calledBy(stem, numberOf(tokens[at + 2]), inventory) !== undefined));
    const called =
      stem !== undefined && isRun && isLast ? calledBy(stem, numberOf(number), inventory) : undefined;
    if (called !== undefined) {
      if (!isListed) told.push({ ...token, text: ',', low: ',', end: token.start });
      told.push({ ...number, start: token.start, text: called, low: called.toLowerCase() });
      at += isCalled ? 2 : 1;
      continue;
    }
    if (!listing.test(token.low) && all === undefined) stem = undefined;
    told.push(token);
    at++;
  }
  return told;
}

function numberOf(token: Token | undefined): string | undefined {
  if (!token || token.quoted) return undefined;
  if (/^\d{1,4}$/.test(token.low)) return token.low;
  return /^[a-z]+$/.test(token.low) && parseNumber([token.low])?.length === 1
    ? String(parseNumber([token.low])!.value)
    : undefined;
}

/** The longest name there that ends with a number, and what stands before the number. */
function nameAt(
  tokens: readonly Token[],
  at: number,
  inventory: Inventory,
): { readonly stem: string; readonly length: number } | undefined {
  if (!inventory.startsName(looseKey(tokens[at]!.low).split(' ', 1)[0]!)) return undefined;
  let best: { stem: string; length: number } | undefined;
  let key = '';
  for (let length = 1; length <= wordsMax && at + length <= tokens.length; length++) {
    const token = tokens[at + length - 1]!;
    if (token.quoted || /^[,;!?()[\]{}]$/.test(token.low)) break;
    key = `${key} ${looseKey(length > 1 ? (numberOf(token) ?? token.low) : token.low)}`.trim();
    const stem = /^(.*\p{L}) \d+$/u.exec(key)?.[1];
    if (stem === undefined) continue;
    if ([key, padded(key)].some((one) => inventory.byKey(one).length > 0)) best = { stem, length };
  }
  return best;
}

const padded = (key: string): string => key.replace(/ (\d)$/, ' 0$1');

/** The name of the thing with that number. */
function calledBy(stem: string, number: string | undefined, inventory: Inventory): string | undefined {
  if (number === undefined) return undefined;
  const key = `${stem} ${number}`;
  const found = [key, padded(key)].map((one) => inventory.byKey(one)).find((one) => one.length > 0);
  const names = new Set(found?.map(({ name }) => name));
  return names.size === 1 ? [...names][0] : undefined;
}

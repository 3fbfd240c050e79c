// Words that sound like a number: "web dash prod dash too" is web-prod-2, "revision for" is revision 4, "attach scratch two
// web ten" is attached to web-10. A word becomes the number, or the number the word, only where a name or an amount has to
// stand and what comes out is there; else it stays and is asked about. Called by `withSpoken`, on tokens.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import type { Token } from './tokens.ts';
import { durationUnit, parseNumber } from './units.ts';

const sounds: Readonly<Record<string, string>> = {
  to: 'two',
  too: 'two',
  for: 'four',
  won: 'one',
  ate: 'eight',
};
const joined = /^(and|then|,|;|\.|or|&)$/;
const said = /^(dash|hyphen|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten)$/;
const going =
  /^(attach|connect|hook|mount|resize|move|assign|add|change|migrate|set|switch|upgrade|downgrade)$/;
const nameTokensMax = 4;

const wordOf = (token: Token | undefined): string => (token && !token.quoted ? token.low : '"');

/** The tokens with numbers where only a number can have been said. */
export function withHomophones(tokens: readonly Token[], inventory: Inventory): readonly Token[] {
  if (!tokens.some(({ low, quoted }) => !quoted && Object.hasOwn(sounds, low))) return tokens;
  return tokens.map((token, at) => {
    const number = token.quoted ? undefined : sounds[token.low];
    if (number === undefined || at === 0) return token;
    const [before, next] = [wordOf(tokens[at - 1]), tokens[at + 1]];
    const isOver = next === undefined || joined.test(wordOf(next));
    const isAmount = isOver && next === undefined && /^(revision|rev|by|to)$/.test(before) && at > 1;
    const isTime = /^(last|past|next)$/.test(before) && durationUnit(wordOf(next)) !== undefined;
    const isName = isOver && endsName(tokens, at, number, inventory);
    return isAmount || isTime || isName ? { ...token, text: number, low: number } : token;
  });
}

/** "worker prod one and worker prod too": a name with that number, where names were spelled out before or by "dash". */
function endsName(tokens: readonly Token[], at: number, number: string, inventory: Inventory): boolean {
  const isDash = /^(dash|hyphen)$/.test(wordOf(tokens[at - 1]));
  const isSpelled = tokens.slice(0, at).some((token) => said.test(wordOf(token)));
  if (!isSpelled) return false;
  const digit = parseNumber([number])?.value;
  for (let from = at - 1; from >= Math.max(0, at - 2 * nameTokensMax); from--) {
    const words = tokens.slice(from, at).filter((token) => !/^(dash|hyphen)$/.test(wordOf(token)));
    if (words.some(({ quoted }) => quoted) || words.length === 0) continue;
    const head = words.map(({ low }) => low).join(' ');
    const isNumbered = inventory.byKey(looseKey(`${head} ${digit}`)).length > 0;
    if (isNumbered && (isDash || inventory.byKey(looseKey(head)).length === 0)) return true;
  }
  return false;
}

/** "attach scratch two web ten", "resize web ten two M.8": between two names it says where to. */
export function withSpokenTo(tokens: readonly Token[], inventory: Inventory): readonly Token[] {
  if (!tokens.some(({ low, quoted }) => !quoted && low === 'two')) return tokens;
  if (!tokens.slice(0, 4).some((token) => going.test(wordOf(token)))) return tokens;
  const isName = (some: readonly Token[]): boolean =>
    some.length > 0 &&
    some.every(({ quoted }) => !quoted) &&
    inventory.byKey(looseKey(some.map(({ low }) => spelled(low)).join(' '))).length > 0;
  const lengths = [1, 2, 3, 4];
  return tokens.map((token, at) => {
    if (wordOf(token) !== 'two') return token;
    const isBehind = lengths.some((length) => at >= length && isName(tokens.slice(at - length, at)));
    const isBefore = lengths.some((length) => isName(tokens.slice(at + 1, at + 1 + length)));
    const isOwn = lengths.some((length) => at >= length && isName(tokens.slice(at - length, at + 1)));
    return isBehind && isBefore && !isOwn ? { ...token, text: 'to', low: 'to' } : token;
  });
}

const spelled = (low: string): string => (said.test(low) ? String(parseNumber([low])?.value ?? low) : low);

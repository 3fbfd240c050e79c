// Tokens that stand for more or less than was typed: "runner-1, -2 and -3" are three names, "un cordon" is one word,
// "deploy/web" a kind and a name. Called before anything is repaired.

import { type Inventory, looseKey } from './inventory.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

const prefixed =
  /^(?:un|re)(?:cordon|suspend|pause|tag|label|start|boot|run|enable|scan|deploy|mute|silence|freeze|block|lock)(?:e?d|ing)?$/;

/** "runner-1, -2 and -3": each stands for the whole name; "un cordon" is one word. */
export function withSuffixes(tokens: readonly Token[]): readonly Token[] {
  const told: Token[] = [];
  for (const token of tokens) {
    const head = told.at(-1);
    if (head && !head.quoted && !token.quoted && prefixed.test(head.low + token.low)) {
      const joined = head.low + token.low;
      told.splice(-1, 1, { ...token, text: joined, low: joined, start: head.start });
      continue;
    }
    const before = /^(,|and|or|&|\+)$/.test(told.at(-1)?.low ?? '') ? told.at(-1) : undefined;
    const listed = before && told.findLast((one) => !/^(,|and|or|&|\+)$/.test(one.low));
    const stem = /^(.*\p{L}.*)-\d+$/u.exec(listed && !listed.quoted ? listed.text : '')?.[1];
    const isSuffix = stem !== undefined && !token.quoted && /^-\d+$/.test(token.low);
    told.push(isSuffix ? { ...token, text: stem + token.text, low: stem.toLowerCase() + token.low } : token);
  }
  return told;
}

/** `deploy/web` is a kind and a name, where the whole is no name of its own. */
export function splitSlashes(
  tokens: readonly Token[],
  lexicon: Lexicon,
  inventory: Inventory,
): readonly Token[] {
  return tokens.flatMap((token) => {
    const slash = token.low.indexOf('/');
    if (token.quoted || slash <= 0 || inventory.byKey(looseKey(token.text)).length > 0) return [token];
    const head = token.low.slice(0, slash);
    const isKind = lexicon
      .starting(head)
      .some((entry) => entry.words.length === 1 && entry.senses.some((sense) => sense.t === 'kind'));
    if (!isKind || token.low.length === slash + 1) return [token];
    const end = token.start + slash;
    return [
      { ...token, text: token.text.slice(0, slash), low: head, end },
      { ...token, text: token.text.slice(slash + 1), low: token.low.slice(slash + 1), start: end + 1 },
    ];
  });
}

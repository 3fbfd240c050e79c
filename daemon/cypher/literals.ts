// What single words of a query mean: numbers, texts with their escapes, names in back-quotes. Pure; used by the
// grammar, which also calls them without a text while it learns its own rules.

import type { IToken, TokenType } from 'chevrotain';
import { keyword } from './tokens.ts';

/** Words that cannot be a variable without back-quotes, because a clause or an operator would begin with them. */
export const reservedWords: ReadonlySet<TokenType> = new Set(
  (
    [
      'MATCH',
      'OPTIONAL',
      'WHERE',
      'RETURN',
      'WITH',
      'UNWIND',
      'UNION',
      'ORDER',
      'SKIP',
      'LIMIT',
      'AND',
      'OR',
      'XOR',
      'NOT',
      'IN',
      'IS',
      'NULL',
      'TRUE',
      'FALSE',
      'CASE',
      'WHEN',
      'THEN',
      'ELSE',
      'END',
      'AS',
      'DISTINCT',
      'CREATE',
      'MERGE',
      'SET',
      'DELETE',
      'DETACH',
      'REMOVE',
      'FOREACH',
      'LOAD',
      'CALL',
    ] as const
  ).map((name) => keyword[name]),
);

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

export function integerOf({ image }: IToken): number {
  return Number(image);
}

export function numberOf({ image }: IToken): number {
  return Number(image);
}

/** Without its quotes; `\n`, `\t`, `\'`, `\\` and `\u00e9` are read. */
export function textOf({ image }: IToken): string {
  return image
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, one: string) =>
      code === undefined ? (escapes[one] ?? one) : String.fromCharCode(Number.parseInt(code, 16)),
    );
}

/** A name, without back-quotes. */
export function nameOf({ image }: IToken): string {
  return image.startsWith('`') ? image.slice(1, -1).replaceAll('``', '`') : image;
}

export function parameterOf({ image }: IToken): string {
  const name = image.slice(1);
  return name.startsWith('`') ? name.slice(1, -1) : name;
}

// Tells a node of a pattern from an expression in parentheses before the parser gets there, in one pass over the
// tokens: trying one and then the other would take twice as long for every level of nesting.

import type { IToken } from 'chevrotain';
import { token as t } from './tokens.ts';

/** On an opening parenthesis whose closing one a relation follows: `(a)-[`, `(a)--(`, `(a)<-[`. */
export const chainMark = 'chain';

export function markChains(tokens: readonly IToken[]): void {
  const open: IToken[] = [];
  tokens.forEach((token, index) => {
    if (token.tokenType === t.ParenOpen) open.push(token);
    if (token.tokenType !== t.ParenClose) return;
    const opening = open.pop();
    if (opening && isRelationAt(tokens, index + 1)) opening.payload = chainMark;
  });
}

function isRelationAt(tokens: readonly IToken[], index: number): boolean {
  const type = (ahead: number) => tokens[index + ahead]?.tokenType;
  const start = type(0) === t.Less ? 1 : 0;
  if (type(start) !== t.Minus) return false;
  if (type(start + 1) === t.BracketOpen) return true;
  if (type(start + 1) !== t.Minus) return false;
  return (
    type(start + 2) === t.ParenOpen || (type(start + 2) === t.Greater && type(start + 3) === t.ParenOpen)
  );
}

// The words of the query language for the parser library. Keywords are words of the openCypher grammar; each may also
// be a name where a name is wanted after a dot or a colon. Used by the grammar only.

import { createToken, Lexer, type TokenType } from 'chevrotain';

/** The library drops the flag that letters of all scripts need, so such patterns are run by ourselves. */
function unicode(source: string): (text: string, offset: number) => RegExpExecArray | null {
  const pattern = new RegExp(source, 'uy');
  return (text, offset) => {
    pattern.lastIndex = offset;
    return pattern.exec(text);
  };
}

const Name = createToken({
  name: 'Name',
  pattern: unicode('(?:[\\p{L}_][\\p{L}\\p{N}_]*|`(?:[^`]|``)+`)'),
  line_breaks: true,
});

const keywordNames = [
  'MATCH',
  'OPTIONAL',
  'WHERE',
  'RETURN',
  'WITH',
  'UNWIND',
  'AS',
  'ORDER',
  'BY',
  'ASCENDING',
  'ASC',
  'DESCENDING',
  'DESC',
  'SKIP',
  'LIMIT',
  'DISTINCT',
  'UNION',
  'ALL',
  'AND',
  'OR',
  'XOR',
  'NOT',
  'IN',
  'STARTS',
  'ENDS',
  'CONTAINS',
  'IS',
  'NULL',
  'TRUE',
  'FALSE',
  'CASE',
  'WHEN',
  'THEN',
  'ELSE',
  'END',
  'EXISTS',
  'COUNT',
  'ANY',
  'NONE',
  'SINGLE',
  'REDUCE',
  // Clauses of the language that this reader refuses by name.
  'CREATE',
  'MERGE',
  'SET',
  'DELETE',
  'DETACH',
  'REMOVE',
  'FOREACH',
  'LOAD',
  'CALL',
  'DROP',
  'USE',
  'SHOW',
  'FINISH',
  'INSERT',
  'PROFILE',
  'EXPLAIN',
] as const;
export type Keyword = (typeof keywordNames)[number];

// The longest first: `ASCENDING` is not `AS`.
const made = [...keywordNames]
  .sort((a, b) => b.length - a.length)
  .map((name) => [
    name,
    createToken({ name, pattern: new RegExp(name, 'i'), longer_alt: Name, categories: [Name] }),
  ]);
export const keyword = Object.fromEntries(made) as Readonly<Record<Keyword, TokenType>>;

const symbol = (name: string, pattern: RegExp | string): TokenType => createToken({ name, pattern });

export const token = {
  Name,
  Float: symbol('Float', /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)/),
  Integer: symbol('Integer', /(?:0x[0-9a-fA-F]+|\d+)/),
  Text: createToken({
    name: 'Text',
    pattern: /(?:'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")/,
    line_breaks: true,
  }),
  Parameter: createToken({
    name: 'Parameter',
    pattern: unicode('\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*|\\d+|`[^`]+`)'),
    line_breaks: false,
  }),
  Matches: symbol('Matches', '=~'),
  NotEqual: symbol('NotEqual', '<>'),
  LessEqual: symbol('LessEqual', '<='),
  GreaterEqual: symbol('GreaterEqual', '>='),
  Less: symbol('Less', '<'),
  Greater: symbol('Greater', '>'),
  Equal: symbol('Equal', '='),
  Dots: symbol('Dots', '..'),
  Dot: symbol('Dot', '.'),
  Comma: symbol('Comma', ','),
  Colon: symbol('Colon', ':'),
  Semicolon: symbol('Semicolon', ';'),
  Bar: symbol('Bar', '|'),
  Plus: symbol('Plus', '+'),
  Minus: symbol('Minus', '-'),
  Star: symbol('Star', '*'),
  Slash: symbol('Slash', '/'),
  Percent: symbol('Percent', '%'),
  Caret: symbol('Caret', '^'),
  ParenOpen: symbol('ParenOpen', '('),
  ParenClose: symbol('ParenClose', ')'),
  BracketOpen: symbol('BracketOpen', '['),
  BracketClose: symbol('BracketClose', ']'),
  BraceOpen: symbol('BraceOpen', '{'),
  BraceClose: symbol('BraceClose', '}'),
} as const;

const skipped = [
  createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true }),
  createToken({ name: 'LineComment', pattern: /\/\/[^\n\r]*/, group: Lexer.SKIPPED }),
  createToken({ name: 'BlockComment', pattern: /\/\*[\s\S]*?\*\//, group: Lexer.SKIPPED, line_breaks: true }),
];

const { Name: name, Float, Dots, ...others } = token;
/** In the order they are tried: comments before division, `1..3` before `.3`, keywords before names. */
export const allTokens: readonly TokenType[] = [
  ...skipped,
  Dots,
  Float,
  ...Object.values(others),
  ...Object.values(keyword),
  name,
];

// From the text of a query to its tree, or to a sentence that says what is wrong and where. Clauses that write are
// refused by name: nothing here can change anything. The parser is made when the first query comes.

import type { ILexingError, IRecognitionException, IToken, Lexer } from 'chevrotain';
import { Lexer as CypherLexer } from 'chevrotain';
import { ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import type { Query } from './ast.ts';
import { markChains } from './chains.ts';
import { CypherGrammar } from './grammar.ts';
import { allTokens } from './tokens.ts';

const writing = new Set([
  'CREATE',
  'MERGE',
  'SET',
  'DELETE',
  'DETACH',
  'REMOVE',
  'FOREACH',
  'LOAD',
  'DROP',
  'INSERT',
]);
const unsupported: Readonly<Record<string, string>> = {
  CALL: 'Procedures and subqueries (CALL) are not supported',
  USE: 'There is one graph only: USE is not supported',
  SHOW: 'SHOW is not supported',
  FINISH: 'FINISH is not supported',
  PROFILE: 'PROFILE is not supported',
  EXPLAIN: 'EXPLAIN is not supported',
};

let made: { readonly lexer: Lexer; readonly grammar: CypherGrammar } | undefined;

/** Throws ProblemError `bad-input`, or `unsupported` for what is Cypher but not read here. */
export function parseCypher(text: string): Query {
  if (text.length > limits.queryCharactersMax) throw wrong('The query is too long', text, 0);
  made ??= { lexer: new CypherLexer([...allTokens]), grammar: new CypherGrammar() };
  const { lexer, grammar } = made;
  const { tokens, errors } = lexer.tokenize(text);
  if (errors[0]) throw unreadable(errors[0], text);
  if (tokens.length === 0) throw wrong('The query is empty', text, 0);
  markChains(tokens);
  grammar.source = text;
  grammar.input = tokens;
  let query: Query;
  try {
    query = grammar.query();
  } catch (error) {
    if (error instanceof RangeError) throw wrong('The query is nested too deeply', text, 0);
    throw error;
  }
  const [first] = grammar.errors;
  if (first) throw problemOf(first, text, tokens);
  return query;
}

function unreadable(error: ILexingError, text: string): ProblemError {
  const character = text[error.offset] ?? '';
  if (character === "'" || character === '"') return wrong('A quote is not closed', text, error.offset);
  return wrong(`"${character}" has no meaning in a query`, text, error.offset);
}

function problemOf(error: IRecognitionException, text: string, tokens: readonly IToken[]): ProblemError {
  const { token } = error;
  const isEnd = Number.isNaN(token.startOffset) || token.startOffset === undefined || token.image === '';
  const at = isEnd ? text.length : token.startOffset;
  // The library names the first word that fits no rule; a clause it does not know is often just there.
  const refused = [token, tokens[0]].find(
    (one) => one && (writing.has(one.tokenType.name) || one.tokenType.name in unsupported),
  );
  if (refused && writing.has(refused.tokenType.name))
    return new ProblemError({
      code: 'unsupported',
      message: `${refused.image.toUpperCase()} would change something; queries here only read.`,
      fix: 'Use MATCH, WHERE, WITH, UNWIND and RETURN. What is in a cloud is changed by plans.',
    });
  if (refused)
    return new ProblemError({
      code: 'unsupported',
      message: `${unsupported[refused.tokenType.name]}.`,
      fix: 'Use MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, UNION and RETURN.',
    });
  return isEnd
    ? wrong('The query ends too early', text, at)
    : wrong(`"${token.image}" is not expected here`, text, at);
}

/** A problem with the place it is about: line and column, and the words around it. */
export function wrong(what: string, text: string, at: number): ProblemError {
  const before = text.slice(0, at).split('\n');
  const near = text.slice(Math.max(0, at - 20), at + 20).replaceAll(/\s+/g, ' ');
  return new ProblemError({
    code: 'bad-input',
    message: `${what} (line ${before.length}, column ${before.at(-1)!.length + 1}, near "${near.trim()}").`,
    fix: "For example: MATCH (v:volume)-[:ATTACHED_TO]->(m:vm) WHERE m.status = 'stopped' RETURN v.name, m.name",
  });
}

// Names of a query and their places in a row. A row is a list of values; a scope says which place is whose. Names that
// begin with a space are our own and never shown.

import type { ProblemError } from '../../shared/model/problem.ts';
import type { GraphReader } from '../graph/contract.ts';
import type { Expression, PatternPart } from './ast.ts';
import type { Budget } from './budget.ts';
import type { Value } from './values.ts';

export type Row = readonly Value[];
/** What a stage gives: a row, or undefined where others should have a turn. */
export type Rows = Iterable<Row | undefined>;

export type QueryGraph = Pick<
  GraphReader,
  'get' | 'all' | 'list' | 'match' | 'relationsOut' | 'relationsInto'
>;

/** What every part of a query is compiled with. */
export interface Environment {
  readonly text: string;
  readonly graph: QueryGraph;
  readonly parameters: Readonly<Record<string, Value>>;
  readonly budget: Budget;
  /** Compiles a pattern inside an expression; handed in, since patterns hold expressions themselves. */
  matcher(parts: readonly PatternPart[], where: Expression | undefined, scope: Scope): Matcher;
  fail(what: string, at: number): ProblemError;
}

export interface Matcher {
  readonly scope: Scope;
  /** Rows of `scope`, one for each way the pattern is found from a row of the outer scope. */
  run(row: Row): Rows;
}

export interface Scope {
  readonly names: ReadonlyMap<string, number>;
  readonly size: number;
}

export const emptyScope: Scope = { names: new Map(), size: 0 };

/** The scope with places for more names, after those that are there; a name that is there is covered. */
export function extended(scope: Scope, names: readonly string[]): Scope {
  const all = new Map(scope.names);
  let { size } = scope;
  for (const name of names) all.set(name, size++);
  return { names: all, size };
}

export const shownNames = (scope: Scope): readonly string[] =>
  [...scope.names.keys()].filter((name) => !name.startsWith(' '));

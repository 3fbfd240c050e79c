// Runs a query over the graph: compiles its clauses into stages, pulls rows through them, and lets others have a turn
// while it works. It ends at its time, at a cancel, and after so many rows. Used by the handlers of `graph/query`.

import type { QueryResult } from '../../shared/model/graph.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Json } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { Clause, Query, SingleQuery, UnwindClause } from './ast.ts';
import { type BudgetOptions, createBudget } from './budget.ts';
import { compile } from './compile.ts';
import { compileMatcher } from './match.ts';
import { wrong } from './parse.ts';
import { compileProjection, type Stage } from './project.ts';
import {
  type Environment,
  emptyScope,
  extended,
  type QueryGraph,
  type Row,
  type Rows,
  type Scope,
  shownNames,
} from './scope.ts';
import { keyOf, toResult, typeName, type Value, valueFromJson } from './values.ts';

export interface RunOptions extends BudgetOptions {
  readonly parameters?: Readonly<Record<string, Json>>;
  /** Most rows of the answer; `limits.queryRowsMax` at most. */
  readonly rowsMax?: number;
  /** The text of the query, for errors. */
  readonly text?: string;
}

/** Throws ProblemError `bad-input`, `timed-out`, `cancelled` or `overloaded`. */
export async function runCypher(query: Query, graph: QueryGraph, options: RunOptions): Promise<QueryResult> {
  const startMs = performance.now();
  const budget = createBudget(options);
  const text = options.text ?? '';
  const given = Object.entries(options.parameters ?? {});
  const env: Environment = {
    text,
    graph,
    budget,
    parameters: Object.fromEntries(given.map(([name, value]) => [name, valueFromJson(value)])),
    matcher: (parts, where, scope) => compileMatcher(parts, where, scope, env),
    fail: (what, at) => wrong(what, text, at),
  };
  const stages = query.parts.map((part) => compileQuery(part, env));
  const columns = shownNames(stages[0]!.scope);
  for (const { scope } of stages)
    if (shownNames(scope).join('\n') !== columns.join('\n'))
      throw wrong('The parts of a UNION have to have the same columns', text, 0);
  const rowsMax = Math.min(options.rowsMax ?? limits.queryRowsMax, limits.queryRowsMax);
  const rows: (readonly Value[])[] = [];
  let truncated = false;
  try {
    for (const row of allRows(stages, query.unionAll || stages.length === 1, env)) {
      if (!row) await budget.pause();
      else if (rows.length < rowsMax) rows.push(row);
      else {
        truncated = true;
        break;
      }
    }
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(error);
    throw error;
  }
  return {
    columns,
    rows: rows.map((row) => row.map(toResult)),
    truncated,
    elapsedMs: Math.round(performance.now() - startMs),
  };
}

function* allRows(stages: readonly Stage[], keepsSame: boolean, { budget }: Environment): Rows {
  const seen = new Set<string>();
  for (const stage of stages)
    for (const row of stage.run([[]])) {
      if (row && !keepsSame) {
        const key = row.map(keyOf).join();
        if (seen.has(key)) continue;
        budget.hold(1);
        seen.add(key);
      }
      yield row;
    }
}

function compileQuery({ clauses }: SingleQuery, env: Environment): Stage {
  const last = clauses.at(-1)!;
  if (last.kind !== 'return') throw env.fail('A query has to end with RETURN', last.at);
  const early = clauses.slice(0, -1).find(({ kind }) => kind === 'return');
  if (early) throw env.fail('RETURN has to be the last clause', early.at);
  let scope = emptyScope;
  const stages = clauses.map((clause) => {
    const stage = compileClause(clause, scope, env);
    scope = stage.scope;
    return stage;
  });
  return { scope, run: (rows) => stages.reduce<Rows>((from, stage) => stage.run(from), rows) };
}

function compileClause(clause: Clause, scope: Scope, env: Environment): Stage {
  switch (clause.kind) {
    case 'match': {
      const matcher = compileMatcher(clause.parts, clause.where, scope, env);
      return { scope: matcher.scope, run: (rows) => matched(rows, matcher, clause.optional) };
    }
    case 'unwind':
      return compileUnwind(clause, scope, env);
    case 'with':
    case 'return':
      return compileProjection(clause, scope, env);
  }
}

/** An optional pattern that is not found leaves nulls. */
function* matched(rows: Rows, matcher: ReturnType<typeof compileMatcher>, optional: boolean): Rows {
  for (const row of rows) {
    if (!row) {
      yield undefined;
      continue;
    }
    let isFound = false;
    for (const found of matcher.run(row)) {
      isFound ||= found !== undefined;
      yield found;
    }
    if (optional && !isFound)
      yield Array.from({ length: matcher.scope.size }, (_, index): Value => row[index] ?? null);
  }
}

function compileUnwind({ list, variable, at }: UnwindClause, scope: Scope, env: Environment): Stage {
  if (scope.names.has(variable)) throw env.fail(`"${variable}" is there already`, at);
  const value = compile(list, scope, env);
  const within = extended(scope, [variable]);
  return {
    scope: within,
    *run(rows) {
      for (const row of rows) {
        if (!row) {
          yield undefined;
          continue;
        }
        const items = value(row);
        if (items === null) continue;
        if (!Array.isArray(items)) throw env.fail(`UNWIND takes a list, not ${typeName(items)}`, at);
        for (const item of items as readonly Value[]) {
          if (env.budget.step()) yield undefined;
          const made: Value[] = Array.from({ length: scope.size }, (_, index) => row[index] ?? null);
          yield [...made, item] satisfies Row;
        }
      }
    },
  };
}

function tooDeep(cause: RangeError): ProblemError {
  return new ProblemError(
    {
      code: 'overloaded',
      message: 'A path of the query gets too long to be followed.',
      fix: 'Bound the length of paths: -[*..5]->',
    },
    cause,
  );
}

// WITH and RETURN: which columns, grouped where a column makes one value of many rows, sorted, cut, filtered. A column
// that mixes such a value with something that is not grouped is refused: there would be no one right value to show.

import { type Aggregate, aggregateNames, createAggregate } from './aggregates.ts';
import type { Expression, ProjectionClause, ProjectionItem } from './ast.ts';
import { type Compiled, compile, compileCondition } from './compile.ts';
import { TypeProblem } from './functions.ts';
import {
  type Environment,
  emptyScope,
  extended,
  type Row,
  type Rows,
  type Scope,
  shownNames,
} from './scope.ts';
import { isWhole, keyOf, order, type Value } from './values.ts';
import { childrenOf, isAnywhere, shapeOf } from './walk.ts';

export interface Stage {
  readonly scope: Scope;
  run(rows: Rows): Rows;
}

const isAggregate = (of: Expression) =>
  of.kind === 'countAll' || (of.kind === 'call' && aggregateNames.has(of.name));

export function compileProjection(clause: ProjectionClause, outer: Scope, env: Environment): Stage {
  const items = itemsOf(clause, outer, env);
  const isGrouped = items.some(({ value }) => isAnywhere(value, isAggregate));
  const scope = extended(
    emptyScope,
    items.map(({ name }) => name),
  );
  const project = isGrouped ? grouping(items, outer, env) : plainly(items, outer, env);
  // A sort may speak of the columns; where rows are still the old ones behind them, of the old names, too.
  const keepsOld = !isGrouped && !clause.distinct;
  const sortScope = keepsOld ? extended(outer, [...scope.names.keys()]) : scope;
  const orders = clause.orderBy.map(({ value, descending }) => ({
    value: compile(throughColumns(value, items), sortScope, env),
    descending,
  }));
  const skip = countOf(clause.skip, 'SKIP', env) ?? 0;
  const limit = countOf(clause.limit, 'LIMIT', env);
  const where = clause.where && compileCondition(clause.where, keepsOld ? sortScope : scope, env);
  return {
    scope,
    *run(rows) {
      let projected: Iterable<Projected | undefined> = project(rows);
      if (clause.distinct) projected = distinct(projected, env);
      if (orders.length > 0) projected = sorted(projected, orders, keepsOld, env);
      let passed = 0;
      for (const one of projected) {
        if (!one) {
          yield undefined;
          continue;
        }
        if (limit !== undefined && passed >= skip + limit) return;
        if (passed++ < skip) continue;
        if (!where || where(keepsOld ? [...one.old, ...one.row] : one.row)) yield one.row;
      }
    },
  };
}

interface Projected {
  readonly row: Row;
  readonly old: Row;
}

function itemsOf(clause: ProjectionClause, outer: Scope, env: Environment): readonly ProjectionItem[] {
  const { at } = clause;
  const shown = clause.all ? shownNames(outer) : [];
  if (clause.all && shown.length === 0) throw env.fail('There is nothing that * could stand for', at);
  const all = shown.map((name): ProjectionItem => {
    return { at, name, hasAlias: true, value: { kind: 'variable', at, name } };
  });
  const items = [...all, ...clause.items];
  for (const item of clause.items)
    if (clause.kind === 'with' && !item.hasAlias && item.value.kind !== 'variable')
      throw env.fail('An expression in WITH needs a name: … AS name', item.at);
  const names = new Set<string>();
  for (const item of items) {
    if (names.has(item.name)) throw env.fail(`Two columns are called "${item.name}"`, item.at);
    names.add(item.name);
  }
  return items;
}

function plainly(items: readonly ProjectionItem[], outer: Scope, env: Environment) {
  const values = items.map(({ value }) => compile(value, outer, env));
  return function* (rows: Rows): Iterable<Projected | undefined> {
    for (const old of rows)
      yield old && { old: padded(old, outer.size), row: values.map((value) => value(old)) };
  };
}

function padded(row: Row, size: number): Row {
  return row.length === size ? row : Array.from({ length: size }, (_, index) => row[index] ?? null);
}

interface Group {
  readonly first: Row;
  readonly sums: readonly Aggregate[];
}

function grouping(items: readonly ProjectionItem[], outer: Scope, env: Environment) {
  const keys = items.filter(({ value }) => !isAnywhere(value, isAggregate));
  const keyShapes = new Set(keys.map(({ value }) => shapeOf(value)));
  for (const { value } of items) requireGrouped(value, keyShapes, env);
  const keyValues = keys.map(({ value }) => compile(value, outer, env));
  const calls = items.flatMap(({ value }) => aggregatesIn(value));
  const feeds = calls.map((call) => feedOf(call, outer, env));
  // Results stand behind the old row, under names of our own.
  const names = calls.map((_, index) => ` sum${index}`);
  const scope = extended(outer, names);
  const values = items.map(({ value }) => compile(withResults(value, calls, names), scope, env));
  const fresh = (first: Row): Group => ({ first, sums: feeds.map(({ make }) => make()) });
  return function* (rows: Rows): Iterable<Projected | undefined> {
    const groups = new Map<string, Group>();
    for (const row of rows) {
      if (!row) {
        yield undefined;
        continue;
      }
      if (env.budget.step()) yield undefined;
      const key = keyValues.map((value) => keyOf(value(row))).join();
      let group = groups.get(key);
      if (!group) {
        env.budget.hold(1);
        group = fresh(row);
        groups.set(key, group);
      }
      for (const [index, { feed }] of feeds.entries()) feed(group.sums[index]!, row);
    }
    if (groups.size === 0 && keys.length === 0) groups.set('', fresh([]));
    for (const { first, sums } of groups.values()) {
      const results = sums.map((sum, index) => finished(sum, calls[index]!, env));
      const row = [...padded(first, outer.size), ...results];
      yield { old: [], row: values.map((value) => value(row)) };
    }
  };
}

function aggregatesIn(expression: Expression): readonly Expression[] {
  return isAggregate(expression) ? [expression] : childrenOf(expression).flatMap(aggregatesIn);
}

/** What is not a sum and not a group has no one value for a group. */
function requireGrouped(expression: Expression, keys: ReadonlySet<string>, env: Environment): void {
  if (isAggregate(expression) || keys.has(shapeOf(expression))) return;
  if (expression.kind === 'variable')
    throw env.fail(
      `"${expression.name}" is mixed with a sum but not grouped: name it as a column of its own`,
      expression.at,
    );
  // Inside lists and patterns names of their own are used; such a column has to be split by the person.
  if (
    ['comprehension', 'quantifier', 'reduce', 'pattern'].includes(expression.kind) &&
    isAnywhere(expression, isAggregate)
  )
    throw env.fail(
      'A sum inside a list or pattern expression is not supported: make it a column of a WITH first',
      expression.at,
    );
  for (const child of childrenOf(expression)) requireGrouped(child, keys, env);
}

function feedOf(call: Expression, outer: Scope, env: Environment) {
  if (call.kind !== 'call')
    return {
      make: () => createAggregate('count', false, env.budget),
      feed: (sum: Aggregate) => sum.add(true, null),
    };
  const isPercentile = call.name.startsWith('percentile');
  if (call.args.length !== (isPercentile ? 2 : 1))
    throw env.fail(`${call.name}() takes ${isPercentile ? 2 : 1}, not ${call.args.length} values`, call.at);
  if (call.args.some((argument) => isAnywhere(argument, isAggregate)))
    throw env.fail('A sum of sums is not possible in one step: use WITH', call.at);
  const [value, parameter] = call.args.map((argument) => compile(argument, outer, env));
  return {
    make: () => createAggregate(call.name, call.distinct, env.budget),
    feed: (sum: Aggregate, row: Row) =>
      guarded(() => sum.add(value!(row), parameter ? parameter(row) : null), call, env),
  };
}

function finished(sum: Aggregate, call: Expression, env: Environment): Value {
  return guarded(() => sum.result(), call, env);
}

function guarded<T>(work: () => T, { at }: Expression, env: Environment): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TypeProblem) throw env.fail(error.message, at);
    throw error;
  }
}

/** The expression with the results in the places of the sums. */
function withResults(
  expression: Expression,
  calls: readonly Expression[],
  names: readonly string[],
): Expression {
  return rebuilt(expression, (one) => {
    const index = calls.indexOf(one);
    return index < 0 ? undefined : { kind: 'variable', at: one.at, name: names[index]! };
  });
}

/** `ORDER BY count(*)` means the column that shows it. */
function throughColumns(expression: Expression, items: readonly ProjectionItem[]): Expression {
  const columns = new Map(items.map(({ value, name }) => [shapeOf(value), name]));
  return rebuilt(expression, (one) => {
    const name = columns.get(shapeOf(one));
    return name === undefined ? undefined : { kind: 'variable', at: one.at, name };
  });
}

/** A copy with parts replaced; what `replace` gives is not looked into. */
function rebuilt(expression: Expression, replace: (one: Expression) => Expression | undefined): Expression {
  const own = replace(expression);
  if (own) return own;
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    if ('kind' in value && 'at' in value) return rebuilt(value as Expression, replace);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
  };
  return Object.fromEntries(
    Object.entries(expression).map(([key, value]) => [key, copy(value)]),
  ) as unknown as Expression;
}

function* distinct(rows: Iterable<Projected | undefined>, env: Environment): Iterable<Projected | undefined> {
  const seen = new Set<string>();
  for (const one of rows) {
    if (one) {
      const key = one.row.map(keyOf).join();
      if (seen.has(key)) continue;
      env.budget.hold(1);
      seen.add(key);
    }
    yield one;
  }
}

function* sorted(
  rows: Iterable<Projected | undefined>,
  orders: readonly { readonly value: Compiled; readonly descending: boolean }[],
  keepsOld: boolean,
  env: Environment,
): Iterable<Projected | undefined> {
  const all: { readonly one: Projected; readonly keys: readonly Value[] }[] = [];
  for (const one of rows) {
    if (!one) {
      yield undefined;
      continue;
    }
    env.budget.hold(1);
    const row = keepsOld ? [...one.old, ...one.row] : one.row;
    all.push({ one, keys: orders.map(({ value }) => value(row)) });
  }
  all.sort((a, b) => {
    for (let index = 0; index < orders.length; index++) {
      const difference = order(a.keys[index]!, b.keys[index]!);
      if (difference !== 0) return orders[index]!.descending ? -difference : difference;
    }
    return 0;
  });
  for (const { one } of all) yield one;
}

function countOf(expression: Expression | undefined, word: string, env: Environment): number | undefined {
  if (!expression) return undefined;
  const value = compile(expression, emptyScope, env)([]);
  if (isWhole(value) && value >= 0) return value;
  throw env.fail(`${word} takes a whole number that is not negative`, expression.at);
}

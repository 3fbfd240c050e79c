// From an expression to a function of a row. Names, functions and numbers of arguments are checked here, before the
// first row is read; types of values are checked when they come. Null spreads as the openCypher reference says.

import { ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import { aggregateNames } from './aggregates.ts';
import type { Expression } from './ast.ts';
import { functions, listArg, TypeProblem, wholeArg } from './functions.ts';
import { compared, computed } from './operators.ts';
import { type Environment, extended, type Row, type Scope } from './scope.ts';
import {
  allOf,
  EdgeValue,
  equals,
  Float,
  isMap,
  NodeValue,
  propertiesOf,
  propertyOf,
  type Truth,
  typeName,
  type Value,
} from './values.ts';

export type Compiled = (row: Row) => Value;
type Of<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>;

/** Throws ProblemError `bad-input` for a name or function that is not known. */
export function compile(expression: Expression, scope: Scope, env: Environment): Compiled {
  const inner = (of: Expression) => compile(of, scope, env);
  switch (expression.kind) {
    case 'literal': {
      const { value, isFloat } = expression;
      const fixed = isFloat ? new Float(value as number) : value;
      return () => fixed;
    }
    case 'variable':
      return compileVariable(expression, scope, env);
    case 'parameter': {
      if (!Object.hasOwn(env.parameters, expression.name))
        throw env.fail(`The parameter $${expression.name} was not given`, expression.at);
      const value = env.parameters[expression.name]!;
      return () => value;
    }
    case 'property': {
      const of = inner(expression.of);
      return (row) => propertyOfValue(of(row), expression.name, expression, env);
    }
    case 'index':
      return compileIndex(expression, inner, env);
    case 'slice':
      return compileSlice(expression, inner, env);
    case 'list': {
      const items = expression.items.map(inner);
      return (row) => items.map((item) => item(row));
    }
    case 'map': {
      const entries = expression.entries.map(([name, value]) => [name, inner(value)] as const);
      return (row) => Object.fromEntries(entries.map(([name, value]) => [name, value(row)]));
    }
    case 'projection':
      return compileProjection(expression, inner, env);
    case 'unary':
      return compileUnary(expression, inner, env);
    case 'binary': {
      const { operator, at } = expression;
      const [left, right] = [inner(expression.left), inner(expression.right)];
      return guarded(at, env, (row) =>
        computed(
          operator,
          () => left(row),
          () => right(row),
        ),
      );
    }
    case 'comparison': {
      const first = inner(expression.first);
      const rest = expression.rest.map(({ operator, right }) => ({ operator, right: inner(right) }));
      return (row) => compareAll(first, rest, row);
    }
    case 'isNull': {
      const of = inner(expression.of);
      return (row) => (of(row) === null) !== expression.negated;
    }
    case 'hasLabels': {
      const of = inner(expression.of);
      const wanted = expression.labels.map(normalLabel);
      return guarded(expression.at, env, (row) => {
        const value = of(row);
        if (value === null) return null;
        if (!(value instanceof NodeValue))
          throw new TypeProblem(`a resource is wanted, not ${typeName(value)}`);
        return wanted.every((label) => hasLabel(value.resource.kind, label));
      });
    }
    case 'case':
      return compileCase(expression, inner);
    case 'call':
      return compileCall(expression, inner, env);
    case 'countAll':
      throw env.fail('count(*) can stand only in WITH and RETURN', expression.at);
    case 'comprehension':
      return compileComprehension(expression, scope, env);
    case 'quantifier':
      return compileQuantifier(expression, scope, env);
    case 'reduce':
      return compileReduce(expression, scope, env);
    case 'pattern':
      return compilePattern(expression, scope, env);
  }
}

/** A condition: only true lets a row through. Throws where it is neither true, false nor null. */
export function compileCondition(
  expression: Expression,
  scope: Scope,
  env: Environment,
): (row: Row) => boolean {
  const value = compile(expression, scope, env);
  return (row) => truthOf(value(row), expression.at, env) === true;
}

/** `SecurityGroup`, `security_group` and `security-group` are one label. */
export const normalLabel = (label: string): string => label.replaceAll(/[-_\s]/g, '').toLowerCase();
export const hasLabel = (kind: string, normal: string): boolean =>
  normal === 'resource' || normalLabel(kind) === normal;

function truthOf(value: Value, at: number, env: Environment): Truth {
  if (value === null || typeof value === 'boolean') return value;
  throw env.fail(`A condition has to be true or false, not ${typeName(value)}`, at);
}

/** Adds the place to what a function says of its arguments. */
function guarded(at: number, env: Environment, call: Compiled): Compiled {
  return (row) => {
    try {
      return call(row);
    } catch (error) {
      if (error instanceof TypeProblem) throw env.fail(sentence(error.message), at);
      throw error;
    }
  };
}
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function compileVariable({ name, at }: Of<'variable'>, scope: Scope, env: Environment): Compiled {
  const slot = scope.names.get(name);
  if (slot === undefined) throw env.fail(`There is no "${name}" here`, at);
  return (row) => row[slot] ?? null;
}

function propertyOfValue(value: Value, name: string, { at }: Expression, env: Environment): Value {
  if (value === null || value instanceof EdgeValue) return null;
  if (value instanceof NodeValue) return propertyOf(value.resource, name);
  if (isMap(value)) return Object.hasOwn(value, name) ? value[name]! : null;
  throw env.fail(`${sentence(typeName(value))} has no property ${name}`, at);
}

type Inner = (of: Expression) => Compiled;

function compileIndex({ of, index, at }: Of<'index'>, inner: Inner, env: Environment): Compiled {
  const [whole, which] = [inner(of), inner(index)];
  return guarded(at, env, (row) => {
    const [value, key] = [whole(row), which(row)];
    if (value === null || key === null) return null;
    if (typeof key === 'string') return propertyOfValue(value, key, index, env);
    return listArg(value).at(wholeArg(key)) ?? null;
  });
}

function compileSlice({ of, from, to, at }: Of<'slice'>, inner: Inner, env: Environment): Compiled {
  const [list, start, end] = [inner(of), from && inner(from), to && inner(to)];
  return guarded(at, env, (row) => {
    const value = list(row);
    const [low, high] = [start ? start(row) : 0, end ? end(row) : undefined];
    if (value === null || low === null || high === null) return null;
    return listArg(value).slice(wholeArg(low), high === undefined ? undefined : wholeArg(high));
  });
}

function compileProjection({ of, items, at }: Of<'projection'>, inner: Inner, env: Environment): Compiled {
  const value = inner(of);
  const parts = items.map(({ name, value: given }) => ({ name, value: given && inner(given) }));
  return (row) => {
    const source = value(row);
    if (source === null) return null;
    const all =
      source instanceof NodeValue ? propertiesOf(source.resource) : isMap(source) ? source : undefined;
    if (!all) throw env.fail(`${sentence(typeName(source))} has no properties to choose from`, at);
    const made: [string, Value][] = parts.flatMap(({ name, value: given }): [string, Value][] => {
      if (name === undefined) return Object.entries(all);
      return [[name, given ? given(row) : Object.hasOwn(all, name) ? all[name]! : null]];
    });
    return Object.fromEntries(made);
  };
}

function compileUnary({ operator, of, at }: Of<'unary'>, inner: Inner, env: Environment): Compiled {
  const value = inner(of);
  if (operator === 'NOT')
    return (row) => {
      const truth = truthOf(value(row), at, env);
      return truth === null ? null : !truth;
    };
  if (operator === '+') return value;
  return guarded(at, env, (row) =>
    computed(
      '-',
      () => 0,
      () => value(row),
    ),
  );
}

function compareAll(
  first: Compiled,
  rest: readonly { readonly operator: string; readonly right: Compiled }[],
  row: Row,
): Truth {
  let left = first(row);
  const truths = rest.map(({ operator, right }) => {
    const value = right(row);
    const truth = compared(operator, left, value);
    left = value;
    return truth;
  });
  return truths.length === 1 ? truths[0]! : allOf(truths);
}

function compileCase({ subject, branches, otherwise }: Of<'case'>, inner: Inner): Compiled {
  const of = subject && inner(subject);
  const ways = branches.map(({ when, give }) => ({ when: inner(when), give: inner(give) }));
  const rest = otherwise && inner(otherwise);
  return (row) => {
    const value = of?.(row);
    const way = ways.find(({ when }) => {
      const given = when(row);
      return value === undefined ? given === true : equals(value, given) === true;
    });
    return way ? way.give(row) : (rest?.(row) ?? null);
  };
}

function compileCall({ name, args, distinct, at }: Of<'call'>, inner: Inner, env: Environment): Compiled {
  if (aggregateNames.has(name))
    throw env.fail(`${name}() makes one value of many rows; it can stand only in WITH and RETURN`, at);
  const known = functions.get(name);
  if (!known) throw env.fail(`There is no function ${name}()`, at);
  const [least, most] = known.args;
  if (args.length < least || args.length > most || distinct)
    throw env.fail(
      `${name}() takes ${least === most ? least : `${least} to ${most}`} ${most === 1 ? 'value' : 'values'}, not ${args.length}${distinct ? ' with DISTINCT' : ''}`,
      at,
    );
  const values = args.map(inner);
  const lookup = (id: string): Value => {
    const resource = env.graph.get(id);
    return resource ? new NodeValue(resource) : null;
  };
  return guarded(at, env, (row) => {
    const given = values.map((value) => value(row));
    return given.includes(null) && !known.takesNull ? null : known.call(given, lookup);
  });
}

/** The items of a list with a place for each in the row; null where there is no list. */
function itemsOf(value: Value, at: number, env: Environment): readonly Value[] | null {
  if (value === null) return null;
  if (!Array.isArray(value)) throw env.fail(`A list is wanted, not ${typeName(value)}`, at);
  return value;
}

function compileComprehension(of: Of<'comprehension'>, scope: Scope, env: Environment): Compiled {
  const list = compile(of.list, scope, env);
  const within = extended(scope, [of.variable]);
  const where = of.where && compileCondition(of.where, within, env);
  const value = of.value && compile(of.value, within, env);
  return (row) => {
    const items = itemsOf(list(row), of.at, env);
    return (
      items?.flatMap((item) => {
        env.budget.work();
        const inner = withLast(row, scope.size, item);
        if (where && !where(inner)) return [];
        return [value ? value(inner) : item];
      }) ?? null
    );
  };
}

function compileQuantifier(of: Of<'quantifier'>, scope: Scope, env: Environment): Compiled {
  const list = compile(of.list, scope, env);
  const where = compile(of.where, extended(scope, [of.variable]), env);
  return (row) => {
    const items = itemsOf(list(row), of.at, env);
    if (!items) return null;
    const truths = items.map((item) => {
      env.budget.work();
      return truthOf(where(withLast(row, scope.size, item)), of.at, env);
    });
    const [yes, unknown] = [truths.filter((truth) => truth === true).length, truths.includes(null)];
    switch (of.quantifier) {
      case 'all':
        return allOf(truths);
      case 'any':
        return yes > 0 ? true : unknown ? null : false;
      case 'none':
        return yes > 0 ? false : unknown ? null : true;
      case 'single':
        return yes > 1 ? false : unknown ? null : yes === 1;
    }
  };
}

function compileReduce(of: Of<'reduce'>, scope: Scope, env: Environment): Compiled {
  const [list, start] = [compile(of.list, scope, env), compile(of.start, scope, env)];
  const value = compile(of.value, extended(scope, [of.accumulator, of.variable]), env);
  return (row) => {
    const items = itemsOf(list(row), of.at, env);
    if (!items) return null;
    return items.reduce<Value>((sum, item) => {
      env.budget.work();
      return value(withLast(withLast(row, scope.size, sum), scope.size + 1, item));
    }, start(row));
  };
}

function withLast(row: Row, place: number, value: Value): Row {
  const made = row.slice(0, place);
  while (made.length < place) made.push(null);
  made.push(value);
  return made;
}

function compilePattern(
  { what, parts, where, value }: Of<'pattern'>,
  scope: Scope,
  env: Environment,
): Compiled {
  const matcher = env.matcher(parts, where, scope);
  const give = value && compile(value, matcher.scope, env);
  return (row) => {
    const found: Value[] = [];
    let count = 0;
    for (const match of matcher.run(row)) {
      env.budget.work();
      if (!match) continue;
      if (what === 'exists') return true;
      count++;
      if (give) found.push(give(match));
      if (found.length > limits.queryListMax) throw tooLong();
    }
    return what === 'exists' ? false : what === 'count' ? count : found;
  };
}

function tooLong(): ProblemError {
  return new ProblemError({
    code: 'overloaded',
    message: `A list of the query gets longer than ${limits.queryListMax.toLocaleString('en')}.`,
    fix: 'Ask for less, or match the pattern in a MATCH of its own.',
  });
}

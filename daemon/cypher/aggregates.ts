// Functions that make one value of many rows. Nulls are left out by all of them; `count(*)` counts rows and is the
// projection's own. Pure.

import type { Budget } from './budget.ts';
import { numberArg, TypeProblem } from './functions.ts';
import { Float, floatOf, isNumber, keyOf, order, type Value } from './values.ts';

export interface Aggregate {
  add(value: Value, parameter: Value): void;
  result(): Value;
}

export const aggregateNames: ReadonlySet<string> = new Set([
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'collect',
  'stdev',
  'stdevp',
  'percentilecont',
  'percentiledisc',
]);

/** A fresh one for a group. With `distinct`, a value counts once. */
export function createAggregate(name: string, distinct: boolean, budget: Budget): Aggregate {
  const inner = createPlain(name, budget);
  const seen = new Set<string>();
  return {
    add(value, parameter) {
      if (value === null) return;
      if (distinct) {
        const key = keyOf(value);
        if (seen.has(key)) return;
        budget.hold(1);
        seen.add(key);
      }
      inner.add(value, parameter);
    },
    result: inner.result,
  };
}

function createPlain(name: string, budget: Budget): Aggregate {
  switch (name) {
    case 'count':
      return folding(0, (count) => count + 1);
    case 'sum':
      return createSum();
    case 'min':
      return extreme((a, b) => order(a, b) < 0);
    case 'max':
      return extreme((a, b) => order(a, b) > 0);
    case 'collect':
      return gathering(budget, (values) => values);
    case 'avg':
      return gathering(budget, (values) =>
        values.length === 0 ? null : floatOf(mean(values.map(numberArg))),
      );
    case 'stdev':
      return gathering(budget, (values) => deviation(values.map(numberArg), 1));
    case 'stdevp':
      return gathering(budget, (values) => deviation(values.map(numberArg), 0));
    default:
      return gathering(budget, (values, parameter) =>
        percentile(values, parameter, name === 'percentilecont'),
      );
  }
}

function folding(start: number, next: (sum: number) => number): Aggregate {
  let result = start;
  return {
    add: () => {
      result = next(result);
    },
    result: () => result,
  };
}

/** Whole while only whole numbers were added. */
function createSum(): Aggregate {
  let sum = 0;
  let isFloat = false;
  return {
    add(value) {
      sum += numberArg(value);
      isFloat ||= value instanceof Float || !Number.isInteger(value);
    },
    result: () => (isFloat ? floatOf(sum) : sum),
  };
}

function extreme(isBetter: (a: Value, b: Value) => boolean): Aggregate {
  let best: Value = null;
  return {
    add(value) {
      if (best === null || isBetter(value, best)) best = value;
    },
    result: () => best,
  };
}

function gathering(budget: Budget, finish: (values: readonly Value[], parameter: Value) => Value): Aggregate {
  const values: Value[] = [];
  let last: Value = null;
  return {
    add(value, parameter) {
      budget.hold(1);
      values.push(value);
      last = parameter;
    },
    result: () => finish(values, last),
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function deviation(numbers: readonly number[], bias: 0 | 1): Value {
  if (numbers.length <= bias) return new Float(0);
  const middle = mean(numbers);
  const squares = numbers.reduce((sum, number) => sum + (number - middle) ** 2, 0);
  return floatOf(Math.sqrt(squares / (numbers.length - bias)));
}

function percentile(values: readonly Value[], parameter: Value, isContinuous: boolean): Value {
  if (values.length === 0) return null;
  const share = isNumber(parameter) ? numberArg(parameter) : Number.NaN;
  if (!(share >= 0 && share <= 1)) throw new TypeProblem('a percentile is a number from 0.0 to 1.0');
  const sorted = values.map(numberArg).sort((a, b) => a - b);
  if (!isContinuous) return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return floatOf(low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at)));
}

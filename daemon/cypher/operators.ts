// What the operators do to values: truth of three values, sums of numbers, texts and lists, membership, and patterns
// of text. Pure. Patterns run on the engine that takes time in proportion to the text, whatever the pattern: what a
// person or a model writes must not hold the daemon.

import { setFlagsFromString } from 'node:v8';
import { limits } from '../config.ts';
import type { BinaryOperator } from './ast.ts';
import { numberArg, TypeProblem, textArg } from './functions.ts';
import {
  compare,
  equals,
  Float,
  floatOf,
  isList,
  isNumber,
  isWhole,
  type Truth,
  typeName,
  type Value,
} from './values.ts';

/** The right side is looked at only where it matters. */
export function computed(operator: BinaryOperator, left: () => Value, right: () => Value): Value {
  switch (operator) {
    case 'AND':
      return and(left, right);
    case 'OR':
      return or(left, right);
    case 'XOR': {
      const [a, b] = [truth(left()), truth(right())];
      return a === null || b === null ? null : a !== b;
    }
    case '+':
      return plus(left(), right());
    case '-':
    case '*':
    case '/':
    case '%':
    case '^':
      return calculated(operator, left(), right());
    case 'IN':
      return isIn(left(), right());
    case 'STARTS WITH':
      return ofTexts(left(), right(), (text, part) => text.startsWith(part));
    case 'ENDS WITH':
      return ofTexts(left(), right(), (text, part) => text.endsWith(part));
    case 'CONTAINS':
      return ofTexts(left(), right(), (text, part) => text.includes(part));
    case '=~':
      return ofTexts(left(), right(), (text, pattern) => matches(text, pattern));
  }
}

/** `=`, `<>`, `<`, `<=`, `>`, `>=`. What cannot be compared is neither smaller nor larger. */
export function compared(operator: string, a: Value, b: Value): Truth {
  if (operator === '=') return equals(a, b);
  if (operator === '<>') {
    const same = equals(a, b);
    return same === null ? null : !same;
  }
  const order = a === null || b === null ? undefined : compare(a, b);
  if (order === undefined || Number.isNaN(order)) return null;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function truth(value: Value): Truth {
  if (value === null || typeof value === 'boolean') return value;
  throw new TypeProblem(`true or false is wanted, not ${typeName(value)}`);
}

function and(left: () => Value, right: () => Value): Truth {
  const a = truth(left());
  if (a === false) return false;
  const b = truth(right());
  return b === false ? false : a === null || b === null ? null : true;
}

function or(left: () => Value, right: () => Value): Truth {
  const a = truth(left());
  if (a === true) return true;
  const b = truth(right());
  return b === true ? true : a === null || b === null ? null : false;
}

function plus(a: Value, b: Value): Value {
  if (a === null || b === null) return null;
  if (isList(a) || isList(b)) {
    const joined = [...(isList(a) ? a : [a]), ...(isList(b) ? b : [b])];
    if (joined.length > limits.queryListMax) throw new TypeProblem('the list gets too long');
    return joined;
  }
  if (isNumber(a) && isNumber(b)) return calculated('+', a, b);
  if (typeof a !== 'string' && typeof b !== 'string')
    throw new TypeProblem(`${typeName(a)} and ${typeName(b)} cannot be added`);
  const text = asText(a) + asText(b);
  if (text.length > limits.queryTextCharactersMax) throw new TypeProblem('the text gets too long');
  return text;
}

function asText(value: Value): string {
  if (value instanceof Float) return value.value.toFixed(1);
  if (typeof value === 'number') return String(value);
  return textArg(value);
}

/** Whole numbers stay whole: 7 / 2 is 3, 7.0 / 2 is 3.5. */
function calculated(operator: '+' | '-' | '*' | '/' | '%' | '^', a: Value, b: Value): Value {
  if (a === null || b === null) return null;
  const [x, y] = [numberArg(a), numberArg(b)];
  const isWholeSum = isWhole(a) && isWhole(b);
  const give = (value: number): Value => (isWholeSum ? value : floatOf(value));
  switch (operator) {
    case '+':
      return give(x + y);
    case '-':
      return give(x - y);
    case '*':
      return give(x * y);
    case '/':
      if (isWholeSum && y === 0) throw new TypeProblem('a whole number cannot be divided by 0');
      return isWholeSum ? Math.trunc(x / y) : floatOf(x / y);
    case '%':
      if (isWholeSum && y === 0) throw new TypeProblem('a whole number cannot be divided by 0');
      return give(x % y);
    case '^':
      return floatOf(x ** y);
  }
}

function isIn(item: Value, list: Value): Truth {
  if (list === null) return null;
  if (!isList(list)) throw new TypeProblem(`a list is wanted after IN, not ${typeName(list)}`);
  let unknown = false;
  for (const one of list) {
    const same = equals(item, one);
    if (same === true) return true;
    unknown ||= same === null;
  }
  return unknown ? null : false;
}

/** Something other than a text starts with nothing: null, as in the reference. */
function ofTexts(a: Value, b: Value, holds: (a: string, b: string) => boolean): Truth {
  return typeof a === 'string' && typeof b === 'string' ? holds(a, b) : null;
}

const compiledMax = 200;
const compiled = new Map<string, { readonly pattern: RegExp; readonly folded: boolean }>();
let isLinearReady = false;

/** Whether the whole text is of the pattern. `(?i)` at its beginning: letter case does not matter. */
function matches(text: string, source: string): boolean {
  let known = compiled.get(source);
  if (!known) {
    known = compilePattern(source);
    if (compiled.size >= compiledMax) compiled.clear();
    compiled.set(source, known);
  }
  return known.pattern.test(known.folded ? text.toLowerCase() : text);
}

function compilePattern(source: string): { readonly pattern: RegExp; readonly folded: boolean } {
  if (!isLinearReady) setFlagsFromString('--enable-experimental-regexp-engine');
  isLinearReady = true;
  const [, flags = '', body = source] = /^(?:\(\?([a-z]+)\))?([\s\S]*)$/.exec(source) ?? [];
  if (/[^is]/.test(flags)) throw new TypeProblem(`of the flags in "(?${flags})" only i and s are known`);
  const folded = flags.includes('i');
  // Letters of escapes (\D, \S) mean something by their case.
  const wanted = folded
    ? body.replaceAll(/\\.|[^\\]+/gs, (part) => (part.startsWith('\\') ? part : part.toLowerCase()))
    : body;
  try {
    return { pattern: new RegExp(`^(?:${wanted})$`, `l${flags.includes('s') ? 's' : ''}`), folded };
  } catch (error) {
    const why = /linear time/.test(String(error))
      ? 'it looks back or ahead, which is not supported'
      : 'it cannot be read';
    throw new TypeProblem(`the pattern "${source}" does not work: ${why}`);
  }
}

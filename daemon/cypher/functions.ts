// The functions of the query language over values. One table: name, how many arguments, what it does. A null argument
// gives null unless the entry says otherwise. Pure but for the time.

import { limits } from '../config.ts';
import {
  EdgeValue,
  Float,
  floatOf,
  isList,
  isMap,
  isNumber,
  isWhole,
  NodeValue,
  PathValue,
  plainNumber,
  propertiesOf,
  typeName,
  type Value,
} from './values.ts';

/** Looks a resource up for `startNode` and `endNode`. */
export type Lookup = (id: string) => Value;

export interface CypherFunction {
  readonly args: readonly [least: number, most: number];
  /** Gets nulls, too. */
  readonly takesNull?: boolean;
  call(args: readonly Value[], lookup: Lookup): Value;
}

/** A function was given something it cannot take; `parse` positions are added by the caller. */
export class TypeProblem extends Error {}

export function textArg(value: Value): string {
  if (typeof value === 'string') return value;
  throw new TypeProblem(`a text is wanted, not ${typeName(value)}`);
}
export function numberArg(value: Value): number {
  if (isNumber(value)) return plainNumber(value);
  throw new TypeProblem(`a number is wanted, not ${typeName(value)}`);
}
export function wholeArg(value: Value): number {
  if (isWhole(value)) return value;
  throw new TypeProblem(`a whole number is wanted, not ${isNumber(value) ? 'a fraction' : typeName(value)}`);
}
export function listArg(value: Value): readonly Value[] {
  if (isList(value)) return value;
  throw new TypeProblem(`a list is wanted, not ${typeName(value)}`);
}
function pathArg(value: Value): PathValue {
  if (value instanceof PathValue) return value;
  throw new TypeProblem(`a path is wanted, not ${typeName(value)}`);
}

const one = (call: (value: Value, lookup: Lookup) => Value): CypherFunction => ({
  args: [1, 1],
  call: ([value], lookup) => call(value!, lookup),
});
const ofText = (call: (text: string) => Value) => one((value) => call(textArg(value)));
const ofNumber = (call: (number: number) => number) => one((value) => floatOf(call(numberArg(value))));
const sameKind = (call: (number: number) => number) =>
  one((value) => (isWhole(value) ? call(value) : floatOf(call(numberArg(value)))));

function idOf(value: Value): Value {
  if (value instanceof NodeValue) return value.resource.id;
  if (value instanceof EdgeValue) return `${value.from} ${value.type} ${value.to}`;
  throw new TypeProblem(`a resource or a relation is wanted, not ${typeName(value)}`);
}

function propertiesArg(value: Value) {
  if (value instanceof NodeValue) return propertiesOf(value.resource);
  if (value instanceof EdgeValue) return {};
  if (isMap(value)) return value;
  throw new TypeProblem(`a resource or a map is wanted, not ${typeName(value)}`);
}

function sizeOf(value: Value): number {
  return typeof value === 'string' ? [...value].length : listArg(value).length;
}

function range(args: readonly Value[]): Value {
  const [from, to, step = 1] = args.map(wholeArg) as [number, number, number?];
  if (step === 0) throw new TypeProblem('the step of a range cannot be 0');
  const count = Math.max(0, Math.floor((to - from) / step) + 1);
  if (count > limits.queryListMax) throw new TypeProblem(`a range of ${count} numbers is too long`);
  return Array.from({ length: count }, (_, index) => from + index * step);
}

function substring(args: readonly Value[]): Value {
  const [text, start, length] = [textArg(args[0]!), wholeArg(args[1]!), args[2]];
  return length === undefined ? text.slice(start) : text.slice(start, start + wholeArg(length));
}

function replaced([text, what, by]: readonly Value[]): string {
  const made = textArg(text!).replaceAll(textArg(what!), () => textArg(by!));
  if (made.length > limits.queryTextCharactersMax) throw new TypeProblem('the text gets too long');
  return made;
}

function toNumber(value: Value, make: (number: number) => Value): Value {
  if (typeof value === 'boolean') return make(Number(value));
  if (typeof value === 'string')
    return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value) ? make(Number(value)) : null;
  return make(numberArg(value));
}

function toText(value: Value): Value {
  if (typeof value === 'string') return value;
  if (value instanceof Float) return value.value.toFixed(1);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeProblem(`${typeName(value)} has no text`);
}

function toTruth(value: Value): Value {
  if (typeof value === 'boolean') return value;
  const text = textArg(value).trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}

/** Half goes away from zero, as in the reference. */
function rounded(args: readonly Value[]): Value {
  const factor = 10 ** (args[1] === undefined ? 0 : wholeArg(args[1]));
  const number = numberArg(args[0]!);
  return floatOf((Math.sign(number) * Math.round(Math.abs(number) * factor)) / factor);
}

const endOf = (pick: (edge: EdgeValue) => string) =>
  one((value, lookup) => {
    if (value instanceof EdgeValue) return lookup(pick(value));
    throw new TypeProblem(`a relation is wanted, not ${typeName(value)}`);
  });

const entries: Readonly<Record<string, CypherFunction>> = {
  id: one(idOf),
  elementid: one(idOf),
  type: one((value) => {
    if (value instanceof EdgeValue) return value.type;
    throw new TypeProblem(`a relation is wanted, not ${typeName(value)}`);
  }),
  labels: one((value) => {
    if (value instanceof NodeValue) return [value.resource.kind];
    throw new TypeProblem(`a resource is wanted, not ${typeName(value)}`);
  }),
  keys: one((value) => Object.keys(propertiesArg(value)).sort()),
  properties: one(propertiesArg),
  startnode: endOf(({ from }) => from),
  endnode: endOf(({ to }) => to),
  nodes: one((value) => pathArg(value).nodes),
  relationships: one((value) => pathArg(value).edges),
  length: one((value) => (value instanceof PathValue ? value.edges.length : sizeOf(value))),
  size: one(sizeOf),
  head: one((value) => listArg(value)[0] ?? null),
  last: one((value) => listArg(value).at(-1) ?? null),
  tail: one((value) => listArg(value).slice(1)),
  reverse: one((value) =>
    typeof value === 'string' ? [...value].reverse().join('') : listArg(value).toReversed(),
  ),
  range: { args: [2, 3], call: range },
  coalesce: { args: [1, 100], takesNull: true, call: (args) => args.find((value) => value !== null) ?? null },
  isempty: one((value) => (isMap(value) ? Object.keys(value).length === 0 : sizeOf(value) === 0)),
  tostring: one(toText),
  tointeger: one((value) => toNumber(value, (number) => Math.trunc(number))),
  tofloat: one((value) => toNumber(value, floatOf)),
  toboolean: one(toTruth),
  toupper: ofText((text) => text.toUpperCase()),
  tolower: ofText((text) => text.toLowerCase()),
  trim: ofText((text) => text.trim()),
  ltrim: ofText((text) => text.trimStart()),
  rtrim: ofText((text) => text.trimEnd()),
  replace: { args: [3, 3], call: replaced },
  split: { args: [2, 2], call: ([text, by]) => textArg(text!).split(textArg(by!)) },
  substring: { args: [2, 3], call: substring },
  left: { args: [2, 2], call: ([text, count]) => textArg(text!).slice(0, wholeArg(count!)) },
  right: {
    args: [2, 2],
    call: ([text, count]) => {
      const length = wholeArg(count!);
      return length === 0 ? '' : textArg(text!).slice(-length);
    },
  },
  abs: sameKind(Math.abs),
  sign: one((value) => Math.sign(numberArg(value))),
  ceil: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  round: { args: [1, 2], call: rounded },
  sqrt: ofNumber(Math.sqrt),
  exp: ofNumber(Math.exp),
  log: ofNumber(Math.log),
  log10: ofNumber(Math.log10),
  timestamp: { args: [0, 0], call: () => Date.now() },
};
export const functions: ReadonlyMap<string, CypherFunction> = new Map(Object.entries(entries));

// One spelling for one value, so that a hash over it means something: the JSON Canonicalization Scheme (RFC 8785),
// which is keys sorted by UTF-16 units, no white space, and numbers and strings as ECMAScript writes them.
// The audit chain and the digest of a plan stand on it; it must never change what it has once written.

import { hash } from 'node:crypto';

/** Deeper than this is no record of ours. */
const depthMax = 64;

/**
 * Canonical JSON of a value. Fields that are `undefined` are left out, as JSON.stringify does.
 * Throws TypeError for what JSON cannot hold: NaN, infinities, functions, symbols, bigints, cycles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** SHA-256 of text as UTF-8, in hex. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

function write(value: unknown, depth: number): string {
  if (depth > depthMax) throw new TypeError('Too deep for canonical JSON');
  switch (typeof value) {
    case 'string':
      return quoteJson(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be written as JSON`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw new TypeError(`A ${typeof value} cannot be written as JSON`);
  }
}

/** Most text needs no escape; JSON.stringify costs ten times as much as looking. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** A string as canonical JSON writes it. */
export function quoteJson(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Insertion sort by UTF-16 units: a record's objects are small, and mostly sorted already. */
function sortedKeys(fields: object): readonly string[] {
  const names = Object.keys(fields);
  if (names.length > 32) return names.sort();
  for (let position = 1; position < names.length; position++) {
    const name = names[position]!;
    let place = position - 1;
    for (; place >= 0 && names[place]! > name; place--) names[place + 1] = names[place]!;
    names[place + 1] = name;
  }
  return names;
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = '[';
  for (let position = 0; position < items.length; position++) {
    if (position > 0) text += ',';
    text += write(items[position] ?? null, depth + 1);
  }
  return `${text}]`;
}

function writeObject(fields: object, depth: number): string {
  let text = '';
  for (const name of sortedKeys(fields)) {
    const value = (fields as Record<string, unknown>)[name];
    if (value === undefined) continue;
    text += `${text === '' ? '' : ','}${quoteJson(name)}:${write(value, depth + 1)}`;
  }
  return `{${text}}`;
}

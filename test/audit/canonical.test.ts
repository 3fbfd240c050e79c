// The spelling that hashes stand on: RFC 8785. The examples of sorting and numbers are those of the RFC's own text.

import assert from 'node:assert/strict';
import { canonicalJson, sha256 } from '../../daemon/audit/canonical.ts';

function check(value: unknown, expected: string): void {
  it(expected.slice(0, 60), () => assert.equal(canonicalJson(value), expected));
}

describe('audit/canonical', () => {
  check(null, 'null');
  check({ b: 1, a: 2 }, '{"a":2,"b":1}');
  check({ a: undefined, b: [undefined, 1] }, '{"b":[null,1]}');
  check({ z: { y: [3, { x: true }] } }, '{"z":{"y":[3,{"x":true}]}}');
  check(
    [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0],
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
  );
  check('\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  check(
    {
      '\u20ac': 'Euro',
      '\r': 'CR',
      '\ufb33': 'Dalet',
      '1': 'One',
      '\ud83d\ude00': 'Smile',
      '\u0080': 'C',
      ö: 'o',
    },
    '{"\\r":"CR","1":"One","\u0080":"C","ö":"o","€":"Euro","😀":"Smile","\ufb33":"Dalet"}',
  );

  it('gives one text for one value, however it was put together', () => {
    const one = { a: 1, b: { c: [1, 2], d: 'x' } };
    const other = { b: { d: 'x', c: [1, 2] }, a: 1 };
    assert.equal(canonicalJson(one), canonicalJson(other));
    assert.equal(canonicalJson(JSON.parse(canonicalJson(one))), canonicalJson(one));
  });

  it('refuses what JSON cannot hold', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, { a: Symbol('x') }, cycle])
      assert.throws(() => canonicalJson(value), TypeError);
  });

  it('hashes as UTF-8', () => {
    assert.equal(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    assert.equal(sha256('€'), sha256(Buffer.from([0xe2, 0x82, 0xac]).toString('utf8')));
  });
});

// What a shape needs is never more than its matches hold: a need too many would leave an order unread.

import { deepEqual, ok } from 'node:assert/strict';
import { neededWords } from '../../daemon/interpreter/rewording/neededWords.ts';

const cases: readonly (readonly [RegExp, readonly (readonly string[])[]])[] = [
  [/take it off/, [['take it off']]],
  [/(?:please )?take(?: it)? off/, [[' off'], ['take']]],
  [/(?:cordon|drain) %node/, [['cordon', 'drain'], [' %node']]],
  [/(?:cordon|%node.*|.*)/, []],
  [/(?<a>web-\d+) goes to (?<b>\{size\})/, [[' goes to '], ['{size}'], ['web-']]],
  [/reboots?/, [['reboot']]],
  [/res+tart(?:ed){0,2}/, [['tart'], ['res']]],
  [/(?<=now )(?!later)stop(?= it)/, [['stop']]],
  [/[)|a\]]stop\./, [['stop.']]],
  [/\p{Lu}stop\b/u, [['stop']]],
  [/(?<word>start|stop) the \k<word>\u0061bc/, [[' the '], ['start', 'stop']]],
];

describe('What a shape needs', () => {
  for (const [shape, needs] of cases)
    it(`${shape}`, () => {
      const sorted = (all: readonly (readonly string[])[]): readonly string[] => all.map(String).sort();
      deepEqual(sorted(neededWords(shape)), sorted(needs));
    });

  it('is in what it matches', () => {
    const shape = /(?:please )?(?:take|pull) <vm>(?: (?:out|off))+ of \{tags\}?/u;
    for (const text of ['take <vm> out of {tags', 'please pull <vm> off out of {tags}'])
      ok(shape.test(text) && neededWords(shape).every((any) => any.some((one) => text.includes(one))));
  });
});

// The page about the protocol says what the table says, and the versions say what package.json says.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pageFile, protocolPage } from '../../scripts/protocolPage.ts';
import { problemCodes } from '../../shared/model/problem.ts';
import { requests } from '../../shared/protocol/messages.ts';
import { compareVersions, productVersion, protocolVersion } from '../../shared/protocol/version.ts';

describe('docs/PROTOCOL.md', () => {
  it('is up to date (node scripts/protocolPage.ts)', () =>
    assert.equal(fs.readFileSync(pageFile, 'utf8'), protocolPage()));

  it('has every method and every error', () => {
    const page = protocolPage();
    for (const method of Object.keys(requests)) assert.ok(page.includes(`### \`${method}\``), method);
    for (const code of Object.keys(problemCodes)) assert.ok(page.includes(`\`${code}\``), code);
  });
});

describe('the table of messages', () => {
  it('has no message of a version that is not there yet', () => {
    for (const [method, { since }] of Object.entries(requests)) assert.ok(since <= protocolVersion, method);
  });
  it('has each error number once', () => {
    const numbers = Object.values(problemCodes);
    assert.equal(new Set(numbers).size, numbers.length);
  });
});

describe('versions', () => {
  it('are those of package.json', () => {
    const file = path.join(import.meta.dirname, '..', '..', 'package.json');
    assert.equal(productVersion, JSON.parse(fs.readFileSync(file, 'utf8')).version);
  });
  for (const [a, b, expected] of [
    ['0.1.0', '0.1.0', 0],
    ['0.1.0', '0.2.0', -1],
    ['0.10.0', '0.9.9', 1],
    ['1.0', '1.0.1', -1],
    ['1.2.0-next', '1.2.0', 0],
  ] as const)
    it(`compares ${a} and ${b}`, () => assert.equal(Math.sign(compareVersions(a, b)), expected));
});

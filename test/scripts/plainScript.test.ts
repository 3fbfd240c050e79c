// What ships for Node is ASCII alone and means what it meant: strings, expressions and comments of any language.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { build } from 'esbuild';
import { plainScript } from '../../scripts/lib/plainScript.mjs';

const ascii = /^[\0-\x7f]*$/;
const root = path.resolve(import.meta.dirname, '..', '..');

/** Bundled as the build does it; gives the script and what it says. */
async function run(source: string): Promise<{ readonly script: string; readonly said: unknown }> {
  const options = {
    stdin: { contents: source },
    format: 'cjs',
    write: false,
    legalComments: 'none',
  } as const;
  const { outputFiles } = await build(options);
  const script = plainScript(outputFiles[0]!.text);
  return { script, said: vm.runInNewContext(`const module = {}; ${script}; JSON.stringify(module.exports)`) };
}

describe('scripts/plainScript', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a comment', 'module.exports = /* — … 😀 \\— */ 1;'],
    ['strings', "module.exports = ['é', 'a—b', '\\\\—', '😀', `x–😀`];"],
    ['classes', "module.exports = 'a “b” – c × 3'.match(/[“”]|–|×/g);"],
    ['a needless escape', "module.exports = '— \\\\—'.match(/\\—|\\\\\\—/g);"],
    [
      'a backslash before it',
      "module.exports = ['\\\\—', '—', '\\\\\\\\—'].map((text) => /^\\\\—$/.test(text));",
    ],
    ['pairs', "module.exports = '😀😁'.match(/[😀-😂]|\\u{1F601}/gu);"],
    ['tagged templates', 'const raw = String.raw`a–b\\né`; module.exports = [raw, `–`];'],
    ['a name', 'const größe = 3; module.exports = { größe };'],
    ['a group', "module.exports = /(?<jahr_ä>\\d+)/u.exec('2026').groups.jahr_ä;"],
  ];
  for (const [name, source] of cases)
    it(`keeps the meaning of ${name}`, async () => {
      const { script, said } = await run(source);
      const before = vm.runInNewContext(`const module = {}; ${source}; JSON.stringify(module.exports)`);
      assert.equal(said, before);
      if (!source.includes('.raw')) assert.match(script, ascii);
    });

  it('was done to every bundle that runs in Node', function () {
    const dist = path.join(root, 'dist');
    if (!fs.existsSync(path.join(dist, 'build.json'))) this.skip();
    const bundles = fs.readdirSync(dist).filter((name) => name.endsWith('.cjs') && !name.startsWith('test-'));
    assert.ok(bundles.includes('daemon.cjs'));
    for (const name of bundles) assert.match(fs.readFileSync(path.join(dist, name), 'latin1'), ascii, name);
  });
});

// Writes `icon`, `activationEvents` and `contributes` of package.json from the catalogue of operations and
// extension/contributions.ts. Run after either changes (`node scripts/contributions.ts`); `--check` writes nothing
// and ends with 1 where package.json is not up to date, as the test does.

import fs from 'node:fs';
import path from 'node:path';
import { catalogue } from '../daemon/catalogue/catalogue.ts';
import { contributionsOf } from '../extension/contributions.ts';

const packageFile = path.resolve(import.meta.dirname, '..', 'package.json');

/** package.json as it has to be. Other fields keep their place and value. */
export function generatePackage(current: string): string {
  const { icon, activationEvents, contributes } = contributionsOf([...catalogue.values()]);
  const known = JSON.parse(current) as Record<string, unknown>;
  return `${JSON.stringify({ ...known, icon, activationEvents, contributes }, null, 2)}\n`;
}

if (process.argv[1] === import.meta.filename) {
  const current = fs.readFileSync(packageFile, 'utf8');
  const wanted = generatePackage(current);
  if (process.argv.includes('--check')) process.exitCode = wanted === current ? 0 : 1;
  else if (wanted !== current) fs.writeFileSync(packageFile, wanted);
}

// The .vsix that the browser suites install: packaged once a run, from the bundles as they are now, by the same
// script that makes the one that ships. `PILOTHOUSE_VSIX` names another one, to try what somebody else packaged.
// Small extensions that stand beside it in a test are packaged here, too.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageExtension } from '../../scripts/package.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
let packaged: Promise<string> | undefined;

export function getPackagedExtension(): Promise<string> {
  packaged ??= process.env.PILOTHOUSE_VSIX
    ? Promise.resolve(process.env.PILOTHOUSE_VSIX)
    : packageExtension(path.join(root, 'dist', 'test.vsix'));
  return packaged;
}

/**
 * Packages one of the extensions in this folder, which have no bundle.
 *
 * @returns where the .vsix is: in `into`
 */
export async function packageHelper(name: string, into: string): Promise<string> {
  const file = path.join(into, `${name}.vsix`);
  const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const quiet = [
    '--no-dependencies',
    '--skip-license',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
  ];
  await promisify(execFile)(process.execPath, [vsce, 'package', ...quiet, '--out', file], {
    cwd: path.join(import.meta.dirname, name),
  });
  return file;
}

// The .vsix that the browser suites install: packaged once a run, from the bundles as they are now, by the same
// script that makes the one that ships. `PILOTHOUSE_VSIX` names another one, to try what somebody else packaged.

import path from 'node:path';
import { packageExtension } from '../../scripts/package.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
let packaged: Promise<string> | undefined;

export function getPackagedExtension(): Promise<string> {
  packaged ??= process.env.PILOTHOUSE_VSIX
    ? Promise.resolve(process.env.PILOTHOUSE_VSIX)
    : packageExtension(path.join(root, 'dist', 'test.vsix'));
  return packaged;
}

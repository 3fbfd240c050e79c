// What is shipped and how heavy it is: the bundles as they go into the package (aim: extension at most 500 kB) and
// the .vsix itself (at most 15 MB). Sizes are read from what `npm run package` made; without it they are left out.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Sizes in kB. */
export async function bench(): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const file of ['extension.cjs', 'daemon.cjs', 'cli.cjs', 'webview/chat.js']) {
    const path = join(root, 'dist', 'package', 'dist', file);
    const kB = sizeOf(path);
    if (kB !== undefined) sizes[`${file} kB`] = kB;
  }
  for (const file of readdirSync(root).filter((name) => name.endsWith('.vsix')))
    sizes['vsix kB'] = sizeOf(join(root, file)) ?? 0;
  return sizes;
}

function sizeOf(path: string): number | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && Math.round(found.size / 1000);
}

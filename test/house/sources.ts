// Reads the project's sources for the tests of the house: which files there are and what each imports.
// It parses import lines as text, which the formatter keeps in one shape.

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const rooms = ['shared', 'connect', 'daemon', 'extension', 'webview'] as const;

export interface SourceFile {
  /** Path from the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly { readonly specifier: string; readonly typeOnly: boolean }[];
}

/** All TypeScript files of the rooms that ship. */
export function readSources(): readonly SourceFile[] {
  return rooms
    .flatMap((room) => filesUnder(room))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, imports: importsOf(text) };
    });
}

function filesUnder(room: string): readonly string[] {
  let entries: string[];
  try {
    entries = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return entries
    .map((entry) => posix.join(room, entry.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts'));
}

function importsOf(text: string): SourceFile['imports'] {
  const found = [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)';/gm)];
  const dynamic = [...text.matchAll(/\bimport\('([^']+)'\)/g)];
  return [
    ...found.map((match) => ({ specifier: match[2]!, typeOnly: match[1] !== undefined })),
    ...dynamic.map((match) => ({ specifier: match[1]!, typeOnly: false })),
  ];
}

/** Path from the root of a relative import; undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined;
}

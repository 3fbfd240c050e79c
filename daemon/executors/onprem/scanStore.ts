// What scans found, kept in the state folder so that it is there after a restart. A file that cannot be read is as good
// as none: a scan can be made again.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { FoundHost } from './scan.ts';

const stored = z.record(
  z.string(),
  z.object({
    scannedAt: z.string(),
    tried: z.number(),
    hosts: z.array(z.object({ address: z.string(), ports: z.array(z.number()) })),
  }),
);

export interface ScanResult {
  /** ISO 8601, UTC. */
  readonly scannedAt: string;
  readonly tried: number;
  readonly hosts: readonly FoundHost[];
}

export interface ScanStore {
  get(range: string): ScanResult | undefined;
  set(range: string, result: ScanResult): void;
}

export function openScanStore(stateFolder: string, connection: string): ScanStore {
  const file = path.join(stateFolder, `scans-${connection}.json`);
  const results = new Map<string, ScanResult>(Object.entries(readFile(file)));
  return {
    get: (range) => results.get(range),
    set(range, result) {
      results.set(range, result);
      mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(results)), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

function readFile(file: string): Readonly<Record<string, ScanResult>> {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

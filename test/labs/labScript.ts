// Runs a shell script of a lab and turns its end into a value. The convention: exit code 0 is success, 69 means
// that this machine can never run the lab, with the reason in the last line; everything else is a failure. The
// script keeps running when this process is cut off, and is written so that a second run finds its work. It finds
// this Node in `NODE`: the one on the path may be too old to run TypeScript.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Report } from './labDefinition.ts';

export type ScriptOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'impossible'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

const exitUnavailable = 69;
const reasonLinesMax = 10;

export function runScript(file: string, args: readonly string[], report: Report): Promise<ScriptOutcome> {
  return new Promise((resolve) => {
    const child = spawn('bash', [file, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE: process.execPath },
    });
    const complaints: string[] = [];
    createInterface({ input: child.stdout }).on('line', report);
    createInterface({ input: child.stderr }).on('line', (line) => {
      complaints.push(line);
      if (complaints.length > reasonLinesMax) complaints.shift();
      report(line);
    });
    child.on('error', (error) =>
      resolve({ kind: 'impossible', reason: `bash does not start: ${error.message}` }),
    );
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ kind: 'done' });
      else if (code === exitUnavailable) resolve({ kind: 'impossible', reason: becauseOf(complaints) });
      else
        resolve({ kind: 'failed', reason: complaints.join('\n') || `${file} ended with ${signal ?? code}` });
    });
  });
}

function becauseOf(complaints: readonly string[]): string {
  return (complaints.at(-1) ?? 'of an unknown reason').replace('cannot run here because ', '');
}

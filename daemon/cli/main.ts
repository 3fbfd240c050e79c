#!/usr/bin/env node
// The terminal's entry. It wires the process to the command line and ends.

import path from 'node:path';
import { runCli } from './cli.ts';
import { processIo } from './io.ts';

// The daemon stands beside the bundle, or where the sources have it.
const isBundle = import.meta.filename.endsWith('.cjs');
const daemonEntry = path.join(import.meta.dirname, ...(isBundle ? ['daemon.cjs'] : ['..', 'main.ts']));

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads our output may stop reading (`| head`).
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
void runCli(process.argv.slice(2), processIo(), { daemonEntry }).then((code) => {
  process.exitCode = code;
});

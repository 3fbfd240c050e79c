// The daemon's log: one line an event, in the state folder, renamed to `.1` when it grows too long. It must never hold
// a secret and never stop the daemon: what cannot be written is lost.

import fs from 'node:fs';
import { redactText } from '../../shared/model/redact.ts';
import { limits } from '../config.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, message: string) => void;

export interface LogOptions {
  readonly file: string;
  /** Lines below it are left out. */
  readonly level?: LogLevel;
  /** Also shown where the daemon runs in the foreground. */
  readonly echo?: (line: string) => void;
  readonly bytesMax?: number;
  readonly now?: () => number;
}

const order: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export function createLog(options: LogOptions): Log {
  const bytesMax = options.bytesMax ?? limits.logFileBytesMax;
  const least = order[options.level ?? 'info'];
  const now = options.now ?? Date.now;
  let bytes = sizeOf(options.file);
  return (level, message) => {
    if (order[level] < least) return;
    const text = redactText(message).replaceAll('\n', '\n  ');
    const line = `${new Date(now()).toISOString()} ${level} ${text}\n`;
    options.echo?.(line);
    try {
      if (bytes + line.length > bytesMax) {
        fs.renameSync(options.file, `${options.file}.1`);
        bytes = 0;
      }
      fs.appendFileSync(options.file, line, { mode: 0o600 });
      bytes += Buffer.byteLength(line);
    } catch {
      // A full disk must not take the daemon down; the audit trail, which must not be lost, has its own say.
    }
  };
}

function sizeOf(file: string): number {
  try {
    return fs.statSync(file).size;
  } catch {
    return 0;
  }
}

// The log of a container: the engine frames standard output and error (Docker Engine API, "Stream format"), and sends
// plain bytes where the container has a terminal. What stands in it is data.

import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import { limits } from '../../../config.ts';
import type { Engine } from './engine.ts';

export interface LogRequest {
  readonly resource: Resource;
  readonly lines: number;
  readonly grep?: string;
  readonly sinceMs?: number;
  readonly signal: AbortSignal;
}

export async function readContainerLog(
  engine: Engine,
  { resource, lines, grep, sinceMs, signal }: LogRequest,
): Promise<{ readonly text: string; readonly truncated: boolean }> {
  const id = encodeURIComponent(parseResourceId(resource.id)?.path ?? '');
  const asked = grep === undefined ? lines + 1 : limits.logLinesMax;
  const { body } = await engine.call({
    path: `/containers/${id}/logs`,
    query: {
      stdout: 'true',
      stderr: 'true',
      tail: String(asked),
      ...(sinceMs === undefined ? {} : { since: String(Math.floor(sinceMs / 1000)) }),
    },
    what: `read the log of ${resource.name}`,
    signal,
  });
  return lastLines(unframe(body), lines, grep);
}

/** The last lines, those with the text where one is asked for. */
export function lastLines(
  text: string,
  lines: number,
  grep?: string,
): { readonly text: string; readonly truncated: boolean } {
  const all = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (all.at(-1) === '') all.pop();
  const fitting = grep === undefined ? all : all.filter((line) => line.includes(grep));
  const kept = fitting.slice(-lines);
  return { text: kept.length === 0 ? '' : `${kept.join('\n')}\n`, truncated: kept.length < fitting.length };
}

/** Takes the 8-byte headers out: stream (0 to 2), three zeros, length in big-endian order. */
export function unframe(body: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const isFrame =
      at + 8 <= body.length &&
      body[at]! <= 2 &&
      body[at + 1] === 0 &&
      body[at + 2] === 0 &&
      body[at + 3] === 0;
    if (!isFrame)
      return parts.length === 0
        ? body.toString('utf8')
        : Buffer.concat([...parts, body.subarray(at)]).toString('utf8');
    const length = body.readUInt32BE(at + 4);
    parts.push(body.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(parts).toString('utf8');
}

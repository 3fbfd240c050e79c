// What the batch commands that measure share: reading options, lines of a file (or standard input, or a packed file),
// and writing without outrunning who reads. Nothing here interprets a row.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ProblemError } from '../../shared/model/problem.ts';

/** The words after each option named in `known`; refuses an option nobody knows and one without its value. */
export function readOptions(args: readonly string[], known: readonly string[]): ReadonlyMap<string, string> {
  const read = new Map<string, string>();
  for (let i = 0; i < args.length; i += 2) {
    const [name, value] = [args[i]!, args[i + 1]];
    if (!known.includes(name))
      throw badInput(`"${name}" is not an option of this command.`, `It takes ${known.join(', ')}.`);
    if (value === undefined) throw badInput(`${name} wants a value.`, `Write it after ${name}.`);
    read.set(name, value);
  }
  return read;
}

/** The lines of a file, of `-` (standard input) or of a `.gz` file, without line ends. */
export async function* readLines(file: string, stdin: Readable): AsyncGenerator<string> {
  if (file !== '-' && !(existsSync(file) && statSync(file).isFile()))
    throw badInput(`There is no file ${file}.`, 'Check the path.');
  let input = file === '-' ? stdin : createReadStream(file);
  if (file.endsWith('.gz')) input = input.pipe(createGunzip());
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

/** Gathers lines and writes them in large pieces, waiting while the reader is full. */
export function lineWriter(out: Writable): { line(text: string): Promise<void>; end(): Promise<void> } {
  const pieceCharacters = 64 * 1024;
  let held = '';
  const flush = async (): Promise<void> => {
    const text = held;
    held = '';
    if (text !== '' && !out.write(text)) await new Promise((resolve) => out.once('drain', resolve));
  };
  return {
    async line(text) {
      held += `${text}\n`;
      if (held.length > pieceCharacters) await flush();
    },
    end: flush,
  };
}

export function badInput(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'bad-input', message, fix });
}

// The batch command of the interpreter: items in, predictions out, both one JSON object a line, so that anybody can
// measure it with their own sentences and their own scorer. It starts nothing and asks no cloud.

import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { catalogue } from '../catalogue/catalogue.ts';
import type { Interpreter } from '../interpreter/contract.ts';
import { createInterpreter } from '../interpreter/interpreter.ts';
import { type Fixture, type Item, predict, readFixture } from './fixtures.ts';
import { scoreSet } from './scoreSet.ts';

const usage = `pilothouse interpret --fixtures DIR < items.jsonl > predictions.jsonl
pilothouse interpret --score SET.jsonl --fixtures DIR

Each item: {"id", "text", "inventory", "context"?: {"turns", "selection"}}; its inventory is DIR/<inventory>.json.
`;

/** Runs the command; gives the exit code. */
export async function runInterpret(
  args: readonly string[],
  stdin: Readable = process.stdin,
  stdout: Writable = process.stdout,
): Promise<number> {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(name);
    return at < 0 ? undefined : args[at + 1];
  };
  const folder = option('--fixtures');
  const set = option('--score');
  if (!folder || args.includes('--help')) {
    stdout.write(usage);
    return args.includes('--help') ? 0 : 2;
  }
  const reader = createReader(folder);
  if (set) return scoreSet(set, reader, stdout);
  let failed = 0;
  for await (const line of createInterface({ input: stdin })) {
    if (line.trim() === '') continue;
    try {
      const { id, text, context, inventory } = JSON.parse(line) as Item;
      const { fixture, interpreter } = reader(inventory);
      stdout.write(`${JSON.stringify(predict({ id, text, context, inventory }, interpreter, fixture))}\n`);
    } catch (error) {
      failed++;
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  return failed === 0 ? 0 : 1;
}

export type Reader = (inventory: string) => { readonly fixture: Fixture; readonly interpreter: Interpreter };

/** Interpreters by inventory, each built once. */
export function createReader(folder: string): Reader {
  const known = new Map<string, ReturnType<Reader>>();
  return (inventory) => {
    let found = known.get(inventory);
    if (!found) {
      const fixture = readFixture(folder, inventory);
      const interpreter = createInterpreter(catalogue);
      interpreter.index.apply({ upserts: fixture.resources, removes: [] });
      found = { fixture, interpreter };
      known.set(inventory, found);
    }
    return found;
  };
}

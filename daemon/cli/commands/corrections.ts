// `corrections export|clear`: what a person corrected in the chat, as items of a set of test sentences that
// `pilothouse interpret --score` measures. It goes to the terminal, or into the folder that is named, and nowhere else.

import fs from 'node:fs';
import path from 'node:path';
import { exportedInventory, notationInventory } from '../../../shared/model/notation.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { readAllCorrections, readAllResources } from '../../../shared/protocol/pages.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';

export const corrections: Command = {
  name: 'corrections',
  usage: 'export|clear',
  doc: 'Hands out what you corrected in the chat as a set of test sentences, or forgets it.',
  options: {
    folder: {
      type: 'string',
      value: 'DIR',
      doc: `Write ${exportedInventory}.jsonl and the inventory it speaks of into this folder; else the items are printed.`,
    },
  },
  async run(context) {
    const [word] = context.words;
    if (word === 'export') return exportItems(context);
    if (word === 'clear') return clear(context);
    throw new ProblemError({
      code: 'bad-input',
      message: word
        ? `"${word}" is nothing that can be done with corrections.`
        : 'It is not said what to do.',
      fix: 'Use: pilothouse corrections export|clear',
    });
  },
};

async function exportItems({ io, options, connect }: CommandContext): Promise<number> {
  const session = await connect();
  const items = await readAllCorrections(session);
  const lines = items.map((item) => `${JSON.stringify(item)}\n`).join('');
  if (options.folder === undefined) {
    io.printRaw(lines);
    return exitCodes.done;
  }
  const folder = path.resolve(String(options.folder));
  const inventory = notationInventory(await readAllResources(session), Date.now());
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${exportedInventory}.json`), `${JSON.stringify(inventory)}\n`);
  fs.writeFileSync(path.join(folder, `${exportedInventory}.jsonl`), lines);
  io.print(
    `${items.length} ${items.length === 1 ? 'correction' : 'corrections'} in ${path.join(folder, `${exportedInventory}.jsonl`)}`,
  );
  io.print(
    `Measure them: pilothouse interpret --score ${exportedInventory}.jsonl --fixtures . (in that folder)`,
  );
  return exitCodes.done;
}

async function clear({ io, connect }: CommandContext): Promise<number> {
  const { removed } = await (await connect()).request('correction/clear');
  io.print(removed === 0 ? 'Nothing was corrected yet.' : `Forgot ${removed} corrections.`);
  return exitCodes.done;
}

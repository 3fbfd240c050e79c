// `interpret`: reads sentences in a batch against given inventories, without a daemon. Used to measure the interpreter.

import type { Command } from '../command.ts';

export const interpret: Command = {
  name: 'interpret',
  usage: '--fixtures FOLDER < items.jsonl > predictions.jsonl',
  doc: 'Reads sentences against given inventories, without a daemon.',
  options: {},
  isRaw: true,
  async run({ words }) {
    const { runInterpret } = await import('../interpret.ts');
    return await runInterpret(words);
  },
};

// `detect`: scores rows of a file, without a daemon. Used to measure the detectors.

import type { Command } from '../command.ts';

export const detect: Command = {
  name: 'detect',
  usage: '--csv FILE | --multi FILE --train FILE',
  doc: 'Scores the rows of a file from 0 to 1, each from earlier rows alone.',
  options: {},
  isRaw: true,
  async run({ words }) {
    const { runDetect } = await import('../detect.ts');
    return await runDetect(words);
  },
};

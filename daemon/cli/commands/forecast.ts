// `forecast`: foresees a history from a file, without a daemon. Used to measure the forecasts.

import type { Command } from '../command.ts';

export const forecast: Command = {
  name: 'forecast',
  usage: '--csv FILE --horizon STEPS [--season STEPS]',
  doc: 'Foresees the rows of a file, with intervals of 80 and 95 %.',
  options: {},
  isRaw: true,
  async run({ words }) {
    const { runForecast } = await import('../forecast.ts');
    return await runForecast(words);
  },
};

// The list of methods a forecast is made of. Which of them are heard is decided on each history by its back-test.

import type { Method } from './method.ts';
import { autoregression, logAutoregression } from './regression.ts';
import { dampedTrend, line, naive, seasonalNaive } from './simpleMethods.ts';
import { holtWinters, twoSeasons } from './smoothing.ts';

export const methods: readonly Method[] = [
  naive,
  seasonalNaive,
  line,
  dampedTrend,
  holtWinters,
  twoSeasons,
  autoregression,
  logAutoregression,
];

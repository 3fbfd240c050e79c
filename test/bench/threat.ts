// Measures the detection of threats on made traffic: false findings a week, recall of each attack, how the chances hold,
// activities a second; and prints the steps the table of confidence is made from. Run: npm run bench threat.

import { confidenceOf, tellFrom } from '../../daemon/threat/confidence.ts';
import { attacks } from '../threat/traffic.ts';
import { isotonic, runTrial, weighted } from '../threat/trial.ts';

const seeds = Array.from({ length: 72 }, (_, i) => i + 1);

/** Figures by name. */
export async function bench(): Promise<Record<string, number | string>> {
  const startedMs = performance.now();
  const trials = seeds.map(runTrial);
  const tookMs = performance.now() - startedMs;
  const ordinary = trials.flatMap((trial) => trial.ordinary);
  const weeks = trials.reduce((sum, trial) => sum + trial.weeks, 0);
  const figures: Record<string, number | string> = {
    tellFrom,
    falsePerWeek: ordinary.filter(({ strength }) => strength >= tellFrom).length / weeks,
    windowsPerWeek: ordinary.length / weeks,
    secondsPerLogWeek: tookMs / 1_000 / seeds.length / 8,
  };
  for (const level of [0.1, 0.01, 0.001])
    figures[`chanceBelow${level}`] =
      ordinary.filter(({ chance }) => chance <= level).length / ordinary.length;
  for (const kind of attacks) {
    const strengths = trials.map((trial) => trial.attacks.get(kind)!);
    figures[`recall ${kind}`] = strengths.filter((one) => one >= tellFrom).length / strengths.length;
  }
  figures.steps = isotonic(weighted(trials))
    .map(([from, share]) => `${from.toFixed(2)}:${share.toFixed(3)}(${confidenceOf(from).toFixed(2)})`)
    .join(' ');
  return figures;
}

// Measures the foreseeing of failures: how long it takes to learn and to judge; and, where a folder of public data is
// given (an argument or PILOTHOUSE_DATA, holding `ai4i2020/`), how well the models tell machines that fail from those
// that do not, in order of the rows and on rows nobody learnt from, against a rule that knows no more than they do: how
// far the furthest figure is from its usual. Run: npm run bench failure, or node test/bench/failure.ts [FOLDER].

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { judgeFailure, type Look, learnFailures } from '../../daemon/failure/trainer.ts';
import { normalOf, randomOf } from '../monitor/synthetic.ts';

const pause = async (): Promise<void> => {};
const madeLooks = 8_000;
const madeWidth = 30;

/** Figures by name; the first argument is the folder of data. */
export async function bench(args: readonly string[] = []): Promise<Record<string, number | string>> {
  const folder = args[0] ?? process.env.PILOTHOUSE_DATA;
  const figures: Record<string, number | string> = await benchMade();
  const file = folder && path.join(folder, 'ai4i2020', 'ai4i2020.csv');
  if (file && fs.existsSync(file)) Object.assign(figures, await benchAi4i(fs.readFileSync(file, 'utf8')));
  return figures;
}

async function benchMade(): Promise<Record<string, number>> {
  const normal = normalOf(1);
  const random = randomOf(2);
  const looks = Array.from({ length: madeLooks }, (_, atMs): Look => {
    const features = Float64Array.from({ length: madeWidth }, () => normal());
    const odds = 2 * features[0]! + (features[1]! > 1 ? 2 : 0) - 4;
    return { atMs, features, failed: random() < 1 / (1 + Math.exp(-odds)) };
  });
  const begun = performance.now();
  const made = await learnFailures(looks, { horizonMs: 0, rulesOf: () => 0, rulesAlarm: 1, pause });
  const learnMs = performance.now() - begun;
  const judged = performance.now();
  for (const { features } of looks) judgeFailure(made!.trained, features);
  return {
    learnMs,
    judgeMicroseconds: (1_000 * (performance.now() - judged)) / madeLooks,
    madeAuc: made!.model.auc,
  };
}

async function benchAi4i(text: string): Promise<Record<string, number | string>> {
  const looks = looksOf(text);
  const usual = columnsOf(looks.slice(0, Math.floor(0.6 * looks.length)));
  const furthest = ({ features }: Look): number =>
    Math.max(...usual.map(({ mean, deviation }, k) => Math.abs(features[k]! - mean) / deviation));
  const made = await learnFailures(looks, {
    horizonMs: 0,
    rulesOf: furthest,
    rulesAlarm: 3,
    pause,
  });
  if (!made) throw new Error('There are too few failures in the data.');
  return {
    ai4iLooks: looks.length,
    ai4iHeldBack: made.rows,
    ai4iFailed: made.failed,
    ai4iChosen: made.trained.model.kind,
    ai4iModelAuc: made.model.auc,
    ai4iModelAp: made.model.averagePrecision,
    ai4iModelPrecision: made.model.precision ?? Number.NaN,
    ai4iModelRecall: made.model.recall ?? Number.NaN,
    ai4iRulesAuc: made.rules.auc,
    ai4iRulesAp: made.rules.averagePrecision,
    ai4iRulesPrecision: made.rules.precision ?? Number.NaN,
    ai4iRulesRecall: made.rules.recall ?? Number.NaN,
  };
}

/** Type, temperatures, speed, torque, wear; and, as a source with counters would give them, power, strain and cooling. */
function looksOf(text: string): readonly Look[] {
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line, atMs) => {
      const cells = line.split(',');
      const [air, process, speed, torque, wear] = cells.slice(3, 8).map(Number) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const grade = 'LMH'.indexOf(cells[2]!);
      const features = Float64Array.of(
        grade,
        air,
        process,
        speed,
        torque,
        wear,
        speed * torque,
        torque * wear,
        process - air,
      );
      return { atMs, features, failed: cells[8] === '1' };
    });
}

function columnsOf(looks: readonly Look[]) {
  return Array.from({ length: looks[0]!.features.length }, (_, k) => {
    const mean = looks.reduce((sum, { features }) => sum + features[k]!, 0) / looks.length;
    const square = looks.reduce((sum, { features }) => sum + (features[k]! - mean) ** 2, 0) / looks.length;
    return { mean, deviation: Math.sqrt(square) };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [name, value] of Object.entries(await bench(process.argv.slice(2))))
    console.log(`${name.padEnd(20)} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`);

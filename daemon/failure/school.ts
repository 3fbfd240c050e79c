// Learns the model of a class when enough failures are known that somebody looked at before: on the looks that are stored,
// oldest to newest, against the rules and the version in use. What is no better is kept as rejected, with its figures, and
// not used.

import type { FailureClass, FailureModel } from '../../shared/model/prediction.ts';
import { limits } from '../config.ts';
import { featureNames, rulesFeature } from './features.ts';
import type { LookBook } from './lookBook.ts';
import type { ModelBook } from './modelBook.ts';
import { learnFailures, type Training } from './trainer.ts';

export interface SchoolOptions {
  readonly looks: LookBook;
  readonly models: ModelBook;
  readonly now: () => number;
  readonly pause: () => Promise<void>;
}

const rulesColumn = featureNames.indexOf(rulesFeature);

/** Whether it is time: enough failures, and new ones since it was last tried, a day or more ago. */
export function isDue(failureClass: FailureClass, { looks, models, now }: SchoolOptions): boolean {
  const last = models.last(failureClass);
  if (last && now() - last.createdMs < limits.failureRetrainMs) return false;
  const labels = looks.labelsOf(failureClass);
  return labels >= limits.failureLabelsMin && labels !== last?.failures;
}

/** Undefined where one of the parts in time has too few failures. */
export async function learn(
  failureClass: FailureClass,
  { looks, models, now, pause }: SchoolOptions,
): Promise<FailureModel | undefined> {
  const begun = performance.now();
  const known = looks.known(failureClass, featureNames.length);
  const incumbent = models.active(failureClass);
  const training = await learnFailures(known, {
    horizonMs: limits.failureHorizonMs,
    rulesOf: ({ features }) => features[rulesColumn]!,
    rulesAlarm: limits.failureReportPercent / 100,
    ...(incumbent && { incumbent: incumbent.trained }),
    pause,
  });
  if (!training) return undefined;
  const times = known.map(({ atMs }) => atMs);
  const { model, rules, rows, failed, alarm, trained, isBetter } = training;
  return models.add(
    {
      failureClass,
      state: isBetter ? 'active' : 'rejected',
      method: trained.model.kind,
      createdMs: now(),
      fromMs: times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY),
      toMs: times.reduce((most, time) => Math.max(most, time), 0),
      rows: known.length,
      failures: looks.labelsOf(failureClass),
      horizonMs: limits.failureHorizonMs,
      heldBack: {
        rows,
        failed,
        model,
        rules,
        ...(training.incumbent && { incumbent: training.incumbent }),
      },
      ...(alarm !== undefined && { alarm }),
      tookMs: Math.round(performance.now() - begun),
      reason: reasonOf(training),
    },
    trained,
  );
}

function reasonOf({ isBetter, model, rules, incumbent }: Training): string {
  const figures = `average precision ${model.averagePrecision.toFixed(2)} on what it had not seen, the rules ${rules.averagePrecision.toFixed(2)}`;
  const before = incumbent ? `, the version before ${incumbent.averagePrecision.toFixed(2)}` : '';
  return `${isBetter ? 'In use' : 'Not used'}: ${figures}${before}.`;
}

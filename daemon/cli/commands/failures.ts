// `failures`: what is likely to fail and why, and how good earlier predictions were.

import type { FailureModel, FailureRecord, Prediction } from '../../../shared/model/prediction.ts';
import { type Command, jsonOption, printJson } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { columns, style } from '../output.ts';

export const failures: Command = {
  name: 'failures',
  usage: '[RESOURCE]',
  doc: 'Lists what is likely to fail and why, how good such predictions were, and the models.',
  options: jsonOption,
  async run({ io, words, options, connect }) {
    const session = await connect();
    const [resource] = words;
    const found = await session.request('failure/list', resource === undefined ? {} : { resource });
    if (options.json === true) {
      printJson(io, found);
      return exitCodes.done;
    }
    const watched = Object.values(found.known).reduce((sum, one) => sum + one.watched, 0);
    const seen = Object.values(found.known).reduce((sum, one) => sum + one.failures, 0);
    if (found.predictions.length === 0)
      io.print(
        `Nothing is foreseen to fail: ${watched} resources are watched, ${seen} failures were seen here.`,
      );
    for (const one of found.predictions) {
      io.print(columns([rowOf(one)]));
      for (const reason of [...one.reasons, one.record]) io.print(style.dim(`  ${reason}`));
    }
    if (found.records.length > 0) io.print(columns(found.records.map(recordRow)));
    if (found.models.length > 0) io.print(columns(found.models.map(modelRow)));
    return exitCodes.done;
  },
};

function rowOf({ probability, horizonMs, resource, title }: Prediction): readonly string[] {
  return [`${Math.round(100 * probability)} %`, `${Math.round(horizonMs / 3_600_000)} h`, title, resource];
}

function recordRow({ method, hits, misses }: FailureRecord): readonly string[] {
  return [method, `${hits} came true`, `${misses} did not`];
}

function modelRow({ id, state, method, createdMs, reason }: FailureModel): readonly string[] {
  return [id, state, method, new Date(createdMs).toISOString().slice(0, 16), reason];
}

// `networks`: what was learnt of hosts and services here, which version is in use, and going back.

import type { LearntModel } from '../../../shared/model/learnt.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { type Command, jsonOption, printJson } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { columns } from '../output.ts';

export const networks: Command = {
  name: 'networks',
  usage: '[train|rollback RESOURCE | promote ID]',
  doc: 'Lists the networks that were learnt, learns one anew, or chooses the version in use.',
  options: jsonOption,
  async run({ io, words, options, connect }) {
    const [verb, subject] = words;
    const session = await connect();
    if (verb === undefined) {
      const found = await session.request('network/list', {});
      if (options.json === true) printJson(io, found);
      else
        io.print(
          found.networks.length === 0 ? 'Nothing was learnt yet.' : columns(found.networks.map(rowOf)),
        );
      return exitCodes.done;
    }
    if (subject === undefined || !['train', 'rollback', 'promote'].includes(verb))
      throw new ProblemError({
        code: 'bad-input',
        message: 'That is no command for networks.',
        fix: 'For example: networks train local:host/this',
      });
    const model =
      verb === 'promote'
        ? await session.request('network/promote', { id: subject })
        : await session.request(verb === 'train' ? 'network/train' : 'network/rollBack', {
            resource: subject,
          });
    if (options.json === true) printJson(io, model);
    else io.print(columns([rowOf(model)]));
    return exitCodes.done;
  },
};

function rowOf(model: LearntModel): readonly string[] {
  return [
    model.id,
    model.state,
    new Date(model.createdMs).toISOString().slice(0, 16),
    `${model.rows} min`,
    `error ${model.validationError.toPrecision(2)}`,
    model.reason,
    model.backend,
  ];
}

// What is measured, found and foreseen, as clients ask for it. What a person says of it is audited, because a mute or
// a verdict decides what others are told.

import { ProblemError } from '../../../shared/model/problem.ts';
import { parseResourceId } from '../../../shared/model/resource.ts';
import { limits } from '../../config.ts';
import type { HandlersOf } from '../contract.ts';
import { countThatFits } from '../parts.ts';

export const watchHandlers: HandlersOf<'watch'> = {
  'watch/status': (_params, { services }) => services.watch.status(),
  'watch/configure': ({ settings, secrets }, { services, actor }) =>
    services.watch.configure(settings, secrets, actor),
  'watch/tryServer': ({ server, secrets }, { services, signal }) =>
    services.watch.tryServer(server, secrets, signal),
};

export const seriesHandlers: HandlersOf<'series'> = {
  'series/list': ({ limit, after, ...where }, { services }) => {
    const found = services.watch.series.list(where);
    const start = after === undefined ? 0 : found.findIndex(({ id }) => id > after);
    const rest = start < 0 ? [] : found.slice(start, start + limit);
    const series = rest.slice(0, countThatFits(rest, 0, limits.frameBytesMax / 2));
    const isLast = start < 0 || start + series.length >= found.length;
    const next = isLast ? undefined : series.at(-1)?.id;
    return { series, total: found.length, ...(next !== undefined && { next }) };
  },
  'series/range': ({ series, fromMs, toMs, pointsMax, marks }, { services }) => {
    if (toMs < fromMs)
      throw new ProblemError({
        code: 'bad-input',
        message: 'The time range ends before it begins.',
        fix: 'Give fromMs before toMs.',
      });
    const { watch } = services;
    const ranges = series.map((id) => watch.series.range(id, fromMs, toMs, pointsMax) ?? missing(id));
    const resources = [...new Set(ranges.map((range) => range.series.resource))];
    return { ranges, marks: marks ? watch.marks(resources, fromMs, toMs) : [] };
  },
  'series/forecast': ({ series, horizonMs }, { services }) => services.watch.forecast(series, horizonMs),
};

export const incidentHandlers: HandlersOf<'incident'> = {
  'incident/list': (query, { services }) => {
    const found = services.watch.incidents.list(query);
    return { incidents: found.slice(0, countThatFits(found, 0, limits.frameBytesMax / 2)) };
  },
  'incident/get': ({ id }, { services }) => services.watch.incidents.details(incidentOf(id)),
  'incident/feedback': ({ id, says }, { services, actor }) =>
    services.watch.incidents.judge(incidentOf(id), says, actor),
};

export const muteHandlers: HandlersOf<'mute'> = {
  'mute/list': (_params, { services }) => ({ mutes: services.watch.mutes.list() }),
  'mute/add': (draft, { services, actor }) => services.watch.mutes.add(draft, actor),
  'mute/remove': ({ id }, { services, actor }) => ({ removed: services.watch.mutes.remove(id, actor) }),
};

export const networkHandlers: HandlersOf<'network'> = {
  'network/list': ({ resource }, { services }) => ({ networks: services.networks.list(resource) }),
  'network/train': ({ resource }, { services, actor }) => services.networks.train(resource, actor),
  'network/promote': ({ id }, { services, actor }) => services.networks.promote(id, actor),
  'network/rollBack': ({ resource }, { services, actor }) => services.networks.rollBack(resource, actor),
};

export const failureHandlers: HandlersOf<'failure'> = {
  'failure/list': (query, { services }) => {
    const { failures } = services;
    const found = failures.list(query);
    return {
      predictions: found.slice(0, countThatFits(found, 0, limits.frameBytesMax / 2)),
      models: failures.models(),
      records: failures.records(),
      known: failures.known(),
    };
  },
};

/** `an-12`, or the id under which the language knows it. */
function incidentOf(id: string): string {
  const parsed = parseResourceId(id);
  return parsed?.kind === 'anomaly' ? parsed.path : id;
}

function missing(id: string): never {
  throw new ProblemError({
    code: 'not-found',
    message: `There is no series ${id}.`,
    fix: 'See which there are (series/list): nothing is measured that no connection measures.',
  });
}

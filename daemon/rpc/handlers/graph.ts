// Questions to the graph: queries, walks, counts, loose ends, changes. What is found is cut to what fits the wire, and
// that is said.

import type { Neighbourhood } from '../../../shared/model/graph.ts';
import { type Problem, ProblemError } from '../../../shared/model/problem.ts';
import type { Filter } from '../../../shared/model/reading.ts';
import type { Json, Resource } from '../../../shared/model/resource.ts';
import type { HistoryState } from '../../../shared/protocol/graphMessages.ts';
import { limits } from '../../config.ts';
import { changesBetween, differences } from '../../graph/changes.ts';
import type { HistoryEntry } from '../../graph/contract.ts';
import { findLooseEnds } from '../../graph/looseEnds.ts';
import { countBy } from '../../graph/statistics.ts';
import type { HandlersOf, Services } from '../contract.ts';
import { countThatFits } from '../parts.ts';

const answerBytesMax = limits.frameBytesMax / 2;

export const graphHandlers: HandlersOf<'graph'> = {
  'graph/query': async ({ text, parameters, limit, timeMs }, { services, signal }) => {
    // The parser is heavy and seldom needed: it is read with the first query.
    const { parseCypher } = await import('../../cypher/parse.ts');
    const { runCypher } = await import('../../cypher/run.ts');
    const given = parameters as Readonly<Record<string, Json>>;
    const options = {
      text,
      parameters: given,
      rowsMax: limit,
      signal,
      ...(timeMs !== undefined && { timeMs }),
    };
    const found = await runCypher(parseCypher(text), services.graph, options);
    const rows = found.rows.slice(0, countThatFits(found.rows, 0, answerBytesMax));
    return { ...found, rows, truncated: found.truncated || rows.length < found.rows.length };
  },

  'graph/neighbourhood': ({ ids, depth, limit, kinds, connections }, { services }) => {
    if (!ids.some((id) => services.graph.get(id))) throw new ProblemError(notThere(ids[0]!));
    const accept = (resource: Resource) =>
      (kinds?.includes(resource.kind) ?? true) && (connections?.includes(resource.connection) ?? true);
    return fitting(services.graph.neighbourhood({ ids, depth, limit, accept }));
  },

  'graph/paths': ({ from, to, lengthMax, limit }, { services }) => {
    for (const id of [from, to]) if (!services.graph.get(id)) throw new ProblemError(notThere(id));
    const paths = services.graph.shortestPaths({ from, to, lengthMax, limit });
    const ids = new Set(paths.flatMap((path) => path.ids));
    const names = Object.fromEntries(
      [...ids].flatMap((id) => {
        const resource = services.graph.get(id);
        return resource ? [[id, { name: resource.name, kind: resource.kind }]] : [];
      }),
    );
    return { paths, names };
  },

  'graph/blastRadius': ({ plan, ids }, { services }) => {
    const targets = plan === undefined ? (ids ?? []) : targetsOf(plan, services);
    const found = services.graph.dependentsOfAll(targets);
    const affected = found.map(({ resource: { id, name, kind }, relation, depth, through }) => {
      return { id, name, kind, relation, depth, through };
    });
    const shown = affected.slice(0, countThatFits(affected, 0, answerBytesMax));
    const truncated = shown.length < affected.length || found.length >= limits.dependentsMax;
    return { targets, affected: shown, truncated };
  },

  'graph/statistics': ({ by, connection, filter }, { services }) =>
    countBy(among(services, connection, filter as Filter), by),

  'graph/looseEnds': ({ connection, kind, limit }, { services }) => {
    const where = { ...(connection !== undefined && { connection }), ...(kind !== undefined && { kind }) };
    const ends = findLooseEnds(services.graph.list(where), services.graph);
    return { ends: ends.slice(0, limit), total: ends.length };
  },

  'graph/search': ({ text, filter, limit }, { services }) => {
    const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const found = among(services, undefined, filter as Filter).filter((resource) =>
      hasWords(resource, words),
    );
    const page = found.slice(0, limit);
    return { resources: page.slice(0, countThatFits(page, 0, answerBytesMax)), total: found.length };
  },

  'graph/changes': ({ connection, from, to, limit }, { services }) => {
    const knownMs = services.graph.knownSince(connection);
    // Before the first read nothing is known: what it brought is where the comparison can begin.
    const isUnknown = knownMs === undefined || knownMs > Date.parse(from);
    const sinceMs = isUnknown && knownMs !== undefined ? knownMs + limits.graphFirstReadMs : Date.parse(from);
    const before = services.graph.resourcesAt(connection, sinceMs);
    const after =
      to === undefined
        ? services.graph.list({ connection })
        : services.graph.resourcesAt(connection, Date.parse(to));
    const changes = changesBetween(before, after);
    const page = changes.slice(0, limit);
    return {
      changes: page.slice(0, countThatFits(page, 0, answerBytesMax)),
      total: changes.length,
      ...(isUnknown && { knownSince: new Date(sinceMs).toISOString() }),
    };
  },
};

/** The history of one resource, beside the other questions about one (`resource.ts`). */
export function historyOf(
  id: string,
  limit: number,
  services: Services,
): { readonly states: readonly HistoryState[] } {
  // One more, so that the oldest that is shown can be compared with the one before it.
  const entries = services.graph.historyOf(id, limit + 1);
  const states = entries.slice(0, limit).map((entry, index) => stateOf(entry, entries[index + 1]));
  return { states: states.slice(0, countThatFits(states, 0, answerBytesMax)) };
}

function stateOf({ atMs, resource }: HistoryEntry, before: HistoryEntry | undefined): HistoryState {
  const fields = resource && before?.resource ? differences(before.resource, resource) : [];
  return { at: new Date(atMs).toISOString(), fields, ...(resource && { resource }) };
}

function among(services: Services, connection: string | undefined, filter: Filter): readonly Resource[] {
  return services.graph.match({ ...filter, ...(connection !== undefined && { connection }) });
}

function hasWords(resource: Resource, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { id, name, status, namespace, tags, attributes } = resource;
  const seen = [id, name, status, namespace, attributes.ip, attributes.floating_ip];
  const text = [...seen, ...Object.entries(tags).flat()].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

function targetsOf(id: string, services: Services): readonly string[] {
  const plan = services.plans.get(id);
  if (!plan)
    throw new ProblemError({
      code: 'not-found',
      message: `There is no plan ${id}.`,
      fix: 'List the plans (Pilothouse: Show Plans) and choose one.',
    });
  return [...new Set(plan.steps.flatMap(({ target }) => (target ? [target.id] : [])))];
}

/** As many of the nearest as fit the wire, and the relations between those. */
function fitting(found: Neighbourhood): Neighbourhood {
  const count = countThatFits(found.nodes, 0, answerBytesMax);
  if (count === found.nodes.length) return found;
  const nodes = found.nodes.slice(0, count);
  const ids = new Set(nodes.map(({ resource }) => resource.id));
  const relations = found.relations.filter(({ from, to }) => ids.has(from) && ids.has(to));
  return { nodes, relations, truncated: true };
}

function notThere(id: string): Problem {
  return {
    code: 'not-found',
    message: `There is no ${id} (any more).`,
    fix: 'Refresh the connection and look again.',
  };
}

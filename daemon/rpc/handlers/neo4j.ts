// A Neo4j server beside the graph: the desk is `daemon/neo4j/`; this only carries it over the wire, cut to what fits.

import type { Json } from '../../../shared/model/resource.ts';
import { limits } from '../../config.ts';
import type { HandlersOf } from '../contract.ts';
import { countThatFits } from '../parts.ts';

export const neo4jHandlers: HandlersOf<'neo4j'> = {
  'neo4j/status': (_params, { services }) => services.neo4j.status,
  'neo4j/configure': ({ server, password }, { services, actor }) =>
    services.neo4j.configure(server, password, actor),
  'neo4j/try': ({ server, password }, { services, signal }) => services.neo4j.try(server, password, signal),
  'neo4j/query': async ({ text, parameters, limit, timeMs }, { services, signal }) => {
    const given = parameters as Readonly<Record<string, Json>>;
    const query = { text, parameters: given, rowsMax: limit, ...(timeMs !== undefined && { timeMs }) };
    const found = await services.neo4j.query(query, signal);
    const rows = found.rows.slice(0, countThatFits(found.rows, 0, limits.frameBytesMax / 2));
    return { ...found, rows, truncated: found.truncated || rows.length < found.rows.length };
  },
  'neo4j/propose': (_params, { services, actor, session, signal }) =>
    services.neo4j.propose({ actor, session: session.id }, signal),
  'neo4j/export': ({ proposal }, context) =>
    context.services.neo4j.export(
      proposal,
      { actor: context.actor, session: context.session.id },
      (message, fraction) => context.progress(message, { fraction }),
      context.signal,
    ),
};

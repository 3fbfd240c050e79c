// The messages about a Neo4j server beside the embedded graph: a part of the one table in `messages.ts`, kept apart
// only for its length. All of these are for a person's session only.

import type { QueryResult } from '../model/graph.ts';
import type { Neo4jExportProposal, Neo4jExportResult, Neo4jStatus, Neo4jTrial } from '../model/neo4j.ts';
import * as schemas from './neo4jSchemas.ts';
import { emptySchema } from './schemas.ts';

type Result<T> = { readonly __result?: T };
const result = <T>(): Result<T> => ({});

export const neo4jRequests = {
  'neo4j/status': {
    params: emptySchema,
    result: result<Neo4jStatus>(),
    since: 2,
    doc: 'Which Neo4j server is configured, and whether its password was handed over. Asks no server.',
  },
  'neo4j/configure': {
    params: schemas.configureNeo4jSchema,
    result: result<Neo4jStatus>(),
    since: 2,
    doc: "Names the Neo4j server. The password stays in the daemon's memory.",
  },
  'neo4j/try': {
    params: schemas.tryNeo4jSchema,
    result: result<Neo4jTrial>(),
    since: 2,
    doc: 'Signs in to a Neo4j server and asks what it is; changes and keeps nothing.',
  },
  'neo4j/query': {
    params: schemas.queryNeo4jSchema,
    result: result<QueryResult>(),
    since: 2,
    doc: 'Answers a Cypher query by the Neo4j server. It only reads, is cut at its limits, and can be cancelled.',
  },
  'neo4j/propose': {
    params: emptySchema,
    result: result<Neo4jExportProposal>(),
    since: 2,
    doc: 'Says what exporting the graph to the Neo4j server would write and remove. Writes nothing.',
  },
  'neo4j/export': {
    params: schemas.exportNeo4jSchema,
    result: result<Neo4jExportResult>(),
    since: 2,
    doc: "A person's yes to a proposed export: writes the graph to the Neo4j server. Its progress comes as `$/progress`; cancelling stops it after the batch under way.",
  },
} as const;

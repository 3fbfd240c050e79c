// The messages about the graph as a whole: queries, walks, counts, loose ends, and what changed. Part of the one table
// (`messages.ts`).

import type {
  GraphPath,
  LooseEnd,
  Neighbourhood,
  QueryResult,
  ResourceChange,
  Statistic,
} from '../model/graph.ts';
import type { Kind } from '../model/kind.ts';
import type { Affected } from '../model/plan.ts';
import type { Resource } from '../model/resource.ts';
import * as schemas from './graphSchemas.ts';
import { neo4jRequests } from './neo4jMessages.ts';

/** What a step of the blast radius hangs on. */
export interface AffectedNode extends Affected {
  /** Steps from the nearest target. */
  readonly depth: number;
  /** Id of the resource it hangs on. */
  readonly through: string;
}

/** A state of a resource in its history, with what changed when it came. */
export interface HistoryState {
  /** When it was read, ISO 8601 UTC. */
  readonly at: string;
  /** Absent: it was gone. */
  readonly resource?: Resource;
  /** Fields that differ from the state before. */
  readonly fields: ResourceChange['fields'];
}

type Result<T> = { readonly __result?: T };
const result = <T>(): Result<T> => ({});

export const graphRequests = {
  'graph/query': {
    params: schemas.queryGraphSchema,
    result: result<QueryResult>(),
    since: 2,
    doc: 'Answers an openCypher query over what is known. It only reads, is cut at its limits, and can be cancelled.',
  },
  'graph/neighbourhood': {
    params: schemas.neighbourhoodSchema,
    result: result<Neighbourhood>(),
    since: 2,
    doc: 'What is around some resources, nearest first, with the relations between them.',
  },
  'graph/paths': {
    params: schemas.pathsSchema,
    result: result<{
      readonly paths: readonly GraphPath[];
      readonly names: Readonly<Record<string, { readonly name: string; readonly kind: Kind }>>;
    }>(),
    since: 2,
    doc: 'The shortest ways from one resource to another, whichever way the relations lead.',
  },
  'graph/blastRadius': {
    params: schemas.blastRadiusSchema,
    result: result<{
      readonly targets: readonly string[];
      readonly affected: readonly AffectedNode[];
      readonly truncated: boolean;
    }>(),
    since: 2,
    doc: 'What would notice if the targets of a plan, or some resources, went away; nearest first.',
  },
  'graph/statistics': {
    params: schemas.statisticsSchema,
    result: result<{ readonly total: number; readonly statistics: readonly Statistic[] }>(),
    since: 2,
    doc: 'Counts resources by what they have in common.',
  },
  'graph/looseEnds': {
    params: schemas.looseEndsSchema,
    result: result<{ readonly ends: readonly LooseEnd[]; readonly total: number }>(),
    since: 2,
    doc: 'Things that nothing uses, and things whose owner is gone.',
  },
  'graph/search': {
    params: schemas.searchGraphSchema,
    result: result<{ readonly resources: readonly Resource[]; readonly total: number }>(),
    since: 2,
    doc: 'Resources that hold all words and match a filter (see the attributes of the model).',
  },
  'graph/changes': {
    params: schemas.changesSchema,
    result: result<{
      readonly changes: readonly ResourceChange[];
      readonly total: number;
      /** Where nothing older is known: since when the changes are, ISO 8601. */
      readonly knownSince?: string;
    }>(),
    since: 2,
    doc: 'What appeared, vanished and changed in a connection between two moments, as far as history is kept.',
  },
  'resource/history': {
    params: schemas.historySchema,
    result: result<{ readonly states: readonly HistoryState[] }>(),
    since: 2,
    doc: 'States a resource went through, newest first, and what changed each time.',
  },
  ...neo4jRequests,
} as const;

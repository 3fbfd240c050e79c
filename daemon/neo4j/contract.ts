// The door to a Neo4j server beside the embedded graph: name it, try it, query it, export to it.

import type { QueryResult } from '../../shared/model/graph.ts';
import type {
  Neo4jExportProposal,
  Neo4jExportResult,
  Neo4jServer,
  Neo4jStatus,
  Neo4jTrial,
} from '../../shared/model/neo4j.ts';
import type { Actor } from '../../shared/model/plan.ts';
import type { Json } from '../../shared/model/resource.ts';

/** Who asks, and by which session. */
export interface Neo4jVisitor {
  readonly actor: Actor;
  readonly session: string;
}

export interface Neo4jQuery {
  readonly text: string;
  readonly parameters: Readonly<Record<string, Json>>;
  /** Most rows of the answer. */
  readonly rowsMax: number;
  /** Most time it may take, ms. */
  readonly timeMs?: number;
}

export interface Neo4jDesk {
  readonly status: Neo4jStatus;
  /** Durable on return. Null: none any more. Throws ProblemError. */
  configure(server: Neo4jServer | null, password: string | undefined, actor: Actor): Neo4jStatus;
  /** Throws ProblemError where it does not answer, or not to this user. */
  try(
    server: Neo4jServer | undefined,
    password: string | undefined,
    signal: AbortSignal,
  ): Promise<Neo4jTrial>;
  /** Only reads: what would write is refused before it runs, and every transaction is rolled back. */
  query(query: Neo4jQuery, signal: AbortSignal): Promise<QueryResult>;
  /** Looks at the server and says what an export would do; writes nothing. */
  propose(visitor: Neo4jVisitor, signal: AbortSignal): Promise<Neo4jExportProposal>;
  /** Uses the proposal up. Throws ProblemError; what was written until then stays, and a later export completes it. */
  export(
    proposal: string,
    visitor: Neo4jVisitor,
    tell: (message: string, fraction: number) => void,
    signal: AbortSignal,
  ): Promise<Neo4jExportResult>;
}

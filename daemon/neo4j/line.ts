// A line to a Neo4j server as the room sees it; `boltLine.ts` is the one behind it that knows the driver. A line is
// opened for one piece of work and closed after it: no password and no socket waits for another.

import type { QueryValue } from '../../shared/model/graph.ts';
import type { Neo4jServer, Neo4jTrial } from '../../shared/model/neo4j.ts';
import type { Json } from '../../shared/model/resource.ts';

export interface Statement {
  readonly text: string;
  readonly parameters?: Readonly<Record<string, Json>>;
}

export interface LineLimits {
  readonly timeMs: number;
  readonly signal: AbortSignal;
}

export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly QueryValue[])[];
  /** There were more than the limit. */
  readonly truncated: boolean;
}

/** Everything throws ProblemError only. Where time or signal ends something, the line is closed and of no more use. */
export interface Line {
  /** Signs in. */
  greet(limits: LineLimits): Promise<Neo4jTrial>;
  /** One statement in a transaction that may only read and is rolled back whatever came of it. */
  read(statement: Statement, rowsMax: number, limits: LineLimits): Promise<Rows>;
  /** `r` for what only reads, `w`, `rw` or `s` for what writes; undefined where the server does not tell. Runs nothing. */
  kindOf(statement: Statement, limits: LineLimits): Promise<string | undefined>;
  /** One statement in a transaction of its own; gives its rows. */
  write(statement: Statement, limits: LineLimits): Promise<Rows>;
  close(): Promise<void>;
}

export type OpenLine = (server: Neo4jServer, password: string) => Promise<Line>;

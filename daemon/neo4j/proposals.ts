// Looks at a Neo4j server and says what an export would do: how much it would write, what it would remove of what it
// wrote before, and that it leaves everything else alone. Writes nothing; what it says is kept until a yes uses it up.

import { randomBytes } from 'node:crypto';
import type { Neo4jExportProposal, Neo4jServer } from '../../shared/model/neo4j.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { parseResourceId } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { ExportedGraph } from './exporting.ts';
import { groupsOf } from './groups.ts';
import type { Line, LineLimits } from './line.ts';
import { countNodes, writtenIds } from './statements.ts';

/** Nodes of earlier exports that are read: as many as a cloud may list. */
const writtenMax = limits.neo4jBatchItems * limits.cloudPagesMax;

/** What a proposal stands on, for the export that follows. */
export interface Proposed {
  readonly proposal: Neo4jExportProposal;
  readonly session: string;
  /** Ids that may be removed. */
  readonly removes: readonly string[];
}

export interface LookOptions {
  readonly line: Line;
  readonly server: Neo4jServer;
  readonly graph: ExportedGraph;
  readonly exporter: string;
  readonly session: string;
  readonly isConfigured: (connection: string) => boolean;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Throws ProblemError. */
export async function look(options: LookOptions): Promise<Proposed> {
  const { line, server, graph, exporter, session, now, signal } = options;
  const bounds: LineLimits = { timeMs: limits.cloudRequestTimeoutMs, signal };
  const trial = await line.greet(bounds);
  const written = await readWritten(line, exporter, bounds);
  const { rows } = await line.read(countNodes, 1, bounds);
  const removes = written.filter((id) => !graph.get(id));
  const shown = {
    server,
    ...trial,
    resources: graph.size,
    relations: countRelations(graph),
    written: written.length,
    foreign: Math.max(0, Number(rows[0]?.[0] ?? 0) - written.length),
    removes: byConnection(removes, options.isConfigured),
  };
  const proposal: Neo4jExportProposal = {
    id: randomBytes(12).toString('hex'),
    ...shown,
    effect: effectOf(shown),
    expiresAt: new Date(now + limits.terminalProposalMs).toISOString(),
  };
  return { proposal, session, removes };
}

async function readWritten(line: Line, exporter: string, bounds: LineLimits): Promise<readonly string[]> {
  const { rows, truncated } = await line.read(writtenIds(exporter), writtenMax, bounds);
  if (truncated)
    throw new ProblemError({
      code: 'overloaded',
      message: `There are more than ${writtenMax} nodes of earlier exports on the server.`,
      fix: 'Remove the nodes labelled PilothouseResource there, and export anew.',
    });
  return rows.flatMap(([id]) => (typeof id === 'string' ? [id] : []));
}

function countRelations(graph: ExportedGraph): number {
  let count = 0;
  for (const { id } of graph.all()) count += graph.relationsOut(id).length;
  return count;
}

function byConnection(
  ids: readonly string[],
  isConfigured: (connection: string) => boolean,
): Neo4jExportProposal['removes'] {
  const groups = groupsOf(ids, (id) => parseResourceId(id)?.connection ?? '');
  return [...groups]
    .map(([connection, { length }]) => ({
      connection,
      count: length,
      isConfigured: isConfigured(connection),
    }))
    .sort((a, b) => b.count - a.count);
}

function effectOf(shown: Omit<Neo4jExportProposal, 'id' | 'effect' | 'expiresAt'>): readonly string[] {
  const { server, product, isEncrypted, resources, relations, written, foreign, removes } = shown;
  const where = `${server.url}${server.database ? `, database ${server.database}` : ''} (${product})`;
  const gone = removes.reduce((sum, { count }) => sum + count, 0);
  return [
    `Writes ${resources} resources and ${relations} relations to ${where} as ${server.user}.`,
    ...(written > 0 ? [`${written} nodes are there from earlier exports and are brought up to date.`] : []),
    ...(gone > 0
      ? [`Removes ${gone} of them, whose resources are not known any more: ${goneText(removes)}.`]
      : []),
    foreign > 0
      ? `${foreign} other nodes are in this database; none of them is touched.`
      : 'Nothing else is in this database.',
    ...(isEncrypted ? [] : ['The line to the server is not encrypted.']),
  ];
}

function goneText(removes: Neo4jExportProposal['removes']): string {
  const shown = removes.slice(0, 5).map(({ connection, count, isConfigured }) => {
    return `${count} of ${connection}${isConfigured ? '' : ' (a connection that is not there now)'}`;
  });
  return [...shown, ...(removes.length > 5 ? ['and others'] : [])].join(', ');
}

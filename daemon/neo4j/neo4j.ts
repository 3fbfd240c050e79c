// The desk for a Neo4j server beside the embedded graph: which one it is, queries that only read, and exports that a
// person said yes to, with a line in the audit before and after. The embedded graph never depends on it: nothing here
// is read back into it. Wired by `main.ts`.

import type { Neo4jServer, Neo4jStatus } from '../../shared/model/neo4j.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { Json } from '../../shared/model/resource.ts';
import type { AuditTrail } from '../audit/contract.ts';
import { limits } from '../config.ts';
import type { Connections } from '../discovery/contract.ts';
import { openBoltLine } from './boltLine.ts';
import type { Neo4jDesk, Neo4jQuery, Neo4jVisitor } from './contract.ts';
import { type ExportedGraph, exportGraph, newTally, type Tally } from './exporting.ts';
import type { Line, LineLimits, OpenLine } from './line.ts';
import { onlyReading, withoutPrefix } from './problems.ts';
import { look, type Proposed } from './proposals.ts';
import { type Neo4jSettings, openNeo4jSettings } from './settings.ts';

export interface Neo4jOptions {
  readonly graph: ExportedGraph;
  readonly connections: Pick<Connections, 'get'>;
  readonly audit: Pick<AuditTrail, 'append'>;
  readonly stateFolder: string;
  readonly now: () => number;
  readonly log: (level: 'warn' | 'error', message: string) => void;
  readonly openLine?: OpenLine;
}

/** Reads its settings when it is first asked: a file that cannot be read hinders nothing else. */
export function createNeo4j(options: Neo4jOptions): Neo4jDesk {
  const { graph, connections, audit, now } = options;
  let opened: Neo4jSettings | undefined;
  const settings = (): Neo4jSettings => (opened ??= openNeo4jSettings(options.stateFolder));
  const waiting = new Map<string, Proposed>();
  /** By server and user, so that it never goes to another. */
  let known: { readonly of: string; readonly password: string } | undefined;
  let isExporting = false;

  const passwordFor = (server: Neo4jServer): string | undefined =>
    known?.of === signInOf(server) ? known.password : undefined;
  const status = (): Neo4jStatus => {
    const { server } = settings();
    return {
      ...(server && { server }),
      hasPassword: server !== undefined && passwordFor(server) !== undefined,
      isExporting,
    };
  };
  /** Gives a line for one piece of work and closes it after. */
  async function withLine<T>(
    run: (line: Line, server: Neo4jServer) => Promise<T>,
    given?: Neo4jServer,
    typed?: string,
  ): Promise<T> {
    const server = given ?? requireServer(settings().server);
    const password = typed ?? passwordFor(server);
    if (password === undefined) throw noPassword(server);
    const line = await (options.openLine ?? openBoltLine)(server, password);
    try {
      return await run(line, server);
    } finally {
      await line.close();
    }
  }
  function take(id: string, session: string): Proposed {
    const found = waiting.get(id);
    waiting.delete(id);
    if (!found || found.session !== session || Date.parse(found.proposal.expiresAt) <= now())
      throw problem('approval-expired', 'This was asked too long ago, or was exported already.');
    const { server } = settings();
    if (!server || whereOf(server) !== whereOf(found.proposal.server))
      throw problem('world-moved', 'Another Neo4j server was set since this was shown.');
    return found;
  }

  return {
    get status() {
      return status();
    },
    configure(server, password, actor) {
      const before = settings().server;
      if (JSON.stringify(before ?? null) !== JSON.stringify(server)) {
        audit.append({
          event: 'graph.configured',
          actor,
          detail: { server: server ? detailOf(server) : null },
        });
        settings().set(server ?? undefined);
      }
      if (!server) known = undefined;
      else if (password !== undefined) known = { of: signInOf(server), password };
      return status();
    },
    try: (server, password, signal) =>
      withLine((line) => line.greet({ timeMs: limits.cloudIdleTimeoutMs, signal }), server, password),
    query: (query, signal) => withLine((line) => runQuery(line, query, signal)),
    propose: ({ session }, signal) =>
      withLine(async (line, server) => {
        const found = await look({
          line,
          server,
          graph,
          exporter: settings().exporter,
          session,
          isConfigured: (id) => connections.get(id) !== undefined,
          now: now(),
          signal,
        });
        waiting.set(found.proposal.id, found);
        for (const [id, { proposal }] of waiting)
          if (Date.parse(proposal.expiresAt) <= now() || waiting.size > limits.terminalProposalsMax)
            waiting.delete(id);
        return found.proposal;
      }),
    async export(id, visitor, tell, signal) {
      if (isExporting) throw problem('wrong-state', 'An export to Neo4j is under way.');
      const proposed = take(id, visitor.session);
      isExporting = true;
      const startedMs = now();
      const tally = newTally();
      try {
        await withLine((line) => {
          const { product, relations } = proposed.proposal;
          const mark = { exporter: settings().exporter, run: id };
          const work = { line, graph, mark, product, relations, removes: proposed.removes, tell, signal };
          return audited(proposed, visitor, tally, () => exportGraph(work, tally));
        });
        return { ...tally, elapsedMs: now() - startedMs };
      } finally {
        isExporting = false;
      }
    },
  };

  /** Writes nothing where the audit takes no record before; a lost one after is told to the log. */
  async function audited(
    { proposal }: Proposed,
    { actor }: Neo4jVisitor,
    tally: Tally,
    run: () => Promise<void>,
  ): Promise<void> {
    const detail = { export: proposal.id, ...detailOf(proposal.server), product: proposal.product };
    const removes = proposal.removes.map(({ connection, count }) => ({ connection, count }));
    const planned = { resources: proposal.resources, relations: proposal.relations, removes };
    const common = { actor, operation: 'export.graph', target: proposal.server.url };
    audit.append({ event: 'graph.exporting', ...common, detail: { ...detail, ...planned } });
    let outcome = 'done';
    try {
      await run();
    } catch (error) {
      const { code, message } = problemOf(error);
      outcome = code === 'cancelled' ? 'stopped by the person' : `stopped: ${message}`;
      throw error;
    } finally {
      writeEnd(actor, { ...common, outcome, detail: { ...detail, ...tally } });
    }
  }
  function writeEnd(
    actor: Actor,
    entry: {
      readonly operation: string;
      readonly target: string;
      readonly outcome: string;
      readonly detail: { readonly [key: string]: Json };
    },
  ): void {
    try {
      audit.append({ event: 'graph.exported', ...entry, actor });
    } catch (error) {
      options.log('error', `The end of an export to Neo4j is not in the audit: ${problemOf(error).message}`);
    }
  }
}

/** A query is explained first: one that would write is refused before it runs. */
async function runQuery(line: Line, { text, parameters, rowsMax, timeMs }: Neo4jQuery, signal: AbortSignal) {
  const startMs = performance.now();
  const asked = text.trim().replace(/;\s*$/, '');
  if (/^(explain|profile)\b/i.test(asked))
    throw problem('bad-input', 'EXPLAIN and PROFILE give no rows here. Ask the query itself.');
  const bounds: LineLimits = { timeMs: timeMs ?? limits.queryTimeMs, signal };
  const kind = await line.kindOf({ text: asked, parameters }, bounds).catch((error: unknown) => {
    throw withoutPrefix(error, 'EXPLAIN '.length);
  });
  if (kind !== undefined && kind !== 'r') throw onlyReading();
  const found = await line.read({ text: asked, parameters }, Math.min(rowsMax, limits.queryRowsMax), bounds);
  return { ...found, elapsedMs: Math.round(performance.now() - startMs) };
}

const signInOf = ({ url, user }: Neo4jServer): string => JSON.stringify([url, user]);
const whereOf = ({ url, user, database }: Neo4jServer): string => JSON.stringify([url, user, database]);

function detailOf({ url, user, database }: Neo4jServer): { readonly [key: string]: Json } {
  return { url, user, ...(database && { database }) };
}

function requireServer(server: Neo4jServer | undefined): Neo4jServer {
  if (server) return server;
  throw new ProblemError({
    code: 'not-found',
    message: 'No Neo4j server is set.',
    fix: 'Set one: Pilothouse: Set Neo4j Server, or pilothouse neo4j set --url bolt://HOST:7687 --user NAME.',
  });
}

function noPassword({ url, user }: Neo4jServer): ProblemError {
  return new ProblemError({
    code: 'cloud-unauthorized',
    message: `The password of ${user} at ${url} is not known.`,
    fix: 'Set the server anew in the editor, or give it to the terminal in PILOTHOUSE_NEO4J_PASSWORD.',
  });
}

function problem(code: ConstructorParameters<typeof ProblemError>[0]['code'], message: string): ProblemError {
  return new ProblemError({ code, message, fix: 'Ask for it again.' });
}

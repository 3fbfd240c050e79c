// A line to a Neo4j server by Neo4j's own driver: sign-in, transactions that only read or that write, and an end at the
// time or the word of the caller, even where the server has fallen silent. The driver is read when a server is first
// asked. It knows no resource and no export.

import type { Driver, Record as Row, Session } from 'neo4j-driver';
import { isNeo4jUrlEncrypted, type Neo4jServer } from '../../shared/model/neo4j.ts';
import { limits } from '../config.ts';
import type { Line, LineLimits, OpenLine, Rows, Statement } from './line.ts';
import { lineProblem, tooSlow } from './problems.ts';
import { type DriverTypes, parametersOf, shownValue } from './values.ts';

type Sdk = typeof import('./driver.ts');

/** Opens no socket yet: the first word does. Throws ProblemError for an address the driver does not take. */
export const openBoltLine: OpenLine = async (server, password) => {
  const sdk = await import('./driver.ts');
  const driver = driverFor(server, password, sdk);
  const where = server.database ? { database: server.database } : {};
  const open = (mode: 'READ' | 'WRITE'): Session => driver.session({ defaultAccessMode: mode, ...where });
  let isCut = false;
  /** Cuts a silent line at once: the driver would wait for the server's word. */
  const cut = (): void => {
    isCut = true;
    void driver.close().catch(() => {});
  };
  const limited = async <T>({ timeMs, signal }: LineLimits, run: () => Promise<T>): Promise<T> => {
    try {
      return await untilTime(run, timeMs, signal, cut);
    } catch (error) {
      throw lineProblem(error, server);
    }
  };
  return {
    greet: (options) =>
      limited(options, async () => {
        const { agent } = await driver.getServerInfo(where);
        return { product: agent ?? 'a server of Bolt', isEncrypted: isNeo4jUrlEncrypted(server.url) };
      }),
    read: (statement, rowsMax, options) =>
      limited(options, () => readRows(open('READ'), statement, rowsMax, options.timeMs, sdk)),
    kindOf: (statement, options) => limited(options, () => readKind(open('READ'), statement, sdk)),
    write: (statement, options) =>
      limited(options, () => writeRows(open('WRITE'), statement, options.timeMs, sdk)),
    async close() {
      if (!isCut) await Promise.race([driver.close().catch(() => {}), pause(limits.stepGraceMs)]);
    },
  } satisfies Line;
};

function driverFor(server: Neo4jServer, password: string, sdk: Sdk): Driver {
  try {
    return sdk.driver(server.url, sdk.auth.basic(server.user, password), {
      connectionTimeout: limits.neo4jConnectTimeoutMs,
      connectionAcquisitionTimeout: limits.neo4jConnectTimeoutMs + 1_000,
      maxTransactionRetryTime: limits.neo4jRetryMs,
      maxConnectionPoolSize: 2,
      fetchSize: limits.neo4jBatchItems,
      useBigInt: true,
      telemetryDisabled: true,
      userAgent: 'pilothouse',
    });
  } catch (error) {
    throw lineProblem(error, server);
  }
}

async function readRows(
  session: Session,
  { text, parameters }: Statement,
  rowsMax: number,
  timeMs: number,
  types: DriverTypes,
): Promise<Rows> {
  const transaction = await session.beginTransaction({ timeout: timeMs });
  try {
    const result = transaction.run(text, parametersOf(parameters ?? {}, types));
    const columns = await result.keys();
    const rows: Rows['rows'][number][] = [];
    let truncated = false;
    for await (const row of result) {
      truncated = rows.length >= rowsMax;
      if (truncated) break;
      rows.push(cellsOf(row, types));
    }
    return { columns: columns.map(String), rows, truncated };
  } finally {
    await transaction.rollback().catch(() => {});
    await session.close().catch(() => {});
  }
}

async function readKind(
  session: Session,
  { text, parameters }: Statement,
  types: DriverTypes,
): Promise<string | undefined> {
  const transaction = await session.beginTransaction();
  try {
    const { summary } = await transaction.run(
      `${explainPrefix}${text}`,
      parametersOf(parameters ?? {}, types),
    );
    return summary.queryType || undefined;
  } finally {
    await transaction.rollback().catch(() => {});
    await session.close().catch(() => {});
  }
}

/** What stands before a query that is only explained; `problems.ts` takes it out of the places that errors name. */
const explainPrefix = 'EXPLAIN ';

/** What fails for a moment (a deadlock, a change of leader) is tried again: what is written here may be written twice. */
async function writeRows(
  session: Session,
  { text, parameters }: Statement,
  timeMs: number,
  types: DriverTypes,
): Promise<Rows> {
  try {
    const { records } = await session.executeWrite(
      (transaction) => transaction.run(text, parametersOf(parameters ?? {}, types)),
      { timeout: timeMs },
    );
    const columns = records[0]?.keys.map(String) ?? [];
    return { columns, rows: records.map((row) => cellsOf(row, types)), truncated: false };
  } finally {
    await session.close().catch(() => {});
  }
}

function cellsOf(row: Row, types: DriverTypes): Rows['rows'][number] {
  return row.keys.map((key) => shownValue(row.get(key), types));
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });

/** Ends with the first of: what runs, the time, the signal; the last two cut off what runs. */
async function untilTime<T>(
  run: () => Promise<T>,
  timeMs: number,
  signal: AbortSignal,
  cut: () => void,
): Promise<T> {
  signal.throwIfAborted();
  let end: (reason: unknown) => void = () => {};
  const ended = new Promise<never>((_resolve, reject) => {
    end = (reason) => {
      reject(reason);
      cut();
    };
  });
  const timer = setTimeout(() => end(tooSlow(timeMs)), timeMs);
  const onAbort = (): void => end(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([run(), ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

// Waits until the daemon knows what is there: right after its start the connections are still being found and read,
// and a sentence about them would find nothing. A daemon that nobody looked at reads nothing, so what it knows may be
// old: it is read again before a terminal relies on it.

import type { DaemonSession } from '../../connect/session.ts';
import type { Connection } from '../../shared/model/connection.ts';
import { ProblemError } from '../../shared/model/problem.ts';

/** Gives all connections when none is being read for the first time any more, freshly read. */
export async function settledConnections(
  session: DaemonSession,
  onWait: () => void = () => {},
): Promise<readonly Connection[]> {
  const connections = await foundConnections(session, onWait);
  const old = connections.filter(
    (one) => one.state === 'connected' && Date.now() - Date.parse(one.readAt ?? '') > freshMs,
  );
  // One that cannot be read now keeps what was known, and says so in its state.
  await Promise.allSettled(old.map(({ id }) => session.request('connection/refresh', { id })));
  return old.length === 0 ? connections : (await session.request('connection/list')).connections;
}

/** How old a reading may be that a terminal shows or acts on. */
const freshMs = 2_000;

async function foundConnections(
  session: DaemonSession,
  onWait: () => void,
  patienceMs = 30_000,
): Promise<readonly Connection[]> {
  const { connections } = await session.request('connection/list');
  if (connections.length > 0 && connections.every(isSettled)) return connections;
  onWait();
  const found = (await session.request('connection/rescan')).connections;
  if (found.every(isSettled)) return found;
  return new Promise((resolve) => {
    let latest = found;
    const end = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(latest);
    };
    const timer = setTimeout(end, patienceMs);
    const subscription = session.subscribe('connections', {
      onSnapshot(next) {
        latest = next;
        if (next.every(isSettled)) setImmediate(end);
      },
    });
  });
}

function isSettled(connection: Connection): boolean {
  return connection.state !== 'connecting';
}

/** Throws ProblemError, naming those there are, where no connection has this id. */
export function requireConnection(connections: readonly Connection[], id: string): void {
  if (connections.some((connection) => connection.id === id)) return;
  const known = connections.map((connection) => connection.id).join(', ');
  throw new ProblemError({
    code: 'not-found',
    message: `There is no connection ${id}.`,
    fix: known ? `There are: ${known}.` : 'No connections were found; see `pilothouse connections`.',
  });
}

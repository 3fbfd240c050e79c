// The daemon as it is, from its sources, on the sandbox, for scenarios that several windows or a bad day take part in.

import path from 'node:path';
import { type DaemonSession, openSession, type SessionOptions } from '../../connect/session.ts';
import { settledConnections } from '../../daemon/cli/settled.ts';
import type { Plan } from '../../shared/model/plan.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'daemon', 'main.ts');

/** A window on the daemon of a state folder; the first one starts it. It does not wait. */
export function openWindow(
  stateFolder: string,
  name: string,
  more: Partial<SessionOptions> = {},
): DaemonSession {
  return openSession({
    stateFolder,
    entry,
    client: { name, version: '0.1.0', kind: 'editor' },
    backoffMs: [5],
    ...more,
    env: {
      PATH: process.env.PATH,
      HOME: stateFolder,
      PILOTHOUSE_LOCAL: 'off',
      PILOTHOUSE_SANDBOX_SPEED: 'instant',
      PILOTHOUSE_IDLE_EXIT_MS: '60000',
      ...more.env,
    },
  });
}

/** Waits for the line and until the daemon knows what is there. */
export async function openReadyWindow(...given: Parameters<typeof openWindow>): Promise<DaemonSession> {
  const session = openWindow(...given);
  await session.ready();
  await settledConnections(session);
  return session;
}

/** What a sentence becomes a plan of. Throws where it becomes none. */
export async function propose(session: DaemonSession, text: string): Promise<Plan> {
  const result = await session.request('request/submit', { text });
  if (!result.plan) throw new Error(`no plan: ${JSON.stringify(result)}`);
  return result.plan;
}

/** Names of the VMs that the daemon knows, as often as there are. */
export async function namesOfVms(session: DaemonSession): Promise<readonly string[]> {
  await session.request('connection/refresh', { id: 'sandbox' });
  const { resources } = await session.request('resource/list', {
    connection: 'sandbox',
    kind: 'vm',
    limit: 500,
  });
  return resources.map(({ name }) => name);
}

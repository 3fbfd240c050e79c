// Asks a server that a person is about to name whether it is one, with the credentials and the certificate they gave, and
// keeps nothing of it. What it does not tell (a version, its targets) is left out: not every server that answers
// queries has them.

import type { PrometheusServer, TriedServer } from '../../../shared/model/metricSettings.ts';
import type { ExecutorContext } from '../contract.ts';
import { cleanText } from '../kit/cleanText.ts';
import { createClient } from './client.ts';

/** Throws ProblemError with what is wrong with its address, certificate or credentials. */
export async function tryServer(
  server: PrometheusServer,
  context: ExecutorContext,
  signal: AbortSignal,
): Promise<TriedServer> {
  const client = createClient(server, context);
  try {
    await client.time(signal);
    const [version, targets] = await Promise.all([
      client.version(signal).catch(() => undefined),
      client.targets(signal).catch(() => undefined),
    ]);
    signal.throwIfAborted();
    return {
      host: client.host,
      ...(version !== undefined && { version: cleanText(version).slice(0, 60) }),
      ...(targets && {
        targets: { all: targets.length, up: targets.filter(({ health }) => health === 'up').length },
      }),
    };
  } finally {
    client.dispose();
  }
}

// The console of a server in a browser: the address of a console proxy with a token that Nova made for it. Whoever has
// the address is in, so that it is handed over once and kept, logged or audited nowhere. It opens nothing itself.

import { z } from 'zod';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { Terminals } from '../contract.ts';
import type { OpenStack } from './api/openStack.ts';
import { cloudIdOf } from './mapping/place.ts';

export interface ConsoleKind {
  readonly protocol: string;
  readonly type: string;
}

/** Consoles that a browser shows, as most clouds have them first. A serial console needs a client of its own. */
const browserConsoles: readonly ConsoleKind[] = [
  { protocol: 'vnc', type: 'novnc' },
  { protocol: 'spice', type: 'spice-html5' },
];
/** `remote-consoles` came with it (OpenStack Mitaka, 2016). */
const consolesSince = { major: 2, minor: 6 } as const;

const answer = z.object({ remote_console: z.object({ url: z.url({ protocol: /^https?$/ }) }) });

export function serverConsoles(os: OpenStack, kinds: readonly ConsoleKind[] = browserConsoles): Terminals {
  return {
    kinds: { vm: ['console'] },
    ways: async () => [{ way: 'console' }],
    async check({ resource, signal }) {
      if (!(await os.cloud.speaks('compute', consolesSince, signal))) throw tooOld(resource);
      return {};
    },
    open: async ({ resource }) => {
      throw noShell(resource);
    },
    console: ({ resource, signal }) => createConsole(os, resource, kinds, signal),
  };
}

async function createConsole(
  os: OpenStack,
  resource: Resource,
  kinds: readonly ConsoleKind[],
  signal: AbortSignal,
): Promise<string> {
  for (const remote_console of kinds) {
    try {
      const made = await os.cloud.read(
        {
          service: 'compute',
          method: 'POST',
          path: `/servers/${encodeURIComponent(cloudIdOf(resource.id))}/remote-consoles`,
          body: { remote_console },
          signal,
          what: `open the console of ${resource.name}`,
        },
        answer,
      );
      return made.remote_console.url;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
    }
  }
  throw new ProblemError({
    code: 'unsupported',
    message: `This cloud has no console proxy that a browser reaches: Nova offers neither a noVNC nor a SPICE console of ${resource.name}.`,
    fix: 'Ask its operator for one (nova-novncproxy); what the server writes on its console is in Show Log.',
  });
}

/** Nova's own words where a type of console is switched off (`nova/exception.py`, ConsoleTypeUnavailable). */
function isUnavailable(error: unknown): boolean {
  return (
    error instanceof ProblemError &&
    error.problem.code === 'cloud-invalid' &&
    /unavailable console type|console type .* is not available/i.test(error.problem.message)
  );
}

function tooOld({ name }: Resource): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `The Nova of this cloud is older than 2.6 and opens no console of ${name} in a way that Pilothouse speaks.`,
    fix: 'Use its dashboard.',
  });
}

function noShell({ name }: Resource): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `Nova opens no shell on ${name}.`,
    fix: 'Open its console.',
  });
}

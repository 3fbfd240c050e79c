// The consoles of a server: its screen in a browser, by the address of a console proxy, and its serial line in a
// terminal. Either is an address with a token that Nova makes when it is asked. Whoever has it is in, so that it is
// handed over or used once and kept, logged or audited nowhere. Nova does not say beforehand which consoles it has.

import { z } from 'zod';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { limits } from '../../config.ts';
import type { RemoteTerminal, Terminals } from '../contract.ts';
import type { OpenStack } from './api/openStack.ts';
import { cloudIdOf } from './mapping/place.ts';
import { openSerialLine } from './serialLine.ts';

export interface ConsoleKind {
  readonly protocol: string;
  readonly type: string;
}

/** Consoles that a browser shows, as most clouds have them first. */
const browserConsoles: readonly ConsoleKind[] = [
  { protocol: 'vnc', type: 'novnc' },
  { protocol: 'spice', type: 'spice-html5' },
];
const serialConsoles: readonly ConsoleKind[] = [{ protocol: 'serial', type: 'serial' }];
/** `remote-consoles` came with it (OpenStack Mitaka, 2016). */
const consolesSince = { major: 2, minor: 6 } as const;

interface Asked {
  readonly resource: Resource;
  readonly signal: AbortSignal;
}

export function serverConsoles(os: OpenStack, kinds: readonly ConsoleKind[] = browserConsoles): Terminals {
  /** The last no to a serial console. Some hosts of a cloud may have them all the same, so that it counts for a while. */
  let refused: { readonly problem: ProblemError; readonly untilMs: number } | undefined;
  const refusal = (): ProblemError | undefined =>
    refused && os.now() < refused.untilMs ? refused.problem : undefined;
  return {
    get kinds() {
      return { vm: refusal() ? (['console'] as const) : (['console', 'serial'] as const) };
    },
    ways: async () =>
      refusal() ? [{ way: 'console' as const }] : [{ way: 'console' as const }, { way: 'serial' as const }],
    async check({ resource, signal }) {
      if (!(await os.cloud.speaks('compute', consolesSince, signal))) throw tooOld(resource);
      return {};
    },
    open: async ({ resource }) => {
      throw noShell(resource);
    },
    async console(asked) {
      const address = await createConsole(os, asked, kinds, /^https?$/);
      if (address !== undefined) return address;
      throw noConsole(asked.resource);
    },
    async serial(asked) {
      const address = await createConsole(os, asked, serialConsoles, /^wss?$/);
      const problem = noSerialConsole(asked.resource);
      refused = address === undefined ? { problem, untilMs: os.now() + limits.consoleRefusedMs } : undefined;
      if (address === undefined) throw problem;
      return openAt(os, address, asked);
    },
    refusal: (way) => (way === 'serial' ? refusal() : undefined),
  };
}

async function openAt(os: OpenStack, text: string, { resource, signal }: Asked): Promise<RemoteTerminal> {
  const address = new URL(text);
  const agent = await os.cloud.agent(new URL(text.replace(/^ws/i, 'http')), signal);
  return openSerialLine({ address, agent, name: resource.name, signal });
}

/** Address of the first kind that there is; undefined where Nova has none of them. Throws ProblemError. */
async function createConsole(
  os: OpenStack,
  { resource, signal }: Asked,
  kinds: readonly ConsoleKind[],
  protocol: RegExp,
): Promise<string | undefined> {
  const answer = z.object({ remote_console: z.object({ url: z.url({ protocol }) }) });
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
  return undefined;
}

/**
 * Nova's own words where a type of console is switched off (`nova/exception.py`, ConsoleTypeUnavailable), and its 501
 * where the hypervisor has none.
 */
function isUnavailable(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  const { code, message } = error.problem;
  return (
    (code === 'cloud-invalid' &&
      /unavailable console type|console type .* is not available/i.test(message)) ||
    (code === 'cloud-failed' && message.includes('(501)'))
  );
}

function noConsole({ name }: Resource): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `This cloud has no console proxy that a browser reaches: Nova offers neither a noVNC nor a SPICE console of ${name}.`,
    fix: 'Ask its operator for one (nova-novncproxy); what the server writes on its console is in Show Log.',
  });
}

function noSerialConsole({ name }: Resource): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `This cloud gives no serial console: Nova offers none of ${name}.`,
    fix: 'Many clouds have them switched off: ask its operator (serial_console of Nova, and nova-serialproxy). Open Console… shows the screen of a server, and Show Log what it writes.',
  });
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

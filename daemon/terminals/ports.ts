// Ports of this machine that a forward may listen on: loopback only, and never one that somebody else has. Where the
// wanted one is taken, a near one is offered before anybody is asked for a yes. Called by the desk of terminals.

import net from 'node:net';
import { ProblemError } from '../../shared/model/problem.ts';

export interface PortChoice {
  readonly localPort: number;
  /** Why it is not the one that was wanted, one sentence. */
  readonly otherPort?: string;
}

/** Ports below are the system's; the one a person knows a service by stands 8000 above: 80 → 8080. */
const firstOwnPort = 1024;
const privilegedOffset = 8000;
const portsTried = 20;

/** A port that is free now; 0: any. */
export async function offerPort(wanted: number): Promise<PortChoice> {
  const refusal = await refusalOf(wanted);
  if (refusal === undefined) return { localPort: wanted === 0 ? await anyPort() : wanted };
  const start = wanted < firstOwnPort ? wanted + privilegedOffset : wanted + 1;
  for (let port = start; port < start + portsTried && port <= 65_535; port += 1)
    if ((await refusalOf(port)) === undefined) return other(port, refusal);
  return other(await anyPort(), refusal);
}

function other(localPort: number, { message }: ProblemError): PortChoice {
  return { localPort, otherPort: `${message} ${localPort} is free.` };
}

/** Gives the port. Throws ProblemError where it may not be listened on. */
export function listenOn(server: net.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(problemOfPort(port, error)));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      resolve((server.address() as net.AddressInfo).port),
    );
  });
}

async function refusalOf(port: number): Promise<ProblemError | undefined> {
  if (port === 0) return undefined;
  try {
    await tryPort(port);
    return undefined;
  } catch (error) {
    return error as ProblemError;
  }
}

const anyPort = (): Promise<number> => tryPort(0);

async function tryPort(port: number): Promise<number> {
  const server = net.createServer();
  const found = await listenOn(server, port);
  await new Promise((resolve) => server.close(resolve));
  return found;
}

function problemOfPort(port: number, error: NodeJS.ErrnoException): ProblemError {
  return new ProblemError(
    {
      code: 'wrong-state',
      message:
        error.code === 'EADDRINUSE'
          ? `Port ${port} of this machine is taken by another program.`
          : `This machine does not let port ${port} be listened on (${error.code ?? error.message}).`,
      fix: 'Choose another port.',
    },
    error,
  );
}

// One WebSocket to the API server that carries the channels of a remote command (`v4.channel.k8s.io`, the same in every
// version since 1.9): each message begins with the number of its channel. Bytes are bounded by the socket's own pauses;
// how the command ended comes on a channel of its own. Loaded only where a shell is opened.

import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { TerminalEnd } from '../../../../shared/model/terminal.ts';
import { limits } from '../../../config.ts';
import type { RemoteTerminal } from '../../contract.ts';
import { abortError } from '../../kit/transport.ts';
import type { Cluster } from '../client/cluster.ts';
import { clean, problemOfStatus } from '../client/problems.ts';

/** Of `k8s.io/apimachinery/pkg/util/remotecommand`. */
const channels = { input: 0, output: 1, errors: 2, status: 3, size: 4 } as const;
const protocol = 'v4.channel.k8s.io';
/** What an API server says of a refusal fits in here many times. */
const refusalBytesMax = 64 * 1024;

export interface ChannelRequest {
  /** With its query. */
  readonly path: string;
  /** To go after "to" in an error. */
  readonly what: string;
  readonly signal: AbortSignal;
}

interface Outcome {
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

/** Throws ProblemError. */
export async function openChannels(cluster: Cluster, request: ChannelRequest): Promise<RemoteTerminal> {
  // It is listened to before it is open: what comes with the handshake must not be lost.
  return connect(cluster, request, carry);
}

function carry(socket: WebSocket): RemoteTerminal {
  let outcome: Outcome | undefined;
  const bytes = new Duplex({
    read: () => socket.resume(),
    write: (part: Buffer, _encoding, done) =>
      socket.send(Buffer.concat([Buffer.of(channels.input), part]), () => done()),
    destroy: (error, done) => {
      socket.terminate();
      done(error);
    },
  });
  bytes.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const [channel] = data;
    const rest = data.subarray(1);
    if (channel === channels.status) outcome = parse(rest);
    else if (channel === channels.output || channel === channels.errors)
      if (rest.length > 0 && !bytes.push(rest)) socket.pause();
  });
  const ended = new Promise<TerminalEnd>((resolve) => {
    socket.on('close', () => {
      bytes.push(null);
      resolve(endOf(outcome));
    });
  });
  return {
    bytes,
    ended,
    resize: (columns, rows) => {
      const size = JSON.stringify({ Width: columns, Height: rows });
      // A terminal that has just ended takes no size.
      if (socket.readyState === socket.OPEN)
        socket.send(Buffer.concat([Buffer.of(channels.size), Buffer.from(size)]));
    },
  };
}

async function connect(
  cluster: Cluster,
  { path, what, signal }: ChannelRequest,
  carried: (socket: WebSocket) => RemoteTerminal,
): Promise<RemoteTerminal> {
  const [{ WebSocket: Socket }, { server, headers, freshAgent, config }] = await Promise.all([
    import('ws'),
    cluster.signedIn(signal),
  ]);
  signal.throwIfAborted();
  const url = new URL(`${server.href.replace(/\/$/, '')}${path}`.replace(/^http/, 'ws'));
  const socket = new Socket(url, [protocol], {
    headers: headers as Record<string, string>,
    agent: freshAgent,
    perMessageDeflate: false,
    handshakeTimeout: limits.terminalOpenTimeoutMs,
  });
  socket.on('error', () => undefined);
  const terminal = carried(socket);
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : abortError());
      socket.terminate();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    const settled = (): void => signal.removeEventListener('abort', giveUp);
    socket.once('open', () => {
      settled();
      resolve(terminal);
    });
    socket.once('error', (error) => {
      settled();
      reject(cluster.brokenStream(error, what));
    });
    socket.once('unexpected-response', (_request, response) => {
      settled();
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        if (text.length < refusalBytesMax) text += part;
      });
      const at = {
        context: config.name,
        origin: config.origin,
        host: server.host,
        user: config.userName,
        what,
      };
      response.once('close', () => {
        reject(
          new ProblemError(problemOfStatus(response.statusCode ?? 0, parse(Buffer.from(text)) ?? text, at)),
        );
        socket.terminate();
      });
    });
  });
}

function endOf(outcome: Outcome | undefined): TerminalEnd {
  if (!outcome) return { reason: 'The line to the cluster was cut.' };
  if (outcome.status === 'Success') return { exitCode: 0 };
  const code = outcome.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  if (code !== undefined && /^\d+$/.test(code)) return { exitCode: Number(code) };
  return { reason: clean(outcome.message ?? 'The command could not be run.') };
}

function parse(text: Buffer): Outcome | undefined {
  try {
    const value: unknown = JSON.parse(text.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

// One WebSocket to the API server, signed in like every other request, that carries binary messages of a kubelet. What
// the server says of a refusal becomes its problem. Called where a shell is opened or a port is carried; `ws` is loaded
// only then.

import type { WebSocket } from 'ws';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { limits } from '../../../config.ts';
import { abortError } from '../../kit/transport.ts';
import type { Cluster } from '../client/cluster.ts';
import { problemOfStatus } from '../client/problems.ts';

/** `v4.channel.k8s.io`, the same in every version since 1.9: each message begins with the number of its channel. */
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

/** `carry` listens before it is open: what comes with the handshake must not be lost. Throws ProblemError. */
export async function openWebSocket<T>(
  cluster: Cluster,
  { path, what, signal }: ChannelRequest,
  carry: (socket: WebSocket) => T,
): Promise<T> {
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
  const carried = carry(socket);
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : abortError());
      socket.terminate();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    const settled = (): void => signal.removeEventListener('abort', giveUp);
    socket.once('open', () => {
      settled();
      resolve(carried);
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
        reject(new ProblemError(problemOfStatus(response.statusCode ?? 0, parseObject(text) ?? text, at)));
        socket.terminate();
      });
    });
  });
}

/** An object of JSON, or undefined. */
export function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

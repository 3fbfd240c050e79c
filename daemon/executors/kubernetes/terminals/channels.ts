// The channels of a remote command over one WebSocket: each message begins with the number of its channel. Bytes are
// bounded by the socket's own pauses; how the command ended comes on a channel of its own. It opens only what the
// terminals room has a person's yes for.

import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { TerminalEnd } from '../../../../shared/model/terminal.ts';
import type { RemoteTerminal } from '../../contract.ts';
import type { Cluster } from '../client/cluster.ts';
import { clean } from '../client/problems.ts';
import { type ChannelRequest, openWebSocket, parseObject } from './webSocket.ts';

/** Of `k8s.io/apimachinery/pkg/util/remotecommand`. */
const channels = { input: 0, output: 1, errors: 2, status: 3, size: 4 } as const;

interface Outcome {
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

/** Throws ProblemError. */
export async function openChannels(cluster: Cluster, request: ChannelRequest): Promise<RemoteTerminal> {
  return openWebSocket(cluster, request, carry);
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
    if (channel === channels.status) outcome = parseObject(rest.toString('utf8'));
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

function endOf(outcome: Outcome | undefined): TerminalEnd {
  if (!outcome) return { reason: 'The line to the cluster was cut.' };
  if (outcome.status === 'Success') return { exitCode: 0 };
  const code = outcome.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  if (code !== undefined && /^\d+$/.test(code)) return { exitCode: Number(code) };
  return { reason: clean(outcome.message ?? 'The command could not be run.') };
}

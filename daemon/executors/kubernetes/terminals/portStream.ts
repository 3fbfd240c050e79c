// One connection to a port of a pod as a stream over one WebSocket (`k8s.io/kubelet/pkg/cri/streaming/portforward`): a
// channel of bytes and one of errors, each of which begins with the number of the port. The wire cannot tell that no
// more comes from here, so that an end of what is written is kept back until the whole is closed.

import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Cluster } from '../client/cluster.ts';
import { clean } from '../client/problems.ts';
import { type ChannelRequest, openWebSocket } from './webSocket.ts';

const channels = { data: 0, errors: 1 } as const;
/** Length of the number of the port, the first thing on each channel. */
const portBytes = 2;

export interface PortRequest extends ChannelRequest {
  readonly pod: string;
  readonly port: number;
}

/** Throws ProblemError; where the pod takes no connection, the stream ends with one. */
export function openPort(cluster: Cluster, request: PortRequest): Promise<Duplex> {
  return openWebSocket(cluster, request, (socket) => carry(socket, request));
}

function carry(socket: WebSocket, { pod, port }: PortRequest): Duplex {
  const skipped = { [channels.data]: 0, [channels.errors]: 0 };
  const bytes = new Duplex({
    read: () => socket.resume(),
    write: (part: Buffer, _encoding, done) =>
      socket.send(Buffer.concat([Buffer.of(channels.data), part]), () => done()),
    final: (done) => done(),
    destroy: (error, done) => {
      socket.terminate();
      done(error);
    },
  });
  bytes.on('error', () => undefined);
  let said = '';
  socket.on('message', (message: Buffer) => {
    const [channel] = message;
    if (channel !== channels.data && channel !== channels.errors) return;
    const skip = Math.min(portBytes - skipped[channel], message.length - 1);
    skipped[channel] += skip;
    const rest = message.subarray(1 + skip);
    if (rest.length === 0) return;
    if (channel === channels.errors) said += rest.toString('utf8');
    else if (!bytes.push(rest)) socket.pause();
  });
  socket.on('close', () => {
    if (said === '') bytes.push(null);
    else bytes.destroy(refused(pod, port, said));
  });
  return bytes;
}

function refused(pod: string, port: number, said: string): ProblemError {
  const isNobody = /connection refused/i.test(said);
  return new ProblemError({
    code: 'cloud-unreachable',
    message: isNobody
      ? `Nothing in the pod ${pod} listens on port ${port}.`
      : `The pod ${pod} did not carry port ${port}. Its node says: ${clean(said)}`,
    fix: isNobody ? 'See in its logs whether it has started, and which port it takes.' : 'Try again.',
  });
}

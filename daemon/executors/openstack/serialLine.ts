// The serial line of a server over the one WebSocket that Nova's proxy gives it (nova-serialproxy): bytes both ways and
// nothing else, no size and no exit code. The address holds a token and lets in whoever has it, so that no error says
// more of it than its host. It opens only what the terminals room has a person's yes for; `ws` is loaded only then.

import type { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { TerminalEnd } from '../../../shared/model/terminal.ts';
import { limits } from '../../config.ts';
import type { RemoteTerminal } from '../contract.ts';
import { errnoOf } from '../kit/errno.ts';
import { abortError } from '../kit/transport.ts';

export interface SerialLineRequest {
  /** With its token: ws or wss. */
  readonly address: URL;
  /** Opens the connection: proxy and authorities as for the rest of the cloud. */
  readonly agent: Agent;
  /** Whose line it is, for people. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/** What nova-serialproxy speaks (websockify); the other word that old ones know is for browsers without binary frames. */
const protocol = 'binary';
/** RFC 6455, 7.1.5: the connection broke, nobody closed it. */
const brokenCode = 1006;

/** Throws ProblemError. */
export async function openSerialLine(request: SerialLineRequest): Promise<RemoteTerminal> {
  const { address, agent, signal } = request;
  const { WebSocket: Socket } = await import('ws');
  signal.throwIfAborted();
  const socket = new Socket(address, [protocol], {
    agent,
    perMessageDeflate: false,
    handshakeTimeout: limits.terminalOpenTimeoutMs,
    maxPayload: limits.serialFrameBytesMax,
  });
  socket.on('error', () => undefined);
  // It listens before it is open: what comes with the handshake must not be lost.
  const remote = carry(socket, request.name);
  await opened(socket, request);
  return remote;
}

function opened(socket: WebSocket, request: SerialLineRequest): Promise<void> {
  const { signal } = request;
  return new Promise((resolve, reject) => {
    const leave = (error: unknown): void => {
      signal.removeEventListener('abort', giveUp);
      reject(error);
      socket.terminate();
    };
    const giveUp = (): void => leave(signal.reason instanceof Error ? signal.reason : abortError());
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('open', () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    });
    socket.once('error', (error) => leave(unreachable(request, error)));
    socket.once('unexpected-response', (_request, { statusCode = 0 }) => leave(refused(request, statusCode)));
  });
}

function carry(socket: WebSocket, name: string): RemoteTerminal {
  const bytes = new Duplex({
    read: () => socket.resume(),
    write: (part: Buffer, _encoding, done) => socket.send(part, { binary: true }, () => done()),
    destroy: (error, done) => {
      socket.terminate();
      done(error);
    },
  });
  bytes.on('error', () => undefined);
  socket.on('message', (part: Buffer) => {
    if (part.length > 0 && !bytes.push(part)) socket.pause();
  });
  const ended = new Promise<TerminalEnd>((resolve) => {
    socket.on('close', (code) => {
      bytes.push(null);
      resolve({
        reason:
          code === brokenCode
            ? `The line to the serial console of ${name} was cut.`
            : `The serial console of ${name} hung up.`,
      });
    });
  });
  return { bytes, ended, resize: () => undefined };
}

/** Of what the socket says only its code: its words may hold the address. */
function unreachable({ address, name }: SerialLineRequest, error: Error): ProblemError {
  const code = errnoOf(error) ?? 'no answer';
  const isCertificate = /CERT|UNABLE_TO_/.test(code);
  return new ProblemError({
    code: isCertificate ? 'cloud-certificate' : 'cloud-unreachable',
    message: isCertificate
      ? `The certificate of the proxy at ${address.host}, which carries the serial console of ${name}, is not trusted (${code}).`
      : `The proxy at ${address.host}, which carries the serial console of ${name}, cannot be reached (${code}).`,
    fix: isCertificate
      ? 'Name the authority that signed it as cacert of the cloud, or ask its operator.'
      : 'Nova names this address: see whether this machine reaches it (VPN, firewall), or ask the operator of the cloud for one that can be reached.',
  });
}

function refused({ address, name }: SerialLineRequest, status: number): ProblemError {
  return new ProblemError({
    code: 'cloud-failed',
    message: `The proxy at ${address.host} did not open the serial console of ${name} (it answered ${status}).`,
    fix: 'Ask for it again; if it stays, the operator of the cloud finds the cause in the logs of nova-serialproxy.',
  });
}

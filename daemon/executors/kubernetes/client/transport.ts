// Sends one HTTP request and gives its answer whole, or as a stream of bytes. It keeps the bounds of time and size,
// says how far a failed request got, and knows nothing of Kubernetes.

import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { limits } from '../../../config.ts';
import { errnoOf } from '../../kit/errno.ts';
import { abortError, TransportError } from '../../kit/transport.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body?: string;
  readonly agent: http.Agent;
  readonly signal: AbortSignal;
  /** Longest silence in ms; default `limits.cloudIdleTimeoutMs`. */
  readonly idleMs?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export interface HttpStream {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Readable;
}

/** The answer, of any status. Throws TransportError, or an AbortError when the signal ends. */
export async function send(request: HttpRequest): Promise<HttpAnswer> {
  const whole = AbortSignal.timeout(limits.cloudRequestTimeoutMs);
  const signal = AbortSignal.any([request.signal, whole]);
  try {
    const stream = await open({ ...request, signal });
    const text = await textOf(stream.body, limits.cloudBodyBytesMax);
    return { status: stream.status, headers: stream.headers, text };
  } catch (error) {
    if (request.signal.aborted) throw abortError();
    if (whole.aborted) throw new TransportError('sent', 'DEADLINE', error);
    throw error;
  }
}

/** The answer as soon as it begins; its body is read by the caller, who destroys it when done. */
export function open(request: HttpRequest): Promise<HttpStream> {
  const { url, method, headers, agent, signal, body } = request;
  const idleMs = request.idleMs ?? limits.cloudIdleTimeoutMs;
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortError());
      return;
    }
    let isSent = false;
    const { request: start } = url.protocol === 'http:' ? http : https;
    const sent = start(url, {
      method,
      agent,
      signal,
      headers: body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    sent.setTimeout(idleMs, () => sent.destroy(Object.assign(new Error('idle'), { code: 'IDLE' })));
    sent.on('socket', (socket) => {
      // A kept connection is ready; a new one with TLS is once it is trusted.
      if (sent.reusedSocket) isSent = true;
      else
        socket.once(url.protocol === 'http:' ? 'connect' : 'secureConnect', () => {
          isSent = true;
        });
    });
    sent.on('error', (error) => reject(failure(error, isSent ? 'sent' : 'connecting', signal)));
    sent.on('response', (response) => {
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: bodyOf(response, signal, idleMs),
      });
    });
    sent.end(body);
  });
}

function bodyOf(response: http.IncomingMessage, signal: AbortSignal, idleMs: number): Readable {
  response.setTimeout(idleMs, () => response.destroy(Object.assign(new Error('idle'), { code: 'IDLE' })));
  const plain = response.headers['content-encoding'] === 'gzip' ? response.pipe(createGunzip()) : response;
  if (plain !== response) response.on('error', (error) => plain.destroy(error));
  plain.once('error', () => response.destroy());
  signal.addEventListener('abort', () => plain.destroy(), { once: true });
  return plain;
}

async function textOf(body: Readable, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bytesMax) throw new TransportError('answering', 'TOO-LARGE');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof TransportError ? error : failure(error as Error, 'answering');
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
}

function failure(error: Error, phase: 'connecting' | 'sent' | 'answering', signal?: AbortSignal): Error {
  if (signal?.aborted || error.name === 'AbortError') return abortError();
  return new TransportError(phase, errnoOf(error) ?? 'TRUNCATED', error);
}

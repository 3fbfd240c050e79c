// A thin client of the Docker Engine API over its Unix socket, which Docker and podman both speak. It asks for what
// it is told, checks nothing but the shape of the conversation, and turns every failure into a sentence. It keeps no
// connection open but the one of events.

import http from 'node:http';
import type { Duplex } from 'node:stream';
import type { z } from 'zod';
import { type Problem, ProblemError } from '../../../../shared/model/problem.ts';
import { limits } from '../../../config.ts';

export interface EngineRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** To go after "to": "stop the container web". */
  readonly what: string;
  readonly signal?: AbortSignal;
}

export interface EngineAnswer {
  readonly status: number;
  readonly body: Buffer;
}

export interface Engine {
  readonly socket: string;
  /** The answer, also 304 (nothing to do). Throws ProblemError for 400 and above. */
  call(request: EngineRequest): Promise<EngineAnswer>;
  read<T>(request: EngineRequest, schema: z.ZodType<T>): Promise<T>;
  /** Lines of JSON until the engine or the signal ends it. */
  follow(request: EngineRequest, onLine: (value: unknown) => void): Promise<void>;
  /** The connection itself, after the engine has handed it over. The signal ends the wait, not the connection. */
  hijack(request: EngineRequest): Promise<Duplex>;
}

export function createEngine(socket: string): Engine {
  const call = (request: EngineRequest): Promise<EngineAnswer> =>
    new Promise((resolve, reject) => {
      const fail = (error: unknown, isAnswering: boolean): void => {
        if (request.signal?.aborted) reject(request.signal.reason as Error);
        else reject(new ProblemError(problemOfSocket(error, socket, request.what, isAnswering), error));
      };
      const sent = send(socket, request, (response) => {
        collect(response)
          .then((body) => {
            const status = response.statusCode ?? 0;
            if (status >= 400) reject(new ProblemError(problemOfStatus(status, body, request.what)));
            else resolve({ status, body });
          })
          .catch((error: unknown) => fail(error, true));
      });
      sent.on('error', (error) => fail(error, false));
    });
  return {
    socket,
    call,
    async read(request, schema) {
      const { body } = await call(request);
      const parsed = schema.safeParse(parseJson(body.toString('utf8')));
      if (parsed.success) return parsed.data;
      throw new ProblemError({
        code: 'cloud-failed',
        message: `The container engine answered in a form Pilothouse does not know while trying to ${request.what} (${parsed.error.issues[0]?.path.join('.') ?? ''}).`,
        fix: 'It may be newer or older than what Pilothouse was tried with; please report its version.',
      });
    },
    follow: (request, onLine) => follow(socket, request, onLine),
    hijack: (request) => hijack(socket, request),
  };
}

function hijack(socketPath: string, { signal, ...request }: EngineRequest): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const refused = (response: http.IncomingMessage): void => {
      collect(response)
        .then((body) => problemOfStatus(response.statusCode ?? 0, body, request.what))
        .then((problem) => reject(new ProblemError(problem)))
        .catch(reject);
    };
    const sent = send(socketPath, request, refused, { connection: 'Upgrade', upgrade: 'tcp' });
    const stop = (): void => {
      sent.destroy();
      reject(signal?.reason as Error);
    };
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop, { once: true });
    sent.on('upgrade', (_response, stream: Duplex, head: Buffer) => {
      signal?.removeEventListener('abort', stop);
      sent.setTimeout(0);
      if (head.length > 0) stream.unshift(head);
      resolve(stream);
    });
    sent.on('error', (error) =>
      reject(new ProblemError(problemOfSocket(error, socketPath, request.what, false), error)),
    );
  });
}

function send(
  socket: string,
  request: EngineRequest,
  onResponse: (response: http.IncomingMessage) => void,
  headers: http.OutgoingHttpHeaders = {},
): http.ClientRequest {
  const query = new URLSearchParams(request.query).toString();
  const text = request.body === undefined ? undefined : JSON.stringify(request.body);
  const sent = http.request(
    {
      socketPath: socket,
      path: query === '' ? request.path : `${request.path}?${query}`,
      method: request.method ?? 'GET',
      headers: {
        host: 'localhost',
        ...headers,
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      },
      agent: false,
      signal: request.signal,
      timeout: limits.cloudIdleTimeoutMs,
    },
    onResponse,
  );
  sent.on('timeout', () => sent.destroy(Object.assign(new Error('no answer in time'), { code: 'IDLE' })));
  sent.end(text);
  return sent;
}

async function collect(response: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    bytes += (part as Buffer).length;
    if (bytes > limits.cloudBodyBytesMax)
      throw Object.assign(new Error('the answer is too long'), { code: 'TOO_LONG' });
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function follow(socket: string, request: EngineRequest, onLine: (value: unknown) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = send(socket, request, (response) => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = (lines.pop() ?? '').slice(-limits.localEventCharactersMax);
        for (const line of lines) {
          const value = parseJson(line);
          if (value !== undefined) onLine(value);
        }
      });
      response.on('end', () => resolve());
      response.on('error', (error) => (request.signal?.aborted ? resolve() : reject(error)));
    });
    // A quiet stream of events is no failure.
    sent.setTimeout(0);
    sent.on('error', (error) => (request.signal?.aborted ? resolve() : reject(error)));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What went wrong on the way to the engine, as a sentence. */
export function problemOfSocket(error: unknown, socket: string, what: string, isAnswering: boolean): Problem {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (isAnswering)
    return {
      code: 'cloud-unreachable',
      message: `The container engine at ${socket} stopped answering half-way while trying to ${what}.`,
      fix: 'See whether Docker or podman was restarted, and look at the state of the container before you ask again.',
    };
  if (code === 'EACCES' || code === 'EPERM')
    return {
      code: 'cloud-forbidden',
      message: `You may not use the container engine at ${socket}.`,
      fix: 'Join the group of the socket (for Docker: sudo usermod -aG docker $USER, then sign in again), or use a rootless engine.',
    };
  if (code === 'ENOENT' || code === 'ECONNREFUSED')
    return {
      code: 'cloud-unreachable',
      message: `The container engine at ${socket} does not run.`,
      fix: 'Start it: "sudo systemctl start docker", or "systemctl --user start podman.socket" for podman.',
    };
  if (code === 'IDLE')
    return {
      code: 'cloud-unreachable',
      message: `The container engine at ${socket} took the request to ${what} and did not answer in time.`,
      fix: 'See whether the engine hangs; look at the state of the container before you ask again.',
    };
  return {
    code: 'cloud-unreachable',
    message: `The container engine at ${socket} broke off while trying to ${what} (${code || (error as Error).message}).`,
    fix: 'See whether Docker or podman was restarted, and look at the state of the container before you ask again.',
  };
}

function problemOfStatus(status: number, body: Buffer, what: string): Problem {
  const said = saidBy(body.toString('utf8'));
  const quote = said === '' ? '' : ` It says: ${said}`;
  if (status === 404)
    return {
      code: 'cloud-not-found',
      message: `The container engine does not have what is needed to ${what}.${quote}`,
      fix: 'It may have been removed meanwhile: list the containers and ask again.',
    };
  if (status === 409)
    return {
      code: 'cloud-conflict',
      message: `The container engine could not ${what} in the state things are in now.${quote}`,
      fix: 'Look at the state of the container and ask again.',
    };
  if (status === 400)
    return { code: 'cloud-invalid', message: `The container engine refused to ${what}.${quote}` };
  if (status === 401 || status === 403)
    return { code: 'cloud-forbidden', message: `The container engine does not let you ${what}.${quote}` };
  return {
    code: 'cloud-failed',
    message: `The container engine failed (${status}) while trying to ${what}.${quote}`,
    fix: 'Look at the state of the container, and at the log of the engine.',
  };
}

/** `message` of Docker, `message` or `cause` of podman; one line, shortened. */
function saidBy(text: string): string {
  const body = parseJson(text) as { readonly message?: unknown; readonly cause?: unknown } | undefined;
  const said = [body?.message, body?.cause].find((one) => typeof one === 'string') ?? text;
  const line = String(said)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  const max = limits.cloudMessageCharactersMax;
  return line.length > max ? `${line.slice(0, max)}…` : line;
}

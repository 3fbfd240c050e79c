// The client every source and handler of this executor speaks through: one request to one API server, with sign-in,
// retries and errors taken care of. A write that may have been heard is never sent again: that becomes an
// UnsettledError, which its handler settles by reading. It knows nothing of resources or operations.

import { ProblemError } from '../../../../shared/model/problem.ts';
import { limits } from '../../../config.ts';
import { backoffMs, pause, retryAfterMs } from '../../kit/pause.ts';
import { UnsettledError } from '../../kit/settling.ts';
import { TransportError } from '../../kit/transport.ts';
import type { ContextConfig } from '../config/findContexts.ts';
import { type SignedIn, signIn } from './credentials.ts';
import { type Circumstances, problemOfStatus, problemOfTransport, statusOf } from './problems.ts';
import { type HttpStream, open, send } from './transport.ts';

export interface ClusterRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Beginning with `/api`. Parts that are data go through `encodeURIComponent`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Content type of the body where it is not plain JSON. */
  readonly contentType?: string;
  readonly accept?: string;
  /** It changes nothing although it is no GET: a dry run, a question for a permission. */
  readonly harmless?: boolean;
  readonly signal: AbortSignal;
  /** What is tried, to go after "to" in an error: "read the pods". */
  readonly what: string;
}

export interface Cluster {
  /** Reads the kubeconfig again where it must. Throws ProblemError. */
  signedIn(signal: AbortSignal): Promise<SignedIn>;
  /** The body of a good answer. Throws ProblemError for every answer from 400 on. */
  call<T>(request: ClusterRequest): Promise<T>;
  /** `call`, or undefined where the thing is not there. */
  find<T>(request: ClusterRequest): Promise<T | undefined>;
  /** The body of a good answer as text (logs, metrics). */
  text(request: ClusterRequest): Promise<string>;
  /** A stream that stays open; the caller destroys it. `idleMs` is the longest silence it bears. */
  stream(request: ClusterRequest & { readonly idleMs: number }): Promise<HttpStream>;
  /** What to say of a stream that broke. */
  brokenStream(error: unknown, what: string): ProblemError;
  dispose(): void;
}

export interface ClusterOptions {
  readonly load: () => Promise<ContextConfig>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
}

export function createCluster({ load, env, now }: ClusterOptions): Cluster {
  let current: SignedIn | undefined;
  let signing: Promise<SignedIn> | undefined;

  const giveUp = (session: SignedIn): void => {
    if (current !== session) return;
    current = undefined;
    session.dispose();
  };
  const sign = async (): Promise<SignedIn> => {
    const fresh = await signIn(await load(), env, now);
    const old = current;
    current = fresh;
    // Requests under way keep their connection; only what is idle goes.
    if (old) setTimeout(() => old.dispose(), limits.cloudRequestTimeoutMs).unref();
    return fresh;
  };
  /** Many ask at once when a connection opens: one of them signs in, and a plugin runs once. */
  const session = (signal: AbortSignal): Promise<SignedIn> => {
    signal.throwIfAborted();
    if (current && now() < current.expiresMs) return Promise.resolve(current);
    signing ??= sign().finally(() => {
      signing = undefined;
    });
    return signing;
  };

  const circumstances = (config: ContextConfig, what: string): Circumstances => ({
    context: config.name,
    origin: config.origin,
    host: config.server.host,
    user: config.userName,
    what,
  });

  const attempt = async (request: ClusterRequest, isRead: boolean, fresh: boolean) => {
    const signedIn = await session(request.signal);
    const agent = fresh || !isRead ? signedIn.freshAgent : signedIn.agent;
    const answer = await send({ ...toHttp(request, signedIn), agent });
    return { signedIn, answer };
  };

  const settle = async (request: ClusterRequest): Promise<string> => {
    const isRead = (request.method ?? 'GET') === 'GET' || request.harmless === true;
    let wasCut = false;
    let signIns = 0;
    for (let tries = 0; ; tries++) {
      let tried: Awaited<ReturnType<typeof attempt>>;
      try {
        tried = await attempt(request, isRead, wasCut);
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        if (isRead && !wasCut && isCut(error)) {
          wasCut = true;
          continue;
        }
        throw failed(error, isRead, circumstances((await session(request.signal)).config, request.what));
      }
      const { answer, signedIn } = tried;
      const at = circumstances(signedIn.config, request.what);
      if (answer.status < 300) return answer.text;
      if (answer.status === 401 && signIns++ === 0) {
        giveUp(signedIn);
        continue;
      }
      const body = parseJson(answer.text);
      const waitMs = waitBeforeRepeat(
        answer.status,
        answer.headers['retry-after'],
        body,
        isRead,
        tries,
        now(),
      );
      if (waitMs === undefined) {
        const problem = problemOfStatus(answer.status, body ?? answer.text, at);
        throw !isRead && answer.status >= 500
          ? new UnsettledError(problem, body)
          : new ProblemError(problem, body);
      }
      await pause(waitMs, request.signal);
    }
  };

  const call = async <T>(request: ClusterRequest): Promise<T> => {
    const body = parseJson(await settle(request));
    if (body !== undefined) return body as T;
    const { config } = await session(request.signal);
    throw new ProblemError({
      code: 'cloud-failed',
      message: `What answers at ${config.server.host} is no API server: its answer is no JSON.`,
      fix: `Check "server" of the cluster "${config.clusterName}" in ${config.origin}; a proxy or login page may stand before it.`,
    });
  };

  return {
    signedIn: session,
    call,
    find: async <T>(request: ClusterRequest) => {
      try {
        return await call<T>(request);
      } catch (error) {
        if (error instanceof ProblemError && error.problem.code === 'cloud-not-found') return undefined;
        throw error;
      }
    },
    text: settle,
    stream: async (request) => {
      const signedIn = await session(request.signal);
      const at = circumstances(signedIn.config, request.what);
      let stream: HttpStream;
      try {
        stream = await open({
          ...toHttp(request, signedIn),
          agent: signedIn.freshAgent,
          idleMs: request.idleMs,
        });
      } catch (error) {
        throw error instanceof TransportError ? failed(error, true, at) : error;
      }
      if (stream.status < 300) return stream;
      if (stream.status === 401) giveUp(signedIn);
      const body = await readShort(stream);
      throw new ProblemError(problemOfStatus(stream.status, parseJson(body) ?? body, at));
    },
    brokenStream: (error, what) => {
      if (error instanceof ProblemError) return error;
      const config = current?.config;
      const at = config
        ? circumstances(config, what)
        : { context: 'the cluster', origin: 'the kubeconfig', host: 'its address', what };
      const known =
        error instanceof TransportError
          ? error
          : new TransportError('answering', (error as { code?: string }).code ?? 'CUT', error);
      return failed(known, true, at);
    },
    dispose: () => current?.dispose(),
  };
}

/** Answers on this machine are not worth packing. */
const nearby = /^(localhost|127\.|\[::1\])/;

function toHttp(request: ClusterRequest, { server, headers }: SignedIn) {
  const base = server.pathname.replace(/\/$/, '');
  const url = new URL(server);
  url.pathname = `${base}${request.path}`;
  for (const [name, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  return {
    method: request.method ?? 'GET',
    url,
    signal: request.signal,
    ...(body === undefined ? {} : { body }),
    headers: {
      ...headers,
      accept: request.accept ?? 'application/json',
      'user-agent': 'pilothouse',
      ...(nearby.test(url.host) ? {} : { 'accept-encoding': 'gzip' }),
      ...(body === undefined ? {} : { 'content-type': request.contentType ?? 'application/json' }),
    },
  };
}

const cutCodes = ['ECONNRESET', 'EPIPE', 'TRUNCATED'];
const isCut = (error: TransportError): boolean => cutCodes.includes(error.code);

function failed(error: TransportError, isRead: boolean, at: Circumstances): ProblemError {
  const problem = problemOfTransport(error, at);
  const wasHeard = !isRead && error.phase !== 'connecting';
  return wasHeard ? new UnsettledError(problem, error) : new ProblemError(problem, error);
}

/** How long to wait before the same request may go out again; undefined where it must not. */
function waitBeforeRepeat(
  status: number,
  retryAfter: string | undefined,
  body: unknown,
  isRead: boolean,
  tries: number,
  nowMs: number,
): number | undefined {
  // A budget that forbids an eviction answers 429 as well; its cause says so, and waiting is its handler's affair.
  if (status === 429 && statusOf(body).details?.causes?.some((cause) => cause.reason === 'DisruptionBudget'))
    return undefined;
  const isAway = isRead && [502, 503, 504].includes(status);
  if ((status !== 429 && !isAway) || tries >= limits.cloudRetriesMax) return undefined;
  const asked = retryAfterMs(retryAfter, nowMs);
  if (asked !== undefined && asked > limits.cloudRetryAfterMsMax) return undefined;
  return Math.max(asked ?? 0, backoffMs(tries, limits.cloudBackoffFirstMs, limits.cloudBackoffMs));
}

async function readShort(stream: HttpStream): Promise<string> {
  let text = '';
  try {
    for await (const chunk of stream.body) {
      text += String(chunk);
      if (text.length > 64 * 1024) break;
    }
  } catch {
    // What was said so far is enough.
  }
  stream.body.destroy();
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

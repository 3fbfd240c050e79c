// Keeps one valid login for a connection. Many requests that find it missing share one login; a token that a
// service refuses is given up and asked for once more. After a refused login the same credential rests for a while.

import { readFile } from 'node:fs/promises';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { createGate } from '../../kit/gate.ts';
import type { Redactor } from '../../kit/redact.ts';
import { abortError, createTransport, type Transport } from '../../kit/transport.ts';
import { type CloudConfig, secretsOf } from '../config/cloudConfig.ts';
import { fingerprint, loginBody, parseLogin, type Session } from './keystone.ts';
import type { Circumstances } from './problems.ts';
import { type CloudLimits, sendUntilAnswered } from './sender.ts';

export interface Sessions {
  /** A login that is good for now. Throws ProblemError. */
  get(signal: AbortSignal): Promise<Session>;
  /** A service refused this token: the next `get` logs in anew. */
  giveUp(token: string): void;
  transport(config: CloudConfig): Promise<Transport>;
  /** The login at hand, if there is one. */
  current(): Session | undefined;
  dispose(): void;
}

export interface SessionsOptions {
  readonly load: () => Promise<CloudConfig>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits: CloudLimits;
  readonly redactor: Redactor;
  readonly now: () => number;
}

/** Rest after a refused login: first, and longest after more of them (OWASP names lockouts from three tries on). */
const restFirstMs = 60_000;
const restMsMax = 15 * 60_000;

export function createSessions(options: SessionsOptions): Sessions {
  const ended = new AbortController();
  const transports = new Map<string, Promise<Transport>>();
  const gate = createGate(1);
  let session: Session | undefined;
  let login: Promise<Session> | undefined;
  let refused: { fingerprint: string; error: ProblemError; untilMs: number; restMs: number } | undefined;

  const transport = (config: CloudConfig): Promise<Transport> => {
    const key = JSON.stringify([config.caFile, config.certificateFile, config.keyFile, config.verify]);
    const known = transports.get(key) ?? openTransport(config, options);
    transports.set(key, known);
    known.catch(() => transports.delete(key));
    return known;
  };

  const logIn = async (): Promise<Session> => {
    const config = await options.load();
    for (const secret of secretsOf(config)) options.redactor.learn(secret);
    const print = fingerprint(config);
    if (refused?.fingerprint === print && options.now() < refused.untilMs) throw refused.error;
    const at: Circumstances = {
      config,
      service: 'Keystone',
      what: 'log in',
      host: new URL(config.authUrl).host,
      redact: options.redactor.redact,
    };
    const sending = { transport: await transport(config), gate, limits: options.limits, now: options.now };
    const request = {
      method: 'POST',
      url: new URL(`${config.authUrl}/auth/tokens`),
      headers: { accept: 'application/json' },
      body: loginBody(config),
      signal: ended.signal,
    };
    try {
      const made = parseLogin(await sendUntilAnswered(request, sending, at), config, at, options.now());
      options.redactor.learn(made.token);
      refused = undefined;
      return made;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'cloud-unauthorized') {
        const restMs = refused?.fingerprint === print ? Math.min(refused.restMs * 2, restMsMax) : restFirstMs;
        refused = { fingerprint: print, error, untilMs: options.now() + restMs, restMs };
      }
      throw error;
    }
  };

  return {
    get: (signal) => {
      if (session && options.now() < session.renewAtMs) return Promise.resolve(session);
      login ??= logIn()
        .then((made) => {
          session = made;
          return made;
        })
        .finally(() => {
          login = undefined;
        });
      return untilAborted(login, signal);
    },
    giveUp: (token) => {
      if (session?.token === token) session = undefined;
    },
    transport,
    current: () => session,
    dispose: () => {
      ended.abort();
      for (const one of transports.values()) one.then((open) => open.dispose()).catch(() => undefined);
      session = undefined;
    },
  };
}

async function openTransport(config: CloudConfig, options: SessionsOptions): Promise<Transport> {
  return createTransport({
    ca: await readNamedFile(config, 'cacert', config.caFile),
    certificate: await readNamedFile(config, 'cert', config.certificateFile),
    key: await readNamedFile(config, 'key', config.keyFile),
    verify: config.verify,
    idleTimeoutMs: options.limits.cloudIdleTimeoutMs,
    requestTimeoutMs: options.limits.cloudRequestTimeoutMs,
    bodyBytesMax: options.limits.cloudBodyBytesMax,
    connectionsMax: options.limits.cloudConcurrency,
    env: options.env,
  });
}

async function readNamedFile(config: CloudConfig, setting: string, path: string | undefined) {
  if (!path) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ProblemError(
      {
        code: 'config-invalid',
        message: `The file that "${setting}" of cloud "${config.name}" names cannot be read: ${path}.`,
        fix: `Correct "${setting}" in ${config.origin}, or put the file there.`,
      },
      error,
    );
  }
}

/** Waits for shared work, but no longer than this caller wants to. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined);
    return Promise.reject(abortError());
  }
  return new Promise((resolve, reject) => {
    const leave = () => reject(abortError());
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

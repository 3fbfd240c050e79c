// The typed client of the protocol over any transport: requests, notifications, cancellation, progress. It knows no
// socket and no editor, so extension, terminal, webviews and tests share it. Every failure is a ProblemError with a
// sentence and a fix; a daemon that sends rubbish is cut off, never half believed.

import {
  createJSONRPCErrorResponse,
  createJSONRPCNotification,
  createJSONRPCRequest,
  JSONRPCClient,
  type JSONRPCResponse,
  JSONRPCServer,
} from 'json-rpc-2.0';
import { type Problem, ProblemError, problemCodes, problemOf } from '../model/problem.ts';
import type { ClientNotifications, Method, ParamsOf, ResultOf, ServerNotifications } from './messages.ts';
import { type CancelSignal, startTimer } from './runtime.ts';
import {
  garbledBy,
  parseMessage,
  problemFromWire,
  timedOut,
  type WireError,
  type WireMessage,
} from './wire.ts';

/** One open line to a daemon. Messages are single lines without their newline. */
export interface Transport {
  send(line: string): void;
  /** Sets the one listener for lines. */
  onLine(listener: (line: string) => void): void;
  /** Sets the one listener for the end; the problem says why, where the transport knows. */
  onClose(listener: (problem?: Problem) => void): void;
  close(): void;
}

export type Progress = ServerNotifications['$/progress'];

export interface RequestOptions<R = unknown> {
  readonly signal?: CancelSignal;
  /** Gives up after this long; 0 waits for ever. Default: `timeoutMsOf(method)`. */
  readonly timeoutMs?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Called with the result before any later message of the daemon is looked at. */
  readonly onResult?: (result: R) => void;
}

export interface ClientOptions {
  /** Told of messages that are not in the table, for the log. */
  readonly onUnexpected?: (what: string) => void;
}

/** `request` takes no parameters where the method has none, else its parameters first. */
export type RequestArguments<M extends Method> =
  Record<never, never> extends ParamsOf<M>
    ? [params?: ParamsOf<M>, options?: RequestOptions<ResultOf<M>>]
    : [params: ParamsOf<M>, options?: RequestOptions<ResultOf<M>>];

export interface Client {
  /** Rejects with ProblemError only. */
  request<M extends Method>(method: M, ...rest: RequestArguments<M>): Promise<ResultOf<M>>;
  notify<N extends keyof ClientNotifications>(method: N, params: ClientNotifications[N]): void;
  onNotification<N extends keyof ServerNotifications>(
    method: N,
    listener: (params: ServerNotifications[N]) => void,
  ): () => void;
  /** Called once when the line has ended, at once where it has already. */
  onClose(listener: (problem: Problem) => void): () => void;
  /** Why the line ended; undefined while it is open. */
  readonly closed: Problem | undefined;
  /** Requests that wait for their answer, but those that wait for something to happen (`model/serve`). */
  readonly pending: number;
  /** Ends the line; requests under way fail with the problem. */
  close(problem?: Problem): void;
}

const disconnected: Problem = {
  code: 'disconnected',
  message: 'The connection to the Pilothouse daemon has ended.',
  fix: 'It is started again by itself; try again in a moment. What was running goes on and is found again.',
};

/** Methods that read clouds or wait for them take their time; a daemon that hangs is noticed by the session. */
const slowMethods: ReadonlySet<Method> = new Set([
  'connection/rescan',
  'connection/refresh',
  'resource/logs',
  'request/submit',
  'request/choose',
  'plan/propose',
  'plan/approve',
  'plan/undo',
  'audit/verify',
]);

/** Methods that wait for something to happen; they say nothing about whether the daemon is alive. */
const restingMethods: ReadonlySet<string> = new Set(['model/serve']);

/** How long a client waits for an answer, in ms; 0 is for ever. */
export function timeoutMsOf(method: Method): number {
  if (method === 'plan/wait' || restingMethods.has(method)) return 0;
  return slowMethods.has(method) ? 300_000 : 30_000;
}

interface Pending {
  readonly method: string;
  readonly onProgress?: (progress: Progress) => void;
  readonly onResult?: (result: never) => void;
}

/** Speaks the protocol over `transport` and owns it from here on. */
export function createClient(transport: Transport, options: ClientOptions = {}): Client {
  const pending = new Map<number, Pending>();
  const rpc = new JSONRPCClient((message: { readonly id: number }) => {
    try {
      transport.send(JSON.stringify(message));
    } catch (error) {
      settle(message.id, problemOf(error));
    }
  });
  const notifications = new JSONRPCServer({ errorListener: () => {} });
  const listeners = new Map<string, Set<(params: never) => void>>();
  const closeListeners = new Set<(problem: Problem) => void>();
  let closed: Problem | undefined;
  let lastId = 0;

  const settle = (id: number, problem: Problem): void =>
    rpc.receive(createJSONRPCErrorResponse(id, problemCodes[problem.code], problem.message, problem));
  const end = (problem: Problem): void => {
    if (closed) return;
    closed = problem;
    for (const id of [...pending.keys()]) settle(id, problem);
    for (const listener of [...closeListeners]) listener(problem);
    closeListeners.clear();
  };
  const fail = (problem: Problem): void => {
    end(problem);
    transport.close();
  };

  notifications.addMethod('$/progress', (params: Progress) => {
    pending.get(Number(params.request))?.onProgress?.(params);
  });
  transport.onClose((problem) => end(problem ?? disconnected));
  transport.onLine((line) => {
    const message = closed ? undefined : parseMessage(line);
    if (closed) return;
    if (!message) {
      fail(garbledBy(line));
      return;
    }
    if (message.method !== undefined) return receiveNotification(message);
    if (message.id === null) {
      fail(problemFromWire(message.error as WireError).problem);
      return;
    }
    const waiting = pending.get(Number(message.id));
    if (waiting && message.error === undefined) waiting.onResult?.(message.result as never);
    rpc.receive(message as unknown as JSONRPCResponse);
  });

  function receiveNotification(message: WireMessage): void {
    const heard = listeners.get(message.method!);
    if (!heard && !notifications.hasMethod(message.method!)) options.onUnexpected?.(message.method!);
    for (const listener of heard ?? []) listener(message.params as never);
    if (message.id === undefined) void notifications.receive(message as never);
  }

  function send(method: string, params: unknown, request: RequestOptions<never>, timeoutMs: number) {
    const id = ++lastId;
    pending.set(id, { method, onProgress: request.onProgress, onResult: request.onResult });
    const cancel = (problem: Problem) => {
      if (!pending.has(id) || closed) return;
      client.notify('$/cancelRequest', { id });
      settle(id, problem);
    };
    const onAbort = () => cancel({ code: 'cancelled', message: 'It was cancelled.' });
    const stopTimer =
      timeoutMs > 0 ? startTimer(timeoutMs, () => cancel(timedOut(method, timeoutMs))) : () => {};
    request.signal?.addEventListener('abort', onAbort);
    const finish = (): void => {
      pending.delete(id);
      stopTimer();
      request.signal?.removeEventListener('abort', onAbort);
    };
    return rpc.requestAdvanced(createJSONRPCRequest(id, method, params)).then((response) => {
      finish();
      if (response.error) throw problemFromWire(response.error);
      return response.result;
    });
  }

  const client: Client = {
    async request(method, ...rest) {
      const [params = {}, request = {}] = rest as [unknown?, RequestOptions<never>?];
      if (closed) throw new ProblemError(closed);
      if (request.signal?.aborted)
        throw new ProblemError({ code: 'cancelled', message: 'It was cancelled.' });
      return await send(method, params, request, request.timeoutMs ?? timeoutMsOf(method));
    },
    notify(method, params) {
      if (!closed) transport.send(JSON.stringify(createJSONRPCNotification(method, params)));
    },
    onNotification(method, listener) {
      const set = listeners.get(method) ?? new Set();
      listeners.set(method, set.add(listener));
      return () => set.delete(listener);
    },
    onClose(listener) {
      if (closed) listener(closed);
      else closeListeners.add(listener);
      return () => closeListeners.delete(listener);
    },
    get closed() {
      return closed;
    },
    get pending() {
      let count = 0;
      for (const { method } of pending.values()) if (!restingMethods.has(method)) count++;
      return count;
    },
    close(problem = disconnected) {
      fail(problem);
    },
  };
  return client;
}

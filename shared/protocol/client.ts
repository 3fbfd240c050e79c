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
import { createDeadlines } from './deadlines.ts';
import type { ClientNotifications, Method, ParamsOf, ResultOf, ServerNotifications } from './messages.ts';
import type { CancelSignal } from './runtime.ts';
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
  'resource/logParts',
  'manifest/read',
  'request/submit',
  'request/choose',
  'plan/propose',
  'plan/approve',
  'plan/undo',
  'plan/continue',
  'audit/verify',
  'state/backup',
  'state/restore',
  'terminal/ways',
  'terminal/propose',
  'terminal/open',
  'terminal/input',
  'neo4j/try',
  'neo4j/query',
  'neo4j/propose',
]);

/** Methods that wait for something to happen; they say nothing about whether the daemon is alive. */
const restingMethods: ReadonlySet<string> = new Set(['model/serve']);

/** How long a client waits for an answer, in ms; 0 is for ever. */
export function timeoutMsOf(method: Method): number {
  if (method === 'plan/wait' || method === 'neo4j/export' || restingMethods.has(method)) return 0;
  return slowMethods.has(method) ? 300_000 : 30_000;
}

interface Pending {
  readonly method: Method;
  readonly options: RequestOptions<never>;
  readonly timeoutMs: number;
  /** When it is given up, ms since the epoch; Infinity: never. */
  readonly dueMs: number;
}

const cancelled: Problem = { code: 'cancelled', message: 'It was cancelled.' };
const noOptions: RequestOptions<never> = {};
const noParams = {};

/** Speaks the protocol over `transport` and owns it from here on. */
export function createClient(transport: Transport, options: ClientOptions = {}): Client {
  return new ProtocolClient(transport, options);
}

class ProtocolClient implements Client {
  #transport: Transport;
  #options: ClientOptions;
  #rpc: JSONRPCClient;
  #notifications = new JSONRPCServer({ errorListener: () => {} });
  #pending = new Map<number, Pending>();
  #deadlines = createDeadlines((nowMs) => this.#giveUpDue(nowMs));
  #listeners = new Map<string, Set<(params: never) => void>>();
  #closeListeners = new Set<(problem: Problem) => void>();
  #closed: Problem | undefined;
  #lastId = 0;

  constructor(transport: Transport, options: ClientOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#rpc = new JSONRPCClient((message: { readonly id: number }) => this.#send(message));
    this.#notifications.addMethod('$/progress', (params: Progress) => {
      this.#pending.get(Number(params.request))?.options.onProgress?.(params);
    });
    transport.onClose((problem) => this.#end(problem ?? disconnected));
    transport.onLine((line) => this.#receive(line));
  }

  get closed(): Problem | undefined {
    return this.#closed;
  }
  get pending(): number {
    let count = 0;
    for (const { method } of this.#pending.values()) if (!restingMethods.has(method)) count++;
    return count;
  }

  request<M extends Method>(method: M, ...rest: RequestArguments<M>): Promise<ResultOf<M>>;
  request<M extends Method>(
    method: M,
    params: unknown = noParams,
    options: RequestOptions<never> = noOptions,
  ): Promise<ResultOf<M>> {
    const objection = this.#closed ?? (options.signal?.aborted ? cancelled : undefined);
    if (objection) return Promise.reject(new ProblemError(objection));
    const id = ++this.#lastId;
    const timeoutMs = options.timeoutMs ?? timeoutMsOf(method);
    const dueMs = timeoutMs > 0 ? Date.now() + timeoutMs : Number.POSITIVE_INFINITY;
    this.#pending.set(id, { method, options, timeoutMs, dueMs });
    this.#deadlines.watch(dueMs);
    const stopListening = options.signal && this.#cancelAt(options.signal, id);
    const answered = this.#rpc.requestAdvanced(createJSONRPCRequest(id, method, params));
    return (answered as Promise<JSONRPCResponse>).then((response) => {
      this.#pending.delete(id);
      stopListening?.();
      if (response.error) throw problemFromWire(response.error);
      return response.result;
    });
  }

  notify<N extends keyof ClientNotifications>(method: N, params: ClientNotifications[N]): void {
    if (!this.#closed) this.#transport.send(JSON.stringify(createJSONRPCNotification(method, params)));
  }

  onNotification<N extends keyof ServerNotifications>(
    method: N,
    listener: (params: ServerNotifications[N]) => void,
  ): () => void {
    const set = this.#listeners.get(method) ?? new Set();
    this.#listeners.set(method, set.add(listener));
    return () => void set.delete(listener);
  }

  onClose(listener: (problem: Problem) => void): () => void {
    if (this.#closed) listener(this.#closed);
    else this.#closeListeners.add(listener);
    return () => void this.#closeListeners.delete(listener);
  }

  close(problem: Problem = disconnected): void {
    this.#end(problem);
    this.#transport.close();
  }

  #send(message: { readonly id: number }): void {
    try {
      this.#transport.send(JSON.stringify(message));
    } catch (error) {
      this.#settle(message.id, problemOf(error));
    }
  }

  #receive(line: string): void {
    if (this.#closed) return;
    const message = parseMessage(line);
    if (!message) {
      this.close(garbledBy(line));
    } else if (message.method !== undefined) {
      this.#receiveNotification(message, message.method);
    } else if (message.id === null) {
      this.close(problemFromWire(message.error as WireError).problem);
    } else {
      const onResult = this.#pending.get(message.id as number)?.options.onResult;
      if (onResult && message.error === undefined) onResult(message.result as never);
      this.#rpc.receive(message as unknown as JSONRPCResponse);
    }
  }

  #receiveNotification(message: WireMessage, method: string): void {
    const heard = this.#listeners.get(method);
    if (!heard && !this.#notifications.hasMethod(method)) this.#options.onUnexpected?.(method);
    for (const listener of heard ?? []) listener(message.params as never);
    if (message.id === undefined) void this.#notifications.receive(message as never);
  }

  /** Answers a request in the daemon's stead. */
  #settle(id: number, problem: Problem): void {
    this.#rpc.receive(createJSONRPCErrorResponse(id, problemCodes[problem.code], problem.message, problem));
  }

  #cancel(id: number, problem: Problem): void {
    if (!this.#pending.has(id) || this.#closed) return;
    this.notify('$/cancelRequest', { id });
    this.#settle(id, problem);
  }

  #cancelAt(signal: CancelSignal, id: number): () => void {
    const onAbort = (): void => this.#cancel(id, cancelled);
    signal.addEventListener('abort', onAbort);
    return () => signal.removeEventListener('abort', onAbort);
  }

  /** Gives up what is due; gives when the next is. */
  #giveUpDue(nowMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [id, { method, timeoutMs, dueMs }] of [...this.#pending]) {
      if (dueMs <= nowMs) this.#cancel(id, timedOut(method, timeoutMs));
      else nextMs = Math.min(nextMs, dueMs);
    }
    return nextMs;
  }

  #end(problem: Problem): void {
    if (this.#closed) return;
    this.#closed = problem;
    this.#deadlines.dispose();
    for (const id of [...this.#pending.keys()]) this.#settle(id, problem);
    for (const listener of [...this.#closeListeners]) listener(problem);
    this.#closeListeners.clear();
  }
}

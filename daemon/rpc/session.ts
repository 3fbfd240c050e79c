// One client from its first line to its last: it must introduce itself in time, may have so many requests under way,
// can cancel them, and holds its subscriptions. Everything it sends is data: what is not a request of the table is
// answered with an error, what is not JSON ends the session. Made by the server, one for each socket.

import type net from 'node:net';
import { createJSONRPCErrorResponse, type JSONRPCRequest, type JSONRPCResponse } from 'json-rpc-2.0';
import type { Actor } from '../../shared/model/plan.ts';
import { type Problem, ProblemError, problemCodes } from '../../shared/model/problem.ts';
import type { ServerNotifications } from '../../shared/protocol/messages.ts';
import { limits } from '../config.ts';
import type {
  OpenSubscription,
  RequestContext,
  Services,
  SessionInfo,
  SubscriptionSink,
} from './contract.ts';
import { createWire, type Wire, type WireOptions } from './wire.ts';

export type SessionLimits = WireOptions & {
  readonly requestsPerSessionMax?: number;
  readonly subscriptionsPerSessionMax?: number;
  readonly initializeTimeoutMs?: number;
};

export interface SessionHost {
  readonly services: Services;
  readonly limits: SessionLimits;
  /** Validates, hands to the handler and gives the response; never rejects. */
  dispatch(request: JSONRPCRequest, call: Call): PromiseLike<JSONRPCResponse | null>;
  sessions(): readonly SessionInfo[];
  onClose(session: Session): void;
}

/** One request under way. The signal is made when somebody looks at it: most requests end at once. */
export class Call implements RequestContext {
  readonly session: Session;
  readonly id: number | string;
  /** Subscriptions that begin after the answer. */
  opened: OpenSubscription[] | undefined;
  #abort: AbortController | undefined;
  #isAborted = false;

  constructor(session: Session, id: number | string) {
    this.session = session;
    this.id = id;
  }
  get services(): Services {
    return this.session.host.services;
  }
  get actor(): Actor {
    return this.session.actor;
  }
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#isAborted) this.#abort.abort();
    return this.#abort.signal;
  }
  abort(): void {
    this.#isAborted = true;
    this.#abort?.abort();
  }
  progress(message: string, more: Parameters<RequestContext['progress']>[1] = {}): void {
    if (this.#isAborted || this.session.isCongested) return;
    this.session.notify('$/progress', { request: this.id, message, ...more });
  }
  sessions(): readonly SessionInfo[] {
    return this.session.host.sessions();
  }
  addSubscription(open: (id: number, sink: SubscriptionSink) => OpenSubscription): number {
    this.opened ??= [];
    return this.session.addSubscription(open, this.opened);
  }
  closeSubscription(id: number): boolean {
    return this.session.closeSubscription(id);
  }
}

export class Session implements SessionInfo {
  readonly id: string;
  readonly host: SessionHost;
  client: SessionInfo['client'] = { name: 'unknown', version: '0', kind: 'model' };
  actor: Actor = { user: '', client: 'unknown', how: 'model' };
  #wire: Wire;
  #calls = new Map<number | string, Call>();
  #subscriptions = new Map<number, OpenSubscription>();
  #lastSubscription = 0;
  #isInitialized = false;
  #introduction: NodeJS.Timeout;

  constructor(id: string, socket: net.Socket, host: SessionHost) {
    this.id = id;
    this.host = host;
    this.#wire = createWire(
      socket,
      {
        onLine: (line) => this.#receive(line),
        onTooLong: (bytes) => this.#refuse(tooLong(bytes)),
        onDrain: () => this.#resume(),
        onClose: () => this.#close(),
      },
      host.limits,
    );
    this.#introduction = setTimeout(
      () => this.#refuse(noIntroduction),
      host.limits.initializeTimeoutMs ?? limits.initializeTimeoutMs,
    );
  }

  get queuedBytes(): number {
    return this.#wire.queuedBytes;
  }
  get isCongested(): boolean {
    return this.#wire.isCongested;
  }
  get requests(): number {
    return this.#calls.size;
  }
  get isInitialized(): boolean {
    return this.#isInitialized;
  }

  /** The client has said who it is. */
  introduce(client: SessionInfo['client']): void {
    clearTimeout(this.#introduction);
    this.#isInitialized = true;
    this.client = client;
    const name = `${client.name} ${client.version}`;
    this.actor = { user: this.host.services.daemon.user, client: name, how: client.kind, session: this.id };
  }

  notify<N extends keyof ServerNotifications>(method: N, params: ServerNotifications[N]): void {
    this.#wire.send(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  /** Sends what waits and ends. */
  end(): void {
    this.#wire.end();
  }
  destroy(): void {
    this.#wire.destroy();
  }

  addSubscription(
    open: (id: number, sink: SubscriptionSink) => OpenSubscription,
    opened: OpenSubscription[],
  ): number {
    const most = this.host.limits.subscriptionsPerSessionMax ?? limits.subscriptionsPerSessionMax;
    if (this.#subscriptions.size >= most) throw new ProblemError(tooManySubscriptions(most));
    const id = ++this.#lastSubscription;
    const wire = this.#wire;
    const subscription = open(id, {
      send: (change) => this.notify('subscription/didChange', change),
      get isCongested() {
        return wire.isCongested;
      },
    });
    this.#subscriptions.set(id, subscription);
    opened.push(subscription);
    return id;
  }
  closeSubscription(id: number): boolean {
    this.#subscriptions.get(id)?.dispose();
    return this.#subscriptions.delete(id);
  }

  #receive(line: string): void {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      this.#refuse(notJson, -32700);
      return;
    }
    if (!isRequest(message)) this.#sendProblem(null, notARequest, -32600);
    else if (message.id === undefined || message.id === null) this.#receiveNotification(message);
    else this.#receiveRequest(message, message.id);
  }

  #receiveNotification(message: JSONRPCRequest): void {
    if (message.method !== '$/cancelRequest') return;
    const id: unknown = (message.params as { readonly id?: unknown } | undefined)?.id;
    if (typeof id === 'number' || typeof id === 'string') this.#calls.get(id)?.abort();
  }

  #receiveRequest(message: JSONRPCRequest, id: number | string): void {
    const problem = this.#objection(message, id);
    if (problem) {
      this.#sendProblem(id, problem);
      return;
    }
    const call = new Call(this, id);
    this.#calls.set(id, call);
    this.host.dispatch(message, call).then((response) => {
      this.#calls.delete(id);
      if (!response) return;
      this.#sendResponse(response);
      if (call.opened) for (const subscription of call.opened) subscription.start();
    });
  }

  #objection(message: JSONRPCRequest, id: number | string): Problem | undefined {
    if (!this.#isInitialized && message.method !== 'session/initialize') return notInitialized;
    if (this.#calls.has(id)) return sameId;
    const most = this.host.limits.requestsPerSessionMax ?? limits.requestsPerSessionMax;
    return this.#calls.size >= most ? tooManyRequests(most) : undefined;
  }

  #sendResponse(response: JSONRPCResponse): void {
    const line = JSON.stringify(response);
    const most = this.host.limits.frameBytesMax ?? limits.frameBytesMax;
    // A UTF-16 unit is at most three bytes of UTF-8, so that most lines need no counting.
    if (line.length * 3 > most && Buffer.byteLength(line) > most)
      this.#sendProblem(response.id, answerTooLong);
    else this.#wire.send(line);
  }

  #sendProblem(id: number | string | null, problem: Problem, number?: number): void {
    const code = number ?? problemCodes[problem.code];
    this.#wire.send(JSON.stringify(createJSONRPCErrorResponse(id, code, problem.message, problem)));
  }

  /** Says why, and ends the session. */
  #refuse(problem: Problem, number?: number): void {
    this.host.services.log('warn', `session ${this.id} (${this.client.name}) ended: ${problem.message}`);
    this.#sendProblem(null, problem, number);
    this.#wire.end();
  }

  #resume(): void {
    for (const subscription of this.#subscriptions.values()) subscription.resume();
  }

  #close(): void {
    clearTimeout(this.#introduction);
    for (const call of this.#calls.values()) call.abort();
    for (const subscription of this.#subscriptions.values()) subscription.dispose();
    this.#subscriptions.clear();
    this.host.onClose(this);
  }
}

function isRequest(message: unknown): message is JSONRPCRequest {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return false;
  const { jsonrpc, method, id } = message as Partial<JSONRPCRequest>;
  const isId = id === undefined || id === null || typeof id === 'number' || typeof id === 'string';
  return jsonrpc === '2.0' && typeof method === 'string' && isId;
}

const notJson: Problem = {
  code: 'garbled',
  message: 'What came is not JSON.',
  fix: 'Send one JSON-RPC 2.0 message a line.',
};
const notARequest: Problem = {
  code: 'bad-input',
  message: 'What came is not a JSON-RPC 2.0 request.',
  fix: 'Send single requests with jsonrpc, id, method and params; batches are not taken.',
};
const notInitialized: Problem = {
  code: 'not-initialized',
  message: 'The first request must be session/initialize.',
  fix: 'Send session/initialize first.',
};
const noIntroduction: Problem = { ...notInitialized, message: 'No session/initialize came in time.' };
const sameId: Problem = {
  code: 'bad-input',
  message: 'A request with this id is under way.',
  fix: 'Give every request an id of its own.',
};
const answerTooLong: Problem = {
  code: 'frame-too-large',
  message: 'The answer is longer than one message may be.',
  fix: 'Ask for less at once.',
};

function tooLong(bytes: number): Problem {
  return {
    code: 'frame-too-large',
    message: `A message of more than the limit came (${bytes} bytes so far).`,
    fix: 'Ask for less at once.',
  };
}
function tooManyRequests(most: number): Problem {
  return {
    code: 'overloaded',
    message: `This client has ${most} requests under way already.`,
    fix: 'Wait for some of them to be answered.',
  };
}
function tooManySubscriptions(most: number): Problem {
  return {
    code: 'overloaded',
    message: `This client has ${most} subscriptions already.`,
    fix: 'Close those that nobody looks at.',
  };
}

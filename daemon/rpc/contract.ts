// What the wire side of the daemon works with: the services it hands requests to, what a handler is told, and the
// type every handler has. Handlers are thin; nothing is decided here but who may ask for what.

import type { Actor, Plan } from '../../shared/model/plan.ts';
import type { Method, ResultOf, TopicChange, ValidParamsOf } from '../../shared/protocol/messages.ts';
import type { Answers } from '../answers/contract.ts';
import type { Assistant, EditorModels } from '../assistant/contract.ts';
import type { AuditTrail } from '../audit/contract.ts';
import type { Catalogue } from '../catalogue/contract.ts';
import type { Aliases, ChatStore, Corrections } from '../chat/contract.ts';
import type { Connections } from '../discovery/contract.ts';
import type { Failures } from '../failure/contract.ts';
import type { GraphReader, StoredGraph } from '../graph/contract.ts';
import type { Interpreter } from '../interpreter/contract.ts';
import type { Models } from '../learn/contract.ts';
import type { Neo4jDesk } from '../neo4j/contract.ts';
import type { Plans } from '../plans/contract.ts';
import type { StateKeeper } from '../store/contract.ts';
import type { TerminalDesk } from '../terminals/contract.ts';
import type { Watch } from '../watch/contract.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, message: string) => void;

export type DrainReason = 'replace' | 'stop' | 'idle' | 'signal';

/** The process as clients may see it and, where they may, end it. */
export interface DaemonProcess {
  readonly version: string;
  readonly pid: number;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly stateFolder: string;
  /** OS user the daemon runs as; every session is theirs, because only they can enter the socket's folder. */
  readonly user: string;
  readonly isDraining: boolean;
  /** Takes nothing new, lets runs reach their end or a safe point, then ends. Returns at once. */
  drain(reason: DrainReason): void;
}

export interface Services {
  readonly plans: Plans;
  readonly connections: Connections;
  readonly graph: GraphReader & Pick<StoredGraph, 'historyOf' | 'resourcesAt' | 'knownSince'>;
  readonly audit: AuditTrail;
  readonly interpreter: Interpreter;
  readonly catalogue: Catalogue;
  readonly answers: Answers;
  /** The language-model path; off until a person chooses a model. */
  readonly assistant: Assistant;
  /** The models that editors offer. */
  readonly editorModels: EditorModels;
  readonly chat: ChatStore;
  readonly aliases: Aliases;
  readonly corrections: Corrections;
  /** What is measured, found and foreseen. */
  readonly watch: Watch;
  /** Networks that were learnt here. */
  readonly networks: Models;
  /** What is likely to fail. */
  readonly failures: Failures;
  readonly state: StateKeeper;
  /** Shells and ports of resources. */
  readonly terminals: TerminalDesk;
  /** A Neo4j server beside the graph. */
  readonly neo4j: Neo4jDesk;
  readonly daemon: DaemonProcess;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

export type ClientKind = ValidParamsOf<'session/initialize'>['client']['kind'];

/** What a handler may know and do of the session that asks. */
export interface SessionInfo {
  readonly id: string;
  readonly client: { readonly name: string; readonly version: string; readonly kind: ClientKind };
  /** Unsent bytes. */
  readonly queuedBytes: number;
  /** Requests under way. */
  readonly requests: number;
}

/** Sends changes of one subscription as far as the reader keeps up. */
export interface SubscriptionSink {
  send(change: TopicChange): void;
  /** True while the reader is so far behind that nothing more may be queued. */
  readonly isCongested: boolean;
}

export interface OpenSubscription {
  /** Called after the answer has been sent: changes may follow it now. */
  start(): void;
  /** Called when the reader has caught up. */
  resume(): void;
  dispose(): void;
}

/** Everything a handler is told beside its parameters. */
export interface RequestContext {
  readonly services: Services;
  readonly session: SessionInfo;
  /** Who asks, for plans and audit. */
  readonly actor: Actor;
  /** Ends when the client cancels or goes away. */
  readonly signal: AbortSignal;
  progress(message: string, more?: { readonly fraction?: number; readonly plan?: Plan }): void;
  /** All sessions, for the status. */
  sessions(): readonly SessionInfo[];
  /** Keeps a subscription for as long as the session lives; gives its number. */
  addSubscription(open: (id: number, sink: SubscriptionSink) => OpenSubscription): number;
  closeSubscription(id: number): boolean;
}

export type Handler<M extends Method> = (
  params: ValidParamsOf<M>,
  context: RequestContext,
) => ResultOf<M> | Promise<ResultOf<M>>;

/** One handler a method: a method of the table without one does not compile. `session/initialize` is the session's own. */
export type Handlers = { readonly [M in Exclude<Method, 'session/initialize'>]: Handler<M> };
export type HandlersOf<Topic extends string> = {
  readonly [M in Extract<keyof Handlers, `${Topic}/${string}`>]: Handlers[M];
};

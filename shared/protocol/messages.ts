// The one table of messages. From it follow the typed client, the server's validation, the types of handlers and
// the protocol page (docs/PROTOCOL.md); a message that is not in it does not compile. `since` is the protocol
// version a message came in; a message is never changed, only added or retired.

import type { z } from 'zod';
import type { AliasOffer } from '../model/alias.ts';
import type { Answer } from '../model/answer.ts';
import type { AuditRecord, AuditVerification } from '../model/audit.ts';
import type { Connection } from '../model/connection.ts';
import type { Incident } from '../model/finding.ts';
import type { Kind, OperationId, Risk } from '../model/kind.ts';
import type { ModelUsage } from '../model/languageModel.ts';
import type { ArgumentSpec } from '../model/operation.ts';
import type { Affected, Plan } from '../model/plan.ts';
import type { Reading } from '../model/reading.ts';
import type { Relation, Resource } from '../model/resource.ts';
import type { TerminalChange } from '../model/terminal.ts';
import { graphRequests } from './graphMessages.ts';
import { manifestRequests } from './manifestMessages.ts';
import * as schemas from './schemas.ts';
import { talkRequests } from './talkMessages.ts';
import { terminalRequests } from './terminalMessages.ts';
import { watchRequests } from './watchMessages.ts';

export { protocolVersion, protocolVersionMin } from './version.ts';

export interface InitializeResult {
  readonly protocolVersion: number;
  readonly daemon: { readonly version: string; readonly pid: number; readonly startedAt: string };
  readonly capabilities: readonly string[];
  readonly session: string;
  readonly stateFolder: string;
}

export interface StatusResult {
  readonly version: string;
  readonly protocolVersion: number;
  readonly pid: number;
  readonly node: string;
  readonly startedAt: string;
  readonly uptimeMs: number;
  readonly rssBytes: number;
  readonly stateFolder: string;
  readonly sessions: readonly {
    readonly id: string;
    readonly client: string;
    readonly kind: string;
    readonly queuedBytes: number;
    readonly requests: number;
  }[];
  readonly connections: readonly Connection[];
  readonly resources: number;
  readonly openPlans: number;
  readonly auditHead: { readonly seq: number; readonly hash: string };
  readonly draining: boolean;
}

/** An operation as clients see it: the catalogue entry without its functions. */
export interface OperationInfo {
  readonly id: OperationId;
  readonly verb: string;
  readonly kind: string;
  readonly risk: Risk;
  readonly title: string;
  readonly doc: string;
  readonly target: 'none' | 'one' | 'many' | 'optional';
  readonly args: readonly ArgumentSpec[];
  readonly words: readonly string[];
  readonly from?: readonly string[];
  readonly idle?: readonly string[];
  readonly impact: 'none' | 'interrupts' | 'loses-data';
  /** Connections that can do it. */
  readonly connections: readonly string[];
}

/** What came of a sentence: the reading, and the plan or the answer that followed from it. */
export interface SubmitResult {
  readonly reading: Reading;
  readonly plan?: Plan;
  readonly answer?: Answer;
  /** Why no plan could be made of a reading that wants one. */
  readonly problem?: { readonly code: string; readonly message: string; readonly fix?: string };
  /** Number of the turn in the conversation. */
  readonly turn?: number;
  /** The language model that was asked, and what it took. */
  readonly usage?: ModelUsage;
  /** Something to know beside the result, e.g. that the model was away and the embedded reader went on. */
  readonly notice?: { readonly message: string; readonly fix?: string };
  /** Words that could stand for the thing from now on, if the person likes. Since version 2. */
  readonly aliasOffer?: AliasOffer;
}

/** A backup that was written, or that waits for the next start. */
export interface StateBackupResult {
  readonly file: string;
  readonly bytes: number;
  readonly databases: readonly string[];
  readonly at: string;
}

/** A question for one of the editor's own models. */
export interface ModelAsk {
  readonly ask: number;
  readonly messages: readonly (
    | { readonly role: 'system' | 'user'; readonly text: string }
    | {
        readonly role: 'assistant';
        readonly text: string;
        readonly calls: readonly {
          readonly id: string;
          readonly name: string;
          readonly argumentsText: string;
        }[];
      }
    | { readonly role: 'tool'; readonly call: string; readonly text: string }
  )[];
  readonly tools: readonly {
    readonly name: string;
    readonly description: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  }[];
  /** Model to use; absent: the editor's own choice. */
  readonly model?: string;
}

export interface ChatTurn {
  readonly turn: number;
  readonly at: string;
  readonly text: string;
  readonly result: SubmitResult;
}

export interface ResourceDetails {
  readonly resource: Resource;
  readonly out: readonly Relation[];
  readonly in: readonly Relation[];
  /** The resources at the other ends. */
  readonly neighbours: readonly { readonly id: string; readonly name: string; readonly kind: Kind }[];
  readonly dependents: readonly Affected[];
  /** Operations that its connection can do on it now, and those that its state forbids, with the reason. */
  readonly operations: readonly {
    readonly id: OperationId;
    readonly title: string;
    readonly risk: Risk;
    readonly disabled?: string;
  }[];
}

export type Topic = 'connections' | 'resources' | 'plans' | 'incidents';

export type SubscribeResult = { readonly subscription: number; readonly sequence: number } & (
  | { readonly topic: 'connections'; readonly connections: readonly Connection[] }
  | { readonly topic: 'resources'; readonly resources: readonly Resource[]; readonly total: number }
  | { readonly topic: 'plans'; readonly plans: readonly Plan[]; readonly total: number }
  /** All open incidents and the newest of the others. */
  | { readonly topic: 'incidents'; readonly incidents: readonly Incident[]; readonly total: number }
);

/**
 * Change of a subscription. `sequence` is one more than the last; a gap means: subscribe again.
 * A `snapshot` is a part of a whole: the rest of the first one where `total` was more than came with the answer, or
 * a new one for a reader that fell behind. `first` begins a new whole, `more` says that parts follow.
 */
export type TopicChange = { readonly subscription: number; readonly sequence: number } & (
  | { readonly topic: 'connections'; readonly connections: readonly Connection[] }
  | {
      readonly topic: 'resources';
      readonly upserts: readonly Resource[];
      readonly removes: readonly string[];
    }
  | {
      readonly topic: 'resources';
      readonly snapshot: readonly Resource[];
      readonly first: boolean;
      readonly more: boolean;
    }
  | { readonly topic: 'plans'; readonly plan: Plan }
  | {
      readonly topic: 'plans';
      readonly snapshot: readonly Plan[];
      readonly first: boolean;
      readonly more: boolean;
    }
  | {
      readonly topic: 'incidents';
      readonly upserts: readonly Incident[];
      readonly removes: readonly string[];
    }
  | {
      readonly topic: 'incidents';
      readonly snapshot: readonly Incident[];
      readonly first: boolean;
      readonly more: boolean;
    }
  | TerminalChange
);

type Result<T> = { readonly __result?: T };
const result = <T>(): Result<T> => ({});

/** method → schema of its parameters, type of its result, version it came in, what it is for. */
export const requests = {
  'session/initialize': {
    params: schemas.initializeSchema,
    result: result<InitializeResult>(),
    since: 1,
    doc: 'First message of every client: exchanges versions and capabilities.',
  },
  'session/drain': {
    params: schemas.drainSchema,
    result: result<{ readonly draining: true }>(),
    since: 1,
    doc: 'Asks the daemon to finish what runs, take nothing new, and end. A newer client sends it before it starts its own.',
  },
  'status/get': {
    params: schemas.emptySchema,
    result: result<StatusResult>(),
    since: 1,
    doc: 'Versions, process, connections, queues.',
  },
  'catalogue/list': {
    params: schemas.emptySchema,
    result: result<{ readonly operations: readonly OperationInfo[] }>(),
    since: 1,
    doc: 'All operations and which connections can do them.',
  },
  'connection/list': {
    params: schemas.emptySchema,
    result: result<{ readonly connections: readonly Connection[] }>(),
    since: 1,
    doc: 'All connections.',
  },
  'connection/rescan': {
    params: schemas.emptySchema,
    result: result<{ readonly connections: readonly Connection[] }>(),
    since: 1,
    doc: 'Looks for connections anew.',
  },
  'connection/refresh': {
    params: schemas.idSchema,
    result: result<Connection>(),
    since: 1,
    doc: 'Reads one connection in full now.',
  },
  'connection/configure': {
    params: schemas.configureConnectionSchema,
    result: result<Connection>(),
    since: 1,
    doc: "Sets a connection's mode or environment. For a person's session only.",
  },
  'resource/list': {
    params: schemas.resourceListSchema,
    result: result<{
      readonly resources: readonly Resource[];
      readonly total: number;
      readonly next?: string;
    }>(),
    since: 1,
    doc: 'A page of resources.',
  },
  'resource/get': {
    params: schemas.idSchema,
    result: result<ResourceDetails>(),
    since: 1,
    doc: 'One resource with its relations, what hangs on it and what can be done with it.',
  },
  'resource/logs': {
    params: schemas.logsSchema,
    result: result<{ readonly text: string; readonly truncated: boolean }>(),
    since: 1,
    doc: 'Last lines of the log or console of a resource.',
  },
  'subscription/open': {
    params: schemas.topicSchema,
    result: result<SubscribeResult>(),
    since: 1,
    doc: 'A snapshot now and numbered changes after it. Large resource snapshots follow in `snapshot` changes.',
  },
  'subscription/close': {
    params: schemas.subscriptionSchema,
    result: result<{ readonly closed: boolean }>(),
    since: 1,
    doc: 'Ends a subscription.',
  },
  'interpret/read': {
    params: schemas.textSchema,
    result: result<Reading>(),
    since: 1,
    doc: 'Reads a sentence and does nothing else.',
  },
  'request/submit': {
    params: schemas.textSchema,
    result: result<SubmitResult>(),
    since: 1,
    doc: 'Reads a sentence; answers a question, or proposes a plan.',
  },
  'request/choose': {
    params: schemas.proposeStepsSchema,
    result: result<SubmitResult>(),
    since: 1,
    doc: 'Goes on with a candidate of a question, or with corrected steps.',
  },
  'plan/propose': {
    params: schemas.proposeSchema,
    result: result<Plan>(),
    since: 1,
    doc: 'Proposes one operation on given resources, as a click in the tree does.',
  },
  'plan/list': {
    params: schemas.planListSchema,
    result: result<{ readonly plans: readonly Plan[] }>(),
    since: 1,
    doc: 'Plans, newest first.',
  },
  'plan/get': { params: schemas.idSchema, result: result<Plan>(), since: 1, doc: 'One plan.' },
  'plan/approve': {
    params: schemas.approveSchema,
    result: result<Plan>(),
    since: 1,
    doc: "A person's yes to the digest that was shown. Starts the run.",
  },
  'plan/reject': { params: schemas.idSchema, result: result<Plan>(), since: 1, doc: "A person's no." },
  'plan/cancel': {
    params: schemas.idSchema,
    result: result<Plan>(),
    since: 1,
    doc: 'Stops a running plan at the next safe point.',
  },
  'plan/undo': {
    params: schemas.idSchema,
    result: result<Plan>(),
    since: 1,
    doc: 'Proposes the plan that takes back what this one did.',
  },
  'plan/continue': {
    params: schemas.idSchema,
    result: result<Plan>(),
    since: 2,
    doc: 'Proposes the plan that does what is left of this one after it stopped, failed or was cut off.',
  },
  'plan/resolve': {
    params: schemas.resolveSchema,
    result: result<Plan>(),
    since: 1,
    doc: 'Says what became of a step that a crash left unknown.',
  },
  'plan/wait': {
    params: schemas.waitSchema,
    result: result<Plan>(),
    since: 1,
    doc: 'Answers when the plan has ended. Its progress comes as `$/progress`.',
  },
  'audit/list': {
    params: schemas.auditListSchema,
    result: result<{ readonly records: readonly AuditRecord[] }>(),
    since: 1,
    doc: 'Audit records, newest first.',
  },
  'audit/verify': {
    params: schemas.emptySchema,
    result: result<AuditVerification>(),
    since: 1,
    doc: 'Checks the whole chain.',
  },
  'audit/export': {
    params: schemas.auditExportSchema,
    result: result<{ readonly text: string; readonly nextSeq?: number }>(),
    since: 1,
    doc: 'A page of the trail as JSON Lines or CSV, oldest first.',
  },
  'audit/acknowledge': {
    params: schemas.acknowledgeSchema,
    result: result<AuditRecord>(),
    since: 1,
    doc: 'A person says that the broken end of the trail is known. It is recorded for good, and writing works again.',
  },
  ...graphRequests,
  ...manifestRequests,
  'state/backup': {
    params: schemas.fileSchema,
    result: result<StateBackupResult>(),
    since: 2,
    doc: 'Writes the whole state (plans, audit, settings, talk) into a new file on the machine of the daemon.',
  },
  'state/restore': {
    params: schemas.fileSchema,
    result: result<StateBackupResult>(),
    since: 2,
    doc: 'Checks a backup and ends the daemon; the next start puts it in place and keeps the old state beside it.',
  },
  ...talkRequests,
  ...watchRequests,
  ...terminalRequests,
} as const;

export type Method = keyof typeof requests;
export type ParamsOf<M extends Method> = z.input<(typeof requests)[M]['params']>;
/** Parameters after validation, with defaults filled in. */
export type ValidParamsOf<M extends Method> = z.output<(typeof requests)[M]['params']>;
export type ResultOf<M extends Method> = NonNullable<(typeof requests)[M]['result']['__result']>;

/** Notifications from the daemon. */
export interface ServerNotifications {
  'subscription/didChange': TopicChange;
  /** Progress of a request of this client, by the id of its request. */
  '$/progress': {
    readonly request: number | string;
    readonly message: string;
    readonly fraction?: number;
    readonly plan?: Plan;
  };
  /** The daemon ends soon: connect again afterwards. */
  'session/didDrain': { readonly reason: 'replace' | 'stop' | 'idle' | 'signal' };
}
/** Notifications from a client. */
export interface ClientNotifications {
  '$/cancelRequest': { readonly id: number | string };
}

// What a provider must bring so that everything above it works: connections it can find, sources to read the
// cloud from, and one handler an operation. An executor describes and carries out; it decides nothing. It never
// asks a person, never writes the journal or the audit, and performs a write only when the runner hands it a
// WritePermit. Rooms above ask for capabilities (`operations`, `sources`), never for a provider's name.

import type { Duplex } from 'node:stream';
import type { Denial, Environment, Identity } from '../../shared/model/connection.ts';
import type { Kind, OperationId, Provider } from '../../shared/model/kind.ts';
import type { Manifest, ManifestCheck } from '../../shared/model/manifest.ts';
import type { MetricSample } from '../../shared/model/metric.ts';
import type { Arguments } from '../../shared/model/operation.ts';
import type { FieldChange, PreviewNote } from '../../shared/model/plan.ts';
import type { ProblemError } from '../../shared/model/problem.ts';
import type { Relation, Resource } from '../../shared/model/resource.ts';
import type { TerminalEnd, WayIn, WayOffer } from '../../shared/model/terminal.ts';
import type { WritePermit } from './permit.ts';

/** A connection that could be opened, as found in the places the provider's own tools use. Holds no secret. */
export interface ConnectionCandidate {
  /** Stable id: lower case letters, digits, `-`, `.`, `_`; the same at every start. */
  readonly id: string;
  readonly provider: Provider;
  readonly name: string;
  /** What the name or the file suggests; settings may say otherwise. */
  readonly environment: Environment;
  readonly region?: string;
  readonly simulated: boolean;
  /** Where it was found, for people: a path with `~`, or `environment variables`. */
  readonly origin: string;
}

/** What finding connections came to: those that can be tried, and files that could not be read, with the fix. */
export interface FoundConnections {
  readonly candidates: readonly ConnectionCandidate[];
  readonly problems: readonly { readonly origin: string; readonly message: string; readonly fix: string }[];
}

export interface ExecutorContext {
  /** Environment variables of the daemon, or of a test. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  /** Folder of the state of this daemon, for executors that keep state of their own (the sandbox). */
  readonly stateFolder: string;
  readonly now: () => number;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
  /** A secret that an editor handed over, by name; it lives in memory only. */
  readonly secret?: (name: string) => string | undefined;
}

/** One provider. Registered by one line in `executors/registry.ts`. */
export interface Provisioner {
  readonly provider: Provider;
  find(context: ExecutorContext): Promise<FoundConnections>;
  /** Absolute paths of the files `find` looks at, also where they are not there yet: a change means look again. */
  files?(context: ExecutorContext): readonly string[];
  /** Opens without reaching out; the first `identity` or `read` does. */
  open(candidate: ConnectionCandidate, context: ExecutorContext): Executor;
}

/** A batch of what a source saw. In mode `full`, what the source's kinds had before and is not in it is gone. */
export interface DiscoveryBatch {
  readonly mode: 'full' | 'changes';
  readonly resources: readonly Resource[];
  /** Ids seen to be gone (mode `changes`). */
  readonly removed: readonly string[];
  /** All relations whose `from` is one of `resources`; they replace the earlier ones of that resource. */
  readonly relations: readonly Relation[];
  /** Hand this to the next `read` for changes only. */
  readonly cursor?: string;
}

/** One thing to read: all servers, all volumes… Read in turns by the discovery room, never by itself. */
export interface DiscoverySource {
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** How long an unchanged result may stand, in ms; discovery shortens it while something is in transition. */
  readonly intervalMs: number;
  /** Throws ProblemError; then nothing of the source is taken for gone. */
  read(request: { readonly cursor?: string; readonly signal: AbortSignal }): Promise<DiscoveryBatch>;
  /** Where the cloud tells by itself: calls back until the signal ends. Discovery then polls only as a net. */
  watch?(onBatch: (batch: DiscoveryBatch) => void, signal: AbortSignal): Promise<void>;
}

/** Everything a handler may know about the step it serves. */
export interface StepContext {
  readonly operation: OperationId;
  readonly args: Arguments;
  /** The target as last read from the cloud; absent for a create. */
  readonly target?: Resource;
  /** Looks a resource up in the graph, e.g. the vm a volume is to be attached to. */
  readonly lookup: (id: string) => Resource | undefined;
  readonly signal: AbortSignal;
  readonly progress: (message: string, fraction?: number) => void;
}

/** Finds a half-done write again: unique for this step of this plan, at most 60 characters of `[a-z0-9-]`. */
export interface WriteContext extends StepContext {
  readonly mark: string;
  readonly permit: WritePermit;
}

/** What a step would take of one quota of its connection; the plan adds up what all its steps take. */
export interface QuotaUse {
  /** What is limited, in words: "vCPUs". */
  readonly what: string;
  readonly needed: number;
  readonly used: number;
  /** Negative: there is no limit. */
  readonly limit: number;
}

export interface HandlerPreview {
  /** What it would take of which quota; a quota that this step alone exceeds is a blocker among the notes, too. */
  readonly quota?: readonly QuotaUse[];
  /** One sentence: what would happen. */
  readonly effect: string;
  readonly changes: readonly FieldChange[];
  readonly notes: readonly PreviewNote[];
  readonly checkedBy: 'dry-run' | 'checked' | 'none';
  readonly idle: boolean;
  /**
   * Arguments the preview settled (an image for a create that named none, an id for a name). They are merged into
   * the step's arguments before the digest is computed, so that what was shown is what `perform` gets.
   */
  readonly resolvedArgs?: Arguments;
  /** What it is really about, where the target only holds it: an object that a manifest describes. */
  readonly about?: {
    /** In the place of the target's name in titles: "Deployment shop/web". */
    readonly title: string;
    /** Its resources, whose dependents are what hangs on it; empty where it is not there yet. */
    readonly ids: readonly string[];
  };
}

export interface WriteOutcome {
  /** Id of what was made. */
  readonly createdId?: string;
}

export interface Verification {
  /** The effect was read back. */
  readonly verified: boolean;
  /** What was read back, one sentence. */
  readonly observed: string;
  /** What the cloud shows now, for the graph. */
  readonly resource?: Resource;
  /** The target is gone now. */
  readonly gone?: boolean;
}

export interface Reconciliation {
  readonly found: 'done' | 'not-done' | 'unknown';
  readonly observed: string;
  readonly createdId?: string;
}

/** How one operation is done in one provider. Only `perform` writes. */
export interface OperationHandler {
  /** Reads only: preconditions, quota, dry run. */
  preview(context: StepContext): Promise<HandlerPreview>;
  /** Reads the target afresh; undefined where it is gone. Called right before `perform` to see whether the world moved. */
  refresh(context: StepContext): Promise<Resource | undefined>;
  /** The write. Must be safe to find again by `mark`, or by the state it leads to. Throws ProblemError. */
  perform(context: WriteContext): Promise<WriteOutcome>;
  /** Waits for the effect and reads it back; gives up at the signal. */
  verify(
    context: StepContext & { readonly mark: string; readonly outcome: WriteOutcome },
  ): Promise<Verification>;
  /**
   * After a crash between intent and outcome: did it happen? Reads only. `intendedMs` is when the write was meant, by
   * this machine's clock, in ms since the epoch; absent where nobody knows.
   */
  reconcile(
    context: StepContext & { readonly mark: string; readonly intendedMs?: number },
  ): Promise<Reconciliation>;
}

/** What can be asked of one resource beyond what the graph knows. */
export interface ResourceReaders {
  /** Last lines of a log or console, newest last. */
  logs?(request: {
    readonly resource: Resource;
    readonly lines: number;
    readonly grep?: string;
    readonly sinceMs?: number;
    readonly previous?: boolean;
    /** Only this part of it, one of `logParts`. */
    readonly part?: string;
    readonly signal: AbortSignal;
  }): Promise<{ readonly text: string; readonly truncated: boolean }>;
  /** Names of the parts a log comes from (containers), where one can be asked for alone. */
  logParts?(request: {
    readonly resource: Resource;
    readonly signal: AbortSignal;
  }): Promise<readonly string[]>;
  /** Follows a log from now on, whole lines at a time, until the signal ends. */
  follow?(request: {
    readonly resource: Resource;
    readonly grep?: string;
    readonly onText: (text: string) => void;
    readonly signal: AbortSignal;
  }): Promise<void>;
  /** The thing in its cloud's own words, as YAML fit to be edited and applied; never the content of a secret. */
  manifest?(request: { readonly resource: Resource; readonly signal: AbortSignal }): Promise<Manifest>;
  /** Points of one metric, oldest first: ms since the epoch and value. */
  metrics?(request: {
    readonly resource: Resource;
    readonly metric: string;
    readonly fromMs: number;
    readonly toMs: number;
    readonly signal: AbortSignal;
  }): Promise<{ readonly unit: string; readonly points: readonly (readonly [number, number])[] }>;
}

/** Where things can be written down in their cloud's own words, opened and applied again. */
export interface Manifests {
  /** Kinds that `readers.manifest` opens. */
  readonly kinds: readonly Kind[];
  /** What a text comes to; `base` is the text as it was opened. Asks no cloud, throws nothing but ProblemError. */
  check(text: string, base?: string): ManifestCheck;
}

/** What one sampling of a source brought. */
export interface MetricBatch {
  readonly samples: readonly MetricSample[];
  /** Hand this to the next `sample`: counters that are to become rates, a time already read. */
  readonly cursor?: string;
  /** What could not be measured and why, one sentence each. The rest of the batch stands. */
  readonly problems: readonly string[];
  /** These are older samples, and there are newer ones to be had: ask again soon. */
  readonly more?: boolean;
}

/** Where a connection measures its resources by itself. Asked by the monitor in its rhythm, never by itself. */
export interface MetricSource {
  readonly name: string;
  /** Shortest time between two samplings that is worth asking, in ms. */
  readonly intervalMs: number;
  /** `all`: it measures resources of other connections, too, and is told of all that are known. Default: its own. */
  readonly reach?: 'own' | 'all';
  /** Measures those of the connection's resources that it can. Throws ProblemError where nothing answers. */
  sample(request: {
    readonly resources: readonly Resource[];
    readonly cursor?: string;
    /** What this source measured is known up to here, ms by its clock; one that can look back need not go further. */
    readonly sinceMs?: number;
    readonly signal: AbortSignal;
  }): Promise<MetricBatch>;
}

/** What somebody wants to enter. */
export interface EntryRequest {
  readonly resource: Resource;
  /** One of those that `ways` offers; absent: the only one. */
  readonly container?: string;
  /** Command and arguments instead of a shell. */
  readonly command?: readonly string[];
  /** The visit of the audit, for `visitMark`. */
  readonly visit?: string;
  readonly signal: AbortSignal;
}

/** In the environment of what runs in a visit on this machine. */
export const visitMark = 'PILOTHOUSE_VISIT';

/** A server as OpenSSH is told of it; what is absent is left to the person's own configuration. */
export interface SshTarget {
  readonly host: string;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  readonly identityFile?: string | undefined;
  readonly knownHosts?: string | undefined;
}

/** An open terminal at the other end. */
export interface RemoteTerminal {
  /** What is typed goes in, what is shown comes out. Destroying it ends what runs at the other end. */
  readonly bytes: Duplex;
  resize(columns: number, rows: number): void;
  /** Resolves after the last byte; never rejects. */
  readonly ended: Promise<TerminalEnd>;
}

/** How resources of a connection are entered. Opens only what the terminals room has a person's yes for. */
export interface Terminals {
  /** Ways by kind, as far as the kind alone tells. */
  readonly kinds: Readonly<Partial<Record<Kind, readonly WayIn[]>>>;
  /** Ways into one resource as it is now. Throws ProblemError. */
  ways(resource: Resource, signal: AbortSignal): Promise<readonly WayOffer[]>;
  /** Reads only: settles which container, and throws ProblemError where it cannot or may not be entered. */
  check(
    request: EntryRequest & { readonly way: WayIn; readonly port?: number },
  ): Promise<{ readonly container?: string }>;
  /** Throws ProblemError. */
  open(request: EntryRequest & { readonly columns: number; readonly rows: number }): Promise<RemoteTerminal>;
  /** Address of a console for a browser; a secret. Throws ProblemError. */
  console?(request: Pick<EntryRequest, 'resource' | 'signal'>): Promise<string>;
  /** Its serial line; it has no size, and ends when the machine or who carries it hangs up. Throws ProblemError. */
  serial?(request: Pick<EntryRequest, 'resource' | 'signal'>): Promise<RemoteTerminal>;
  /** Why a way that its kind usually has is not offered (any more), where that is known. */
  refusal?(way: WayIn): ProblemError | undefined;
  /** What this machine's own ssh is called with; absent: the address of the resource alone. Throws ProblemError. */
  ssh?(resource: Resource): Promise<SshTarget>;
  /** One connection to a port of the resource. Throws ProblemError. */
  connect?(request: {
    readonly resource: Resource;
    readonly port: number;
    readonly signal: AbortSignal;
  }): Promise<Duplex>;
}

/** One thing that somebody did, or tried, as a cloud's own log has it. */
export interface Activity {
  /** Unique in its log; for people, too: "record 120", a request id. */
  readonly id: string;
  /** By the clock of the log. */
  readonly atMs: number;
  /** Who: a user, a role, or the address where nobody has signed in yet. */
  readonly principal: string;
  /** In the cloud's own words. */
  readonly verb: string;
  /** What it comes to. `silence` keeps others from noticing: a mute, a log switched off, a trail acknowledged. */
  readonly does: 'sign-in' | 'read' | 'change' | 'destroy' | 'silence';
  readonly outcome: 'done' | 'refused' | 'failed';
  /** Id of the resource, or its name where it has none. */
  readonly target?: string;
  readonly region?: string;
  /** Where it came from: an address or a client. */
  readonly address?: string;
  /** What cannot have happened in this way, one sentence: a write that nobody had approved. */
  readonly impossible?: string;
}

/** Where a connection tells who did what. Asked in its rhythm, never by itself. */
export interface ActivityLog {
  readonly name: string;
  /** Shortest time between two looks that is worth it, in ms. */
  readonly intervalMs: number;
  /** What was logged since a time, oldest first. Throws ProblemError where the log cannot be read. */
  read(request: {
    readonly resources: readonly Resource[];
    readonly sinceMs: number;
    /** Of the read before; then nothing is told twice. */
    readonly cursor?: string;
    readonly signal: AbortSignal;
  }): Promise<{
    readonly activities: readonly Activity[];
    readonly cursor?: string;
    /** There is more to be had: ask again soon. */
    readonly more?: boolean;
  }>;
}

/** An open connection. */
export interface Executor {
  readonly candidate: ConnectionCandidate;
  readonly sources: readonly DiscoverySource[];
  /** What this connection can do; an operation not in it is refused in clear words. */
  readonly operations: ReadonlyMap<OperationId, OperationHandler>;
  readonly readers: ResourceReaders;
  /** Absent where the connection knows no manifests. */
  readonly manifests?: Manifests;
  /** Absent where the connection measures nothing. */
  readonly metricSources?: readonly MetricSource[];
  /** Absent where the connection does not tell who did what. */
  readonly activityLog?: ActivityLog;
  /** Absent where nothing of it can be entered. */
  readonly terminals?: Terminals;
  /** Who it acts as; asks the cloud the first time. Throws ProblemError with the fix. */
  identity(signal: AbortSignal): Promise<Identity>;
  /** What that identity may not do; absent where the cloud cannot be asked beforehand. Throws ProblemError. */
  denials?(signal: AbortSignal): Promise<readonly Denial[]>;
  dispose(): Promise<void>;
}

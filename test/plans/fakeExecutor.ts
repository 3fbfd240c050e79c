// A small cloud in memory that does what a script says, and a house of real pieces around it: journal, audit, graph
// and plans on disk. Every call a plan makes is written down in order, with what the journal and the audit held at
// that moment, so that a test can see not only what happened but when.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { openHeadFile } from '../../daemon/audit/headFile.ts';
import { auditMigrations } from '../../daemon/audit/migrations.ts';
import { createAuditTrail, type KeptAuditTrail } from '../../daemon/audit/trail.ts';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import type { Connections } from '../../daemon/discovery/contract.ts';
import type {
  Executor,
  OperationHandler,
  Reconciliation,
  StepContext,
  WriteContext,
} from '../../daemon/executors/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import type { Plans } from '../../daemon/plans/contract.ts';
import { createJournal, type Journal } from '../../daemon/plans/journal.ts';
import { journalMigrations } from '../../daemon/plans/migrations.ts';
import type { PlansOptions } from '../../daemon/plans/options.ts';
import { createPlans } from '../../daemon/plans/plans.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Connection, Identity } from '../../shared/model/connection.ts';
import type { Kind } from '../../shared/model/kind.ts';
import type { Actor, Plan } from '../../shared/model/plan.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { type Relation, type Resource, resourceId } from '../../shared/model/resource.ts';
import { healthOf } from '../../shared/model/statuses.ts';

export const ada: Actor = { user: 'ada', client: 'code', how: 'editor', session: 's1' };
export const model: Actor = { user: 'ada', client: 'code', how: 'model', session: 's2' };
export const never = new AbortController().signal;

export interface Call {
  readonly call: 'preview' | 'refresh' | 'perform' | 'verify' | 'reconcile';
  readonly operation: string;
  readonly target?: string;
  readonly args: StepContext['args'];
  readonly mark?: string;
}

type Scripted = Partial<{
  readonly [K in keyof OperationHandler]: (
    context: Parameters<OperationHandler[K]>[0],
    natural: () => ReturnType<OperationHandler[K]>,
  ) => ReturnType<OperationHandler[K]>;
}>;

export interface FakeCloud {
  readonly id: string;
  readonly executor: Executor;
  readonly calls: Call[];
  readonly resources: Map<string, Resource>;
  /** Marks of the writes it took, in order. */
  readonly marks: string[];
  identity: Identity;
  connection: Connection;
  /** Does something else than the natural thing. */
  script(operation: string, scripted: Scripted): void;
  put(kind: Kind, name: string, more?: Partial<Resource>): Resource;
  /** Changes a resource as somebody else would: a new version. */
  change(id: string, change: Partial<Resource>): void;
}

const statusAfter: Readonly<Record<string, string>> = {
  'start.vm': 'running',
  'stop.vm': 'stopped',
  'reboot.vm': 'running',
  'attach.volume': 'in-use',
  'detach.volume': 'available',
};
const operations = [
  'create.vm',
  'start.vm',
  'stop.vm',
  'reboot.vm',
  'delete.vm',
  'tag.vm',
  'create.volume',
  'resize.volume',
  'attach.volume',
  'detach.volume',
  'delete.volume',
  'scale.deployment',
];

export function createFakeCloud(id: string, more: Partial<Connection> = {}): FakeCloud {
  const resources = new Map<string, Resource>();
  const scripts = new Map<string, Scripted>();
  const made = new Map<string, string>();
  let serial = 0;
  const cloud: FakeCloud = {
    id,
    calls: [],
    resources,
    marks: [],
    identity: { user: 'demo', project: 'shop' },
    connection: {
      id,
      provider: 'sandbox',
      name: id.toUpperCase(),
      environment: 'dev',
      mode: 'confirm',
      state: 'connected',
      simulated: false,
      origin: 'test',
      operations,
      resourceCount: 0,
      ...more,
    },
    executor: undefined as unknown as Executor,
    script: (operation, scripted) => void scripts.set(operation, { ...scripts.get(operation), ...scripted }),
    put: (kind, name, change = {}) => {
      const resource: Resource = {
        id: resourceId(id, kind, name),
        connection: id,
        provider: 'sandbox',
        kind,
        name,
        status: kind === 'vm' ? 'running' : 'available',
        health: 'ok',
        tags: {},
        version: 'v1',
        attributes: {},
        ...change,
      };
      resources.set(resource.id, resource);
      return resource;
    },
    change: (resource, change) => {
      const now = resources.get(resource)!;
      const version = `v${Number(now.version?.slice(1) ?? 0) + 1}`;
      resources.set(resource, { ...now, version, ...change, health: healthOf(change.status ?? now.status) });
    },
  };
  const natural: OperationHandler = {
    preview: async (context) => ({
      effect: `${context.operation} ${context.target?.name ?? String(context.args.name)}`,
      changes: [],
      notes: [],
      checkedBy: 'checked',
      idle: false,
    }),
    refresh: async ({ target }) => (target ? resources.get(target.id) : undefined),
    perform: async (context) => performNaturally(cloud, made, context, () => ++serial),
    verify: async ({ target, outcome, operation }) => {
      const id = outcome.createdId ?? target!.id;
      const resource = resources.get(id);
      return {
        verified: true,
        observed: `${operation}: ${resource?.status ?? 'gone'}`,
        ...(resource ? { resource } : { gone: true }),
      };
    },
    reconcile: async ({ mark }): Promise<Reconciliation> => {
      if (!cloud.marks.includes(mark)) return { found: 'not-done', observed: 'no mark' };
      const createdId = made.get(mark);
      return { found: 'done', observed: 'mark found', ...(createdId ? { createdId } : {}) };
    },
  };
  const handlers = new Map(
    operations.map((operation) => [operation, scriptedHandler(cloud, operation, natural, scripts)]),
  );
  Object.assign(cloud, {
    executor: {
      candidate: { id, provider: 'sandbox', name: id, environment: 'dev', simulated: false, origin: 'test' },
      sources: [],
      operations: handlers,
      readers: {},
      identity: async () => cloud.identity,
      dispose: async () => undefined,
    } satisfies Executor,
  });
  return cloud;
}

function performNaturally(
  cloud: FakeCloud,
  made: Map<string, string>,
  { operation, args, target, mark }: WriteContext,
  next: () => number,
): { createdId?: string } {
  cloud.marks.push(mark);
  const [verb, kind] = operation.split('.') as [string, Kind];
  if (verb === 'create') {
    const status = kind === 'vm' ? 'running' : 'available';
    const resource = cloud.put(kind, `${kind}-${next()}`, {
      name: String(args.name),
      status,
      attributes: { ...args },
    });
    made.set(mark, resource.id);
    return { createdId: resource.id };
  }
  if (verb === 'delete') {
    cloud.resources.delete(target!.id);
    return {};
  }
  const status = statusAfter[operation] ?? target!.status;
  cloud.change(target!.id, { status, attributes: { ...target!.attributes, ...args } });
  return {};
}

function scriptedHandler(
  cloud: FakeCloud,
  operation: string,
  natural: OperationHandler,
  scripts: ReadonlyMap<string, Scripted>,
): OperationHandler {
  const wrap = <K extends keyof OperationHandler>(call: K): OperationHandler[K] =>
    (async (context: StepContext & { mark?: string }) => {
      cloud.calls.push({
        call,
        operation,
        args: context.args,
        ...(context.target ? { target: context.target.id } : {}),
        ...(context.mark ? { mark: context.mark } : {}),
      });
      const go = () => natural[call](context as never) as ReturnType<OperationHandler[K]>;
      const scripted = scripts.get(operation)?.[call] as
        | ((context: unknown, go: () => ReturnType<OperationHandler[K]>) => ReturnType<OperationHandler[K]>)
        | undefined;
      return scripted ? scripted(context, go) : go();
    }) as unknown as OperationHandler[K];
  return {
    preview: wrap('preview'),
    refresh: wrap('refresh'),
    perform: wrap('perform'),
    verify: wrap('verify'),
    reconcile: wrap('reconcile'),
  };
}

export interface PlanHouse {
  readonly folder: string;
  readonly clouds: readonly FakeCloud[];
  readonly plans: Plans;
  readonly journal: Journal;
  readonly journalDatabase: Database.Database;
  readonly audit: KeptAuditTrail;
  readonly auditDatabase: Database.Database;
  readonly nudges: string[];
  readonly logged: string[];
  nowMs: number;
  /** Tells the graph what the clouds have now. */
  discover(relations?: readonly Relation[]): void;
  /** Tells everybody that the connections look different. */
  announceConnections(): void;
  /** Ends everything as a crash would leave it and starts again on the same files. */
  restart(options?: Partial<PlansOptions>): void;
  draft(
    operation: string,
    targets?: readonly Resource[],
    args?: StepDraft['args'],
    more?: Partial<StepDraft>,
  ): StepDraft;
  propose(
    steps: readonly StepDraft[],
    actor?: Actor,
    more?: Partial<Parameters<Plans['propose']>[0]>,
  ): Promise<Plan>;
  /** Approves as a person would and waits for the end. */
  approve(plan: Plan, actor?: Actor): Promise<Plan>;
  auditEvents(plan?: string): readonly string[];
  dispose(): Promise<void>;
}

export function createPlanHouse(
  clouds: readonly FakeCloud[],
  options: Partial<PlansOptions> = {},
): PlanHouse {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-plans-'));
  const graph = createGraph();
  const listeners = new Set<(connections: readonly Connection[]) => void>();
  const nudges: string[] = [];
  const logged: string[] = [];
  const connections: Connections = {
    list: () => clouds.map((cloud) => cloud.connection),
    get: (id) => clouds.find((cloud) => cloud.id === id)?.connection,
    executor: (id) =>
      clouds.find((cloud) => cloud.id === id && cloud.connection.state !== 'failed')?.executor,
    rescan: async () => undefined,
    refresh: async () => house.discover(),
    nudge: (id, kinds) => void nudges.push(`${id}: ${[...kinds].sort().join(' ')}`),
    configure: () => {
      throw new Error('not part of this test');
    },
    onDidChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setActive: () => undefined,
    dispose: async () => undefined,
  };
  let relationsNow: readonly Relation[] = [];
  const parts = { current: undefined as unknown as ReturnType<typeof openParts> };
  function openParts(more: Partial<PlansOptions>) {
    const open = (name: string, migrations: typeof auditMigrations) =>
      openDatabase({ file: path.join(folder, name), durability: 'full', migrations });
    const journalDatabase = open('journal.db', journalMigrations);
    const auditDatabase = open('audit.db', auditMigrations);
    const journal = createJournal(journalDatabase);
    const audit = createAuditTrail({
      database: auditDatabase,
      now: () => house.nowMs,
      witnesses: [openHeadFile(path.join(folder, 'audit-head')), journal.auditWitness],
    });
    const plans = createPlans({
      journal,
      audit,
      catalogue,
      graph,
      connections,
      now: () => house.nowMs,
      log: (level, message) => void logged.push(`${level} ${message}`),
      ...options,
      ...more,
      // One by one, so that tests can say what comes before what; those of waves say more.
      limits: { reconcileSettleMs: 0, pollFastMs: 1, stepsTogetherMax: 1, ...options.limits, ...more.limits },
    });
    return { journalDatabase, auditDatabase, journal, audit, plans };
  }
  const house: PlanHouse = {
    folder,
    clouds,
    nudges,
    logged,
    nowMs: Date.parse('2026-11-21T10:00:00Z'),
    get plans() {
      return parts.current.plans;
    },
    get journal() {
      return parts.current.journal;
    },
    get journalDatabase() {
      return parts.current.journalDatabase;
    },
    get audit() {
      return parts.current.audit;
    },
    get auditDatabase() {
      return parts.current.auditDatabase;
    },
    discover: (relations = relationsNow) => {
      relationsNow = relations;
      for (const cloud of clouds) {
        const kinds = ['vm', 'volume', 'deployment', 'flavor', 'network'] as const;
        graph.apply(
          cloud.id,
          { name: 'all', kinds },
          { mode: 'full', resources: [...cloud.resources.values()], removed: [], relations },
        );
      }
    },
    announceConnections: () => {
      for (const listener of listeners) listener(connections.list());
    },
    restart: (more = {}) => {
      parts.current.journalDatabase.close();
      parts.current.auditDatabase.close();
      parts.current = openParts(more);
    },
    draft: (operation, targets, args = {}, more = {}) => ({
      operation,
      ...(targets ? { target: { kind: 'resources', ids: targets.map((one) => one.id) } } : {}),
      args,
      after: [],
      evidence: [],
      ...more,
    }),
    propose: (steps, actor = ada, more = {}) =>
      house.plans.propose({ text: 'do it', source: 'click', steps, ...more }, actor, never),
    approve: async (plan, actor = ada) => {
      const { approval } = plan.verdict;
      const typed = approval.kind === 'typed' ? { typed: approval.expected } : {};
      await house.plans.approve({ id: plan.id, digest: plan.digest, ...typed }, actor);
      return house.plans.ended(plan.id);
    },
    auditEvents: (plan) =>
      house.audit
        .list({ limit: 1_000, ...(plan ? { plan } : {}) })
        .toReversed()
        .map((record) => record.event),
    dispose: async () => {
      await house.plans.dispose();
      if (parts.current.auditDatabase.open) {
        parts.current.audit.close();
        parts.current.auditDatabase.close();
        parts.current.journalDatabase.close();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
  parts.current = openParts({});
  house.discover([]);
  return house;
}

// Services for tests of the wire: a real graph and a real conversation store, and fakes where a test wants to decide.

import os from 'node:os';
import { createEditorModels } from '../../daemon/assistant/editorModels.ts';
import type { AuditTrail } from '../../daemon/audit/contract.ts';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { createAliases } from '../../daemon/chat/aliases.ts';
import { createChatStore } from '../../daemon/chat/chatStore.ts';
import { createCorrections } from '../../daemon/chat/corrections.ts';
import { chatMigrations } from '../../daemon/chat/migrations.ts';
import type { Connections } from '../../daemon/discovery/contract.ts';
import type { StoredGraph } from '../../daemon/graph/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { createNeo4j } from '../../daemon/neo4j/neo4j.ts';
import type { DrainReason, Services } from '../../daemon/rpc/contract.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { createTerminalDesk } from '../../daemon/terminals/terminals.ts';
import type { Answer } from '../../shared/model/answer.ts';
import type { AuditEntry, AuditRecord } from '../../shared/model/audit.ts';
import type { Connection } from '../../shared/model/connection.ts';
import { defaultModelSettings } from '../../shared/model/languageModel.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Reading, ReadingContext } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { type FakePlans, fakePlans } from './plans.ts';
import { fakeConnection } from './resources.ts';
import { openWatch } from './watch.ts';

export interface FakeServices extends Services {
  readonly plans: FakePlans;
  readonly graph: StoredGraph;
  readonly audited: AuditEntry[];
  readonly logged: string[];
  readonly drains: DrainReason[];
  isDraining: boolean;
  /** What the interpreter makes of a text; gets the context it was given. */
  read: (text: string, context: ReadingContext | undefined) => Reading;
  answerWith: (reading: Reading, signal: AbortSignal) => Promise<Answer>;
  setConnections(connections: readonly Connection[]): void;
  put(resources: readonly Resource[], connection?: string): void;
  remove(ids: readonly string[], connection?: string): void;
}

const kinds = ['vm', 'volume', 'network'] as const;

export function fakeServices(stateFolder = os.tmpdir()): FakeServices {
  const audited: AuditEntry[] = [];
  const logged: string[] = [];
  const drains: DrainReason[] = [];
  const plans = fakePlans();
  const graph = createGraph();
  const connections = fakeConnections();
  const database = openDatabase({
    file: `${stateFolder}/chat-${process.pid}-${++lastFile}.db`,
    durability: 'normal',
    migrations: chatMigrations,
  });
  const services: FakeServices = {
    plans,
    graph,
    audited,
    logged,
    drains,
    connections,
    isDraining: false,
    audit: fakeAudit(audited),
    terminals: createTerminalDesk({
      connections,
      graph,
      audit: fakeAudit(audited),
      now: Date.now,
      log: (level, message) => void logged.push(`${level} ${message}`),
    }),
    neo4j: createNeo4j({
      graph,
      connections,
      audit: fakeAudit(audited),
      stateFolder,
      now: Date.now,
      log: (level, message) => void logged.push(`${level} ${message}`),
    }),
    catalogue,
    interpreter: {
      index: { size: 0, apply: () => {}, name: () => {} },
      read: ({ text, context }) => services.read(text, context),
      aliasTrouble: () => undefined,
    },
    answers: { answer: (reading, signal) => services.answerWith(reading, signal) },
    assistant: {
      wants: () => false,
      read: () => Promise.reject(new Error('no model here')),
      status: { preset: 'off', state: 'off', tokensToday: 0, dailyTokensMax: 0 },
      settings: defaultModelSettings,
      configure: () => ({ preset: 'off', state: 'off', tokensToday: 0, dailyTokensMax: 0 }),
    },
    state: {
      backup: async (file) => ({ file, bytes: 1, databases: ['journal.db'], at: '2026-11-21T10:00:00.000Z' }),
      prepareRestore: async (file) => ({ file, bytes: 1, databases: [], at: '2026-11-21T10:00:00.000Z' }),
    },
    editorModels: createEditorModels(),
    aliases: createAliases(database, Date.now),
    corrections: createCorrections(database, Date.now),
    chat: createChatStore({ database, now: Date.now, planOf: (id) => plans.get(id) }),
    watch: openWatch({ graph }).watch,
    failures: {
      list: () => [],
      models: () => [],
      records: () => [],
      known: () => {
        const none = { watched: 0, failures: 0 };
        return { host: none, disk: none, pod: none };
      },
    },
    networks: { list: () => [], promote: noNetwork, rollBack: noNetwork, train: async () => noNetwork() },
    daemon: {
      version: '0.1.0',
      pid: process.pid,
      startedAt: new Date().toISOString(),
      stateFolder,
      user: 'tester',
      get isDraining() {
        return services.isDraining;
      },
      drain: (reason) => {
        services.isDraining = true;
        drains.push(reason);
      },
    },
    now: Date.now,
    log: (level, message) => void logged.push(`${level} ${message}`),
    read: (text) => ({
      kind: 'refuse',
      text,
      source: 'embedded',
      confidence: 1,
      reason: 'out-of-scope',
      message: 'No.',
      instead: [],
    }),
    answerWith: async () => ({ summary: 'Nothing.', blocks: [], refs: [], source: 'test' }),
    setConnections: (list) => connections.set(list),
    put: (resources, connection = 'lab') =>
      void graph.apply(
        connection,
        { name: 'all', kinds },
        { mode: 'changes', resources, removed: [], relations: [] },
      ),
    remove: (removed, connection = 'lab') =>
      void graph.apply(
        connection,
        { name: 'all', kinds },
        { mode: 'changes', resources: [], removed, relations: [] },
      ),
  };
  return services;
}
let lastFile = 0;

function fakeAudit(audited: AuditEntry[]): AuditTrail {
  const recordOf = (entry: AuditEntry, index: number): AuditRecord => ({
    ...entry,
    seq: index + 1,
    at: '2026-11-20T10:00:00.000Z',
    previous: '0'.repeat(64),
    hash: '1'.repeat(64),
  });
  return {
    append(entry) {
      audited.push(entry);
      return recordOf(entry, audited.length - 1);
    },
    list: ({ limit }) => audited.map(recordOf).reverse().slice(0, limit),
    verify: () => ({ ok: true, records: audited.length, head: '1'.repeat(64) }),
    export: ({ afterSeq, limit }) => {
      const page = audited.map(recordOf).slice(afterSeq, afterSeq + limit);
      const last = page.at(-1)?.seq ?? afterSeq;
      const text = page.map((record) => `${JSON.stringify(record)}\n`).join('');
      return { text, ...(last < audited.length && { nextSeq: last }) };
    },
    acknowledge(actor) {
      audited.push({ event: 'audit.acknowledged', actor });
      return recordOf(audited.at(-1)!, audited.length - 1);
    },
    get head() {
      return { seq: audited.length, hash: '1'.repeat(64) };
    },
  };
}

function fakeConnections(): Connections & { set(list: readonly Connection[]): void } {
  let list: readonly Connection[] = [fakeConnection()];
  const listeners = new Set<(connections: readonly Connection[]) => void>();
  const set = (next: readonly Connection[]): void => {
    list = next;
    for (const listener of [...listeners]) listener(list);
  };
  return {
    set,
    list: () => list,
    get: (id) => list.find((connection) => connection.id === id),
    executor: () => undefined,
    rescan: async () => {},
    refresh: async () => {},
    nudge: () => {},
    configure(id, settings) {
      const before = list.find((connection) => connection.id === id);
      if (!before) throw new ProblemError({ code: 'not-found', message: `There is no connection ${id}.` });
      const after = { ...before, ...settings };
      set(list.map((connection) => (connection.id === id ? after : connection)));
      return after;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setActive: () => {},
    dispose: async () => {},
  };
}

function noNetwork(): never {
  throw new ProblemError({ code: 'not-found', message: 'There is no such model.' });
}

// The daemon: wires the rooms by hand and decides the order in which they end. It holds no logic of its own; how the
// process lives is in `lifecycle/`, what it does in the rooms. Started by windows and terminals through `connect/`,
// or by hand with `--foreground`.

import os from 'node:os';
import path from 'node:path';
import type { OperationId } from '../shared/model/kind.ts';
import { createAnswers } from './answers/answers.ts';
import { createAssistant } from './assistant/assistant.ts';
import type { Assistant } from './assistant/contract.ts';
import { createEditorModels } from './assistant/editorModels.ts';
import { assistantMigrations } from './assistant/memory.ts';
import { openHeadFile } from './audit/headFile.ts';
import { auditMigrations } from './audit/migrations.ts';
import { createAuditTrail } from './audit/trail.ts';
import { catalogue } from './catalogue/catalogue.ts';
import { createAliases } from './chat/aliases.ts';
import { createChatStore } from './chat/chatStore.ts';
import type { Aliases } from './chat/contract.ts';
import { createCorrections } from './chat/corrections.ts';
import { chatMigrations } from './chat/migrations.ts';
import { limits } from './config.ts';
import { createConnections } from './discovery/connections.ts';
import { connectionMigrations } from './discovery/migrations.ts';
import { provisioners, tryMetricServer } from './executors/registry.ts';
import { createForeseeing } from './failure/failure.ts';
import type { GraphReader } from './graph/contract.ts';
import { createGraph } from './graph/graph.ts';
import { graphMigrations } from './graph/migrations.ts';
import type { Interpreter } from './interpreter/contract.ts';
import { createInterpreter } from './interpreter/interpreter.ts';
import { createLearning } from './learn/learning.ts';
import { type House, type HouseContext, runDaemon } from './lifecycle/run.ts';
import { createNeo4j } from './neo4j/neo4j.ts';
import { createJournal } from './plans/journal.ts';
import { journalMigrations } from './plans/migrations.ts';
import { createPlans } from './plans/plans.ts';
import { type Durability, openDatabase } from './store/database.ts';
import type { Migration } from './store/migrations.ts';
import { createStateKeeper } from './store/stateKeeper.ts';
import { endLeftOpen } from './terminals/leftOpen.ts';
import { createTerminalDesk } from './terminals/terminals.ts';
import { createThreats } from './threat/threats.ts';
import { incidentResource } from './watch/asResource.ts';
import type { Watch } from './watch/contract.ts';
import { createVault } from './watch/settings.ts';
import { createWatch } from './watch/watch.ts';

/** Opens every room over the files of a state folder. Throws ProblemError where one cannot be opened. */
function openHouse({ stateFolder, env, log, now }: HouseContext): House {
  const databases = new Map<string, ReturnType<typeof openDatabase>>();
  const open = (name: string, durability: Durability, migrations: readonly Migration[]) => {
    // What must never be written by two daemons is held by one: the second is refused when it opens.
    const exclusive = durability === 'full';
    const database = openDatabase({ file: path.join(stateFolder, name), durability, migrations, exclusive });
    databases.set(name, database);
    return database;
  };

  const journal = createJournal(open('journal.db', 'full', journalMigrations));
  const audit = createAuditTrail({
    database: open('audit.db', 'full', auditMigrations),
    now,
    witnesses: [openHeadFile(path.join(stateFolder, 'audit.head')), journal.auditWitness],
  });
  const graph = createGraph({ database: open('graph.db', 'normal', graphMigrations), now, log });
  const vault = createVault();
  const context = { env, homeFolder: os.homedir(), stateFolder, now, log, secret: vault.get };
  const connections = createConnections({
    provisioners,
    context,
    graph,
    database: open('connections.db', 'normal', connectionMigrations),
  });
  const talk = open('chat.db', 'normal', chatMigrations);
  const aliases = createAliases(talk, now);
  const watch = createWatch({
    connections,
    graph,
    audit,
    vault,
    tryServer: (server, secret, signal) => tryMetricServer(server, { ...context, secret }, signal),
    stateFolder,
    open: (name, migrations) => open(name, 'normal', migrations),
    onMinute: () => {
      networks.tick();
      void failures.tick();
    },
    now,
    log,
  });
  const networks = createLearning({
    watch,
    open: (name, migrations) => open(name, 'normal', migrations),
    nameOf: (id) => graph.get(id)?.name ?? id,
    audit,
    now,
    log,
  });
  const threats = createThreats({
    audit,
    connections,
    graph,
    watch,
    riskOf: (operation) => catalogue.get(operation as OperationId)?.risk,
    open: (name, migrations) => open(name, 'normal', migrations),
    now,
    log,
  });
  const failures = createForeseeing({
    watch,
    graph,
    open: (name, migrations) => open(name, 'normal', migrations),
    now,
    log,
  });
  const { interpreter, stopIndexing } = interpretGraph(graph, aliases, watch.incidents);
  const plans = createPlans({ journal, audit, catalogue, graph, connections, now, log });
  const chat = createChatStore({
    database: talk,
    now,
    planOf: (id) => plans.get(id),
  });
  const known = { graph, history: graph, connections, audit, plans };
  const answers = createAnswers({ ...known, watch, threats, failures, now });

  endLeftOpen(audit, log);
  const terminals = createTerminalDesk({ connections, graph, audit, now, log });

  const neo4j = createNeo4j({ graph, connections, audit, stateFolder, now, log });

  const editorModels = createEditorModels();
  const assistant: Assistant = createAssistant({
    database: open('assistant.db', 'normal', assistantMigrations),
    env,
    editorClient: (model) => editorModels.client(model),
    catalogue,
    graph,
    answers,
    possible: () => new Set(connections.list().flatMap((connection) => connection.operations)),
    now,
  });

  return {
    services: {
      plans: { ...plans, recover: () => connections.rescan().then(plans.recover) },
      connections,
      graph,
      audit,
      interpreter,
      catalogue,
      answers,
      assistant,
      editorModels,
      state: createStateKeeper({ stateFolder, open: databases, now }),
      terminals,
      neo4j,
      chat,
      watch,
      networks,
      failures,
      aliases,
      corrections: createCorrections(talk, now),
    },
    setActive(active) {
      connections.setActive(active);
      watch.setActive(active);
      threats.setActive(active);
    },
    get keepsWatching() {
      return watch.keepsWatching;
    },
    async close() {
      await threats.dispose();
      terminals.dispose();
      await failures.dispose();
      await networks.dispose();
      await watch.dispose();
      await connections.dispose();
      stopIndexing();
      graph.dispose();
      audit.close();
      for (const database of [...databases.values()].reverse()) database.close();
    },
  };
}

/** The interpreter over what the graph has, made right after the start: nobody waits for it to be answered. */
function interpretGraph(
  graph: GraphReader,
  aliases: Aliases,
  incidents: Watch['incidents'],
): {
  readonly interpreter: Interpreter;
  readonly stopIndexing: () => void;
} {
  let made: Interpreter | undefined;
  let stopIndexing: () => void = () => {};
  const make = (): Interpreter => {
    const interpreter = createInterpreter(catalogue);
    interpreter.index.apply({ upserts: [...graph.all()], removes: [] });
    interpreter.index.name(aliases.list());
    const known = incidents.list({ limit: limits.incidentsShownMax });
    interpreter.index.apply({ upserts: known.map((one) => incidentResource(one, graph)), removes: [] });
    const stops = [
      graph.onDidChange((change) => interpreter.index.apply(change)),
      aliases.onDidChange((all) => interpreter.index.name(all)),
      incidents.onDidChange(({ upserts }) =>
        interpreter.index.apply({ upserts: upserts.map((one) => incidentResource(one, graph)), removes: [] }),
      ),
    ];
    stopIndexing = () => {
      for (const stop of stops) stop();
    };
    return interpreter;
  };
  const get = (): Interpreter => {
    made ??= make();
    return made;
  };
  const soon = setTimeout(get, 250);
  return {
    interpreter: {
      get index() {
        return get().index;
      },
      read: (request) => get().read(request),
      aliasTrouble: (alias, nowMs) => get().aliasTrouble(alias, nowMs),
    },
    stopIndexing() {
      clearTimeout(soon);
      stopIndexing();
    },
  };
}

void runDaemon({ args: process.argv.slice(2), env: process.env, open: openHouse }).then((code) =>
  process.exit(code),
);

// Wires the extension and ends: the line to the daemon, what is known of it, and the places it shows. It starts
// nothing itself but that line, and keeps nothing that the daemon does not.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { logPath } from '../connect/paths.ts';
import { type Reader, readers, type ToChat } from '../shared/panel/chat.ts';
import { createChartPanel } from './chart/chartPanel.ts';
import { registerChatView } from './chat/chatView.ts';
import { type ChatController, createChatController } from './chat/controller.ts';
import { pickCorrection } from './chat/corrections.ts';
import { frameOf } from './chat/frame.ts';
import { registerRetention } from './chat/retention.ts';
import { exportAudit, registerAuditCommands } from './commands/audit.ts';
import { registerConnectionCommands } from './commands/connections.ts';
import { registerFindingCommands } from './commands/findings.ts';
import { registerGraphCommands } from './commands/graph.ts';
import { registerLogCommands } from './commands/logs.ts';
import { registerManifestCommands } from './commands/manifests.ts';
import { registerOperationCommands } from './commands/operations.ts';
import { createPlanDoings, registerPlanCommands } from './commands/plans.ts';
import { registerCommand, showProblem } from './commands/problems.ts';
import { registerResourceCommands } from './commands/resources.ts';
import { registerStateCommands } from './commands/state.ts';
import { registerTalkCommands } from './commands/talk.ts';
import { followDaemon, watchDaemon } from './daemon/follow.ts';
import { openDaemonLink } from './daemon/link.ts';
import { registerDocuments } from './documents/documents.ts';
import { createDrafts } from './documents/manifestDrafts.ts';
import { registerManifestFiles } from './documents/manifestFiles.ts';
import { registerManifestProblems } from './documents/manifestProblems.ts';
import { registerMetrics } from './metrics/register.ts';
import { registerLanguageModel } from './model/register.ts';
import { registerNeo4j } from './neo4j/register.ts';
import { createAuditPanel } from './panels/auditPanel.ts';
import { environmentOf, readSettings } from './settings.ts';
import { createCatalogueStore } from './state/catalogue.ts';
import { createConnectionStore } from './state/connections.ts';
import { createIncidentStore } from './state/incidents.ts';
import { createPlanStore } from './state/plans.ts';
import { createResourceStore, nameOf } from './state/resources.ts';
import { createTrends } from './state/trends.ts';
import { registerTerminals } from './terminals/terminals.ts';
import { createTopologyPanel } from './topology/topologyPanel.ts';
import { registerDecorations } from './views/decorations.ts';
import { createIncidentTree } from './views/incidentTree.ts';
import { registerNotices } from './views/notices.ts';
import { createPlansTree } from './views/plansTree.ts';
import { createResourceTree } from './views/resourceTree.ts';
import { createStatusBar, showStatus } from './views/statusBar.ts';

export function activate(context: vscode.ExtensionContext): void {
  const { packageJSON } = context.extension;
  const memory = context.workspaceState;
  const settings = readSettings();
  const log = vscode.window.createOutputChannel('Pilothouse', { log: true });
  const daemon = openDaemonLink(
    {
      stateFolder: settings.stateFolder,
      entry: context.asAbsolutePath('dist/daemon.cjs'),
      client: { name: 'vscode', version: packageJSON.version, kind: 'editor' },
      mayStart: settings.autoStart,
      env: { ...environmentOf(settings), ...process.env },
    },
    (line) => log.info(line),
  );

  const catalogue = createCatalogueStore();
  const resources = createResourceStore();
  const plans = createPlanStore();
  const incidents = createIncidentStore();
  const connections = createConnectionStore(
    memory.get('connection'),
    (id) => void memory.update('connection', id),
  );
  const stores = { daemon, catalogue, resources, plans, connections, incidents };

  const tree = createResourceTree(stores);
  const plansTree = createPlansTree(plans);
  const documents = registerDocuments(stores);
  const draftFolder = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'manifests').fsPath;
  const files = registerManifestFiles({ ...stores, drafts: createDrafts(draftFolder) });
  const problems = registerManifestProblems(async (id, text) => {
    const { base } = await files.require(id);
    return daemon.request('manifest/check', { connection: id.slice(0, id.indexOf(':')), text, base });
  });
  const audit = createAuditPanel(context.extensionUri, daemon, () => exportAudit(daemon));
  const conversation = memory.get<string>('conversation') ?? `editor-${randomUUID()}`;
  void memory.update('conversation', conversation);

  const view = registerChatView(
    context.extensionUri,
    () => chat,
    (error) => void showProblem(error),
  );
  const showPlan = async (plan: Parameters<ChatController['showPlan']>[0]) => {
    await view.show();
    chat.showPlan(plan);
  };
  const planPorts = { daemon, plans, showPlan };
  const model = registerLanguageModel(daemon, context.secrets, (line) => log.info(line));
  const doings = createPlanDoings(planPorts);
  const reader = {
    get choice(): Reader {
      return readers.find((one) => one === context.globalState.get('reader')) ?? 'auto';
    },
    choose: (chosen: Reader) => void context.globalState.update('reader', chosen),
  };
  const frame = (): Extract<ToChat, { type: 'state' }> =>
    frameOf({ ...stores, reader: reader.choice, model: model.status });
  const chat: ChatController = createChatController({
    ...stores,
    ...doings,
    frame,
    post: (message) => view.post(message),
    settled: () => model.settled(),
    reader,
    context: () => ({ conversation, selection: [...tree.selection()], connection: connections.active?.id }),
    pickCorrection: (step, part) => pickCorrection(step, part, stores),
    openResource: async (id) => {
      if (!(await tree.reveal(id))) await documents.openDetails(id, nameOf(resources, id));
    },
    openAudit: async (plan) => audit.show(plan),
    openTopology: (id) => topology.show([id]),
    openBlast: async (id) => void (await vscode.commands.executeCommand('pilothouse.plan.blastRadius', id)),
    command: async (name) => {
      const [command, ...args] = panelCommands[name];
      await vscode.commands.executeCommand(command, ...args);
    },
  });
  const askInChat = async (text: string) => {
    await view.show();
    await chat.ask(text);
  };
  const openDetails = (id: string) => documents.openDetails(id, nameOf(resources, id));
  const topology = createTopologyPanel({
    ...stores,
    extensionUri: context.extensionUri,
    openDetails,
    reveal: tree.reveal,
  });
  const chart = createChartPanel({
    ...stores,
    extensionUri: context.extensionUri,
    openDetails,
    reveal: tree.reveal,
    openPlan: async (id) => void (await vscode.commands.executeCommand('pilothouse.plan.show', id)),
  });
  const openLogs = (id: string) => documents.openLogs(id, nameOf(resources, id));

  followDaemon(stores, {
    onPlan: (plan) => chat.planChanged(plan),
    onReady: () => chat.ready(),
    log: (line) => log.warn(line),
  });
  watchDaemon(stores, () => view.post(frame()));
  model.onDidChange(() => view.post(frame()));
  context.subscriptions.push(
    { dispose: () => daemon.dispose() },
    log,
    tree,
    plansTree,
    createIncidentTree(incidents, createTrends(daemon)),
    registerDecorations(incidents),
    documents,
    files,
    problems,
    audit,
    topology,
    chart,
    view,
    createStatusBar(stores),
    model,
    registerRetention(daemon, (line) => log.warn(line)),
    registerMetrics(daemon, context.secrets, (line) => log.warn(line)),
    registerNeo4j({
      daemon,
      secrets: context.secrets,
      documents,
      lastQuery: {
        get: () => context.workspaceState.get('neo4j.query', ''),
        set: (text) => void context.workspaceState.update('neo4j.query', text),
      },
      log: (line) => log.warn(line),
    }),
    ...registerTalkCommands(daemon, {
      clear: () => chat.clear(),
      search: async () => {
        await view.show();
        view.post({ type: 'search' });
      },
    }),
    ...registerPlanCommands(planPorts, doings),
    ...registerAuditCommands(daemon, (plan) => audit.show(plan)),
    ...registerStateCommands(daemon, () => chat.reload()),
    ...registerConnectionCommands(stores),
    ...registerResourceCommands({ resources, tree, openDetails, compose: (text) => view.show(text) }),
    ...registerManifestCommands({
      ...stores,
      files,
      problems,
      showPlan,
      review: (plan) => doings.review(plan.id, plan.digest),
      compare: documents.compareWithServer,
    }),
    ...registerLogCommands({ ...stores, documents }),
    ...registerTerminals(stores),
    ...registerGraphCommands({
      ...stores,
      tree,
      topology,
      chart,
      documents,
      lastQuery: {
        get: () => memory.get('query') ?? '',
        set: (text) => void memory.update('query', text),
      },
    }),
    registerNotices(incidents, (id) => void askInChat(`explain ${id}`)),
    ...registerFindingCommands({
      daemon,
      incidents,
      ask: askInChat,
      chart: ({ id }) => chart.show({ incident: id }),
      reveal: async (id) => {
        if (!(await tree.reveal(id))) await openDetails(id);
      },
    }),
    ...registerOperationCommands(operationIds(packageJSON), {
      ...stores,
      showPlan,
      review: (plan) => doings.review(plan.id, plan.digest),
      askSteps: async (text, steps, query) => {
        await view.show();
        await chat.askSteps(text, steps, query);
      },
      openDetails,
      openLogs,
    }),
    registerCommand('pilothouse.chat.ask', (text?: string) =>
      view.show(typeof text === 'string' ? text : undefined),
    ),
    registerCommand('pilothouse.status.show', () => showStatus(stores)),
    registerCommand('pilothouse.daemon.restart', () => daemon.restart()),
    registerCommand('pilothouse.log.show', () => showLog(log, settings.stateFolder)),
  );
  if (settings.openAtStart) void view.show();
}

const panelCommands = {
  chooseConnection: ['pilothouse.connection.choose'],
  restartDaemon: ['pilothouse.daemon.restart'],
  showLog: ['pilothouse.log.show'],
  chooseModel: ['workbench.action.openSettings', 'pilothouse.model'],
} as const;

/** Ids of the operations that package.json, generated from the catalogue, has commands for. */
function operationIds(packageJson: {
  contributes: { commands: readonly { command: string }[] };
}): readonly string[] {
  const prefix = 'pilothouse.operation.';
  return packageJson.contributes.commands.flatMap(({ command }) =>
    command.startsWith(prefix) ? [command.slice(prefix.length)] : [],
  );
}

/** The daemon's own log where there is one, and the window's. */
async function showLog(log: vscode.LogOutputChannel, stateFolder: string): Promise<void> {
  log.show(true);
  const file = vscode.Uri.file(logPath(stateFolder));
  const exists = await vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  if (exists) await vscode.window.showTextDocument(file, { preview: true });
}

// What package.json says to the editor: commands, views, menus and settings. Data and pure functions;
// `scripts/contributions.ts` writes the result into package.json, with one command for each operation of the
// catalogue, and a test holds it up to date. Nothing here runs inside the editor.

import { type Environment, environments } from '../shared/model/connection.ts';
import { changeVerbs, destroyVerbs, readVerbs, specialVerbs } from '../shared/model/kind.ts';
import type { Operation } from '../shared/model/operation.ts';
import { manifestScheme } from './documents/manifestAddress.ts';
import { editorTitleMenu, graphCommands, graphMenu } from './graphContributions.ts';
import {
  manifestCommands,
  manifestContextMenu,
  manifestKeybindings,
  manifestMenu,
  manifestTitleMenu,
} from './manifestContributions.ts';
import { configuration } from './settingsContributions.ts';
import { terminalCommands, terminalMenu } from './terminalContributions.ts';
import { whenAllowed, whenIs, whenOffered } from './views/contextValue.ts';
import { watchCommands, watchMenu, watchTitleMenu } from './watchContributions.ts';

type Entry = Pick<Operation, 'id' | 'verb' | 'kind' | 'risk' | 'title' | 'target' | 'args'>;

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly icon?: string;
  readonly enablement?: string;
}

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

const category = 'Pilothouse';
const inResources = 'view == pilothouse.resources';
const inPlans = 'view == pilothouse.plans';

/**
 * Commands that do not come from the catalogue. `palette: false` ones need something that was clicked; others may say
 * when the palette has them.
 */
const commands: readonly (Omit<Command, 'category'> & { readonly palette?: false | string })[] = [
  { command: 'pilothouse.chat.ask', title: 'Ask…', icon: '$(comment-discussion)' },
  { command: 'pilothouse.chat.clear', title: 'Forget This Conversation…', icon: '$(clear-all)' },
  { command: 'pilothouse.chat.search', title: 'Search This Conversation…', icon: '$(search)' },
  { command: 'pilothouse.alias.manage', title: 'Manage Aliases…' },
  { command: 'pilothouse.correction.export', title: 'Export Corrections…' },
  { command: 'pilothouse.plan.list', title: 'Show Plans' },
  { command: 'pilothouse.plan.show', title: 'Show Plan', icon: '$(eye)' },
  { command: 'pilothouse.plan.review', title: 'Review & Approve Plan…', icon: '$(check)' },
  { command: 'pilothouse.plan.reject', title: 'Reject Plan', icon: '$(close)' },
  { command: 'pilothouse.plan.cancel', title: 'Cancel Running Plan', icon: '$(debug-stop)' },
  { command: 'pilothouse.plan.undo', title: 'Undo Plan…', icon: '$(discard)' },
  { command: 'pilothouse.plan.continue', title: 'Continue Plan…', icon: '$(debug-continue)' },
  { command: 'pilothouse.plan.resolve', title: 'Say What Became of an Unknown Step…', icon: '$(question)' },
  { command: 'pilothouse.audit.show', title: 'Show Audit', icon: '$(shield)' },
  { command: 'pilothouse.audit.verify', title: 'Verify Audit' },
  { command: 'pilothouse.audit.export', title: 'Export Audit…' },
  { command: 'pilothouse.connection.refresh', title: 'Refresh', icon: '$(refresh)' },
  { command: 'pilothouse.connection.rescan', title: 'Rescan Connections', icon: '$(search)' },
  { command: 'pilothouse.connection.setMode', title: 'Set Connection Mode…', icon: '$(lock)' },
  { command: 'pilothouse.connection.setEnvironment', title: 'Set Environment…', icon: '$(tag)' },
  { command: 'pilothouse.connection.choose', title: 'Choose Active Connection…' },
  { command: 'pilothouse.resource.filter', title: 'Filter Resources…', icon: '$(filter)' },
  {
    command: 'pilothouse.resource.clearFilter',
    title: 'Clear Filter',
    icon: '$(filter-filled)',
    palette: false,
  },
  { command: 'pilothouse.resource.details', title: 'Show Details', icon: '$(info)', palette: false },
  ...graphCommands,
  ...manifestCommands,
  ...terminalCommands,
  ...watchCommands,
  { command: 'pilothouse.resource.copyId', title: 'Copy Id' },
  { command: 'pilothouse.resource.askAbout', title: 'Ask About This…', palette: false },
  { command: 'pilothouse.model.setKey', title: 'Set Model Key…' },
  { command: 'pilothouse.model.status', title: 'Show Model Status' },
  { command: 'pilothouse.state.backup', title: 'Back Up State…' },
  { command: 'pilothouse.state.restore', title: 'Restore State…' },
  { command: 'pilothouse.daemon.restart', title: 'Restart Daemon' },
  { command: 'pilothouse.log.show', title: 'Show Log' },
  { command: 'pilothouse.status.show', title: 'Show Status…' },
];

/** Groups of a resource's menu by verb; what is not named here stands with other changes. */
const groups: Readonly<Record<string, string>> = {
  show: '1_read',
  logs: '1_read',
  metrics: '1_read',
  explain: '1_read',
  forecast: '1_read',
  start: '2_run',
  stop: '2_run',
  reboot: '2_run',
  restart: '2_run',
  'rollout-restart': '2_run',
  suspend: '2_run',
  resume: '2_run',
  run: '2_run',
  attach: '4_parts',
  detach: '4_parts',
  snapshot: '4_parts',
  'assign-ip': '4_parts',
  'unassign-ip': '4_parts',
  'open-port': '4_parts',
  'close-port': '4_parts',
  tag: '5_marks',
  untag: '5_marks',
  ack: '5_marks',
  silence: '5_marks',
  create: '6_make',
};

/** Menus keep the order in which people look for things, not that of the alphabet. */
const verbOrder: readonly string[] = [...readVerbs, ...changeVerbs, ...destroyVerbs, ...specialVerbs];

function groupOf({ verb, risk }: Entry): string {
  return risk === 'destroy' ? '9_destroy' : (groups[verb] ?? '3_change');
}

/** The three fields of package.json that are generated. */
export function contributionsOf(operations: readonly Entry[]) {
  const offered = operations.filter(isOffered);
  return {
    icon: 'media/icon.png',
    // An edited manifest is there again after a reload before the window has started.
    activationEvents: ['onStartupFinished', `onFileSystem:${manifestScheme}`],
    contributes: {
      commands: [...commands.map(ownCommand), ...offered.map(operationCommand)],
      viewsContainers: {
        activitybar: [{ id: 'pilothouse', title: 'Pilothouse', icon: 'media/activity.svg' }],
      },
      views: { pilothouse: views },
      viewsWelcome: welcome,
      menus: {
        commandPalette: [
          ...commands
            .filter((item) => item.palette !== undefined)
            .map(({ command, palette }) => ({ command, when: palette || 'false' })),
          ...offered
            .filter((entry) => entry.risk === 'read')
            .map((entry) => ({ command: commandOf(entry), when: 'false' })),
        ],
        'view/title': titleMenu,
        'editor/title': [...editorTitleMenu, ...manifestTitleMenu],
        'editor/context': manifestContextMenu,
        'view/item/context': [...itemMenu, ...offered.map(operationMenu)],
      },
      keybindings: manifestKeybindings,
      colors: environments.map(environmentColor),
      configuration,
    },
  };
}

/** Lists are what the tree itself is; operations on providers, topology and audit have no item to click. */
function isOffered(entry: Entry): boolean {
  return entry.verb !== 'list' && !['provider', 'topology', 'audit'].includes(entry.kind);
}

function commandOf(entry: Pick<Entry, 'id'>): string {
  return `pilothouse.operation.${entry.id}`;
}

function ownCommand({ command, title, icon, enablement }: (typeof commands)[number]): Command {
  return { command, title, category, ...(icon ? { icon } : {}), ...(enablement ? { enablement } : {}) };
}

/** Three dots promise that something is asked or shown before anything happens, which is so for every change. */
function operationCommand(entry: Entry): Command {
  const asks = entry.risk !== 'read' || entry.args.some((argument) => argument.required);
  const enablement = entry.target === 'none' ? {} : { enablement: whenAllowed(entry.id) };
  return {
    command: commandOf(entry),
    title: asks ? `${entry.title}…` : entry.title,
    category,
    ...enablement,
  };
}

function operationMenu(entry: Entry): MenuItem {
  return {
    command: commandOf(entry),
    when: `${inResources} && ${whenOffered(entry.id)}`,
    group: `${groupOf(entry)}@${verbOrder.indexOf(entry.verb) + 1}`,
  };
}

/** Settable like any colour of the workbench; an unknown environment is treated like prod and looks like it. */
function environmentColor(environment: Environment) {
  const [light, dark] = environmentColors[environment];
  return {
    id: `pilothouse.environment.${environment}`,
    description: `Icon of connections whose environment is ${environment}.`,
    defaults: { dark, light, highContrast: dark, highContrastLight: light },
  };
}

/**
 * On light and on dark grounds, each at least 3:1 against the side bars of the editor's own themes (WCAG 2.1, 1.4.11).
 * The editor's chart colours will not do: its orange is see-through.
 */
const environmentColors: Readonly<Record<Environment, readonly [light: string, dark: string]>> = {
  prod: ['#c72e0f', '#f48771'],
  staging: ['#a85400', '#e8912d'],
  test: ['#7a6400', '#e2c541'],
  dev: ['#2f7d32', '#73c991'],
  sandbox: ['#0060a0', '#59a4f9'],
  unknown: ['#c72e0f', '#f48771'],
};

const views = [
  { type: 'webview', id: 'pilothouse.chat', name: 'Chat', icon: 'media/activity.svg', initialSize: 9 },
  { id: 'pilothouse.resources', name: 'Resources', icon: 'media/activity.svg', initialSize: 6 },
  {
    id: 'pilothouse.plans',
    name: 'Plans',
    icon: 'media/activity.svg',
    initialSize: 2,
    visibility: 'collapsed',
  },
  {
    id: 'pilothouse.findings',
    name: 'Findings',
    icon: 'media/activity.svg',
    initialSize: 2,
    visibility: 'collapsed',
  },
];

const welcome = [
  {
    view: 'pilothouse.resources',
    contents:
      'Nothing is connected. Connections are found where their own tools keep them (clouds.yaml, environment variables).\n[Rescan connections](command:pilothouse.connection.rescan)\n[Show log](command:pilothouse.log.show)',
    when: 'pilothouse.daemon == ready && !pilothouse.isFiltered',
  },
  {
    view: 'pilothouse.resources',
    contents: 'Nothing holds these words.\n[Clear filter](command:pilothouse.resource.clearFilter)',
    when: 'pilothouse.daemon == ready && pilothouse.isFiltered',
  },
  { view: 'pilothouse.resources', contents: 'Starting the daemon…', when: 'pilothouse.daemon == starting' },
  {
    view: 'pilothouse.resources',
    contents:
      'The daemon cannot be reached.\n[Restart daemon](command:pilothouse.daemon.restart)\n[Show log](command:pilothouse.log.show)',
    when: 'pilothouse.daemon == failed || pilothouse.daemon == reconnecting',
  },
  {
    view: 'pilothouse.plans',
    contents: 'No plans yet. Say what should happen in the chat, or choose an action of a resource.',
    when: 'pilothouse.daemon == ready',
  },
  {
    view: 'pilothouse.findings',
    contents:
      'Nothing unusual was found. What connections measure is watched while a window is open.\n[Ask what is measured](command:pilothouse.chat.ask?%5B%22what%27s%20current%20CPU%3F%22%5D)\n[Add Prometheus server](command:pilothouse.metrics.addServer)',
    when: 'pilothouse.daemon == ready',
  },
];

const titleMenu: readonly MenuItem[] = [
  { command: 'pilothouse.audit.show', when: 'view == pilothouse.chat', group: 'navigation@1' },
  { command: 'pilothouse.chat.search', when: 'view == pilothouse.chat', group: 'navigation@2' },
  { command: 'pilothouse.chat.clear', when: 'view == pilothouse.chat', group: 'navigation@3' },
  {
    command: 'pilothouse.resource.filter',
    when: `${inResources} && !pilothouse.isFiltered`,
    group: 'navigation@1',
  },
  {
    command: 'pilothouse.resource.clearFilter',
    when: `${inResources} && pilothouse.isFiltered`,
    group: 'navigation@1',
  },
  { command: 'pilothouse.connection.refresh', when: inResources, group: 'navigation@2' },
  { command: 'pilothouse.connection.rescan', when: inResources, group: '1_connections@1' },
  { command: 'pilothouse.connection.choose', when: inResources, group: '1_connections@2' },
  { command: 'pilothouse.audit.show', when: inPlans, group: 'navigation@1' },
  ...watchTitleMenu,
];

const itemMenu: readonly MenuItem[] = [
  {
    command: 'pilothouse.connection.refresh',
    when: `${inResources} && ${whenIs('connection')}`,
    group: 'inline@1',
  },
  {
    command: 'pilothouse.connection.refresh',
    when: `${inResources} && ${whenIs('connection')}`,
    group: '0_refresh',
  },
  {
    command: 'pilothouse.connection.choose',
    when: `${inResources} && ${whenIs('connection')}`,
    group: '1_connection@1',
  },
  {
    command: 'pilothouse.connection.setMode',
    when: `${inResources} && ${whenIs('connection')}`,
    group: '1_connection@2',
  },
  {
    command: 'pilothouse.connection.setEnvironment',
    when: `${inResources} && ${whenIs('connection')}`,
    group: '1_connection@3',
  },
  {
    command: 'pilothouse.resource.details',
    when: `${inResources} && ${whenIs('resource')}`,
    group: 'inline@1',
  },
  // The icon in the row is for the mouse; the menu is reached by keyboard, too.
  {
    command: 'pilothouse.resource.details',
    when: `${inResources} && ${whenIs('resource')}`,
    group: '1_read@0',
  },
  {
    command: 'pilothouse.resource.askAbout',
    when: `${inResources} && ${whenIs('resource')}`,
    group: '0_ask',
  },
  ...graphMenu,
  ...manifestMenu,
  ...terminalMenu,
  ...watchMenu,
  ...(['review', 'reject', 'cancel', 'continue', 'undo', 'resolve'] as const).flatMap((action, index) => [
    {
      command: `pilothouse.plan.${action}`,
      when: `${inPlans} && ${whenIs(action)}`,
      group: `inline@${index + 1}`,
    },
    {
      command: `pilothouse.plan.${action}`,
      when: `${inPlans} && ${whenIs(action)}`,
      group: `1_plan@${index + 1}`,
    },
  ]),
];

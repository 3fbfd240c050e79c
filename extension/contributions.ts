// What package.json says to the editor: commands, views, menus and settings. Data and pure functions;
// `scripts/contributions.ts` writes the result into package.json, with one command for each operation of the
// catalogue, and a test holds it up to date. Nothing here runs inside the editor.

import { changeVerbs, destroyVerbs, readVerbs, specialVerbs } from '../shared/model/kind.ts';
import { modelPresets } from '../shared/model/languageModel.ts';
import type { Operation } from '../shared/model/operation.ts';
import { editorTitleMenu, graphCommands, graphMenu } from './graphContributions.ts';
import { whenAllowed, whenIs, whenOffered } from './views/contextValue.ts';

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

/** Commands that do not come from the catalogue. `palette: false` ones need something that was clicked. */
const commands: readonly (Omit<Command, 'category'> & { readonly palette?: false })[] = [
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
  rebuild: '9_destroy',
  delete: '9_destroy',
};

/** Menus keep the order in which people look for things, not that of the alphabet. */
const verbOrder: readonly string[] = [...readVerbs, ...changeVerbs, ...destroyVerbs, ...specialVerbs];

/** The three fields of package.json that are generated. */
export function contributionsOf(operations: readonly Entry[]) {
  const offered = operations.filter(isOffered);
  return {
    icon: 'media/icon.png',
    activationEvents: ['onStartupFinished'],
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
            .filter((item) => item.palette === false)
            .map(({ command }) => ({ command, when: 'false' })),
          ...offered
            .filter((entry) => entry.risk === 'read')
            .map((entry) => ({ command: commandOf(entry), when: 'false' })),
        ],
        'view/title': titleMenu,
        'editor/title': editorTitleMenu,
        'view/item/context': [...itemMenu, ...offered.map(operationMenu)],
      },
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

function ownCommand({ command, title, icon }: (typeof commands)[number]): Command {
  return { command, title, category, ...(icon ? { icon } : {}) };
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
    group: `${groups[entry.verb] ?? '3_change'}@${verbOrder.indexOf(entry.verb) + 1}`,
  };
}

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
];

const itemMenu: readonly MenuItem[] = [
  {
    command: 'pilothouse.connection.refresh',
    when: `${inResources} && ${whenIs('connection')}`,
    group: 'inline@1',
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
  {
    command: 'pilothouse.resource.askAbout',
    when: `${inResources} && ${whenIs('resource')}`,
    group: '0_ask',
  },
  ...graphMenu,
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

function shared(order: number, what: string) {
  return {
    type: 'boolean',
    default: false,
    scope: 'machine',
    order,
    description: `Let a language model see ${what}. It always sees names, kinds and states; secrets never.`,
  };
}

function price(order: number, way: string) {
  return {
    type: 'number',
    default: 0,
    minimum: 0,
    scope: 'machine',
    order,
    description: `Price of a million tokens ${way}, for showing what a question cost. 0: only tokens are shown.`,
  };
}

const configuration = {
  title: 'Pilothouse',
  properties: {
    'pilothouse.daemon.stateFolder': {
      type: 'string',
      default: '',
      scope: 'machine',
      order: 1,
      markdownDescription:
        'Folder where the daemon keeps its state (plans, audit trail, history). Empty: the usual data folder of this user. The environment variable `PILOTHOUSE_STATE` wins over it. Takes effect when the window is reloaded.',
    },
    'pilothouse.daemon.autoStart': {
      type: 'boolean',
      default: true,
      scope: 'machine',
      order: 2,
      description:
        'Start the daemon when it does not run. Off: it is only connected to, and started by “Restart Daemon”.',
    },
    'pilothouse.openAtStart': {
      type: 'boolean',
      default: false,
      scope: 'machine',
      order: 3,
      description: 'Show the Pilothouse view when a window opens.',
    },
    'pilothouse.sandbox.enabled': {
      type: 'boolean',
      default: true,
      scope: 'machine',
      order: 4,
      description:
        'Show the sandbox, a simulated cloud to learn and rehearse on. Takes effect when the daemon is started.',
    },
    'pilothouse.local.enabled': {
      type: 'boolean',
      default: true,
      scope: 'machine',
      order: 5,
      description:
        'Show this machine: its figures, processes, systemd services and containers. Takes effect when the daemon is started.',
    },
    'pilothouse.onPremise.file': {
      type: 'string',
      default: '',
      scope: 'machine',
      order: 6,
      markdownDescription:
        'File that names your own servers (SSH), devices (SNMP) and the address ranges that may be scanned. Empty: `~/.config/pilothouse/onprem.yaml`, where it is there. Takes effect when the daemon is started.',
    },
    'pilothouse.daemon.logLevel': {
      type: 'string',
      enum: ['info', 'debug'],
      default: 'info',
      scope: 'machine',
      order: 3,
      description: 'How much the daemon writes into its log. Takes effect when the daemon is started.',
    },
    'pilothouse.chat.keepDays': {
      type: 'integer',
      default: 0,
      minimum: 0,
      maximum: 3_650,
      scope: 'machine',
      order: 5,
      description:
        'Days that what was said in the chat is kept. 0: as long as there is room. Plans and the audit trail stay.',
    },
    'pilothouse.chat.keepTurns': {
      type: 'integer',
      default: 5_000,
      minimum: 1,
      maximum: 5_000,
      scope: 'machine',
      order: 6,
      description: 'Turns of the chat that are kept, in all workspaces together; the oldest go first.',
    },
    'pilothouse.model.preset': {
      type: 'string',
      enum: [...modelPresets],
      default: 'off',
      scope: 'machine',
      order: 10,
      description:
        'Language model that is asked where the embedded reader is unsure. It only proposes: every plan is checked, shown and approved as always. “editor” uses the models this editor has; “custom” any OpenAI-compatible address.',
    },
    'pilothouse.model.name': {
      type: 'string',
      default: '',
      scope: 'machine',
      order: 11,
      description: "Name of the model. Empty: the preset's own default.",
    },
    'pilothouse.model.baseUrl': {
      type: 'string',
      default: '',
      scope: 'machine',
      order: 12,
      description:
        'Address of an OpenAI-compatible endpoint, e.g. http://127.0.0.1:11434/v1. Empty: that of the preset.',
    },
    'pilothouse.model.share.tags': shared(13, 'tags of resources'),
    'pilothouse.model.share.addresses': shared(14, 'addresses and open ports'),
    'pilothouse.model.share.logs': shared(15, 'lines of logs'),
    'pilothouse.model.dailyTokens': {
      type: 'number',
      default: 500_000,
      minimum: 0,
      scope: 'machine',
      order: 16,
      description: 'Tokens, in and out together, that a language model may take in a day. 0: no limit.',
    },
    'pilothouse.model.price.input': price(17, 'in'),
    'pilothouse.model.price.output': price(18, 'out'),
    'pilothouse.model.price.currency': {
      type: 'string',
      default: 'USD',
      scope: 'machine',
      order: 19,
      description: 'Currency of the prices.',
    },
  },
};

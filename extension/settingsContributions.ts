// The settings of the extension, for package.json (`contributions.ts` puts all together). Data only.

import { modelPresets } from '../shared/model/languageModel.ts';
import { watchSettings } from './watchContributions.ts';

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

/** The settings, as package.json lists them. */
export const configuration = {
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
    'pilothouse.account.requestsPerSecond': {
      type: 'number',
      default: 0,
      minimum: 0,
      maximum: 200,
      scope: 'machine',
      order: 7,
      markdownDescription:
        'How many requests a second an account is asked at most, over all its regions, where its cloud counts them. What an account has is shown with the account; `pilothouse_requests_per_second` in a profile is for that one alone. 0: 20. Takes effect when the daemon is started.',
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
    ...watchSettings,
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

// The commands, menus and settings of what is watched, for package.json (`contributions.ts` puts all together). Data
// only.

import { defaultMetricSettings } from '../shared/model/metricSettings.ts';
import { whenIs } from './views/contextValue.ts';

const inFindings = 'view == pilothouse.findings';

/** `palette: false` ones need something that was clicked. */
export const watchCommands = [
  { command: 'pilothouse.finding.list', title: 'Show Findings' },
  {
    command: 'pilothouse.finding.explain',
    title: 'Explain Finding',
    icon: '$(comment-discussion)',
    palette: false,
  },
  {
    command: 'pilothouse.finding.chart',
    title: 'Show Chart of Finding',
    icon: '$(graph-line)',
    palette: false,
  },
  { command: 'pilothouse.finding.reveal', title: 'Go to Resource', icon: '$(go-to-file)', palette: false },
  { command: 'pilothouse.finding.right', title: 'This Was Right', icon: '$(thumbsup)', palette: false },
  { command: 'pilothouse.finding.noise', title: 'This Was Noise', icon: '$(thumbsdown)', palette: false },
  { command: 'pilothouse.finding.ack', title: 'I Look After It', palette: false },
  { command: 'pilothouse.finding.unack', title: 'Nobody Looks After It', palette: false },
  { command: 'pilothouse.finding.mute', title: 'Mute…', icon: '$(bell-slash)', palette: false },
  { command: 'pilothouse.finding.mutes', title: 'Manage Mutes of Findings…', icon: '$(bell-slash)' },
  { command: 'pilothouse.metrics.addServer', title: 'Add Prometheus Server…' },
  { command: 'pilothouse.metrics.manageServers', title: 'Manage Prometheus Servers…' },
] as const;

/** An incident about things, not only about who acts. */
const isThing = `${inFindings} && ${whenIs('incident')} && ${whenIs('thing')}`;

export const watchMenu = [
  { command: 'pilothouse.finding.chart', when: isThing, group: 'inline@1' },
  { command: 'pilothouse.finding.noise', when: `${inFindings} && ${whenIs('incident')}`, group: 'inline@2' },
  {
    command: 'pilothouse.finding.explain',
    when: `${inFindings} && ${whenIs('incident')}`,
    group: '1_look@1',
  },
  { command: 'pilothouse.finding.chart', when: isThing, group: '1_look@2' },
  { command: 'pilothouse.finding.reveal', when: `${inFindings} && ${whenIs('thing')}`, group: '1_look@3' },
  { command: 'pilothouse.finding.ack', when: `${inFindings} && ${whenIs('unacked')}`, group: '2_say@1' },
  { command: 'pilothouse.finding.unack', when: `${inFindings} && ${whenIs('acked')}`, group: '2_say@1' },
  { command: 'pilothouse.finding.right', when: `${inFindings} && ${whenIs('incident')}`, group: '2_say@2' },
  { command: 'pilothouse.finding.noise', when: `${inFindings} && ${whenIs('incident')}`, group: '2_say@3' },
  { command: 'pilothouse.finding.mute', when: `${inFindings} && ${whenIs('heard')}`, group: '3_mute@1' },
] as const;

export const watchTitleMenu = [
  { command: 'pilothouse.finding.mutes', when: inFindings, group: 'navigation@1' },
  { command: 'pilothouse.metrics.manageServers', when: inFindings, group: '1_metrics@1' },
] as const;

export const watchSettings = {
  'pilothouse.findings.notify': {
    type: 'string',
    enum: ['critical', 'warning', 'off'],
    enumDescriptions: [
      'Only critical findings.',
      'Findings that are a warning or critical.',
      'None; the view and the status bar still show them.',
    ],
    default: 'critical',
    order: 60,
    description: 'Which new findings are told by a notification. Simulated and muted ones never are.',
  },
  'pilothouse.metrics.storeMegabytes': {
    type: 'integer',
    default: defaultMetricSettings.storeMegabytesMax,
    minimum: 16,
    maximum: 1_000_000,
    scope: 'machine',
    order: 61,
    description:
      'Room on the disk for what was measured, in MB. Where it is short, single samples go first and roll-ups of hours last.',
  },
  'pilothouse.metrics.keepWatching': {
    type: 'boolean',
    default: defaultMetricSettings.keepWatching,
    scope: 'machine',
    order: 62,
    markdownDescription:
      'Go on measuring, and keep the daemon, while no window or terminal is open. Prometheus servers are set by “Pilothouse: Add Prometheus Server…”.',
  },
} as const;

// The commands and menu entries of shells in resources, of their consoles and of their ports, for package.json
// (`contributions.ts` puts all together). Data only.

import { whenAllowed, whenOffered } from './views/contextValue.ts';

export const terminalCommands = [
  {
    command: 'pilothouse.terminal.open',
    title: 'Open Shell…',
    icon: '$(terminal)',
    enablement: whenAllowed('shell'),
  },
  {
    command: 'pilothouse.forward.open',
    title: 'Forward a Port…',
    icon: '$(plug)',
    enablement: whenAllowed('forward'),
  },
  {
    command: 'pilothouse.console.open',
    title: 'Open Console…',
    icon: '$(device-desktop)',
    enablement: whenAllowed('console'),
  },
  {
    command: 'pilothouse.serial.open',
    title: 'Open Serial Console…',
    icon: '$(terminal)',
    enablement: whenAllowed('serial'),
  },
  { command: 'pilothouse.forward.list', title: 'Show Forwarded Ports…', icon: '$(plug)' },
] as const;

export const terminalMenu = [
  {
    command: 'pilothouse.terminal.open',
    when: `view == pilothouse.resources && ${whenOffered('shell')}`,
    group: '1_read@3',
  },
  {
    command: 'pilothouse.forward.open',
    when: `view == pilothouse.resources && ${whenOffered('forward')}`,
    group: '1_read@4',
  },
  {
    command: 'pilothouse.console.open',
    when: `view == pilothouse.resources && ${whenOffered('console')}`,
    group: '1_read@5',
  },
  {
    command: 'pilothouse.serial.open',
    when: `view == pilothouse.resources && ${whenOffered('serial')}`,
    group: '1_read@6',
  },
];

// The command and menu entry of shells in resources, for package.json (`contributions.ts` puts all together). Data only.

import { whenAllowed, whenOffered } from './views/contextValue.ts';

export const terminalCommands = [
  {
    command: 'pilothouse.terminal.open',
    title: 'Open Shell…',
    icon: '$(terminal)',
    enablement: whenAllowed('shell'),
  },
] as const;

export const terminalMenu = [
  {
    command: 'pilothouse.terminal.open',
    when: `view == pilothouse.resources && ${whenOffered('shell')}`,
    group: '1_read@3',
  },
];

// What stands around the conversation: which connection sentences are about, how the daemon fares with a way out
// where it does not, and what a newcomer can ask.

import type { FromChat, ToChat } from '../../shared/panel/chat.ts';
import { button, progressRing } from '../components.ts';
import { type Child, element, icon } from '../dom.ts';
import { environmentBadge } from './planCard.ts';
import { drawSuggestion } from './turn.ts';

type State = Extract<ToChat, { type: 'state' }>;

export function drawBanner(
  state: State | undefined,
  host: { readonly post: (message: FromChat) => void },
): readonly Child[] {
  if (!state) return [];
  return [drawConnection(state, host), drawDaemon(state, host)];
}

function drawConnection(state: State, host: { readonly post: (message: FromChat) => void }): Child {
  const { connection } = state;
  if (state.daemon.kind !== 'ready') return undefined;
  return element(
    'button',
    {
      class: 'connection',
      focusKey: 'connection',
      on: { click: () => host.post({ type: 'chooseConnection' }) },
      attributes: { type: 'button', title: 'Choose the connection sentences are about' },
    },
    connection?.simulated && element('span', { class: 'badge simulated' }, 'Simulated'),
    ...(connection ? environmentBadge(connection.environment, connection.simulated) : []),
    element('span', { class: 'name' }, connection ? connection.name : 'All connections'),
    connection?.mode === 'read-only' && element('span', { class: 'quiet' }, icon('lock'), ' read-only'),
    icon('chevron-down'),
  );
}

function drawDaemon(state: State, host: { readonly post: (message: FromChat) => void }): Child {
  const { daemon } = state;
  if (daemon.kind === 'ready') return undefined;
  const isFailed = daemon.kind === 'failed';
  return element(
    'div',
    { class: `daemon ${daemon.kind}`, attributes: { role: isFailed ? 'alert' : 'status' } },
    element(
      'p',
      { class: isFailed ? 'note blocker' : 'note' },
      isFailed ? icon('error') : progressRing(daemon.message),
      element('span', {}, daemon.message, isFailed && daemon.fix ? ` ${daemon.fix}` : undefined),
    ),
    daemon.kind !== 'starting' &&
      element(
        'div',
        { class: 'buttons' },
        button({
          label: 'Restart daemon',
          look: isFailed ? 'primary' : 'secondary',
          focusKey: 'restart',
          onClick: () => host.post({ type: 'restartDaemon' }),
        }),
        button({
          label: 'Show log',
          look: 'secondary',
          focusKey: 'log',
          onClick: () => host.post({ type: 'showLog' }),
        }),
      ),
  );
}

export function drawWelcome(
  suggestions: readonly string[],
  actions: { readonly ask: (text: string) => void },
): readonly Child[] {
  return [
    element('h2', {}, 'Say what should happen'),
    element(
      'p',
      {},
      'You see the exact plan before anything changes, and nothing runs without your yes. Questions are answered at once.',
    ),
    element(
      'div',
      { class: 'choices' },
      ...suggestions.map((text, index) => drawSuggestion(text, `suggestion:${index}`, actions)),
    ),
  ];
}

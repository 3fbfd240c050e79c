// The chat panel: wires input, conversation and the extension. It shows what the extension sends and sends back
// what a person did; it decides nothing about a cloud and cannot approve.

import './chat.css';
import type { FromChat, PanelTurn, ToChat } from '../../shared/panel/chat.ts';
import { button, registerComponents } from '../components.ts';
import { append, element, redraw } from '../dom.ts';
import { openHost } from '../host.ts';
import { announcementOf, announcementOfPlan } from './announce.ts';
import { createComposer } from './composer.ts';
import { createConversation, turnsMax } from './conversation.ts';
import { drawBanner, drawWelcome } from './frame.ts';
import type { TurnActions } from './turn.ts';

interface Memory {
  readonly draft: string;
}

const host = openHost<FromChat, ToChat, Memory>();
registerComponents();

const remembered = host.recall(
  (value): value is Memory => typeof (value as Memory | undefined)?.draft === 'string',
);
const composer = createComposer({
  draft: remembered?.draft ?? '',
  onAsk: (text) => host.post({ type: 'ask', text }),
  onDraft: () => host.remember({ draft: composer.draft }),
});

const actions: TurnActions = {
  ask: (text) => host.post({ type: 'ask', text }),
  stop: (key) => host.post({ type: 'stop', key }),
  choose: (key, candidate) => host.post({ type: 'choose', key, candidate }),
  correct: (key, step, part) => host.post({ type: 'correct', key, step, part }),
  openResource: (id) => host.post({ type: 'openResource', id }),
  openAudit: (plan) => host.post({ type: 'openAudit', plan: plan.id }),
  resolve: (plan, step) => host.post({ type: 'resolve', plan: plan.id, step }),
  act: (action, plan) => {
    if (action === 'review') host.post({ type: 'review', plan: plan.id, digest: plan.digest });
    else if (action === 'again') host.post({ type: 'ask', text: plan.text });
    else if (action !== 'resolve') host.post({ type: action, plan: plan.id });
  },
};

const conversation = createConversation(actions);
const banner = element('div', { class: 'banner' });
const welcome = element('div', { class: 'welcome' });
const older = element('div', { class: 'older' });
const scroller = element('main', { class: 'scroller' }, older, welcome, conversation.element);
const status = element('div', {
  class: 'visually-hidden',
  attributes: { role: 'status', 'aria-live': 'polite' },
});
append(document.body, [banner, scroller, element('footer', {}, composer.element), status]);

let state: Extract<ToChat, { type: 'state' }> | undefined;
let hasOlder = false;

host.onMessage(receive);
window.addEventListener('focus', () => {
  if (document.activeElement === document.body || document.activeElement === null) composer.focus();
});
host.post({ type: 'ready' });

function receive(message: ToChat): void {
  switch (message.type) {
    case 'state':
      state = message;
      break;
    case 'turns':
      receiveTurns(message);
      break;
    case 'turn':
      keepInSight(() => conversation.upsert(message.turn), message.turn);
      announce(announcementOf(message.turn));
      if (message.turn.reading?.kind === 'refuse' && message.turn.reading.reason === 'secret')
        composer.forgetLast();
      break;
    case 'plan':
      if (conversation.updatePlan(message.plan).length > 0) announce(announcementOfPlan(message.plan));
      break;
    case 'compose':
      composer.compose(message.text);
      break;
    case 'reveal':
      conversation.reveal(message.key, scroller);
      break;
  }
  drawFrame();
}

function receiveTurns(message: Extract<ToChat, { type: 'turns' }>): void {
  hasOlder = message.hasOlder;
  if (!message.reset) {
    conversation.prepend(message.turns);
    return;
  }
  conversation.reset(message.turns);
  composer.setHistory(message.turns.map((turn) => turn.text));
  scroller.scrollTop = scroller.scrollHeight;
}

/**
 * A new turn comes into sight; where its answer is taller than the panel, its beginning does. Who has scrolled away
 * to read is left there.
 */
function keepInSight(change: () => void, turn: PanelTurn): void {
  const wasAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 24;
  change();
  if (wasAtEnd || turn.state === 'waiting') conversation.scrollTo(turn.key, scroller);
}

function announce(sentence: string): void {
  if (sentence !== '' && status.textContent !== sentence) status.textContent = sentence;
}

function drawFrame(): void {
  redraw(banner, () => drawBanner(state, { post: (message) => host.post(message) }));
  redraw(welcome, () => (conversation.isEmpty ? drawWelcome(state?.suggestions ?? [], actions) : []));
  const oldest = conversation.turns.find((turn: PanelTurn) => turn.turn !== undefined);
  const beforeTurn = oldest?.turn;
  redraw(older, () =>
    (hasOlder || conversation.hasDropped) && conversation.turns.length < turnsMax && beforeTurn !== undefined
      ? [
          button({
            label: 'Show earlier',
            look: 'secondary',
            focusKey: 'older',
            onClick: () => host.post({ type: 'older', beforeTurn }),
          }),
        ]
      : [],
  );
}

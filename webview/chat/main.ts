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
import { drawReaderSwitch } from './readerSwitch.ts';
import { createSearch } from './search.ts';
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
  onAsk: (text) => actions.ask(text),
  onDraft: () => host.remember({ draft: composer.draft }),
});

const actions: TurnActions = {
  ask: (text) => endSearchAfter(() => host.post({ type: 'ask', text })),
  stop: (key) => host.post({ type: 'stop', key }),
  choose: (key, candidate) => endSearchAfter(() => host.post({ type: 'choose', key, candidate })),
  correct: (key, step, part) => endSearchAfter(() => host.post({ type: 'correct', key, step, part })),
  settleOffer: (key, isWanted) => host.post({ type: isWanted ? 'remember' : 'dismissOffer', key }),
  openResource: (id) => host.post({ type: 'openResource', id }),
  openTopology: (id) => host.post({ type: 'openTopology', id }),
  openBlast: (plan) => host.post({ type: 'openBlast', plan: plan.id }),
  openAudit: (plan) => host.post({ type: 'openAudit', plan: plan.id }),
  resolve: (plan, step) => host.post({ type: 'resolve', plan: plan.id, step }),
  act: (action, plan) => {
    if (action === 'review') host.post({ type: 'review', plan: plan.id, digest: plan.digest });
    else if (action === 'again') actions.ask(plan.text);
    else if (action !== 'resolve') host.post({ type: action, plan: plan.id });
  },
};

const conversation = createConversation(actions);
const banner = element('div', { class: 'banner' });
const welcome = element('div', { class: 'welcome' });
const older = element('div', { class: 'older' });
const search = createSearch(
  actions,
  (message) => host.post(message),
  () => drawFrame(),
);
const scroller = element('main', { class: 'scroller' }, search.results, older, welcome, conversation.element);
const reader = element('div', { class: 'readers' });
const status = element('div', {
  class: 'visually-hidden',
  attributes: { role: 'status', 'aria-live': 'polite' },
});
append(document.body, [
  banner,
  search.bar,
  scroller,
  element('footer', {}, composer.element, reader),
  status,
]);

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
      if (search.turns.turns.some((turn) => turn.key === message.turn.key)) search.turns.upsert(message.turn);
      announce(announcementOf(message.turn));
      if (message.turn.reading?.kind === 'refuse' && message.turn.reading.reason === 'secret')
        composer.forgetLast();
      break;
    case 'plan':
      search.turns.updatePlan(message.plan);
      if (conversation.updatePlan(message.plan).length > 0) announce(announcementOfPlan(message.plan));
      break;
    case 'search':
      search.open();
      break;
    case 'found':
      search.show(message);
      break;
    case 'compose':
      composer.compose(message.text);
      break;
    case 'reveal':
      search.close();
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

/** What goes on is shown in the conversation, so the search ends with it; its turns are still known to the extension. */
function endSearchAfter(act: () => void): void {
  act();
  search.close();
}

function drawFrame(): void {
  document.body.classList.toggle('searching', search.isOpen);
  redraw(banner, () => drawBanner(state, { post: (message) => host.post(message) }));
  redraw(reader, () => drawReaderSwitch(state?.reader, { post: (message) => host.post(message) }));
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

// The search over what was said: a box above the conversation, and the turns that were found in its place. They are
// real turns, with plans as they are now and working buttons. Escape, or the button, goes back.

import type { FromChat, ToChat } from '../../shared/panel/chat.ts';
import { button, textField } from '../components.ts';
import { element, redraw } from '../dom.ts';
import { createConversation } from './conversation.ts';
import type { TurnActions } from './turn.ts';

/** Typing is waited for so long before it is searched. */
const settleMs = 200;
const charactersMax = 200;

export interface Search {
  /** The box; empty while nothing is searched. */
  readonly bar: HTMLElement;
  /** What was found, in the place of the conversation. */
  readonly results: HTMLElement;
  readonly isOpen: boolean;
  open(): void;
  close(): void;
  show(found: Extract<ToChat, { type: 'found' }>): void;
  /** A turn or plan changed: redraws it where it is among the results. */
  readonly turns: ReturnType<typeof createConversation>;
}

export function createSearch(
  actions: TurnActions,
  post: (message: FromChat) => void,
  onToggle: () => void,
): Search {
  const bar = element('div', { class: 'search' });
  const count = element('p', { class: 'quiet', attributes: { role: 'status' } });
  const turns = createConversation(actions);
  const results = element('div', { class: 'results' }, count, turns.element);
  let isOpen = false;
  let wanted = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const seek = (text: string) => {
    wanted = text.trim().slice(0, charactersMax);
    clearTimeout(timer);
    if (wanted === '') {
      turns.reset([]);
      count.textContent = '';
      return;
    }
    timer = setTimeout(() => post({ type: 'search', text: wanted }), settleMs);
  };
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(timer);
    wanted = '';
    turns.reset([]);
    count.textContent = '';
    bar.replaceChildren();
    post({ type: 'endSearch' });
    onToggle();
  };
  const open = () => {
    if (isOpen) return focusField();
    isOpen = true;
    redraw(bar, () => [
      textField({ label: 'Search this conversation', value: '', onChange: seek }),
      button({
        label: 'End the search',
        look: 'icon',
        icon: 'close',
        focusKey: 'end-search',
        onClick: close,
      }),
    ]);
    onToggle();
    focusField();
  };
  const focusField = () =>
    requestAnimationFrame(() => bar.querySelector<HTMLElement>('vscode-text-field')?.focus());
  bar.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  return {
    bar,
    results,
    turns,
    get isOpen() {
      return isOpen;
    },
    open,
    close,
    show: (found) => {
      if (!isOpen || found.text !== wanted) return;
      turns.reset(found.turns);
      count.textContent = countText(found.turns.length, found.total);
    },
  };
}

function countText(shown: number, total: number): string {
  if (total === 0) return 'Nothing was said with these words.';
  const all = total.toLocaleString('en');
  return shown < total ? `The newest ${shown} of ${all}.` : `${all} found, newest first.`;
}

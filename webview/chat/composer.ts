// The input: Enter asks, Shift+Enter breaks the line, the up and down arrows go through what was asked before,
// Escape clears. What is half typed is remembered while the panel is hidden.

import { button, type TextArea, textArea } from '../components.ts';
import { element } from '../dom.ts';
import { createRecall, type Recall } from './recall.ts';

export interface Composer {
  readonly element: HTMLElement;
  /** Replaces what is typed and moves the focus there. */
  compose(text: string): void;
  focus(): void;
  readonly draft: string;
  /** Sentences asked before, oldest first. */
  setHistory(texts: readonly string[]): void;
  /** Forgets the sentence asked last. */
  forgetLast(): void;
}

const charactersMax = 2_000;

export function createComposer(options: {
  readonly draft: string;
  readonly onAsk: (text: string) => void;
  readonly onDraft: () => void;
}): Composer {
  const recall = createRecall();
  const area = textArea({
    label: 'Ask Pilothouse',
    hint: 'Ask or say what should happen',
    charactersMax,
    onInput: options.onDraft,
  });
  area.value = options.draft;
  const ask = () => {
    const text = area.value.trim();
    if (text === '') return;
    area.value = '';
    recall.add(text);
    options.onDraft();
    options.onAsk(text);
  };
  area.element.addEventListener('keydown', (event) => onKey(event, area, recall, ask, options.onDraft));
  const send = button({ label: 'Ask (Enter)', look: 'icon', icon: 'send', focusKey: 'send', onClick: ask });
  return {
    element: element('div', { class: 'composer' }, area.element, send),
    compose: (text) => {
      area.value = text;
      options.onDraft();
      area.focusAtEnd();
    },
    focus: () => area.focusAtEnd(),
    get draft() {
      return area.value;
    },
    setHistory: (texts) => recall.set(texts),
    forgetLast: () => recall.dropLast(),
  };
}

function onKey(
  event: KeyboardEvent,
  area: TextArea,
  recall: Recall,
  ask: () => void,
  onDraft: () => void,
): void {
  if (event.isComposing) return;
  const take = (text: string | undefined) => {
    if (text === undefined) return;
    event.preventDefault();
    area.value = text;
    onDraft();
    area.focusAtEnd();
  };
  if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    ask();
  } else if (event.key === 'ArrowUp' && (area.caretAt('start') || recall.isRecalling)) {
    take(recall.older(area.value));
  } else if (event.key === 'ArrowDown' && area.caretAt('end')) {
    take(recall.newer());
  } else if (event.key === 'Escape' && area.value !== '') {
    take('');
    recall.reset();
  }
}

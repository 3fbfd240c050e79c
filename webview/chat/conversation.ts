// The turns on the page: which are kept, in what order, and how they are drawn again when they change. At most
// `turnsKept` stand in the page; older ones are let go and can be had again from the daemon.

import type { Plan } from '../../shared/model/plan.ts';
import type { PanelTurn } from '../../shared/panel/chat.ts';
import { element, redraw } from '../dom.ts';
import { drawTurn, type TurnActions } from './turn.ts';

const turnsKept = 60;
/** Going back through earlier ones ends here; what is older is found among plans and in the audit. */
export const turnsMax = 300;

interface Shown {
  turn: PanelTurn;
  readonly element: HTMLElement;
}

export interface Conversation {
  readonly element: HTMLElement;
  readonly isEmpty: boolean;
  /** Oldest first. */
  readonly turns: readonly PanelTurn[];
  /** True where older turns were let go to keep the page small. */
  readonly hasDropped: boolean;
  reset(turns: readonly PanelTurn[]): void;
  /** Puts older turns before those that are there. */
  prepend(turns: readonly PanelTurn[]): void;
  upsert(turn: PanelTurn): void;
  /** Gives the turns that show this plan. */
  updatePlan(plan: Plan): readonly PanelTurn[];
  /** Brings the whole of a turn into sight, or its beginning where it is too tall. */
  scrollTo(key: string, scroller: HTMLElement): void;
  /** The same, and gives the turn the focus. */
  reveal(key: string, scroller: HTMLElement): void;
}

export function createConversation(actions: TurnActions): Conversation {
  const list = element('ol', { class: 'turns', attributes: { 'aria-label': 'Conversation' } });
  const shown = new Map<string, Shown>();
  let hasDropped = false;

  const draw = (item: Shown) => {
    const open = new Map(detailsOf(item.element).map((details) => [details.dataset.details!, details.open]));
    redraw(item.element, () => drawTurn(item.turn, actions));
    for (const details of detailsOf(item.element)) {
      const wasOpen = open.get(details.dataset.details!);
      if (wasOpen !== undefined) details.open = wasOpen;
    }
  };
  const make = (turn: PanelTurn): Shown => {
    const item = { turn, element: element('li', { class: 'turn', attributes: { tabindex: -1 } }) };
    draw(item);
    return item;
  };
  const dropOldest = () => {
    for (const [key, item] of shown) {
      if (shown.size <= turnsKept) return;
      item.element.remove();
      shown.delete(key);
      hasDropped = true;
    }
  };

  return {
    element: list,
    get isEmpty() {
      return shown.size === 0;
    },
    get turns() {
      return [...shown.values()].map((item) => item.turn);
    },
    get hasDropped() {
      return hasDropped;
    },
    reset: (turns) => {
      shown.clear();
      hasDropped = false;
      list.replaceChildren();
      for (const turn of turns) {
        const item = make(turn);
        shown.set(turn.key, item);
        list.appendChild(item.element);
      }
    },
    prepend: (turns) => {
      const later = [...shown.entries()];
      const first = list.firstChild;
      shown.clear();
      for (const turn of turns) {
        if (later.some(([key]) => key === turn.key)) continue;
        const item = make(turn);
        shown.set(turn.key, item);
        list.insertBefore(item.element, first);
      }
      for (const [key, item] of later) shown.set(key, item);
      hasDropped = false;
    },
    upsert: (turn) => {
      const known = shown.get(turn.key);
      if (known) {
        known.turn = turn;
        draw(known);
        return;
      }
      const item = make(turn);
      shown.set(turn.key, item);
      list.appendChild(item.element);
      dropOldest();
    },
    updatePlan: (plan) => {
      const touched = [...shown.values()].filter((item) => item.turn.plan?.id === plan.id);
      for (const item of touched) {
        item.turn = { ...item.turn, plan };
        draw(item);
      }
      return touched.map((item) => item.turn);
    },
    scrollTo: (key, scroller) => {
      const item = shown.get(key);
      if (!item) return;
      scrollWithin(scroller, item.element);
    },
    reveal: (key, scroller) => {
      const item = shown.get(key);
      if (!item) return;
      scrollWithin(scroller, item.element);
      item.element.focus({ preventScroll: true });
    },
  };
}

/** Moves the scroller only: the page itself must stay where it is. */
function scrollWithin(scroller: HTMLElement, item: HTMLElement): void {
  const box = item.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  const isTall = box.height > frame.height;
  scroller.scrollTop += isTall ? box.top - frame.top - 4 : Math.max(0, box.bottom - frame.bottom + 8);
}

function detailsOf(parent: HTMLElement): readonly HTMLDetailsElement[] {
  return [...parent.querySelectorAll<HTMLDetailsElement>('details[data-details]')];
}

// Builds elements. Text from outside becomes text nodes and attribute values only: there is no way here to
// have a string read as markup, and none may be added; what cannot be seen in it is written out. Used by every page and by the components.

import { shownText } from '../shared/panel/shown.ts';

export type Child = Node | string | undefined | false;

export interface Properties {
  readonly class?: string;
  /** Names what is focused, so that the focus survives a new drawing. */
  readonly focusKey?: string;
  readonly on?: { readonly [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };
  /** `true` sets an empty attribute; `undefined` and `false` leave it away. */
  readonly attributes?: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** An element with its children. */
export function element(
  tag: string,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElement {
  const made = document.createElement(tag);
  if (properties.class) made.className = properties.class;
  if (properties.focusKey) made.dataset.focus = properties.focusKey;
  for (const [name, value] of Object.entries(properties.attributes ?? {})) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : isRead(name) ? shownText(String(value)) : String(value));
  }
  for (const [name, listener] of Object.entries(properties.on ?? {})) {
    made.addEventListener(name, listener as EventListener);
  }
  append(made, children);
  return made;
}

/** Attributes that are read by people; others are values. */
function isRead(name: string): boolean {
  return name === 'title' || name === 'aria-label';
}

/** A codicon, hidden from screen readers: the words beside it say the same. */
export function icon(name: string, extraClass = ''): HTMLElement {
  return element('span', {
    class: `codicon codicon-${name} ${extraClass}`.trim(),
    attributes: { 'aria-hidden': 'true' },
  });
}

export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === false) continue;
    parent.appendChild(typeof child === 'string' ? document.createTextNode(shownText(child)) : child);
  }
}

/** Draws `make` into `parent` anew and keeps the keyboard's focus on the same thing. */
export function redraw(parent: HTMLElement, make: () => readonly Child[]): void {
  const focused = parent.contains(document.activeElement) ? document.activeElement : undefined;
  const key = focused instanceof HTMLElement ? focused.dataset.focus : undefined;
  parent.replaceChildren();
  append(parent, make());
  if (!focused) return;
  const again = key ? parent.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`) : undefined;
  const next = again ?? parent.querySelector<HTMLElement>('[data-focus]') ?? parent;
  next.focus({ preventScroll: true });
}

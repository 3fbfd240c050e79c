// The same as the drawing in words: a list of all nodes that are shown, and the selected one with its relations. It is
// what a keyboard and a screen reader use, and what tells more than a drawing can. Texts from a cloud stay texts.

import { nounOfKind } from '../../shared/panel/kindText.ts';
import type { PanelNode } from '../../shared/panel/topology.ts';
import { button } from '../components.ts';
import { type Child, element, redraw } from '../dom.ts';
import { type Graph, hiddenCount, lineOf, markOf, tiesOf } from './model.ts';

export interface NodeListActions {
  select(id: string): void;
  expand(id: string): void;
  center(id: string): void;
  details(id: string): void;
  reveal(id: string): void;
}

export interface NodeList {
  readonly element: HTMLElement;
  draw(graph: Graph, nodes: readonly PanelNode[], selected: string | undefined): void;
  /** Moves the focus to the list, at the selected node. */
  focus(): void;
}

/** Relations of a hub that are named; the rest is said as a number. */
const tiesMax = 100;

export function createNodeList(actions: NodeListActions): NodeList {
  const chosen = element('section', { class: 'chosen', attributes: { 'aria-label': 'Selected resource' } });
  const list = element('ul', {
    class: 'nodes',
    attributes: { role: 'listbox', 'aria-label': 'Resources shown', tabindex: 0 },
    on: { keydown: (event) => onKey(event) },
  });
  const root = element('aside', { class: 'side' }, chosen, list);
  let ids: readonly string[] = [];
  let current: string | undefined;

  function onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -ids.length, End: ids.length }[
      event.key
    ];
    if (step !== undefined && ids.length > 0) {
      const at = current === undefined ? -1 : ids.indexOf(current);
      const next = Math.min(ids.length - 1, Math.max(0, at + step));
      actions.select(ids[next]!);
    } else if (event.key === 'Enter' && current !== undefined) actions.expand(current);
    else return;
    event.preventDefault();
  }

  function mark(): void {
    for (const row of list.children) {
      const isCurrent = (row as HTMLElement).dataset.id === current;
      row.setAttribute('aria-selected', String(isCurrent));
      if (!isCurrent) continue;
      list.setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    }
  }

  return {
    element: root,
    draw(graph, nodes, selected) {
      current = selected;
      const nextIds = nodes.map(({ id }) => id);
      redraw(chosen, () => drawChosen(graph, nodes, selected, actions));
      ids = nextIds;
      list.replaceChildren(...nodes.map((node, index) => rowOf(graph, node, index, actions)));
      mark();
    },
    focus: () => list.focus(),
  };
}

function rowOf(graph: Graph, node: PanelNode, index: number, actions: NodeListActions): HTMLElement {
  const mark = markOf(node.id, graph.blast);
  const row = element(
    'li',
    {
      class: `node ${node.health} ${mark ?? ''}`.trim(),
      attributes: { role: 'option', id: `node-${index}`, title: node.id },
      on: { click: () => actions.select(node.id), dblclick: () => actions.expand(node.id) },
    },
    element('span', { class: 'dot', attributes: { 'aria-hidden': 'true' } }),
    element('span', { class: 'name' }, node.name),
    element('span', { class: 'quiet' }, lineOf(node, graph.blast)),
  );
  row.dataset.id = node.id;
  return row;
}

function drawChosen(
  graph: Graph,
  nodes: readonly PanelNode[],
  selected: string | undefined,
  actions: NodeListActions,
): readonly Child[] {
  const node = graph.nodes.find(({ id }) => id === selected);
  if (!node) return [element('p', { class: 'quiet' }, 'Choose a resource, here or on the drawing.')];
  const visible = new Set(nodes.map(({ id }) => id));
  const ties = tiesOf(node.id, graph.relations).filter(({ other }) => visible.has(other));
  const hidden = hiddenCount(node, graph.relations);
  const act = (label: string, focusKey: string, icon: string, onClick: () => void) =>
    button({ label, look: 'secondary', icon, focusKey, onClick });
  return [
    element('h3', {}, node.name),
    element('p', { class: 'quiet' }, `${lineOf(node, graph.blast)} in ${node.place}`),
    element(
      'div',
      { class: 'buttons' },
      act(hidden > 0 ? `Expand (${hidden} more)` : 'Expand', 'expand', 'expand-all', () =>
        actions.expand(node.id),
      ),
      act('Center', 'center', 'target', () => actions.center(node.id)),
      act('Details', 'details', 'info', () => actions.details(node.id)),
      act('Show in tree', 'reveal', 'list-tree', () => actions.reveal(node.id)),
    ),
    element(
      'ul',
      { class: 'ties', attributes: { 'aria-label': 'Relations' } },
      ...ties.slice(0, tiesMax).map(({ other, words, isIncoming }, index) =>
        element(
          'li',
          {},
          !isIncoming && `${words} `,
          element(
            'button',
            {
              class: 'link',
              focusKey: `tie:${index}`,
              attributes: { type: 'button', title: other },
              on: { click: () => actions.select(other) },
            },
            nameOf(graph, other),
          ),
          isIncoming && ` ${words} this`,
        ),
      ),
      ties.length > tiesMax && element('li', { class: 'quiet' }, `and ${ties.length - tiesMax} more`),
    ),
  ];
}

function nameOf(graph: Graph, id: string): string {
  const node = graph.nodes.find((one) => one.id === id);
  return node ? `${nounOfKind(node.kind)} ${node.name}` : id;
}

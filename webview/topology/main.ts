// The topology page: a drawing of a part of the graph, filters, and the same in words beside it. It shows what the
// extension sends and sends back what a person wants to see; it can change nothing in a cloud.

import './topology.css';
import type { FromTopology, ToTopology } from '../../shared/panel/topology.ts';
import { depthMax } from '../../shared/panel/topology.ts';
import { button, registerComponents, textField } from '../components.ts';
import { append, type Child, element, icon, redraw } from '../dom.ts';
import { openHost } from '../host.ts';
import { onThemeChange, readColours } from './colours.ts';
import { createDrawing } from './drawing.ts';
import { choicesOf, type Filters, type Graph, noFilters, summaryOf, visibleNodes, wordOf } from './model.ts';
import { createNodeList } from './nodeList.ts';

const host = openHost<FromTopology, ToTopology, Record<string, never>>();
registerComponents();

let graph: Graph | undefined;
let filters: Filters = noFilters;
let selected: string | undefined;
let typing: number | undefined;
const typingMs = 200;

const bar = element('header', { class: 'bar' });
const banner = element('div', { class: 'banner' });
const status = element('p', { class: 'status quiet', attributes: { role: 'status', 'aria-live': 'polite' } });
const canvas = element('div', {
  class: 'canvas',
  attributes: {
    tabindex: 0,
    role: 'application',
    'aria-label':
      'Topology. Arrow keys move between resources, Enter expands, D shows details. The list beside says the same in words.',
  },
  on: { keydown: (event) => onKey(event) },
});
const list = createNodeList({
  select,
  expand: (id) => host.post({ type: 'expand', id }),
  center: (id) => host.post({ type: 'center', id }),
  details: (id) => host.post({ type: 'details', id }),
  reveal: (id) => host.post({ type: 'reveal', id }),
});
// The library would write a style sheet of its own under this id, which the page's policy forbids; ours has it.
const stylesHere = element('span', { attributes: { id: '__________cytoscape_stylesheet', hidden: true } });
append(document.body, [
  stylesHere,
  bar,
  banner,
  status,
  element('main', { class: 'main' }, canvas, list.element),
]);

const drawing = createDrawing(canvas, readColours(), {
  onSelect: select,
  onExpand: (id) => host.post({ type: 'expand', id }),
});
onThemeChange(() => drawing.recolour(readColours()));
new ResizeObserver(() => drawing.resize()).observe(canvas);
host.onMessage(receive);
host.post({ type: 'ready' });

function receive(message: ToTopology): void {
  if (message.type === 'graph') {
    show(message);
    return;
  }
  const { message: text, fix } = message.problem;
  redraw(banner, () => [note('error', [text, fix].filter(Boolean).join(' '), 'blocker')]);
}

function show(next: Graph): void {
  const isNew = graph === undefined || graph.roots.join() !== next.roots.join() || graph.title !== next.title;
  graph = next;
  if (next.select !== undefined) selected = next.select;
  if (!next.nodes.some(({ id }) => id === selected)) selected = next.roots[0];
  redraw(banner, () => drawBanner(next));
  drawBar(next);
  draw(isNew);
}

function draw(isNew = false): void {
  if (!graph) return;
  const nodes = visibleNodes(graph, filters);
  const ids = new Set(nodes.map(({ id }) => id));
  const relations = graph.relations.filter(({ from, to }) => ids.has(from) && ids.has(to));
  drawing.draw({ ...graph, nodes, relations }, isNew);
  list.draw(graph, nodes, selected);
  drawing.select(selected);
  const summary = summaryOf(graph, nodes, relations.length);
  if (status.textContent !== summary) status.textContent = summary;
}

function select(id: string | undefined): void {
  selected = id;
  if (!graph) return;
  drawing.select(id);
  list.draw(graph, visibleNodes(graph, filters), id);
}

function drawBanner(shown: Graph): readonly Child[] {
  if (!shown.blast) return [];
  const { targets, affected } = shown.blast;
  const text =
    affected.length === 0
      ? `${shown.title}: nothing known hangs on ${targets.length === 1 ? 'it' : 'them'}.`
      : `${shown.title}: the ${targets.length === 1 ? 'target has' : 'targets have'} a thick edge, what would notice a dashed one.`;
  return [note('warning', text, 'warning')];
}

function note(iconName: string, text: string, look: string): HTMLElement {
  return element('p', { class: `note ${look}` }, icon(iconName), element('span', {}, text));
}

function drawBar(shown: Graph): void {
  redraw(bar, () => [
    element('h2', {}, shown.title),
    element(
      'div',
      { class: 'filters' },
      textField({
        label: 'Filter by words',
        value: filters.text,
        onChange: (text) => {
          window.clearTimeout(typing);
          typing = window.setTimeout(() => setFilters({ text }), typingMs);
        },
      }),
      choice('kind', 'All kinds', shown),
      choice('health', 'Any state', shown),
      choice('connection', 'All connections', shown),
      shown.blast ? undefined : depthChoice(),
    ),
    element(
      'div',
      { class: 'buttons' },
      tool('Fit', 'screen-full', () => drawing.fit()),
      tool('Zoom in', 'zoom-in', () => drawing.zoom(1.3)),
      tool('Zoom out', 'zoom-out', () => drawing.zoom(1 / 1.3)),
      tool('Arrange anew', 'layout', () => drawing.arrange()),
      tool('Read again', 'refresh', () => host.post({ type: 'refresh' })),
      save('Save as PNG…', 'PNG', () => host.post({ type: 'export', format: 'png', data: drawing.png() })),
      save('Save as SVG…', 'SVG', () => host.post({ type: 'export', format: 'svg', data: drawing.svg() })),
    ),
  ]);
}

const tool = (label: string, iconName: string, onClick: () => void) =>
  button({ label, look: 'icon', icon: iconName, focusKey: `tool:${iconName}`, onClick });

function save(label: string, short: string, onClick: () => void): HTMLElement {
  const made = button({ label: short, look: 'secondary', icon: 'save', focusKey: `save:${short}`, onClick });
  made.setAttribute('aria-label', label);
  made.title = label;
  return made;
}

function choice(field: 'kind' | 'health' | 'connection', all: string, shown: Graph): HTMLElement {
  const options = choicesOf(shown.nodes, field);
  return selectOf(
    `filter:${field}`,
    all,
    filters[field],
    [
      ['', all],
      ...options.map(([value, count]) => [value, `${wordOf(shown.nodes, field, value)} (${count})`] as const),
    ],
    (value) => setFilters({ [field]: value }),
  );
}

let depth = 1;
function depthChoice(): HTMLElement {
  const options = Array.from({ length: depthMax }, (_, index) => {
    const steps = index + 1;
    return [String(steps), steps === 1 ? '1 step' : `${steps} steps`] as const;
  });
  return selectOf('depth', 'Steps from the centre', String(depth), options, (value) => {
    depth = Number(value);
    host.post({ type: 'depth', depth });
  });
}

function selectOf(
  focusKey: string,
  label: string,
  value: string,
  options: readonly (readonly [string, string])[],
  onChange: (value: string) => void,
): HTMLElement {
  const made = element(
    'select',
    { focusKey, attributes: { 'aria-label': label } },
    ...options.map(([key, text]) =>
      element('option', { attributes: { value: key, selected: key === value } }, text),
    ),
  ) as HTMLSelectElement;
  made.addEventListener('change', () => onChange(made.value));
  return made;
}

function setFilters(change: Partial<Filters>): void {
  filters = { ...filters, ...change };
  draw();
}

const directions: Readonly<Record<string, 'left' | 'right' | 'up' | 'down'>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

function onKey(event: KeyboardEvent): void {
  const direction = directions[event.key];
  if (direction) {
    const next = drawing.neighbourTowards(direction);
    if (next !== undefined) select(next);
  } else if (event.key === 'Enter' && selected !== undefined) host.post({ type: 'expand', id: selected });
  else if (event.key.toLowerCase() === 'd' && selected !== undefined)
    host.post({ type: 'details', id: selected });
  else if (event.key === '+') drawing.zoom(1.3);
  else if (event.key === '-') drawing.zoom(1 / 1.3);
  else if (event.key === '0') drawing.fit();
  else return;
  event.preventDefault();
}

// The drawing on the canvas. It knows the drawing library and nobody else does; it is given nodes and colours and
// tells what was clicked. What it shows the list beside it says in words, so that it is never the only way.

import cytoscape, {
  type Core,
  type ElementDefinition,
  type NodeSingular,
  type StylesheetJson,
} from 'cytoscape';
import type { Relation } from '../../shared/model/resource.ts';
import { shownText } from '../../shared/panel/shown.ts';
import type { PanelBlast, PanelNode } from '../../shared/panel/topology.ts';
import type { Colours } from './colours.ts';
import { hiddenCount, markOf, wordsOf } from './model.ts';
import { type Place, placeBeside, spiral } from './places.ts';
import { svgOf } from './svg.ts';

export interface Drawing {
  /** Draws these; what is known keeps its place unless `arrange`. */
  draw(what: Drawn, arrange: boolean): void;
  select(id: string | undefined): void;
  /** The visible node nearest to the selected one in a direction; the first where none is selected. */
  neighbourTowards(direction: 'left' | 'right' | 'up' | 'down'): string | undefined;
  recolour(colours: Colours): void;
  fit(): void;
  zoom(factor: number): void;
  arrange(): void;
  resize(): void;
  png(): string;
  svg(): string;
}

export interface Drawn {
  readonly roots: readonly string[];
  readonly nodes: readonly PanelNode[];
  readonly relations: readonly Relation[];
  readonly blast?: PanelBlast;
}

export interface DrawingEvents {
  onSelect(id: string | undefined): void;
  onExpand(id: string): void;
}

/** Over so many nodes the springs of a force layout would hold the page for seconds. */
const springsMax = 150;
/** A hub's edges are not named on the drawing; the panel beside it names them. */
const namedEdgesMax = 40;
const fitMargin = 30;
const fitZoomMax = 1.5;
const pictureEdgeMax = 8_000;

export function createDrawing(container: HTMLElement, first: Colours, events: DrawingEvents): Drawing {
  let colours = first;
  let roots: readonly string[] = [];
  const cy = cytoscape({
    container,
    style: styleOf(colours),
    minZoom: 0.05,
    maxZoom: 4,
    boxSelectionEnabled: false,
    hideEdgesOnViewport: true,
    textureOnViewport: true,
    pixelRatio: 'auto' as unknown as number,
  });
  cy.on('tap', (event) => events.onSelect(event.target === cy ? undefined : idOf(event.target)));
  cy.on('dbltap', 'node', (event) => events.onExpand(event.target.id()));
  // What a person has moved stays where it is; until then the whole follows the size of the page.
  let isMoved = false;
  cy.on('dragpan scrollzoom pinchzoom', () => {
    isMoved = true;
  });
  const fitAll = (): void => {
    isMoved = false;
    cy.fit(undefined, fitMargin);
    calm(cy);
  };

  const visible = () => cy.nodes();
  return {
    draw(what, isNew) {
      roots = what.roots;
      const known = new Set(cy.nodes().map((node) => node.id()));
      const elements = elementsOf(what);
      const wanted = new Set(elements.map(({ data }) => data.id));
      cy.batch(() => {
        cy.elements()
          .filter((element) => !wanted.has(element.id()))
          .remove();
        for (const element of elements) {
          const there = cy.getElementById(element.data.id!);
          if (there.empty()) cy.add(element);
          else {
            there.data(element.data);
            there.classes(element.classes as string);
          }
        }
      });
      const fresh = cy.nodes().filter((node) => !known.has(node.id()));
      if (isNew || fresh.length >= known.size) arrange(cy, roots);
      else if (fresh.nonempty()) {
        placeAround(fresh.toArray() as NodeSingular[]);
        const { x1, y1, x2, y2 } = cy.nodes().renderedBoundingBox();
        if (x1 < 0 || y1 < 0 || x2 > cy.width() || y2 > cy.height()) cy.fit(undefined, fitMargin);
      }
    },
    select(id) {
      cy.elements(':selected').unselect();
      cy.edges('.tied').removeClass('tied');
      const node = id === undefined ? undefined : cy.getElementById(id);
      if (!node || node.empty()) return;
      node.select();
      const ties = node.connectedEdges();
      if (ties.length <= namedEdgesMax) ties.addClass('tied');
      const at = node.renderedPosition();
      if (at && (at.x < 0 || at.y < 0 || at.x > cy.width() || at.y > cy.height())) cy.center(node);
    },
    neighbourTowards(direction) {
      const from = cy.nodes(':selected')[0];
      if (!from) return roots[0] ?? visible()[0]?.id();
      return nearest(from, visible().toArray() as NodeSingular[], direction);
    },
    recolour(next) {
      colours = next;
      cy.style(styleOf(next));
    },
    fit: fitAll,
    zoom: (factor) => {
      isMoved = true;
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
    },
    arrange: () => {
      isMoved = false;
      arrange(cy, roots);
    },
    resize: () => {
      cy.resize();
      if (!isMoved) fitAll();
    },
    png: () =>
      cy.png({
        output: 'base64',
        full: true,
        bg: colours.background,
        scale: 2,
        maxWidth: pictureEdgeMax,
        maxHeight: pictureEdgeMax,
      }),
    svg: () => svgFrom(cy, colours),
  };
}

const idOf = (target: NodeSingular): string | undefined => (target.isNode() ? target.id() : undefined);

function elementsOf({ nodes, relations, blast, roots }: Drawn): (ElementDefinition & { classes: string })[] {
  const isRoot = new Set(roots);
  const ids = new Set(nodes.map(({ id }) => id));
  const drawnNodes = nodes.map((node) => {
    const hidden = hiddenCount(node, relations);
    const more = hidden > 0 ? ` +${hidden}` : '';
    const status = node.health === 'ok' ? '' : `\n${node.status}`;
    const classes = [
      node.health,
      isRoot.has(node.id) ? 'root' : '',
      markOf(node.id, blast) ?? (blast ? 'beside' : ''),
      shapeClass(node.kind),
    ];
    return {
      group: 'nodes' as const,
      data: { id: node.id, label: `${shownText(node.name)}${more}${status}`, depth: node.depth },
      classes: classes.filter(Boolean).join(' '),
    };
  });
  const drawnEdges = relations
    .filter(({ from, to }) => ids.has(from) && ids.has(to))
    .map(({ from, type, to }) => ({
      group: 'edges' as const,
      data: { id: `${from} ${type} ${to}`, source: from, target: to, label: wordsOf(type) },
      classes: '',
    }));
  return [...drawnNodes, ...drawnEdges];
}

/** Shapes tell apart what colour alone would not. */
function shapeClass(kind: string): string {
  if (
    ['network', 'subnet', 'router', 'load-balancer', 'service', 'ingress', 'floating-ip', 'port'].includes(
      kind,
    )
  )
    return 'connecting';
  if (['volume', 'snapshot', 'image', 'datastore', 'database', 'configmap', 'secret'].includes(kind))
    return 'storing';
  if (['namespace', 'cluster', 'project', 'node', 'host'].includes(kind)) return 'holding';
  return 'running';
}

/** Springs for few; for many the order in which they were reached, roots first. */
function arrange(cy: Core, roots: readonly string[]): void {
  const isSmall = cy.nodes().length <= springsMax;
  const layout = isSmall
    ? {
        name: 'cose',
        animate: false,
        randomize: true,
        nodeRepulsion: () => 20_000,
        idealEdgeLength: () => 90,
        padding: fitMargin,
        nodeDimensionsIncludeLabels: true,
      }
    : { name: 'preset', positions: placesOf(cy, roots), fit: true, padding: fitMargin };
  cy.layout(layout as cytoscape.LayoutOptions).run();
  calm(cy);
}

/** Few things are not blown up to fill the page. */
function calm(cy: Core): void {
  if (cy.zoom() <= fitZoomMax) return;
  cy.zoom(fitZoomMax);
  cy.center();
}

function placesOf(cy: Core, roots: readonly string[]): Record<string, Place> {
  const rank = (node: NodeSingular) => (roots.includes(node.id()) ? -1 : Number(node.data('depth')));
  const nodes = (cy.nodes().toArray() as NodeSingular[]).sort((a, b) => rank(a) - rank(b));
  const places = spiral(nodes.length);
  return Object.fromEntries(nodes.map((node, index) => [node.id(), places[index]!]));
}

/** New ones come around the one they hang on, so that the rest stays where a person has seen it. */
function placeAround(nodes: readonly NodeSingular[]): void {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const anchor = node.neighborhood('node').filter((other) => !nodes.includes(other as NodeSingular))[0] as
      | NodeSingular
      | undefined;
    if (!anchor) continue;
    const turn = counts.get(anchor.id()) ?? 0;
    counts.set(anchor.id(), turn + 1);
    node.position(placeBeside(anchor.position(), turn));
  }
}

function nearest(
  from: NodeSingular,
  nodes: readonly NodeSingular[],
  direction: 'left' | 'right' | 'up' | 'down',
): string | undefined {
  const start = from.position();
  let best: { id: string; cost: number } | undefined;
  for (const node of nodes) {
    if (node.id() === from.id()) continue;
    const { x, y } = node.position();
    const [dx, dy] = [x - start.x, y - start.y];
    const ahead = direction === 'left' ? -dx : direction === 'right' ? dx : direction === 'up' ? -dy : dy;
    const aside = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
    if (ahead <= 0 || aside > ahead * 2) continue;
    const cost = ahead + 2 * aside;
    if (!best || cost < best.cost) best = { id: node.id(), cost };
  }
  return best?.id;
}

function styleOf(colours: Colours): StylesheetJson {
  const healthStyles = Object.entries(colours.health).map(([health, colour]) => ({
    selector: `node.${health}`,
    style: { 'background-color': colour },
  }));
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        color: colours.text,
        'font-family': colours.font,
        'font-size': 11,
        'min-zoomed-font-size': 7,
        'text-valign': 'bottom',
        'text-margin-y': 4,
        'text-wrap': 'wrap',
        'text-max-width': '140px',
        'text-background-color': colours.background,
        'text-background-opacity': 0.7,
        width: 26,
        height: 26,
        'border-width': 1,
        'border-color': colours.text,
      },
    },
    ...healthStyles,
    { selector: 'node.off, node.unknown', style: { 'background-opacity': 0.25 } },
    { selector: 'node.error', style: { 'border-width': 3, 'border-style': 'double' } },
    { selector: 'node.connecting', style: { shape: 'diamond' } },
    { selector: 'node.storing', style: { shape: 'round-rectangle' } },
    { selector: 'node.holding', style: { shape: 'hexagon' } },
    { selector: 'node.root', style: { width: 40, height: 40, 'font-weight': 'bold' } },
    { selector: 'node.beside', style: { opacity: 0.35 } },
    {
      selector: 'node.target',
      style: { width: 40, height: 40, 'border-width': 5, 'border-color': colours.target },
    },
    {
      selector: 'node.affected',
      style: { 'border-width': 4, 'border-style': 'dashed', 'border-color': colours.affected },
    },
    {
      selector: 'node:selected',
      style: { 'outline-width': 3, 'outline-offset': 3, 'outline-color': colours.focus },
    },
    {
      selector: 'edge',
      style: {
        width: 1,
        'line-color': colours.line,
        'target-arrow-color': colours.line,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.8,
        'curve-style': 'straight',
        opacity: 0.7,
      },
    },
    {
      selector: 'edge.tied',
      style: {
        label: 'data(label)',
        color: colours.text,
        'font-size': 9,
        'min-zoomed-font-size': 7,
        'text-background-color': colours.background,
        'text-background-opacity': 0.8,
        'line-color': colours.focus,
        'target-arrow-color': colours.focus,
        opacity: 1,
      },
    },
  ] as unknown as StylesheetJson;
}

function svgFrom(cy: Core, colours: Colours): string {
  const nodes = cy.nodes().map((node) => {
    const { x, y } = node.position();
    return {
      id: node.id(),
      label: String(node.data('label')),
      x,
      y,
      size: Number(node.width()),
      fill: String(node.style('background-color')),
      border: String(node.style('border-color')),
      borderWidth: Number.parseFloat(String(node.style('border-width'))) || 1,
      dashed: node.style('border-style') === 'dashed',
    };
  });
  const edges = cy.edges().map((edge) => ({
    from: edge.source().id(),
    to: edge.target().id(),
    label: String(edge.data('label')),
  }));
  return svgOf(nodes, edges, {
    background: colours.background,
    text: colours.text,
    line: colours.line,
    font: colours.font,
  });
}

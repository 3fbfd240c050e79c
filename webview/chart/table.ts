// The series of one plot in words: what the crosshair is on, and last, lowest, mean and highest of what is shown. It
// is the legend of the plot, and the whole of it for whoever does not see the drawing.

import type { PanelSeries } from '../../shared/panel/chart.ts';
import { button } from '../components.ts';
import { append, element, redraw } from '../dom.ts';
import { type Colours, lineLook } from './colours.ts';
import { figuresOf, type Plot, timeText, valueAt, valueText, widthText } from './model.ts';

export interface PlotTable {
  readonly element: HTMLElement;
  draw(plot: Plot): void;
  /** Shows the values of a moment; of none where it is undefined. */
  moment(time: number | undefined): void;
}

export interface TableEvents {
  resource(id: string): void;
  remove(id: string): void;
}

export function createTable(colours: Colours, events: TableEvents): PlotTable {
  const [scroller, words] = [element('div', { class: 'sideways' }), element('div')];
  const holder = element('div', { class: 'figures' }, scroller, words);
  let cells: readonly { readonly cell: HTMLElement; readonly series: PanelSeries }[] = [];
  const head = element('th', { class: 'number moment', attributes: { scope: 'col' } }, 'At the crosshair');
  return {
    element: holder,
    draw(plot) {
      cells = plot.series.map((series) => ({ cell: element('td', { class: 'number moment' }, '–'), series }));
      redraw(scroller, () => [tableOf(plot, head, cells, colours, events)]);
      redraw(words, () => plot.series.flatMap(sayings));
    },
    moment(time) {
      holder.classList.toggle('pointed', time !== undefined);
      head.textContent = time === undefined ? 'At the crosshair' : timeText(time);
      for (const { cell, series } of cells)
        cell.textContent =
          time === undefined ? '–' : valueText(valueAt(series, time), series.range.series.unit);
    },
  };
}

function tableOf(
  plot: Plot,
  head: HTMLElement,
  cells: readonly { readonly cell: HTMLElement; readonly series: PanelSeries }[],
  colours: Colours,
  events: TableEvents,
): HTMLElement {
  const column = (text: string, look = 'number') =>
    element('th', { class: look, attributes: { scope: 'col' } }, text);
  const rows = cells.map(({ cell, series }, index) => rowOf(series, cell, index, colours, events));
  return element(
    'table',
    {},
    element(
      'caption',
      { class: 'visually-hidden' },
      `Figures of ${plot.series.map(({ title }) => title).join(', ')}`,
    ),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        column('Series', ''),
        head,
        column('Last', 'number last'),
        ...['Lowest', 'Mean', 'Highest'].map((text) => column(text)),
        element('th', {}, element('span', { class: 'visually-hidden' }, 'Remove')),
      ),
    ),
    element('tbody', {}, ...rows),
  );
}

function rowOf(
  { title, range }: PanelSeries,
  cell: HTMLElement,
  index: number,
  colours: Colours,
  events: TableEvents,
): HTMLElement {
  const { id, resource, unit, source } = range.series;
  const figures = figuresOf(range);
  const name = element(
    'button',
    {
      class: 'link',
      focusKey: `series:${id}`,
      attributes: {
        type: 'button',
        title: `Measured by ${source}; ${widthText(range.widthMs)}. Go to its resource.`,
      },
      on: { click: () => events.resource(resource) },
    },
    title,
  );
  return element(
    'tr',
    {},
    element('th', { class: 'name', attributes: { scope: 'row' } }, swatch(colours, index), name),
    cell,
    ...(['last', 'lowest', 'mean', 'highest'] as const).map((which) =>
      element(
        'td',
        { class: which === 'last' ? 'number last' : 'number' },
        valueText(figures?.[which], unit),
      ),
    ),
    element(
      'td',
      {},
      button({
        label: `Remove ${title}`,
        look: 'icon',
        icon: 'close',
        focusKey: `remove:${id}`,
        onClick: () => events.remove(id),
      }),
    ),
  );
}

/** A piece of the line: its colour and its dashes. */
function swatch(colours: Colours, index: number): SVGElement {
  const { stroke, dash } = lineLook(colours, index);
  const make = (tag: string) => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const picture = make('svg');
  picture.setAttribute('class', 'swatch');
  picture.setAttribute('viewBox', '0 0 24 8');
  picture.setAttribute('aria-hidden', 'true');
  const line = make('line');
  for (const [name, value] of Object.entries({ x1: '0', y1: '4', x2: '24', y2: '4', stroke }))
    line.setAttribute(name, value);
  line.setAttribute('stroke-width', '2');
  line.setAttribute('stroke-dasharray', dash.join(' '));
  append(picture, [line]);
  return picture;
}

/** What is foreseen, or why nothing is, and where nothing was measured. */
function sayings({ title, forecast, noForecast, range }: PanelSeries): readonly HTMLElement[] {
  const lines = [
    range.times.length === 0 ? `Nothing was measured of ${title} in this time.` : undefined,
    forecast?.sentence,
    noForecast === undefined ? undefined : `No forecast of ${title}: ${noForecast}`,
  ];
  return lines.flatMap((line) => (line === undefined ? [] : [element('p', { class: 'quiet' }, line)]));
}

// The chart page: a plot for each unit, what happened meanwhile, and the same in words. It shows what the extension
// sends and sends back what a person wants to see; it can change nothing.

import './chart.css';
import {
  chartSpans,
  type FromChart,
  type PanelChart,
  type PanelSeries,
  type ToChart,
} from '../../shared/panel/chart.ts';
import { button, registerComponents } from '../components.ts';
import { append, type Child, element, icon, redraw } from '../dom.ts';
import { openHost } from '../host.ts';
import { onThemeChange } from '../topology/colours.ts';
import { readColours } from './colours.ts';
import { marksShown, type Plot, plotsOf, timeText, valueAt, valueText } from './model.ts';
import { pictureOf } from './picture.ts';
import { createPlot, type PlotDrawing } from './plot.ts';
import { createTable, type PlotTable } from './table.ts';

const host = openHost<FromChart, ToChart, Record<string, never>>();
registerComponents();

interface Shown {
  plot: Plot;
  readonly drawing: PlotDrawing;
  readonly table: PlotTable;
}
let chart: PanelChart | undefined;
let shown: readonly Shown[] = [];
let signature = '';
let colours = readColours();

const bar = element('header', { class: 'bar' });
const banner = element('div', { class: 'banner', attributes: { role: 'status' } });
const status = element('p', { class: 'status quiet' });
const spoken = element('p', {
  class: 'visually-hidden',
  attributes: { role: 'status', 'aria-live': 'polite' },
});
const plots = element('main', { class: 'plots' });
const meanwhile = element('section', {
  class: 'meanwhile',
  attributes: { 'aria-label': 'What happened meanwhile' },
});
append(document.body, [bar, banner, status, spoken, plots, meanwhile]);

onThemeChange(() => {
  colours = readColours();
  signature = '';
  if (chart) draw(chart);
});
new ResizeObserver(() => {
  for (const { drawing } of shown) drawing.resize();
}).observe(plots);
host.onMessage(receive);
host.post({ type: 'ready' });

function receive(message: ToChart): void {
  if (message.type === 'chart') {
    chart = message;
    redraw(banner, () => bannerOf(message));
    draw(message);
    return;
  }
  const { message: text, fix } = message.problem;
  const said = [text, fix].filter(Boolean).join(' ');
  const look = message.type === 'daemon' ? note('sync', said, 'info away') : note('error', said, 'blocker');
  redraw(banner, () => [look]);
}

function draw(next: PanelChart): void {
  redraw(bar, () => barOf(next));
  const made = plotsOf(next.series);
  const looks = made.map(signatureOf).join('\n');
  if (looks === signature) for (const [at, one] of shown.entries()) update(one, made[at]!, next);
  else build(made, next);
  signature = looks;
  const span = `${timeText(next.fromMs)} to ${timeText(next.toMs)}`;
  status.textContent = next.series.length === 0 ? '' : span;
  redraw(meanwhile, () => meanwhileOf(next));
}

/** What a drawing has to be made anew for. */
const signatureOf = ({ unit, series }: Plot): string =>
  [unit, ...series.map((one) => [one.range.series.id, one.range.widthMs > 0, !!one.forecast].join(' '))].join(
    '|',
  );

function update(one: Shown, plot: Plot, next: PanelChart): void {
  one.plot = plot;
  one.table.draw(plot);
  one.drawing.update(plot, next);
}

function build(made: readonly Plot[], next: PanelChart): void {
  for (const { drawing } of shown) drawing.destroy();
  plots.replaceChildren();
  shown = made.map((plot) => {
    const table = createTable(colours, {
      resource: (id) => host.post({ type: 'resource', id }),
      remove: (id) => host.post({ type: 'remove', id }),
    });
    const canvas = element('div', {
      class: 'plot',
      focusKey: `plot:${plot.unit}`,
      attributes: plotAttributes(plot),
    });
    plots.appendChild(
      element('section', { class: 'unit' }, element('h3', {}, headOf(plot)), canvas, table.element),
    );
    table.draw(plot);
    const drawing = createPlot(canvas, plot, next, colours, {
      onMoment: (time) => table.moment(time),
      onSay: (time) => say(time),
      onZoom: (fromMs, toMs) => host.post({ type: 'zoom', fromMs: Math.max(0, fromMs), toMs }),
      onBack: () => host.post({ type: 'back' }),
    });
    return { plot, drawing, table };
  });
}

const plotAttributes = (plot: Plot) => ({
  tabindex: 0,
  role: 'application',
  'aria-label': `Chart of ${plot.series.map(({ title }) => title).join(', ')}. Left and right move the crosshair, + looks closer, Escape goes back. The table below says the same in figures.`,
});

/** The metrics of a plot, and their unit. */
function headOf({ unit, series }: Plot): string {
  const metrics = [...new Set(series.map(({ range }) => range.series.metric))].join(', ');
  return unit === '' ? metrics : `${metrics} (${unit})`;
}

function say(time: number): void {
  const values = (chart?.series ?? []).map(
    (one: PanelSeries) => `${one.title} ${valueText(valueAt(one, time), one.range.series.unit)}`,
  );
  spoken.textContent = `${timeText(time)}: ${values.join(', ')}`;
}

function bannerOf({ nothing, leftOut, troubles }: PanelChart): readonly Child[] {
  return [
    ...troubles.map(({ message, lastMs }) =>
      note('warning', `${message} The newest figure is of ${timeText(lastMs)}.`, 'warning'),
    ),
    nothing && note('info', `${nothing.message} ${nothing.fix ?? ''}`.trim(), 'info'),
    leftOut > 0 &&
      note('info', `${leftOut} more series do not fit. Choose those you want with “Compare…”.`, 'info'),
  ];
}

function note(iconName: string, text: string, look: string): HTMLElement {
  return element('p', { class: `note ${look}` }, icon(iconName), element('span', {}, text));
}

function barOf(next: PanelChart): readonly Child[] {
  const isEmpty = next.series.length === 0;
  return [
    element('h2', {}, next.title),
    element(
      'div',
      { class: 'spans', attributes: { role: 'group', 'aria-label': 'Time shown' } },
      ...chartSpans.map(([hours, words]) =>
        toggle(words, next.hours === hours, () => host.post({ type: 'span', hours })),
      ),
    ),
    element(
      'div',
      { class: 'buttons' },
      toggle('Forecast', next.isForecast, () => host.post({ type: 'forecast', on: !next.isForecast })),
      tool('Back to the time before', 'discard', () => host.post({ type: 'back' }), !next.canGoBack),
      tool('Read again', 'refresh', () => host.post({ type: 'refresh' })),
      labelled('Compare…', 'Choose the series that are shown', 'add', () => host.post({ type: 'pick' })),
      labelled('CSV', 'Save as CSV…', 'save', () => host.post({ type: 'csv' }), isEmpty),
      labelled('PNG', 'Save as PNG…', 'save', savePicture, isEmpty),
    ),
  ];
}

function toggle(label: string, isOn: boolean, onClick: () => void): HTMLElement {
  return element(
    'button',
    {
      class: 'toggle',
      focusKey: `toggle:${label}`,
      attributes: { type: 'button', 'aria-pressed': String(isOn) },
      on: { click: onClick },
    },
    label,
  );
}

const tool = (label: string, iconName: string, onClick: () => void, disabled = false) =>
  button({ label, look: 'icon', icon: iconName, focusKey: `tool:${iconName}`, onClick, disabled });

function labelled(
  short: string,
  label: string,
  iconName: string,
  onClick: () => void,
  disabled = false,
): HTMLElement {
  const made = button({
    label: short,
    look: 'secondary',
    icon: iconName,
    focusKey: `do:${short}`,
    onClick,
    disabled,
  });
  made.setAttribute('aria-label', label);
  made.title = label;
  return made;
}

function savePicture(): void {
  if (!chart) return;
  const drawn = shown.map(({ plot, drawing }) => ({ plot, canvas: drawing.canvas() }));
  host.post({ type: 'png', data: pictureOf(chart, drawn, colours) });
}

const markIcons = { incident: 'warning', plan: 'checklist', change: 'edit', event: 'bell' } as const;

/** The marks of the time axis in words, newest first. */
function meanwhileOf(next: PanelChart): readonly Child[] {
  const marks = [...marksShown(next)].reverse();
  if (marks.length === 0) return [];
  return [
    element('h3', {}, 'What happened meanwhile'),
    element(
      'ul',
      {},
      ...marks.map(({ mark }) => {
        const { resource, id, kind } = mark;
        const go: FromChart | undefined =
          kind === 'plan' && id
            ? { type: 'plan', id }
            : resource
              ? { type: 'resource', id: resource }
              : undefined;
        const title = go
          ? element(
              'button',
              { class: 'link', attributes: { type: 'button' }, on: { click: () => host.post(go) } },
              mark.title,
            )
          : element('span', {}, mark.title);
        const when = mark.open ? `since ${timeText(mark.fromMs)}` : timeText(mark.fromMs);
        return element('li', {}, icon(markIcons[kind]), element('span', { class: 'quiet' }, when), title);
      }),
    ),
  ];
}

// One plot: all series of one unit on a canvas, drawn by uPlot, which is named in this file alone. It draws bands and
// marks, follows the pointer and the keyboard, and says which stretch a person wants to see closer.

import uPlot from 'uplot';
import type { PanelChart } from '../../shared/panel/chart.ts';
import { element } from '../dom.ts';
import { type Colours, faint, lineLook } from './colours.ts';
import {
  aligned,
  bandsOf,
  type Column,
  columnsOf,
  marksShown,
  type Plot,
  timeLabels,
  timeText,
  valueText,
} from './model.ts';

type Frame = Pick<PanelChart, 'fromMs' | 'toMs' | 'nowMs' | 'marks'>;

export interface PlotEvents {
  /** The moment under the crosshair; undefined where it is away. */
  onMoment(time: number | undefined): void;
  /** The moment was reached by keyboard: it is to be said aloud. */
  onSay(time: number): void;
  onZoom(fromMs: number, toMs: number): void;
  onBack(): void;
}

export interface PlotDrawing {
  readonly element: HTMLElement;
  /** Draws newer data of the same series. */
  update(plot: Plot, frame: Frame): void;
  resize(): void;
  canvas(): HTMLCanvasElement;
  destroy(): void;
}

const height = 240;
const widthMin = 240;
const zoomPixelsMin = 5;
const axisFont = 11;

export function createPlot(
  host: HTMLElement,
  first: Plot,
  firstFrame: Frame,
  colours: Colours,
  events: PlotEvents,
): PlotDrawing {
  let frame = firstFrame;
  let plot = first;
  const columns = columnsOf(plot);
  const options: uPlot.Options = {
    width: Math.max(widthMin, host.clientWidth),
    height,
    ms: 1,
    legend: { show: false },
    padding: [12, 12, 0, 0],
    series: [{}, ...columns.map((one) => seriesOptions(one, colours))],
    bands: bandsOf(columns).map(([high, low]) => ({
      series: [high + 1, low + 1],
      fill: bandFill(columns[high]!, colours),
    })),
    scales: { x: { time: true, range: () => [frame.fromMs, frame.toMs] }, y: { range: valueRange } },
    axes: axesOf(first.unit, colours),
    cursor: {
      sync: { key: 'chart' },
      drag: { x: true, y: false, setScale: false },
      points: { show: false },
      y: false,
      bind: { dblclick: () => () => back(events) },
    },
    hooks: {
      drawClear: [(chart) => drawMarks(chart, frame, colours)],
      setCursor: [(chart) => events.onMoment(momentOf(chart))],
      setSelect: [(chart) => zoomTo(chart, events)],
    },
  };
  const chart = new uPlot(options, dataOf(columns), host);
  host.addEventListener('keydown', (event) => onKey(event, chart, events));
  const marks = element('div', { class: 'marks' });
  chart.over.appendChild(marks);
  const place = () => placeMarks(marks, chart, frame);
  place();
  return {
    element: host,
    update(next, nextFrame) {
      plot = next;
      frame = nextFrame;
      chart.batch(() => {
        chart.setData(dataOf(columnsOf(plot)), false);
        chart.setScale('x', { min: frame.fromMs, max: frame.toMs });
      });
      chart.redraw();
      place();
    },
    resize() {
      const width = Math.max(widthMin, host.clientWidth);
      if (width !== chart.width) chart.setSize({ width, height });
      place();
    },
    canvas: () => chart.ctx.canvas,
    destroy: () => chart.destroy(),
  };
}

function dataOf(columns: readonly Column[]): uPlot.AlignedData {
  const { times, cells } = aligned(columns);
  return [[...times], ...cells.map((column) => [...column])];
}

function seriesOptions({ role, index }: Column, colours: Colours): uPlot.Series {
  const { stroke, dash } = lineLook(colours, index);
  if (role === 'mean')
    return { stroke, dash, width: 1.5, points: { show: pointsShown, size: 4, fill: stroke } };
  if (role === 'forecast') return { stroke, dash: [4, 4], width: 1.5, points: { show: false } };
  return { stroke: 'transparent', width: 0, points: { show: false } };
}

/** Single points are drawn where few were measured: a lone one has no line to show it. */
const pointsShown = (chart: uPlot, index: number): boolean =>
  (chart.data[index] as readonly unknown[]).filter((value) => typeof value === 'number').length < 30;

function bandFill({ role, index }: Column, colours: Colours): string {
  return faint(lineLook(colours, index).stroke, role === 'high95' ? 0.1 : role === 'high80' ? 0.16 : 0.2);
}

/** As wide as the values, with a margin, and never below zero where nothing is. */
function valueRange(_chart: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax {
  if (low === null || high === null) return [0, 1];
  const floor = low >= 0 ? { hard: 0 } : {};
  return uPlot.rangeNum(low, high, {
    min: { pad: 0.1, soft: 0, mode: 3, ...floor },
    max: { pad: 0.1, soft: 0, mode: 3 },
  });
}

function axesOf(unit: string, colours: Colours): uPlot.Axis[] {
  const look = {
    stroke: colours.text,
    font: `${axisFont}px ${colours.font}`,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { stroke: colours.grid, width: 1 },
  };
  return [
    { ...look, space: 70, values: (_chart, times, _axis, _space, step) => [...timeLabels(times, step)] },
    { ...look, size: 76, values: (_chart, values) => values.map((value) => valueText(value, unit)) },
  ];
}

function momentOf(chart: uPlot): number | undefined {
  const { left } = chart.cursor;
  return left === undefined || left < 0 ? undefined : chart.posToVal(left, 'x');
}

/** In place of what uPlot does by itself, which is to show all it has. */
function back(events: PlotEvents): null {
  events.onBack();
  return null;
}

function zoomTo(chart: uPlot, events: PlotEvents): void {
  const { left, width } = chart.select;
  if (width < zoomPixelsMin) return;
  events.onZoom(Math.round(chart.posToVal(left, 'x')), Math.round(chart.posToVal(left + width, 'x')));
  chart.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
}

/** Incidents as bands, what happened at a moment and "now" as lines, under everything else. */
function drawMarks(chart: uPlot, frame: Frame, colours: Colours): void {
  const { ctx, bbox } = chart;
  const at = (time: number) => chart.valToPos(time, 'x', true);
  ctx.save();
  for (const { mark, fromMs, toMs } of marksShown(frame)) {
    const left = at(fromMs);
    if (mark.kind === 'incident') {
      ctx.fillStyle = faint(colours.incident, 0.15);
      ctx.fillRect(left, bbox.top, Math.max(2, at(toMs) - left), bbox.height);
    } else upright(chart, left, mark.kind === 'plan' ? colours.lines[0]! : colours.change, [4, 4]);
  }
  if (frame.toMs > frame.nowMs) upright(chart, at(frame.nowMs), colours.text, [1, 3]);
  ctx.restore();
}

function upright({ ctx, bbox }: uPlot, left: number, stroke: string, dash: readonly number[]): void {
  ctx.strokeStyle = stroke;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash(dash.map((length) => length * uPlot.pxRatio));
  ctx.beginPath();
  ctx.moveTo(left, bbox.top);
  ctx.lineTo(left, bbox.top + bbox.height);
  ctx.stroke();
}

/** Handles of marks at the foot of the plot, for their tooltips; the list below the plots says the same in words. */
function placeMarks(parent: HTMLElement, chart: uPlot, frame: Frame): void {
  parent.replaceChildren();
  for (const { mark, fromMs, toMs } of marksShown(frame)) {
    const handle = element('span', {
      class: `mark ${mark.kind}`,
      attributes: { title: `${timeText(mark.fromMs)}\n${mark.title}`, 'aria-hidden': 'true' },
    });
    const [left, right] = [chart.valToPos(fromMs, 'x'), chart.valToPos(toMs, 'x')];
    handle.style.left = `${left}px`;
    if (mark.kind === 'incident') handle.style.width = `${Math.max(8, right - left)}px`;
    parent.appendChild(handle);
  }
}

/** Arrow keys move the crosshair, + looks closer around it, - and Escape go back. */
function onKey(event: KeyboardEvent, chart: uPlot, events: PlotEvents): void {
  const width = chart.over.clientWidth;
  const left = chart.cursor.left !== undefined && chart.cursor.left >= 0 ? chart.cursor.left : width;
  const step = event.shiftKey ? width / 10 : Math.max(1, width / 100);
  const places: Readonly<Record<string, number>> = {
    ArrowLeft: left - step,
    ArrowRight: left + step,
    Home: 0,
    End: width,
  };
  const next = places[event.key];
  if (next !== undefined) {
    const inside = Math.max(0, Math.min(width - 1, next));
    chart.setCursor({ left: inside, top: chart.over.clientHeight / 2 });
    events.onSay(chart.posToVal(inside, 'x'));
  } else if (event.key === '+') {
    const [middle, span] = [chart.posToVal(left, 'x'), chart.scales.x!.max! - chart.scales.x!.min!];
    events.onZoom(Math.round(middle - span / 4), Math.round(middle + span / 4));
  } else if (event.key === '-' || event.key === 'Escape') events.onBack();
  else return;
  event.preventDefault();
}

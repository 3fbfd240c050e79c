// A small line chart of one series, as SVG: enough to see a trend inside an answer. The numbers behind it are said
// in words beside it, so that nobody has to see it.

import type { AnswerBlock } from '../../shared/model/answer.ts';
import { element } from '../dom.ts';

type SeriesBlock = Extract<AnswerBlock, { kind: 'series' }>;

const width = 300;
const height = 64;
const margin = 4;
const namespace = 'http://www.w3.org/2000/svg';

/** What the chart says, in words. */
export function seriesSummary(block: SeriesBlock): string {
  const values = block.points.map(([, value]) => value).filter((value) => Number.isFinite(value));
  if (values.length === 0) return `${block.title}: no data in this time.`;
  const unit = block.unit ? ` ${block.unit}` : '';
  const current = block.current ?? values.at(-1)!;
  return `now ${round(current)}${unit}, lowest ${round(Math.min(...values))}${unit}, highest ${round(Math.max(...values))}${unit}`;
}

/** Points of the line in the chart's own units; empty where there is nothing to draw. */
export function linePoints(points: SeriesBlock['points']): readonly (readonly [number, number])[] {
  const finite = points.filter(([at, value]) => Number.isFinite(at) && Number.isFinite(value));
  if (finite.length === 0) return [];
  const times = finite.map(([at]) => at);
  const values = finite.map(([, value]) => value);
  const [fromTime, toTime] = [times[0]!, times.at(-1)!];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const place = (value: number, from: number, to: number, size: number) =>
    margin + (to === from ? 0.5 : (value - from) / (to - from)) * (size - 2 * margin);
  return finite.map(([at, value]) => [
    round(place(at, fromTime, toTime, width)),
    round(height - place(value, low, high, height)),
  ]);
}

export function drawSeries(block: SeriesBlock): HTMLElement {
  const summary = seriesSummary(block);
  const points = linePoints(block.points);
  const figure = element(
    'figure',
    { class: 'series' },
    element('figcaption', {}, `${block.title}: ${summary}`),
  );
  if (points.length === 0) return figure;
  const chart = shape('svg', {
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': `${block.title}: ${summary}`,
    preserveAspectRatio: 'none',
  });
  chart.appendChild(shape('line', { class: 'axis', x1: 0, y1: height - 1, x2: width, y2: height - 1 }));
  chart.appendChild(
    shape('polyline', { class: 'line', points: points.map(([x, y]) => `${x},${y}`).join(' ') }),
  );
  figure.appendChild(chart);
  return figure;
}

function shape(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

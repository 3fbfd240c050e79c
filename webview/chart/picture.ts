// The chart as one picture: its title and time, each plot as it stands on the page, and the names of its lines. Drawn
// on a canvas of our own, in the colours of the theme.

import { type Colours, lineLook } from './colours.ts';
import { type Plot, timeText } from './model.ts';

export interface DrawnPlot {
  readonly plot: Plot;
  readonly canvas: HTMLCanvasElement;
}

const margin = 16;
const lineHeight = 20;

/** PNG in base64. */
export function pictureOf(
  { title, fromMs, toMs }: { readonly title: string; readonly fromMs: number; readonly toMs: number },
  plots: readonly DrawnPlot[],
  colours: Colours,
): string {
  const scale = window.devicePixelRatio || 1;
  const heights = plots.map(
    ({ plot, canvas }) => canvas.height / scale + (plot.series.length + 1) * lineHeight,
  );
  const width = Math.max(...plots.map(({ canvas }) => canvas.width / scale)) + 2 * margin;
  const page = document.createElement('canvas');
  page.width = Math.ceil(width * scale);
  page.height = Math.ceil((heights.reduce((sum, one) => sum + one, 0) + 2 * margin + lineHeight) * scale);
  const pen = page.getContext('2d')!;
  pen.scale(scale, scale);
  pen.fillStyle = colours.background;
  pen.fillRect(0, 0, page.width, page.height);
  pen.fillStyle = colours.text;
  pen.font = `600 14px ${colours.font}`;
  pen.fillText(`${title}, ${timeText(fromMs)} to ${timeText(toMs)}`, margin, margin + 8);
  pen.font = `12px ${colours.font}`;
  let top = margin + lineHeight;
  plots.forEach((drawn, at) => {
    drawPlot(pen, drawn, top, scale, colours);
    top += heights[at]!;
  });
  return page.toDataURL('image/png').replace(/^data:[^,]*,/, '');
}

function drawPlot(
  pen: CanvasRenderingContext2D,
  { plot, canvas }: DrawnPlot,
  top: number,
  scale: number,
  colours: Colours,
): void {
  pen.drawImage(canvas, margin, top, canvas.width / scale, canvas.height / scale);
  plot.series.forEach(({ title }, index) => {
    const middle = top + canvas.height / scale + (index + 0.5) * lineHeight;
    const { stroke, dash } = lineLook(colours, index);
    pen.strokeStyle = stroke;
    pen.lineWidth = 2;
    pen.setLineDash(dash);
    pen.beginPath();
    pen.moveTo(margin, middle);
    pen.lineTo(margin + 24, middle);
    pen.stroke();
    pen.fillStyle = colours.text;
    pen.fillText(title, margin + 32, middle + 4);
  });
}

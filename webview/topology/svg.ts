// The drawing as an SVG picture: circles, lines and names where the page has them. Everything from a cloud becomes
// escaped text. Pure.

export interface DrawnNode {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly border: string;
  readonly borderWidth: number;
  readonly dashed: boolean;
}
export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}
export interface Look {
  readonly background: string;
  readonly text: string;
  readonly line: string;
  readonly font: string;
}

const margin = 60;

export function svgOf(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[], look: Look): string {
  const xs = nodes.map(({ x }) => x);
  const ys = nodes.map(({ y }) => y);
  const [left, top] = [least(xs) - margin, least(ys) - margin];
  const [width, height] = [most(xs) - left + margin, most(ys) - top + margin];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const box = [left, top, width, height].map(round).join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${round(width)}" height="${round(height)}">`,
    `<rect x="${round(left)}" y="${round(top)}" width="100%" height="100%" fill="${escaped(look.background)}"/>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="6" markerHeight="6" orient="auto">',
    `<path d="M0 0L8 4L0 8z" fill="${escaped(look.line)}"/></marker></defs>`,
    ...edges.map((edge) => edgeOf(edge, byId, look)),
    ...nodes.map((node) => nodeOf(node, look)),
    '</svg>',
    '',
  ].join('\n');
}

function edgeOf(edge: DrawnEdge, byId: ReadonlyMap<string, DrawnNode>, look: Look): string {
  const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
  if (!from || !to) return '';
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(1, to.size / 2 / length);
  const [x, y] = [to.x - (to.x - from.x) * share, to.y - (to.y - from.y) * share];
  const line = `<line x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(x)}" y2="${round(y)}"`;
  return `${line} stroke="${escaped(look.line)}" marker-end="url(#arrow)"><title>${escaped(edge.label)}</title></line>`;
}

function nodeOf(node: DrawnNode, look: Look): string {
  const dash = node.dashed ? ' stroke-dasharray="4 3"' : '';
  const shape = `<circle cx="${round(node.x)}" cy="${round(node.y)}" r="${round(node.size / 2)}" fill="${escaped(node.fill)}"`;
  const lines = node.label.split('\n').map((text, index) => {
    const at = `x="${round(node.x)}" y="${round(node.y + node.size / 2 + 13 + index * 13)}"`;
    return `<text ${at} text-anchor="middle" font-size="11" font-family="${escaped(look.font)}" fill="${escaped(look.text)}">${escaped(text)}</text>`;
  });
  return `${shape} stroke="${escaped(node.border)}" stroke-width="${node.borderWidth}"${dash}/>${lines.join('')}`;
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them
      .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, '\ufffd')
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), values[0] ?? 0);
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), values[0] ?? 0);

// Colours of the theme as the canvas needs them: the editor's variables, made into plain colours. Lines of the same
// colour differ by their dashes, so that colour alone never has to tell them apart.

export interface Colours {
  readonly text: string;
  readonly background: string;
  readonly grid: string;
  readonly incident: string;
  readonly change: string;
  readonly font: string;
  readonly lines: readonly string[];
}

const lineVariables = [
  '--vscode-charts-blue',
  '--vscode-charts-green',
  '--vscode-charts-purple',
  '--vscode-charts-yellow',
  '--vscode-charts-red',
  '--vscode-terminal-ansiCyan',
];
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [8, 3, 2, 3]];

export function readColours(): Colours {
  const style = getComputedStyle(document.body);
  const pen = document.createElement('canvas').getContext('2d');
  const read = (variable: string, fallback: string): string => {
    const value = style.getPropertyValue(variable).trim() || fallback;
    if (!pen) return value;
    // The canvas gives back what it understood.
    pen.fillStyle = fallback;
    pen.fillStyle = value;
    return pen.fillStyle;
  };
  const text = read('--vscode-foreground', '#808080');
  return {
    text,
    background: read('--vscode-editor-background', '#ffffff'),
    grid: faint(text, 0.15),
    incident: read('--vscode-problemsErrorIcon-foreground', '#e51400'),
    change: read('--vscode-descriptionForeground', text),
    font: style.getPropertyValue('--vscode-font-family').trim() || 'sans-serif',
    lines: lineVariables.map((variable) => read(variable, text)),
  };
}

/** The look of the nth line of a plot. */
export function lineLook(
  colours: Colours,
  index: number,
): { readonly stroke: string; readonly dash: number[] } {
  const { lines } = colours;
  return {
    stroke: lines[index % lines.length]!,
    dash: [...dashes[Math.floor(index / lines.length) % dashes.length]!],
  };
}

/** The same colour with less weight; reads `#rrggbb` and `rgba(…)`, which is what a canvas gives back. */
export function faint(colour: string, weight: number): string {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1];
  const parts = hex
    ? [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
    : (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return parts.length === 3 ? `rgba(${parts.join(', ')}, ${weight})` : colour;
}

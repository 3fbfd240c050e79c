// What the terminal shows. Everything from outside (names, logs, sentences of clouds) may hold control characters that
// move the cursor or rewrite what was shown; they never reach the terminal. Colours only where somebody looks.

/** Marks of style inside text; they survive the cleaning and become escape codes, or nothing, on the way out. */
const marks = {
  reset: '\uE000',
  bold: '\uE001',
  dim: '\uE002',
  red: '\uE003',
  green: '\uE004',
  yellow: '\uE005',
  cyan: '\uE006',
};
const codes: Readonly<Record<string, string>> = {
  [marks.reset]: '\x1b[0m',
  [marks.bold]: '\x1b[1m',
  [marks.dim]: '\x1b[2m',
  [marks.red]: '\x1b[31m',
  [marks.green]: '\x1b[32m',
  [marks.yellow]: '\x1b[33m',
  [marks.cyan]: '\x1b[36m',
};
const styled = (mark: string) => (text: string) => `${mark}${text}${marks.reset}`;

export const style = {
  bold: styled(marks.bold),
  dim: styled(marks.dim),
  red: styled(marks.red),
  green: styled(marks.green),
  yellow: styled(marks.yellow),
  cyan: styled(marks.cyan),
};

// C0 and C1 controls but newline and tab, and the marks that change the direction of text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
const unsafe = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;
const anyMark = /[\uE000-\uE006]/g;

/** Text as it may go to a terminal: without control characters, styled where `hasColour`. */
export function renderText(text: string, hasColour: boolean): string {
  return text.replace(unsafe, '\uFFFD').replace(anyMark, (mark) => (hasColour ? (codes[mark] ?? '') : ''));
}

/** Width of text as shown, near enough for columns. */
export function widthOf(text: string): number {
  return [...text.replace(anyMark, '')].length;
}

/** Rows in columns, two spaces apart; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
    });
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat(widths[i]! - widthOf(cell))))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

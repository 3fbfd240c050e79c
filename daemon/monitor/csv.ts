// Reads lines of comma-separated numbers: a time and a value, or many columns. Pure: it is given lines, never files,
// and it never refuses a row, because one bad row must not end a long file; what cannot be read becomes NaN.
// Called by the batch commands of the terminal and by the benches.

/** Where time and value stand in a row. */
export interface CsvColumns {
  readonly time: number;
  readonly value: number;
}

/** Splits one line; a quoted cell may hold commas and doubled quotes. */
export function splitCsv(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    if (character !== '"') {
      if (character === ',' && !quoted) {
        cells.push(cell);
        cell = '';
      } else cell += character;
    } else if (quoted && line[i + 1] === '"') {
      cell += character;
      i++;
    } else quoted = !quoted;
  }
  cells.push(cell);
  return cells;
}

/** The columns a header names, or undefined when the line is a row of data. */
export function readHeader(cells: readonly string[]): CsvColumns | undefined {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  if (!names.some((name) => /[a-z_]/.test(name) && Number.isNaN(parseTime(name)) && !isNumberWord(name)))
    return undefined;
  const time = names.findIndex((name) => /^(timestamp|time|date|datetime|ts)$/.test(name));
  const value = names.findIndex((name) => /^(value|val|y)$/.test(name));
  const timeAt = time < 0 ? 0 : time;
  return { time: timeAt, value: value < 0 ? (timeAt === 0 ? 1 : 0) : value };
}

/**
 * Milliseconds since 1970 of a time stamp: ISO 8601 with or without `T` and zone (UTC where none is given), or a number
 * of seconds, milliseconds, microseconds or nanoseconds, told apart by size. NaN when it is none of these.
 */
export function parseTime(text: string): number {
  const trimmed = text.trim();
  if (/^[+-]?\d+(\.\d+)?$/.test(trimmed)) {
    const number = Number(trimmed);
    const size = Math.abs(number);
    if (size < 1e11) return number * 1_000;
    if (size < 1e14) return number;
    return size < 1e17 ? number / 1e3 : number / 1e6;
  }
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(trimmed);
  if (!match) return Number.NaN;
  const [, day = '', clock = '00:00', zone = 'Z'] = match;
  return Date.parse(`${day}T${clock.replace(/(\.\d{3})\d+$/, '$1')}${zone.toUpperCase()}`);
}

/** A number, or NaN for an empty cell and anything that is not one. */
export function parseValue(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text);
}

function isNumberWord(name: string): boolean {
  return /^[+-]?(nan|inf|infinity|null|none)$/.test(name) || !Number.isNaN(Number(name));
}

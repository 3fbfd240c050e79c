// From rows of metrics to windows for the network: each column standardised by what it did in training, several minutes
// side by side until the width is full. Pure.

/** Cells of one window. */
export const windowWidth = 32;
/** Deviations beyond which a column says no more; one wild column must not drown the others. */
const cellMax = 8;

/** How columns become cells. */
export interface WindowShape {
  readonly columns: number;
  /** Rows side by side in one window. */
  readonly rows: number;
  readonly means: Float64Array;
  /** 0 for a column that did not move in training: it is always 0 in a window. */
  readonly deviations: Float64Array;
}

/** Shape for rows of equal width, of which at most `windowWidth` columns are used. Throws RangeError without rows. */
export function shapeOf(rows: readonly Float64Array[]): WindowShape {
  const columns = Math.min(windowWidth, rows[0]?.length ?? 0);
  if (columns === 0) throw new RangeError('Windows need at least one row and column.');
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns);
  for (const row of rows) for (let k = 0; k < columns; k++) means[k]! += row[k]! / rows.length;
  for (const row of rows)
    for (let k = 0; k < columns; k++) deviations[k]! += (row[k]! - means[k]!) ** 2 / rows.length;
  for (let k = 0; k < columns; k++) {
    const deviation = Math.sqrt(deviations[k]!);
    deviations[k] = deviation > 1e-9 * Math.max(1, Math.abs(means[k]!)) ? deviation : 0;
  }
  return { columns, rows: Math.max(1, Math.floor(windowWidth / columns)), means, deviations };
}

/** All windows of consecutive rows, one after the other in one array. */
export function windowsOf(rows: readonly Float64Array[], shape: WindowShape): Float32Array {
  const count = Math.max(0, rows.length - shape.rows + 1);
  const windows = new Float32Array(count * windowWidth);
  for (let i = 0; i < count; i++) fill(windows, i * windowWidth, rows, i, shape);
  return windows;
}

/** The window that ends with the last row. Undefined where there are too few. */
export function lastWindow(rows: readonly Float64Array[], shape: WindowShape): Float32Array | undefined {
  const first = rows.length - shape.rows;
  if (first < 0) return undefined;
  const window = new Float32Array(windowWidth);
  fill(window, 0, rows, first, shape);
  return window;
}

/** Column that a cell belongs to; undefined for cells that are only padding. */
export function columnOf(cell: number, shape: WindowShape): number | undefined {
  return cell < shape.rows * shape.columns ? cell % shape.columns : undefined;
}

function fill(
  windows: Float32Array,
  at: number,
  rows: readonly Float64Array[],
  first: number,
  { columns, rows: high, means, deviations }: WindowShape,
): void {
  for (let r = 0; r < high; r++)
    for (let k = 0; k < columns; k++) {
      const deviation = deviations[k]!;
      const off = deviation === 0 ? 0 : (rows[first + r]![k]! - means[k]!) / deviation;
      // What is not a number counts as usual.
      windows[at + r * columns + k] = Number.isNaN(off) ? 0 : Math.max(-cellMax, Math.min(cellMax, off));
    }
}

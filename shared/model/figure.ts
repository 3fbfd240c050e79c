// Figures as people read them, the same wherever they stand.

/** A figure with its unit, three significant digits: "41.3 %", "1.25 GB". */
export function formatFigure(value: number, unit: string): string {
  const text =
    Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
  return unit === '' ? text : `${text} ${unit}`;
}

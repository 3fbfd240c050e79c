// A course of values as a line of block characters, for places that cannot draw: a terminal, a row of a tree. It is
// decoration: whoever shows it says the figures in words too, and leaves it out of what a screen reader says. Pure.

const bars = [...'▁▂▃▄▅▆▇█'];

/** A line of blocks, oldest first, from the lowest value to the highest; at most `widthMax` of them. */
export function sparkline(values: readonly number[], widthMax = 60): string {
  const step = Math.max(1, values.length / widthMax);
  const least = Math.min(...values);
  const range = Math.max(...values) - least || 1;
  const line: string[] = [];
  for (let at = 0; at < values.length; at += step) {
    const part = values.slice(Math.floor(at), Math.max(Math.floor(at) + 1, Math.floor(at + step)));
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    line.push(bars[Math.round(((mean - least) / range) * (bars.length - 1))]!);
  }
  return line.join('');
}

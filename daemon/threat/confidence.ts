// How sure a finding is: the share of attacks among windows of the same strength, by isotonic regression (pool adjacent
// violators; Zadrozny and Elkan 2002) over made traffic with attacks put into it, one attack a month in a log of a small
// team. The table is what `npm run bench threat` prints; a test holds it to traffic that it was not made from. Pure.

/** From this strength on, in orders of magnitude, a window is told of. */
export const tellFrom = 5.8;

/** Strength and confidence, ascending; between two rows it goes straight. */
const table: readonly (readonly [strength: number, confidence: number])[] = [
  [5.2, 0.02],
  [5.75, 0.07],
  [6, 0.2],
  [6.2, 0.34],
  [7.8, 0.38],
  [8.2, 0.5],
  [8.6, 0.65],
  [8.9, 0.83],
  [9.4, 0.9],
  [13.2, 0.95],
];

export function confidenceOf(strength: number): number {
  const above = table.findIndex(([from]) => from > strength);
  if (above === 0) return table[0]![1];
  if (above < 0) return table.at(-1)![1];
  const [[x, y], [x2, y2]] = [table[above - 1]!, table[above]!];
  return y + ((y2 - y) * (strength - x)) / (x2 - x);
}

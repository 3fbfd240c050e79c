// Places of many nodes without springs: a spiral from the centre outwards, in the order in which they were reached, so
// that what is near stays near and what hangs together stands together. Pure.

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The golden angle spreads any number of points evenly over a disk (Vogel, 1979). */
const goldenAngle = 2.399_963;
const spacing = 46;

/** One place for each of `count` nodes; the first stand at the centre. */
export function spiral(count: number): readonly Place[] {
  return Array.from({ length: count }, (_, index) => {
    const radius = spacing * Math.sqrt(index);
    const angle = index * goldenAngle;
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
}

/** The nth place around something, for what comes to it later. */
export function placeBeside({ x, y }: Place, turn: number): Place {
  const radius = 70 + 16 * Math.sqrt(turn);
  return { x: x + radius * Math.cos(turn * goldenAngle), y: y + radius * Math.sin(turn * goldenAngle) };
}

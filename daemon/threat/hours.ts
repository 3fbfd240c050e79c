// When somebody acts: hours of working days and of weekends (UTC), of each principal and of the whole log. An hour is as
// surprising as all hours together that are no more likely than it. Pure.

/** 24 hours of Monday to Friday, then 24 of the weekend. */
export const slots = 48;

/** How many sights of the whole log the habits of one principal begin with. */
const priorSights = 10;

export function slotOf(atMs: number): number {
  const date = new Date(atMs);
  const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  return date.getUTCHours() + (isWeekend ? 24 : 0);
}

/** Decimal orders of magnitude by which acting in this slot surprises. */
export function rarityOf(own: readonly number[], all: readonly number[], slot: number): number {
  const whole = smooth(all);
  const wholeSum = sum(whole) + slots;
  const mine = smooth(own);
  const mineSum = sum(mine) + priorSights;
  const chance = mine.map((count, i) => (count + (priorSights * (whole[i]! + 1)) / wholeSum) / mineSum);
  const here = chance[slot]!;
  const tail = chance.reduce((total, one) => total + (one <= here * (1 + 1e-9) ? one : 0), 0);
  return -Math.log10(Math.min(1, Math.max(tail, 1e-9)));
}

/** Who acts at nine may act at eight or ten: a quarter of each count goes to either side. */
function smooth(counts: readonly number[]): readonly number[] {
  return counts.map((count, i) => {
    const day = i < 24 ? 0 : 24;
    const before = counts[day + ((i - day + 23) % 24)]!;
    const after = counts[day + ((i - day + 1) % 24)]!;
    return count / 2 + (before + after) / 4;
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

// How rare a distance is among those of the latest ordinary windows: a conformal p-value (Vovk, Gammerman, Shafer 2005,
// "Algorithmic learning in a random world") over a sliding calibration window. Beyond its largest values a Pareto tail
// goes on, fitted to the upper tenth (Hill 1975; the use for streams as in Siffer et al. 2017), since ranks alone cannot
// be smaller than one in their number. Pure.

/** Calibration values from which a tail is fitted. */
const tailRowsMin = 100;
/** Part of them that is the tail. */
const tailPart = 0.1;
/** Nothing learnt from some hundred windows is rarer than this. */
const rarest = 1e-6;

/** Chance of an ordinary window with at least this distance; `sorted` is ascending, distances are not negative. */
export function chanceOf(sorted: readonly number[], distance: number): number {
  const atLeast = sorted.length - lowerBound(sorted, distance);
  const byRank = (atLeast + 1) / (sorted.length + 1);
  if (sorted.length < tailRowsMin) return byRank;
  const count = Math.floor(sorted.length * tailPart);
  const from = 1 + sorted[sorted.length - count - 1]!;
  if (1 + distance <= from || byRank > tailPart / 2) return byRank;
  let logs = 0;
  for (let i = sorted.length - count; i < sorted.length; i++) logs += Math.log((1 + sorted[i]!) / from);
  const index = Math.max(0.05, logs / count);
  const byTail = (count / sorted.length) * ((1 + distance) / from) ** (-1 / index);
  // Among values that were seen the rank is right; beyond them the tail.
  return atLeast > 2 ? byRank : Math.max(rarest, Math.min(byRank, byTail));
}

/** Puts one more value in, and lets the one that leaves the window go. */
export function slide(latest: number[], sorted: number[], value: number, countMax: number): void {
  latest.push(value);
  sorted.splice(lowerBound(sorted, value), 0, value);
  if (latest.length <= countMax) return;
  sorted.splice(lowerBound(sorted, latest.shift()!), 1);
}

function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Long work in slices: the extension host serves every extension of the window, so none of ours may hold it longer
// than a frame or three. Work is a generator that yields where it may be interrupted; who cannot wait runs it through.

/** Well under what a person would notice as a stutter. */
const sliceMs = 12;

/** Runs to the end at once. */
export function runThrough<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Runs in slices and lets others have a turn between; ends early, with undefined, where `isWanted` says so. */
export async function runInSlices<T>(
  work: Generator<void, T>,
  isWanted: () => boolean,
): Promise<T | undefined> {
  let endMs = performance.now() + sliceMs;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < endMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    if (!isWanted()) return undefined;
    endMs = performance.now() + sliceMs;
  }
}

const runItems = 512;

/** A stable order by keys, as `Array.sort` makes it: short runs are sorted, then merged. Yields between. */
export function* sortedByKey<T>(items: readonly T[], keyOf: (item: T) => string): Generator<void, T[]> {
  let runs: Keyed<T>[][] = [];
  for (let start = 0; start < items.length; start += runItems) {
    const run = items.slice(start, start + runItems).map((item) => ({ item, key: keyOf(item) }));
    runs.push(run.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)));
    yield;
  }
  while (runs.length > 1) {
    const merged: Keyed<T>[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      const [a, b] = [runs[index]!, runs[index + 1]];
      merged.push(b ? yield* merge(a, b) : a);
    }
    runs = merged;
  }
  return (runs[0] ?? []).map(({ item }) => item);
}

interface Keyed<T> {
  readonly item: T;
  readonly key: string;
}

function* merge<T>(a: readonly Keyed<T>[], b: readonly Keyed<T>[]): Generator<void, Keyed<T>[]> {
  const made: Keyed<T>[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    made.push(a[i]!.key <= b[j]!.key ? a[i++]! : b[j++]!);
    if (made.length % runItems === 0) yield;
  }
  while (i < a.length) made.push(a[i++]!);
  while (j < b.length) made.push(b[j++]!);
  return made;
}

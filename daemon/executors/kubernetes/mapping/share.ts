// Keeps one copy of what thousands of objects say alike: names of nodes, images, whole sets of labels. Without it a
// cluster of 30,000 pods would hold each of them 30,000 times. Forgets everything when it grows past its bound, which
// costs memory and never truth.

/** Distinct values kept at once; far more than a cluster has images, nodes and label sets. */
const keptMax = 20_000;

const texts = new Map<string, string>();
const labelSets = new Map<string, Readonly<Record<string, string>>>();

/** The same text, one copy for all. */
export function share(text: string): string;
export function share(text: string | undefined): string | undefined;
export function share(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size >= keptMax) texts.clear();
  texts.set(text, text);
  return text;
}

/** The same labels, one object for all that have them. */
export function shareLabels(labels: Record<string, string>): Readonly<Record<string, string>> {
  let key = '';
  for (const name in labels) key += `${name}=${labels[name]}\n`;
  const known = labelSets.get(key);
  if (known) return known;
  if (labelSets.size >= keptMax) labelSets.clear();
  const shared: Record<string, string> = {};
  for (const name in labels) shared[share(name)] = share(labels[name]!);
  labelSets.set(key, shared);
  return shared;
}

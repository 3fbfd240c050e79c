// Amounts as Kubernetes writes them: "500m", "1Gi", "2". The suffixes are those of its quantity format (SI and binary).

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The amount in its base unit (cores, bytes, pieces); undefined where it is none. */
export function parseQuantity(text: string | number | undefined): number | undefined {
  if (typeof text === 'number') return text;
  const match = /^([+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.exec(text ?? '');
  if (!match) return undefined;
  return Number(match[1]) * factors[match[2] ?? '']!;
}

/** Bytes as GB the way a person says it (1 GB = 1 GiB), with one decimal. */
export function toGb(text: string | number | undefined): number | undefined {
  const bytes = parseQuantity(text);
  return bytes === undefined ? undefined : Math.round((bytes / 2 ** 30) * 10) / 10;
}

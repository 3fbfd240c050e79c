// Address ranges of IPv4: whether two overlap, and a free one for a new VPC.

/** First and last address of a range as numbers; undefined where it is not one of IPv4. */
function spanOf(cidr: string): readonly [number, number] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!match) return undefined;
  const parts = match.slice(1, 5).map(Number);
  const bits = Number(match[5]);
  if (parts.some((part) => part > 255) || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const address = parts.reduce((sum, part) => sum * 256 + part, 0);
  const first = Math.floor(address / size) * size;
  return [first, first + size - 1];
}

export function overlaps(a: string, b: string): boolean {
  const [one, other] = [spanOf(a), spanOf(b)];
  return one !== undefined && other !== undefined && one[0] <= other[1] && other[0] <= one[1];
}

/** The first of 10.0.0.0/16 to 10.255.0.0/16 that none of `taken` touches. */
export function freeRange(taken: readonly string[]): string | undefined {
  for (let second = 0; second < 256; second++) {
    const range = `10.${second}.0.0/16`;
    if (!taken.some((one) => overlaps(one, range))) return range;
  }
  return undefined;
}

// Ranges of IPv4 addresses in CIDR notation. IPv6 is left out: no range of it is small enough to be tried out.

export interface Range {
  readonly first: number;
  readonly last: number;
}

/** `192.0.2.0/28`; undefined for anything else, also for bits set behind the prefix. */
export function parseRange(text: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text.trim());
  if (!match) return undefined;
  const [a, b, c, d, length] = match.slice(1).map(Number) as [number, number, number, number, number];
  if ([a, b, c, d].some((part) => part > 255) || length > 32) return undefined;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - length);
  return address % size === 0 ? { first: address, last: address + size - 1 } : undefined;
}

export function addressCount({ first, last }: Range): number {
  return last - first + 1;
}

/** Every address of a range but its network and broadcast address, where it has those. */
export function addressesOf({ first, last }: Range): readonly string[] {
  const isSubnet = last - first >= 3;
  const from = isSubnet ? first + 1 : first;
  const to = isSubnet ? last - 1 : last;
  return Array.from({ length: to - from + 1 }, (_, index) => textOf(from + index));
}

function textOf(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}

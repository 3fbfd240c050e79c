// Versions and the frame limit: what two programs have to agree on before they can speak. Kept apart from the table
// of messages so that a client can know them without carrying the schemas.

/** Version of the product, the same as in package.json (a test holds that). */
export const productVersion = '0.1.0';

/** Raised by one whenever a message is added or retired. */
export const protocolVersion = 2;
/** The oldest version this code still speaks. */
export const protocolVersionMin = 1;

/** Longest message on the wire, in bytes of UTF-8 without its newline. */
export const frameBytesMax = 4 * 1024 * 1024;

/** Below 0, 0 or above 0 as `a` is older than, the same as or newer than `b`; only numbers count, `1.2.0-x` is `1.2.0`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) =>
    version
      .split(/[-+]/, 1)[0]!
      .split('.')
      .map((part) => Number.parseInt(part, 10) || 0),
  ) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

// Compares two values that came out of JSON. The graph asks it of every resource of every poll, so it allocates
// nothing; a key whose value is undefined counts as absent, as it does in JSON.

/** True where both would be written as the same JSON, whatever the order of keys. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Number.isNaN(a) && Number.isNaN(b);
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && isSameList(a, b);
  return isSameRecord(a as Record<string, unknown>, b as Record<string, unknown>);
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (!isSameJson(a[index], b[index])) return false;
  return true;
}

function isSameRecord(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  let left = 0;
  for (const key in a) {
    if (a[key] === undefined) continue;
    left++;
    if (!isSameJson(a[key], b[key])) return false;
  }
  for (const key in b) if (b[key] !== undefined) left--;
  return left === 0;
}

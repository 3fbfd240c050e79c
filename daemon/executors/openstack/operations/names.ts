// Names that Pilothouse gives where a person gave none, and how the plan's mark is written where there is no
// metadata: into the description.

/** `web-1-snap-20261121-0615`, UTC. */
export function snapshotName(of: string, nowMs: number): string {
  const digits = new Date(nowMs).toISOString().replace(/[-:]/g, '');
  return `${of}-snap-${digits.slice(0, 8)}-${digits.slice(9, 13)}`;
}

/** Description of a thing that has no metadata. */
export function markDescription(mark: string): string {
  return `pilothouse-mark ${mark}`;
}

export function isMarked(record: { readonly description?: string | null }, mark: string): boolean {
  return record.description === markDescription(mark);
}

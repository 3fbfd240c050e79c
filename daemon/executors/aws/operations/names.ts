// Names that Pilothouse gives where a person gave none, and the tags everything it makes carries.

import type { Tag } from '@aws-sdk/client-ec2';
import { markKey } from '../mapping/place.ts';

/** `web-1-snap-20261121-0615`, UTC. */
export function snapshotName(of: string, nowMs: number): string {
  const digits = new Date(nowMs).toISOString().replace(/[-:]/g, '');
  return `${of}-snap-${digits.slice(0, 8)}-${digits.slice(9, 13)}`;
}

/** The tag Name and, in the write, the plan's mark. */
export function tagsFor(name: string, mark?: string): Tag[] {
  return [...(name ? [{ Key: 'Name', Value: name }] : []), ...(mark ? [{ Key: markKey, Value: mark }] : [])];
}

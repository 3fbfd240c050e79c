// Reads what comes in pages to its end. For whoever needs the whole: exports above all.

import type { NotationItem } from '../model/notation.ts';
import type { Resource } from '../model/resource.ts';
import type { Client } from './client.ts';
import type { CancelSignal } from './runtime.ts';

interface Asks {
  readonly request: Client['request'];
}

export async function readAllResources(
  { request }: Asks,
  signal?: CancelSignal,
): Promise<readonly Resource[]> {
  const all: Resource[] = [];
  let after: string | undefined;
  do {
    const page: { readonly resources: readonly Resource[]; readonly next?: string } = await request(
      'resource/list',
      { limit: 1_000, ...(after !== undefined && { after }) },
      { signal },
    );
    all.push(...page.resources);
    after = page.next;
  } while (after !== undefined);
  return all;
}

export async function readAllCorrections({ request }: Asks): Promise<readonly NotationItem[]> {
  const items: NotationItem[] = [];
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: { readonly items: readonly NotationItem[]; readonly next?: number } = await request(
      'correction/list',
      { after },
    );
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

// The address of an editable manifest: which resource it is of stands in it, so that an editor that is restored finds
// the same again. The path is only for people. Pure.

import { parseResourceId } from '../../shared/model/resource.ts';

export const manifestScheme = 'pilothouse-manifest';

export interface ManifestAddress {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;
}

export function manifestAddressOf(id: string): ManifestAddress {
  const parsed = parseResourceId(id);
  const parts = parsed ? [parsed.connection, parsed.kind, ...parsed.path.split('/')] : [id];
  const path = parts.map((part) => part.replaceAll(/[^\w.-]+/g, '_').slice(0, 80) || '_').join('/');
  return { scheme: manifestScheme, path: `/${path}.yaml`, query: id };
}

/** Id of the resource; undefined where nobody here made the address. */
export function resourceAt({ scheme, query }: Pick<ManifestAddress, 'scheme' | 'query'>): string | undefined {
  return scheme === manifestScheme && parseResourceId(query) ? query : undefined;
}

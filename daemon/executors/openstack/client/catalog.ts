// Which address a service has: read from the catalog that comes with the token, by service type (with its older
// names), interface and region. A service that the catalog does not have is simply absent; a region or interface
// that nothing has is a mistake of the person and says what there is.

import { z } from 'zod';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { CloudConfig } from '../config/cloudConfig.ts';

export type Service = 'identity' | 'compute' | 'image' | 'network' | 'volume';

/** Names for people. */
export const serviceNames: Readonly<Record<Service, string>> = {
  identity: 'Keystone',
  compute: 'Nova',
  image: 'Glance',
  network: 'Neutron',
  volume: 'Cinder',
};

/** Types in the order they are looked for (service-types-authority of OpenStack). */
const types: Readonly<Record<Service, readonly string[]>> = {
  identity: ['identity'],
  compute: ['compute'],
  image: ['image'],
  network: ['network'],
  volume: ['block-storage', 'volumev3', 'block-store', 'volume'],
};

export const catalogSchema = z.array(
  z.object({
    type: z.string(),
    endpoints: z.array(
      z.object({
        interface: z.string(),
        region: z.string().nullish(),
        region_id: z.string().nullish(),
        url: z.string(),
      }),
    ),
  }),
);
export type ServiceCatalog = z.infer<typeof catalogSchema>;
type Endpoint = ServiceCatalog[number]['endpoints'][number];

/** Throws ProblemError where region or interface of the configuration fit nothing in the catalog. */
export function requireUsable(catalog: ServiceCatalog, config: CloudConfig): void {
  const endpoints = catalog.filter((entry) => entry.type !== 'identity').flatMap((entry) => entry.endpoints);
  const place = `"${config.name}" in ${config.origin}`;
  if (endpoints.length === 0) return;
  const regions = [...new Set(endpoints.map(regionOf))].filter((region) => region !== '').sort();
  if (config.region && !regions.includes(config.region))
    throw new ProblemError({
      code: 'config-invalid',
      message: `The cloud has no region "${config.region}".`,
      fix: `Set region_name of ${place} to one of: ${regions.join(', ')}.`,
    });
  if (!config.region && regions.length > 1)
    throw new ProblemError({
      code: 'config-invalid',
      message: `The cloud has ${regions.length} regions and the configuration names none.`,
      fix: `Set region_name of ${place} to one of: ${regions.join(', ')}.`,
    });
  const here = endpoints.filter((one) => !config.region || regionOf(one) === config.region);
  if (here.some((one) => interfaceOf(one) === config.interface)) return;
  throw new ProblemError({
    code: 'config-invalid',
    message: `No service of the cloud has a "${config.interface}" address.`,
    fix: `Set interface of ${place} to one of: ${[...new Set(here.map(interfaceOf))].sort().join(', ')}.`,
  });
}

/** Address of a service with its version, without a slash at the end; undefined where the cloud lacks it. */
export function endpointOf(
  service: Service,
  catalog: ServiceCatalog,
  config: CloudConfig,
  projectId: string | undefined,
): string | undefined {
  if (service === 'identity') return config.authUrl;
  for (const type of types[service]) {
    const found = catalog
      .filter((entry) => entry.type === type)
      .flatMap((entry) => entry.endpoints)
      .find(
        (one) => interfaceOf(one) === config.interface && (!config.region || regionOf(one) === config.region),
      );
    const url = config.endpointOverrides[type] ?? found?.url;
    if (url && (found || config.endpointOverrides[type])) return withVersion(service, url, projectId);
  }
  return undefined;
}

function withVersion(service: Service, address: string, projectId: string | undefined): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = address.replace(/[?#].*$/, '').replace(/\/+$/, '');
  const version = /\/v\d+(\.\d+)?(?=\/|$)/.exec(url)?.[0];
  switch (service) {
    case 'network':
      return `${url.replace(/\/v2\.0$/, '')}/v2.0`;
    case 'image':
      return `${url.replace(/\/v\d+(\.\d+)?$/, '')}/v2`;
    case 'compute':
      return version ? url : `${url}/v2.1`;
    case 'volume': {
      if (version === '/v1' || version === '/v2') return undefined;
      const versioned = version ? url : `${url}/v3`;
      return versioned.endsWith('/v3') && projectId ? `${versioned}/${projectId}` : versioned;
    }
    case 'identity':
      return url;
  }
}

/** The address whose answer says which microversions a service has. */
export function versionRoot(endpoint: string): string {
  return `${/^.*?\/v\d+(\.\d+)?(?=\/|$)/.exec(endpoint)?.[0] ?? endpoint}/`;
}

function regionOf(endpoint: Endpoint): string {
  return endpoint.region_id ?? endpoint.region ?? '';
}

/** v2 catalogs wrote `publicURL`. */
function interfaceOf(endpoint: Endpoint): string {
  return endpoint.interface.replace(/URL$/, '');
}

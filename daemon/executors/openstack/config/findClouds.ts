// Finds the clouds a person has configured for the OpenStack tools: every entry of clouds.yaml, once a region, and
// the one that OS_* variables describe. One that cannot be used becomes a problem with its fix; the others stay
// usable. What leaves this file as a candidate holds no secret; `loadCloud` reads the secret when it is needed, so
// that a corrected file works without a restart.

import { createHash } from 'node:crypto';
import { ProblemError, problemOf } from '../../../../shared/model/problem.ts';
import type { ConnectionCandidate, FoundConnections } from '../../contract.ts';
import { guessEnvironment } from '../../kit/environmentLabel.ts';
import { type CloudConfig, parseCloud } from './cloudConfig.ts';
import { type CloudsPlaces, mappingOf, readCloudsFile, shownPath } from './cloudsFile.ts';
import type { RawMapping, RawValue } from './yamlFile.ts';

const variablesOrigin = 'environment variables';
const notOfTheCloud = ['OS_CLOUD', 'OS_CLIENT_CONFIG_FILE', 'OS_CLIENT_SECURE_FILE', 'OS_CLIENT_VENDOR_FILE'];
const showsCloud = ['OS_AUTH_URL', 'OS_PASSWORD', 'OS_TOKEN', 'OS_APPLICATION_CREDENTIAL_ID'];

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  readonly raw: RawMapping;
}

/** All clouds that could be tried, and what is wrong with the others. Never throws. */
export async function findClouds(places: CloudsPlaces): Promise<FoundConnections> {
  const candidates: ConnectionCandidate[] = [];
  const problems: { origin: string; message: string; fix: string }[] = [];
  const note = (origin: string, error: unknown) => {
    const { message, fix } = problemOf(error);
    problems.push({ origin, message, fix: fix ?? 'Correct the file; it is read again by itself.' });
  };
  let fileEntries: readonly Entry[] = [];
  try {
    fileEntries = await entriesOfFile(places);
    requireNamedCloud(places, fileEntries);
  } catch (error) {
    note(shownPath(places.env.OS_CLIENT_CONFIG_FILE ?? 'clouds.yaml', places.homeFolder), error);
  }
  for (const entry of [...fileEntries, ...entriesOfVariables(places)]) {
    try {
      candidates.push(toCandidate(entry, parseEntry(entry, places)));
    } catch (error) {
      note(entry.origin, error);
    }
  }
  return { candidates, problems };
}

/** Reads the configuration behind a candidate afresh. Throws ProblemError `config-invalid`. */
export async function loadCloud(candidateId: string, places: CloudsPlaces): Promise<CloudConfig> {
  const variables = entriesOfVariables(places);
  const entries = variables.some((entry) => entry.id === candidateId)
    ? variables
    : await entriesOfFile(places);
  const entry = entries.find((one) => one.id === candidateId);
  if (entry) return parseEntry(entry, places);
  throw new ProblemError({
    code: 'config-invalid',
    message: 'This cloud is not configured any more.',
    fix: `clouds.yaml has: ${entries.map((one) => one.name).join(', ') || 'no cloud'}. Put it back, or use one of these.`,
  });
}

async function entriesOfFile(places: CloudsPlaces): Promise<readonly Entry[]> {
  const file = await readCloudsFile(places);
  if (!file) return [];
  return Object.entries(file.clouds).flatMap(([name, raw]) => {
    const regions = regionsOf(raw);
    if (regions.length < 2 || typeof raw.region_name === 'string')
      return [{ id: idOf(name), name, origin: file.origin, raw: withRegion(raw, regions[0]) }];
    return regions.map((region) => ({
      id: idOf(`${name}.${region}`),
      name: `${name} ${region}`,
      origin: file.origin,
      raw: withRegion(raw, region),
    }));
  });
}

function entriesOfVariables({ env }: CloudsPlaces): readonly Entry[] {
  if (!showsCloud.some((name) => env[name])) return [];
  const raw: Record<string, RawValue> = {};
  for (const [key, value] of Object.entries(env))
    if (key.startsWith('OS_') && value && !notOfTheCloud.includes(key))
      raw[key.slice(3).toLowerCase()] = value;
  return [{ id: 'os-env-variables', name: 'OS_* variables', origin: variablesOrigin, raw }];
}

function requireNamedCloud({ env }: CloudsPlaces, entries: readonly Entry[]): void {
  const named = env.OS_CLOUD;
  if (!named || entries.some((entry) => entry.name === named || entry.name.startsWith(`${named} `))) return;
  throw new ProblemError({
    code: 'config-invalid',
    message: `OS_CLOUD names the cloud "${named}", which clouds.yaml does not have.`,
    fix: `Set OS_CLOUD to one of: ${entries.map((entry) => entry.name).join(', ') || '(there is none)'}, or add "${named}" to clouds.yaml.`,
  });
}

function parseEntry(entry: Entry, places: CloudsPlaces): CloudConfig {
  return parseCloud(entry.raw, entry.name, entry.origin, places.homeFolder);
}

function toCandidate(entry: Entry, config: CloudConfig): ConnectionCandidate {
  const project = config.scope.kind === 'project' ? (config.scope.name ?? '') : '';
  return {
    id: entry.id,
    provider: 'openstack',
    name: entry.name,
    environment: guessEnvironment(`${entry.name} ${project}`),
    region: config.region,
    simulated: false,
    origin: entry.origin,
  };
}

/** `os-` and the name; a name that does not survive as it is gets a short hash, so that two never collide. */
function idOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, 80);
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return slug === name && slug !== 'env-variables' ? `os-${slug}` : `os-${slug}-${hash}`;
}

function regionsOf(raw: RawMapping): readonly string[] {
  if (!Array.isArray(raw.regions)) return [];
  return (raw.regions as readonly RawValue[]).flatMap((region) => {
    const name = typeof region === 'string' ? region : mappingOf(region).name;
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
}

function withRegion(raw: RawMapping, region: string | undefined): RawMapping {
  return region && typeof raw.region_name !== 'string' ? { ...raw, region_name: region } : raw;
}

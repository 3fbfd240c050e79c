// Finds and reads clouds.yaml where the OpenStack tools look for it, with secure.yaml merged over it and
// clouds-public.yaml (profiles) under it. A daemon has no working folder of its own, so that ./clouds.yaml is never
// read. The order is that of openstacksdk: the file that OS_CLIENT_CONFIG_FILE names, then
// ~/.config/openstack, then /etc/openstack; the first that is there wins.

import { ProblemError } from '../../../../shared/model/problem.ts';
import { type RawMapping, type RawValue, readYamlFile } from './yamlFile.ts';

export interface CloudsPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  /** `/etc/openstack`, or another folder in tests. */
  readonly systemFolder?: string;
}

/** The clouds of one file, merged, by name. `origin` is the path for people, with `~`. */
export interface CloudsFile {
  readonly origin: string;
  readonly clouds: Readonly<Record<string, RawMapping>>;
}

const extensions = ['yaml', 'yml', 'json'];

/** Shortens the home folder to `~`. */
export function shownPath(path: string, homeFolder: string): string {
  return path === homeFolder || path.startsWith(`${homeFolder}/`)
    ? `~${path.slice(homeFolder.length)}`
    : path;
}

/** Reads the clouds; undefined where there is no file. Throws ProblemError `config-invalid`. */
export async function readCloudsFile(places: CloudsPlaces): Promise<CloudsFile | undefined> {
  const main = await readFirst(places, 'clouds', 'OS_CLIENT_CONFIG_FILE');
  if (!main) {
    const named = places.env.OS_CLIENT_CONFIG_FILE;
    if (named) throw missingFile('OS_CLIENT_CONFIG_FILE', shownPath(named, places.homeFolder));
    return undefined;
  }
  const secure = await readFirst(places, 'secure', 'OS_CLIENT_SECURE_FILE');
  const vendors = await readFirst(places, 'clouds-public', 'OS_CLIENT_VENDOR_FILE');
  const secret = mappingOf(secure?.content.clouds);
  const profiles = mappingOf(vendors?.content['public-clouds']);
  const clouds: Record<string, RawMapping> = {};
  for (const [name, entry] of Object.entries(requireClouds(main.content, main.origin))) {
    const merged = merge(mappingOf(entry), mappingOf(secret[name]));
    clouds[name] = withProfile(name, merged, profiles, main.origin);
  }
  return { origin: main.origin, clouds };
}

/** A mapping, or an empty one for anything else. */
export function mappingOf(value: RawValue | undefined): RawMapping {
  return value !== undefined && typeof value === 'object' && !Array.isArray(value)
    ? (value as RawMapping)
    : {};
}

/** Every file that `readCloudsFile` may look at. */
export function filesOf(places: CloudsPlaces): readonly string[] {
  return bases.flatMap(([base, variable]) => pathsOf(places, base, variable));
}

const bases = [
  ['clouds', 'OS_CLIENT_CONFIG_FILE'],
  ['secure', 'OS_CLIENT_SECURE_FILE'],
  ['clouds-public', 'OS_CLIENT_VENDOR_FILE'],
] as const;

function pathsOf(places: CloudsPlaces, base: string, variable: string): readonly string[] {
  const named = places.env[variable];
  const config = places.env.XDG_CONFIG_HOME || `${places.homeFolder}/.config`;
  const folders = [`${config}/openstack`, places.systemFolder ?? '/etc/openstack'];
  const paths = folders.flatMap((folder) => extensions.map((extension) => `${folder}/${base}.${extension}`));
  return named ? [named, ...paths] : paths;
}

async function readFirst(
  places: CloudsPlaces,
  base: string,
  variable: string,
): Promise<{ origin: string; content: RawMapping } | undefined> {
  const named = places.env[variable];
  for (const path of pathsOf(places, base, variable)) {
    const origin = shownPath(path, places.homeFolder);
    const content = await readYamlFile(path, origin);
    if (content) return { origin, content };
    if (path === named && base === 'clouds') return undefined;
  }
  return undefined;
}

function requireClouds(content: RawMapping, origin: string): RawMapping {
  const clouds = content.clouds;
  if (clouds === undefined || clouds === '') return {};
  if (typeof clouds === 'object' && !Array.isArray(clouds)) return clouds as RawMapping;
  throw new ProblemError({
    code: 'config-invalid',
    message: `${origin}: "clouds" does not hold a mapping of names.`,
    fix: 'Write each cloud under its name, indented below "clouds:".',
  });
}

function withProfile(name: string, entry: RawMapping, profiles: RawMapping, origin: string): RawMapping {
  const profile = entry.profile ?? entry.cloud;
  if (typeof profile !== 'string' || profile === '') return entry;
  const known = profiles[profile];
  if (known !== undefined) return merge(mappingOf(known), entry);
  // A vendor's profile only saves typing the address; where that is written out, nothing is missing.
  if (mappingOf(entry.auth).auth_url !== undefined) return entry;
  throw new ProblemError({
    code: 'config-invalid',
    message: `${origin}: cloud "${name}" uses the profile "${profile}", which no clouds-public.yaml describes.`,
    fix: `Write auth_url (and region_name) into the cloud "${name}", or describe the profile in ~/.config/openstack/clouds-public.yaml.`,
  });
}

/** Deep merge; `over` wins. */
function merge(under: RawMapping, over: RawMapping): RawMapping {
  const merged: Record<string, RawValue> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    const both = isMapping(before) && isMapping(value);
    merged[key] = both ? merge(before, value) : value;
  }
  return merged;
}

function isMapping(value: RawValue | undefined): value is RawMapping {
  return typeof value === 'object' && !Array.isArray(value);
}

function missingFile(variable: string, path: string): ProblemError {
  return new ProblemError({
    code: 'config-invalid',
    message: `${variable} names ${path}, but there is no such file.`,
    fix: `Correct ${variable} or put a clouds.yaml there.`,
  });
}

// Finds the vCenters and ESXi hosts a person has configured: the one that GOVC_* variables describe, as the tool govc
// reads them, and those of `~/.config/pilothouse/vsphere.yaml`. One that cannot be used becomes a problem with its
// fix. A candidate holds no secret; `loadVcenter` reads the password when it is needed.

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ProblemError, problemOf } from '../../../../shared/model/problem.ts';
import type { ConnectionCandidate, FoundConnections } from '../../contract.ts';
import { guessEnvironment } from '../../kit/environmentLabel.ts';
import { isThumbprint } from '../client/certificate.ts';
import type { Vcenter } from './vcenter.ts';

export interface VcenterPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

const shownFile = '~/.config/pilothouse/vsphere.yaml';
const variables = 'environment variables';

const entrySchema = z.strictObject({
  url: z.string().min(1),
  user: z.string().min(1),
  password: z.string().min(1).optional(),
  /** Name of an environment variable that has the password. */
  password_env: z.string().min(1).optional(),
  /** File that has the password and nothing else. */
  password_file: z.string().min(1).optional(),
  thumbprint: z.string().refine(isThumbprint, 'is no SHA-256 or SHA-1 thumbprint').optional(),
  ca_file: z.string().min(1).optional(),
  insecure: z.boolean().optional(),
  environment: z.enum(['prod', 'staging', 'test', 'dev']).optional(),
});
type Entry = z.infer<typeof entrySchema>;

interface Named {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  readonly entry: Entry;
}

/** File that is read, also where it is not there yet. */
export function vcenterFile({ homeFolder }: VcenterPlaces): string {
  return join(homeFolder, '.config', 'pilothouse', 'vsphere.yaml');
}

/** All that could be tried, and what is wrong with the others. Never throws. */
export async function findVcenters(places: VcenterPlaces): Promise<FoundConnections> {
  const candidates: ConnectionCandidate[] = [];
  const problems: { origin: string; message: string; fix: string }[] = [];
  for (const read of [entriesOfFile, entriesOfVariables]) {
    try {
      for (const named of await read(places)) {
        try {
          candidates.push(candidateOf(named));
        } catch (error) {
          problems.push(problemAt(named.origin, error));
        }
      }
    } catch (error) {
      problems.push(problemAt(read === entriesOfFile ? shownFile : variables, error));
    }
  }
  return { candidates, problems };
}

/** Reads what stands behind a candidate afresh. Throws ProblemError `config-invalid`. */
export async function loadVcenter(candidateId: string, places: VcenterPlaces): Promise<Vcenter> {
  const entries = [...(await entriesOfVariables(places)), ...(await entriesOfFile(places))];
  const named = entries.find((one) => one.id === candidateId);
  if (!named)
    throw invalid(
      'This vCenter is not configured any more.',
      `Put it back into ${shownFile} or the GOVC_* variables, or use another connection.`,
    );
  const { entry, id, name, origin } = named;
  return {
    id,
    name,
    url: addressOf(named),
    user: entry.user,
    password: await passwordOf(named, places),
    thumbprint: entry.thumbprint,
    verify: entry.insecure !== true,
    ca: entry.ca_file === undefined ? undefined : await readText(entry.ca_file, 'ca_file', places),
    origin,
  };
}

function candidateOf(named: Named): ConnectionCandidate {
  addressOf(named);
  return {
    id: named.id,
    provider: 'vsphere',
    name: named.name,
    environment: named.entry.environment ?? guessEnvironment(named.name),
    simulated: false,
    origin: named.origin,
  };
}

async function entriesOfFile(places: VcenterPlaces): Promise<readonly Named[]> {
  const file = vcenterFile(places);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw invalid(`It cannot be read (${error.code}).`, 'Give your user the right to read it.');
  });
  if (text === undefined) return [];
  const raw = readYaml(text);
  const isPrivate = ((await stat(file)).mode & 0o077) === 0 || process.platform === 'win32';
  return Object.entries(raw).map(([name, value]) => {
    const parsed = entrySchema.safeParse(value);
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw invalid(
        `"${name}" is not usable: ${issue.path.join('.') || 'the entry'} ${issue.message}.`,
        'It needs url and user, and password, password_env or password_file; thumbprint, ca_file and environment are optional.',
      );
    }
    if (parsed.data.password !== undefined && !isPrivate)
      throw invalid(
        'Others can read it, and it holds a password.',
        `Run "chmod 600 ${shownFile}", or use password_env.`,
      );
    return { id: idOf(name), name, origin: shownFile, entry: parsed.data };
  });
}

function readYaml(text: string): Readonly<Record<string, unknown>> {
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 20 });
  } catch (error) {
    const line = (error as { linePos?: readonly { line: number }[] }).linePos?.[0]?.line;
    throw invalid(
      `It is not valid YAML${line ? ` (line ${line})` : ''}.`,
      'Correct it; it is read again by itself.',
    );
  }
  const vcenters = (raw as { vcenters?: unknown } | null)?.vcenters;
  if (typeof vcenters !== 'object' || vcenters === null || Array.isArray(vcenters))
    throw invalid(
      'It has no list of vCenters.',
      'Begin it with "vcenters:", and below that a name for each.',
    );
  return vcenters as Readonly<Record<string, unknown>>;
}

async function entriesOfVariables({ env }: VcenterPlaces): Promise<readonly Named[]> {
  const { GOVC_URL } = env;
  if (!GOVC_URL) return [];
  const url = parseAddress(GOVC_URL, 'GOVC_URL');
  const user = env.GOVC_USERNAME ?? decodeURIComponent(url.username);
  if (user === '') throw invalid('GOVC_URL is set but no user is.', 'Set GOVC_USERNAME and GOVC_PASSWORD.');
  return [
    {
      id: 'vs-govc-variables',
      name: url.hostname,
      origin: variables,
      entry: {
        url: GOVC_URL,
        user,
        password: env.GOVC_PASSWORD ?? decodeURIComponent(url.password),
        insecure: /^(1|t|true)$/i.test(env.GOVC_INSECURE ?? ''),
      },
    },
  ];
}

function addressOf({ name, entry }: Named): URL {
  return parseAddress(entry.url, `url of "${name}"`);
}

/** `vc.example.com`, `https://user@vc.example.com/sdk` … as the address of the API, without credentials. */
function parseAddress(text: string, what: string): URL {
  try {
    const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
    if (url.protocol !== 'https:') throw new Error('not https');
    if (url.pathname === '/' || url.pathname === '') url.pathname = '/sdk';
    return url;
  } catch {
    throw invalid(`${what} is no https address.`, 'Write it like https://vcenter.example.com/sdk.');
  }
}

async function passwordOf({ name, entry }: Named, places: VcenterPlaces): Promise<string> {
  if (entry.password !== undefined) return entry.password;
  if (entry.password_file !== undefined)
    return (await readText(entry.password_file, 'password_file', places)).trimEnd();
  const value = entry.password_env === undefined ? undefined : places.env[entry.password_env];
  if (value) return value;
  throw invalid(
    entry.password_env
      ? `The variable ${entry.password_env} with the password of "${name}" is not set.`
      : `"${name}" has no password.`,
    'Set password_env, password_file or password for it.',
  );
}

async function readText(file: string, what: string, { homeFolder }: VcenterPlaces): Promise<string> {
  try {
    return await readFile(file.replace(/^~(?=\/)/, homeFolder), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw invalid(`The file that ${what} names (${file}) cannot be read (${code}).`, 'Correct the name.');
  }
}

function problemAt(origin: string, error: unknown) {
  const { message, fix } = problemOf(error);
  return { origin, message, fix: fix ?? 'Correct it; it is read again by itself.' };
}

function invalid(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'config-invalid', message, fix });
}

/** `vs-` and the name; a name that does not survive as it is gets a short hash, so that two never collide. */
function idOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, 80);
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return slug === name && slug !== 'govc-variables' ? `vs-${slug}` : `vs-${slug}-${hash}`;
}

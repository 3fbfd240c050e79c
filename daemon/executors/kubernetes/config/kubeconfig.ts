// Reads the kubeconfig files a person has, in the way kubectl merges them: the first file that names a thing wins,
// paths inside a file are relative to it. It starts no plugin and opens no connection. What it gives holds secrets,
// so it is read when it is needed, handed on to the client and never kept, shown or logged.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { ExecutorContext } from '../../contract.ts';

export type Places = Pick<ExecutorContext, 'env' | 'homeFolder'>;
type Mapping = Readonly<Record<string, unknown>>;

/** One context with what it names, as it stands in the files; paths are absolute. */
export interface RawContext {
  readonly name: string;
  readonly namespace?: string;
  readonly clusterName: string;
  readonly userName: string;
  /** Undefined where the file names one that no file has. */
  readonly cluster?: Mapping;
  readonly user?: Mapping;
  /** The file of the context, for people, with `~`. */
  readonly origin: string;
}

export interface Kubeconfig {
  readonly contexts: readonly RawContext[];
  readonly current?: string;
  readonly problems: readonly { readonly origin: string; readonly message: string; readonly fix: string }[];
}

/** Absolute paths of the files kubectl would read, also where they are not there. */
export function filesOf({ env, homeFolder }: Places): readonly string[] {
  const named = (env.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
  const files = named.length > 0 ? named : [path.join(homeFolder, '.kube', 'config')];
  return [...new Set(files.map((file) => path.resolve(homeFolder, file.replace(/^~(?=\/)/, homeFolder))))];
}

/** Reads and merges all files. A file that cannot be read is a problem, and the others stay usable. */
export async function readKubeconfig(places: Places): Promise<Kubeconfig> {
  const parts: Part[] = [];
  const problems: { origin: string; message: string; fix: string }[] = [];
  for (const file of filesOf(places)) {
    const origin = shownPath(file, places.homeFolder);
    try {
      const part = await readPart(file, origin);
      if (part) parts.push(part);
    } catch (error) {
      const { message, fix = '' } = (error as ProblemError).problem;
      problems.push({ origin, message, fix });
    }
  }
  return { ...merge(parts), problems };
}

interface Part {
  readonly origin: string;
  readonly current?: string;
  readonly contexts: ReadonlyMap<string, Mapping>;
  readonly clusters: ReadonlyMap<string, Mapping>;
  readonly users: ReadonlyMap<string, Mapping>;
}

/** kubectl's rule: "the first file to set a particular value or map key wins". */
function merge(parts: readonly Part[]): Pick<Kubeconfig, 'contexts' | 'current'> {
  const first = (list: 'clusters' | 'users', name: string) =>
    parts.find((part) => part[list].has(name))?.[list].get(name);
  const contexts = new Map<string, RawContext>();
  for (const part of parts)
    for (const [name, raw] of part.contexts) {
      if (contexts.has(name)) continue;
      const clusterName = textOf(raw.cluster) ?? '';
      const userName = textOf(raw.user) ?? '';
      contexts.set(name, {
        name,
        namespace: textOf(raw.namespace),
        clusterName,
        userName,
        cluster: first('clusters', clusterName),
        user: userName === '' ? {} : first('users', userName),
        origin: part.origin,
      });
    }
  return { contexts: [...contexts.values()], current: parts.find((part) => part.current)?.current };
}

async function readPart(file: string, origin: string): Promise<Part | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw broken(`${origin} cannot be read (${code ?? 'unknown'}).`, `Let your user read ${origin}.`);
  }
  // The default of `yaml` for aliases bounds files that would unfold without end.
  const document = parseDocument(text, { logLevel: 'silent', prettyErrors: true });
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line;
    throw broken(
      `${origin} is not valid YAML${line === undefined ? '' : ` (line ${line})`}.`,
      'Correct the file; it is read again by itself.',
    );
  }
  const root = document.toJS() as unknown;
  if (root === null || root === undefined) return undefined;
  if (!isMapping(root) || (root.kind !== undefined && root.kind !== 'Config'))
    throw broken(`${origin} is no kubeconfig.`, 'Take it out of KUBECONFIG, or correct it.');
  const folder = path.dirname(file);
  return {
    origin,
    current: textOf(root['current-context']),
    contexts: named(root.contexts, 'context'),
    clusters: mapValues(named(root.clusters, 'cluster'), (one) => absolute(one, folder, clusterFiles)),
    users: mapValues(named(root.users, 'user'), (one) => absolute(one, folder, userFiles)),
  };
}

const clusterFiles = ['certificate-authority'];
const userFiles = ['client-certificate', 'client-key', 'tokenFile'];

/** Files are relative to the kubeconfig that names them; so is a plugin that is named with a slash. */
function absolute(raw: Mapping, folder: string, keys: readonly string[]): Mapping {
  const files = keys.flatMap((key) => {
    const value = textOf(raw[key]);
    return value === undefined ? [] : [[key, path.resolve(folder, value)] as const];
  });
  const { exec } = raw;
  const command = isMapping(exec) ? textOf(exec.command) : undefined;
  const plugin =
    isMapping(exec) && command?.includes('/') === true
      ? { exec: { ...exec, command: path.resolve(folder, command) } }
      : {};
  return { ...raw, ...Object.fromEntries(files), ...plugin };
}

function named(list: unknown, key: string): ReadonlyMap<string, Mapping> {
  const found = new Map<string, Mapping>();
  for (const one of Array.isArray(list) ? (list as readonly unknown[]) : []) {
    if (!isMapping(one)) continue;
    const name = textOf(one.name);
    const value = one[key];
    if (name !== undefined && !found.has(name)) found.set(name, isMapping(value) ? value : {});
  }
  return found;
}

function mapValues<T, U>(map: ReadonlyMap<string, T>, change: (value: T) => U): ReadonlyMap<string, U> {
  return new Map([...map].map(([name, value]) => [name, change(value)]));
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that says something; YAML may make a number of a name. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function shownPath(file: string, homeFolder: string): string {
  return file.startsWith(`${homeFolder}${path.sep}`) ? `~${file.slice(homeFolder.length)}` : file;
}

function broken(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'config-invalid', message, fix });
}

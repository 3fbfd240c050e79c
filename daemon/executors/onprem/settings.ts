// The file in which a person names servers, devices and ranges of their own: `~/.config/pilothouse/onprem.yaml`, or the
// one PILOTHOUSE_ONPREM_FILE names. Without it there is no connection, nobody is called and nothing is scanned. It may
// hold a community or a key, so it must be its owner's alone then; no error repeats a line of it.

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { environments } from '../../../shared/model/connection.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { limits } from '../../config.ts';
import { addressCount, parseRange } from './ranges.ts';

const port = z.number().int().min(1).max(65_535);
const name = z.string().min(1).max(200);

const sshHost = z.union([
  name.transform((host) => ({ host })),
  z.strictObject({
    host: name,
    user: name.optional(),
    port: port.optional(),
    identity_file: name.optional(),
  }),
]);

const snmpDevice = z.strictObject({
  address: name,
  port: port.default(161),
  version: z.enum(['2c', '3']).default('2c'),
  /** Of version 2c. */
  community: name.optional(),
  /** Of version 3: user, and the two pass phrases where the device wants them. */
  user: name.optional(),
  auth_protocol: z.enum(['md5', 'sha', 'sha256', 'sha512']).default('sha'),
  auth_key: name.optional(),
  priv_protocol: z.enum(['des', 'aes']).default('aes'),
  priv_key: name.optional(),
});
export type SnmpDevice = z.infer<typeof snmpDevice>;

const range = z.string().refine((text) => {
  const parsed = parseRange(text);
  return parsed !== undefined && addressCount(parsed) <= limits.scanAddressesMax;
}, `a range is an IPv4 address with a prefix length, as 192.0.2.0/28, and holds at most ${limits.scanAddressesMax} addresses`);

const site = z.strictObject({
  environment: z.enum(environments).default('unknown'),
  ssh: z
    .strictObject({
      hosts: z.array(sshHost).max(limits.onPremHostsMax),
      /** Instead of the files OpenSSH looks at. */
      known_hosts: name.optional(),
    })
    .optional(),
  snmp: z.strictObject({ devices: z.array(snmpDevice).max(limits.onPremHostsMax) }).optional(),
  scan: z
    .strictObject({
      ranges: z.array(range).max(100),
      ports: z.array(port).min(1).max(100).default([22, 80, 443]),
      /** Attempts in a second, over the whole range. */
      per_second: z.number().int().min(1).max(limits.scanPerSecondMax).default(50),
      /** Lets nmap scan, where it is installed. */
      nmap: z.boolean().default(false),
    })
    .optional(),
});
export type Site = z.infer<typeof site>;
export type SshHost = NonNullable<Site['ssh']>['hosts'][number];

const file = z.strictObject({
  sites: z.record(z.string().regex(/^[a-z0-9][a-z0-9._-]{0,60}$/), site),
});

export interface OnPremPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

export function settingsFileOf({ env, homeFolder }: OnPremPlaces): string {
  if (env.PILOTHOUSE_ONPREM_FILE) return env.PILOTHOUSE_ONPREM_FILE.replace(/^~(?=\/)/, homeFolder);
  const config = env.XDG_CONFIG_HOME || path.join(homeFolder, '.config');
  return path.join(config, 'pilothouse', 'onprem.yaml');
}

/** The sites by name; empty where there is no file. Throws ProblemError `config-invalid`. */
export async function readSites(places: OnPremPlaces): Promise<Readonly<Record<string, Site>>> {
  const where = settingsFileOf(places);
  const text = await readFile(where, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !places.env.PILOTHOUSE_ONPREM_FILE) return undefined;
    throw invalid(where, `it cannot be read (${error.code ?? error.name})`);
  });
  if (text === undefined) return {};
  let raw: unknown;
  try {
    raw = parse(text, { prettyErrors: false });
  } catch {
    throw invalid(where, 'it is not YAML');
  }
  const parsed = file.safeParse(raw ?? { sites: {} });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(where, `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'not as expected'}`);
  }
  await requirePrivate(where, parsed.data.sites);
  return parsed.data.sites;
}

/** A file with a secret in it is its owner's alone, as OpenSSH wants it of keys. */
async function requirePrivate(where: string, sites: Readonly<Record<string, Site>>): Promise<void> {
  const devices = Object.values(sites).flatMap(({ snmp }) => snmp?.devices ?? []);
  const holdsSecret = devices.some((one) => one.community ?? one.auth_key ?? one.priv_key);
  if (!holdsSecret || process.platform === 'win32') return;
  const { mode } = await stat(where);
  if ((mode & 0o077) === 0) return;
  throw new ProblemError({
    code: 'config-invalid',
    message: `${where} holds secrets of devices and others can read it.`,
    fix: `Make it yours alone: chmod 600 ${where}`,
  });
}

function invalid(where: string, why: string): ProblemError {
  return new ProblemError({
    code: 'config-invalid',
    message: `${where} cannot be used: ${why}.`,
    fix: 'See "Your own servers and devices" in the README for what stands in it.',
  });
}

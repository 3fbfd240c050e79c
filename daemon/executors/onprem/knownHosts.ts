// Whether the key a server shows is the one this person has accepted before, by the files of OpenSSH (sshd(8), "SSH_KNOWN_HOSTS
// FILE FORMAT"): plain and hashed names, ports, patterns, several keys a host, revoked keys. An unknown key is never
// accepted; who wants to trust it does so with OpenSSH's own tools.

import { createHash, createHmac } from 'node:crypto';

export type KeyVerdict = 'known' | 'changed' | 'revoked' | 'unknown';

interface Entry {
  readonly marker?: string;
  readonly hosts: string;
  readonly key: string;
}

/** Judges a key (in wire format) for a host. `changed`: another key of the same type is on file. */
export function judgeKey(files: readonly string[], host: string, port: number, key: Buffer): KeyVerdict {
  const shown = key.toString('base64');
  const name = port === 22 ? host : `[${host}]:${port}`;
  const entries = files.flatMap(parseEntries).filter((entry) => isFor(entry.hosts, name));
  if (entries.some((entry) => entry.marker === '@revoked' && entry.key === shown)) return 'revoked';
  const plain = entries.filter((entry) => entry.marker === undefined);
  if (plain.some((entry) => entry.key === shown)) return 'known';
  const type = typeOf(shown);
  return plain.some((entry) => typeOf(entry.key) === type) ? 'changed' : 'unknown';
}

/** As `ssh-keygen -l` shows it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** Types of the keys on file for a host, so that the server is asked for one of these. */
export function typesOnFile(files: readonly string[], host: string, port: number): readonly string[] {
  const name = port === 22 ? host : `[${host}]:${port}`;
  const entries = files.flatMap(parseEntries);
  return [
    ...new Set(
      entries
        .filter((entry) => entry.marker === undefined && isFor(entry.hosts, name))
        .map(({ key }) => typeOf(key)),
    ),
  ];
}

function parseEntries(text: string): readonly Entry[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    if (fields[0] === '' || fields[0]!.startsWith('#')) return [];
    const marker = fields[0]!.startsWith('@') ? fields.shift() : undefined;
    const [hosts, , key] = fields;
    return hosts && key ? [{ ...(marker ? { marker } : {}), hosts, key }] : [];
  });
}

function isFor(hosts: string, name: string): boolean {
  if (hosts.startsWith('|1|')) return isHashed(hosts, name);
  let isListed = false;
  for (const pattern of hosts.split(',')) {
    const isNot = pattern.startsWith('!');
    if (!matches(isNot ? pattern.slice(1) : pattern, name)) continue;
    if (isNot) return false;
    isListed = true;
  }
  return isListed;
}

/** HashKnownHosts: `|1|salt|HMAC-SHA1(salt, name)`. */
function isHashed(hosts: string, name: string): boolean {
  const [, , salt = '', hash = ''] = hosts.split('|');
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

function matches(pattern: string, name: string): boolean {
  const source = pattern
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(name.toLowerCase());
}

/** The type stands at the head of the key itself: a length in four bytes, then the name. */
function typeOf(key: string): string {
  const bytes = Buffer.from(key, 'base64');
  const length = bytes.length >= 4 ? bytes.readUInt32BE(0) : 0;
  return bytes.subarray(4, 4 + length).toString('latin1');
}

// Open ports and who listens: the kernel's tables of sockets, and the files of processes that hold them. Whose files may
// not be read is listed without a name. The costly part, all files of all processes, is done only when the set of
// listening sockets changed.

import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { limits } from '../../../config.ts';
import type { System } from '../system.ts';

export interface Socket {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly inode: string;
}

export interface Listener extends Omit<Socket, 'inode'> {
  /** `sshd (812)`; absent where it may not be known. */
  readonly process?: string;
  readonly pid?: number;
}

export interface ListenerReader {
  read(): Promise<readonly Listener[]>;
}

/** Lines of /proc/net/tcp and its sisters that listen: state 0A, or an unconnected UDP socket (07). */
export function parseSockets(text: string, protocol: 'tcp' | 'udp'): readonly Socket[] {
  const wanted = protocol === 'tcp' ? '0A' : '07';
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      const [, local = '', , state] = fields;
      const [hex = '', port = ''] = local.split(':');
      if (state !== wanted || port === '') return [];
      return [{ protocol, address: addressOf(hex), port: Number.parseInt(port, 16), inode: fields[9] ?? '' }];
    });
}

/** The kernel writes addresses in words of the machine's byte order, which is little-endian wherever this runs. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  if (bytes.every((byte) => byte === '00')) return '::';
  const mapped = bytes.slice(0, 12).join('') === '00000000000000000000ffff';
  if (mapped)
    return bytes
      .slice(12)
      .map((byte) => Number.parseInt(byte, 16))
      .join('.');
  const groups = bytes.flatMap((byte, at) => (at % 2 === 0 ? [`${byte}${bytes[at + 1]}`] : []));
  const text = groups.map((group) => group.replace(/^0{1,3}/, '')).join(':');
  return text.replace(/(?:^|:)(?:0(?::|$)){2,}/, '::');
}

export function createListenerReader(system: System): ListenerReader {
  let before = '';
  let known: readonly Listener[] = [];
  return {
    async read() {
      if (system.platform !== 'linux') return [];
      const sockets = await readSockets(system);
      const key = sockets.map(({ inode, protocol, port }) => `${protocol}${port}:${inode}`).join(' ');
      if (key === before) return known;
      const owners = await ownersOf(system, new Set(sockets.map(({ inode }) => inode)));
      known = distinct(sockets, owners);
      before = key;
      return known;
    },
  };
}

async function readSockets(system: System): Promise<readonly Socket[]> {
  const tables = ['tcp', 'tcp6', 'udp', 'udp6'];
  const found = await Promise.all(
    tables.map(async (table) => {
      const text = await readFile(path.join(system.procFolder, 'net', table), 'utf8').catch(() => '');
      return parseSockets(text, table.startsWith('tcp') ? 'tcp' : 'udp');
    }),
  );
  return found
    .flat()
    .sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol))
    .slice(0, limits.localListenersMax);
}

interface Owner {
  readonly pid: number;
  readonly name: string;
}

async function ownersOf(system: System, inodes: ReadonlySet<string>): Promise<ReadonlyMap<string, Owner>> {
  const owners = new Map<string, Owner>();
  const names = await readdir(system.procFolder).catch(() => []);
  for (const pid of names.filter((name) => /^\d+$/.test(name))) {
    const folder = path.join(system.procFolder, pid, 'fd');
    const files = await readdir(folder).catch(() => []);
    for (const file of files) {
      const target = await readlink(path.join(folder, file)).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode === undefined || !inodes.has(inode) || owners.has(inode)) continue;
      const name = await readFile(path.join(system.procFolder, pid, 'comm'), 'utf8').catch(() => '');
      owners.set(inode, { pid: Number(pid), name: name.trim() });
    }
    if (owners.size === inodes.size) break;
  }
  return owners;
}

/** One line for a port that is listened on over IPv4 and IPv6 by the same process. */
function distinct(sockets: readonly Socket[], owners: ReadonlyMap<string, Owner>): readonly Listener[] {
  const found = new Map<string, Listener>();
  for (const { protocol, address, port, inode } of sockets) {
    const owner = owners.get(inode);
    const everywhere = /^(?:0\.0\.0\.0|::)$/.test(address) ? '*' : address;
    const key = `${protocol} ${everywhere} ${port} ${owner?.pid}`;
    if (!found.has(key))
      found.set(key, {
        protocol,
        address,
        port,
        ...(owner ? { process: `${owner.name} (${owner.pid})`, pid: owner.pid } : {}),
      });
  }
  return [...found.values()];
}

// What is asked of a server, in one command of plain sh that reads and changes nothing, and how its answer is read. A part
// a server does not have is left out.

import type { Json } from '../../../shared/model/resource.ts';

const mark = '@@pilothouse ';
const parts: readonly (readonly [string, string])[] = [
  ['name', 'uname -n'],
  ['kernel', 'uname -sr'],
  ['arch', 'uname -m'],
  ['os', '. /etc/os-release 2>/dev/null && echo "$PRETTY_NAME"'],
  ['cpus', 'getconf _NPROCESSORS_ONLN'],
  ['memory', "sed -n 's/^MemTotal: *//p' /proc/meminfo"],
  ['disks', 'df -Pk -x tmpfs -x devtmpfs -x overlay -x squashfs 2>/dev/null || df -Pk'],
  ['addresses', "ip -o addr show scope global 2>/dev/null | awk '{print $4}' || hostname -I"],
  ['boot', "sed -n 's/^btime //p' /proc/stat"],
  [
    'services',
    'systemctl list-units --type=service --state=running --no-legend --plain --no-pager 2>/dev/null',
  ],
  ['ports', 'ss -Hltn 2>/dev/null'],
];

/** One command for all of it. */
export const factsCommand = `LC_ALL=C; export LC_ALL; PATH=$PATH:/usr/sbin:/sbin; ${parts
  .map(([name, command]) => `echo '${mark}${name}'; (${command}) 2>/dev/null`)
  .join('; ')}`;

export interface ServerFacts {
  readonly hostname?: string;
  readonly attributes: Readonly<Record<string, Json>>;
}

export function parseFacts(text: string): ServerFacts {
  const found = new Map<string, string>();
  for (const section of text.split(mark).slice(1)) {
    const end = section.indexOf('\n');
    found.set(section.slice(0, end).trim(), section.slice(end + 1).trim());
  }
  const line = (name: string): string | undefined => found.get(name)?.split('\n')[0]?.trim() || undefined;
  const cpus = Number(line('cpus'));
  const kilobytes = Number.parseInt(line('memory') ?? '', 10);
  const boot = Number(line('boot'));
  const addresses = (found.get('addresses') ?? '')
    .split(/\s+/)
    .map((one) => one.replace(/\/\d+$/, ''))
    .filter(Boolean);
  const hostname = line('name');
  return {
    ...(hostname ? { hostname } : {}),
    attributes: {
      ...(hostname ? { hostname } : {}),
      ...(line('os') ? { os: line('os')! } : {}),
      ...(line('kernel') ? { kernel: line('kernel')! } : {}),
      ...(line('arch') ? { arch: line('arch')! } : {}),
      ...(cpus > 0 ? { vcpus: cpus } : {}),
      ...(kilobytes > 0 ? { ram_gb: Math.round((kilobytes / 1024 ** 2) * 10) / 10 } : {}),
      ...(boot > 0 ? { booted_at: new Date(Math.round(boot / 60) * 60_000).toISOString() } : {}),
      ...(addresses.length > 0 ? { addresses: addresses.slice(0, 50) } : {}),
      ...listed('disks', disksOf(found.get('disks') ?? '')),
      ...listed('services', servicesOf(found.get('services') ?? '')),
      ...listed('ports', portsOf(found.get('ports') ?? '')),
    },
  };
}

function listed(name: string, values: readonly string[]): Readonly<Record<string, Json>> {
  return values.length > 0 ? { [name]: values.slice(0, 200) } : {};
}

/** "/var 40 GB": sizes only; how full it is changes all the time and is a metric. */
function disksOf(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      const [, blocks, , , , place] = fields;
      if (!place || !fields[0]?.startsWith('/')) return place === '/' ? [sizeOf(place, blocks)] : [];
      return [sizeOf(place, blocks)];
    });
}

function sizeOf(place: string, blocks: string | undefined): string {
  return `${place} ${Math.round((Number(blocks) / 1024 ** 2) * 10) / 10} GB`;
}

function servicesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => /^\s*(\S+)\.service\b/.exec(line)?.[1] ?? [])
    .sort();
}

function portsOf(text: string): readonly string[] {
  const ports = text
    .split('\n')
    .flatMap((line) => /[:.](\d+)$/.exec(line.trim().split(/\s+/)[3] ?? '')?.[1] ?? []);
  return [...new Set(ports)].sort((a, b) => Number(a) - Number(b)).map((port) => `tcp/${port}`);
}

// Reads Linux's own figures: /proc/stat, meminfo, net/dev, diskstats, loadavg and mounts, as proc(5) describes them.
// Pure functions from text to numbers; what a line does not have is left out, never taken for zero.

/** Processor time since the start, in ticks. */
export interface CpuTimes {
  readonly busy: number;
  readonly total: number;
}

/** The first line of /proc/stat; guest time is contained in user time already. */
export function parseCpuTimes(stat: string): CpuTimes | undefined {
  const line = /^cpu\s+(.+)$/m.exec(stat)?.[1];
  if (!line) return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .trim()
    .split(/\s+/)
    .map(Number);
  const busy = user + nice + system + irq + softirq + steal;
  const total = busy + idle + iowait;
  return Number.isFinite(total) ? { busy, total } : undefined;
}

/** Seconds since the epoch at which the machine was started. */
export function parseBootSeconds(stat: string): number | undefined {
  const seconds = Number(/^btime\s+(\d+)$/m.exec(stat)?.[1]);
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** Part of the memory that is not available for new programs without swapping, in percent. */
export function parseMemoryPercent(meminfo: string): number | undefined {
  const total = kilobytes(meminfo, 'MemTotal');
  const available = kilobytes(meminfo, 'MemAvailable') ?? kilobytes(meminfo, 'MemFree');
  return total && available !== undefined ? (100 * (total - available)) / total : undefined;
}

function kilobytes(meminfo: string, name: string): number | undefined {
  const match = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(meminfo);
  return match ? Number(match[1]) : undefined;
}

/** Bytes received and sent since the start, of all interfaces but loopback. */
export function parseNetworkBytes(netDev: string): number {
  let bytes = 0;
  for (const line of netDev.split('\n')) {
    const match = /^\s*([^:\s]+):\s*(.+)$/.exec(line);
    if (!match || match[1] === 'lo') continue;
    const fields = match[2]!.trim().split(/\s+/).map(Number);
    bytes += (fields[0] ?? 0) + (fields[8] ?? 0);
  }
  return bytes;
}

/** Reads and writes that were completed since the start, of whole disks: partitions would count twice. */
export function parseDiskOperations(diskstats: string): number {
  let operations = 0;
  for (const line of diskstats.split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (!/^(?:sd[a-z]+|vd[a-z]+|xvd[a-z]+|hd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/.test(fields[2] ?? '')) continue;
    operations += Number(fields[3] ?? 0) + Number(fields[7] ?? 0);
  }
  return operations;
}

/** Load over one minute. */
export function parseLoad(loadavg: string): number | undefined {
  const load = Number.parseFloat(loadavg);
  return Number.isNaN(load) ? undefined : load;
}

const realFileSystems = /^(?:ext[234]|xfs|btrfs|zfs|f2fs|jfs|reiserfs|vfat|ntfs3?|nfs4?|cifs)$/;

/** Mount points that hold data: real file systems, each device once, and always the root. */
export function parseMounts(mounts: string): readonly string[] {
  const found = new Map<string, string>();
  for (const line of mounts.split('\n')) {
    const [device = '', raw = '', type = ''] = line.split(' ');
    // proc(5): blanks are written as octal escapes.
    const place = raw.replace(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    if (place === '/') found.set('/', '/');
    else if (realFileSystems.test(type) && ![...found.keys()].includes(device)) found.set(device, place);
  }
  return [...new Set(found.values())];
}

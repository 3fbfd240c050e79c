// The ranges the settings allow to be scanned, and the scan itself as a step of a plan: with progress, cancelled at any
// moment, and only over a range that stands in the settings when it begins. A range that is not there cannot be named.

import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { Deed } from '../kit/deed.ts';
import { rangeIdOf, rangeResource, type SiteReader } from './hosts.ts';
import { addressesOf, parseRange } from './ranges.ts';
import { scanByConnecting, scanByNmap } from './scan.ts';

export function scanning(reader: SiteReader, now: () => number): Deed {
  const findRange = async (target: Resource) => {
    const { scan } = await reader.load();
    const range = scan?.ranges.find((one) => rangeIdOf(reader.connection, one) === target.id);
    return range === undefined ? undefined : { range, scan: scan! };
  };
  const requireAllowed = async (target: Resource) => {
    const allowed = await findRange(target);
    if (allowed) return allowed;
    throw new ProblemError({
      code: 'not-allowed',
      message: `${target.name} is not among the ranges that may be scanned.`,
      fix: 'Add it to "ranges" of the site in your onprem.yaml, if that network is yours.',
    });
  };
  const read = async (target: Resource): Promise<Resource | undefined> => {
    const allowed = await findRange(target);
    return allowed && rangeResource(reader, allowed.range);
  };
  return {
    read,
    async check(target) {
      const { range, scan } = await requireAllowed(target);
      const attempts = addressesOf(parseRange(range)!).length * scan.ports.length;
      const seconds = Math.ceil(attempts / scan.per_second);
      return [
        {
          level: 'info',
          message: `${attempts} connects to ports ${scan.ports.join(', ')}, ${scan.per_second} in a second: about ${seconds} s. It can be cancelled at any time.`,
        },
      ];
    },
    changes: (target) => [
      { field: 'scanned_at', before: target.attributes.scanned_at ?? 'never', after: 'now' },
    ],
    async act(target, _args, signal, progress) {
      const { range, scan } = await requireAllowed(target);
      const addresses = addressesOf(parseRange(range)!);
      const order = { addresses, ports: scan.ports, perSecond: scan.per_second, signal, progress };
      const byNmap = scan.nmap ? await scanByNmap(range, order) : undefined;
      const hosts = byNmap ?? (await scanByConnecting(order));
      reader.scans.set(range, { scannedAt: new Date(now()).toISOString(), tried: addresses.length, hosts });
    },
    judge(now, before) {
      if (!now) return { kind: 'failed', observed: `${before.name} may not be scanned any more` };
      if (now.attributes.scanned_at === before.attributes.scanned_at)
        return { kind: 'waiting', observed: `${before.name} was not scanned to its end` };
      return {
        kind: 'done',
        observed: `${String(now.attributes.answering)} addresses of ${now.name} answer`,
      };
    },
    patienceMs: 1_000,
  };
}

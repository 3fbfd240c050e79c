// Consoles and logs of the simulated cloud, computed from the name of the thing and the time: a boot where it has one,
// then a line or two a minute. They are data like any log and say nothing to anybody but the reader.

import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { limits } from '../../config.ts';
import { hashOf } from './machines/machine.ts';

export interface LogRequest {
  readonly resource: Resource;
  readonly lines: number;
  readonly grep?: string;
  readonly sinceMs?: number;
  readonly previous?: boolean;
}

const stepMs = 20_000;

const vmLines = [
  'systemd[1]: Started session of user ops.',
  'sshd[812]: Connection closed by 10.0.0.5 port 51122 [preauth]',
  'chronyd[604]: Selected source 10.0.0.1',
  'kernel: eth0: link is up, 10000 Mbps',
  'CRON[2210]: (root) CMD (run-parts /etc/cron.hourly)',
];
const appLines = [
  'GET /healthz 200 2ms',
  'GET /api/cart 200 31ms',
  'POST /api/orders 201 84ms',
  'GET /static/app.css 304 1ms',
  'GET /api/search?q=lamp 200 47ms',
  'WARN slow query: 612ms',
];
const databaseLines = [
  'checkpoint complete: wrote 412 buffers (2.5%)',
  'automatic vacuum of table "orders.public.line_items"',
  'connection authorized: user=shop database=orders',
  'duration: 812.4 ms  statement: SELECT …',
];
const bootLines = [
  'Linux version 6.8.0',
  'Command line: root=LABEL=cloudimg-rootfs ro',
  'cloud-init: modules:final done',
];

const sources: Readonly<Partial<Record<Resource['kind'], readonly string[]>>> = {
  vm: vmLines,
  node: vmLines,
  database: databaseLines,
  pod: appLines,
  deployment: appLines,
  statefulset: appLines,
  daemonset: appLines,
  service: appLines,
  job: ['starting', 'step 1 of 3 done', 'step 2 of 3 done', 'step 3 of 3 done', 'finished'],
  cronjob: ['backup started', 'wrote 41 GB', 'backup finished'],
};

/** Newest last. Throws ProblemError where a thing of that kind has no log. */
export function simulateLog(
  request: LogRequest,
  nowMs: number,
): { readonly text: string; readonly truncated: boolean } {
  const { resource } = request;
  const source = sources[resource.kind];
  if (!source)
    throw new ProblemError({
      code: 'unsupported',
      message: `A ${resource.kind} has no log in the sandbox.`,
      fix: 'Ask for the log of a VM, a pod or a deployment.',
    });
  const wanted = Math.min(request.lines, limits.logLinesMax);
  const bornMs = resource.createdAt === undefined ? 0 : Date.parse(resource.createdAt);
  const untilMs = request.previous ? nowMs - 3_600_000 : nowMs;
  const sinceMs = Math.max(bornMs, request.sinceMs ?? 0);
  const lines: string[] = [];
  const lookedMax = limits.logLinesMax * 10;
  let looked = 0;
  for (
    let at = Math.floor(untilMs / stepMs) * stepMs;
    at >= sinceMs && lines.length <= wanted && looked < lookedMax;
    at -= stepMs
  ) {
    looked++;
    addMatching(lines, lineAt(source, resource.id, at), request.grep);
  }
  if (resource.kind === 'vm' && lines.length <= wanted && looked < lookedMax)
    for (const [index, text] of [...bootLines.entries()].reverse())
      if (bornMs + index >= sinceMs)
        addMatching(lines, `${new Date(bornMs + index).toISOString()} ${text}`, request.grep);
  const shown = lines.slice(0, wanted).reverse();
  return { text: shown.length > 0 ? `${shown.join('\n')}\n` : '', truncated: lines.length > wanted };
}

function lineAt(source: readonly string[], id: string, atMs: number): string {
  const hash = hashOf(`${atMs} ${id}`);
  return `${new Date(atMs + (hash % stepMs)).toISOString()} ${source[(hash >>> 8) % source.length]}`;
}

function addMatching(lines: string[], line: string, grep: string | undefined): void {
  if (grep === undefined || line.toLowerCase().includes(grep.toLowerCase())) lines.push(line);
}

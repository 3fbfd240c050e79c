// The audit log of a cluster's API server as the activity log of a connection: a file on this machine that the kubeconfig
// names at the cluster (extension `pilothouse`, `auditLog`), read on from where the last look stopped. No API gives it,
// and a managed cluster keeps it with its provider: where no file is named, that is what it says.

import path from 'node:path';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { limits } from '../../../config.ts';
import type { Activity, ActivityLog, ExecutorContext } from '../../contract.ts';
import { readTail, type TailPlace } from '../../kit/tailFile.ts';
import type { ContextConfig } from '../config/findContexts.ts';
import { isMapping, textOf } from '../config/kubeconfig.ts';
import type { Place } from '../mapping/place.ts';
import { type AuditEvent, activityOf } from './auditEvents.ts';

const intervalMs = 30_000;
/** How far from its end the first read begins, in batches. */
const batchesFirst = 64;
/** An object has 1.5 MB at most (etcd); a policy may put it into the log twice. */
const linesMax = 8;
/** A request may end after one that came later. */
const overlapMs = 60_000;

export function createAuditLog(
  place: Place,
  load: () => Promise<ContextConfig>,
  { homeFolder }: Pick<ExecutorContext, 'homeFolder'>,
): ActivityLog {
  const bytesMax = limits.logTailBytesMax;
  return {
    name: 'audit log',
    intervalMs,
    async read({ sinceMs, cursor, signal }) {
      const file = fileOf(await load(), homeFolder);
      signal.throwIfAborted();
      const before = cursor === undefined ? undefined : (JSON.parse(cursor) as TailPlace);
      const { text, next, more } = await readTail(file, before, {
        bytesMax,
        lineBytesMax: linesMax * bytesMax,
        firstBytesMax: batchesFirst * bytesMax,
      }).catch((error) => {
        throw unreadable(file, error);
      });
      const activities = text
        .split('\n')
        .flatMap((line) => activityIn(line, place))
        .filter(({ atMs }) => atMs >= sinceMs - overlapMs)
        .sort((a, b) => a.atMs - b.atMs);
      return { activities, cursor: JSON.stringify(next), more };
    },
  };
}

/** None in a line that is no event: the end of one whose beginning was not read. */
function activityIn(line: string, place: Place): readonly Activity[] {
  if (!line.startsWith('{')) return [];
  try {
    const event = JSON.parse(line) as AuditEvent;
    const activity = activityOf(event, place);
    return activity ? [activity] : [];
  } catch {
    return [];
  }
}

/** What the kubeconfig says at the cluster. Throws where it names no file. */
function fileOf({ cluster, name, origin }: ContextConfig, homeFolder: string): string {
  const extensions = Array.isArray(cluster.extensions) ? (cluster.extensions as readonly unknown[]) : [];
  const ours = extensions.find((one) => isMapping(one) && one.name === 'pilothouse');
  const settings = isMapping(ours) && isMapping(ours.extension) ? ours.extension : {};
  const named = textOf(settings.auditLog)?.replace(/^~(?=\/)/, homeFolder);
  if (named !== undefined && path.isAbsolute(named)) return named;
  throw new ProblemError({
    code: 'unsupported',
    message:
      named === undefined
        ? `${origin} names no audit log of its API server, and a managed cluster has none that could be read here.`
        : `The audit log that ${origin} names for ${name} is no absolute path.`,
    fix: 'Where this machine has the file (--audit-log-path of the API server), name it in the extension "pilothouse" of the cluster as "auditLog".',
  });
}

function unreadable(file: string, error: unknown): ProblemError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new ProblemError(
    {
      code: 'unsupported',
      message: `The audit log ${file} cannot be read (${code}).`,
      fix:
        code === 'EACCES'
          ? 'Let this user read it, and what it is renamed to.'
          : 'Name the file that --audit-log-path of the API server says, where this machine has it.',
    },
    error,
  );
}

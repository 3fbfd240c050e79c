// Sign-ins over SSH on this machine, as sshd tells the system's log (`/var/log/auth.log`, `/var/log/secure`, or the file
// PILOTHOUSE_AUTH_LOG names): who was let in, who was refused, from where. Reads on from where it stopped, whole lines
// only, bounded. User names in the log were typed by strangers: they are taken from the end of the sentence backwards.

import { existsSync } from 'node:fs';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { limits } from '../../../config.ts';
import type { Activity, ActivityLog, ExecutorContext } from '../../contract.ts';
import { readTail, type TailPlace } from '../../kit/tailFile.ts';

const usualFiles = ['/var/log/auth.log', '/var/log/secure'];
const intervalMs = 30_000;
/** How far from its end the first read begins, in batches: the end of a long log is enough to learn from. */
const batchesFirst = 64;

/** Undefined where this machine keeps no such file. */
export function createSignIns(context: Pick<ExecutorContext, 'env' | 'now'>): ActivityLog | undefined {
  const named = context.env.PILOTHOUSE_AUTH_LOG;
  const file = named ?? usualFiles.find((one) => existsSync(one));
  if (file === undefined || file === '') return undefined;
  return {
    name: 'sign-ins',
    intervalMs,
    async read({ sinceMs, cursor }) {
      const before = cursor === undefined ? undefined : (JSON.parse(cursor) as TailPlace);
      const { text, next, more } = await readTail(file, before, {
        bytesMax: limits.logTailBytesMax,
        firstBytesMax: batchesFirst * limits.logTailBytesMax,
      }).catch((error) => {
        throw unreadable(file, error);
      });
      const activities = parseSignIns(text, context.now(), next).filter(
        ({ atMs }) => atMs >= sinceMs - overlapMs,
      );
      return { activities, cursor: JSON.stringify(next), more };
    },
  };
}

/** Lines of one second may come late; the place in the file says what is new, the time only bounds the first read. */
const overlapMs = 60_000;

const line = /^(\S+T\S+|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) \S+ sshd(?:-session)?\[(\d+)\]: (.*)$/;
const refused = /^Failed (?!none)\S+ for (?:invalid user )?.* from (\S+) port \d+(?: \S+)?(?:: .*)?$/;
const accepted = /^Accepted (\S+) for (.*) from (\S+) port \d+(?: \S+)?(?:: .*)?$/;
const gaveUp =
  /^Connection (?:closed|reset) by (?:authenticating|invalid) user .* (\S+) port \d+ \[preauth\]$/;

const repeated = /^message repeated (\d+) times: \[ ?(.*)\]$/;
/** What rsyslog takes of one message by default; a longer line is nobody's sentence. */
const lineCharactersMax = 8 * 1024;

/** Sign-ins in lines of the log; what says anything else is passed over. */
export function parseSignIns(text: string, nowMs: number, place: TailPlace): readonly Activity[] {
  const activities: Activity[] = [];
  // One who gives up after passwords that failed is counted by these.
  const counted = new Set<string>();
  let at = place.offset - Buffer.byteLength(text);
  for (const each of text.split('\n')) {
    const id = `line at byte ${at}`;
    at += Buffer.byteLength(each) + 1;
    if (each.length > lineCharactersMax) continue;
    const [, time, process, said] = line.exec(each.replace(/\r$/, '')) ?? [];
    const atMs = time === undefined ? undefined : parseTime(time, nowMs);
    if (atMs === undefined || process === undefined || said === undefined) continue;
    const [, times, again] = repeated.exec(said) ?? [];
    const one = signInOf(again ?? said, () => counted.has(process));
    if (!one) continue;
    if (one.outcome === 'refused') counted.add(process);
    const made = { id, atMs, verb: 'sign in over SSH', does: 'sign-in', ...one } as const;
    const count = Math.min(Number(times ?? 1), limits.threatRefusedMax);
    for (let i = 0; i < count; i++) activities.push(i === 0 ? made : { ...made, id: `${id}, time ${i + 1}` });
  }
  return activities;
}

/** Who came and how it ended; undefined where the sentence is about something else. */
function signInOf(
  said: string,
  isCounted: () => boolean,
): Pick<Activity, 'principal' | 'address' | 'outcome'> | undefined {
  const entered = accepted.exec(said);
  if (entered) return { principal: entered[2]!, address: entered[3]!, outcome: 'done' };
  const address = refused.exec(said)?.[1] ?? (isCounted() ? undefined : gaveUp.exec(said)?.[1]);
  return address === undefined ? undefined : { principal: address, address, outcome: 'refused' };
}

/** RFC 3339, or the old form of syslog: local time without a year, so the latest that is not ahead. */
function parseTime(text: string, nowMs: number): number | undefined {
  if (text.includes('T')) return finite(Date.parse(text));
  const year = new Date(nowMs).getFullYear();
  const inYear = finite(Date.parse(`${text} ${year}`));
  if (inYear === undefined) return undefined;
  return inYear - nowMs > 86_400_000 ? finite(Date.parse(`${text} ${year - 1}`)) : inYear;
}

const finite = (ms: number): number | undefined => (Number.isFinite(ms) ? ms : undefined);

function unreadable(file: string, error: unknown): ProblemError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new ProblemError(
    {
      code: 'unsupported',
      message: `${file} cannot be read (${code}).`,
      fix:
        code === 'EACCES'
          ? 'Let this user read it (on Debian: add it to the group adm), or name another file in PILOTHOUSE_AUTH_LOG.'
          : 'Name the file in PILOTHOUSE_AUTH_LOG.',
    },
    error,
  );
}

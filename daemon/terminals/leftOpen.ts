// What became of terminals whose daemon was killed: at the next start what they left running on this machine is told to
// hang up, as a closed terminal does, and the audit is given an end for each that has none, which says no more than is
// known. Called by `main.ts` once, before anything can be opened.

import type { AuditRecord } from '../../shared/model/audit.ts';
import { problemOf } from '../../shared/model/problem.ts';
import type { AuditTrail } from '../audit/contract.ts';
import { limits } from '../config.ts';
import { hangUpVisit } from './hangUp.ts';

const pageSize = 500;
const hungUp = 'Its daemon was killed; what it had left running was told to hang up.';
/** A cluster or an engine elsewhere may let it run on; whether it does cannot be seen from here. */
const unknown = 'It ended with its daemon; when and how is not known.';

/** Gives how many ends were written. A trail that takes none is told to the log, and hinders nothing. */
export function endLeftOpen(
  audit: Pick<AuditTrail, 'append' | 'list'>,
  log: (level: 'warn', message: string) => void,
  hangUp: (visit: string, target: string) => number = hangUpVisit,
): number {
  let written = 0;
  try {
    for (const opened of leftOpen(audit)) {
      const { actor, actedAs, operation, target, detail, at } = opened;
      const left = typeof detail?.visit === 'string' ? hangUp(detail.visit, target ?? '') : 0;
      audit.append({
        event: 'terminal.ended',
        actor: { user: actor.user, client: 'daemon', how: 'daemon' },
        ...(actedAs ? { actedAs } : {}),
        ...(operation === undefined ? {} : { operation }),
        ...(target === undefined ? {} : { target }),
        outcome: left > 0 ? hungUp : unknown,
        detail: { ...detail, startedAt: at },
      });
      written += 1;
    }
  } catch (error) {
    log('warn', `Ends of terminals of the daemon before are not in the audit: ${problemOf(error).message}`);
  }
  return written;
}

/** Oldest first. A daemon that starts is the only one, so what the one before opened and did not end has ended. */
function leftOpen(audit: Pick<AuditTrail, 'list'>): readonly AuditRecord[] {
  const ended = new Set<unknown>();
  const left: AuditRecord[] = [];
  let looked = 0;
  let beforeSeq: number | undefined;
  while (looked < limits.terminalRecordsMax) {
    const page = audit.list({ limit: pageSize, ...(beforeSeq === undefined ? {} : { beforeSeq }) });
    for (const record of page) {
      if (record.event === 'daemon.started') return left.reverse();
      if (record.event === 'terminal.ended') ended.add(record.detail?.visit);
      if (record.event === 'terminal.opened' && !ended.has(record.detail?.visit)) left.push(record);
    }
    looked += page.length;
    beforeSeq = page.at(-1)?.seq;
    if (page.length < pageSize) break;
  }
  return left.reverse();
}

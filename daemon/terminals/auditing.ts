// What the audit keeps of a visit: who, what, as whom, the command, when it began and how it ended. The first record
// is written before anything is opened, the last one when it has ended or could not be opened. Never the content.

import type { Actor } from '../../shared/model/plan.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { Json } from '../../shared/model/resource.ts';
import type { TerminalEnd, TerminalProposal } from '../../shared/model/terminal.ts';
import type { AuditTrail } from '../audit/contract.ts';

export interface Diary {
  /** Something that is only known later. */
  note(more: { readonly [key: string]: Json }): void;
  end(end: TerminalEnd, more?: { readonly [key: string]: Json }): void;
  /** It could not be opened: written down, and given back to be thrown. */
  fail(error: unknown, signal: AbortSignal): unknown;
}

export interface DiaryOptions {
  readonly audit: Pick<AuditTrail, 'append'>;
  readonly now: () => number;
  readonly log: (level: 'warn' | 'error', message: string) => void;
}

/** Throws ProblemError `audit-unavailable`; then nothing may be opened. */
export function openDiary(proposal: TerminalProposal, actor: Actor, options: DiaryOptions): Diary {
  const { way, resource, connection, identity, container, command, port } = proposal;
  const startedMs = options.now();
  const common = {
    actor,
    actedAs: { connection: connection.id, ...(identity ? { identity } : {}) },
    operation: `${way === 'forward' ? 'forward' : 'enter'}.${resource.kind}`,
    target: resource.id,
  };
  let detail: Record<string, Json> = {
    visit: proposal.id,
    way,
    environment: connection.environment,
    ...(container === undefined ? {} : { container }),
    ...(command === undefined ? {} : { command: [...command] }),
    ...(port === undefined ? {} : { port }),
  };
  options.audit.append({ event: 'terminal.opened', ...common, detail });
  const write = (outcome: string, more: { readonly [key: string]: Json }): void => {
    const lastedMs = options.now() - startedMs;
    try {
      options.audit.append({
        event: 'terminal.ended',
        ...common,
        outcome,
        detail: { ...detail, startedAt: new Date(startedMs).toISOString(), lastedMs, ...more },
      });
    } catch (error) {
      options.log(
        'error',
        `The end of a visit to ${resource.id} is not in the audit: ${problemOf(error).message}`,
      );
    }
  };
  return {
    note: (more) => {
      detail = { ...detail, ...more };
    },
    end: ({ exitCode, reason }, more = {}) =>
      write(reason ?? (exitCode === undefined ? 'ended' : `ended with code ${exitCode}`), {
        ...(exitCode === undefined ? {} : { exitCode }),
        ...more,
      }),
    fail(error, signal) {
      const isLate = error instanceof Error && error.name === 'TimeoutError' && !signal.aborted;
      const shown = isLate ? tooSlow(resource.name, error) : error;
      write(`not opened: ${problemOf(shown).message}`, {});
      return shown;
    },
  };
}

function tooSlow(name: string, cause: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'timed-out',
      message: `${name} did not open in time.`,
      fix: 'See whether it answers at all, and try again.',
    },
    cause,
  );
}

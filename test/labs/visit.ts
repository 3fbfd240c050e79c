// A terminal as a person has it in front of them, for the labs: types, reads what it shows, waits for what it should.

import type { DaemonSession } from '../../connect/session.ts';
import { type LiveTerminal, openTerminal } from '../../connect/terminal.ts';
import type { TerminalEnd } from '../../shared/model/terminal.ts';
import type { ParamsOf } from '../../shared/protocol/messages.ts';

const waitMs = 30_000;

export interface Visit {
  readonly terminal: LiveTerminal;
  readonly ended: Promise<TerminalEnd>;
  text(): string;
  type(text: string): void;
  /** Waits until it shows this. */
  shows(text: string): Promise<void>;
  until(condition: () => Promise<boolean>): Promise<void>;
}

/** Proposes, says yes (typing what is asked) and opens. */
export async function visit(session: DaemonSession, wanted: ParamsOf<'terminal/propose'>): Promise<Visit> {
  const { id, verdict } = await session.request('terminal/propose', wanted);
  const typed = verdict.approval.kind === 'typed' ? { typed: verdict.approval.expected } : {};
  let text = '';
  let tellEnd: (end: TerminalEnd) => void;
  const ended = new Promise<TerminalEnd>((resolve) => {
    tellEnd = resolve;
  });
  const terminal = await openTerminal(
    session,
    { proposal: id, columns: 80, rows: 24, ...typed },
    {
      onBytes: (bytes) => {
        text += Buffer.from(bytes).toString('utf8');
      },
      onEnd: (end) => tellEnd(end),
    },
  );
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    for (const deadline = Date.now() + waitMs; !(await condition()); ) {
      if (Date.now() > deadline) throw new Error(`It never came to be. The terminal shows:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  return {
    terminal,
    ended,
    text: () => text,
    type: (typing) => terminal.write(Buffer.from(typing)),
    shows: (wantedText) => until(async () => text.includes(wantedText)),
    until,
  };
}

// The person's terminal in the hands of something elsewhere: keys go there, what it shows comes here, until it has ended.
// What has no end of its own, a serial line, is left by a key that then never reaches it. Nothing of it is kept. Used by
// the commands `exec` and `console`, which ask for the yes.

import { spawn } from 'node:child_process';
import type { DaemonSession } from '../../connect/session.ts';
import { openTerminal } from '../../connect/terminal.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { TerminalEnd, TerminalProposal } from '../../shared/model/terminal.ts';
import { exitCodes } from './exitCodes.ts';
import type { CliIo } from './io.ts';
import { style } from './output.ts';

/** Ctrl-], by which telnet and virsh are left, too. */
const leaveKey = 0x1d;

/** Opens what was proposed and gives the terminal over until that has ended; its exit code, where it has one. */
export async function giveOver(
  proposal: TerminalProposal,
  typed: string,
  session: DaemonSession,
  io: CliIo,
  { leaveByKey = false }: { readonly leaveByKey?: boolean } = {},
): Promise<number> {
  const raw = io.raw();
  let tell: (end: TerminalEnd) => void = () => undefined;
  const ended = new Promise<TerminalEnd>((resolve) => {
    tell = resolve;
  });
  let writing: Promise<void> = Promise.resolve();
  try {
    const { columns, rows } = raw;
    const live = await openTerminal(
      session,
      { proposal: proposal.id, columns, rows, ...(typed !== '' && { typed }) },
      {
        onBytes: (bytes) => {
          writing = raw.write(bytes);
          return writing;
        },
        onEnd: tell,
      },
    );
    if (live.run) {
      raw.end();
      const exitCode = await runHere(live.run);
      live.ended(exitCode);
      return exitCode ?? exitCodes.failed;
    }
    raw.onInput((bytes) => {
      const at = leaveByKey ? bytes.indexOf(leaveKey) : -1;
      if (at !== 0) live.write(at < 0 ? bytes : bytes.subarray(0, at));
      if (at < 0) return;
      live.close();
      tell({});
    });
    raw.onResize((width, height) => live.resize(width, height));
    const { exitCode, reason } = await ended;
    await writing;
    raw.end();
    if (reason !== undefined) io.say(style.yellow(reason));
    return exitCode ?? (reason === undefined ? exitCodes.done : exitCodes.failed);
  } finally {
    raw.end();
  }
}

/** The person's own program in this very terminal. */
function runHere([program, ...args]: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, args, { stdio: 'inherit' });
    child.on('error', () =>
      reject(
        new ProblemError({
          code: 'unsupported',
          message: `This machine has no ${program}.`,
          fix: 'Install it, or use another way in.',
        }),
      ),
    );
    child.on('exit', (code) => resolve(code ?? undefined));
  });
}

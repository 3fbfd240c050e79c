// `exec`: a shell, or one command, in something that runs. It says what would be opened and asks, then gives the
// terminal over until that has ended. Its exit code is this one's. Keys and output are never kept.

import { spawn } from 'node:child_process';
import type { DaemonSession } from '../../../connect/session.ts';
import { openTerminal } from '../../../connect/terminal.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import {
  isShell,
  type TerminalEnd,
  type TerminalProposal,
  type WayIn,
} from '../../../shared/model/terminal.ts';
import { type Command, connectionOption } from '../command.ts';
import { requireWord } from '../decide.ts';
import { askForYes, findEntered } from '../enter.ts';
import { exitCodes } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { style } from '../output.ts';
import { settledConnections } from '../settled.ts';

export const exec: Command = {
  name: 'exec',
  usage: 'NAME [-- COMMAND …]',
  doc: 'Opens a shell in a container or on a machine, or runs one command there.',
  options: {
    container: { type: 'string', value: 'NAME', doc: 'Which of several containers.' },
    yes: { type: 'boolean', doc: 'Open it without asking; never where it has to be typed.' },
    ...connectionOption,
  },
  takesRest: true,
  async run(context) {
    const { io, words, rest, options, connect } = context;
    const name = requireWord(words[0], 'What is to be entered', 'pilothouse exec web-1');
    if (words.length > 1)
      throw new ProblemError({
        code: 'bad-input',
        message: `It is not clear what "${words[1]}" means.`,
        fix: `A command stands after two dashes: pilothouse exec ${name} -- ${words.slice(1).join(' ')}`,
      });
    const session = await connect();
    await settledConnections(session, () => io.say(style.dim('Reading the connections…')));
    const connection = options.connection as string | undefined;
    const target = await findEntered({ name, connection, isWay: isShell }, session);
    const { container } = options;
    const proposal = await session.request('terminal/propose', {
      id: target.id,
      way: await wayInto(target, session),
      ...(typeof container === 'string' && { container }),
      ...(rest.length > 0 && { command: [...rest] }),
    });
    const typed = await askForYes(proposal, context);
    if (typed === undefined) return exitCodes.denied;
    return enter(proposal, typed, session, io);
  },
};

async function wayInto({ id }: Resource, session: DaemonSession): Promise<WayIn> {
  const { ways } = await session.request('terminal/ways', { id });
  // Where there is none, the daemon says why.
  return ways.find(({ way }) => isShell(way))?.way ?? 'exec';
}

async function enter(
  proposal: TerminalProposal,
  typed: string,
  session: DaemonSession,
  io: CliIo,
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
    raw.onInput((bytes) => live.write(bytes));
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

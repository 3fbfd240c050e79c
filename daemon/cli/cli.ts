// Runs one command line: finds the command, reads its options, opens the session with the daemon when it is wanted,
// says what went wrong, and gives the exit code. It knows nothing of any command.

import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stateFolderOf } from '../../connect/paths.ts';
import { type DaemonSession, openSession } from '../../connect/session.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import { productVersion } from '../../shared/protocol/version.ts';
import type { Command, CommandContext, OptionSpec, OptionValues } from './command.ts';
import { commands } from './commands.ts';
import { exitCodeOfProblem, exitCodes } from './exitCodes.ts';
import { globalOptions, helpOf, helpOfCommand, nearest } from './help.ts';
import type { CliIo } from './io.ts';
import { style } from './output.ts';

export interface CliOptions {
  /** What to start as a daemon where none runs. */
  readonly daemonEntry: string;
}

/** Runs a command line (without program and script) and gives the exit code; never throws. */
export async function runCli(args: readonly string[], io: CliIo, options: CliOptions): Promise<number> {
  const sessions: DaemonSession[] = [];
  let isUsage = true;
  try {
    const [word, ...rest] = args;
    if (word === '--version') return print(io, productVersion);
    if (word === undefined || word === 'help' || word === '--help') return print(io, helpFor(rest[0]));
    const command = requireCommand(word);
    const read = command.isRaw ? { words: rest, rest: [], options: {} } : readCommandLine(command, rest);
    if (read.options.help === true) return print(io, helpOfCommand(command));
    isUsage = false;
    const stateFolder = stateFolderOf(read.options.state as string | undefined, io.env);
    return await command.run({
      io,
      ...read,
      stateFolder,
      async connect(how = {}) {
        const [open] = sessions;
        if (open) return open;
        const session = openTerminalSession(stateFolder, io, options, how.mayStart ?? true);
        sessions.push(session);
        await session.ready();
        return session;
      },
      disconnect() {
        for (const session of sessions.splice(0)) session.dispose();
      },
    });
  } catch (error) {
    const problem = problemOf(error);
    io.say(`${style.red(problem.message)}${problem.fix ? `\n${problem.fix}` : ''}`);
    return isUsage || problem.code === 'bad-input' ? exitCodes.usage : exitCodeOfProblem(problem);
  } finally {
    for (const session of sessions) session.dispose();
  }
}

function print(io: CliIo, text: string): number {
  io.print(text);
  return exitCodes.done;
}

function helpFor(word: string | undefined): string {
  return word === undefined ? helpOf(commands) : helpOfCommand(requireCommand(word));
}

function requireCommand(word: string): Command {
  const found = commands.find((command) => command.name === word);
  if (found) return found;
  const near = nearest(
    word,
    commands.map((command) => command.name),
  );
  throw new ProblemError({
    code: 'bad-input',
    message: `There is no command "${word}".`,
    fix: near ? `Did you mean "${near}"? See pilothouse help.` : 'See pilothouse help.',
  });
}

function readCommandLine(
  command: Command,
  args: readonly string[],
): Pick<CommandContext, 'words' | 'rest' | 'options'> {
  const known: Readonly<Record<string, OptionSpec>> = { ...command.options, ...globalOptions };
  const types = Object.fromEntries(Object.entries(known).map(([name, { type }]) => [name, { type }]));
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      options: types,
      allowPositionals: true,
      tokens: true,
    });
    const end = tokens.find(({ kind }) => kind === 'option-terminator')?.index;
    const after = end === undefined ? [] : args.slice(end + 1);
    const words = after.length === 0 ? positionals : positionals.slice(0, -after.length);
    return { words: command.takesRest ? words : positionals, rest: after, options: values as OptionValues };
  } catch (error) {
    const option = /'--?([^' ]+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? '';
    const near = nearest(option, Object.keys(known));
    throw new ProblemError(
      {
        code: 'bad-input',
        message:
          option in known
            ? `--${option} wants ${known[option]?.value ?? 'no value'}.`
            : `pilothouse ${command.name} has no option --${option}.`,
        fix: near && near !== option ? `Did you mean --${near}?` : `See pilothouse help ${command.name}.`,
      },
      error,
    );
  }
}

function openTerminalSession(
  stateFolder: string,
  io: CliIo,
  options: CliOptions,
  mayStart: boolean,
): DaemonSession {
  const session = openSession({
    stateFolder,
    entry: io.env.PILOTHOUSE_DAEMON_ENTRY
      ? path.resolve(io.env.PILOTHOUSE_DAEMON_ENTRY)
      : options.daemonEntry,
    env: io.env,
    client: { name: `terminal of ${os.userInfo().username}`, version: productVersion, kind: 'terminal' },
    mayStart,
    mayReconnect: false,
  });
  session.onDidChangeState((state) => {
    if (state.kind === 'connecting' && !state.message.startsWith('Starting'))
      io.say(style.dim(state.message));
  });
  return session;
}

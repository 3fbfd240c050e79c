// `exec`: a shell, or one command, in something that runs. It says what would be opened and asks, then gives the
// terminal over until that has ended. Its exit code is this one's. Keys and output are never kept.

import { spawn } from 'node:child_process';
import type { DaemonSession } from '../../../connect/session.ts';
import { openTerminal } from '../../../connect/terminal.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { TerminalEnd, TerminalProposal, WayIn } from '../../../shared/model/terminal.ts';
import { type Command, type CommandContext, connectionOption } from '../command.ts';
import { requireWord } from '../decide.ts';
import { exitCodes } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { style } from '../output.ts';
import { settledConnections } from '../settled.ts';

const namesShown = 8;

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
    const target = await find(name, options.connection as string | undefined, session);
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

/** By id, else by its whole name. Throws ProblemError where nothing or several things are called so. */
async function find(name: string, connection: string | undefined, session: DaemonSession): Promise<Resource> {
  const { resources } = await session.request('resource/list', {
    text: name.slice(0, 200),
    limit: 1_000,
    ...(connection !== undefined && { connection }),
  });
  const byId = resources.filter(({ id }) => id === name);
  const named = byId.length > 0 ? byId : resources.filter((one) => one.name === name);
  const running = named.filter(({ status }) => status === 'running');
  const offering = await Promise.all(
    running.slice(0, namesShown).map(async (one) => ({
      one,
      ways: (await session.request('terminal/ways', { id: one.id })).ways.filter(isEntrance),
    })),
  );
  const open = offering.filter(({ ways }) => ways.length > 0).map(({ one }) => one);
  const found = open.length > 0 ? open : named;
  if (found.length === 1) return found[0]!;
  throw new ProblemError(
    found.length === 0
      ? {
          code: 'not-found',
          message: `There is nothing called "${name}".`,
          fix: 'See what there is: pilothouse resources',
        }
      : {
          code: 'bad-input',
          message: `Several things are called "${name}".`,
          fix: `Say which by its id: ${found
            .slice(0, namesShown)
            .map(({ id }) => id)
            .join(', ')}`,
        },
  );
}

function isEntrance({ way }: { readonly way: WayIn }): boolean {
  return way !== 'forward';
}

async function wayInto({ id }: Resource, session: DaemonSession): Promise<WayIn> {
  const { ways } = await session.request('terminal/ways', { id });
  // Where there is none, the daemon says why.
  return ways.find(isEntrance)?.way ?? 'exec';
}

/** What was typed, empty where a yes was enough; undefined for a no. */
async function askForYes(
  { verdict, effect }: TerminalProposal,
  { io, options }: CommandContext,
): Promise<string | undefined> {
  io.say(effect);
  if (verdict.effect === 'deny') {
    for (const { rule, reason } of verdict.rules) io.say(style.red(`Denied by rule ${rule}: ${reason}`));
    return undefined;
  }
  const { approval } = verdict;
  if (verdict.effect === 'allow' || (options.yes === true && approval.kind === 'button')) return '';
  if (approval.kind === 'typed') io.say(style.yellow(approval.why));
  if (!io.isInteractive) {
    io.say('It needs a yes from somebody at a terminal.');
    return undefined;
  }
  if (approval.kind === 'typed') {
    const answer = await io.ask(
      `Type ${style.bold(approval.expected)} to go on, anything else to leave it: `,
    );
    return answer?.trim() === approval.expected ? approval.expected : undefined;
  }
  const answer = await io.ask(`${style.bold('Open it?')} [y/N] `);
  return /^y(es)?$/i.test(answer?.trim() ?? '') ? '' : undefined;
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

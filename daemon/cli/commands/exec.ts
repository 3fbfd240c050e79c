// `exec`: a shell, or one command, in something that runs. It says what would be opened and asks, then gives the
// terminal over until that has ended. Its exit code is this one's. Keys and output are never kept.

import type { DaemonSession } from '../../../connect/session.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { isShell, type WayIn } from '../../../shared/model/terminal.ts';
import { type Command, connectionOption } from '../command.ts';
import { requireWord } from '../decide.ts';
import { askForYes, findEntered } from '../enter.ts';
import { exitCodes } from '../exitCodes.ts';
import { giveOver } from '../giveOver.ts';
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
    return giveOver(proposal, typed, session, io);
  },
};

async function wayInto({ id }: Resource, session: DaemonSession): Promise<WayIn> {
  const { ways } = await session.request('terminal/ways', { id });
  // Where there is none, the daemon says why.
  return ways.find(({ way }) => isShell(way))?.way ?? 'exec';
}

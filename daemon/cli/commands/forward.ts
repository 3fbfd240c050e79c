// `forward`: a port of a resource on a port of this machine's loopback, until Ctrl-C. `forwards`: those that all windows
// and command lines of this person hold, and the end of one. What goes through is never looked at.

import { openForward } from '../../../connect/terminal.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Forward, TerminalProposal } from '../../../shared/model/terminal.ts';
import { type Command, type CommandContext, connectionOption, jsonOption, printJson } from '../command.ts';
import { requireWord } from '../decide.ts';
import { askForYes, findEntered } from '../enter.ts';
import { exitCodes } from '../exitCodes.ts';
import { columns, style } from '../output.ts';
import { settledConnections } from '../settled.ts';

const example = 'pilothouse forward web-1 8080:80';

export const forward: Command = {
  name: 'forward',
  usage: 'NAME [LOCAL:]REMOTE',
  doc: 'Carries a port of a resource to a port of this machine, on loopback only, until Ctrl-C.',
  options: {
    yes: { type: 'boolean', doc: 'Open it without asking; never where it has to be typed.' },
    ...connectionOption,
  },
  async run(context) {
    const { io, words, options, connect } = context;
    const name = requireWord(words[0], 'What has the port', example);
    const { port, localPort } = parsePorts(requireWord(words[1], 'The port', example));
    const session = await connect();
    await settledConnections(session, () => io.say(style.dim('Reading the connections…')));
    const connection = options.connection as string | undefined;
    const { id } = await findEntered({ name, connection, isWay: (way) => way === 'forward' }, session);
    const proposal = await session.request('terminal/propose', { id, way: 'forward', port, localPort });
    requireWantedPort(proposal, name, context);
    const typed = await askForYes(proposal, context);
    if (typed === undefined) return exitCodes.denied;
    return hold(proposal, typed, context);
  },
};

export const forwards: Command = {
  name: 'forwards',
  usage: '[stop PORT]',
  doc: 'Lists the ports that are carried to this machine now; stop ends the one on a port of this machine.',
  options: { ...jsonOption },
  async run({ io, words, options, connect }) {
    const session = await connect();
    const { forwards: all } = await session.request('terminal/forwards', {});
    const [verb, which] = words;
    if (verb === 'stop') {
      const wanted = requireWord(which, 'The port of this machine', 'pilothouse forwards stop 8080');
      const found = all.find(({ localPort }) => String(localPort) === wanted);
      if (!found)
        throw new ProblemError({
          code: 'not-found',
          message: `Nothing is carried to port ${wanted} of this machine.`,
          fix: 'See what is: pilothouse forwards',
        });
      await session.request('terminal/stop', { id: found.id });
      io.print(`Stopped: ${line(found)}`);
      return exitCodes.done;
    }
    if (verb !== undefined)
      throw new ProblemError({
        code: 'bad-input',
        message: `It is not clear what "${verb}" means.`,
        fix: `A port is carried by: ${example}`,
      });
    if (options.json === true) printJson(io, all);
    else if (all.length === 0) io.print('No port is carried to this machine.');
    else io.print(columns(all.map((one) => [line(one), `${one.open} open, ${one.total} so far`])));
    return exitCodes.done;
  },
};

/** `80` means the same port here; `:80` any that is free. */
function parsePorts(text: string): { readonly port: number; readonly localPort: number } {
  const match = /^(?:(\d{0,5}):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[2] ?? 0);
  const localPort = match?.[1] === undefined ? port : Number(match[1]);
  if (match && port >= 1 && port <= 65_535 && localPort <= 65_535) return { port, localPort };
  throw new ProblemError({
    code: 'bad-input',
    message: `"${text}" names no ports: they go from 1 to 65535.`,
    fix: `The port of this machine stands before the colon: ${example}`,
  });
}

/** Somebody who is asked sees the other port in the question; who is not asked must not be surprised by it. */
function requireWantedPort(
  { otherPort, localPort, port }: TerminalProposal,
  name: string,
  { options }: CommandContext,
): void {
  if (otherPort === undefined || options.yes !== true) return;
  throw new ProblemError({
    code: 'wrong-state',
    message: otherPort,
    fix: `Say it: pilothouse forward ${name} ${localPort}:${port}`,
  });
}

async function hold(proposal: TerminalProposal, typed: string, context: CommandContext): Promise<number> {
  const { io, connect } = context;
  let tell: (forward: Forward) => void = () => undefined;
  const ended = new Promise<Forward>((resolve) => {
    tell = resolve;
  });
  let problem: string | undefined;
  const params = { proposal: proposal.id, ...(typed !== '' && { typed }) };
  const live = await openForward(await connect(), params, (now) => {
    if (now.problem !== undefined && now.problem !== problem) io.say(style.yellow(now.problem));
    problem = now.problem;
    if (now.ended !== undefined) tell(now);
  });
  let isOver = false;
  const stop = io.onInterrupt(() => {
    isOver = true;
    void live.close().catch(() => tell({ ...live.forward, ended: 'It was stopped.' }));
  });
  try {
    io.print(`${line(live.forward)}. Ctrl-C ends it.`);
    const { ended: reason, total } = await ended;
    io.say(`${reason} It carried ${total} ${total === 1 ? 'connection' : 'connections'}.`);
    return isOver ? exitCodes.done : exitCodes.failed;
  } finally {
    stop();
  }
}

function line({ localPort, port, resource, environment }: Forward): string {
  return `127.0.0.1:${localPort} leads to port ${port} of the ${resource.kind} ${resource.name} (${environment})`;
}

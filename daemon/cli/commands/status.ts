// `status` and `daemon start|stop|log`: the process behind all windows and terminals.

import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../../connect/daemonFile.ts';
import { endDaemon, findDaemon } from '../../../connect/findDaemon.ts';
import { logPath } from '../../../connect/paths.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { type Command, type CommandContext, jsonOption, printJson } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { columns, style } from '../output.ts';

export const status: Command = {
  name: 'status',
  usage: '',
  doc: 'Versions, process, connections, queues.',
  options: jsonOption,
  async run({ io, options, connect }) {
    const found = await (await connect()).request('status/get');
    if (options.json === true) {
      printJson(io, found);
      return exitCodes.done;
    }
    const clients = found.sessions.map(({ client, kind }) => `${client} (${kind})`).join(', ');
    const states = found.connections.map(({ id, state }) => `${id} ${state}`).join(', ');
    io.print(
      columns(
        [
          [
            'daemon',
            `${found.version}, process ${found.pid}, Node ${found.node}, ${Math.round(found.rssBytes / 2 ** 20)} MB`,
          ],
          ['up', `${Math.round(found.uptimeMs / 1000)} s, since ${found.startedAt}`],
          ['state', found.stateFolder],
          ['clients', clients],
          ['connections', states || 'none'],
          ['resources', String(found.resources)],
          ['open plans', String(found.openPlans)],
          ['audit', `${found.auditHead.seq} records`],
        ].map(([name, value]) => [style.dim(name!), value!]),
      ),
    );
    return exitCodes.done;
  },
};

const verbs: Readonly<Record<string, (context: CommandContext) => Promise<number>>> = { start, stop, log };

export const daemon: Command = {
  name: 'daemon',
  usage: 'start|stop|log',
  doc: 'Starts or ends the daemon of the state folder, or shows its log.',
  options: {
    force: { type: 'boolean', doc: 'End it also where it does not answer (stop).' },
    lines: { type: 'string', value: 'N', doc: 'How many lines (log); default 50.' },
  },
  async run(context) {
    const [word = ''] = context.words;
    const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined;
    if (verb) return await verb(context);
    throw new ProblemError({
      code: 'bad-input',
      message: word
        ? `"${word}" is nothing that can be done with the daemon.`
        : 'It is not said what to do with the daemon.',
      fix: 'Use: pilothouse daemon start|stop|log',
    });
  },
};

async function start({ io, connect }: CommandContext): Promise<number> {
  const { daemon: found } = await (await connect()).ready();
  io.print(`The daemon ${found.version} runs as process ${found.pid}.`);
  return exitCodes.done;
}

async function stop({ io, options, stateFolder, connect }: CommandContext): Promise<number> {
  const found = findDaemon(stateFolder);
  if (!found) {
    io.print('No daemon runs.');
    return exitCodes.done;
  }
  if (options.force === true) {
    await endDaemon(stateFolder);
  } else {
    const session = await connect({ mayStart: false });
    await session.request('session/drain', { reason: 'stop' });
    io.say(style.dim('It finishes what it runs…'));
    while (isAlive(found.pid)) await sleep(50);
  }
  io.print(`The daemon (process ${found.pid}) has ended.`);
  return exitCodes.done;
}

async function log({ io, options, stateFolder }: CommandContext): Promise<number> {
  const count = Number(options.lines ?? 50);
  try {
    const lines = fs.readFileSync(logPath(stateFolder), 'utf8').trimEnd().split('\n');
    io.print(lines.slice(-(Number.isSafeInteger(count) && count > 0 ? count : 50)).join('\n'));
  } catch {
    io.print(`There is no log yet (${logPath(stateFolder)}).`);
  }
  return exitCodes.done;
}

// `backup FILE` and `restore FILE`: the whole state of the daemon in one file, and back. A restore also works where the
// daemon cannot start because a file of its state is damaged.

import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../../connect/daemonFile.ts';
import { findDaemon } from '../../../connect/findDaemon.ts';
import { makePrivateFolder } from '../../../connect/paths.ts';
import type { StateBackupResult } from '../../../shared/protocol/messages.ts';
import { type Command, type CommandContext, jsonOption, printJson } from '../command.ts';
import { requireWord } from '../decide.ts';
import { exitCodes } from '../exitCodes.ts';
import { style } from '../output.ts';

export const backup: Command = {
  name: 'backup',
  usage: 'FILE',
  doc: 'Writes plans, audit, settings and talk into a new file.',
  options: jsonOption,
  async run({ io, words, options, connect }) {
    const file = path.resolve(requireWord(words[0], 'The file', 'pilothouse backup state.tar.gz'));
    const written = await (await connect()).request('state/backup', { file });
    if (options.json === true) printJson(io, written);
    else
      io.print(
        `${style.green('✔')} ${written.file}: ${written.databases.length} databases, ${Math.ceil(written.bytes / 1024)} kB, each copy checked.`,
      );
    return exitCodes.done;
  },
};

export const restore: Command = {
  name: 'restore',
  usage: 'FILE',
  doc: 'Puts a backup in place of the state, which is kept beside it, and checks the audit trail.',
  options: { yes: { type: 'boolean', doc: 'Do not ask.' }, ...jsonOption },
  async run(context) {
    const { io, words, options, connect } = context;
    const file = path.resolve(requireWord(words[0], 'The file', 'pilothouse restore state.tar.gz'));
    if (options.yes !== true && !(await isWanted(context, file))) {
      io.say('Nothing was changed.');
      return exitCodes.needsAnswer;
    }
    const restored = await makeReady(context, file);
    const audit = await (await connect()).request('audit/verify');
    if (options.json === true) printJson(io, { ...restored, audit });
    else {
      const whole = `${style.green('✔')} The audit trail is whole: ${audit.ok ? audit.records : 0} records.`;
      io.print(
        `${style.green('✔')} The state of ${restored.at} is in place; what was there is kept beside it.`,
      );
      io.print(
        audit.ok ? whole : `${style.red('✘')} record ${audit.seq} (${audit.problem}): ${audit.message}`,
      );
    }
    return audit.ok ? exitCodes.done : exitCodes.failed;
  },
};

async function isWanted({ io, stateFolder }: CommandContext, file: string): Promise<boolean> {
  const answer = await io.ask(
    `Put ${file} in place of the state in ${stateFolder}? What is there now is kept beside it. [y/N] `,
  );
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}

/** Through the daemon where one runs, which refuses while plans run; else by ourselves. */
async function makeReady(
  { stateFolder, connect, disconnect }: CommandContext,
  file: string,
): Promise<StateBackupResult> {
  const running = findDaemon(stateFolder);
  if (!running) {
    makePrivateFolder(stateFolder);
    // SQLite is loaded for this alone; no other command of a terminal needs it.
    const { prepareRestore } = await import('../../store/stateKeeper.ts');
    return prepareRestore(file, stateFolder);
  }
  const ready = await (await connect({ mayStart: false })).request('state/restore', { file });
  disconnect();
  while (isAlive(running.pid)) await sleep(50);
  return ready;
}

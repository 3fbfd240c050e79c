// A terminal in memory in front of a real server with fake services, for tests of the commands.

import { writeDaemonFile } from '../../connect/daemonFile.ts';
import { runCli } from '../../daemon/cli/cli.ts';
import type { CliIo } from '../../daemon/cli/io.ts';
import { renderText } from '../../daemon/cli/output.ts';
import type { FakeServices } from '../fakes/services.ts';
import { closeHouses, openHouse } from '../rpc/house.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** stdout as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever a script would read
  readonly json: () => any;
}

export interface Terminal {
  readonly services: FakeServices;
  readonly stateFolder: string;
  /** Runs a command line. With answers somebody sits there and types them in turn; then nothing more. */
  run(
    args: readonly string[],
    person?: {
      readonly answers: readonly string[];
      readonly onSay?: (text: string, interrupt: () => void) => void;
      /** Keys typed into a program somewhere else, once it takes them. */
      readonly keys?: readonly string[];
    },
  ): Promise<Ran>;
}

export async function openTerminal(): Promise<Terminal> {
  const { services, socketPath } = await openHouse();
  const { stateFolder } = services.daemon;
  const startedAt = services.daemon.startedAt;
  writeDaemonFile(stateFolder, {
    pid: process.pid,
    socket: socketPath,
    version: '0.1.0',
    protocolVersion: 1,
    startedAt,
  });
  return {
    services,
    stateFolder,
    async run(args, person) {
      let out = '';
      let err = '';
      const answers = [...(person?.answers ?? [])];
      const interrupted = new Set<() => void>();
      const io: CliIo = {
        env: { PILOTHOUSE_STATE: stateFolder },
        isInteractive: person !== undefined,
        print: (text) => {
          out += `${renderText(text, false)}\n`;
        },
        printRaw: (text) => {
          out += text;
        },
        say: (text) => {
          err += `${renderText(text, false)}\n`;
          person?.onSay?.(text, () => {
            for (const listener of interrupted) listener();
          });
        },
        ask: async (question) => {
          err += renderText(question, false);
          return answers.shift();
        },
        raw: () => ({
          columns: 101,
          rows: 33,
          write: async (bytes) => {
            out += Buffer.from(bytes).toString();
          },
          onInput: (listener) => {
            for (const key of person?.keys ?? []) listener(Buffer.from(key));
          },
          onResize: () => undefined,
          end: () => undefined,
        }),
        onInterrupt(listener) {
          interrupted.add(listener);
          return () => interrupted.delete(listener);
        },
      };
      const code = await runCli(args, io, { daemonEntry: '/never/started.ts' });
      return { code, out, err, json: () => JSON.parse(out) };
    },
  };
}

export const closeTerminals = closeHouses;

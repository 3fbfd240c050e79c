// The terminal as the commands see it, so that tests can be one. Answers go to stdout; questions, progress and
// problems to stderr, so that output can be piped.

import readline from 'node:readline/promises';
import { renderText } from './output.ts';

export interface CliIo {
  readonly env: NodeJS.ProcessEnv;
  /** Somebody can be asked. */
  readonly isInteractive: boolean;
  /** To stdout, with a newline. */
  print(text: string): void;
  /** To stdout as it is: JSON and exports. */
  printRaw(text: string): void;
  /** To stderr, with a newline. */
  say(text: string): void;
  /** Asks a person. Undefined where nobody answers (end of input, Ctrl-C). */
  ask(question: string): Promise<string | undefined>;
  /** Calls back at each Ctrl-C until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
}

/** The process's own terminal. */
export function processIo(): CliIo {
  const { env, stdin, stdout, stderr } = process;
  const wantsColour = env.NO_COLOR === undefined || env.NO_COLOR === '';
  const outColour = wantsColour && stdout.isTTY === true;
  const errColour = wantsColour && stderr.isTTY === true;
  return {
    env,
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    print: (text) => void stdout.write(`${renderText(text, outColour)}\n`),
    printRaw: (text) => void stdout.write(text),
    say: (text) => void stderr.write(`${renderText(text, errColour)}\n`),
    async ask(question) {
      const lines = readline.createInterface({ input: stdin, output: stderr });
      const ended = new Promise<undefined>((resolve) => {
        lines.once('close', () => resolve(undefined));
        lines.once('SIGINT', () => lines.close());
      });
      try {
        return await Promise.race([lines.question(renderText(question, errColour)), ended]);
      } finally {
        lines.close();
      }
    },
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      return () => process.off('SIGINT', listener);
    },
  };
}

// The terminal as the commands see it, so that tests can be one. Answers go to stdout; questions, progress and
// problems to stderr, so that output can be piped. A shell somewhere else has the terminal raw.

import readline from 'node:readline/promises';
import { renderText } from './output.ts';

/** A terminal given over to a program somewhere else: every key goes there, all bytes come from there. */
export interface RawTerminal {
  readonly columns: number;
  readonly rows: number;
  /** Resolves when it may go on: whoever reads is as fast as this says. */
  write(bytes: Uint8Array): Promise<void>;
  onInput(listener: (bytes: Uint8Array) => void): void;
  onResize(listener: (columns: number, rows: number) => void): void;
  /** Gives the terminal back as it was. */
  end(): void;
}

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
  /** Gives the terminal over until `end`; keys as they are where somebody sits there, else what is piped in. */
  raw(): RawTerminal;
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
    raw: () => rawTerminal(),
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      return () => process.off('SIGINT', listener);
    },
  };
}

/** Ctrl-D. */
const endOfTransmission = 4;

function rawTerminal(): RawTerminal {
  const { stdin, stdout } = process;
  const stops: (() => void)[] = [];
  const listen = (from: NodeJS.EventEmitter, event: string, listener: (...args: never[]) => void): void => {
    from.on(event, listener as never);
    stops.push(() => from.off(event, listener as never));
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  // A terminal that does not know its size says 0.
  return {
    columns: stdout.columns || 80,
    rows: stdout.rows || 24,
    write: (bytes) => new Promise((resolve) => stdout.write(bytes, () => resolve())),
    onInput: (listener) => {
      listen(stdin, 'data', (bytes: Buffer) => listener(bytes));
      // What is piped in ends as a person at a terminal ends it.
      listen(stdin, 'end', () => listener(Buffer.from([endOfTransmission])));
      stdin.resume();
    },
    onResize: (listener) => listen(stdout, 'resize', () => listener(stdout.columns || 80, stdout.rows || 24)),
    end: () => {
      for (const stop of stops) stop();
      if (stdin.isTTY) stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

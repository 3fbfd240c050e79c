// What every command is: a name, how it is used, the options it takes, and what it does with them.

import type { DaemonSession } from '../../connect/session.ts';
import type { CliIo } from './io.ts';

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** Name of the value, for the help. */
  readonly value?: string;
  readonly doc: string;
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface CommandContext {
  readonly io: CliIo;
  /** Words after the command. */
  readonly words: readonly string[];
  /** What stands after `--`, as it is. */
  readonly rest: readonly string[];
  readonly options: OptionValues;
  /** Absolute. */
  readonly stateFolder: string;
  /** The session with the daemon, opened at the first call; a daemon is started where none runs and `mayStart` is not false. */
  connect(how?: { readonly mayStart?: boolean }): Promise<DaemonSession>;
  /** Lets go of the session, so that the next `connect` opens a new one. */
  disconnect(): void;
}

export interface Command {
  readonly name: string;
  /** After the name: `TEXT`, `show|approve ID`. */
  readonly usage: string;
  readonly doc: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** What stands after `--` is no word of this command. */
  readonly takesRest?: boolean;
  /** Hands all words and options on as they are. */
  readonly isRaw?: boolean;
  /** Gives the exit code. Throws ProblemError for known failures. */
  run(context: CommandContext): Promise<number>;
}

export const jsonOption = { json: { type: 'boolean', doc: 'Print one JSON value on stdout.' } } as const;
export const connectionOption = {
  connection: { type: 'string', value: 'ID', doc: 'The connection that is meant.' },
} as const;

/** Prints a value as the one JSON of this command. */
export function printJson(io: CliIo, value: unknown): void {
  io.printRaw(`${JSON.stringify(value, null, 2)}\n`);
}

// A terminal of the editor whose other end is in a resource: what is typed goes over the line to the daemon, what is
// shown comes back as fast as the window takes it, and it ends with the shell, with the tab, or with a sentence where
// the line is lost. Nothing of it is kept. It opens only what somebody else has the yes for.

import * as vscode from 'vscode';
import type { LiveTerminal, TerminalHandlers } from '../../connect/terminal.ts';
import { problemOf } from '../../shared/model/problem.ts';
import type { TerminalEnd } from '../../shared/model/terminal.ts';
import { shownText } from '../../shared/panel/shown.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface PseudoterminalPorts {
  /** Stands at the beginning, before anything comes. */
  readonly greeting?: string;
  /** Opens the other end. Rejects with ProblemError. */
  open(size: Size, handlers: TerminalHandlers): Promise<LiveTerminal>;
  /** Resolves when the window has received all that was shown before. */
  received(): Promise<unknown>;
}

/** Where the window does not tell its size at first, the size of every terminal since the VT100. */
const usualSize: Size = { columns: 80, rows: 24 };
/** Shown bytes after which the window is asked whether it has them. */
const askBytes = 32 * 1024;
/** Typed before the other end is open; more is not kept. */
const earlyMax = 64 * 1024;

export function createPseudoterminal(ports: PseudoterminalPorts): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number | undefined>();
  const decoder = new TextDecoder();
  let live: LiveTerminal | undefined;
  let size = usualSize;
  let early = '';
  let unasked = 0;
  /** `said`: it has ended, and why stands there until a key is pressed. */
  let state: 'open' | 'said' | 'closed' = 'open';

  const onBytes = (bytes: Uint8Array): void | Promise<void> => {
    if (state !== 'open') return;
    written.fire(decoder.decode(bytes, { stream: true }));
    unasked += bytes.length;
    if (unasked < askBytes) return;
    unasked = 0;
    return ports.received().then(() => undefined);
  };
  const say = (text: string): void => {
    state = 'said';
    written.fire(
      `\r\n\x1b[31m${text.replaceAll('\n', '\r\n')}\x1b[0m\r\nPress any key to close this terminal.\r\n`,
    );
  };
  const onEnd = ({ exitCode, reason }: TerminalEnd): void => {
    if (state !== 'open') return;
    written.fire(decoder.decode());
    // With an exit code other than 0 the editor says it in a message of its own.
    if (reason === undefined) leave(exitCode);
    else say(reason);
  };
  const leave = (exitCode?: number): void => {
    state = 'closed';
    closed.fire(exitCode);
  };
  const begin = async (): Promise<void> => {
    const asked = size;
    try {
      live = await ports.open(asked, { onBytes, onEnd });
    } catch (error) {
      const { message, fix } = problemOf(error);
      if (state === 'open') say(fix ? `${message}\n${fix}` : message);
      return;
    }
    if (state === 'closed') return live.close();
    if (size !== asked) live.resize(size.columns, size.rows);
    if (early !== '') live.write(Buffer.from(early));
    early = '';
  };

  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: (dimensions) => {
      if (dimensions) size = dimensions;
      if (ports.greeting) written.fire(`\x1b[3m${shownText(ports.greeting)}\x1b[0m\r\n`);
      void begin();
    },
    setDimensions: (dimensions) => {
      size = dimensions;
      live?.resize(size.columns, size.rows);
    },
    handleInput: (text) => {
      if (state === 'said') leave();
      else if (live) live.write(Buffer.from(text));
      else if (early.length + text.length <= earlyMax) early += text;
    },
    close: () => {
      state = 'closed';
      live?.close();
    },
  };
}

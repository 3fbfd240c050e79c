// The near end of a terminal or a forward of the daemon, for windows and command lines: numbers its changes, says what
// was shown so that more may come, sends what is typed in order and never more than the daemon takes, and ends with a
// sentence when the line to the daemon is lost. It shows nothing itself.

import type { Forward, TerminalChange, TerminalEnd } from '../shared/model/terminal.ts';
import type { ParamsOf, ResultOf, TopicChange } from '../shared/protocol/messages.ts';
import type { DaemonSession } from './session.ts';

export interface TerminalHandlers {
  /** More comes only as fast as these are shown: a promise says when that is. */
  readonly onBytes: (bytes: Uint8Array) => void | Promise<void>;
  /** Called once. Nothing comes after it. */
  readonly onEnd: (end: TerminalEnd) => void;
}

export interface LiveTerminal {
  /** A program for this end to run itself; say `ended` when it has. */
  readonly run?: readonly string[];
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  ended(exitCode: number | undefined): void;
  /** Ends what runs at the other end. */
  close(): void;
}

/** Shown bytes are told when so many came, in bytes: an eighth of what may be under way. */
const tellBytes = 32 * 1024;
/** Typed bytes sent in one go. */
const sendBytesMax = 48 * 1024;
/** Typed bytes that wait while the other end takes none; more is not kept. */
const waitingBytesMax = 1024 * 1024;

/** Gives the yes to a proposed terminal and opens it. Rejects with ProblemError. */
export async function openTerminal(
  session: DaemonSession,
  params: ParamsOf<'terminal/open'>,
  handlers: TerminalHandlers,
): Promise<LiveTerminal> {
  let shown = 0;
  let hasEnded = false;
  const end = (how: TerminalEnd): void => {
    if (hasEnded) return;
    hasEnded = true;
    held.stop();
    handlers.onEnd(how);
  };
  const quietly = (request: Promise<unknown>): void => void request.catch(() => undefined);
  const held = hold(session, (change) => {
    if (change.topic !== 'terminal') return;
    if ('end' in change) return end(change.end);
    const bytes = Buffer.from(change.data, 'base64');
    void Promise.resolve(handlers.onBytes(bytes))
      .catch(() => undefined)
      .then(() => tellShown(bytes.length));
  });
  function tellShown(count: number): void {
    shown += count;
    if (shown < tellBytes || hasEnded) return;
    quietly(session.request('terminal/taken', { terminal: held.number, bytes: shown }));
    shown = 0;
  }
  held.onLost((why) => end({ reason: why }));
  let opened: ResultOf<'terminal/open'>;
  try {
    opened = await session.request('terminal/open', params, {
      onResult: ({ terminal }) => held.begin(terminal),
    });
  } catch (error) {
    held.stop();
    throw error;
  }
  const { terminal, run } = opened;
  const send = createSender((bytes) =>
    session.request('terminal/input', { terminal, data: Buffer.from(bytes).toString('base64') }),
  );
  return {
    ...(run && { run }),
    write: (bytes) => {
      if (!hasEnded) send(bytes);
    },
    resize: (columns, rows) => {
      if (!hasEnded) quietly(session.request('terminal/resize', { terminal, columns, rows }));
    },
    ended: (exitCode) => {
      if (hasEnded) return;
      hasEnded = true;
      held.stop();
      quietly(session.request('terminal/ended', { terminal, ...(exitCode !== undefined && { exitCode }) }));
    },
    close: () => {
      if (hasEnded) return;
      hasEnded = true;
      held.stop();
      quietly(session.request('subscription/close', { subscription: terminal }));
    },
  };
}

export interface LiveForward {
  readonly forward: Forward;
  close(): Promise<void>;
}

/** Gives the yes to a proposed forward and opens it. `onChange` is told the end, too. Rejects with ProblemError. */
export async function openForward(
  session: DaemonSession,
  params: ParamsOf<'terminal/forward'>,
  onChange: (forward: Forward) => void,
): Promise<LiveForward> {
  let last: Forward | undefined;
  const held = hold(session, (change) => {
    if (change.topic !== 'forward') return;
    last = change.forward;
    if (last.ended !== undefined) held.stop();
    onChange(last);
  });
  held.onLost((ended) => last && onChange({ ...last, open: 0, ended }));
  try {
    const { subscription, forward } = await session.request('terminal/forward', params, {
      onResult: (result) => {
        last = result.forward;
        held.begin(result.subscription);
      },
    });
    return {
      get forward() {
        return last ?? forward;
      },
      async close() {
        held.stop();
        await session.request('subscription/close', { subscription });
        if (last?.ended === undefined) onChange({ ...(last ?? forward), open: 0, ended: 'It was stopped.' });
      },
    };
  } catch (error) {
    held.stop();
    throw error;
  }
}

/** Listens for the changes of one subscription of this line, and notices when the line is lost. */
function hold(session: DaemonSession, onChange: (change: TerminalChange) => void) {
  let number = 0;
  let sequence = 0;
  let tellLost: (why: string) => void = () => undefined;
  const stopChanges = session.onNotification('subscription/didChange', (change: TopicChange) => {
    if (number === 0 || change.subscription !== number) return;
    sequence += 1;
    if (change.topic !== 'terminal' && change.topic !== 'forward') return;
    if (change.sequence === sequence) return onChange(change);
    lost('A part of what the daemon sent is missing.');
  });
  const stopStates = session.onDidChangeState((state) => {
    if (state.kind !== 'connected') lost('The connection to the Pilothouse daemon has ended.');
  });
  function stop(): void {
    stopChanges();
    stopStates();
  }
  function lost(why: string): void {
    stop();
    tellLost(why);
  }
  return {
    get number() {
      return number;
    },
    begin: (given: number) => {
      number = given;
    },
    onLost: (listener: (why: string) => void) => {
      tellLost = listener;
    },
    stop,
  };
}

/** One request at a time: the next goes when the daemon has taken the last. */
function createSender(send: (bytes: Uint8Array) => Promise<unknown>): (bytes: Uint8Array) => void {
  let waiting = Buffer.alloc(0);
  let isBusy = false;
  const pump = (): void => {
    if (isBusy || waiting.length === 0) return;
    const part = waiting.subarray(0, sendBytesMax);
    waiting = waiting.subarray(part.length);
    isBusy = true;
    send(part)
      .catch(() => undefined)
      .finally(() => {
        isBusy = false;
        pump();
      });
  };
  return (bytes) => {
    if (waiting.length + bytes.length <= waitingBytesMax) waiting = Buffer.concat([waiting, bytes]);
    pump();
  };
}

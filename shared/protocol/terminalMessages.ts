// The messages by which a person enters a resource: a part of the one table in `messages.ts`, kept apart only for its
// length. A terminal and a forward are subscriptions: what they show comes as numbered changes, and closing the
// subscription or going away ends them. All of these are for a person's session only.

import type { Forward, TerminalProposal, WayOffer } from '../model/terminal.ts';
import { emptySchema, idSchema } from './schemas.ts';
import * as schemas from './terminalSchemas.ts';

type Result<T> = { readonly __result?: T };
const result = <T>(): Result<T> => ({});

export const terminalRequests = {
  'terminal/ways': {
    params: idSchema,
    result: result<{ readonly ways: readonly WayOffer[] }>(),
    since: 2,
    doc: 'Ways into a resource: shells in its containers, a shell on it, ports.',
  },
  'terminal/propose': {
    params: schemas.proposeTerminalSchema,
    result: result<TerminalProposal>(),
    since: 2,
    doc: 'Says what opening a terminal or forwarding a port would mean and what yes it needs. Opens nothing.',
  },
  'terminal/open': {
    params: schemas.openTerminalSchema,
    result: result<{
      readonly terminal: number;
      /** A program that the client runs itself, with the person's own keys (way `ssh`). */
      readonly run?: readonly string[];
    }>(),
    since: 2,
    doc: "A person's yes to a proposed terminal: opens it. What it shows comes as changes of topic `terminal`; `subscription/close` ends it.",
  },
  'terminal/input': {
    params: schemas.terminalInputSchema,
    result: result<Record<never, never>>(),
    since: 2,
    doc: 'Bytes for a terminal; answered when they were taken, so that a client sends the next then.',
  },
  'terminal/resize': {
    params: schemas.terminalSizeSchema,
    result: result<Record<never, never>>(),
    since: 2,
    doc: 'Tells a terminal its size in characters.',
  },
  'terminal/taken': {
    params: schemas.terminalTakenSchema,
    result: result<Record<never, never>>(),
    since: 2,
    doc: 'So many bytes of a terminal were shown: that many more may come.',
  },
  'terminal/ended': {
    params: schemas.terminalEndedSchema,
    result: result<Record<never, never>>(),
    since: 2,
    doc: 'The program that the client ran itself has ended, with its exit code.',
  },
  'terminal/forward': {
    params: schemas.openForwardSchema,
    result: result<{ readonly subscription: number; readonly forward: Forward }>(),
    since: 2,
    doc: "A person's yes to a proposed forward: listens on loopback. How it fares comes as changes of topic `forward`; `subscription/close` ends it.",
  },
  'terminal/console': {
    params: schemas.openConsoleSchema,
    result: result<{ readonly url: string }>(),
    since: 2,
    doc: "A person's yes to a proposed console: the address for a browser. It lets whoever has it in, so it must be shown to that person alone and never be kept.",
  },
  'terminal/forwards': {
    params: emptySchema,
    result: result<{ readonly forwards: readonly Forward[] }>(),
    since: 2,
    doc: 'All forwards of this daemon that listen now, whichever window or command line began them.',
  },
  'terminal/stop': {
    params: schemas.stopForwardSchema,
    result: result<Record<never, never>>(),
    since: 2,
    doc: 'Ends a forward, whoever began it.',
  },
} as const;

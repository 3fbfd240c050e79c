// The door to entering resources: propose, a person's yes, then an open terminal or forward that one session holds.

import type { Actor } from '../../shared/model/plan.ts';
import type {
  Forward,
  TerminalChange,
  TerminalProposal,
  WayIn,
  WayOffer,
} from '../../shared/model/terminal.ts';

/** Who asks, and by which session. */
export interface Visitor {
  readonly actor: Actor;
  readonly session: string;
}

export interface EnterRequest {
  readonly id: string;
  readonly way: WayIn;
  readonly container?: string;
  readonly command?: readonly string[];
  readonly port?: number;
  /** Port of this machine; 0: any that is free. */
  readonly localPort?: number;
}

/** Takes what an open terminal or forward tells, as far as its reader keeps up. */
export interface Listener {
  send(change: TerminalChange): void;
  readonly isCongested: boolean;
}

/** A terminal that one session holds. All bytes are bounded both ways. */
export interface OpenTerminal {
  /** A program for the client to run itself; there are no bytes then. */
  readonly run?: readonly string[];
  /** Begins to show. Called once. */
  start(listener: Listener): void;
  /** The reader has caught up. */
  resume(): void;
  /** Resolves when the other end took the bytes. Throws ProblemError `overloaded` where too much waits. */
  input(bytes: Uint8Array): Promise<void>;
  resize(columns: number, rows: number): void;
  /** So many bytes were shown. */
  taken(bytes: number): void;
  /** The client's own program has ended. */
  finish(exitCode: number | undefined): void;
  /** Ends what runs at the other end; the reason goes into the audit. */
  dispose(reason?: string): void;
}

export interface OpenForward {
  readonly state: Forward;
  start(listener: Listener): void;
  resume(): void;
  dispose(reason?: string): void;
}

export interface TerminalDesk {
  ways(id: string, signal: AbortSignal): Promise<readonly WayOffer[]>;
  /** Judges and describes; opens nothing. */
  propose(request: EnterRequest, visitor: Visitor, signal: AbortSignal): Promise<TerminalProposal>;
  /** Uses the proposal up. Throws ProblemError. */
  open(
    request: {
      readonly proposal: string;
      readonly typed?: string;
      readonly columns: number;
      readonly rows: number;
    },
    visitor: Visitor,
    signal: AbortSignal,
  ): Promise<OpenTerminal>;
  forward(
    request: { readonly proposal: string; readonly typed?: string },
    visitor: Visitor,
    signal: AbortSignal,
  ): Promise<OpenForward>;
  /** The address of a console, for a browser. It is a secret: handed over once, kept nowhere. */
  console(
    request: { readonly proposal: string; readonly typed?: string },
    visitor: Visitor,
    signal: AbortSignal,
  ): Promise<string>;
  /** All that listen now, whichever session began them. */
  forwards(): readonly Forward[];
  /** Throws ProblemError `not-found`. */
  stop(forward: string): void;
  /** Keeps an open terminal under the number its session gave it, until it is disposed. */
  hold(session: string, number: number, terminal: OpenTerminal): void;
  release(session: string, number: number): void;
  /** Throws ProblemError `not-found`. */
  held(session: string, number: number): OpenTerminal;
  /** Ends all, with a line in the audit each. */
  dispose(): void;
}

// The open connections of this daemon and what keeps the graph true to them.

import type { Connection, ConnectionMode, Environment } from '../../shared/model/connection.ts';
import type { Executor } from '../executors/contract.ts';

export interface Connections {
  list(): readonly Connection[];
  get(id: string): Connection | undefined;
  /** The executor behind a connection; undefined where it is not there. */
  executor(id: string): Executor | undefined;
  /** Looks for connections anew and reads what changed. */
  rescan(signal?: AbortSignal): Promise<void>;
  /** Reads one connection in full now; ends when the graph has it. */
  refresh(id: string, signal?: AbortSignal): Promise<void>;
  /** Reads the sources of these kinds soon and often until nothing is in transition; called after a write. */
  nudge(id: string, kinds: readonly string[]): void;
  /** Sets what the person says about a connection; kept over restarts. Throws ProblemError `not-found`. */
  configure(
    id: string,
    settings: { readonly mode?: ConnectionMode; readonly environment?: Environment },
  ): Connection;
  onDidChange(listener: (connections: readonly Connection[]) => void): () => void;
  /** Whether anybody looks: while nobody does, polling and watching rest and no timer runs. Starts at rest. */
  setActive(active: boolean): void;
  dispose(): Promise<void>;
}

// What the store offers to clients: the whole state of a daemon in one file, and back.

export interface StateBackup {
  readonly file: string;
  readonly bytes: number;
  /** Database files in it. */
  readonly databases: readonly string[];
  /** ISO 8601 UTC. */
  readonly at: string;
}

export interface StateKeeper {
  /** Writes everything into a new file; runs may go on meanwhile. Throws ProblemError; no half file stays. */
  backup(file: string): Promise<StateBackup>;
  /**
   * Checks a backup and makes it ready; the next start puts it in place, with the old state kept beside it. The
   * daemon has to end after it. Throws ProblemError; nothing is changed then.
   */
  prepareRestore(file: string): Promise<StateBackup>;
}

// Words that a person lets stand for one thing: "the db" is db-prod-1. Kept by the daemon for this user; the reader
// links them like names and says where it did.

/** An alias as it is kept. */
export interface AliasInfo {
  readonly words: string;
  /** Id of the resource. */
  readonly target: string;
  /** Name of the resource when the alias was made, to be shown where the resource is gone. */
  readonly name: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** True where the resource is not there now; the alias is not used then. */
  readonly missing: boolean;
}

/** What could be kept after a person said what they meant. */
export interface AliasOffer {
  readonly words: string;
  readonly target: string;
  readonly name: string;
}

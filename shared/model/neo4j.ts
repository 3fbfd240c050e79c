// A Neo4j server that a person named, beside the embedded graph: what is known of it, what exporting the graph to it
// would mean, and what came of it. Pure data; a password is never part of any of it.

/** Where it is and who signs in. */
export interface Neo4jServer {
  /** `bolt://`, `neo4j://`, or one of them with `+s` (TLS) or `+ssc` (TLS, any certificate); host and port. */
  readonly url: string;
  readonly user: string;
  /** Absent: the server's own default. */
  readonly database?: string;
}

export interface Neo4jStatus {
  readonly server?: Neo4jServer;
  /** The daemon was handed the password of this server and user. */
  readonly hasPassword: boolean;
  readonly isExporting: boolean;
}

/** What a server said of itself. */
export interface Neo4jTrial {
  /** `Neo4j/5.26.0` */
  readonly product: string;
  readonly isEncrypted: boolean;
}

/** What an export would do; nothing was written yet. */
export interface Neo4jExportProposal {
  readonly id: string;
  readonly server: Neo4jServer;
  readonly product: string;
  readonly isEncrypted: boolean;
  /** Resources and relations of the embedded graph now. */
  readonly resources: number;
  readonly relations: number;
  /** Nodes on the server that this Pilothouse wrote before. */
  readonly written: number;
  /** Nodes on the server that it did not write; they are never touched. */
  readonly foreign: number;
  /** Of those it wrote: what is not in the graph any more and goes, by connection, most first. */
  readonly removes: readonly {
    readonly connection: string;
    readonly count: number;
    /** False: the connection itself is not there now. */
    readonly isConfigured: boolean;
  }[];
  /** All of it in sentences. */
  readonly effect: readonly string[];
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
}

export interface Neo4jExportResult {
  readonly resources: number;
  readonly relations: number;
  readonly removedResources: number;
  readonly removedRelations: number;
  /** Nodes whose resource is gone and that stay, because others tied relations of their own to them. */
  readonly kept: number;
  readonly batches: number;
  readonly elapsedMs: number;
}

/** Of an address as a person types it: what is wrong with it, or undefined. */
export function troubleWithNeo4jUrl(url: string): string | undefined {
  if (/^https?:/i.test(url))
    return 'This is the address of its pages. Bolt begins with bolt:// or neo4j:// and is on port 7687 mostly.';
  if (!/^(bolt|neo4j)(\+s|\+ssc)?:\/\//.test(url))
    return 'It begins with bolt://, neo4j://, bolt+s:// or neo4j+s://.';
  if (!/^[a-z0-9+]+:\/\/([\w.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?\/?$/.test(url))
    return 'It is made of a host and a port, without a user, a path or anything else.';
  return undefined;
}

export function isNeo4jUrlEncrypted(url: string): boolean {
  return /^[a-z0-9]+\+s/.test(url);
}

// Manifests: things in their cloud's own words, as YAML that a person opens, edits and applies. What such a text means
// only its executor knows; this is what it tells of it. Places are zero-based, as editors count them.

/** A thing as it stands in its cloud, fit to be edited. Holds no content of a secret. */
export interface Manifest {
  readonly text: string;
  /** Of what can be edited: another one now means that somebody changed it. */
  readonly version: string;
}

/** One object of a text. */
export interface ManifestObject {
  /** "Deployment shop/web". */
  readonly title: string;
  /** The part of the text that is this object. */
  readonly text: string;
  /** Line on which it begins. */
  readonly line: number;
}

/** Something in a text with which it cannot be applied. */
export interface ManifestProblem {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** One or two sentences: what is wrong and what to do. */
  readonly message: string;
}

/** What a text comes to. */
export interface ManifestCheck {
  /** In the order in which they can be applied: what others need comes first. */
  readonly objects: readonly ManifestObject[];
  /** Empty where it can be tried on the cloud. */
  readonly problems: readonly ManifestProblem[];
}

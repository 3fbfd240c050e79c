// What the interpreter understood. A reading acts on nothing: a plan is made from it, judged, previewed and
// approved first. Every part knows the words that gave it, so that a person can see why, and correct it.

import type { OperationId, Risk } from './kind.ts';
import type { Arguments } from './operation.ts';
import type { Json } from './resource.ts';

/**
 * A filter over resources, in the notation of the field: `kind`, `provider`, `region`, `namespace`, `status`,
 * `name`, `name_glob`, `tags`, attributes, `*_gt|_lt|_gte|_lte`, `created_before|_after`, `ids`, `not`.
 * A list as a value means any of. See `daemon/graph/filter.ts` for what each key means.
 */
export type Filter = Readonly<Record<string, Json>>;

/** Words of the sentence that gave a part of the reading; offsets in UTF-16 units of the text as typed. */
export interface Evidence {
  /** `verb`, `kind`, `target`, or `args.<name>`. */
  readonly part: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** True where the words are an alias that the person saved. */
  readonly alias?: true;
}

/** What a step is about: resources that are there, or what an earlier step creates (`step`, zero-based). */
export type TargetDraft =
  | {
      readonly kind: 'resources';
      readonly ids: readonly string[];
      /** The filter the ids came from, where the person named a set and not each thing. */
      readonly filter?: Filter;
    }
  | { readonly kind: 'created'; readonly step: number };

export interface StepDraft {
  readonly operation: OperationId;
  readonly target?: TargetDraft;
  readonly args: Arguments;
  /** Zero-based indexes of steps that must be finished before this one. */
  readonly after: readonly number[];
  readonly evidence: readonly Evidence[];
}

/** Who read it: the embedded grammar, a language model, or nobody (a click on a thing). */
export type ReadingSource = 'embedded' | 'model' | 'click';

interface ReadingBase {
  readonly text: string;
  readonly source: ReadingSource;
  /** 0 to 1; how sure the reader is that this is what was meant. */
  readonly confidence: number;
}

export interface PlanReading extends ReadingBase {
  readonly kind: 'plan';
  readonly steps: readonly StepDraft[];
  readonly risk: Risk;
}

export interface QueryReading extends ReadingBase {
  readonly kind: 'query';
  readonly steps: readonly StepDraft[];
}

/** A complete reading a person may choose. */
export interface Candidate {
  readonly label: string;
  readonly detail?: string;
  readonly reading: PlanReading | QueryReading;
}

export interface ClarifyReading extends ReadingBase {
  readonly kind: 'clarify';
  /** `target`, `scope`, `op`, `args`, or `args.<name>`. */
  readonly about: string;
  readonly question: string;
  /** At most five, the likeliest first; may be empty where only words can answer. */
  readonly candidates: readonly Candidate[];
  /** What was understood so far, so that the answer can complete it. */
  readonly partial?: StepDraft;
}

export const refusalReasons = ['out-of-scope', 'secret', 'unsafe', 'injection', 'unsupported'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export interface RefuseReading extends ReadingBase {
  readonly kind: 'refuse';
  readonly reason: RefusalReason;
  readonly message: string;
  /** What can be asked instead: sentences the reader understands. */
  readonly instead: readonly string[];
}

export type Reading = PlanReading | QueryReading | ClarifyReading | RefuseReading;

/** What was said and meant before, for pronouns, ellipsis and corrections. */
export interface ReadingContext {
  readonly turns?: readonly {
    readonly role: 'user' | 'assistant';
    readonly text: string;
    /** Ids of the resources the turn was about. */
    readonly refs?: readonly string[];
    /** Steps of the turn's reading. */
    readonly steps?: readonly StepDraft[];
  }[];
  /** Ids selected in the tree. */
  readonly selection?: readonly string[];
  /** Connection the person looks at; names in it win over names elsewhere. */
  readonly connection?: string;
}

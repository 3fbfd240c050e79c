// What one entry of the catalogue says about an operation. It is plain data and pure functions, so that
// interpreter, checks, tree, palette, language model and README can all be derived from it.
// An entry never knows a provider: what a connection can do is asked of its executor.

import type { Kind, OperationId, Risk, Verb } from './kind.ts';
import type { Json, Resource } from './resource.ts';

/**
 * Type of an argument. Sizes are GB, durations seconds, times ISO 8601 UTC.
 * `ref` is the id of a resource of `refKind`, or its bare name where it is only looked up by the cloud
 * (flavors, images…); `any` as a value of a ref means "a free one". A `manifest` is YAML or JSON of one object, of many
 * lines; it stands in no title and is shown as what it would change.
 */
export type ArgumentType =
  | 'name'
  | 'text'
  | 'manifest'
  | 'integer'
  | 'size_gb'
  | 'seconds'
  | 'time'
  | 'boolean'
  | 'port'
  | 'protocol'
  | 'cidr'
  | 'tags'
  | 'keys'
  | 'names'
  | 'metric'
  | 'ref'
  | 'choice';

export interface ArgumentSpec {
  readonly name: string;
  readonly type: ArgumentType;
  readonly refKind?: Kind;
  readonly choices?: readonly string[];
  readonly required?: boolean;
  readonly default?: Json;
  readonly min?: number;
  readonly max?: number;
  /** Meaning and unit, one sentence; the language model and the forms read it. */
  readonly doc: string;
  /** Words that introduce the argument in a sentence: "named", "called"; "to", "with … replicas". */
  readonly words?: readonly string[];
}

/** Arguments of a step by name. */
export type Arguments = Readonly<Record<string, Json>>;

/** What would take back a step that was done; undefined where nothing would. */
export interface UndoDraft {
  readonly operation: OperationId;
  readonly target?: string;
  readonly args: Arguments;
}

export interface Operation {
  readonly id: OperationId;
  readonly verb: Verb;
  readonly kind: Kind | 'provider' | 'topology' | 'audit';
  readonly risk: Risk;
  /** Imperative, sentence case, field's own term: "Stop VM". */
  readonly title: string;
  /** One sentence: what happens and what it costs the people who use the thing. */
  readonly doc: string;
  /** `none` creates or reads without a target; `optional` reads all of the kind where no target is named. */
  readonly target: 'none' | 'one' | 'many' | 'optional';
  readonly args: readonly ArgumentSpec[];
  /** Verb phrases that mean it, lower case: "stop", "shut down", "power off". */
  readonly words: readonly string[];
  /** Shared status words from which it can start; absent: any. */
  readonly from?: readonly string[];
  /** Statuses in which there is nothing left to do. */
  readonly idle?: readonly string[];
  /** Statuses that show that it took effect (verified by reading back); `gone` for a delete. */
  readonly becomes?: readonly string[];
  /** Whether the people who use the thing notice: `none`, `interrupts`, `loses-data`. */
  readonly impact: 'none' | 'interrupts' | 'loses-data';
  /** What takes it back, from the resource as it was before and what the step made. */
  readonly undo?: (step: {
    readonly before?: Resource;
    readonly createdId?: string;
    readonly args: Arguments;
  }) => UndoDraft | undefined;
}

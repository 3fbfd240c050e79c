// What one clause says before anything is linked: verbs, noun phrases with all that hangs on them, values, times and
// cues. These are plain records; `parseClause` fills them, `fill` reads them.

import type { Filter } from '../../../shared/model/reading.ts';
import type { Cell, Value } from '../words/cells.ts';
import type { VerbForm } from '../words/lexicon.ts';
import type { TimeRange } from '../words/times.ts';

export interface Verb {
  readonly phrase: string;
  readonly form: VerbForm;
  readonly cell: Cell;
  /** Index of the cell in the clause. */
  readonly at: number;
  /** Nothing but politeness stands before it. */
  readonly leading: boolean;
}

/** One restriction of a noun phrase. */
export interface Mod {
  readonly cell: Cell;
  readonly kind:
    | 'env'
    | 'region'
    | 'provider'
    | 'word'
    | 'prefix'
    | 'glob'
    | 'status'
    | 'place'
    | 'tags'
    | 'filter'
    | 'unknown'
    | 'created'
    | 'extreme'
    | 'either'
    | 'held'
    | 'lacking';
  readonly word?: string;
  /** "with 4 vcpus", "without a volume": what the model is asked. */
  readonly held?: Held;
  /** "staging and dev": what any of them fits. */
  readonly either?: readonly Mod[];
  readonly values?: readonly string[];
  readonly filter?: Filter;
  readonly tags?: Readonly<Record<string, string>>;
  readonly range?: TimeRange;
  /** Ids of the namespace, node, network… the thing is in. */
  readonly ids?: readonly string[];
  readonly not: boolean;
  /** Came behind a preposition, so it may say something about the whole clause. */
  readonly post: boolean;
}

/** A figure of a machine's flavor, or how many things of a kind hang on it, and what is asked of it. */
export interface Held {
  readonly kind?: string;
  readonly field?: 'vcpus' | 'ram_gb';
  readonly how: 'eq' | 'gt' | 'lt' | 'gte' | 'lte';
  readonly n: number;
}

export interface NameRef {
  readonly cell: Cell;
  readonly ids: readonly string[];
  readonly exact: boolean;
}

export type Pronoun = 'it' | 'them' | 'other';

export interface Np {
  /** Index of its first cell. */
  at: number;
  prep?: string;
  quant?: 'all' | 'any' | 'both';
  everything?: boolean;
  count?: number;
  det?: 'definite' | 'indefinite' | 'demonstrative';
  pronoun?: Pronoun;
  names: NameRef[];
  /** Identifiers that nothing there is called. */
  missing: Cell[];
  kinds?: readonly string[];
  kindCell?: Cell;
  plural: boolean;
  mods: Mod[];
  except: Np[];
  /** The thing it belongs to: "db-1's volume", "pods of web", "attached to web-1". */
  of?: Np;
  /** Named alike with "and": each stands for itself. */
  also: Np[];
  cells: Cell[];
  metric?: string;
  superlative?: boolean;
  /** Joined with "or": one of them. */
  either?: boolean;
  /** "not prod": said only to be ruled out. */
  negated?: boolean;
  last?: boolean;
}

export interface ValueUse {
  readonly value: Value;
  readonly cell: Cell;
  readonly at: number;
  readonly prep?: string;
  /** The words before it that say what it is: `replicas`, `port`, `revision`, `percent`. */
  readonly label?: string;
  readonly not: boolean;
}

export type Cue =
  | 'question'
  | 'why'
  | 'when'
  | 'runOut'
  | 'howMany'
  | 'what'
  | 'who'
  | 'changed'
  | 'depends'
  | 'list'
  | 'show'
  | 'ask'
  | 'logs'
  | 'top'
  | 'least'
  | 'last'
  | 'summarize'
  | 'current'
  | 'double'
  | 'triple'
  | 'half'
  | 'again'
  | 'help'
  | 'need'
  | 'hard'
  | 'if'
  | 'more'
  | 'less'
  | 'same'
  | 'undo'
  | 'metric'
  | 'previous'
  | 'any'
  | 'anyone'
  | 'bigger'
  | 'smaller';

export interface Clause {
  readonly cells: readonly Cell[];
  readonly link: Link;
  readonly verbs: readonly Verb[];
  readonly nps: readonly Np[];
  readonly values: readonly ValueUse[];
  readonly times: readonly { readonly range: TimeRange; readonly cell: Cell; readonly at: number }[];
  readonly metrics: readonly { readonly metric: string; readonly cell: Cell; readonly at: number }[];
  readonly cues: ReadonlyMap<Cue, Cell>;
  /** "named X": the text as typed. */
  readonly named: readonly { readonly text: string; readonly cell: Cell; readonly quoted: boolean }[];
  /** Quoted text that is no name. */
  readonly quotes: readonly Cell[];
  /** Words after "grep", "containing". */
  readonly labels: ReadonlySet<string>;
  readonly negated: boolean;
  /** Words nothing explains. */
  readonly unknown: readonly Cell[];
  /** Preposition before each cell that had one. */
  readonly scope: readonly Mod[];
}

export type Link = 'start' | 'then' | 'and' | 'stop' | 'before' | 'after' | 'instead';

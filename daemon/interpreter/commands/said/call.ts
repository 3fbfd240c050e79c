// How a call of a tool is said in plain words: its verb, what it is about, and what each of its options says. The
// tables of the tools are made of these. Nothing of a call acts by itself: its plain words are read like any others.

export interface SaidCall {
  readonly verb: string;
  /** Verb of the operations it may be; those of `kind` only. */
  readonly does: string;
  readonly kind: string;
  /** The noun, as the reader knows it; empty where the verb says it all. */
  readonly noun: string;
  /**
   * What each option says, with `$` for its value: `$` alone is a target, `# $` how many, `in region of $` the region of a
   * zone; without `$` it has no value, and `_` has one that says nothing here. An option that is not among them makes the
   * call one that cannot be said.
   */
  readonly options: Readonly<Record<string, string>>;
  /** The first bare word is the name of what is made. */
  readonly isNew?: true;
  /** Of two bare names the second is the object, and the first stands behind this word. */
  readonly second?: string;
  /** What stands behind the target where the call says no more: "to $" for a second bare word. */
  readonly last?: string;
  /** A look: at one thing where one is named, else at all of them. */
  readonly isLook?: true;
}

/** What a head of words calls, and how many words it has. */
export interface Head {
  readonly call: SaidCall;
  readonly length: number;
  /** The provider whose tool it is, where the words are said of no other. */
  readonly provider?: string;
  /** Everyday words without the tool: "server stop" orders only where an object follows. */
  readonly isBare?: true;
}

type More = Partial<Pick<SaidCall, 'does' | 'isNew' | 'second' | 'last' | 'isLook'>>;

/** A call that is said `verb noun`. */
export function said(
  verb: string,
  kind: string,
  noun: string,
  options: SaidCall['options'] = {},
  more: More = {},
): SaidCall {
  return { verb, does: more.does ?? verb, kind, noun, options, ...more };
}

/** A look at things of a kind. */
export const look = (kind: string, noun: string, options: SaidCall['options'] = {}): SaidCall =>
  said('show', kind, noun, options, { isLook: true });

/** A call that makes something; its name is a bare word or an option. */
export const making = (
  kind: string,
  noun: string,
  options: SaidCall['options'] = {},
  more: More = {},
): SaidCall => said('create', kind, noun, options, { isNew: true, ...more });

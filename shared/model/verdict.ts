// What the rules say of a plan before anybody is asked: allow, ask, or deny, each with the rule and its reason.

/** Roles of a person towards a connection; each may do what the one before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** How a person has to say yes: a button, or typing what is asked. */
export type ApprovalForm =
  | { readonly kind: 'button' }
  | { readonly kind: 'typed'; readonly expected: string; readonly why: string };

export interface RuleResult {
  readonly rule: string;
  readonly effect: 'allow' | 'ask' | 'deny';
  readonly reason: string;
  /** Set where the rule asks for more than a button. */
  readonly typed?: string;
}

/** `effect` is the strictest of all rules; `rules` lists those that spoke, strictest first. */
export interface Verdict {
  readonly effect: 'allow' | 'ask' | 'deny';
  readonly rules: readonly RuleResult[];
  readonly approval: ApprovalForm;
}

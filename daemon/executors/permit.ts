// The key to every write. Only the runner imports `grantWrite` (a test holds that), so a handler's `perform`
// cannot be called by anybody else without a cast. A permit names the plan, the step and the digest that a
// person approved.

const secret: unique symbol = Symbol('write permit');

export interface WritePermit {
  readonly [secret]: true;
  readonly plan: string;
  readonly step: number;
  readonly digest: string;
}

/** Grants one write. For `daemon/plans/` alone. */
export function grantWrite(plan: string, step: number, digest: string): WritePermit {
  return Object.freeze({ [secret]: true as const, plan, step, digest });
}

// The places in the life of a plan where power may fail, by name and in order. The crash test ends the process at
// each of them; production code only names them. A new boundary of the journal is a new name here, and the crash test
// then covers it by itself.

/** Around one step: each is the moment right after what it names. */
export const stepFaultPoints = [
  /** The audit says that the step is about to be done; the journal does not know yet. */
  'step.audited-before',
  /** The journal knows that a write is meant; the cloud has heard nothing. */
  'step.intended',
  /** The cloud has answered; nobody has noted it. */
  'step.performed-unnoted',
  /** The journal knows that the cloud answered. */
  'step.performed',
  /** The effect was read back; nobody has noted it. */
  'step.verified-unnoted',
  /** The journal knows how the step ended; the audit does not. */
  'step.settled',
  /** The audit knows how the step ended. */
  'step.audited-after',
] as const;

/** Around the plan. */
export const planFaultPoints = [
  /** The approval is in the journal and not in the audit. */
  'plan.approved-unaudited',
  /** The approval is in both; nothing has begun. */
  'plan.approved',
  /** The journal says running; no step has begun. */
  'plan.running',
  /** All steps have ended; the plan has not. */
  'plan.ending',
  /** The journal says how the plan ended; the audit does not. */
  'plan.ended-unaudited',
] as const;

export type FaultPoint = (typeof stepFaultPoints)[number] | (typeof planFaultPoints)[number];

// What every lab has to offer: start, stop, and say how it is. A lab is a real counterpart (a cloud, a cluster)
// that runs on this machine for tests. A machine that cannot run one is an expected outcome with a reason, so
// that a suite can be skipped by name; it is never an exception and never a silent pass. Implemented once per
// folder beside this file, listed in lab.ts.

/** Takes one line of progress. */
export type Report = (line: string) => void;

export type LabOutcome<Description> =
  | { readonly kind: 'ready'; readonly lab: Description; readonly tookMs: number }
  /** This machine can never run it; `reason` continues "cannot run here because …". */
  | { readonly kind: 'impossible'; readonly reason: string }
  /** It should have worked. */
  | { readonly kind: 'failed'; readonly reason: string };

export type LabStatus<Description> =
  | { readonly kind: 'ready'; readonly lab: Description }
  | { readonly kind: 'down' }
  /** Parts of it run, or something else sits on its address. */
  | { readonly kind: 'broken'; readonly reason: string };

export type LabDefinition<Description> = {
  /** One line for a person. */
  readonly title: string;
  /** Starts what is not running and waits until it is really usable. Safe to call from two processes at once. */
  readonly up: (report: Report) => Promise<LabOutcome<Description>>;
  /** `wipe` also forgets its data. */
  readonly down: (report: Report, options: { readonly wipe: boolean }) => Promise<void>;
  /** Asks the lab itself; never starts anything. */
  readonly status: () => Promise<LabStatus<Description>>;
};

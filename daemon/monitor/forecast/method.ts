// What every forecasting method is: a name, whether it can be used on a history, and what it foresees. A method knows
// one history and nothing else; it never sees what it is compared with. New methods are one file and one line in
// `methods.ts`.

/** What a method is told beside the history. */
export interface Ask {
  /** Steps to foresee. */
  readonly horizon: number;
  /** Steps of one season; 1 for none. */
  readonly season: number;
}

export interface Method {
  readonly name: string;
  /** Fewest rows it can work with. */
  rowsMin(ask: Ask): number;
  /** One value a step. Only called with enough rows, none of which is NaN. */
  foresee(history: Float64Array, ask: Ask): Float64Array;
}

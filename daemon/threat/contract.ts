// Threats as the rest of the daemon sees them. What is found stands in the incidents of the watch; here is only how the
// logs fare, so that silence is not taken for safety. Times are milliseconds since the epoch.

/** One log of who did what. */
export interface ThreatLogStatus {
  readonly name: string;
  /** `waiting`: nothing was logged so far. `learning`: too early to say anything. `failing`: it cannot be read, `problem` says why. */
  readonly state: 'waiting' | 'learning' | 'watching' | 'failing';
  /** Time of the first and the last activity that was seen. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Windows of one principal that were learnt from. */
  readonly windows: number;
  readonly principals: number;
  readonly problem?: string;
}

export interface Threats {
  status(): readonly ThreatLogStatus[];
}

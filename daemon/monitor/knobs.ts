// Every number that shapes detection of one series, in one place: all series share them, none is looked up by name.
// They were chosen on public data with a two-fold check (a threshold found on one half was judged on the other).
// Whoever changes one runs the detection bench again; nothing else in this room may hold a tuning constant.

/** The signals of one series that are watched, in the order of their blocks in memory. */
export const streams = ['level', 'trend', 'dispersion', 'slope', 'season'] as const;
export type Stream = (typeof streams)[number];

export const knobs = {
  /** Intervals that cover all values a stream has shown; the widest gaps between them are exact. */
  intervals: 16,
  /** Rows of which one epoch consists, and epochs after which an interval nobody visited is forgotten. */
  epochRows: 1024,
  memoryEpochs: 40,
  /** Bins of the histogram of past novelties: per octave, in all, and the octave of the lowest. */
  binsPerOctave: 4,
  bins: 64,
  lowestOctave: -11,
  /** Rows before anything is judged. */
  warmUpRows: 20,
  /** Tail that is fitted: share of all rows, and share of all novelties, whichever is smaller. */
  tailRows: 0.02,
  tailEvents: 0.5,
  /** Pareto exponent assumed before the tail has shown its own, and how many novelties that assumption weighs. */
  tailExponent: 2,
  tailPrior: 4,
  /** Weight of "rare among novelties" against "rare among rows". */
  eventWeight: 0.6,
  /** Largest surprise of one stream, in decimal orders of magnitude. */
  surpriseMax: 6,
  /** Slowest adaption of a scale, and memory of the histogram, in rows. */
  scaleRows: 20_000,
  tailMemoryRows: 50_000,
  /** Length of the running mean behind `trend`, and of the variance behind `dispersion`, in rows. */
  trendRows: 24,
  dispersionRows: 12,
  /** Distance of the two values behind `slope`. */
  slopeRows: 3,
  /** Slots of a day, pace of one slot, and the share of variance the slots must explain before they are heard. */
  seasonSlots: 48,
  seasonPace: 0.1,
  seasonSkill: 0.5,
  /** What a stream must exceed the leading ones by, in orders of magnitude. */
  discounts: { level: 0, trend: 0, dispersion: 0.5, slope: 0.5, season: 0.5 } as const satisfies Record<
    Stream,
    number
  >,
  /** After a peak so many rows stay silent unless they exceed it by the margin. */
  restRows: 100,
  restMargin: 0.1,
  /** A gap of so many usual steps starts the short memories anew. */
  gapSteps: 20,
  /** So many rows in a row before the last time are a clock that was set back, not stragglers. */
  setBackRows: 5,
  /** Surprise that maps to a score of one half, the line at which a finding is made. */
  alarmSurprise: 1.9,
} as const;

/** Score at and above which a row is a finding; fixed, the same for every series. */
export const alarmScore = 0.5;

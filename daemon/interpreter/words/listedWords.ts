// The words that say which of a list is meant: a place ("the second one", "number 3"), an end of it ("the last two"),
// all of it by their number ("all three"), or the most of it ("the bigger one", "the oldest"). Words in, a choice out;
// nothing here knows what was listed.

/** Which of a list is meant. */
export type Choice =
  | { readonly k: 'all' | 'first' | 'last'; readonly count: number }
  /** Some of it, and not said which. */
  | { readonly k: 'some' }
  /** From the end where it is below zero. */
  | { readonly k: 'place'; readonly index: number }
  | {
      readonly k: 'extreme';
      readonly by: 'size' | 'age';
      readonly most: boolean;
      /** "the bigger one", not "the biggest". */
      readonly isOfTwo: boolean;
    };

const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const cardinals = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const ordinal = `${ordinals.join('|')}|\\d{1,2}(?:st|nd|rd|th)`;
const cardinal = `${cardinals.slice(1).join('|')}|\\d{1,2}`;
const ofThem = '(?: (?:of|from|in|on) (?:them|those|these|the list|that list|this list|your list))?';

const place = new RegExp(`^(the |that |this )?(${ordinal})( one| entry| item)?${ofThem}$`);
const fromEnd = new RegExp(
  `^(the )?(?:very )?(?:(second|third)[ -](?:to[ -])?)?(last|bottom)( one| entry| item)?${ofThem}$`,
);
const some = new RegExp(`^(?:the |those )?(first|last|top|bottom) (${cardinal})(?: ones)?${ofThem}$`);
const numbered =
  /^(?:the )?(?:number|num|nr|no|item|entry|option|#) ?(\d{1,2}|one|two|three|four|five)$|^#(\d{1,2})$/;
const whole = new RegExp(
  `^(?:all (?:the |of the |of those |of these )?(${cardinal})(?: ones)?|(?:all )?(?:the|those|these|them|you) (${cardinal}) of (?:them|those|these)|all (${cardinal})|(?:the|those|these) (${cardinal}))${ofThem}$`,
);
const pair = /^(?:both of (?:those|these|the two)|the pair(?: of them)?|the two(?: of them)?|both the two)$/;
const sizes =
  /^(?:the )(bigger|biggest|larger|largest|smaller|smallest)(?: (?:one|of the two|of them|of those))*$/;
const ages =
  /^(?:the )(older|oldest|newer|newest|latest|youngest|younger|most recent)(?: (?:one|of the two|of them|of those))*$/;

const partly =
  /^(?:just |only |at least )?(?:any one|any two|any|one|either|either one|some|a few|a couple|half|most|several|two|three|\d+)(?: of)? (?:them|those|these|the (?:two|three|four|five|lot))$|^either(?: one)?$/;

const countOf = (said: string): number => {
  const at = cardinals.indexOf(said);
  return at >= 0 ? at + 1 : Number(said);
};

const placeOf = (said: string): number => {
  const at = ordinals.indexOf(said);
  return at >= 0 ? at : Number.parseInt(said, 10) - 1;
};

/** The choice the words stand for; undefined where they are no such words. */
export function chosenBy(words: string): Choice | undefined {
  const some_ = some.exec(words);
  if (some_) {
    const count = countOf(some_[2]!);
    return { k: /^(last|bottom)$/.test(some_[1]!) ? 'last' : 'first', count };
  }
  const at = place.exec(words);
  // "first" alone says when, not which.
  if (at) return at[1] || at[3] ? { k: 'place', index: placeOf(at[2]!) } : undefined;
  const end = fromEnd.exec(words);
  if (end && (end[1] || end[4]))
    return { k: 'place', index: end[2] === 'second' ? -2 : end[2] === 'third' ? -3 : -1 };
  const number = numbered.exec(words);
  if (number) return { k: 'place', index: countOf(number[1] ?? number[2]!) - 1 };
  const all = whole.exec(words);
  if (all) return { k: 'all', count: countOf(all.slice(1).find((one) => one !== undefined)!) };
  if (pair.test(words)) return { k: 'all', count: 2 };
  if (partly.test(words)) return { k: 'some' };
  const size = sizes.exec(words)?.[1];
  if (size) return { k: 'extreme', by: 'size', most: /^(big|larg)/.test(size), isOfTwo: /er$/.test(size) };
  const age = ages.exec(words)?.[1];
  if (age)
    return {
      k: 'extreme',
      by: 'age',
      most: /^(new|lat|young|most)/.test(age),
      isOfTwo: /(older|newer|younger)$/.test(age),
    };
  return undefined;
}

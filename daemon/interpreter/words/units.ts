// The one table of units: numbers in digits and words, sizes in GB, durations in seconds. It refuses what it does
// not know; a bare number never gets a unit here. 1 GB is 1 GiB, as in the model; 1 TB is 1024 GB.

const small: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  dozen: 12,
};
const tens: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

const sizeUnits: Readonly<Record<string, number>> = {
  kb: 1 / 1024 / 1024,
  kib: 1 / 1024 / 1024,
  m: 1 / 1024,
  mb: 1 / 1024,
  mib: 1 / 1024,
  mi: 1 / 1024,
  megabyte: 1 / 1024,
  megabytes: 1 / 1024,
  g: 1,
  gb: 1,
  gib: 1,
  gi: 1,
  gig: 1,
  gigs: 1,
  gigabyte: 1,
  gigabytes: 1,
  gibibyte: 1,
  gibibytes: 1,
  gbs: 1,
  t: 1024,
  tb: 1024,
  tib: 1024,
  ti: 1024,
  tera: 1024,
  teras: 1024,
  terabyte: 1024,
  terabytes: 1024,
  tbs: 1024,
};

const durationUnits: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3_600,
  hr: 3_600,
  hrs: 3_600,
  hour: 3_600,
  hours: 3_600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  w: 604_800,
  wk: 604_800,
  wks: 604_800,
  week: 604_800,
  weeks: 604_800,
  fortnight: 1_209_600,
  fortnights: 1_209_600,
  mo: 2_592_000,
  mos: 2_592_000,
  mth: 2_592_000,
  mths: 2_592_000,
  month: 2_592_000,
  months: 2_592_000,
  quarter: 7_776_000,
  quarters: 7_776_000,
  y: 31_536_000,
  yr: 31_536_000,
  yrs: 31_536_000,
  year: 31_536_000,
  years: 31_536_000,
};

/** A number at the start of the words, and how many words it took; undefined where there is none. */
export function parseNumber(
  words: readonly string[],
): { readonly value: number; readonly length: number } | undefined {
  const first = words[0] ?? '';
  const digits = /^\d{1,3}(,\d{3})+$|^\d+(\.\d+)?$/.test(first)
    ? Number(first.replaceAll(',', ''))
    : undefined;
  if (digits !== undefined) return { value: digits, length: 1 };
  const parts = first.split('-');
  if (parts.length === 2 && parts[0]! in tens && parts[1]! in small)
    return { value: tens[parts[0]!]! + small[parts[1]!]!, length: 1 };
  if (first === 'a' && words[1] === 'dozen') return { value: 12, length: 2 };
  if (first === 'a' && words[1] === 'hundred') return { value: 100, length: 2 };
  if (first === 'a' && words[1] === 'couple') return { value: 2, length: words[2] === 'of' ? 3 : 2 };
  return parseNumberWords(words);
}

function parseNumberWords(words: readonly string[]): { value: number; length: number } | undefined {
  let value: number | undefined;
  let length = 0;
  for (const word of words.slice(0, 6)) {
    if (Object.hasOwn(tens, word) && (value === undefined || value % 100 === 0))
      value = (value ?? 0) + tens[word]!;
    else if (
      Object.hasOwn(small, word) &&
      (value === undefined ||
        (small[word]! < 10 && value % 10 === 0 && value > 10) ||
        (value % 100 === 0 && value >= 100))
    )
      value = (value ?? 0) + small[word]!;
    else if (word === 'hundred' && value !== undefined && value < 100) value *= 100;
    else if (word === 'thousand' && value !== undefined) value *= 1_000;
    else if (word === 'and' && value !== undefined && value >= 100 && length > 0) {
      // "two hundred and fifty"; a trailing "and" is given back below.
    } else break;
    length++;
  }
  if (value === undefined) return undefined;
  if (words[length - 1] === 'and') length--;
  return { value, length };
}

/** GB of a unit word, e.g. 1024 for "TiB"; undefined where it is no size. */
export function sizeUnit(word: string | undefined): number | undefined {
  return word !== undefined && Object.hasOwn(sizeUnits, word) ? sizeUnits[word] : undefined;
}

/** Seconds of a unit word, e.g. 3600 for "hour". */
export function durationUnit(word: string | undefined): number | undefined {
  return word !== undefined && Object.hasOwn(durationUnits, word) ? durationUnits[word] : undefined;
}

/** "200G", "1.5TiB", "50gb" in one token → GB. */
export function parseSizeToken(token: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(token);
  const unit = match && /^(?!m$)/.test(match[2]!) ? sizeUnit(match[2]) : undefined;
  return match && unit !== undefined ? Number(match[1]) * unit : undefined;
}

/** "15m", "2h", "90d", "1h30m" in one token → seconds. */
export function parseDurationToken(token: string): number | undefined {
  if (!/^(\d+(\.\d+)?[a-z]+)+$/.test(token)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of token.matchAll(/(\d+(?:\.\d+)?)([a-z]+)/g)) {
    const size = durationUnit(unit);
    if (size === undefined) return undefined;
    seconds += Number(amount) * size;
  }
  return seconds;
}

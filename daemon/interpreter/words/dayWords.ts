// Days as people say them, made into words a parser of dates knows: "tue-thu" is "tue - thu", "17 and 18 november" is "17
// november and 18 november", "all day yesterday" is "the of yesterday", "today at 7" is "today 7:00". Each word knows the
// token it came from. Called by `times.ts`.

import { filled, isBareHour } from './clockWords.ts';

export interface DayWords {
  readonly words: readonly string[];
  /** The token each word came from. */
  readonly from: readonly number[];
}

interface Word {
  readonly text: string;
  readonly from: number;
}

const day =
  /^(mon|tues?|wed|thu|thurs?|fri|sat|sun)$|^(mon|tues|wednes|thurs|fri|satur|sun)day$|^(to|yester)day$/;
const month =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/;
const dayNumber = /^([1-9]|[12]\d|3[01])(st|nd|rd|th)?$/;
const joins = /^(and|to|until|till|through|thru|-|–|&)$/;

/** The words of tokens. */
export function dayWords(given: readonly string[], nowMs: number): DayWords {
  let words: readonly Word[] = given.map((text, from) => ({ text, from }));
  for (const turn of [withHyphens, withSharedMonth, withWholeDays, withHourOfDay]) words = turn(words);
  const said = words.map(({ text }) => text);
  const before = said.findIndex(
    (one, at) => one === 'day' && said[at + 1] === 'before' && said[at + 2] === 'yesterday',
  );
  if (before >= 0 && before < 4)
    said.splice(before, 3, new Date(nowMs - 2 * 86_400_000).toISOString().slice(0, 10), filled, filled);
  return { words: said, from: words.map(({ from }) => from) };
}

/** "tue-thu", "17-18 nov", "wed 14-16": one token that joins two ends. */
function withHyphens(words: readonly Word[]): readonly Word[] {
  if (!words.some(({ text }) => text.includes('-') || text.includes('–'))) return words;
  return words.flatMap((word, at) => {
    const [left = '', right = '', more] = word.text.split(/[-–]/);
    const isDays = day.test(left) && day.test(right);
    const isBeside = month.test(words[at + 1]?.text ?? '') || month.test(words[at - 1]?.text ?? '');
    const isNumbers = dayNumber.test(left) && dayNumber.test(right) && isBeside;
    const isHours = isHour(left) && isHour(right) && day.test(words[at - 1]?.text ?? '');
    if (more !== undefined || !(isDays || isNumbers || isHours)) return [word];
    return [left, '-', right].map((text) => ({ text: weekday(text), from: word.from }));
  });
}

/** "tue": its whole name, which begins a time. */
const weekday = (text: string): string =>
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].find(
    (name) => /^[a-z]{3,}$/.test(text) && day.test(text) && name.startsWith(text.slice(0, 3)),
  ) ?? text;

const isHour = (text: string): boolean => /^([01]?\d|2[0-4])$/.test(text);

/** "17 and 18 november", "november 18th and 19th": both of that month. */
function withSharedMonth(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex(
    ({ text }, index) =>
      joins.test(text) &&
      dayNumber.test(words[index - 1]?.text ?? '') &&
      dayNumber.test(words[index + 1]?.text ?? ''),
  );
  if (at < 1) return words;
  const [before, behind] = [words[at - 2], words[at + 2]];
  if (behind && month.test(behind.text) && !(before && month.test(before.text)))
    return [...words.slice(0, at), { text: behind.text, from: words[at - 1]!.from }, ...words.slice(at)];
  const isPlain = words[at]!.text === '-' || /\D$/.test(words[at + 1]!.text);
  if (before && month.test(before.text) && isPlain && !month.test(behind?.text ?? ''))
    return [
      ...words.slice(0, at + 1),
      { text: before.text, from: words[at + 1]!.from },
      ...words.slice(at + 1),
    ];
  return words;
}

const whole = /^(all|whole|entire)$/;

/** "all day yesterday", "the whole of tuesday": the day itself. */
function withWholeDays(words: readonly Word[]): readonly Word[] {
  if (!words.some(({ text }) => whole.test(text))) return words;
  const lead = words.findIndex(({ text }) => !/^(for|during|over|on|the|throughout|in)$/.test(text));
  const [first, second, third] = words.slice(lead, lead + 3).map(({ text }) => text);
  if (lead < 0 || !whole.test(first ?? '')) return words;
  const put = (...texts: readonly string[]): readonly Word[] =>
    words.map((word, at) => ({ ...word, text: texts[at - lead] ?? word.text }));
  const isDay = (text: string | undefined): boolean =>
    text !== undefined && (day.test(text) || text === 'last');
  if (second === 'day' && /^(of|on|long)$/.test(third ?? '') && isDay(words[lead + 3]?.text))
    return put('of', 'of', 'of');
  if (/^(day|of|through)$/.test(second ?? '') && isDay(third)) return put('of', 'of');
  return words;
}

/** "since today at 7", "yesterday 7 o'clock", "since this morning 7". */
function withHourOfDay(words: readonly Word[]): readonly Word[] {
  const said = words.map(({ text }) => text);
  const at = said.findIndex((text, index) => {
    const isClock = /^o'?clock$/.test(said[index + 1] ?? '');
    if (!isHour(text) || !(isClock || isBareHour(said, index + 1)) || index === 0) return false;
    const before = said[index - 1]!;
    const isAt = before === 'at';
    const named = isAt ? (said[index - 2] ?? '') : before;
    const isMorning = named === 'morning' && said[isAt ? index - 3 : index - 2] === 'this';
    return (day.test(named) && (isAt || isClock || said[0] === 'since')) || (isMorning && index < 6);
  });
  if (at < 0) return words;
  const isMorning = said.slice(Math.max(0, at - 2), at).includes('morning');
  return words.map((word, index) => {
    if (index === at) return { ...word, text: `${word.text.padStart(2, '0')}:00` };
    if (index === at - 1 && word.text === 'at') return { ...word, text: filled };
    if (index === at + 1 && /^o'?clock$/.test(word.text)) return { ...word, text: filled };
    if (isMorning && word.text === 'this' && at - index < 4) return { ...word, text: 'today' };
    if (isMorning && word.text === 'morning' && at - index < 3) return { ...word, text: filled };
    return word;
  });
}

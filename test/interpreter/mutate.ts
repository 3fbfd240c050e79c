// What happens to sentences on their way from a head to a keyboard: slips, politeness, noise, words in another order.
// Every change comes from a seeded source. None of them adds a thing to destroy.

import type { Random } from './random.ts';

/** Noise with no meaning for any operation. */
const noise = [
  'um',
  'actually',
  'like',
  'you know',
  'asap',
  'for real',
  'honestly',
  'folks',
  'quickly',
  'frankly',
  'lovely',
  'today',
  'somehow',
  'blah',
  'really',
];
const before = [
  'sorry to bother you but ',
  'good morning! ',
  'as discussed with Anna, ',
  'quick one: ',
  'urgent!! ',
  'hey @ops ',
  'when you have a minute, ',
];
const after = [
  ' thanks a lot',
  ' :pray:',
  ' - much appreciated',
  ', it is getting late here',
  ' because customers are complaining',
  ', cheers',
  ' before the meeting',
];

export type Mutation = (text: string, random: Random) => string;

/** A slip of letters: with other digits it would be the name of another thing, which nobody could tell from a wish. */
function typo(word: string, random: Random): string {
  const slipped = slip(word, random);
  const letters = (text: string): string => text.replace(/\d+/g, '');
  return letters(slipped) === letters(word) ? word : slipped;
}

function slip(word: string, random: Random): string {
  if (word.length < 4) return word;
  const at = 1 + random.whole(word.length - 2);
  switch (random.whole(4)) {
    case 0:
      return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
    case 1:
      return word.slice(0, at) + word.slice(at + 1);
    case 2:
      return word.slice(0, at) + word.charAt(at) + word.slice(at);
    default:
      return word.slice(0, at) + 'abcdefghijklmnopqrstuvwxyz'.charAt(random.whole(26)) + word.slice(at + 1);
  }
}

export const mutations: Readonly<Record<string, Mutation>> = {
  typos: (text, random) =>
    text
      .split(' ')
      .map((word) => (random.chance(0.3) ? typo(word, random) : word))
      .join(' '),
  politeness: (text, random) => `${random.pick(before)}${text}${random.pick(after)}`,
  noise: (text, random) =>
    text
      .split(' ')
      .flatMap((word) => (random.chance(0.25) ? [random.pick(noise), word] : [word]))
      .join(' '),
  shuffle: (text, random) => {
    const words = text.split(' ');
    for (let at = words.length - 1; at > 0; at--) {
      const other = random.whole(at + 1);
      [words[at], words[other]] = [words[other]!, words[at]!];
    }
    return words.join(' ');
  },
  capitals: (text) => text.toUpperCase(),
  all: (text, random) =>
    mutations.politeness!(mutations.noise!(mutations.typos!(text, random), random), random),
};

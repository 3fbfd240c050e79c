// The features of words beside an order, for the judge: its words with names and figures masked, in ones, twos and
// threes, with a gap, by where they stand and by what is ordered. Pure; the trainer and the reader use the same.

import { type Cell, senseOf } from '../words/cells.ts';

/** Where the words stand. */
export type Side = 'before' | 'behind';
/** What is ordered: something is destroyed, taken out of use, changed while it is used, or made and shown; or what
 * somebody else asked for is cancelled, for which a no is the reason. */
export type Deed = 'destroys' | 'stops' | 'changes' | 'makes' | 'cancels';

const stops =
  /^(?:stop|suspend|pause|detach|unassign-ip|close-port|cordon|drain|untag|policy\.disable|silence)\b/;
const changes = /^(?:reboot|restart|rollout-restart|resize|scale|migrate|rollback|set-image|revert|move)\b/;

export function deedOf(operation: string): Deed {
  if (operation === 'action.cancel') return 'cancels';
  if (/^(?:delete|terminate|end)\b/.test(operation)) return 'destroys';
  if (stops.test(operation)) return 'stops';
  return changes.test(operation) ? 'changes' : 'makes';
}

const wordsMax = 60;

/** The words of cells, in lower case; what is a name or quoted is "□", a figure "#". */
export function maskedWords(cells: readonly Cell[]): readonly string[] {
  return cells
    .flatMap((cell) => {
      if (cell.quoted || senseOf(cell, 'name')?.exact) return ['□'];
      return cell.low.replace(/’/g, "'").match(/[a-z][a-z'-]*|\d[\w:.%]*|[?+=]|[^\s\w.,;:!()"'-]+/g) ?? [];
    })
    .map((word) => (/^\d/.test(word) ? (/^\d{1,2}(?::\d\d|am|pm)/.test(word) ? '#:' : '#') : word))
    .slice(0, wordsMax);
}

const classes: readonly (readonly [name: string, words: RegExp])[] = [
  ['me', /^(?:i|we|me|us|my|our|i'm|we're|i've|we've|i'll|we'll)$/],
  [
    'they',
    /^(?:he|she|they|him|her|them|his|their|someone|somebody|everybody|everyone|people|who|team|nobody)$/,
  ],
  ['it', /^(?:it|its|it's|this|that|that's|these|those|one|ones)$/],
  ['not', /^(?:not|no|never|nothing|none|nor|neither|without|.*n't|dont|cant|wont|isnt)$/],
  ['must', /^(?:must|should|shall|has|have|needs?|ought|gotta)$/],
  ['may', /^(?:may|might|can|could|would|maybe|perhaps|possibly|probably)$/],
  ['will', /^(?:will|going|gonna|'ll|about)$/],
  ['is', /^(?:is|are|am|be|being|'s)$/],
  [
    'was',
    /^(?:was|were|had|did|been|got|went|came|said|told|gave|took|saw|broke|left|lost|made|found|died)$/,
  ],
  [
    'if',
    /^(?:if|unless|when|once|until|till|while|whenever|provided|as|before|after|since|because|so|then)$/,
  ],
  ['but', /^(?:but|only|just|except|instead|rather|though|although|however|yet|still|first|also|too)$/],
  [
    'time',
    /^(?:today|tomorrow|tonight|yesterday|now|later|soon|morning|evening|night|noon|afternoon|weekend|week|month|year|hour|hours|minutes?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|ago|am|pm|o'clock|january|february|march|april|june|july|august|september|october|november|december|#:)$/,
  ],
  ['the', /^(?:the|a|an|some|any|all|every|each|both|another|other)$/],
  ['of', /^(?:of|in|on|at|for|to|from|with|by|into|out|up|down|off|over|under)$/],
  ['ed', /.{2}ed$/],
  ['ing', /.{2}ing$/],
  ['□', /^□$/],
  ['#', /^#$/],
];

const classOf = (word: string): string => classes.find(([, words]) => words.test(word))?.[0] ?? '.';

/** Features by name; each once. */
export function featuresOf(words: readonly string[], side: Side, deed: Deed): readonly string[] {
  const found = new Set<string>([`${side} ${deed}`, `${side} of ${Math.min(6, words.length >> 1)}`]);
  const all = ['<', ...words, '>'];
  all.forEach((word, at) => {
    const [before, last] = [all[at - 2], all[at - 1]];
    found.add(word);
    found.add(`${side}: ${word}`);
    found.add(`${deed}: ${word}`);
    if (last !== undefined) found.add(`${last} ${word}`);
    if (before !== undefined) {
      found.add(`${before} ${last} ${word}`);
      found.add(`${before} _ ${word}`);
    }
    if (word.length > 5) {
      found.add(`${word.slice(0, 4)}-`);
      found.add(`-${word.slice(-3)}`);
    }
  });
  const sorts = all.map(classOf);
  sorts.forEach((sort, at) => {
    if (at > 0) found.add(`~${sorts[at - 1]} ${sort}`);
    if (at > 1) found.add(`~${sorts[at - 2]} ${sorts[at - 1]} ${sort}`);
    if (at > 2) found.add(`~${sorts[at - 3]} ${sorts[at - 2]} ${sorts[at - 1]} ${sort}`);
    if (at > 0) found.add(`~${sorts[at - 1]} ${all[at]}`);
    if (at > 0) found.add(`~${all[at - 1]} ${sort}`);
    if (at > 1) found.add(`~${sorts[at - 2]} ${all[at - 1]} ${sort}`);
  });
  return [...found];
}

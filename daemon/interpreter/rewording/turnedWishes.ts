// A wish in the build of another tongue or of somebody who thinks aloud, as the wish it is: "what I would need is that a is
// stopped", "a snapshot of b is what I need", "I have need of a machine", "until then I already need …", "one network x and
// one group y, create both", "a keypair named z would be nice". Every word that bounds or denies stays where it was. Called
// first, so that every reader and guard sees the plain form.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { isMark, low } from './turnedOrders.ts';

/** The cells with each such wish said plainly. */
export function withTurnedWishes(cells: readonly Cell[]): readonly Cell[] {
  return [
    withItNeeded,
    withNecessary,
    withNeedOf,
    withAskedFor,
    withNeedNow,
    withNeedForThat,
    withOneOfThem,
    withWhatIsNeeded,
    withNeededLast,
    withBothMade,
  ].reduce((said, turn) => turn(said), cells);
}

const wish = (cell: Cell, text: string): Cell => plain(cell, text, word('filler'));

/** "it is needed a new security group", "there is required a reboot of a", "needed: a network b": we need it. */
function withItNeeded(cells: readonly Cell[]): readonly Cell[] {
  const isNeeded = (at: number): boolean => /^(needed|required|necessary)$/.test(low(cells[at]));
  const isNew = (at: number): boolean =>
    /^(a|an|one|another)$/.test(low(cells[at])) ||
    (cells[at]?.quoted === false && !!senseOf(cells[at], 'kind'));
  const at = cells.findIndex((cell, index) => {
    const isFree = index === 0 || isMark(cells[index - 1]) || isWord(cells[index - 1], 'filler');
    const isHeading = isNeeded(index) && isWord(cells[index + 1], 'colon') && isNew(index + 2);
    const isSaid =
      /^(it is|there is|there are|its)$/.test(low(cell)) && isNeeded(index + 1) && isNew(index + 2);
    return isFree && (isHeading || isSaid);
  });
  if (at < 0 || cells.some((cell) => low(cell) === '?')) return cells;
  return [...cells.slice(0, at), wish(cells[at]!, 'we need'), ...cells.slice(at + 2)];
}

/** "is necessary to reboot web-1", "would be important to …": it is, where nothing asks whether. */
function withNecessary(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      isBase(cell) && low(cells[index - 1]) === 'to' && necessary.test(low(cells[index - 2])) && index > 2,
  );
  const be = low(cells[at - 4]) === 'would' ? at - 4 : at - 3;
  const isAlone =
    /^(is|would)$/.test(low(cells[be])) &&
    (be === 0 || isMark(cells[be - 1]) || cells.slice(0, be).every((cell) => isWord(cell, 'filler')));
  const end = cells.findIndex((cell, index) => index > at && isWord(cell, 'stop'));
  if (at < 0 || !isAlone || low(cells[end]) === '?') return cells;
  return [...cells.slice(0, be), wish(cells[be]!, `it is ${low(cells[at - 2])} to`), ...cells.slice(at)];
}

const necessary =
  /^(necessary|needed|required|requested|important|urgent|essential|imperative|mandatory|advisable)$/;

/** "I have need of one new machine" */
function withNeedOf(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      /^(i|we)( have| got)$/.test(low(cell)) &&
      low(cells[index + 1]) === 'need' &&
      low(cells[index + 2]) === 'of',
  );
  if (at < 0) return cells;
  return [
    ...cells.slice(0, at),
    wish(cells[at]!, /^we/.test(low(cells[at])) ? 'we need' : 'i need'),
    ...withoutPleaBehind(cells.slice(at + 3)),
  ];
}

/** "…, please create": what is needed is to be made anyway. */
function withoutPleaBehind(cells: readonly Cell[]): readonly Cell[] {
  let end = cells.length;
  while (end > 0 && isMark(cells[end - 1]) && low(cells[end - 1]) !== '?') end--;
  const verb = cells[end - 1];
  const please = cells[end - 2];
  const isPlea =
    /^(create|make|provision|set up)$/.test(low(verb)) &&
    isBase(verb) &&
    /^(please|pls|plz|kindly)$/.test(low(please));
  if (!isPlea) return cells;
  const rest = cells.slice(0, end - 2);
  return [...(isMark(rest.at(-1)) ? rest.slice(0, -1) : rest), please!, ...cells.slice(end)];
}

/** "may I ask for a volume" */
function withAskedFor(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      /^(may|can|could) (i|we) ask for$/.test(low(cell)) &&
      /^(a|an|another|one)$/.test(low(cells[index + 1])),
  );
  return at < 0
    ? cells
    : [
        ...cells.slice(0, at),
        wish(cells[at]!, 'i need'),
        ...cells.slice(at + 1).filter((cell) => low(cell) !== '?'),
      ];
}

/** "until then I already need", "we urgently need": needed. */
function withNeedNow(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex(
    (cell, at) =>
      /^(need|want|require)$/.test(low(cell)) &&
      /^(already|urgently|still|now|really|just|quickly|badly|definitely)$/.test(low(cells[at - 1])) &&
      /^(i|we)$/.test(low(cells[at - 2])),
  );
  if (need < 0) return cells;
  const from = need - 2;
  const isThen =
    /^(until|till|by)$/.test(low(cells[from - 2])) &&
    low(cells[from - 1]) === 'then' &&
    (from === 2 || isMark(cells[from - 3]));
  const who = low(cells[from]);
  return [
    ...cells.slice(0, isThen ? from - 2 : from),
    wish(cells[from]!, `${who} need`),
    ...cells.slice(need + 1),
  ];
}

/** "I'd like to follow the tutorial, and for that I need …" */
function withNeedForThat(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      /^and for$/.test(low(cell)) &&
      /^(that|this|it)$/.test(low(cells[index + 1])) &&
      /^(i|we) (need|want|would need|would like)$/.test(low(cells[index + 2])) &&
      isMark(cells[index - 1]),
  );
  return at < 0
    ? cells
    : [...cells.slice(0, at - 1), plain(cells[at - 1]!, '.', word('stop')), ...cells.slice(at + 2)];
}

/** "I should get a keypair of my own, so I'd like to have one created with the name x": a keypair. */
function withOneOfThem(cells: readonly Cell[]): readonly Cell[] {
  const one = cells.findIndex(
    (cell, at) =>
      low(cell) === 'one' &&
      /^(created|made|set up|named|called|with the name)$/.test(low(cells[at + 1])) &&
      /^(have|get|need|want|create|make|would like)$/.test(
        low(cells[at - 1])
          .split(' ')
          .at(-1)!,
      ),
  );
  const before = cells.slice(0, Math.max(0, one));
  const noun = before.findLastIndex(
    (cell) => senseOf(cell, 'kind') && !cell.quoted && !senseOf(cell, 'name'),
  );
  const isNew = /^(a|an|another)$/.test(low(before[noun - 1]));
  const isOther = before.some((cell) => isWord(cell, 'not', 'if') && !isWord(cell, 'filler'));
  if (one < 0 || !isNew || isOther || senseOf(before[noun], 'kind')!.plural) return cells;
  let from = noun;
  while (from > 0 && !isMark(cells[from - 1])) from--;
  let end = noun;
  while (end < one && !isMark(cells[end])) end++;
  // What was said before it only leads to it.
  const lead = end < one && isMark(cells[end]) ? cells.slice(0, from) : before;
  const article = plain(cells[one]!, 'a', word('det'));
  const behind = cells.slice(end + 1, one);
  const skipped = /^(so|and|hence|therefore)$/.test(low(behind[0])) ? behind.slice(1) : behind;
  const rest = cells.slice(one + 1);
  const made = /^(created|made|set up)$/.test(low(rest[0])) ? rest.slice(1) : rest;
  return [...lead, ...skipped, article, before[noun]!, ...made];
}

/** "what I would need is that all are stopped": I need that. */
function withWhatIsNeeded(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      /^what$/.test(low(cell)) &&
      /^(i|we) (would )?(need|want|like|require)$/.test(low(cells[index + 1])) &&
      /^(is|would be)$/.test(low(cells[index + 2])),
  );
  if (
    at < 0 ||
    !(
      at === 0 ||
      isMark(cells[at - 1]) ||
      /^(and|so|but)$/.test(low(cells[at - 1])) ||
      isWord(cells[at - 1], 'filler')
    )
  )
    return cells;
  const rest = cells.slice(at + 3);
  // "what I need is a list", "what I need is how many": asked.
  const isThat = low(rest[0]) === 'that' && rest.length > 2;
  const isNew = /^(a|an|another|one)$/.test(low(rest[0]));
  if (!isThat && !isNew) return cells;
  const who = low(cells[at + 1])
    .slice(0, 2)
    .trim();
  const isAnd = /^(and|so|but)$/.test(low(cells[at - 1]));
  const lead = cells.slice(0, isAnd ? at - 1 : at);
  // "Dave showed me a, and what I need is …": a sentence of its own.
  const end = isWord(lead.at(-1), 'comma')
    ? [...lead.slice(0, -1), plain(lead.at(-1)!, '.', word('stop'))]
    : lead;
  return [...end, wish(cells[at]!, `${who} ${isThat ? 'want' : 'need'}`), ...rest];
}

/** "a snapshot of b is what I need", "new machine needed: …": I need it. */
function withNeededLast(given: readonly Cell[]): readonly Cell[] {
  const cells = withNewNeeded(withWouldBeNice(given));
  const what = cells.findIndex(
    (cell, at) =>
      at > 2 &&
      /^(what|all)$/.test(low(cell)) &&
      low(cells[at - 1]) === 'is' &&
      /^(i|we) (would )?(need|want)$/.test(low(cells[at + 1])),
  );
  const start = cells.findLastIndex((cell, at) => at < what && isMark(cell)) + 1;
  if (what < 0 || !/^(a|an|another|one)$/.test(low(cells[start]))) return cells;
  const who = low(cells[what + 1])
    .slice(0, 2)
    .trim();
  return [
    ...cells.slice(0, start),
    wish(cells[what]!, `${who} need`),
    ...cells.slice(start, what - 1),
    ...cells.slice(what + 2),
  ];
}

/** "a network called x would be great", "I'd be glad about a snapshot of b" */
function withWouldBeNice(cells: readonly Cell[]): readonly Cell[] {
  const would = cells.findIndex((cell) => low(cell) === 'would');
  if (would < 0 || low(cells[would + 1]) !== 'be') return cells;
  const about = cells.slice(would + 3);
  const isGlad =
    /^(i|we)$/.test(low(cells[would - 1])) &&
    /^(glad|happy|grateful|thankful)$/.test(low(cells[would + 2])) &&
    /^(about|for|with)$/.test(low(about[0])) &&
    /^(a|an|another|one)$/.test(low(about[1]));
  if (isGlad)
    return [
      ...cells.slice(0, would - 1),
      wish(cells[would]!, `${low(cells[would - 1])} need`),
      ...about.slice(1),
    ];
  const start = cells.findLastIndex((cell, at) => at < would && isMark(cell)) + 1;
  const thing = cells.slice(start, would);
  const isNew =
    /^(a|an|another|one)$/.test(low(thing[0])) &&
    thing.some((cell) => isWord(cell, 'named', 'of') || cell.senses.length === 0) &&
    !thing.some((cell) => isWord(cell, 'not', 'if', 'or') && !isWord(cell, 'filler'));
  const rest = cells.slice(would + 3);
  const isNice =
    /^(nice|great|good|lovely|perfect|helpful|handy|useful|cool|fine|ideal|appreciated|welcome)$/.test(
      low(cells[would + 2]),
    ) && rest.every((cell) => isMark(cell) || (isWord(cell, 'filler') && !isWord(cell, 'if')));
  return isNew && isNice
    ? [...cells.slice(0, start), wish(cells[would]!, 'i need'), ...thing, ...rest]
    : cells;
}

function withNewNeeded(cells: readonly Cell[]): readonly Cell[] {
  const first = /^(a|one|another)$/.test(low(cells[0])) ? 1 : 0;
  const noun = low(cells[first]) === 'new' ? first + 1 : first;
  const kind = senseOf(cells[noun], 'kind');
  const isNeeded =
    kind?.plural === false &&
    /^(needed|required|wanted|requested)$/.test(low(cells[noun + 1])) &&
    isMark(cells[noun + 2]);
  if (!isNeeded || low(cells[noun + 2]) === '?') return cells;
  return [
    wish(cells[noun + 1]!, 'i need'),
    plain(cells[0]!, 'a', word('det')),
    ...cells.slice(low(cells[first]) === 'new' ? first : noun, noun + 1),
    plain(cells[noun + 2]!, ',', word('comma')),
    ...cells.slice(noun + 3),
  ];
}

/** "one network x and one group y, create both": create one and the other. */
function withBothMade(cells: readonly Cell[]): readonly Cell[] {
  const make = cells.findIndex(
    (cell, at) => at > 4 && isBase(cell) && /^(create|make|provision|set up)$/.test(low(cell)),
  );
  if (
    make < 0 ||
    !/^(both|both of them|them both|all of them|all three|them|these|those)$/.test(low(cells[make + 1]))
  )
    return cells;
  let end = make;
  while (isWord(cells[end - 1], 'filler', 'comma', 'stop', 'colon') && !senseOf(cells[end - 1], 'name'))
    end--;
  let from = end;
  while (from > 0 && !isWord(cells[from - 1], 'colon', 'stop')) from--;
  const listed = cells.slice(from, end);
  const isApart = cells.slice(end, make).some(isMark);
  const articles = listed.filter((cell) => /^(a|an|one|another)$/.test(low(cell)));
  const isRest = cells
    .slice(make + 2)
    .every((cell) => isWord(cell, 'stop', 'filler', 'comma') && low(cell) !== '?');
  const isOpen = listed.some(
    (cell) => isBase(cell) || isWord(cell, 'not', 'or', 'if', 'be', 'have', 'what', 'who', 'need', 'pronoun'),
  );
  const lead = cells.slice(0, from);
  const isLead =
    lead.length === 0 ||
    (low(lead[0]) === 'for' && !lead.some((cell) => isBase(cell) || senseOf(cell, 'name')));
  if (
    !isApart ||
    articles.length < 2 ||
    !/^(a|an|one|another)$/.test(low(listed[0])) ||
    !isRest ||
    isOpen ||
    !isLead
  )
    return cells;
  const bare = listed.map((cell) => (low(cell) === 'one' ? plain(cell, 'a', word('det')) : cell));
  return [cells[make]!, ...bare, ...cells.slice(make + 2)];
}

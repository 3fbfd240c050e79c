// What an order is for, when and for whom, behind its parts: "before the lads touch it", "for finance", "to repro a bug",
// "so that we can test", "for no good reason". Such a tail says nothing of what is to be done. It is left out only where
// no word of it is a name, a figure, a place, a kind, an order or a bound, and "for finance" only where the order names
// its things one by one: of a set it may say which. Called by `withoutReasons`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';

const lead =
  /^(before|for|to|so|so that|in order to|because of|due to|ahead of|during|until|till|as|while|from|per|on behalf of|at|on|in)$/;
/** What a tail may not hold: it could bound, deny, join or turn the order. */
const bounding = [
  'not',
  'except',
  'only',
  'if',
  'or',
  'instead',
  'insteadOf',
  'stays',
  'correction',
  'afterwards',
  'after',
  'comma',
  'stop',
  'colon',
  'open',
  'close',
  'named',
  'tagged',
  'undoCue',
  'again',
  'first',
  'all',
  'any',
  'both',
  'other',
  'everything',
  'outside',
  'port',
  'anyone',
  'everyNs',
  'wherever',
] as const;
const clock = /^(o'clock|oclock|am|pm|h)$/;
const cellsMax = 9;

/** The part without what only says why, when or for whom. */
export function withoutPurpose(part: readonly Cell[]): readonly Cell[] {
  let said = part;
  for (let at = part.length - 1; at > 1; at--) {
    const end = endOf(said, at);
    if (end > at + 1 && end - at <= cellsMax && isPurpose(said.slice(at, end), said.slice(0, at)))
      said = [...said.slice(0, at), ...said.slice(end)];
  }
  return said;
}

/** "our tester needs a machine", "the chap from the agency needs …": who needs it, where nobody here is called so. */
export function withoutNeeder(part: readonly Cell[]): readonly Cell[] {
  const need = part.findIndex((cell) => isWord(cell, 'need') && !cell.quoted);
  const who = part.slice(0, Math.max(0, need));
  const isSomebody =
    who.some((cell) => isStrange(cell) && !isWord(cell, 'filler')) &&
    who.length <= cellsMax &&
    who.every(
      (cell) =>
        isStrange(cell) ||
        (isWord(cell, 'det', 'their', 'of', 'prep', 'possessive', 'filler', 'because') &&
          !senseOf(cell, 'name')),
    ) &&
    /^(needs?|wants?|requires?|must have|should have|should get|has to have|needs to have|could use|would need)$/.test(
      part[need]!.low,
    );
  return isSomebody ? part.slice(need) : part;
}

/** Up to the mark or the word of request behind it. */
function endOf(part: readonly Cell[], from: number): number {
  let end = from + 1;
  while (
    end < part.length &&
    (part[end]!.quoted ||
      !(
        isWord(part[end], 'comma', 'stop', 'colon', 'open', 'close', 'named', 'before', 'afterwards') ||
        /^(please|pls|plz|kindly|and|for|to|so|so that|because)$/.test(part[end]!.low)
      ))
  )
    end++;
  return end;
}

function isPurpose(tail: readonly Cell[], before: readonly Cell[]): boolean {
  const [first, ...rest] = tail;
  // "before tonight's update"
  const isBefore = /^before /.test(first?.low ?? '') && isWord(rest[0], 'possessive');
  if (!first || first.quoted || !(lead.test(first.low) || isBefore) || senseOf(first, 'name')) return false;
  if (!before.some(isOrderPart) || rest.length === 0) return false;
  const isSaid = rest.some((cell) => isStrange(cell)) || isDeedNoun(rest.at(-1)!);
  const isFor = /^(for|from|on behalf of|per|at|on|in)$/.test(first.low);
  if (isFor && !isEachNamed(before)) return false;
  // "to the pool" places, "to repro a bug" does not: what follows is a verb of somebody's own.
  if (first.low === 'to' && !isStrange(rest[0]!)) return false;
  // "at the board's wish", never "on finance": where it is has a name nobody here knows.
  if (/^(at|on|in|from)$/.test(first.low) && !occasion.test(rest.at(-1)!.low)) return false;
  return isSaid && rest.every((cell, at) => isIdle(cell, rest[at + 1], rest[at - 1]));
}

const occasion =
  /^(request|wish|behalf|advice|order|demand|suggestion|meeting|call|demo|morning|afternoon|evening|time|moment|meantime|audit|test|launch|opinion|view)$/;

/** A word that nothing here is called, and that orders nothing. */
const isStrange = (cell: Cell): boolean =>
  !cell.quoted &&
  /^[\p{L}'’-]+$/u.test(cell.text) &&
  (cell.senses.length === 0 || isWord(cell, 'filler', 'changed', 'ask')) &&
  !senseOf(cell, 'name');

const isIdle = (cell: Cell, next: Cell | undefined, before: Cell | undefined): boolean => {
  if (cell.quoted) return false;
  // "before tonight's update": a noun at the end.
  const isNoun = isWord(before, 'det', 'possessive', 'their') || (before !== undefined && isStrange(before));
  if (next === undefined && isNoun && isWord(cell, 'possessive') === false && isDeedNoun(cell)) return true;
  if (isWord(cell, 'possessive')) return true;
  if (isWord(cell, ...bounding) && !isWord(cell, 'filler')) return false;
  if (senseOf(cell, 'value')) return next !== undefined && clock.test(next.low);
  if (clock.test(cell.low)) return true;
  return (
    isStrange(cell) ||
    (isWord(cell, 'det', 'pronoun', 'demonstrative', 'their', 'of', 'prep', 'be', 'have', 'do', 'because') &&
      !senseOf(cell, 'name') &&
      !senseOf(cell, 'status')) ||
    cell.senses.every(({ t }) => t === 'time')
  );
};

/** "the update", "tonight's upgrade" */
const isDeedNoun = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  /^(update|upgrade|release|deploy|deployment|migration|rollout|maintenance|patch|patching|cleanup|move|switch|cutover|restore|reboot|restart|backup|test|run|work|change|changes)$/.test(
    cell.low,
  );

/** A deed, or something that is asked for. */
const isOrderPart = (cell: Cell): boolean =>
  senseOf(cell, 'verb') !== undefined || isWord(cell, 'need', 'filler', 'named');

/** Every thing of the order has its own name, or is new and gets one. */
function isEachNamed(before: readonly Cell[]): boolean {
  const isSet = before.some(
    (cell, at) =>
      !cell.quoted &&
      (isWord(cell, 'all', 'any', 'both', 'everything') ||
        senseOf(cell, 'glob') !== undefined ||
        (senseOf(cell, 'kind')?.plural === true &&
          !senseOf(cell, 'name') &&
          !senseOf(before[at + 1], 'name'))),
  );
  return (
    !isSet && before.some((cell) => cell.quoted || senseOf(cell, 'name')?.exact || isWord(cell, 'named'))
  );
}

// How an order is to be carried out, where no step can keep to it: "scale cart to 5, slowly", "drain worker-3, daemonsets
// ignored", "create a volume of 20 GB, encrypted", "stop web-1, dry run", "snapshot db-1 daily". Without such a word more or other is done than
// was said, so that the plan is offered as a question. An adverb is known by its ending, and only those that say nothing of
// how are let through. Called by `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { isPredicate } from '../steps/split.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { type Doubt, partsOf } from './objections.ts';

/** The manner that no step keeps, if one was said. */
export function unkeptManner({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const evidence = steps.flatMap((step) => step.evidence);
  const isRead = (cell: Cell): boolean =>
    evidence.some(({ start, end }) => start < cell.end && cell.start < end);
  const parts = partsOf(cells);
  const first = parts.findIndex((part) => part.some(isRead));
  const isSeveral =
    steps.length > 1 || steps.some(({ target }) => target?.kind === 'resources' && target.ids.length > 1);
  const isMaking = steps.some(({ operation }) => operation.startsWith('create.'));
  for (const [at, part] of parts.entries()) {
    if (at < first || part.some((cell) => cell.quoted)) continue;
    const said = part.filter((cell) => !isWord(cell, 'det', 'prep', 'and') || senseOf(cell, 'verb'));
    if (said.length === 0 || isTold(part, isRead)) continue;
    const own = said.find(
      (cell) =>
        !isRead(cell) &&
        isAdverb(cell) &&
        !(isSeveral && inRow.test(cell.low)) &&
        !(steps.length > 1 && isWord(cell, 'afterwards')) &&
        !isWord(part[part.indexOf(cell) - 1], 'det', 'their'),
    );
    const isWay = said.every((cell) => terms.test(cell.low));
    const tail = at > first && said.length < 4 && (isWay || !part.some(isRead)) ? said : [];
    const isTerm = tail.length > 0 && tail.every(isBareWord);
    const term = isTerm
      ? tail.find((cell) => (terms.test(cell.low) && cell.low !== 'run') || (isMaking && isAttribute(cell)))
      : undefined;
    const found = own ?? term;
    if (found)
      return { about: 'scope', question: `What does "${found.text}" stand for? No step can keep to that.` };
  }
  return undefined;
}

/** Something is told there, or ordered by a verb of its own. */
const isTold = (part: readonly Cell[], isRead: (cell: Cell) => boolean): boolean =>
  part.some(
    (cell) =>
      !isRead(cell) &&
      !terms.test(cell.low) &&
      (isPredicate(cell) || isBase(cell) || isWord(cell, 'be', 'have', 'pronoun', 'because')),
  );

const isAdverb = (cell: Cell): boolean =>
  /^[a-z]{3,}ly$/.test(cell.text.toLowerCase()) &&
  !harmless.test(cell.text.toLowerCase()) &&
  !['name', 'kind', 'part', 'prefix', 'verb', 'time'].some((sort) => cell.senses.some(({ t }) => t === sort));

/** Adverbs that say when, why or how gladly, or what is done anyway. */
const harmless =
  /^(only|kindly|finally|actually|really|immediately|urgently|quickly|promptly|swiftly|apparently|obviously|surely|certainly|definitely|absolutely|clearly|simply|directly|possibly|hopefully|unfortunately|sadly|luckily|honestly|frankly|seriously|currently|recently|previously|formerly|originally|initially|accidentally|mistakenly|wrongly|respectively|accordingly|additionally|secondly|thirdly|fourthly|fifthly|firstly|lastly|manually|properly|correctly|safely|cleanly|carefully|gracefully|gently|softly|completely|entirely|fully|totally|exactly|precisely|probably|nearly|lovely|early|likely|friendly|family|reply|supply|assembly|july|italy|permanently|finaly|realy|sorely|badly|desperately|basically|generally|normally|usually|especially|particularly|namely|preferably|ideally|shortly|silently|quietly|heavily|strangely|weirdly|suddenly|constantly|thoroughly|truly|sincerely|cordially|respectfully|gladly|freshly|newly)$/;

/** Kept by steps behind each other, where there are several things. */
const inRow = /^(sequentially|serially|consecutively|successively|strictly)$/;

const isBareWord = (cell: Cell): boolean =>
  terms.test(cell.low) ||
  (!['name', 'value', 'time', 'glob', 'region', 'env'].some((sort) =>
    cell.senses.some(({ t }) => t === sort),
  ) &&
    !isWord(cell, 'filler', 'not', 'except', 'only', 'all', 'both', 'first', 'afterwards', 'again'));

/** Ways that operations go in some clouds, and not by these steps. */
const terms =
  /^(dry|run|dry-?run|dry run|simulation|simulated|rehearsal|readonly|read-only|spot|magnetic|thick|thin|quiesced|quiesce|mirrored|replicated|encrypted|decrypted|hardened|included|excluded|ignored|untouched|preserved|skipped|staggered|throttled|batched|parallel|sequential|incremental|evenly|offline|online|live|hot|cold|hibernated?|ephemeral|preemptible|shared|exclusive|half|sometime|someday|never)$/;

/** "encrypted", "thick": what a new thing is to be. */
const isAttribute = (cell: Cell): boolean =>
  cell.senses.length === 0 &&
  /(ed|able|ible|ic|al|ive|less|ful|ized|ised)$/.test(cell.low) &&
  cell.low.length > 4;

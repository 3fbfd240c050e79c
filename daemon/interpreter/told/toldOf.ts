// Whether a part of a text only tells: "the licence has run out", "she left the company", "pentest finding". It is a
// statement with a finite verb, a reason, or a note of a few words nobody here knows. What could bound, deny, count,
// place or order makes it no telling, and so does a question. Called where an order is looked for in what is told.

import { isResult } from '../rewording/startsResult.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { askingWords } from '../words/cues.ts';
import { isBase, isInSubject, isThing } from '../words/plainCells.ts';
import { isEveryday } from './remarks.ts';

const binding = [
  'outside',
  'if',
  'insteadOf',
  'stays',
  'afterwards',
  'after',
  'correction',
  'same',
  'undoCue',
  'tagged',
  'named',
  'or',
  'other',
  'both',
  'everything',
  'hard',
  'startingWith',
  'endingWith',
  'double',
  'triple',
  'half',
] as const;
const asking = [...askingWords, 'changed', 'help', 'showCue', 'summarize', 'ask'] as const;
const subject =
  /^(i|we|you|it|they|he|she|this|that|these|there|nobody|people|customers|users|everybody|everyone|somebody|someone|which|who|no one|im|its|all|everything)\b/;
const modal =
  /^(must|should|shall|ought|supposed|better|has to|have to|needs to|need to|must be|should be|may|might)\b/;
const reasons =
  /^(because|since|as|so that|so|cause|cuz|coz|given that|seeing that|bc|b\/c|otherwise|or else|now that|while|until|until the|till|because of|due to|thanks to)$/;
const noteMax = 6;

/** Whether the part tells something; `isBehind` another part. */
export function isToldOf(part: readonly Cell[], isBehind: boolean): boolean {
  if (part.at(-1)?.low === '?') return false;
  const body = bodyOf(part);
  const [first] = body;
  // "the same in staging, but there are 2 enough"
  const isTurned = part.some((cell) => !cell.quoted && /^(but|enough|though|instead)$/.test(cell.low));
  if (isTurned && body.some((cell) => senseOf(cell, 'value'))) return false;
  if (!first || body.some((cell, at) => isBinding(cell, at, body))) return false;
  // "kindly have it restarted"
  const isCaused =
    /^(have|get)$/.test(first.low) && body.some((cell) => senseOf(cell, 'verb')?.form === 'ed');
  if (isCaused || isWishedFor(part) || isGranted(part)) return false;
  // "…, and ci-runner-1 gets started": what is to come about is ordered.
  if (isResult(body, 0)) return false;
  const isReason = reasons.test(part.find((cell) => !isWord(cell, 'comma'))!.low);
  // "syslog collector lives there"
  const isNoun = isWord(first, 'logCue') && body[1]?.senses.length === 0 && isStatement(body);
  if (isWord(first, ...asking) && !subject.test(first.low) && !isReason && !isNoun) return false;
  if (isStatement(body)) return true;
  return isReason ? body.length > 0 && body.every((cell) => !isData(cell)) : isBehind && isNote(body);
}

/** "I would love a snapshot", "we request the removal": asked for, in so many words. */
export const isWishedFor = (part: readonly Cell[]): boolean =>
  part.some(
    (cell) =>
      !cell.quoted &&
      /^(i|we) ((would )?(love|like|appreciate)|.*\b(request|ask( \w+)? for|turn to \w+ for|apply for))\b/.test(
        cell.low,
      ),
  );

/** "…, you can boot it": what is to be done, now that it may be. */
export const isGranted = (part: readonly Cell[]): boolean =>
  part.some(
    (cell, at) =>
      !cell.quoted &&
      /^(so )?(you|u) (can|may|could|should|must|have to|need to)$/.test(cell.low) &&
      isBase(part[at + 1]) &&
      (isWord(part[at + 2], 'pronoun', 'det', 'demonstrative') ||
        senseOf(part[at + 2], 'name')?.exact === true),
  );

/** Without what leads in: "sorry,", "but", "because". */
function bodyOf(part: readonly Cell[]): readonly Cell[] {
  let from = 0;
  while (
    from < part.length &&
    (isWord(part[from], 'comma', 'colon', 'open', 'and') ||
      reasons.test(part[from]!.low) ||
      part[from]!.low === 'but' ||
      (isWord(part[from], 'filler') && !subject.test(part[from]!.low) && !isData(part[from]!)))
  )
    from++;
  return part
    .slice(from)
    .filter((cell, at, all) => !(at === all.length - 1 && isWord(cell, 'stop', 'comma', 'colon', 'close')));
}

/** A word that could bound, deny, count, place or order. */
function isBinding(cell: Cell, at: number, body: readonly Cell[]): boolean {
  const before = body[at - 1];
  if (cell.quoted) return !/^[^:=]* [^:=]*$/.test(cell.low) || /\b(only|not|except|but)\b/.test(cell.low);
  if (senseOf(cell, 'name') && !senseOf(cell, 'env')) return false;
  if (
    isWord(cell, ...binding) &&
    !/^(and|while|until|until the|till|that)$/.test(cell.low) &&
    !isWord(cell, 'because')
  )
    return true;
  const isGoing = /^keep(s|ing)?$/.test(cell.low) && at > 0 && /^[a-z]+ing\b/.test(body[at + 1]?.low ?? '');
  if (
    isWord(cell, 'except') &&
    !isGoing &&
    !(cell.low === 'but' && at > 0 && isStatement(body.slice(at + 1)))
  )
    return true;
  if (/^(only|just)$/.test(cell.low)) return !(before && subject.test(before.low));
  if (isWord(cell, 'not')) return !isDenial(body, at);
  if (isWord(cell, 'all', 'any'))
    return (
      /^(of|them)$/.test(body[at + 1]?.low ?? '') ||
      / of/.test(cell.low) ||
      senseOf(body[at + 1], 'kind') !== undefined
    );
  // "… will make a new one"
  const isNewOne = cell.low === 'one' && /^(new|fresh|better|bigger|replacement)$/.test(before?.low ?? '');
  if ((isWord(cell, 'one') && !isNewOne) || senseOf(cell, 'glob')) return true;
  if (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider')) return !isStatement(body);
  const value = senseOf(cell, 'value')?.value.k;
  const isFigure =
    value !== undefined &&
    (/^(number|percent|duration|times)$/.test(value) || (value === 'port' && !/\d/.test(cell.low)));
  if (value !== undefined) return !isFigure || body.some((one) => modal.test(one.low) || isWord(one, 'need'));
  if (senseOf(cell, 'time') && (body.some((one) => modal.test(one.low)) || !isStatement(body))) return true;
  if (
    isWish(cell) &&
    body.some((one, index) => index > at && !isKindOf(body, index) && isWished(one, body[index + 1]))
  )
    return true;
  const isHeld =
    modal.test(cell.low) &&
    (isWord(body[at + 1], 'not') ||
      body.slice(at + 1, at + 4).some((one) => senseOf(one, 'verb')?.form === 'ed' || isWord(one, 'first')));
  return isHeld || isOrdering(cell, at, body);
}

/** "we need", "it wants": what follows may be what is ordered. */
const isWish = (cell: Cell): boolean =>
  !cell.quoted &&
  (isWord(cell, 'need') || /\b(need|needs|want|wants|like|love|require|requires)\b/.test(cell.low));

/** "needs the users-staging database": the kind of a thing that is there. */
function isKindOf(body: readonly Cell[], at: number): boolean {
  const isNamed = (cell: Cell | undefined): boolean => {
    const name = cell && !cell.quoted ? senseOf(cell, 'name') : undefined;
    const kinds = senseOf(body[at], 'kind')?.kinds ?? [];
    return name?.exact === true && name.ids.some((id) => kinds.some((kind) => id.includes(`:${kind}/`)));
  };
  return senseOf(body[at], 'kind')?.plural === false && (isNamed(body[at - 1]) || isNamed(body[at + 1]));
}

function isWished(cell: Cell, next: Cell | undefined): boolean {
  const kind = senseOf(cell, 'kind');
  const verb = senseOf(cell, 'verb');
  return (
    (kind !== undefined && kind.kinds.length > 0 && !senseOf(cell, 'metric')) ||
    senseOf(cell, 'value') !== undefined ||
    (verb !== undefined &&
      strong.test(verb.phrase) &&
      (next === undefined || isWord(next, 'pronoun', 'det') || isThing(next)))
  );
}

/** "users cannot log in", "nobody uses it": what is denied is told of somebody; "not web-1", "do not" are not told. */
function isDenial(body: readonly Cell[], at: number): boolean {
  const before = body.slice(0, at).filter((cell) => !isWord(cell, 'filler') || subject.test(cell.low));
  const isSaid = before.some(
    (cell) =>
      !isWord(cell, 'do', 'be', 'have', 'need', 'and', 'not') &&
      !/^(can|could|will|would|should|must|may|but)$/.test(cell.low),
  );
  return isSaid && !before.some((cell) => modal.test(cell.low) || cell.low === 'you');
}

/** A verb that orders; "consultants want to start", "the restore failed" do not. */
function isOrdering(cell: Cell, at: number, body: readonly Cell[]): boolean {
  const verb = senseOf(cell, 'verb');
  if (verb?.form !== 'base') return false;
  // "new colleague monday"
  if (cell.low === 'new' && body[at + 1]?.senses.length === 0) return false;
  if (isInSubject(body, at)) return false;
  const before = body[at - 1];
  if (!before) return true;
  const next = body[at + 1];
  const isOnThing =
    isWord(next, 'pronoun') ||
    (next !== undefined && (senseOf(next, 'name') ?? senseOf(next, 'kind')) !== undefined);
  const isOthers =
    isWord(before, 'det', 'of', 'possessive', 'their', 'be', 'have', 'prep', 'not', 'demonstrative') ||
    /(^| )(to|can|could|will|would|cannot|not|do|does|did|i|we|they|he|she|users|customers|people|it|that|which|who|never)$/.test(
      before.low,
    ) ||
    before.senses.length === 0 ||
    senseOf(before, 'name') !== undefined ||
    senseOf(before, 'kind') !== undefined;
  return (
    !isOthers || (isOnThing && !isWord(cell, 'light', 'need', 'filler', 'ask') && strong.test(verb.phrase))
  );
}

const strong =
  /^(stop|start|restart|reboot|delete|remove|destroy|kill|drop|shut|shut down|power|resize|scale|grow|shrink|attach|detach|tag|untag|open|close|snapshot|migrate|move|suspend|resume|create|approve|cancel|undo|revert|restore|roll back|rollback|drain|cordon|uncordon)\b/;

/** A finite verb behind a subject. */
function isStatement(body: readonly Cell[]): boolean {
  if (body.length < 2) return false;
  return body.some((cell, at) => {
    if (cell.quoted) return false;
    const lead = cell.low.split(' ');
    if (at === 0) {
      const isSubject = subject.test(cell.low);
      if (isSubject && lead.length > 1 && lead.slice(1).some((one) => isEveryday(one))) return true;
      return (
        isSubject &&
        lead.length === 1 &&
        body[1] !== undefined &&
        (senseOf(body[1], 'verb') !== undefined ||
          body[1].senses.length === 0 ||
          // "we no longer use it", "it belongs to nobody"
          isWord(body[1], 'not') ||
          /^(belongs?|lives?|sits?|runs?|hangs?) /.test(body[1].low))
      );
    }
    if (cell.repaired && `${cell.low}s` === cell.text.toLowerCase()) return true;
    if (isWord(cell, 'be', 'have', 'do', 'need') || isEveryday(lead[0]!)) return true;
    const verb = senseOf(cell, 'verb');
    if (verb && verb.form !== 'base') return true;
    if (senseOf(cell, 'status') && senseOf(body[at - 1], 'name')) return true;
    if (isHow(body, at)) return true;
    if (/^(can|could|will|would|cannot|must|should)$/.test(cell.low)) return true;
    return cell.senses.length === 0 && (/(s|ed|ing)$/.test(cell.low) || subject.test(body[at - 1]!.low));
  });
}

/** "jenkins-home at 100%", "mail-spool nearly full": how a named thing is, without a verb. */
function isHow(body: readonly Cell[], at: number): boolean {
  const cell = body[at]!;
  const isFull = senseOf(cell, 'value')?.value.k === 'percent';
  if (!isFull && !ailing.test(cell.low)) return false;
  const next = body[at + 1];
  const between = isWord(body[at - 1], 'prep', 'filler') || degrees.test(body[at - 1]!.low) ? 2 : 1;
  const isAt =
    between === 1 ||
    !isFull ||
    /^(at|over|above|beyond|is|almost|nearly|now|already)$/.test(body[at - 1]!.low);
  return (
    isAt &&
    senseOf(body[at - between], 'name')?.exact === true &&
    (next === undefined || isWord(next, 'filler', 'again') || /^(full|used|usage|again)$/.test(next.low))
  );
}

const ailing =
  /^(full|dead|broken|stuck|frozen|hung|unresponsive|unreachable|overloaded|slow|offline|kaputt?)$/;
const degrees = /^(nearly|almost|completely|totally|quite|very|really|again|still|about|so|too|pretty|half)$/;

/** "pentest finding", "customer request": words nobody here knows. */
function isNote(body: readonly Cell[]): boolean {
  return (
    body.length <= noteMax &&
    // "…, ds-experiments": what may be a name.
    !(body.length === 1 && /[-_.\d]/.test(body[0]!.low)) &&
    body.some((cell) => cell.senses.length === 0) &&
    body.every((cell) => !isData(cell) || senseOf(cell, 'kind')?.kinds.join() === 'anomaly') &&
    !/^(in|on|at|with|without|to|by|of|into|onto|under|named|called)$/.test(body[0]!.low)
  );
}

/** What may name, count, place or measure something. */
function isData(cell: Cell): boolean {
  return (
    cell.quoted ||
    ['name', 'prefix', 'glob', 'part', 'value', 'env', 'region', 'provider', 'kind', 'status', 'metric'].some(
      (sort) => cell.senses.some(({ t }) => t === sort),
    ) ||
    senseOf(cell, 'verb')?.form === 'base'
  );
}

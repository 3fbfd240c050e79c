// The same said plainly: a wish, a need or a passive becomes the command it stands for, "before X is stopped" becomes
// "before stop X", and what two places share is listed as one. Cells keep their places in the text, so every part of a
// reading still knows its words. A destroy is never made out of a subordinate clause. Called before clauses are cut.

import { withBackupFirst } from '../steps/backupFirst.ts';
import { withSequence } from '../steps/sequence.ts';
import { withAsides } from '../told/asides.ts';
import { withBackground } from '../told/background.ts';
import { withoutRemarks } from '../told/byTheWay.ts';
import { withoutOccasion } from '../told/occasions.ts';
import { withoutOwnDoings } from '../told/ownDoings.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { withQuestions } from './askedFor.ts';
import { withBareOrders } from './bare.ts';
import { withBelongings } from './belongings.ts';
import { withFigures, withNominals } from './figures.ts';
import { withIdioms } from './idioms.ts';
import { withListQuestions } from './listQuestions.ts';
import { withNamedSets } from './namedSets.ts';
import { withNewNamespace } from './newNamespaces.ts';
import { withNewWorkload } from './newWorkloads.ts';
import { withOnlyThis } from './onlyThis.ts';
import { withPassedOn } from './passedOn.ts';
import { withAskedDone, withOrder, withWish } from './passives.ts';
import { withPermission } from './permission.ts';
import { withPlainTurns } from './plainTurns.ts';
import { withSaidAnyway } from './saidAnyway.ts';
import { withSaidApart } from './saidApart.ts';
import { withSaidBounds } from './saidBounds.ts';
import { withSets } from './sets.ts';
import { withSharedAll, withSharedPlace } from './sharedPlaces.ts';
import { withWordOrder } from './wordOrder.ts';

/** Rewrites the cells of a sentence; the rest sees only the plain form. `isAsked`: a word of request was said. */
export function reword(given: readonly Cell[], isAsked = false): readonly Cell[] {
  const cells = isAsked ? withAskedDone(given) : given;
  const told = sentencesOf(
    withoutPurpose(
      withIdioms(
        withAsides(
          withUntold(
            withWordOrder(
              withSets(
                withSaidBounds(
                  withSequence(
                    withNewWorkload(
                      withNewNamespace(
                        withListQuestions(
                          withoutOwnDoings(
                            withSaidApart(
                              withBelongings(
                                withPlainTurns(
                                  withSharedAll(
                                    withSharedPlace(withNamedSets(withSaidAnyway(withPassedOn(cells)))),
                                  ),
                                ),
                              ),
                            ),
                          ),
                        ),
                      ),
                    ),
                  ),
                ),
                isAsked,
              ),
            ),
            isAsked,
          ),
        ),
      ),
    ),
  ).flatMap(withoutRemarks);
  return sentencesOf(
    withoutOldAmount(
      withAmounts(
        withPlaces(withOtherPlace(withComparisons(withNewNames(withOwners(withUnattached(told)))))),
      ),
    ),
  ).flatMap((sentence) => withWish(withOrder(sentence)));
}

/** What a person told around an order, or left out of it. */
function withUntold(cells: readonly Cell[], isAsked: boolean): readonly Cell[] {
  const order = withBackground(withPermission(withoutOccasion(withOnlyThis(withBackupFirst(cells)))));
  return withQuestions(withBareOrders(withFigures(withNominals(order), isAsked)));
}

/** Cut behind each full stop or semicolon, which stays at the end of its sentence. */
function sentencesOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const sentences: Cell[][] = [[]];
  for (const cell of cells) {
    sentences.at(-1)!.push(cell);
    if (isWord(cell, 'stop') && !cell.quoted) sentences.push([]);
  }
  return sentences;
}

/** "… for the audit": a purpose, no question about the trail. */
function withoutPurpose(cells: readonly Cell[]): readonly Cell[] {
  const isOrdered = isBase(cells.find((cell) => !isWord(cell, 'filler', 'comma')));
  return cells.map((cell, at) => {
    if (cell.quoted || !isWord(cell, 'changed') || senseOf(cell, 'name')) return cell;
    const prep = isWord(cells[at - 1], 'det') ? at - 2 : at - 1;
    const isFor = prep > 0 && /(^| )(for|because of|due to|before|after)$/.test(cells[prep]!.low);
    const isOfThing = cells.slice(0, Math.max(0, prep)).some((one) => isThing(one) || senseOf(one, 'metric'));
    return isFor && (isOrdered || isOfThing) ? { ...cell, senses: [word('filler')] } : cell;
  });
}

/** "web-1 compared to web-2", "compare web-1 with web-2": two things side by side. */
function withComparisons(cells: readonly Cell[]): readonly Cell[] {
  const compares = cells.findIndex((cell) => !cell.quoted && /^compare\b/.test(cell.low));
  if (compares < 0) return cells;
  return cells.map((cell, at) =>
    at > compares + 1 && !cell.quoted && /^(with|to|against)$/.test(cell.low) && isThing(cells[at - 1])
      ? plain(cell, 'and', word('and'))
      : cell,
  );
}

const lacking = /\b(?:no|nothing|none|nobody|without|lacking)$/;

/** "attached to no server": free. */
function withUnattached(given: readonly Cell[]): readonly Cell[] {
  if (!given.some(({ low }) => lacking.test(low))) return given;
  const cells = given.flatMap((cell, at) => {
    const isWithNo = (index: number): boolean =>
      /^(with|having|have|has)$/.test(given[index]?.low ?? '') &&
      given[index + 1]?.low === 'no' &&
      isHolder(given, index + 2);
    if (isWithNo(at)) return [plain(cell, 'with no', word('except'))];
    return isWithNo(at - 1) ? [] : [cell];
  });
  return cells.flatMap((cell, at) => {
    const isNone = (index: number): boolean =>
      (isWord(cells[index], 'attachedTo') || /\bbelongs? to$/.test(cells[index]?.low ?? '')) &&
      /^(no|nothing|none|nobody)$/.test(cells[index + 1]?.low ?? '');
    const isWithout =
      /^(without|with no|have no|has no|lacking)$/.test(cell.low) &&
      isHolder(cells, at + 1) &&
      isHeld(cells[at - 1]);
    if (isWithout && !cell.quoted) return [plain(cell, 'unattached', { t: 'status', name: 'free' })];
    const without = [1, 2].find((back) => /^(without|lacking|with no)$/.test(cells[at - back]?.low ?? ''));
    if (without !== undefined && isHeld(cells[at - without - 1]) && isHolder(cells, at - without + 1))
      return [];
    if (isNone(at)) return [plain(cell, 'unattached', { t: 'status', name: 'free' })];
    if (at > 0 && isNone(at - 1)) return [];
    return at > 1 && isNone(at - 2) && cells[at - 1]!.low === 'no' && senseOf(cell, 'kind') ? [] : [cell];
  });
}

/** Disks and addresses. */
const isHeld = (cell: Cell | undefined): boolean =>
  senseOf(cell, 'kind')?.kinds.some((kind) => kind === 'volume' || kind === 'floating-ip') === true;

/** "a vm", "an attachment": any at all. */
function isHolder(cells: readonly Cell[], from: number): boolean {
  const at = isWord(cells[from], 'det', 'any') ? from + 1 : from;
  const cell = cells[at];
  return (
    cell !== undefined &&
    !senseOf(cell, 'name') &&
    (/^(attachments?|owners?|holders?)$/.test(cell.low) ||
      senseOf(cell, 'kind')?.kinds.includes('vm') === true)
  );
}

/** "that belong to the platform team", "owned by team data": of it. */
function withOwners(cells: readonly Cell[]): readonly Cell[] {
  const isOwning = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    !cell.quoted &&
    /^(that )?(belonging|belongs?) to$|^(owned|managed|maintained) by$/.test(cell.low);
  return cells.flatMap((cell, at) => {
    if (isOwning(cell) && !isWord(cells[at - 1], 'not')) return [plain(cell, 'of', word('of'))];
    const isRelative = isWord(cell, 'that', 'be') && !cell.quoted;
    if (!isRelative || at === 0) return [cell];
    return isOwning(cells[at + 1]) || (isWord(cells[at + 1], 'be') && isOwning(cells[at + 2])) ? [] : [cell];
  });
}

/** "create vm x1", "create namespace loadtest": what stands behind the kind is a name, however like a word it is. */
function withNewNames(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    const kind = cells[at - 1];
    const isApart = isWord(cells[at - 2], 'det', 'filler') && !senseOf(cells[at - 2], 'verb');
    const verb = cells[isApart ? at - 3 : at - 2];
    const isNew =
      verb &&
      !verb.quoted &&
      /^(create|make|launch|provision|add|new|spin up|set up|stand up|bring up)$/.test(
        senseOf(verb, 'verb')?.phrase ?? '',
      );
    if (!isNew || cell.quoted || !kind || !senseOf(kind, 'kind') || senseOf(kind, 'kind')!.plural)
      return cell;
    const isCue = isWord(cell, 'logCue', 'top', 'last') && !isWord(cell, 'prep', 'of', 'named');
    // "a volume caled reports": the slip is the word that names, where a name follows.
    const isSlip = cell.repaired && isWord(cell, 'named') && cells[at + 1]?.senses.length === 0;
    const isRead = (cell.repaired && !isSlip) || isCue || senseOf(cell, 'value')?.value.k === 'times';
    return isRead && cell.words === 1
      ? { ...cell, low: cell.text.toLowerCase(), senses: [], repaired: false }
      : cell;
  });
}

/** "a in staging and the one in prod", "the cart of staging": the place of a thing, said plainly. */
function withOtherPlace(cells: readonly Cell[]): readonly Cell[] {
  const isEnv = (cell: Cell | undefined): boolean =>
    cell?.quoted === false &&
    senseOf(cell, 'env') !== undefined &&
    (senseOf(cell, 'name')?.ids ?? []).every((id) => id.includes(':namespace/'));
  const isNamed = (cell: Cell | undefined): boolean =>
    cell?.quoted === false && senseOf(cell, 'name') !== undefined && !senseOf(cell, 'env');
  const isOne = (index: number): boolean =>
    /^(the one|that one)$/.test(cells[index]?.low ?? '') &&
    /^(in|on|from|of|at)$/.test(cells[index + 1]?.low ?? '') &&
    isEnv(cells[index + 2]);
  return cells.flatMap((cell, at) => {
    if (cell.quoted) return [cell];
    const isComma = isWord(cell, 'comma') && isEnv(cells[at - 1]) && isWord(cells[at + 1], 'and');
    if (isComma && [at + 2, at + 3].some(isOne)) return [];
    const kind = senseOf(cells[at - 1], 'kind');
    const isKind = kind !== undefined && (isNamed(cells[at - 2]) || kind.plural);
    const isOf = cell.low === 'of' && isEnv(cells[at + 1]) && (isNamed(cells[at - 1]) || isKind);
    if (isOf && !isThing(cells[at + 2])) return [plain(cell, 'in', word('prep'))];
    const one = [at, at - 1].find(isOne);
    // Behind a set it is one more of that kind, and no place of all of them.
    const isSet = cells
      .slice(0, one)
      .some((each) => isWord(each, 'all', 'both', 'any') || senseOf(each, 'kind')?.plural === true);
    if (one === undefined || isSet) return [cell];
    const and = /^(also|too|then|even)$/.test(cells[one - 1]?.low ?? '') ? one - 2 : one - 1;
    const place = isWord(cells[and - 1], 'comma') ? and - 2 : and - 1;
    return isWord(cells[and], 'and') && !cells[and]!.quoted && isEnv(cells[place]) ? [] : [cell];
  });
}

/** "in staging and also in dev", "in both staging and dev": places that are listed. */
function withPlaces(cells: readonly Cell[]): readonly Cell[] {
  const isPlace = (cell: Cell | undefined): boolean =>
    cell !== undefined && (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined;
  return cells.flatMap((cell, at) => {
    if (cell.quoted) return [cell];
    // A slip that is a word of its own.
    if (cell.low === 'form' && (isPlace(cells[at + 1]) || senseOf(cells[at + 1], 'name')?.exact))
      return [plain(cell, 'from', word('prep'))];
    // "the servers that we have in staging"
    const isOurs = (index: number): boolean =>
      /^(that|which)$/.test(cells[index]?.low ?? '') &&
      /^(we|i) (have|run|keep|host|got)$/.test(cells[index + 1]?.low ?? '') &&
      isWord(cells[index + 2], 'prep') &&
      isPlace(cells[index + 3]);
    if (isOurs(at) || isOurs(at - 1)) return [];
    if (isWord(cell, 'both') && isWord(cells[at - 1], 'prep') && isPlace(cells[at + 1])) return [];
    const joins = /^(and|and also|also|as well as|and as well|plus|and likewise) (in|on)$/.test(cell.low);
    const isListed = isPlace(cells[at - 1]) ? isPlace(cells[at + 1]) : isAlike(cells[at - 1], cells[at + 1]);
    if (joins && isListed) return [plain(cell, 'and', word('and'))];
    // "checkout prod and staging"
    const isBeside =
      isPlace(cell) &&
      senseOf(cell, 'env') !== undefined &&
      isWord(cells[at + 1], 'and') &&
      isPlace(cells[at + 2]) &&
      !isThing(cells[at + 3]) &&
      senseOf(cells[at - 1], 'name')?.exact === true &&
      !isPlace(cells[at - 1]);
    if (isBeside || isBareBehind(cells, at, at)) return [plain(cell, 'in', word('prep')), cell];
    if (isWord(cell, 'comma') && isBareBehind(cells, at + 1, at)) return [];
    if (isWord(cells[at - 1], 'comma') && isBareBehind(cells, at, at - 1))
      return [plain(cell, 'in', word('prep')), cell];
    const isJoined = isWord(cell, 'prep') && /^(in|on)$/.test(cell.low) && isPlace(cells[at + 1]);
    if (isJoined && isWord(cells[at - 1], 'and') && isPlace(cells[at - 2])) return [];
    return isWord(cell, 'filler') &&
      /^(also|too)$/.test(cell.low) &&
      isWord(cells[at - 1], 'and') &&
      isPlace(cells[at - 2])
      ? []
      : [cell];
  });
}

/** "restart deploy/cart prod", "scale deploy cart 3, ns prod": where the thing that ends before `end` is. */
function isBareBehind(cells: readonly Cell[], at: number, end: number): boolean {
  const cell = cells[at];
  const isNamespace = senseOf(cell, 'kind')?.kinds.includes('namespace') === true;
  // "restart deployment cart, staging is broken": set apart it may be told of.
  const isApart = at > end || (cell && cells[end - 1] && cell.start - cells[end - 1]!.end > 1);
  if (isApart && !isNamespace) return false;
  const place = isNamespace ? cells[at + 1] : cell;
  const next = cells[isNamespace ? at + 2 : at + 1];
  const isEnd = next === undefined || isWord(next, 'filler', 'comma', 'stop');
  const isSpace =
    isNamespace && senseOf(place, 'name')?.ids.some((id) => id.includes(':namespace/')) === true;
  if (!place || place.quoted || !(senseOf(place, 'env') || isSpace) || !isEnd) return false;
  const isNumber = /^(number|tags)$/.test(senseOf(cells[end - 1], 'value')?.value.k ?? '');
  const last = isNumber ? end - 2 : end - 1;
  // "sts/kafka to 5, ns payments"
  const to = isNumber && cells[last]?.low === 'to' && !cells[last]!.quoted ? 1 : 0;
  const name = cells[last - to];
  const kind = cells[last - to - 1];
  const isNamed = senseOf(name, 'name')?.exact === true && !senseOf(name, 'env') && !name!.quoted;
  return isNamed && senseOf(kind, 'kind')?.plural === false;
}

/** "on web-sg and on db-sg": two things of one kind. */
function isAlike(one: Cell | undefined, other: Cell | undefined): boolean {
  const kindsOf = (cell: Cell | undefined): ReadonlySet<string> =>
    new Set((cell?.quoted === false ? senseOf(cell, 'name') : undefined)?.ids.map((id) => id.split('/')[0]!));
  const [left, right] = [kindsOf(one), kindsOf(other)];
  return left.size > 0 && [...left].some((kind) => right.has(kind));
}

/** "The plan says 12 replicas. Apply that to web": what "that" stands for is put in its place. */
function withAmounts(cells: readonly Cell[]): readonly Cell[] {
  const stop = cells.findIndex((cell) => isWord(cell, 'stop') && !cell.quoted);
  const before = cells.slice(0, Math.max(0, stop));
  if (before.some((cell) => isBase(cell) || senseOf(cell, 'name')?.exact)) return cells;
  const values = before.filter((cell) => {
    const value = senseOf(cell, 'value')?.value;
    return value?.k === 'size' || value?.k === 'number';
  });
  const [value] = values;
  if (!value || values.length !== 1) return cells;
  const isSize = senseOf(value, 'value')?.value.k === 'size';
  if (!isSize && !isWord(before[before.indexOf(value) + 1], 'replicas')) return cells;
  const rest = cells.slice(stop + 1);
  const to = (cell: Cell): Cell => plain(cell, 'to', word('prep'));
  const verb = (cell: Cell): Cell => {
    const phrase = isSize ? 'resize' : 'scale';
    return plain(cell, phrase, { t: 'verb', phrase, form: 'base' });
  };
  const low = rest.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ');
  const apply = rest.findIndex((cell) => /^(apply|use|set)$/.test(cell.low) && !cell.quoted);
  if (apply >= 0 && /\b(apply|use) (that|it|this)( size| number| amount)? (to|for|on)\b/.test(low)) {
    const target = rest.findIndex((cell, at) => at > apply && /^(to|for|on)$/.test(cell.low));
    const last = isWord(rest.at(-1), 'stop') ? rest.length - 1 : rest.length;
    return [...rest.slice(0, apply), verb(rest[apply]!), ...rest.slice(target + 1, last), to(value), value];
  }
  const at = rest.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /^to$/.test(cell.low) &&
      /^(that|this|it)$/.test(rest[index + 1]?.low ?? '') &&
      index > 0,
  );
  if (at > 0) {
    const isNamed = /^(size|capacity|number|amount|count|value|figure|level)$/.test(rest[at + 2]?.low ?? '');
    const end = at + (isNamed ? 3 : 2);
    if (isThing(rest[end]) || senseOf(rest[at + 1], 'name')) return cells;
    const lead = rest.findIndex((cell) => /^(bring|set|put|get|take)$/.test(cell.low) && !cell.quoted);
    const head = rest.slice(0, at).map((cell, index) => (index === lead ? verb(cell) : cell));
    return [...head, to(rest[at]!), value, ...rest.slice(end)];
  }
  const accordingly = rest.findIndex((cell) => /^accordingly$/.test(cell.low));
  if (accordingly < 0) return cells;
  return [...rest.slice(0, accordingly), to(rest[accordingly]!), value, ...rest.slice(accordingly + 1)];
}

/** "ledger from 1 to 3 pods": of a thing that is named; of a set it may say which. */
function withoutFormerAmount(cells: readonly Cell[]): readonly Cell[] {
  const from = cells.findIndex((cell) => cell.low === 'from' && !cell.quoted);
  if (from < 1) return cells;
  const sortAt = (at: number): string | undefined => {
    const cell = cells[at];
    const k = cell && !cell.quoted ? senseOf(cell, 'value')?.value.k : undefined;
    if (k === 'number' || k === 'size' || k === 'image') return k;
    const ids = cell && !cell.quoted ? (senseOf(cell, 'name')?.ids ?? []) : [];
    return ids.length > 0 && ids.every((id) => id.includes(':flavor/')) ? 'flavor' : undefined;
  };
  const old = sortAt(from + 1);
  let to = from + 2;
  while (to < from + 4 && isWord(cells[to], 'replicas', 'typeWord')) to++;
  const isTo = /^(to|up to|down to)$/.test(cells[to]?.low ?? '');
  const isSame =
    old !== undefined && (sortAt(to + 1) === old || (old === 'number' && sortAt(to + 1) === 'size'));
  const before = cells.slice(0, from);
  const isNamed = before.some((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  const isSet = before.some(
    (cell) =>
      !cell.quoted &&
      !isWord(cell, 'replicas') &&
      (isWord(cell, 'all', 'any', 'both', 'everything') || senseOf(cell, 'kind')?.plural === true),
  );
  return isTo && isSame && isNamed && !isSet ? [...before, ...cells.slice(to)] : cells;
}

/** "80 GB instead of 50", "web-1 (S.2 -> M.8)": what it has had is no bound and no order. */
function withoutOldAmount(given: readonly Cell[]): readonly Cell[] {
  const cells = withoutFormerAmount(given);
  const isAmount = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    !cell.quoted &&
    (senseOf(cell, 'value') !== undefined ||
      senseOf(cell, 'name')?.ids.every((id) => id.includes(':flavor/')) === true);
  const arrow = cells.findIndex(
    (cell, index) => isWord(cell, 'arrow') && isAmount(cells[index - 1]) && isAmount(cells[index + 1]),
  );
  const isOfThing = cells.slice(0, Math.max(0, arrow - 1)).some((cell) => isThing(cell) && !isAmount(cell));
  if (isOfThing)
    return cells.flatMap((cell, index) =>
      index === arrow - 1 || isBracket(cell)
        ? []
        : [index === arrow ? plain(cell, 'to', word('prep')) : cell],
    );
  const at = cells.findIndex(
    (cell, index) =>
      isWord(cell, 'insteadOf') && !cell.quoted && isAmount(cells[index - 1]) && isAmount(cells[index + 1]),
  );
  const next = cells[at + 2];
  const isOver = next === undefined || isWord(next, 'filler', 'stop', 'comma');
  return at > 0 && isOver ? [...cells.slice(0, at), ...cells.slice(at + 2)] : cells;
}

const isBracket = (cell: Cell): boolean => isWord(cell, 'open', 'close') && !cell.quoted;

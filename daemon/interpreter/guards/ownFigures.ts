// What was said of one thing is done to that thing: a flavor, an image or a size that is told of something new, the figure
// that each of several things gets, a deed that one of them gets, and the order in which they come. "Create x from cirros,
// S.2 suffices" is no machine of any size, "a gets env=prod, b gets env=dev" never tags a with dev, and "loki gets 2
// replicas and grafana gets a restart" is two steps. Where the plan has it otherwise it is offered as a question. Called
// by `heldBack`, over the text as typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import { isFlavor } from '../freeOrder/chunks.ts';
import { nominal } from '../freeOrder/deedWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainWords } from '../words/plainWords.ts';
import type { Doubt } from './objections.ts';

/** What was said of a thing and the plan does not have so. */
export function ownFigureGone(
  { steps }: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
): Doubt | undefined {
  const corrected = cells.findLastIndex((cell) => !cell.quoted && isWord(cell, 'correction', 'insteadOf'));
  const said = cells.slice(corrected + 1);
  const address = addressGone(steps, said);
  if (address) return { about: 'args', question: `Is it to be ${address.text}, or any address?` };
  const previous = previousGone(steps, said);
  if (previous) return { about: 'op', question: `What is "${previous.text}" about? It is not in this plan.` };
  const made = madeFigureGone(steps, said);
  if (made) return { about: 'args', question: `What is "${made.text}" about? It is not in this plan.` };
  // "esx-01 gets new memory tomorrow", "worker-10 needs a reboot by the hardware team": what others do, or later.
  const parts = partsOf(said).filter((part, at) => at > 0 || !isTold(part));
  // "when a sits there, start it": a condition, and no question about the time to come.
  const isForeseen =
    steps.some(({ operation }) => operation.startsWith('forecast.')) &&
    steps.some(({ operation }) => (catalogue.get(operation)?.risk ?? 'read') !== 'read') &&
    parts.some(([first, next]) => /^(when|once|as soon as)$/.test(first!.low) && isOwn(next ?? first!));
  if (isForeseen) return { about: 'op', question: 'Nothing waits for that here. Is it to be done now?' };
  const other =
    parts.find((part) => isLeftOut(part, steps)) ??
    parts.find((part) => isOfOther(part, parts, steps)) ??
    parts.find((part) => isDeedGone(part, steps, catalogue)) ??
    parts.find((part, at) => isOrderGone(part, at, steps));
  if (!other) return undefined;
  const text = other.map((cell) => cell.text).join(' ');
  return { about: 'op', question: `What is to be done by "${text}"? It is not so in this plan.` };
}

const isTold = (part: readonly Cell[]): boolean =>
  part.some(
    (cell) =>
      !cell.quoted &&
      (/^(by|tomorrow|tonight|later|soon)$/.test(cell.low) ||
        (senseOf(cell, 'time') !== undefined && !/^(now|today|asap)$/.test(cell.low))),
  );

/** Between marks and joins. */
function partsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const [at, cell] of cells.entries()) {
    const next = cells[at + 1];
    const isBehind = isWord(cell, 'afterwards') && (!next || isWord(next, 'comma', 'stop', 'and', 'filler'));
    const isMark =
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      isWord(cell, 'and', 'comma', 'stop', 'afterwards', 'open', 'close');
    if (isMark && !isBehind) parts.push([]);
    else parts.at(-1)!.push(cell);
  }
  return parts.filter((part) => part.length > 0);
}

const usedIn = (steps: readonly StepDraft[]): string =>
  JSON.stringify(steps.map(({ target, args }) => [target, args])).toLowerCase();

const isNameUsed = (cell: Cell, used: string): boolean =>
  used.includes(JSON.stringify(cell.low)) ||
  (senseOf(cell, 'name')?.ids ?? []).some(
    (id) =>
      used.includes(JSON.stringify(id).toLowerCase()) ||
      used.includes(JSON.stringify(id.slice(id.lastIndexOf('/') + 1)).toLowerCase()),
  );

const isImage = (cell: Cell): boolean => {
  const ids = senseOf(cell, 'name')?.ids ?? [];
  return ids.length > 0 && ids.every((id) => id.includes(':image/'));
};

/** "a needs a public address, 52.10.0.3 is free": any address, where one was spoken of. */
function addressGone(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  const isAny = steps.some(
    ({ operation, args }) => operation === 'assign-ip.vm' && !/\d/.test(String(args.ip ?? '')),
  );
  if (!isAny) return undefined;
  return cells.find((cell, at) => {
    const ids = senseOf(cell, 'name')?.ids ?? [];
    const isAddress = ids.length > 0 && ids.every((id) => id.includes(':floating-ip/'));
    return isAddress && !isWord(cells[at - 1], 'not', 'insteadOf', 'except') && cells[at - 1]?.low !== 'from';
  });
}

/** "restart a with the previous version": a restart goes back to nothing. */
function previousGone(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  if (!steps.every(({ operation }) => /^(rollout-restart|restart|reboot)\./.test(operation)))
    return undefined;
  return cells.find(
    (cell, at) =>
      isWord(cell, 'previousOne') &&
      !cell.quoted &&
      /^(with|to|on|onto|in|back|from|using)$/.test(cells[at - 1]?.low ?? ''),
  );
}

/** "create x from cirros, S.2 suffices": a flavor or an image that is in no step; "S.2 is too small" is no wish for it. */
function madeFigureGone(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  if (!steps.some(({ operation }) => /^create\.(vm|deployment)$/.test(operation))) return undefined;
  const used = usedIn(steps);
  return cells.find((cell, at) => {
    if (cell.quoted || !(isFlavor(cell) || isImage(cell))) return false;
    // "m5 xlarge", as it is spoken, is said to be m5.xlarge.
    if (!isNameUsed(cell, used)) return true;
    const around = cells.slice(Math.max(0, at - 4), at + 4).map((one) => (one.quoted ? '"' : one.low));
    return (
      isFlavor(cell) &&
      /\b(too|not|never|nothing|smaller|bigger|larger|at least|at most)\b/.test(around.join(' '))
    );
  });
}

/** A thing of its own: no place, no size and no image. */
const isOwn = (cell: Cell): boolean =>
  !cell.quoted &&
  senseOf(cell, 'name')?.exact === true &&
  !senseOf(cell, 'env') &&
  !senseOf(cell, 'region') &&
  !senseOf(cell, 'value') &&
  !isFlavor(cell) &&
  !isImage(cell);

const wishing =
  /^(gets|get|goes|go|grows|moves|becomes|comes|to be|is to be|are to be|needs|should|must|shall|has to|should be|must be|shall be|has to be|should get|must get|goes to|moves to)$/;

/** "kafka in payments": where it is. */
const isPlaceIn = (part: readonly Cell[], at: number): boolean =>
  isWord(part[at - 1], 'prep') &&
  at > 1 &&
  senseOf(part[at], 'name')?.ids.every((id) => id.includes(':namespace/')) === true;

/** Where the wish for the thing at the beginning of a part begins; -1 where nothing is wished for it. */
function wishAt(part: readonly Cell[]): number {
  const name = part.findIndex(isOwn);
  if (name < 0) return -1;
  const at = part.findIndex((cell, index) => index > name && !cell.quoted && wishing.test(cell.low));
  const end = isPlaceIn(part, name + 2) ? name + 2 : name;
  return at > name && at <= end + 2 ? at : -1;
}

/** "grafana gets a restart", "b is to be started", "c comes last", where no step is about it. */
function isLeftOut(part: readonly Cell[], steps: readonly StepDraft[]): boolean {
  const at = wishAt(part);
  if (
    at < 0 ||
    part.some(
      (cell) => !cell.quoted && /^(if|not|because|since|that|which|when|who|why|lose|loses)$/.test(cell.low),
    )
  )
    return false;
  const rest = part.slice(at + 1);
  const isWished = rest.some(
    (cell) =>
      !cell.quoted &&
      (senseOf(cell, 'value') ??
        senseOf(cell, 'verb') ??
        (isFlavor(cell) ||
        senseOf(cell, 'name')?.ids.every((id) => id.includes(':floating-ip/')) ||
        /^(first|last|next|second|third|whatever|something|anything|bigger|smaller|larger|same|the same)$/.test(
          cell.low,
        )
          ? cell
          : undefined)) !== undefined,
  );
  const used = usedIn(steps);
  return (
    isWished &&
    part.slice(0, at).some((cell, index) => isOwn(cell) && !isPlaceIn(part, index) && !isNameUsed(cell, used))
  );
}

interface Figure {
  readonly sort: string;
  readonly value: string;
}

function figureIn(part: readonly Cell[]): Figure | undefined {
  const figures = part.flatMap((cell): readonly Figure[] => {
    if (isFlavor(cell)) return [{ sort: 'flavor', value: cell.low }];
    const value = cell.quoted || senseOf(cell, 'name') ? undefined : senseOf(cell, 'value')?.value;
    if (value?.k === 'tags') return [{ sort: 'tags', value: JSON.stringify(value.tags) }];
    return value?.k === 'image' ? [{ sort: 'image', value: value.image.toLowerCase() }] : [];
  });
  return figures.length === 1 ? figures[0] : undefined;
}

/** "a gets env=prod, b gets env=dev", where a step gives a's figure to b. */
function isOfOther(
  part: readonly Cell[],
  parts: readonly (readonly Cell[])[],
  steps: readonly StepDraft[],
): boolean {
  const own = figureIn(part);
  const names = part.filter(isOwn);
  if (!own || names.length !== 1) return false;
  const ids = names.flatMap((cell) => senseOf(cell, 'name')!.ids);
  const others = parts.filter((one) => one !== part && one.filter(isOwn).length === 1);
  return others.some((one) => {
    const figure = figureIn(one);
    if (!figure || figure.sort !== own.sort || figure.value === own.value) return false;
    const isSame = one.some(
      (cell) => isOwn(cell) && senseOf(cell, 'name')!.ids.some((id) => ids.includes(id)),
    );
    if (isSame) return false;
    return steps.some(({ args, target }) => {
      const isIts = JSON.stringify(args).toLowerCase().includes(bare(figure.value));
      return isIts && target?.kind === 'resources' && target.ids.some((id) => ids.includes(id));
    });
  });
}

const bare = (value: string): string => value.toLowerCase().replace(/^\{|\}$/g, '');

/** "db-1 gets a snapshot", "after a snapshot of a": a deed as a noun that no step does. */
function isDeedGone(part: readonly Cell[], steps: readonly StepDraft[], catalogue: Catalogue): boolean {
  const at = part.findIndex(
    (cell, index) =>
      index > 0 &&
      !cell.quoted &&
      nominal[cell.low] !== undefined &&
      /^(a|an|another|one)$/.test(part[index - 1]!.low) &&
      (index === 1 ||
        wishing.test(part[index - 2]!.low) ||
        /(^|\b)(after|following|before that|before this|beforehand|first)$/.test(part[index - 2]!.low)),
  );
  if (at < 0 || part.some((cell) => /\b(was|were|had|did|already|failed|last|if|no)\b/.test(cell.low)))
    return false;
  // "after a restart it hangs": what happened.
  const isAfter = /^(after|following)$/.test(part[at - 2]?.low ?? '');
  const first = part.find((cell) => !isWord(cell, 'filler'));
  const isOrder = at === part.length - 1 && senseOf(first, 'verb')?.form === 'base';
  const isTold = isAfter && !isOrder && !/^(of|for|on)$/.test(part[at + 1]?.low ?? '');
  const phrase = nominal[part[at]!.low]!;
  return (
    !isTold &&
    !steps.some(({ operation }) => {
      const { verb } = catalogue.get(operation) ?? {};
      return verb !== undefined && (verb === phrase || verbWords[verb].includes(phrase));
    })
  );
}

const ordering =
  /^(afterwards?|after that|after it|after them|last|first|later|only then|only after|only afterwards|before|before that|before it|beforehand|at the end|then|finally|second|next|comes)$/;

/** "restart loki, grafana only afterwards", where both are one step. */
function isOrderGone(part: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const [word, place] = part;
  // "restart a and b, frob last"
  const isNobody =
    part.length === 2 && word!.senses.length === 0 && !word!.quoted && !plainWords.has(word!.low);
  if (at > 0 && isNobody && /^(first|last|afterwards|beforehand)$/.test(place!.low)) return true;
  const names = part.filter(isOwn);
  const rest = part.filter((cell) => !names.includes(cell) && !isWord(cell, 'det'));
  const isOrdered =
    rest.length > 0 &&
    rest.every(
      (cell) => !cell.quoted && (ordering.test(cell.low) || /^(only|but|just|and|please)$/.test(cell.low)),
    );
  if (at === 0 || names.length !== 1 || !isOrdered || !rest.some((cell) => ordering.test(cell.low)))
    return false;
  // "snapshots of a and b first, then …": both.
  if (steps.length > 1 && rest.some((cell) => cell.low === 'first')) return false;
  const ids = senseOf(names[0], 'name')!.ids;
  return steps.some(
    ({ target }) =>
      target?.kind === 'resources' && target.ids.length > 1 && target.ids.some((id) => ids.includes(id)),
  );
}

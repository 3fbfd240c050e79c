// One short step as the plain orders it may stand for, about a thing that was named before it: "snap it", "L.16", "image to
// x:2", "80 and 443 open", "its logs", "show the group", "VM snapshot x". Every form says the same words with the thing put
// in; which of them is an order is for the reader to say. Called by `underHeading`.

import { states } from '../freeOrder/deedWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

/** What a step leaves out. */
export interface Spoken {
  /** The thing it is about. */
  readonly subject: readonly Cell[];
  /** The steps before it. */
  readonly before: readonly (readonly Cell[])[];
  /** What else was named in them. */
  readonly others: readonly Cell[];
  readonly kindOf: (id: string) => string | undefined;
  /** Whether a word is of a kind that the thing has. */
  readonly isOfIt: (cell: Cell) => boolean;
}

/** The forms, the likeliest first. */
export function stepForms(
  step: readonly Cell[],
  { subject, before, others, kindOf, isOfIt }: Spoken,
): readonly (readonly Cell[])[] {
  const placed = withOther(withVerb(step), others, kindOf);
  const back = backOf(placed, subject, kindOf);
  if (back) return [back];
  const figure = figureOf(placed, subject, kindOf);
  if (figure) return [figure];
  const hung = hungOf(placed, subject, kindOf);
  if (hung) return [hung];
  const said = withThing(placed, subject, isOfIt);
  const first = said[0];
  if (!first) return [];
  const port = portsOf(step, subject, before);
  if (port) return [port];
  const snapshot = snapshotOf(said, subject, isOfIt);
  if (snapshot) return [snapshot];
  if (said !== placed) return [said];
  const look = lookOf(said, subject);
  if (look) return [look];
  const state = states[said.map(({ low }) => low).join(' ')];
  if (state !== undefined)
    return [[plain(first, state, { t: 'verb', phrase: state, form: 'base' }), ...subject]];
  const colon = plain(first, ':', word('colon'));
  const on = plain(first, 'on', word('prep'));
  const forms = [[...subject, colon, ...said]];
  const isVerb = isBase(first) && !senseOf(first, 'name');
  if (!isVerb) return forms;
  // "attach scratch": to the thing of the row
  const isNamed = said.some((cell) => senseOf(cell, 'name')?.exact);
  const to = plain(first, 'to', word('prep'));
  return isNamed && !said.some((cell) => isWord(cell, 'prep'))
    ? [[...said, to, ...subject], [first, ...subject, ...said.slice(1)], ...forms]
    : [[first, ...subject, ...said.slice(1)], [...said, on, ...subject], ...forms];
}

/** "a reboot", "another restart": the deed as a verb. */
function withVerb(step: readonly Cell[]): readonly Cell[] {
  const [det, noun, next] = step;
  const isDeed = isWord(det, 'det', 'one') && /^(a|an|another|one|one more)$/.test(det!.low) && isBase(noun);
  if (!isDeed || senseOf(noun, 'name') || isWord(next, 'of') || snapped.test(noun!.low)) return step;
  const { phrase } = senseOf(noun, 'verb')!;
  return [plain(noun!, phrase, { t: 'verb', phrase, form: 'base' }), ...step.slice(2)];
}

/** "esx-02", "nginx:1.27": where it is to run, or what. */
function figureOf(
  said: readonly Cell[],
  subject: readonly Cell[],
  kindOf: (id: string) => string | undefined,
): readonly Cell[] | undefined {
  const cell = said.at(-1)!;
  if (said.length > 2 || cell.quoted || (said.length === 2 && said[0]!.low !== 'to')) return undefined;
  const ids = senseOf(cell, 'name')?.ids ?? [];
  const isHost = ids.length > 0 && ids.every((id) => kindOf(id) === 'host');
  const isImage = ids.length === 0 && senseOf(cell, 'value')?.value.k === 'image';
  const phrase = isHost ? 'migrate' : isImage ? 'set image' : undefined;
  if (phrase === undefined) return undefined;
  return [
    plain(cell, phrase, { t: 'verb', phrase, form: 'base' }),
    ...subject,
    plain(cell, 'to', word('prep')),
    cell,
  ];
}

/** What is hung on a machine and taken off it, and by which words. */
const hanging: Readonly<Record<string, readonly [string, string]>> = {
  volume: ['attach', 'detach'],
  'floating-ip': ['assign', 'unassign'],
};

/** "54.20.0.1 on", "its EIP off", "mail-spool off": hung on the machine of the row, or taken off it. */
function hungOf(
  step: readonly Cell[],
  subject: readonly Cell[],
  kindOf: (id: string) => string | undefined,
): readonly Cell[] | undefined {
  const of = subject.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  const from = /^(?:its|the|old|current|his|put|take|hang)$/;
  let first = 0;
  while (first < step.length && !step[first]!.quoted && from.test(step[first]!.low)) first++;
  const [thing, side, ...rest] = step.slice(first);
  if (!thing || !side || rest.length > 0 || thing.quoted || side.quoted) return undefined;
  const isOn = /^(?:on|onto|in)$/.test(side.low);
  if (!isOn && !/^(?:off|away|out)$/.test(side.low)) return undefined;
  const ids = senseOf(thing, 'name')?.ids ?? [];
  const noun = senseOf(thing, 'kind');
  const kinds = new Set(ids.length > 0 ? ids.map(kindOf) : noun && !noun.plural ? noun.kinds : []);
  const [kind] = kinds;
  const isOne = kinds.size === 1 && (ids.length > 0 || (!isOn && kind === 'floating-ip'));
  const phrase = hanging[kind ?? '']?.[isOn ? 0 : 1];
  if (!isOne || phrase === undefined || of.length !== 1 || kindOf(of[0]!) !== 'vm') return undefined;
  const link = { ...plain(side, isOn ? 'to' : 'from', word('prep')), text: isOn ? 'to' : 'from' };
  return [
    { ...plain(side, phrase, { t: 'verb', phrase, form: 'base' }), text: phrase },
    thing,
    link,
    ...subject,
  ];
}

/** "put it back on db-1", "back on db-1": attached there, or moved there. */
function backOf(
  step: readonly Cell[],
  subject: readonly Cell[],
  kindOf: (id: string) => string | undefined,
): readonly Cell[] | undefined {
  const at = step.findIndex((cell) => cell.low === 'back' && !cell.quoted);
  const [to, place, ...rest] = step.slice(at + 1);
  const ids = senseOf(place, 'name')?.ids ?? [];
  const isPut = step
    .slice(0, Math.max(0, at))
    .every(
      (cell) =>
        isWord(cell, 'light', 'pronoun') || /^(put|plug|hook|hang|mount|stick|bring|move)$/.test(cell.low),
    );
  if (at < 0 || !isPut || rest.length > 0 || !isWord(to, 'prep') || !/^(on|to|onto|in|into)$/.test(to!.low))
    return undefined;
  const kinds = new Set(ids.map(kindOf));
  const phrase =
    kinds.size !== 1 ? undefined : kinds.has('vm') ? 'attach' : kinds.has('host') ? 'migrate' : undefined;
  if (phrase === undefined) return undefined;
  const verb = plain(step[at]!, phrase, { t: 'verb', phrase, form: 'base' });
  return [verb, ...subject, plain(to!, 'to', word('prep')), place!];
}

/** "… on the same box": the one thing of that kind that was named before. */
function withOther(
  step: readonly Cell[],
  others: readonly Cell[],
  kindOf: (id: string) => string | undefined,
): readonly Cell[] {
  const at = step.findIndex(
    (cell, index) =>
      isWord(cell, 'prep') &&
      !cell.quoted &&
      /^(the|the same|that|that same|this|same)$/.test(step[index + 1]?.low ?? '') &&
      senseOf(step[index + 2], 'kind') !== undefined,
  );
  const kinds = senseOf(step[at + 2], 'kind')?.kinds ?? [];
  const isOfKind = (cell: Cell): boolean =>
    senseOf(cell, 'name')!.ids.every((id) => kinds.some((kind) => kind === kindOf(id)));
  const fitting = [...new Map(others.filter(isOfKind).map((cell) => [cell.low, cell])).values()];
  if (at < 0 || fitting.length !== 1 || senseOf(step[at + 3], 'name')) return step;
  return [...step.slice(0, at + 1), fitting[0]!, ...step.slice(at + 3)];
}

/** "reboot it", "show me the group", "set its type": the thing in the place of what points at it. */
function withThing(
  step: readonly Cell[],
  subject: readonly Cell[],
  isOfIt: (cell: Cell) => boolean,
): readonly Cell[] {
  const named = step.some((cell) => senseOf(cell, 'name')?.exact);
  for (const [at, cell] of step.entries()) {
    if (cell.quoted) continue;
    if (isWord(cell, 'pronoun') && /^(it|them|both|both of them|this|that|this one|that one)$/.test(cell.low))
      return [...step.slice(0, at), ...subject, ...step.slice(at + 1)];
    const next = step[at + 1];
    const isThe = /^(the|this|that|these|those|the same)$/.test(cell.low);
    const isBack = next && !next.quoted && (isOfIt(next) || next.low === 'group') && !senseOf(next, 'name');
    const isWhole = !senseOf(step[at + 2], 'name') && !isWord(step[at + 2], 'of');
    if (isThe && isBack && isWhole && !named)
      return [...step.slice(0, at), ...subject, ...step.slice(at + 2)];
    // "show its restarts for the last 10 minutes", "set its type to t3.large"
    if (isWord(cell, 'their') && next) {
      const of = plain(cell, 'of', word('of'));
      if (isWord(next, 'showCue') && !isWord(step[at - 1], 'ask'))
        return [...step.slice(0, at), next, of, ...subject, ...step.slice(at + 2)];
      return [...step.slice(0, at), next, of, ...subject, ...step.slice(at + 2)];
    }
  }
  return step;
}

const opening = /^(open|opened|re-?open|re-?opened)$/;
const closing = /^(close|closed|shut|re-?close)$/;

/** "80 and 443 open", "22 closed", "reopen it for 10.0.0.0/8": the ports, said before what they are to be or a step ago. */
function portsOf(
  said: readonly Cell[],
  subject: readonly Cell[],
  before: readonly (readonly Cell[])[],
): readonly Cell[] | undefined {
  const at = said.findIndex((cell) => !cell.quoted && (opening.test(cell.low) || closing.test(cell.low)));
  const verb = said[at];
  if (!verb) return undefined;
  const lead = said.slice(0, at);
  const rest = said
    .slice(at + 1)
    .filter(
      (cell) => cell.quoted || !isWord(cell, 'pronoun', 'again', 'filler', 'det') || isWord(cell, 'prep'),
    );
  const isSaid = isPortList(lead) ? isPortFree(rest) : lead.length === 0 && !isWord(verb, 'light');
  if (!isSaid) return undefined;
  const behind = rest.filter(isPort);
  const ports =
    lead.length > 0
      ? lead
      : behind.length > 0
        ? behind
        : (before.map((step) => step.filter(isPort)).findLast((list) => list.length > 0) ?? []);
  const more = lead.length > 0 || behind.length === 0 ? rest : rest.filter((cell) => !isPort(cell));
  const isRange = more.every(
    (cell) =>
      senseOf(cell, 'value')?.value.k === 'cidr' ||
      (!cell.quoted && isWord(cell, 'prep', 'cidrWord', 'and', 'port', 'protocol')),
  );
  if (ports.length === 0 || !isRange) return undefined;
  const phrase = closing.test(verb.low) ? 'close' : 'open';
  const order = plain(verb, phrase, { t: 'verb', phrase, form: 'base' });
  return [order, ...ports, plain(verb, 'on', word('prep')), ...subject, ...more];
}

const isPort = (cell: Cell): boolean =>
  !cell.quoted && /^(number|port)$/.test(senseOf(cell, 'value')?.value.k ?? '');

const isPortFree = (cells: readonly Cell[]): boolean => !cells.some(isPort);

const isPortList = (cells: readonly Cell[]): boolean =>
  cells.some(isPort) && cells.every((cell) => isPort(cell) || isWord(cell, 'and', 'port', 'protocol'));

const taking = /^(take|make|create|do|grab|pull|get|snapshot|snap|backup|back up)$/;
const snapped = /^(snapshot|snap|backup|back up)$/;

/** "VM snapshot x", "take a snapshot named x", "snap as x": of the thing, under that name. */
function snapshotOf(
  said: readonly Cell[],
  subject: readonly Cell[],
  isOfIt: (cell: Cell) => boolean,
): readonly Cell[] | undefined {
  let at = 0;
  const isTaking = taking.test(said[0]!.low) && !snapped.test(said[0]!.low);
  if (isTaking) at++;
  while (
    isWord(said[at], 'det', 'one', 'first') ||
    /^(fresh|full|final|last|new|quick)$/.test(said[at]?.low ?? '')
  )
    at++;
  if (said[at] && !said[at]!.quoted && isOfIt(said[at]!) && !senseOf(said[at], 'name')) at++;
  const noun = said[at];
  if (!noun || noun.quoted || !snapped.test(noun.low)) return undefined;
  let next = withoutOf(said, at + 1, subject);
  while (isWord(said[next], 'named', 'colon') || /^(as|under|with|name)$/.test(said[next]?.low ?? '')) next++;
  const name = said[next];
  const isCalled = isWord(said[next - 1], 'named') || /^(as|under|with|name)$/.test(said[next - 1]!.low);
  const isFree =
    name === undefined || name.quoted || isFreeName(name) || (isCalled && !isWord(name, 'pronoun', 'det'));
  if (!isFree || said.length > next + 1) return undefined;
  const verb = plain(noun, 'snapshot', { t: 'verb', phrase: 'snapshot', form: 'base' });
  return [verb, ...subject, ...(name ? [plain(name, 'as', word('named')), name] : [])];
}

/** "a snapshot of the VM", where that is the thing of the row. */
function withoutOf(said: readonly Cell[], from: number, subject: readonly Cell[]): number {
  const isOf = /^(of|from|for)$/.test(said[from]?.low ?? '');
  const isIt = subject.every((cell, at) => said[from + 1 + at]?.low === cell.low);
  return isOf && isIt ? from + 1 + subject.length : from;
}

/** A word that nothing there is called by. */
const isFreeName = (cell: Cell): boolean =>
  /[a-z]/.test(cell.low) && cell.words === 1 && cell.senses.every(({ t }) => t === 'part' || t === 'prefix');

/** "show", "details", "logs", "restarts for the last 10 minutes": a look at the thing. */
function lookOf(said: readonly Cell[], subject: readonly Cell[]): readonly Cell[] | undefined {
  const ask = plain(said[0]!, 'show me', word('ask'));
  const of = plain(said[0]!, 'of', word('of'));
  let at = 0;
  while (isWord(said[at], 'ask') && !senseOf(said[at], 'metric')) at++;
  while (isWord(said[at], 'det')) at++;
  const noun = said[at];
  if (!noun) return at > 0 ? [ask, ...subject] : undefined;
  if (noun.quoted || senseOf(noun, 'name')) return undefined;
  const isDetails = isWord(noun, 'showCue') || /^(details|status|state|info)$/.test(noun.low);
  if (isDetails) return at + 1 === said.length ? [ask, ...subject] : undefined;
  if (!senseOf(noun, 'metric') && !isWord(noun, 'logCue')) return undefined;
  return [ask, noun, of, ...subject, ...said.slice(at + 1)];
}

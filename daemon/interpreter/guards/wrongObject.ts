// What an order is about, as its words say it, against what the plan would do: "clear the memory of web-01" is no order to
// delete web-01, "drop the connections of orders-prod" none to drop the database, "open eighty eighty" no port 80. The
// grammar leaves out such a word as if it were said by the way. Held over every plan, whatever read it, by `otherMeant`.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';

const wholly =
  /^(delete|stop|start|reboot|restart|rollout-restart|suspend|resume|drain|cordon|uncordon|kill|reset)\./;
/** Words for the thing itself: "pull the power of web-1", "restart the guest of web-1". */
const itself =
  /^(power|plug|os|guest|guest os|operating system|system|rollout|whole|entirety|rest|thing|things|one|ones|name|scheduling)$/;

/** The words of an object that the plan is not about; undefined where it is about what was said. */
export function otherObject(
  { steps }: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
): string | undefined {
  return steps.reduce<string | undefined>(
    (found, step) =>
      found ??
      partOfThing(step, cells, catalogue) ??
      bearerOf(step, cells) ??
      holderOf(step, cells, catalogue) ??
      notFrom(step, cells) ??
      machineTaken(step, cells) ??
      spared(step, cells) ??
      fromList(step, cells) ??
      deniedOf(step, cells) ??
      laterOf(step, cells) ??
      labelOf(step, cells, catalogue) ??
      doubleNumber(step, cells) ??
      addressThen(step, steps, cells),
    undefined,
  );
}

/** "take web-1 out of service": the machine, where nobody spoke of an address. */
function machineTaken(
  { operation, target, evidence }: StepDraft,
  cells: readonly Cell[],
): string | undefined {
  const ids = target?.kind === 'resources' ? target.ids : [];
  const named = cells.find((cell) => senseOf(cell, 'name')?.ids.some((id) => ids.includes(id)));
  const verb = cells.find((cell) =>
    evidence.some(({ part, start, end }) => part === 'verb' && start < cell.end && cell.start < end),
  );
  const isAddress = (cell: Cell): boolean =>
    senseOf(cell, 'kind')?.kinds.includes('floating-ip') === true ||
    senseOf(cell, 'name')?.ids.some((id) => id.includes(':floating-ip/')) === true ||
    /\b(e?ips?|address(es)?|floating)\b|^\d+\.\d+\.\d+\.\d+/.test(cell.low);
  const isTaken =
    operation === 'unassign-ip.vm' && /^(take|pull|drop|free|strip|remove)\b/.test(verb?.low ?? '');
  return isTaken && named && !cells.some(isAddress) ? named.text : undefined;
}

/** "remove web-01 from the list", "drop it from that": off what is planned, and not away. */
function fromList({ operation }: StepDraft, cells: readonly Cell[]): string | undefined {
  if (!operation.startsWith('delete.')) return undefined;
  const low = (at: number): string => (cells[at] && !cells[at].quoted ? cells[at].low : '');
  const at = cells.findIndex((_, index) => {
    if (!/(^| )(from|off|out of)$/.test(low(index))) return false;
    const noun = /^(the|this|that|my|your|our|it|these|those)$/.test(low(index + 1)) ? index + 2 : index + 1;
    const isOver = cells[noun] === undefined || isWord(cells[noun], 'filler', 'stop', 'comma');
    return (
      /^(list|plan|batch|selection|request|order|queue|scope|set|command)$/.test(low(noun)) ||
      (noun === index + 2 && /^(that|this|it|these|those)$/.test(low(index + 1)) && isOver)
    );
  });
  return at < 0
    ? undefined
    : cells
        .slice(at, at + 3)
        .map((cell) => cell.text)
        .join(' ');
}

/** What a node is freed of or kept from. */
const onNodes = /^(maintenance|workloads?|pods|work|load|traffic|scheduling)$/;

/** "clear the memory of web-01", "empty worker-4 disk": a part of the thing, or what is measured of it. */
function partOfThing(step: StepDraft, cells: readonly Cell[], catalogue: Catalogue): string | undefined {
  const ids = step.target?.kind === 'resources' ? step.target.ids : [];
  const kind = catalogue.get(step.operation)?.kind;
  const isScaled = step.operation.startsWith('scale.');
  if (!(wholly.test(step.operation) || isScaled) || ids.length === 0 || kind === undefined) return undefined;
  const destroys = catalogue.get(step.operation)?.risk === 'destroy';
  const verbs = step.evidence.filter(({ part }) => part === 'verb');
  const isOwnVerb = (cell: Cell): boolean =>
    verbs.some(({ start, end }) => start < cell.end && cell.start < end);
  const isTarget = (cell: Cell | undefined): boolean =>
    senseOf(cell, 'name')?.ids.some((id) => ids.includes(id)) === true;
  const isOther = (cell: Cell | undefined): cell is Cell =>
    cell !== undefined && !isOwnVerb(cell) && isPart(cell, kind);
  const verb = cells.findIndex(isOwnVerb);
  const at = afterSmall(cells, verb + 1);
  if (verb < 0) return undefined;
  // "set the cpu of cart to 4": no number of copies.
  if (isScaled) {
    const isMeasure = senseOf(cells[at], 'metric') && /^(of|for|on)$/.test(cells[at + 1]?.low ?? '');
    return isMeasure ? cells[at]!.text : undefined;
  }
  const name = cells.findIndex((cell, index) => index > verb && isTarget(cell));
  const told = destroys ? otherOf(cells, verb, name, kind) : undefined;
  if (told) return told;
  // "prod search has an OOMKilled pod, restart that pod"
  const pointed = isWord(cells[verb + 1], 'demonstrative') ? cells[verb + 2] : undefined;
  if (pointed && isPart(pointed, kind) && senseOf(pointed, 'kind')) return pointed.text;
  const word = cells[at];
  const behind = cells[afterSmall(cells, at + 2)];
  // "kick the tires on grafana"
  const isOfNode = /^(drain|cordon|uncordon)\./.test(step.operation) && onNodes.test(word?.low ?? '');
  // "the upgrade of web-1", "the builds on jenkins": a deed as a noun.
  const isDeed =
    at > verb + 1 &&
    word !== undefined &&
    !isOwnVerb(word) &&
    // "lift the cordon on a", "roll out a restart of it": what is done.
    !step.operation.includes(word.low.split(' ')[0]!) &&
    /^(base|s)$/.test(senseOf(word, 'verb')?.form ?? '');
  const isUnknown =
    (word?.senses.length === 0 || isDeed) &&
    !word!.quoted &&
    !senseOf(word, 'name') &&
    !itself.test(word!.low);
  // "reboot a & clear its cache": of what it was said, and nothing that is a thing here.
  const owned = isWord(cells[verb + 1], 'their') ? cells[verb + 2] : undefined;
  if (owned && !owned.quoted && owned.senses.length === 0 && !itself.test(owned.low))
    return `${cells[verb + 1]!.text} ${owned.text}`;
  // "snapshot a and delete the older ones"
  const ones = cells.findIndex(
    (cell, index) => index > verb && index < verb + 4 && /^(ones?)$/.test(cell.low),
  );
  const isOlder =
    ones > 0 &&
    cells.slice(verb + 1, ones).some((cell) => isWord(cell, 'older', 'newer', 'sizeWord', 'first', 'last'));
  if (destroys && isOlder && step.target?.kind === 'resources' && step.target.filter === undefined)
    return cells
      .slice(verb + 1, ones + 1)
      .map((cell) => cell.text)
      .join(' ');
  // "stop a from accepting traffic"
  const from = cells.findIndex((cell, index) => index > verb && cell.low === 'from' && !cell.quoted);
  if (
    from > 0 &&
    isTarget(cells[from - 1]) &&
    senseOf(cells[from + 1], 'verb')?.form === 'ing' &&
    cells[from + 1]!.low !== 'running'
  )
    return `from ${cells[from + 1]!.text}`;
  if (
    (isOther(word) || isUnknown) &&
    !isOfNode &&
    /^(of|on|from|in|to|for|at|off|out of)$/.test(cells[at + 1]?.low ?? '') &&
    isTarget(behind)
  )
    return `${word.text} ${cells[at + 1]!.text} ${behind!.text}`;
  const part = isWord(cells[at + 1], 'possessive') || cells[at + 1]?.low === "'s" ? at + 2 : at + 1;
  const next = cells[part + 1];
  const isEnd = next === undefined || isWord(next, 'stop', 'filler', 'comma', 'and');
  const isBelow = part === at + 2 && /^(host|hypervisor|node)$/.test(cells[part]?.low ?? '');
  return isTarget(word) && (isBelow || isOther(cells[part])) && isEnd
    ? `${word!.text} ${cells[part]!.text}`
    : undefined;
}

/** "open 8443, but not to the internet": who may not reach it. */
function notFrom({ operation, args }: StepDraft, cells: readonly Cell[]): string | undefined {
  if (operation !== 'open-port.security-group' || args.cidr === undefined) return undefined;
  const at = cells.findIndex((cell, index) => {
    const value = senseOf(cell, 'value')?.value;
    const isDenied = cells.slice(Math.max(0, index - 3), index).some((one) => isWord(one, 'not', 'except'));
    const isSaid = value?.k === 'cidr' ? value.cidr === args.cidr : isWord(cell, 'anyone');
    return isSaid && isDenied;
  });
  return cells[at]?.text;
}

const bearing =
  /^(runs?|running|is running|lives?|sits?|hangs?|depends?|relies|resides?|is|stands?|uses?|needs?)( (on|in|at|behind|under|off|to))?$/;
const behind = / (on|in|at|behind|under|off)$/;
const below = /^(on|in|at|behind|under|off)$/;

/** "reboot whatever jenkins runs on", "stop the box db-1 sits behind": what the thing is on, and not the thing. */
function bearerOf({ operation, target }: StepDraft, cells: readonly Cell[]): string | undefined {
  const ids = target?.kind === 'resources' ? target.ids : [];
  if (!wholly.test(operation)) return undefined;
  const at = cells.findIndex((cell, index) => {
    const isOne = senseOf(cell, 'name')?.ids.some((id) => ids.includes(id)) && !cell.quoted;
    const next = cells[index + 1];
    if (!isOne || index < 2 || !next || next.quoted || !bearing.test(next.low)) return false;
    const isSplit = !behind.test(next.low) && below.test(cells[index + 2]?.low ?? '');
    const end = cells[index + (isSplit ? 3 : 2)];
    const isEnd = end === undefined || isWord(end, 'comma', 'stop', 'and', 'filler', 'afterwards', 'because');
    return (isSplit || behind.test(next.low)) && isEnd;
  });
  return at < 0
    ? undefined
    : cells
        .slice(at - 1, at + 3)
        .map(({ text }) => text)
        .join(' ');
}

/** "the snapshot of orders-prod is broken, delete it": the snapshot, and not what it is of. */
function holderOf(step: StepDraft, cells: readonly Cell[], catalogue: Catalogue): string | undefined {
  const operation = catalogue.get(step.operation);
  const ids = step.target?.kind === 'resources' ? step.target.ids : [];
  if (operation?.risk !== 'destroy' || ids.length === 0) return undefined;
  const heads = cells.flatMap((cell, at) => {
    if (!senseOf(cell, 'name')?.ids.some((id) => ids.includes(id))) return [];
    let prep = at - 1;
    while (
      prep > 0 &&
      !cells[prep]!.quoted &&
      (isWord(cells[prep], 'det') || senseOf(cells[prep], 'kind')?.kinds.includes(operation.kind))
    )
      prep--;
    const isHeld = /^(of|on|in|from|for)$/.test(cells[prep]?.low ?? '') && !cells[prep]!.quoted;
    const noun = cells[prep - 1];
    const kinds = noun && !noun.quoted && !senseOf(noun, 'name') ? senseOf(noun, 'kind')?.kinds : undefined;
    const isOther = isHeld && kinds !== undefined && kinds.length > 0 && !kinds.includes(operation.kind);
    return [isOther ? { at, words: `${noun!.text} ${cells[prep]!.text} ${cell.text}` } : undefined];
  });
  const [first] = heads;
  const isPointed =
    first !== undefined &&
    cells.some(
      (cell, at) => at > first.at && !cell.quoted && /^(it|them|that one|this one|that|this)$/.test(cell.low),
    );
  return isPointed && heads.every((head) => head !== undefined) ? first.words : undefined;
}

function afterSmall(cells: readonly Cell[], from: number): number {
  let at = from;
  while (
    (isWord(cells[at], 'det', 'their', 'all', 'any', 'both') || /^(only|just)$/.test(cells[at]?.low ?? '')) &&
    !senseOf(cells[at], 'name')
  )
    at++;
  return at;
}

/** A word that is neither the thing nor its kind. */
function isPart(cell: Cell, kind: string): boolean {
  if (cell.quoted || senseOf(cell, 'name') || itself.test(cell.low)) return false;
  const kinds = senseOf(cell, 'kind')?.kinds ?? [];
  // "move the pods of worker-4 elsewhere" drains it.
  if (kinds.includes(kind) || (kind === 'node' && kinds.includes('pod'))) return false;
  return (
    kinds.length > 0 || senseOf(cell, 'metric') !== undefined || isWord(cell, 'port', 'logCue', 'tagged')
  );
}

/** "delete the copy of web-1", "delete whatever replaced web-1": what stands between a destroy and the name tells of another. */
function otherOf(cells: readonly Cell[], verb: number, name: number, kind: string): string | undefined {
  if (verb < 0 || name <= verb) return undefined;
  const said = (): string =>
    cells
      .slice(verb + 1, name + 1)
      .map((cell) => cell.text)
      .join(' ');
  const isTelling = (cell: Cell): boolean =>
    !cell.quoted &&
    !senseOf(cell, 'name') &&
    (isWord(cell, 'what', 'who', 'startingWith') ||
      /^(whatever|whichever|anything|something)$/.test(cell.low) ||
      (senseOf(cell, 'verb')?.form === 'ed' && !senseOf(cell, 'status') && isWord(cells[verb + 1], 'any')));
  if (cells.slice(verb + 1, name).some(isTelling)) return said();
  let prep = name - 1;
  while (isWord(cells[prep], 'det', 'their')) prep--;
  const word = cells[prep - 1];
  if (!/^(of|from|on|in|to|behind|for|at)$/.test(cells[prep]?.low ?? '') || !word || prep - 1 <= verb)
    return undefined;
  const isOwn =
    senseOf(word, 'kind')?.kinds.includes(kind) ||
    senseOf(word, 'name') !== undefined ||
    isWord(word, 'all', 'both', 'comma', 'and', 'stop', 'colon');
  return isOwn ? undefined : said();
}

/** "scale cart to 5, but not on worker-4": a place that is ruled out, and that no step takes notice of. */
function spared({ target, args }: StepDraft, cells: readonly Cell[]): string | undefined {
  const used = JSON.stringify([target, args]);
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /(^| )not$/.test(cell.low) &&
      /^(on|in|at|onto|into|to|from|with|for)$/.test(cells[index + 1]?.low ?? '') &&
      senseOf(cells[afterSmall(cells, index + 2)], 'name')?.ids.every((id) => !used.includes(id)) === true,
  );
  const isBound = target?.kind === 'resources' && target.filter !== undefined;
  const env = senseOf(cells[afterSmall(cells, at + 2)], 'env')?.value;
  // "in staging and not in prod": in staging.
  const isElsewhere =
    env !== undefined &&
    !isWord(cells[at - 1], 'afterwards') &&
    cells.slice(0, at).some((cell) => (senseOf(cell, 'env')?.value ?? env) !== env);
  if (at < 0 || isBound || isElsewhere) return undefined;
  const place = cells[afterSmall(cells, at + 2)]!;
  return `${cells[at]!.text} ${cells[at + 1]!.text} ${place.text}`;
}

/** "the tag team of web-1 must not be removed": the very deed is denied. */
function deniedOf({ evidence }: StepDraft, cells: readonly Cell[]): string | undefined {
  const verbs = evidence.filter(({ part }) => part === 'verb');
  const at = cells.findIndex(
    (cell) =>
      !cell.quoted &&
      senseOf(cell, 'verb')?.form === 'ed' &&
      verbs.some(({ start, end }) => start < cell.end && cell.start < end),
  );
  let before = at - 1;
  while (isWord(cells[before], 'be') || /^(to|to be|be|get|really|ever)$/.test(cells[before]?.low ?? ''))
    before--;
  const not = cells[before];
  const isDenied = at > 0 && not?.quoted === false && /(^| )(not|never)$/.test(not.low);
  return isDenied ? `${not.text} ${cells[at]!.text}` : undefined;
}

/** "move a to b, the move is planned for tonight": when the deed is to be. */
function laterOf({ evidence }: StepDraft, cells: readonly Cell[]): string | undefined {
  const phrases = cells.flatMap((cell) =>
    evidence.some(({ part, start }) => part === 'verb' && start === cell.start) ? [cell.low] : [],
  );
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      phrases.includes(cell.low) &&
      /^(the|this|that)$/.test(cells[index - 1]?.low ?? '') &&
      isWord(cells[index + 1], 'be', 'have', 'need', 'do'),
  );
  const end = cells.findIndex((cell, index) => index > at && isWord(cell, 'comma', 'stop') && !cell.quoted);
  const said = at < 0 ? [] : cells.slice(at, end < 0 ? cells.length : end);
  const time = said.find((cell) =>
    /\b(tonight|tomorrow|later|next|this (evening|afternoon|weekend)|on (mon|tues|wednes|thurs|fri|satur|sun)day)\b/.test(
      cell.low,
    ),
  );
  return time && `${said.map((cell) => cell.text).join(' ')}`;
}

const labelNoun = /^(tags?|labels?|annotations?)$/;

/** "remove of web-1 the tag team": a label, where the thing itself would be destroyed. */
function labelOf(step: StepDraft, cells: readonly Cell[], catalogue: Catalogue): string | undefined {
  const { risk, verb } = catalogue.get(step.operation) ?? {};
  const isSet = step.target?.kind === 'resources' && step.target.filter !== undefined;
  if (risk !== 'destroy' || verb !== 'delete' || isSet) return undefined;
  const order = cells.findIndex((cell) =>
    step.evidence.some(({ part, start }) => part === 'verb' && start === cell.start),
  );
  const end = cells.findIndex((cell, at) => at > order && isWord(cell, 'stop', 'because') && !cell.quoted);
  const said = cells.slice(Math.max(0, order), end < 0 ? cells.length : end);
  const label = said.find(
    (cell, at) =>
      !cell.quoted &&
      labelNoun.test(cell.low) &&
      !senseOf(cell, 'name') &&
      isWord(said[at - 1], 'det', 'their', 'possessive', 'all', 'any', 'comma', 'and'),
  );
  return label?.text;
}

/** "open eighty four forty three": one number in two, or two. */
function doubleNumber({ operation }: StepDraft, cells: readonly Cell[]): string | undefined {
  if (!/^(open|close)-port\./.test(operation)) return undefined;
  const isSpelled = (cell: Cell | undefined): boolean =>
    senseOf(cell, 'value')?.value.k === 'number' && /^[a-z -]+$/.test(cell!.low);
  const at = cells.findIndex((cell, index) => isSpelled(cell) && isSpelled(cells[index + 1]));
  return at < 0 ? undefined : `${cells[at]!.text} ${cells[at + 1]!.text}`;
}

/** "release 203.0.113.12 from bastion then delete it": the address, or the machine? */
function addressThen(
  step: StepDraft,
  steps: PlanReading['steps'],
  cells: readonly Cell[],
): string | undefined {
  const ids = step.target?.kind === 'resources' ? step.target.ids : [];
  const isFreed = steps.some(
    ({ operation, target }) =>
      /^(un)?assign-ip\./.test(operation) &&
      target?.kind === 'resources' &&
      target.ids.some((id) => ids.includes(id)),
  );
  const it = cells.findIndex(
    (cell, at) =>
      !cell.quoted && /^(it|that|this)$/.test(cell.low) && senseOf(cells[at - 1], 'verb')?.form === 'base',
  );
  return step.operation.startsWith('delete.') && isFreed && it > 0
    ? `${cells[it - 1]!.text} ${cells[it]!.text}`
    : undefined;
}

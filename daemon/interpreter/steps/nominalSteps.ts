// Steps that are said with nouns and figures: "a snapshot of a, then a reboot of b", "rollback to revision 2, then 6
// replicas", "delete the deployment a and the service of the same name", "…, and when all that is done, …". Each gets
// the verb, the name or the "then" that was meant. A noun is an order only in a row of steps, and never where something
// is said of it ("the reboot of b failed"). Called by `withSequence`, before the other turns.

import { destroying } from '../guards/guard.ts';
import { isResult } from '../rewording/startsResult.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { isJoin, isOrder } from './madeTogether.ts';

/** The cells with every step as an order of its own. */
export function withNominalSteps(cells: readonly Cell[]): readonly Cell[] {
  const said = withAfterMain(withDone(cells)).filter(
    (cell, at, all) => !isAllowing(cell, all[at - 1], all[at + 1]),
  );
  if (isQuestion(said) || said.some((cell) => (isWord(cell, 'if') || cell.low === '?') && !cell.quoted))
    return withSameName(said);
  return withSameName(withDeeds(withDeedBefore(said)));
}

/** "a reboot of b after a snapshot": the snapshot of b, then the reboot. "After the snapshot" waits for one that is told. */
function withDeedBefore(cells: readonly Cell[]): readonly Cell[] {
  const after = cells.findIndex(
    (cell, at) =>
      at > 2 &&
      !cell.quoted &&
      /^(after|following)$/.test(cell.low) &&
      /^(a|an|another|one)$/.test(cells[at + 1]?.low ?? '') &&
      cells.slice(at + 2, at + 4).some(isDeedNoun),
  );
  const start = cells.findLastIndex((cell, at) => at < after && isEdge(cell)) + 1;
  const main = cells.slice(start, Math.max(start, after));
  const noun = cells.findIndex((cell, at) => at > after && isDeedNoun(cell));
  let end = noun + 1;
  while (end < cells.length && !isEdge(cells[end]) && !isWord(cells[end], 'filler')) end++;
  const own = cells.slice(noun + 1, end);
  const named = main.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  const first = main.findIndex((cell) => !isWord(cell, 'filler', 'det', 'first'));
  const isNominal = isDeedNoun(main[first]) && /^(of|for|on)$/.test(main[first + 1]?.low ?? '');
  if (after < 0 || !isNominal || (own.length === 0 && named.length !== 1)) return cells;
  const of = plain(cells[noun]!, 'of', word('of'));
  const then = plain(cells[after]!, 'then', word('afterwards'));
  return [
    ...cells.slice(0, start),
    ...cells.slice(after + 1, noun + 1),
    ...(own.length > 0 ? own : [of, named[0]!]),
    then,
    ...main,
    ...cells.slice(end),
  ];
}

/** "then you can start it": start it. */
const isAllowing = (cell: Cell, before: Cell | undefined, next: Cell | undefined): boolean =>
  !cell.quoted &&
  /^(you can|you could|you may|you should|you must|you)$/.test(cell.low) &&
  isWord(before, 'afterwards') &&
  isBase(next);

const done =
  /^(and |but )?(when|once|after|as soon as|right after|directly after)( (that( one| node| machine)?|this( one)?|it|the first( one)?|thats|its|they|all|all that|all this|all of that|everything))?( (is|has|was|are|have|s))?( (been|all))?( (done|finished|empty|drained|complete|completed|over|ready|through|up|back|down|stopped|off|gone|successful|fine|exists|exist|there|created|running|runs|boots|booted|available|out of the way|out|live|in place|gone out|gone through|settled|comes up|came up|active|online|(sits|lands|landed|arrives|arrived|lives|stands)( there| over there)|[a-z]{2,}ed))?( again| up| out| running)?( with (it|that|this))?$/;
const doneCellsMax = 7;

/** "and, when it has finished, …", "after it …": then. */
function withDone(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 && /^(and |but )?(when|once|after|as|right|directly)\b/.test(cell.low) && !cell.quoted,
  );
  if (at < 0 || (!isEdge(cells[at - 1]) && !isThing(cells[at - 1]) && !senseOf(cells[at - 1], 'value')))
    return cells;
  let text = '';
  let end = -1;
  for (let next = at; next < Math.min(cells.length, at + doneCellsMax); next++) {
    const cell = cells[next]!;
    if (cell.quoted || isWord(cell, 'comma', 'stop') || senseOf(cell, 'name')) break;
    text = text === '' ? cell.low : `${text} ${cell.low}`;
    const isSaid = next === at && isWord(cell, 'afterwards');
    if (!isSaid && done.test(text) && / /.test(text) && isStepNext(cells, next + 1)) end = next + 1;
  }
  const rest = end < 0 ? cells.slice(at + 1) : cells.slice(isWord(cells[end], 'comma') ? end + 1 : end);
  if (end < 0) return cells;
  const then = plain(cells[at]!, 'then', word('afterwards'), word('filler'));
  return [...cells.slice(0, at), then, ...withDone(rest)];
}

const isEdge = (cell: Cell | undefined): boolean =>
  isJoin(cell) || isWord(cell, 'stop') || (cell?.low === 'but' && !cell.quoted);

/** A step may begin here: a comma, an order or another thing. */
function isStepNext(cells: readonly Cell[], at: number): boolean {
  const next = isWord(cells[at], 'comma') ? at + 1 : at;
  const first = cells[next];
  return (
    first !== undefined &&
    (isBase(first) ||
      isThing(first) ||
      isWord(first, 'det', 'filler', 'listCue', 'showCue', 'ask', 'light', 'revision') ||
      (senseOf(first, 'value') !== undefined && isWord(cells[next + 1], 'replicas')))
  );
}

/** "… and start it after": afterwards. */
function withAfterMain(cells: readonly Cell[]): readonly Cell[] {
  let end = cells.length;
  while (isWord(cells[end - 1], 'stop', 'filler') && !isWord(cells[end - 1], 'after')) end--;
  const last = cells[end - 1];
  if (!last || last.quoted || last.low !== 'after' || end < 5) return cells;
  const join = cells.findLastIndex((cell, at) => at < end - 1 && isJoin(cell));
  if (join < 2 || !isOrder(cells, join + 1)) return cells;
  const then = plain(last, 'then', word('afterwards'), word('filler'));
  return [...cells.slice(0, join), then, ...cells.slice(join + 1, end - 1), ...cells.slice(end)];
}

const deeds =
  /^(snapshot|backup|back up|snap|reboot|restart|rollback|roll back|shutdown|drain|resize|rollout restart|stop|start|detach|cordon)$/;
const courteous = /^(please|pls|plz|kindly)$/;

/** "a reboot", "snapshots": a deed as a noun. */
const isDeedNoun = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isBase(cell) ||
    (senseOf(cell, 'verb')?.form === 's' && /^(snapshot|backup|reboot|restart)s$/.test(cell.low))) &&
  deeds.test(senseOf(cell, 'verb')!.phrase);

const keeping = /^(keep|save|preserve|secure|store|make|do|take|create|get|have|draw|pull|grab)$/;
const ordinal = /^(first|second|third|fourth|fifth|last|finally|lastly|1st|2nd|3rd|4th|at last|in the end)$/;

/** "first a snapshot of a named n, second …", "…, then 6 replicas": orders that are said as nouns. */
function withDeeds(cells: readonly Cell[]): readonly Cell[] {
  const parts = partsOf(cells);
  if (parts.length < 2) return cells;
  const turned = parts.map(
    (part, at) =>
      deedOf(part, parts[at - 1]) ??
      approvedOf(part) ??
      resultOf(part, at) ??
      (at > 0 ? figureOf(part) : undefined),
  );
  const isPlain = parts.every((part, at) => turned[at] !== undefined || isOrderly(part));
  const isSaid = turned.some((part) => part !== undefined);
  return isSaid && isPlain ? parts.flatMap((part, at) => turned[at] ?? part) : cells;
}

/** Cut in front of every join; the join stays with the part behind it. */
function partsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  cells.forEach((cell, at) => {
    const isCut = isEdge(cell) && !isEdge(cells[at - 1]) && at > 0;
    if (isCut) parts.push([]);
    parts.at(-1)!.push(cell);
  });
  // "a snapshot of a and b": more things belong to the part before.
  return parts.reduce<(readonly Cell[])[]>((told, part) => {
    const body = bodyOf(part).body;
    const isMore =
      body.length > 0 &&
      told.length > 0 &&
      body.every(
        (cell) => isThing(cell) || isWord(cell, 'det', 'prep', 'first') || courteous.test(cell.low),
      ) &&
      body.some(isThing) &&
      !body.some(isBase);
    const isIdle = body.length === 0;
    if (isMore || (isIdle && told.length > 0)) told.push([...told.pop()!, ...part]);
    else told.push(part);
    return told;
  }, []);
}

/** The joins, numbers and courtesy before a part, and the rest. */
function bodyOf(part: readonly Cell[]): { readonly lead: readonly Cell[]; readonly body: readonly Cell[] } {
  let at = 0;
  const isLead = (cell: Cell): boolean =>
    !cell.quoted &&
    !isBase(cell) &&
    !senseOf(cell, 'name') &&
    (isEdge(cell) || isWord(cell, 'filler', 'first', 'colon') || ordinal.test(cell.low));
  while (at < part.length && isLead(part[at]!)) at++;
  return { lead: part.slice(0, at), body: part.slice(at) };
}

function isOrderly(part: readonly Cell[]): boolean {
  const { body } = bodyOf(part);
  const [first] = body;
  return (
    first === undefined ||
    isOrder(body, 0) ||
    isBase(first) ||
    isWord(first, 'listCue', 'showCue', 'ask', 'logCue', 'what') ||
    body.some((cell, at) => isWord(cell, 'colon') && isOrder(body, at + 1)) ||
    isResult(body, 0) ||
    (isThing(first) &&
      body.some((cell) => senseOf(cell, 'value')) &&
      !body.some((cell) => isWord(cell, 'be', 'have')))
  );
}

/** "act-76 is approved": says that it is, in a row of orders. */
function approvedOf(part: readonly Cell[]): readonly Cell[] | undefined {
  const { lead, body } = bodyOf(part);
  const whose = isWord(body[1], 'possessive') && !isThing(body[0]) ? 2 : 0;
  const [name, be, done, ...rest] = body.slice(whose);
  const phrase = senseOf(done, 'verb')?.phrase ?? '';
  const isSaid =
    senseOf(name, 'name')?.exact && /^(is|are)$/.test(be?.low ?? '') && senseOf(done, 'verb')?.form === 'ed';
  if (
    !isSaid ||
    !/^(approve|accept|acknowledge|ack)$/.test(phrase) ||
    rest.some((cell) => !isWord(cell, 'filler'))
  )
    return undefined;
  return [...lead, plain(done!, phrase, { t: 'verb', phrase, form: 'base' }), name!];
}

/** "…, and 8080 closed", "a silenced for 2 hours please": what is to come about, in a row of orders. */
function resultOf(part: readonly Cell[], index: number): readonly Cell[] | undefined {
  const { lead, body: said } = bodyOf(part);
  const topic = senseOf(said[0], 'name')?.exact && isWord(said[1], 'colon') ? said[0] : undefined;
  const body = topic ? said.slice(2) : said;
  const isPort = isWord(body[0], 'port', 'protocol') ? 1 : 0;
  const port = senseOf(body[isPort], 'value')?.value.k;
  const state = body[isPort + 1];
  const rest = body.slice(isPort + 2);
  const isOwn = rest.some((cell) => senseOf(cell, 'name'));
  if (
    (port === 'number' || port === 'port') &&
    /^(open|opened|closed|shut)$/.test(state?.low ?? '') &&
    (index > 0 || isOwn || topic !== undefined)
  ) {
    const phrase = /^open/.test(state!.low) ? 'open' : 'close';
    const it = isOwn
      ? []
      : [plain(state!, 'on', word('prep')), topic ?? plain(state!, 'it', word('pronoun'))];
    return [
      ...lead,
      plain(state!, phrase, { t: 'verb', phrase, form: 'base' }),
      ...body.slice(0, isPort + 1),
      ...it,
      ...rest,
    ];
  }
  const isAsked = part.some((cell) => !cell.quoted && /^(please|pls|plz|kindly)$/.test(cell.low));
  const at = body.findIndex((cell) => senseOf(cell, 'verb')?.form === 'ed' && !senseOf(cell, 'name'));
  const things = body.slice(0, Math.max(0, at));
  const phrase = senseOf(body[at], 'verb')?.phrase ?? '';
  const isNamed =
    things.some((cell) => senseOf(cell, 'name')?.exact) &&
    things.every((cell) => isThing(cell) || isWord(cell, 'det', 'prep'));
  if (!isAsked || !isNamed || destroying.has(phrase)) return undefined;
  return [
    ...lead,
    plain(body[at]!, phrase, { t: 'verb', phrase, form: 'base' }),
    ...things,
    ...body.slice(at + 1),
  ];
}

/** "delete a and the snapshot of b", "show me a and the snapshot of b": a noun behind "and" is one more of them. */
export const takesList = (cells: readonly Cell[]): boolean =>
  cells.some(
    (cell) =>
      !cell.quoted &&
      (isWord(cell, 'listCue', 'showCue', 'ask', 'what', 'except') ||
        (isBase(cell) &&
          (destroying.has(senseOf(cell, 'verb')!.phrase) ||
            /tag|label|restore|rename/.test(senseOf(cell, 'verb')!.phrase)))),
  );

/** "a snapshot of a", "keep a snapshot of a as b", "make first a snapshot of a": the deed as a verb. */
function deedOf(part: readonly Cell[], before: readonly Cell[] | undefined): readonly Cell[] | undefined {
  const { lead, body } = bodyOf(part);
  const isThen = lead.some((cell) => isWord(cell, 'afterwards', 'stop') || ordinal.test(cell.low));
  let at = 0;
  const isHeld = keeping.test(body[0]?.low ?? '') && !body[0]!.quoted;
  if (isHeld) at++;
  while (isWord(body[at], 'first', 'filler') && !isThing(body[at])) at++;
  const article = at;
  while (
    /^(a|an|another|one|one more|the|new|fresh|quick|full|final|last)$/.test(body[at]?.low ?? '') &&
    !body[at]!.quoted
  )
    at++;
  const noun = body[at];
  const phrase = senseOf(noun, 'verb')?.phrase ?? '';
  // "a snapshot each of a and b"
  const of = body[at + 1]?.low === 'each' ? at + 2 : at + 1;
  const isDeed = isDeedNoun(noun) && /^(of|for|on|from|each of)$/.test(body[of]?.low ?? '');
  if (!isDeed || (isHeld && at === article && isHeld)) return undefined;
  if (isHeld && !/^(snapshot|backup|back up|snap)$/.test(phrase)) return undefined;
  if (!isHeld && !isThen && before && takesList(before) && senseOf(noun, 'kind')) return undefined;
  const object = body.slice(of + 1);
  const isTold = object.some(
    (cell) =>
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      (isWord(cell, 'be', 'have', 'need', 'that') || ['ed', 's'].includes(senseOf(cell, 'verb')?.form ?? '')),
  );
  if (isTold || !object.some((cell) => isThing(cell) || isWord(cell, 'pronoun', 'both'))) return undefined;
  return [...lead, plain(noun!, phrase, { t: 'verb', phrase, form: 'base' }), ...object];
}

/** "then 6 replicas", "back to revision 5": of what was spoken of. */
export function figureOf(part: readonly Cell[]): readonly Cell[] | undefined {
  const { lead, body } = bodyOf(part);
  const isIdle = (cell: Cell | undefined): boolean => isWord(cell, 'filler', 'stop', 'comma');
  const end = body.findLastIndex((cell) => !isIdle(cell)) + 1;
  let from = 0;
  while (from < end && /^(back|up|down|to|on|at|with|back to|up to|down to)$/.test(body[from]!.low)) from++;
  const said = body.slice(from, end);
  const [value, unit] = said;
  const isCount = senseOf(value, 'value')?.value.k === 'number' && isWord(unit, 'replicas');
  const isRevision = isWord(value, 'revision') && senseOf(unit, 'value') !== undefined;
  const both = bothOf(said);
  if (both && lead.some((cell) => isWord(cell, 'afterwards'))) return [...lead, ...both, ...body.slice(end)];
  const phrase = isCount ? 'scale' : isRevision ? 'roll back' : undefined;
  const isLed = from > 0 || lead.some((cell) => isWord(cell, 'afterwards') || ordinal.test(cell.low));
  if (phrase === undefined || said.length !== 2 || !isLed) return undefined;
  const verb = plain(value!, phrase, { t: 'verb', phrase, form: 'base' });
  const it = [plain(value!, 'it', word('pronoun')), plain(value!, 'to', word('prep'))];
  return [
    ...lead.map((cell) => (ordinal.test(cell.low) ? plain(cell, 'then', word('afterwards')) : cell)),
    verb,
    ...it,
    ...said,
    ...body.slice(end),
  ];
}

/** "then both to L.16", "L.16 for both": resize them. */
function bothOf(said: readonly Cell[]): readonly Cell[] | undefined {
  const isFlavor = (cell: Cell | undefined): boolean =>
    senseOf(cell, 'name')?.ids.every((id) => id.includes(':flavor/')) === true;
  const isBoth = (cell: Cell | undefined): boolean =>
    /^(both|both of them|them both|them|it)$/.test(cell?.low ?? '');
  const flavor = said.find(isFlavor);
  const both = said.find(isBoth);
  const isRest = said.every(
    (cell) => cell === flavor || cell === both || /^(to|for|on|of|at)$/.test(cell.low),
  );
  if (!flavor || !both || !isRest || said.length > 3) return undefined;
  const them = both.low === 'it' ? both : plain(both, 'both of them', word('pronoun'));
  return [
    plain(flavor, 'resize', { t: 'verb', phrase: 'resize', form: 'base' }),
    them,
    plain(flavor, 'to', word('prep')),
    flavor,
  ];
}

/** "delete the deployment a and the service of the same name": called as that is. */
function withSameName(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 2 &&
      !cell.quoted &&
      senseOf(cell, 'kind')?.plural === false &&
      !senseOf(cell, 'name') &&
      sameName(cells, index) > 0,
  );
  if (at < 0) return cells;
  const names = cells.slice(0, at).filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  const named =
    names.length > 0
      ? names
      : cells
          .slice(0, at)
          .filter((cell) => senseOf(cell, 'name')?.exact)
          .slice(0, 1);
  const [name] = named;
  const kinds = senseOf(cells[at], 'kind')!.kinds;
  const isThere = senseOf(name, 'name')?.ids.some((id) => kinds.some((kind) => id.includes(`:${kind}/`)));
  if (!name || named.length > 1 || !isThere) return cells;
  const behind = cells.indexOf(name) + (senseOf(cells[cells.indexOf(name) + 1], 'kind') ? 2 : 1);
  const isPlaced = isWord(cells[behind], 'prep') && senseOf(cells[behind + 1], 'env') !== undefined;
  const place = isPlaced ? cells.slice(behind, behind + 2) : [];
  const from = isWord(cells[at - 1], 'their', 'det') ? at - 1 : at;
  return [...cells.slice(0, from), cells[at]!, name, ...place, ...cells.slice(at + sameName(cells, at))];
}

/** How many cells "service of the same name" takes; 0 where that is not said. */
function sameName(cells: readonly Cell[], at: number): number {
  const text = cells
    .slice(at + 1, at + 5)
    .map((cell) => (cell.quoted ? '"' : cell.low))
    .join(' ');
  const match =
    /^(of|with|by|having) (the |that |this |its )?(same |very )?name\b/.exec(text) ??
    /^called the same\b/.exec(text);
  if (match)
    return (
      1 +
      match[0].split(' ').length -
      cells
        .slice(at + 1, at + 5)
        .reduce((sum, cell) => sum + (match[0].includes(cell.low) ? cell.words - 1 : 0), 0)
    );
  return 0;
}

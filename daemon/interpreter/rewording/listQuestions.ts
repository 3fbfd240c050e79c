// Questions for lists and figures in the words people have for them: "how many vms, stopped ones included?", "the anomalies
// which happened yesterday", "in which pods there were more than five restarts?", "how full is the disk of a? last 3h". They
// become the plain question. Nothing that bounds a list is left out: only what says that nothing is to be left out, or what
// the list says itself, goes. An order is never touched. Called by `reword`, over the whole text.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

const hint =
  /^(are there|do we have|do i have|do you have|have we got|needs|what needs|request|report|question|ticket|query|included|inclusive|including|incl|counting|or|happened|occurred|occured|seen|detected|found|reported|raised|noticed|recorded|observed|appeared|which|what|what is|whats|last|past|running in|something|anything)$|^(last|past|for|over|in|since) /;

/** The cells with questions for lists in plain words. */
export function withListQuestions(cells: readonly Cell[]): readonly Cell[] {
  const mine = withMineToApprove(cells);
  if (mine !== cells) return mine;
  const sizes = sizesOffered(cells);
  if (sizes) return sizes;
  return withPlainLists(withListedKind(withoutAreThey(withGiven(withCountedAgain(cells)))));
}

const offered =
  /^(?:what|which) sizes (?:(?:can|could|may) (?:i|we|one) (?:choose|pick|select|use|have|get)(?: from)?|are (?:there|available|offered|on offer)|do (?:i|we|you) (?:have|offer))(?: for (?:a|an|the|my|our|new|a new) (?:vm|virtual machine|machine|instance|server)s?)?(?: here)?(?: \?)?$/;

/** "what sizes can I choose from for a vm here?": its flavors. */
function sizesOffered(cells: readonly Cell[]): readonly Cell[] | undefined {
  const at = cells.findIndex((cell) => cell.low === 'sizes' && cell.senses.length === 0);
  const text = at === 1 ? cells.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ') : '';
  if (!offered.test(text)) return undefined;
  const flavors = plain(cells[at]!, 'flavors', { t: 'kind', kinds: ['flavor'], plural: true });
  return [plain(cells[0]!, 'list', word('listCue')), flavors];
}

/** "how many volumes are in use and how many are free": of the same kind. */
function withCountedAgain(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => isWord(cell, 'howMany') && !cell.quoted);
  const kind = first < 0 || cells[first + 1]?.quoted ? undefined : senseOf(cells[first + 1], 'kind');
  if (!kind?.plural) return cells;
  // "how many pods are running in prod and how many in staging": how they are holds there, too.
  const [be, state] = [cells[first + 2], cells[first + 3]];
  const isSaid =
    isWord(be, 'be') && state !== undefined && isState(state) && isWord(cells[first + 4], 'prep');
  return cells.flatMap((cell, at) => {
    const next = cells[at + 1];
    const how = isSaid && isWord(next, 'prep') && !isState(next) ? [be!, state] : [];
    const isAgain =
      at > first && isWord(cell, 'howMany') && !cell.quoted && isWord(cells[at - 1], 'and', 'comma', 'stop');
    const isLeftOut = isWord(next, 'be', 'prep') || (next !== undefined && isState(next));
    return isAgain && isLeftOut && !senseOf(next, 'name') ? [cell, cells[first + 1]!, ...how] : [cell];
  });
}

/** "give the last 500 lines of loki", "kindly give cpu usage of web": to the person who asks. */
function withGiven(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell) => !cell.quoted && /^(give|chuck|send|pass|hand|throw)( me| us)?$/.test(cell.low),
  );
  if (at < 0 || cells.slice(0, at).some((cell) => !isWord(cell, 'filler', 'comma', 'and'))) return cells;
  let next = at + 1;
  const isLead = (cell: Cell | undefined): boolean =>
    isWord(cell, 'det', 'all', 'last', 'pronoun', 'current') ||
    /^(me|us)$/.test(low(cell)) ||
    senseOf(cell, 'time') !== undefined ||
    senseOf(cell, 'value')?.value.k === 'number';
  while (isLead(cells[next]) && !senseOf(cells[next], 'name')) next++;
  const asked = cells[next];
  const isAsked =
    asked !== undefined &&
    !asked.quoted &&
    !senseOf(asked, 'name') &&
    (isWord(asked, 'logCue', 'listCue', 'showCue', 'changed') || senseOf(asked, 'metric') !== undefined);
  const isFigure = cells.some(
    (cell) =>
      isWord(cell, 'more', 'less', 'replicas', 'double', 'half') ||
      /^(size|image|tags)$/.test(senseOf(cell, 'value')?.value.k ?? '') ||
      low(cell) === 'to',
  );
  if (!isAsked || isFigure) return cells;
  return [
    plain(cells[at]!, 'give me', word('ask')),
    ...cells.slice(at + 1).filter((cell) => !/^(me|us)$/.test(low(cell))),
  ];
}

/** "list vm running": a list is of several. */
function withListedKind(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler'));
  const [cue, noun, next] = cells.slice(first);
  const kind = noun && !noun.quoted && !senseOf(noun, 'name') ? senseOf(noun, 'kind') : undefined;
  const isNamed =
    next &&
    (next.quoted || ['name', 'part', 'prefix', 'glob'].some((t) => next.senses.some((one) => one.t === t)));
  const isSet = low(cue) === 'list' && kind && !kind.plural && next !== undefined && !isNamed;
  if (!isSet || isWord(next, 'logCue', 'that')) return cells;
  const all = { ...noun!, senses: [{ ...kind, plural: true }] };
  return cells.map((cell) => (cell === noun ? all : cell));
}

/** "which nodes do we have and are they healthy": of all of them, which the list says. */
function withoutAreThey(cells: readonly Cell[]): readonly Cell[] {
  const they = cells.findIndex(
    (cell, at) => low(cell) === 'they' && /^(are|is|were)$/.test(low(cells[at - 1])),
  );
  const joint = isWord(cells[they - 2], 'and', 'comma', 'stop') ? they - 2 : they - 1;
  const rest = cells.slice(they + 1);
  const isTail =
    rest.length > 0 &&
    rest.every((cell) => isState(cell) || isMark(cell) || isWord(cell, 'filler', 'all', 'or', 'not'));
  const head = cells.slice(0, Math.max(0, joint));
  const isSet =
    head.some((cell) => senseOf(cell, 'kind')?.plural) &&
    head.some((cell) => isWord(cell, 'what', 'ask', 'listCue'));
  return they > 2 && isTail && isSet && rest.some(isState) && !head.some(isState) ? head : cells;
}

function withPlainLists(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => !cell.quoted && hint.test(cell.low)) || cells.some(isOrder)) return cells;
  const turns = [
    withoutHeading,
    withInclusive,
    withHappened,
    withPlaceAsked,
    withAbout,
    withLateTime,
    withSomething,
    withoutThere,
  ];
  return turns.reduce((said, turn) => turn(said), cells);
}

const isOrder = (cell: Cell): boolean =>
  isBase(cell) && !isThing(cell) && !isWord(cell, 'prep', 'filler', 'light', 'ask') && !cell.repaired;
const isState = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && senseOf(cell, 'status') !== undefined && !senseOf(cell, 'name');
const isMark = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && isWord(cell, 'comma', 'open', 'close', 'stop');
const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');

/** "Report request: list of all keypairs": a heading that names nothing. */
function withoutHeading(cells: readonly Cell[]): readonly Cell[] {
  const colon = cells.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted && !senseOf(cell, 'name'));
  const heading = cells.slice(0, Math.max(0, colon));
  const isHeading =
    heading.length > 0 &&
    heading.length < 5 &&
    /^(request|report|question|ticket|query|inquiry|enquiry|info|information)$/.test(low(heading.at(-1))) &&
    !heading.some(
      (cell) =>
        cell.quoted ||
        isWord(cell, 'not', 'if', 'except', 'what', 'howMany') ||
        ['name', 'env', 'region', 'status', 'value', 'metric'].some((sort) =>
          cell.senses.some(({ t }) => t === sort),
        ),
    );
  return isHeading && isWord(cells[colon + 1], 'listCue', 'ask', 'what', 'howMany', 'showCue', 'logCue')
    ? cells.slice(colon + 1)
    : cells;
}

/** "…, stopped ones included", "including the stopped ones", "…, running or not": all of them, whatever their state. */
function withInclusive(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(isState);
  if (at < 1) return cells;
  let from = at;
  let next = at + 1;
  while (/^(ones?|as|well)$/.test(low(cells[next])) || senseOf(cells[next], 'kind')) next++;
  while (isWord(cells[from - 1], 'det', 'all')) from--;
  const isOrNot = isWord(cells[next], 'or') && (isWord(cells[next + 1], 'not') || isState(cells[next + 1]));
  const isIncluded = /^(included|inclusive|too|as well)$/.test(low(cells[next]));
  const isIncluding = /^(including|incl|inclusive|counting)$/.test(low(cells[from - 1]));
  if (isIncluding) from--;
  while (/^(\.|of)$/.test(low(cells[from - 1])) || /^(whether|either)$/.test(low(cells[from - 1]))) from--;
  const isApart = isMark(cells[from - 1]) || isIncluding || low(cells[from]) === 'whether';
  if (!(isOrNot || isIncluded || isIncluding) || !isApart) return cells;
  const end = isOrNot ? next + 2 : isIncluded ? next + 1 : next;
  const rest = [...cells.slice(0, isMark(cells[from - 1]) ? from - 1 : from), ...cells.slice(end)];
  const isEnd = cells.slice(end).every((cell) => isMark(cell) || isWord(cell, 'filler'));
  return isEnd && !rest.some(isState) ? rest : cells;
}

const happening =
  /^(happened|occurred|occured|seen|detected|found|reported|raised|noticed|recorded|observed|appeared|took place|came up|popped up|showed up|were there)$/;

/** "the anomalies which happened yesterday": those of yesterday. */
function withHappened(cells: readonly Cell[]): readonly Cell[] {
  const kind = cells.findIndex((cell) => !cell.quoted && senseOf(cell, 'kind')?.kinds[0] === 'anomaly');
  const time = cells.findIndex((cell, at) => at > kind && senseOf(cell, 'time') !== undefined);
  const between = cells.slice(kind + 1, Math.max(kind + 1, time));
  const isSaid =
    kind >= 0 &&
    between.some((cell) => happening.test(low(cell))) &&
    between.every(
      (cell) =>
        happening.test(low(cell)) ||
        /^(that|which|were|was|have|has|been|that were|that was|which were|which was|that have been|have been|we|they|you|there)$/.test(
          low(cell),
        ),
    );
  return isSaid ? [...cells.slice(0, kind + 1), ...cells.slice(time)] : cells;
}

/** "in which pods there were more than five restarts": which pods with more than five restarts. */
function withPlaceAsked(cells: readonly Cell[]): readonly Cell[] {
  const which = cells.findIndex(
    (cell, at) => /^(which|what)$/.test(low(cell)) && /^(in|on|at|for|with)$/.test(low(cells[at - 1])),
  );
  const kind = cells[which + 1];
  if (which < 1 || which > 3 || !senseOf(kind, 'kind')?.plural) return cells;
  let at = which + 2;
  while (
    /^(there|were|was|are|is|have|had|has|been|do we have|we|see|did|there were|there are|are there)$/.test(
      low(cells[at]),
    )
  )
    at++;
  if (at === which + 2 || !isWord(cells[at], 'more', 'less')) return cells;
  const withWord = plain(kind!, 'with', word('prep'));
  return [...cells.slice(0, which - 1), cells[which]!, kind!, withWord, ...cells.slice(at)];
}

/** "what is HighCPU-web-1 about": explain it. */
function withAbout(cells: readonly Cell[]): readonly Cell[] {
  const what = cells.findIndex((cell) => /^(what|what is|whats|what are)$/.test(low(cell)));
  let name = what + 1;
  while (isWord(cells[name], 'be', 'det') || senseOf(cells[name], 'kind')?.kinds[0] === 'alert') name++;
  const ids = senseOf(cells[name], 'name')?.ids ?? [];
  const isReport = ids.length > 0 && ids.every((id) => /:(alert|anomaly)\//.test(id));
  let end = name + 1;
  while (isWord(cells[end], 'be') || senseOf(cells[end], 'kind')?.kinds[0] === 'alert') end++;
  if (what < 0 || !isReport || !/^(about|all about)$/.test(low(cells[end]))) return cells;
  return [
    ...cells.slice(0, what),
    plain(cells[what]!, 'explain', word('why')),
    cells[name]!,
    ...cells.slice(end + 1),
  ];
}

/** "how full is the disk of jenkins? last 3h please": in that time. */
function withLateTime(cells: readonly Cell[]): readonly Cell[] {
  const stop = cells.findIndex(
    (cell, at) => isWord(cell, 'stop') && !cell.quoted && cells[at + 1] !== undefined,
  );
  const asked = cells.slice(0, Math.max(0, stop));
  const rest = cells
    .slice(stop + 1)
    .filter((cell) => !isWord(cell, 'stop', 'filler', 'comma') || senseOf(cell, 'time'));
  const isTime = rest.length === 1 && senseOf(rest[0], 'time') !== undefined;
  const isMeasured =
    asked.some((cell) => senseOf(cell, 'metric') ?? (isWord(cell, 'logCue') ? cell : undefined)) &&
    !asked.some((cell) => senseOf(cell, 'time'));
  return stop > 0 && isTime && isMeasured ? [...asked, ...cells.slice(stop + 1)] : cells;
}

/** "is something crashlooping?": anything that is. */
function withSomething(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) =>
    low(cell) === 'something' && isWord(cells[at - 1], 'be') && isState(cells[at + 1])
      ? plain(cell, 'anything', word('everything'))
      : cell,
  );
}

/** "how many volumes are there bigger than 60 GB": of those that are so. */
function withoutThere(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) =>
    /^(are there|do we have|do i have|do you have|have we got)$/.test(low(cell)),
  );
  const isCounted = isWord(cells[at - 2], 'howMany') && senseOf(cells[at - 1], 'kind')?.plural === true;
  const isBound = isWord(cells[at + 1], 'more', 'less', 'older', 'younger') || isState(cells[at + 1]);
  return at > 1 && isCounted && isBound ? [...cells.slice(0, at), ...cells.slice(at + 1)] : cells;
}

/** "what needs my approval": the actions that wait for one. */
function withMineToApprove(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => /^(approv|sign|ok$|go$|review|decision)/.test(cell.low))) return cells;
  const text = cells
    .map((cell) => (cell.quoted ? '"' : cell.low))
    .join(' ')
    .replace(/[ .?!]+$/, '');
  const isAsked =
    /^(and )?(what|which|anything|is anything|is there anything)( (actions?|requests?|changes?))?( that| which)? (needs?|requires?|wants|awaits) (my|our|an|any|some|human|manual)? ?(approval|sign-?off|ok|go|decision)( from me| from us)?$/.test(
      text,
    );
  // "the requests I have to sign off on": what is due is told of them, and nothing is ordered.
  const isDue =
    /^((list|list of|show|show me|give me|and|the|all|any|my|our) )*((pending|open|waiting|outstanding) )*(actions?|requests?|changes?|approvals?|stuff|things|ones?)( that| which)?( are| is)?( still)? ((i|we) (still )?(have to|need to|must|should|got to|am to|are to|can)|(wait|waiting|waits|pending|open) (for|on) (me|us) to|waiting for me to) (still )?(approve|sign off on|sign off|review)$/.test(
      text,
    );
  const [first] = cells;
  return (isAsked || isDue) && first
    ? [
        plain(first, 'list', word('listCue')),
        plain(first, 'pending', { t: 'status', name: 'pending' }),
        plain(first, 'actions', { t: 'kind', kinds: ['action'], plural: true }),
      ]
    : cells;
}

// Questions in the order other tongues have them: "pending actions, are there any?", "which addresses we have free?", "did
// carol change anything yesterday?". They become the plain question and never an order. Called by `withWordOrder`, before
// its own turns.

import { isPerson } from '../filling/audit.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { withBothCompared, withPortAsked } from './askedOfRules.ts';
import { withMeasured } from './measured.ts';

/** The cells with a question in its plain order. */
export function withQuestions(cells: readonly Cell[]): readonly Cell[] {
  return withDoings(
    withHaveFree(withMeasured(withStates(withAnyLast(withBothCompared(withPortAsked(cells)))))),
  );
}

/** "free floating ips in us-east-1", "changes today": a state and a noun before they are verbs. */
function withStates(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || isThing(cell));
  const lead = cells[first];
  if (!lead || lead.quoted) return cells;
  const noun = isWord(lead, 'ask', 'listCue', 'all', 'any', 'summarize') ? first + 1 : first;
  const changes = cells[isWord(cells[noun], 'det', 'all') ? noun + 1 : noun];
  if (changes?.low === 'changes' && isWord(changes, 'changed'))
    return cells.map((cell) => (cell === changes ? { ...cell, senses: [word('changed')] } : cell));
  const isState = /^(free|open)$/.test(lead.low) && senseOf(lead, 'status') !== undefined;
  let kind = first + 1;
  while (senseOf(cells[kind], 'region') ?? senseOf(cells[kind], 'env') ?? senseOf(cells[kind], 'provider'))
    kind++;
  const isSet =
    senseOf(cells[kind], 'kind')?.plural === true &&
    (lead.low === 'free' || /^(alert|action|anomaly)$/.test(senseOf(cells[kind], 'kind')!.kinds[0] ?? '')) &&
    !cells.some((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  if (!isState || !isSet) return cells;
  return cells.map((cell, at) =>
    at === first ? { ...cell, senses: cell.senses.filter(({ t }) => t === 'status') } : cell,
  );
}

/** "suspended cron jobs, are there any?": are there any of them. */
function withAnyLast(cells: readonly Cell[]): readonly Cell[] {
  const any = cells.findIndex(
    (cell) =>
      !cell.quoted && /^(are there|is there|do we have|do i have|have we got|got) (any|some)$/.test(cell.low),
  );
  const set = cells.slice(0, Math.max(0, any - 1));
  const isSet =
    isWord(cells[any - 1], 'comma', 'colon') &&
    set.some((cell) => senseOf(cell, 'kind')?.plural === true) &&
    !set.some((cell) => isWord(cell, 'comma', 'colon', 'stop', 'ask', 'what', 'listCue', 'if', 'and'));
  const isOver = cells[any + 1] === undefined || isWord(cells[any + 1], 'stop');
  return isSet && isOver ? [cells[any]!, ...set, ...cells.slice(any + 1)] : cells;
}

/** "which addresses we have free?": do we have free. */
function withHaveFree(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell) => !cell.quoted && /^(we have|i have|you have|have we|we got)$/.test(cell.low),
  );
  const asks = cells.slice(0, Math.max(0, at)).findIndex((cell) => isWord(cell, 'what', 'howMany'));
  const isState =
    at > 0 &&
    asks >= 0 &&
    senseOf(cells[at - 1], 'kind') !== undefined &&
    senseOf(cells[at + 1], 'status') !== undefined;
  return isState
    ? [...cells.slice(0, at), plain(cells[at]!, 'are', word('be')), ...cells.slice(at + 1)]
    : cells;
}

/** "did carol delete anything yesterday?", "everything that dave changed", "bob's changes": what they did. */
function withDoings(given: readonly Cell[]): readonly Cell[] {
  const cells = withDone(withDoneSince(given));
  const all = cells.filter((cell) => !isWord(cell, 'filler') || isBase(cell) || isDeed(cell));
  // "since monday, which changes has dave made"
  const isFront = senseOf(all[0], 'time') !== undefined && !all[0]!.quoted && !isThing(all[0]);
  const front = isFront ? (isWord(all[1], 'comma') ? 2 : 1) : 0;
  const said = all.slice(front);
  const lead = said.findIndex((_, index) => index < 6 && doerAt(said, index) !== undefined);
  const asker = lead < 0 ? undefined : doerAt(said, lead);
  if (asker === undefined) return cells;
  const rest = withoutPurpose(said.slice(asker.next));
  const isPlain = rest.every(
    (cell, index) =>
      senseOf(cell, 'time') ??
      (isWord(cell, 'stop', 'filler', 'comma', 'because') ||
        (/^(for|in|on|to|and|when)$/.test(cell.low) && index < rest.length)),
  );
  const isOnThing = rest.some((cell) => isThing(cell));
  if (!isPlain && !(isOnThing && !rest.some((cell) => isBase(cell)))) return cells;
  const did = plain(said[0]!, 'what did', word('changed'));
  const told = [...all.slice(0, front), ...rest].filter((cell) => !isWord(cell, 'comma'));
  return [did, asker.who, plain(said[lead] ?? asker.who, 'do', word('do')), ...told];
}

/** "everything that was done by dave", "which changes were made since monday": what changed, or what he did. */
function withDone(cells: readonly Cell[]): readonly Cell[] {
  const text = cells.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ');
  const shape =
    /^(?:(?:show me|show|list|give me|i need|all|everything|anything|which|what|the|that|things|stuff|changes|what all|which things|what things|actions|operations) )*(?:(?:that|which) )?(?:that was|that were|was|were|has been|have been|got|that has been|that have been|is)(?: been)? (?:done|changed|modified|made|performed|executed|touched|altered|edited)( since)?(?= |$)/;
  const match = shape.exec(text);
  if (!match) return cells;
  let taken = 0;
  let at = 0;
  while (at < cells.length && taken < match[0].length && !senseOf(cells[at], 'time'))
    taken += cells[at++]!.low.length + 1;
  const time = cells[at];
  const range = senseOf(time, 'time')?.range;
  const since: Cell | undefined =
    match[1] && range?.fromMs !== undefined
      ? { ...time!, senses: [{ t: 'time', range: { fromMs: range.fromMs, side: 'since' } }] }
      : time;
  const rest = [...(since ? [since] : []), ...cells.slice(at + 1)];
  const [first] = cells;
  if (rest[0]?.low === 'by' && isPerson(rest[1]))
    return [
      plain(first!, 'what did', word('changed')),
      rest[1]!,
      plain(first!, 'do', word('do')),
      ...rest.slice(2),
    ];
  return rest.length === 0 || senseOf(rest[0], 'time')
    ? [plain(first!, 'what changed', word('changed')), ...rest]
    : cells;
}

/** "… has bob taken since monday": when he did, not when things were made. */
function withDoneSince(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /^(taken|made) since$/.test(cell.low) &&
      isPerson(/^(has|have|had)$/.test(cells[index - 1]?.low ?? '') ? cells[index - 2] : cells[index - 1]),
  );
  const fromMs = senseOf(cells[at + 1], 'time')?.range.fromMs;
  if (at < 1 || fromMs === undefined) return cells;
  const since: Cell = { ...cells[at + 1]!, senses: [{ t: 'time', range: { fromMs, side: 'since' } }] };
  return [...cells.slice(0, at), plain(cells[at]!, 'done', word('do')), since, ...cells.slice(at + 2)];
}

/** ", for the review at noon", behind the time that was asked about. */
function withoutPurpose(rest: readonly Cell[]): readonly Cell[] {
  const at = rest.findIndex(
    (cell) => !cell.quoted && (isWord(cell, 'comma') || /^(for|because)$/.test(cell.low)),
  );
  // "…, last 48h": the time itself.
  const isTime =
    rest.slice(at + 1).some((cell) => senseOf(cell, 'time')) &&
    !rest.slice(0, at).some((cell) => senseOf(cell, 'time'));
  return at < 0 || isTime || rest.slice(at).some((cell) => isThing(cell)) ? rest : rest.slice(0, at);
}

const isDeed = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  (/^(ed|base)$/.test(senseOf(cell, 'verb')?.form ?? '') ||
    /^(did|do|done|made|make|changed|change|touched|touch|doing|up to|has done|broke|broken|edited|modified)$/.test(
      cell.low,
    ));
const deeds =
  /^(changes?|actions?|activity|activities|deletions?|doings|edits|operations?|work|history|log|audit|audit log|audit trail|requests?|recent changes|trail|moves|modifications?|tasks?|commands?|interventions?)$/;
const everything =
  /^(everything|anything|something|all|all things|things|stuff|whatever|what|which|what all|all the things|the things|any|any changes|all changes|all the changes|changes|actions|all actions|all the actions|all the)$/;

const withoutArticle = (cells: readonly Cell[]): readonly Cell[] =>
  cells.filter((cell) => !isWord(cell, 'det', 'all', 'that'));

/** Verbs that only say that something was done. */
const doing =
  /^(do|did|make|made|done|perform|performed|take|took|taken|run|ran|execute|executed|carry out|carried out|issue|issued|conduct|conducted)$/;

/** Who is asked about, and where the rest begins; undefined where nobody is. */
function doerAt(
  said: readonly Cell[],
  at: number,
): { readonly who: Cell; readonly next: number } | undefined {
  const who = said[at];
  const before = said.slice(0, at);
  const next = said[at + 1];
  // "bob's changes", "bobs actions this week"
  const isOwner = isWord(next, 'possessive') && deeds.test(said[at + 2]?.low ?? '');
  if (isPerson(who) && isOwner && before.every(isLead)) return { who: who!, next: at + 3 };
  const isOwned = who !== undefined && /^\p{L}{3,}s$/iu.test(who.text) && deeds.test(next?.low ?? '');
  if (isOwned && (isPerson(who) || who.repaired) && before.every(isLead)) {
    const text = who.text.slice(0, -1);
    return { who: { ...who, text, low: text.toLowerCase(), senses: [] }, next: at + 2 };
  }
  if (at < 1 || !isPerson(who)) return undefined;
  // "which changes did bob make", "what actions has bob taken"
  const noun = isWord(before[0], 'what', 'howMany', 'list', 'ask') ? withoutArticle(before.slice(1)) : [];
  const isChanges = deeds.test(noun[0]?.low ?? '');
  const isTurned = /^(did|has|have|had|does)$/.test(before.at(-1)!.low);
  // "what all did dave touch", "which things did bob change"
  const isAny = /^(?:what all|(?:what|which) (?:things|stuff|all|all things)) did$/.test(
    before.map((cell) => cell.low).join(' '),
  );
  if (isAny && (isDeed(next) || next?.senses.length === 0)) return { who: who!, next: at + 2 };
  // "actions of dave in the last 48 hours"
  const isOf =
    /^(of|by|from)$/.test(before.at(-1)!.low) &&
    /^(actions?|changes?|edits|operations?|doings)$/.test(before.at(-2)?.low ?? '');
  if (isOf && before.slice(0, -2).every(isLead)) return { who: who!, next: at + 1 };
  if (isChanges && isTurned && noun.length === 2)
    return { who: who!, next: doing.test(next?.low ?? '') ? at + 2 : at + 1 };
  // "which operations dave has made"
  const did = /^(has|have|had)$/.test(next?.low ?? '') ? at + 2 : at + 1;
  if (isChanges && noun.length === 1 && doing.test(said[did]?.low ?? '')) return { who: who!, next: did + 1 };
  // "did carol delete anything", "has bob changed anything"
  const open = /^(something|anything|any|things|stuff|any changes|a change|changes)$/;
  if (isTurned && before.length === 1 && isDeed(next) && open.test(said[at + 2]?.low ?? ''))
    return { who: who!, next: at + 3 };
  // "what was alice up to"
  const isBusy = before.length === 1 && /^what( (has|was|is))?$/.test(before[0]!.low);
  const busy = isWord(next, 'be') ? said[at + 2] : next;
  if (isBusy && /^(up to|doing|working on|busy with|been up to|been doing)$/.test(busy?.low ?? ''))
    return { who: who!, next: isWord(next, 'be') ? at + 3 : at + 2 };
  // "everything bob did", "all that dave changed"
  const isAll =
    before.some((cell) => everything.test(cell.low) || isWord(cell, 'everything')) &&
    before.every(
      (cell) =>
        everything.test(cell.low) || isLead(cell) || isWord(cell, 'everything', 'that', 'what', 'all'),
    );
  const done = /^(has|have|had)$/.test(next?.low ?? '') ? at + 2 : at + 1;
  if (!isAll || !isDeed(said[done]) || senseOf(said[done], 'verb')?.form === 'base') return undefined;
  return { who: who!, next: done + 1 };
}

/** "show me", "i need", "list all": what stands before those whose doings are asked about. */
const isLead = (cell: Cell): boolean =>
  !cell.quoted &&
  (isWord(
    cell,
    'ask',
    'listCue',
    'showCue',
    'filler',
    'need',
    'det',
    'all',
    'of',
    'summarize',
    'what',
    'be',
  ) ||
    /^(give|show|list|of|about)$/.test(cell.low));

// Small figures of questions about sets, said plainly: a place in front of the question goes behind it, "have problems" is a
// state, "pod count" counts, "what do I still have to approve" asks for what is pending. Only texts without an order are
// touched, and no bound is left out. Called by `askedFor`, before the questions of another shape.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** The cells of a question with such figures in their plain order. */
export function withPlainSets(cells: readonly Cell[]): readonly Cell[] {
  const said = cells.filter((cell) => !cell.quoted);
  if (said.length < 2 || said.some((cell) => isBase(cell) && isOrder(cell))) return cells;
  return withCountBehind(withTroubles(withPlaceInFront(withTopicNamed(withApprovals(cells)))));
}

const isOrder = (cell: Cell): boolean =>
  !isThing(cell) &&
  !senseOf(cell, 'status') &&
  !senseOf(cell, 'metric') &&
  !/^(approve|fail|run|use|list|show|new|open|free|sign off|sign off on|succeed|need)$/.test(cell.low) &&
  !isWord(cell, 'ask', 'listCue', 'showCue', 'filler', 'have', 'do', 'be', 'prep', 'top', 'what', 'howMany');

/** "esx-01, what vms does it run", "worker-5: which pods run there": the thing in the place of "it". */
function withTopicNamed(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findIndex(
    (cell) => isWord(cell, 'comma', 'colon') && !cell.quoted && !senseOf(cell, 'name'),
  );
  const topic = cells.slice(0, Math.max(0, mark)).filter((cell) => !isWord(cell, 'det', 'filler'));
  const rest = cells.slice(mark + 1);
  const named = topic.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  const isTopic =
    named.length === 1 &&
    topic.every(
      (cell) =>
        !cell.quoted && (cell === named[0] || isWhere(cell) || senseOf(cell, 'kind') || isWord(cell, 'prep')),
    );
  const its = rest.flatMap((cell, at) => (!cell.quoted && /^(it|there)$/.test(cell.low) ? [at] : []));
  const isOther = rest.some(
    (cell) =>
      cell.quoted ||
      (senseOf(cell, 'name') !== undefined && !senseOf(cell, 'env')) ||
      isWord(cell, 'comma', 'and'),
  );
  const [at] = its;
  if (!isTopic || at === undefined || its.length > 1 || isOther) return cells;
  const it = rest[at]!;
  const on = it.low === 'there' ? [plain(it, 'on', word('prep'))] : [];
  return [...rest.slice(0, at), ...on, ...topic, ...rest.slice(at + 1)];
}

const placeKinds = /:(namespace|node|host|cluster|network|subnet)\//;
const placeNouns =
  /^(zone|region|namespace|ns|environment|env|cluster|node|host|availability|az|project|cloud|the|in|on|for|our|within)$/;

/** What says where: an environment, a region, a zone, a node. */
function isWhere(cell: Cell): boolean {
  if (cell.quoted) return false;
  if (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider')) return true;
  const ids = senseOf(cell, 'name')?.ids ?? [];
  if (ids.length > 0) return senseOf(cell, 'name')!.exact && ids.every((id) => placeKinds.test(id));
  return /^[a-z]{2}-[a-z]+(-\d)?$/.test(senseOf(cell, 'part')?.word ?? '') && !senseOf(cell, 'prefix');
}

const isThingNamed = (cell: Cell): boolean =>
  senseOf(cell, 'name') !== undefined || senseOf(cell, 'kind') !== undefined;

/** "us-east-1: top 5 vms by cpu", "payments: unhealthy pods": in us-east-1, in payments. */
function withPlaceInFront(cells: readonly Cell[]): readonly Cell[] {
  let at = 0;
  while (cells[at] && (isWhere(cells[at]!) || (!cells[at]!.quoted && placeNouns.test(cells[at]!.low)))) at++;
  const head = cells.slice(0, at);
  const places = head.filter(isWhere);
  const mark = cells[at];
  const isMarked =
    mark !== undefined && !mark.quoted && (isWord(mark, 'colon', 'comma') || /^(-|–|—)$/.test(mark.low));
  const rest = cells.slice(isMarked ? at + 1 : at);
  const isLed = isMarked || isWord(rest[0], 'top', 'least', 'last');
  const isSet = rest.some((cell) => senseOf(cell, 'kind')?.plural && !cell.quoted);
  const isPlaced = rest.some(
    (cell) => isWhere(cell) || isWord(cell, 'pronoun', 'their') || cell.low === 'there',
  );
  // "legacy: which vms are stopped": a word of tags or names.
  const word1 = cells[0];
  const isTag =
    at === 0 && isWord(cells[1], 'colon') && senseOf(word1, 'part') !== undefined && !word1!.quoted;
  const hasKind = cells.slice(2).some((cell) => senseOf(cell, 'kind')?.plural);
  if (isTag && hasKind && !isThingNamed(word1!))
    return [...cells.slice(2), plain(word1!, 'of', word('of')), word1!];
  if (
    places.length !== 1 ||
    !isLed ||
    !isSet ||
    isPlaced ||
    rest.some((cell) => isWord(cell, 'comma', 'and'))
  )
    return cells;
  const end = rest.findIndex((cell) => isWord(cell, 'stop') && !cell.quoted);
  const set = end < 0 ? rest : rest.slice(0, end);
  return [...set, plain(places[0]!, 'in', word('prep')), places[0]!, ...rest.slice(set.length)];
}

/** "which pods have problems", "did any jobs fail", "which jobs did not succeed". */
function withTroubles(cells: readonly Cell[]): readonly Cell[] {
  const kind = cells.findIndex((cell) => senseOf(cell, 'kind')?.plural && !cell.quoted);
  if (kind < 0) return cells;
  const behind = cells.slice(kind + 1);
  const text = behind.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ');
  const found = troubles.find(([shape]) => shape.test(text));
  if (!found) return cells;
  const taken = found[0].exec(text)![0].trim().split(' ').length;
  const length = lengthOf(behind, taken);
  const head = cells[0]!.low === 'did' ? cells.slice(1, kind + 1) : cells.slice(0, kind + 1);
  const state = plain(behind[0]!, found[1], { t: 'status', name: found[1] });
  return [...head, plain(behind[0]!, 'that are', word('that')), state, ...behind.slice(length)];
}

const troubles: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:(?:that|which|do|does|currently|now) )?(?:have|has|having|with|got|show|showing|are having|had)(?: (?:a|any|some|the))? (?:problems?|issues?|troubles?)\b/,
    'unhealthy',
  ],
  [
    /^(?:that |which )?(?:did not|do not|does not|have not|has not|never) (?:succeed|succeeded|complete|completed|finish|finished|work|worked|end|run)(?: (?:well|properly|correctly|cleanly|successfully|right|ok))?\b/,
    'failed',
  ],
  [/^(?:have |has )?(?:fail|failed)\b/, 'failed'],
];

/** Cells that so many words take. */
function lengthOf(cells: readonly Cell[], words: number): number {
  let taken = 0;
  let at = 0;
  while (at < cells.length && taken < words) taken += cells[at++]!.low.split(' ').length;
  return at;
}

/** "pod count on worker-10", "node count?": how many there are. */
function withCountBehind(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 0 &&
      !cell.quoted &&
      /^(count|counts|total)$/.test(cell.low) &&
      (senseOf(cells[index - 1], 'kind')?.kinds.length ?? 0) > 0,
  );
  const kind = senseOf(cells[at - 1], 'kind');
  const isFirst = cells
    .slice(0, Math.max(0, at - 1))
    .every((cell) => isWord(cell, 'filler', 'det', 'what', 'ask', 'showCue', 'listCue'));
  if (!kind || !isFirst || isWord(cells[at - 1], 'replicas') || senseOf(cells[at], 'metric')) return cells;
  const set = { ...cells[at - 1]!, senses: [{ ...kind, plural: true }] };
  return [plain(cells[at]!, 'how many', word('howMany')), set, ...cells.slice(at + 1)];
}

const pendingWord =
  /^(what|what is|which|which ones?|whats|is|are|there|is there|are there|is there any|are there any|anything|something|any|is any|are any|have any|do any|got any|do|does|did|has|have|had|been|i|we|my|me|our|the|in|for|for my|for our|for me|from me|on|from|a|an|to|be|still|that is|that are|that|which are|which is|that have|that has|not|need|needs|needing|needs to|need to|needs to be|require|requires|must|should|have to|has to|do i have|do we have|do i|do we|wait|waits|waiting|waiting for|waiting on|await|awaits|awaiting|pending|open|outstanding|left|queue|queued|list|show|show me|show me the|give me|who|all|now|right now|currently|please|today|yet|as of yet|thing|things|actions?|approve|approved|approval|approvals|approver|unapproved|sign|off|sign off|sign off on|sign-off|got to|stuff|else|i have to|we have to|i must|we must|i should|i need to|we need to|me to|me|us|waiting for me|signed|\?|,|\.|waiting for approval|awaiting approval|requests?|action requests?)$/;
const approving = /\b(approv\w*|sign-?( )?off)\b/;
const undone =
  /\b(wait\w*|await\w*|pending|open|outstanding|left|queued?|needs?|needing|requires?|must|should|not|yet|still|have to|has to|unapproved|to be|to approve)\b/;

/** "what still needs approval", "anything I have to approve?", "the approval queue": what is pending. */
function withApprovals(cells: readonly Cell[]): readonly Cell[] {
  const low = cells.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ');
  const [first] = cells;
  const isAsked =
    first !== undefined &&
    !isBase(first) &&
    !(first.low === 'do' && !/^(i|we|any)$/.test(cells[1]?.low ?? '')) &&
    !/^(please|not|i|to|i have to|we have to|i must|we must|i should|i need to|we need to|got to)$/.test(
      first.low,
    );
  if (!isAsked || !approving.test(low) || !undone.test(low)) return cells;
  if (!cells.every((cell) => !cell.quoted && pendingWord.test(cell.low))) return cells;
  const counts = cells.find((cell) => isWord(cell, 'howMany'));
  return [
    counts ?? plain(first, 'list', word('listCue')),
    plain(first, 'pending', { t: 'status', name: 'pending' }),
    plain(first, 'actions', { t: 'kind', kinds: ['action'], plural: true }),
  ];
}

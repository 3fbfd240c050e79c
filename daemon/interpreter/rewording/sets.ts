// Sets as people point at them: "all t3.small in eu-west-1", "give the poc boxes the tag a=b", "no new
// pods on the nodes in eu-c, cordon them". What says which ones are meant is put where a plain command has it, and no
// bound is ever left out on the way. Called by `reword`, a text at a time.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { withDeedNouns } from './deedNouns.ts';
import { withResults } from './setResults.ts';

/** The cells with every set said plainly. */
export function withSets(cells: readonly Cell[], isAsked = false): readonly Cell[] {
  const turns = [
    withWhatever,
    withActors,
    withAlertNoun,
    withFlavorSet,
    withReplicasSet,
    withTagWord,
    withTagOff,
    withTagBound,
    withGivenTag,
    withTagFirst,
    withArrowSet,
    withSingle,
    withTagKey,
    withTopicSet,
  ];
  return turns.reduce((said, turn) => turn(said), withResults(withDeedNouns(cells, isAsked), isAsked));
}

const base = (phrase: string) => ({ t: 'verb', phrase, form: 'base' }) as const;

const isFlavor = (cell: Cell | undefined): boolean => {
  const ids = cell?.quoted ? [] : (senseOf(cell, 'name')?.ids ?? []);
  return ids.length > 0 && ids.every((id) => id.includes(':flavor/'));
};

const isTags = (cell: Cell | undefined): boolean => senseOf(cell, 'value')?.value.k === 'tags';

const isOrder = (cell: Cell): boolean => isBase(cell) && !isThing(cell) && !isWord(cell, 'prep', 'filler');

/** "erin's pending actions", "the actions carol and dave have pending": who asked for them bounds them. */
function withActors(cells: readonly Cell[]): readonly Cell[] {
  const head = cells.findIndex((cell) => !cell.quoted && senseOf(cell, 'kind')?.kinds[0] === 'action');
  const verb = cells.findIndex(isOrder);
  if (head < 0 || verb < 0 || verb > head || isQuestion(cells)) return cells;
  const owner = cells.findIndex((cell, at) => at > verb && at < head && isWord(cell, 'possessive'));
  if (owner > 0) {
    const from = peopleBefore(cells, owner);
    if (from === owner || from <= verb) return cells;
    const the = plain(cells[owner]!, 'the', word('det'));
    return [...cells.slice(0, from), the, byWhom(cells.slice(from, owner)), ...cells.slice(owner + 1)];
  }
  const apart = peopleApart(cells, head + 1);
  if (apart) return [...cells.slice(0, head), byWhom(apart.people), cells[head]!, ...cells.slice(apart.next)];
  const by = /^(of|by|from)$/.test(cells[head + 1]?.low ?? '') ? head + 2 : head + 1;
  let end = by;
  while (isPerson(cells[end]) || (end > by && isWord(cells[end], 'and', 'comma') && isPerson(cells[end + 1])))
    end++;
  if (end === by) return cells;
  const hasState = isWord(cells[end], 'have') && senseOf(cells[end + 1], 'status') !== undefined;
  if (by === head + 1 && !hasState) return cells;
  const said = [...(hasState ? [cells[end + 1]!] : []), byWhom(cells.slice(by, end)), cells[head]!];
  return [...cells.slice(0, head), ...said, ...cells.slice(hasState ? end + 2 : end)];
}

/** "…, the one from carol and the one from dave", "… (carol's and dave's)": whose they are, set apart. */
function peopleApart(
  cells: readonly Cell[],
  from: number,
): { readonly people: readonly Cell[]; readonly next: number } | undefined {
  const mark = cells[from];
  if (!mark || mark.quoted || !isWord(mark, 'comma', 'open', 'colon')) return undefined;
  const people: Cell[] = [];
  let at = from + 1;
  for (; at < cells.length; at++) {
    const cell = cells[at]!;
    if (isPerson(cell)) people.push(cell);
    else if (
      cell.quoted ||
      !(
        isWord(cell, 'det', 'one', 'possessive', 'and', 'comma') ||
        /^(the one|that one|one|of|by|from|that)$/.test(cell.low)
      )
    )
      break;
  }
  const next = isWord(mark, 'open') && isWord(cells[at], 'close') ? at + 1 : at;
  const isEnd = cells[next] === undefined || isWord(cells[next], 'stop', 'filler');
  return people.length > 0 && isEnd ? { people, next } : undefined;
}

const isPerson = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  /^\p{L}[\p{L}.@_-]+$/u.test(cell.low) &&
  cell.senses.every((sense) => sense.t === 'part');

function peopleBefore(cells: readonly Cell[], end: number): number {
  let from = end;
  while (isPerson(cells[from - 1]) || (isWord(cells[from - 1], 'and', 'comma') && isPerson(cells[from - 2])))
    from--;
  return from;
}

function byWhom(people: readonly Cell[]): Cell {
  const names = people.filter(isPerson).map((cell) => cell.low);
  const value = { k: 'tags', tags: { actor: names.join(',') } } as const;
  return plain(people[0]!, names.join(','), { t: 'value', value });
}

/** "silence the warnings": the alerts of that severity. */
function withAlertNoun(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.find(isOrder);
  if (!/^(ack|acknowledge|silence|mute|snooze)$/.test(senseOf(verb, 'verb')?.phrase ?? '')) return cells;
  return cells.flatMap((cell, at) => {
    const isNoun = !cell.quoted && /^(warnings|criticals)$/.test(cell.low) && senseOf(cell, 'status');
    if (!isNoun || senseOf(cells[at + 1], 'kind')) return [cell];
    return [cell, plain(cell, 'alerts', { t: 'kind', kinds: ['alert'], plural: true })];
  });
}

/** "all t3.small": all machines of that flavor. */
function withFlavorSet(cells: readonly Cell[]): readonly Cell[] {
  return cells.flatMap((cell, at) => {
    let first = at - 1;
    while (
      ['env', 'region', 'provider', 'status'].some((sort) => cells[first]?.senses.some(({ t }) => t === sort))
    )
      first--;
    const isSet = cells[first]?.quoted === false && isWord(cells[first], 'all', 'both');
    const next = cells[at + 1];
    if (isWord(next, 'and', 'or', 'comma') && isFlavor(cells[at + 2]) && senseOf(cells[at + 3], 'kind'))
      return [cell];
    if (!isFlavor(cell) || !isSet || senseOf(next, 'kind') || isFlavor(next) || senseOf(next, 'part'))
      return [cell];
    const kinds = cell.low.startsWith('db.') ? ['database'] : ['vm'];
    return [
      plain(cell, 'machines', { t: 'kind', kinds, plural: true }),
      plain(cell, 'with', word('prep')),
      cell,
    ];
  });
}

/** "set replicas=2 on all deployments in staging": scale them to that. */
function withReplicasSet(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(isTags);
  const value = senseOf(cells[at], 'value')?.value;
  const [key, said = ''] = value?.k === 'tags' ? (Object.entries(value.tags)[0] ?? []) : [];
  const verb = cells[at - 1];
  const isSet = key?.toLowerCase() === 'replicas' && /^\d{1,4}$/.test(said) && isWord(cells[at + 1], 'prep');
  if (
    !isSet ||
    !/^(set|put|use|apply)$/.test(verb?.low ?? '') ||
    !/^(on|for|to|in)$/.test(cells[at + 1]!.low)
  )
    return cells;
  const n = Number(said);
  return [
    ...cells.slice(0, at - 1),
    plain(verb!, 'scale', base('scale')),
    ...cells.slice(at + 2),
    plain(cells[at]!, 'to', word('prep')),
    plain(cells[at]!, said, { t: 'value', value: { k: 'number', n } }),
  ];
}

/** "tag all workers with the tag freeze=yes": with that. */
function withTagWord(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) =>
    !cell.quoted && /^with (the |a |this )?(tag|label)$/.test(cell.low) && isTags(cells[at + 1])
      ? plain(cell, 'with', word('prep'))
      : cell,
  );
}

/** "remove app=ci from all instances": the tag is taken off, never the things. */
function withTagOff(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex(isOrder);
  if (
    !/^(remove|strip|drop|clear|take|take off|delete|get rid of)$/.test(
      senseOf(cells[verb], 'verb')?.phrase ?? '',
    )
  )
    return cells;
  let end = isWord(cells[verb + 1], 'det', 'all') ? verb + 2 : verb + 1;
  if (!isTags(cells[end])) return cells;
  while (isTags(cells[end]) || (isWord(cells[end], 'and', 'comma') && isTags(cells[end + 1]))) end++;
  return /^(from|off|off of|on|of)$/.test(cells[end]?.low ?? '')
    ? cells.with(verb, plain(cells[verb]!, 'untag', base('untag')))
    : cells;
}

/** "tag every vm with role=ci with audit=q4", "untag env from all vms with role=ci": what they are known by. */
function withTagBound(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.find(isOrder);
  const removes = /^(remove|untag|strip|drop|clear|take|delete)\b/.test(senseOf(verb, 'verb')?.phrase ?? '');
  const isOther = (at: number): boolean =>
    cells.some((cell, index) => {
      const isJoined = index === at + 2 && isWord(cells[at + 1], 'and', 'comma');
      return isTags(cell) && index !== at && index !== at + 1 && !isJoined;
    });
  return cells.map((cell, at) => {
    const isWith =
      !cell.quoted && /^(with|having|where|whose|tagged|labell?ed)$/.test(cell.low) && isTags(cells[at + 1]);
    const isSet = isWith && !isTags(cells[at - 1]) && senseOf(cells[at - 1], 'kind') !== undefined;
    return isSet && (removes || isOther(at + 1)) ? plain(cell, 'tagged', word('tagged')) : cell;
  });
}

/** "give the poc boxes the tag a=b": put the tag on them. */
function withGivenTag(cells: readonly Cell[]): readonly Cell[] {
  const give = cells.findIndex((cell) => !cell.quoted && /^(give|attach|apply|assign)$/.test(cell.low));
  const tags = cells.findIndex((cell, at) => at > give && isTags(cell));
  // "give the poc boxes a=b"
  const isTag = /^(tags?|labels?)$/.test(cells[tags - 1]?.low ?? '');
  const noun = isTag ? tags - 1 : tags;
  const from = isTag && /^(the|a)$/.test(cells[noun - 1]?.low ?? '') ? noun - 1 : noun;
  const set = cells.slice(give + 1, Math.max(give + 1, from));
  const isThem =
    set.length === 1 && /^(them|those|these|all of them|them all|both of them)$/.test(set[0]!.low);
  const isSaid = set.some(isThing) || isThem;
  const isGiven = isTag || (cells[give]?.low === 'give' && set.every((cell) => !isWord(cell, 'prep')));
  if (give < 0 || !isGiven || !isSaid || set.some((cell) => isOrder(cell) || isMark(cell))) return cells;
  let end = tags + 1;
  while (isTags(cells[end]) || (isWord(cells[end], 'and', 'comma') && isTags(cells[end + 1]))) end++;
  return [
    ...cells.slice(0, give),
    plain(cells[give]!, 'put the tag', base('put the tag')),
    ...cells.slice(tags, end),
    plain(cells[noun]!, 'on', word('prep')),
    ...set,
    ...cells.slice(end),
  ];
}

const isMark = (cell: Cell): boolean => isWord(cell, 'stop', 'colon', 'afterwards');

/** "finance wants cost-center=4711 on …": where the tag is, behind who wishes it. */
function wishedTag(cells: readonly Cell[]): number | undefined {
  const at = cells.findIndex(isTags);
  const tag = /^(tags?|labels?)$/.test(cells[at - 1]?.low ?? '') ? at - 1 : at;
  const from = isWord(cells[tag - 1], 'det') ? tag - 1 : tag;
  const wish = cells[from - 1];
  const isWish =
    wish !== undefined &&
    !wish.quoted &&
    /(^| )(wants?|needs?|requires?|requests?|have|would like|like to have|want to have|asks? for|asked for)$/.test(
      wish.low,
    );
  const who = cells.slice(0, Math.max(0, from - 1));
  const isPlain =
    who.length < 5 &&
    who.every((cell) => !isThing(cell) && !isOrder(cell) && !isWord(cell, 'stop', 'not', 'if')) &&
    !who.some((cell) => /^(nobody|no one|noone|none|neither|nothing|who|whoever)$/.test(cell.low));
  return isWish && isPlain ? tag : undefined;
}

/** "audit=2026q4 on all prod machines please": the tag is to be put there. */
function withTagFirst(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || senseOf(cell, 'value'));
  const wish = wishedTag(cells);
  const start = wish ?? first;
  const lead = /^(tags?|labels?)$/.test(cells[start]?.low ?? '') ? start + 1 : start;
  // "tier=front as a tag on a"
  const as = cells[lead + 1]?.low === 'as' ? (isWord(cells[lead + 2], 'det') ? lead + 3 : lead + 2) : lead;
  const end = as > lead && /^(tags?|labels?)$/.test(cells[as]?.low ?? '') ? as : lead;
  const to = cells[end + 1];
  const isBare =
    isTags(cells[lead]) &&
    to !== undefined &&
    !to.quoted &&
    /^(on|for|to|onto)$/.test(to.low) &&
    !isQuestion(cells) &&
    !cells.some(
      (cell, at) =>
        (isOrder(cell) && at !== end) || isWord(cell, 'not', 'if', 'what', 'be', 'listCue', 'showCue'),
    );
  if (!isBare || !cells.slice(end + 2).some(isThing)) return cells;
  const put = plain(cells[lead]!, 'put the tag', base('put the tag'));
  return [
    ...cells.slice(0, wish === undefined ? first : 0),
    put,
    cells[lead]!,
    plain(to, 'on', word('prep')),
    ...cells.slice(end + 2),
  ];
}

/** "all machines with t3.small -> t3.medium": an arrow from a set says what it is to become. */
function withArrowSet(cells: readonly Cell[]): readonly Cell[] {
  const arrow = cells.findIndex((cell) => isWord(cell, 'arrow') && !cell.quoted);
  const first = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || isWord(cell, 'all'));
  const topic = cells.slice(Math.max(0, first), Math.max(0, arrow));
  const isSet = topic.some((cell) => isWord(cell, 'all', 'both') || senseOf(cell, 'kind')?.plural);
  if (arrow < 1 || !isSet || !isFlavor(cells[arrow + 1]) || cells.some(isOrder)) return cells;
  if (cells.some((cell) => isWord(cell, 'stop', 'not', 'if', 'what', 'be'))) return cells;
  return [
    ...cells.slice(0, first),
    plain(cells[first]!, 'resize', base('resize')),
    ...topic,
    plain(cells[arrow]!, 'to', word('prep')),
    ...cells.slice(arrow + 1),
  ];
}

/** "to a single replica": to one. */
function withSingle(cells: readonly Cell[]): readonly Cell[] {
  return cells.flatMap((cell, at) => {
    const isCounted = !cell.quoted && cell.low === 'single' && isWord(cells[at + 1], 'replicas');
    const one = plain(cell, '1', { t: 'value', value: { k: 'number', n: 1 } });
    if (isCounted) return [one];
    // "every single-replica deployment"
    if (cell.low === 'every single' && cells[at + 1]?.low === 'replica' && senseOf(cells[at + 2], 'kind'))
      return [cell, one];
    return cell.low === 'a' && cells[at + 1]?.low === 'single' && isWord(cells[at + 2], 'replicas')
      ? []
      : [cell];
  });
}

/** "whatever is firing": everything that is. */
function withWhatever(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    const isSubject =
      !cell.quoted && /^(whatever|whichever|all)$/.test(cell.low) && isWord(cell, 'any', 'all');
    if (isSubject && isWord(cells[at + 1], 'be', 'that') && isState(cells, at + 1))
      return plain(cell, 'everything', word('everything'));
    const before = cells[at - 1];
    const isBe = !cell.quoted && isWord(cell, 'be') && /^(whatever|whichever)$/.test(before?.low ?? '');
    return isBe && isState(cells, at) ? plain(cell, 'that is', word('that')) : cell;
  });
}

function isState(cells: readonly Cell[], from: number): boolean {
  let at = from;
  while (isWord(cells[at], 'that', 'be', 'not') && !senseOf(cells[at], 'status')) at++;
  return at > from && senseOf(cells[at], 'status') !== undefined && !isThing(cells[at]);
}

/** "no new pods on the nodes in eu-c, cordon them": what "them" is, with what cordoning does left out. */
function withTopicSet(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma'));
  const on = cells.findIndex((cell) => !cell.quoted && /^(on|onto)$/.test(cell.low));
  const mark = cells.findIndex((cell, at) => at > on && isWord(cell, 'comma', 'stop', 'colon'));
  const isNothing = /^(no|nothing)$/.test(cells[first]?.low ?? '') && on > first;
  const said = cells.slice(first + 1, Math.max(first + 1, on));
  const isPlain = said.every((cell) =>
    /^(new|more|pods?|workloads?|things?|gets?|may|must|should|can|be|is|to be|scheduled?|land|lands?|go|goes|run|placed)$/.test(
      cell.low,
    ),
  );
  const order = cells.slice(mark + 1).find((cell) => !isWord(cell, 'filler', 'comma'));
  return isNothing && isPlain && mark > on && order?.low === 'cordon' ? cells.slice(on + 1) : cells;
}

/** "remove the app tag from …": the key of a tag, whatever else the word may be. */
function withTagKey(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex(isOrder);
  if (!/^(remove|untag|strip|drop|clear|take)\b/.test(senseOf(cells[verb], 'verb')?.phrase ?? ''))
    return cells;
  return cells.map((cell, at) =>
    at > verb && /^(tags?|labels?)$/.test(cells[at + 1]?.low ?? '') && senseOf(cell, 'kind') && !cell.quoted
      ? { ...cell, senses: [] }
      : cell,
  );
}

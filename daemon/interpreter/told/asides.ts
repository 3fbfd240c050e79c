// What is said of a thing behind it, between commas: "checkout, the one in prod", "only the critical ones", and small
// statements that need nobody: "logs are gone again", "wrong VM". The first becomes part of what it is said of, the
// second goes only where it names nothing. Called by `reword`, with the turns of speech.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** The cells with what was added behind a comma in its place. */
export function withAsides(cells: readonly Cell[]): readonly Cell[] {
  return withNeeded(withoutWrong(withoutComplaints(withApposition(withoutClass(cells)))));
}

const classNoun =
  /^(agents?|apps?|application|program|software|tool|component|module|system|backend|api|microservice|thing|stack|product|item)$/;

/** "the agents fluent-bit", "our app grafana": a word for any such thing before the name it has. */
function withoutClass(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter((cell, at) => {
    const next = cells[at + 1];
    const isClass =
      !cell.quoted &&
      classNoun.test(cell.low) &&
      isWord(cells[at - 1], 'det') &&
      !senseOf(cell, 'name') &&
      senseOf(next, 'name')?.exact === true;
    return !isClass;
  });
}

/** "checkout, the one in prod, …", "web, the staging one", "anomalies, only the critical ones". */
function withApposition(cells: readonly Cell[]): readonly Cell[] {
  for (let at = 1; at < cells.length - 1; at++) {
    if (!isWord(cells[at], 'comma') || cells[at]!.quoted || !cells.slice(0, at).some(isThing)) continue;
    const start = /^(only|just)$/.test(cells[at + 1]!.low) ? at + 2 : at + 1;
    const first = cells[start];
    if (!first || first.quoted) continue;
    if (/^(the one|the ones|that one|those)$/.test(first.low) && isWord(cells[start + 1], 'prep')) {
      const place = cells[start + 2];
      if (!place || !(senseOf(place, 'env') ?? senseOf(place, 'region') ?? senseOf(place, 'name'))) continue;
      const after = isWord(cells[start + 3], 'comma') ? start + 4 : start + 3;
      return [...cells.slice(0, at), cells[start + 1]!, place, ...cells.slice(after)];
    }
    const [said, one] = [cells[start + 1], cells[start + 2]];
    if (first.low !== 'the' || !said || !/^ones?$/.test(one?.low ?? '')) continue;
    const place = senseOf(said, 'env') ?? senseOf(said, 'region');
    const end = cells.slice(start + 3);
    if (place) return [...cells.slice(0, at), plain(first, 'in', word('prep')), said, ...end];
    const head = cells.findLastIndex((cell, index) => index < at && senseOf(cell, 'kind')?.plural === true);
    if (senseOf(said, 'status') && head >= 0)
      return [...cells.slice(0, head), said, ...cells.slice(head, at), ...end];
  }
  return cells;
}

/** "restart loki, logs are not coming", "…, the audit is coming": a complaint or a reason, no question. */
function withoutComplaints(cells: readonly Cell[]): readonly Cell[] {
  const isMark = (cell: Cell): boolean => isWord(cell, 'comma', 'stop') && !cell.quoted;
  if (!cells.some((cell) => isWord(cell, 'logCue', 'changed')) || !cells.some(isMark)) return cells;
  const kept: Cell[] = [];
  for (let from = 0; from < cells.length; ) {
    const mark = cells.findIndex((cell, at) => at >= from && isMark(cell));
    const end = mark < 0 ? cells.length : mark + 1;
    const rest = [...cells.slice(0, from), ...cells.slice(end)];
    if (!isComplaint(cells.slice(from, end)) || !rest.some(isBase)) kept.push(...cells.slice(from, end));
    from = end;
  }
  return kept;
}

function isComplaint(part: readonly Cell[]): boolean {
  const first = part.findIndex((cell) => !isWord(cell, 'filler', 'det', 'because'));
  const [noun, verb] = part.slice(Math.max(0, first));
  const isNoun = noun !== undefined && /^(logs?|audit|history)$/.test(noun.low) && !noun.quoted;
  return (
    isNoun &&
    part.at(-1)!.low !== '?' &&
    isWord(verb, 'be', 'have') &&
    !part.some((cell) => cell.quoted || isThing(cell) || isWord(cell, 'if', 'except'))
  );
}

/** "cancel act-41, wrong vm": why. */
function withoutWrong(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) => index > 1 && cell.low === 'wrong' && isWord(cells[index - 1], 'comma'),
  );
  const rest = at < 0 ? [] : cells.slice(at + 1).filter((cell) => !isWord(cell, 'stop', 'filler'));
  const isWhy =
    rest.length === 1 && !senseOf(rest[0], 'name') && !senseOf(rest[0], 'value') && !rest[0]!.quoted;
  return isWhy && cells.slice(0, at).some((cell) => senseOf(cell, 'name')?.exact)
    ? cells.slice(0, at - 1)
    : cells;
}

/** "web-01 is needed again, power it on": it does not stay as it is. */
function withNeeded(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) =>
    cell.low === 'is needed' && isWord(cell, 'stays') && isWord(cells[at + 1], 'again')
      ? { ...cell, senses: [word('be')] }
      : cell,
  );
}

// What is said of a thing behind it, between commas: "checkout, the one in prod", "only the critical ones", and small
// statements that need nobody: "logs are gone again", "wrong VM". The first becomes part of what it is said of, the
// second goes only where it names nothing. Called by `reword`, with the turns of speech.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** The cells with what was added behind a comma in its place. */
export function withAsides(cells: readonly Cell[]): readonly Cell[] {
  return withAttaching(withNeeded(withImage(withoutWrong(withoutLogs(withApposition(withoutClass(cells)))))));
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

/** "logs are gone again. restart loki": a complaint, no question. */
function withoutLogs(cells: readonly Cell[]): readonly Cell[] {
  const stop = cells.findIndex((cell) => isWord(cell, 'stop') && !cell.quoted);
  const isComplaint =
    stop > 1 &&
    cells[stop]!.low !== '?' &&
    isWord(cells[0], 'logCue') &&
    isWord(cells[1], 'be') &&
    !cells
      .slice(0, stop)
      .some((cell) => cell.quoted || isThing(cell) || isWord(cell, 'not', 'if', 'except')) &&
    cells.slice(stop + 1).some(isBase);
  return isComplaint ? cells.slice(stop + 1) : cells;
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

/** "image of cart should be a:1": set it. */
function withImage(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex((cell) => isWord(cell, 'need') && !cell.quoted);
  const lead = cells.slice(0, Math.max(0, need)).filter((cell) => !isWord(cell, 'det', 'filler'));
  const value = cells[need + 1];
  const isSet =
    lead.length > 2 &&
    isWord(lead[0], 'imageWord') &&
    isWord(lead[1], 'of') &&
    !lead.some(isBase) &&
    senseOf(value, 'value')?.value.k === 'image';
  if (!isSet) return cells;
  const verb = plain(lead[0]!, 'set', { t: 'verb', phrase: 'set', form: 'base' });
  return [verb, ...cells.slice(0, need), plain(cells[need]!, 'to', word('prep')), ...cells.slice(need + 1)];
}

/** "web-01 is needed again, power it on": it does not stay as it is. */
function withNeeded(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) =>
    cell.low === 'is needed' && isWord(cell, 'stays') && isWord(cells[at + 1], 'again')
      ? { ...cell, senses: [word('be')] }
      : cell,
  );
}

/** "the disk must be attached to web-1": attach it. */
function withAttaching(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex(
    (cell, at) =>
      isWord(cell, 'need') &&
      !cell.quoted &&
      /\bbe$/.test(cell.low) &&
      /^(attached|assigned) to$/.test(cells[at + 1]?.low ?? ''),
  );
  if (need < 1 || cells.some((cell) => isWord(cell, 'what', 'who', 'why', 'when', 'howMany', 'if', 'not')))
    return cells;
  const start =
    cells.findLastIndex((cell, at) => at < need && isWord(cell, 'comma', 'stop', 'and', 'colon')) + 1;
  const object = cells.slice(start, need).filter((cell) => !isWord(cell, 'filler') || isThing(cell));
  const isPlain =
    object.length > 0 && object.every((cell) => isThing(cell) || isWord(cell, 'det', 'pronoun'));
  if (!isPlain || !isThing(cells[need + 2]) === !isWord(cells[need + 2], 'det')) return cells;
  const phrase = cells[need + 1]!.low === 'assigned to' ? 'assign' : 'attach';
  const verb = plain(cells[need]!, phrase, { t: 'verb', phrase, form: 'base' });
  const to = plain(cells[need + 1]!, 'to', word('prep'));
  return [...cells.slice(0, start), verb, ...object, to, ...cells.slice(need + 2)];
}

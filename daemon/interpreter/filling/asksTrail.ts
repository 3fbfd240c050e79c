// Whether a clause asks the audit trail: what somebody did, who did something, whether and when it was done. What is asked
// of things that are there ("what anomalies did we have") is no such question. Called while intents are sought.

import type { Clause } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isPerson } from './audit.ts';

/** "what did carol do", "who deleted web-3", "what changed since noon". */
export function isAudit(clause: Clause): boolean {
  const { cues, cells } = clause;
  // "what has the cpu of a been like"
  const isLike = cells.some((cell) => /\blike$/.test(cell.low)) && clause.metrics.length > 0;
  if (isLike) return false;
  const changed = cells.indexOf(cues.get('changed')!);
  if (cues.has('changed'))
    return cues.get('changed')!.low !== 'what did' || !isOfOthers(cells, changed, changed);
  const what = cells.findIndex((cell) => /^what$/.test(cell.low));
  const did = cells.findIndex((cell, at) => at > what && at < what + 4 && cell.low === 'did');
  if (what >= 0 && did > 0) return !isOfOthers(cells, what, did);
  // "what bob was doing", "what has bob been up to"
  const rest = what < 0 ? [] : cells.slice(what + 1, what + 6);
  const doing = rest.findIndex((cell) => /^(doing|been doing|up to|been up to)$/.test(cell.low));
  if (doing > 0 && rest.slice(0, doing).some((cell) => cell.senses.length === 0)) return true;
  // "what Erin has changed today"
  const has = rest.findIndex((cell) => /^(has|have|had)$/.test(cell.low));
  const actor = rest.slice(0, Math.max(0, has));
  const deed = rest[has + 1];
  if (actor.length === 1 && actor[0]!.senses.length === 0 && deed && /(ed|done|made)$/.test(deed.low))
    return true;
  if (
    isWhatDone(clause) ||
    isWhichDone(clause) ||
    isWhether(clause) ||
    (cues.has('who') && cells.some((cell) => operationId.test(cell.low)))
  )
    return true;
  const asked = cells.findIndex((cell) => /^when$/.test(cell.low));
  if (
    asked >= 0 &&
    asked < 2 &&
    isWord(cells[asked + 1], 'do', 'be') &&
    (clause.verbs.length > 0 || cells.some(isLastDeed) || cells.some(isDeed)) &&
    !/^(is|are|will)$/.test(cells[asked + 1]!.low)
  )
    return true;
  const isDone =
    clause.verbs.some((verb) => verb.form === 'ed' || verb.form === 'ing') ||
    clause.nps.some((np) => np.names.length > 0 || np.pronoun === 'it');
  // "who can reach db-sg": of what may be, no trail knows.
  const who = cells.findIndex((cell) => /^who$/.test(cell.low));
  const isMay = /^(can|could|may|might|should|would|will|has access|is allowed)$/.test(
    cells[who + 1]?.low ?? '',
  );
  if (
    cues.has('who') &&
    isDone &&
    !isMay &&
    isWord(
      cells.find((cell) => !isWord(cell, 'filler', 'comma')),
      'who',
      'ask',
      'filler',
    )
  )
    return true;
  const past =
    clause.verbs.some((verb) => verb.form === 'ed') &&
    cues.has('question') &&
    /^(did|was|were|has|have|when|what|which)$/.test(cells[0]?.low.split(' ')[0] ?? '');
  return (
    past &&
    cells.some((cell) => /^(by|did|when|was|were|has|have)$/.test(cell.low.split(' ')[0] ?? '')) &&
    !cues.has('why') &&
    cells.some((cell) => /^(who|by|did|when)$/.test(cell.low.split(' ')[0] ?? ''))
  );
}

/** "when was web-1 last rebooted" */
const isLastDeed = (cell: Cell, at: number, cells: readonly Cell[]): boolean =>
  !cell.quoted && senseOf(cell, 'verb') !== undefined && /^(last|first)$/.test(cells[at - 1]?.low ?? '');

/** "when was web-01 stopped", however much it is a state, too */
const isDeed = (cell: Cell): boolean =>
  !cell.quoted && senseOf(cell, 'verb')?.form === 'ed' && !senseOf(cell, 'name');

/** "what was rolled out today" */
function isWhatDone({ cells, nps, times, verbs }: Clause): boolean {
  const said = cells.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ');
  const isAsked = /^what (was|were|got|has been|have been|has got|all was) /.test(said);
  const isNamed = nps.some((np) => np.names.length + (np.kinds?.length ?? 0) > 0);
  return (
    isAsked && times.length > 0 && !isNamed && verbs.every((verb) => verb.form === 'ed') && cells.some(isDeed)
  );
}

/** "which vms were rebooted yesterday", "were any volumes deleted?": things to which something was done. */
function isWhichDone({ cells, nps, times, verbs, cues }: Clause): boolean {
  const be = cells.findIndex(
    (cell) => !cell.quoted && /^((have|has) been|were|was|got|had been)$/.test(cell.low),
  );
  const deed = cells.findIndex(
    (cell, at) => !cell.quoted && (at > be || be === 0) && senseOf(cell, 'verb')?.form === 'ed',
  );
  const isSet = nps.some((np) => np.names.length === 0 && (np.kinds?.length ?? 0) > 0);
  const isState = senseOf(cells[deed], 'status') !== undefined && times.length === 0;
  const isMade = /^(create|make|add|launch|start|change)$/.test(senseOf(cells[deed], 'verb')?.phrase ?? '');
  const isAsked = cues.has('question') || isWord(cells[0], 'what', 'listCue', 'showCue', 'any', 'be');
  return (
    be >= 0 &&
    deed > 0 &&
    isSet &&
    isAsked &&
    !isState &&
    !isMade &&
    !verbs.some(({ form }) => form === 'base')
  );
}

/** "what anomalies did we have", "what did the latency of web-1 look like": asked of what is there, not of a deed. */
function isOfOthers(cells: readonly Cell[], what: number, did: number): boolean {
  const subject = cells[isWord(cells[did + 1], 'det') ? did + 2 : did + 1];
  const isSeen = /^(have|see|get|had|notice|find|observe)$/.test(cells[did + 2]?.low ?? '');
  const isSet = cells.slice(what + 1, did).some((cell) => senseOf(cell, 'kind')?.plural);
  const isOurs = /^(we|i|you|it)( (have|see|get|had|notice|find))?$/.test(subject?.low ?? '');
  return senseOf(subject, 'metric') !== undefined || (isSet && isOurs && (isSeen || subject!.words > 1));
}

/** "did anybody reboot db-1", "has web-1 been restarted", "was web-1 stopped yesterday": whether it was done. */
function isWhether({ cells, verbs, times, nps }: Clause): boolean {
  const [first, second] = cells.filter((cell) => !isWord(cell, 'filler') || anyone.test(cell.low));
  if (!first || first.quoted) return false;
  const isNamed = nps.some((np) => np.names.length + np.missing.length > 0);
  const isSomebody = /^(anyone|anybody|someone|somebody)$/.test(second?.low ?? '');
  if (first.low === 'did' && (isNamed || isSomebody) && (isPerson(second) || anyone.test(second?.low ?? '')))
    return verbs.some((verb) => verb.form === 'base');
  // "anyone drained worker-4 today?"
  const isBySome = anyone.test(first.low) && senseOf(second, 'verb')?.form === 'ed';
  if (isBySome && isNamed && times.length > 0) return verbs.every((verb) => verb.form !== 'base');
  const isAnything = /^(anything|something)$/.test(second?.low ?? '');
  if (!isNamed && !isAnything) return false;
  const isDone =
    cells.some((cell) => senseOf(cell, 'verb')?.form === 'ed') && !verbs.some((verb) => verb.form === 'base');
  const isPast =
    times.length > 0 || cells.some((cell) => /^(been|recently|lately|ever|already)$/.test(cell.low));
  return isDone && isPast && /^(was|were|has|have)$/.test(first.low);
}

/** "resize.vm": an operation by its id. */
const operationId = /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/;

const anyone = /^(anybody|anyone|somebody|someone|we|they|he|she)$/;

// What of a text is only talk. Beside a clear command, what is neither command nor question is a comment; but what
// bounds the command never is, and nothing that names or counts something else is left out in silence.

import { attemptsOf, type Read, type Tools } from '../filling/readClause.ts';
import type { Scene } from '../linking/scene.ts';
import type { Clause, Np } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';

/**
 * Beside a change nothing that was said is left out in silence: a clause without a command of its own is talk only
 * where it is a statement, or names and counts nothing but what the change is about.
 */
export function nothingDropped(reads: readonly Read[], tools: Tools): readonly Read[] {
  const steps = reads.flatMap((read) => (read.idle ? [] : (read.attempts[0]?.steps ?? [])));
  if (!steps.some((step) => step.operation.risk !== 'read'))
    return reads.map((read) => (isCounted(read) ? { clause: read.clause, attempts: [] } : read));
  const touched = new Set(
    steps.flatMap((step) => [
      ...(step.ids ?? []),
      ...Object.values(step.args).filter((value): value is string => typeof value === 'string'),
    ]),
  );
  const isTouched = (id: string): boolean =>
    touched.has(id) || touched.has(tools.inventory.get(id)?.name ?? '');
  return reads.map((read) => {
    if (read.idle !== 'comment' || sparedBy(read.clause).length > 0) return read;
    const { clause } = read;
    // A bound that found no set to bound.
    const isBare = (np: Np): boolean => np.names.length === 0 && !np.kinds;
    const isBound = clause.nps.some(
      (np) => isBare(np) && (np.except.length > 0 || np.mods.some((mod) => mod.not)),
    );
    if (isBound || isDroppedDeed(read)) return { clause, attempts: [] };
    if (isStatement(clause)) return read;
    // "rename a to b and reboot it": an order nobody here knows.
    const lead = clause.cells.findIndex((cell) => !isWord(cell, 'filler', 'comma'));
    const isUnknown = clause.unknown.includes(clause.cells[lead]!) && !clause.cells[lead]!.repaired;
    const isTurned = clause.cells.some((cell) => /^(to|into)$/.test(cell.low) && !cell.quoted);
    if (isUnknown && isTurned && clause.nps.some((np) => np.at === lead + 1 && np.names.length > 0))
      return { clause, attempts: [] };
    const names = clause.nps.flatMap((np) => [np, ...np.also, ...(np.of ? [np.of] : [])]);
    const isForeign = names.some((np) => np.names.some((name) => !name.ids.some(isTouched)));
    const counts = clause.values.some((use) => use.value.k !== 'duration' && !use.not);
    return isForeign || (counts && clause.nps.length > 0) ? { clause, attempts: [] } : read;
  });
}

/** "checkout to 6, then list the pods": a number for a thing is never only talk. */
function isCounted({ clause, idle }: Read): boolean {
  const isNamed = clause.nps.some((np) => np.names.some((name) => name.exact && !senseOf(name.cell, 'env')));
  const isTo = clause.values.some(({ value, prep, not }) => value.k === 'number' && prep === 'to' && !not);
  return idle === 'comment' && isNamed && isTo && clause.verbs.length === 0 && !isStatement(clause);
}

/** "…, then snapshot it first because …": a change with a target of its own is never only talk. */
function isDroppedDeed({ clause, attempts }: Read): boolean {
  const isOrder = clause.verbs.some(
    (verb) => verb.form === 'base' || (verb.form === 'ing' && clause.link === 'after'),
  );
  const best = attempts.find((attempt) => attempt.steps.some((step) => step.operation.risk !== 'read'));
  return isOrder && clause.nps.length > 0 && best !== undefined;
}

/** "web-1 is slow", "we have a demo at 11". */
function isStatement(clause: Clause): boolean {
  return clause.cells.some(
    (cell, at) =>
      !cell.quoted &&
      (isWord(cell, 'be', 'have', 'do', 'because', 'need') ||
        (at > 0 && cell.senses.length === 0 && /(s|ed)$/.test(cell.low)) ||
        clause.verbs.some((verb) => verb.cell === cell && verb.form !== 'base')),
  );
}

/** What a clause without a command spares: "web-1 must stay", "except for web-1, …". */
export function sparedBy(clause: Clause): readonly Np[] {
  if (isSparing(clause)) return clause.nps;
  const isOnly = (np: Np): boolean =>
    np.except.length > 0 &&
    np.names.length === 0 &&
    np.missing.length === 0 &&
    !np.kinds &&
    np.mods.length === 0 &&
    np.quant === undefined;
  const isLead = clause.verbs.length === 0 && clause.nps.length > 0 && clause.nps.every(isOnly);
  return isLead ? clause.nps.flatMap((np) => np.except) : [];
}

/** "Don't touch prod; …": what no later set of this text may have in it. */
function isSparing(clause: Clause): boolean {
  const spares = clause.cells.some(
    (cell) => !cell.quoted && isWord(cell, 'except', 'stays') && !isWord(cell, 'instead'),
  );
  const asks = (['ask', 'list', 'show', 'question', 'what', 'why', 'howMany', 'logs'] as const).some((cue) =>
    clause.cues.has(cue),
  );
  // "leave all vms alone" is about all of them; "leave all but web-1" is not read here.
  const isAlone = clause.cells.some((cell) => isWord(cell, 'alone', 'stays') && !cell.quoted);
  const bare = clause.nps.every((np) => (isAlone || !np.quant) && np.except.length === 0);
  return spares && !asks && clause.verbs.length === 0 && clause.nps.length > 0 && bare;
}

/** Beside a clear command, what is neither command nor question is only talk; what bounds a command never is. */
export function withoutComments(reads: readonly Read[], base: Scene, tools: Tools): readonly Read[] {
  const isCommand = (read: Read): boolean => {
    const best = read.attempts[0];
    if (read.idle || best === undefined) return false;
    const asks = (['why', 'logs', 'depends', 'question'] as const).some((cue) => read.clause.cues.has(cue));
    if (asks && best.cost < 0.4 && !best.trouble) return true;
    const changes = best.steps.some((step) => step.operation.risk !== 'read');
    if (isToldOfSet(read.clause)) return false;
    return changes && (!best.trouble || best.cost < 0.6) && read.clause.verbs.length > 0;
  };
  if (!reads.some(isCommand)) return reads;
  return reads.map((read, at) => {
    if (read.idle || (isCommand(read) && !isPurpose(read)))
      return borrowValues(read, reads.slice(0, at), base, tools);
    const { clause } = read;
    if (isPurpose(read)) return { ...read, idle: 'comment' };
    if (isOwnResult(read, reads.filter(isCommand))) return read;
    const bounds =
      clause.cues.has('if') ||
      clause.cells.some(
        (cell, index) =>
          isWord(cell, 'except', 'outside') || (isWord(cell, 'not') && bindsNoun(clause.cells[index + 1])),
      );
    if (isToldOfSet(clause) && !bounds) return { ...read, idle: 'comment' };
    const asks = (
      ['ask', 'list', 'show', 'why', 'howMany', 'logs', 'who', 'depends', 'question', 'what'] as const
    ).some((cue) => clause.cues.has(cue));
    const leading = clause.verbs.some((verb) => verb.form === 'base' && verb.leading);
    const continuation = clause.link === 'and' || clause.link === 'then';
    // "…, then snapshotted, and then started again"
    const isPassive = clause.verbs[0]?.form === 'ed' && clause.verbs[0].leading && clause.nps.length === 0;
    if (isPassive && continuation) return read;
    // "reboot a; cpu of a last 30m"
    const isLook =
      at > 0 &&
      senseOf(clause.cells[0], 'metric') !== undefined &&
      isWord(clause.cells[1], 'of') &&
      clause.unknown.length === 0 &&
      !clause.cells.some((cell) => isWord(cell, 'be', 'have'));
    if (isLook && read.attempts[0]?.trouble === undefined) return read;
    // "can the bot do both?"
    const isEmpty =
      read.attempts.length === 0 && clause.nps.every((np) => np.names.length === 0 && !np.kinds);
    if (isEmpty && clause.verbs.length === 0 && !bounds) return { ...read, idle: 'comment' };
    if (bounds || asks || leading || (continuation && clause.verbs.length === 0 && at > 0)) return read;
    return { ...read, idle: 'comment' };
  });
}

/** "a gets M.8, then stop b": what a is to have is ordered too, where no command says how. */
function isOwnResult({ clause, attempts }: Read, commands: readonly Read[]): boolean {
  const [best] = attempts;
  const isSure = best !== undefined && !best.trouble && best.cost <= 0.3 && clause.verbs.length === 0;
  const isPlain =
    isSure &&
    clause.cues.has('need') &&
    clause.nps[0]?.names.length === 1 &&
    best.steps.every(({ operation, ids }) => operation.verb === 'resize' && ids?.length === 1);
  return (
    isPlain &&
    !commands.some(({ attempts: [one] }) =>
      one?.steps.some(({ operation }) => operation.verb === 'resize' || operation.risk === 'destroy'),
    )
  );
}

/** "the nodes in eu-c get new disks": what a set does is told, not ordered. */
function isToldOfSet({ nps, verbs, cues }: Clause): boolean {
  const [np, verb] = [nps[0], verbs[0]];
  return (
    !cues.has('question') &&
    np?.plural === true &&
    np.prep === undefined &&
    verb !== undefined &&
    np.at < verb.at &&
    /^(get|take|make|run|use|cause|create|keep|need|fill|new)$/.test(verb.phrase)
  );
}

/** "not the bastion": what follows is ruled out. */
function bindsNoun(cell: Cell | undefined): boolean {
  return (
    cell !== undefined &&
    (isWord(cell, 'det', 'all') ||
      cell.senses.some(
        (sense) => sense.t === 'name' || sense.t === 'kind' || sense.t === 'part' || sense.t === 'env',
      ))
  );
}

/** "before we migrate": why, not what. */
function isPurpose(read: Read): boolean {
  const { clause } = read;
  return clause.link === 'before' && read.attempts[0]?.trouble !== undefined && clause.nps.length === 0;
}

/** "it needs 20% more room, please grow it": the amount stood in the sentence before. */
function borrowValues(read: Read, before: readonly Read[], base: Scene, tools: Tools): Read {
  const best = read.attempts[0];
  if (read.idle || !best?.trouble?.about.startsWith('args.') || read.clause.values.length > 0) return read;
  const values = before
    .filter((one) => one.clause.verbs.every((verb) => verb.form !== 'base'))
    .flatMap((one) => one.clause.values);
  if (values.length === 0) return read;
  const spoken = before.flatMap((one) =>
    one.clause.nps.flatMap((np) => np.names.flatMap((name) => name.ids)),
  );
  const clause: Clause = { ...read.clause, values };
  const attempts = attemptsOf(
    clause,
    { ...base, antecedents: [{ ids: spoken, from: 'text' }, ...base.antecedents] },
    tools,
  );
  return attempts[0] && !attempts[0].trouble ? { clause, attempts } : read;
}

// What it costs to leave words unexplained. A change may not ignore what was said: a name, a number or a restriction
// that found no place makes a reading too dear to act on. The prices were found on the development set.

import type { Clause } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainWords } from '../words/plainWords.ts';
import type { Attempt } from './attempt.ts';
import type { FillRequest } from './fill.ts';
import type { Used } from './filled.ts';

/** Readings that need a word the clause does not have, or that take a measured thing for the thing itself. */
export function unlikely({ operation, clause, scene }: FillRequest): number {
  if (/^(assign-ip|unassign-ip)$/.test(operation.verb)) {
    const spoken = clause.nps
      .flatMap((np) => [np, ...np.also])
      .some(
        (np) =>
          np.kinds?.includes('floating-ip') ||
          np.names.some((name) => name.ids.some((id) => scene.inventory.get(id)?.kind === 'floating-ip')) ||
          (np.pronoun !== undefined &&
            scene.antecedents.some(
              (one) =>
                one.ids.some((id) => scene.inventory.get(id)?.kind === 'floating-ip') ||
                one.created?.kind === 'floating-ip',
            )),
      );
    return spoken ? 0 : 1;
  }
  const isFrom = (): boolean =>
    clause.nps.some((np) => np.prep !== undefined && /from|off/.test(np.prep)) ||
    clause.cells.some((cell) => /^(from|off|off of|away from)$/.test(cell.low));
  if (
    operation.verb === 'detach' &&
    clause.verbs.some((verb) => /^(remove|take|pull|free|take off|take away|drop)$/.test(verb.phrase)) &&
    !isFrom()
  )
    return 0.6;
  if (
    /^(open-port|close-port)$/.test(operation.verb) &&
    operation.words.indexOf('remove') >= 0 &&
    clause.verbs.some((verb) => verb.phrase === 'remove')
  )
    return clause.labels.has('port') ? 0 : 0.5;
  if (operation.verb === 'metrics' && clause.nps.length === 0 && clause.scope.length > 0) {
    const own = clause.scope.some((mod) =>
      mod.ids?.some((id) => scene.inventory.get(id)?.kind === operation.kind),
    );
    if (!own) return 0.15;
  }
  const measured = /^(metrics|forecast)$/.test(operation.verb) && operation.kind === 'volume';
  // "attach v to a and show me its memory": no disk has any.
  const isPointed = clause.nps.some((np) => np.pronoun !== undefined || np.of?.pronoun !== undefined);
  if (measured && isPointed && clause.metrics.some(({ metric }) => /^(cpu|memory|network)$/.test(metric)))
    return 1;
  return measured &&
    clause.nps.some(
      (np) => !np.plural && senseOf(np.kindCell, 'metric') && (np.of !== undefined || np.names.length > 0),
    )
    ? 0.35
    : 0;
}

/** Adds the price of what nothing explained. */
export function priced(attempt: Attempt, request: FillRequest, used: Used): Attempt {
  const { operation, clause } = request;
  const read = operation.risk === 'read';
  const tail = Math.min(tailStart(clause), looseTail(request));
  let cost = attempt.cost;
  for (const np of clause.nps) {
    if (used.nps.has(np)) continue;
    const label =
      np.names.length === 0 &&
      np.mods.length === 0 &&
      operation.args.some((spec) => spec.refKind !== undefined && np.kinds?.includes(spec.refKind));
    const counted =
      isWord(np.kindCell, 'replicas', 'typeWord', 'imageWord', 'keyWord') && np.names.length === 0 && !np.of;
    const partly =
      (np.names.length > 0 && np.names.every((name) => used.cells.has(name.cell))) || label || counted;
    if (partly || np.at >= tail) cost += 0.1;
    else if (
      operation.args.some(
        (spec) =>
          spec.refKind !== undefined && np.prep !== undefined && /^(from|off|out of|off of)$/.test(np.prep),
      )
    )
      cost += 0.1;
    else
      cost += np.pronoun
        ? 0.3
        : read
          ? 0.7
          : np.prep === 'for' || (np.prep === 'as' && np.names.length === 0)
            ? 0.5
            : 1.2;
  }
  for (const use of clause.values) {
    if (used.values.has(use) || use.not) continue;
    const inNp = clause.nps.some((np) => np.cells.includes(use.cell));
    if (inNp || used.cells.has(use.cell)) continue;
    // "One keypair" is a keypair.
    const isOne = (use.value.k === 'number' || use.value.k === 'times') && use.value.n === 1;
    if (isOne && operation.verb === 'create' && clause.cells.indexOf(use.cell) < (clause.nps[0]?.at ?? 0) + 1)
      cost += 0.05;
    else if (use.value.k === 'flag') cost += harmlessFlags.test(use.value.flag) ? 0 : 0.8;
    else cost += use.at >= tail ? 0.15 : read ? 0.4 : 1;
  }
  for (const cell of clause.unknown) {
    if (used.cells.has(cell)) continue;
    if (!read && isListed(clause.cells, cell)) cost += 0.6;
    // "shelve web-1": an order nobody here knows is no question about the thing.
    const isDeed = read && cell === clause.cells[0] && isTarget(clause.cells[1]) && !isAsked(clause);
    if (isDeed) cost += 0.8;
    cost += clause.cells.indexOf(cell) >= tail ? 0.1 : read ? (isAsked(clause) ? 0.25 : 0.6) : 0.55;
  }
  for (const np of clause.nps) {
    for (const mod of np.mods) if (mod.kind === 'unknown' && !used.nps.has(np)) cost += 0.2;
    for (const cell of np.missing) if (!used.cells.has(cell) && !used.nps.has(np)) cost += 0.5;
  }
  for (const verb of clause.verbs) {
    if (used.cells.has(verb.cell) || verb.at >= tail) continue;
    if (isWord(verb.cell, 'light', 'filler', 'ask', 'need')) cost += 0.05;
    else cost += read ? 0.5 : verb.form === 'base' ? 0.8 : 0.3;
  }
  // "with the same flavor": as what, is not known.
  const isSame = (cell: Cell): boolean => !cell.quoted && /^(the )?same$/.test(cell.low);
  if (operation.verb === 'create' && clause.cells.some(isSame)) cost += 1;
  if (!read && clause.cues.has('logs') && clause.verbs.length > 0) cost += 0.6;
  const isGraded = operation.args.some((spec) => spec.name === 'replicas' || spec.name === 'size_gb');
  const factor = (['double', 'triple', 'half'] as const).some((cue) => clause.cues.has(cue));
  if (!read && factor && !isGraded) cost += 0.8;
  cost += read ? 0 : detail(request);
  if (!read) cost += 0.6 * unusedNames(clause, used);
  if (!used.named && clause.named.length > 0) cost += 0.6;
  for (const cell of clause.quotes) if (!used.cells.has(cell)) cost += 0.6;
  if (!used.metrics && clause.metrics.length > 0 && !read) cost += 0.3;
  if (!used.times && clause.times.length > 0 && !read)
    cost += clause.times.some(({ range }) => range.span) ? 0.9 : 0.2;
  return { ...attempt, cost };
}

const isTarget = (cell: Cell | undefined): boolean => senseOf(cell, 'name')?.exact === true;

/** "restart grafana, kibana": a word nobody knows in the place of one more thing. */
export function isListed(cells: readonly Cell[], cell: Cell): boolean {
  const at = cells.indexOf(cell);
  const next = cells[at + 1];
  return (
    isWord(cells[at - 1], 'comma', 'and') &&
    senseOf(cells[at - 2], 'name') !== undefined &&
    (next === undefined || isWord(next, 'comma', 'and', 'stop')) &&
    !plainWords.has(cell.low)
  );
}

/** "release the ip of web-1", "delete the status of web-1": said of something about the thing, not of the thing. */
function detail({ clause, verb }: FillRequest): number {
  const from = verb ? clause.cells.indexOf(verb) : -1;
  const to = clause.nps[0]?.at ?? -1;
  if (from < 0) return 0;
  return clause.cells.slice(from + 1, to).some((cell) => isWord(cell, 'showCue') && / of$/.test(cell.low))
    ? 1.2
    : 0;
}

/** Names inside a phrase that were neither what it is about nor an argument. */
function unusedNames(clause: Clause, used: Used): number {
  return clause.nps
    .filter(
      (np) => used.nps.has(np) && np.names.length > 1 && np.names.some((name) => used.cells.has(name.cell)),
    )
    .flatMap((np) => np.names)
    .filter((name) => !used.cells.has(name.cell)).length;
}

/** Something in the clause asks, so that a word nobody knows is a lesser matter. */
function isAsked(clause: Clause): boolean {
  return (
    (
      [
        'ask',
        'list',
        'show',
        'question',
        'what',
        'why',
        'howMany',
        'logs',
        'when',
        'who',
        'changed',
        'depends',
        'summarize',
        'top',
      ] as const
    ).some((cue) => clause.cues.has(cue)) || clause.metrics.length > 0
  );
}

const harmlessFlags =
  /^(-o|--output|--all|-w|--wide|--now|--wait|--yes|-y|-f|--follow|--context|--profile|--grace-period|--ignore-daemonsets|--delete-emptydir-data|--delete-local-data|-c|--container|--timeout|--show-labels|--project|--os-cloud|--force|--hard|--all-namespaces|-a|--namespace|-n|--region|--no-headers|-l|--selector|--watch|--cluster)$/;

/** Where a reason begins that says nothing about what to do: "because…", "so that…", "it is…". */
function tailStart(clause: Clause): number {
  const verbAt = clause.verbs[0]?.at ?? -1;
  const firstNp = clause.nps[0]?.at ?? Number.POSITIVE_INFINITY;
  for (let at = Math.max(1, Math.min(verbAt, firstNp) + 1); at < clause.cells.length; at++) {
    const cell = clause.cells[at]!;
    if (isReason(clause, at)) return at;
    // "deploy a as b", "at the same time as b": a name, no reason.
    if (cell.low === 'as' && senseOf(clause.cells[at + 1], 'name')?.exact) continue;
    if (cell.low === 'as' && clause.verbs.some((verb) => /^(create|deploy|run|launch)$/.test(verb.phrase)))
      continue;
    if (!isWord(cell, 'because') || cell.quoted || senseOf(cell, 'name') || senseOf(cell, 'time')) continue;
    if (at <= verbAt || at <= firstNp || clause.cells.length - at < 2) continue;
    return at;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * ", sap ppl r waiting": behind a change of one thing that was called by its name, words nobody knows that name, count,
 * bound, deny and order nothing. They tell something to whoever reads along, however they are written.
 */
function looseTail({ operation, clause }: FillRequest): number {
  const [np, ...others] = clause.nps;
  const at = clause.cells.findIndex((cell) => isWord(cell, 'comma') && !cell.quoted);
  const isOne = np?.names.length === 1 && np.names[0]!.exact && !np.plural && np.quant === undefined;
  if (operation.risk !== 'change' || !isOne || at < 0 || others.some((one) => one.at < at))
    return Number.POSITIVE_INFINITY;
  const verbAt = clause.verbs[0]?.at ?? at;
  const rest = clause.cells.slice(at + 1);
  const isBehind = at > verbAt && at > np.at && np.cells.every((cell) => !rest.includes(cell));
  const isTold =
    rest.length > 1 &&
    rest.some((cell) => cell.senses.length === 0) &&
    !rest.some((cell, index) => isTelling(cell, rest[index - 1]));
  return isBehind && isTold ? at : Number.POSITIVE_INFINITY;
}

/** What could be a part of an order, or turn one. */
function isTelling(cell: Cell, before: Cell | undefined): boolean {
  if (
    cell.quoted ||
    isWord(
      cell,
      'except',
      'not',
      'if',
      'outside',
      'instead',
      'insteadOf',
      'stays',
      'all',
      'or',
      'other',
      'correction',
      'before',
      'after',
      'afterwards',
      'same',
      'named',
      'tagged',
    )
  )
    return true;
  if (/^(only|just|also|plus|then|and)$/.test(cell.low)) return true;
  const isOfThing = [
    'name',
    'prefix',
    'glob',
    'part',
    'value',
    'env',
    'region',
    'provider',
    'kind',
    'time',
  ].some((sort) => cell.senses.some(({ t }) => t === sort));
  const isOrder =
    senseOf(cell, 'verb')?.form === 'base' && !/^(to|i|we|they|you|it|the|a)$/.test(before?.low ?? '');
  return isOfThing || isOrder;
}

/** ", testers are waiting for it"; "for a kernel update": a remark without anything of the inventory in it. */
function isReason(clause: Clause, at: number): boolean {
  const cell = clause.cells[at]!;
  const rest = clause.cells.slice(at + 1);
  const about = rest.some(
    (one) =>
      one.quoted ||
      senseOf(one, 'name') ||
      senseOf(one, 'value') ||
      senseOf(one, 'prefix') ||
      senseOf(one, 'env') ||
      isWord(one, 'except', 'not', 'if'),
  );
  if (about || rest.length === 0) return false;
  if (
    /^(its|it|they|that)$/.test(cell.low) &&
    !isWord(rest[0], 'need') &&
    !senseOf(rest[0], 'kind') &&
    !senseOf(rest[0], 'verb')
  )
    return rest.some((one) => one.senses.length === 0);
  if (
    isWord(cell, 'comma') &&
    /^(it|they|its|that|this|we|i)$/.test(rest[0]!.low) &&
    rest.some((one) => one.senses.length === 0)
  )
    return !rest.some((one) => senseOf(one, 'verb')?.form === 'base');
  if (isWord(cell, 'comma'))
    return (
      rest.slice(0, 4).some((one) => isWord(one, 'be', 'have')) && rest.some((one) => one.senses.length === 0)
    );
  return (
    isWord(cell, 'prep') &&
    cell.low === 'for' &&
    isWord(rest[0], 'det', 'filler', 'demonstrative') &&
    rest.some((one) => one.senses.length === 0) &&
    !rest.some((one) => senseOf(one, 'kind'))
  );
}

// New things that are wished for together: "a deployment x with image y in a new namespace called demo" makes the
// namespace first and the deployment in it, "I need a and b. Could you create both?" is one order. A namespace that is
// there already is never made again. Called by `reword`, before new workloads are put in a row.

import { newThing } from '../steps/madeTogether.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const making =
  /^(create|make|deploy|launch|run|start|spin up|set up|setup|stand up|bring up|provision|add|put)$/;
const needing = /(^|\b(i|we) )(need|want|would like|require)$/;

const ofCluster = /^(deployment|statefulset|daemonset|job|cronjob|configmap|secret|service|pod)$/;

/** The cells with what is new in the order in which it is made. */
export function withNewNamespace(cells: readonly Cell[]): readonly Cell[] {
  return namespaceFirst(inFront(namedAgain(withoutAskedAgain(cells))));
}

const isNamespace = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name') && senseOf(cell, 'kind')?.kinds[0] === 'namespace';
const isUnheard = (cell: Cell | undefined): cell is Cell =>
  cell !== undefined && (cell.quoted || cell.senses.length === 0) && !senseOf(cell, 'name');
const placing = /^(in|into|inside|within|to|inside of)$/;

/** "create ns perf, then in perf a deployment": in it. */
function namedAgain(cells: readonly Cell[]): readonly Cell[] {
  const kind = cells.findIndex(isNamespace);
  const at = isWord(cells[kind + 1], 'named') ? kind + 2 : kind + 1;
  const name = cells[at];
  const isMade = cells.slice(0, Math.max(0, kind)).some((cell) => isMaking(cell) || cell.low === 'new');
  if (kind < 1 || !isMade || !isUnheard(name)) return cells;
  return cells.map((cell, index) => {
    const isIn = index > at && cell.low === name.low && placing.test(cells[index - 1]!.low);
    return isIn && !cells[index - 1]!.quoted ? plain(cell, 'it', word('pronoun')) : cell;
  });
}

/** "in a new namespace perf create a deployment x": the namespace first. */
function inFront(cells: readonly Cell[]): readonly Cell[] {
  const prep = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || isWord(cell, 'prep'));
  const kind = cells.findIndex(isNamespace);
  const isNew = kind > 1 && kind < prep + 4 && /\b(new|fresh)$/.test(cells[kind - 1]!.low);
  const at = isWord(cells[kind + 1], 'named') ? kind + 2 : kind + 1;
  const name = cells[at];
  const verb = isWord(cells[at + 1], 'comma', 'colon') ? at + 2 : at + 1;
  const lead = cells[prep];
  if (!isNew || !lead || lead.quoted || !placing.test(lead.low) || !isUnheard(name)) return cells;
  if (!cells[verb] || !isMaking(cells[verb]) || cells.some((cell) => isWord(cell, 'not', 'if', 'or')))
    return cells;
  return [
    createAt(lead),
    cells[kind]!,
    name,
    plain(name, ',', word('comma')),
    plain(name, 'then', word('afterwards')),
    ...cells.slice(verb),
    plain(name, 'in', word('prep')),
    plain(name, 'it', word('pronoun')),
  ];
}

const createAt = (at: Cell): Cell => plain(at, 'create', { t: 'verb', phrase: 'create', form: 'base' });
const isMaking = (cell: Cell): boolean =>
  isBase(cell) && !cell.quoted && making.test(senseOf(cell, 'verb')!.phrase) && !senseOf(cell, 'name');
const isNeed = (cell: Cell): boolean => !cell.quoted && needing.test(cell.low);

/** "I need a and b. Could you create both?": the wish is the order. */
function withoutAskedAgain(cells: readonly Cell[]): readonly Cell[] {
  const stop = cells.findIndex(
    (cell, at) => at > 2 && isWord(cell, 'stop', 'comma') && isAskedAgain(cells, at),
  );
  const need = cells.findIndex((cell) => !isWord(cell, 'filler') || isNeed(cell));
  const lead = cells[need];
  if (stop < 0 || !lead || !isNeed(lead) || newThing(cells, need + 1) < 0) return cells;
  const said = cells.slice(need + 1, stop);
  const isOrder = (cell: Cell): boolean => isBase(cell) && cell.low !== 'new';
  const isOpen = said.some((cell) => isOrder(cell) || isWord(cell, 'not', 'if', 'who', 'what', 'stop', 'or'));
  return isOpen ? cells : [createAt(lead), ...said];
}

/** Nothing but a verb that makes and what points back stands behind the mark. */
function isAskedAgain(cells: readonly Cell[], mark: number): boolean {
  const said = cells.slice(mark + 1).filter((cell) => !isWord(cell, 'filler', 'stop') || isMaking(cell));
  const [verb, what, ...others] = said;
  const isPointing =
    what !== undefined && (isWord(what, 'both', 'pronoun') || /^(these|those|both)$/.test(what.low));
  return (
    verb !== undefined &&
    isMaking(verb) &&
    isPointing &&
    others.every((cell) => isWord(cell, 'pronoun', 'of'))
  );
}

/** "… in a new namespace called demo": made first, and what is new is made in it. */
function namespaceFirst(cells: readonly Cell[]): readonly Cell[] {
  const kind = cells.findIndex(
    (cell, at) =>
      !cell.quoted &&
      senseOf(cell, 'kind')?.kinds[0] === 'namespace' &&
      /^(new|fresh|brand new|a new|its own new)$/.test(cells[at - 1]?.low ?? ''),
  );
  if (kind < 3) return cells;
  const prep = /^(a|the|some|its|one)$/.test(cells[kind - 2]!.low) ? kind - 3 : kind - 2;
  const at = isWord(cells[kind + 1], 'named') ? kind + 2 : kind + 1;
  const name = cells[at];
  const verb = cells.findIndex((cell) => isMaking(cell) || isNeed(cell));
  const isIn = /^(in|into|inside|within|to|inside of)$/.test(cells[prep]?.low ?? '');
  const isOpen = cells
    .slice(0, kind)
    .some((cell) => isWord(cell, 'not', 'if', 'who', 'what', 'stop', 'afterwards') && !cell.quoted);
  const isOfCluster = cells
    .slice(verb + 1, Math.max(0, prep))
    .some(
      (cell) =>
        senseOf(cell, 'value')?.value.k === 'image' || ofCluster.test(senseOf(cell, 'kind')?.kinds[0] ?? ''),
    );
  if (verb < 0 || verb > prep || !isIn || !isUnheard(name) || isOpen || !isOfCluster) return cells;
  return [
    ...cells.slice(0, verb),
    createAt(cells[verb]!),
    cells[kind]!,
    name,
    plain(name, ',', word('comma')),
    plain(name, 'then', word('afterwards')),
    createAt(cells[verb]!),
    ...cells.slice(verb + 1, prep + 1),
    plain(name, 'it', word('pronoun')),
    ...cells.slice(at + 1),
  ];
}

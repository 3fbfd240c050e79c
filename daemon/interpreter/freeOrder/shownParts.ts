// What is asked of one thing that has a name: its image, on which node it is, whether it is on or off, "what it is set to".
// Details hold all of that, so a word whose part nobody knows may stand in such a question; it only asks and bounds
// nothing, since the thing is named. Nothing is decided here. Called by `questionParts`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';

/** What a thing has, as a noun of its own. */
const attributes =
  /^(zone|region|hypervisor|os|operating system|schedule|owner|size|capacity|version|state|status|health|subnet|vpc|vlan|rack|team|project|account)$/;
const attributeKinds =
  /^(node|host|cluster|namespace|network|subnet|image|flavor|keypair|security-group|datastore)$/;

/** To what a thing hangs on, which its details say. */
const holderOf: Readonly<Record<string, RegExp>> = {
  vm: /:(volume|floating-ip|snapshot)\//,
  volume: /:snapshot\//,
  database: /:snapshot\//,
  deployment: /:pod\//,
  statefulset: /:pod\//,
};

const isNamed = (cell: Cell): boolean => {
  const name = cell.quoted || isWord(cell, 'prep') ? undefined : senseOf(cell, 'name');
  return (
    name?.exact === true && !(senseOf(cell, 'env') && name.ids.every((id) => id.includes(':namespace/')))
  );
};

/** "which node", "image": what is asked of the thing that is named elsewhere; how many cells it takes. */
export function attributeAt(cells: readonly Cell[], at: number): number {
  const names = cells.filter(isNamed);
  if (names.length < 1 || names.length > 3) return 0;
  if (cells.some((cell) => isWord(cell, 'top', 'least', 'howMany'))) return 0;
  if (isWord(cells[at], 'what') && /^(which|what)$/.test(cells[at]!.low))
    return isAttribute(cells, at + 1, names[0]!) ? 2 : 0;
  const isPlaceKind = /^(node|host|cluster|namespace|network|datastore)$/.test(kindOf(cells[at]) ?? '');
  return !isPlaceKind && isAttribute(cells, at, names[0]!) ? 1 : 0;
}

const kindOf = (cell: Cell | undefined): string | undefined => {
  const kind = cell && !cell.quoted && !senseOf(cell, 'name') ? senseOf(cell, 'kind') : undefined;
  const isSaid = kind && (!kind.plural || /^(security-group|keypair)$/.test(kind.kinds[0] ?? ''));
  return isSaid ? kind.kinds[0] : undefined;
};

function isAttribute(cells: readonly Cell[], at: number, named: Cell): boolean {
  const cell = cells[at];
  const next = cells[at + 1];
  if (!cell || cell.quoted || next === named || senseOf(cell, 'name')) return false;
  if (isWord(cell, 'imageWord', 'typeWord') || attributes.test(cell.low)) return true;
  const kind = kindOf(cell);
  const { ids } = senseOf(named, 'name')!;
  if (kind === undefined || ids.some((id) => id.includes(`:${kind}/`))) return false;
  return attributeKinds.test(kind) || ids.every((id) => holderOf[kind]?.test(id));
}

/** "on or off", "running or not": whether it is; how many cells it takes. */
export function isStateChoice(cells: readonly Cell[], at: number): number {
  if (cells.filter(isNamed).length > 1) return 0;
  const isState = (cell: Cell | undefined): boolean =>
    cell !== undefined && !cell.quoted && senseOf(cell, 'status') !== undefined && !senseOf(cell, 'name');
  const isAsked = cells
    .slice(0, at)
    .some((cell) => isWord(cell, 'be', 'have', 'do') || /^(whether|if|check|see)$/.test(cell.low));
  const isLast = cells[at + 1] === undefined || isWord(cells[at + 1], 'stop');
  // "is the backup policy switched on?", of a single thing
  if (isLast && cells[0]!.low === 'is' && isState(cells[at]) && !isWord(cells[at], 'prep')) return 1;
  if (!isWord(cells[at + 1], 'or') || !cells.some(isNamed)) return 0;
  const isEither = isState(cells[at + 2]) || isWord(cells[at + 2], 'not');
  const end = cells[at + 3];
  const isEnd = end === undefined || isWord(end, 'stop');
  return isState(cells[at]) && isEither && (isAsked || isEnd) ? 3 : 0;
}

/** "its state", "how big", "set to": what the details of a thing say. */
export const isShown = (cells: readonly Cell[], at: number): boolean =>
  !cells[at]!.quoted &&
  !senseOf(cells[at], 'name') &&
  (isWord(cells[at], 'showCue', 'typeWord', 'sizeWord', 'imageWord') || attributes.test(cells[at]!.low));

const asking =
  /^(what|what is|what are|whats|which|where|where is|whose|how|how is|in which|what does|how does|how do)$/;
const open =
  /\b(should|must|shall|can|could|may|might|would|if|unless|not|please|i|we|you|or|than|more|less)\b/;

/** A question of what and where, of one thing that is named. */
export function isAskedAbout(cells: readonly Cell[]): boolean {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler', 'ask', 'comma', 'prep'));
  const lead = cells.slice(0, Math.max(0, first)).some((cell) => asking.test(cell.low));
  const isQuestion = lead || (first >= 0 && !cells[first]!.quoted && asking.test(cells[first]!.low));
  return (
    isQuestion &&
    cells.filter(isNamed).length === 1 &&
    !cells.some((cell) => cell.quoted || (open.test(cell.low) && !isWord(cell, 'ask', 'filler')))
  );
}

/** A word of nobody's, or what is done to it or by it: "is set to", "does it send". */
export function isLoose(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (cell.quoted) return false;
  if (cell.senses.length === 0) return /^\p{L}[\p{L}-]*$/u.test(cell.low);
  const verb = senseOf(cell, 'verb');
  if (!verb || !cell.senses.every((sense) => sense.t === 'verb' || isWord(cell, 'prep'))) return false;
  const before = cells.slice(0, at);
  const isDone = before.some((one) => isWord(one, 'be', 'have'));
  const isDoing = before.some((one) => isWord(one, 'do') || /\b(does|do)$/.test(one.low));
  return isDone || isDoing || verb.form === 's';
}

// What is to run in the cluster and is not there yet, in whatever order its parts are said: "I need nginx:1.29 in dev under
// the name hello, two replicas, can you deploy that". An image, a name and at most a namespace and a number become one
// plain order; a word that is none of these, nor courtesy, leaves the sentence as it is. Called by `reword`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const making =
  /^(create|deploy|launch|run|start|start up|spin up|bring up|set up|setup|stand up|fire up|make|put|add|provision|roll out|ship|get|have|give|use|new|need|want|i need|we need|i want|we want|i would like|we would like|would like|need to|want to|would like to|i would like to|i want to|we want to|i need to|we need to)$/;
const naming = (cell: Cell): boolean =>
  isWord(cell, 'named') || /^(call that|call this|name that|it is called)$/.test(cell.low);
const joining =
  /^(as|we|i|fine|enough|ok|running|with|in|into|on|onto|to|from|for|of|at|under|using|running|by|and|,|\.|:|;|-|\?|!|namespace|image|the image|container image|replicas?|one-off|one-time|single|new|small|simple|that|it|this|is|be|should|it should|called|me|us|per|there|inside|within|based|based on|off|only|just|a|an|the|one|my|our)$/;
const courtesy =
  /^(please|pls|plz|hi|hey|hello|hi there|thanks|thank you|thx|now|asap|today|ok|okay|so|kindly|can you|could you|can we|could we|can i|could i|can someone|can somebody|would you|will you|for me|for us|right now|quickly|um|uh)$/;
const adjective =
  /^(new|small|simple|fresh|second|another|one-off|one-time|single|kubernetes|k8s|test|batch|temporary|tiny|little|first|last|previous)$/;

const isImage = (cell: Cell): boolean => !cell.quoted && senseOf(cell, 'value')?.value.k === 'image';
const isKind = (cell: Cell | undefined): boolean => {
  const kinds = (cell && !cell.quoted && senseOf(cell, 'kind')?.kinds) || [];
  return /^(deployment|job)$/.test(kinds[0] ?? '') && !senseOf(cell, 'kind')!.plural;
};
const isPlace = (cell: Cell): boolean =>
  senseOf(cell, 'env') !== undefined ||
  (senseOf(cell, 'name')?.ids.some((id) => id.includes(':namespace/')) ?? false);
const isPods = (cell: Cell): boolean =>
  isWord(cell, 'replicas') || (senseOf(cell, 'kind')?.kinds.includes('pod') ?? false);
const nameShape = /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/i;

/** The cells with the order for what is new in one plain row; what is to be done then stays behind it. */
export function withNewWorkload(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some(isImage)) return cells;
  const then = cells.findIndex(
    (cell) => !cell.quoted && isWord(cell, 'afterwards', 'stop') && cell.low !== '?',
  );
  const end =
    then < 0 || then === cells.length - 1 ? cells.length : isWord(cells[then - 1], 'and') ? then - 1 : then;
  const head = cells.slice(0, end);
  const said = inOneRow(head);
  return said === head ? cells : [...said, ...cells.slice(end)];
}

function inOneRow(cells: readonly Cell[]): readonly Cell[] {
  const images = cells.filter(isImage);
  if (images.length !== 1 || cells.some((cell) => isWord(cell, 'not', 'if', 'except', 'all', 'instead')))
    return cells;
  const found = cells.find((cell) => !cell.quoted && making.test(cell.low) && !isPods(cell));
  const lead = found && { ...found, repaired: false };
  const at = lead ? nameAt(cells) : -1;
  const name = cells[at];
  if (!lead || !name || isTaken(name)) return cells;
  const kind = cells.find(isKind);
  const places = cells.filter((cell) => cell !== name && isPlace(cell));
  const counts = cells.filter((cell) => cell !== name && /^(number|times)$/.test(sortOfValue(cell)));
  const isJob = kind !== undefined && senseOf(kind, 'kind')!.kinds[0] === 'job';
  const isPlain = cells.every(
    (cell) =>
      cell === name ||
      cell === kind ||
      isImage(cell) ||
      places.includes(cell) ||
      counts.includes(cell) ||
      isConnecting(cell),
  );
  const isOne = places.length <= 1 && counts.length <= (isJob ? 0 : 1);
  if (!isPlain || !isOne || (counts[0] && !isCounted(cells, counts[0]))) return cells;
  const prep = (low: string): Cell => plain(lead, low, word('prep'));
  const it = plain(lead, 'it', word('pronoun'));
  const noun = isJob ? 'job' : 'deployment';
  return [
    plain(lead, 'create', { t: 'verb', phrase: 'create', form: 'base' }),
    plain(kind ?? lead, noun, { t: 'kind', kinds: [noun], plural: false }),
    plain(lead, 'named', word('named')),
    plain(name, name.text.toLowerCase()),
    prep('with'),
    images[0]!,
    ...(counts[0] ? [prep('with'), counts[0], plain(counts[0], 'replicas', word('replicas'))] : []),
    ...(places[0] ? [prep('in'), places[0]] : isInside(cells) ? [prep('in'), it] : []),
  ];
}

/** "in it", "in there", "in that namespace": in the one that was spoken of. */
const isInside = (cells: readonly Cell[]): boolean =>
  cells.some((cell, at) => {
    if (cell.quoted) return false;
    const next = cells[at + 1];
    const isIn = /^(in|into|inside|within)$/.test(cell.low) && next !== undefined && !next.quoted;
    return (isIn && /^(it|this|that|there)$/.test(next.low)) || /^(there|in there|inside)$/.test(cell.low);
  });

const sortOfValue = (cell: Cell): string => (cell.quoted ? '' : (senseOf(cell, 'value')?.value.k ?? ''));

/** Words that only hold the parts together. */
const isConnecting = (cell: Cell): boolean =>
  !cell.quoted &&
  (making.test(cell.low) ||
    naming(cell) ||
    joining.test(cell.low) ||
    courtesy.test(cell.low) ||
    isPods(cell) ||
    (senseOf(cell, 'kind')?.kinds.includes('namespace') ?? false) ||
    isWord(cell, 'filler', 'comma', 'imageWord'));

/** "two replicas", "replicas 2", "2x": how many there are to be, and no other number. */
function isCounted(cells: readonly Cell[], count: Cell): boolean {
  if (sortOfValue(count) === 'times') return true;
  const at = cells.indexOf(count);
  const beside = [cells[at + 1], cells[at - 1], cells[cells[at - 1]?.low === ':' ? at - 2 : at - 1]];
  return beside.some((cell) => cell !== undefined && isPods(cell));
}

/** Something that is there has that name: the order may be about it. */
const isTaken = (name: Cell): boolean =>
  name.words > 1 ||
  !nameShape.test(name.text) ||
  (senseOf(name, 'name')?.exact === true &&
    senseOf(name, 'name')!.ids.some((id) => /:(deployment|statefulset|daemonset|job|vm)\//.test(id)));

/** Where the name stands: behind "called", "as" or the kind, before the kind, or behind the verb. */
function nameAt(cells: readonly Cell[]): number {
  const isWordAlone = (at: number): boolean => {
    const cell = cells[at];
    return (
      cell !== undefined &&
      (cell.quoted || (!isImage(cell) && sortOfValue(cell) === '' && !isKind(cell) && !isPods(cell))) &&
      nameShape.test(cell.text) &&
      !(joining.test(cell.low) && !cell.quoted) &&
      !/^(please|pls|plz|now|asap|thanks|called|named|name)$/.test(cell.low)
    );
  };
  const isArticle = (at: number): boolean => /^(a|an|the|one|another)$/.test(cells[at]?.low ?? '');
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    if (cell.quoted) continue;
    let next = at + 1;
    while (/^(it|is|of|to be|as|:|be)$/.test(cells[next]?.low ?? '')) next++;
    if (naming(cell) && isWordAlone(next)) return next;
    if (cell.low === 'as' && !isArticle(at + 1) && isWordAlone(at + 1)) return at + 1;
  }
  const kind = cells.findIndex(isKind);
  if (isWordAlone(kind + 1) && kind >= 0) return kind + 1;
  const isBefore = isWordAlone(kind - 1) && isArticle(kind - 2) && !adjective.test(cells[kind - 1]!.low);
  if (kind > 1 && isBefore) return kind - 1;
  const verb = cells.findIndex((cell, at) => !cell.quoted && making.test(cell.low) && isWordAlone(at + 1));
  const behind = cells[verb + 2];
  const isObject =
    verb >= 0 && behind && /^(in|into|on|onto|to|:|,|running|from|with|using)$/.test(behind.low);
  return isObject && !making.test(cells[verb + 1]!.low) && !isPlace(cells[verb + 1]!) ? verb + 1 : -1;
}

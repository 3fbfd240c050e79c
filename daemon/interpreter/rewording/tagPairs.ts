// A tag whose key and value are said apart: "the tag costcenter with value 4711", "label stage, value test", "with the key
// tier and the value gold", "tag team equal to devex", "tag web-10: owner is bob". Each becomes the pair it stands for, as
// `tier=gold` would be written, and is read like that. A word between key and value that is none of these leaves all as it
// was. Called first of the turns, over the cells as they were typed.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const tagWord = /^(tags?|labels?)$/;
const knownKey =
  /^(owner|env|environment|team|role|tier|app|project|cost-?cent(er|re)|purpose|stage|department|customer|contact|backup)$/;

const isTagWord = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  (tagWord.test(cell.low) ||
    /\b(tag|label)$/.test(isWord(cell, 'tagged') ? cell.low : '') ||
    /\b(tag|label)$/.test(senseOf(cell, 'verb')?.phrase ?? ''));

/** A word of somebody's own, or one that tags are often called by. */
const isKey = (cell: Cell | undefined): cell is Cell =>
  cell !== undefined &&
  /^[a-z][\w./-]*$/i.test(cell.text) &&
  (cell.quoted || knownKey.test(cell.low) || cell.senses.every(({ t }) => t === 'part' || t === 'prefix')) &&
  !isTagWord(cell) &&
  !/^(value|key|equal|equals)$/.test(cell.low);

/** One word that can be a value. */
const isValue = (cell: Cell | undefined): cell is Cell =>
  cell !== undefined &&
  (cell.quoted ||
    (cell.words === 1 &&
      !isWord(
        cell,
        'det',
        'prep',
        'pronoun',
        'and',
        'comma',
        'stop',
        'colon',
        'of',
        'demonstrative',
        'not',
      ) &&
      !isTagWord(cell) &&
      !/^(value|key|equal|equals|there|gone|missing|wrong|needed|required|old|outdated|set|correct|what)$/.test(
        cell.low,
      ) &&
      !senseOf(cell, 'verb')));

/** The cells with each pair in one cell. */
export function withTagPairs(given: readonly Cell[]): readonly Cell[] {
  if (!given.some(isTagWord)) return given;
  const cells = withLabelNames(given);
  const out: Cell[] = [];
  for (let at = 0; at < cells.length; ) {
    const pair = pairAt(cells, at);
    if (!pair) {
      out.push(cells[at++]!);
      continue;
    }
    const { key, value, next } = pair;
    const text = `${key.text}=${value.text}`;
    out.push({
      ...key,
      text,
      low: text.toLowerCase(),
      end: value.end,
      quoted: false,
      words: 1,
      senses: [{ t: 'value', value: { k: 'tags', tags: { [key.text]: value.text } } }],
    });
    at = next;
  }
  return out.length === cells.length ? cells : out;
}

/** "snapshot a and b, label them pre-x": the name that each of the snapshots gets. */
function withLabelNames(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      isTagWord(cell) &&
      /^(them|both|all|each|them all|them both|all of them|both of them|each of them)$/.test(
        cells[index + 1]?.low ?? '',
      ),
  );
  const [name, next] = [cells[at + 2], cells[at + 3]];
  const verbs = cells.slice(0, Math.max(0, at)).filter(isBase);
  const isTaken = verbs.some((cell) => /^snap/.test(senseOf(cell, 'verb')!.phrase)) && verbs.length === 1;
  if (!isTaken || !name || !isKey(name) || (next !== undefined && !isEnd(next))) return cells;
  const named = plain(cells[at]!, 'named', word('named'));
  const from = isWord(cells[at - 1], 'and', 'comma') ? at - 1 : at;
  return [...cells.slice(0, from), named, ...cells.slice(at + 2)];
}

interface Pair {
  readonly key: Cell;
  readonly value: Cell;
  readonly next: number;
}

/** The pair that begins here: its key, what joins the two, and its value. */
function pairAt(cells: readonly Cell[], at: number): Pair | undefined {
  let from = at;
  // "with the key tier and the value gold"
  const isKeySaid = cells[from]?.low === 'key' && !cells[from]!.quoted;
  if (isKeySaid) from++;
  while (isKeySaid && (isWord(cells[from], 'colon') || /^(named|called)$/.test(cells[from]?.low ?? '')))
    from++;
  const key = cells[from];
  if (!isKey(key)) return undefined;
  const behind = cells[from + 1];
  const isBehindTag = isTagWord(cells[at - 1]);
  const isTagBehind =
    isTagWord(behind) && !senseOf(cells[at - 1], 'verb')?.phrase.match(/^(remove|drop|delete)/);
  const isHeaded =
    isWord(cells[at - 1], 'colon') && knownKey.test(key.low) && cells.slice(0, at - 1).some(isTagWord);
  if (!isKeySaid && !isBehindTag && !isTagBehind && !isHeaded) return undefined;
  const joined = joinAt(cells, isTagBehind && !isBehindTag ? from + 2 : from + 1);
  if (!joined || (isHeaded && !joined.isBe && !joined.isValued)) return undefined;
  // "the tag owner is bob": told, or asked; "tag web-10: owner is bob" orders.
  if (joined.isBe && !isHeaded) return undefined;
  const value = cells[joined.next];
  return isValue(value) && isEnd(cells[joined.next + 1]) ? { key, value, next: joined.next + 1 } : undefined;
}

interface Join {
  readonly next: number;
  readonly isBe: boolean;
  readonly isValued: boolean;
}

/** "with value", "and the value", "equal to", "set to", "=": what stands between a key and its value. */
function joinAt(cells: readonly Cell[], from: number): Join | undefined {
  let at = from;
  const low = (index: number): string => (cells[index]?.quoted === false ? cells[index]!.low : '');
  if (/^(=|equals|equal|equal to|equals to|set to)$/.test(low(at))) {
    const isSplit = /^(equal|equals)$/.test(low(at)) && low(at + 1) === 'to';
    return { next: at + (isSplit ? 2 : 1), isBe: false, isValued: true };
  }
  if (isWord(cells[at], 'be') && !cells[at]!.quoted) return { next: at + 1, isBe: true, isValued: false };
  while (isWord(cells[at], 'comma', 'and', 'of', 'open') || /^(with|having|has|to)$/.test(low(at))) at++;
  if (/^(the|a)$/.test(low(at))) at++;
  // "with the value nightly", "value: gold"
  if (!/^(value|val)$/.test(low(at))) return undefined;
  at++;
  while (isWord(cells[at], 'colon', 'be', 'of') || /^(=|to)$/.test(low(at))) at++;
  return { next: at, isBe: false, isValued: true };
}

const isEnd = (cell: Cell | undefined): boolean =>
  cell === undefined ||
  isWord(cell, 'prep', 'of', 'and', 'comma', 'stop', 'filler', 'close', 'afterwards', 'colon') ||
  cell.low === '->';

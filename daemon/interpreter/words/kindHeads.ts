// "the default group", "the lb-web balancer": the last word of what a kind is called, beside a name of that kind, stands for
// the kind. By itself it is any word. Called when the cells of a sentence are made.

import { operableKinds } from '../../../shared/model/kind.ts';
import { kindWords } from '../../catalogue/kindWords.ts';
import { type Cell, senseOf } from './cells.ts';

/** Last words of what is called by two, with their kinds. */
const heads: ReadonlyMap<string, readonly string[]> = operableKinds.reduce((all, kind) => {
  for (const phrase of kindWords[kind].words) {
    const [first, ...rest] = phrase.split(' ');
    const last = rest.at(-1);
    if (first && last) all.set(last, [...(all.get(last) ?? []), kind]);
  }
  return all;
}, new Map<string, string[]>());

/** The cell as a kind, where it is the last word of one and stands beside a name of it. */
export function withKindHead(cell: Cell, before: Cell | undefined): Cell {
  const kinds = cell.quoted || cell.senses.length > 0 ? undefined : heads.get(cell.low);
  const named = kinds && senseOf(before, 'name');
  const kind = kinds?.find((one) => named?.exact && named.ids.every((id) => id.includes(`:${one}/`)));
  return kind === undefined ? cell : { ...cell, senses: [{ t: 'kind', kinds: [kind], plural: false }] };
}

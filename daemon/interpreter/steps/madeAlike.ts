// "remove the keypair ci-key, create ci-key-2": what is made beside a thing that was named, and is called like it with
// something behind, is of its kind, where no kind is said. Called where the steps of a text are made plain.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain } from '../words/plainCells.ts';

/** The cells with the kind of what is made. */
export function withMadeAlike(cells: readonly Cell[]): readonly Cell[] {
  return cells.flatMap((cell, at) => {
    const make = isWord(cells[at - 1], 'det') ? at - 2 : at - 1;
    const verb = isBase(cells[make]) ? senseOf(cells[make], 'verb')?.phrase : undefined;
    if (cell.quoted || verb !== 'create' || !isNew(cell)) return [cell];
    const kinds = new Set(
      cells.slice(0, make).flatMap((one) => {
        const named = one.quoted ? undefined : senseOf(one, 'name');
        const isAlike = named?.exact && /^[-_.]?\w+$/.test(cell.low.slice(one.low.length));
        if (!isAlike || !cell.low.startsWith(one.low)) return [];
        return named!.ids.map((id) => /:([a-z-]+)\//.exec(id)?.[1] ?? '');
      }),
    );
    const [kind, ...others] = kinds;
    if (!kind || others.length > 0) return [cell];
    return [plain(cell, kind, { t: 'kind', kinds: [kind], plural: false }), cell];
  });
}

const isNew = (cell: Cell): boolean =>
  cell.senses.every(({ t }) => t === 'prefix' || t === 'part') && /[a-z].*\d|-/.test(cell.low);

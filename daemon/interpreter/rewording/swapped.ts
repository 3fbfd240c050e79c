// "swap hosts: erp-01 goes to esx-02, erp-02 to esx-01": what stands before the mark says once more what the row behind it
// says of each, and goes. Only where each thing of the row has a place, a size or a number of its own, so that it is a swap;
// a swap that is not spelled out is left as it was said. Called on every text, once its words are known.

import { type Cell, isWord, senseOf } from '../words/cells.ts';

const swap = '(?:swap|switch|exchange|trade|rotate|flip)';
const what =
  '(?:hosts?|hypervisors?|places?|positions?|seats|nodes?|homes?|sizes?|flavou?rs?|types?|instance types?|replicas?|replica counts?|counts?|numbers?)';
const each = '(?:□(?: (?:,|and) □)+ )?';
const heading = new RegExp(
  `^(?:(?:please|pls|can you|could you|let us|let|have) )*${each}${swap}(?: (?:the|their|its|both))?(?: (?:${what}|them|these|those|two|vms|machines|servers))*(?: (?:of|for) □ and □)?(?: (?:around|over|please|pls))*$`,
);

const namesOf = (cell: Cell): readonly string[] =>
  cell.quoted ? [] : (senseOf(cell, 'name')?.ids ?? []).slice(0, 1);
const isGoal = (id: string): boolean => /:(?:host|node|flavor)\//.test(id);

/** The cells without a heading that the row behind it spells out. */
export function withoutSwapHeading(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findIndex(
    (cell) => !cell.quoted && (isWord(cell, 'colon', 'stop') || /^[-–—]$/.test(cell.low)),
  );
  if (mark < 1) return cells;
  const text = cells
    .slice(0, mark)
    .map((cell) => (namesOf(cell).length > 0 ? '□' : cell.quoted ? '"' : cell.low))
    .join(' ');
  if (!heading.test(text)) return cells;
  const row = cells.slice(mark + 1);
  const ids = row.flatMap(namesOf);
  const things = new Set(ids.filter((id) => !isGoal(id) && !id.includes(':namespace/')));
  const figures = row.flatMap((cell) => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
    return value?.k === 'number' ? [String(value.n)] : [];
  });
  const goals = [...ids.filter(isGoal), ...figures];
  const isEach = things.size > 1 && goals.length === things.size && new Set(goals).size === goals.length;
  const named = cells.slice(0, mark).flatMap(namesOf);
  return isEach && named.every((id) => things.has(id)) ? row : cells;
}

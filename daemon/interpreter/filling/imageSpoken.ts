// The image of a new machine said by a word of its name: "an M.8 ubuntu box". It is taken where the word is part of one
// image's name; where it fits several the caller leaves it open. Called while references are filled.

import { looseKey } from '../inventory/inventory.ts';
import type { Scene } from '../linking/scene.ts';
import type { Clause } from '../phrases/clause.ts';
import type { Used } from './filled.ts';

/** Images a word of a new machine is part of the name of. */
export function imageSpoken(clause: Clause, used: Used, { inventory }: Scene) {
  return clause.nps
    .flatMap((np) => np.mods)
    .filter((mod) => mod.kind === 'word' && !mod.not && !used.cells.has(mod.cell))
    .flatMap((mod) => {
      const names = inventory
        .ofKind('image')
        .map(({ name }) => name)
        .filter((name) =>
          looseKey(name)
            .split(' ')
            .includes(mod.word ?? ''),
        );
      return [...new Set(names)].map((name) => ({ mod, name }));
    });
}

// What is to run where, said by its image alone: "ship registry.local/checkout:1.9.0 to prod", "registry.local/web:2 goes to
// staging". The name in the image says which workload is meant, where exactly one of that name stands in the place; any
// other image is left as it was said, and asked about. Called before the grammar reads.

import type { Resource } from '../../../shared/model/resource.ts';
import { namesOf } from '../conversation/listed.ts';
import { type Inventory, looseKey } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const shipping =
  /^(?:ship|deploy|release|push|promote|roll ?out|put|get|bring|move|send|take|use|publish|install|apply|update to|upgrade to|switch to)$/;
/** Between the verb and the image, or behind it. */
const loose =
  /^(?:the|our|my|new|a|this|image|images|version|build|tag|release|now|then|please|pls|live|out|up|straight|live in|live on|live to|on|over|in|to|into|onto|at)$/;
/** "… goes to prod", "… has to go to prod": how it is ordered without a verb before it. */
const going =
  /^(?:goes|go|should go|has to go|needs to go|must go|shall go|is to go|can go|may go|should|has to|needs to|must|shall|is to|to go)(?: to| live| live in| into)?$/;
const turning = ['not', 'if', 'except', 'or', 'when', 'why', 'who', 'what', 'before', 'after'] as const;

/** The cells with the name of the workload that an image is of. */
export function withImageNamed(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  if (!cells.some((cell) => imageOf(cell) !== undefined)) return cells;
  const parts: Cell[][] = [[]];
  for (const cell of cells) {
    const isEnd = !cell.quoted && isWord(cell, 'comma', 'stop', 'colon', 'and', 'afterwards');
    if (isEnd) parts.push([cell], []);
    else parts.at(-1)!.push(cell);
  }
  let isShipping = false;
  return parts.flatMap((part) => {
    const said = named(part, isShipping, inventory);
    if (part.length > 1) isShipping = said !== undefined;
    return said ?? part;
  });
}

function imageOf(cell: Cell): string | undefined {
  const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
  return value?.k === 'image' && /[:@]/.test(value.image) ? value.image : undefined;
}

/** A part with the name in it; behind one that ships, the verb may be left out. */
function named(part: readonly Cell[], isBehind: boolean, inventory: Inventory): readonly Cell[] | undefined {
  const images = part.filter((cell) => imageOf(cell) !== undefined);
  const image = images[0];
  if (!image || images.length > 1 || part.some((cell) => isWord(cell, ...turning))) return undefined;
  const at = part.indexOf(image);
  const first = part.findIndex((cell) => !isWord(cell, 'filler') || shipping.test(cell.low));
  const isShipped = first < at && shipping.test(part[first]!.low);
  const between = part.slice(isShipped ? first + 1 : first, at);
  const place = part.slice(at + 1).find((cell) => placeOf(cell) !== undefined);
  const rest = part.slice(at + 1).filter((cell) => cell !== place);
  const isLoose = (cell: Cell): boolean =>
    !cell.quoted && (loose.test(cell.low) || isWord(cell, 'filler', 'det', 'afterwards'));
  const isGoing =
    first === at && ((isBehind && place !== undefined) || rest.some((cell) => going.test(cell.low)));
  if (!(isShipped || isGoing) || !between.every(isLoose)) return undefined;
  if (!rest.every((cell) => isLoose(cell) || (isGoing && going.test(cell.low)))) return undefined;
  const workload = workloadOf(imageOf(image)!, place && placeOf(place), inventory);
  if (!workload) return undefined;
  const set = plain(part[isShipped ? first : at]!, 'set', { t: 'verb', phrase: 'set', form: 'base' });
  return [
    ...part.slice(0, first),
    set,
    ...namesOf([workload], [image]),
    ...(place ? [plain(place, 'in', word('prep')), place] : []),
    plain(image, 'to', word('prep')),
    image,
  ];
}

function placeOf(cell: Cell): string | undefined {
  if (cell.quoted) return undefined;
  const id = senseOf(cell, 'name')?.ids.find((one) => one.includes(':namespace/'));
  return id ? id.slice(id.lastIndexOf('/') + 1) : senseOf(cell, 'env')?.value;
}

const workloads = /^(?:deployment|statefulset|daemonset)$/;

/** The one workload that has the name of the image. */
function workloadOf(image: string, place: string | undefined, inventory: Inventory): Resource | undefined {
  const name = image.slice(image.lastIndexOf('/') + 1).replace(/[:@].*$/, '');
  const found = inventory
    .byKey(looseKey(name))
    .filter(
      (one) =>
        workloads.test(one.kind) && one.name === name && (place === undefined || one.namespace === place),
    );
  return found.length === 1 ? found[0] : undefined;
}

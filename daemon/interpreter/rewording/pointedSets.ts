// Sets that are told by what was said before or beside them: "worker-1 is slow, restart all pods on that node", "need quiet
// on vmware: stop all prod vms there", "everything unhealthy among the staging deployments", "whatever the data team owns",
// "untagged volumes". The one place or the noun that was said is put where a plain command has it; with two of them, or
// none, the words stay as they are and a person is asked. Called before a text is cut into what orders and what tells.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** The cells with every such set said plainly. */
export function withPointedSets(cells: readonly Cell[]): readonly Cell[] {
  return [
    withPlainZone,
    withHeadedPlace,
    withAllBut,
    withThere,
    withTheirs,
    withAmong,
    withOnesOf,
    withOwned,
    withUntagged,
  ].reduce((said, turn) => turn(said), cells);
}

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
/** What is destroyed is said in full, or asked. */
const isDestroying = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => !cell.quoted && destroying.has(senseOf(cell, 'verb')?.phrase ?? ''));
const isPluralKind = (cell: Cell | undefined): boolean =>
  !cell?.quoted && senseOf(cell, 'kind')?.plural === true;

const groups: Readonly<Record<string, string>> = {
  'security-group': 'security groups',
  node: 'nodes',
  cronjob: 'cron jobs',
  alert: 'alerts',
};

/** "close 22 everywhere but bastion-sg", "cordon all but worker-1": all of the kind of what is spared. */
function withAllBut(cells: readonly Cell[]): readonly Cell[] {
  const but = cells.findIndex((cell) =>
    /^(everywhere|everything|all|anywhere|everyone) but$/.test(low(cell)),
  );
  const apart = cells.findIndex(
    (cell, at) => /^(everywhere|everything|all)$/.test(low(cell)) && isWord(cells[at + 1], 'except'),
  );
  const from = but < 0 ? apart : but;
  if (from < 1 || isDestroying(cells) || !cells.slice(0, from).some((cell) => isBase(cell))) return cells;
  let at = but < 0 ? from + 2 : from + 1;
  while (isWord(cells[at], 'det') || /^(on|in|at|for)$/.test(low(cells[at]))) at++;
  const ids = cells[at]?.quoted ? [] : (senseOf(cells[at], 'name')?.ids ?? []);
  const kinds = [...new Set(ids.map((id) => /:([a-z-]+)\//.exec(id)?.[1] ?? ''))];
  const noun = kinds.length === 1 ? groups[kinds[0]!] : undefined;
  if (noun === undefined) return cells;
  const kind = plain(cells[from]!, noun, { t: 'kind', kinds, plural: true });
  const isOn = /^(on|in|at|for|from)$/.test(low(cells[from - 1]));
  const on = kinds[0] === 'security-group' && !isOn ? [plain(cells[from]!, 'on', word('prep'))] : [];
  const except = plain(cells[from]!, 'except', word('except'));
  return [
    ...cells.slice(0, from),
    ...on,
    plain(cells[from]!, 'all', word('all')),
    kind,
    except,
    ...cells.slice(at),
  ];
}

/** What a cell is a place of: its sort, and what tells it from others. */
function placeOf(cell: Cell): { readonly sorts: readonly string[]; readonly key: string } | undefined {
  if (cell.quoted) return undefined;
  const ids = senseOf(cell, 'name')?.ids ?? [];
  const kinds = [...new Set(ids.map((id) => /:([a-z-]+)\//.exec(id)?.[1] ?? ''))];
  if (kinds.length === 1 && /^(node|host|namespace|cluster)$/.test(kinds[0]!))
    return { sorts: kinds, key: ids.join() };
  if (ids.length > 0) return undefined;
  const provider = senseOf(cell, 'provider');
  if (provider) return { sorts: ['provider', 'cloud'], key: provider.value };
  const region = senseOf(cell, 'region');
  if (region) return { sorts: ['region', 'zone'], key: region.values.join() };
  const env = senseOf(cell, 'env');
  return env && { sorts: ['env', 'environment'], key: env.value };
}

/** The one place that was spoken of before, of that sort; none where it was denied or where there are two. */
function onlyPlace(cells: readonly Cell[], end: number, sort?: RegExp): Cell | undefined {
  const found = new Map<string, Cell>();
  for (let at = 0; at < end; at++) {
    const place = placeOf(cells[at]!);
    if (!place || (sort && !place.sorts.some((one) => sort.test(one)))) continue;
    if (cells.slice(Math.max(0, at - 3), at).some((cell) => isWord(cell, 'not', 'except', 'outside')))
      return undefined;
    found.set(place.key, cells[at]!);
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** "in zone eu-a, cordon every node": the name says that it is a zone. */
function withPlainZone(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter((cell, at) => {
    const isZone = /^(zone|region|az|availability zone)$/.test(low(cell)) && cell.senses.length === 0;
    const isIn =
      isWord(cells[at - 1], 'prep') && (at < 2 || isWord(cells[at - 2], 'filler', 'comma', 'stop'));
    return !(isZone && isIn && !cells[at + 1]?.quoted && senseOf(cells[at + 1], 'region'));
  });
}

const sortOfPlace =
  /^(zone|region|az|availability zone|namespace|ns|network|environment|env|node|host|cluster)$/;

/** "zone eu-a: cordon each node in it", "monitoring namespace: restart all its deployments": in that place. */
function withHeadedPlace(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findIndex((cell) => isWord(cell, 'colon', 'comma', 'stop') && !cell.quoted);
  const head = cells
    .slice(0, Math.max(0, mark))
    .filter((cell) => !isWord(cell, 'det', 'filler') || isThing(cell));
  const place = head.filter((cell) => !sortOfPlace.test(low(cell)));
  const [only, other] = place;
  if (mark > 4 || !isWord(cells[mark], 'colon', 'comma') || !only || other || !isPlaceName(only))
    return cells;
  const end = cells.findIndex(
    (cell, at) => at > mark && isWord(cell, 'stop', 'comma', 'and') && !cell.quoted,
  );
  const rest = cells.slice(mark + 1, end < 0 ? cells.length : end);
  if (!rest.some((cell) => isBase(cell))) return cells;
  const within = (at: Cell): readonly Cell[] => [
    plain(at, low(head[0]) === 'node' || low(head[0]) === 'host' ? 'on' : 'in', word('prep')),
    { ...only, start: at.start, end: at.end },
  ];
  const it = rest.findIndex(
    (cell, at) =>
      /^(it|there|that (zone|namespace|region|network|node))$/.test(low(cell)) &&
      (low(cell) === 'there' || /^(in|on|inside|within)$/.test(low(rest[at - 1]))),
  );
  const kind = low(rest[it]) === 'there' ? it - 1 : it - 2;
  const isSet = isPluralKind(rest[kind]) || (senseOf(rest[kind], 'kind') && isWord(rest[kind - 1], 'all'));
  const tail = end < 0 ? [] : cells.slice(end);
  if (it > 1 && isSet)
    return [...rest.slice(0, kind + 1), ...within(rest[it]!), ...rest.slice(it + 1), ...tail];
  // "restart all its deployments"
  const its = rest.findIndex((cell, at) => /^(its|their)$/.test(low(cell)) && isPluralKind(rest[at + 1]));
  if (its < 1) return cells;
  const all = isWord(rest[its - 1], 'all') ? [] : [plain(rest[its]!, 'all', word('all'))];
  return [
    ...rest.slice(0, its),
    ...all,
    rest[its + 1]!,
    ...within(rest[its]!),
    ...rest.slice(its + 2),
    ...tail,
  ];
}

/** A zone, an environment, or the one network, namespace, node or host of that name. */
function isPlaceName(cell: Cell): boolean {
  if (cell.quoted) return false;
  const ids = senseOf(cell, 'name')?.exact ? senseOf(cell, 'name')!.ids : [];
  if (ids.length > 0) return ids.every((id) => /:(network|namespace|node|host|cluster)\//.test(id));
  return placeOf(cell) !== undefined;
}

/** "on vmware …: stop all prod vms there": on vmware. */
function withThere(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      /^(there|over there|in there|on there)$/.test(low(cell)) &&
      (isPluralKind(cells[index - 1]) ||
        (senseOf(cells[index - 1], 'kind') !== undefined && isWord(cells[index - 2], 'all'))),
  );
  const next = cells[at + 1];
  const isLast = next === undefined || isWord(next, 'stop', 'comma', 'filler', 'except', 'and', 'that');
  const order = cells.findLastIndex((cell, index) => index < at && isBase(cell) && !isThing(cell));
  const place = order > 0 && isLast && !isDestroying(cells) ? onlyPlace(cells, order) : undefined;
  if (!place) return cells;
  const said = { ...place, start: cells[at]!.start, end: cells[at]!.end };
  return [...cells.slice(0, at), plain(cells[at]!, 'in', word('prep')), said, ...cells.slice(at + 1)];
}

const group =
  /^(team|crew|squad|folks|people|guys|gang|lads|bunch|devs|developers|engineers|department|dept)$/;

/** "the data team is on holiday, stop their dev instances": the instances of the data team. */
function withTheirs(cells: readonly Cell[]): readonly Cell[] {
  // "done with their testing, …": of which no set is said.
  const at = cells.findIndex(
    (cell, index) =>
      /^(their|its)$/.test(low(cell)) &&
      isWord(cell, 'their') &&
      cells.slice(index + 1, index + 6).some(isPluralKind),
  );
  if (at < 3) return cells;
  const teams = cells.slice(0, at).filter((cell, index) => {
    const noun = cells[index + 1];
    return !cell.quoted && senseOf(cell, 'part') && group.test(low(noun)) && index + 1 < at;
  });
  const isOther = cells
    .slice(0, at)
    .some(
      (cell) => !teams.includes(cell) && (senseOf(cell, 'name') ?? senseOf(cell, 'kind')) && !isBase(cell),
    );
  const order = cells.slice(0, at).some((cell) => isBase(cell) && !isThing(cell));
  if (new Set(teams.map((cell) => cell.low)).size !== 1 || isOther || !order || isDestroying(cells))
    return cells;
  const place = { start: cells[at]!.start, end: cells[at]!.end };
  const all = plain(cells[at]!, 'all', word('all'));
  const team = { ...plain(cells[at]!, 'team', word('filler')), ...place };
  return [...cells.slice(0, at), all, { ...teams[0]!, ...place }, team, ...cells.slice(at + 1)];
}

const isState = (cell: Cell | undefined): boolean =>
  !cell?.quoted && senseOf(cell, 'status') !== undefined && !isWord(cell, 'prep') && !senseOf(cell, 'name');

/** "everything unhealthy among the staging deployments", "the failed ones of the jobs in prod": those that are. */
function withAmong(cells: readonly Cell[]): readonly Cell[] {
  const among = cells.findIndex((cell, at) => at > 1 && /^(among|amongst|out of|of)$/.test(low(cell)));
  if (among < 2) return cells;
  const state = isState(cells[among - 1]) ? among - 1 : among - 2;
  const hasOnes = state === among - 2;
  if (!isState(cells[state]) || (hasOnes && low(cells[among - 1]) !== 'ones')) return cells;
  let from = state;
  while (isWord(cells[from - 1], 'that', 'be')) from--;
  const head = cells[from - 1];
  const isHead = isWord(head, 'everything', 'all', 'any') || (hasOnes && isWord(head, 'det'));
  const noun = isWord(cells[among + 1], 'det', 'all') ? among + 2 : among + 1;
  const kind = cells.slice(noun, noun + 4).findIndex(isPluralKind);
  if (!head || head.quoted || !isHead || kind < 0) return cells;
  const isAny = isWord(head, 'any') && !/^(whatever|whichever)$/.test(head.low);
  const quantity = isAny ? plain(head, 'any', word('any')) : plain(head, 'all', word('all'));
  return [...cells.slice(0, from - 1), quantity, cells[state]!, ...cells.slice(noun)];
}

/** "of the staging deployments, roll back the unhealthy ones": the unhealthy staging deployments. */
function withOnesOf(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || /^(among|of)$/.test(low(cell)));
  if (!/^(of|out of|among|amongst|from)$/.test(low(cells[first]))) return cells;
  const ones = cells.findIndex(
    (cell, at) => at > first + 2 && low(cell) === 'ones' && isState(cells[at - 1]),
  );
  const start = isWord(cells[ones - 2], 'det', 'all') ? ones - 2 : ones - 1;
  const verb = cells.findIndex((cell, at) => at > first && isBase(cell) && !senseOf(cell, 'name'));
  const end = isWord(cells[verb - 1], 'comma') ? verb - 1 : verb;
  const noun = isWord(cells[first + 1], 'det', 'all') ? first + 2 : first + 1;
  const set = cells.slice(noun, Math.max(noun, end));
  const isPlain =
    set.some(isPluralKind) && !set.some((cell) => isWord(cell, 'not', 'except', 'stop', 'if', 'that'));
  if (ones < 0 || verb < 0 || verb !== start - 1 || !isPlain) return cells;
  const all = plain(cells[start]!, 'all', word('all'));
  return [...cells.slice(0, first), cells[verb]!, all, cells[ones - 1]!, ...set, ...cells.slice(ones + 1)];
}

/** "whatever the data team owns": everything of it. */
function withOwned(cells: readonly Cell[]): readonly Cell[] {
  const owns = cells.findIndex((cell) =>
    /^(owns?|has got|manages?|maintains?|looks? after)$/.test(low(cell)),
  );
  if (owns < 2) return cells;
  const isTeam = isWord(cells[owns - 1], 'filler') && /^(team|crew|squad)$/.test(low(cells[owns - 1]));
  const owner = isTeam ? owns - 2 : owns - 1;
  const isKnown = cells[owner]?.quoted === false && senseOf(cells[owner], 'part') !== undefined;
  const det = isWord(cells[owner - 1], 'det') ? owner - 1 : owner;
  const head = isWord(cells[det - 1], 'that') ? det - 2 : det - 1;
  const isSet = isWord(cells[head], 'everything', 'any') || low(cells[head]) === 'all';
  const isKind = senseOf(cells[head], 'kind') !== undefined && !isWord(cells[head], 'replicas');
  if (!isKnown || !(isSet || isKind) || isDestroying(cells) || cells[head]!.quoted) return cells;
  const value = { k: 'tags', tags: { team: cells[owner]!.low } } as const;
  return [
    ...cells.slice(0, head),
    isKind ? cells[head]! : plain(cells[head]!, 'everything', word('everything')),
    plain(cells[owns]!, 'tagged', word('tagged')),
    plain(cells[owner]!, `team=${cells[owner]!.low}`, { t: 'value', value }),
    ...cells.slice(owns + 1),
  ];
}

/** "untagged dev volumes": dev volumes without tags. */
function withUntagged(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => /^(untagged|unlabelled|unlabeled)$/.test(low(cell)));
  const kind = at < 0 ? -1 : cells.slice(at + 1, at + 4).findIndex(isPluralKind);
  if (kind < 0) return cells;
  const head = at + 1 + kind;
  if (cells.slice(at + 1, head).some((cell) => isWord(cell, 'prep', 'comma', 'and', 'det', 'all')))
    return cells;
  const without = [plain(cells[at]!, 'without', word('except')), plain(cells[at]!, 'tags')];
  return [...cells.slice(0, at), ...cells.slice(at + 1, head + 1), ...without, ...cells.slice(head + 1)];
}

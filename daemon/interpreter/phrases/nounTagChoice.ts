// Tags of which a thing has one or the other, or none: "whose app tag is either ml or etl", "tagged either team=a or team=b",
// "whose env is neither prod nor staging". Gives the restrictions and where the words go on; a key without a choice is read
// by its neighbours. Called by `nounConditions`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Mod } from './clause.ts';
import type { NounContext } from './nounContext.ts';
import { eitherOf, modOf } from './restriction.ts';

interface Choice {
  readonly mods: readonly Mod[];
  readonly next: number;
}

const keys = /^(env|environment|team|role|app|owner|project|tier|stage)$/;
const joining = /^(or|nor|and|,)$/;

/** One of several tags, or none of them. */
export function tagChoiceAt(cx: NounContext, from: number): Choice | undefined {
  let at = from;
  if (
    isWord(cx.at(at), 'tagged') ||
    (isWord(cx.at(at), 'prep', 'of') && /^(with|having|of)$/.test(cx.at(at)!.low))
  )
    at++;
  while (isWord(cx.at(at), 'det') || /^(set|equal|equals)$/.test(cx.at(at)?.low ?? '')) at++;
  const cell = cx.at(at);
  const key = cell && !cell.quoted && keys.test(cell.low) && !senseOf(cell, 'name') ? cell : undefined;
  if (key) at++;
  if (key && /^(tags?|labels?)$/.test(cx.at(at)?.low ?? '')) at++;
  while (key && (isWord(cx.at(at), 'be', 'of', 'colon') || /^(=|set to|to|set)$/.test(cx.at(at)?.low ?? '')))
    at++;
  const choice =
    cx.at(at)?.quoted === false && /^(either|neither|any of|one of|none of)$/.test(cx.at(at)!.low)
      ? cx.at(at)!
      : undefined;
  if (choice) at++;
  const mods: Mod[] = [];
  for (;;) {
    const mod = valueAt(cx.at(at), key);
    if (!mod) break;
    mods.push(mod);
    at++;
    if (!joining.test(cx.at(at)?.low ?? '') || !valueAt(cx.at(at + 1), key)) break;
    if (cx.at(at)!.low === 'and' && !choice) break;
    at++;
  }
  if (mods.length < 2 || !(key || choice || mods.every(({ tags }) => tags))) return undefined;
  const isNone = /^(neither|none of)$/.test(choice?.low ?? '');
  return {
    mods: isNone ? mods.map((mod) => ({ ...mod, not: true })) : [{ ...eitherOf(mods), post: true }],
    next: at,
  };
}

function valueAt(cell: Cell | undefined, key: Cell | undefined): Mod | undefined {
  if (!cell || cell.quoted) return undefined;
  const value = senseOf(cell, 'value')?.value;
  if (value?.k === 'tags')
    return key ? undefined : { cell, kind: 'tags', tags: value.tags, not: false, post: true };
  const env = senseOf(cell, 'env');
  if (!key) return env ? modOf(cell, true) : undefined;
  const isEnv = /^(env|environment)$/.test(key.low);
  if (isEnv && env) return modOf(cell, true);
  const isValue =
    (env ?? senseOf(cell, 'part') ?? senseOf(cell, 'name')) !== undefined && !senseOf(cell, 'kind');
  return isValue && !isEnv
    ? { cell, kind: 'tags', tags: { [key.low]: cell.low }, not: false, post: true }
    : undefined;
}

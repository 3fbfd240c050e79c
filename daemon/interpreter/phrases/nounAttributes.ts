// What things are known by, said behind them: tags, patterns of their names, and attributes such as flavor, image or
// severity. Gives a filter and where the words go on.

import type { Filter } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { osaDistance } from '../words/distance.ts';
import { statusWords } from '../words/statusWords.ts';
import type { Np } from './clause.ts';
import type { NounContext } from './nounContext.ts';

/** "with severity warning", "whose status is error", "using flavor M.8", "that are m5.xlarge". */
export function attributeAt(
  cx: NounContext,
  from: number,
  relative: boolean,
  np: Np,
): { filter: Filter; next: number } | undefined {
  // "create three machines from debian-12": what they are to be made from bounds nothing.
  if (cx.creating && np.count !== undefined && isMadeAt(cx, np.at)) return undefined;
  let index = from;
  // "of critical severity", "with warning severity"
  const value = cx.at(from + 1);
  const isLevel =
    isWord(cx.at(from), 'of', 'prep') && /^(severity|level|priority)$/.test(cx.at(from + 2)?.low ?? '');
  if (isLevel && value && senseOf(value, 'status') && /^(alert|anomaly)$/.test(np.kinds?.[0] ?? ''))
    return { filter: { severity: value.low }, next: from + 3 };
  const withWord =
    isWord(cx.at(index), 'of') ||
    (isWord(cx.at(index), 'prep') &&
      /^(with|of|using|in|on|from|running on|run on|runs on|that run on|that runs on|based on|built from|made from)$/.test(
        cx.at(index)!.low,
      )) ||
    (np.kinds !== undefined &&
      /^(use|uses|using|run|runs|running|have|has|got|sized)$/.test(cx.at(index)?.low ?? '') &&
      isShape(cx, index + 1));
  if (withWord) index++;
  while (isWord(cx.at(index), 'det') && (withWord || relative)) index++;
  const key = cx.at(index)?.low ?? '';
  if (/^(severity|status|state|phase)$/.test(key) && (withWord || relative || np.kinds)) {
    let valueIndex = index + 1;
    while (isWord(cx.at(valueIndex), 'be', 'colon', 'of') || cx.at(valueIndex)?.low === '=') valueIndex++;
    const value = cx.at(valueIndex);
    if (!value || isWord(value, 'and', 'comma')) return undefined;
    if (key === 'severity') return { filter: { severity: value.low }, next: valueIndex + 1 };
    return { filter: { status: stateOf(value) }, next: valueIndex + 1 };
  }
  let typed = false;
  const isSized = isWord(cx.at(index), 'sizeWord') && isFlavor(cx, index + 1);
  if (!withWord && isWord(cx.at(index), 'prep') && isWord(cx.at(index + 1), 'typeWord')) index++;
  if (!(withWord || relative || isSized || isWord(cx.at(index), 'typeWord')) || !(np.plural || np.quant))
    return undefined;
  if (isSized || isWord(cx.at(index), 'typeWord', 'imageWord', 'keyWord')) {
    let valueIndex = index + 1;
    while (isWord(cx.at(valueIndex), 'be', 'colon', 'of') || cx.at(valueIndex)?.low === '=') valueIndex++;
    typed = senseOf(cx.at(valueIndex), 'name') !== undefined;
    if (typed) index = valueIndex;
  }
  const name = senseOf(cx.at(index), 'name');
  const kind = name && cx.kindOf(name.ids[0] ?? '');
  if (!name || (kind !== 'flavor' && kind !== 'image' && kind !== 'keypair')) return undefined;
  if (!typed && !withWord && !relative) return undefined;
  // "on the debian-12 image"
  const isNamed = isWord(cx.at(index + 1), ...(kind === 'image' ? ['imageWord'] : ['typeWord', 'sizeWord']));
  const [others, end] = isNamed ? [[], index + 2] : othersAt(cx, index + 1, kind);
  const low = cx.at(index)!.low;
  return { filter: { [kind]: others.length > 0 ? [low, ...others] : low }, next: end };
}

/** "in state Pendin": a slip of the only state that is so near; any other word is what the cloud calls it. */
function stateOf({ low, senses }: Cell): string {
  const isOpen = senses.length === 0 && /^[a-z]{5,}$/.test(low);
  const near = isOpen
    ? statusWords.flatMap(({ words }) => words).filter((one) => osaDistance(low, one, 1) <= 1)
    : [];
  return near.length === 1 ? near[0]! : low;
}

const isMadeAt = (cx: NounContext, at: number): boolean =>
  /^(create|provision|set up|setup|make|launch|build|spin up)$/.test(
    senseOf(cx.at(at - 1), 'verb')?.phrase ?? '',
  );

/** "t3.micro or t3.small", "m5.large, m5.xlarge and …": more of the same sort behind it. */
function othersAt(cx: NounContext, from: number, kind: string): readonly [readonly string[], number] {
  const others: string[] = [];
  let at = from;
  for (;;) {
    let next = at;
    while (isWord(cx.at(next), 'or', 'and', 'comma') && !cx.at(next)!.quoted) next++;
    const ids = next > at ? (senseOf(cx.at(next), 'name')?.ids ?? []) : [];
    if (ids.length === 0 || !ids.every((id) => cx.kindOf(id) === kind)) return [others, at];
    others.push(cx.at(next)!.low);
    at = next + 1;
  }
}

const isFlavor = (cx: NounContext, at: number): boolean =>
  senseOf(cx.at(at), 'name')?.ids.some((id) => cx.kindOf(id) === 'flavor') === true;

/** "M.8", "the M.8 size", "flavor M.8": what a thing is made of, behind a verb. */
function isShape(cx: NounContext, from: number): boolean {
  let at = from;
  while (isWord(cx.at(at), 'det', 'typeWord', 'sizeWord', 'imageWord', 'keyWord') && at < from + 3) at++;
  return senseOf(cx.at(at), 'name') !== undefined;
}

/** "with role web", "whose team is data", "in the role ci", "with team data and env dev": a known key and its value. */
export function keyedAt(
  cx: NounContext,
  from: number,
  relative: boolean,
): { tags: Readonly<Record<string, string>>; next: number; not?: boolean } | undefined {
  // "tag every vm that has the role web with wave=blue": what they are known by, where the tag to be set is said, too.
  const isTagSaid = cx.cells.some((cell, at) => at > from && senseOf(cell, 'value')?.value.k === 'tags');
  if (cx.tagging && !isTagSaid && !relative) return undefined;
  let index = from;
  let not = false;
  const isLed = isWord(cx.at(index), 'prep', 'of', 'tagged') && leading.test(cx.at(index)!.low);
  if (!isLed && !relative) return undefined;
  if (isLed) index++;
  if (relative && /^(carry|carries|bear|bears|got|has|have)$/.test(cx.at(index)?.low ?? '')) index++;
  const tags: Record<string, string> = {};
  for (;;) {
    let at = index;
    while (isWord(cx.at(at), 'det', 'their')) at++;
    const key = cx.at(at);
    if (!key || key.quoted || !keys.test(key.low) || senseOf(key, 'name')) break;
    // "whose env is not prod"
    const denied = isWord(cx.at(at + 1), 'be') && isWord(cx.at(at + 2), 'not') ? cx.at(at + 3) : undefined;
    if (denied && Object.keys(tags).length === 0) not = true;
    const pair = denied ? taggedTo(key, denied, at + 4) : taggedPair(cx, at);
    const value = pair && cx.at(pair.next - 1);
    const isValue = value && (senseOf(value, 'env') ?? senseOf(value, 'part') ?? senseOf(value, 'name'));
    if (!pair || !isValue || Object.keys(pair.tags).some((one) => one in tags)) break;
    Object.assign(tags, pair.tags);
    index = pair.next;
    if (not || !isWord(cx.at(index), 'and', 'comma') || !keys.test(cx.at(index + 1)?.low ?? '')) break;
    index++;
  }
  return Object.keys(tags).length > 0 ? { tags, next: index, not } : undefined;
}

function taggedTo(key: Cell, value: Cell, next: number): { tags: Record<string, string>; next: number } {
  const name = key.low === 'environment' ? 'env' : key.low;
  return { tags: { [name]: senseOf(value, 'env')?.value ?? value.text }, next };
}

/** "without a team tag", "that have no owner", "missing a role": the key that is not there. */
export function lackingAt(cx: NounContext, from: number): { key: string; next: number } | undefined {
  let index = from;
  while (isWord(cx.at(index), 'that', 'have', 'do', 'be') && index < from + 3) index++;
  // "have not got an owner tag", "do not carry a team label"
  const isDenied = isWord(cx.at(index), 'not') && holding.test(cx.at(index + 1)?.low ?? '');
  if (isDenied) index++;
  const isBearing = bearing.test(cx.at(index)?.low ?? '') && cx.at(index + 1)?.low === 'no';
  if (isBearing) index++;
  const lead = cx.at(index);
  if (!lead || lead.quoted) return undefined;
  const isLacking =
    isBearing ||
    isDenied ||
    /^(without|lacking|missing|with no|have no|has no|having no|that lack|which lack|that have no|lack)$/.test(
      lead.low,
    ) ||
    (lead.low === 'no' &&
      /^(with|have|has|having|that have|which have|that has)$/.test(cx.at(index - 1)?.low ?? '')) ||
    (/^(with)$/.test(lead.low) && cx.at(index + 1)?.low === 'no');
  if (!isLacking) return undefined;
  index += lead.low === 'with' ? 2 : 1;
  while (isWord(cx.at(index), 'det', 'any') || cx.at(index)?.low === 'any') index++;
  const key = cx.at(index);
  if (!key || key.quoted || senseOf(key, 'name') || !/^[a-z][a-z-]*$/.test(key.low)) return undefined;
  // "without tags": none at all.
  const isAtAll = /^(at all|whatsoever|of any kind)$/.test(cx.at(index + 1)?.low ?? '');
  const isAny = /^(tags?|labels?)$/.test(key.low) && (isAtAll || isBoundEnd(cx, index + 1));
  if (isAny) return { key: '*', next: isAtAll ? index + 2 : index + 1 };
  const isSaid = /^(tags?|labels?)$/.test(cx.at(index + 1)?.low ?? '');
  if (!isSaid && !(keys.test(key.low) && isBoundEnd(cx, index + 1))) return undefined;
  return { key: key.low === 'environment' ? 'env' : key.low, next: isSaid ? index + 2 : index + 1 };
}

const holding = /^(got|have|carry|bear|contain|include|own)$/;
const bearing = /^(carry|carries|carrying|bear|bears|bearing|wear|wears|wearing|have got|show|shows)$/;

const isBoundEnd = (cx: NounContext, at: number): boolean =>
  cx.at(at) === undefined || isWord(cx.at(at), 'stop', 'comma', 'and', 'filler', 'prep');

const leading = /^(with|having|of|in|for|from|where|whose)$/;
const keys = /^(env|environment|team|role|app|owner|project|tier|stage)$/;

export function taggedAt(
  cx: NounContext,
  from: number,
): { tags: Readonly<Record<string, string>>; next: number } | undefined {
  let index = from;
  const withTags =
    isWord(cx.at(index), 'prep') &&
    /^(with|having)$/.test(cx.at(index)!.low) &&
    senseOf(cx.at(index + 1), 'value')?.value.k === 'tags' &&
    !cx.tagging;
  if (!isWord(cx.at(index), 'tagged') && !withTags) return undefined;
  index++;
  const tags: Record<string, string> = {};
  while (index < cx.cells.length) {
    const cell = cx.at(index)!;
    const value = senseOf(cell, 'value')?.value;
    if (value?.k === 'tags') {
      Object.assign(tags, value.tags);
      index++;
    } else if (isWord(cell, 'and', 'comma') && senseOf(cx.at(index + 1), 'value')?.value.k === 'tags')
      index++;
    else break;
  }
  if (Object.keys(tags).length > 0) return { tags, next: index };
  return taggedPair(cx, index);
}

/** "tagged env prod", "whose team is data": a key and a value side by side. */
function taggedPair(
  cx: NounContext,
  from: number,
): { tags: Readonly<Record<string, string>>; next: number } | undefined {
  const key = cx.at(from);
  let valueAt = from + 1;
  while (
    isWord(cx.at(valueAt), 'be', 'colon', 'prep', 'of') ||
    /^(=|equals|set|as)$/.test(cx.at(valueAt)?.low ?? '')
  )
    valueAt++;
  const value = cx.at(valueAt);
  if (!key || !value || !/^[\w.-]+$/.test(key.low)) return undefined;
  const known =
    /^(env|team|role|app|owner|environment|project|tier)$/.test(key.low) ||
    (senseOf(key, 'part') === undefined && !senseOf(key, 'kind') && !isWord(key, 'prep', 'and', 'comma'));
  if (!known || isWord(value, 'and', 'comma', 'prep')) return undefined;
  return taggedTo(key, value, valueAt + 1);
}

export function patternAt(cx: NounContext, index: number): { glob: string; next: number } | undefined {
  const cell = cx.at(index)!;
  const isWithin =
    /^(with|having|that have|which have)$/.test(cell.low) && isWord(cx.at(index + 2), 'inName');
  const said = isWithin ? cx.at(index + 1) : undefined;
  if (said && !cell.quoted && (said.quoted || senseOf(said, 'part') || senseOf(said, 'prefix')))
    return { glob: `*${said.low.replace(/[*-]+$/, '')}*`, next: index + 3 };
  const how = ['startingWith', 'endingWith', 'containing'].find((word) => isWord(cell, word));
  if (!how) return undefined;
  let textAt = index + 1;
  while (isWord(cx.at(textAt), 'det', 'colon', 'filler') && !senseOf(cx.at(textAt), 'part')) textAt++;
  const text = cx.at(textAt);
  if (!text || (!text.quoted && isWord(text, 'and', 'comma', 'prep'))) return undefined;
  if (
    !text.quoted &&
    how === 'containing' &&
    !(senseOf(text, 'part') || senseOf(text, 'prefix') || senseOf(text, 'name'))
  )
    return undefined;
  const plain = text.low.replace(/[*?-]+$/, '');
  const next = isWord(cx.at(textAt + 1), 'inName') ? textAt + 2 : textAt + 1;
  // "starting with tmp-?" asks.
  const isMark = !text.quoted && how === 'startingWith' && /^[^*?]+\?$/.test(text.low);
  if (/[*?]/.test(text.low) && !isMark) return { glob: text.low, next };
  if (how === 'startingWith') return { glob: `${plain}*`, next };
  return { glob: how === 'endingWith' ? `*${text.low}` : `*${text.low}*`, next };
}

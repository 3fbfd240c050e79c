// Tokens of speech in the form that is read: a machine said by its address stands by its name, a number that is taken back
// at once is the number that was meant, a question that runs on behind what is told begins its own clause, and what is to
// be made in a new thing is made by an order of its own. Called before anything is repaired; it guesses nothing.

import type { Inventory } from '../inventory/inventory.ts';
import type { Token } from './tokens.ts';
import { parseNumber } from './units.ts';

/** The tokens in plain form. */
export const withSaidTokens = (tokens: readonly Token[], inventory: Inventory): readonly Token[] =>
  withOwnClause(
    withMadeInside(withGoingTo(withNumberMeant(withAddresses(withoutThisYear(tokens), inventory)))),
  );

const monthName =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/;

/** "before November of this year": a month without a year is one of this year, or the last. */
function withoutThisYear(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(({ low, quoted }) => !quoted && monthName.test(low));
  if (at < 1) return tokens;
  const length = [3, 2].find((count) => /^(of |in )?this year$/.test(lows(tokens, at + 1, at + 1 + count)));
  return length === undefined ? tokens : [...tokens.slice(0, at + 1), ...tokens.slice(at + 1 + length)];
}

const address = /^\d{1,3}(\.\d{1,3}){3}$/;
const machine = /^(machine|vm|server|instance|host|box|node)$/;
const addressed =
  /^(with|having|has|which|that|whose|is|at|on|of|the|an?|ip|ips|address|addr|private|internal|local|number|ip-address|:|=)$/;

/** "the machine with address 10.0.0.31": the one that has it, where only one has. */
function withAddresses(tokens: readonly Token[], inventory: Inventory): readonly Token[] {
  const at = tokens.findIndex(({ low, quoted }) => !quoted && address.test(low));
  if (at < 1) return tokens;
  let noun = at - 1;
  while (noun > 0 && !tokens[noun]!.quoted && addressed.test(tokens[noun]!.low)) noun--;
  // "which machine is at …", "a vm with the address …": asked for, or new.
  if (/^(which|what|an?|new)$/.test(tokens[noun - 1]?.low ?? '')) return tokens;
  const between = tokens.slice(noun + 1, at).map(({ low }) => low);
  const isHolder =
    machine.test(tokens[noun]!.low) && /^(with|having|at|which|that|whose|ip|)$/.test(between[0] ?? '');
  const holders = isHolder
    ? inventory.ofKind('vm').filter(({ attributes }) => attributes.ip === tokens[at]!.low)
    : [];
  if (holders.length !== 1) return tokens;
  const { id } = holders[0]!;
  return [
    ...tokens.slice(0, noun + 1),
    { ...tokens[at]!, text: id, low: id.toLowerCase() },
    ...tokens.slice(at + 1),
  ];
}

const lows = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to)
    .map(({ low, quoted }) => (quoted ? '"' : low))
    .join(' ');

/** "to two no wait three and …": three. */
function withNumberMeant(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(
    ({ low, quoted }, index) =>
      !quoted && index > 1 && parseNumber([low]) !== undefined && tokens[index - 1]!.low === 'to',
  );
  if (at < 0) return tokens;
  for (let end = at + 2; end <= Math.min(at + 6, tokens.length - 2); end++) {
    if (!/^,? ?(no|sorry|no ,? ?(wait|sorry|i mean|make (it|that)))( ,)?$/.test(lows(tokens, at + 1, end)))
      continue;
    const isFollowed = /^(and|then|,)$/.test(tokens[end + 1]!.low);
    if (parseNumber([tokens[end]!.low]) !== undefined && isFollowed)
      return [...tokens.slice(0, at), ...tokens.slice(end)];
  }
  return tokens;
}

/** "users-prod goes to db.r6g.xlarge, but snapshot it before": resize it, where another order follows. */
function withGoingTo(tokens: readonly Token[]): readonly Token[] {
  const [name, verb, to, size, comma] = tokens;
  const isSize = size?.quoted === false && /^([a-z]+\d+[a-z]*|db\.[a-z0-9]+)\.\d*[a-z]+$/.test(size.low);
  const isSaid =
    verb?.low === 'goes' &&
    to?.low === 'to' &&
    isSize &&
    comma?.low === ',' &&
    /[\d_-]/.test(name?.low ?? '');
  const isFollowed = tokens
    .slice(6)
    .some(({ low, quoted }) => !quoted && /^(before|beforehand|first)$/.test(low));
  if (!isSaid || !isFollowed || !/^(but|and|only|just)$/.test(tokens[5]?.low ?? '')) return tokens;
  const resize = { ...name!, text: 'resize', low: 'resize', end: name!.start };
  return [resize, name!, ...tokens.slice(2)];
}

/** "create the namespace a, and in it a deployment b", "… and in it create …": create in it. */
function withMadeInside(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(
    ({ low, quoted }, index) =>
      !quoted &&
      /^(it|there|that)$/.test(low) &&
      /(^|,|and|then) in$/.test(lows(tokens, index - 2, index)) &&
      inside.test(lows(tokens, index + 1, index + 4)),
  );
  const isMade = at > 3 && tokens.slice(0, 4).some(({ low }) => making.test(low));
  if (!isMade) return tokens;
  const prep = tokens[at - 1]!;
  const joint = /^(and|then)$/.test(tokens[at - 2]!.low) ? at - 2 : at - 1;
  const before = tokens[joint - 1]!;
  return [
    ...tokens.slice(0, joint),
    ...(before.low === ',' ? [] : [commaBehind(before)]),
    ...tokens.slice(joint, at - 1),
    { ...prep, text: 'create', low: 'create', end: prep.start },
    prep,
    { ...tokens[at]!, low: 'it' },
    ...tokens.slice(making.test(tokens[at + 1]!.low) ? at + 2 : at + 1),
  ];
}

const making = /^(create|make|add|set)$/;
const inside =
  /^(?:(?:create|make) )?(an?|one) (deployment|service|configmap|secret|job|cronjob|statefulset)\b/;

const commaBehind = (token: Token): Token => ({ ...token, text: ',', low: ',', start: token.end });

/** "users staging is down can you bring it back up": the question is a clause of its own. */
function withOwnClause(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(
    ({ low, quoted }, index) =>
      !quoted &&
      index > 2 &&
      /^(can|could|would|will)$/.test(low) &&
      tokens[index + 1]?.low === 'you' &&
      /^(is|are|looks|seems) (down|dead|stopped|off|offline|stuck|hung|hanging|slow|full|unhealthy|broken|unreachable|crashed|crashing)$/.test(
        lows(tokens, index - 2, index),
      ),
  );
  const isAsked = tokens.some(
    ({ low }, index) => index < at && /^(which|what|who|why|when|where|if|whether)$/.test(low),
  );
  if (at < 0 || isAsked) return tokens;
  return [...tokens.slice(0, at), commaBehind(tokens[at - 1]!), ...tokens.slice(at)];
}

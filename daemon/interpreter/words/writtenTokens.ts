// Tokens that stand for more or less than was typed: "runner-1, -2 and -3" are three names, "un cordon" is one word,
// "deploy/web" a kind and a name, "platform-team" and "single-replica" two words. Called before anything is repaired.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

const prefixed =
  /^(?:un|re)(?:cordon|suspend|pause|tag|label|start|boot|run|enable|scan|deploy|mute|silence|freeze|block|lock)(?:e?d|ing)?$/;

/** What stands between the numbers of a list or of a row. */
const joint = /^(,|and|or|&|\+|through|thru|to|until|till|up to)$/;

/** The units of French speakers, in octets; as they are written, for "to" and "go" are English words. */
const octets: Readonly<Record<string, string>> = { Ko: 'kb', Mo: 'mb', Go: 'gb', To: 'tb', go: 'gb' };

/** Behind "50 go" in small letters: nothing that goes somewhere. */
const behindOctets = /^(of|more|volumes?|disks?|ram|memory|called|named|free|[.,;:?!)])$/;

/** "100 Go", "512Mo", "50 go": sizes, in the unit that is said here. */
export function withOctets(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, at) => {
    const [, figure = '', unit = ''] =
      (!token.quoted && /^(\d+(?:[.,]\d+)?)?([KMGT]o|go)$/.exec(token.text)) || [];
    if (unit === '') return token;
    const before = tokens[at - 1];
    const isCounted = figure !== '' || (before?.quoted === false && /^\d+([.,]\d+)?$/.test(before.low));
    const next = tokens[at + 1]?.low;
    const isUnit = figure !== '' || unit !== 'go' || next === undefined || behindOctets.test(next);
    return isCounted && isUnit ? { ...token, low: figure + octets[unit]! } : token;
  });
}

/** "100 GB and up": or more, where nothing is said that would be upped. */
export function withAndUp(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(
    ({ low, quoted }, index) =>
      index > 2 &&
      !quoted &&
      /^(up|upwards?)$/.test(low) &&
      /^(and|or|&)$/.test(tokens[index - 1]!.low) &&
      /^\d*([gt]i?b|gigs?|days?|weeks?|months?|replicas|restarts)$/.test(tokens[index - 2]!.low) &&
      /^([.,;!?)]|in|to|from|of|)$/.test(tokens[index + 1]?.low ?? ''),
  );
  return at < 0
    ? tokens
    : tokens.with(at - 1, { ...tokens[at - 1]!, low: 'or' }).with(at, { ...tokens[at]!, low: 'more' });
}

const searched = /^(words?|strings?|terms?|texts?|phrases?|patterns?|messages?|keywords?|expressions?)$/;

/** "search me the word timeout in …": what is done, where something is called "search", too. */
export function withSearching(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, at) => {
    if (token.low !== 'search' || token.quoted) return token;
    const before = tokens[at - 1];
    const isLed = !before || /^([,;:.!]|and|then|please|pls|kindly|to|you|me|just)$/.test(before.low);
    const next = tokens[/^(me|us|for)$/.test(tokens[at + 1]?.low ?? '') ? at + 2 : at + 1];
    const noun = /^(the|a|any|this|that)$/.test(next?.low ?? '')
      ? tokens[at + (next === tokens[at + 1] ? 2 : 3)]
      : next;
    const isSaid = noun !== undefined && (noun.quoted || searched.test(noun.low));
    return isLed && isSaid ? { ...token, low: 'find' } : token;
  });
}

/** "runner-1, -2 and -3", "runner-1 through -3": each stands for the whole name; "un cordon" is one word. */
export function withSuffixes(tokens: readonly Token[]): readonly Token[] {
  const told: Token[] = [];
  for (const token of tokens) {
    const head = told.at(-1);
    if (head && !head.quoted && !token.quoted && prefixed.test(head.low + token.low)) {
      const joined = head.low + token.low;
      told.splice(-1, 1, { ...token, text: joined, low: joined, start: head.start });
      continue;
    }
    const before = joint.test(told.at(-1)?.low ?? '') ? told.at(-1) : undefined;
    const listed = before && told.findLast((one) => !joint.test(one.low));
    const stem = /^(.*\p{L}.*)-\d+$/u.exec(listed && !listed.quoted ? listed.text : '')?.[1];
    const isSuffix = stem !== undefined && !token.quoted && /^-\d+$/.test(token.low);
    told.push(isSuffix ? { ...token, text: stem + token.text, low: stem.toLowerCase() + token.low } : token);
  }
  return told;
}

/** `deploy/web` is a kind and a name, where the whole is no name of its own. */
export function splitSlashes(
  tokens: readonly Token[],
  lexicon: Lexicon,
  inventory: Inventory,
): readonly Token[] {
  return tokens.flatMap((token) => {
    const slash = token.low.indexOf('/');
    if (token.quoted || slash <= 0 || inventory.byKey(looseKey(token.text)).length > 0) return [token];
    const figures = figuresOf(token, lexicon);
    if (figures) return figures;
    const head = token.low.slice(0, slash);
    const isKind = lexicon
      .starting(head)
      .some((entry) => entry.words.length === 1 && entry.senses.some((sense) => sense.t === 'kind'));
    if (!isKind || token.low.length === slash + 1) return [token];
    const end = token.start + slash;
    return [
      // Joined to a name it is no verb.
      { ...token, text: token.text.slice(0, slash), low: head === 'deploy' ? 'deployment' : head, end },
      { ...token, text: token.text.slice(slash + 1), low: token.low.slice(slash + 1), start: end + 1 },
    ];
  });
}

/** "cpu/memory/disk": figures, with the marks between them. */
function figuresOf(token: Token, lexicon: Lexicon): readonly Token[] | undefined {
  const isFigure = (low: string): boolean =>
    lexicon
      .starting(low)
      .some((entry) => entry.words.length === 1 && entry.senses.some((sense) => sense.t === 'metric'));
  if (!token.low.split('/').every(isFigure)) return undefined;
  let start = token.start;
  return token.text.split(/(\/)/).map((text) => {
    const part = { ...token, text, low: text.toLowerCase(), start, end: start + text.length };
    start = part.end;
    return part;
  });
}

/** What a hyphen joins to the word that bounds: whose, of which level, how many of what. */
const joinable =
  /^(\w.*)-(teams?|crews?|squads?|owned|tagged|labelled|labeled|level|severity|priority|replicas?|nodes?|hosts?|regions?|zones?|namespaces?|env|environments?|status|state|based|backed|type|sized?|volumes?|instances?|vms?|servers?|machines?|pods?|deployments?)$/;

/** "powered-off machines". */
const stateOf = /^(powered|switched|turned)-(off|on|down)$/;

/** "non-running pods": those that are not. */
function deniedState(low: string, lexicon: Lexicon): readonly string[] | undefined {
  const state = /^non-([a-z]+)$/.exec(low)?.[1];
  const isState =
    state !== undefined &&
    lexicon
      .starting(state)
      .some(({ words, senses }) => words.length === 1 && senses.some(({ t }) => t === 'status'));
  return isState ? [low, 'non', state] : undefined;
}

/** What a name stands behind. */
const naming =
  /^(named|called|name|as|titled|namespace|network|vpc|volume|disk|vm|server|keypair|key|subnet|group|sg|deployment|job)$/;

/** "owner payments-team", "the owner tag to data-team", "contact: web-team": what somebody writes into a tag. */
function isTagValue(tokens: readonly Token[], index: number): boolean {
  const isLed = /^(to|is|as|=|:|equals|value)$/.test(tokens[index - 1]?.low ?? '');
  const before = tokens.slice(Math.max(0, index - (isLed ? 6 : 1)), index);
  return before.some(({ low, quoted }) => !quoted && /^(owner|contact|maintainer|responsible)$/.test(low));
}

/** "platform-team instances", "single-replica deployments", "5+ restarts": two words, where no name is so. */
export function splitCompounds(
  tokens: readonly Token[],
  lexicon: Lexicon,
  inventory: Inventory,
): readonly Token[] {
  return tokens.flatMap((token, index) => {
    // "5+ restarts", "200GB+": at least that.
    const [, least] = (!token.quoted && /^(\d+(?:[gmt]i?b?)?)\+$/.exec(token.low)) || [];
    if (least !== undefined) {
      const sign = { ...token, text: '+', low: '>=', start: token.end - 1 };
      return [sign, { ...token, text: token.text.slice(0, -1), low: least, end: token.end - 1 }];
    }
    // "web-sg: +8443/tcp": a port that is to be opened, or with "-" to be closed.
    const [, sign, port] =
      (!token.quoted && /^([+-])(\d{1,5}\/(?:tcp|udp)|(?:tcp|udp)\/\d{1,5})$/.exec(token.low)) || [];
    if (port !== undefined) {
      const said = sign === '+' ? 'open' : 'close';
      const start = token.start + 1;
      return [
        { ...token, text: said, low: said, end: start },
        { ...token, text: token.text.slice(1), low: port, start },
      ];
    }
    if (token.quoted || !token.low.includes('-') || /[=:/*@,]/.test(token.low)) return [token];
    const [, head = '', tail = ''] =
      joinable.exec(token.low) ??
      stateOf.exec(token.low) ??
      deniedState(token.low, lexicon) ??
      verbOf(tokens, index, lexicon) ??
      [];
    if (head === '') return [token];
    // "a namespace called data-team": a name is taken as it stands.
    if (naming.test(tokens[index - 1]?.low ?? '') || isTagValue(tokens, index)) return [token];
    const isName = inventory.byKey(looseKey(token.text)).length > 0 || inventory.isPart(token.low);
    if (isName || inventory.withPrefix(token.low, 1).length > 0) return [token];
    const end = token.start + head.length;
    return [
      { ...token, text: token.text.slice(0, head.length), low: head === 'non' ? 'not' : head, end },
      { ...token, text: token.text.slice(head.length + 1), low: tail, start: end + 1 },
    ];
  });
}

/** What an order may stand behind. */
const leading =
  /^([,;:.!]|and|then|please|pls|plz|kindly|just|to|you|we|an?|the|do|should|must|can|now|first|finally|later|next|also|not|)$/;

/** "rollout-restart", "scale-up": an order of two words, written as one. */
function verbOf(tokens: readonly Token[], at: number, lexicon: Lexicon): readonly string[] | undefined {
  const { low } = tokens[at]!;
  const before = tokens[at - 1]?.low ?? '';
  // "the new build failed sign-off": a noun, unless it is one of what is done.
  const isNoun = /^(an?|the)$/.test(before) && !/^(of|for|on)$/.test(tokens[at + 1]?.low ?? '');
  if (isNoun || !leading.test(before)) return undefined;
  const parts = low.split('-');
  const isVerb = lexicon
    .starting(parts[0]!)
    .some(({ words, senses }) => words.join('-') === low && senses.some(({ t }) => t === 'verb'));
  // "re-start" is one word.
  return isVerb && parts.length === 2 && parts[0] !== 're' ? [low, ...parts] : undefined;
}

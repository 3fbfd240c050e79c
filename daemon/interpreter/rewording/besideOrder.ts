// What stands beside one order and points at it: "who left sandbox running, set it to 0", "stop paging me, silence X",
// "reboot the bastion on openstack, not the aws one", "bastion-us is too weak, t3.small would do. change it to that". The
// thing, the figure or the place is put where the order needs it, and what says no more is left out. Nothing that denies,
// counts or bounds is ever left out, and only one thing may have been spoken of. Called by `saidApart`, first of all.

import { withToldSet } from '../told/toldSets.ts';
import { thingIn, withThing } from '../told/topics.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** The cells with the order said in full. */
export function withBesideOrder(cells: readonly Cell[]): readonly Cell[] {
  if (cells.length < 4) return cells;
  const turns = [withToldSet, withoutOtherPlace, withUndoneDeed, withTopicLast];
  const said = turns.reduce((some, turn) => turn(some), cells);
  for (let mark = said.length - 2; mark > 0; mark--) {
    const full = isMark(said[mark]) ? withHead(said, mark) : said;
    if (full !== said) return full;
  }
  return said;
}

const isMark = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'colon');

/** Names and figures as `□`, places as `@`. */
const lows = (cells: readonly Cell[]): string =>
  cells
    .map((cell) => {
      if (cell.quoted || (senseOf(cell, 'name') && !isPlace(cell))) return '□';
      return isPlace(cell) ? '@' : cell.low;
    })
    .join(' ');

const isPlace = (cell: Cell): boolean =>
  !cell.quoted &&
  (senseOf(cell, 'provider') ?? senseOf(cell, 'region') ?? senseOf(cell, 'env')) !== undefined;

const placeOf = (cell: Cell): string =>
  JSON.stringify(senseOf(cell, 'provider') ?? senseOf(cell, 'region') ?? senseOf(cell, 'env'));

const sortOf = (cell: Cell): string | undefined =>
  (senseOf(cell, 'provider') ?? senseOf(cell, 'region') ?? senseOf(cell, 'env'))?.t;

const otherPlace =
  /^(?:and |but |please )?(?:not|not the|and not the|and not|but not|but not the|rather than|instead of|only not)(?: the)?(?: (?:one|ones|□))?(?: (?:in|on|from|at|of|over at|by))?(?: the)? @(?: (?:one|ones|□|vm|machine|server|instance|deployment|cluster|cloud|account|namespace))*(?: please)?$/;

/** "the bastion on openstack, not the aws one": of one thing, whose place was said, another place says nothing. */
function withoutOtherPlace(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 &&
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      (/(^| )not( the| in| on)?$/.test(cell.low) || /^(rather than|instead of)/.test(cell.low)),
  );
  if (at < 0 || isWord(cells[at - 1], 'afterwards')) return cells;
  const end = cells.findIndex((cell, index) => index > at && isMark(cell));
  const said = cells.slice(at, end < 0 ? cells.length : end);
  const denied = said.find(isPlace);
  if (!denied || !otherPlace.test(lows(said))) return cells;
  const from = isMark(cells[at - 1]) && !isWord(cells[at - 1], 'stop') ? at - 1 : at;
  const order = cells.slice(0, from);
  const own = order.filter((cell) => isPlace(cell) && sortOf(cell) === sortOf(denied));
  const isOne =
    own.length === 1 &&
    placeOf(own[0]!) !== placeOf(denied) &&
    order.filter((cell) => senseOf(cell, 'name') && !isPlace(cell)).length === 1 &&
    !order.some((cell) => isWord(cell, 'all', 'both', 'any') || senseOf(cell, 'kind')?.plural);
  return isOne ? [...order, ...(end < 0 ? [] : cells.slice(end))] : cells;
}

/** "undo what carol did in act-75": the action is what is undone. */
function withUndoneDeed(cells: readonly Cell[]): readonly Cell[] {
  const undo = cells.findIndex(
    (cell) =>
      !cell.quoted &&
      /^(undo|revert|reverse|roll back|take back)$/.test(senseOf(cell, 'verb')?.phrase ?? cell.low),
  );
  const act = cells.findIndex(
    (cell, at) => at > undo && senseOf(cell, 'name')?.ids.every((id) => id.includes(':action/')) === true,
  );
  if (undo < 0 || act < undo + 3 || act > undo + 8) return cells;
  const between = cells.slice(undo + 1, act);
  const isDeed =
    /^(what|whatever|what has|what was|the thing|the change|the changes|the stuff|that|everything)$/.test(
      between[0]!.low,
    ) &&
    between.some((cell) =>
      /^(did|done|changed|made|broke|has done|happened|was done|were made|was changed)$/.test(cell.low),
    ) &&
    between.every(
      (cell) =>
        !cell.quoted && !isThing(cell) && !isWord(cell, 'not', 'if', 'comma', 'stop', 'before', 'after'),
    );
  const verb = plain(cells[undo]!, 'undo', { t: 'verb', phrase: 'undo', form: 'base' });
  return isDeed ? [...cells.slice(0, undo), verb, ...cells.slice(act)] : cells;
}

const making = /^(take|make|create|do|get)$/;
const copyNoun = /^(snapshot|backup|restore point|copy|snap|backup copy)$/;

/** "db-1 gets patched, take a snapshot called x": of what was spoken of. */
function withTopicLast(cells: readonly Cell[]): readonly Cell[] {
  const noun = cells.findIndex(
    (cell, at) =>
      at > 3 &&
      !cell.quoted &&
      copyNoun.test(cell.low) &&
      isWord(cells[at - 1], 'det') &&
      isBase(cells[at - 2]) &&
      making.test(cells[at - 2]!.low),
  );
  if (noun < 0) return cells;
  const before = cells.slice(0, noun - 2);
  const mark = before.findLastIndex(isMark);
  const isLed = mark > 0 && before.slice(mark + 1).every((cell) => isWord(cell, 'filler', 'and'));
  const end = cells.findIndex((cell, at) => at > noun && isMark(cell));
  const rest = cells.slice(noun + 1, end < 0 ? cells.length : end);
  const isBare = rest.every(
    (cell, at) =>
      isWord(cell, 'filler') ||
      isWord(cell, 'named') ||
      isWord(rest[at - 1], 'named') ||
      isWord(cell, 'colon'),
  );
  const thing = isLed && isBare ? thingIn(before.slice(0, mark)) : undefined;
  const isKept = thing?.some((cell) =>
    senseOf(cell, 'name')?.ids.every((id) => /:(vm|volume|database)\//.test(id)),
  );
  if (!thing || !isKept || isOpen(before.slice(0, mark))) return cells;
  const verb = plain(cells[noun]!, 'snapshot', { t: 'verb', phrase: 'snapshot', form: 'base' });
  const need = before.findLastIndex((cell) => /^(i|we)( \w+)*$/.test(cell.low));
  const isSaidTwice = need >= 0 && needed.test(lows(before.slice(need, mark)));
  const told = isSaidTwice ? before.slice(0, need) : before.slice(0, mark + 1);
  return [...told, ...before.slice(mark + 1), verb, ...thing, ...cells.slice(noun + 1)];
}

const needed =
  /^(?:i|we)(?: (?:will|would|really|do|also|first|just))* ?(?:need|want|require|would like|should have)(?: to have)? (?:an?|the|some|another|one)(?: \w+){0,3} (?:of|for|from) (?:the )?(?:\w+ )?□/;

/** Something in it denies, bounds, asks or puts off. */
const isOpen = (told: readonly Cell[]): boolean =>
  told.some(
    (cell) =>
      !cell.quoted &&
      (isWord(cell, 'if', 'except', 'outside', 'not', 'who', 'why', 'what') || cell.low === '?'),
  );

/** The order behind a mark, with what stands before it put in. */
function withHead(cells: readonly Cell[], mark: number): readonly Cell[] {
  const from = cells.findLastIndex((cell, at) => at < mark && isMark(cell)) + 1;
  const told = cells.slice(from, mark);
  const order = cells.slice(mark + 1);
  const verb = order.findIndex((cell) => isBase(cell) && !senseOf(cell, 'name'));
  const isLed =
    verb >= 0 &&
    order
      .slice(0, verb)
      .every(
        (cell) =>
          isMark(cell) || isWord(cell, 'filler', 'and') || /^(you|so|now|can|could|then)$/.test(cell.low),
      );
  if (!isLed || told.length === 0) return cells;
  const head = cells.slice(0, from);
  const said = lows(told);
  if (pestering.test(said)) return [...head, ...order];
  const isNamed = calledSo.test(said) && told.some((cell) => cell.quoted && senseOf(cell, 'name')?.exact);
  const thing = isNamed
    ? told.filter((cell) => cell.quoted)
    : lamenting.test(said)
      ? told.filter((cell) => senseOf(cell, 'name'))
      : undefined;
  const full = thing && withThing(order, thing);
  if (full) return [...head, ...full];
  return withFigure(cells, { order, verb }) ?? cells;
}

const pestering =
  /^(?:please )?(?:stop|quit|do not|no more|enough of)(?: (?:this|the|that))? (?:paging|waking|bothering|annoying|spamming|calling|texting|pinging|alerting|notifying|nagging|disturbing|bugging|ringing|mailing|emailing|bombarding|yelling at|screaming at|shouting at)(?: (?:me|us|everyone|everybody|the team|people|my phone))?(?: (?:up|already|now|please|at night|all night|all day|every minute))*$/;
const lamenting =
  /^(?:(?:lol|haha|hmm|omg|wtf|ok|hey|so|argh|ugh|well|and|again|seriously) )*(?:who|which idiot|who of you|someone|somebody|who has)(?: (?:the hell|on earth|the heck|again|still|just))?,? ?(?:left|forgot|keeps|kept|has left|leaves|forgot about|forgot to stop|forgot to turn off|forgot to shut down|has forgotten)(?: (?:to|stop|turn|off|shut|down|our|the|that|this|my|vm|machine|server|service|in|on|at))* (?:@ )?[□@](?: (?:in|on|at|the|@|running|on|up|open|idling|idle|alive|unattended|again|there|here|for|days|over|weekend|night|all|week|the whole|overnight))*$/;
const calledSo =
  /^(?:(?:lol|haha|hmm|omg|wtf|ok|hey|so|btw|fyi) )*(?:(?:someone|somebody|some idiot|one of the devs|a dev|the intern|who) (?:has |just )?(?:named|called|calls|names|created|made|launched)|there is|there was|we have|i see|i found|i have)\b.* □$/;

/** "stop paging me": an order to nobody. */
export const isPestered = (cells: readonly Cell[], at: number): boolean =>
  cells[at]!.low === 'stop' &&
  cells[at + 1]?.quoted === false &&
  /^(paging|waking|bothering|annoying|spamming|calling|texting|pinging|alerting|notifying|nagging|disturbing|bugging|ringing|mailing|emailing|bombarding)$/.test(
    cells[at + 1]!.low,
  );

interface Beside {
  readonly order: readonly Cell[];
  readonly verb: number;
}

const isFlavor = (cell: Cell): boolean =>
  !cell.quoted && senseOf(cell, 'name')?.ids.every((id) => id.includes(':flavor/')) === true;
const isHost = (cell: Cell): boolean =>
  !cell.quoted && senseOf(cell, 'name')?.ids.every((id) => id.includes(':host/')) === true;

/** "…, t3.small should be enough. change it to that", "… would be better off on esx-02, please migrate it there". */
function withFigure(cells: readonly Cell[], { order, verb }: Beside): readonly Cell[] | undefined {
  const before = cells.slice(0, cells.length - order.length);
  const end = order.findIndex((cell, at) => at > verb && isMark(cell));
  const said = order
    .slice(verb + 1, end < 0 ? order.length : end)
    .filter((cell) => !isWord(cell, 'again') && !/^(please|instead|then|now)$/.test(cell.low));
  const text = lows(said);
  const isTo =
    /^(it|that one|this one|him|her) (up |down |over )?(to|into|on|onto) (that|this|it|that one|this one|that size|this size)$/.test(
      text,
    );
  const isThere =
    /^(it|him|her) (over )?(there|over there|onto that|to that|to that one|onto it|to it)$/.test(text);
  const isMoved = moving.test(order[verb]!.low) && before.some(isHost);
  const values = before.filter((cell) =>
    isMoved ? isHost(cell) : isFlavor(cell) || senseOf(cell, 'value')?.value.k === 'size',
  );
  const [value] = values;
  const gap = order.findIndex(
    (cell, at) => at > verb && /^(there|over there)$/.test(cell.low) && !cell.quoted,
  );
  if (isMoved && values.length === 1 && /^□ (over )?(there|over there)$/.test(text) && !isOpen(before)) {
    const host = [plain(order[gap]!, 'to', word('prep')), value!];
    return [...order.slice(0, gap).filter((cell) => cell.low !== 'over'), ...host, ...order.slice(gap + 1)];
  }
  if (!(isTo || (isThere && isMoved)) || values.length !== 1 || !value || isOpen(before)) return undefined;
  const thing = thingIn(before.filter((cell) => cell !== value));
  if (!thing) return undefined;
  const tail = end < 0 ? [] : order.slice(end);
  const to = plain(order[verb]!, 'to', word('prep'));
  const phrase = isMoved ? senseOf(order[verb], 'verb')!.phrase : 'resize';
  const verbCell = plain(order[verb]!, phrase, { t: 'verb', phrase, form: 'base' });
  return [verbCell, ...thing, to, value, ...tail];
}

const moving = /^(move|migrate|vmotion|put|bring|shift|send|relocate|transfer|live migrate|live-migrate)$/;

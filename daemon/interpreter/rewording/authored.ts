// Actions by who wants them and what they do: "the request that Dave has pending", "Erin's scale request", "the action of
// Frank, the one which drained the node", "approve what Carol has pending and cancel Dave's". Where exactly one action that
// can be meant has all that was said, its name is put there; else the words stay, and the person is asked. Called by `spans`.

import type { Resource } from '../../../shared/model/resource.ts';
import { firstName } from '../guards/noOrder.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain } from '../words/plainCells.ts';

const decided =
  /^(approve|accept|cancel|reject|decline|deny|withdraw|undo|revert|reverse|take back|roll back)$/;
const undoing = /^(undo|revert|reverse|take back|roll back)$/;
const nouns = /^(action|request|change|proposal|ask|thing|one|the one)$/;
const states = /^(pending|waiting|open|outstanding|current|last|latest)$/;
const articles = /^(the|that|this|a|an)$/;
/** "has pending", "is waiting for", "asked for", "put in": what somebody does with an action. */
const has =
  /^(has|have|had|is|was|just|still|currently|pending|waiting|open|for|on|in|requested|requests|submitted|asked|asks|asking|wants|wanted|filed|made|did|opened|raised|started|ran|proposed|queued|sent|put)$/;
const having =
  /^(pending|waiting|open|requested|requests|submitted|asked|asks|asking|wants|wanted|filed|made|did|opened|raised|started|ran|proposed|queued|sent|put)$/;
/** How the verb of an operation is said of an action. */
const deeds: Readonly<Record<string, RegExp>> = {
  delete: /^(delet(e|es|ed|ing|ion)|remov(e|es|ed|ing|al)|terminat(e|es|ed|ing|ion))$/,
  stop: /^(stop(s|ped|ping)?|shut ?downs?|shuts down)$/,
  reboot: /^(reboot|restart)(s|ed|ing)?$/,
  resize: /^resiz(e|es|ed|ing)$/,
  scale: /^scal(e|es|ed|ing)( up| down)?$/,
  drain: /^drain(s|ed|ing)?$/,
  rollback: /^(roll ?back|rolls back|rolled back|rolling back|rollbacks?)$/,
};

interface Said {
  readonly actor?: string;
  readonly next: number;
  readonly isWaiting: boolean;
  readonly deeds: readonly Cell[];
  readonly kinds: readonly Cell[];
}

/** The cells with each action that is told by its person and its deed called by its name. */
export function withAuthored(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  return withUndoOf(withNames(withoutOwner(cells, inventory), inventory));
}

const raising =
  /^(?:which |that )?(?:was |is )?(?:raised|requested|submitted|filed|made|opened|proposed|queued|sent|put in|started|asked for|wanted|done|created)$/;

/** "act-77 raised by Carol", "act-77, which Carol raised": whose it is, where that is so; else it is asked about. */
function withoutOwner(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const at = cells.findIndex(
    (cell) => senseOf(cell, 'name')?.ids.every((id) => id.includes(':action/')) === true,
  );
  const ids = at < 0 ? [] : senseOf(cells[at], 'name')!.ids;
  if (ids.length !== 1 || cells.some((cell, index) => index !== at && isAction(cell))) return cells;
  const actor = String(inventory.get(ids[0]!)?.attributes.actor ?? '');
  const people = new Set(inventory.ofKind('action').map(({ attributes }) => String(attributes.actor ?? '')));
  const lows = cells.slice(at + 1).map(lowOf);
  for (let length = Math.min(6, lows.length); length > 1; length--) {
    const said = lows
      .slice(0, length)
      .filter((low) => low !== ',')
      .join(' ');
    const by = /^(.*?) ?\b(?:by|from|of) (\S+)$/.exec(said);
    const who = /^(?:which|that) (\S+) (?:has )?(\S+|put in|asked for)$/.exec(said);
    const person =
      by && (by[1] === '' || raising.test(by[1]!))
        ? by[2]
        : who && raising.test(who[2]!)
          ? who[1]
          : undefined;
    const isOther = person !== undefined && person !== actor;
    if (
      person !== undefined &&
      (!isOther || people.has(person) || firstName.test(person)) &&
      isEnd(cells[at + 1 + length])
    )
      return [
        ...cells.slice(0, at),
        // "act-77, which Dave raised", where it is another's: none is called so.
        { ...cells[at]!, end: cells[at + length]!.end, ...(isOther ? { senses: [] } : {}) },
        ...cells.slice(at + 1 + length),
      ];
  }
  return cells;
}

const isAction = (cell: Cell): boolean =>
  senseOf(cell, 'name')?.ids.some((id) => id.includes(':action/')) === true;

/** "act-10, please undo it": an order about the action, and no question for the last one. */
function withUndoOf(cells: readonly Cell[]): readonly Cell[] {
  const action = cells.findIndex(
    (cell) => senseOf(cell, 'name')?.ids.every((id) => id.includes(':action/')) === true,
  );
  if (action < 0) return cells;
  return cells.flatMap((cell, at) =>
    at > action && isWord(cell, 'undoCue') && /^(undo|revert|reverse) (it|that)$/.test(lowOf(cell))
      ? [
          plain(cell, 'undo', { t: 'verb', phrase: 'undo', form: 'base' }),
          plain(cell, 'it', { t: 'word', word: 'pronoun' }),
        ]
      : [cell],
  );
}

function withNames(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const verbs = cells.flatMap((cell, at) => (isDecided(cell) ? [at] : []));
  if (verbs.length === 0) return cells;
  const actions = inventory.ofKind('action');
  const people = new Set(actions.map(({ attributes }) => String(attributes.actor ?? '')));
  const rest: Cell[] = [];
  for (let at = 0; at < cells.length; ) {
    const said = saidAt(cells, at, people);
    const verb = verbs.findLast((one) => one < at) ?? verbs[0]!;
    const found = said ? actions.filter((one) => isMeant(one, said, isUndone(cells[verb]!))) : [];
    // "Erin's change was wrong, undo act-11": it is named already.
    if (said && found.length === 1 && !isNamed(cells, found[0]!.id)) {
      const [{ id, name }] = found as [Resource];
      const named = plain(cells[at]!, name.toLowerCase(), { t: 'name', ids: [id], exact: true });
      rest.push({ ...named, end: cells[said.next - 1]!.end });
      at = said.next;
      continue;
    }
    if (said) {
      // Nothing of it is read again as another action.
      const isPlain = !said.isWaiting && said.deeds.length + said.kinds.length === 0;
      const isSought = found.length === 0 && isPlain && !isUndone(cells[verb]!);
      for (const cell of cells.slice(at, said.next)) {
        // "approve Frank's request" is about none that is done.
        if (isSought && nouns.test(lowOf(cell)))
          rest.push({ ...plain(cell, 'pending', { t: 'status', name: 'pending' }), text: 'pending' });
        rest.push(cell);
      }
      at = said.next;
      continue;
    }
    rest.push(cells[at]!);
    // "cancel Zed's": nothing but an action of that person.
    if (isOwned(cells, at) && isDecided(cells[at - 2]) && isEnd(cells[at + 1]))
      rest.push(plain(cells[at]!, 'action', { t: 'kind', kinds: ['action'], plural: false }));
    at++;
  }
  return rest;
}

const isDecided = (cell: Cell | undefined): boolean =>
  (isWord(cell, 'undoCue') && !cell!.quoted) ||
  (isBase(cell) && !senseOf(cell, 'name') && decided.test(senseOf(cell, 'verb')!.phrase));

const isNamed = (cells: readonly Cell[], id: string): boolean =>
  cells.some((cell) => senseOf(cell, 'name')?.ids.includes(id));

const isUndone = (cell: Cell): boolean =>
  isWord(cell, 'undoCue') || undoing.test(senseOf(cell, 'verb')?.phrase ?? '');

const lowOf = (cell: Cell | undefined): string => (cell === undefined || cell.quoted ? '' : cell.low);

const isOwned = (cells: readonly Cell[], at: number): boolean => at > 0 && lowOf(cells[at]) === "'s";

const isEnd = (cell: Cell | undefined): boolean =>
  cell === undefined ||
  (!cell.quoted &&
    (isWord(cell, 'comma', 'stop', 'colon', 'and', 'filler', 'afterwards', 'be') ||
      /^(please|pls|is|looks|then|but)$/.test(cell.low)));

const leaving = /^((and|but) )?(leave|keep|skip|spare|ignore|not)$/;
const asItIs = /^(alone|untouched|pending|waiting|open|out|be|as it is|as is|where it is|in place|for now)$/;

const isDeed = (cell: Cell | undefined): boolean =>
  Object.values(deeds).some((words) => words.test(lowOf(cell)));

function isMeant({ attributes, status }: Resource, said: Said, undone: boolean): boolean {
  if (status !== (undone ? 'done' : 'pending') || (undone && said.isWaiting)) return false;
  if (said.actor !== undefined && attributes.actor !== said.actor) return false;
  const [verb = '', kind = ''] = String(attributes.op ?? '').split('.');
  return (
    said.deeds.every((cell) => deeds[verb]?.test(cell.low)) &&
    said.kinds.every((cell) => senseOf(cell, 'kind')!.kinds.includes(kind))
  );
}

/** What is said of an action from there on; undefined where it is none, or where more is said of it. */
function saidAt(cells: readonly Cell[], from: number, people: ReadonlySet<string>): Said | undefined {
  const told: { deeds: Cell[]; kinds: Cell[] } = { deeds: [], kinds: [] };
  const isPerson = (at: number): boolean => people.has(lowOf(cells[at])) && lowOf(cells[at]) !== '';
  let actor: string | undefined;
  let isNamed = false;
  let at = articles.test(lowOf(cells[from])) ? from + 1 : from;
  if (isPerson(at) && isOwned(cells, at + 1)) {
    actor = lowOf(cells[at]);
    at += 2;
  } else if (people.has(lowOf(cells[at]).replace(/s$/, '')) && !isPerson(at) && isOf(at + 1)) {
    // "approve erins request"
    actor = lowOf(cells[at]).replace(/s$/, '');
    at++;
  } else if (/^(what|whatever)$/.test(lowOf(cells[at])) && isPerson(at + 1)) {
    isNamed = true;
    at++;
  }
  for (; !isNamed; at++) {
    if (nouns.test(lowOf(cells[at]))) isNamed = true;
    else if (!tell(at) && !states.test(lowOf(cells[at]))) break;
  }
  if (!isNamed && actor === undefined && told.deeds.length === 0) return undefined;
  for (let next = behind(at); next > at; next = behind(at)) at = next;
  const isBare = !isNamed && told.deeds.length === 0;
  // "approve Carol's, leave Dave's alone"
  const isLeft = isBare && leaving.test(lowOf(cells[from - 1]));
  if (isBare && !isLeft && !isDecided(cells[from - 1])) return undefined;
  const isWholeAlone = articles.test(lowOf(cells[from])) || isDecided(cells[from - 1]);
  const isTold = actor !== undefined || (isNamed && told.deeds.length > 0 && isWholeAlone);
  return isTold && (isEnd(cells[at]) || (isLeft && asItIs.test(lowOf(cells[at]))))
    ? { ...told, actor, isWaiting: isWaiting(at), next: at }
    : undefined;

  function isWaiting(end: number): boolean {
    return cells.slice(from, end).some((cell) => /pending|waiting|open|outstanding/.test(lowOf(cell)));
  }

  function isOf(index: number): boolean {
    const low = lowOf(cells[index]);
    return nouns.test(low) || states.test(low) || isDeed(cells[index]);
  }

  /** A word for what it does, or to what. */
  function tell(index: number): boolean {
    const cell = cells[index];
    if (isDeed(cell) && !senseOf(cell, 'name')) told.deeds.push(cell!);
    else if (cell && !cell.quoted && senseOf(cell, 'kind') && !senseOf(cell, 'name')) told.kinds.push(cell);
    else return false;
    return true;
  }

  /** Where what is said behind the noun ends: whose it is, or what it does. */
  function behind(start: number): number {
    if (actor === undefined && /^(of|from|by)$/.test(lowOf(cells[start])) && isPerson(start + 1)) {
      actor = lowOf(cells[start + 1]);
      return start + 2;
    }
    let index = isWord(cells[start], 'comma') && /^the one/.test(lowOf(cells[start + 1])) ? start + 1 : start;
    if (lowOf(cells[index]) === 'the' && lowOf(cells[index + 1]) === 'one') index++;
    if (/^(the )?one$/.test(lowOf(cells[index]))) index++;
    if (/^(the one )?(that|which|who|to)$/.test(lowOf(cells[index]))) index++;
    if (actor === undefined && isPerson(index)) {
      const end = havingEnd(index + 1);
      if (end === index + 1) return start;
      actor = lowOf(cells[index]);
      return end;
    }
    if (index === start) return start;
    if (!isDeed(cells[index])) {
      const end = havingEnd(index);
      return end > index && states.test(lowOf(cells[end - 1])) ? end : start;
    }
    tell(index);
    index++;
    if (articles.test(lowOf(cells[index]))) index++;
    return tell(index) ? index + 1 : index;
  }

  function havingEnd(start: number): number {
    let end = start;
    let isSaid = false;
    for (; cells[end] && lowOf(cells[end]) !== ''; end++) {
      const words = lowOf(cells[end]).split(' ');
      if (!words.every((one) => has.test(one))) break;
      isSaid ||= words.some((one) => having.test(one));
    }
    return isSaid ? end : start;
  }
}

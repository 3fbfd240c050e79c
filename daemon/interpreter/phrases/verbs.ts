// Which cells of a clause are its verbs. A word that is a verb and a noun ("restart", "snapshot") is a verb only where
// a verb can stand; "shut web-1 down" is joined to "shut down" first. Called while a clause is parsed.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Lexicon } from '../words/lexicon.ts';
import type { Verb } from './clause.ts';

/** "release the ip of web-1": in a command the thing itself is meant, not a question about it. */
export function openDetails(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !cell.quoted && senseOf(cell, 'verb')?.form === 'base');
  if (first < 0) return cells;
  return cells.flatMap((cell, at) => {
    const isAddress = at > first && !cell.quoted && /^(the )?(ip|ip address|address) of$/.test(cell.low);
    if (!isAddress || !isWord(cell, 'showCue')) return [cell];
    const kind: Cell = {
      ...cell,
      low: 'ip',
      senses: [{ t: 'kind', kinds: ['floating-ip'], plural: false }],
      words: 1,
    };
    return [kind, { ...cell, low: 'of', senses: [{ t: 'word', word: 'of' }], words: 1 }];
  });
}

/** "shut web-1 down" becomes "shut down" and what stood between. */
export function joinParticles(cells: readonly Cell[], lexicon: Lexicon): readonly Cell[] {
  for (let at = 0; at < cells.length; at++) {
    const lead = cells[at]!;
    if (lead.quoted || lead.words > 1) continue;
    const base = lexicon.splits.get(lead.low);
    if (!base) continue;
    for (const particle of base.particles) {
      const found = particleAt(cells, at, particle);
      if (!found) continue;
      const joined: Cell = {
        ...lead,
        senses: [{ t: 'verb', phrase: `${base.base} ${particle}`, form: base.form }],
      };
      return [
        ...cells.slice(0, at),
        joined,
        ...cells.slice(at + 1, found.from),
        ...found.rest,
        ...cells.slice(found.to),
      ];
    }
  }
  return cells;
}

const isRelative = (cells: readonly Cell[], at: number): boolean => {
  const lead = cells[isWord(cells[at], 'be') && !isWord(cells[at], 'that') ? at - 1 : at];
  return lead?.quoted === false && /^(that|which|who)( (is|are|was|were))?$/.test(lead.low);
};

/** The rest of a verb phrase behind what it is said of; "back to" gives its "to" back. */
function particleAt(
  cells: readonly Cell[],
  at: number,
  particle: string,
): { from: number; to: number; rest: readonly Cell[] } | undefined {
  for (let from = Math.min(cells.length - 1, at + 14); from > at + 1; from--) {
    const { low } = cells[from]!;
    if (!particle.startsWith(low) && !`back ${particle}`.startsWith(low) && !low.startsWith(particle))
      continue;
    // "make worker-3 not schedulable"
    if (isWord(cells[from - 1], 'not') && !particle.startsWith('not ')) continue;
    // "restart the runners which are up"
    if (isRelative(cells, from - 1)) continue;
    let text = '';
    for (let to = from; to < cells.length && text.length < particle.length + 5; to++) {
      const cell = cells[to]!;
      if (cell.quoted) break;
      text = text === '' ? cell.low : `${text} ${cell.low}`;
      // "spin it back up"
      const isBack = text === `back ${particle}` && to + 1 === cells.length;
      if (isBack) return { from, to: to + 1, rest: [] };
      if (text === particle && standsAlone(cells, particle, to)) return { from, to: to + 1, rest: [] };
      if (text === `${particle} again`) return { from, to: to + 1, rest: [] };
      if (text === `${particle} to`)
        return { from, to: to + 1, rest: [{ ...cell, low: 'to', senses: [{ t: 'word', word: 'prep' }] }] };
    }
  }
  return undefined;
}

/** "on" before a name is a preposition; "up" before a number says how far. */
function standsAlone(cells: readonly Cell[], particle: string, at: number): boolean {
  const next = cells[at + 1];
  // "take the ip off web-1": the particle is a preposition where its noun follows.
  if (particle === 'off' && next && !next.quoted)
    if (senseOf(next, 'name') ?? senseOf(next, 'kind')) return false;
  if (particle === 'on') return next === undefined || isWord(next, 'filler', 'again', 'comma', 'stop', 'and');
  return !((particle === 'up' || particle === 'down') && senseOf(next, 'value'));
}

const nounSenses = ['kind', 'name', 'metric', 'part', 'status'] as const;

export function verbAt(
  cells: readonly Cell[],
  at: number,
  state: { content: boolean; nouns?: ReadonlySet<number>; hasVerb: boolean; prep: string | undefined },
): Verb | undefined {
  const cell = cells[at]!;
  const sense = senseOf(cell, 'verb');
  if (!sense || cell.quoted || state.nouns?.has(at)) return undefined;
  const previous = cells[at - 1];
  const alsoNoun = nounSenses.some((type) => senseOf(cell, type));
  const verb: Verb = { phrase: sense.phrase, form: sense.form, cell, at, leading: !state.content };
  if (cell.words > 1 && !alsoNoun) return verb;
  // "last run of nightly-backup"
  if (previous && !previous.quoted && /^(last|latest|previous|recent|most recent|newest)$/.test(previous.low))
    return undefined;
  // "tell me about the jenkins restart": a deed that is spoken of.
  const isTold = cells
    .slice(0, at)
    .some((one) => !one.quoted && (isWord(one, 'what') || /\babout$/.test(one.low)));
  if (isTold && senseOf(previous, 'name') && isWord(cells[at - 2], 'det')) return undefined;
  // "the new agents are ready"
  if (isWord(previous, 'det') && isWord(cell, 'filler')) return undefined;
  if (
    !alsoNoun &&
    isWord(previous, 'det') &&
    !isWord(cells[at + 1], 'of') &&
    !isLight(cells, at) &&
    sense.form === 'base' &&
    state.content &&
    !isWord(cells[at - 2], 'filler')
  )
    return undefined;
  if (
    isWord(cell, 'filler') &&
    cells
      .slice(at + 1)
      .some((one) => !one.quoted && senseOf(one, 'verb')?.form === 'base' && !senseOf(one, 'name'))
  )
    return undefined;
  if (alsoNoun && sense.form === 's') return undefined;
  if (
    alsoNoun &&
    !state.hasVerb &&
    sense.form === 'base' &&
    isWord(previous, 'comma', 'colon') &&
    cells[at + 1] &&
    !isWord(cells[at + 1], 'and', 'comma', 'be') &&
    !senseOf(cells[at + 1], 'kind')
  )
    return verb;
  if (alsoNoun) {
    const next = cells[at + 1];
    if (state.content && state.hasVerb) return undefined;
    if (
      isWord(
        previous,
        'det',
        'demonstrative',
        'all',
        'both',
        'of',
        'their',
        'possessive',
        'any',
        'last',
        'what',
      ) &&
      !isLight(cells, at)
    )
      return undefined;
    if (state.content && !isWord(previous, 'filler', 'not', 'need') && !isLight(cells, at)) return undefined;
    if (senseOf(cell, 'status') && sense.form !== 'base') return isWord(previous, 'need') ? verb : undefined;
    if (senseOf(cell, 'metric') && sense.form !== 'base') return undefined;
    if (next && senseOf(cell, 'name') && (isWord(next, 'be') || senseOf(next, 'kind'))) return undefined;
    if (!next && senseOf(cell, 'name')) return undefined;
  }
  return verb;
}

/** "do a restart of", "needs a reboot". */
function isLight(cells: readonly Cell[], at: number): boolean {
  for (let back = at - 1; back >= 0 && back >= at - 4; back--) {
    const cell = cells[back];
    if (isWord(cell, 'light', 'need')) return true;
    const given = senseOf(cell, 'name') !== undefined && isWord(cells[back - 1], 'light', 'det');
    if (!isWord(cell, 'det', 'filler') && !given) break;
  }
  // "give mongo-1, mongo-2 and mongo-3 a reboot"
  const isGiven = /^(a|an|another)$/.test(cells[at - 1]?.low ?? '');
  return (
    isGiven && cells.slice(0, at).some((cell) => isWord(cell, 'light') && /^(give|do|have)$/.test(cell.low))
  );
}

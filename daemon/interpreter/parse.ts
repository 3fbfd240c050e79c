// Reads one clause from left to right: which cells are verbs, which make noun phrases, which are values, and what is
// left unexplained. The head of a noun phrase is its last noun; what stands before it restricts it. Nothing is
// looked up in the inventory here beyond what the cells already say.

import { type Cell, isWord, type SenseOf, senseOf } from './cells.ts';
import type { Clause, Cue, Link, Mod, Np, ValueUse, Verb } from './clause.ts';
import { formsOf, type Lexicon } from './lexicon.ts';
import { createNpParser } from './nounPhrase.ts';

/** Cue classes of `words.ts` that are kept as cues. */
const cueWords: readonly (readonly [string, Cue])[] = [
  ['why', 'why'],
  ['when', 'when'],
  ['runOut', 'runOut'],
  ['howMany', 'howMany'],
  ['who', 'who'],
  ['changed', 'changed'],
  ['depends', 'depends'],
  ['what', 'what'],
  ['listCue', 'list'],
  ['showCue', 'show'],
  ['ask', 'ask'],
  ['logCue', 'logs'],
  ['top', 'top'],
  ['least', 'least'],
  ['last', 'last'],
  ['summarize', 'summarize'],
  ['current', 'current'],
  ['double', 'double'],
  ['triple', 'triple'],
  ['half', 'half'],
  ['again', 'again'],
  ['help', 'help'],
  ['need', 'need'],
  ['hard', 'hard'],
  ['more', 'more'],
  ['less', 'less'],
  ['undoCue', 'undo'],
  ['previousOne', 'previous'],
  ['anyone', 'anyone'],
];

export interface ParseOptions {
  readonly lexicon: Lexicon;
  /** Kinds of resources by id, to tell places from things. */
  readonly kindOf: (id: string) => string | undefined;
  /** Indexes of cells that are to be read as nouns though they could be verbs. */
  readonly nouns?: ReadonlySet<number>;
}

/** Parses the cells of a clause. */
export function parseClause(given: readonly Cell[], link: Link, options: ParseOptions): Clause {
  const cells = joinParticles(withoutRemark(given), options.lexicon);
  const verbs: Verb[] = [];
  const nps: Np[] = [];
  const values: ValueUse[] = [];
  const times: { range: SenseOf<'time'>['range']; cell: Cell; at: number }[] = [];
  const metrics: { metric: string; cell: Cell; at: number }[] = [];
  const cues = new Map<Cue, Cell>();
  const named: { text: string; cell: Cell; quoted: boolean }[] = [];
  const quotes: Cell[] = [];
  const labels = new Set<string>();
  const unknown: Cell[] = [];
  const scope: Mod[] = [];
  let prep: string | undefined;
  let label: string | undefined;
  let not = false;
  let negated = false;
  let content = false;
  const noun = createNpParser(cells, options.kindOf);
  for (let at = 0; at < cells.length; ) {
    const cell = cells[at]!;
    const value = senseOf(cell, 'value');
    const time = senseOf(cell, 'time');
    if (isWord(cell, 'named') && named.length === 0 && !senseOf(cell, 'name')) {
      const taken = takeName(cells, at + 1);
      const last = nps.at(-1);
      const known = taken && senseOf(taken.name.cell, 'name');
      if (
        taken &&
        known &&
        last &&
        last.names.length === 0 &&
        !verbs.some((one) => creating.test(one.phrase))
      ) {
        last.names.push({ cell: taken.name.cell, ids: known.ids, exact: known.exact });
        last.cells.push(taken.name.cell);
        at = taken.next;
        continue;
      }
      if (taken) {
        named.push(taken.name);
        at = taken.next;
        content = true;
        continue;
      }
    }
    const verb = verbAt(cells, at, { content, nouns: options.nouns, hasVerb: verbs.length > 0, prep });
    if (verb) {
      verbs.push(verb);
      content = true;
      prep = undefined;
      at++;
      if (not && !nps.length) negated = true;
      not = false;
      continue;
    }
    const place = noun.placeAt(at);
    if (place) {
      scope.push(...place.mods);
      at = place.next;
      prep = undefined;
      continue;
    }
    const phrase = noun.startsAt(at) ? noun.parse(at) : undefined;
    if (phrase && phrase.next > at) {
      const { np, next } = phrase;
      np.prep = prep;
      np.negated = not && !negated;
      nps.push(np);
      prep = undefined;
      label = undefined;
      content = true;
      at = next;
      not = false;
      continue;
    }
    const late = senseOf(cell, 'status');
    const lastNp = nps[0];
    const spared = nps.findLast((one) => one.quant !== undefined || one.plural || one.everything) ?? lastNp;
    if (isWord(cell, 'except') && spared && !cell.quoted) {
      const except = noun.exceptFor(spared, at);
      if (except !== undefined && except > at) {
        at = except;
        continue;
      }
      unknown.push(cell);
      at++;
      continue;
    }
    if (
      late &&
      lastNp?.kinds &&
      !isWord(cell, 'prep', 'filler') &&
      !senseOf(cell, 'metric') &&
      isQuestion(cells)
    ) {
      lastNp.mods.push({ cell, kind: 'status', word: late.name, not, post: true });
      not = false;
      at++;
      continue;
    }
    if (time) {
      times.push({ range: time.range, cell, at });
      content = true;
    } else if (value) {
      values.push({ value: value.value, cell, at, prep, label, not });
      prep = undefined;
      content = true;
      label = undefined;
    } else if (isWord(cell, 'not')) {
      not = true;
      if (verbs.length === 0) negated = true;
    } else if (isWord(cell, 'arrow')) prep = 'to';
    else if (senseOf(cell, 'metric')) {
      metrics.push({ metric: senseOf(cell, 'metric')!.metric, cell, at });
      noteCues(cell, cues);
      content = true;
    } else if (labelOf(cell)) {
      label = labelOf(cell);
      labels.add(label!);
      noteCues(cell, cues);
      content = true;
    } else if (isWord(cell, 'prep')) {
      prep = cell.low;
      if (/\bto$/.test(prep)) prep = 'to';
      noteCues(cell, cues);
    } else if (cell.quoted) {
      quotes.push(cell);
      content = true;
    } else if (noteCues(cell, cues)) content = true;
    else if (!isExplained(cell)) {
      unknown.push(cell);
      content = true;
    }
    at++;
  }
  if (isQuestion(cells)) cues.set('question', cells[0]!);
  for (const cell of cells) if (isWord(cell, 'if') && !cell.quoted) cues.set('if', cell);
  return {
    cells,
    link,
    verbs,
    nps,
    values,
    times,
    metrics,
    cues,
    named,
    quotes,
    labels,
    negated,
    unknown,
    scope,
  };
}

/** "Before the patch window please …", "during the freeze, …": says when or why, in words nothing here is called. */
function withoutRemark(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler'));
  const lead = cells[first];
  if (
    !lead ||
    lead.quoted ||
    !(
      isWord(lead, 'before', 'after') ||
      /^(during|for|ahead of|as part of|because of|due to|given)$/.test(lead.low)
    )
  )
    return cells;
  for (let at = first + 1; at < cells.length; at++) {
    const cell = cells[at]!;
    const begins = senseOf(cell, 'verb')?.form === 'base' && isWord(cells[at - 1], 'filler', 'comma');
    if (begins && at > first + 1) return cells.slice(at);
    if (
      cell.quoted ||
      senseOf(cell, 'name') ||
      senseOf(cell, 'value') ||
      senseOf(cell, 'env') ||
      senseOf(cell, 'prefix') ||
      isWord(cell, 'not', 'except', 'if', 'all')
    )
      return cells;
  }
  return cells;
}

/** "shut web-1 down" becomes "shut down" and what stood between. */
function joinParticles(cells: readonly Cell[], lexicon: Lexicon): readonly Cell[] {
  for (let at = 0; at < cells.length; at++) {
    const lead = cells[at]!;
    if (lead.quoted || lead.words > 1) continue;
    const base = baseOf(lead.low, lexicon);
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

/** The rest of a verb phrase behind what it is said of; "back to" gives its "to" back. */
function particleAt(
  cells: readonly Cell[],
  at: number,
  particle: string,
): { from: number; to: number; rest: readonly Cell[] } | undefined {
  for (let from = Math.min(cells.length - 1, at + 14); from > at + 1; from--) {
    let text = '';
    for (let to = from; to < cells.length && text.length < particle.length; to++) {
      const cell = cells[to]!;
      if (cell.quoted) break;
      text = text === '' ? cell.low : `${text} ${cell.low}`;
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
  if (particle === 'on') return next === undefined || isWord(next, 'filler', 'again', 'comma', 'stop', 'and');
  return !((particle === 'up' || particle === 'down') && senseOf(next, 'value'));
}

function baseOf(
  word: string,
  lexicon: Lexicon,
): { base: string; form: Verb['form']; particles: readonly string[] } | undefined {
  for (const [base, particles] of lexicon.particles) {
    if (word.charAt(0) !== base.charAt(0)) continue;
    const form = formsOf(base).find(([spelled]) => spelled === word)?.[1];
    if (form) return { base, form, particles: [...particles].sort((a, b) => b.length - a.length) };
  }
  return undefined;
}

function takeName(
  cells: readonly Cell[],
  from: number,
): { name: { text: string; cell: Cell; quoted: boolean }; next: number } | undefined {
  let at = from;
  while (isWord(cells[at], 'be', 'colon') || /^(as|is|to|be|just|simply|it)$/.test(cells[at]?.low ?? ''))
    at++;
  // "name the snapshot nightly"
  if (
    isWord(cells[at], 'det') &&
    senseOf(cells[at + 1], 'kind') &&
    cells[at + 2] &&
    !isWord(cells[at + 2], 'and', 'comma', 'prep')
  )
    at += 2;
  const cell = cells[at];
  if (!cell || isWord(cell, 'and', 'comma', 'stop', 'startingWith', 'containing')) return undefined;
  if (!cell.quoted && isWord(cell, 'det', 'all', 'both') && !senseOf(cell, 'name')) return undefined;
  return { name: { text: cell.text, cell, quoted: cell.quoted }, next: at + 1 };
}

const creating =
  /^(create|launch|spin up|provision|make|deploy|set up|add|allocate|build|stand up|new|run|instantiate|generate|boot up|bring up|fire up|snapshot|take a snapshot of|take snapshot of|back up|backup|snap|create a snapshot of|make a snapshot of|setup|start up|take a backup of)$/;
const nounSenses = ['kind', 'name', 'metric', 'part', 'status'] as const;

function verbAt(
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
    if (!isWord(cell, 'det', 'filler') && !given) return false;
  }
  return false;
}

const labelled = [
  'replicas',
  'port',
  'protocol',
  'revision',
  'sizeWord',
  'typeWord',
  'imageWord',
  'keyWord',
  'grep',
  'cidrWord',
] as const;

function labelOf(cell: Cell): string | undefined {
  if (senseOf(cell, 'name') && senseOf(cell, 'name')!.exact) return undefined;
  return labelled.find((word) => isWord(cell, word));
}

function noteCues(cell: Cell, cues: Map<Cue, Cell>): boolean {
  let found = false;
  for (const [word, cue] of cueWords) {
    if (!isWord(cell, word)) continue;
    if (!cues.has(cue)) cues.set(cue, cell);
    found = true;
  }
  if (
    isWord(cell, 'filler') &&
    /\b(need|want|wants|like|see to it|ensure|make sure|great if|nice if|appreciate it if|happy if)\b/.test(
      cell.low,
    ) &&
    cell.words > 1 &&
    !cues.has('need')
  )
    cues.set('need', cell);
  if (/bigger|larger/.test(cell.low) && !cues.has('bigger')) cues.set('bigger', cell);
  if (/smaller/.test(cell.low)) cues.set('smaller', cell);
  return found;
}

const explained = [
  'before',
  'after',
  'filler',
  'det',
  'and',
  'or',
  'comma',
  'open',
  'close',
  'colon',
  'of',
  'be',
  'do',
  'have',
  'that',
  'need',
  'first',
  'light',
  'possessive',
  'their',
  'one',
  'go',
  'instead',
  'demonstrative',
  'any',
  'all',
  'again',
  'afterwards',
  'everyNs',
  'times',
  'alone',
  'inName',
  'pastAux',
  'same',
  'correction',
  'hard',
  'createdOn',
  'stop',
  'except',
  'named',
  'forWord',
  'older',
  'newer',
  'percent',
] as const;

function isExplained(cell: Cell): boolean {
  return isWord(cell, ...explained) || /^[\p{P}\p{S}]+$/u.test(cell.low);
}

/** It asks: a question word or an inverted verb begins it. "Can you…" is a request. */
function isQuestion(cells: readonly Cell[]): boolean {
  const at = cells.findIndex(
    (cell) => !isWord(cell, 'filler', 'comma', 'colon', 'and') || isWord(cell, 'be'),
  );
  const first = cells[at];
  if (!first || first.quoted) return false;
  return (
    isWord(first, 'be', 'do', 'what', 'who', 'why', 'when', 'howMany', 'depends', 'changed', 'help') ||
    /^(how|where|whose)$/.test(first.low.split(' ')[0]!) ||
    (at === 0 && /^(has|have|will|should)$/.test(first.low.split(' ')[0]!))
  );
}

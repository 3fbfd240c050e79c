// Names that a person gave to things by hand ("the db" is db-prod-1). They stand beside the names things really have:
// they are found like those, never hide one, and lead nowhere once the thing is gone. Every reading that leans on one
// says so in its evidence. A phrase that the reader has a use for itself cannot become one.

import type {
  ClarifyReading,
  Evidence,
  PlanReading,
  Reading,
  StepDraft,
} from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { Alias, NamedIndex } from '../contract.ts';
import { placeOf } from '../say.ts';
import { cellsOf } from '../words/cells.ts';
import type { Lexicon } from '../words/lexicon.ts';
import { tokenise } from '../words/tokens.ts';
import { type Inventory, looseKey } from './inventory.ts';

export interface NamedInventory extends Inventory, NamedIndex {
  /** The resource a phrase is an alias of, where it is still there. */
  aliasOf(key: string): Resource | undefined;
  /** Loose keys of the aliases. */
  readonly aliasKeys: Iterable<string>;
}

const tokensMax = 5;
const candidatesMax = 5;

/** The inventory with aliases beside the names. */
export function withAliases(inventory: Inventory): NamedInventory {
  let ids = new Map<string, string>();
  let runs = new Set<string>();
  const aliasOf = (key: string): Resource | undefined => {
    const id = ids.get(key);
    return id === undefined ? undefined : inventory.get(id);
  };
  return {
    ...inventory,
    get size() {
      return inventory.size;
    },
    get aliasKeys() {
      return ids.keys();
    },
    name(aliases) {
      ids = new Map(aliases.map(({ words, target }) => [looseKey(words), target]));
      runs = new Set([...ids.keys()].map((key) => key.split(' ', 1)[0]!));
    },
    aliasOf,
    byKey(key) {
      const named = inventory.byKey(key);
      const meant = aliasOf(key);
      return meant && !named.some((one) => one.id === meant.id) ? [...named, meant] : named;
    },
    startsName: (run) => runs.has(run) || inventory.startsName(run),
  };
}

const closedWords = new Set(
  'all any both everything other one pronoun demonstrative not except and or comma first last then'.split(
    ' ',
  ),
);

/** Why these words cannot stand for this thing; undefined where they can. */
export function aliasTrouble(
  alias: Alias,
  sources: { readonly inventory: Inventory; readonly lexicon: Lexicon; readonly nowMs: number },
): string | undefined {
  const tokens = tokenise(alias.words);
  if (tokens.length === 0 || tokens.length > tokensMax || !/\p{L}{2}/u.test(alias.words))
    return `An alias is one to ${tokensMax} words.`;
  const target = sources.inventory.get(alias.target);
  if (!target) return `${alias.target} is not there.`;
  if (looseKey(target.name) === looseKey(alias.words)) return `${target.name} has that name already.`;
  const key = looseKey(alias.words);
  if (sources.inventory.byKey(key).some((one) => looseKey(one.name) === key))
    return `"${alias.words}" is the name of something else here.`;
  for (const token of tokens) if (isClosed(token.low, sources.lexicon)) return reserved(token.text);
  const before = cellsOf(tokens, sources.lexicon, sources.inventory, sources.nowMs);
  if (before.some((cell) => cell.senses.some(({ t }) => t === 'time' || t === 'glob')))
    return reserved(alias.words);
  const trial = withAliases(sources.inventory);
  trial.name([alias]);
  const [cell, ...rest] = cellsOf(tokens, sources.lexicon, trial, sources.nowMs);
  const isRead =
    rest.length === 0 &&
    cell?.repaired === false &&
    cell.senses.some((sense) => sense.t === 'name' && sense.ids.includes(alias.target));
  const isOnlyName = cell?.senses.every((sense) => sense.t === 'name');
  return isRead && isOnlyName ? undefined : reserved(alias.words);
}

/** Verbs, words for how many, and words that point at something else: they must keep their own meaning. */
function isClosed(word: string, lexicon: Lexicon): boolean {
  return lexicon
    .starting(word)
    .filter((entry) => entry.words.length === 1)
    .some((entry) =>
      entry.senses.some(
        (sense) =>
          sense.t === 'verb' ||
          (sense.t === 'kind' && sense.plural) ||
          (sense.t === 'word' && closedWords.has(sense.word)),
      ),
    );
}

function reserved(words: string): string {
  return `"${words}" has a meaning of its own in a sentence, so it cannot stand for one thing.`;
}

/** Marks the evidence that an alias gave, and asks where an alias is also the real name of something else. */
export function showAliases(reading: Reading, inventory: NamedInventory): Reading {
  if (reading.kind === 'refuse' || [...inventory.aliasKeys].length === 0) return reading;
  if (reading.kind === 'clarify')
    return {
      ...reading,
      candidates: reading.candidates.map((candidate) => ({
        ...candidate,
        reading: {
          ...candidate.reading,
          steps: candidate.reading.steps.map((step) => marked(step, inventory)),
        },
      })),
    };
  const steps = reading.steps.map((step) => marked(step, inventory));
  const next = { ...reading, steps };
  return next.kind === 'plan' ? askWhereNameIsReal(next, inventory) : next;
}

function marked(step: StepDraft, inventory: NamedInventory): StepDraft {
  const evidence = step.evidence.map((item) => {
    const meant = aliasBehind(item, step, inventory);
    return meant ? { ...item, alias: true as const } : item;
  });
  return { ...step, evidence };
}

/** The thing an alias in these words stands for, where the step is about that thing. */
function aliasBehind(item: Evidence, step: StepDraft, inventory: NamedInventory): Resource | undefined {
  const words = ` ${looseKey(item.text)} `;
  for (const key of inventory.aliasKeys) {
    const meant = inventory.aliasOf(key);
    if (!meant || !words.includes(` ${key} `) || words.includes(` ${looseKey(meant.name)} `)) continue;
    const value = item.part === 'target' ? undefined : step.args[item.part.replace(/^args\./, '')];
    const ids = item.part === 'target' ? idsOf(step) : Array.isArray(value) ? value : [value];
    if (ids.includes(meant.id)) return meant;
  }
  return undefined;
}

function idsOf(step: StepDraft): readonly string[] {
  return step.target?.kind === 'resources' ? step.target.ids : [];
}

function askWhereNameIsReal(reading: PlanReading, inventory: NamedInventory): PlanReading | ClarifyReading {
  for (const [index, step] of reading.steps.entries()) {
    const item = step.evidence.find((one) => one.alias && one.part === 'target');
    const meant = item && aliasBehind(item, step, inventory);
    if (!meant || idsOf(step).length !== 1) continue;
    const namesakes = inventory
      .byKey(looseKey(item.text))
      .filter((one) => one.id !== meant.id && one.kind === meant.kind);
    if (namesakes.length === 0) continue;
    const candidates = [meant, ...namesakes].slice(0, candidatesMax).map((one) => ({
      label: `${one.name}${one.id === meant.id ? ` (your alias “${item.text}”)` : ''}`,
      detail: placeOf(one),
      reading: {
        ...reading,
        steps: reading.steps.map((other, at) =>
          at === index ? { ...other, target: { kind: 'resources' as const, ids: [one.id] } } : other,
        ),
      },
    }));
    const { text, source } = reading;
    const question = `"${item.text}" is your alias for ${meant.name}, and the name of something else. Which one?`;
    return { kind: 'clarify', text, source, confidence: 0.3, about: 'target', question, candidates };
  }
  return reading;
}

// Every phrase the reader knows, by its first word, with what it may mean. Verbs and nouns come from the catalogue,
// so an operation that is added there is understood here; function words come from `words.ts`. Built once.

import type { Operation } from '../../../shared/model/operation.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { kindsOnlyWherePresent, kindWords } from '../../catalogue/kindWords.ts';
import { letterMask } from './distance.ts';
import { statusWords } from './statusWords.ts';
import { environmentWords, metricWords, providerWords, regionWords, wordClasses } from './words.ts';

/** What a phrase may mean. */
export type Sense =
  | { readonly t: 'verb'; readonly phrase: string; readonly form: VerbForm }
  | {
      readonly t: 'kind';
      readonly kinds: readonly string[];
      readonly plural: boolean;
      readonly short?: boolean;
    }
  | { readonly t: 'env'; readonly value: string }
  | { readonly t: 'provider'; readonly value: string }
  | { readonly t: 'region'; readonly values: readonly string[] }
  | { readonly t: 'status'; readonly name: string }
  | { readonly t: 'metric'; readonly metric: string; readonly also?: readonly string[] }
  | { readonly t: 'word'; readonly word: string };

export type VerbForm = 'base' | 's' | 'ing' | 'ed';

export interface Entry {
  readonly words: readonly string[];
  readonly senses: Sense[];
}

export interface SplitVerb {
  readonly base: string;
  readonly form: VerbForm;
  /** The longest first. */
  readonly particles: readonly string[];
}

export interface Lexicon {
  /** Entries whose first word this is, the longest first. */
  starting(word: string): readonly Entry[];
  /** Single words for repairing typos. */
  readonly vocabulary: ReadonlyMap<string, { readonly weight: number; readonly mask: number }>;
  /** Operations a verb phrase may mean, with the place of the phrase in their list of words. */
  operationsOf(phrase: string): readonly { readonly operation: Operation; readonly rank: number }[];
  /** Verbs of `verb particle` phrases whose parts may stand apart ("shut web-1 down"), by each of their forms. */
  readonly splits: ReadonlyMap<string, SplitVerb>;
}

const irregular: Readonly<Record<string, readonly [string, string]>> = {
  take: ['taking', 'taken'],
  make: ['making', 'made'],
  get: ['getting', 'got'],
  give: ['giving', 'given'],
  bring: ['bringing', 'brought'],
  tear: ['tearing', 'torn'],
  shut: ['shutting', 'shut'],
  set: ['setting', 'set'],
  put: ['putting', 'put'],
  run: ['running', 'run'],
  undo: ['undoing', 'undone'],
  hold: ['holding', 'held'],
  spin: ['spinning', 'spun'],
  throw: ['throwing', 'thrown'],
  find: ['finding', 'found'],
  grow: ['growing', 'grown'],
  shrink: ['shrinking', 'shrunk'],
};
const doubling = new Set(
  [
    'stop',
    'tag',
    'drop',
    'untag',
    'plug',
    'unplug',
    'map',
    'rm',
    'strip',
    'snap',
    'scan',
    'rescan',
    'evict',
    'bin',
    'trim',
    'shut',
    'scrap',
    'hop',
    'pin',
    'ban',
    'snapshot',
    'cut',
    'get',
    'let',
    'hit',
    'cancel',
    'label',
  ].filter((w) => w !== 'evict' && w !== 'rm'),
);

/** The forms of a verb that English makes of its base. */
export function formsOf(verb: string): readonly (readonly [string, VerbForm])[] {
  const known = irregular[verb];
  const s = /(s|x|ch|sh|z)$/.test(verb)
    ? `${verb}es`
    : /[^aeiou]y$/.test(verb)
      ? `${verb.slice(0, -1)}ies`
      : `${verb}s`;
  if (known)
    return [
      [verb, 'base'],
      [s, 's'],
      [known[0], 'ing'],
      [known[1], 'ed'],
    ];
  const stem = doubling.has(verb) ? verb + verb.at(-1) : verb.endsWith('e') ? verb.slice(0, -1) : verb;
  const past = /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${stem}ed`;
  return [
    [verb, 'base'],
    [s, 's'],
    [`${stem}ing`, 'ing'],
    [past, 'ed'],
  ];
}

function pluralForm(word: string): string {
  if (/(s|x|ch|sh|z)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** Builds the lexicon of a catalogue. */
export function createLexicon(catalogue: Catalogue): Lexicon {
  const entries = new Map<string, Map<string, Entry>>();
  const operations = new Map<string, { operation: Operation; rank: number }[]>();
  const particles = new Map<string, string[]>();

  function add(phrase: string, sense: Sense): void {
    const words = phrase.split(' ');
    const ofFirst = entries.get(words[0]!) ?? new Map<string, Entry>();
    entries.set(words[0]!, ofFirst);
    const entry = ofFirst.get(phrase);
    if (!entry) ofFirst.set(phrase, { words, senses: [sense] });
    else if (!entry.senses.some((one) => JSON.stringify(one) === JSON.stringify(sense)))
      entry.senses.push(sense);
  }

  for (const operation of catalogue.values()) {
    if (operation.risk === 'read' && operation.verb !== 'discover') continue;
    operation.words.forEach((phrase, rank) => {
      const list = operations.get(phrase) ?? [];
      operations.set(phrase, [...list, { operation, rank }]);
      const [first, ...rest] = phrase.split(' ');
      for (const [word, form] of formsOf(first!)) add([word, ...rest].join(' '), { t: 'verb', phrase, form });
      if (
        rest.length > 0 &&
        (separable.has(rest.at(-1)!) || splitting.has(first!)) &&
        !/\b(of|tag|tags|label|image|port)$/.test(phrase)
      )
        particles.set(first!, [...(particles.get(first!) ?? []), rest.join(' ')]);
    });
  }
  addNouns(add);
  for (const { word, phrases } of wordClasses) for (const phrase of phrases) add(phrase, { t: 'word', word });
  for (const { name, words } of statusWords) for (const phrase of words) add(phrase, { t: 'status', name });

  const vocabulary = new Map<string, { weight: number; mask: number }>();
  for (const ofFirst of entries.values())
    for (const { words, senses } of ofFirst.values())
      for (const word of words) {
        if (!/^[a-z]{3,}$/.test(word)) continue;
        // A slip never becomes a word that means something only where it is there.
        if (senses.every((sense) => isOfPresent(sense, operations))) continue;
        const own = weightOf(senses, words);
        const known = vocabulary.get(word)?.weight;
        const weight = own < 1 || (known !== undefined && known < 1) ? 0.5 : Math.max(known ?? 0, own);
        vocabulary.set(word, { weight, mask: letterMask(word) });
      }
  const sorted = new Map<string, readonly Entry[]>();
  for (const [first, ofFirst] of entries)
    sorted.set(
      first,
      [...ofFirst.values()].sort((a, b) => b.words.length - a.words.length),
    );
  return {
    starting: (word) => sorted.get(word) ?? [],
    vocabulary,
    operationsOf: (phrase) => operations.get(phrase) ?? [],
    splits: splitsOf(particles),
  };
}

function splitsOf(particles: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, SplitVerb> {
  const splits = new Map<string, SplitVerb>();
  for (const [base, own] of particles) {
    const longestFirst = [...own].sort((a, b) => b.length - a.length);
    for (const [spelled, form] of formsOf(base))
      if (spelled[0] === base[0] && !splits.has(spelled))
        splits.set(spelled, { base, form, particles: longestFirst });
  }
  return splits;
}

/** Whether a sense speaks only of kinds that have to be there to be meant. */
function isOfPresent(
  sense: Sense,
  operations: ReadonlyMap<string, readonly { readonly operation: Operation }[]>,
): boolean {
  const kinds =
    sense.t === 'kind'
      ? sense.kinds
      : sense.t === 'verb'
        ? (operations.get(sense.phrase) ?? []).map(({ operation }) => operation.kind)
        : [];
  return kinds.length > 0 && kinds.every((kind) => kindsOnlyWherePresent.has(kind));
}

/** Verbs whose object stands in the middle: "put worker-5 back into rotation". */
const splitting = new Set(['make', 'mark', 'put', 'take', 'bring', 'return']);
const separable = new Set([
  'up',
  'down',
  'on',
  'off',
  'back',
  'offline',
  'out',
  'away',
  'online',
  'back online',
  'to sleep',
]);

/** Verbs and nouns are the likelier meaning of a mistyped word than function words. */
function weightOf(senses: readonly Sense[], words: readonly string[]): number {
  if (words.length > 1) return 1;
  // A slip never becomes a word that spares or forbids.
  if (senses.some((sense) => sense.t === 'word' && /^(except|not|if|outside|stays)$/.test(sense.word)))
    return 0.5;
  if (
    senses.some(
      (sense) => (sense.t === 'verb' && sense.form === 'base') || sense.t === 'kind' || sense.t === 'env',
    )
  )
    return 3;
  return senses.every((sense) => sense.t === 'verb') ? 1 : 2;
}

function addNouns(add: (phrase: string, sense: Sense) => void): void {
  const kindsOf = new Map<string, Set<string>>();
  for (const [kind, { words }] of Object.entries(kindWords))
    for (const word of words) kindsOf.set(word, (kindsOf.get(word) ?? new Set()).add(kind));
  const more: Readonly<Record<string, readonly string[]>> = {
    app: ['deployment', 'statefulset', 'daemonset'],
    application: ['deployment', 'statefulset', 'daemonset'],
    workload: ['deployment', 'statefulset', 'daemonset'],
    microservice: ['deployment', 'statefulset', 'daemonset', 'service'],
    service: ['service', 'deployment', 'statefulset', 'daemonset'],
    volume: ['volume'],
    'root volume': ['volume'],
    'root disk': ['volume'],
    'boot volume': ['volume'],
    'boot disk': ['volume'],
    ip: ['floating-ip'],
    'ip address': ['floating-ip'],
    address: ['floating-ip'],
    container: ['container', 'pod'],
    replica: ['pod'],
    backup: ['snapshot'],
    'control plane node': ['node'],
    guardrail: ['policy'],
    'healing policy': ['policy'],
    threat: ['anomaly'],
    'anything weird': ['anomaly'],
    'anything unusual': ['anomaly'],
    'anything strange': ['anomaly'],
    'anything odd': ['anomaly'],
    'anything abnormal': ['anomaly'],
    'anything suspicious': ['anomaly'],
    'something weird': ['anomaly'],
    'something unusual': ['anomaly'],
    'weird thing': ['anomaly'],
    'strange thing': ['anomaly'],
    resource: [],
    object: [],
    stuff: [],
  };
  for (const [word, kinds] of Object.entries(more)) kindsOf.set(word, new Set(kinds));
  for (const [word, kinds] of kindsOf) {
    add(word, { t: 'kind', kinds: [...kinds], plural: /^(any|some)thing /.test(word) });
    // "a keypair resource" is a keypair.
    if (kinds.size === 1) add(`${word} resource`, { t: 'kind', kinds: [...kinds], plural: false });
    add(pluralForm(word), { t: 'kind', kinds: [...kinds], plural: true });
  }
  // One "computer" is who is spoken to.
  add('computers', { t: 'kind', kinds: ['vm'], plural: true });
  add('keys', { t: 'kind', kinds: ['keypair'], plural: true });
  add('infra', { t: 'kind', kinds: [], plural: true });
  for (const [kind, { short }] of Object.entries(kindWords))
    for (const word of short ?? []) {
      add(word, { t: 'kind', kinds: [kind], plural: false, short: true });
      add(`${word}s`, { t: 'kind', kinds: [kind], plural: true, short: true });
    }
  for (const word of ['pvc', 'ing', 'crd']) add(word, { t: 'kind', kinds: [], plural: false });
  for (const [word, value] of Object.entries(environmentWords)) add(word, { t: 'env', value });
  for (const [word, value] of Object.entries(providerWords)) add(word, { t: 'provider', value });
  for (const [word, values] of Object.entries(regionWords)) add(word, { t: 'region', values });
  for (const [metric, words] of Object.entries(metricWords))
    for (const word of words) add(word, { t: 'metric', metric });
}

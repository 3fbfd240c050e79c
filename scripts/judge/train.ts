// Trains the judge of what stands beside an order, and writes its weights:
//
//   node scripts/judge/train.ts [FOLDER…]  trains on sentences/*.txt (and those of other folders), writes
//                                          daemon/interpreter/judge/weights.ts
//   node scripts/judge/train.ts --across   trains without each file in turn and says how well it judges that file
//
// A sentence a line: `inventory | T | told, [the order], told` or `inventory | M sort | told, [the order], {what matters}`.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { createReader } from '../../daemon/cli/interpret.ts';
import { createInventory, type Inventory } from '../../daemon/interpreter/inventory/inventory.ts';
import { clausesOf } from '../../daemon/interpreter/judge/clauses.ts';
import {
  type Deed,
  deedOf,
  featuresOf,
  maskedWords,
  type Side,
} from '../../daemon/interpreter/judge/features.ts';
import { placeOf, places } from '../../daemon/interpreter/judge/judge.ts';
import { type Cell, cellsOf } from '../../daemon/interpreter/words/cells.ts';
import { createLexicon } from '../../daemon/interpreter/words/lexicon.ts';
import { tokenise } from '../../daemon/interpreter/words/tokens.ts';

interface Unit {
  readonly words: readonly string[];
  readonly side: Side;
  readonly deed: Deed;
  readonly matters: boolean;
}

interface Sentence {
  readonly text: string;
  readonly matters: boolean;
  readonly units: readonly Unit[];
}

interface Model {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** Chosen on files that were not trained on. */
const epochs = 12;
const rate = 0.1;
const decay = 1e-3;
const featureSeenMin = 2;

const here = import.meta.dirname;
const folders = [
  path.join(here, 'sentences'),
  ...process.argv.slice(2).filter((one) => !one.startsWith('--')),
];
const sets = path.join(here, '../../test/interpreter/sets');
const deeds: readonly Deed[] = ['makes', 'changes', 'stops', 'destroys'];
const lexicon = createLexicon(catalogue);
const reader = createReader(path.join(sets, 'inventories'));

const inventories = new Map<string, Inventory>();

function inventoryOf(name: string): Inventory {
  const known = inventories.get(name);
  if (known) return known;
  const made = createInventory();
  made.apply({ upserts: reader(name).fixture.resources, removes: [] });
  inventories.set(name, made);
  return made;
}

function sentencesOf(file: string): readonly Sentence[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line): readonly Sentence[] => {
      const parts = /^\s*(\S+)\s*\|\s*([TM])[^|]*\|\s*(.*)$/.exec(line);
      if (!parts) return [];
      const [, inventory = '', label, marked = ''] = parts;
      const at = (mark: string): number => marked.indexOf(mark);
      if (at('[') < 0 || marked.lastIndexOf(']') < at('[')) return [];
      return [{ text: marked, matters: label === 'M', units: unitsOf(inventory, marked, label === 'M') }];
    });
}

/** What stands beside the order: where it matters the marked words, whole; of the rest all of it, and each clause. */
function unitsOf(inventory: string, marked: string, matters: boolean): readonly Unit[] {
  const order = [marked.indexOf('['), marked.lastIndexOf(']')] as const;
  const { fixture, interpreter } = reader(inventory);
  const things = inventoryOf(inventory);
  const read = (text: string): readonly Cell[] => cellsOf(tokenise(text), lexicon, things, fixture.nowMs);
  const ordered = interpreter.read({
    text: marked.slice(order[0] + 1, order[1]),
    nowMs: fixture.nowMs,
    context: {},
  });
  const deed = deedOf(ordered.kind === 'plan' ? ordered.steps[0]!.operation : '');
  const sides = [
    ['before', marked.slice(0, order[0])],
    ['behind', marked.slice(order[1] + 1)],
  ] as const;
  return sides.flatMap(([side, text]) => {
    const from = text.indexOf('{');
    const to = text.lastIndexOf('}');
    const told = matters && from >= 0 ? [text.slice(0, from), to < 0 ? '' : text.slice(to + 1)] : [text];
    const unit = (cells: readonly Cell[], isWeighty: boolean): Unit => ({
      words: clausesOf(cells).flatMap(maskedWords),
      side,
      deed,
      matters: isWeighty,
    });
    const units = told.flatMap((one) => {
      const cells = read(one);
      const clauses = clausesOf(cells);
      return [
        unit(cells, false),
        ...(clauses.length > 1 ? clauses.map((clause) => unit(clause, false)) : []),
      ];
    });
    if (matters && from >= 0) units.push(unit(read(text.slice(from + 1, to < 0 ? undefined : to)), true));
    return units.filter(({ words }) => words.length > 0);
  });
}

function train(units: readonly Unit[]): Model {
  const seen = new Map<string, number>();
  const features = units.map(({ words, side, deed }) => featuresOf(words, side, deed));
  for (const feature of features.flat()) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  const rows = features.map((all, at) => ({
    at: all.filter((one) => seen.get(one)! >= featureSeenMin).map(placeOf),
    size: all.length,
    matters: units[at]!.matters,
  }));
  const weights = new Float64Array(places);
  const grown = new Float64Array(places);
  let bias = 0;
  let biasGrown = 0;
  let seed = 1;
  const random = (): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 0x80000000;
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = rows.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      [rows[at], rows[other]] = [rows[other]!, rows[at]!];
    }
    for (const row of rows) {
      const norm = 1 / Math.sqrt(row.size);
      const sum = row.at.reduce((total, place) => total + weights[place]!, 0);
      const miss = 1 / (1 + Math.exp(-(bias + sum * norm))) - (row.matters ? 1 : 0);
      // Adagrad (Duchi et al., 2011).
      for (const place of row.at) {
        const slope = miss * norm + decay * weights[place]!;
        grown[place]! += slope * slope;
        weights[place]! -= (rate * slope) / (1e-8 + Math.sqrt(grown[place]!));
      }
      biasGrown += miss * miss;
      bias -= (rate * miss) / (1e-8 + Math.sqrt(biasGrown));
    }
  }
  return { weights, bias };
}

function judge({ weights, bias }: Model, { words, side, deed }: Unit): number {
  const features = featuresOf(words, side, deed);
  const sum = features.reduce((total, one) => total + weights[placeOf(one)]!, 0);
  return 1 / (1 + Math.exp(-(bias + sum / Math.sqrt(features.length))));
}

const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => ({ name, sentences: sentencesOf(path.join(folder, name)) })),
);
const joins = [
  '',
  'and',
  'then',
  'and then',
  'also',
  'please',
  'and please',
  'before that',
  'but first',
  'after that',
];

/** Orders and questions of the first sets, as if they stood beside another order: one more of them always matters. Sets
 * that came later are not read, so that the same weights come out. */
const orders: readonly Unit[] = readdirSync(sets)
  .filter((name) => /^(?:development|fresh-[1-8](?:-many)?)\.jsonl$/.test(name))
  .sort()
  .flatMap((name) => readFileSync(path.join(sets, name), 'utf8').split('\n').filter(Boolean))
  .map((line) => JSON.parse(line) as { category: string; text: string; inventory: string })
  .filter(({ category, text }) => /^[A-D]/.test(category) && text.split(/\s+/).length <= 14)
  .flatMap(({ text, inventory }, at) => {
    const { fixture } = reader(inventory);
    const read = (some: string): readonly Cell[] =>
      cellsOf(tokenise(some), lexicon, inventoryOf(inventory), fixture.nowMs);
    const unit = (lead: string, side: Side, deed: Deed): Unit => ({
      words: clausesOf(read(`${lead} ${text}`)).flatMap(maskedWords),
      side,
      deed,
      matters: true,
    });
    const deed = deeds[at % deeds.length]!;
    return [
      unit(joins[at % joins.length]!, 'behind', deed),
      unit('', 'behind', deeds[(at + 1) % deeds.length]!),
      unit('', 'before', deed),
    ];
  });
const unitsIn = (some: typeof files): readonly Unit[] => [
  ...orders,
  ...some.flatMap(({ sentences }) => sentences.flatMap(({ units }) => units)),
];

if (process.argv.includes('--across')) {
  for (const held of files) {
    const model = train(unitsIn(files.filter((one) => one !== held)));
    const judged = held.sentences.map(({ units, matters }) => ({
      matters,
      most: Math.max(0, ...units.map((unit) => judge(model, unit))),
    }));
    const share = (matters: boolean, bound: number): string => {
      const all = judged.filter((one) => one.matters === matters);
      return `${((100 * all.filter(({ most }) => most < bound).length) / all.length).toFixed(0)} %`;
    };
    const figures = [0.15, 0.2, 0.3, 0.4, 0.5, 0.7].map(
      (bound) => `${bound}: ${share(false, bound)} / ${share(true, bound)}`,
    );
    const pairs = judged.filter(({ matters }) => matters).map(({ most }) => most);
    const others = judged.filter(({ matters }) => !matters).map(({ most }) => most);
    const area =
      pairs.reduce((sum, one) => sum + others.filter((other) => other < one).length, 0) /
      (pairs.length * others.length);
    process.stdout.write(
      `${area.toFixed(3)} ${held.name} told let through / mattering let through at ${figures.join(', ')}\n`,
    );
  }
} else {
  const { weights, bias } = train(unitsIn(files));
  const scale = weights.reduce((most, one) => Math.max(most, Math.abs(one)), 0) / 127;
  const table = Buffer.from(Int8Array.from(weights, (one) => Math.round(one / scale)).buffer).toString(
    'base64',
  );
  const text = `// Written by scripts/judge/train.ts.\n\nexport const bias = ${bias};\nexport const scale = ${scale};\nexport const table =\n  '${table}';\n`;
  writeFileSync(path.join(here, '../../daemon/interpreter/judge/weights.ts'), text);
  process.stdout.write(`${unitsIn(files).length} clauses, ${Math.round(table.length / 1024)} KiB\n`);
}

// A table of figures of speech that is looked at quickly: by the kinds that are named, by the literals a shape cannot do
// without, and only where an order may begin. Called by the figures of speech.

import { begin, type Figure } from './figureParts.ts';
import { createLiterals, neededWords } from './neededWords.ts';

interface Table extends Figure {
  /** Kinds of which one has to be named; undefined where a set may stand in the place of a name. */
  readonly kinds: readonly string[] | undefined;
  readonly needs: readonly (readonly number[])[];
}

interface FigureTables {
  /** The shapes that may be said where things of these kinds are named, in their order. */
  ofKinds(named: ReadonlySet<string>): readonly Table[];
  /** Tells of each shape whether what it needs stands in the text. */
  lookIn(text: string): (needs: Table['needs']) => boolean;
}

const kindSetsMax = 500;

/** Puts figures with compiled shapes into a table. */
export function createFigureTables(figures: readonly Figure[]): FigureTables {
  const literals = createLiterals();
  const tables = figures.map((figure) => ({
    ...led(figure),
    kinds: kindsIn(figure.shape.source),
    needs: literals.placesOf(neededWords(figure.shape)),
  }));
  const known = new Map<string, readonly Table[]>();
  return {
    lookIn: literals.lookIn,
    ofKinds(named) {
      const key = [...named].sort().join();
      const kept = known.get(key);
      if (kept) return kept;
      const found = tables.filter(
        ({ kinds }) => kinds === undefined || kinds.some((kind) => named.has(kind)),
      );
      if (known.size >= kindSetsMax) known.clear();
      known.set(key, found);
      return found;
    },
  };
}

function kindsIn(source: string): readonly string[] | undefined {
  const kinds = [...source.matchAll(/\*\(\?:([a-z|-]+)\)\(\?:\\\|\[a-z-\]\+\)\*>/g)].flatMap(([, all]) =>
    all!.split('|'),
  );
  return kinds.length === 0 || source.includes('every') ? undefined : kinds;
}

/** A shape that begins where an order may begin is only tried there. */
function led(figure: Figure): Figure {
  const { source } = figure.shape;
  return source.startsWith(begin)
    ? { ...figure, shape: new RegExp(source.slice(begin.length), 'uy') }
    : figure;
}

/** Where the shape stands in a text: anywhere, or where an order begins. */
export function matchOf(shape: RegExp, text: string, starts: readonly number[]): RegExpExecArray | null {
  if (!shape.sticky) return shape.exec(text);
  for (const start of starts) {
    shape.lastIndex = start;
    const match = shape.exec(text);
    if (match) return match;
  }
  return null;
}

// What has to stand in a text for a regular expression to match it: literals that no match can do without. To look for
// them is much cheaper than to try the expression, and most shapes of a table need words that are not there. It may miss
// what is needed, but never names what is not. Called where a table of shapes is made.

/** Any of these literals has to be there. */
type Need = readonly string[];

/** All that has to be there, the least likely first. */
export function neededWords({ source }: RegExp): readonly Need[] {
  let at = 0;

  /** Of several alternatives each has to need something. */
  function alternatives(): readonly Need[] {
    const all = [sequence()];
    while (source[at] === '|') {
      at++;
      all.push(sequence());
    }
    if (all.length === 1) return all[0]!;
    return all.every((needs) => needs.length > 0) ? telling([all.flatMap(([first]) => first!)]) : [];
  }

  /** What stands in a row up to the end of the alternative. */
  function sequence(): readonly Need[] {
    const needs: Need[] = [];
    let run = '';
    const cut = (): void => {
      if (run !== '') needs.push([run]);
      run = '';
    };
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const literal = literalAt();
      const inside = literal === undefined ? part() : [];
      const isOptional = /[?*{]/.test(source[at] ?? '');
      if (literal === undefined || isOptional) cut();
      if (!isOptional) {
        run += literal ?? '';
        needs.push(...inside);
      }
      if (!isOptional && source[at] !== '+') continue;
      cut();
      at = source[at] === '{' ? source.indexOf('}', at) + 1 : at + 1;
      if (source[at] === '?') at++;
    }
    cut();
    return telling(needs);
  }

  /** A character that stands for itself. */
  function literalAt(): string | undefined {
    const isEscaped = source[at] === '\\';
    const letter = source[isEscaped ? at + 1 : at]!;
    if (isEscaped ? /[\p{L}\p{N}]/u.test(letter) : /[([.^$]/.test(letter)) return undefined;
    at += isEscaped ? 2 : 1;
    return letter;
  }

  /** A group, a class of characters or an edge; what is only looked at is no part of the match. */
  function part(): readonly Need[] {
    const opening = /^\((?:\?(?::|<?[=!]|<\w+>))?/.exec(source.slice(at))?.[0] ?? '';
    if (opening !== '') {
      at += opening.length;
      const needs = alternatives();
      at++;
      return /[=!]$/.test(opening) ? [] : needs;
    }
    at += other.exec(source.slice(at))![0].length;
    return [];
  }

  return alternatives();
}

/** A class of characters, what is escaped, or a single sign. */
const other =
  /^(?:\[(?:\\.|[^\]\\])*\]|\\(?:[pPu]\{[^}]*\}|k<\w+>|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|\d+|.)|.)/iu;

const lettersMin = 3;
const lettersCounted = 6;

/** Long literals and few of them are the least likely to stand in any text; the shortest tell nothing. */
function telling(needs: readonly Need[]): readonly Need[] {
  const weightOf = (need: Need): number => Math.min(lettersCounted, shortestOf(need)) - need.length / 4;
  return needs.filter((need) => shortestOf(need) >= lettersMin).sort((a, b) => weightOf(b) - weightOf(a));
}

const shortestOf = (need: Need): number => Math.min(...need.map(({ length }) => length));

interface Literals {
  /** The needs, each literal by its place among all. */
  placesOf(needs: readonly Need[]): readonly (readonly number[])[];
  /** Looks for each literal at most once; tells whether of each row of places one stands in the text. */
  lookIn(text: string): (needs: readonly (readonly number[])[]) => boolean;
}

/** The literals that the shapes of a table need: many shapes need the same. */
export function createLiterals(): Literals {
  const literals: string[] = [];
  const places = new Map<string, number>();
  const placeOf = (literal: string): number => {
    const known = places.get(literal) ?? literals.push(literal) - 1;
    places.set(literal, known);
    return known;
  };
  return {
    placesOf: (needs) => needs.map((any) => any.map(placeOf)),
    lookIn(text) {
      // 1 is there, -1 is not, 0 was not looked for.
      const found = new Int8Array(literals.length);
      const isFound = (place: number): boolean => {
        if (found[place] === 0) found[place] = text.includes(literals[place]!) ? 1 : -1;
        return found[place] === 1;
      };
      return (needs) => needs.every((any) => any.some(isFound));
    },
  };
}

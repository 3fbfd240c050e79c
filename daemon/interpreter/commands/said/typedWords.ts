// The words of a text as they were typed, with their places: cut at blanks only, so that `Key=a,Value=b` and `--size=20`
// stay whole; marks behind a word stand apart from it. The pairs of the AWS command line are read here, wherever they
// stand. Nothing is understood yet.

export interface Typed {
  /** As typed, without the marks behind it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The marks behind it: `,`, `.`, `).`, the end of a line. */
  readonly tail: string;
}

/** Blanks before the end of a line that are looked over. */
const lineEndMax = 8;

/** The words of a text; what is in quotes is one word. */
export function typedWords(text: string): readonly Typed[] {
  return [...text.matchAll(/(?:"[^"\n]*"|(?<![\w])'[^'\n]*'|[^\s"`])+/g)].map((match) => {
    const tail = /[,;:.!?)]+$/.exec(match[0])?.[0] ?? '';
    const start = match.index;
    const end = start + match[0].length - tail.length;
    const isLineEnd = /^[ \t]*\n/.test(text.slice(end + tail.length, end + tail.length + lineEndMax));
    return { text: text.slice(start, end), start, end, tail: isLineEnd ? `${tail}\n` : tail };
  });
}

/** A stretch of words and where it was typed. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export const isOption = (text: string | undefined): boolean => /^--?[a-z]/i.test(text ?? '');

const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;

/** `Key=owner,Value=nadia`: "owner=nadia"; `Key=owner`: "owner". */
export function pairOf(word: string): string | undefined {
  const [, key, value] =
    /^[{]?Key=([^,\s"'={}]+)(?:,Value=("[^"]*"|[^,\s{}]*))?[}]?$/i.exec(unquoted(word)) ?? [];
  if (key === undefined) return undefined;
  return value === undefined ? key : `${key}=${value}`;
}

/** `Name=tag:app,Values=poc`: "with app=poc". Undefined where it says more than words can. */
export function filterOf(word: string): string | undefined {
  const [, name, value] = /^Name=([\w:.-]+),Values?=([\w.:-]+)$/i.exec(unquoted(word)) ?? [];
  if (name === undefined) return undefined;
  const tag = /^tag:(.+)$/i.exec(name)?.[1];
  if (tag !== undefined) return tag === 'Name' ? `named ${value}` : `with ${tag}=${value}`;
  const said = saidFilters[name.toLowerCase()];
  return said?.replace('$', value!);
}

const saidFilters: Readonly<Record<string, string>> = {
  'instance-state-name': 'with status $',
  status: 'with status $',
  state: 'with status $',
  'instance-type': 'of type $',
  'availability-zone': 'in zone $',
  'attachment.instance-id': 'attached to $',
};

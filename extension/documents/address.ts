// The address of a document of ours: what it shows stands in it, so that an editor that is restored reads the same
// again. Pure; an address that nobody here made is not understood.

export const scheme = 'pilothouse';

/** What a document shows. */
export type Shown =
  | { readonly topic: 'details'; readonly id: string }
  | {
      readonly topic: 'logs';
      readonly id: string;
      /** Only lines that hold this. */
      readonly grep?: string;
      /** Only lines after this, ISO 8601. */
      readonly since?: string;
      /** Of the run before the last restart. */
      readonly previous?: boolean;
      /** Only this part of it, e.g. a container. */
      readonly part?: string;
    }
  | { readonly topic: 'history'; readonly id: string }
  /** The record of a resource, now or as it was at a moment of its history (ISO 8601). */
  | { readonly topic: 'record'; readonly id: string; readonly at?: string }
  | { readonly topic: 'changes'; readonly connection: string; readonly from: string }
  /** What is on the server, as YAML. */
  | { readonly topic: 'manifest'; readonly id: string }
  | { readonly topic: 'query'; readonly text: string }
  /** The rows of a query to the Neo4j server. */
  | { readonly topic: 'neo4j'; readonly text: string };
export type Topic = Shown['topic'];

export interface Address {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

/** `name` is what the tab is called by. */
export function addressOf(shown: Shown, name: string): Address {
  const { topic, ...rest } = shown;
  const end = endings[topic] ?? 'txt';
  const title = `${name.replaceAll(/[^\w.-]+/g, '_').slice(0, 60)} ${topic}.${end}`;
  return { scheme, authority: topic, path: `/${title}`, query: encodeURIComponent(JSON.stringify(rest)) };
}

const endings: Readonly<Partial<Record<Topic, string>>> = { logs: 'log', record: 'json', manifest: 'yaml' };

export function shownAt({ authority, query }: Pick<Address, 'authority' | 'query'>): Shown | undefined {
  let given: unknown;
  try {
    given = JSON.parse(decodeURIComponent(query));
  } catch {
    return undefined;
  }
  if (typeof given !== 'object' || given === null) return undefined;
  const fields = given as Record<string, unknown>;
  const has = (...names: readonly string[]) => names.every((name) => typeof fields[name] === 'string');
  switch (authority) {
    case 'details':
    case 'logs':
    case 'history':
    case 'record':
    case 'manifest':
      return has('id') ? ({ topic: authority, ...fields } as Shown) : undefined;
    case 'changes':
      return has('connection', 'from') ? ({ topic: authority, ...fields } as Shown) : undefined;
    case 'query':
    case 'neo4j':
      return has('text') ? ({ topic: authority, ...fields } as Shown) : undefined;
    default:
      return undefined;
  }
}

/** Ids of resources in a text, with their places: what a click leads to. */
export function idsIn(
  text: string,
  isConnection: (id: string) => boolean,
): readonly { readonly id: string; readonly start: number; readonly end: number }[] {
  const found: { id: string; start: number; end: number }[] = [];
  for (const match of text.matchAll(/([^\s:/()"',;[\]{}]+):[a-z][a-z-]*\/[^\s()"',;[\]{}]+/g))
    if (isConnection(match[1]!))
      found.push({ id: match[0], start: match.index, end: match.index + match[0].length });
  return found;
}

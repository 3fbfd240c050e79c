// XML as it comes from a vCenter, and the few ways to look into it. A part that is absent is undefined, never an error:
// which parts there are depends on the version of the server. Nothing in here is obeyed, only read.

/** Text, or an element: attributes under `@name`, own text under `#text`, the same child several times as an array. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] };

/** Names a managed object of the server: `VirtualMachine` `vm-42`. */
export interface Ref {
  readonly type: string;
  readonly value: string;
}

/** The element at the end of the path, the first where there are several. */
export function child(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  let at = node;
  for (const name of path) at = at === undefined ? undefined : children(at, name)[0];
  return at;
}

/** All direct children of a name. */
export function children(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  if (node === undefined || typeof node === 'string') return [];
  const found = node[name];
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found as XmlNode];
}

/** Names of the element's children, without attributes and text. */
export function childNames(node: XmlNode | undefined): readonly string[] {
  if (node === undefined || typeof node === 'string') return [];
  return Object.keys(node).filter((name) => !name.startsWith('@') && name !== '#text');
}

export function textOf(node: XmlNode | undefined): string | undefined {
  if (node === undefined || typeof node === 'string') return node;
  const text = node['#text'];
  return typeof text === 'string' ? text : undefined;
}

export function textAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  return textOf(child(node, ...path));
}

export function numberAt(node: XmlNode | undefined, ...path: readonly string[]): number | undefined {
  const text = textAt(node, ...path);
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

export function booleanAt(node: XmlNode | undefined, ...path: readonly string[]): boolean | undefined {
  const text = textAt(node, ...path);
  return text === undefined ? undefined : text === 'true' || text === '1';
}

/** Type that the element says it has (`xsi:type`, whatever prefix stands for that namespace), without its own prefix. */
export function typeOf(node: XmlNode | undefined): string | undefined {
  if (node === undefined || typeof node === 'string') return undefined;
  const name = Object.keys(node).find((one) => one.startsWith('@') && one.endsWith(':type'));
  const type = name === undefined ? undefined : node[name];
  return typeof type === 'string' ? type.slice(type.indexOf(':') + 1) : undefined;
}

/** A reference to a managed object. */
export function refOf(node: XmlNode | undefined): Ref | undefined {
  if (node === undefined || typeof node === 'string') return undefined;
  const type = node['@type'];
  const value = textOf(node);
  return typeof type === 'string' && value ? { type, value } : undefined;
}

/** A list of references, as an `ArrayOfManagedObjectReference` has them. */
export function refsOf(node: XmlNode | undefined): readonly Ref[] {
  return children(node, 'ManagedObjectReference').flatMap((one) => refOf(one) ?? []);
}

// Writes XML: elements with escaped text. The order of elements is the order of the WSDL and matters to real servers,
// so a request is written as a list, never as an object.

import type { Ref } from './node.ts';

/** XML that may be put into other XML as it is. */
export type Xml = string & { readonly xml: true };

export function element(
  name: string,
  content: string | number | boolean | readonly Xml[],
  attributes: Readonly<Record<string, string>> = {},
): Xml {
  const inside = Array.isArray(content) ? content.join('') : escaped(String(content));
  const extra = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${extra.join('')}>${inside}</${name}>` as Xml;
}

/** A reference to a managed object under the given name. */
export function refElement(name: string, ref: Ref): Xml {
  return element(name, ref.value, { type: ref.type });
}

/** An element of a type that the schema leaves open. */
export function typed(name: string, type: string, content: string | number | readonly Xml[]): Xml {
  return element(name, content, { 'xsi:type': type });
}

/** Characters that XML 1.0 cannot hold are left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

// Reads XML. Loaded with the first answer of a server, so that a daemon without one does not carry the parser.

import { XMLParser } from 'fast-xml-parser';
import type { XmlNode } from './node.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  transformTagName: (name) => name.slice(name.indexOf(':') + 1),
});

/** Reads a document. Throws where it is none; one with a DOCTYPE is refused, as SOAP forbids it. */
export function parseXml(text: string): XmlNode {
  if (/<!DOCTYPE/i.test(text)) throw new Error('a DOCTYPE is not allowed');
  return parser.parse(text) as XmlNode;
}

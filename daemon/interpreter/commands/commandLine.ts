// Pasted command lines of kubectl, aws and openstack. They are strict languages: a line is read as what the tool
// itself would do with it, into the same operations as words, or it is said that this is not supported. What only
// begins like one and goes on in words is handed back as words.

import type { Reading } from '../../../shared/model/reading.ts';
import type { ReadRequest } from '../contract.ts';
import { type Token, tokenise } from '../tokens.ts';
import type { Tools } from '../understand.ts';

export type CommandLine =
  | { readonly kind: 'reading'; readonly reading: Reading }
  /** No strict command: the words after the tool's name. */
  | { readonly kind: 'rest'; readonly tokens: readonly Token[] };

const toolNames = /^(\$|#|>)?\s*(sudo\s+)?(kubectl|k|oc|aws|openstack)\s+/i;

/** Reads a pasted command line; undefined where the text is none. */
export function readCommandLine(text: string, _tools: Tools, _request: ReadRequest): CommandLine | undefined {
  const match = toolNames.exec(text);
  if (!match) return undefined;
  const tokens = tokenise(text).filter((token) => token.start >= match[0].length);
  return { kind: 'rest', tokens };
}

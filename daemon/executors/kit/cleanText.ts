// Text of a cloud made fit to stand inside a sentence.

import { limits } from '../../config.ts';

/** One line without control characters, at most so long as the limits allow. */
export function cleanText(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const max = limits.cloudMessageCharactersMax;
  return line.length > max ? `${line.slice(0, max)}…` : line;
}

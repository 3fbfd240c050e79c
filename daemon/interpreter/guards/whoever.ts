// "Whoever deletes web-1 must tell me": what is said to a person nobody knows shows nothing, unless it is asked who it was.
// Called by `heldBack`, over the text as it was typed.

import type { PlanReading, QueryReading } from '../../../shared/model/reading.ts';
import type { Cell } from '../words/cells.ts';
import { plainText } from './guard.ts';
import { type Doubt, partsOf } from './objections.ts';

const looking = /^(?:audit|list|logs|show|metrics|forecast|explain)\.|\.show$/;
const asking =
  /\?|\b(?:show|list|find|give me|get me|display|print|name|which|who|when|tell (?:me|us) (?:whoever|who)|(?:want|need|like) to (?:know|see|find))\b/;

/** Something that would be shown, where somebody unknown is only spoken to. */
export function toWhoever({ steps }: PlanReading | QueryReading, cells: readonly Cell[]): Doubt | undefined {
  const isSpokenTo = partsOf(cells).some(([first]) => first?.low === 'whoever' && !first.quoted);
  const isShown = steps.some(({ operation }) => looking.test(operation));
  return isSpokenTo && isShown && !asking.test(plainText(cells))
    ? { about: 'op', question: 'Is it asked who that was, or is somebody only told what to do?' }
    : undefined;
}

// What a text carries over from elsewhere: chat lines quoted with ">", "Customer wrote: …", "Q from the auditor:", the
// subject of a ticket, "please answer with the list". It is blanked so that every word keeps its place, and only where
// nothing in it bounds or denies what is asked; what could be meant as a bound stays and is read. Called with the frame.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import type { Lexicon } from '../words/lexicon.ts';

interface Known {
  readonly inventory: Inventory;
  readonly lexicon: Lexicon;
}

/** What could bound, deny or put off an order. */
export const bounding =
  /\b(?:not|never|no|none|nothing|only|just|except|exception|but|leave|keep|if|unless|until|without|skip|careful|exclud\w*|stays?|spare|other than|besides|apart|wait|hold|later|after|once|tomorrow|tonight|don.?t|doesn.?t|isn.?t|aren.?t|won.?t|can.?t|cannot)\b/i;
const quotedLines = /^(?:[ \t]*>[^\n]*\n)+/;
const reported =
  /^\s*(?:(?:the|our|a|my)\s+)?[\p{L}'-]+(?:\s+[\p{L}'-]+)?\s+(?:wrote|writes|said|says|asked|asks|mailed|posted|commented)\s*:?\s*["“][^"”\n]*["”][.,;]?\s*/iu;
const ignored =
  /^\s*(?:please\s+)?(?:ignore|disregard)\s+(?:that|this|it|them|him|her)(?:\s+please)?\s*[.!]\s*/i;
const wanted =
  /^\s*(?:so\s+)?(?:what|all)\s+(?:i|we)\s+(?:really\s+|actually\s+)?(?:need|want|ask for)(?:\s+is)?(?:\s+(?:this|the following))?\s*:\s*/i;
/** "Please execute the following: …" */
const announced =
  /^\s*(?:please\s+|kindly\s+)?(?:execute|perform|do|carry out|process|handle|implement|complete|action|proceed with|run)\s+(?:the\s+)?(?:following|below|this)(?:\s+(?:task|request|action|change|order|step|operation|job))?(?:\s+(?:for (?:me|us)|please|today|now))?\s*:\s*/i;
const asker =
  /^\s*(?:q|question|request|ask|query)\s+(?:from|by|of)\s+(?:the\s+|our\s+|my\s+)?([\p{L}]+(?:\s+[\p{L}]+)?)\s*(?:\([^)\n]{1,30}\))?\s*:\s*/iu;
const answering =
  /(?<=[.!?])\s*(?:please |kindly )?(?:answer|reply|respond|come back|get back)(?: to (?:me|us|them|him|her))?(?: with (?:the|a|an) (?:list|number|answer|names?|result|overview|table|figure))?[.!\s]*$/i;
const signedTeam =
  /\n\s*(?:thanks|thx|thank you|cheers|(?:kind |best )?regards|best)[,\s]+(?:(?:the|your|from)\s+)*([\p{L}]+(?:\s[\p{L}]+)?)\s+team[.\s]*$/iu;
const subject = /^\s*([^\n.:;!?>]{3,60})\n\s*(?=\S)/;
const ordering = /^\s*(?:please|pls|kindly|can you|could you|we need|i need|need to|hi|hello|could we)\b/i;

/** The text without what it only carries along, as long as before. `isTicket`: a ticket's number stood in front. */
export function withoutChatter(text: string, known: Known, isTicket: boolean): string {
  const lead = leadLength(text, known, isTicket);
  if (lead > 0 && lead < text.trimEnd().length) return ' '.repeat(lead) + text.slice(lead);
  const team = signedTeam.exec(text);
  const end = answering.exec(text) ?? (team && isForeign(team[1]!, known) ? team : undefined);
  return end && end.index > 0 ? text.slice(0, end.index) + ' '.repeat(text.length - end.index) : text;
}

function leadLength(text: string, known: Known, isTicket: boolean): number {
  const lines = quotedLines.exec(text)?.[0];
  if (lines !== undefined) {
    const rest = text.slice(lines.length).replace(/\b(?:do|did) (?:it|that|so)\b/gi, '');
    const isOwn =
      !/\b(?:it|them|that one|those|these|the same|this|that)\b/i.test(rest) && !/^\s*>/.test(rest);
    return isOwn && !bounding.test(lines) ? lines.length : 0;
  }
  const report = reported.exec(text)?.[0];
  if (report !== undefined) {
    const after = ignored.exec(text.slice(report.length))?.[0];
    if (after !== undefined) return report.length + after.length;
    return bounding.test(report) ? 0 : report.length;
  }
  const from = asker.exec(text);
  if (from && isForeign(from[1]!, known)) return from[0].length;
  const want = wanted.exec(text)?.[0] ?? announced.exec(text)?.[0];
  if (want !== undefined) return want.length;
  return isTicket ? subjectLength(text, known) : 0;
}

/** "unattached EBS volumes\nPlease delete every volume that is not attached": the order says all the subject says. */
function subjectLength(text: string, known: Known): number {
  const match = subject.exec(text);
  const rest = match ? text.slice(match[0].length).toLowerCase() : '';
  if (!match || !ordering.test(rest) || bounding.test(match[1]!)) return 0;
  const isSaid = match[1]!
    .toLowerCase()
    .split(/[\s,()/]+/)
    .every((one) => one === '' || isNeutral(one, known) || rest.includes(stemOf(one)));
  return isSaid ? match[0].length : 0;
}

const stemOf = (one: string): string => one.replace(/^(?:un|non-?)/, '').replace(/(?:ed|ing|es|s)$/, '');

/** A word that names no place, state or thing of its own. */
function isNeutral(one: string, { inventory, lexicon }: Known): boolean {
  if (inventory.byKey(looseKey(one)).length > 0 || inventory.isPart(one) || /\d/.test(one)) return false;
  return !lexicon
    .starting(one)
    .some((entry) =>
      entry.senses.some(({ t }) => t === 'env' || t === 'region' || t === 'provider' || t === 'status'),
    );
}

function isForeign(words: string, { inventory }: Known): boolean {
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((one) => inventory.byKey(looseKey(one)).length === 0);
}

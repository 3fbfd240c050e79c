// What somebody adds to an order for whoever reads along: "ill look at them when im awake", "lets see what it is this
// time", "pls dont mix it up", "fingers crossed". It stands last, speaks of the speaker or of nothing, and names nothing
// that is here; what could bound, deny, put off or order anything is no such remark. Called with the frame.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import type { Lexicon } from '../words/lexicon.ts';

interface Known {
  readonly inventory: Inventory;
  readonly lexicon: Lexicon;
}

const last = /(?:\s*[,;.!?]|\s+[–—-])\s+([^,;.!?\n"'`“]*(?:['’][^,;.!?\n"'`“]*)*)[.!\s]*$/u;
/** Set phrases that say nothing. */
const phrases =
  /^(?:(?:pls|please|and|but)\s+)?(?:(?:don['’]?t|do not) (?:mix|mess|screw|muck) (?:it|this|that|them|things|anything|the order) up|(?:don['’]?t|do not) (?:worry|panic|judge me|ask|ask why)|fingers crossed|wish me luck|brb|ugh|sigh|argh|whatever|no rush|no hurry|good ?night|(?:going |off )?back to (?:bed|sleep)|(?:then )?(?:im|i am|i['’]m) (?:going|off) (?:back )?(?:to bed|home|to sleep)|(?:can['’]?t|cannot) sleep anyway|(?:in )?that order|order matters|hope (?:that|it|this) helps|you(?:['’]?re| are) the best|and (?:that|thats|that['’]s) (?:it|all)|that['’]?s (?:it|all))$/i;
/** "and confirm", ", then revert to me once done": a word back is given anyway. */
const reporting =
  /(?:\s*[,;.!–—-]|\s+(?=(?:and|then)\s))\s*(?:and |then |and then )?(?:please |kindly |pls )?(?:confirm(?: back| to me| to us| here| by mail)?|revert(?: back)? to (?:me|us)|revert back|report back(?: to (?:me|us))?|let (?:me|us) know|(?:reply|respond|answer)(?: here| in (?:the |this )?thread| to (?:me|us))?|(?:tell|inform|notify) (?:me|us)|get back to (?:me|us)|keep (?:me|us) posted|update (?:the (?:ticket|case)|me|us)(?: accordingly| on this)?|inform (?:me|us)|close the (?:ticket|case)|(?:give|drop) me a (?:shout|note|line|ping)|ping me)(?: (?:once|when|as soon as) (?:it is |it['’]s |that is |this is |you are |youre )?(?:done|finished|completed?|ready|through))?(?: please| pls| thanks)?[.\s!]*$/iu;
/** ", owner ok", "(owner is fine with it)", ", approved": it may be done. */
const consenting =
  /\s*[,;(–—-]\s+(?:(?:the |its |my |our )?(?:owner|manager|boss|lead|team|business|customer|client|cab|management)(?: is| has| are| have)? )?(?:ok|okay|fine|agreed|agrees|approved|approves|informed|signed off|aware)(?: with (?:it|this|that))?\)?[.\s!]*$/iu;
/** ". Sorry if this is basic", "sorry for the noise": of the speaker's manners. */
const apology =
  /^(?:(?:i(?:['’]m| am)|so|and|but|really) )*(?:sorry|apologies|my apologies|excuse me|forgive me|pardon(?: me)?) (?:if|for|that|about|in case)\s/i;
const sorryFirst =
  /^\s*((?:sorry|apologies|excuse me|forgive me|pardon(?: me)?) (?:if|for|about|in case) [^,;:.!?\n]{3,60})(?:,? but\b|[,:.!–—-])\s+/i;
const subjects =
  /^(?:i|im|i['’]m|ill|i['’]ll|ive|i['’]ve|it['’]?s been|its been|it has been|lets see|let['’]s see|let us see)\s/i;
/** What could bound, deny, put off or turn an order. */
const binding =
  /\b(?:not|never|no|none|nothing|only|just|except|but|leave|keep|if|unless|until|without|skip|stays?|spare|instead|rather|mean|meant|wait|hold|later|after|before|once|tomorrow|tonight|first|then|and|or|want|need|think|guess|believe|doubt|sure|maybe|said|told|asked|there|here|same|other|too|also|all|both|do|did|one|ones|don['’]?t|can['’]?t|calls?|called|calling|names?|named|naming)\b/i;
/** Verbs of the table that are no order in a remark. */
const harmless =
  /^(?:look|see|check|go|get|have|be|sleep|watch|take|am|is|at|been|what|it|how|them|this|time|when|long|night)$/;

/** Where the remark at the end begins; nothing where there is none. */
export function trailingAt(text: string, { inventory, lexicon }: Known): number | undefined {
  const report = reporting.exec(text) ?? consenting.exec(text);
  if (report && report.index >= 8) return report.index;
  const match = last.exec(text);
  if (!match || match.index < 8) return undefined;
  const said = match[1]!.trim();
  if (said === '') return undefined;
  if (phrases.test(said)) return match.index;
  if (apology.test(said)) return isIdleTalk(said, { inventory, lexicon }) ? match.index : undefined;
  if (!subjects.test(`${said} `) || binding.test(said)) return undefined;
  return isIdleTalk(said, { inventory, lexicon }) ? match.index : undefined;
}

/** How long an apology at the beginning is: "sorry if this is basic, but can you …". */
export function apologyLength(text: string, known: Known): number {
  const match = /^\s*[a-z]/i.test(text) ? sorryFirst.exec(text) : null;
  return match && isIdleTalk(match[1]!, known) ? match[0].length : 0;
}

/** Words that order, name and measure nothing here. */
function isIdleTalk(said: string, { inventory, lexicon }: Known): boolean {
  const words = said.toLowerCase().match(/[\p{L}'’-]+/gu) ?? [];
  const isIdle = (word: string): boolean =>
    harmless.test(word) ||
    (inventory.byKey(looseKey(word)).length === 0 &&
      !lexicon
        .starting(word)
        .some(
          (entry) =>
            entry.words.length === 1 &&
            entry.senses.some(
              ({ t }) =>
                t === 'verb' ||
                t === 'env' ||
                t === 'kind' ||
                t === 'status' ||
                t === 'metric' ||
                t === 'provider' ||
                t === 'region',
            ),
        ));
  return !/\d/.test(said) && words.length > 1 && words.every(isIdle);
}

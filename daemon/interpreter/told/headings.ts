// Headings of tickets: "Snapshot hygiene: …", "Release freeze: …", "Freeze lifted - …", "MAINT worker-10 - …". They say on
// what occasion something is ordered, and nothing of what it is. A heading is only known by its last word, an occasion of
// the trade; one that denies, withdraws or puts off, or that holds a name, a place or a bound, is never one. Called by
// the frame, on the text as it was typed.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import type { Lexicon } from '../words/lexicon.ts';

interface Known {
  readonly inventory: Inventory;
  readonly lexicon: Lexicon;
}

const occasions =
  'hygiene|clean-?up|housekeeping|rotation|request|freeze|freezes|window|maintenance|maint|ticket|incident|change|chg|task|onboarding|offboarding|migration|rollout|retirement|decom|decommission|decommissioning|patching|patch|upgrade|finding|findings|review|audit|follow-?up|capacity|planning|tuning|right-?sizing|savings|optimi[sz]ation|costs?|fix|hotfix|remediation|mitigation|escalation|handover|runbook|drill|prep|preparation|action|todo|order|work|works|job|outage|alarm|noise|provisioning|setup|hardening|compliance|emergency|firewall|fw|hw|hardware|storage|networking|ops|operations|backlog|sprint|release|deployment|deploy|go-live|cutover|failover|switchover|tidy-?up|tagging|labelling|labeling|scaling|sizing|resizing|expansion|extension|growth';
const finished =
  'open|opened|opens|over|lifted|done|finished|complete|completed|approved|granted|ended|started|starts|begins|signed off|cleared';
const number = String.raw`(?:\s*(?:no\.?|nr\.?)?\s*#?\d{2,8}|\s+[A-Z]{1,6}[-_]?\d{2,8})?`;
/** "restore test", "failover drill": what is tried out by the order, and no test of giving it. */
const trial =
  '(?:restore|recovery|disaster recovery|dr|fail-?over|switch-?over|backup|snapshot|scale|scaling|load|stress|smoke|migration|patch|reboot|restart|boot|rollback|resize|drain|delete|deletion|acceptance|capacity)\\s+(?:tests?|checks?|drill|exercise|rehearsal|trial|practice)';
/** "for ticket 40117", "under CHG-2201". */
const record = String.raw`(?:\s+(?:for|of|in|under|per|from|as per)\s+(?:the\s+)?(?:(?:ticket|incident|change|case|request|order|task|job|inc|chg|req)\s+(?:no\.?\s*)?#?(?:[A-Z]{1,6}[-_]?)?\d{2,8}|[A-Z]{1,6}[-_]?\d{2,8}|#?\d{3,8}))?`;
/** The words of a heading, behind which an order stands. */
const heading = new RegExp(
  String.raw`^\s*((?:[\p{L}][\p{L}\d#&-]*\s+(?:/\s+)?){0,4}?(?:${trial}|${occasions})${number}${record}(?:\s+(?:is |was |now |has )*(?:${finished})(?: now| today)?)?)\s*(?::|\s[-\u2013\u2014]|\s//|\s/)\s+(?=[\p{L}\d])`,
  'iu',
);
/** The same before the thing that it is about: "MAINT worker-10 - mark unschedulable". */
const shortHeading = new RegExp(
  String.raw`^\s*((?:maint|maintenance|hw|hardware|inc|incident|chg|change|req|request|capacity|ops|task|ticket|[\p{L}]+ (?:request|ticket|task|maintenance|maint))${number}\s+)(?=(\S+)\s*(?::|\s[-\u2013\u2014]|\s//)\s+\p{L})`,
  'iu',
);
/** What takes an order back, or asks whether to give it. */
const open =
  /\b(?:not?|non|never|don'?t|only|except|example|quote|joke|test|draft|question|answer|reply|cancel\w*|undo|undone|stop|stopped|hold|on hold|reject\w*|den(?:y|ied)|withdraw\w*|withdrawn|postpone\w*|planned|plan|future|next|old|previous|closed|pending|proposed|proposal|suggest\w*|idea|wrong|failed|declined|revert\w*|if|unless|until|before|after|without|all|any|every|both|other|last|template|forbidden|blocked|delayed|tomorrow|tonight|later|upcoming|scheduled|legacy|obsolete|abandoned|deprecated)\b/i;

const tried = new RegExp(String.raw`\b${trial}\b`, 'i');

/** How long the heading at the start of the text is; 0 where there is none. */
export function headingLength(text: string, known: Known): number {
  const match = heading.exec(text);
  if (match && isOccasion(match[1]!, known) && isOrder(text.slice(match[0].length), known))
    return match[0].length;
  const short = shortHeading.exec(text);
  const isNamed = short !== null && known.inventory.byKey(looseKey(short[2]!)).length > 0;
  return isNamed && !open.test(short[1]!) ? short[1]!.length : 0;
}

/** Nothing in it is a name, a place, a number or a plural, and no word of it is said against the order. */
function isOccasion(words: string, { inventory, lexicon }: Known): boolean {
  const rest = words.replace(tried, ' ');
  const said = rest
    .trim()
    .toLowerCase()
    .split(/[\s/]+/);
  if (open.test(rest)) return false;
  return said.every((one) => {
    if (one === '') return true;
    if (inventory.byKey(looseKey(one)).length > 0 || inventory.regionOf(looseKey(one)) !== undefined)
      return false;
    return !lexicon
      .starting(one)
      .some(
        ({ words: phrase, senses }) =>
          phrase.length === 1 &&
          senses.some(
            (sense) =>
              (['env', 'region', 'provider', 'status'].includes(sense.t) &&
                !(sense.t === 'status' && new RegExp(`^(?:${finished})$`).test(one))) ||
              (sense.t === 'kind' && sense.plural),
          ),
      );
  });
}

/** It begins with a verb or a word of request. */
function isOrder(text: string, { lexicon }: Known): boolean {
  const [first = '', second = ''] = text.trim().toLowerCase().split(/\s+/);
  const isVerb = (one: string): boolean =>
    lexicon
      .starting(one)
      .some(({ senses }) => senses.some((sense) => sense.t === 'verb' && sense.form === 'base'));
  const isPronoun = /^(?:it|them|this|that|these|those)[.,!?]?$/.test(second);
  return (
    second !== '' && !isPronoun && (isVerb(first) || /^(?:please|pls|kindly|can|could|new)$/.test(first))
  );
}

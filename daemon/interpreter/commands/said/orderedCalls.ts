// Where a call of a tool stands in a text so that it is ordered: at the beginning of an order, with something behind it
// that can be acted on. "tom will terminate-instances a" and "stop-instances web-1 failed" tell of calls; nothing orders
// them. Called on every word of a text that may hold calls.

import type { Tools } from '../../filling/readClause.ts';
import { looseKey } from '../../inventory/inventory.ts';
import { awsHead } from './aws.ts';
import type { Head } from './call.ts';
import { openstackHead } from './openstack.ts';
import { otherToolHead } from './otherTools.ts';
import { isOption, pairOf, type Typed } from './typedWords.ts';

/** What may stand between the beginning of an order and its verb. */
const before =
  /^(?:please|pls|plz|kindly|just|now|then|and|also|next|finally|first|firstly|second|secondly|third|lastly|afterwards|to|you|us|let'?s|not|never|don'?t|i|we|can|could|must|someone|somebody|anyone|so|but|instead|again|ok|okay|>|\$|#|-|&&|;)$/i;
const running = /^(?:run|execute|exec|issue|do|perform|fire|use|need|want)$/i;
/** "run the command …", "do an …" */
const besideRunning = /^(?:an?|the|this|following|command|call)$/i;
/** "tom will …", "the script did …": a call that follows is somebody's deed. */
const modal =
  /^(?:will|would|did|does|ran|runs|running|has|had|have|was|were|used|tried|tries|keeps|kept|might|may|should|already|always|usually)$/i;
/** Its verbs are read as words; whose deed they are, is told here. */
const kubectl =
  /^(?:kubectl|oc|k) (?:scale|rollout|delete|cordon|uncordon|drain|set|label|create|patch|apply)\b/i;
const headWordsMax = 6;

/** The call that begins at a word; "told" where it stands so that nobody orders it: "tom will terminate-instances a". */
export function headAt(words: readonly Typed[], at: number, tools: Tools): Head | 'told' | undefined {
  const texts = words.slice(at, at + headWordsMax).map(({ text }) => text);
  // A call is written in one go: "volume, create" is none.
  const apart = words.slice(at, at + headWordsMax).findIndex(({ tail }) => tail !== '');
  const whole = apart < 0 ? texts : texts.slice(0, apart + 1);
  const isTold = modal.test(words[at - 1]?.text ?? '') && words[at - 1]?.tail === '';
  if (isTold && kubectl.test(whole.join(' '))) return 'told';
  const head = awsHead(whole) ?? openstackHead(whole) ?? otherToolHead(whole);
  if (!head || isCalled(texts[0]!, tools)) return undefined;
  if (isTold) return 'told';
  if (!isOrderPlace(words, at, tools)) return head.isBare || head.call.isLook ? undefined : 'told';
  return isOrderedAt(words, at + head.length, head, tools) ? head : undefined;
}

/** Where "run the command" begins, if that stands before a word; else the word itself. */
export function runningAt(words: readonly Typed[], at: number): number {
  const isJoined = (index: number, pattern: RegExp): boolean =>
    words[index]?.tail === '' && pattern.test(words[index]!.text);
  let from = at;
  while (isJoined(from - 1, besideRunning)) from--;
  return isJoined(from - 1, running) ? from - 1 : at;
}

/** An order may begin here: at the beginning of a clause, behind courtesy. */
export function isOrderPlace(words: readonly Typed[], at: number, { lexicon }: Tools): boolean {
  const previous = words[runningAt(words, at) - 1];
  if (previous === undefined || previous.tail !== '' || before.test(previous.text)) return true;
  return lexicon
    .starting(previous.text.toLowerCase())
    .some(
      ({ words, senses }) =>
        words.length === 1 && senses.every((sense) => sense.t === 'word' && sense.word === 'filler'),
    );
}

/** Something here has that name or identifier. */
export const isCalled = (word: string, { inventory }: Tools): boolean =>
  inventory.byKey(looseKey(word)).length > 0 || inventory.byPath(word.toLowerCase()).length > 0;

const quantifier = /^(?:all|every|each|both|any|the|my|our|these|those|it|them|two|three|\d+|please|pls)$/i;
const joining =
  /^(?:for|on|of|in|to|from|with|against|named|called|tagged|where|whose|that|which|matching|except|without|older|newer|younger|larger|bigger|smaller|over|under)$/i;
const telling =
  /^(?:fail(?:s|ed|ing|ures?)?|hanging|working|broken|slow|stuck|done|rejected|denied|ended|crashed|succeeded|finished|completed|doesn'?t|didn'?t|won'?t|can'?t|cannot|isn'?t|wasn'?t|never|hasn'?t|will|would|can|could|should|is|was|were|has|had|did|does|took|takes?|keeps?|hangs?|timed|times|returns?|returned|says|said|gives|gave|throws|threw|errors?|errored|works?|worked|needs?|seems?|happened|calls?|events?|requests?|permissions?|rights?|api|quota|command|and|or)$/i;

/** "stop-instances web-1", not "stop-instances fails for web-1": what stands behind a call can be acted on. */
function isOrderedAt(words: readonly Typed[], at: number, { call, isBare }: Head, tools: Tools): boolean {
  const word = words[at];
  if (!word || words[at - 1]!.tail !== '') return isBare !== true || call.isLook === true;
  const { text } = word;
  if (telling.test(text)) return false;
  if (isOption(text) || quantifier.test(text) || isCalled(text, tools)) return true;
  // A name that is not there yet: of what is made, or was made by an earlier call.
  if (call.isNew || call.second) return true;
  if (joining.test(text)) return isBare !== true || call.verb === 'snapshot' || call.isLook === true;
  if (isBare) return false;
  const isValue = pairOf(text) !== undefined || /[\d*=]/.test(text);
  return isValue || /^[a-z]+(?:-[a-z]+)+$/i.test(text) || isBounding(words, at, tools);
}

/** "stop-instances web-1 failed", "… doesn't work": what became of the call. */
export function isOutcomeTold(given: readonly Typed[]): boolean {
  const open = given.findIndex(({ text }) => clause.test(text));
  const outcome = given.findIndex(
    ({ text }, at) =>
      outcomes.test(text) &&
      (at > 0 || !/^(?:failed|failing)$/i.test(text)) &&
      !isOption(given[at - 1]?.text),
  );
  return outcome >= 0 && (open < 0 || outcome < open);
}

const clause =
  /^(?:that|which|who|whose|where|if|when|once|because|since|as|while|unless|until|it|they|so|but|ones?)$/i;
const outcomes =
  /^(?:failed|fails?|failing|was|were|is|are|has|had|did|does|took|takes|keeps|kept|hangs|hung|timed|returns|returned|says|said|gives|gave|throws|threw|errors|errored|works|worked|crashed|succeeded|finished|completed|doesn'?t|didn'?t|don'?t|won'?t|isn'?t|wasn'?t|hasn'?t)$/i;

/** "running ones", "us instances", "poc": a word that says which. */
function isBounding(words: readonly Typed[], at: number, { lexicon, inventory }: Tools): boolean {
  const low = words[at]!.text.toLowerCase();
  const senses = lexicon.starting(low).flatMap((entry) => (entry.words.length === 1 ? entry.senses : []));
  return (
    senses.some(({ t }) => /^(?:kind|env|region|provider|status)$/.test(t)) ||
    inventory.isPart(low) ||
    inventory.isTagKey(low)
  );
}

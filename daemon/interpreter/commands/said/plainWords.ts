// Command lines that people speak rather than paste: "ec2 stop-instances, all t3.small in eu-west-1", "server stop the
// two ci runners", "govc vm.power -off erp-01, then …". Each call is put into the words it stands for, in its place in the
// sentence, and the sentence is read like any other, with all that guards it. Where a call stands so that nobody orders it,
// or has an option that says what no words here can, nothing is put into words. What was said in other words knows where it
// was typed.

import type { Tools } from '../../filling/readClause.ts';
import type { SaidCall } from './call.ts';
import { headAt, isCalled, isOrderPlace, isOutcomeTold, runningAt } from './orderedCalls.ts';
import { toolCalled } from './otherTools.ts';
import { sayCall } from './sayCall.ts';
import { filterOf, isOption, type Piece, pairOf, type Typed, typedWords } from './typedWords.ts';

export type PlainWords =
  | { readonly kind: 'plain'; readonly pieces: readonly Piece[]; readonly calls: readonly SaidCall[] }
  /** Nothing in this text orders its calls: they are told of, or an option says what no words here can. */
  | { readonly kind: 'unsaid' }
  /** A call of a tool that has no counterpart here. */
  | { readonly kind: 'unsupported'; readonly tool: string };

/** A cheap look before the words are cut: a hyphen between letters or before an option, a name of the API, a tool. */
const mayBeCall =
  /(?:[a-z]|\s-)-?-[a-z]|\bkey=|\s-[a-z]|\b(?:nova|cinder|az|gcloud|govc|helm|kubectl|oc|k|[a-z]+\.[a-z]+)(?:\s|$)/i;
const ofApi = /\b(?:[A-Z][a-z]+){2,}\b/;
const ofOpenstack =
  /\b(?:server|volume|ip|group|rule|network|subnet|keypair|snapshot|image|flavor|loadbalancer) (?:list|show|create|delete|set|unset|add|remove|start|stop|reboot|suspend|resume|pause|unpause|lock|unlock|resize|rebuild|migrate|extend|rule|snapshot|image)\b/i;

/** What only a shell can tell: an expansion, one command or else another. */
const ofShell = /\|\||\$[({\w]/;

/** The text with each call in plain words; undefined where there is none. */
export function inPlainWords(text: string, tools: Tools): PlainWords | undefined {
  if (!mayBeCall.test(text) && !ofApi.test(text) && !ofOpenstack.test(text)) return undefined;
  const words = typedWords(text);
  const pieces: Piece[] = [];
  const calls: SaidCall[] = [];
  let copied = 0;
  const copy = (to: number): void => {
    if (to > copied) pieces.push({ text: text.slice(copied, to).replace(/`/g, ' '), start: copied, end: to });
    copied = Math.max(copied, to);
  };
  for (let at = 0; at < words.length; ) {
    const head = headAt(words, at, tools);
    if (head === 'told') return { kind: 'unsaid' };
    if (!head) {
      const tool = isOrderPlace(words, at, tools)
        ? toolCalled(words.slice(at, at + 2).map(({ text }) => text))
        : undefined;
      if (tool && !isCalled(words[at]!.text, tools)) return { kind: 'unsupported', tool };
      const pair = pairOf(words[at]!.text) ?? filterOf(words[at]!.text);
      if (pair?.includes('=')) {
        copy(words[at]!.start);
        pieces.push({ text: pair, start: words[at]!.start, end: words[at]!.end });
        copied = words[at]!.end;
      }
      at++;
      continue;
    }
    const end = endOf(words, at, head.length, tools);
    if (isOutcomeTold(words.slice(at + head.length, end))) return { kind: 'unsaid' };
    const behind = at + head.length;
    const said = sayCall(head, words.slice(at, behind), words.slice(behind, end), tools);
    if (!said) return { kind: 'unsaid' };
    copy(words[runningAt(words, at)]!.start);
    said.forEach((piece, index) => {
      pieces.push(index < said.length - 1 ? { ...piece, text: `${piece.text} ` } : piece);
    });
    calls.push(head.call);
    copied = words[end - 1]!.end;
    at = end;
  }
  if (calls.length === 0 && pieces.length === 0) return undefined;
  if (calls.length > 0 && ofShell.test(text)) return { kind: 'unsaid' };
  copy(text.length);
  return { kind: 'plain', pieces, calls };
}

/** Where the words of a call end: before the next one, and where a clause of its own begins. */
function endOf(words: readonly Typed[], at: number, length: number, tools: Tools): number {
  for (let end = at + length; end < words.length; end++) {
    const [previous, word] = [words[end - 1]!, words[end]!];
    if (/^(?:&&|;|then|afterwards)$/i.test(word.text)) return end;
    if (/[;.!?:\n]/.test(previous.tail)) return end;
    const next = /^(?:and|also|plus)$/i.test(word.text) ? words[end + 1] : word;
    const isJoined = previous.tail !== '' || next !== word;
    const isFirst = end === at + length;
    if (!isJoined || isFirst) continue;
    const isMore = next && (isOption(next.text) || isCalled(next.text, tools));
    if (!isMore) return end;
  }
  return words.length;
}

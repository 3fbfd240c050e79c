// The sounds and words of somebody who is still thinking: "um", "you know", "basically", "like" where it compares nothing.
// They say nothing, and break names and lists apart when they are left in. Called before cells are made.

import type { Token } from './tokens.ts';

const sounds = /^(um+|uh+m?|er+m?|hm+|ah|oh|mm+|basically|literally|honestly|frankly|essentially)$/;
/** "do you know who", "as you know the": somebody's knowledge. */
const beforeKnow =
  /^(do|did|does|if|as|let|would|should|so|what|that|all|everything|anything|when|once|because|how)$/;
const behindKnow = /^(what|how|who|which|where|when|why|if|that|about|of|anything|whether|for|than)$/;
/** Behind these, "like" is said while the next word is looked for. */
const beforeLike = /^(first|then|and|just|to|so|,|maybe|by|give|uh+m?|um+|now|be|the|a|not|any)$/;
const behindLike =
  /^(me|the|all|every|each|both|it|them|snapshot|stop|start|restart|reboot|delete|scale|\d+|[a-z]{3,}ed|running|healthy)$/;

/** How many tokens of hesitation begin there. */
export function hesitationAt(tokens: readonly Token[], at: number): number {
  const token = tokens[at]!;
  if (token.quoted) return 0;
  if (sounds.test(token.low)) return 1;
  const [before, next] = [tokens[at - 1], tokens[at + 1]];
  if (!before || !next || before.quoted || next.quoted) return 0;
  if (token.low === 'you' && next.low === 'know')
    return beforeKnow.test(before.low) || behindKnow.test(tokens[at + 2]?.low ?? '') ? 0 : 2;
  const isFilling = token.low === 'like' && (beforeLike.test(before.low) || before.low === 'give');
  return isFilling && behindLike.test(next.low) ? 1 : 0;
}

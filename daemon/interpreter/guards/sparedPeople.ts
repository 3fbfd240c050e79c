// Who still needs a thing that is to be taken away: "nobody needs the dev servers but Tom, switch them off", "everyone but
// Carla is done with it". Which of them are the person's is known to nobody here, so that the plan is offered as a question.
// Called by `notAsSaid`, over the text as it was typed.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { type Doubt, partsOf } from './objections.ts';

/** The person who is excepted from those who are done with it. */
export function personSpared(cells: readonly Cell[]): Doubt | undefined {
  for (const part of partsOf(cells)) {
    const all = part.findIndex((cell) => !cell.quoted && everybody.test(cell.low));
    const but = part.findIndex((cell, at) => at > all && !cell.quoted && excepting.test(cell.low));
    if (all < 0 || but < 0) continue;
    const who = personAt(part, but + 1, but === all + 1);
    if (who)
      return {
        about: 'scope',
        question: `Which of them are ${who.text}'s is not known here. Are all of them meant?`,
      };
  }
  return undefined;
}

const everybody =
  /^(nobody|no one|noone|no-one|none of us|none of them|everybody|everyone|all of us|anybody|anyone|no team|every team|all teams|nobody else)$/;
const excepting =
  /^(but|except|except for|besides|save|save for|apart from|aside from|other than|excluding|bar|but for|minus)$/;

/** One or two words that are a person or a team, and neither a thing here nor the begin of another statement. */
function personAt(part: readonly Cell[], from: number, isSubject: boolean): Cell | undefined {
  const at = isWord(part[from], 'det', 'their') ? from + 1 : from;
  const isPlain = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    !cell.quoted &&
    /^\p{L}+$/u.test(cell.text) &&
    !isBase(cell) &&
    !senseOf(cell, 'kind') &&
    !isWord(cell, 'be', 'have', 'do', 'need', 'not', 'pronoun', 'demonstrative', 'prep', 'and') &&
    senseOf(cell, 'name')?.exact !== true &&
    !/^(i|we|they|he|she|it|you|please|just|only|still)$/.test(cell.low);
  if (!isPlain(part[at])) return undefined;
  const end = isPlain(part[at + 1]) && !isSubject ? at + 2 : at + 1;
  const isEnd = part[end] === undefined || isWord(part[end], 'and', 'filler');
  return isSubject || isEnd ? part[at] : undefined;
}

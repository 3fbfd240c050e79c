// "what is on worker-4? just the pods in prod", "what have we got in eu-west-1? only stopped vms": a question that names a
// place or a state and no kind of things, and which kind is asked for behind it, is one question. Nothing is asked that
// was not said, and nothing is ordered. Called on every text, once its words are known.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
const asking =
  /^(?:and|so|ok|hey|hi|please|tell me|what|whats|what is|what are|what's|which|which are|which is|what do we have|what do i have|what have|what runs|what things|things|thing|stuff|resources|anything|everything|something|we|i|you|got|have|has|do|does|is|are|there|run|runs|running|exactly|actually|currently|right now|now|all|else|exist|exists|sits|sitting|live|lives|show me|there is|is there|are there|what is there|how many|how much)$/;
const courtesy = /^(?:please|pls|thanks|thank you|ok|though|then)$/;

const detail =
  /^(?:(?:and|because|since|as|so) )?(?:(?:i|we) (?:just |only |really )?(?:want|need|would like|have|wish) to (?:know|see|check|find out)|i want to know|i need to know|i would like to know|i want to see|i need to see|i would like to see|i am curious|i wonder|wondering|tell me|to see|to know|to check) (?:which|what)(?: kind of)? (?:image|version|flavou?r|size|type|instance type|status|state|ip|address|node|host|network|tags?|labels?|ports?)(?: tag)? (?:it|that one|this one) (?:is|runs|uses|has|is on|is in|is at|is using|is running|is running on|runs on|sits on|got|is set to)(?: (?:now|right now|currently|at the moment))?$/;

/** "show me a, I want to know which image it runs": that is shown with it. */
function withoutDetail(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findIndex((cell) => isWord(cell, 'comma', 'stop') && !cell.quoted);
  const rest = cells.slice(mark + 1).filter((cell) => !isWord(cell, 'stop'));
  const shown = cells.slice(0, Math.max(0, mark));
  const isShow =
    isWord(shown[0], 'showCue', 'ask') && shown.filter((cell) => senseOf(cell, 'name')?.exact).length === 1;
  return isShow && detail.test(rest.map(low).join(' ')) ? shown : cells;
}

/** The cells with the kind that is asked for in the question before it. */
export function withNarrowed(given: readonly Cell[]): readonly Cell[] {
  const cells = withoutDetail(given);
  const mark = cells.findIndex((cell) => low(cell) === '?');
  if (mark < 1 || mark > cells.length - 3) return cells;
  const kinds = narrowedIn(cells.slice(mark + 1));
  const asked = kinds && boundsOf(cells.slice(0, mark));
  if (!kinds || !asked) return cells;
  const noun = kinds.findIndex((cell) => senseOf(cell, 'kind')?.plural === true);
  const isCount = cells.slice(0, mark).some((cell) => isWord(cell, 'howMany'));
  const lead = isCount
    ? plain(cells[0]!, 'how many', word('howMany'))
    : plain(cells[0]!, 'list', { t: 'verb', phrase: 'list', form: 'base' }, word('listCue'));
  return [lead, ...asked.states, ...kinds.slice(0, noun + 1), ...kinds.slice(noun + 1), ...asked.place];
}

/** "just the VMs", "vms only": what kind, and what bounds it of its own. */
function narrowedIn(part: readonly Cell[]): readonly Cell[] | undefined {
  let said = part.filter((cell) => !isWord(cell, 'stop', 'comma'));
  while (courtesy.test(low(said.at(-1)))) said = said.slice(0, -1);
  const isLed = /^(?:just|only)$/.test(low(said[0]));
  const isBehind = /^only$/.test(low(said.at(-1)));
  if (isLed === isBehind) return undefined;
  said = isLed ? said.slice(1) : said.slice(0, -1);
  if (isWord(said[0], 'det')) said = said.slice(1);
  const kinds = said.filter((cell) => senseOf(cell, 'kind')?.plural === true && !senseOf(cell, 'name'));
  const isPlain = said.every(
    (cell) =>
      !cell.quoted &&
      !isBase(cell) &&
      (isThing(cell) || isWord(cell, 'prep') || senseOf(cell, 'status') || senseOf(cell, 'region')),
  );
  return kinds.length === 1 && isPlain ? said : undefined;
}

/** Where, and in which state; undefined where the question says anything else. */
function boundsOf(
  part: readonly Cell[],
): { readonly place: readonly Cell[]; readonly states: readonly Cell[] } | undefined {
  const isPlace = (cell: Cell | undefined): boolean =>
    cell?.quoted === false &&
    (senseOf(cell, 'env') ??
      senseOf(cell, 'region') ??
      senseOf(cell, 'provider') ??
      senseOf(cell, 'name')?.ids.every((id) => /:(?:node|host|namespace)\//.test(id))) !== undefined &&
    !senseOf(cell, 'kind');
  const at = part.findIndex((cell, index) => isWord(cell, 'prep') && isPlace(part[index + 1]));
  if (at < 0 || at + 2 !== part.length) return undefined;
  const head = part.slice(0, at);
  const states = head.filter((cell) => senseOf(cell, 'status') && !asking.test(low(cell)));
  const isQuestion = head.every((cell) => asking.test(low(cell)) || states.includes(cell));
  return isQuestion ? { place: part.slice(at), states } : undefined;
}

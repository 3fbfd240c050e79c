// What is told beside an order and sounds like a question: "power on web-01. It shows up as stopped", "two more replicas
// of web please, traffic spike". Nobody asked for a figure, so none is read. Only reads are dropped, never a change, and
// only where nothing asks. Called when the meaning of every clause is chosen.

import { riskOf } from '../guards/domain.ts';
import type { Clause, Cue } from '../phrases/clause.ts';
import type { Choice } from '../steps/drafts.ts';
import { type Cell, isWord } from '../words/cells.ts';

const asking: readonly Cue[] = [
  'question',
  'why',
  'what',
  'who',
  'when',
  'howMany',
  'list',
  'logs',
  'top',
  'summarize',
  'changed',
  'depends',
  'runOut',
];

/** The choices without reads that were only told beside what was asked; `text` as it was typed. */
export function withoutToldReads(given: readonly Choice[], text: string): readonly Choice[] {
  const asked = given.filter((choice) => !isUnasked(choice, text));
  const choices = asked.length > 0 ? asked : given;
  const changes = choices.filter(({ attempt }) => riskOf(attempt) !== 'read');
  if (changes.length === 0 || changes.length === choices.length) return choices;
  const changed = new Set(changes.flatMap(({ attempt }) => attempt.steps.flatMap(({ ids }) => ids ?? [])));
  return choices.filter(
    ({ read, attempt }) =>
      riskOf(attempt) !== 'read' ||
      !isTold(
        read.clause,
        attempt.steps.flatMap(({ ids }) => ids ?? []),
        changed,
        text,
      ),
  );
}

/**
 * "today's list, number one: …", "audit season", "what Bob did broke it", "users see 500s": a figure or a name that was
 * read as the bound of a list, and no list that anyone asks for, by an order, a question or the name of what is listed.
 */
function isUnasked({ read: { clause }, attempt }: Choice, text: string): boolean {
  const isGeneral = attempt.steps.every(
    ({ operation, evidence }) =>
      operation.id === 'audit.list' ||
      (operation.verb === 'list' && !evidence.some(({ part }) => part === 'target')),
  );
  const [first, last] = [clause.cells[0], clause.cells.at(-1)];
  if (!isGeneral || !first || !last || clause.link === 'then' || /^\s*\?/.test(text.slice(last.end)))
    return false;
  const said = text.slice(first.start, last.end).toLowerCase().replace(opening, '');
  if (toldQuestion.test(said)) return true;
  const isTrail = attempt.steps.some(({ operation }) => operation.id === 'audit.list');
  const isNamed = clause.nps.some(
    ({ kindCell, names }) => (kindCell && !kindCell.repaired) || names.length > 0,
  );
  const isObject = isTrail ? trail.test(said) : isNamed;
  return !isObject && !looking.test(said);
}

const opening =
  /^[\s,;:.–-]*((and|also|but|so|plus|now|please|pls|just|by the way|btw|afterwards|can you|could you|would you) +)*/;

/** "what Bob did broke it", "what the trainee left": the thing itself; "what did Bob do" asks. */
const toldQuestion =
  /^(after |before |because of )?what (the |a |an |my |our |this |that |some )?[\w-]+ (did|does|said|left|broke|wrote)\b/;

/** What is asked by an order to look, a word of question or a wish. */
const looking =
  /^(what|which|who|whose|why|how|when|where|is|are|was|were|any|anything|anybody|anyone|does|do|did|has|have)\b|^(show|list|give|get|tell|let (me|us)|check|display|print|report|fetch|pull|count|summari[sz]e|explain|describe|look|see|find|name|read|watch|review|recap|audit) (?!(is|was|item|items|entry|time|season|week|day|findings?|asks?|wants?|says?|needs?|found|is|was)\b)|\b(i|we|you|me|us)( would|'?d)? (also |still |really )?(want|wants|need|like|love|have|see|know|show|tell|wonder|interested)\b|\b(interested|curious)\b/;

const trail =
  /\b(audit (trail|log|list|entries|records)|history of|who|changes?|changed|done|did|happened)\b/;

function isTold(clause: Clause, ids: readonly string[], changed: ReadonlySet<string>, text: string): boolean {
  const last = clause.cells.at(-1);
  if (!last || /^\s*\?/.test(text.slice(last.end))) return false;
  if (isWhenever(clause) || /^[\s,;–-]*what an? /i.test(text.slice(clause.cells[0]!.start))) return true;
  // "i was told a is full": no question when.
  // "builds keep running out of space, so …"
  const isKept = /^(keeps?|kept)( on)?$/.test(clause.cells[1]?.low ?? '');
  const isFullTold = (isKept || teller.test(clause.cells[0]?.low ?? '')) && !clause.cues.has('question');
  const isAsking = (cue: Cue): boolean => clause.cues.has(cue) && !(cue === 'runOut' && isFullTold);
  if (asking.some(isAsking) || isImperative(clause)) return false;
  if (!/^(start|stop|and)$/.test(clause.link)) return false;
  if (ids.length === 0 || isHappening(clause)) return true;
  return (
    ids.every((id) => changed.has(id)) &&
    clause.cells.some(
      (cell) => isSaid(cell.low) || isWord(cell, 'be', 'have') || cell === clause.cues.get('ask'),
    )
  );
}

/** "the hosts get patched": what is done to them, and no list of them. */
const isHappening = ({ cells }: Clause): boolean =>
  cells.some(
    (cell, at) =>
      at > 0 &&
      !cell.quoted &&
      /^(get|gets|are being|is being|are getting|is getting)$/.test(cell.low) &&
      /^[a-z]+(ed|en|t)$/.test(cells[at + 1]?.low ?? ''),
  );

/** "when someone cries we have the snapshot", but not "when will its disk be full". */
function isWhenever({ cells }: Clause): boolean {
  const [first, ...rest] = cells.filter((cell) => !isWord(cell, 'comma'));
  const isAbout = rest.some((cell) => isWord(cell, 'ask', 'showCue', 'listCue', 'logCue', 'runOut', 'what'));
  return first?.low === 'when' && isPerson(rest[0]) && !isAbout;
}

const isPerson = (cell: Cell | undefined): boolean =>
  /^(someone|somebody|anyone|anybody|people|users|customers|they|he|she|we|i|you)( |$)/.test(cell?.low ?? '');

/** "show its logs" orders a look; "it shows as stopped" and "our code never read it" tell of one. */
function isImperative({ cues, cells }: Clause): boolean {
  const first = cells.find(
    (cell) => !isWord(cell, 'filler', 'comma', 'and') || isWord(cell, 'showCue', 'ask'),
  );
  const cue = cues.get('ask') ?? cues.get('show');
  const isNoun = first !== undefined && isWord(cells[cells.indexOf(first) + 1], 'be');
  return (
    first !== undefined &&
    first === cue &&
    !isNoun &&
    !/(s|ed)$/.test(first.text.split(' ')[0]!.toLowerCase())
  );
}

const teller = /^(i|we|they|he|she|people|users|customers|someone|somebody|my|our|the)\b/;

const isSaid = (low: string): boolean =>
  /^(looks?|seems?|shows?|keeps?|has|hasnt|hangs?|went|goes|got|gets|fails?|died|dies|says?|said|climbs?|complains?)$/.test(
    low,
  );

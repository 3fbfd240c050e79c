// Whether a sentence is about what is looked after here at all. Only asked where nothing was understood well: a poem, a
// recipe or the weather is out of scope, a command with an unknown word in it is asked about.

import { maxRisk, type Risk } from '../../../shared/model/kind.ts';
import type { Attempt } from '../filling/attempt.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

/** Whether a reading that is unsure anyway is of a sentence about something else altogether. */
export function isForeign(choice: Chosen, cells: readonly Cell[]): boolean {
  if (cells.length === 0 || choice.kind === 'nothing') return false;
  if (choice.kind === 'attempt')
    return choice.attempt.cost > 0.45 && riskOf(choice.attempt) === 'read' && domainScore(cells) <= 0;
  const trouble = choice.kind === 'trouble' ? choice.attempt.trouble : undefined;
  if (
    trouble &&
    (trouble.because === 'missing' || trouble.because === 'ambiguous' || trouble.because === 'repaired')
  )
    return domainScore(cells) < -1;
  // "open port 443 so that the customer gets in": what is to be done is known, and only to what is not.
  const isPort = cells.some(
    (cell) =>
      !cell.quoted && (isWord(cell, 'port', 'protocol') || senseOf(cell, 'value')?.value.k === 'port'),
  );
  if (isPort && trouble?.because === 'unsaid' && !isElsewhere(cells)) return false;
  // "vms of the zorro squad": what was not understood is known, and asked about.
  if (trouble?.about === 'scope' && trouble.because === 'unclear' && !isElsewhere(cells)) return false;
  return domainScore(cells) <= 0;
}

const served =
  /^(websites?|site|homepage|web ?app|apps?|application|web ?shop|shop|portal|backend|frontend|api|checkout|databases?|db|servers?|service|services|platform|cluster)$/;
const better =
  /\b(faster|quicker|snappier|speed up|speed|performance|more power|more powerful|more reliable|more robust|more stable|more responsive|less slow)\b/;

/** "can we make the website faster?": how, is for a person to say, and what it runs on is here. */
export const isTuning = (cells: readonly Cell[]): boolean =>
  better.test(plainLow(cells)) &&
  cells.some(({ low, quoted }) => !quoted && served.test(low)) &&
  !isElsewhere(cells);

const plainLow = (cells: readonly Cell[]): string =>
  cells.map(({ low, quoted }) => (quoted ? '' : low)).join(' ');

/** Verbs of everyday speech that say nothing about clouds by themselves. */
const everyday =
  /^(make|give|take|put|get|set|change|add|run|use|go|build|hold|free|open|order|bring|move|switch|pull|want|check|find|clear|map|link|cycle|kick|fire|new|trigger|confirm|accept|hook|execute|generate|continue|mark|cut|use|drop|release|reserve|connect|shut|close|project|report|clean|roll|rebuild|transfer|order)$/;

/** Words that are about other things than machines, wherever they stand. */
const foreign = new Set(
  'poem joke jokes story song lyrics letter essay recipe weather forecast-weather flight flights hotel restaurant pizza football soccer cup election president stock stocks bitcoin horoscope movie film homework vacation write translate compose sing invest hack remind email mail-me sms book dinner lunch birthday girlfriend boyfriend wife husband doctor lottery politics religion love marry novel haiku limerick cv resume-letter interview game games chess sport sports travel taxi uber tweet linkedin facebook instagram youtube netflix'.split(
    ' ',
  ),
);

/** Whether a word of the sentence belongs to another world. */
export function isElsewhere(cells: readonly Cell[]): boolean {
  return cells.some((cell) => !cell.quoted && foreign.has(cell.low));
}

/** How much of a sentence is about what is here: names, kinds and verbs for it, unknown words against it. */
export function domainScore(cells: readonly Cell[]): number {
  let score = 0;
  for (const [at, cell] of cells.entries()) {
    if (cell.quoted) continue;
    const verb = isNoun(cells, at) ? undefined : senseOf(cell, 'verb');
    if (senseOf(cell, 'name')) score += /[\d\W_]/.test(cell.low) ? 2 : 1.2;
    else if (cell.senses.some((sense) => sense.t === 'kind' && sense.kinds.length > 0)) score += 1;
    else if (verb) score += everyday.test(verb.phrase) ? 0.2 : 1;
    else if (senseOf(cell, 'prefix') ?? senseOf(cell, 'glob')) score += 1;
    else if (
      senseOf(cell, 'part') ??
      senseOf(cell, 'metric') ??
      senseOf(cell, 'status') ??
      senseOf(cell, 'env')
    )
      score += 0.8;
    else if (senseOf(cell, 'provider') ?? senseOf(cell, 'region')) score += 0.4;
    else if (isWord(cell, 'pronoun', 'other', 'everything', 'changed', 'depends', 'logCue', 'undoCue'))
      score += 0.5;
    else if (foreign.has(cell.low)) score -= 2;
    else if (cell.senses.length === 0 && /\p{L}{2}/u.test(cell.low))
      score -= /[\d_-]/.test(cell.low) ? 0 : 0.8;
    // Vague, but about what is looked after here.
    if (/^(tidy|declutter|optimi[sz]e|rightsize|consolidate)$/.test(cell.low)) score += 2.5;
    if (isWord(cell, 'sizeWord')) score += 0.5;
    if (cell.low === 'stuff' || cell.low === 'things') score += 0.5;
  }
  // A sentence that names a thing here by its full name is asked about, not sent away.
  const isNamed = cells.some((cell) => senseOf(cell, 'name')?.exact && /[\d_-]/.test(cell.low));
  const isHere = isNamed || isOrderOfKind(cells);
  return isHere && !cells.some((cell) => foreign.has(cell.low)) ? Math.max(score, 0.1) : score;
}

/** "resize the oversized instances to something cheaper": a deed of ours on things of ours, however it is said. */
function isOrderOfKind(cells: readonly Cell[]): boolean {
  const verb = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma'));
  const phrase = isBase(cells[verb]) ? senseOf(cells[verb], 'verb')!.phrase : '';
  if (phrase === '' || everyday.test(phrase)) return false;
  const noun = cells.slice(verb + 1, verb + 5).find((cell) => senseOf(cell, 'kind'));
  return noun?.quoted === false && senseOf(noun, 'kind')!.kinds.length > 0 && !senseOf(noun, 'kind')!.short;
}

/** "my tax return", "a raise": a word of an order as a noun. */
function isNoun(cells: readonly Cell[], at: number): boolean {
  const before = cells[at - 1];
  const isHead = before !== undefined && before.senses.length === 0 && isWord(cells[at - 2], 'det');
  return isHead || isWord(before, 'det');
}

export type Chosen =
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  | { readonly kind: 'several'; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'trouble'; readonly attempt: Attempt }
  | { readonly kind: 'nothing' };

export function riskOf(attempt: Attempt): Risk {
  return attempt.steps.reduce<Risk>((risk, step) => maxRisk(risk, step.operation.risk), 'read');
}

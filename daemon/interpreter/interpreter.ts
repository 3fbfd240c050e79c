// Words and what is there go in, a reading comes out. Pure and deterministic: the same text, context and index give
// the same reading. It acts on nothing; a change that is not understood word for word becomes a question, and a
// destroy is never guessed. Called by the daemon on every request and by the command line.

import type { ClarifyReading, Reading, RefuseReading } from '../../shared/model/reading.ts';
import type { Catalogue } from '../catalogue/contract.ts';
import { limits } from '../config.ts';
import { readApart } from './apart.ts';
import { askAgain, askWhich, letBe } from './askBack.ts';
import { readCommandLine } from './commands/commandLine.ts';
import { commandIn } from './commands/pasted.ts';
import { readSpoken, withoutCounterpart } from './commands/said/readSpoken.ts';
import type { Interpreter, ReadRequest } from './contract.ts';
import { askedOfAnother } from './conversation/askedOfAnother.ts';
import { converse, isBehindOther, sceneOf, turnRefs } from './conversation/converse.ts';
import { withListed } from './conversation/listed.ts';
import { readWithNames } from './conversation/readWithNames.ts';
import { isDropped, withReplies } from './conversation/replies.ts';
import { isShownUnasked } from './conversation/saidNames.ts';
import { withSpokenNames } from './conversation/spokenNames.ts';
import { withSpokenTurns } from './conversation/spokenTurns.ts';
import { decide } from './decide.ts';
import type { Read, Tools } from './filling/readClause.ts';
import { withToldMetric } from './filling/toldMetric.ts';
import { isDetailOf, mayBeElse } from './freeOrder/betterAnswer.ts';
import { inPlainQuestion } from './freeOrder/questions.ts';
import { refusalOf } from './guards/guard.ts';
import { heldBack } from './guards/holds.ts';
import { putOff } from './guards/putOff.ts';
import { withSpared } from './guards/spared.ts';
import { withoutSparedBeside } from './guards/sparedBeside.ts';
import { heldToText } from './guards/wholeText.ts';
import { aliasTrouble, showAliases, withAliases } from './inventory/aliases.ts';
import { createInventory } from './inventory/inventory.ts';
import { isProposedLeft, isProposing, readProposed } from './orderProposed.ts';
import { readWithin } from './orderWithin.ts';
import { readAfterTold, readQuestionsApart } from './questionsApart.ts';
import { questionWithin } from './questionWithin.ts';
import { asMeant } from './rewording/asMeant.ts';
import { withBoundTurns } from './rewording/boundTurns.ts';
import { asFailureQuestion } from './rewording/failing.ts';
import { withImageNamed } from './rewording/imageOnly.ts';
import { withLeftTopics } from './rewording/leftTopics.ts';
import { withNewWishes } from './rewording/newWishes.ts';
import { withHaveDone, withNewAskedFor } from './rewording/passives.ts';
import { withRelativeBounds } from './rewording/relativeBounds.ts';
import { reword } from './rewording/reword.ts';
import { withPlaceHeading } from './rewording/sharedPlaces.ts';
import { withSpans } from './rewording/spans.ts';
import { withStatusNoun } from './rewording/statusNouns.ts';
import { withTagPairs } from './rewording/tagPairs.ts';
import { oneByOne } from './steps/oneByOne.ts';
import { withPlainSteps } from './steps/plainSteps.ts';
import { withPointers } from './steps/pointers.ts';
import { isFigureRow, isStateRow, type Part, readStepByStep } from './steps/stepByStep.ts';
import { withThingsInOrder } from './steps/thingsInOrder.ts';
import { type RowTools, readUnderFirst, readUnderHeading } from './steps/underHeading.ts';
import { readWithinSet } from './steps/withinSet.ts';
import { endsInOrder } from './told/background.ts';
import { withoutCircumstances } from './told/circumstances.ts';
import { withoutFrame } from './told/frames.ts';
import { isNeededFor, mayStand, shortened } from './told/leftOut.ts';
import { orderAmongTold } from './told/orderAmongTold.ts';
import { isWhole, telegramOf } from './told/skim.ts';
import { isOnlyTold, isWholly, withoutTold } from './told/toldBeside.ts';
import { understandParts } from './understand.ts';
import { type Cell, cellsOf, isWord, senseOf } from './words/cells.ts';
import { createLexicon } from './words/lexicon.ts';
import { withTimesApart } from './words/timesApart.ts';
import { type Token, tokenise } from './words/tokens.ts';

/** Makes an interpreter over a catalogue, with an empty index. */
export function createInterpreter(catalogue: Catalogue): Interpreter {
  const inventory = withAliases(createInventory());
  const lexicon = createLexicon(catalogue);
  return {
    index: inventory,
    read(request) {
      const tools: Tools = { catalogue, lexicon, inventory, nowMs: request.nowMs, user: request.user };
      const reading = asFailureQuestion(request.text, readText(request, tools), catalogue);
      return showAliases(oneByOne(reading, request.text, inventory), inventory);
    },
    aliasTrouble: (alias, nowMs) => aliasTrouble(alias, { inventory, lexicon, nowMs }),
  };
}

function readText(request: ReadRequest, tools: Tools, isPlain = false): Reading {
  const { text } = request;
  const refuse = (
    reason: RefuseReading['reason'],
    message: string,
    instead: readonly string[],
  ): RefuseReading => ({
    kind: 'refuse',
    text,
    source: 'embedded',
    confidence: 1,
    reason,
    message,
    instead,
  });
  if (text.length > limits.textCharactersMax)
    return refuse(
      'unsupported',
      `That is too long to be read as one command (at most ${limits.textCharactersMax} characters).`,
      ['list vms'],
    );
  const written = tokenise(text);
  const readCells = (some: readonly Token[]): readonly Cell[] =>
    asMeant(cellsOf(some, tools.lexicon, tools.inventory, tools.nowMs));
  const all = readCells(written.slice(0, tokensMax));
  const whole = refusalOf(all);
  if (whole?.reason === 'injection') return refuse(whole.reason, whole.message, whole.instead);
  const said = withoutFrame(text, tools);
  const tokens = said === text ? written : tokenise(said);
  if (tokens.length === 0) return askAgain(text);
  if (tokens.length > tokensMax)
    return refuse('unsupported', `That is too long to be read as one command (at most ${tokensMax} words).`, [
      'list vms',
    ]);
  const pasted = pastedIn(text, tools);
  if (pasted) return heldBack(decide(pasted, request, tools, []), [all], tools.catalogue, tools.inventory);
  const line = readCommandLine(said, tools);
  if (line?.kind === 'reads') return decide(line.reads, request, tools, []);
  if (line?.kind === 'unsupported') return withoutCounterpart(line.tool, text);
  const readPlain = (plain: string): Reading => readText({ ...request, text: plain }, tools, true);
  const spoken = isPlain ? undefined : readSpoken(text, tools, readPlain, () => askAgain(text));
  if (spoken) return spoken;

  const typed = withTimesApart(
    said === text && line === undefined ? all : readCells(line?.kind === 'rest' ? line.tokens : tokens),
  );
  const refusal = typed === all ? whole : refusalOf(typed);
  if (refusal) return refuse(refusal.reason, refusal.message, refusal.instead);
  const isReply = hasContext(request);
  if (isReply && isDropped(typed)) return letBe(text);
  const isAsked = all.some((cell) => !cell.quoted && /^(please|pls|plz|asap|kindly)\b/.test(cell.low));
  const { connection } = request.context ?? {};
  const alone = { ...request, context: connection === undefined ? {} : { connection } };
  const apart = readApart(
    typed,
    (some, isFirst) => readTyped(some, some, isAsked, isFirst ? request : alone, tools),
    tools,
  );
  const kept = apart && heldBack(apart, [all, typed], tools.catalogue, tools.inventory);
  if (kept?.kind === 'plan' && !isReply) return kept;
  const turn = (some: readonly Cell[], of: ReadRequest): Reading =>
    readTurn(some, some === typed ? all : some, isAsked, of, tools, some === typed ? kept : undefined);
  const isProposed = isProposing(typed);
  const apartAsked = isProposed ? undefined : readQuestionsApart(typed, turn, request, tools);
  const reading = apartAsked ?? turn(typed, request);
  const isOpen =
    reading.kind === 'clarify' || (reading.kind === 'refuse' && reading.reason === 'out-of-scope');
  const told = isOpen && !isProposed ? readAfterTold(typed, turn, request) : undefined;
  return withToldMetric(told ?? reading, typed);
}

/** The reading of what was said in its conversation. */
function readTurn(
  typed: readonly Cell[],
  all: readonly Cell[],
  isAsked: boolean,
  request: ReadRequest,
  tools: Tools,
  kept: Reading | undefined,
): Reading {
  const first = kept?.kind === 'plan' ? kept : readTyped(typed, all, isAsked, request, tools);
  if (!hasContext(request)) return first;
  const readAlone = (some: readonly Cell[], alone: ReadRequest): Reading =>
    readTyped(some, all, isAsked, alone, tools, true);
  const named = readWithNames(typed, first, request, tools, readAlone);
  const reading = askedOfAnother(typed, named, request, tools, {
    text: (earlier) => readText(earlier, tools),
    cells: readAlone,
  });
  // "put it back" behind a scaling: to how many, is not said.
  const isRolledBack =
    reading.kind === 'plan' && reading.steps.some(({ operation }) => operation.startsWith('rollback.'));
  return isRolledBack && isBehindOther(request, tools) ? askAgain(request.text) : reading;
}

/** The reading of what was typed; where that asks, of what is left without words that cannot change an order. */
function readTyped(
  typed: readonly Cell[],
  all: readonly Cell[],
  isAsked: boolean,
  request: ReadRequest,
  tools: Tools,
  isNamed = false,
): Reading {
  const members = readWithinSet(typed, (some) => readWhole(some, some, isAsked, request, tools));
  if (members) return members;
  const isProposed = isProposing(typed);
  const question = isProposed
    ? undefined
    : questionWithin(typed, (some) => readWhole(some, some, isAsked, request, tools));
  if (question) return question;
  const whole = readWhole(typed, all, isAsked, request, tools);
  const isList = whole.kind === 'query' && isNeededFor(typed);
  // "rack work tonight, expected noise: silence X": what is told is out of scope, the order is not.
  const isOutside =
    whole.kind === 'refuse' && (whole.reason === 'out-of-scope' || whole.reason === 'unsupported');
  const readAlone = (order: readonly Cell[]): Reading => readOrder(order, isAsked, request, tools);
  const proposed = whole.kind !== 'plan' && !isNamed && readProposed(all, readAlone, tools.inventory);
  if (proposed) return heldToText(proposed, all, tools.inventory);
  const isLeft = whole.kind === 'query' || (whole.kind === 'plan' && isProposedLeft(whole, typed));
  if (isProposed && isLeft) return askAgain(request.text);
  if (whole.kind !== 'clarify' && !isList && !isOutside) {
    const isOrdered = whole.kind === 'query' && !isNamed && endsInOrder(typed);
    const ordered = isOrdered ? readWithin(typed, readAlone, tools.inventory) : undefined;
    return ordered?.kind === 'plan' ? heldToText(ordered, all, tools.inventory) : whole;
  }
  for (const one of isOutside ? [] : shortened(typed, tools.inventory)) {
    const reading = readWhole(one.order, all, isAsked, request, tools);
    const isHeld = reading.kind === 'plan' && putOff(reading, [all, typed], tools.catalogue) !== undefined;
    if (reading.kind === 'plan' && !isHeld && mayStand(reading, one, tools.inventory)) return reading;
  }
  // What a word points at is put in by name only where the whole of the text was read.
  if (isNamed) return whole;
  const within = readWithin(typed, readAlone, tools.inventory);
  if (!within || (isProposed && within.kind !== 'plan')) return whole;
  return heldToText(within, all, tools.inventory);
}

/** "sorry to bother you again, …" */
const withoutGreeting = (cells: readonly Cell[]): readonly Cell[] =>
  /\bsorry\b/.test(cells[0]?.low ?? '') && isWord(cells[0], 'filler') && isWord(cells[1], 'comma')
    ? cells.slice(2)
    : cells;

/** What was typed in the forms the grammar reads, with names for what it points at. */
function prepared(typed: readonly Cell[], request: ReadRequest, tools: Tools) {
  const isReply = hasContext(request);
  const placed = withPlaceHeading(
    withRelativeBounds(
      withBoundTurns(
        withStatusNoun(
          withoutCircumstances(
            withLeftTopics(
              withNewWishes(withTagPairs(withImageNamed(withoutGreeting(typed), tools.inventory))),
            ),
          ),
        ),
      ),
    ),
  );
  const steps = withNewAskedFor(
    withHaveDone(withPlainSteps(withThingsInOrder(withoutSparedBeside(placed), tools.inventory))),
  );
  const listed = withListed(
    isReply ? withReplies(withSpokenTurns(steps, request, tools)) : steps,
    request,
    tools,
  );
  const spoken = isReply ? withReplies(withSpokenNames(listed.cells, request, tools)) : listed.cells;
  const cells = withSpared(withPointers(spoken, tools, turnRefs(request)));
  const spanned = withoutSparedBeside(withSpans(cells, tools.inventory));
  return { listed, cells, spanned };
}

/** An order by itself, without the ways round for what is not understood. */
function readOrder(order: readonly Cell[], isAsked: boolean, request: ReadRequest, tools: Tools): Reading {
  const { listed, cells, spanned } = prepared(order, request, tools);
  if (listed.lost !== undefined) return askWhich(request.text, listed.lost);
  const reading = decide(converse(reword(spanned, isAsked), request, tools), request, tools, cells);
  return heldBack(reading, withoutSame([order, cells]), tools.catalogue, tools.inventory);
}

/** The reading of all that was typed, in its conversation. */
function readWhole(
  typed: readonly Cell[],
  all: readonly Cell[],
  isAsked: boolean,
  request: ReadRequest,
  tools: Tools,
): Reading {
  const { text } = request;
  const isReply = hasContext(request);
  const { listed, cells, spanned } = prepared(typed, request, tools);
  if (listed.lost !== undefined) return askWhich(text, listed.lost);
  const readingOf = (some: readonly Cell[]): Reading =>
    decide(converse(reword(some, isAsked), request, tools), request, tools, cells);
  const reading = withoutAsides(spanned, readingOf, tools);
  const readCells = (given: readonly Cell[]): Reading => readingOf(withSpans(given, tools.inventory));
  const second =
    orderAmongTold(reading, cells, readCells, tools.catalogue, tools.inventory) ??
    (reading.kind === 'clarify' ? skimmed(cells, request, tools) : undefined);
  const made = reading.kind === 'plan' ? undefined : withSpokenNames(listed.cells, request, tools, true);
  const spelled = made && made !== listed.cells ? readCells(made) : undefined;
  const best = spelled?.kind === 'plan' ? spelled : (second ?? reading);
  const texts = withoutSame([all, typed, cells]);
  const held = heldBack(best, texts, tools.catalogue, tools.inventory);
  const kindOf = (id: string): string | undefined => tools.inventory.get(id)?.kind;
  // The same part is read alone, behind others, and again with all of them.
  const reworded = new Map<readonly Cell[], readonly Cell[]>();
  const plainly = (part: readonly Cell[]): readonly Cell[] => {
    const plain = reworded.get(part) ?? reword(part, isAsked);
    reworded.set(part, plain);
    return plain;
  };
  const readParts = (parts: readonly Part[]): Reading => {
    const plain = parts.map((part) => ({ ...part, cells: plainly(part.cells) }));
    return decide(understandParts(plain, sceneOf(request, tools), tools), request, tools, cells);
  };
  const kept = (one: Reading, said: readonly (readonly Cell[])[]): Reading =>
    heldBack(one, said, tools.catalogue, tools.inventory);
  const rowTools: RowTools = {
    read: readParts,
    kindOf,
    isKept: (one, some) => kept(one, [some]).kind !== 'clarify',
  };
  const isUnread = held.kind === 'clarify' && !isOpenHowever(held, cells);
  const inRow = isReply
    ? undefined
    : (readUnderHeading(spanned, rowTools) ?? (isUnread ? readUnderFirst(spanned, rowTools) : undefined));
  const rowRead = inRow && kept(inRow, texts);
  if (rowRead?.kind === 'plan') return rowRead;
  const question = isOpen(held) ? inPlainQuestion(spanned, kindOf, isAsked) : undefined;
  const isApart = question && mayBeElse(held, question, spanned);
  const answer = isApart && heldBack(readingOf(question), texts, tools.catalogue, tools.inventory);
  const isFigured = isFigureRow(cells);
  if (answer && answer.kind === 'query' && !isFigured && !isDetailOf(held, answer)) return answer;
  // Which of several things is meant, or what bounds a set, is as open in any other order.
  const isUnasked = isStateRow(cells) || isFigured || (isAsked && isShownUnasked(held, cells));
  const isStates = held.kind === 'query' && isUnasked;
  const isNamed = cells.some((cell) => !cell.quoted && senseOf(cell, 'name')?.exact);
  const isLost = held.kind === 'refuse' && held.reason === 'out-of-scope' && isNamed;
  if (held.kind === 'clarify' ? isOpenHowever(held, cells) : !isStates && !isLost) return held;
  const row = readStepByStep(
    spanned,
    // A single step of a reply was read in its conversation, which knows when it may mean something else.
    (parts) =>
      isReply && parts.length < 2 && !isPartOf(parts[0]?.cells ?? [], spanned) ? held : readParts(parts),
    kindOf,
    (one) => kept(one, texts).kind !== 'clarify',
  );
  const done = row && kept(row, texts);
  if (done && done.kind !== 'clarify') return done;
  if (held.kind !== 'clarify') return held;
  // What is whole is a better answer than what leaves something out.
  const isShorter = best !== reading && held.candidates.length > 0;
  return isShorter && reading.kind === 'clarify' && reading.candidates.length > 0 ? reading : held;
}

/** Texts of the same cells are looked at once. */
const withoutSame = (texts: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] =>
  texts.filter(
    (text, at) =>
      !texts
        .slice(0, at)
        .some((one) => one.length === text.length && one.every((cell, index) => cell === text[index])),
  );

/** Whether cells are one of several steps of a text. */
function isPartOf(part: readonly Cell[], text: readonly Cell[]): boolean {
  const said = (cells: readonly Cell[]): readonly Cell[] =>
    cells.filter((cell) => cell.end > cell.start && !isWord(cell, 'comma', 'stop', 'filler', 'and'));
  const from = Math.min(...said(part).map(({ start }) => start));
  const to = Math.max(...said(part).map(({ end }) => end));
  return said(text).some((cell) => cell.end <= from || cell.start >= to);
}

/** What was not understood, or asks. */
function isOpen(reading: Reading): boolean {
  if (reading.kind === 'clarify') return reading.about !== 'scope' || reading.candidates.length === 0;
  return reading.kind === 'query' || (reading.kind === 'refuse' && reading.reason === 'out-of-scope');
}

/** A bound that is not understood, or a name that several things have. */
function isOpenHowever({ about, candidates }: ClarifyReading, cells: readonly Cell[]): boolean {
  if (about !== 'target' || candidates.length < 2) return about === 'scope';
  const ids = candidates.flatMap(({ reading }) =>
    reading.steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : [])),
  );
  return cells.some((cell) => {
    const named = senseOf(cell, 'name')?.ids;
    return named !== undefined && ids.length > 1 && ids.every((id) => named.includes(id));
  });
}

/** A command line among words that only ask for it, or tell why. */
function pastedIn(text: string, tools: Tools): readonly Read[] | undefined {
  const found = commandIn(text);
  if (!found) return undefined;
  const rest = cellsOf(tokenise(found.rest), tools.lexicon, tools.inventory, tools.nowMs);
  if (!isOnlyTold(rest)) return undefined;
  const line = readCommandLine(found.command, tools);
  return line?.kind === 'reads' ? line.reads : undefined;
}

/** The order alone, where it is whole. */
function skimmed(cells: readonly Cell[], request: ReadRequest, tools: Tools): Reading | undefined {
  const telegram = telegramOf(cells);
  if (!telegram) return undefined;
  const { connection } = request.context ?? {};
  const alone = { ...request, context: connection === undefined ? {} : { connection } };
  const reading = decide(converse(reword(telegram), alone, tools), request, tools, telegram);
  return reading.kind === 'plan' && isWhole(reading, cells, tools.inventory) ? reading : undefined;
}

/** The reading of a text; where it is no plain change, what is only told beside an order is left out. */
function withoutAsides(
  cells: readonly Cell[],
  readingOf: (some: readonly Cell[]) => Reading,
  { catalogue }: Tools,
): Reading {
  const whole = readingOf(cells);
  if (isWholly(whole, catalogue)) return whole;
  const told = withoutTold(cells);
  const alone = told && readingOf(told.order);
  return alone && isWholly(alone, catalogue, told.isForeign) ? alone : whole;
}

/** Words in one command; more is a text, not a command. */
const tokensMax = 300;

const hasContext = ({ context }: ReadRequest): boolean =>
  (context?.turns?.length ?? 0) + (context?.selection?.length ?? 0) > 0;

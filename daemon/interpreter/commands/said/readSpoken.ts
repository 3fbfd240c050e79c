// Reads a command line that was said in words as the words it stands for, and tells of the words that were typed: the
// text of the reading, and the place of every part of it. A call that is only told of orders nothing. Called where a text
// is no pasted command line.

import type { Evidence, Reading, RefuseReading, StepDraft } from '../../../../shared/model/reading.ts';
import type { Tools } from '../../filling/readClause.ts';
import { inPlainWords, type PlainWords } from './plainWords.ts';
import type { Piece } from './typedWords.ts';

/** The reading of a text with calls in it; undefined where there is none. `lost` is the reading of what is not ordered. */
export function readSpoken(
  text: string,
  tools: Tools,
  read: (plain: string) => Reading,
  lost: () => Reading,
): Reading | undefined {
  const spoken = inPlainWords(text, tools);
  if (!spoken) return undefined;
  if (spoken.kind === 'unsupported') return withoutCounterpart(spoken.tool, text);
  const plain = spoken.kind === 'plain' ? spoken.pieces.map((piece) => piece.text).join('') : text;
  const reading = read(plain);
  const steps = reading.kind === 'plan' ? reading.steps.map(({ operation }) => operation) : [];
  if (spoken.kind === 'unsaid') return steps.length > 0 ? lost() : reading;
  return isOfOtherKind(steps, spoken, tools) ? lost() : asTyped(reading, spoken.pieces, text);
}

/** The refusal of a call that nothing here does. */
export function withoutCounterpart(tool: string, text: string): RefuseReading {
  return {
    kind: 'refuse',
    text,
    source: 'embedded',
    confidence: 1,
    reason: 'unsupported',
    message: `That ${tool} command has no counterpart here.`,
    instead: ['list vms', 'list deployments'],
  };
}

/** A step is what a call does, of a kind neither it nor a word beside it is about: "terminate-instances it" of a volume. */
function isOfOtherKind(
  operations: readonly string[],
  { pieces, calls }: Extract<PlainWords, { kind: 'plain' }>,
  { lexicon }: Tools,
): boolean {
  const beside = pieces
    .filter(({ text, start, end }) => text.length === end - start)
    .flatMap(({ text }) => text.toLowerCase().match(/[a-z]+/g) ?? []);
  const isBeside = (operation: string): boolean =>
    beside.some((word) =>
      lexicon
        .starting(word)
        .flatMap(({ senses }) => senses.flatMap((sense) => (sense.t === 'verb' ? [sense.phrase] : [])))
        .some((phrase) => lexicon.operationsOf(phrase).some((one) => one.operation.id === operation)),
    );
  return operations.some((operation) => {
    const [verb, kind] = operation.split('.');
    const alike = calls.filter((call) => call.does === verb);
    const isOther = alike.length > 0 && alike.every((call) => call.kind !== '' && call.kind !== kind);
    return isOther && !isBeside(operation);
  });
}

/** The reading as of the text that was typed. */
function asTyped<T extends Reading>(reading: T, pieces: readonly Piece[], typed: string): T {
  const ofStep = (step: StepDraft): StepDraft => ({
    ...step,
    evidence: step.evidence.map((one) => placed(one, pieces, typed)),
  });
  const read = reading as Reading;
  const text = { ...read, text: typed };
  if (text.kind === 'plan' || text.kind === 'query')
    return { ...text, steps: text.steps.map(ofStep) } as Reading as T;
  if (text.kind === 'refuse') return text as Reading as T;
  return {
    ...text,
    candidates: text.candidates.map((one) => ({ ...one, reading: asTyped(one.reading, pieces, typed) })),
    ...(text.partial && { partial: ofStep(text.partial) }),
  } as Reading as T;
}

/** Where words of the plain text were typed. */
function placed(one: Evidence, pieces: readonly Piece[], typed: string): Evidence {
  let [start, end] = [typed.length, 0];
  let from = 0;
  for (const piece of pieces) {
    const to = from + piece.text.length;
    if (one.start < to && one.end > from) {
      const isCopied = piece.text.length === piece.end - piece.start;
      start = Math.min(start, isCopied ? piece.start + Math.max(0, one.start - from) : piece.start);
      end = Math.max(end, isCopied ? piece.start + Math.min(piece.text.length, one.end - from) : piece.end);
    }
    from = to;
  }
  return start < end ? { ...one, start, end, text: typed.slice(start, end) } : one;
}

// From a reading to chips: verb, kind, target and each argument of a step, with the words that gave it. Pure, so
// that what a person is told about how they were understood can be tested without a page.

import type { Evidence, Reading, StepDraft } from '../../shared/model/reading.ts';
import { fieldLabel, valueText } from '../../shared/panel/planText.ts';

export interface Chip {
  /** Step of the reading it belongs to, from zero. */
  readonly step: number;
  /** `verb`, `kind`, `target` or `args.<name>`. */
  readonly part: string;
  readonly label: string;
  readonly value: string;
  /** Words of the sentence that gave it; empty where it follows from something else. */
  readonly words: string;
  /** True where those words are an alias that the person saved. */
  readonly byAlias: boolean;
  /** Whether a click offers something else for it. */
  readonly correctable: boolean;
}

/** A stretch of the typed text, and which parts of which steps it gave (`0:verb`). */
export interface Segment {
  readonly text: string;
  readonly parts: readonly string[];
}

const targetsNamed = 3;

/** Chips of a reading, one row a step; nothing for a question back or a refusal. */
export function chipsOf(
  reading: Reading | undefined,
  names: Readonly<Record<string, string>>,
): readonly (readonly Chip[])[] {
  if (!reading || (reading.kind !== 'plan' && reading.kind !== 'query')) return [];
  return reading.steps.map((step, index) => chipsOfStep(step, index, names, reading.kind === 'plan'));
}

function chipsOfStep(
  step: StepDraft,
  index: number,
  names: Readonly<Record<string, string>>,
  correctable: boolean,
): readonly Chip[] {
  const [verb = step.operation, kind = ''] = step.operation.split('.');
  const chip = (part: string, label: string, value: string, isCorrectable = correctable): Chip => ({
    step: index,
    part,
    label,
    value,
    words: wordsOf(step.evidence, part),
    byAlias: step.evidence.some((item) => item.part === part && item.alias === true),
    correctable: isCorrectable,
  });
  const chips = [chip('verb', 'do', verb)];
  if (kind) chips.push(chip('kind', 'kind', kind, false));
  const target = targetText(step, names);
  if (target) chips.push(chip('target', 'target', target, correctable && step.target?.kind === 'resources'));
  for (const [name, value] of Object.entries(step.args)) {
    const shown = typeof value === 'string' ? (names[value] ?? value) : valueText(value);
    chips.push(chip(`args.${name}`, fieldLabel(name), shown));
  }
  return chips;
}

function targetText(step: StepDraft, names: Readonly<Record<string, string>>): string | undefined {
  if (!step.target) return undefined;
  if (step.target.kind === 'created') return `what step ${step.target.step + 1} makes`;
  const { ids } = step.target;
  if (ids.length === 0) return undefined;
  const shown = ids.slice(0, targetsNamed).map((id) => names[id] ?? id);
  return ids.length > targetsNamed
    ? `${shown.join(', ')} and ${ids.length - targetsNamed} more`
    : shown.join(', ');
}

function wordsOf(evidence: readonly Evidence[], part: string): string {
  return evidence
    .filter((item) => item.part === part)
    .map((item) => item.text)
    .join(' … ');
}

/** The typed text cut at the ends of all evidence, so that the words of a chip can be lit up. */
export function segmentsOf(reading: Reading | undefined, text: string): readonly Segment[] {
  const marks =
    reading && (reading.kind === 'plan' || reading.kind === 'query')
      ? reading.steps.flatMap((step, index) =>
          step.evidence.map((item) => ({ ...item, key: `${index}:${item.part}` })),
        )
      : [];
  const valid = marks.filter((mark) => mark.start >= 0 && mark.end <= text.length && mark.start < mark.end);
  const cuts = [...new Set([0, text.length, ...valid.flatMap((mark) => [mark.start, mark.end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1]!;
    return {
      text: text.slice(start, end),
      parts: valid.filter((mark) => mark.start <= start && mark.end >= end).map((mark) => mark.key),
    };
  });
}

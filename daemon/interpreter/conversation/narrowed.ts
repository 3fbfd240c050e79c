// Replies that narrow what the turn before showed: "only errors please" and "filter for timeout" behind the logs of a thing
// are the same logs with the lines that hold the word. Only a word that filters makes it one, and nothing but that word
// may be left over. Called by `converse`.

import type { Read } from '../filling/readClause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';

const filtering =
  /^(only|just|filter|filtered|grep|search|look|containing|contain|contains|matching|with|mentioning|about|that contain|that have|that mention)$/;
const idle =
  /^(only|just|filter|filtered|grep|search|look|containing|contain|contains|matching|match|with|mentioning|mention|about|that|which|for|by|on|in|the|those|these|them|it|lines?|ones?|entries|entry|messages?|logs?|log lines?|show|show me|give|give me|i want|i need|and|please|pls|thanks|ok|okay|now|from it|out|of|have|has|to see|see|me|text|word|level)$/;
const plural: Readonly<Record<string, string>> = {
  errors: 'error',
  warnings: 'warning',
  timeouts: 'timeout',
  exceptions: 'exception',
  failures: 'failure',
};

/** The logs of the turn before with only the lines that were asked for. */
export function narrowedLogs(cells: readonly Cell[], last: Read): readonly Read[] | undefined {
  const [best] = last.attempts;
  const isLogs =
    best &&
    !best.trouble &&
    best.steps.every(({ operation }) => operation.verb === 'logs') &&
    best.steps.length > 0;
  if (!isLogs || !cells.some((cell) => !cell.quoted && filtering.test(cell.low))) return undefined;
  const said = cells.filter((cell) => cell.quoted || !(isWord(cell, 'stop', 'comma') || idle.test(cell.low)));
  const [text, other] = said;
  if (!text || other) return undefined;
  const isOpen =
    !text.quoted &&
    (senseOf(text, 'name') ??
      senseOf(text, 'env') ??
      senseOf(text, 'time') ??
      senseOf(text, 'value') ??
      senseOf(text, 'kind'));
  if (isOpen || isWord(text, 'not', 'except', 'last', 'first')) return undefined;
  const grep = plural[text.low] ?? (text.quoted ? text.text : text.low);
  const steps = best.steps.map((step) => ({ ...step, args: { ...step.args, grep } }));
  return [{ ...last, attempts: [{ ...best, steps }] }];
}

// Logs and consoles, read from the cloud at the moment they are asked for. What stands in a log is data.

import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { requireOne } from './targets.ts';

export async function answerLogs(
  step: StepDraft,
  sources: AnswerSources,
  signal: AbortSignal,
): Promise<StepAnswer> {
  const resource = requireOne(step, sources);
  const { lines, grep, previous, window_s: window, from } = step.args;
  const sinceMs =
    typeof window === 'number'
      ? sources.now() - window * 1000
      : typeof from === 'string'
        ? Date.parse(from)
        : undefined;
  const log = await readLog(resource, sources, {
    lines: typeof lines === 'number' ? lines : 200,
    grep: typeof grep === 'string' ? grep : undefined,
    previous: previous === true ? true : undefined,
    sinceMs,
    signal,
  });
  const count = log.text === '' ? 0 : log.text.trimEnd().split('\n').length;
  return {
    summary:
      count === 0
        ? `The log of ${resource.name} has no lines that match.`
        : `The last ${count} lines of ${resource.name}'s log.`,
    blocks:
      count === 0 ? [] : [{ kind: 'log', title: resource.name, text: log.text, truncated: log.truncated }],
    refs: [resource.id],
  };
}

/** Reads the log of a resource through its connection. Throws ProblemError `unsupported` where it has none. */
export async function readLog(
  resource: Resource,
  sources: Pick<AnswerSources, 'connections'>,
  request: {
    readonly lines: number;
    readonly grep?: string;
    readonly sinceMs?: number;
    readonly previous?: boolean;
    readonly part?: string;
    readonly signal: AbortSignal;
  },
): Promise<{ readonly text: string; readonly truncated: boolean }> {
  const read = sources.connections.executor(resource.connection)?.readers.logs;
  if (!read) {
    throw new ProblemError({
      code: 'unsupported',
      message: `The connection ${resource.connection} gives no logs of a ${resource.kind}.`,
      fix: 'Ask for its details or metrics instead.',
    });
  }
  return read({ resource, ...request, lines: Math.min(request.lines, limits.logLinesMax) });
}

// Answers questions out of the graph, the audit trail, the plans and, for logs and figures, the cloud itself.
// It never writes and never guesses: what cannot be read is said, with what can be asked instead. Called by the
// request handlers after the interpreter has read a question.

import type { Answer, AnswerBlock } from '../../shared/model/answer.ts';
import { isAboutChanges } from '../../shared/model/changeWords.ts';
import { isAboutFailing } from '../../shared/model/failureWords.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { QueryReading, StepDraft } from '../../shared/model/reading.ts';
import type { AuditTrail } from '../audit/contract.ts';
import type { Connections } from '../discovery/contract.ts';
import type { Failures } from '../failure/contract.ts';
import type { GraphReader, StoredGraph } from '../graph/contract.ts';
import type { Plans } from '../plans/contract.ts';
import type { Threats } from '../threat/contract.ts';
import type { Watch } from '../watch/contract.ts';
import { answerActions } from './actions.ts';
import { answerAnomalies, answerAnomaly } from './anomalies.ts';
import { answerAudit } from './audit.ts';
import { answerChanges, canCompare } from './changes.ts';
import type { Answers } from './contract.ts';
import { answerExplain } from './explain.ts';
import { answerFailures } from './failures.ts';
import { answerForecast } from './forecast.ts';
import { answerList } from './list.ts';
import { answerLogs } from './logs.ts';
import { answerMetrics } from './metrics.ts';
import { answerShow } from './show.ts';
import { answerTopology } from './topology.ts';

/** What an answerer may look at. */
export interface AnswerSources {
  readonly graph: GraphReader;
  /** Absent: nothing is known of what was there before. */
  readonly history?: Pick<StoredGraph, 'resourcesAt' | 'knownSince'>;
  readonly connections: Connections;
  readonly audit: AuditTrail;
  readonly plans: Pick<Plans, 'list' | 'get'>;
  readonly watch: Pick<Watch, 'series' | 'incidents' | 'forecast' | 'marks' | 'status'>;
  /** Absent where nobody looks for threats. */
  readonly threats?: Threats;
  /** Absent: nothing foresees failures. */
  readonly failures?: Failures;
  readonly now: () => number;
}

/** Answer to one step; `source` is where it was read. */
export type StepAnswer = Omit<Answer, 'source'> & { readonly source?: string };
export type Answerer = (
  step: StepDraft,
  sources: AnswerSources,
  signal: AbortSignal,
) => StepAnswer | Promise<StepAnswer>;

const answerers: Readonly<Record<string, Answerer>> = {
  list: answerList,
  show: answerShow,
  logs: answerLogs,
  metrics: answerMetrics,
  forecast: answerForecast,
  explain: answerExplain,
  topology: answerTopology,
  audit: answerAudit,
  action: answerActions,
};

/** Kinds that only exist where something watches the metrics or heals; no connection brings them by itself. */
const watchedKinds = new Set(['alert', 'policy']);

/** Makes the answering side of the daemon. */
export function createAnswers(sources: AnswerSources): Answers {
  return {
    async answer(reading: QueryReading, signal: AbortSignal): Promise<Answer> {
      const parts: StepAnswer[] = [];
      if (asksForFailures(reading)) return joinAnswers([answerFailures(reading.steps, sources)], sources);
      for (const step of reading.steps) {
        signal.throwIfAborted();
        const isCompared = canCompare(step) && isAboutChanges(reading.text);
        parts.push(
          isCompared
            ? answerChanges(step, reading.text, sources)
            : await answererOf(step, sources)(step, sources, signal),
        );
      }
      return joinAnswers(parts, sources);
    },
  };
}

/** "Will web-1 fail" foresees no metric. */
function asksForFailures({ text, steps }: QueryReading): boolean {
  const isForeseen = steps.every(
    ({ operation, args }) => operation.startsWith('forecast.') && args.metric === undefined,
  );
  return steps.length > 0 && isForeseen && isAboutFailing(text);
}

function answererOf(step: StepDraft, sources: AnswerSources): Answerer {
  const [head = '', kind = ''] = step.operation.split('.');
  if (kind === 'anomaly') return head === 'list' ? answerAnomalies : answerAnomaly;
  if (watchedKinds.has(kind) || watchedKinds.has(head)) requireWatched(step, kind, sources);
  const answerer = answerers[head === 'list' && kind === 'action' ? 'action' : head];
  if (answerer) return answerer;
  throw new ProblemError({
    code: 'unsupported',
    message: `I understood "${step.operation}", but nothing here can answer it yet.`,
    fix: 'Ask for a list, for the details, logs or metrics of a resource, for what depends on it, or for the audit.',
  });
}

function requireWatched(step: StepDraft, kind: string, sources: AnswerSources): void {
  const named = step.target?.kind === 'resources' && step.target.ids.some((id) => sources.graph.get(id));
  if (named || sources.graph.list({ kind }).length > 0) return;
  throw new ProblemError({
    code: 'unsupported',
    message: `No connection reports anything of the kind "${kind || step.operation.split('.')[0]}".`,
    fix: 'Ask for the current metrics of a resource instead, e.g. "cpu of web-1 over the last 6 hours".',
  });
}

function joinAnswers(parts: readonly StepAnswer[], sources: AnswerSources): Answer {
  const blocks: AnswerBlock[] = parts.flatMap((part, index) =>
    index === 0 ? part.blocks : [{ kind: 'text', text: part.summary } as const, ...part.blocks],
  );
  const refs = [...new Set(parts.flatMap((part) => part.refs))];
  const origins = [...new Set(parts.map((part) => part.source).filter((text) => text !== undefined))];
  return {
    summary: parts[0]?.summary ?? 'There was nothing to answer.',
    blocks,
    refs,
    source: origins.length > 0 ? origins.join('; ') : describeOrigin(refs, sources),
  };
}

/** Names the connections the resources came from and how old their reading is. */
function describeOrigin(refs: readonly string[], sources: AnswerSources): string {
  const ids = new Set(refs.map((id) => sources.graph.get(id)?.connection).filter((id) => id !== undefined));
  const asked = sources.connections.list().filter((connection) => ids.size === 0 || ids.has(connection.id));
  if (asked.length === 0) return 'nothing is connected';
  return asked
    .map(
      (connection) =>
        `${connection.name}${connection.simulated && !/simulated/i.test(connection.name) ? ' (simulated)' : ''}, ${ageOf(connection.readAt, sources.now())}`,
    )
    .join('; ');
}

function ageOf(readAt: string | undefined, nowMs: number): string {
  if (!readAt) return 'not read yet';
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(readAt)) / 1000));
  if (seconds < 2) return 'read just now';
  if (seconds < 120) return `read ${seconds} s ago`;
  return `read ${Math.round(seconds / 60)} min ago`;
}

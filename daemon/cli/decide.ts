// The person's yes at a terminal, and watching what comes of it. A yes is given by typing at a terminal that somebody
// sits at, to the digest of what was just shown; `--yes` gives it without asking, but never for what destroys and
// never where more than a button is asked.

import type { DaemonSession } from '../../connect/session.ts';
import type { Connection } from '../../shared/model/connection.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { CliIo } from './io.ts';
import { style } from './output.ts';
import { renderRun } from './renderPlan.ts';

export interface DecideOptions {
  readonly io: CliIo;
  /** `--yes` */
  readonly yes: boolean;
  /** No text on stdout. */
  readonly json: boolean;
  readonly connections: readonly Connection[];
}

/** Asks for a yes where that is possible, runs the plan then, and gives it as it is at the end. */
export async function decide(session: DaemonSession, plan: Plan, options: DecideOptions): Promise<Plan> {
  if (plan.state !== 'proposed') return plan;
  const { io } = options;
  const refusal = options.yes ? whyNotByFlag(plan, options.connections) : undefined;
  if (options.yes && refusal === undefined) return run(session, plan, undefined, options);
  if (refusal !== undefined) io.say(style.yellow(refusal));
  if (!io.isInteractive) {
    io.say(`It waits for a yes: pilothouse plan approve ${plan.id}`);
    return plan;
  }
  const typed = await askForYes(plan, io);
  if (typed === undefined) return await session.request('plan/reject', { id: plan.id });
  return run(session, plan, typed, options);
}

/** Why `--yes` is not enough for this plan; undefined where it is. */
export function whyNotByFlag(plan: Plan, connections: readonly Connection[]): string | undefined {
  if (plan.risk === 'destroy') return '--yes does not approve what destroys.';
  if (plan.verdict.approval.kind !== 'button') return `--yes is not enough: ${plan.verdict.approval.why}`;
  const used = new Set(plan.steps.map((step) => step.connection));
  for (const id of used) {
    const connection = connections.find((one) => one.id === id);
    if (connection?.mode !== 'confirm') return `--yes is not allowed on ${connection?.name ?? id}.`;
  }
  return undefined;
}

/** What was typed, or undefined for a no. Anything that is not a clear yes is a no. */
async function askForYes(plan: Plan, io: CliIo): Promise<string | undefined> {
  const { approval } = plan.verdict;
  if (approval.kind === 'typed') {
    io.say(style.yellow(approval.why));
    const answer = await io.ask(
      `Type ${style.bold(approval.expected)} to go on, anything else to leave it: `,
    );
    return answer?.trim() === approval.expected ? approval.expected : undefined;
  }
  const answer = await io.ask(`${style.bold('Do it?')} [y/N] `);
  return /^y(es)?$/i.test(answer?.trim() ?? '') ? '' : undefined;
}

async function run(
  session: DaemonSession,
  plan: Plan,
  typed: string | undefined,
  options: DecideOptions,
): Promise<Plan> {
  const wasTyped = typed !== undefined && typed !== '';
  await session.request('plan/approve', { id: plan.id, digest: plan.digest, ...(wasTyped && { typed }) });
  return await watch(session, plan.id, options.io);
}

/** Shows progress until the plan has ended. Ctrl-C stops the plan at its next safe point, twice stops watching. */
export async function watch(session: DaemonSession, id: string, io: CliIo): Promise<Plan> {
  const leave = new AbortController();
  let last = '';
  let interrupts = 0;
  const stopListening = io.onInterrupt(() => {
    interrupts += 1;
    if (interrupts > 1) {
      leave.abort();
      return;
    }
    io.say(
      'Stopping at the next safe point… (Ctrl-C again to stop watching; the plan is found under `pilothouse plans`)',
    );
    session.request('plan/cancel', { id }).catch((error: Error) => io.say(style.red(error.message)));
  });
  try {
    return await session.request(
      'plan/wait',
      { id },
      {
        signal: leave.signal,
        onProgress({ message, plan }) {
          if (!plan?.runs.some((step) => step.state === 'running')) return;
          if (message !== last) io.say(style.dim(`  ${message}`));
          last = message;
        },
      },
    );
  } catch (error) {
    if (leave.signal.aborted) return await session.request('plan/get', { id });
    throw error;
  } finally {
    stopListening();
  }
}

/** How it went, with what to do next. */
export function renderOutcome(plan: Plan): string {
  const lines = plan.runs.some((step) => step.state !== 'pending') ? [renderRun(plan)] : [];
  if (lines.length === 0) lines.push(`${style.yellow(plan.state)}${plan.outcome ? `: ${plan.outcome}` : ''}`);
  if (plan.state === 'done' && plan.canUndo)
    lines.push(style.dim(`Take it back: pilothouse plan undo ${plan.id}`));
  if (plan.canContinue) lines.push(style.dim(`Do the rest: pilothouse plan continue ${plan.id}`));
  if (plan.state === 'unknown') {
    const step = plan.runs.find((run) => run.state === 'unknown')?.index ?? 0;
    lines.push(
      `Nobody knows whether step ${step + 1} happened. Look, then say: pilothouse plan resolve ${plan.id} --step ${step + 1} --outcome done|not-done`,
    );
  }
  return lines.join('\n');
}

/** Throws where a word that must be given is missing. */
export function requireWord(word: string | undefined, what: string, example: string): string {
  if (word !== undefined && word !== '') return word;
  throw new ProblemError({
    code: 'bad-input',
    message: `${what} is missing.`,
    fix: `For example: ${example}`,
  });
}

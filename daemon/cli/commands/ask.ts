// `ask`: the whole main job in a terminal. A sentence becomes an answer, a question back, a refusal or a plan; a plan
// is shown whole before anybody is asked, and what came of it is shown after.

import { randomUUID } from 'node:crypto';
import type { DaemonSession } from '../../../connect/session.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import type { ClarifyReading, Reading } from '../../../shared/model/reading.ts';
import type { SubmitResult } from '../../../shared/protocol/messages.ts';
import { type Command, type CommandContext, connectionOption, jsonOption, printJson } from '../command.ts';
import { decide, renderOutcome, requireWord } from '../decide.ts';
import { type ExitCode, exitCodeOfPlan, exitCodeOfProblem, exitCodes } from '../exitCodes.ts';
import { style } from '../output.ts';
import { renderAnswer } from '../renderAnswer.ts';
import { renderPlan } from '../renderPlan.ts';
import { requireConnection, settledConnections } from '../settled.ts';

/** Questions in a row before it is left to other words. */
const questionsMax = 5;

export const ask: Command = {
  name: 'ask',
  usage: 'TEXT',
  doc: 'Reads a sentence: answers a question, or shows a plan, asks for your yes and carries it out.',
  options: {
    ...connectionOption,
    yes: { type: 'boolean', doc: 'Approve without asking; never what destroys or has to be typed.' },
    ...jsonOption,
  },
  async run(context) {
    const example = 'pilothouse ask "create S.4 VM named dev-box"';
    const text = requireWord(context.words.join(' '), 'The sentence', example);
    const session = await context.connect();
    const conversation = `terminal-${randomUUID()}`;
    try {
      const { result, code } = await converse(session, text, conversation, context);
      if (context.options.json === true) printJson(context.io, jsonOf(result));
      return code;
    } finally {
      await session.request('chat/clear', { conversation }).catch(() => {});
    }
  },
};

interface Outcome {
  readonly result: SubmitResult;
  readonly code: ExitCode;
}

async function converse(
  session: DaemonSession,
  text: string,
  conversation: string,
  context: CommandContext,
): Promise<Outcome> {
  const { io } = context;
  const connections = await settledConnections(session, () => io.say(style.dim('Reading the connections…')));
  const connection = context.options.connection as string | undefined;
  if (connection !== undefined) requireConnection(connections, connection);
  const about = { conversation, ...(connection !== undefined && { connection }) };
  let result = await session.request('request/submit', { text, context: about });
  for (let asked = 0; result.reading.kind === 'clarify' && asked < questionsMax; asked++) {
    const next = await askBack(session, result.reading, about, context);
    if (!next) break;
    result = next;
  }
  return await conclude(session, result, connections, context);
}

async function conclude(
  session: DaemonSession,
  result: SubmitResult,
  connections: Parameters<typeof decide>[2]['connections'],
  { io, options }: CommandContext,
): Promise<Outcome> {
  const json = options.json === true;
  const show = (text: string): void => {
    if (!json) io.print(text);
  };
  if (result.answer) {
    show(renderAnswer(result.answer));
    return { result, code: exitCodes.done };
  }
  if (result.problem) {
    io.say(`${style.red(result.problem.message)}${result.problem.fix ? `\n${result.problem.fix}` : ''}`);
    return { result, code: exitCodeOfProblem(result.problem as Parameters<typeof exitCodeOfProblem>[0]) };
  }
  if (!result.plan) return { result, code: sayReading(result.reading, io) };
  // The person decides on what stands on the screen: with --json it goes to stderr.
  if (json && io.isInteractive) io.say(renderPlan(result.plan));
  else show(renderPlan(result.plan));
  const plan = await decide(session, result.plan, { io, yes: options.yes === true, json, connections });
  if (plan.state !== 'proposed') show(renderOutcome(plan));
  return { result: { ...result, plan }, code: exitCodeOfPlan(plan.state) };
}

/** Says what stands in the way where there is neither plan nor answer. */
function sayReading(reading: Reading, { say, isInteractive }: CommandContext['io']): ExitCode {
  if (reading.kind === 'clarify') {
    // Who sits there has just been asked it.
    if (!isInteractive) say(renderQuestion(reading));
    return exitCodes.needsAnswer;
  }
  if (reading.kind === 'refuse') {
    say(
      [style.yellow(reading.message), ...reading.instead.map((text) => `  for example: ${text}`)].join('\n'),
    );
    return exitCodes.refused;
  }
  return exitCodes.failed;
}

function renderQuestion(reading: ClarifyReading): string {
  const choices = reading.candidates.map(
    ({ label, detail }, i) =>
      `  ${style.bold(String(i + 1))}. ${label}${detail ? style.dim(`  ${detail}`) : ''}`,
  );
  return [style.cyan(reading.question), ...choices].join('\n');
}

/** Asks the person; undefined where nobody can be asked or nobody answers. */
async function askBack(
  session: DaemonSession,
  reading: ClarifyReading,
  about: { readonly conversation: string; readonly connection?: string },
  { io }: CommandContext,
): Promise<SubmitResult | undefined> {
  if (!io.isInteractive) return undefined;
  io.say(renderQuestion(reading));
  const count = reading.candidates.length;
  const prompt =
    count > 0 ? `1–${count}, or other words (nothing: leave it): ` : 'In other words (nothing: leave it): ';
  const answer = (await io.ask(prompt))?.trim();
  if (!answer) return undefined;
  const chosen = /^\d+$/.test(answer) ? reading.candidates[Number(answer) - 1] : undefined;
  if (!chosen) return await session.request('request/submit', { text: answer, context: about });
  const { steps, kind } = chosen.reading;
  return await session.request('request/choose', {
    text: reading.text,
    steps: steps as never,
    query: kind === 'query',
    context: about,
    ...(about.connection !== undefined && { connection: about.connection }),
  });
}

/** The one JSON of `ask`: reading, and plan with verdict, steps' outcomes and audit range, or answer, or problem. */
export function jsonOf({ reading, plan, answer, problem }: SubmitResult): unknown {
  return { reading, ...(plan && planJson(plan)), ...(answer && { answer }), ...(problem && { problem }) };
}

/** A plan as scripts read it. */
export function planJson(plan: Plan): {
  readonly plan: Plan;
  readonly verdict: Plan['verdict'];
  readonly steps: readonly unknown[];
  readonly audit: Plan['audit'] | null;
} {
  const steps = plan.steps.map((step) => {
    const { index, operation, title, connection, target } = step;
    const run = plan.runs.find((one) => one.index === index);
    return { index, operation, title, connection, ...(target && { target: target.id }), ...run };
  });
  return { plan, verdict: plan.verdict, steps, audit: plan.audit ?? null };
}

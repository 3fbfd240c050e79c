// `plans` and `plan …`: what waits, what ran, and deciding on one of them.

import type { Plan } from '../../../shared/model/plan.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { type Command, type CommandContext, jsonOption, printJson } from '../command.ts';
import { decide, renderOutcome, requireWord } from '../decide.ts';
import { exitCodeOfPlan, exitCodes } from '../exitCodes.ts';
import { columns, style } from '../output.ts';
import { renderPlan } from '../renderPlan.ts';
import { settledConnections } from '../settled.ts';
import { planJson } from './ask.ts';

export const plans: Command = {
  name: 'plans',
  usage: '',
  doc: 'Lists plans, newest first.',
  options: { open: { type: 'boolean', doc: 'Only those that wait or run.' }, ...jsonOption },
  async run({ io, options, connect }) {
    const session = await connect();
    const list = (await session.request('plan/list', { open: options.open === true })).plans;
    if (options.json === true) printJson(io, { plans: list });
    else if (list.length === 0) io.print('There are no plans.');
    else io.print(columns([['PLAN', 'STATE', 'MADE', 'WHAT'].map(style.dim), ...list.map(rowOf)]));
    return exitCodes.done;
  },
};

function rowOf(plan: Plan): readonly string[] {
  return [plan.id, plan.state, plan.createdAt.slice(0, 16).replace('T', ' '), plan.title];
}

type Action = (id: string, context: CommandContext) => Promise<Plan>;

const actions: Readonly<Record<string, Action>> = {
  async show(id, { connect }) {
    return (await connect()).request('plan/get', { id });
  },
  async approve(id, { io, options, connect }) {
    const session = await connect();
    const plan = await session.request('plan/get', { id });
    if (plan.state !== 'proposed')
      throw new ProblemError({
        code: 'wrong-state',
        message: `The plan is ${plan.state}, so there is nothing to approve.`,
        fix: `See it: pilothouse plan show ${id}`,
      });
    const connections = await settledConnections(session);
    if (options.json !== true) io.print(renderPlan(plan));
    const json = options.json === true;
    return await decide(session, plan, { io, yes: options.yes === true, json, connections });
  },
  async reject(id, { connect }) {
    return (await connect()).request('plan/reject', { id });
  },
  async cancel(id, { connect }) {
    const session = await connect();
    const plan = await session.request('plan/cancel', { id });
    return plan.state === 'running' ? await session.request('plan/wait', { id }) : plan;
  },
  undo: (id, context) => proposeFrom('plan/undo', id, context),
  continue: (id, context) => proposeFrom('plan/continue', id, context),
  async resolve(id, { options, connect }) {
    const example = `pilothouse plan resolve ${id} --step 1 --outcome done`;
    const step = Number(requireWord(options.step as string | undefined, '--step', example)) - 1;
    const outcome = requireWord(options.outcome as string | undefined, '--outcome', example);
    if (outcome !== 'done' && outcome !== 'not-done')
      throw new ProblemError({
        code: 'bad-input',
        message: `--outcome is done or not-done, not ${outcome}.`,
        fix: example,
      });
    return (await connect()).request('plan/resolve', { id, step, outcome });
  },
};

/** A plan that follows from another: shown, and decided on. */
async function proposeFrom(
  method: 'plan/undo' | 'plan/continue',
  id: string,
  { io, options, connect }: CommandContext,
): Promise<Plan> {
  const session = await connect();
  const connections = await settledConnections(session);
  const plan = await session.request(method, { id });
  if (options.json !== true) io.print(renderPlan(plan));
  const json = options.json === true;
  return await decide(session, plan, { io, yes: options.yes === true, json, connections });
}

export const plan: Command = {
  name: 'plan',
  usage: 'show|approve|reject|cancel|undo|continue|resolve ID',
  doc: 'Shows one plan or decides on it.',
  options: {
    yes: { type: 'boolean', doc: 'Approve without asking; never what destroys or has to be typed.' },
    step: { type: 'string', value: 'N', doc: 'Number of the step (resolve), counted from 1.' },
    outcome: { type: 'string', value: 'done|not-done', doc: 'What became of the step (resolve).' },
    ...jsonOption,
  },
  async run(context) {
    const { io, options } = context;
    const [verb = '', word] = context.words;
    const action = Object.hasOwn(actions, verb) ? actions[verb] : undefined;
    if (!action)
      throw new ProblemError({
        code: 'bad-input',
        message: verb
          ? `"${verb}" is nothing that can be done with a plan.`
          : 'It is not said what to do with which plan.',
        fix: 'Use: pilothouse plan show|approve|reject|cancel|undo|continue|resolve ID',
      });
    const id = requireWord(word, 'The plan', `pilothouse plan ${verb} ID (see pilothouse plans)`);
    const result = await action(id, context);
    if (options.json === true) printJson(io, planJson(result));
    else if (verb === 'show') io.print(`${renderPlan(result)}\n${renderOutcome(result)}`);
    else if (result.state !== 'proposed') io.print(renderOutcome(result));
    return verb === 'show' || verb === 'reject' ? exitCodes.done : exitCodeOfPlan(result.state);
  },
};

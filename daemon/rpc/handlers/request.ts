// Sentences: read, then answered or made into a plan. A reading that wants a change becomes a plan that waits for a
// person; nothing here can approve. What was said is kept in its conversation for the next sentence's "it".

import type { Answer } from '../../../shared/model/answer.ts';
import { maxRisk, type Risk } from '../../../shared/model/kind.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { type Problem, ProblemError, problemOf } from '../../../shared/model/problem.ts';
import type {
  PlanReading,
  QueryReading,
  Reading,
  ReadingContext,
  StepDraft,
} from '../../../shared/model/reading.ts';
import type { SubmitResult, ValidParamsOf } from '../../../shared/protocol/messages.ts';
import { asWriteProblem } from '../../store/writeProblem.ts';
import type { HandlersOf, RequestContext, Services } from '../contract.ts';
import { acknowledgeIncidents, isAboutIncidents } from './incidentWords.ts';
import { learnFrom } from './learn.ts';
import { isAboutPlans, settlePlanWords } from './planWords.ts';

type TextContext = ValidParamsOf<'request/submit'>['context'];

export const interpretHandlers: HandlersOf<'interpret'> = {
  'interpret/read': ({ text, context }, request) => readText(text, context, request),
};

export const requestHandlers: HandlersOf<'request'> = {
  'request/submit': async ({ text, context, reader }, request) => {
    const embedded = readText(text, context, request);
    const result = await askModel(embedded, { text, context, reader }, request);
    return keep(context, text, result, request.services);
  },
  'request/choose': async (choice, request) => {
    const { text, query, context } = choice;
    const steps = choice.steps as readonly StepDraft[];
    const base = { text, source: 'click' as const, confidence: 1, steps };
    const risk = steps.reduce<Risk>((most, step) => maxRisk(most, riskOf(step, request.services)), 'read');
    const reading: PlanReading | QueryReading =
      query && risk === 'read' ? { ...base, kind: 'query' } : { ...base, kind: 'plan', risk };
    const wanted = choice.connection === undefined ? context : { ...context, connection: choice.connection };
    const result = learnFrom(choice, reading, await follow(reading, wanted, request), request);
    return keep(context, text, result, request.services);
  },
};

/**
 * Goes on with the embedded reading, or asks a language model where that reading leaves room for one. A model that is
 * away never stops the embedded reader: its result stands, with a word about the model.
 */
async function askModel(
  embedded: Reading,
  { text, context, reader }: Pick<ValidParamsOf<'request/submit'>, 'text' | 'context' | 'reader'>,
  request: RequestContext,
): Promise<SubmitResult> {
  const { assistant } = request.services;
  const mayRead = embedded.kind !== 'refuse' && assistant.settings.preset !== 'off';
  if (reader === 'embedded' || !mayRead || !(reader === 'model' || assistant.wants(embedded)))
    return follow(embedded, context, request);
  try {
    const onText = (part: string): void => request.progress(part);
    const known = contextOf(context, request.services);
    const read = await assistant.read({ text, context: known, embedded, signal: request.signal, onText });
    if (read.answer) return { reading: read.reading, answer: read.answer, usage: read.usage };
    return { ...(await follow(read.reading, context, request)), usage: read.usage };
  } catch (error) {
    request.signal.throwIfAborted();
    const { message, fix } = problemOf(error);
    return {
      ...(await follow(embedded, context, request)),
      notice: { message, ...(fix !== undefined && { fix }) },
    };
  }
}

function riskOf(step: StepDraft, services: Services): Risk {
  const operation = services.catalogue.get(step.operation);
  if (operation) return operation.risk;
  throw new ProblemError({
    code: 'bad-input',
    message: `There is no operation ${step.operation}.`,
    fix: 'Choose one of the operations of the catalogue.',
  });
}

function readText(text: string, context: TextContext, { services, actor }: RequestContext): Reading {
  const { interpreter, now } = services;
  return interpreter.read({
    text,
    context: contextOf(context, services),
    nowMs: now(),
    user: actor.user,
  });
}

function contextOf(context: TextContext, services: Services): ReadingContext {
  const turns = context?.conversation === undefined ? undefined : services.chat.context(context.conversation);
  return {
    ...(turns && { turns }),
    ...(context?.selection && { selection: context.selection }),
    ...(context?.connection !== undefined && { connection: context.connection }),
  };
}

/** What follows from a reading. A known failure is part of the result, because the reading is still worth showing. */
async function follow(
  reading: Reading,
  context: TextContext,
  request: RequestContext,
): Promise<SubmitResult> {
  const { services, signal } = request;
  try {
    switch (reading.kind) {
      case 'query':
        if (reading.steps.some((step) => step.operation === 'discover.provider'))
          return { reading, answer: await lookAgain(request) };
        return { reading, answer: await services.answers.answer(reading, signal) };
      case 'plan':
        if (isAboutIncidents(reading.steps))
          return { reading, answer: acknowledgeIncidents(reading.steps, request) };
        return { reading, ...(await followPlan(reading, context, request)) };
      case 'clarify':
      case 'refuse':
        return { reading };
    }
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code === 'cancelled') throw error;
    return { reading, problem: problemShown(problemOf(error)) };
  }
}

/** "Look for new resources": reads everything anew and says what is there. */
async function lookAgain({ services, signal }: RequestContext): Promise<Answer> {
  await services.connections.rescan(signal);
  const connections = services.connections.list();
  const connected = connections.filter((connection) => connection.state === 'connected').length;
  return {
    summary: `Looked again: ${connections.length} connections, ${connected} of them connected, ${services.graph.size} resources.`,
    blocks: [],
    refs: [],
    source: 'all connections, read just now',
  };
}

async function followPlan(
  reading: PlanReading,
  context: TextContext,
  request: RequestContext,
): Promise<{ readonly plan: Plan }> {
  if (isAboutPlans(reading.steps)) {
    return { plan: await settlePlanWords(reading.steps, context?.conversation, request) };
  }
  const evidence = reading.steps.flatMap((step) => step.evidence);
  const connection = context?.connection;
  const proposal = { text: reading.text, source: reading.source, steps: reading.steps, evidence };
  const plan = await request.services.plans.propose(
    { ...proposal, ...(connection !== undefined && { connection }) },
    request.actor,
    request.signal,
  );
  return { plan };
}

function problemShown({ code, message, fix }: Problem): SubmitResult['problem'] {
  return { code, message, ...(fix !== undefined && { fix }) };
}

/** Keeps the turn. A conversation that cannot be kept is no reason to withhold the plan or the answer. */
function keep(context: TextContext, text: string, result: SubmitResult, services: Services): SubmitResult {
  if (context?.conversation === undefined) return result;
  try {
    return { ...result, turn: services.chat.add(context.conversation, text, result) };
  } catch (error) {
    const { message, fix } = problemOf(asWriteProblem(error));
    services.log('error', `a turn could not be kept: ${message}`);
    const notice = { message: `This will not be in the history. ${message}`, ...(fix && { fix }) };
    return { ...result, notice: result.notice ?? notice };
  }
}

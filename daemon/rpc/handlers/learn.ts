// What a person's choice teaches: a correction is kept as an item for whoever measures the reader, and where their words
// could stand for the thing they chose, that is offered. Nothing is learnt from a choice that led to nothing.

import { notationItem } from '../../../shared/model/notation.ts';
import { problemOf } from '../../../shared/model/problem.ts';
import type { PlanReading, QueryReading } from '../../../shared/model/reading.ts';
import type { SubmitResult, ValidParamsOf } from '../../../shared/protocol/messages.ts';
import { aliasOfferOf, differs, stepsOf } from '../../chat/learn.ts';
import type { RequestContext, Services } from '../contract.ts';

/** The result, with an offer to keep an alias where there is one to make. Only for a person's session. */
export function learnFrom(
  choice: ValidParamsOf<'request/choose'>,
  reading: PlanReading | QueryReading,
  result: SubmitResult,
  { services, session }: RequestContext,
): SubmitResult {
  const { of, context } = choice;
  const isPerson = session.client.kind === 'editor' || session.client.kind === 'terminal';
  if (!of || context?.conversation === undefined || !isPerson || !(result.plan || result.answer))
    return result;
  try {
    const turn = services.chat.get(context.conversation, of.turn);
    if (!turn) return result;
    const before = of.how === 'corrected' ? stepsOf(turn.result.reading) : [];
    if (of.how === 'corrected' && differs(before, reading.steps))
      keepCorrection(turn.text, of.turn, context.conversation, reading, context.selection ?? [], services);
    const aliasOffer = aliasOfferOf(
      before,
      reading.steps,
      (id) => services.graph.get(id)?.name,
      (words, target) => services.interpreter.aliasTrouble({ words, target }, services.now()) === undefined,
    );
    return aliasOffer ? { ...result, aliasOffer } : result;
  } catch (error) {
    services.log('error', `nothing could be learnt from a choice: ${problemOf(error).message}`);
    return result;
  }
}

function keepCorrection(
  text: string,
  turn: number,
  conversation: string,
  reading: PlanReading | QueryReading,
  selection: readonly string[],
  services: Services,
): void {
  services.corrections.add(
    notationItem({
      id: '',
      text,
      steps: reading.steps,
      turns: services.chat.context(conversation, turn),
      selection,
      riskOf: (operation) => services.catalogue.get(operation)?.risk ?? 'destroy',
    }),
  );
}

// The talk with a model: it looks things up, then answers, asks, or proposes. Every round is bounded; wrong calls get
// a sentence back and one more try; nothing it says is carried out here.

import type { Answer, AnswerBlock } from '../../shared/model/answer.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Reading, StepDraft } from '../../shared/model/reading.ts';
import { toolOf } from '../catalogue/tool.ts';
import { limits } from '../config.ts';
import type {
  AssistantRequest,
  Completion,
  ModelClient,
  ModelMessage,
  ToolCall,
  ToolDefinition,
} from './contract.ts';
import { isLookup, type LookupSources, lookupTools, runLookup } from './lookups.ts';
import { openingMessages } from './prompt.ts';
import { draftOf, operationOf, type ProposalRequest, readingOf } from './proposal.ts';

export interface TalkSources
  extends Pick<ProposalRequest, 'catalogue' | 'graph'>,
    Pick<LookupSources, 'answers' | 'settings'> {
  readonly client: ModelClient;
  /** Operations that at least one connection can do. */
  readonly possible: () => ReadonlySet<string>;
  readonly now: () => number;
}

export interface TalkOutcome {
  readonly reading: Reading;
  readonly answer?: Answer;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

const askTool: ToolDefinition = {
  name: 'ask_person',
  description: 'Asks the person one short question when the request is unclear or fits several targets.',
  parameters: {
    type: 'object',
    properties: { question: { type: 'string' } },
    required: ['question'],
    additionalProperties: false,
  },
};

/** Talks until there is a reading. Throws ProblemError where the model fails or never comes to an end. */
export async function talk(request: AssistantRequest, sources: TalkSources): Promise<TalkOutcome> {
  const proposal: ProposalRequest = {
    text: request.text,
    context: request.context,
    catalogue: sources.catalogue,
    graph: sources.graph,
  };
  const selected = (request.context?.selection ?? [])
    .map((id) => sources.graph.get(id))
    .filter((one) => one !== undefined);
  const messages: ModelMessage[] = [
    ...openingMessages({
      text: request.text,
      context: request.context,
      resources: sources.graph.all(),
      nowMs: sources.now(),
      selected,
    }),
  ];
  const tools = toolsFor(sources);
  const seen = new Set<string>();
  const shown: AnswerBlock[] = [];
  const spent = { model: '', inputTokens: 0, outputTokens: 0 };
  for (let round = 0; round < limits.modelRoundsMax; round += 1) {
    const completion = await sources.client.complete({
      messages,
      tools,
      signal: request.signal,
      onText: request.onText,
    });
    spent.model = completion.model;
    spent.inputTokens += completion.inputTokens;
    spent.outputTokens += completion.outputTokens;
    const step = await takeRound(completion, proposal, { ...sources, signal: request.signal, seen, shown });
    if (step.kind === 'end') return { ...step.outcome, ...spent };
    messages.push({ role: 'assistant', text: completion.text, calls: completion.calls }, ...step.results);
  }
  throw new ProblemError({
    code: 'cloud-failed',
    message: 'The language model did not come to an answer.',
    fix: 'Say it in other words, or name the operation and the resource, which the embedded reader understands.',
  });
}

type Round =
  | { readonly kind: 'end'; readonly outcome: Pick<TalkOutcome, 'reading' | 'answer'> }
  | { readonly kind: 'more'; readonly results: readonly ModelMessage[] };

async function takeRound(
  completion: Completion,
  proposal: ProposalRequest,
  sources: LookupSources,
): Promise<Round> {
  const { calls } = completion;
  if (calls.length === 0) return { kind: 'end', outcome: answerOf(completion.text, proposal, sources) };
  const question = calls.find((call) => call.name === askTool.name);
  if (question) return { kind: 'end', outcome: { reading: questionOf(question, proposal) } };
  const proposals = calls.filter((call) => !isLookup(call.name));
  const drafts = proposals.map((call) => draftOf(call, proposal));
  if (
    proposals.length > 0 &&
    proposals.length === calls.length &&
    drafts.every((draft) => typeof draft !== 'string')
  ) {
    return { kind: 'end', outcome: { reading: readingOf(drafts as readonly StepDraft[], proposal) } };
  }
  const results = await Promise.all(
    calls.map((call) => resultOf(call, drafts[proposals.indexOf(call)], sources)),
  );
  return { kind: 'more', results };
}

async function resultOf(
  call: ToolCall,
  draft: StepDraft | string | undefined,
  sources: LookupSources,
): Promise<ModelMessage> {
  if (isLookup(call.name))
    return { role: 'tool', call: call.id, text: await runLookup(call.name, call.argumentsText, sources) };
  const text =
    typeof draft === 'string'
      ? draft
      : 'Not taken yet: propose all steps together once the look-ups are done.';
  return { role: 'tool', call: call.id, text };
}

function answerOf(
  text: string,
  proposal: ProposalRequest,
  sources: LookupSources,
): Pick<TalkOutcome, 'reading' | 'answer'> {
  const said = text.trim();
  if (said === '')
    throw new ProblemError({
      code: 'cloud-failed',
      message: 'The language model said nothing.',
      fix: 'Ask again, or in other words.',
    });
  const refs = [...sources.seen].slice(0, limits.modelRowsMax);
  const looked =
    refs.length === 0
      ? 'nothing was looked up'
      : `looked at ${sources.seen.size} ${sources.seen.size === 1 ? 'resource' : 'resources'}`;
  return {
    reading: { kind: 'query', text: proposal.text, source: 'model', confidence: 0.5, steps: [] },
    answer: {
      summary: said,
      blocks: sources.shown.slice(0, limits.modelShownBlocksMax),
      refs,
      source: `language model; ${looked}`,
    },
  };
}

function questionOf(call: ToolCall, proposal: ProposalRequest): Reading {
  let question = 'Which one do you mean?';
  try {
    const asked = (JSON.parse(call.argumentsText) as { question?: unknown }).question;
    if (typeof asked === 'string' && asked.trim() !== '') question = asked.trim().slice(0, 500);
  } catch {
    // A broken question still is a question.
  }
  return {
    kind: 'clarify',
    text: proposal.text,
    source: 'model',
    confidence: 0.3,
    about: 'target',
    question,
    candidates: [],
  };
}

/** Change tools of what can be done here, as many as endpoints take; the reads have the look-ups. */
function toolsFor(sources: TalkSources): readonly ToolDefinition[] {
  const possible = sources.possible();
  const operations = [...sources.catalogue.values()].filter(
    (operation) => operation.risk !== 'read' && possible.has(operation.id),
  );
  const fixed = [...lookupTools(), askTool];
  return [...fixed, ...operations.slice(0, limits.modelToolsMax - fixed.length).map(toolOf)].filter(
    (tool) =>
      isLookup(tool.name) || tool === askTool || operationOf(tool.name, sources.catalogue) !== undefined,
  );
}

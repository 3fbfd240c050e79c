// The read-only tools a model may use to look things up. They read what a person could read, bounded and disclosed
// by the settings, and change nothing. A bad call gets a sentence back that says what is wrong, so that the model
// can mend it; it never ends the talk.

import { z } from 'zod';
import type { Answer, AnswerBlock } from '../../shared/model/answer.ts';
import type { ModelSettings } from '../../shared/model/languageModel.ts';
import { metricNames } from '../../shared/model/metric.ts';
import { problemOf } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { Answers } from '../answers/contract.ts';
import { limits } from '../config.ts';
import type { GraphReader } from '../graph/contract.ts';
import type { ToolDefinition } from './contract.ts';
import { discloseResource, discloseText } from './disclosure.ts';

export interface LookupSources {
  readonly graph: GraphReader;
  readonly answers: Answers;
  readonly settings: ModelSettings;
  readonly signal: AbortSignal;
  /** Remembers what was looked at: the evidence of the answer. */
  readonly seen: Set<string>;
  /** What the look-ups showed, as a person may see it; it stands below what the model says. */
  readonly shown: AnswerBlock[];
}

interface Lookup<Schema extends z.ZodType> {
  readonly description: string;
  readonly schema: Schema;
  run(input: z.output<Schema>, sources: LookupSources): Promise<string> | string;
}

const lookup = <Schema extends z.ZodType>(entry: Lookup<Schema>): Lookup<Schema> => entry;
const ids = z.array(z.string().max(512)).min(1).max(50);
const metric = z.enum(metricNames);

const lookups = {
  find_resources: lookup({
    description:
      'Finds resources by kind, words in the name, status, namespace or region. Gives ids and states.',
    schema: z.strictObject({
      kind: z.string().max(40).optional(),
      name: z.string().max(200).optional(),
      status: z.string().max(40).optional(),
      namespace: z.string().max(200).optional(),
      region: z.string().max(100).optional(),
    }),
    run: (input, sources) => {
      const found: Resource[] = [];
      let total = 0;
      for (const resource of sources.graph.all()) {
        if (!fits(resource, input)) continue;
        total += 1;
        if (found.length < limits.modelRowsMax) found.push(resource);
      }
      for (const resource of found) sources.seen.add(resource.id);
      return JSON.stringify({
        total,
        resources: found.map((one) => discloseResource(one, sources.settings.share)),
      });
    },
  }),
  read_metrics: lookup({
    description: 'Reads one metric of resources, current value and recent course.',
    schema: z.strictObject({ ids, metric, window_s: z.number().min(60).max(2_592_000).optional() }),
    run: (input, sources) => {
      const args = { metric: input.metric, ...(input.window_s ? { window_s: input.window_s } : {}) };
      return ask(`metrics.${kindOf(input.ids[0]!, sources)}`, input.ids, args, sources);
    },
  }),
  what_depends_on: lookup({
    description: 'What hangs on a resource and would notice if it went away.',
    schema: z.strictObject({ id: z.string().max(512) }),
    run: (input, sources) => ask('topology.show', [input.id], {}, sources),
  }),
  read_audit: lookup({
    description:
      'Who changed what through Pilothouse, newest first; optionally of one resource or one actor.',
    schema: z.strictObject({
      id: z.string().max(512).optional(),
      actor: z.string().max(100).optional(),
      window_s: z.number().min(60).max(2_592_000).optional(),
    }),
    run: (input, sources) => {
      const { id, ...args } = input;
      return ask('audit.list', id ? [id] : undefined, args, sources);
    },
  }),
  read_logs: lookup({
    description: 'Last lines of the log of a resource. Only where the person allows logs to be seen.',
    schema: z.strictObject({
      id: z.string().max(512),
      lines: z.number().int().min(1).max(200).optional(),
      grep: z.string().max(100).optional(),
    }),
    run: (input, sources) => {
      if (!sources.settings.share.logs)
        return 'The person does not allow a model to see logs (pilothouse.model.share.logs).';
      const { id, ...args } = input;
      return ask(`logs.${kindOf(id, sources)}`, [id], args, sources);
    },
  }),
} as const;

type LookupName = keyof typeof lookups;

/** True for the name of a look-up. */
export function isLookup(name: string): name is LookupName {
  return Object.hasOwn(lookups, name);
}

/** The look-ups as tools. */
export function lookupTools(): readonly ToolDefinition[] {
  return Object.entries(lookups).map(([name, entry]) => ({
    name,
    description: entry.description,
    parameters: z.toJSONSchema(entry.schema) as Readonly<Record<string, unknown>>,
  }));
}

/** Runs one look-up. Never throws but for the signal: a failure is a sentence for the model. */
export async function runLookup(
  name: LookupName,
  argumentsText: string,
  sources: LookupSources,
): Promise<string> {
  try {
    const entry: Lookup<z.ZodType> = lookups[name] as unknown as Lookup<z.ZodType>;
    const input = entry.schema.safeParse(JSON.parse(argumentsText || '{}'));
    if (!input.success) return `Wrong arguments: ${z.prettifyError(input.error)}`;
    return discloseText(await entry.run(input.data, sources));
  } catch (error) {
    sources.signal.throwIfAborted();
    return error instanceof SyntaxError
      ? 'The arguments are not JSON.'
      : `It failed: ${problemOf(error).message}`;
  }
}

async function ask(
  operation: string,
  targets: readonly string[] | undefined,
  args: StepDraft['args'],
  sources: LookupSources,
): Promise<string> {
  const unknown = targets?.filter((id) => !sources.graph.get(id)) ?? [];
  if (unknown.length > 0)
    return `There is no resource with the id ${unknown.join(', ')}. Look it up with find_resources.`;
  for (const id of targets ?? []) sources.seen.add(id);
  const step: StepDraft = {
    operation,
    args,
    after: [],
    evidence: [],
    ...(targets ? { target: { kind: 'resources', ids: targets } } : {}),
  };
  const answer = await sources.answers.answer(
    { kind: 'query', text: '', source: 'model', confidence: 1, steps: [step] },
    sources.signal,
  );
  keepShown(answer, sources.shown);
  const blocks = answer.blocks.map((block) => {
    if (block.kind !== 'series') return block;
    const stride = Math.max(1, Math.floor(block.points.length / limits.modelRowsMax));
    return { ...block, points: block.points.filter((_, index) => index % stride === 0) };
  });
  return JSON.stringify({ summary: answer.summary, blocks: blocks.slice(0, 4) });
}

/** A sentence and its figures; text alone is no more than what the model says itself. */
function keepShown(answer: Answer, shown: AnswerBlock[]): void {
  if (answer.blocks.length === 0 || shown.length >= limits.modelShownBlocksMax) return;
  shown.push({ kind: 'text', text: answer.summary }, ...answer.blocks);
}

function kindOf(id: string, sources: LookupSources): string {
  return sources.graph.get(id)?.kind ?? 'vm';
}

function fits(
  resource: Resource,
  input: {
    readonly kind?: string;
    readonly name?: string;
    readonly status?: string;
    readonly namespace?: string;
    readonly region?: string;
  },
): boolean {
  const same = (value: string | undefined, wanted: string | undefined) =>
    wanted === undefined || value?.toLowerCase() === wanted.toLowerCase();
  const named = input.name === undefined || resource.name.toLowerCase().includes(input.name.toLowerCase());
  return (
    named &&
    same(resource.kind, input.kind) &&
    same(resource.status, input.status) &&
    same(resource.namespace, input.namespace) &&
    same(resource.region, input.region)
  );
}

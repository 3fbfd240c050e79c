// Sentences and what they mean, in the notation that sets of test sentences are written in: one JSON object a line,
// inventories beside them. So that what a person corrected can be measured like any other set. Pure; carries nothing
// anywhere by itself.

import { maxRisk, type Risk } from './kind.ts';
import type { ReadingContext, StepDraft } from './reading.ts';
import type { Json, Resource } from './resource.ts';

export interface NotationStep {
  readonly op: string;
  readonly target?: { readonly ids: readonly string[] };
  readonly args?: Readonly<Record<string, Json>>;
  /** Steps that must come earlier, counted from 1. */
  readonly after?: readonly number[];
}

export interface NotationItem {
  readonly id: string;
  /** A one step, B a set of targets, C several steps, D a question. */
  readonly category: 'A' | 'B' | 'C' | 'D';
  readonly persona: string;
  readonly text: string;
  readonly context?: {
    readonly turns?: readonly {
      readonly role: 'user' | 'assistant';
      readonly text: string;
      readonly refs?: readonly string[];
    }[];
    readonly selection?: readonly string[];
  };
  readonly inventory: string;
  readonly expect: {
    readonly kind: 'plan' | 'query';
    readonly steps: readonly NotationStep[];
    readonly risk: Risk;
  };
}

/** Name of the inventory that exported items refer to. */
export const exportedInventory = 'corrections';

/** A step in the notation; what an earlier step creates is `$1`. */
export function notationStep(step: StepDraft): NotationStep {
  const target =
    step.target?.kind === 'created'
      ? { ids: [`$${step.target.step + 1}`] }
      : step.target && { ids: step.target.ids };
  return {
    op: step.operation,
    ...(target ? { target } : {}),
    ...(Object.keys(step.args).length > 0 ? { args: step.args } : {}),
    ...(step.after.length > 0 ? { after: step.after.map((index) => index + 1) } : {}),
  };
}

/** The item that says what a sentence should have been read as. */
export function notationItem(meant: {
  readonly id: string;
  readonly text: string;
  readonly steps: readonly StepDraft[];
  readonly turns: NonNullable<ReadingContext['turns']>;
  readonly selection: readonly string[];
  readonly riskOf: (operation: string) => Risk;
}): NotationItem {
  const { id, text, steps, turns, selection } = meant;
  const risk = steps.reduce<Risk>((most, step) => maxRisk(most, meant.riskOf(step.operation)), 'read');
  const context = {
    ...(turns.length > 0 && {
      turns: turns.map(({ role, text: said, refs }) => ({
        role,
        text: said,
        ...(refs && refs.length > 0 && { refs }),
      })),
    }),
    ...(selection.length > 0 && { selection }),
  };
  return {
    id,
    category: categoryOf(steps, risk),
    persona: 'corrected',
    text,
    ...(Object.keys(context).length > 0 && { context }),
    inventory: exportedInventory,
    expect: { kind: risk === 'read' ? 'query' : 'plan', steps: steps.map(notationStep), risk },
  };
}

function categoryOf(steps: readonly StepDraft[], risk: Risk): NotationItem['category'] {
  if (risk === 'read') return 'D';
  if (steps.length > 1) return 'C';
  const target = steps[0]?.target;
  const isBulk = target?.kind === 'resources' && (target.filter !== undefined || target.ids.length > 1);
  return isBulk ? 'B' : 'A';
}

/** An inventory in the notation: attributes stand beside the common fields. */
export function notationInventory(resources: readonly Resource[], nowMs: number): Record<string, Json> {
  return {
    name: exportedInventory,
    now: new Date(nowMs).toISOString(),
    resources: resources.map((resource) => {
      const { id, kind, name, provider, region, zone, namespace, cluster, status, tags, createdAt } =
        resource;
      const fields: Record<string, Json | undefined> = {
        ...resource.attributes,
        id,
        kind,
        name,
        provider,
        region,
        zone,
        namespace,
        cluster,
        status,
        tags,
        created: createdAt,
      };
      return Object.fromEntries(
        Object.entries(fields).filter((field): field is [string, Json] => field[1] !== undefined),
      );
    }),
  };
}

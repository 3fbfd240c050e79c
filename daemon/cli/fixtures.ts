// Inventories and predictions in the notation that sets of test sentences are written in. Attributes stand beside the
// common fields there; here they get the shape of the model. Used by the batch command and by tests only.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind, Provider } from '../../shared/model/kind.ts';
import { type NotationStep, notationStep } from '../../shared/model/notation.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { type Json, parseResourceId, type Resource } from '../../shared/model/resource.ts';
import { healthOf } from '../../shared/model/statuses.ts';
import type { Interpreter } from '../interpreter/contract.ts';

export interface Fixture {
  readonly name: string;
  readonly nowMs: number;
  /** Who asks. */
  readonly user?: string;
  readonly resources: readonly Resource[];
}

export interface Item {
  readonly id: string;
  readonly text: string;
  readonly inventory: string;
  readonly context?: {
    readonly turns?: readonly {
      readonly role: 'user' | 'assistant';
      readonly text: string;
      readonly refs?: readonly string[];
    }[];
    readonly selection?: readonly string[];
  };
}

export type PredictedStep = NotationStep;

export interface Prediction {
  readonly id: string;
  readonly kind: Reading['kind'];
  readonly steps?: readonly PredictedStep[];
  readonly about?: string;
  readonly candidates?: readonly string[];
  readonly reason?: string;
  readonly confidence: number;
  readonly ms: number;
}

const common = new Set([
  'id',
  'kind',
  'name',
  'provider',
  'region',
  'zone',
  'namespace',
  'cluster',
  'status',
  'tags',
  'created',
  'age',
]);
const providerNames: Readonly<Record<string, Provider>> = {
  vmware: 'vsphere',
  prometheus: 'local',
  aiops: 'local',
};

/** Reads `DIR/NAME.json`. */
export function readFixture(folder: string, name: string): Fixture {
  const raw = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
    now: string;
    user?: string;
    resources: Record<string, Json>[];
  };
  return { name, nowMs: Date.parse(raw.now), user: raw.user, resources: raw.resources.map(resourceOf) };
}

function resourceOf(raw: Record<string, Json>): Resource {
  const text = (key: string): string | undefined => (typeof raw[key] === 'string' ? raw[key] : undefined);
  const id = text('id')!;
  const provider = text('provider')!;
  const status = text('status') ?? '';
  return {
    id,
    connection: parseResourceId(id)?.connection ?? provider,
    provider: providerNames[provider] ?? (provider as Provider),
    kind: text('kind') as Kind,
    name: text('name')!,
    status,
    health: healthOf(status),
    region: text('region'),
    zone: text('zone'),
    namespace: text('namespace'),
    cluster: text('cluster'),
    tags: (raw.tags ?? {}) as Record<string, string>,
    createdAt: text('created'),
    attributes: Object.fromEntries(Object.entries(raw).filter(([key]) => !common.has(key))),
  };
}

/** A reading in the notation. */
export function predictionOf(id: string, reading: Reading, ms: number): Prediction {
  const base = { id, kind: reading.kind, confidence: reading.confidence, ms };
  switch (reading.kind) {
    case 'plan':
    case 'query':
      return { ...base, steps: reading.steps.map(notationStep) };
    case 'clarify':
      return {
        ...base,
        about: reading.about,
        candidates: reading.candidates.flatMap((candidate) =>
          candidate.reading.steps.flatMap((step) =>
            step.target?.kind === 'resources' ? step.target.ids : [],
          ),
        ),
      };
    case 'refuse':
      return { ...base, reason: reading.reason };
    default:
      return reading satisfies never;
  }
}

/** Reads one item at the time and for the person of its fixture. Only its text and context are looked at. */
export function predict(
  item: Item,
  interpreter: Interpreter,
  { nowMs, user }: Pick<Fixture, 'nowMs' | 'user'>,
): Prediction {
  const started = performance.now();
  const reading = interpreter.read({ text: item.text, context: item.context, nowMs, user });
  return predictionOf(item.id, reading, Math.round((performance.now() - started) * 1000) / 1000);
}

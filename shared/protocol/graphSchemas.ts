// Schemas of what clients ask of the graph: queries, walks, counts, and what changed.

import { z } from 'zod';

const id = z.string().min(1).max(512);
const time = z.iso.datetime({ offset: true });

export const queryGraphSchema = z.object({
  /** openCypher, reading only. */
  text: z.string().min(1).max(20_000),
  parameters: z.record(z.string().max(100), z.unknown()).default({}),
  /** Most rows of the answer. */
  limit: z.number().int().min(1).max(10_000).default(1_000),
  /** Most time it may take. */
  timeMs: z.number().int().min(100).max(60_000).optional(),
});

export const neighbourhoodSchema = z.object({
  ids: z.array(id).min(1).max(500),
  /** Steps from these, whichever way the edges lead. */
  depth: z.number().int().min(0).max(6).default(1),
  limit: z.number().int().min(1).max(2_000).default(300),
  /** Only these are walked to; absent: all. */
  kinds: z.array(z.string().max(50)).max(100).optional(),
  connections: z.array(id).max(200).optional(),
});

export const pathsSchema = z.object({
  from: id,
  to: id,
  lengthMax: z.number().int().min(1).max(20).default(8),
  limit: z.number().int().min(1).max(100).default(10),
});

/** One of the two: a plan, or resources that might go away. */
export const blastRadiusSchema = z.object({
  plan: id.optional(),
  ids: z.array(id).max(500).optional(),
});

export const statisticsSchema = z.object({
  /** `provider`, `connection`, `kind`, `status`, `health`, `region`, `zone`, `tag.NAME`. */
  by: z.array(z.string().max(200)).min(1).max(20).default(['kind', 'status']),
  connection: id.optional(),
  filter: z.record(z.string().max(100), z.unknown()).default({}),
});

export const looseEndsSchema = z.object({
  connection: id.optional(),
  kind: z.string().max(50).optional(),
  limit: z.number().int().min(1).max(5_000).default(500),
});

export const searchGraphSchema = z.object({
  /** Every word has to occur in the id, name, status, an address or a tag. */
  text: z.string().max(200).optional(),
  filter: z.record(z.string().max(100), z.unknown()).default({}),
  limit: z.number().int().min(1).max(1_000).default(100),
});

export const changesSchema = z.object({
  connection: id,
  /** ISO 8601. */
  from: time,
  /** ISO 8601; absent: now. */
  to: time.optional(),
  limit: z.number().int().min(1).max(5_000).default(1_000),
});

export const historySchema = z.object({
  id,
  limit: z.number().int().min(1).max(200).default(50),
});

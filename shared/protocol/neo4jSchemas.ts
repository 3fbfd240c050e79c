// Schemas of what clients ask of a Neo4j server that a person named.

import { z } from 'zod';
import { troubleWithNeo4jUrl } from '../model/neo4j.ts';
import { queryGraphSchema } from './graphSchemas.ts';

const password = z.string().min(1).max(8_000);

export const neo4jServerSchema = z.object({
  url: z
    .string()
    .max(1_000)
    .refine((url) => troubleWithNeo4jUrl(url) === undefined, { error: 'it is no address of Bolt' }),
  user: z.string().min(1).max(200),
  database: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,63}$/)
    .optional(),
});

/** `server` null: none any more. A password belongs to the server and user it comes with. */
export const configureNeo4jSchema = z.object({
  server: neo4jServerSchema.nullable(),
  password: password.optional(),
});

/** Absent: the one that is configured, and the password that was handed over. */
export const tryNeo4jSchema = z.object({
  server: neo4jServerSchema.optional(),
  password: password.optional(),
});

export const queryNeo4jSchema = queryGraphSchema;

export const exportNeo4jSchema = z.object({ proposal: z.string().min(1).max(100) });

/** The file of the state folder. */
export const neo4jSettingsSchema = z.object({
  exporter: z.uuid(),
  server: neo4jServerSchema.optional(),
});

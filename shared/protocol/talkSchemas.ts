// Schemas of the messages about conversations, aliases and corrections; see `talkMessages.ts`.

import { z } from 'zod';

const id = z.string().min(1).max(512);
const words = z.string().min(1).max(80);

export const chatSearchSchema = z.object({
  /** All words must occur, in what was said or in what came of it; upper and lower case are alike. */
  text: z.string().min(1).max(200),
  /** Only this conversation. */
  conversation: id.optional(),
  limit: z.number().int().min(1).max(50).default(20),
});

export const configureChatSchema = z.object({
  /** Days a turn is kept; 0: as long as there is room. */
  daysMax: z.number().int().min(0).max(3_650),
  /** Turns kept in all conversations together. */
  turnsMax: z.number().int().min(1).max(100_000),
});

export const setAliasSchema = z.object({ words, target: id });
export const removeAliasSchema = z.object({ words });

export const correctionListSchema = z.object({
  limit: z.number().int().min(1).max(500).default(200),
  /** Number of the correction after which the page starts. */
  after: z.number().int().min(0).default(0),
});

/** The turn that a choice belongs to: its reading was corrected, or one of its candidates chosen. */
export const choiceOfSchema = z.object({
  turn: z.number().int().min(1),
  how: z.enum(['corrected', 'chosen']),
});

// Schemas of what clients send to enter resources: proposals, yeses, and the bytes of terminals.

import { z } from 'zod';
import { waysIn } from '../model/terminal.ts';

const terminal = z.number().int().min(1);
const port = z.number().int().min(1).max(65_535);
const size = { columns: z.number().int().min(1).max(2_000), rows: z.number().int().min(1).max(2_000) };
/** Bytes in base64, at most 64 KiB of them. */
const data = z.base64().max(87_384);

export const proposeTerminalSchema = z.object({
  id: z.string().min(1).max(512),
  way: z.enum(waysIn),
  /** Which of several containers. */
  container: z.string().min(1).max(253).optional(),
  /** Command and arguments instead of a shell. */
  command: z.array(z.string().max(4_000)).min(1).max(100).optional(),
  /** Port of the resource (`forward`). */
  port: port.optional(),
  /** Port of this machine (`forward`); another is offered where it is taken. 0, the default: any that is free. */
  localPort: z.number().int().min(0).max(65_535).optional(),
});

export const openTerminalSchema = z.object({
  proposal: z.string().min(1).max(100),
  /** What had to be typed. */
  typed: z.string().max(500).optional(),
  ...size,
});

export const openForwardSchema = z.object({
  proposal: z.string().min(1).max(100),
  typed: z.string().max(500).optional(),
});

export const openConsoleSchema = z.object({
  proposal: z.string().min(1).max(100),
  typed: z.string().max(500).optional(),
});

/** The id of a forward. */
export const stopForwardSchema = z.object({ id: z.string().min(1).max(100) });

export const terminalInputSchema = z.object({ terminal, data });
export const terminalSizeSchema = z.object({ terminal, ...size });
export const terminalTakenSchema = z.object({ terminal, bytes: z.number().int().min(1) });
export const terminalEndedSchema = z.object({
  terminal,
  /** Exit code of the program that this client ran. */
  exitCode: z.number().int().optional(),
});

// Keeps the turns of conversations in SQLite, for as long and as many as the person chose. Secrets are taken out before
// anything is written, and what is found by a search is what was written. Plans are remembered by id, because they live
// on after the turn. Made by `main.ts` over a database with `chatMigrations`.

import type Database from 'better-sqlite3';
import type { Plan } from '../../shared/model/plan.ts';
import type { Reading, ReadingContext, StepDraft } from '../../shared/model/reading.ts';
import { redactJson, redactText } from '../../shared/model/redact.ts';
import type { Json } from '../../shared/model/resource.ts';
import type { ChatTurn, SubmitResult } from '../../shared/protocol/messages.ts';
import { limits } from '../config.ts';
import type { ChatStore } from './contract.ts';
import { createRetention } from './retention.ts';
import { searchable, searchTurns } from './search.ts';

export interface ChatOptions {
  readonly database: Database.Database;
  readonly now: () => number;
  /** A plan as it is now. */
  readonly planOf: (id: string) => Plan | undefined;
  /** Until a person chooses otherwise. */
  readonly turnsKeptMax?: number;
}

interface TurnRow {
  readonly turn: number;
  readonly at: string;
  readonly text: string;
  readonly plan: string | null;
  readonly result: string;
}

export function createChatStore(options: ChatOptions): ChatStore {
  const { database, planOf } = options;
  const retention = createRetention(database, {
    daysMax: 0,
    turnsMax: options.turnsKeptMax ?? limits.chatTurnsKeptMax,
  });
  const last = database.prepare<[string], { turn: number | null }>(
    'SELECT max(turn) AS turn FROM chat_turns WHERE conversation = ?',
  );
  const insert = database.prepare<[string, number, string, string, string | null, string, string]>(
    'INSERT INTO chat_turns (conversation, turn, at, text, plan, result, words) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const select = database.prepare<[string, number, number], TurnRow>(
    `SELECT turn, at, text, plan, result FROM chat_turns
     WHERE conversation = ? AND turn < ? ORDER BY turn DESC LIMIT ?`,
  );
  const forget = database.prepare<[string]>('DELETE FROM chat_turns WHERE conversation = ?');

  const add = database.transaction((conversation: string, text: string, result: SubmitResult): number => {
    const turn = (last.get(conversation)?.turn ?? 0) + 1;
    const { plan, ...rest } = result;
    const at = new Date(options.now()).toISOString();
    const kept = keptText(text, result.reading);
    const words = searchable(kept, redactText(spokenOf(result)), redactText(shownIn(result)));
    insert.run(conversation, turn, at, kept, plan?.id ?? null, keptResult(rest), words);
    retention.enforce(options.now());
    return turn;
  });
  retention.enforce(options.now());
  const withPlan = (row: TurnRow): ChatTurn => turnOf(row, row.plan === null ? undefined : planOf(row.plan));
  const list: ChatStore['list'] = ({ conversation, limit, beforeTurn }) => {
    retention.enforce(options.now());
    return select.all(conversation, beforeTurn ?? Number.MAX_SAFE_INTEGER, limit).map(withPlan);
  };

  return {
    add: (conversation, text, result) => add.immediate(conversation, text, result),
    list,
    get: (conversation, turn) =>
      list({ conversation, limit: 1, beforeTurn: turn + 1 }).find((one) => one.turn === turn),
    context: (conversation, beforeTurn) =>
      list({ conversation, limit: limits.chatContextTurns, ...(beforeTurn !== undefined && { beforeTurn }) })
        .toReversed()
        .flatMap(contextOf),
    search: (where) => {
      retention.enforce(options.now());
      const { rows, total } = searchTurns<TurnRow>(database, where);
      return { turns: rows.map(withPlan), total };
    },
    clear: (conversation) => forget.run(conversation).changes,
    get retention() {
      return retention.current;
    },
    configure: (next) => {
      retention.set(next);
      return retention.enforce(options.now());
    },
  };
}

/** A sentence that was refused because it held a secret is not kept at all. */
function keptText(text: string, reading: Reading): string {
  return reading.kind === 'refuse' && reading.reason === 'secret' ? '[redacted]' : redactText(text);
}

function keptResult(result: Omit<SubmitResult, 'plan'>): string {
  const { reading } = result;
  const safe = { ...result, reading: { ...reading, text: keptText(reading.text, reading) } };
  const json = JSON.stringify(redactJson(safe as unknown as Json));
  if (json.length <= limits.chatResultCharactersMax) return json;
  const answer = safe.answer && { ...safe.answer, blocks: [], refs: safe.answer.refs.slice(0, 100) };
  const short = { ...safe, answer, reading: { ...safe.reading, steps: [], candidates: [] } };
  return JSON.stringify(redactJson(short as unknown as Json));
}

function turnOf(row: TurnRow, plan: Plan | undefined): ChatTurn {
  const kept = JSON.parse(row.result) as SubmitResult;
  const result = { ...kept, turn: row.turn, ...(plan && { plan }) };
  return { turn: row.turn, at: row.at, text: row.text, result };
}

function contextOf({ text, result }: ChatTurn): NonNullable<ReadingContext['turns']> {
  const steps = stepsOf(result.reading);
  const created = (result.plan?.runs ?? []).flatMap((run) => (run.createdId ? [run.createdId] : []));
  const targets = (result.plan?.steps ?? []).flatMap((step) => (step.target ? [step.target.id] : []));
  const named = steps.flatMap((step) => (step.target?.kind === 'resources' ? step.target.ids : []));
  const refs = [...new Set([...created, ...targets, ...named, ...(result.answer?.refs ?? [])])];
  return [
    { role: 'user', text, refs, steps },
    { role: 'assistant', text: spokenOf(result), refs },
  ];
}

function stepsOf(reading: Reading): readonly StepDraft[] {
  switch (reading.kind) {
    case 'plan':
    case 'query':
      return reading.steps;
    case 'clarify':
      return reading.partial ? [reading.partial] : [];
    case 'refuse':
      return [];
  }
}

/** Names of what was shown, so that a list is found by the things in it. */
function shownIn({ plan, answer }: SubmitResult): string {
  const targets = (plan?.steps ?? []).map((step) => step.target?.name ?? step.title);
  const rows = (answer?.blocks ?? []).flatMap((block) =>
    block.kind === 'table' ? block.rows.map((row) => Object.values(row.cells)[0]) : [],
  );
  return [...targets, ...rows].slice(0, limits.answerRowsMax).join(' ');
}

function spokenOf({ reading, plan, answer, problem }: SubmitResult): string {
  if (plan) return plan.title;
  if (answer) return answer.summary;
  if (problem) return problem.message;
  if (reading.kind === 'clarify') return reading.question;
  return reading.kind === 'refuse' ? reading.message : '';
}

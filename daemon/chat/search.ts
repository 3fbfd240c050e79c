// Finding turns by words: all of them must occur, in what was said or in what came of it, upper and lower case alike.
// At most `limits.chatTurnsKeptMax` short rows are looked through, which takes a few milliseconds; no index of words
// is kept, so nothing of a turn outlives it.

import type Database from 'better-sqlite3';

const wordsMax = 10;
const charactersKeptMax = 4_000;

/** What of a turn is searched. */
export function searchable(...texts: readonly string[]): string {
  return texts.join('\n').toLowerCase().slice(0, charactersKeptMax);
}

export function searchTurns<Row>(
  database: Database.Database,
  where: { readonly text: string; readonly conversation?: string; readonly limit: number },
): { readonly rows: readonly Row[]; readonly total: number } {
  const words = where.text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, wordsMax);
  if (words.length === 0) return { rows: [], total: 0 };
  const conditions = [
    ...words.map(() => 'instr(words, ?) > 0'),
    ...(where.conversation === undefined ? [] : ['conversation = ?']),
  ].join(' AND ');
  const values = [...words, ...(where.conversation === undefined ? [] : [where.conversation])];
  const total = database
    .prepare<string[], number>(`SELECT count(*) FROM chat_turns WHERE ${conditions}`)
    .pluck();
  const rows = database.prepare<unknown[], Row>(
    `SELECT turn, at, text, plan, result FROM chat_turns WHERE ${conditions} ORDER BY id DESC LIMIT ?`,
  );
  return { rows: rows.all(...values, where.limit), total: total.get(...values) ?? 0 };
}

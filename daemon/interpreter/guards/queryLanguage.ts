// A statement in the language of a database: "run this against orders-prod: SELECT count(*) FROM orders". Pilothouse looks
// after the database itself and never talks to it; no word of such a statement may become an order ("run" no start, "drop
// table" no delete). What is only told of one ("a SELECT … FROM … is stuck") is none. Called by `refusalOf`.

import type { Cell } from '../words/cells.ts';

const written =
  /\bSELECT\b.+\bFROM\b|\b(?:INSERT INTO|DELETE FROM|UPDATE \S+ SET|(?:ALTER|DROP|CREATE|TRUNCATE) (?:TABLE|INDEX|VIEW)|GRANT (?:SELECT|INSERT|UPDATE|DELETE|ALL)|VACUUM|EXPLAIN ANALYZE)\b/;
const typed =
  /\bselect (?:\*|[\w.]+(?: , [\w.]+)*|count \( \S+ \)) from [\w.]+ (?:where|limit|order by|group by)\b|\bselect \* from\b|\binsert into \S+ (?:values|\()|\bupdate \w+ set \w+ ?=|\bdelete from \w+ where\b|\b(?:alter|drop|truncate) table\b|\bcreate (?:table \w+ \(|(?:unique )?index (?:\S+ )?on \w+ \()|\bvacuum (?:full|analy[sz]e)\b/;
const asked =
  /\b(?:run|execute|fire|issue) (?:(?:this|the|a|an|that|following|my|some) )*(?:sql|select|(?:sql |db |database )?(?:query|statement))\b.{0,60}\b(?:on|against)\b/;
const told =
  /\b(?:because|since|slow|slowly|blocking|blocks|blocked|stuck|hangs?|hanging|hung|killed|fails?|failed|failing|locks?|locked|crash(?:es|ed)?|logs?)\b/;

/** Whether a text holds such a statement that is to be run. */
export function isStatement(cells: readonly Cell[]): boolean {
  const text = cells.map((cell) => (cell.quoted ? '\u25a1' : cell.text)).join(' ');
  const low = text.toLowerCase();
  if (told.test(low)) return false;
  // Somebody who shouts writes all of it so.
  const isShouted = !/[a-z]{2}/.test(text);
  return (!isShouted && written.test(text)) || typed.test(low) || asked.test(low);
}

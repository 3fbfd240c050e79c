// A process that appends and says after each batch how many samples are kept, until somebody ends it.

import { writeSync } from 'node:fs';
import { seriesMigrations } from '../../daemon/series/migrations.ts';
import { createSeriesStore } from '../../daemon/series/store.ts';
import { openDatabase } from '../../daemon/store/database.ts';

const startMs = Date.UTC(2026, 10, 20, 10);
const file = `${process.argv[2]}/series.db`;
const database = openDatabase({ file, durability: 'normal', migrations: seriesMigrations });
const store = createSeriesStore({ database, now: Date.now });
const number = store.register({ resource: 'os:vm/1', metric: 'cpu' }, '%', 'test')!;
for (let i = 0; i < 100_000; i++) {
  store.append({ numbers: [number], times: [startMs + i * 15_000], values: [i % 1_000] });
  writeSync(1, `${i + 1}\n`);
}

// What a person edited of manifests and what they began with, kept in the folder that the editor gives this extension,
// so that an edit outlives a closed tab, a reload and a crash. Only texts that were opened lie there, never a secret's
// (no daemon hands one out), readable by this user alone. Bounded: the oldest that were not edited go first.

import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

export interface Draft {
  readonly id: string;
  /** The text as it was read from the server, and its version. */
  readonly base: string;
  readonly version: string;
  /** The text as it was saved last; absent: nothing was edited. */
  readonly text?: string;
  /** When what is shown changed, ms since the epoch; the editor tells by it whether it is the same. */
  readonly atMs: number;
}

export interface Drafts {
  get(id: string): Promise<Draft | undefined>;
  put(draft: Draft): Promise<void>;
  remove(id: string): Promise<void>;
  /** Whether a saved edit waits, as far as it was looked at in this window. */
  isEdited(id: string): boolean;
}

const draftsMax = 100;

export function createDrafts(folder: string): Drafts {
  const known = new Map<string, Draft | undefined>();
  /** One write after the other, so that the last one stands. */
  let writing: Promise<unknown> = Promise.resolve();
  const queue = <T>(work: () => Promise<T>): Promise<T> => {
    const next = writing.then(work, work);
    writing = next.catch(() => undefined);
    return next;
  };
  const fileOf = (id: string) =>
    path.join(folder, `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.json`);
  return {
    get: async (id) => {
      if (!known.has(id)) known.set(id, await readDraft(fileOf(id), id));
      return known.get(id);
    },
    put: (draft) => {
      known.set(draft.id, draft);
      return queue(async () => {
        await fs.mkdir(folder, { recursive: true, mode: 0o700 });
        const file = fileOf(draft.id);
        await fs.writeFile(`${file}.new`, JSON.stringify(draft), { mode: 0o600 });
        await fs.rename(`${file}.new`, file);
        await prune(folder);
      });
    },
    remove: (id) => {
      known.set(id, undefined);
      return queue(() => fs.rm(fileOf(id), { force: true }));
    },
    isEdited: (id) => known.get(id)?.text !== undefined,
  };
}

async function readDraft(file: string, id: string): Promise<Draft | undefined> {
  try {
    const draft = JSON.parse(await fs.readFile(file, 'utf8')) as Draft;
    return draft.id === id && typeof draft.base === 'string' ? draft : undefined;
  } catch {
    // Not there, or cut off while it was written: it is read from the server again.
    return undefined;
  }
}

/** Lets the oldest go that were only looked at; an edit is never thrown away. */
async function prune(folder: string): Promise<void> {
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.json'));
  if (names.length <= draftsMax) return;
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const { mtimeMs } = await fs.stat(file);
      return { file, mtimeMs, isEdited: (await fs.readFile(file, 'utf8')).includes('"text":') };
    }),
  );
  const old = files.filter(({ isEdited }) => !isEdited).sort((a, b) => a.mtimeMs - b.mtimeMs);
  for (const { file } of old.slice(0, names.length - draftsMax)) await fs.rm(file, { force: true });
}

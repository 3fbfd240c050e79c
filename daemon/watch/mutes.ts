// Mutes: what a person does not want to be told of, by resource, connection, environment, metric and hour. A muted
// incident is still found, listed and kept; nobody is told. Kept over restarts; who set one is audited.

import type Database from 'better-sqlite3';
import type { Incident, Mute } from '../../shared/model/finding.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { AuditTrail } from '../audit/contract.ts';
import { limits } from '../config.ts';
import type { Mutes } from './contract.ts';

export interface MuteBook extends Mutes {
  /** The mute that keeps an incident quiet at a moment. */
  muteOf(incident: Omit<Incident, 'mutedBy'>, atMs: number): string | undefined;
}

export interface MuteOptions {
  /** Opened with `watchMigrations`. */
  readonly database: Database.Database;
  readonly audit: Pick<AuditTrail, 'append'>;
  readonly now: () => number;
  readonly onDidChange: () => void;
}

export function createMutes({ database, audit, now, onDidChange }: MuteOptions): MuteBook {
  const insert = database.prepare<[string]>('INSERT INTO mutes (body) VALUES (?)');
  const remove = database.prepare<[number]>('DELETE FROM mutes WHERE id = ?');
  const rows = database
    .prepare<[], { readonly id: number; readonly body: string }>('SELECT id, body FROM mutes ORDER BY id')
    .all();
  const mutes = new Map(
    rows.map(({ id, body }) => [String(id), { ...JSON.parse(body), id: String(id) } as Mute]),
  );
  const current = (): readonly Mute[] => {
    for (const mute of mutes.values())
      if (mute.untilMs !== undefined && mute.untilMs <= now()) {
        remove.run(Number(mute.id));
        mutes.delete(mute.id);
      }
    return [...mutes.values()];
  };
  return {
    list: current,
    add(draft, actor) {
      if (!isBounded(draft)) throw new ProblemError(tooWide);
      if (current().length >= limits.mutesMax) throw new ProblemError(tooMany);
      const made = { ...draft, by: actor.user, createdMs: now() };
      audit.append({
        event: 'mute.changed',
        actor,
        ...(draft.resource !== undefined && { target: draft.resource }),
        detail: { added: JSON.parse(JSON.stringify(draft)) },
      });
      const id = String(insert.run(JSON.stringify(made)).lastInsertRowid);
      const mute = { ...made, id };
      mutes.set(id, mute);
      onDidChange();
      return mute;
    },
    remove(id, actor) {
      const mute = mutes.get(id);
      if (!mute) return false;
      audit.append({ event: 'mute.changed', actor, detail: { removed: JSON.parse(JSON.stringify(mute)) } });
      remove.run(Number(id));
      mutes.delete(id);
      onDidChange();
      return true;
    },
    muteOf: (incident, atMs) => current().find((mute) => fits(mute, incident, atMs))?.id,
  };
}

/** True where everything that is set fits. */
export function fits(mute: Mute, incident: Omit<Incident, 'mutedBy'>, atMs: number): boolean {
  if (mute.untilMs !== undefined && mute.untilMs <= atMs) return false;
  if (mute.resource !== undefined && !incident.resources.every((id) => id === mute.resource)) return false;
  if (mute.connection !== undefined && mute.connection !== incident.connection) return false;
  if (mute.environment !== undefined && mute.environment !== incident.environment) return false;
  if (mute.metric !== undefined && !incident.metrics.every((metric) => metric === mute.metric)) return false;
  return mute.hours === undefined || isWithin(mute.hours, atMs);
}

function isWithin({ from, to, offsetMinutes }: NonNullable<Mute['hours']>, atMs: number): boolean {
  const hour = new Date(atMs + offsetMinutes * 60_000).getUTCHours();
  if (from === to) return true;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** One that fits everything for ever would end the watch without anybody noticing. */
function isBounded(draft: Omit<Mute, 'id' | 'by' | 'createdMs'>): boolean {
  const { resource, connection, environment, metric, hours, untilMs } = draft;
  return [resource, connection, environment, metric, hours, untilMs].some((one) => one !== undefined);
}

const tooWide = {
  code: 'bad-input' as const,
  message: 'A mute without any condition would keep everything quiet for good.',
  fix: 'Say which resource, connection, environment, metric or hours are meant, or until when.',
};
const tooMany = {
  code: 'overloaded' as const,
  message: `There are ${limits.mutesMax} mutes already.`,
  fix: 'Remove those that are not needed any more.',
};

// Makes an entry into a record and its text: known fields only, secrets taken out, bounded, in the order of canonical
// JSON, so that it is letter for letter what `canonicalJson` would write (a test and every `verify` hold that).
// This is the hot path of every write: on a fast disk the text costs as much as the insert, so what is the same from
// record to record (who asks, who it acts as) is written once and compared after that.

import type { AuditEntry } from '../../shared/model/audit.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { couldHoldSecret, redactJson } from '../../shared/model/redact.ts';
import type { Json } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import { canonicalJson, quoteJson, sha256 } from './canonical.ts';

/** What ties a record to its place in the chain. */
export interface Link {
  readonly seq: number;
  readonly at: string;
  readonly previous: string;
}

export interface Composed {
  /** The entry as it may be kept. */
  readonly kept: AuditEntry;
  /** What is hashed and stored. */
  readonly body: string;
}

/** Gives a composer, which remembers the last who and as whom. */
export function createComposer(): (entry: AuditEntry, link: Link) => Composed {
  const whoText = createWhoWriter();
  return (entry, link) => {
    const who = whoText(entry);
    const detail = entry.detail ? `,"detail":${canonicalJson(entry.detail)}` : '';
    const words = `${entry.outcome ?? ''} ${entry.target ?? ''}`;
    if (
      who !== undefined &&
      detail.length <= limits.auditDetailCharactersMax &&
      !couldHoldSecret(detail + words)
    )
      return { kept: entry, body: textOf(who, detail, entry, link) };
    const kept = onlyKnown(shorten(redactJson(entry as unknown as Json) as unknown as AuditEntry));
    return { kept, body: canonicalJson({ ...kept, ...link }) };
  };
}

function textOf(who: string, detail: string, entry: AuditEntry, link: Link): string {
  return `{${who}"at":"${link.at}"${detail}${field('digest', entry.digest)},"event":"${entry.event}"${field('operation', entry.operation)}${field('outcome', entry.outcome)}${field('plan', entry.plan)},"previous":"${link.previous}","seq":${link.seq}${entry.step === undefined ? '' : `,"step":${entry.step}`}${field('target', entry.target)}}`;
}

function field(name: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${name}":${quoteJson(value)}`;
}

/** The text of `actedAs` and `actor`; undefined where it could hold a secret. */
function createWhoWriter(): (entry: AuditEntry) => string | undefined {
  let last: Pick<AuditEntry, 'actor' | 'actedAs'> | undefined;
  let text: string | undefined;
  return ({ actor, actedAs }) => {
    if (last && isSameActor(last.actor, actor) && isSameIdentity(last.actedAs, actedAs)) return text;
    // A copy: what is remembered must not change when the caller's object does.
    last = structuredClone({ actor, actedAs });
    const known = onlyKnown({ event: 'daemon.started', actor, ...(actedAs ? { actedAs } : {}) });
    const written = `${actedAs ? `"actedAs":${canonicalJson(known.actedAs)},` : ''}"actor":${canonicalJson(known.actor)},`;
    text = couldHoldSecret(written) ? undefined : written;
    return text;
  };
}

function isSameActor(a: Actor, b: Actor): boolean {
  return a.user === b.user && a.client === b.client && a.how === b.how && a.session === b.session;
}

function isSameIdentity(a: AuditEntry['actedAs'], b: AuditEntry['actedAs']): boolean {
  if (!a || !b) return a === b;
  const one = a.identity;
  const other = b.identity;
  if (a.connection !== b.connection || !one || !other) return a.connection === b.connection && one === other;
  return (
    one.user === other.user &&
    one.project === other.project &&
    one.domain === other.domain &&
    one.region === other.region &&
    (one.roles ?? []).length === (other.roles ?? []).length &&
    (one.roles ?? []).every((role, position) => role === other.roles?.[position]) &&
    (one.roles === undefined) === (other.roles === undefined)
  );
}

/** Nothing but the fields a record has. */
function onlyKnown(entry: AuditEntry): AuditEntry {
  const { event, actor, actedAs, plan, digest, step, operation, target, outcome, detail } = entry;
  const { user, client, how, session } = actor;
  const identity = actedAs?.identity && {
    user: actedAs.identity.user,
    project: actedAs.identity.project,
    domain: actedAs.identity.domain,
    region: actedAs.identity.region,
    roles: actedAs.identity.roles,
  };
  return {
    event,
    actor: { user, client, how, session },
    actedAs: actedAs && { connection: actedAs.connection, identity },
    plan,
    digest,
    step,
    operation,
    target,
    outcome,
    detail,
  };
}

function shorten(entry: AuditEntry): AuditEntry {
  if (!entry.detail) return entry;
  const detail = canonicalJson(entry.detail);
  if (detail.length <= limits.auditDetailCharactersMax) return entry;
  return {
    ...entry,
    detail: { shortened: detail.slice(0, limits.auditDetailCharactersMax), sha256: sha256(detail) },
  };
}

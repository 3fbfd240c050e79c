// Makes an entry into a record and its text: known fields only, secrets taken out, bounded, and in the order of
// canonical JSON, so that the engine's own JSON.stringify writes exactly what `canonicalJson` would (a test and every
// `verify` hold that). This is the hot path of every write: on a fast disk the text costs as much as the insert.

import type { AuditEntry, AuditRecord } from '../../shared/model/audit.ts';
import type { Identity } from '../../shared/model/connection.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { couldHoldSecret, redactJson } from '../../shared/model/redact.ts';
import type { Json } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import { canonicalJson, sha256 } from './canonical.ts';

/** What ties a record to its place in the chain. */
export interface Link {
  readonly seq: number;
  readonly at: string;
  readonly previous: string;
}

export type Content = Omit<AuditRecord, 'hash'>;

/** The record without its hash, and the text that is hashed. */
export function compose(entry: AuditEntry, link: Link): { readonly content: Content; readonly body: string } {
  const body = textOf(entry, link);
  if (body.length <= limits.auditDetailCharactersMax && !couldHoldSecret(body))
    return { content: { ...entry, ...link }, body };
  const cleaned = shorten(redactJson(entry as unknown as Json) as unknown as AuditEntry);
  return { content: { ...cleaned, ...link }, body: textOf(cleaned, link) };
}

/**
 * The fields in the order of canonical JSON. The detail is the one part whose names are not known here: its place is
 * held by an empty object, which no other field can write, and its canonical text put there.
 */
function textOf(entry: AuditEntry, link: Link): string {
  const { actedAs, detail } = entry;
  const text = JSON.stringify({
    actedAs: actedAs && { connection: actedAs.connection, identity: identityInOrder(actedAs.identity) },
    actor: actorInOrder(entry.actor),
    at: link.at,
    detail: detail && nothing,
    digest: entry.digest,
    event: entry.event,
    operation: entry.operation,
    outcome: entry.outcome,
    plan: entry.plan,
    previous: link.previous,
    seq: link.seq,
    step: entry.step,
    target: entry.target,
  });
  return detail ? text.replace('"detail":{}', () => `"detail":${canonicalJson(detail)}`) : text;
}

const nothing = Object.freeze({});

function actorInOrder(actor: Actor): Actor {
  return { client: actor.client, how: actor.how, session: actor.session, user: actor.user };
}

function identityInOrder(identity: Identity | undefined): Identity | undefined {
  return (
    identity && {
      domain: identity.domain,
      project: identity.project,
      region: identity.region,
      roles: identity.roles,
      user: identity.user,
    }
  );
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

// What one line of an API server's audit log comes to. Taken are changes, refusals, single things that people read, and
// who reads secrets; passed over are lists and watches, as every tool makes them, and the routine of the cluster itself
// (its controllers, nodes, heartbeats, dry runs), which follows from what somebody else did. Of a request only who, what,
// on what, from where and how it ended is taken: never its body, its query or its annotations, for secrets stand in
// them. Pure.

import type { Activity } from '../../contract.ts';
import { idOf, type Place } from '../mapping/place.ts';
import { kindsByPlural } from '../operations/objects.ts';

/** As far as it is looked at (audit.k8s.io/v1, `Event`); any part may be absent. */
export interface AuditEvent {
  readonly auditID?: string;
  readonly stage?: string;
  readonly verb?: string;
  readonly requestURI?: string;
  readonly stageTimestamp?: string;
  readonly user?: { readonly username?: string };
  readonly impersonatedUser?: { readonly username?: string };
  /** Hops, the one that the server itself saw last. */
  readonly sourceIPs?: readonly string[];
  readonly userAgent?: string;
  readonly objectRef?: ObjectRef;
  readonly responseStatus?: { readonly code?: number };
}

interface ObjectRef {
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly apiGroup?: string;
}

/** The control plane, kubelets, and what runs in kube-system. */
const ownUsers = /^system:(apiserver|kube-|node:|serviceaccount:kube-system:)/;
const serviceAccounts = 'system:serviceaccount:';
/** Written by machines all the time and by nobody on purpose. */
const heartbeats = new Set(['leases', 'endpoints', 'endpointslices', 'events']);
/** Questions whether somebody may do something; `selfsubjectrulesreviews` asks for all one may, and is a look around. */
const questions = /^(tokenreviews|selfsubjectreviews|(self|local)?subjectaccessreviews)$/;
const reads = new Set(['get', 'list', 'watch']);
const destroys = new Set(['delete', 'deletecollection']);
/** Entering a container reads and writes what the log does not tell. */
const entries = new Set(['exec', 'attach', 'portforward', 'proxy']);
/** What tells people of trouble (Prometheus Operator), and the cluster's own diary (T1070). */
const watchers = new Set([
  'prometheusrules',
  'podmonitors',
  'servicemonitors',
  'alertmanagerconfigs',
  'events',
]);

/** Undefined where it is passed over. */
export function activityOf(event: AuditEvent, place: Place): Activity | undefined {
  const atMs = Date.parse(event.stageTimestamp ?? '');
  const code = event.responseStatus?.code ?? 200;
  // One line a request: the one at its end, which a request without a known sender never has.
  const stage = code === 401 ? 'ResponseStarted' : 'ResponseComplete';
  if (event.stage !== stage || !Number.isFinite(atMs) || !event.verb) return undefined;
  const address = event.sourceIPs?.at(-1);
  const base = {
    id: `audit ${event.auditID ?? atMs}`,
    atMs,
    ...(address !== undefined && { address }),
  };
  // Who is not known is known by the address.
  const stranger = address ?? 'unknown';
  if (code === 401)
    return { ...base, principal: stranger, verb: 'authenticate', does: 'sign-in', outcome: 'refused' };
  const user = event.user?.username;
  if (!user || ownUsers.test(user)) return undefined;
  const outcome = code === 403 ? 'refused' : code >= 400 ? 'failed' : 'done';
  const does = meaningOf(event, user, outcome);
  if (!does) return undefined;
  const acting = event.impersonatedUser?.username;
  const target = targetOf(event, place);
  return {
    ...base,
    principal: user === 'system:anonymous' ? stranger : acting ? `${user} as ${acting}` : user,
    verb: `${event.verb} ${nameOf(event.objectRef) ?? 'a path'}`,
    does,
    outcome,
    ...(target !== undefined && { target }),
  };
}

function meaningOf(
  { verb = '', objectRef, requestURI, userAgent }: AuditEvent,
  user: string,
  outcome: Activity['outcome'],
): Activity['does'] | undefined {
  const { resource, subresource } = objectRef ?? {};
  const isRefused = outcome === 'refused';
  const isRead = reads.has(verb) && !entries.has(subresource ?? '');
  if (!resource) return isRefused ? 'read' : undefined;
  if (questions.test(resource)) return undefined;
  const isHollow = subresource === 'status' || /[?&]dryRun=All\b/.test(requestURI ?? '');
  if (isHollow && !isRefused) return undefined;
  if (resource === 'selfsubjectrulesreviews') return 'read';
  if (destroys.has(verb) && watchers.has(resource)) return 'silence';
  if (heartbeats.has(resource) && !isRefused) return undefined;
  if (isRead || isSampled(objectRef, requestURI)) {
    // Pilothouse asks for the names of secrets every minute, also where it is refused: whoever took its name for that
    // would hide a refusal and nothing else.
    const isOwn = isRefused && verb === 'list' && userAgent === 'pilothouse';
    if (resource === 'secrets') return outcome === 'failed' || isOwn ? undefined : 'read';
    // Tools list and watch all kinds when they start, also those they may not.
    if (verb !== 'get' || outcome === 'failed' || isSampled(objectRef, requestURI)) return undefined;
    return isRefused || !user.startsWith(serviceAccounts) ? 'read' : undefined;
  }
  return destroys.has(verb) ? 'destroy' : 'change';
}

/** What collectors of figures fetch from each node all the time. */
function isSampled({ resource, subresource }: ObjectRef = {}, uri = ''): boolean {
  if (resource !== 'nodes' || subresource !== 'proxy') return false;
  return /\/proxy\/(stats\/summary|metrics(\/[a-z]+)?)(\?|$)/.test(uri);
}

function nameOf({ resource, subresource }: ObjectRef = {}): string | undefined {
  return resource && subresource ? `${resource}/${subresource}` : resource;
}

/** Id of what the model knows; the name of what it does not; of a list where it was looked. */
function targetOf({ objectRef, requestURI }: AuditEvent, place: Place): string | undefined {
  if (!objectRef?.resource) return requestURI?.split('?')[0];
  const { resource, apiGroup = '', namespace, name } = objectRef;
  if (!name) return namespace ? `${resource} in ${namespace}` : `all ${resource}`;
  const isBuiltIn = !apiGroup.includes('.') || apiGroup.endsWith('.k8s.io');
  const kind = isBuiltIn ? kindsByPlural.get(resource) : undefined;
  if (kind) return idOf(place, kind, name, kind === 'namespace' ? undefined : namespace);
  return `${resource} ${namespace ? `${namespace}/` : ''}${name}`;
}

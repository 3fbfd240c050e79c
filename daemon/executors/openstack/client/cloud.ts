// The client every source and handler of this executor speaks through: one request to one service, with login,
// microversion, paging and errors taken care of, and answers checked by schema before anybody sees them. It knows
// nothing of resources or operations and never decides to write by itself.

import type { Agent } from 'node:http';
import { z } from 'zod';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { createGate } from '../../kit/gate.ts';
import type { HttpResponse } from '../../kit/transport.ts';
import { endpointOf, type Service, serviceNames, versionRoot } from './catalog.ts';
import { parseJson, type Session } from './keystone.ts';
import {
  hasMicroversions,
  isAtLeast,
  type Microversion,
  microversionHeaders,
  negotiate,
  versionDocument,
} from './microversion.ts';
import { type Circumstances, problemOfStatus } from './problems.ts';
import { sendUntilAnswered } from './sender.ts';
import { createSessions, type SessionsOptions } from './sessions.ts';

export interface CloudRequest {
  readonly service: Service;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the service's address, beginning with `/`. Parts that are data go through `encodeURIComponent`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: unknown;
  /** Content type of the body where it is not plain JSON. */
  readonly contentType?: string;
  readonly signal: AbortSignal;
  /** What is tried, to go after "to" in an error: "read the servers". */
  readonly what: string;
}

export interface CloudAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The cloud's own time in ms since the epoch, or ours where it does not tell. */
  readonly serverTimeMs: number;
}

export interface Cloud {
  session(signal: AbortSignal): Promise<Session>;
  /** Whether the catalog has the service; undefined before the first login. */
  has(service: Service): boolean | undefined;
  /** Microversion in use, e.g. to see whether a field can be there. */
  speaks(service: Service, version: Microversion, signal: AbortSignal): Promise<boolean>;
  /** Throws ProblemError for every answer from 400 on. */
  call(request: CloudRequest): Promise<CloudAnswer>;
  /** `call`, and its body checked by a schema. */
  read<T>(request: CloudRequest, schema: z.ZodType<T>): Promise<T>;
  /** `read`, or undefined where the thing is not there. */
  find<T>(request: CloudRequest, schema: z.ZodType<T>): Promise<T | undefined>;
  /** What opens a connection to an address of this cloud that no service has: proxy and authorities as for all others. */
  agent(url: URL, signal: AbortSignal): Promise<Agent>;
  /** All pages of a list that stands under `key`. */
  list<T>(request: CloudRequest, key: string, item: z.ZodType<T>): Promise<readonly T[]>;
  dispose(): void;
}

export function createCloud(options: SessionsOptions): Cloud {
  const sessions = createSessions(options);
  const gate = createGate(options.limits.cloudConcurrency);
  const versions = new Map<Service, Promise<Microversion | undefined>>();
  const ended = new AbortController();

  const circumstances = (session: Session, request: CloudRequest, url: URL): Circumstances => ({
    config: session.config,
    service: serviceNames[request.service],
    what: request.what,
    host: url.host,
    user: session.user.name,
    project: session.project.name,
    redact: options.redactor.redact,
  });

  const sendAs = async (session: Session, request: CloudRequest, url: URL, version?: Microversion) => {
    const sending = {
      transport: await sessions.transport(session.config),
      gate,
      limits: options.limits,
      now: options.now,
    };
    const headers = {
      accept: 'application/json',
      'x-auth-token': session.token,
      ...microversionHeaders(request.service, version),
      ...(request.contentType ? { 'content-type': request.contentType } : {}),
    };
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const sent = { method: request.method ?? 'GET', url, headers, body, signal: request.signal };
    return sendUntilAnswered(sent, sending, circumstances(session, request, url));
  };

  const versionOf = async (session: Session, request: CloudRequest): Promise<Microversion | undefined> => {
    const { service } = request;
    const known = versions.get(service);
    if (known || !hasMicroversions(service)) return known;
    // Many requests share this one, so that no single one of them may cancel it.
    const root: CloudRequest = {
      service,
      path: '/',
      what: `read the versions of ${serviceNames[service]}`,
      signal: ended.signal,
    };
    const asked = sendAs(session, root, new URL(versionRoot(requireEndpoint(service, session)))).then(
      (answer) => {
        const document = versionDocument.safeParse(parseJson(answer.text));
        // Some clouds hide the document behind a proxy: the oldest version works everywhere.
        return document.success ? negotiate(service, document.data) : undefined;
      },
    );
    versions.set(service, asked);
    asked.catch(() => versions.delete(service));
    return asked;
  };

  const call = async (request: CloudRequest): Promise<CloudAnswer> => {
    for (let logins = 0; ; logins++) {
      const session = await sessions.get(request.signal);
      const url = urlOf(request, requireEndpoint(request.service, session));
      const version = await versionOf(session, request);
      const response = await sendAs(session, request, url, version);
      if (response.status === 401 && logins === 0) {
        sessions.giveUp(session.token);
        continue;
      }
      return answerOf(response, circumstances(session, request, url), options.now);
    }
  };

  const read = async <T>(request: CloudRequest, schema: z.ZodType<T>): Promise<T> =>
    check((await call(request)).body, schema, request);

  return {
    session: (signal) => sessions.get(signal),
    has: (service) => {
      const session = sessions.current();
      return (
        session && endpointOf(service, session.catalog, session.config, session.project.id) !== undefined
      );
    },
    speaks: async (service, wanted, signal) => {
      const session = await sessions.get(signal);
      const version = await versionOf(session, { service, path: '/', what: 'read versions', signal });
      return version !== undefined && isAtLeast(version, wanted);
    },
    call,
    read,
    find: async (request, schema) => {
      try {
        return await read(request, schema);
      } catch (error) {
        if (isProblem(error, 'cloud-not-found')) return undefined;
        throw error;
      }
    },
    agent: async (url, signal) => {
      const { config } = await sessions.get(signal);
      return (await sessions.transport(config)).agent(url);
    },
    list: (request, key, item) => readPages(request, key, item, call, options.limits),
    dispose: () => {
      ended.abort();
      sessions.dispose();
    },
  };
}

/** Whether an error is the known failure of this code. */
export function isProblem(error: unknown, code: ProblemError['problem']['code']): error is ProblemError {
  return error instanceof ProblemError && error.problem.code === code;
}

function requireEndpoint(service: Service, session: Session): string {
  const endpoint = endpointOf(service, session.catalog, session.config, session.project.id);
  if (endpoint) return endpoint;
  throw new ProblemError({
    code: 'unsupported',
    message: `This cloud does not offer ${serviceNames[service]} (${service}).`,
    fix: 'Ask its operator, or use another cloud.',
  });
}

function urlOf(request: CloudRequest, endpoint: string): URL {
  const url = new URL(endpoint + request.path);
  for (const [key, value] of Object.entries(request.query ?? {}))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) url.searchParams.append(key, one);
  return url;
}

function answerOf(response: HttpResponse, at: Circumstances, now: () => number): CloudAnswer {
  if (response.status >= 400) throw new ProblemError(problemOfStatus(response.status, response.text, at));
  const body = response.text === '' ? undefined : parseJson(response.text);
  if (response.text !== '' && body === undefined)
    throw new ProblemError({
      code: 'cloud-failed',
      message: `${at.service} at ${at.host} did not answer in JSON.`,
      fix: 'Something between you and the cloud answers in its place (a proxy, a login page): check VPN and proxy.',
    });
  const told = Date.parse(response.headers.date ?? '');
  return { status: response.status, body, serverTimeMs: Number.isNaN(told) ? now() : told };
}

function check<T>(body: unknown, schema: z.ZodType<T>, request: CloudRequest): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ProblemError({
    code: 'cloud-failed',
    message: `${serviceNames[request.service]} answered in a form Pilothouse does not know while trying to ${request.what} (${where}).`,
    fix: 'The cloud may be newer or older than what Pilothouse was tried with; please report the version of the cloud.',
  });
}

/**
 * Follows the pages. Only the query of a link is taken: behind a proxy its host is often a private one. A page that
 * leads back to itself, or more pages than the limit, end with an error and never with half a list.
 */
async function readPages<T>(
  request: CloudRequest,
  key: string,
  item: z.ZodType<T>,
  call: (request: CloudRequest) => Promise<CloudAnswer>,
  limits: SessionsOptions['limits'],
): Promise<readonly T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  const schema = z.object({ [key]: z.array(item) });
  let coming = call({ ...request, query: { ...request.query } });
  for (let page = 1; page <= limits.cloudPagesMax; page++) {
    const { body } = await coming;
    const next = nextLink(body, key);
    const params = next ? new URL(next, 'http://page.invalid').searchParams : undefined;
    const isRound = params !== undefined && seen.has(params.toString());
    if (params && !isRound && page < limits.cloudPagesMax) {
      seen.add(params.toString());
      // The next page is under way while this one is looked at.
      coming = call({ ...request, query: queryOf(request, params) });
      coming.catch(() => {});
    }
    items.push(...check(body, schema, request)[key]!);
    if (!params) return items;
    if (isRound) break;
  }
  throw new ProblemError({
    code: 'cloud-failed',
    message: `The list does not end while trying to ${request.what}.`,
    fix: 'Ask the operator of the cloud to look at its paging.',
  });
}

function queryOf(request: CloudRequest, params: URLSearchParams): NonNullable<CloudRequest['query']> {
  const own = [...new Set(params.keys())].map((name) => [name, params.getAll(name)] as const);
  return { ...request.query, ...Object.fromEntries(own) };
}

const linkSchema = z.array(z.object({ rel: z.string(), href: z.string() }));

/** Nova, Neutron and Cinder write `servers_links`, Glance `next`, Keystone `links.next`. */
function nextLink(body: unknown, key: string): string | undefined {
  const record = body as Record<string, unknown>;
  const links = linkSchema.safeParse(record[`${key}_links`]);
  if (links.success) return links.data.find((link) => link.rel === 'next')?.href;
  if (typeof record.next === 'string') return record.next;
  const inner = record.links as { next?: unknown } | undefined;
  return typeof inner?.next === 'string' ? inner.next : undefined;
}

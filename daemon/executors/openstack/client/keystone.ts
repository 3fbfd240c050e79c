// Logs in to Keystone v3 and knows when the token has to be renewed. The configuration is read again at every
// login, so that a corrected clouds.yaml works at once. A login that was refused is not tried again with the same
// credential for a while: clouds lock an account after a few wrong passwords.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Problem, ProblemError } from '../../../../shared/model/problem.ts';
import type { HttpResponse } from '../../kit/transport.ts';
import type { CloudConfig, Credential, DomainRef, Scope, UserRef } from '../config/cloudConfig.ts';
import { catalogSchema, requireUsable, type ServiceCatalog } from './catalog.ts';
import { type Circumstances, problemOfStatus } from './problems.ts';

/** Who one is logged in as, until when, and what the cloud offers. Holds the token: never log it. */
export interface Session {
  readonly config: CloudConfig;
  readonly token: string;
  readonly user: { readonly id: string; readonly name: string; readonly domain?: string };
  readonly project: { readonly id: string; readonly name: string; readonly domain?: string };
  readonly roles: readonly string[];
  readonly catalog: ServiceCatalog;
  /** From then on it is renewed before it is used, ms since the epoch by our own clock. */
  readonly renewAtMs: number;
}

const named = z.object({
  id: z.string(),
  name: z.string(),
  domain: z.object({ name: z.string().nullish() }).nullish(),
});
const tokenSchema = z.object({
  token: z.object({
    user: named,
    project: named.nullish(),
    roles: z.array(z.object({ name: z.string() })).nullish(),
    catalog: catalogSchema.nullish(),
    issued_at: z.string().nullish(),
    expires_at: z.string().nullish(),
  }),
});

/** So long before its end a token is renewed, so that no request meets the end on its way. */
const renewMarginMs = 120_000;

/** Body of the login request. Holds the secret. */
export function loginBody(config: CloudConfig): string {
  const scope = scopeBody(config.scope, config.credential);
  return JSON.stringify({ auth: { identity: identityBody(config.credential), ...(scope && { scope }) } });
}

/** Reads the answer to a login. Throws ProblemError with what to correct. */
export function parseLogin(
  response: HttpResponse,
  config: CloudConfig,
  at: Circumstances,
  nowMs: number,
): Session {
  if (response.status !== 201 && response.status !== 200)
    throw new ProblemError(refusal(response, config, at));
  const parsed = tokenSchema.safeParse(parseJson(response.text));
  const token = response.headers['x-subject-token'];
  if (!parsed.success || typeof token !== 'string') throw new ProblemError(notKeystone(config));
  const { user, project, roles, catalog, issued_at, expires_at } = parsed.data.token;
  if (!project)
    throw new ProblemError({
      code: 'config-invalid',
      message: `The login works, but it belongs to no project.`,
      fix: `Add project_name (and project_domain_name) to "${config.name}" in ${config.origin}.`,
    });
  requireUsable(catalog ?? [], config);
  return {
    config,
    token,
    user: { id: user.id, name: user.name, domain: user.domain?.name ?? undefined },
    project: { id: project.id, name: project.name, domain: project.domain?.name ?? undefined },
    roles: (roles ?? []).map((role) => role.name),
    catalog: catalog ?? [],
    renewAtMs: nowMs + lifetimeMs(issued_at, expires_at),
  };
}

/** Tells two credentials apart without keeping them. */
export function fingerprint(config: CloudConfig): string {
  return createHash('sha256').update(config.authUrl).update(loginBody(config)).digest('hex');
}

/** Both times are the cloud's, so that a wrong clock here does no harm. */
function lifetimeMs(issuedAt: string | null | undefined, expiresAt: string | null | undefined): number {
  const whole = Date.parse(expiresAt ?? '') - Date.parse(issuedAt ?? '');
  if (Number.isNaN(whole) || whole <= 0) return renewMarginMs;
  return whole - Math.min(renewMarginMs, whole / 4);
}

function identityBody(credential: Credential): Record<string, unknown> {
  switch (credential.kind) {
    case 'password':
      return {
        methods: ['password'],
        password: { user: { ...userBody(credential.user), password: credential.password } },
      };
    case 'application-credential':
      return {
        methods: ['application_credential'],
        application_credential: credential.id
          ? { id: credential.id, secret: credential.secret }
          : { name: credential.name, secret: credential.secret, user: userBody(credential.user ?? {}) },
      };
    case 'token':
      return { methods: ['token'], token: { id: credential.token } };
  }
}

function userBody(user: UserRef): Record<string, unknown> {
  return user.id ? { id: user.id } : { name: user.name, domain: domainBody(user.domain) };
}

function scopeBody(scope: Scope, credential: Credential): Record<string, unknown> | undefined {
  // An application credential belongs to one project; Keystone refuses a scope beside it.
  if (scope.kind === 'default' || credential.kind === 'application-credential') return undefined;
  return scope.id
    ? { project: { id: scope.id } }
    : { project: { name: scope.name, domain: domainBody(scope.domain) } };
}

function domainBody(domain: DomainRef | undefined): DomainRef {
  return domain ?? { id: 'default' };
}

function refusal(response: HttpResponse, config: CloudConfig, at: Circumstances): Problem {
  const place = `"${config.name}" in ${config.origin}`;
  if (response.status === 404) return notKeystone(config);
  if (response.status !== 401) return problemOfStatus(response.status, response.text, at);
  const project = config.scope.kind === 'project' ? (config.scope.name ?? config.scope.id) : undefined;
  switch (config.credential.kind) {
    case 'password':
      return {
        code: 'cloud-unauthorized',
        message: `Keystone at ${at.host} refused the login of ${config.credential.user.name ?? config.credential.user.id}${project ? ` to project ${project}` : ''}.`,
        fix: `Correct username, password, domain or project_name of ${place}; it is tried again as soon as the file changes.`,
      };
    case 'application-credential':
      return {
        code: 'cloud-unauthorized',
        message: `Keystone at ${at.host} refused the application credential: it is wrong, expired or deleted.`,
        fix: `Make a new one (openstack application credential create) and write its id and secret into ${place}.`,
      };
    case 'token':
      return {
        code: 'cloud-unauthorized',
        message: `Keystone at ${at.host} refused the token: it has expired or was revoked.`,
        fix: `Get a new one (openstack token issue) for ${place}, or use an application credential, which does not expire within hours.`,
      };
  }
}

function notKeystone(config: CloudConfig): Problem {
  return {
    code: 'cloud-unreachable',
    message: `What answers at ${new URL(config.authUrl).host} is not Keystone v3.`,
    fix: `Correct auth_url of "${config.name}" in ${config.origin}: address and port of Keystone, such as https://cloud.example:5000/v3.`,
  };
}

/** JSON of a text, or undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

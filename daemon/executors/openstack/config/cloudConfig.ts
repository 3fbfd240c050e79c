// One cloud as it can be used: where Keystone is, how to log in, what to be scoped to, and how to check its
// certificate. Made from the raw entry of clouds.yaml or from OS_* variables by the same rules, so that both mean
// the same. The only type that holds a secret; it lives in memory while a connection is open and is never logged.

import { ProblemError } from '../../../../shared/model/problem.ts';
import { mappingOf } from './cloudsFile.ts';
import type { RawMapping } from './yamlFile.ts';

export type DomainRef = { readonly id: string } | { readonly name: string };

export interface UserRef {
  readonly id?: string;
  readonly name?: string;
  readonly domain?: DomainRef;
}

export type Credential =
  | { readonly kind: 'password'; readonly user: UserRef; readonly password: string }
  | {
      readonly kind: 'application-credential';
      readonly id?: string;
      readonly name?: string;
      readonly user?: UserRef;
      readonly secret: string;
    }
  | { readonly kind: 'token'; readonly token: string };

export type Scope =
  | { readonly kind: 'project'; readonly id?: string; readonly name?: string; readonly domain?: DomainRef }
  /** What the credential itself is bound to, or the user's default project. */
  | { readonly kind: 'default' };

export const interfaces = ['public', 'internal', 'admin'] as const;
export type Interface = (typeof interfaces)[number];

export interface CloudConfig {
  readonly name: string;
  readonly origin: string;
  /** Ends with `/v3`. */
  readonly authUrl: string;
  readonly credential: Credential;
  readonly scope: Scope;
  readonly region?: string;
  readonly interface: Interface;
  readonly verify: boolean;
  readonly caFile?: string;
  readonly certificateFile?: string;
  readonly keyFile?: string;
  /** Service key (`compute`, `network`…) → address to use instead of the catalog's. */
  readonly endpointOverrides: Readonly<Record<string, string>>;
}

/** Everything in a configuration that must never be shown. */
export function secretsOf(config: CloudConfig): readonly string[] {
  const credential = config.credential;
  if (credential.kind === 'password') return [credential.password];
  return [credential.kind === 'token' ? credential.token : credential.secret];
}

type Read = (key: string) => string | undefined;

/** Makes the usable form of a raw cloud. Throws ProblemError `config-invalid` that names the missing setting. */
export function parseCloud(raw: RawMapping, name: string, origin: string, homeFolder: string): CloudConfig {
  const auth = mappingOf(raw.auth);
  const get: Read = (key) => textOf(auth[key]) ?? textOf(raw[key]);
  const fail = (message: string, fix: string) =>
    new ProblemError({ code: 'config-invalid', message: `${origin}: cloud "${name}" ${message}`, fix });
  const file = (key: string) => get(key)?.replace(/^~(?=\/|$)/, homeFolder);
  return {
    name,
    origin,
    authUrl: parseAuthUrl(get('auth_url'), fail),
    credential: parseCredential(get, fail),
    scope: parseScope(get, fail),
    region: get('region_name'),
    interface: parseInterface(get('interface') ?? get('endpoint_type'), fail),
    verify: isTrue(get('verify'), true) && !isTrue(get('insecure'), false),
    caFile: file('cacert'),
    certificateFile: file('cert'),
    keyFile: file('key'),
    endpointOverrides: parseOverrides(raw),
  };
}

type Fail = (message: string, fix: string) => ProblemError;

function parseAuthUrl(text: string | undefined, fail: Fail): string {
  if (!text)
    throw fail(
      'has no auth_url.',
      'Add auth_url, the address of Keystone, such as https://cloud.example:5000/v3.',
    );
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw fail(
      'has an auth_url that is not an http(s) address.',
      'Write it like https://cloud.example:5000/v3.',
    );
  const url = new URL(text);
  if (url.username || url.password)
    throw fail('has a user or password inside its auth_url.', 'Move them to username and password.');
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/v(2\.0|3)$/, '')}/v3`;
}

function parseCredential(get: Read, fail: Fail): Credential {
  const type = get('auth_type')?.toLowerCase() ?? '';
  const asked = type.replace(/^v3/, '').replace(/_/g, '');
  if (!['', 'password', 'token', 'applicationcredential'].includes(asked))
    throw fail(
      `logs in by "${type}", which Pilothouse cannot do.`,
      'Make an application credential (openstack application credential create) and use auth_type v3applicationcredential.',
    );
  if (asked === 'applicationcredential' || (asked === '' && get('application_credential_secret')))
    return parseApplicationCredential(get, fail);
  if (asked === 'token' || (asked === '' && get('token') && !get('password'))) {
    const token = get('token') ?? get('auth_token');
    if (!token)
      throw fail('has no token.', 'Add auth.token, or log in with a password or an application credential.');
    return { kind: 'token', token };
  }
  const password = get('password');
  const user = parseUser(get);
  if (!user) throw fail('has no username.', 'Add auth.username (or auth.user_id).');
  if (!password)
    throw fail('has no password.', 'Add auth.password to it, or to the same cloud in secure.yaml.');
  return { kind: 'password', user, password };
}

function parseApplicationCredential(get: Read, fail: Fail): Credential {
  const id = get('application_credential_id');
  const name = get('application_credential_name');
  const secret = get('application_credential_secret');
  if (!secret)
    throw fail(
      'has no application_credential_secret.',
      'Add it to auth, or to the same cloud in secure.yaml.',
    );
  if (id) return { kind: 'application-credential', id, secret };
  const user = parseUser(get);
  if (!name || !user)
    throw fail(
      'has no application_credential_id.',
      'Add it to auth (or application_credential_name with username).',
    );
  return { kind: 'application-credential', name, user, secret };
}

function parseUser(get: Read): UserRef | undefined {
  const id = get('user_id');
  if (id) return { id };
  const name = get('username') ?? get('user_name');
  return name ? { name, domain: parseDomain(get, 'user_domain') } : undefined;
}

function parseScope(get: Read, fail: Fail): Scope {
  if (get('system_scope'))
    throw fail(
      'is scoped to the whole system.',
      'Name a project (project_name): Pilothouse works inside one project.',
    );
  const id = get('project_id') ?? get('tenant_id');
  if (id) return { kind: 'project', id };
  const name = get('project_name') ?? get('tenant_name');
  return name ? { kind: 'project', name, domain: parseDomain(get, 'project_domain') } : { kind: 'default' };
}

/** Falls back as python-openstackclient does: the common domain, the default domain, then id `default`. */
function parseDomain(get: Read, prefix: string): DomainRef {
  const id = get(`${prefix}_id`);
  if (id) return { id };
  const name = get(`${prefix}_name`);
  if (name) return { name };
  const commonId = get('domain_id') ?? get('default_domain_id');
  if (commonId) return { id: commonId };
  const commonName = get('domain_name') ?? get('default_domain_name');
  return commonName ? { name: commonName } : { id: get('default_domain') ?? 'default' };
}

function parseInterface(text: string | undefined, fail: Fail): Interface {
  const plain = (text ?? 'public').replace(/url$/i, '').toLowerCase();
  const known = interfaces.find((one) => one === plain);
  if (!known)
    throw fail('names an interface that does not exist.', `Set interface to ${interfaces.join(', ')}.`);
  return known;
}

function parseOverrides(raw: RawMapping): Readonly<Record<string, string>> {
  const overrides: Record<string, string> = {};
  for (const [key, value] of Object.entries(raw)) {
    const service = /^(.+)_endpoint_override$/.exec(key)?.[1];
    if (service && typeof value === 'string' && URL.canParse(value))
      overrides[service.replace(/_/g, '-')] = value;
  }
  return overrides;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isTrue(text: string | undefined, absent: boolean): boolean {
  return text === undefined ? absent : /^(true|yes|on|1|y)$/i.test(text);
}

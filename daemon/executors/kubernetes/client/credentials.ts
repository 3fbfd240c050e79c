// Signs in to one cluster as its kubeconfig says: tokens, token files, client certificates, OpenID Connect, plugins,
// proxies, impersonation. What is mere data is taken as it is; for identity providers and proxies the Kubernetes client
// is loaded, so that nobody pays for it who has none. Secrets stay in here and in the headers of requests.

import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { RequestOptions } from 'node:https';
import https from 'node:https';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { limits } from '../../../config.ts';
import type { ContextConfig } from '../config/findContexts.ts';
import { isMapping, textOf } from '../config/kubeconfig.ts';
import { type PluginCredential, runPlugin } from './execPlugin.ts';
import { clean } from './problems.ts';

export interface SignedIn {
  readonly config: ContextConfig;
  readonly server: URL;
  readonly headers: http.OutgoingHttpHeaders;
  /** For requests that may share a connection; bounds how many run at once. */
  readonly agent: http.Agent;
  /** For watches and streams, which hold theirs, and for writes, which must not meet one that was cut. */
  readonly freshAgent: http.Agent;
  /** Client certificate in PEM, where there is one: it names the user. */
  readonly certificate?: string;
  readonly expiresMs: number;
  dispose(): void;
}

/** Token files and refreshed tokens are looked at again after this long, in ms (client-go: one minute). */
const lookAgainMs = 60_000;
/** A plugin's credential is renewed so long before it ends, in ms. */
const earlyMs = 10_000;

/** Throws ProblemError with the fix. */
export async function signIn(
  config: ContextConfig,
  env: Readonly<Record<string, string | undefined>>,
  now: () => number,
): Promise<SignedIn> {
  const plugin = isMapping(config.user.exec) ? await runPlugin(config, env) : undefined;
  const options = needsClient(config)
    ? await clientOptions(config, plugin)
    : await plainOptions(config, plugin);
  const isPlain = config.server.protocol === 'http:';
  const proxy = textOf(config.cluster['proxy-url']) ? (options.agent as http.Agent) : undefined;
  const { ca, cert, key, rejectUnauthorized, passphrase } = options;
  const tls = { ca, cert, key, rejectUnauthorized, passphrase, servername: options.servername };
  const make = (more: http.AgentOptions): http.Agent =>
    proxy ?? (isPlain ? new http.Agent(more) : new https.Agent({ ...definedOnly(tls), ...more }));
  const agent = make({ keepAlive: true, maxSockets: limits.cloudConcurrency, maxFreeSockets: 4 });
  const freshAgent = make({ keepAlive: false });
  return {
    config,
    server: config.server,
    headers: headersOf(config, options),
    agent,
    freshAgent,
    certificate: cert ? String(cert) : undefined,
    expiresMs: plugin ? (plugin.expiresMs ?? Number.POSITIVE_INFINITY) - earlyMs : now() + lookAgainMs,
    // Streams go on over their own connections, which end with them.
    dispose: () => {
      if (!proxy) agent.destroy();
    },
  };
}

function needsClient({ cluster, user }: ContextConfig): boolean {
  return isMapping(user['auth-provider']) || textOf(cluster['proxy-url']) !== undefined;
}

/** Certificates and tokens that stand in the kubeconfig, in files it names, or came from a plugin. */
async function plainOptions(
  config: ContextConfig,
  plugin: PluginCredential | undefined,
): Promise<RequestOptions> {
  const { cluster, user } = config;
  const [ca, cert, key, fileToken] = await Promise.all([
    pem(config, cluster, 'certificate-authority'),
    pem(config, user, 'client-certificate'),
    pem(config, user, 'client-key'),
    textOf(user.tokenFile) === undefined ? undefined : readSecret(config, textOf(user.tokenFile)!),
  ]);
  // kubectl: a token file wins over a token.
  const token = plugin?.token ?? fileToken?.trim() ?? textOf(user.token);
  const { username, password } = user;
  const acting = textOf(user.as);
  return {
    ca,
    cert: plugin?.certificate ?? cert,
    key: plugin?.key ?? key,
    ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
    ...(textOf(cluster['tls-server-name']) ? { servername: textOf(cluster['tls-server-name']) } : {}),
    ...(textOf(username) ? { auth: `${textOf(username)}:${textOf(password) ?? ''}` } : {}),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(acting ? { 'impersonate-user': acting } : {}),
    },
  };
}

/** What `NAME-data` holds in base64, or the file that `NAME` names. kubectl: data wins. */
async function pem(
  config: ContextConfig,
  from: ContextConfig['cluster'],
  name: string,
): Promise<string | undefined> {
  const data = textOf(from[`${name}-data`]);
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  const file = textOf(from[name]);
  return file === undefined ? undefined : readSecret(config, file);
}

async function readSecret(config: ContextConfig, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ProblemError(
      {
        code: 'config-invalid',
        message: `${file}, which ${config.origin} names for the context "${config.name}", cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
        fix: 'Put the file back, or let your user read it.',
      },
      error,
    );
  }
}

/** Identity providers and proxies, as the Kubernetes client does them. */
async function clientOptions(
  config: ContextConfig,
  plugin: PluginCredential | undefined,
): Promise<RequestOptions> {
  const { KubeConfig } = await import('./kubeConfig.ts');
  const { exec: _exec, ...user } = config.user;
  const credential = {
    ...(plugin?.token ? { token: plugin.token } : {}),
    ...(plugin?.certificate && plugin.key
      ? { 'client-certificate-data': base64(plugin.certificate), 'client-key-data': base64(plugin.key) }
      : {}),
  };
  // The client refuses plain addresses unless it is told that nothing is checked, which is what they mean.
  const plain = config.server.protocol === 'http:' ? { 'insecure-skip-tls-verify': true } : {};
  const kubeconfig = new KubeConfig();
  const options: RequestOptions = {};
  try {
    kubeconfig.loadFromString(
      JSON.stringify({
        clusters: [{ name: 'cluster', cluster: { ...config.cluster, ...plain } }],
        users: [{ name: 'user', user: { ...user, ...credential } }],
        contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
        'current-context': 'context',
      }),
    );
    await kubeconfig.applyToHTTPSOptions(options);
  } catch (error) {
    throw new ProblemError(
      {
        code: 'cloud-unauthorized',
        message: `The credentials of "${config.userName}" in ${config.origin} cannot be used: ${clean((error as Error).message)}`,
        fix: 'Sign in again with the tool that writes them; the file is read again by itself.',
      },
      error,
    );
  }
  return options;
}

function headersOf(config: ContextConfig, options: RequestOptions): http.OutgoingHttpHeaders {
  const headers: http.OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries((options.headers ?? {}) as Record<string, unknown>))
    if (typeof value === 'string') headers[name.toLowerCase()] = value;
  if (options.auth) headers.authorization = `Basic ${base64(options.auth)}`;
  const groups = config.user['as-groups'];
  if (Array.isArray(groups) && groups.length > 0) headers['impersonate-group'] = groups.map(String);
  return headers;
}

function definedOnly<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

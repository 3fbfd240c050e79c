// Signs in to one cluster as its kubeconfig says: tokens, token files, client certificates, OpenID Connect, plugins,
// proxies, impersonation. The Kubernetes client does what it can do; it is loaded only when a cluster is asked for the
// first time, so that nobody without one pays for it. Secrets stay in here and in the headers of requests.

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
  const options = await optionsOf(config, plugin);
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
    dispose: () => {
      agent.destroy();
      freshAgent.destroy();
    },
  };
}

async function optionsOf(
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

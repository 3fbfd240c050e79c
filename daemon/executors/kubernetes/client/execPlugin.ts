// Runs a credential plugin (aws, gcloud, kubelogin…) as the kubeconfig asks, by the exec protocol of client-go. It
// asks nobody: stdin is closed, it is ended when it takes too long, and what it prints is used and forgotten.

import { execFile } from 'node:child_process';
import { z } from 'zod';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { limits } from '../../../config.ts';
import type { ContextConfig } from '../config/findContexts.ts';
import { textOf } from '../config/kubeconfig.ts';
import { clean } from './problems.ts';

export interface PluginCredential {
  readonly token?: string;
  /** PEM. */
  readonly certificate?: string;
  readonly key?: string;
  readonly expiresMs?: number;
}

const plugin = z.object({
  apiVersion: z.string().optional(),
  command: z.string().min(1),
  args: z.array(z.coerce.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.coerce.string() })).nullish(),
  installHint: z.string().optional(),
  provideClusterInfo: z.boolean().optional(),
});
type Plugin = z.infer<typeof plugin>;

const answer = z.object({
  status: z.object({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().optional(),
  }),
});

/** Asks the plugin of the context's user. Throws ProblemError with what it said. */
export async function runPlugin(
  config: ContextConfig,
  env: Readonly<Record<string, string | undefined>>,
): Promise<PluginCredential> {
  const parsed = plugin.safeParse(config.user.exec);
  if (!parsed.success)
    throw new ProblemError({
      code: 'config-invalid',
      message: `The user "${config.userName}" in ${config.origin} has an exec plugin without a command.`,
      fix: 'Correct the "exec" of the user; the file is read again by itself.',
    });
  const printed = await run(parsed.data, config, env);
  const found = answer.safeParse(parseJson(printed));
  const status = found.data?.status;
  if (!status || (!status.token && !status.clientCertificateData))
    throw new ProblemError({
      code: 'cloud-unauthorized',
      message: `The sign-in plugin ${parsed.data.command} gave no credentials.`,
      fix: `Run it in a terminal and look what it prints: ${parsed.data.command} ${(parsed.data.args ?? []).join(' ')}`,
    });
  const expiresMs = Date.parse(status.expirationTimestamp ?? '');
  return {
    token: status.token,
    certificate: status.clientCertificateData,
    key: status.clientKeyData,
    ...(Number.isNaN(expiresMs) ? {} : { expiresMs }),
  };
}

function run(
  { command, args, env: own, ...rest }: Plugin,
  config: ContextConfig,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const apiVersion = rest.apiVersion ?? 'client.authentication.k8s.io/v1';
  const info = {
    kind: 'ExecCredential',
    apiVersion,
    spec: { interactive: false, ...(rest.provideClusterInfo ? { cluster: clusterInfo(config) } : {}) },
  };
  const options = {
    env: {
      ...env,
      ...Object.fromEntries((own ?? []).map(({ name, value }) => [name, value])),
      KUBERNETES_EXEC_INFO: JSON.stringify(info),
    },
    timeout: limits.cloudRequestTimeoutMs,
    maxBuffer: 1024 * 1024,
  };
  return new Promise((resolve, reject) => {
    const child = execFile(command, args ?? [], options, (error, stdout, stderr) => {
      if (error) reject(failure(command, error, stderr, rest.installHint));
      else resolve(stdout);
    });
    child.stdin?.end();
  });
}

function clusterInfo({ cluster, server }: ContextConfig) {
  return {
    server: server.href,
    'tls-server-name': textOf(cluster['tls-server-name']),
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'] === true,
    'certificate-authority-data': textOf(cluster['certificate-authority-data']),
  };
}

function failure(
  command: string,
  error: Error & { readonly code?: string | number | null; readonly killed?: boolean },
  stderr: string,
  hint: string | undefined,
): ProblemError {
  if (error.code === 'ENOENT' || error.code === 'EACCES')
    return new ProblemError({
      code: 'config-invalid',
      message: `The sign-in plugin ${command} cannot be started (${error.code}).`,
      fix: hint ? clean(hint) : `Install ${command}, or put it where the PATH of the editor finds it.`,
    });
  if (error.killed === true)
    return new ProblemError({
      code: 'cloud-unauthorized',
      message: `The sign-in plugin ${command} did not come to an end; it may wait for an answer.`,
      fix: 'Sign in once in a terminal, so that it need not ask.',
    });
  const said = clean(stderr.trim().split('\n').slice(-3).join(' '));
  return new ProblemError({
    code: 'cloud-unauthorized',
    message: `The sign-in plugin ${command} failed${said ? `: ${said}` : '.'}`,
    fix: 'Sign in again in a terminal, with the tool it belongs to.',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

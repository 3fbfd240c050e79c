// The Prometheus servers a person named: in the settings of metrics (a private file of the state folder) and by
// environment variables for a terminal. Secrets are looked up at the moment they are needed and never kept here.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { PrometheusServer, SecretReference } from '../../../shared/model/metricSettings.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { metricSettingsSchema } from '../../../shared/protocol/watchSchemas.ts';
import type { ExecutorContext } from '../contract.ts';

/** The file the watch writes. */
export function settingsFileOf(context: ExecutorContext): string {
  return path.join(context.stateFolder, 'metrics.json');
}

export interface FoundServers {
  readonly servers: readonly PrometheusServer[];
  readonly problem?: { readonly origin: string; readonly message: string; readonly fix: string };
}

export function findServers(context: ExecutorContext): FoundServers {
  const fromEnv = serverOfEnv(context.env);
  const file = settingsFileOf(context);
  try {
    const settings = existsSync(file)
      ? metricSettingsSchema.partial().parse(JSON.parse(readFileSync(file, 'utf8')))
      : {};
    const named = settings.prometheus ?? [];
    const isShadowed = named.some((server) => server.name === fromEnv?.name);
    return { servers: fromEnv && !isShadowed ? [...named, fromEnv] : named };
  } catch (error) {
    return {
      servers: fromEnv ? [fromEnv] : [],
      problem: {
        origin: file,
        message: `The settings of metrics cannot be read: ${error instanceof SyntaxError ? 'no JSON' : 'not in the form they have to have'}.`,
        fix: 'Mend or remove the file, and set the Prometheus servers again: “Pilothouse: Add Prometheus Server…” in the editor, or pilothouse metrics add.',
      },
    };
  }
}

/** PILOTHOUSE_PROMETHEUS_URL, with PILOTHOUSE_PROMETHEUS_TOKEN, or _USER and _PASSWORD. */
function serverOfEnv(env: ExecutorContext['env']): PrometheusServer | undefined {
  const url = env.PILOTHOUSE_PROMETHEUS_URL;
  if (!url) return undefined;
  const user = env.PILOTHOUSE_PROMETHEUS_USER;
  const interval = Number(env.PILOTHOUSE_PROMETHEUS_INTERVAL_SECONDS);
  return {
    name: 'prometheus',
    url,
    ...(env.PILOTHOUSE_PROMETHEUS_TOKEN
      ? { auth: { kind: 'bearer', token: { env: 'PILOTHOUSE_PROMETHEUS_TOKEN' } } }
      : user
        ? { auth: { kind: 'basic', user, password: { env: 'PILOTHOUSE_PROMETHEUS_PASSWORD' } } }
        : {}),
    ...(interval > 0 && { intervalSeconds: interval }),
  };
}

/** The value a reference stands for. Throws ProblemError `config-invalid` where there is none. */
export function readSecret(reference: SecretReference, server: string, context: ExecutorContext): string {
  const found = lookUp(reference, context);
  if (found) return found;
  const where =
    'env' in reference
      ? `the environment variable ${reference.env}`
      : 'file' in reference
        ? `the file ${reference.file}`
        : `the secret "${reference.secret}"`;
  throw new ProblemError({
    code: 'config-invalid',
    message: `The secret for the Prometheus server ${server} is not there: ${where} is empty or missing.`,
    fix:
      'secret' in reference
        ? 'Type it again (“Pilothouse: Manage Prometheus Servers…” in the editor), or name an environment variable or a file in its place (pilothouse metrics add).'
        : 'Set it, and restart the daemon where it is an environment variable.',
  });
}

function lookUp(reference: SecretReference, { env, secret }: ExecutorContext): string | undefined {
  if ('env' in reference) return env[reference.env];
  if ('secret' in reference) return secret?.(reference.secret);
  try {
    return readFileSync(reference.file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

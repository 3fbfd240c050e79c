// Finds the clusters a person has configured for kubectl: every context of every kubeconfig file is a connection of
// its own, all at once, not only the current one. One that cannot be used becomes a problem with its fix; the others
// stay usable. What leaves this file as a candidate holds no secret; `loadContext` reads the rest when it is needed,
// so that a corrected file works without a restart.

import { createHash } from 'node:crypto';
import { ProblemError, problemOf } from '../../../../shared/model/problem.ts';
import type { ConnectionCandidate, FoundConnections } from '../../contract.ts';
import { guessEnvironment } from '../../kit/environmentLabel.ts';
import { type Places, type RawContext, readKubeconfig, textOf } from './kubeconfig.ts';

/** Everything that is known of a cluster and how to sign in to it. Holds secrets. */
export interface ContextConfig extends RawContext {
  readonly cluster: NonNullable<RawContext['cluster']>;
  readonly user: NonNullable<RawContext['user']>;
  readonly server: URL;
}

/** All contexts that could be tried, and what is wrong with the others. Never throws. */
export async function findContexts(places: Places): Promise<FoundConnections> {
  const { contexts, problems } = await readKubeconfig(places);
  const candidates: ConnectionCandidate[] = [];
  const wrong = [...problems];
  for (const context of contexts) {
    try {
      candidates.push(toCandidate(requireWhole(context)));
    } catch (error) {
      const { message, fix } = problemOf(error);
      wrong.push({
        origin: context.origin,
        message,
        fix: fix ?? 'Correct the file; it is read again by itself.',
      });
    }
  }
  return { candidates, problems: wrong };
}

/** Reads the configuration behind a candidate afresh. Throws ProblemError `config-invalid`. */
export async function loadContext(candidateId: string, places: Places): Promise<ContextConfig> {
  const { contexts, problems } = await readKubeconfig(places);
  const context = contexts.find((one) => idOf(one.name) === candidateId);
  if (context) return requireWhole(context);
  const [broken] = problems;
  throw new ProblemError({
    code: 'config-invalid',
    message: broken?.message ?? 'This context is not in the kubeconfig any more.',
    fix:
      broken?.fix ??
      `The files have: ${contexts.map((one) => one.name).join(', ') || 'no context'}. Put it back, or use one of these.`,
  });
}

function requireWhole(context: RawContext): ContextConfig {
  const place = `The context "${context.name}" in ${context.origin}`;
  const { cluster, user } = context;
  if (!cluster)
    throw invalid(
      `${place} names the cluster "${context.clusterName}", which no file has.`,
      'Add the cluster, or delete the context (kubectl config delete-context).',
    );
  if (!user)
    throw invalid(
      `${place} names the user "${context.userName}", which no file has.`,
      'Add the user, or delete the context (kubectl config delete-context).',
    );
  const server = textOf(cluster.server);
  if (server === undefined || !URL.canParse(server) || !/^https?:/.test(server))
    throw invalid(
      `The cluster "${context.clusterName}" of ${context.origin} has no address that can be used.`,
      'Set its "server" to the https:// address of the API server.',
    );
  return { ...context, cluster, user, server: new URL(server) };
}

function toCandidate(context: ContextConfig): ConnectionCandidate {
  return {
    id: idOf(context.name),
    provider: 'kubernetes',
    name: context.name,
    environment: guessEnvironment(`${context.name} ${context.clusterName}`),
    simulated: false,
    origin: context.origin,
  };
}

/** `k8s-` and the name; a name that does not survive as it is gets a short hash, so that two never collide. */
function idOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, 80);
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return slug === name ? `k8s-${slug}` : `k8s-${slug}-${hash}`;
}

function invalid(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'config-invalid', message, fix });
}

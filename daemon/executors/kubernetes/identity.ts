// Who a connection acts as. Newer servers say it themselves; of older ones the certificate or the token names the user,
// and the server is asked one harmless question so that credentials it refuses are known for what they are.

import { X509Certificate } from 'node:crypto';
import type { Identity } from '../../../shared/model/connection.ts';
import type { SignedIn } from './client/credentials.ts';
import { isProblem } from './client/problems.ts';
import type { Kubernetes } from './kubernetes.ts';

interface Review {
  readonly status?: {
    readonly userInfo?: { readonly username?: string; readonly groups?: readonly string[] };
  };
}

/** Throws ProblemError with the fix. */
export async function fetchIdentity(k8s: Kubernetes, signal: AbortSignal): Promise<Identity> {
  const signedIn = await k8s.cluster.signedIn(signal);
  const { config } = signedIn;
  const said = (await askServer(k8s, signal)) ?? (await askNothing(k8s, signal, signedIn));
  return {
    user: said.user,
    project: config.clusterName,
    ...(said.groups && said.groups.length > 0 ? { roles: said.groups } : {}),
  };
}

interface Named {
  readonly user: string;
  readonly groups?: readonly string[];
}

/** SelfSubjectReview: since 1.26, in three versions. */
async function askServer(k8s: Kubernetes, signal: AbortSignal): Promise<Named | undefined> {
  const { groups } = await k8s.apis(signal);
  const served = groups.find((group) => group.name === 'authentication.k8s.io')?.versions ?? [];
  for (const { groupVersion } of served) {
    try {
      const review = await k8s.cluster.find<Review>({
        method: 'POST',
        path: `/apis/${groupVersion}/selfsubjectreviews`,
        body: { apiVersion: groupVersion, kind: 'SelfSubjectReview' },
        harmless: true,
        signal,
        what: 'ask who we are',
      });
      const { username, groups: memberships } = review?.status?.userInfo ?? {};
      if (username)
        return {
          user: username,
          groups: memberships?.filter((one) => one !== 'system:authenticated'),
        };
    } catch (error) {
      if (isProblem(error, 'cloud-unauthorized') || isProblem(error, 'cloud-unreachable')) throw error;
    }
  }
  return undefined;
}

/** A question every signed-in user may ask; only its being answered counts. */
async function askNothing(k8s: Kubernetes, signal: AbortSignal, signedIn: SignedIn): Promise<Named> {
  await k8s.cluster.call({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { nonResourceAttributes: { path: '/version', verb: 'get' } },
    },
    harmless: true,
    signal,
    what: 'ask who we are',
  });
  return nameOf(signedIn);
}

/** As the API server reads it: who is impersonated, common name and organizations of a certificate, subject of a token. */
function nameOf({ certificate, headers, config }: SignedIn): Named {
  const acting = headers['impersonate-user'];
  if (typeof acting === 'string') return { user: acting };
  if (certificate) {
    const subject = new X509Certificate(certificate).subject.split('\n');
    const part = (key: string) =>
      subject.flatMap((line) => (line.startsWith(`${key}=`) ? line.slice(key.length + 1) : []));
    const [user] = part('CN');
    if (user) return { user, groups: part('O') };
  }
  const token = /^Bearer [^.]+\.([^.]+)\./.exec(String(headers.authorization ?? ''))?.[1];
  if (token) {
    try {
      const claims = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as {
        readonly sub?: unknown;
        readonly email?: unknown;
      };
      const user = claims.email ?? claims.sub;
      if (typeof user === 'string') return { user };
    } catch {
      // No token that says anything: the kubeconfig's own name has to do.
    }
  }
  return { user: config.userName || 'anonymous' };
}

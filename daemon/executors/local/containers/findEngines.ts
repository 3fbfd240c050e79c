// Where a container engine listens: DOCKER_HOST as Docker's own tools read it, else the places Docker and podman choose
// by themselves. A socket that is there says nothing about whether anybody answers on it.

import { statSync } from 'node:fs';
import path from 'node:path';
import { ProblemError } from '../../../../shared/model/problem.ts';

export interface EnginePlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  readonly userId: number;
}

export interface EnginePlace {
  readonly socket: string;
  /** A person named it, so that it must work. */
  readonly isNamed: boolean;
}

/** Sockets that are there, the named one alone where one is named. Throws ProblemError for another kind of address. */
export function findEngines(places: EnginePlaces): readonly EnginePlace[] {
  const named = places.env.DOCKER_HOST || places.env.CONTAINER_HOST;
  if (named) return [{ socket: socketOf(named), isNamed: true }];
  const seen = new Set<string>();
  return candidates(places).flatMap((socket) => {
    const stat = statSync(socket, { throwIfNoEntry: false });
    const key = stat ? `${stat.dev}:${stat.ino}` : '';
    // /var/run is /run, and Docker's socket may be podman's by a link.
    if (!stat?.isSocket() || seen.has(key)) return [];
    seen.add(key);
    return [{ socket, isNamed: false }];
  });
}

function candidates({ env, homeFolder, userId }: EnginePlaces): readonly string[] {
  const runtime = env.XDG_RUNTIME_DIR || `/run/user/${userId}`;
  return [
    '/var/run/docker.sock',
    path.join(runtime, 'docker.sock'),
    path.join(homeFolder, '.docker', 'run', 'docker.sock'),
    path.join(runtime, 'podman', 'podman.sock'),
    '/run/podman/podman.sock',
  ];
}

function socketOf(address: string): string {
  if (address.startsWith('unix://')) return address.slice('unix://'.length);
  if (address.startsWith('/')) return address;
  throw new ProblemError({
    code: 'config-invalid',
    message: `DOCKER_HOST is ${address.replace(/\/\/[^@/]*@/, '//')}; Pilothouse speaks to engines of this machine over a Unix socket only.`,
    fix: 'Unset DOCKER_HOST for Pilothouse, or set it to unix:///path/of/the/socket.',
  });
}

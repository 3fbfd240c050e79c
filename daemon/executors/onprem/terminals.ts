// Shells on servers of one's own: this machine's own ssh, called as the site's file has the server, so that what reads
// its facts and what a person opens is the same server, user and key. It opens nothing itself and knows no password.

import { ProblemError } from '../../../shared/model/problem.ts';
import { parseResourceId, type Resource } from '../../../shared/model/resource.ts';
import type { Terminals } from '../contract.ts';
import type { SiteReader } from './hosts.ts';
import type { Site, SshHost } from './settings.ts';

export function siteTerminals(reader: SiteReader): Terminals {
  return {
    kinds: { host: ['ssh'] },
    ways: async (resource) => (serverOf(await reader.load(), resource) ? [{ way: 'ssh' }] : []),
    async check({ resource }) {
      requireServer(await reader.load(), resource);
      return {};
    },
    open: async ({ resource }) => {
      throw noServer(resource);
    },
    async ssh(resource) {
      const site = await reader.load();
      const server = requireServer(site, resource);
      return {
        host: server.host,
        ...('port' in server ? { port: server.port, user: server.user } : {}),
        ...('identity_file' in server ? { identityFile: server.identity_file } : {}),
        knownHosts: site.ssh?.known_hosts,
      };
    },
  };
}

/** The server of a host, where the site reaches it over SSH. */
export function serverOf(site: Site, resource: Resource): SshHost | undefined {
  const host = parseResourceId(resource.id)?.path;
  return site.ssh?.hosts.find((one) => one.host === host);
}

function requireServer(site: Site, resource: Resource): SshHost {
  const server = serverOf(site, resource);
  if (server) return server;
  throw noServer(resource);
}

function noServer({ name }: Resource): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `${name} is no server that this site reaches over SSH.`,
    fix: 'Name it under ssh.hosts in the file of the site.',
  });
}

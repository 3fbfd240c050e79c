// Servers, devices and networks of one's own as a provider: each site of the settings file is one connection. Nothing is
// there, and nobody is called, until a person writes that file.

import os from 'node:os';
import type { OperationId } from '../../../shared/model/kind.ts';
import { ProblemError, problemOf } from '../../../shared/model/problem.ts';
import { catalogue } from '../../catalogue/catalogue.ts';
import type {
  ConnectionCandidate,
  Executor,
  ExecutorContext,
  FoundConnections,
  OperationHandler,
  Provisioner,
} from '../contract.ts';
import { handlerOf } from '../kit/deed.ts';
import { guessEnvironment } from '../kit/environmentLabel.ts';
import { type SiteReader, siteSource } from './hosts.ts';
import { scanning } from './rangeScan.ts';
import { openScanStore } from './scanStore.ts';
import { readSites, type Site, settingsFileOf } from './settings.ts';
import { siteTerminals } from './terminals.ts';

export const onPremProvisioner: Provisioner = {
  provider: 'onprem',
  files: (context) => [settingsFileOf(context)],
  find,
  open: openSite,
};

async function find(context: ExecutorContext): Promise<FoundConnections> {
  const file = settingsFileOf(context);
  const origin = file.startsWith(`${context.homeFolder}/`)
    ? `~${file.slice(context.homeFolder.length)}`
    : file;
  try {
    const found = Object.entries(await readSites(context));
    const candidates = found.map(
      ([name, site]): ConnectionCandidate => ({
        id: `site-${name}`,
        provider: 'onprem',
        name,
        environment: site.environment === 'unknown' ? guessEnvironment(name) : site.environment,
        simulated: false,
        origin,
      }),
    );
    return { candidates, problems: [] };
  } catch (error) {
    const { message, fix = 'See the log (Pilothouse: Show Log).' } = problemOf(error);
    return { candidates: [], problems: [{ origin, message, fix }] };
  }
}

function openSite(candidate: ConnectionCandidate, context: ExecutorContext): Executor {
  const reader: SiteReader = {
    connection: candidate.id,
    load: () => loadSite(candidate.name, context),
    env: context.env,
    homeFolder: context.homeFolder,
    scans: openScanStore(context.stateFolder, candidate.id),
  };
  const scan = handlerOf(catalogue.get('discover.range')!, scanning(reader, context.now));
  return {
    candidate,
    sources: [siteSource(reader)],
    operations: new Map<OperationId, OperationHandler>([['discover.range', scan]]),
    readers: {},
    terminals: siteTerminals(reader),
    identity: async () => ({ user: os.userInfo().username, project: candidate.name }),
    dispose: async () => undefined,
  };
}

/** The site as the file has it now: a range that was taken out is not scanned any more. */
async function loadSite(name: string, context: ExecutorContext): Promise<Site> {
  const site = (await readSites(context))[name];
  if (site) return site;
  throw new ProblemError({
    code: 'config-invalid',
    message: `The site ${name} is not in ${settingsFileOf(context)} any more.`,
    fix: 'Put it back, or rescan the connections.',
  });
}

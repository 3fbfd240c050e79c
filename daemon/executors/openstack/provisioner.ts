// OpenStack for Pilothouse: finds the clouds of clouds.yaml and OS_* variables and opens them. It reads credentials
// from where the OpenStack tools keep them, at the moment they are needed, and stores none.

import { limits } from '../../config.ts';
import type { ConnectionCandidate, Executor, ExecutorContext, Provisioner } from '../contract.ts';
import { createRedactor } from '../kit/redact.ts';
import { createActivityLog } from './activityLog.ts';
import { createOpenStack } from './api/openStack.ts';
import { createCloud } from './client/cloud.ts';
import { filesOf } from './config/cloudsFile.ts';
import { findClouds, loadCloud } from './config/findClouds.ts';
import { serverConsoles } from './consoles.ts';
import { createMetricSource } from './metricSource.ts';
import { createOperations } from './operations/operations.ts';
import { createReaders } from './readers.ts';
import { createSources } from './sources/sources.ts';

export const openstackProvisioner: Provisioner = {
  provider: 'openstack',
  find: (context) => findClouds(context),
  files: filesOf,
  open: openConnection,
};

function openConnection(candidate: ConnectionCandidate, context: ExecutorContext): Executor {
  const redactor = createRedactor();
  let warned = false;
  const load = async () => {
    const config = await loadCloud(candidate.id, context);
    if (!config.verify && !warned) {
      warned = true;
      context.log(
        'warn',
        `${candidate.name}: certificates are not checked (verify: false in ${config.origin})`,
      );
    }
    return config;
  };
  const cloud = createCloud({ load, env: context.env, limits, redactor, now: context.now });
  const os = createOpenStack(candidate.id, cloud, context);
  const sources = createSources(os);
  const operations = createOperations(os);
  const metricSources = [createMetricSource(os)];
  const activityLog = createActivityLog(os);
  return {
    candidate,
    get sources() {
      return sources.filter((source) => cloud.has(source.service) !== false);
    },
    get operations() {
      return operations();
    },
    readers: createReaders(os),
    terminals: serverConsoles(os),
    metricSources,
    activityLog,
    identity: async (signal) => {
      const session = await cloud.session(signal);
      return {
        user: session.user.name,
        project: session.project.name,
        domain: session.project.domain,
        region: session.config.region,
        roles: session.roles,
      };
    },
    dispose: async () => cloud.dispose(),
  };
}

// VMware vSphere for Pilothouse: finds vCenters and ESXi hosts and opens them. It speaks the SOAP API that every one of
// them has, reads the password where it is kept at the moment it is needed, and stores none.

import { limits } from '../../config.ts';
import type { ConnectionCandidate, Executor, ExecutorContext, Provisioner } from '../contract.ts';
import { createVim } from './client/vim.ts';
import { findVcenters, loadVcenter, vcenterFile } from './config/findVcenters.ts';
import { createEventLog } from './events/eventLog.ts';
import { createSource } from './inventory/source.ts';
import { createMetricSource, createReaders } from './metrics.ts';
import { createOperations } from './operations/operations.ts';
import { createVsphere } from './vsphere.ts';

export const vsphereProvisioner: Provisioner = {
  provider: 'vsphere',
  find: (context) => findVcenters(context),
  files: (context) => [vcenterFile(context)],
  open: openConnection,
};

function openConnection(candidate: ConnectionCandidate, context: ExecutorContext): Executor {
  const rhythm = { pollFirstMs: limits.cloudPollFirstMs, pollMs: limits.cloudPollMs };
  let warned = false;
  const vim = createVim({
    load: async () => {
      const vcenter = await loadVcenter(candidate.id, context);
      if (!vcenter.verify && !warned) {
        warned = true;
        context.log('warn', `${vcenter.name}: its certificate is not checked (${vcenter.origin})`);
      }
      return vcenter;
    },
    limits,
    env: context.env,
    ...rhythm,
  });
  const vs = createVsphere(candidate.id, vim, { ...rhythm, now: context.now });
  return {
    candidate,
    sources: [createSource(candidate.id, vim, vs.remember)],
    operations: createOperations(vs),
    readers: createReaders(vs),
    metricSources: [createMetricSource(vs)],
    activityLog: createEventLog(vs),
    identity: async (signal) => {
      const { user, product } = await vim.session(signal);
      return { user, project: product };
    },
    dispose: () => vim.dispose(),
  };
}

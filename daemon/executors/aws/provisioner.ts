// AWS for Pilothouse: finds the profiles of ~/.aws and AWS_* variables and opens one connection for each profile and
// region. Credentials are read from where the tools of AWS keep them, at the moment they are needed, and stored
// nowhere. The SDK itself is loaded when the first connection is asked something.

import { limits as defaultLimits, type Limits } from '../../config.ts';
import type { ConnectionCandidate, Executor, ExecutorContext, Provisioner } from '../contract.ts';
import { createAws } from './aws.ts';
import { createRateBudget, type RateBudget } from './client/rateBudget.ts';
import { createServices } from './client/services.ts';
import { type AccountSettings, filesOf, findAccounts, loadAccount } from './config/findAccounts.ts';
import { createMetricSource } from './metrics.ts';
import { createOperations } from './operations/operations.ts';
import { createReaders } from './readers.ts';
import { createSources } from './sources/sources.ts';
import { createActivityLog } from './trail/activityLog.ts';

export const awsProvisioner: Provisioner = {
  provider: 'aws',
  find: (context) => findAccounts(context),
  files: filesOf,
  open: (candidate, context) => openAccount(candidate, context),
};

/** Connections of one daemon into the same account share its budget, whatever their profiles and regions. */
const budgets = new WeakMap<ExecutorContext, Map<string, RateBudget>>();

function budgetFor(
  context: ExecutorContext,
  account: AccountSettings,
  number: string | undefined,
  limits: Limits,
): RateBudget {
  const known = budgets.get(context) ?? new Map<string, RateBudget>();
  budgets.set(context, known);
  const rate = account.requestsPerSecond;
  const key = `${number ? `account ${number}` : account.budget} at ${rate}/s`;
  const before = known.get(key);
  if (before) return before;
  const made = createRateBudget(rate, {
    burst: limits.awsRequestsBurst,
    now: context.now,
  });
  known.set(key, made);
  return made;
}

/** Opens a connection; tests give limits of their own. */
export function openAccount(
  candidate: ConnectionCandidate,
  context: ExecutorContext,
  limits: Limits = defaultLimits,
): Executor {
  const services = createServices({
    load: () => loadAccount(candidate.id, context),
    places: context,
    budgetOf: (account, number) => budgetFor(context, account, number, limits),
    limits,
  });
  const aws = createAws({
    connection: candidate.id,
    services,
    homeFolder: context.homeFolder,
    limits,
    now: context.now,
  });
  return {
    candidate,
    sources: createSources(aws),
    operations: createOperations(aws),
    readers: createReaders(aws),
    metricSources: [createMetricSource(aws)],
    activityLog: createActivityLog(aws),
    identity: (signal) => aws.identity(signal),
    dispose: async () => services.dispose(),
  };
}

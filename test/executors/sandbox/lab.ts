// A simulated cloud in a folder of its own, and an operation carried through as the runner would.

import { catalogue } from '../../../daemon/catalogue/catalogue.ts';
import type {
  Executor,
  HandlerPreview,
  StepContext,
  Verification,
} from '../../../daemon/executors/contract.ts';
import { grantWrite } from '../../../daemon/executors/permit.ts';
import { openSandboxControl, type SandboxControl } from '../../../daemon/executors/sandbox/control.ts';
import { sandboxProvisioner } from '../../../daemon/executors/sandbox/provisioner.ts';
import type { Arguments } from '../../../shared/model/operation.ts';
import type { Resource } from '../../../shared/model/resource.ts';

export interface Lab {
  readonly executor: Executor;
  readonly control: SandboxControl;
  context(operation: string, target?: string, args?: Arguments): StepContext;
  preview(operation: string, target?: string, args?: Arguments): Promise<HandlerPreview>;
  perform(operation: string, target?: string, args?: Arguments, mark?: string): Promise<string | undefined>;
  /** Preview, write, read back. Throws where the preview has a blocker. */
  run(
    operation: string,
    target?: string,
    args?: Arguments,
  ): Promise<Verification & { readonly createdId?: string }>;
  reconcile(
    operation: string,
    mark: string,
  ): ReturnType<NonNullable<ReturnType<Executor['operations']['get']>>['reconcile']>;
  /** By id without the connection: `vm/web-1`. */
  get(path: string): Resource | undefined;
  close(): Promise<void>;
}

export async function openLab(
  stateFolder: string,
  options: { readonly speed?: string; readonly now?: () => number } = {},
): Promise<Lab> {
  const now = options.now ?? Date.now;
  const context = {
    env: { PILOTHOUSE_SANDBOX_SPEED: options.speed ?? 'instant' },
    homeFolder: stateFolder,
    stateFolder,
    now,
    log: () => undefined,
  };
  const [candidate] = (await sandboxProvisioner.find(context)).candidates;
  const executor = sandboxProvisioner.open(candidate!, context);
  const control = openSandboxControl({ stateFolder, now });
  const handler = (operation: string) => executor.operations.get(operation)!;
  let marks = 0;
  const lab: Lab = {
    executor,
    control,
    context: (operation, target, args = {}) => ({
      operation,
      args,
      target: target === undefined ? undefined : control.resource(`sandbox:${target}`),
      lookup: control.resource,
      signal: AbortSignal.timeout(8_000),
      progress: () => undefined,
    }),
    preview: (operation, target, args) => handler(operation).preview(lab.context(operation, target, args)),
    async perform(operation, target, args, mark = `mark-${++marks}`) {
      const write = {
        ...lab.context(operation, target, args),
        mark,
        permit: grantWrite('plan', 0, 'digest'),
      };
      return (await handler(operation).perform(write)).createdId;
    },
    async run(operation, target, args = {}) {
      const step = lab.context(operation, target, args);
      const preview = await handler(operation).preview(step);
      const blocker = preview.notes.find(({ level }) => level === 'blocker');
      if (blocker) throw new Error(blocker.message);
      const mark = `mark-${++marks}`;
      const write = {
        ...step,
        args: { ...args, ...preview.resolvedArgs },
        mark,
        permit: grantWrite('plan', 0, 'digest'),
      };
      const outcome = await handler(operation).perform(write);
      return { ...(await handler(operation).verify({ ...write, outcome })), createdId: outcome.createdId };
    },
    reconcile: (operation, mark) => handler(operation).reconcile({ ...lab.context(operation), mark }),
    get: (path) => control.resource(`sandbox:${path}`),
    async close() {
      control.close();
      await executor.dispose();
    },
  };
  return lab;
}

/** For each operation the sandbox has: something to try it on. Operations not listed take the first of their kind. */
export const trials: Readonly<
  Record<
    string,
    {
      readonly target?: string;
      readonly args?: Arguments;
      readonly first?: readonly [operation: string, target: string, args?: Arguments];
    }
  >
> = {
  'create.vm': { args: { name: 'dev-box', flavor: 'S.4' } },
  'start.vm': { target: 'vm/dev-2' },
  'stop.vm': { target: 'vm/web-2' },
  'reboot.vm': { target: 'vm/web-2' },
  'suspend.vm': { target: 'vm/web-2' },
  'resume.vm': { target: 'vm/web-2', first: ['suspend.vm', 'vm/web-2'] },
  'resize.vm': { target: 'vm/web-2', args: { flavor: 'S.8' } },
  'snapshot.vm': { target: 'vm/web-2', args: { name: 'before-upgrade' } },
  'assign-ip.vm': { target: 'vm/dev-1', args: { ip: 'any' } },
  'unassign-ip.vm': { target: 'vm/web-1' },
  'migrate.vm': { target: 'vm/web-1', args: { host: 'host-b' } },
  'lock.vm': { target: 'vm/web-2' },
  'unlock.vm': { target: 'vm/web-2', first: ['lock.vm', 'vm/web-2'] },
  'rebuild.vm': { target: 'vm/web-2', args: { image: 'debian-12' } },
  'delete.vm': { target: 'vm/web-1' },
  'create.volume': { args: { name: 'more', size_gb: 30 } },
  'resize.volume': { target: 'volume/scratch', args: { size_gb: 40 } },
  'attach.volume': { target: 'volume/scratch', args: { to: 'sandbox:vm/web-1' } },
  'detach.volume': { target: 'volume/ci-cache' },
  'snapshot.volume': { target: 'volume/scratch', args: { name: 'now' } },
  'delete.volume': { target: 'volume/old-backup' },
  'create.network': { args: { name: 'lab' } },
  'create.subnet': { args: { name: 'lab-subnet', cidr: '10.9.0.0/24', network: 'dev' } },
  'delete.network': { target: 'network/unused', first: ['create.network', '', { name: 'unused' }] },
  'delete.subnet': { target: 'subnet/public-subnet' },
  'create.security-group': { args: { name: 'mail' } },
  'open-port.security-group': { target: 'security-group/web', args: { port: 8443, protocol: 'tcp' } },
  'close-port.security-group': {
    target: 'security-group/web',
    args: { port: 80, protocol: 'tcp', cidr: '0.0.0.0/0' },
  },
  'delete.security-group': {
    target: 'security-group/unused',
    first: ['create.security-group', '', { name: 'unused' }],
  },
  'create.keypair': { args: { name: 'new-key' } },
  'start.database': { target: 'database/orders', first: ['stop.database', 'database/orders'] },
  'resize.database': { target: 'database/orders', args: { flavor: 'S.8' } },
  'create.namespace': { args: { name: 'demo' } },
  'delete.namespace': { target: 'namespace/staging' },
  'uncordon.node': { target: 'node/node-1', first: ['cordon.node', 'node/node-1'] },
  'create.deployment': { args: { name: 'mail', image: 'shop/mail:1.0', replicas: 2 } },
  'scale.deployment': { target: 'deployment/prod/web', args: { replicas: 5 } },
  'set-image.deployment': { target: 'deployment/prod/web', args: { image: 'shop/web:1.9.0' } },
  'scale.statefulset': { target: 'statefulset/prod/search', args: { replicas: 1 } },
  'set-image.statefulset': { target: 'statefulset/prod/search', args: { image: 'shop/search:8.5' } },
  'rollback.daemonset': {
    target: 'daemonset/kube-system/kube-proxy',
    first: ['set-image.daemonset', 'daemonset/kube-system/kube-proxy', { image: 'kube-proxy:1.35' }],
  },
  'set-image.daemonset': { target: 'daemonset/kube-system/kube-proxy', args: { image: 'kube-proxy:1.35' } },
  'resume.cronjob': {
    target: 'cronjob/prod/nightly-backup',
    first: ['suspend.cronjob', 'cronjob/prod/nightly-backup'],
  },
};

/** What a trial is about, after making it ready. Undefined target: a create, or nothing of that kind is there. */
export async function prepareTrial(lab: Lab, id: string) {
  const operation = catalogue.get(id)!;
  const trial = trials[id];
  let made: string | undefined;
  if (trial?.first)
    made = (await lab.run(trial.first[0], trial.first[1] || undefined, trial.first[2])).createdId;
  if (operation.kind === 'job')
    made = (await lab.run('run.cronjob', 'cronjob/prod/nightly-backup')).createdId;
  const defaults: Arguments =
    operation.verb === 'tag'
      ? { tags: { owner: 'ann' } }
      : operation.verb === 'untag'
        ? { keys: ['env'] }
        : {};
  const args = trial?.args ?? defaults;
  if (operation.target === 'none') return { operation, args, target: undefined };
  const named = trial?.target === undefined ? undefined : `sandbox:${trial.target}`;
  const target =
    control(named, lab) ??
    control(made, lab) ??
    lab.control.resources().find(({ kind }) => kind === operation.kind);
  if (operation.verb === 'untag' && target && target.tags.env === undefined)
    await lab.run(`tag.${target.kind}`, target.id.slice('sandbox:'.length), { tags: { env: 'prod' } });
  return { operation, args, target: target && lab.control.resource(target.id) };
}

function control(id: string | undefined, lab: Lab): Resource | undefined {
  return id === undefined ? undefined : lab.control.resource(id);
}

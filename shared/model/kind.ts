// The closed lists of the shared model: providers, kinds of resource, verbs, operations and their risk.
// Catalogue, interpreter, executors and trees are written against these names only, so that a new
// operation is one entry in the catalogue and never a new word somewhere else.

/** Kinds of cloud Pilothouse can speak to. `sandbox` is a simulated one. */
export const providers = [
  'openstack',
  'aws',
  'kubernetes',
  'vsphere',
  'local',
  'onprem',
  'prometheus',
  'sandbox',
] as const;
export type Provider = (typeof providers)[number];

/** Kinds of resource an operation may name. */
export const operableKinds = [
  'vm',
  'volume',
  'network',
  'subnet',
  'security-group',
  'floating-ip',
  'image',
  'flavor',
  'keypair',
  'snapshot',
  'load-balancer',
  'database',
  'cluster',
  'namespace',
  'node',
  'deployment',
  'statefulset',
  'daemonset',
  'pod',
  'service',
  'configmap',
  'job',
  'cronjob',
  'host',
  'datastore',
  'container',
  'process',
  'unit',
  'range',
  'metric',
  'anomaly',
  'alert',
  'policy',
  'action',
] as const;
export type OperableKind = (typeof operableKinds)[number];

/** Kinds that are discovered and shown but that no operation names directly. */
export const structuralKinds = [
  'project',
  'router',
  'port',
  'replicaset',
  'ingress',
  'persistent-volume',
  'persistent-volume-claim',
  'secret',
  'hpa',
  'custom-resource',
  'datacenter',
] as const;
export type Kind = OperableKind | (typeof structuralKinds)[number];
export const kinds: readonly Kind[] = [...operableKinds, ...structuralKinds];

export const readVerbs = ['list', 'show', 'logs', 'metrics', 'explain', 'forecast'] as const;
export const changeVerbs = [
  'create',
  'start',
  'stop',
  'reboot',
  'resize',
  'scale',
  'restart',
  'rollout-restart',
  'rollback',
  'attach',
  'detach',
  'tag',
  'untag',
  'cordon',
  'uncordon',
  'drain',
  'snapshot',
  'assign-ip',
  'unassign-ip',
  'open-port',
  'close-port',
  'set-image',
  'suspend',
  'resume',
  'run',
  'migrate',
  'renice',
  'lock',
  'unlock',
  'confirm-resize',
  'ack',
  'silence',
  'discover',
  'apply',
] as const;
export const destroyVerbs = ['rebuild', 'revert-resize', 'delete'] as const;
/** Verbs of the special operations (`policy.enable`, `action.undo`, `audit.list`, `topology.show`). */
export const specialVerbs = ['enable', 'disable', 'approve', 'cancel', 'undo'] as const;
export type Verb =
  | (typeof readVerbs)[number]
  | (typeof changeVerbs)[number]
  | (typeof destroyVerbs)[number]
  | (typeof specialVerbs)[number];

/**
 * `read` changes nothing; `change` alters something that can be altered back or recreated at little cost;
 * `destroy` loses data or protection.
 */
export const risks = ['read', 'change', 'destroy'] as const;
export type Risk = (typeof risks)[number];

/** The higher of two risks. */
export function maxRisk(a: Risk, b: Risk): Risk {
  return risks.indexOf(a) >= risks.indexOf(b) ? a : b;
}

/**
 * Name of an operation, `verb.kind`; the special ones are written `kind.verb`
 * (`policy.enable`, `action.approve`, `topology.show`, `audit.list`, `discover.provider`).
 */
export type OperationId = string;

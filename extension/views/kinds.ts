// How kinds of resource are called and drawn in the tree, and in what order they stand: what people work with
// first, plumbing last. A kind that is missing here does not compile.

import type { Kind } from '../../shared/model/kind.ts';

interface KindLook {
  /** Plural, sentence case. */
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
}

const looks: { readonly [K in Kind]: KindLook } = {
  alert: { title: 'Alerts', icon: 'bell' },
  anomaly: { title: 'Anomalies', icon: 'pulse' },
  vm: { title: 'VMs', icon: 'vm' },
  deployment: { title: 'Deployments', icon: 'rocket' },
  statefulset: { title: 'StatefulSets', icon: 'layers' },
  daemonset: { title: 'DaemonSets', icon: 'layers-active' },
  pod: { title: 'Pods', icon: 'package' },
  job: { title: 'Jobs', icon: 'play-circle' },
  cronjob: { title: 'CronJobs', icon: 'watch' },
  service: { title: 'Services', icon: 'plug' },
  ingress: { title: 'Ingresses', icon: 'sign-in' },
  configmap: { title: 'ConfigMaps', icon: 'symbol-key' },
  secret: { title: 'Secrets', icon: 'lock' },
  hpa: { title: 'Autoscalers', icon: 'arrow-both' },
  'persistent-volume-claim': { title: 'Volume claims', icon: 'save-all' },
  'persistent-volume': { title: 'Persistent volumes', icon: 'save' },
  'custom-resource': { title: 'Custom resources', icon: 'extensions' },
  namespace: { title: 'Namespaces', icon: 'symbol-namespace' },
  node: { title: 'Nodes', icon: 'server' },
  cluster: { title: 'Clusters', icon: 'server-environment' },
  database: { title: 'Databases', icon: 'database' },
  volume: { title: 'Volumes', icon: 'save' },
  snapshot: { title: 'Snapshots', icon: 'device-camera' },
  'load-balancer': { title: 'Load balancers', icon: 'split-horizontal' },
  network: { title: 'Networks', icon: 'type-hierarchy' },
  subnet: { title: 'Subnets', icon: 'type-hierarchy-sub' },
  router: { title: 'Routers', icon: 'git-compare' },
  'floating-ip': { title: 'Floating IPs', icon: 'globe' },
  'security-group': { title: 'Security groups', icon: 'shield' },
  port: { title: 'Ports', icon: 'debug-disconnect' },
  image: { title: 'Images', icon: 'file-media' },
  flavor: { title: 'Flavors', icon: 'circuit-board' },
  keypair: { title: 'Keypairs', icon: 'key' },
  datacenter: { title: 'Datacenters', icon: 'organization' },
  host: { title: 'Hosts', icon: 'server-process' },
  datastore: { title: 'Datastores', icon: 'archive' },
  container: { title: 'Containers', icon: 'package' },
  unit: { title: 'Systemd units', icon: 'settings-gear' },
  process: { title: 'Processes', icon: 'run-all' },
  range: { title: 'Address ranges', icon: 'broadcast' },
  project: { title: 'Projects', icon: 'folder' },
  replicaset: { title: 'ReplicaSets', icon: 'versions' },
  metric: { title: 'Metrics', icon: 'graph-line' },
  policy: { title: 'Policies', icon: 'law' },
  action: { title: 'Actions', icon: 'checklist' },
};
const order = Object.keys(looks) as readonly Kind[];

/** Plural of a kind, for headings; a kind of a newer daemon is shown by its own word. */
export function titleOfKind(kind: Kind): string {
  return looks[kind]?.title ?? kind;
}

export function iconOfKind(kind: Kind): string {
  return looks[kind]?.icon ?? 'symbol-misc';
}

/** Orders kinds as the tree shows them. */
export function compareKinds(a: Kind, b: Kind): number {
  const place = (kind: Kind) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  return place(a) - place(b) || a.localeCompare(b);
}

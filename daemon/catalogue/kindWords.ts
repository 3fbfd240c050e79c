// What people call the kinds of resource, and how the pages of the daemon write them. Titles, forms, the interpreter
// and the language model all take their nouns from here, so that a kind has one name on screen and many in speech.
// A word may stand for several kinds ("service"); which one is meant is decided by what is there.

import { type OperableKind, operableKinds } from '../../shared/model/kind.ts';

export interface KindWords {
  /** As it stands inside a sentence of ours: "VM", "security group". */
  readonly noun: string;
  readonly plural: string;
  /** What people write, singular, lower case; plurals are derived. */
  readonly words: readonly string[];
  /** Short forms that mean it after a command's verb only (kubectl). */
  readonly short?: readonly string[];
  /**
   * Its words mean it only where such a thing is there: "process", "unit" are everyday words, and "container" means a
   * pod where no container engine is connected.
   */
  readonly onlyWherePresent?: true;
}

export const kindWords: Readonly<Record<OperableKind, KindWords>> = {
  vm: {
    noun: 'VM',
    plural: 'VMs',
    words: [
      'vm',
      'virtual machine',
      'instance',
      'server',
      'machine',
      'box',
      'ec2 instance',
      'ec2',
      'ec2 server',
      'compute instance',
      'guest',
      'droplet',
      'cloud server',
    ],
  },
  volume: {
    noun: 'volume',
    plural: 'volumes',
    words: [
      'volume',
      'disk',
      'ebs volume',
      'ebs',
      'block device',
      'vol',
      'drive',
      'data disk',
      'cinder volume',
    ],
  },
  network: {
    noun: 'network',
    plural: 'networks',
    words: ['network', 'vpc', 'net', 'vnet', 'virtual network'],
  },
  subnet: { noun: 'subnet', plural: 'subnets', words: ['subnet', 'subnetwork', 'sub net'] },
  'security-group': {
    noun: 'security group',
    plural: 'security groups',
    words: ['security group', 'sec group', 'secgroup', 'sg', 'firewall', 'firewall group', 'security-group'],
  },
  'floating-ip': {
    noun: 'floating IP',
    plural: 'floating IPs',
    words: [
      'floating ip',
      'floating ip address',
      'elastic ip',
      'eip',
      'fip',
      'public ip',
      'public ip address',
      'floating address',
      'public address',
      'elastic address',
      'elastic ip address',
      'floating-ip',
      'external ip',
    ],
  },
  image: { noun: 'image', plural: 'images', words: ['image', 'ami', 'machine image', 'template'] },
  flavor: {
    noun: 'flavor',
    plural: 'flavors',
    words: [
      'flavor',
      'flavour',
      'instance type',
      'machine type',
      'instance size',
      'machine size',
      'vm size',
      'vm type',
    ],
  },
  keypair: {
    noun: 'keypair',
    plural: 'keypairs',
    words: ['keypair', 'key pair', 'ssh key', 'ssh keypair', 'key-pair'],
  },
  snapshot: {
    noun: 'snapshot',
    plural: 'snapshots',
    words: ['snapshot', 'snap', 'ebs snapshot', 'volume snapshot'],
  },
  'load-balancer': {
    noun: 'load balancer',
    plural: 'load balancers',
    words: ['load balancer', 'lb', 'elb', 'alb', 'nlb', 'loadbalancer', 'balancer', 'load-balancer'],
  },
  database: {
    noun: 'database',
    plural: 'databases',
    words: [
      'database',
      'db',
      'rds',
      'rds instance',
      'rds database',
      'db instance',
      'database instance',
      'data base',
    ],
  },
  cluster: {
    noun: 'cluster',
    plural: 'clusters',
    words: ['cluster', 'kubernetes cluster', 'k8s cluster', 'eks cluster'],
  },
  namespace: { noun: 'namespace', plural: 'namespaces', words: ['namespace', 'name space'], short: ['ns'] },
  node: {
    noun: 'node',
    plural: 'nodes',
    words: ['node', 'worker node', 'kubernetes node', 'k8s node', 'cluster node'],
    short: ['no'],
  },
  deployment: {
    noun: 'deployment',
    plural: 'deployments',
    words: ['deployment', 'deploy', 'kubernetes deployment'],
    short: ['deploy', 'dep'],
  },
  statefulset: {
    noun: 'stateful set',
    plural: 'stateful sets',
    words: ['statefulset', 'stateful set', 'stateful-set'],
    short: ['sts'],
  },
  daemonset: {
    noun: 'daemon set',
    plural: 'daemon sets',
    words: ['daemonset', 'daemon set', 'daemon-set'],
    short: ['ds'],
  },
  pod: { noun: 'pod', plural: 'pods', words: ['pod', 'kubernetes pod'], short: ['po'] },
  service: {
    noun: 'service',
    plural: 'services',
    words: ['service', 'kubernetes service', 'k8s service'],
    short: ['svc'],
  },
  configmap: {
    noun: 'config map',
    plural: 'config maps',
    words: ['configmap', 'config map', 'config-map'],
    short: ['cm'],
  },
  job: { noun: 'job', plural: 'jobs', words: ['job', 'batch job', 'kubernetes job'] },
  cronjob: {
    noun: 'cron job',
    plural: 'cron jobs',
    words: ['cronjob', 'cron job', 'cron', 'scheduled job', 'cron-job'],
    short: ['cj'],
  },
  host: {
    noun: 'host',
    plural: 'hosts',
    words: ['host', 'hypervisor', 'esx host', 'esxi host', 'esxi', 'esx'],
  },
  datastore: { noun: 'datastore', plural: 'datastores', words: ['datastore', 'data store', 'storage pool'] },
  container: {
    noun: 'container',
    plural: 'containers',
    words: ['container', 'docker container', 'podman container'],
    onlyWherePresent: true,
  },
  process: {
    noun: 'process',
    plural: 'processes',
    words: ['process', 'pid', 'running process', 'os process'],
    onlyWherePresent: true,
  },
  unit: {
    noun: 'systemd unit',
    plural: 'systemd units',
    words: ['systemd unit', 'systemd service', 'system service', 'unit'],
    onlyWherePresent: true,
  },
  range: {
    noun: 'address range',
    plural: 'address ranges',
    words: ['address range', 'ip range', 'range'],
    onlyWherePresent: true,
  },
  metric: { noun: 'metric', plural: 'metrics', words: ['metric'] },
  anomaly: { noun: 'anomaly', plural: 'anomalies', words: ['anomaly', 'finding', 'outlier', 'incident'] },
  alert: { noun: 'alert', plural: 'alerts', words: ['alert', 'alarm', 'page'] },
  policy: { noun: 'policy', plural: 'policies', words: ['policy', 'guardrail', 'rule'] },
  action: { noun: 'action', plural: 'actions', words: ['action', 'request', 'approval', 'change request'] },
};

/** Kinds whose words mean them only where such a thing is there. */
export const kindsOnlyWherePresent: ReadonlySet<string> = new Set(
  operableKinds.filter((kind) => kindWords[kind].onlyWherePresent),
);

/** Noun of a kind inside a sentence; a kind that has no words is written as it is. */
export function nounOf(kind: string): string {
  const operable = operableKinds.find((one) => one === kind);
  return operable ? kindWords[operable].noun : kind;
}

/** Plural of the noun of a kind. */
export function pluralOf(kind: string): string {
  const operable = operableKinds.find((one) => one === kind);
  return operable ? kindWords[operable].plural : `${kind}s`;
}

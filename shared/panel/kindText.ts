// What a kind of resource is called inside a sentence of the views: "floating IP", "autoscaler". The catalogue of the
// daemon has the same nouns for what can be operated (a test holds them together); here stand the others, too. Pure.

import type { Kind } from '../model/kind.ts';

interface Noun {
  readonly one: string;
  /** Where it is not `one` with an s. */
  readonly many?: string;
}

/** Kinds whose noun is not the kind itself. */
const nouns: { readonly [K in Kind]?: Noun } = {
  vm: { one: 'VM' },
  'security-group': { one: 'security group' },
  'floating-ip': { one: 'floating IP' },
  'load-balancer': { one: 'load balancer' },
  statefulset: { one: 'stateful set' },
  daemonset: { one: 'daemon set' },
  replicaset: { one: 'replica set' },
  configmap: { one: 'config map' },
  cronjob: { one: 'cron job' },
  ingress: { one: 'ingress', many: 'ingresses' },
  hpa: { one: 'autoscaler' },
  'persistent-volume': { one: 'persistent volume' },
  'persistent-volume-claim': { one: 'volume claim' },
  'custom-resource': { one: 'custom resource' },
  process: { one: 'process', many: 'processes' },
  unit: { one: 'systemd unit' },
  range: { one: 'address range' },
  anomaly: { one: 'anomaly', many: 'anomalies' },
  policy: { one: 'policy', many: 'policies' },
};

/** The noun of a kind; a kind of a newer daemon is written as it is. */
export function nounOfKind(kind: string): string {
  return nouns[kind as Kind]?.one ?? kind;
}

/** The noun for several. */
export function nounsOfKind(kind: string): string {
  return nouns[kind as Kind]?.many ?? `${nounOfKind(kind)}s`;
}

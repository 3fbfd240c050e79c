// What a server is asked and what the answers are called here: the usual exporters (node-exporter, cAdvisor with
// kube-state-metrics, HTTP services with the common names of their counters). A server that has none of these answers
// with nothing, which costs it little. A person's own rules are added to these or take their place.

import type { PrometheusRule, PrometheusServer } from '../../../shared/model/metricSettings.ts';

const host = 'instance, job';
const files =
  'fstype!~"rootfs|squashfs|overlay|proc|sysfs|cgroup.*|ramfs|iso9660|nsfs|autofs",mountpoint!~"/(dev|proc|run|sys|snap)($|/).*"';
const cards = 'device!~"lo|veth.*|docker.*|br-.*|cni.*|cali.*|flannel.*|tap.*|virbr.*"';
const container = 'container!="",container!="POD"';
const service = 'instance, job, namespace, pod, service';

export const builtInRules: readonly PrometheusRule[] = [
  {
    metric: 'cpu',
    query: `100 * (1 - avg by (${host}) (rate(node_cpu_seconds_total{mode="idle"}[$window])))`,
  },
  {
    metric: 'memory',
    query: `100 * (1 - max by (${host}) (node_memory_MemAvailable_bytes) / max by (${host}) (node_memory_MemTotal_bytes > 0))`,
  },
  {
    metric: 'disk',
    query: `100 * (1 - max by (${host}, mountpoint) (node_filesystem_avail_bytes{${files}}) / max by (${host}, mountpoint) (node_filesystem_size_bytes{${files}} > 0))`,
    part: 'mountpoint',
  },
  {
    metric: 'network',
    query: `(sum by (${host}) (rate(node_network_receive_bytes_total{${cards}}[$window])) + sum by (${host}) (rate(node_network_transmit_bytes_total{${cards}}[$window]))) / 1e6`,
  },
  {
    metric: 'iops',
    query: `sum by (${host}) (rate(node_disk_reads_completed_total[$window])) + sum by (${host}) (rate(node_disk_writes_completed_total[$window]))`,
  },
  { metric: 'load', query: `max by (${host}) (node_load1)` },
  {
    metric: 'cpu',
    query: `100 * sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{${container}}[$window])) / sum by (namespace, pod) (kube_pod_container_resource_limits{resource="cpu"} > 0)`,
  },
  {
    metric: 'memory',
    query: `100 * sum by (namespace, pod) (container_memory_working_set_bytes{${container}}) / sum by (namespace, pod) (kube_pod_container_resource_limits{resource="memory"} > 0)`,
  },
  { metric: 'restarts', query: 'sum by (namespace, pod) (kube_pod_container_status_restarts_total)' },
  { metric: 'requests', query: `sum by (${service}) (rate(http_requests_total[$window]))` },
  {
    metric: 'error-rate',
    query: `100 * sum by (${service}) (rate(http_requests_total{code=~"5.."}[$window])) / (sum by (${service}) (rate(http_requests_total[$window])) > 0)`,
  },
  {
    metric: 'latency',
    query: `1000 * sum by (${service}) (rate(http_request_duration_seconds_sum[$window])) / (sum by (${service}) (rate(http_request_duration_seconds_count[$window])) > 0)`,
  },
];

/** The rules of a server, the built-in ones first. */
export function rulesOf(server: PrometheusServer): readonly PrometheusRule[] {
  return server.onlyOwnRules ? (server.rules ?? []) : [...builtInRules, ...(server.rules ?? [])];
}

/** A query with its window: four scrapes, so that one that is missing does not make a hole. */
export function windowed(query: string, scrapeSeconds: number, stepSeconds: number): string {
  const window = Math.min(600, Math.max(4 * scrapeSeconds, stepSeconds, 4));
  return query.replaceAll('$window', `${Math.ceil(window)}s`);
}

// The attributes a resource may carry beside the common fields, with meaning and unit.
// One vocabulary for all providers: filters of the interpreter, columns, previews and executors use these
// names only. An executor may add others of its own; they are shown in the details and not filtered by.

/** name → what it means. Sizes are in GB as the person says it (1 GB = 1 GiB). */
export const attributeDocs = {
  flavor: 'size of a vm or database: name of the flavor or instance type',
  image: 'image it was made from, or container image with tag',
  network: 'name of the network it is in',
  networks: 'names of all networks it is in',
  ip: 'first address inside its network',
  floating_ip: 'public address assigned to it',
  keypair: 'name of its keypair',
  security_groups: 'names of its security groups',
  size_gb: 'size in GB',
  attached_to: 'id of the resource it is attached to; absent where it is free',
  source: 'id of what a snapshot was taken of',
  cidr: 'address range of a subnet',
  rules: 'open ports of a security group, as PROTOCOL/PORT from CIDR',
  vcpus: 'number of virtual processors',
  ram_gb: 'memory in GB',
  replicas: 'how many are wanted',
  ready: 'how many are ready',
  healthy: 'whether it serves',
  restarts: 'how often its containers were restarted',
  node: 'name of the node it runs on',
  host: 'name of the hypervisor it runs on',
  owner: 'id of the controller it belongs to',
  app: 'application it belongs to',
  revision: 'current revision of a rollout',
  unschedulable: 'whether a node takes no new pods',
  suspended: 'whether a cron job is suspended',
  port: 'port a service listens on',
  severity: 'severity of an anomaly or alert',
  resource: 'id of the resource an anomaly or alert is about',
  metric: 'metric an anomaly is about',
  at: 'when an anomaly, alert or action happened, ISO 8601 UTC',
  op: 'operation of an action',
  actor: 'who asked for an action',
  locked: 'whether it is protected against changes',
} as const;
export type AttributeName = keyof typeof attributeDocs;

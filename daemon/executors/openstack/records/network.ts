// What Neutron says, as far as it is used.

import { z } from 'zod';

const text = z.string().nullish();
const common = {
  id: z.string(),
  name: text,
  project_id: text,
  description: text,
  tags: z.array(z.string()).nullish(),
  created_at: text,
  updated_at: text,
  revision_number: z.number().nullish(),
};
const fixedIps = z.array(z.object({ subnet_id: z.string(), ip_address: z.string() })).nullish();

export const networkRecord = z.object({
  ...common,
  status: text,
  shared: z.boolean().nullish(),
  'router:external': z.boolean().nullish(),
  is_default: z.boolean().nullish(),
  subnets: z.array(z.string()).nullish(),
  mtu: z.number().nullish(),
  admin_state_up: z.boolean().nullish(),
});
export type NetworkRecord = z.infer<typeof networkRecord>;

export const subnetRecord = z.object({
  ...common,
  network_id: z.string(),
  cidr: z.string(),
  gateway_ip: text,
  ip_version: z.number().nullish(),
  enable_dhcp: z.boolean().nullish(),
});
export type SubnetRecord = z.infer<typeof subnetRecord>;

export const routerRecord = z.object({
  ...common,
  status: text,
  external_gateway_info: z.object({ network_id: z.string(), external_fixed_ips: fixedIps }).nullish(),
});
export type RouterRecord = z.infer<typeof routerRecord>;

export const portRecord = z.object({
  ...common,
  status: text,
  network_id: z.string(),
  device_id: text,
  device_owner: text,
  mac_address: text,
  fixed_ips: fixedIps,
  security_groups: z.array(z.string()).nullish(),
});
export type PortRecord = z.infer<typeof portRecord>;

export const floatingIpRecord = z.object({
  ...common,
  status: text,
  floating_ip_address: z.string(),
  fixed_ip_address: text,
  floating_network_id: z.string(),
  port_id: text,
  router_id: text,
});
export type FloatingIpRecord = z.infer<typeof floatingIpRecord>;

export const ruleRecord = z.object({
  id: z.string(),
  direction: z.string(),
  ethertype: text,
  protocol: z.union([z.string(), z.number()]).nullish(),
  port_range_min: z.number().nullish(),
  port_range_max: z.number().nullish(),
  remote_ip_prefix: text,
  remote_group_id: text,
  description: text,
});
export type RuleRecord = z.infer<typeof ruleRecord>;

export const securityGroupRecord = z.object({
  ...common,
  security_group_rules: z.array(ruleRecord).default([]),
});
export type SecurityGroupRecord = z.infer<typeof securityGroupRecord>;

/** -1 means no bound. */
export const networkQuota = z.object({
  quota: z.record(
    z.string(),
    z.object({ limit: z.number(), used: z.number(), reserved: z.number().default(0) }),
  ),
});

// What Neutron keeps, in the shared model: networks, subnets, routers, ports, floating addresses and security groups.

import { type Relation, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import type {
  FloatingIpRecord,
  NetworkRecord,
  PortRecord,
  RouterRecord,
  RuleRecord,
  SecurityGroupRecord,
  SubnetRecord,
} from '../records/network.ts';
import { type Place, tagsOf, toResource, utc } from './place.ts';

interface Common {
  readonly name?: string | null;
  readonly tags?: readonly string[] | null;
  readonly created_at?: string | null;
  readonly updated_at?: string | null;
  readonly revision_number?: number | null;
}

function common(record: Common) {
  return {
    name: record.name,
    tags: tagsOf(undefined, record.tags),
    createdAt: utc(record.created_at),
    version: record.revision_number?.toString() ?? record.updated_at ?? undefined,
  };
}

/** ACTIVE, DOWN, BUILD, ERROR → the shared words. */
function statusOf(status: string | null | undefined): string {
  return status === 'BUILD' ? 'building' : (status ?? 'active').toLowerCase();
}

export function toNetwork(network: NetworkRecord, place: Place): Resource {
  return toResource(place, 'network', network.id, {
    ...common(network),
    status: statusOf(network.status),
    providerStatus: network.status ?? undefined,
    attributes: {
      external: network['router:external'] || undefined,
      shared: network.shared || undefined,
      mtu: network.mtu,
    },
  });
}

export function toSubnet(subnet: SubnetRecord, place: Place, networkName: string | undefined): Resource {
  return toResource(place, 'subnet', subnet.id, {
    ...common(subnet),
    status: 'active',
    attributes: {
      cidr: subnet.cidr,
      network: networkName ?? subnet.network_id,
      gateway: subnet.gateway_ip,
      dhcp: subnet.enable_dhcp ?? undefined,
    },
  });
}

export function relationsOfSubnet(subnet: SubnetRecord, place: Place): readonly Relation[] {
  const from = resourceId(place.connection, 'subnet', subnet.id);
  return [{ from, type: 'IN_NETWORK', to: resourceId(place.connection, 'network', subnet.network_id) }];
}

export function toRouter(router: RouterRecord, place: Place): Resource {
  return toResource(place, 'router', router.id, {
    ...common(router),
    status: statusOf(router.status),
    providerStatus: router.status ?? undefined,
    attributes: { gateway: router.external_gateway_info?.external_fixed_ips?.[0]?.ip_address },
  });
}

/** A router leads to its outer network and to the subnets its ports stand in. */
export function relationsOfRouter(
  router: RouterRecord,
  ports: readonly PortRecord[],
  place: Place,
): readonly Relation[] {
  const from = resourceId(place.connection, 'router', router.id);
  const outer = router.external_gateway_info?.network_id;
  const subnets = ports
    .filter((port) => port.device_id === router.id && port.device_owner !== 'network:router_gateway')
    .flatMap((port) => (port.fixed_ips ?? []).map((ip) => ip.subnet_id));
  return [
    ...(outer
      ? [{ from, type: 'ROUTES_TO' as const, to: resourceId(place.connection, 'network', outer) }]
      : []),
    ...[...new Set(subnets)].map((id) => ({
      from,
      type: 'ROUTES_TO' as const,
      to: resourceId(place.connection, 'subnet', id),
    })),
  ];
}

export function toPort(port: PortRecord, place: Place): Resource {
  return toResource(place, 'port', port.id, {
    ...common(port),
    name: port.name || port.fixed_ips?.[0]?.ip_address,
    status: statusOf(port.status),
    providerStatus: port.status ?? undefined,
    attributes: {
      ip: port.fixed_ips?.[0]?.ip_address,
      mac: port.mac_address,
      attached_to: ownerOfPort(port, place),
      use: port.device_owner,
    },
  });
}

export function relationsOfPort(port: PortRecord, place: Place): readonly Relation[] {
  const from = resourceId(place.connection, 'port', port.id);
  const owner = ownerOfPort(port, place);
  const to = (kind: 'network' | 'subnet' | 'security-group', id: string) =>
    resourceId(place.connection, kind, id);
  return [
    ...(owner ? [{ from, type: 'ATTACHED_TO' as const, to: owner }] : []),
    { from, type: 'IN_NETWORK', to: to('network', port.network_id) },
    ...(port.fixed_ips ?? []).map((ip) => ({
      from,
      type: 'IN_SUBNET' as const,
      to: to('subnet', ip.subnet_id),
    })),
    ...(port.security_groups ?? []).map((id) => ({
      from,
      type: 'PROTECTED_BY' as const,
      to: to('security-group', id),
    })),
  ];
}

function ownerOfPort(port: PortRecord, place: Place): string | undefined {
  if (!port.device_id) return undefined;
  if (port.device_owner?.startsWith('compute:')) return resourceId(place.connection, 'vm', port.device_id);
  if (port.device_owner?.startsWith('network:router'))
    return resourceId(place.connection, 'router', port.device_id);
  return undefined;
}

/** `port` is the one it leads to, where it is known. */
export function toFloatingIp(ip: FloatingIpRecord, port: PortRecord | undefined, place: Place): Resource {
  const owner = port && ownerOfPort(port, place);
  return toResource(place, 'floating-ip', ip.id, {
    ...common(ip),
    name: ip.floating_ip_address,
    status: ip.status === 'ERROR' ? 'error' : ip.port_id ? 'in-use' : 'available',
    providerStatus: ip.status ?? undefined,
    attributes: { attached_to: owner, ip: ip.fixed_ip_address, port_id: ip.port_id },
  });
}

export function relationsOfFloatingIp(
  ip: FloatingIpRecord,
  port: PortRecord | undefined,
  place: Place,
): readonly Relation[] {
  const from = resourceId(place.connection, 'floating-ip', ip.id);
  const owner = port && ownerOfPort(port, place);
  return [
    ...(owner ? [{ from, type: 'ATTACHED_TO' as const, to: owner }] : []),
    { from, type: 'IN_NETWORK', to: resourceId(place.connection, 'network', ip.floating_network_id) },
  ];
}

export function toSecurityGroup(group: SecurityGroupRecord, place: Place): Resource {
  const opened = group.security_group_rules.filter((rule) => rule.direction === 'ingress').map(describeRule);
  return toResource(place, 'security-group', group.id, {
    ...common(group),
    status: 'active',
    attributes: { rules: [...new Set(opened)].sort(), description: group.description },
  });
}

/** `tcp/22 from 0.0.0.0/0`, `icmp from anywhere`, `any from group <id>`. */
export function describeRule(rule: RuleRecord): string {
  const { port_range_min: low, port_range_max: high } = rule;
  const ports = low === null || low === undefined ? '' : low === high ? `/${low}` : `/${low}-${high}`;
  const anywhere = rule.ethertype === 'IPv6' ? '::/0' : '0.0.0.0/0';
  const from = rule.remote_group_id ? `group ${rule.remote_group_id}` : (rule.remote_ip_prefix ?? anywhere);
  return `${rule.protocol ?? 'any'}${ports} from ${from}`;
}

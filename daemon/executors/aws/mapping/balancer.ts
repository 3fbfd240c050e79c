// Load balancers of ELBv2 (application, network, gateway), with what they send their traffic to.

import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Relation, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import { type AwsTag, edgesOf, iso, type Place, tagsOf, toResource } from './place.ts';

/** What a balancer sends traffic to: ids as the target group names them, with AWS's word for their health. */
export interface Target {
  readonly id: string;
  readonly health: string;
}

const statuses: Readonly<Record<string, string>> = {
  active: 'active',
  provisioning: 'creating',
  active_impaired: 'warning',
  failed: 'error',
};

/** The path of a balancer is the end of its ARN, `app/NAME/ID`: short, and its ARN can be made from it. */
export function pathOfBalancer(arn: string): string {
  return arn.slice(arn.indexOf('loadbalancer/') + 'loadbalancer/'.length);
}

export function toBalancer(
  balancer: LoadBalancer,
  place: Place,
  more: { readonly tags: readonly AwsTag[]; readonly targets: readonly Target[] },
): Resource {
  const unwell = more.targets.filter((target) => target.health === 'unhealthy').length;
  const state = balancer.State?.Code ?? 'active';
  return toResource(place, 'load-balancer', pathOfBalancer(balancer.LoadBalancerArn!), {
    name: balancer.LoadBalancerName,
    status: state === 'active' && unwell > 0 ? 'warning' : (statuses[state] ?? state),
    providerStatus: state,
    tags: tagsOf(more.tags),
    createdAt: iso(balancer.CreatedTime),
    attributes: {
      address: balancer.DNSName,
      type: balancer.Type,
      public: balancer.Scheme === 'internet-facing',
      targets: more.targets.length,
      targets_unhealthy: unwell || undefined,
      zones: (balancer.AvailabilityZones ?? []).map((zone) => zone.ZoneName ?? ''),
    },
  });
}

export function relationsOfBalancer(
  balancer: LoadBalancer,
  place: Place,
  targets: readonly Target[],
): readonly Relation[] {
  const from = resourceId(place.connection, 'load-balancer', pathOfBalancer(balancer.LoadBalancerArn!));
  return edgesOf(place, from, [
    ['IN_NETWORK', 'network', balancer.VpcId],
    ...(balancer.AvailabilityZones ?? []).map((zone) => ['IN_SUBNET', 'subnet', zone.SubnetId] as const),
    ...(balancer.SecurityGroups ?? []).map((id) => ['PROTECTED_BY', 'security-group', id] as const),
    ...targets
      .filter((target) => target.id.startsWith('i-'))
      .map((target) => ['TARGETS', 'vm', target.id] as const),
  ]);
}

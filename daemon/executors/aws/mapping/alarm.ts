// CloudWatch alarms as alerts, and which resource an alarm is about, told by the dimensions it watches.

import type { Dimension, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { type Relation, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import { iso, type Place, toResource } from './place.ts';

const statuses: Readonly<Record<string, string>> = {
  ALARM: 'firing',
  OK: 'ok',
  INSUFFICIENT_DATA: 'unknown',
};

/** Dimension → resource, for those that name one. */
export function subjectOf(dimensions: readonly Dimension[] | undefined, place: Place): string | undefined {
  const value = (name: string) => dimensions?.find((one) => one.Name === name)?.Value;
  const id = (kind: Parameters<typeof resourceId>[1], path: string | undefined) =>
    path && resourceId(place.connection, kind, path);
  const cluster = value('ClusterName');
  const service = value('ServiceName');
  return (
    id('vm', value('InstanceId')) ||
    id('volume', value('VolumeId')) ||
    id('database', value('DBInstanceIdentifier')) ||
    id('load-balancer', value('LoadBalancer')) ||
    id('deployment', cluster && service && `ecs/${cluster}/${service}`) ||
    id('cluster', cluster) ||
    id('deployment', value('AutoScalingGroupName') && `scaling/${value('AutoScalingGroupName')}`) ||
    id('service', value('FunctionName') && `lambda/${value('FunctionName')}`) ||
    undefined
  );
}

export function toAlert(alarm: MetricAlarm, place: Place): Resource {
  const state = alarm.StateValue ?? 'OK';
  const resource = toResource(place, 'alert', `alarm/${alarm.AlarmName}`, {
    name: alarm.AlarmName,
    status: statuses[state] ?? state.toLowerCase(),
    providerStatus: state,
    attributes: {
      severity: state === 'ALARM' ? 'warning' : undefined,
      resource: subjectOf(alarm.Dimensions, place),
      metric: alarm.MetricName,
      at: iso(alarm.StateUpdatedTimestamp),
      reason: alarm.StateReason?.slice(0, 300),
      condition:
        `${alarm.MetricName ?? ''} ${comparisons[alarm.ComparisonOperator ?? ''] ?? ''} ${alarm.Threshold ?? ''}`.trim(),
      notifies: alarm.ActionsEnabled,
    },
  });
  return state === 'OK' ? { ...resource, health: 'ok' } : resource;
}

const comparisons: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
};

export function relationsOfAlert(alarm: MetricAlarm, place: Place): readonly Relation[] {
  const to = subjectOf(alarm.Dimensions, place);
  const from = resourceId(place.connection, 'alert', `alarm/${alarm.AlarmName}`);
  return to ? [{ from, type: 'DEPENDS_ON', to }] : [];
}

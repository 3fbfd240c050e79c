// Services, ingresses and autoscalers in the words of the shared model, and what they point at.

import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import type { HorizontalPodAutoscaler, Ingress, Service } from '../records/objects.ts';
import { appOf, edge, idOf, memberOf, type Place, toResource } from './place.ts';

export function toService(service: Service, place: Place): Resource {
  const { spec = {}, metadata } = service;
  const outside = service.status?.loadBalancer?.ingress?.map((one) => one.ip ?? one.hostname ?? '') ?? [];
  const waits = spec.type === 'LoadBalancer' && outside.length === 0;
  return toResource(place, 'service', service, {
    status: waits ? 'pending' : 'active',
    state: metadata.resourceVersion,
    attributes: {
      app: appOf(spec.selector) ?? appOf(metadata.labels),
      type: spec.type,
      port: spec.ports?.[0]?.port,
      ports: spec.ports?.map((one) => `${one.port}/${one.protocol ?? 'TCP'}`),
      ip: spec.clusterIP === 'None' ? undefined : spec.clusterIP,
      floating_ip: outside[0],
      selector: Object.entries(spec.selector ?? {}).map(([name, value]) => `${name}=${value}`),
    },
  });
}

/** Without what it selects: that depends on others and is added by `selections.ts`. */
export function relationsOfService(service: Service, place: Place): readonly Relation[] {
  const { name, namespace } = service.metadata;
  return [memberOf(place, idOf(place, 'service', name, namespace), namespace)];
}

export function toIngress(ingress: Ingress, place: Place): Resource {
  const { spec = {} } = ingress;
  const outside = ingress.status?.loadBalancer?.ingress?.map((one) => one.ip ?? one.hostname ?? '') ?? [];
  return toResource(place, 'ingress', ingress, {
    status: 'active',
    attributes: {
      hosts: [...new Set((spec.rules ?? []).flatMap((rule) => rule.host ?? []))],
      class: spec.ingressClassName ?? ingress.metadata.annotations?.['kubernetes.io/ingress.class'],
      services: servicesOf(ingress),
      floating_ip: outside[0],
    },
  });
}

function servicesOf({ spec = {} }: Ingress): readonly string[] {
  const backends = [
    spec.defaultBackend,
    spec.backend,
    ...(spec.rules ?? []).flatMap((rule) => (rule.http?.paths ?? []).map((path) => path.backend)),
  ];
  return [...new Set(backends.flatMap((one) => one?.service?.name ?? one?.serviceName ?? []))];
}

export function relationsOfIngress(ingress: Ingress, place: Place): readonly Relation[] {
  const { name, namespace } = ingress.metadata;
  const from = idOf(place, 'ingress', name, namespace);
  const secrets = (ingress.spec?.tls ?? []).flatMap((one) => one.secretName ?? []);
  return [
    memberOf(place, from, namespace),
    ...servicesOf(ingress).map((one) => edge(from, 'ROUTES_TO', idOf(place, 'service', one, namespace))),
    ...[...new Set(secrets)].map((one) => edge(from, 'MOUNTS', idOf(place, 'secret', one, namespace))),
  ];
}

const scaledKinds = {
  Deployment: 'deployment',
  StatefulSet: 'statefulset',
  ReplicaSet: 'replicaset',
} as const;

export function toAutoscaler(autoscaler: HorizontalPodAutoscaler, place: Place): Resource {
  const { spec = {}, status = {} } = autoscaler;
  return toResource(place, 'hpa', autoscaler, {
    status: 'active',
    state: `${spec.minReplicas}-${spec.maxReplicas}`,
    attributes: {
      min: spec.minReplicas ?? 1,
      max: spec.maxReplicas,
      replicas: status.currentReplicas,
      target: spec.scaleTargetRef?.name,
    },
  });
}

export function relationsOfAutoscaler(
  autoscaler: HorizontalPodAutoscaler,
  place: Place,
): readonly Relation[] {
  const { name, namespace } = autoscaler.metadata;
  const from = idOf(place, 'hpa', name, namespace);
  const ref = autoscaler.spec?.scaleTargetRef;
  const kind = scaledKinds[ref?.kind as keyof typeof scaledKinds] as
    | (typeof scaledKinds)[keyof typeof scaledKinds]
    | undefined;
  return [
    memberOf(place, from, namespace),
    ...(kind && ref?.name ? [edge(from, 'TARGETS', idOf(place, kind, ref.name, namespace))] : []),
  ];
}

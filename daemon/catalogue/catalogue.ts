// All operations by id. A new kind of resource is one file beside this one and one line here; everything that lists,
// offers, checks or explains operations is derived from this map.

import type { Operation } from '../../shared/model/operation.ts';
import {
  clusterOperations,
  datastoreOperations,
  hostOperations,
  namespaceOperations,
  nodeOperations,
} from './cluster.ts';
import type { Catalogue } from './contract.ts';
import { actionOperations, discoverOperations, policyOperations } from './control.ts';
import { databaseOperations } from './database.ts';
import { flavorOperations, imageOperations, keypairOperations } from './image.ts';
import { containerOperations, processOperations, rangeOperations, unitOperations } from './machine.ts';
import {
  floatingIpOperations,
  loadBalancerOperations,
  networkOperations,
  securityGroupOperations,
  subnetOperations,
} from './network.ts';
import { vmOperations } from './vm.ts';
import { snapshotOperations, volumeOperations } from './volume.ts';
import { alertOperations, anomalyOperations, auditOperations, topologyOperations } from './watching.ts';
import {
  configmapOperations,
  cronjobOperations,
  daemonsetOperations,
  deploymentOperations,
  jobOperations,
  podOperations,
  serviceOperations,
  statefulsetOperations,
} from './workload.ts';

const operations: readonly Operation[] = [
  ...vmOperations,
  ...volumeOperations,
  ...snapshotOperations,
  ...networkOperations,
  ...subnetOperations,
  ...securityGroupOperations,
  ...floatingIpOperations,
  ...loadBalancerOperations,
  ...imageOperations,
  ...flavorOperations,
  ...keypairOperations,
  ...databaseOperations,
  ...clusterOperations,
  ...namespaceOperations,
  ...nodeOperations,
  ...hostOperations,
  ...datastoreOperations,
  ...deploymentOperations,
  ...statefulsetOperations,
  ...daemonsetOperations,
  ...podOperations,
  ...serviceOperations,
  ...configmapOperations,
  ...jobOperations,
  ...cronjobOperations,
  ...anomalyOperations,
  ...alertOperations,
  ...topologyOperations,
  ...auditOperations,
  ...containerOperations,
  ...processOperations,
  ...unitOperations,
  ...rangeOperations,
  ...policyOperations,
  ...actionOperations,
  ...discoverOperations,
];

export const catalogue: Catalogue = new Map(operations.map((operation) => [operation.id, operation]));

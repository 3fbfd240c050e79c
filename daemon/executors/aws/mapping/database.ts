// RDS: database instances and their snapshots.

import type { DBInstance, DBSnapshot } from '@aws-sdk/client-rds';
import { type Relation, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import { edgesOf, iso, type Place, tagsOf, toResource } from './place.ts';

/** Words of "Viewing DB instance status" in the guide of RDS → the shared ones. */
const statuses: Readonly<Record<string, string>> = {
  available: 'available',
  'backing-up': 'saving',
  creating: 'creating',
  deleting: 'deleting',
  failed: 'error',
  'incompatible-network': 'error',
  'incompatible-parameters': 'error',
  'incompatible-restore': 'error',
  'inaccessible-encryption-credentials': 'error',
  'insufficient-capacity': 'error',
  maintenance: 'pending',
  modifying: 'resizing',
  rebooting: 'rebooting',
  renaming: 'pending',
  'restore-error': 'error',
  starting: 'starting',
  stopped: 'stopped',
  stopping: 'stopping',
  'storage-full': 'error',
  'storage-optimization': 'available',
  shutdown: 'stopped',
  upgrading: 'pending',
};

export function toDatabase(db: DBInstance, place: Place): Resource {
  const status = db.DBInstanceStatus ?? 'unknown';
  return toResource(place, 'database', db.DBInstanceIdentifier!, {
    name: db.DBInstanceIdentifier,
    status:
      statuses[status] ?? (/^(configuring|resetting|converting|moving)/.test(status) ? 'pending' : status),
    providerStatus: status,
    zone: db.AvailabilityZone,
    tags: tagsOf(db.TagList),
    createdAt: iso(db.InstanceCreateTime),
    version: `${db.DBInstanceClass} ${db.AllocatedStorage} GB`,
    attributes: {
      flavor: db.DBInstanceClass,
      engine: `${db.Engine ?? ''} ${db.EngineVersion ?? ''}`.trim(),
      size_gb: db.AllocatedStorage,
      ip: db.Endpoint?.Address,
      port: db.Endpoint?.Port,
      multi_az: db.MultiAZ,
      public: db.PubliclyAccessible || undefined,
      locked: db.DeletionProtection || undefined,
      replica_of: db.ReadReplicaSourceDBInstanceIdentifier,
      aurora_cluster: db.DBClusterIdentifier,
    },
  });
}

export function relationsOfDatabase(db: DBInstance, place: Place): readonly Relation[] {
  return edgesOf(place, resourceId(place.connection, 'database', db.DBInstanceIdentifier!), [
    ['IN_NETWORK', 'network', db.DBSubnetGroup?.VpcId],
    ...(db.DBSubnetGroup?.Subnets ?? []).map((one) => ['IN_SUBNET', 'subnet', one.SubnetIdentifier] as const),
    ...(db.VpcSecurityGroups ?? []).map(
      (one) => ['PROTECTED_BY', 'security-group', one.VpcSecurityGroupId] as const,
    ),
    ['DEPENDS_ON', 'database', db.ReadReplicaSourceDBInstanceIdentifier],
  ]);
}

export function toDatabaseSnapshot(snapshot: DBSnapshot, place: Place): Resource {
  const source =
    snapshot.DBInstanceIdentifier && resourceId(place.connection, 'database', snapshot.DBInstanceIdentifier);
  return toResource(place, 'snapshot', `rds/${snapshot.DBSnapshotIdentifier}`, {
    name: snapshot.DBSnapshotIdentifier,
    status: statuses[snapshot.Status ?? ''] ?? snapshot.Status ?? 'available',
    providerStatus: snapshot.Status,
    tags: tagsOf(snapshot.TagList),
    createdAt: iso(snapshot.SnapshotCreateTime),
    attributes: {
      size_gb: snapshot.AllocatedStorage,
      source,
      engine: snapshot.Engine,
      automated: snapshot.SnapshotType === 'automated' || undefined,
    },
  });
}

export function relationsOfDatabaseSnapshot(snapshot: DBSnapshot, place: Place): readonly Relation[] {
  return edgesOf(place, resourceId(place.connection, 'snapshot', `rds/${snapshot.DBSnapshotIdentifier}`), [
    ['CREATED_FROM', 'database', snapshot.DBInstanceIdentifier],
  ]);
}

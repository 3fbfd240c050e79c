// delete.database: with a last snapshot, always, so that what was in it can be had again. RDS has no dry run: what it
// would refuse is read before. What cannot leave a snapshot behind is not deleted here, or says that nothing is lost.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../contract.ts';
import { blocker, info, isNote, warning } from '../../kit/preview.ts';
import { fetchDatabaseSnapshot, fetchDatabases } from '../api/others.ts';
import type { Aws } from '../aws.ts';
import { awsIdOf } from '../mapping/place.ts';
import { deleteHandler } from './recipes.ts';

export function deleteDatabase(aws: Aws): OperationHandler {
  return deleteHandler(aws, {
    noun: 'database',
    effect: (now) =>
      now.attributes.replica_of
        ? `Deletes the read replica ${now.name}; its source stays as it is.`
        : `Deletes the database ${now.name} after a last snapshot, ${finalSnapshotOf(now)}.`,
    notes: async (now, { signal }) => [
      ...stateNotes(now),
      ...(await replicaNotes(aws, now, signal)),
      ...(now.attributes.replica_of ? [] : await snapshotNotes(aws, now, signal)),
    ],
    write: async (target, { signal }) => {
      const last = target.attributes.replica_of
        ? { SkipFinalSnapshot: true }
        : { SkipFinalSnapshot: false, FinalDBSnapshotIdentifier: finalSnapshotOf(target) };
      const ask = { what: `delete the database ${target.name}`, signal };
      await aws.services.rds.write(ask, ({ sdk, send }) =>
        send(new sdk.DeleteDBInstanceCommand({ DBInstanceIdentifier: awsIdOf(target.id), ...last })),
      );
    },
  });
}

/** `orders-final-20261121-0615`: when the database was made, so that one of the same name made later has another. */
function finalSnapshotOf({ id, createdAt = '' }: Resource): string {
  const digits = createdAt.replace(/[-:]/g, '');
  return [awsIdOf(id), 'final', digits.slice(0, 8), digits.slice(9, 13)].filter((part) => part).join('-');
}

function stateNotes(now: Resource): readonly PreviewNote[] {
  const { name, attributes } = now;
  return [
    attributes.locked
      ? blocker(
          `${name} is protected against deletion.`,
          `Take the protection off first: aws rds modify-db-instance --no-deletion-protection --db-instance-identifier ${name}.`,
        )
      : undefined,
    attributes.aurora_cluster
      ? blocker(
          `${name} is a member of the Aurora cluster ${attributes.aurora_cluster}, which keeps its data.`,
          'Delete the member or its cluster with the tools of AWS.',
        )
      : undefined,
    now.status !== 'available' && now.status !== 'stopped'
      ? blocker(
          `${name} is ${now.status}; RDS makes the last snapshot only of a database that is available or stopped.`,
          'Wait until it is, or bring it back first.',
        )
      : undefined,
  ].filter(isNote);
}

async function replicaNotes(aws: Aws, now: Resource, signal: AbortSignal): Promise<readonly PreviewNote[]> {
  const replicas = (await fetchDatabases(aws, signal))
    .filter((one) => one.ReadReplicaSourceDBInstanceIdentifier === awsIdOf(now.id))
    .map((one) => one.DBInstanceIdentifier);
  if (replicas.length === 0) return [];
  return [warning(`Its read replicas become databases of their own: ${replicas.join(', ')}.`)];
}

async function snapshotNotes(aws: Aws, now: Resource, signal: AbortSignal): Promise<readonly PreviewNote[]> {
  const name = finalSnapshotOf(now);
  if (await fetchDatabaseSnapshot(aws, name, signal))
    return [
      blocker(`A snapshot named ${name} is there already.`, 'Delete that snapshot, if it is not needed.'),
    ];
  return [
    warning('Its automated backups go with it; snapshots that were made by hand stay.'),
    info(
      `The snapshot ${name} is kept, and costs, until it is deleted. A database can be made from it again.`,
    ),
  ];
}

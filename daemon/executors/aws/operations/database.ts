// start, stop, reboot, resize and snapshot of an RDS instance. RDS has no dry run: the preview reads what the write
// would meet. Members of an Aurora cluster are started and stopped with their cluster, which is said and refused here.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { type Resource, resourceId } from '../../../../shared/model/resource.ts';
import type { OperationHandler, StepContext, WriteContext } from '../../contract.ts';
import {
  blocker,
  info,
  previewOf,
  previewOfGone,
  refuseBlocked,
  requireTarget,
  textArgument,
  warning,
} from '../../kit/preview.ts';
import { fetchDatabase, fetchDatabaseSnapshot, fetchDatabaseSnapshots } from '../api/others.ts';
import type { Aws } from '../aws.ts';
import type { At } from '../client/services.ts';
import { awsIdOf, markKey } from '../mapping/place.ts';
import { snapshotName } from './names.ts';
import { fetchResource } from './read.ts';
import { changeHandler, createHandler } from './recipes.ts';

interface PowerChange {
  readonly verb: string;
  readonly from: string;
  readonly becomes: string;
  readonly effect: (name: string) => string;
  readonly notes: readonly PreviewNote[];
  readonly send: (at: At<'rds'>, id: string) => Promise<unknown>;
}

const changes = {
  start: {
    verb: 'start',
    from: 'stopped',
    becomes: 'available',
    effect: (name) => `Starts the database ${name}; it takes some minutes.`,
    notes: [info('It costs again from then on.')],
    send: ({ sdk, send }, id) => send(new sdk.StartDBInstanceCommand({ DBInstanceIdentifier: id })),
  },
  stop: {
    verb: 'stop',
    from: 'available',
    becomes: 'stopped',
    effect: (name) => `Stops the database ${name}.`,
    notes: [
      info('Everything that uses it fails until it is started. Its storage still costs.'),
      warning('RDS starts a stopped database by itself after seven days.'),
    ],
    send: ({ sdk, send }, id) => send(new sdk.StopDBInstanceCommand({ DBInstanceIdentifier: id })),
  },
} satisfies Record<string, PowerChange>;

export function databasePower(aws: Aws, which: keyof typeof changes): OperationHandler {
  const change: PowerChange = changes[which];
  return changeHandler(aws, {
    noun: 'database',
    preview: async (now) => {
      if (now.status === change.becomes)
        return previewOf(`Nothing: ${now.name} is ${now.status} already.`, { idle: true });
      const notes = [...stateNotes(now, change.from, change.verb), ...memberNotes(now), ...change.notes];
      return previewOf(change.effect(now.name), {
        changes: [{ field: 'status', before: now.status, after: change.becomes }],
        notes,
      });
    },
    isDone: (now) => now.status === change.becomes,
    write: async ({ signal }, now) => {
      refuseBlocked(stateNotes(now, change.from, change.verb));
      const ask = { what: `${change.verb} the database ${now.name}`, signal };
      await aws.services.rds.write(ask, (at) => change.send(at, awsIdOf(now.id)));
    },
  });
}

function stateNotes(now: Resource, from: string, verb: string): readonly PreviewNote[] {
  if (now.status === from) return [];
  return [
    blocker(
      `${now.name} is ${now.status}; only a database that is ${from} can be told to ${verb}.`,
      'Wait until it is.',
    ),
  ];
}

function memberNotes(now: Resource): readonly PreviewNote[] {
  const cluster = now.attributes.aurora_cluster;
  if (!cluster) return [];
  return [
    blocker(
      `${now.name} is a member of the Aurora cluster ${cluster} and goes with it.`,
      `Use: aws rds stop-db-cluster or start-db-cluster --db-cluster-identifier ${cluster}.`,
    ),
  ];
}

export function rebootDatabase(aws: Aws): OperationHandler {
  const handler = changeHandler(aws, {
    noun: 'database',
    preview: async (now) =>
      previewOf(`Reboots the database ${now.name}.`, {
        notes: [
          ...stateNotes(now, 'available', 'reboot'),
          warning('Everything that uses it fails for a minute or two; open connections break.'),
        ],
      }),
    isDone: () => false,
    write: async ({ signal }, now) => {
      refuseBlocked(stateNotes(now, 'available', 'reboot'));
      await aws.services.rds.write({ what: `reboot the database ${now.name}`, signal }, ({ sdk, send }) =>
        send(new sdk.RebootDBInstanceCommand({ DBInstanceIdentifier: awsIdOf(now.id) })),
      );
    },
  });
  const available = changeHandler(aws, {
    noun: 'database',
    preview: handler.preview as never,
    isDone: (now) => now.status === 'available',
    write: async () => undefined,
    observe: (now) => `${now.name} is ${now.status} after the reboot RDS took`,
  });
  return {
    ...handler,
    verify: available.verify,
    reconcile: async (context) => {
      const now = await handler.refresh(context);
      // RDS shows a reboot only while it lasts.
      return {
        found: now?.status === 'rebooting' ? 'done' : 'unknown',
        observed: `it is ${now?.status ?? 'gone'}`,
      };
    },
  };
}

export function resizeDatabase(aws: Aws): OperationHandler {
  const classOf = (context: StepContext) => {
    const said = awsIdOf(textArgument(context.args, 'flavor') ?? '').toLowerCase();
    return said.startsWith('db.') ? said : `db.${said}`;
  };
  return changeHandler(aws, {
    noun: 'database',
    preview: async (now, context) => {
      const wanted = classOf(context);
      if (now.attributes.flavor === wanted)
        return previewOf(`Nothing: ${now.name} is a ${wanted} already.`, { idle: true });
      const isOffered = await isClassOffered(aws, now, wanted, context.signal);
      const notes: PreviewNote[] = [
        ...stateNotes(now, 'available', 'become another class'),
        ...(isOffered
          ? []
          : [
              blocker(
                `RDS offers no class ${wanted} for ${now.attributes.engine} here.`,
                'Say one like db.t3.medium or db.m7g.large.',
              ),
            ]),
        warning(
          now.attributes.multi_az
            ? 'It is changed at once: a failover breaks open connections for a minute or two.'
            : 'It is changed at once: the database is away for some minutes.',
        ),
      ];
      return previewOf(
        `Makes the database ${now.name} a ${wanted} instead of ${now.attributes.flavor}, at once.`,
        {
          changes: [{ field: 'flavor', before: now.attributes.flavor, after: wanted }],
          notes,
          resolvedArgs: { flavor: wanted },
        },
      );
    },
    isDone: (now, context) => now.attributes.flavor === classOf(context) && now.status === 'available',
    observe: (now) => `${now.name} is ${now.status} as ${now.attributes.flavor}`,
    write: async (context, now) => {
      refuseBlocked(stateNotes(now, 'available', 'become another class'));
      const ask = { what: `resize the database ${now.name}`, signal: context.signal };
      await aws.services.rds.write(ask, ({ sdk, send }) =>
        send(
          new sdk.ModifyDBInstanceCommand({
            DBInstanceIdentifier: awsIdOf(now.id),
            DBInstanceClass: classOf(context),
            ApplyImmediately: true,
          }),
        ),
      );
    },
  });
}

/** Whether RDS says that it has the class for the engine; an account that may not ask is not held up. */
async function isClassOffered(
  aws: Aws,
  now: Resource,
  wanted: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (!/^db\.[a-z0-9-]+\.[a-z0-9-]+$/.test(wanted)) return false;
  const record = await fetchDatabase(aws, awsIdOf(now.id), signal);
  const answer = await aws.services.rds
    .find({ what: 'read the classes of databases', signal }, ({ sdk, send }) =>
      send(
        new sdk.DescribeOrderableDBInstanceOptionsCommand({
          Engine: record?.Engine,
          DBInstanceClass: wanted,
          MaxRecords: 20,
        }),
      ),
    )
    .catch((error) => {
      if (signal.aborted) throw error;
      return undefined;
    });
  return answer === undefined || (answer.OrderableDBInstanceOptions ?? []).length > 0;
}

export function snapshotDatabase(aws: Aws): OperationHandler {
  const nameFor = (context: StepContext) => {
    const name = textArgument(context.args, 'name') ?? snapshotName(requireTarget(context).name, aws.now());
    return name.toLowerCase();
  };
  return createHandler(aws, {
    noun: 'snapshot',
    ready: ['available'],
    preview: async (context) => {
      const now = await fetchResource(aws, requireTarget(context).id, context.signal);
      if (!now) return previewOfGone(context, 'database');
      const name = nameFor(context);
      const notes: PreviewNote[] = [...stateNotes(now, 'available', 'be snapshot')];
      // What RDS allows in a name: "CreateDBSnapshot", DBSnapshotIdentifier.
      if (!/^[a-z](?!.*--)[a-z0-9-]{0,254}$/.test(name) || name.endsWith('-'))
        notes.push(
          blocker(
            `${name} is no name for a snapshot of RDS.`,
            'Use letters, digits and single hyphens, a letter first.',
          ),
        );
      else if (await fetchDatabaseSnapshot(aws, name, context.signal))
        notes.push(blocker(`A snapshot named ${name} is there already.`, 'Say another name: "named X".'));
      notes.push(info('A snapshot costs from then on; without a standby it halts writes for a moment.'));
      return previewOf(`Makes the snapshot ${name} of the database ${now.name}.`, {
        changes: [{ field: 'snapshot', after: name }],
        notes,
        resolvedArgs: { name },
      });
    },
    findMarked: async ({ signal }, mark) => {
      const all = await fetchDatabaseSnapshots(aws, signal);
      const made = all.find((one) => one.TagList?.some((tag) => tag.Key === markKey && tag.Value === mark));
      const id = made?.DBSnapshotIdentifier;
      return id ? { resourceId: resourceId(aws.connection, 'snapshot', `rds/${id}`), name: id } : undefined;
    },
    create: (context) => createSnapshot(aws, context, nameFor(context)),
  });
}

async function createSnapshot(aws: Aws, context: WriteContext, name: string): Promise<string> {
  const target = requireTarget(context);
  const ask = { what: `snapshot the database ${target.name}`, signal: context.signal };
  await aws.services.rds.write(ask, ({ sdk, send }) =>
    send(
      new sdk.CreateDBSnapshotCommand({
        DBInstanceIdentifier: awsIdOf(target.id),
        DBSnapshotIdentifier: name,
        Tags: [{ Key: markKey, Value: context.mark }],
      }),
    ),
  );
  return resourceId(aws.connection, 'snapshot', `rds/${name}`);
}

// create.vm. The plan's mark is EC2's own ClientToken, so that a request that arrives twice makes one instance, and a
// tag of the instance, so that one that was made before a crash, or whose answer got lost, is found again.

import type { Instance, Tag } from '@aws-sdk/client-ec2';
import type { FieldChange } from '../../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../../shared/model/problem.ts';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler, StepContext } from '../../../contract.ts';
import { previewOf, refuseBlocked, tagsArgument, textArgument, warning } from '../../../kit/preview.ts';
import { fetchInstances, markFilter } from '../../api/ec2.ts';
import { priceNotes } from '../../api/price.ts';
import type { Aws } from '../../aws.ts';
import { isGone } from '../../mapping/instance.ts';
import { nameOfVpc } from '../../mapping/network.ts';
import { markKey, nameOf } from '../../mapping/place.ts';
import { type Send, withDryRun } from '../dryRun.ts';
import { createHandler } from '../recipes.ts';
import { type CreateSpec, settleSpec } from './createSpec.ts';

export function createVm(aws: Aws): OperationHandler {
  const id = (kind: Parameters<typeof resourceId>[1], path: string) => resourceId(aws.connection, kind, path);
  return createHandler(aws, {
    noun: 'instance',
    ready: ['running'],
    preview: async (context) => {
      const { signal, args } = context;
      const spec = await settleSpec(aws, args, signal);
      const size = spec.type ? await priceNotes(aws, spec.type.InstanceType!, signal) : [];
      const preview = previewOf(effectOf(spec), {
        changes: changesOf(spec, context),
        notes: [...spec.notes, ...(await sameNameNotes(aws, spec, signal)), ...size],
        resolvedArgs: {
          ...(spec.type ? { flavor: spec.type.InstanceType! } : {}),
          ...(spec.image ? { image: id('image', spec.image.ImageId!) } : {}),
          // The subnet says its network, too, and the zone.
          ...(spec.subnet ? { network: id('subnet', spec.subnet.SubnetId!) } : {}),
          ...(spec.keypair ? { keypair: id('keypair', spec.keypair.KeyName!) } : {}),
          ...(spec.groups.length > 0
            ? { security_groups: spec.groups.map((group) => id('security-group', group.GroupId!)) }
            : {}),
        },
      });
      const ask = { what: `create the instance ${spec.name}`, signal };
      return withDryRun(aws, preview, ask, runInstances(spec, tagsOf(spec, context)));
    },
    findMarked: async ({ signal }, mark) => {
      const made = await fetchMarked(aws, mark, signal);
      return made && { resourceId: id('vm', made.InstanceId!), name: nameOf(made.Tags) ?? made.InstanceId! };
    },
    create: async (context) => {
      const spec = await settleSpec(aws, context.args, context.signal);
      refuseBlocked(spec.notes);
      const tags = [...tagsOf(spec, context), { Key: markKey, Value: context.mark }];
      const ask = { what: `create the instance ${spec.name}`, signal: context.signal };
      const run = runInstances(spec, tags, context.mark);
      const answer = (await aws.services.ec2.write(ask, (at) => run(at, {}))) as { Instances?: Instance[] };
      const made = answer.Instances?.[0]?.InstanceId;
      if (made) return id('vm', made);
      throw new ProblemError({
        code: 'cloud-failed',
        message: 'EC2 took the request and named no instance.',
      });
    },
  });
}

/** The instance that carries the mark and lives. */
async function fetchMarked(aws: Aws, mark: string, signal: AbortSignal): Promise<Instance | undefined> {
  const found = await fetchInstances(aws, signal, { Filters: [markFilter(mark)] });
  return found.find((one) => !isGone(one));
}

function runInstances(spec: CreateSpec, tags: Tag[], token?: string): Send {
  return ({ sdk, send }, dry) =>
    send(
      new sdk.RunInstancesCommand({
        MinCount: 1,
        MaxCount: 1,
        ImageId: spec.image?.ImageId,
        InstanceType: spec.type?.InstanceType,
        SubnetId: spec.subnet?.SubnetId,
        ...(spec.keypair ? { KeyName: spec.keypair.KeyName } : {}),
        ...(spec.groups.length > 0 ? { SecurityGroupIds: spec.groups.map((group) => group.GroupId!) } : {}),
        TagSpecifications: [{ ResourceType: 'instance', Tags: tags }],
        ...(token ? { ClientToken: token } : {}),
        ...dry,
      }),
    );
}

function tagsOf(spec: CreateSpec, context: StepContext): Tag[] {
  const tags = { Name: spec.name, ...tagsArgument(context.args) };
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function effectOf({ name, type }: CreateSpec): string {
  const memory = (type?.MemoryInfo?.SizeInMiB ?? 0) / 1024;
  const size = type ? ` with ${type.VCpuInfo?.DefaultVCpus} vCPUs and ${memory} GB memory` : '';
  return `Creates the instance ${name}${size}.`;
}

function changesOf(spec: CreateSpec, context: StepContext): readonly FieldChange[] {
  const tags = tagsArgument(context.args);
  const groups = spec.groups.map((group) => group.GroupName!);
  const fields: readonly (readonly [string, FieldChange['after']])[] = [
    ['name', spec.name],
    ['flavor', spec.type?.InstanceType],
    ['image', spec.image && `${spec.image.Name ?? ''} (${spec.image.ImageId})`],
    ['network', spec.vpc && nameOfVpc(spec.vpc)],
    [
      'subnet',
      spec.subnet && `${nameOf(spec.subnet.Tags) ?? spec.subnet.SubnetId} in ${spec.subnet.AvailabilityZone}`,
    ],
    ['keypair', spec.keypair?.KeyName],
    ['security_groups', groups.length > 0 ? groups : ['default']],
    ['tags', Object.keys(tags).length > 0 ? tags : undefined],
  ];
  return fields.flatMap(([field, after]) => (after === undefined ? [] : [{ field, after }]));
}

async function sameNameNotes(aws: Aws, { name }: CreateSpec, signal: AbortSignal) {
  if (!name || !textArgument({ name }, 'name')) return [];
  const same = await fetchInstances(aws, signal, { Filters: [{ Name: 'tag:Name', Values: [name] }] });
  if (same.every(isGone)) return [];
  return [warning(`An instance named ${name} is there already; there would be two.`, 'Choose another name.')];
}

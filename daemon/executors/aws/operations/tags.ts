// tag.* and untag.* of every kind that carries tags, each by the service that keeps it. Others' tags stay untouched;
// the names that begin with `aws:` are AWS's own and refused.

import type { Arguments } from '../../../../shared/model/operation.ts';
import type { FieldChange, PreviewNote } from '../../../../shared/model/plan.ts';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import type { HandlerPreview, OperationHandler, StepContext } from '../../contract.ts';
import { blocker, previewOf, tagsArgument } from '../../kit/preview.ts';
import { fetchBalancers, fetchDatabase, fetchDatabaseSnapshot, fetchEcsService } from '../api/others.ts';
import type { Aws } from '../aws.ts';
import type { Ask } from '../client/sender.ts';
import { awsIdOf, markKey } from '../mapping/place.ts';
import { withDryRun } from './dryRun.ts';
import { changeHandler } from './recipes.ts';

export const taggableKinds = [
  'vm',
  'volume',
  'snapshot',
  'image',
  'network',
  'subnet',
  'security-group',
  'floating-ip',
  'database',
  'load-balancer',
  'deployment',
] as const;

/** A tag's name and value; AWS allows so many characters. */
const keyCharactersMax = 128;
const valueCharactersMax = 256;

type Tags = readonly { readonly Key: string; readonly Value: string }[];
type Write = (aws: Aws, ask: Ask, target: Resource, set: Tags, remove: readonly string[]) => Promise<void>;

export function tagHandler(aws: Aws): OperationHandler {
  return changeHandler(aws, {
    noun: 'resource',
    preview: async (now, context) => {
      const tags = tagsArgument(context.args);
      const changes = Object.entries(tags)
        .filter(([key, value]) => now.tags[key] !== value)
        .map(([key, after]): FieldChange => ({ field: `tags.${key}`, before: now.tags[key], after }));
      if (Object.keys(tags).length === 0)
        return previewOf(`Tags ${now.name}.`, { notes: [blocker('No tag was named.', 'Say key=value.')] });
      if (changes.length === 0)
        return previewOf(`Nothing: ${now.name} has these tags already.`, { idle: true });
      const shown = changes.map((change) => `${change.field.slice(5)}=${change.after}`).join(', ');
      const notes = keyNotes(Object.keys(tags), Object.values(tags));
      return dryTags(aws, context, now, previewOf(`Sets ${shown} on ${now.name}.`, { changes, notes }));
    },
    isDone: (now, { args }) =>
      Object.entries(tagsArgument(args)).every(([key, value]) => now.tags[key] === value),
    observe: (now) => `${now.name} has the tags ${shownTags(now)}`,
    write: async (context, now) => {
      const set = Object.entries(tagsArgument(context.args)).map(([Key, Value]) => ({ Key, Value }));
      await writerOf(now)(aws, askOf(context, now), now, set, []);
    },
  });
}

export function untagHandler(aws: Aws): OperationHandler {
  return changeHandler(aws, {
    noun: 'resource',
    preview: async (now, context) => {
      const present = keysArgument(context.args).filter((key) => key in now.tags);
      if (present.length === 0)
        return previewOf(`Nothing: ${now.name} does not have these tags.`, { idle: true });
      return previewOf(`Takes the tags ${present.join(', ')} off ${now.name}.`, {
        changes: present.map((key) => ({ field: `tags.${key}`, before: now.tags[key], after: null })),
        notes: keyNotes(present, []),
      });
    },
    isDone: (now, { args }) => keysArgument(args).every((key) => !(key in now.tags)),
    observe: (now) => `${now.name} has the tags ${shownTags(now)}`,
    write: async (context, now) => {
      const keys = keysArgument(context.args).filter((key) => key in now.tags);
      await writerOf(now)(aws, askOf(context, now), now, [], keys);
    },
  });
}

const askOf = ({ signal }: StepContext, now: Resource): Ask => ({
  what: `change the tags of ${now.name}`,
  signal,
});

function shownTags({ tags }: Resource): string {
  return Object.entries(tags)
    .slice(0, 8)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

/** Only EC2 can be asked dry. */
function dryTags(
  aws: Aws,
  context: StepContext,
  now: Resource,
  preview: HandlerPreview,
): Promise<HandlerPreview> {
  if (writerOf(now) !== writeEc2) return Promise.resolve(preview);
  const Tags = Object.entries(tagsArgument(context.args)).map(([Key, Value]) => ({ Key, Value }));
  return withDryRun(aws, preview, askOf(context, now), ({ sdk, send }, dry) =>
    send(new sdk.CreateTagsCommand({ Resources: [awsIdOf(now.id)], Tags, ...dry })),
  );
}

function keyNotes(keys: readonly string[], values: readonly string[]): readonly PreviewNote[] {
  const notes: PreviewNote[] = [];
  if (keys.includes(markKey))
    notes.push(blocker(`The tag ${markKey} belongs to Pilothouse itself.`, 'Use another name.'));
  if (keys.some((key) => key.toLowerCase().startsWith('aws:')))
    notes.push(blocker('Names that begin with aws: belong to AWS itself.', 'Use another name.'));
  if (
    keys.some((key) => key.length > keyCharactersMax) ||
    values.some((one) => one.length > valueCharactersMax)
  )
    notes.push(
      blocker(`A tag has at most ${keyCharactersMax} characters of name and ${valueCharactersMax} of value.`),
    );
  return notes;
}

function keysArgument({ keys }: Arguments): readonly string[] {
  return (Array.isArray(keys) ? keys : [keys]).filter(
    (key): key is string => typeof key === 'string' && key !== '',
  );
}

function writerOf({ id }: Resource): Write {
  const { kind = '', path = '' } = parseResourceId(id) ?? {};
  if (kind === 'database' || path.startsWith('rds/')) return writeRds;
  if (kind === 'load-balancer') return writeBalancer;
  if (kind === 'deployment') return path.startsWith('ecs/') ? writeEcs : writeScaling;
  return writeEc2;
}

const writeEc2: Write = async (aws, ask, target, set, remove) => {
  const Resources = [awsIdOf(target.id)];
  if (set.length > 0)
    await aws.services.ec2.write(ask, ({ sdk, send }) =>
      send(new sdk.CreateTagsCommand({ Resources, Tags: [...set] })),
    );
  if (remove.length > 0)
    await aws.services.ec2.write(ask, ({ sdk, send }) =>
      send(new sdk.DeleteTagsCommand({ Resources, Tags: remove.map((Key) => ({ Key })) })),
    );
};

const writeRds: Write = async (aws, ask, target, set, remove) => {
  const id = awsIdOf(target.id);
  const arn = id.startsWith('rds/')
    ? (await fetchDatabaseSnapshot(aws, id.slice(4), ask.signal))?.DBSnapshotArn
    : (await fetchDatabase(aws, id, ask.signal))?.DBInstanceArn;
  if (set.length > 0)
    await aws.services.rds.write(ask, ({ sdk, send }) =>
      send(new sdk.AddTagsToResourceCommand({ ResourceName: arn, Tags: [...set] })),
    );
  if (remove.length > 0)
    await aws.services.rds.write(ask, ({ sdk, send }) =>
      send(new sdk.RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys: [...remove] })),
    );
};

const writeBalancer: Write = async (aws, ask, target, set, remove) => {
  const [found] = await fetchBalancers(aws, ask.signal, awsIdOf(target.id));
  const ResourceArns = [found?.balancer.LoadBalancerArn ?? ''];
  if (set.length > 0)
    await aws.services.elb.write(ask, ({ sdk, send }) =>
      send(new sdk.AddTagsCommand({ ResourceArns, Tags: [...set] })),
    );
  if (remove.length > 0)
    await aws.services.elb.write(ask, ({ sdk, send }) =>
      send(new sdk.RemoveTagsCommand({ ResourceArns, TagKeys: [...remove] })),
    );
};

const writeEcs: Write = async (aws, ask, target, set, remove) => {
  const [, cluster = '', name = ''] = awsIdOf(target.id).split('/');
  const resourceArn = (await fetchEcsService(aws, cluster, name, ask.signal))?.serviceArn;
  if (set.length > 0)
    await aws.services.ecs.write(ask, ({ sdk, send }) =>
      send(
        new sdk.TagResourceCommand({
          resourceArn,
          tags: set.map(({ Key, Value }) => ({ key: Key, value: Value })),
        }),
      ),
    );
  if (remove.length > 0)
    await aws.services.ecs.write(ask, ({ sdk, send }) =>
      send(new sdk.UntagResourceCommand({ resourceArn, tagKeys: [...remove] })),
    );
};

/** A tag of a group stays on the group: instances it makes get it only where the group was told so before. */
const writeScaling: Write = async (aws, ask, target, set, remove) => {
  const group = {
    ResourceId: awsIdOf(target.id).slice('scaling/'.length),
    ResourceType: 'auto-scaling-group',
  };
  if (set.length > 0)
    await aws.services.scaling.write(ask, ({ sdk, send }) =>
      send(
        new sdk.CreateOrUpdateTagsCommand({
          Tags: set.map((tag) => ({ ...tag, ...group, PropagateAtLaunch: false })),
        }),
      ),
    );
  if (remove.length > 0)
    await aws.services.scaling.write(ask, ({ sdk, send }) =>
      send(new sdk.DeleteTagsCommand({ Tags: remove.map((Key) => ({ Key, ...group })) })),
    );
};

// Which events of a vCenter say that somebody did something, and what each comes to. An event without a user (what DRS, HA
// or a guest does by itself) is nobody's and passed over. Of an event only who, when, on what and from where is taken:
// never the id of a session, a specification, or a message. Pure.

import { isIP } from 'node:net';
import { resourceId } from '../../../../shared/model/resource.ts';
import type { Activity } from '../../contract.ts';
import { children, numberAt, textAt, typeOf, type XmlNode } from '../client/node.ts';

/** Names in the vSphere Web Services API; those with dots are ids of an EventEx. */
const meanings: Readonly<Record<string, Pick<Activity, 'does' | 'outcome'>>> = {
  ...named('sign-in', 'done', ['UserLoginSessionEvent']),
  ...named('sign-in', 'refused', [
    'BadUsernameSessionEvent',
    'NoAccessUserEvent',
    'com.vmware.sso.LoginFailure',
  ]),
  ...named('change', 'done', [
    'VmPoweredOnEvent',
    'VmPoweredOffEvent',
    'VmSuspendedEvent',
    'VmResettingEvent',
    'VmGuestShutdownEvent',
    'VmGuestRebootEvent',
    'VmReconfiguredEvent',
    'VmCreatedEvent',
    'VmClonedEvent',
    'VmDeployedEvent',
    'VmRegisteredEvent',
    'VmRenamedEvent',
    'VmMigratedEvent',
    'VmRelocatedEvent',
    'EnteredMaintenanceModeEvent',
    'ExitMaintenanceModeEvent',
    'HostAddedEvent',
    'HostDisconnectedEvent',
    'HostShutdownEvent',
    'ClusterReconfiguredEvent',
    'DatacenterCreatedEvent',
    'AlarmReconfiguredEvent',
    'RoleAddedEvent',
    'RoleUpdatedEvent',
    'RoleRemovedEvent',
    'PermissionAddedEvent',
    'PermissionUpdatedEvent',
    'PermissionRemovedEvent',
    'AccountCreatedEvent',
    'AccountUpdatedEvent',
    'AccountRemovedEvent',
  ]),
  ...named('destroy', 'done', [
    'VmRemovedEvent',
    'HostRemovedEvent',
    'ClusterDestroyedEvent',
    'ResourcePoolDestroyedEvent',
    'DatastoreDestroyedEvent',
    'DatastoreFileDeletedEvent',
    'DVPortgroupDestroyedEvent',
    'DvsDestroyedEvent',
  ]),
  ...named('silence', 'done', ['AlarmRemovedEvent']),
};

/** What the server is asked for. */
export const eventNames: readonly string[] = Object.keys(meanings);

export interface EventPlace {
  readonly connection: string;
  /** Ids of the templates: the server calls them VMs. */
  readonly images: ReadonlySet<string>;
}

/** Undefined where it is about something else, or nobody's doing. */
export function activityOf(event: XmlNode, atMs: number, place: EventPlace): Activity | undefined {
  const verb = nameOf(event);
  const meaning = meanings[verb];
  if (!meaning) return undefined;
  const user = textAt(event, 'userName')?.trim();
  const address = addressOf(event);
  // Who was not let in is known by its address, as at every other door: the name was typed by a stranger.
  const principal = meaning.outcome === 'refused' ? (address ?? user) : user;
  if (!principal) return undefined;
  const target = targetOf(event, place);
  const region = textAt(event, 'datacenter', 'name');
  return {
    id: `event ${numberAt(event, 'key')}`,
    atMs,
    principal,
    verb,
    ...meaning,
    ...(target !== undefined && { target }),
    ...(region !== undefined && { region }),
    ...(address !== undefined && { address }),
  };
}

function named(
  does: Activity['does'],
  outcome: Activity['outcome'],
  names: readonly string[],
): Readonly<Record<string, Pick<Activity, 'does' | 'outcome'>>> {
  return Object.fromEntries(names.map((name) => [name, { does, outcome }]));
}

function nameOf(event: XmlNode): string {
  const type = typeOf(event) ?? '';
  return type === 'EventEx' ? (textAt(event, 'eventTypeId') ?? type) : type;
}

/** Where it came from; the identity service (an EventEx) has it among its arguments or only in its sentence. */
function addressOf(event: XmlNode): string | undefined {
  const told = textAt(event, 'ipAddress')?.trim();
  if (told) return told;
  for (const argument of children(event, 'arguments')) {
    const value = textAt(argument, 'value')?.trim();
    if (value && isIP(value)) return value;
  }
  const sentence = textAt(event, 'fullFormattedMessage') ?? textAt(event, 'message') ?? '';
  return [...sentence.matchAll(/ from (\S+) at /g)].map(([, one]) => one!).findLast((one) => isIP(one));
}

/** Parts of an event by the kind of what they name, the nearest first. */
const things = [
  ['vm', 'vm', 'vm'],
  ['host', 'host', 'host'],
  ['ds', 'datastore', 'datastore'],
  ['net', 'network', 'network'],
  ['computeResource', 'computeResource', 'cluster'],
] as const;

function targetOf(event: XmlNode, { connection, images }: EventPlace): string | undefined {
  const about = textAt(event, 'principal') ?? textAt(event, 'role', 'name') ?? textAt(event, 'alarm', 'name');
  if (about !== undefined) return [about, textAt(event, 'entity', 'name')].filter(Boolean).join(' on ');
  for (const [part, reference, kind] of things) {
    const value = textAt(event, part, reference);
    if (!value) continue;
    const image = resourceId(connection, 'image', value);
    return images.has(image) ? image : resourceId(connection, kind, value);
  }
  return textAt(event, 'datacenter', 'name');
}

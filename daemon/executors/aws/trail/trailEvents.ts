// What one event of CloudTrail comes to. What AWS does by itself or on behalf of somebody (auto scaling, a stack being
// built) is passed over: it follows from what somebody else did. Of an event only who, what, on what, where, from where
// and how it ended is taken: never the parameters of the request, an answer or a key, for secrets stand in them. Pure.

import { isIP } from 'node:net';
import type { Activity } from '../../contract.ts';

/** As far as it is looked at (CloudTrail record contents); any part may be absent. */
interface TrailRecord {
  readonly userIdentity?: {
    readonly type?: string;
    readonly arn?: string;
    readonly userName?: string;
    readonly accountId?: string;
    readonly invokedBy?: string;
    readonly sessionContext?: { readonly sessionIssuer?: { readonly userName?: string } };
  };
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly awsRegion?: string;
  readonly sourceIPAddress?: string;
  readonly errorCode?: string;
  readonly responseElements?: { readonly ConsoleLogin?: string } | null;
}

/** An event as LookupEvents gives it. */
export interface TrailEvent {
  readonly EventId?: string;
  readonly EventTime?: Date;
  readonly Resources?: readonly { readonly ResourceType?: string; readonly ResourceName?: string }[];
  /** The record, as JSON. */
  readonly CloudTrailEvent?: string;
}

/** Keeps others from noticing (MITRE ATT&CK T1562.008 and what is like it). */
const silences = new Set([
  'StopLogging',
  'DeleteTrail',
  'UpdateTrail',
  'PutEventSelectors',
  'DeleteEventDataStore',
  'DeleteFlowLogs',
  'DeleteLogGroup',
  'DeleteLogStream',
  'DeleteAlarms',
  'DisableAlarmActions',
  'DisableRule',
  'DeleteDetector',
  'DisableSecurityHub',
  'StopConfigurationRecorder',
  'DeleteConfigurationRecorder',
]);
const destroys =
  /^(Delete|Terminate|Destroy|Purge|Release|ScheduleKeyDeletion|DeregisterImage)(?!Tags|Message)/;
const refusals = /AccessDenied|Unauthorized|NotAuthorized|AuthFailure|Forbidden|InvalidClientTokenId/;
const ownRoles = /^AWSServiceRoleFor/;
/** Roles of the IAM Identity Center: the session is named after the person. */
const personalRoles = /^AWSReservedSSO_/;

/** `idOf` gives the id of a resource by its name in AWS, where it is known. */
export function activityOf(
  event: TrailEvent,
  idOf: (name: string) => string | undefined,
): Activity | undefined {
  const record = recordOf(event);
  const { eventName, eventSource, errorCode = '' } = record ?? {};
  const identity = record?.userIdentity ?? {};
  if (!eventName || !event.EventTime || !event.EventId || /DryRunOperation/.test(errorCode)) return undefined;
  if (identity.type === 'AWSService' || identity.invokedBy) return undefined;
  const isSignIn = eventName === 'ConsoleLogin';
  // What else the console of AWS tells of a sign-in (a second factor, a choice of account) is part of it.
  if (eventSource === 'signin.amazonaws.com' && !isSignIn) return undefined;
  const isRefused =
    refusals.test(errorCode) || (isSignIn && record?.responseElements?.ConsoleLogin === 'Failure');
  const address = record?.sourceIPAddress;
  // Where nobody was let in the name was typed by a stranger, and may be a password.
  const principal = isSignIn && isRefused ? address : principalOf(identity);
  if (!principal) return undefined;
  const target = targetOf(event, idOf);
  return {
    id: `event ${event.EventId}`,
    atMs: event.EventTime.getTime(),
    principal,
    verb: `${eventSource?.split('.')[0] ?? 'aws'}:${eventName}`,
    does: meaningOf(eventName),
    outcome: isRefused ? 'refused' : errorCode ? 'failed' : 'done',
    ...(target !== undefined && { target }),
    ...(record?.awsRegion !== undefined && { region: record.awsRegion }),
    ...(address !== undefined && isIP(address) !== 0 && { address }),
  };
}

function recordOf({ CloudTrailEvent }: TrailEvent): TrailRecord | undefined {
  try {
    return JSON.parse(CloudTrailEvent ?? '') as TrailRecord;
  } catch {
    return undefined;
  }
}

function meaningOf(name: string): Activity['does'] {
  if (name === 'ConsoleLogin') return 'sign-in';
  if (silences.has(name)) return 'silence';
  return destroys.test(name) ? 'destroy' : 'change';
}

/** A person or a role; sessions of a role that machines name anew each time are one. Undefined where it is AWS itself. */
function principalOf(identity: NonNullable<TrailRecord['userIdentity']>): string | undefined {
  const { type, arn, userName, accountId, sessionContext } = identity;
  switch (type) {
    case 'Root':
      return 'root';
    case 'AssumedRole': {
      const [, path, session] = arn?.split('/') ?? [];
      const role = sessionContext?.sessionIssuer?.userName ?? path;
      if (!role || ownRoles.test(role)) return undefined;
      const isPerson = session !== undefined && (personalRoles.test(role) || session.includes('@'));
      return isPerson ? `${role}/${session}` : role;
    }
    case 'AWSAccount':
      return `account ${accountId ?? 'unknown'}`;
    default:
      return userName ?? arn?.split(/[:/]/).at(-1) ?? type;
  }
}

/** What it was done to; the id of an access key is nobody's business. */
function targetOf(
  { Resources = [] }: TrailEvent,
  idOf: (name: string) => string | undefined,
): string | undefined {
  const names = Resources.flatMap(({ ResourceType, ResourceName }) =>
    ResourceName && ResourceType !== 'AWS::IAM::AccessKey' ? [ResourceName] : [],
  );
  for (const name of names) {
    const id = idOf(name);
    if (id !== undefined) return id;
  }
  return names[0];
}

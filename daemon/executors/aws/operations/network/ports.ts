// open-port and close-port of a security group. Opening adds one range to one port; closing takes away what opens
// exactly that port, and says which other rules still let it through. What was closed is kept exact enough in the plan
// that undoing it never opens more than there was.

import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { HandlerPreview, OperationHandler, StepContext } from '../../../contract.ts';
import {
  blocker,
  numberArgument,
  previewOf,
  refuseBlocked,
  textArgument,
  warning,
} from '../../../kit/preview.ts';
import { fetchSecurityGroup } from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import type { At } from '../../client/services.ts';
import { describePermission } from '../../mapping/network.ts';
import { awsIdOf } from '../../mapping/place.ts';
import { withDryRun } from '../dryRun.ts';
import { changeHandler } from '../recipes.ts';

const everybody = ['0.0.0.0/0', '::/0'];

interface Wanted {
  readonly protocol: string;
  /** Absent for icmp, which has no ports. */
  readonly port?: number;
  readonly cidr?: string;
}

export function openPort(aws: Aws): OperationHandler {
  const authorize = ({ sdk, send }: At<'ec2'>, id: string, wanted: Wanted, dry: object) =>
    send(
      new sdk.AuthorizeSecurityGroupIngressCommand({
        GroupId: awsIdOf(id),
        IpPermissions: [permissionOf(wanted)],
        ...dry,
      }),
    );
  return changeHandler(aws, {
    noun: 'security group',
    preview: async (now, context) => {
      const wanted = { cidr: '0.0.0.0/0', ...wantedOf(context) };
      const shown = `${label(wanted)} from ${wanted.cidr}`;
      if (isOpen(await fetchRules(aws, now.id, context.signal), wanted))
        return previewOf(`Nothing: ${now.name} lets ${shown} in already.`, { idle: true });
      const preview = previewOf(`Lets ${shown} in to everything that ${now.name} protects.`, {
        changes: [{ field: 'rules', before: null, after: shown }],
        notes: [
          ...portNotes(wanted),
          ...(everybody.includes(wanted.cidr)
            ? [warning('The whole internet may reach it.', 'Say "from 10.0.0.0/8" to let fewer in.')]
            : []),
        ],
        resolvedArgs: { protocol: wanted.protocol, cidr: wanted.cidr },
      });
      const ask = { what: `open a port of ${now.name}`, signal: context.signal };
      return withDryRun(aws, preview, ask, (at, dry) => authorize(at, now.id, wanted, dry));
    },
    isDone: async (now, context) =>
      isOpen(await fetchRules(aws, now.id, context.signal), { cidr: '0.0.0.0/0', ...wantedOf(context) }),
    observe: (now) => `${now.name} lets in: ${listOf(now.attributes.rules)}`,
    write: async (context, now) => {
      const wanted = { cidr: '0.0.0.0/0', ...wantedOf(context) };
      const ask = { what: `open a port of ${now.name}`, signal: context.signal };
      await aws.services.ec2.write(ask, (at) => authorize(at, now.id, wanted, {}));
    },
  });
}

export function closePort(aws: Aws): OperationHandler {
  const revoke = ({ sdk, send }: At<'ec2'>, id: string, IpPermissions: IpPermission[], dry: object) =>
    send(new sdk.RevokeSecurityGroupIngressCommand({ GroupId: awsIdOf(id), IpPermissions, ...dry }));
  return changeHandler(aws, {
    noun: 'security group',
    preview: async (now, context) => {
      const wanted = wantedOf(context);
      const rules = await fetchRules(aws, now.id, context.signal);
      const preview = previewClose(now.name, wanted, rules);
      const closed = closing(rules, wanted);
      const ask = { what: `close a port of ${now.name}`, signal: context.signal };
      return withDryRun(aws, preview, ask, (at, dry) => revoke(at, now.id, closed, dry));
    },
    isDone: async (now, context) =>
      closing(await fetchRules(aws, now.id, context.signal), wantedOf(context)).length === 0,
    observe: (now) => `${now.name} lets in: ${listOf(now.attributes.rules)}`,
    write: async (context, now) => {
      const closed = closing(await fetchRules(aws, now.id, context.signal), wantedOf(context));
      if (closed.length === 0)
        return refuseBlocked([blocker('The rule is gone meanwhile.', 'Refresh and ask again.')]);
      const ask = { what: `close a port of ${now.name}`, signal: context.signal };
      await aws.services.ec2.write(ask, (at) => revoke(at, now.id, closed, {}));
    },
  });
}

function listOf(rules: unknown): string {
  return Array.isArray(rules) && rules.length > 0 ? rules.slice(0, 8).join(', ') : 'nothing';
}

function previewClose(name: string, wanted: Wanted, rules: readonly IpPermission[]): HandlerPreview {
  const closed = closing(rules, wanted);
  const still = rules.filter((rule) => letsThrough(rule, wanted)).flatMap((rule) => leftOf(rule, wanted));
  const stillNotes = still.map((line) =>
    warning(
      `${line} still lets it in; that rule stays.`,
      'Name its range to close it, or take it away by hand.',
    ),
  );
  if (closed.length === 0) {
    if (still.length === 0)
      return previewOf(`Nothing: ${name} does not let ${label(wanted)} in.`, { idle: true });
    const noneFits = blocker(
      `No rule of ${name} opens exactly ${label(wanted)}${wanted.cidr ? ` from ${wanted.cidr}` : ''} to addresses.`,
    );
    return previewOf(`Closes ${label(wanted)} in ${name}.`, { notes: [noneFits, ...stillNotes] });
  }
  const cidrs = closed.flatMap(cidrsOf);
  if (cidrs.length > 1) {
    // One undo opens one range: what could not be taken back exactly is asked for one by one.
    const many = blocker(
      `${label(wanted)} is open from ${cidrs.length} ranges: ${cidrs.join(', ')}.`,
      'Say from which: "close port … from RANGE".',
    );
    return previewOf(`Closes ${label(wanted)} in ${name}.`, { notes: [many] });
  }
  return previewOf(`Stops letting ${label(wanted)} from ${cidrs[0]} in to what ${name} protects.`, {
    changes: [{ field: 'rules', before: `${label(wanted)} from ${cidrs[0]}`, after: null }],
    notes: [...portNotes(wanted), ...stillNotes],
    resolvedArgs: { protocol: wanted.protocol, cidr: cidrs[0]! },
  });
}

/** What of the rules is taken away: exactly this port, and of its ranges those that are meant. Groups stay. */
function closing(rules: readonly IpPermission[], wanted: Wanted): IpPermission[] {
  return rules
    .filter((rule) => matches(rule, wanted))
    .map((rule) => {
      const isMeant = (cidr: string | undefined) => wanted.cidr === undefined || cidr === wanted.cidr;
      const { IpProtocol, FromPort, ToPort } = rule;
      return {
        IpProtocol,
        FromPort,
        ToPort,
        IpRanges: (rule.IpRanges ?? [])
          .filter((one) => isMeant(one.CidrIp))
          .map(({ CidrIp }) => ({ CidrIp })),
        Ipv6Ranges: (rule.Ipv6Ranges ?? [])
          .filter((one) => isMeant(one.CidrIpv6))
          .map(({ CidrIpv6 }) => ({ CidrIpv6 })),
      };
    })
    .filter((rule) => cidrsOf(rule).length > 0);
}

/** Lines of a rule that stay when the wanted port is closed. */
function leftOf(rule: IpPermission, wanted: Wanted): readonly string[] {
  const gone = matches(rule, wanted) ? closing([rule], wanted).flatMap(cidrsOf) : [];
  return describePermission(rule).filter((line) => !gone.some((cidr) => line.endsWith(` from ${cidr}`)));
}

const cidrsOf = (rule: IpPermission): readonly string[] => [
  ...(rule.IpRanges ?? []).map((one) => one.CidrIp ?? ''),
  ...(rule.Ipv6Ranges ?? []).map((one) => one.CidrIpv6 ?? ''),
];

function permissionOf({ protocol, port, cidr = '0.0.0.0/0' }: Wanted): IpPermission {
  const range = port === undefined ? { FromPort: -1, ToPort: -1 } : { FromPort: port, ToPort: port };
  return {
    IpProtocol: protocol,
    ...range,
    ...(cidr.includes(':') ? { Ipv6Ranges: [{ CidrIpv6: cidr }] } : { IpRanges: [{ CidrIp: cidr }] }),
  };
}

function wantedOf({ args }: StepContext): Wanted {
  const protocol = (textArgument(args, 'protocol') ?? 'tcp').toLowerCase();
  const port = protocol === 'icmp' ? undefined : numberArgument(args, 'port');
  const cidr = textArgument(args, 'cidr');
  return { protocol, port, ...(cidr ? { cidr } : {}) };
}

function portNotes({ port, protocol }: Wanted): readonly PreviewNote[] {
  if (protocol === 'icmp' || (port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535))
    return [];
  return [blocker('The port is a number from 1 to 65535.', 'Say "port 443".')];
}

function isOpen(rules: readonly IpPermission[], wanted: Wanted & { readonly cidr: string }): boolean {
  return rules.some((rule) => matches(rule, wanted) && cidrsOf(rule).includes(wanted.cidr));
}

function matches(rule: IpPermission, { protocol, port }: Wanted): boolean {
  if (rule.IpProtocol !== protocol) return false;
  return port === undefined || (rule.FromPort === port && rule.ToPort === port);
}

/** Whether a rule covers the port, exactly or as part of a wider range. */
function letsThrough(rule: IpPermission, { protocol, port }: Wanted): boolean {
  if (rule.IpProtocol === '-1') return true;
  if (rule.IpProtocol !== protocol) return false;
  if (rule.FromPort === undefined || port === undefined) return true;
  return rule.FromPort <= port && port <= (rule.ToPort ?? rule.FromPort);
}

async function fetchRules(aws: Aws, id: string, signal: AbortSignal): Promise<readonly IpPermission[]> {
  const group: SecurityGroup | undefined = await fetchSecurityGroup(aws, awsIdOf(id), signal);
  return group?.IpPermissions ?? [];
}

function label({ protocol, port }: Wanted): string {
  return port === undefined ? protocol : `${protocol}/${port}`;
}

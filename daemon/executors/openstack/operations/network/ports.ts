// open-port and close-port of a security group. Opening adds one rule; closing takes away rules that open exactly
// that port, and says which other rules still let it through. What was closed is kept exact enough in the plan that
// undoing it never opens more than there was.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { HandlerPreview, OperationHandler, StepContext } from '../../../contract.ts';
import { blocker, numberArgument, previewOf, textArgument, warning } from '../../../kit/preview.ts';
import { fetchFromNetwork } from '../../api/network.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { isProblem } from '../../client/cloud.ts';
import { describeRule } from '../../mapping/network.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import type { RuleRecord } from '../../records/network.ts';
import { markDescription } from '../names.ts';
import { changeHandler } from '../recipes.ts';

const everybody = ['0.0.0.0/0', '::/0'];

interface Wanted {
  readonly protocol: string;
  /** Absent for icmp, which has no ports. */
  readonly port?: number;
  readonly cidr?: string;
}

export function openPort(os: OpenStack): OperationHandler {
  return changeHandler(os, {
    noun: 'security group',
    preview: async (now, context) => {
      const wanted = wantedOf(context);
      const cidr = wanted.cidr ?? '0.0.0.0/0';
      const rules = await fetchRules(os, now.id, context.signal);
      const shown = `${label(wanted)} from ${cidr}`;
      if (rules.some((rule) => matches(rule, wanted) && cidrOf(rule) === cidr))
        return previewOf(`Nothing: ${now.name} lets ${shown} in already.`, { idle: true });
      return previewOf(`Lets ${shown} in to everything that ${now.name} protects.`, {
        changes: [{ field: 'rules', before: null, after: shown }],
        notes: [
          ...portNotes(wanted),
          ...(everybody.includes(cidr)
            ? [warning('The whole internet may reach it.', 'Say "from 10.0.0.0/8" to let fewer in.')]
            : []),
        ],
        resolvedArgs: { protocol: wanted.protocol, cidr },
      });
    },
    isDone: async (now, context) => {
      const wanted = wantedOf(context);
      const rules = await fetchRules(os, now.id, context.signal);
      return rules.some((rule) => matches(rule, wanted) && cidrOf(rule) === (wanted.cidr ?? '0.0.0.0/0'));
    },
    write: async (context, now) => {
      const { protocol, port, cidr = '0.0.0.0/0' } = wantedOf(context);
      const security_group_rule = {
        security_group_id: cloudIdOf(now.id),
        direction: 'ingress',
        ethertype: cidr.includes(':') ? 'IPv6' : 'IPv4',
        protocol,
        ...(port === undefined ? {} : { port_range_min: port, port_range_max: port }),
        remote_ip_prefix: cidr,
        description: markDescription(context.mark),
      };
      const request = { service: 'network', method: 'POST', path: '/security-group-rules' } as const;
      const what = `open the port in ${now.name}`;
      await os.cloud.call({ ...request, body: { security_group_rule }, signal: context.signal, what });
    },
  });
}

export function closePort(os: OpenStack): OperationHandler {
  return changeHandler(os, {
    noun: 'security group',
    preview: async (now, context) =>
      previewClose(now.name, wantedOf(context), await fetchRules(os, now.id, context.signal)),
    isDone: async (now, context) => {
      const rules = await fetchRules(os, now.id, context.signal);
      return closing(rules, wantedOf(context), idsOf(context)).length === 0;
    },
    write: async (context, now) => {
      const rules = await fetchRules(os, now.id, context.signal);
      for (const rule of closing(rules, wantedOf(context), idsOf(context))) {
        const path = `/security-group-rules/${encodeURIComponent(rule.id)}`;
        const what = `close the port in ${now.name}`;
        try {
          await os.cloud.call({ service: 'network', method: 'DELETE', path, signal: context.signal, what });
        } catch (error) {
          if (!isProblem(error, 'cloud-not-found')) throw error;
        }
      }
    },
  });
}

function previewClose(name: string, wanted: Wanted, rules: readonly RuleRecord[]): HandlerPreview {
  const closed = closing(rules, wanted, undefined);
  const still = rules.filter((rule) => !closed.includes(rule) && letsThrough(rule, wanted));
  const stillNotes = still.map((rule) =>
    warning(
      `${describeRule(rule)} still lets it in; that rule stays.`,
      `Take it away by hand: openstack security group rule delete ${rule.id}.`,
    ),
  );
  if (closed.length === 0) {
    if (still.length === 0)
      return previewOf(`Nothing: ${name} does not let ${label(wanted)} in.`, { idle: true });
    const none = blocker(
      `No rule of ${name} opens exactly ${label(wanted)}${wanted.cidr ? ` from ${wanted.cidr}` : ''}.`,
    );
    return previewOf(`Closes ${label(wanted)} in ${name}.`, { notes: [none, ...stillNotes] });
  }
  const cidrs = closed.map(cidrOf);
  // Taking it back opens for one range: for everybody only where everybody was let in.
  const cidr = cidrs.find((one) => everybody.includes(one)) ?? cidrs[0]!;
  const partly = warning(`Taking it back would open it again from ${cidr} only.`);
  return previewOf(`Stops letting ${label(wanted)} in to what ${name} protects.`, {
    changes: closed.map((rule) => ({ field: 'rules', before: describeRule(rule), after: null })),
    notes: [...portNotes(wanted), ...stillNotes, ...(closed.length > 1 ? [partly] : [])],
    resolvedArgs: { protocol: wanted.protocol, cidr, rule_ids: closed.map((rule) => rule.id) },
  });
}

/** Rules that open exactly this port by address; by id once they were settled in the preview. */
function closing(
  rules: readonly RuleRecord[],
  wanted: Wanted,
  ids: readonly string[] | undefined,
): readonly RuleRecord[] {
  const exact = rules.filter((rule) => matches(rule, wanted) && !rule.remote_group_id);
  if (ids) return exact.filter((rule) => ids.includes(rule.id));
  return wanted.cidr === undefined ? exact : exact.filter((rule) => cidrOf(rule) === wanted.cidr);
}

function idsOf(context: StepContext): readonly string[] | undefined {
  const ids = context.args.rule_ids;
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : undefined;
}

function wantedOf({ args }: StepContext): Wanted {
  const protocol = (textArgument(args, 'protocol') ?? 'tcp').toLowerCase();
  const port = protocol === 'icmp' ? undefined : numberArgument(args, 'port');
  return { protocol, port, cidr: textArgument(args, 'cidr') };
}

function portNotes(wanted: Wanted): readonly PreviewNote[] {
  const { port, protocol } = wanted;
  if (protocol === 'icmp' || (port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535))
    return [];
  return [blocker('The port is a number from 1 to 65535.', 'Say "port 443".')];
}

function matches(rule: RuleRecord, { protocol, port }: Wanted): boolean {
  return (
    rule.protocol === protocol &&
    (rule.port_range_min ?? undefined) === port &&
    (rule.port_range_max ?? undefined) === port
  );
}

/** Whether a wider rule covers the port. */
function letsThrough(rule: RuleRecord, { protocol, port }: Wanted): boolean {
  if (rule.protocol && rule.protocol !== protocol) return false;
  const { port_range_min: low, port_range_max: high } = rule;
  if (low === null || low === undefined || port === undefined) return true;
  return low <= port && port <= (high ?? low);
}

function cidrOf(rule: RuleRecord): string {
  return rule.remote_ip_prefix ?? (rule.ethertype === 'IPv6' ? '::/0' : '0.0.0.0/0');
}

function label({ protocol, port }: Wanted): string {
  return port === undefined ? protocol : `${protocol}/${port}`;
}

async function fetchRules(os: OpenStack, id: string, signal: AbortSignal): Promise<readonly RuleRecord[]> {
  const group = await fetchFromNetwork(os, 'security-groups', id, signal);
  return (group?.security_group_rules ?? []).filter((rule) => rule.direction === 'ingress');
}

// The AWS command line, as far as it has operations here. Only identifiers decide what is meant; free text never does.

import type { Filter } from '../../../shared/model/reading.ts';
import type { Json } from '../../../shared/model/resource.ts';
import { type CallResult, type CommandCall, talk } from './call.ts';
import { optionOf, parseShell, type ShellCommand } from './shell.ts';

type Build = (command: ShellCommand) => CallResult;

const flags = new Set([
  '--force',
  '--hibernate',
  '--no-dry-run',
  '--dry-run',
  '--output',
  '--no-cli-pager',
  '--skip-final-snapshot',
  '--apply-immediately',
  '--no-paginate',
]);

const simple =
  (verb: string, kind: string, ...options: readonly string[]): Build =>
  (command) => {
    const names = options
      .flatMap((option) => command.options.get(option) ?? [])
      .flatMap((value) => value.split(','))
      .filter((value) => value !== '');
    const filter = filtersOf(command);
    if (!filter || names.some((name) => talk.test(name))) return undefined;
    const all = names.length === 0 && command.options.has('--filters');
    return { verb, kinds: [kind], names, ...(all && { all }), filter, args: {} };
  };

const describe =
  (kind: string, ...options: readonly string[]): Build =>
  (command) => {
    const names = options
      .flatMap((option) => command.options.get(option) ?? [])
      .filter((value) => value !== '');
    const filter = filtersOf(command);
    if (!filter) return undefined;
    return names.length > 0
      ? { verb: 'show', kinds: [kind], names, filter, args: {} }
      : { verb: 'list', kinds: [kind], names: [], all: true, filter, args: {} };
  };

const commands: Readonly<Record<string, Build>> = {
  'ec2 start-instances': simple('start', 'vm', '--instance-ids'),
  'ec2 stop-instances': simple('stop', 'vm', '--instance-ids'),
  'ec2 reboot-instances': simple('reboot', 'vm', '--instance-ids'),
  'ec2 terminate-instances': simple('delete', 'vm', '--instance-ids'),
  'ec2 describe-instances': describe('vm', '--instance-ids'),
  'ec2 describe-instance-status': describe('vm', '--instance-ids'),
  'ec2 describe-volumes': describe('volume', '--volume-ids'),
  'ec2 describe-snapshots': describe('snapshot', '--snapshot-ids'),
  'ec2 describe-security-groups': describe('security-group', '--group-ids', '--group-names'),
  'ec2 describe-addresses': describe('floating-ip', '--public-ips'),
  'ec2 describe-images': describe('image', '--image-ids'),
  'ec2 describe-key-pairs': describe('keypair', '--key-names'),
  'ec2 describe-vpcs': describe('network', '--vpc-ids'),
  'ec2 describe-subnets': describe('subnet', '--subnet-ids'),
  'elbv2 describe-load-balancers': describe('load-balancer', '--names'),
  'rds describe-db-instances': describe('database', '--db-instance-identifier'),
  'ec2 delete-volume': simple('delete', 'volume', '--volume-id'),
  'ec2 delete-snapshot': simple('delete', 'snapshot', '--snapshot-id'),
  'ec2 delete-security-group': simple('delete', 'security-group', '--group-id', '--group-name'),
  'ec2 delete-key-pair': simple('delete', 'keypair', '--key-name'),
  'ec2 deregister-image': simple('delete', 'image', '--image-id'),
  'ec2 delete-vpc': simple('delete', 'network', '--vpc-id'),
  'ec2 delete-subnet': simple('delete', 'subnet', '--subnet-id'),
  'ec2 release-address': simple('delete', 'floating-ip', '--allocation-id', '--public-ip'),
  'ec2 detach-volume': simple('detach', 'volume', '--volume-id'),
  'ec2 allocate-address': () => ({ verb: 'create', kinds: ['floating-ip'], names: [], args: {} }),
  'ec2 disassociate-address': (command) => {
    const ip = optionOf(command, '--public-ip');
    return ip === undefined
      ? 'unsupported'
      : {
          verb: 'unassign-ip',
          kinds: ['vm'],
          names: [],
          filter: { ...regionOf(command) },
          args: {},
          refs: { attached: { kind: 'floating-ip', name: ip } },
        };
  },
  'ec2 associate-address': (command) => {
    const ip = optionOf(command, '--public-ip', '--allocation-id');
    return withParts(
      simple('assign-ip', 'vm', '--instance-id')(command),
      ip ? { refs: { ip: { kind: 'floating-ip', name: ip } } } : { args: { ip: 'any' } },
    );
  },
  'ec2 attach-volume': (command) => {
    const vm = optionOf(command, '--instance-id');
    return withParts(
      simple('attach', 'volume', '--volume-id')(command),
      vm ? { refs: { to: { kind: 'vm', name: vm } } } : {},
    );
  },
  'ec2 modify-volume': (command) =>
    withArgs(simple('resize', 'volume', '--volume-id')(command), numberArg(command, 'size_gb', '--size')),
  'ec2 create-snapshot': (command) =>
    withArgs(simple('snapshot', 'volume', '--volume-id')(command), nameTag(command)),
  'ec2 create-image': (command) =>
    withArgs(simple('snapshot', 'vm', '--instance-id')(command), textArg(command, 'name', '--name')),
  'ec2 modify-instance-attribute': (command) => {
    const flavor = optionOf(command, '--instance-type')?.replace(/^.*Value[=:]\s*"?([\w.]+).*$/, '$1');
    return flavor ? withArgs(simple('resize', 'vm', '--instance-id')(command), { flavor }) : 'unsupported';
  },
  'ec2 run-instances': (command) => {
    const group = command.options.get('--security-group-ids') ?? command.options.get('--security-groups');
    return {
      verb: 'create',
      kinds: ['vm'],
      names: [],
      args: {
        ...nameTag(command),
        ...textArg(command, 'flavor', '--instance-type'),
        ...textArg(command, 'keypair', '--key-name'),
        ...textArg(command, 'region', '--region'),
        ...numberArg(command, 'count', '--count'),
      },
      refs: {
        ...(optionOf(command, '--image-id')
          ? { image: { kind: 'image', name: optionOf(command, '--image-id')! } }
          : {}),
        ...(group ? { security_groups: { kind: 'security-group', name: group[0]! } } : {}),
      },
    };
  },
  'ec2 create-volume': (command) => ({
    verb: 'create',
    kinds: ['volume'],
    names: [],
    args: {
      ...nameTag(command),
      ...numberArg(command, 'size_gb', '--size'),
      ...(zoneRegion(command) ? { region: zoneRegion(command)! } : {}),
    },
  }),
  'ec2 create-key-pair': (command) => ({
    verb: 'create',
    kinds: ['keypair'],
    names: [],
    args: textArg(command, 'name', '--key-name'),
  }),
  'ec2 create-security-group': (command) => ({
    verb: 'create',
    kinds: ['security-group'],
    names: [],
    args: textArg(command, 'name', '--group-name'),
  }),
  'ec2 create-tags': (command) => tagging('tag', command),
  'ec2 delete-tags': (command) => tagging('untag', command),
  'ec2 authorize-security-group-ingress': (command) => portRule('open-port', command),
  'ec2 revoke-security-group-ingress': (command) => portRule('close-port', command),
  'rds start-db-instance': simple('start', 'database', '--db-instance-identifier'),
  'rds stop-db-instance': simple('stop', 'database', '--db-instance-identifier'),
  'rds reboot-db-instance': simple('reboot', 'database', '--db-instance-identifier'),
  'rds delete-db-instance': simple('delete', 'database', '--db-instance-identifier'),
  'rds modify-db-instance': (command) =>
    withArgs(
      simple('resize', 'database', '--db-instance-identifier')(command),
      textArg(command, 'flavor', '--db-instance-class'),
    ),
  'rds create-db-snapshot': (command) =>
    withArgs(
      simple('snapshot', 'database', '--db-instance-identifier')(command),
      textArg(command, 'name', '--db-snapshot-identifier'),
    ),
};

/** Reads the words after `aws`. */
export function readAws(words: readonly string[]): CallResult {
  const command = parseShell(words, flags);
  if (!command) return undefined;
  const name = command.words.slice(0, 2).join(' ');
  const build = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (build) return command.words.length > 2 ? undefined : build(command);
  return /^[a-z0-9-]+$/.test(command.words[0] ?? '') && /^[a-z]+(-[a-z0-9]+)+$/.test(command.words[1] ?? '')
    ? 'unsupported'
    : undefined;
}

function withParts(call: CallResult, parts: Partial<CommandCall>): CallResult {
  return call === undefined || call === 'unsupported' ? call : { ...call, ...parts };
}

const withArgs = (call: CallResult, args: CommandCall['args']): CallResult => withParts(call, { args });

function regionOf(command: ShellCommand): Filter {
  const region = optionOf(command, '--region');
  return region ? { region } : {};
}

function zoneRegion(command: ShellCommand): string | undefined {
  return (
    optionOf(command, '--region') ?? optionOf(command, '--availability-zone')?.replace(/(\d)[a-z]$/, '$1')
  );
}

function textArg(command: ShellCommand, name: string, option: string): Record<string, Json> {
  const value = optionOf(command, option);
  return value ? { [name]: value } : {};
}

function numberArg(command: ShellCommand, name: string, option: string): Record<string, Json> {
  const value = Number(optionOf(command, option) ?? Number.NaN);
  return Number.isFinite(value) ? { [name]: value } : {};
}

function nameTag(command: ShellCommand): Record<string, Json> {
  const spec = command.options.get('--tag-specifications')?.join(' ') ?? '';
  const name = /Key=Name,Value=([\w.-]+)/.exec(spec)?.[1];
  return name ? { name } : {};
}

const kindOfPrefix: Readonly<Record<string, string>> = {
  i: 'vm',
  vol: 'volume',
  snap: 'snapshot',
  sg: 'security-group',
  vpc: 'network',
  subnet: 'subnet',
  ami: 'image',
};

function tagging(verb: 'tag' | 'untag', command: ShellCommand): CallResult {
  const names = command.options.get('--resources') ?? [];
  const kind = kindOfPrefix[/^[a-z]+/.exec(names[0] ?? '')?.[0] ?? ''];
  const pairs = (command.options.get('--tags') ?? []).map((text) => /Key=([^,]+)(?:,Value=(.*))?/.exec(text));
  // Names say nothing of their kind, as identifiers do; words do.
  if (!kind || pairs.length === 0) return undefined;
  if (pairs.some((pair) => !pair)) return 'unsupported';
  const args: CommandCall['args'] =
    verb === 'tag'
      ? { tags: Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2] ?? ''])) }
      : { keys: pairs.map((pair) => pair![1]!) };
  return { verb, kinds: [kind], names, args };
}

function portRule(verb: string, command: ShellCommand): CallResult {
  const port = Number(optionOf(command, '--port') ?? Number.NaN);
  const protocol = optionOf(command, '--protocol');
  const call = simple(verb, 'security-group', '--group-id', '--group-name')(command);
  if (!Number.isInteger(port)) return 'unsupported';
  return withArgs(call, { port, ...(protocol ? { protocol } : {}), ...textArg(command, 'cidr', '--cidr') });
}

function filtersOf(command: ShellCommand): Filter | undefined {
  const filter: Record<string, Json> = { ...regionOf(command) };
  const tags: Record<string, Json> = {};
  for (const text of command.options.get('--filters') ?? []) {
    const match = /^Name=([\w:.-]+),Values?=(.+)$/.exec(text);
    if (!match) return undefined;
    const values = match[2]!.split(',');
    if (match[1]!.startsWith('tag:')) {
      if (match[1] === 'tag:Name') filter.name_glob = values;
      else tags[match[1]!.slice(4)] = values;
    } else if (match[1] === 'instance-state-name' || match[1] === 'status') filter.status = values;
    else if (match[1] === 'instance-type') filter.flavor = values;
    else if (match[1] === 'attachment.instance-id') filter.attached_to = values;
    else return undefined;
  }
  if (Object.keys(tags).length > 0) filter.tags = tags as Filter;
  return filter;
}

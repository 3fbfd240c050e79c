// The OpenStack command line, as far as it has operations here: `openstack NOUN VERB [options] [names]`.

import type { Filter } from '../../../shared/model/reading.ts';
import type { Json } from '../../../shared/model/resource.ts';
import { type CallResult, type CommandCall, talk } from './call.ts';
import { optionOf, parseShell, type ShellCommand } from './shell.ts';

const nouns: readonly (readonly [string, string])[] = [
  ['volume snapshot', 'snapshot'],
  ['security group rule', 'rule'],
  ['security group', 'security-group'],
  ['floating ip', 'floating-ip'],
  ['server image', 'server-image'],
  ['server', 'vm'],
  ['volume', 'volume'],
  ['network', 'network'],
  ['subnet', 'subnet'],
  ['image', 'image'],
  ['flavor', 'flavor'],
  ['keypair', 'keypair'],
  ['loadbalancer', 'load-balancer'],
];
const flags = new Set([
  '--hard',
  '--soft',
  '--wait',
  '--all-projects',
  '--long',
  '--force',
  '--purge',
  '--confirm',
  '--live-migration',
  '--ingress',
  '--egress',
  '--all',
  '--cascade',
  '--live',
]);
const statusOf: Readonly<Record<string, Json>> = {
  active: ['running', 'active'],
  shutoff: ['stopped', 'shutoff'],
  error: 'error',
  suspended: 'suspended',
  paused: 'paused',
  available: 'available',
  'in-use': 'in-use',
};

/** Reads the words after `openstack`. */
export function readOpenstack(words: readonly string[]): CallResult {
  const command = parseShell(words, flags);
  if (!command) return undefined;
  const text = command.words.join(' ');
  const noun = nouns.find(([name]) => text.startsWith(`${name} `) || text === name);
  if (!noun) return undefined;
  const [name, kind] = noun;
  if (command.words.some((word) => talk.test(word))) return undefined;
  const rest = command.words.slice(name.split(' ').length);
  if (kind === 'server-image' && rest.length > 2) return undefined;
  if (kind === 'server-image')
    return rest[0] === 'create' && rest.length === 2
      ? { verb: 'snapshot', kinds: ['vm'], names: rest.slice(1), args: textArg(command, 'name', '--name') }
      : 'unsupported';
  if (kind === 'rule') return rule(rest, command);
  return onNoun(kind, rest, command);
}

const simpleVerbs: Readonly<Record<string, string>> = {
  start: 'start',
  stop: 'stop',
  reboot: 'reboot',
  delete: 'delete',
  show: 'show',
  suspend: 'suspend',
  resume: 'resume',
  migrate: 'migrate',
  lock: 'lock',
  unlock: 'unlock',
};

function onNoun(kind: string, rest: readonly string[], command: ShellCommand): CallResult {
  const [verb, ...names] = rest;
  if (verb === undefined) return undefined;
  if (verb === 'list')
    return names.length > 0
      ? undefined
      : { verb: 'list', kinds: [kind], names: [], all: true, filter: listFilter(command), args: {} };
  if (verb === 'create') return create(kind, names, command);
  if (kind === 'vm' && (verb === 'add' || verb === 'remove')) return serverPart(verb, names);
  if (verb === 'resize' && kind === 'vm' && (names[0] === 'confirm' || names[0] === 'revert'))
    return { verb: `${names[0]}-resize`, kinds: ['vm'], names: names.slice(1), args: {} };
  if (verb === 'resize' && kind === 'vm')
    return names.length === 1
      ? { verb, kinds: ['vm'], names, args: textArg(command, 'flavor', '--flavor') }
      : undefined;
  if (verb === 'rebuild' && kind === 'vm')
    return names.length === 1
      ? { verb, kinds: ['vm'], names, args: textArg(command, 'image', '--image') }
      : undefined;
  if (verb === 'set' || verb === 'unset') return setting(kind, verb, names, command);
  if (verb === 'unassign' || names.length === 0)
    return Object.hasOwn(simpleVerbs, verb)
      ? { verb: simpleVerbs[verb]!, kinds: [kind], names: [], args: {} }
      : 'unsupported';
  if (!Object.hasOwn(simpleVerbs, verb)) return 'unsupported';
  const host = optionOf(command, '--host', '--live');
  return {
    verb: simpleVerbs[verb]!,
    kinds: [kind],
    names,
    args: command.options.has('--hard') ? { hard: true } : {},
    ...(verb === 'migrate' && host ? { refs: { host: { kind: 'host', name: host } } } : {}),
  };
}

function listFilter(command: ShellCommand): Filter {
  const status = optionOf(command, '--status')?.toLowerCase();
  const region = optionOf(command, '--os-region-name', '--region');
  const name = optionOf(command, '--name');
  return {
    ...(status ? { status: statusOf[status] ?? status } : {}),
    ...(region ? { region } : {}),
    ...(name ? { name_glob: `*${name}*` } : {}),
  };
}

function create(kind: string, names: readonly string[], command: ShellCommand): CallResult {
  const args: Record<string, Json> = names.length === 1 ? { name: names[0]! } : {};
  if (names.length > 1) return undefined;
  if (kind === 'snapshot') {
    const volume = optionOf(command, '--volume') ?? names[0];
    return volume ? { verb: 'snapshot', kinds: ['volume'], names: [volume], args } : 'unsupported';
  }
  if (kind === 'floating-ip')
    return {
      verb: 'create',
      kinds: [kind],
      names: [],
      args: names.length === 1 ? { network: names[0]! } : {},
    };
  const size = Number(optionOf(command, '--size') ?? Number.NaN);
  if (kind === 'volume' && Number.isFinite(size)) args.size_gb = size;
  if (kind === 'vm')
    Object.assign(
      args,
      textArg(command, 'flavor', '--flavor'),
      textArg(command, 'image', '--image'),
      textArg(command, 'network', '--network', '--nic'),
      textArg(command, 'keypair', '--key-name'),
      countOf(command),
      groupsOf(command),
    );
  if (kind === 'subnet')
    Object.assign(args, textArg(command, 'cidr', '--subnet-range'), textArg(command, 'network', '--network'));
  return { verb: 'create', kinds: [kind], names: [], args };
}

function countOf(command: ShellCommand): Record<string, Json> {
  const count = Number(optionOf(command, '--max', '--min') ?? Number.NaN);
  return Number.isInteger(count) ? { count } : {};
}

function groupsOf(command: ShellCommand): Record<string, Json> {
  const groups = command.options.get('--security-group');
  return groups ? { security_groups: [...groups] } : {};
}

/** `server add volume SERVER VOLUME`, `server remove floating ip SERVER IP`. */
function serverPart(verb: string, names: readonly string[]): CallResult {
  const floating = names[0] === 'floating' && names[1] === 'ip';
  const [server, thing] = names.slice(floating ? 2 : 1);
  if (!server || !thing) return undefined;
  if (names[0] === 'volume')
    return verb === 'add'
      ? {
          verb: 'attach',
          kinds: ['volume'],
          names: [thing],
          args: {},
          refs: { to: { kind: 'vm', name: server } },
        }
      : { verb: 'detach', kinds: ['volume'], names: [thing], args: {} };
  if (!floating) return 'unsupported';
  return verb === 'add'
    ? {
        verb: 'assign-ip',
        kinds: ['vm'],
        names: [server],
        args: {},
        refs: { ip: { kind: 'floating-ip', name: thing } },
      }
    : { verb: 'unassign-ip', kinds: ['vm'], names: [server], args: {} };
}

function setting(kind: string, verb: string, names: readonly string[], command: ShellCommand): CallResult {
  const size = Number(optionOf(command, '--size') ?? Number.NaN);
  if (kind === 'volume' && verb === 'set' && Number.isFinite(size))
    return { verb: 'resize', kinds: ['volume'], names, args: { size_gb: size } };
  const properties = [...(command.options.get('--property') ?? []), ...(command.options.get('--tag') ?? [])];
  if (properties.length === 0 || names.length === 0) return 'unsupported';
  if (verb === 'unset') return { verb: 'untag', kinds: [kind], names, args: { keys: properties } };
  if (properties.some((pair) => !pair.includes('='))) return 'unsupported';
  return {
    verb: 'tag',
    kinds: [kind],
    names,
    args: {
      tags: Object.fromEntries(
        properties.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
      ),
    },
  };
}

function rule(rest: readonly string[], command: ShellCommand): CallResult {
  const port = Number(optionOf(command, '--dst-port') ?? Number.NaN);
  if (rest.length > 2) return undefined;
  if (!Number.isInteger(port) || rest.length < 2) return 'unsupported';
  const verb = rest[0] === 'create' ? 'open-port' : rest[0] === 'delete' ? 'close-port' : undefined;
  if (!verb) return 'unsupported';
  const call: CommandCall = {
    verb,
    kinds: ['security-group'],
    names: [rest[1]!],
    args: {
      port,
      ...textArg(command, 'protocol', '--protocol', '--proto'),
      ...textArg(command, 'cidr', '--remote-ip'),
    },
  };
  return call;
}

function textArg(command: ShellCommand, name: string, ...options: readonly string[]): Record<string, Json> {
  const value = optionOf(command, ...options);
  return value ? { [name]: value } : {};
}

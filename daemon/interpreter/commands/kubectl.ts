// kubectl's own grammar, as far as it has operations here. https://kubernetes.io/docs/reference/kubectl/

import type { Filter } from '../../../shared/model/reading.ts';
import type { Json } from '../../../shared/model/resource.ts';
import { type CallResult, type CommandCall, talk } from './call.ts';
import { optionOf, parseShell, type ShellCommand } from './shell.ts';

const kindWords: Readonly<Record<string, string>> = {
  po: 'pod',
  pod: 'pod',
  pods: 'pod',
  deploy: 'deployment',
  dc: 'deployment',
  deployment: 'deployment',
  deployments: 'deployment',
  'deployment.apps': 'deployment',
  sts: 'statefulset',
  statefulset: 'statefulset',
  statefulsets: 'statefulset',
  ds: 'daemonset',
  daemonset: 'daemonset',
  daemonsets: 'daemonset',
  svc: 'service',
  service: 'service',
  services: 'service',
  no: 'node',
  node: 'node',
  nodes: 'node',
  ns: 'namespace',
  project: 'namespace',
  projects: 'namespace',
  namespace: 'namespace',
  namespaces: 'namespace',
  cm: 'configmap',
  configmap: 'configmap',
  configmaps: 'configmap',
  cj: 'cronjob',
  cronjob: 'cronjob',
  cronjobs: 'cronjob',
  job: 'job',
  jobs: 'job',
};
const flags = new Set([
  '-A',
  '--all-namespaces',
  '--all',
  '-f',
  '--follow',
  '-p',
  '--previous',
  '--force',
  '--now',
  '--wait',
  '-w',
  '--watch',
  '--ignore-daemonsets',
  '--delete-emptydir-data',
  '--delete-local-data',
  '--show-labels',
  '--overwrite',
  '--no-headers',
  '--timestamps',
  '--all-containers',
]);
const workloads = ['deployment', 'statefulset', 'daemonset'];
const unsupported = new Set([
  'exec',
  'apply',
  'edit',
  'cp',
  'port-forward',
  'proxy',
  'run',
  'attach',
  'expose',
  'autoscale',
  'taint',
  'config',
  'auth',
  'debug',
  'replace',
  'annotate',
  'kustomize',
  'diff',
  'wait',
  'plugin',
  'certificate',
  'api-resources',
  'explain',
  'events',
  'cluster-info',
  'version',
]);

/** Reads the words after `kubectl`. */
export function readKubectl(words: readonly string[]): CallResult {
  const command = parseShell(
    words,
    words.includes('patch') ? new Set([...flags].filter((flag) => flag !== '-p')) : flags,
  );
  const verb = command?.words[0];
  if (!command || !verb) return undefined;
  if (unsupported.has(verb)) return command.words.length > 1 ? 'unsupported' : undefined;
  const rest = command.words.slice(1);
  switch (verb) {
    case 'get':
    case 'describe':
      return reading(rest, command);
    case 'delete':
      return onThings('delete', rest, command);
    case 'scale': {
      const replicas = optionOf(command, '--replicas') ?? '';
      // "+2" is no number of the tool; it may mean two more.
      return /^\d+$/.test(replicas)
        ? onThings('scale', rest, command, { replicas: Number(replicas) })
        : onThings('scale', rest, command);
    }
    case 'rollout':
      return rollout(rest, command);
    case 'set':
      return setImage(rest, command);
    case 'cordon':
    case 'uncordon':
    case 'drain': {
      const filter = rest.length === 0 ? selectedNodes(command) : undefined;
      if (filter) return { verb, kinds: ['node'], names: [], all: true, filter, args: {} };
      return rest.length > 0 && rest.every((name) => !talk.test(name) && !/^nodes?$/.test(name))
        ? { verb, kinds: ['node'], names: rest.map((name) => name.replace(/^nodes?\//, '')), args: {} }
        : undefined;
    }
    case 'label':
      return label(rest, command);
    case 'create':
      return create(rest, command);
    case 'new-project':
      return create(['namespace', ...rest], command);
    case 'logs':
      return logs(rest, command);
    case 'top':
      return top(rest, command);
    case 'patch':
      return patch(rest, command);
    default:
      return undefined;
  }
}

/** Kind and names of `RES NAME…` or `RES/NAME…`. */
function thingsOf(given: readonly string[]): { kind: string; names: readonly string[] } | undefined {
  // "deployments.apps", "cronjob.batch/nightly"
  const rest = given.map((word) => word.replace(/^([a-z]+)\.(?:v\d+\.)?(?:apps|batch|core)(?=\/|$)/i, '$1'));
  const first = rest[0] ?? '';
  if (first.includes('/')) {
    const pairs = rest.map((word) => word.split('/', 2));
    const kind = kindWords[pairs[0]![0]!.toLowerCase()];
    return kind && pairs.every((pair) => pair.length === 2 && kindWords[pair[0]!.toLowerCase()] === kind)
      ? { kind, names: pairs.map((pair) => pair[1]!) }
      : undefined;
  }
  const kind = Object.hasOwn(kindWords, first.toLowerCase()) ? kindWords[first.toLowerCase()] : undefined;
  return kind ? { kind, names: rest.slice(1) } : undefined;
}

function scopeOf(command: ShellCommand): Filter | undefined {
  const filter: Record<string, Json> = {};
  const namespace = optionOf(command, '-n', '--namespace');
  if (namespace) filter.namespace = namespace;
  const selector = optionOf(command, '-l', '--selector');
  const tags: Record<string, string> = {};
  for (const pair of selector?.split(',') ?? []) {
    const match = /^([\w./-]+)==?([\w.-]+)$/.exec(pair);
    if (!match) return undefined;
    if (match[1] === 'app') filter.app = match[2]!;
    else if (/(^|\/)zone$/.test(match[1]!)) filter.zone = match[2]!;
    else tags[match[1]!] = match[2]!;
  }
  if (Object.keys(tags).length > 0) filter.tags = tags;
  for (const pair of optionOf(command, '--field-selector')?.split(',') ?? []) {
    const match = /^(status\.phase|spec\.nodeName|metadata\.name|metadata\.namespace)(!?)==?([\w.-]+)$/.exec(
      pair,
    );
    if (!match) return undefined;
    const key = {
      'status.phase': 'status',
      'spec.nodeName': 'node',
      'metadata.name': 'name',
      'metadata.namespace': 'namespace',
    }[match[1]!]!;
    if (match[2] === '!') filter.not = [{ [key]: match[3]! }];
    else filter[key] = match[3]!;
  }
  return filter;
}

/** The nodes of `cordon -l zone=eu-a`; without a selector there are none. */
function selectedNodes(command: ShellCommand): Filter | undefined {
  return optionOf(command, '-l', '--selector') === undefined ? undefined : scopeOf(command);
}

function onThings(
  verb: string,
  rest: readonly string[],
  command: ShellCommand,
  args: CommandCall['args'] = {},
  kinds?: readonly string[],
): CallResult {
  const things = thingsOf(rest);
  const filter = scopeOf(command);
  if (!things || !filter || things.names.some((name) => talk.test(name))) return undefined;
  if (kinds && !kinds.includes(things.kind)) return 'unsupported';
  const all =
    (verb === 'rollout-restart' && things.names.length === 0 && filter.namespace !== undefined) ||
    command.options.has('--all') ||
    command.options.has('-l') ||
    command.options.has('--selector') ||
    command.options.has('--field-selector');
  if (things.names.length === 0 && !all) return { verb, kinds: [things.kind], names: [], args, filter };
  return { verb, kinds: [things.kind], names: things.names, all: things.names.length === 0, filter, args };
}

function reading(rest: readonly string[], command: ShellCommand): CallResult {
  const things = thingsOf(rest);
  const filter = scopeOf(command);
  if (!things || !filter || things.names.some((name) => talk.test(name))) return undefined;
  if (things.names.length === 0)
    return { verb: 'list', kinds: [things.kind], names: [], all: true, filter, args: {} };
  return { verb: 'show', kinds: [things.kind], names: things.names, filter, args: {} };
}

function rollout(rest: readonly string[], command: ShellCommand): CallResult {
  const [what, ...things] = rest;
  if (what === 'restart' || what === 'latest')
    return onThings('rollout-restart', things, command, {}, workloads);
  if (what === 'status' || what === 'history') return onThings('show', things, command, {}, workloads);
  if (what === 'pause' || what === 'resume')
    return onThings(what === 'pause' ? 'suspend' : 'resume', things, command, {}, ['deployment']);
  if (what !== 'undo') return undefined;
  const revision = optionOf(command, '--to-revision');
  return onThings('rollback', things, command, revision ? { to_revision: Number(revision) } : {}, workloads);
}

function setImage(rest: readonly string[], command: ShellCommand): CallResult {
  if (rest[0] !== 'image') return rest[0] === 'resources' || rest[0] === 'env' ? 'unsupported' : undefined;
  const pair = rest.findIndex((word) => /^[\w.*-]+=.+/.test(word));
  if (pair < 0 || rest.length > pair + 1) return undefined;
  return onThings(
    'set-image',
    rest.slice(1, pair),
    command,
    { image: rest[pair]!.slice(rest[pair]!.indexOf('=') + 1) },
    workloads,
  );
}

function label(rest: readonly string[], command: ShellCommand): CallResult {
  const first = rest.findIndex((word, at) => at > 0 && (/^[\w./-]+=/.test(word) || /^[\w./]+-$/.test(word)));
  if (first < 0) return undefined;
  const pairs = rest.slice(first);
  const things = rest.slice(0, first);
  if (pairs.every((word) => /=/.test(word)))
    return onThings('tag', things, command, {
      tags: Object.fromEntries(
        pairs.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
      ),
    });
  return pairs.every((word) => word.endsWith('-'))
    ? onThings('untag', things, command, { keys: pairs.map((word) => word.slice(0, -1)) })
    : undefined;
}

function create(rest: readonly string[], command: ShellCommand): CallResult {
  const [what, name] = rest;
  const kind = kindWords[what ?? ''];
  if (!kind) return undefined;
  const from = optionOf(command, '--from');
  const source = /^(?:cj|cronjobs?(?:\.batch)?)\/(.+)$/.exec(from ?? '')?.[1];
  if (kind === 'job' && source)
    return { verb: 'run', kinds: ['cronjob'], names: [source], filter: scopeOf(command), args: {} };
  if (!name || rest.length > 2 || talk.test(name)) return undefined;
  if (kind === 'namespace') return { verb: 'create', kinds: ['namespace'], names: [], args: { name } };
  const image = optionOf(command, '--image');
  if (kind !== 'deployment' && !(kind === 'job' && image)) return 'unsupported';
  const replicas = optionOf(command, '--replicas');
  const namespace = optionOf(command, '-n', '--namespace');
  return {
    verb: 'create',
    kinds: [kind],
    names: [],
    args: {
      name,
      ...(image ? { image } : {}),
      ...(replicas && kind === 'deployment' ? { replicas: Number(replicas) } : {}),
      ...(namespace ? { namespace } : {}),
    },
  };
}

function logs(rest: readonly string[], command: ShellCommand): CallResult {
  const [word] = rest;
  if (!word || rest.length > 2 || rest.some((one) => talk.test(one))) return undefined;
  const args: Record<string, Json> = {};
  const tail = optionOf(command, '--tail');
  if (tail) args.lines = Number(tail);
  const since = /^(\d+)([smhd])$/.exec(optionOf(command, '--since') ?? '');
  if (since)
    args.window_s =
      Number(since[1]) * { s: 1, m: 60, h: 3_600, d: 86_400 }[since[2] as 's' | 'm' | 'h' | 'd'];
  if (command.options.has('-p') || command.options.has('--previous')) args.previous = true;
  if (command.grep) args.grep = command.grep;
  const [head, name] = word.split('/', 2);
  const kind = name === undefined ? undefined : kindWords[head!.toLowerCase()];
  if (name !== undefined && !kind) return undefined;
  return {
    verb: 'logs',
    kinds: kind ? [kind] : ['pod', 'deployment', 'statefulset', 'daemonset', 'job'],
    names: [name ?? head!],
    filter: scopeOf(command),
    args,
  };
}

function top(rest: readonly string[], command: ShellCommand): CallResult {
  const things = thingsOf(rest);
  if (!things || (things.kind !== 'pod' && things.kind !== 'node')) return undefined;
  if (things.names.some((name) => talk.test(name))) return undefined;
  const sort = optionOf(command, '--sort-by');
  return {
    verb: 'metrics',
    kinds: [things.kind],
    names: things.names,
    all: things.names.length === 0,
    filter: scopeOf(command),
    args: { metric: sort === 'memory' ? 'memory' : 'cpu' },
  };
}

function patch(rest: readonly string[], command: ShellCommand): CallResult {
  const body = optionOf(command, '-p', '--patch') ?? '';
  const suspend = /"?suspend"?\s*:\s*(true|false)/.exec(body);
  const replicas = /^\s*\{\s*"?spec"?\s*:\s*\{\s*"?replicas"?\s*:\s*(\d+)\s*\}\s*\}\s*$/.exec(body);
  if (replicas) return onThings('scale', rest, command, { replicas: Number(replicas[1]) });
  const unschedulable =
    /^\s*\{\s*"?spec"?\s*:\s*\{\s*"?unschedulable"?\s*:\s*(true|false)\s*\}\s*\}\s*$/.exec(body);
  if (unschedulable)
    return onThings(unschedulable[1] === 'true' ? 'cordon' : 'uncordon', rest, command, {}, ['node']);
  if (!suspend) return 'unsupported';
  return onThings(suspend[1] === 'true' ? 'suspend' : 'resume', rest, command, {}, ['cronjob']);
}

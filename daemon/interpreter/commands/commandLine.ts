// Pasted command lines of kubectl, aws and openstack. They are strict languages: a line is read as what the tool
// itself would do with it, into the same operations as words, or it is said that this is not supported. Names have to
// be exact. What only begins like a command and goes on in words is handed back as words.

import type { Operation } from '../../../shared/model/operation.ts';
import type { Filter } from '../../../shared/model/reading.ts';
import type { Json, Resource } from '../../../shared/model/resource.ts';
import { compileFilter } from '../../graph/filter.ts';
import type { Attempt, DraftStep } from '../filling/attempt.ts';
import type { Read, Tools } from '../filling/readClause.ts';
import { looseKey } from '../inventory/inventory.ts';
import type { Trouble } from '../linking/scene.ts';
import type { Clause } from '../phrases/clause.ts';
import type { Cell } from '../words/cells.ts';
import { type Token, tokenise } from '../words/tokens.ts';
import { readAws } from './aws.ts';
import type { CallResult, CommandCall } from './call.ts';
import { readKubectl } from './kubectl.ts';
import { readOpenstack } from './openstack.ts';
import { pastedLine } from './pasted.ts';
import { splitShell } from './shell.ts';

export type CommandLine =
  | { readonly kind: 'reads'; readonly reads: readonly Read[] }
  | { readonly kind: 'unsupported'; readonly tool: string }
  /** No strict command: the words after the tool's name. */
  | { readonly kind: 'rest'; readonly tokens: readonly Token[] };

const lead = /^\s*(?:please\s+)?(?:run\s+|execute\s+)?[`$#>]*\s*(?:sudo\s+)?(kubectl|k|oc|aws|openstack)\s+/i;
const readers: Readonly<Record<string, (words: readonly string[]) => CallResult>> = {
  kubectl: readKubectl,
  k: readKubectl,
  oc: readKubectl,
  aws: readAws,
  openstack: readOpenstack,
};

/** Whose resources a tool speaks of; where none of them is here, of whatever is. */
const providers: Readonly<Record<string, string>> = { aws: 'aws', openstack: 'openstack' };

/** Command lines without their tool: `ec2 start-instances …`, `server add volume web-1 scratch`, `scale … --replicas=3`. */
const bareLines: readonly (readonly [string, RegExp])[] = [
  [
    'kubectl',
    /^\s*(rollout|scale|delete|get|describe|logs|set|label|create|patch)\s+\S+.*\s-(n|-namespace|-replicas|l)\b/,
  ],
  ['aws', /^\s*(ec2|rds|elbv2)\s+[a-z]+(-[a-z0-9]+)+(\s|$)/],
  ['openstack', /^\s*server (add|remove) (volume|floating ip) \S+ \S+\s*$/i],
  ['openstack', /^\s*(server|volume|floating ip|security group|subnet)\s+[a-z].*\s--[a-z]/],
];

/** Reads a pasted command line; undefined where the text is none. */
export function readCommandLine(given: string, tools: Tools): CommandLine | undefined {
  const text = withSame(pastedLine(given), tools);
  const match = lead.exec(text);
  const bare = match ? undefined : bareLines.find(([, pattern]) => pattern.test(text))?.[0];
  if ((!match && !bare) || isSetOfCloud(text, tools)) return undefined;
  const rest = (): CommandLine | undefined =>
    match
      ? {
          kind: 'rest',
          tokens: tokenise(given).filter((token) => token.start >= (lead.exec(given)?.[0].length ?? 0)),
        }
      : undefined;
  const commands = splitShell(
    text
      .trim()
      .replace(/^[`$#>\s]+|[`\s]+$/g, '')
      .replace(/^(please\s+)?(run|execute)\s+`?/i, '')
      .replace(/[.!?]$/, ''),
  );
  if (!commands) return match ? { kind: 'unsupported', tool: match[1]! } : undefined;
  // "…, then show its logs": the rest is said in words.
  if (commands.some((words) => words.some((word) => /^(then|afterwards|and)$|[a-z_][^,]*,$/i.test(word))))
    return rest();
  const reads: Read[] = [];
  let tool = match?.[1]?.toLowerCase() ?? bare!;
  for (const words of commands) {
    const named = words.findIndex((word) => Object.hasOwn(readers, word.toLowerCase()));
    if (named >= 0 && named <= 1) tool = words[named]!.toLowerCase();
    const call = readers[tool]!(named >= 0 && named <= 1 ? words.slice(named + 1) : words);
    if (call === 'unsupported') return { kind: 'unsupported', tool };
    if (call && call.names.length > 1 && call.names.some((name) => isPlaceWord(name, tools))) return rest();
    const plain = call && attemptOf(call, tools, providers[tool]);
    const attempt = plain && (onCreated(call, plain, reads) ?? plain);
    // Without the tool in front they may be words, where a name is none.
    if (!attempt || (!match && tool !== 'kubectl' && attempt.trouble?.because === 'missing')) return rest();
    reads.push({ clause: emptyClause(given, reads.length), attempts: [attempt] });
  }
  return { kind: 'reads', reads };
}

const same =
  /^(\S.*?)[,;]?\s+(?:and\s+)?(?:then\s+)?(?:do\s+)?(?:exactly\s+)?the\s+same\s+(?:for|with|on|to)\s+([a-z]\S*?)\s*[.!]?$/i;

/** "k rollout restart sts/a, then the same for deploy/b": the same line, with the other thing in the place of the one. */
function withSame(text: string, { inventory }: Tools): string {
  const [, line, other] = same.exec(text) ?? [];
  if (line === undefined || other === undefined) return text;
  const words = line.split(/\s+/);
  const isThing = (word: string, at: number): boolean =>
    !/^(-n|--namespace|-l|--context)$/.test(words[at - 1] ?? '') &&
    !word.startsWith('-') &&
    inventory.byKey(looseKey(word.slice(word.indexOf('/') + 1))).length > 0;
  const [thing, more] = words.filter(isThing);
  if (thing === undefined || more !== undefined) return text;
  const kind = thing.includes('/') && !other.includes('/') ? thing.slice(0, thing.indexOf('/') + 1) : '';
  if (other.includes('/') && !thing.includes('/')) return text;
  return `${line} && ${words.map((word) => (word === thing ? `${kind}${other}` : word)).join(' ')}`;
}

/** "k rollout restart deploy cart ns prod": where, said without an option. */
const isPlaceWord = (name: string, { inventory }: Tools): boolean =>
  /^(ns|namespace)$/i.test(name) ||
  (inventory.byKey(looseKey(name)).length === 1 && inventory.byKey(looseKey(name))[0]!.kind === 'namespace');

/** "aws keypairs", "openstack web-sg: allow 443": the cloud bounds a set or says which thing, and no tool is called. */
function isSetOfCloud(text: string, { lexicon, inventory }: Tools): boolean {
  const [cloud = '', named = '', ...more] = text.trim().toLowerCase().split(/\s+/).slice(0, 4);
  if (!/^(aws|openstack)$/.test(cloud)) return false;
  const words = [named, ...more];
  const isNamed = inventory.byKey(looseKey(named.replace(/[:,]$/, ''))).length > 0;
  if (isNamed && !/\s--?[a-z]/.test(text)) return true;
  const sensesOf = (one: string) =>
    lexicon
      .starting(one.replace(/[?.,!]$/, ''))
      .flatMap(({ words, senses }) => (words.length === 1 ? senses : []));
  const noun = words.findIndex((one) => sensesOf(one).some((sense) => sense.t === 'kind' && sense.plural));
  const isOrder = words
    .slice(0, noun)
    .some((one) => sensesOf(one).some(({ t }) => t === 'verb' || t === 'kind'));
  return noun >= 0 && !isOrder;
}

/** `security group create a && security group rule create … a`: what an earlier command makes. */
function onCreated(call: CommandCall, attempt: Attempt, before: readonly Read[]): Attempt | undefined {
  const [step] = attempt.steps;
  const { trouble } = attempt;
  if (!step || trouble?.about !== 'target' || trouble.because !== 'missing' || call.names.length !== 1)
    return undefined;
  const made = before
    .flatMap((read) => read.attempts[0]?.steps ?? [])
    .findIndex(
      ({ operation, args }) =>
        operation.verb === 'create' && operation.kind === step.operation.kind && args.name === call.names[0],
    );
  const isLacking = step.operation.args.some(
    (spec) => spec.required && spec.default === undefined && step.args[spec.name] === undefined,
  );
  return made < 0 || isLacking ? undefined : { steps: [{ ...step, created: made }], cost: 0 };
}

function emptyClause(text: string, index: number): Clause {
  const cell: Cell = {
    text,
    low: '',
    start: 0,
    end: text.length,
    quoted: true,
    senses: [],
    repaired: false,
    words: 1,
  };
  return {
    cells: [cell],
    link: index === 0 ? 'start' : 'then',
    verbs: [],
    nps: [],
    values: [],
    times: [],
    metrics: [],
    cues: new Map(),
    named: [],
    quotes: [],
    labels: new Set(),
    negated: false,
    unknown: [],
    scope: [],
  };
}

/** Looks names up; undefined where the operation does not exist for the kind. */
function attemptOf(call: CommandCall, tools: Tools, provider: string | undefined): Attempt | undefined {
  const poolOf = (kind: string): readonly Resource[] => {
    const all = tools.inventory.ofKind(kind);
    const own = provider ? all.filter((one) => one.provider === provider) : [];
    return own.length > 0 ? own : all;
  };
  const operations = call.kinds
    .map((kind) => tools.catalogue.get(`${call.verb}.${kind}`))
    .filter((one) => one !== undefined);
  const [first] = operations;
  if (!first) return undefined;
  const args: Record<string, Json> = { ...call.args };
  const linked = linkArguments(call, args, poolOf);
  if (linked) return { steps: [{ operation: first, args, evidence: [] }], cost: 0, trouble: linked };
  const required = first.args.find(
    (spec) => spec.required && spec.default === undefined && args[spec.name] === undefined,
  );
  if (first.target === 'none')
    return {
      steps: [{ operation: first, args, evidence: [] }],
      cost: 0,
      trouble: required && { about: `args.${required.name}`, candidates: [], because: 'unsaid' },
    };
  const target = targetOf(call, operations, poolOf, tools.nowMs);
  if (target.trouble)
    return { steps: [{ operation: target.operation, args, evidence: [] }], cost: 0, trouble: target.trouble };
  const step: DraftStep = {
    operation: target.operation,
    ids: target.ids,
    filter: target.filter,
    args,
    evidence: [],
  };
  return {
    steps: [step],
    cost: 0,
    trouble: required && { about: `args.${required.name}`, candidates: [], because: 'unsaid' },
  };
}

type PoolOf = (kind: string) => readonly Resource[];

function linkArguments(call: CommandCall, args: Record<string, Json>, poolOf: PoolOf): Trouble | undefined {
  for (const [name, ref] of Object.entries(call.refs ?? {})) {
    const found = poolOf(ref.kind).filter((resource) => isNamed(resource, ref.name));
    if (found.length !== 1 && name !== 'image')
      return {
        about: name === 'attached' ? 'target' : `args.${name}`,
        candidates: found,
        because: found.length === 0 ? 'missing' : 'ambiguous',
        text: ref.name,
      };
    args[name] = name === 'image' || name === 'security_groups' ? (found[0]?.name ?? ref.name) : found[0]!.id;
    if (name === 'security_groups') args[name] = [String(args[name])];
  }
  return undefined;
}

function targetOf(
  call: CommandCall,
  operations: readonly Operation[],
  poolOf: PoolOf,
  nowMs: number,
): { operation: Operation; ids?: readonly string[]; filter?: Filter; trouble?: Trouble } {
  const operation = operations[0]!;
  const filter = call.filter ?? {};
  const matches = compileFilter(filter);
  if (call.refs?.attached) {
    const ip = poolOf('floating-ip').find((resource) => isNamed(resource, call.refs!.attached!.name));
    const vm = ip?.attributes.attached_to;
    return typeof vm === 'string'
      ? { operation, ids: [vm] }
      : { operation, trouble: { about: 'target', candidates: [], because: 'none' } };
  }
  if (call.names.length === 0) {
    if (!call.all)
      return {
        operation,
        trouble: {
          about: 'target',
          candidates: poolOf(operation.kind)
            .filter((one) => matches(one, nowMs))
            .slice(0, 50),
          because: 'unsaid',
        },
      };
    // `delete ns --all` has no bounds; which of them a shell would have meant is not known here.
    if (operation.risk === 'destroy' && Object.keys(filter).length === 0)
      return { operation, trouble: { about: 'scope', candidates: [], because: 'unsaid' } };
    const ids = poolOf(operation.kind)
      .filter((one) => matches(one, nowMs))
      .map((one) => one.id);
    if (ids.length === 0 && operation.risk !== 'read')
      return { operation, trouble: { about: 'target', candidates: [], because: 'none' } };
    return { operation, ids, filter: Object.keys(filter).length > 0 ? filter : undefined };
  }
  let trouble: { operation: Operation; trouble: Trouble } | undefined;
  for (const one of operations) {
    const ids: string[] = [];
    let failed: Trouble | undefined;
    for (const name of call.names) {
      const pool = poolOf(one.kind);
      const isMeant = (resource: Resource): boolean => matches(resource, nowMs);
      const found = pool.filter((resource) => isNamed(resource, name) && isMeant(resource));
      if (found.length === 1) ids.push(found[0]!.id);
      else
        failed ??= {
          about: 'target',
          candidates:
            found.length > 0
              ? found
              : pool
                  .filter((one) => one.name.toLowerCase().startsWith(name.toLowerCase()) && isMeant(one))
                  .slice(0, 50),
          because: found.length > 0 ? 'ambiguous' : 'missing',
          text: name,
        };
    }
    if (!failed) return { operation: one, ids };
    if (!trouble || failed.candidates.length > 0) trouble = { operation: one, trouble: failed };
  }
  return trouble!;
}

function isNamed(resource: Resource, name: string): boolean {
  const low = name.toLowerCase();
  return (
    resource.name.toLowerCase() === low ||
    resource.id.slice(resource.id.lastIndexOf('/') + 1).toLowerCase() === low
  );
}

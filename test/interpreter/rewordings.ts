// One command said in many other ways than "verb, thing, amount": as a need, in the passive, as a wish, with its parts
// in another order, over two sentences, over two places, two commands with their order turned round. Each sentence is
// made from parts whose meaning is certain, so its plan is known; used by the tests that hold that.

import type { Json, Resource } from '../../shared/model/resource.ts';
import { type ExpectedStep, nameable } from './generator.ts';

export interface Reworded {
  /** How it is said. */
  readonly way: string;
  readonly text: string;
  readonly steps: readonly ExpectedStep[];
}

interface Deed {
  readonly base: string;
  readonly past: string;
  readonly noun: string;
  readonly name: string;
  /** " to 7 replicas". */
  readonly words: string;
  readonly step: ExpectedStep;
}

interface Said {
  readonly base: string;
  readonly past: string;
  readonly op: string;
  readonly words?: string;
  readonly args?: Readonly<Record<string, Json>>;
}

/** Of each kind so many things are spoken of. */
const perKind = 5;

function saidOf(kind: string, one: Resource, resources: readonly Resource[]): readonly Said[] {
  const near = (other: string): readonly Resource[] =>
    nameable(resources, other).filter((two) => two.connection === one.connection && two.id !== one.id);
  const flavor = resources.find(
    (two) => two.kind === 'flavor' && two.connection === one.connection && /[.\d]/.test(two.name),
  );
  switch (kind) {
    case 'vm': {
      const host = near('host')[0];
      return [
        { base: 'stop', past: 'stopped', op: 'stop.vm' },
        { base: 'start', past: 'started', op: 'start.vm' },
        { base: 'reboot', past: 'rebooted', op: 'reboot.vm' },
        { base: 'restart', past: 'restarted', op: 'reboot.vm' },
        { base: 'delete', past: 'deleted', op: 'delete.vm' },
        { base: 'shut down', past: 'shut down', op: 'stop.vm' },
        ...(flavor
          ? [
              {
                base: 'resize',
                past: 'resized',
                op: 'resize.vm',
                words: ` to ${flavor.name}`,
                args: { flavor: flavor.name },
              },
            ]
          : []),
        ...(host
          ? [
              {
                base: 'move',
                past: 'moved',
                op: 'migrate.vm',
                words: ` to ${host.name}`,
                args: { host: host.id },
              },
            ]
          : []),
      ];
    }
    case 'volume':
      return [
        { base: 'snapshot', past: 'snapshotted', op: 'snapshot.volume' },
        { base: 'delete', past: 'deleted', op: 'delete.volume' },
        ...(typeof one.attributes.size_gb === 'number'
          ? [
              {
                base: 'extend',
                past: 'extended',
                op: 'resize.volume',
                words: ' to 640 GB',
                args: { size_gb: 640 },
              },
            ]
          : []),
      ];
    case 'deployment':
      return [
        { base: 'restart', past: 'restarted', op: 'rollout-restart.deployment' },
        {
          base: 'scale',
          past: 'scaled',
          op: 'scale.deployment',
          words: ' to 7 replicas',
          args: { replicas: 7 },
        },
        { base: 'delete', past: 'deleted', op: 'delete.deployment' },
      ];
    case 'node':
      return [
        { base: 'cordon', past: 'cordoned', op: 'cordon.node' },
        { base: 'drain', past: 'drained', op: 'drain.node' },
      ];
    case 'cronjob':
      return [
        { base: 'suspend', past: 'suspended', op: 'suspend.cronjob' },
        { base: 'resume', past: 'resumed', op: 'resume.cronjob' },
      ];
    case 'database':
      return [{ base: 'reboot', past: 'rebooted', op: 'reboot.database' }];
    default:
      return [];
  }
}

function deedsOf(resources: readonly Resource[]): readonly Deed[] {
  return (['vm', 'volume', 'deployment', 'node', 'cronjob', 'database'] as const).flatMap((kind) =>
    nameable(resources, kind)
      .slice(0, perKind)
      .flatMap((one) =>
        saidOf(kind, one, resources).map(({ base, past, op, words = '', args = {} }) => ({
          base,
          past,
          noun: kind === 'vm' ? 'server' : kind,
          name: one.name,
          words,
          step: { op, ids: [one.id], args },
        })),
      ),
  );
}

/** One command in other words. */
const single: Readonly<Record<string, (deed: Deed) => readonly string[]>> = {
  needs: ({ name, past, words }) => [
    `${name} needs to be ${past}${words}`,
    `${name} has to be ${past}${words}`,
    `${name} must be ${past}${words} please`,
  ],
  should: ({ name, past, words, noun }) => [
    `${name} should be ${past}${words}`,
    `the ${noun} ${name} should be ${past}${words}, please`,
    `${name} is to be ${past}${words}`,
  ],
  wanted: ({ name, past, words, noun }) => [
    `I want ${name} ${past}${words}`,
    `we'd like to have ${name} ${past}${words}`,
    `I need the ${noun} ${name} ${past}${words} please`,
    `please have ${name} ${past}${words}`,
  ],
  get: ({ name, past, words }) => [
    `get ${name} ${past}${words}`,
    `can we get ${name} ${past}${words}?`,
    `let's get ${name} ${past}${words}`,
  ],
  seeTo: ({ name, past, words }) => [
    `make sure ${name} gets ${past}${words}`,
    `please see to it that ${name} is ${past}${words}`,
    `ensure that ${name} is ${past}${words}`,
  ],
  requested: ({ name, base, past, words, noun }) => [
    `it is requested that ${name} be ${past}${words}`,
    `could ${name} be ${past}${words}${base === 'delete' ? ' please' : ''}?`,
    `can the ${noun} ${name} be ${past}${words} please?`,
    `may I ask that ${name} is ${past}${words}`,
  ],
  objectFirst: ({ name, base, words, noun }) => [
    `${name}: ${base}${words}`,
    `${name} - please ${base} it${words}`,
    `${noun} ${name}, ${base} it${words}`,
  ],
  statement: ({ name, base, words, noun }) => [
    `the ${noun} ${name} makes trouble, please ${base} it${words}`,
    `${name} is not used anymore. ${base} it${words}`,
    `We have talked about ${name}. Please ${base} it${words}.`,
  ],
};

/** What people go back to, or hope for, before they come to the command. */
const turned: Readonly<Record<string, (deed: Deed) => readonly string[]>> = {
  reference: ({ name, base, past, words }) => [
    `per our chat yesterday, ${name} has to be ${past}${words}`,
    `as discussed, please ${base} ${name}${words}`,
    `following up on the meeting: ${base} ${name}${words}`,
    `Incident 8812: ${base} ${name}${words}`,
    `OPS-4411 (low prio): ${base} ${name}${words}`,
  ],
  needed: ({ name, base, words }) => [
    `it would be needed to ${base} ${name}${words}`,
    `${name}: ${base} pls${words}, its frozen`,
    `may I ask you to ${base} ${name}${words}`,
  ],
  state: ({ name, base, noun }) =>
    /^(start|stop)$/.test(base)
      ? [
          `can you please make the ${noun} ${name} ${base === 'start' ? 'running' : 'stopped'} again?`,
          `bring ${name} ${base === 'start' ? 'running' : 'stopped'} please`,
        ]
      : [],
  hoped: ({ name, base }) =>
    /^(restart|reboot)$/.test(base)
      ? [`${name} could use a ${base}`, `${name} hangs again, a ${base} would help`]
      : [],
};

/** Two commands, the first to be done first. */
const double: Readonly<Record<string, (first: Deed, second: Deed) => readonly string[]>> = {
  before: (first, second) => [
    `before you ${second.base} ${second.name}${second.words}, ${first.base} ${first.name}${first.words}`,
    `before ${second.name} is ${second.past}${second.words}, ${first.base} ${first.name}${first.words}`,
    `${first.base} ${first.name}${first.words} before ${second.name} is ${second.past}${second.words}`,
    `${first.name} must be ${first.past}${first.words} before ${second.name} is ${second.past}${second.words}`,
  ],
  after: (first, second) => [
    `after ${first.name} is ${first.past}${first.words}, ${second.base} ${second.name}${second.words}`,
    `once ${first.name} has been ${first.past}${first.words}, ${second.base} ${second.name}${second.words}`,
    `${second.base} ${second.name}${second.words} after ${first.name} is ${first.past}${first.words}`,
    `as soon as ${first.name} is ${first.past}${first.words} ${second.base} ${second.name}${second.words}`,
  ],
  first: (first, second) => [
    `first ${first.base} ${first.name}${first.words}, then ${second.base} ${second.name}${second.words}`,
    `${second.base} ${second.name}${second.words}, but first ${first.base} ${first.name}${first.words}`,
    `${first.base} ${first.name}${first.words} first, then ${second.base} ${second.name}${second.words}`,
  ],
  waits: (first, second) => [
    `${first.base} ${first.name}${first.words}, and once it is done ${second.base} ${second.name}${second.words}`,
    `${first.base} ${first.name}${first.words}, wait, then ${second.base} ${second.name}${second.words}`,
    `${first.base} ${first.name}${first.words}; when that is finished, ${second.base} ${second.name}${second.words}`,
  ],
  items: (first, second) => [
    `two things: 1. ${first.base} ${first.name}${first.words} 2. ${second.base} ${second.name}${second.words}`,
    `Release plan: 1) ${first.base} ${first.name}${first.words} 2) ${second.base} ${second.name}${second.words}`,
  ],
  passiveThen: (first, second) => [
    `${first.name} has to be ${first.past}${first.words} and then ${second.name} has to be ${second.past}${second.words}`,
    `${first.name} needs to be ${first.past}${first.words}, afterwards ${second.base} ${second.name}${second.words}`,
  ],
  lists: (first, second) => [
    `- ${first.base} ${first.name}${first.words}\n- ${second.base} ${second.name}${second.words}`,
    `1. ${first.base} ${first.name}${first.words}\n2. ${second.base} ${second.name}${second.words}`,
    `Please do the following:\n* ${first.base} ${first.name}${first.words}\n* ${second.base} ${second.name}${second.words}`,
    `step 1: ${first.base} ${first.name}${first.words}, step 2: ${second.base} ${second.name}${second.words}`,
  ],
};

const read = (op: string, ones: readonly Resource[], args: ExpectedStep['args']): ExpectedStep => ({
  op,
  ids: ones.map(({ id }) => id).sort(),
  args,
});

/** Amounts in another sentence, and going back to what was. */
function* amounts(resources: readonly Resource[]): Generator<Reworded> {
  for (const one of nameable(resources, 'deployment').slice(0, 2 * perKind)) {
    if (typeof one.attributes.replicas !== 'number') continue;
    const step = (replicas: number): ExpectedStep => read('scale.deployment', [one], { replicas });
    for (const text of [
      `The plan says 12 replicas. Apply that to ${one.name}`,
      `We agreed on 12 replicas. Set ${one.name} to that.`,
      `12 replicas is what we need. Please scale ${one.name} accordingly`,
      `let's get ${one.name} to 12 replicas`,
      `${one.name} should have 12 replicas`,
      `bring ${one.name} up to 12 replicas`,
      `${one.name} should go up to 12 replicas`,
      `${one.name} needs more room. twelve replicas.`,
    ])
      yield { way: 'amountApart', text, steps: [step(12)] };
    for (const text of [
      `scale ${one.name} to 0, afterwards scale it back to 2`,
      `scale ${one.name} to 0 and then back to 2`,
      `${one.name} to 0 replicas, then to 2 again`,
    ])
      yield { way: 'backAgain', text, steps: [step(0), step(2)] };
  }
  for (const one of nameable(resources, 'volume').slice(0, 2 * perKind)) {
    if (typeof one.attributes.size_gb !== 'number') continue;
    for (const text of [
      `We agreed on 640 GB. Please bring ${one.name} to that size.`,
      `The new size is 640 GB. Apply it to ${one.name}`,
      `640 GB were approved. Resize ${one.name} to that`,
      `${one.name} should have 640 GB`,
      `let's get ${one.name} to 640 GB`,
      `${one.name} needs more room. 640 GB.`,
    ])
      yield { way: 'amountApart', text, steps: [read('resize.volume', [one], { size_gb: 640 })] };
  }
}

/** Comparisons, what hangs on what, causes. */
function* questions(resources: readonly Resource[]): Generator<Reworded> {
  for (const kind of ['vm', 'database', 'deployment'] as const) {
    const some = nameable(resources, kind).slice(0, 2 * perKind);
    for (const [at, one] of some.entries()) {
      const other = some[(at + 1) % some.length]!;
      if (other === one) continue;
      for (const text of [
        `cpu of ${one.name} vs ${other.name}`,
        `cpu of ${one.name} compared to ${other.name}`,
        `cpu ${one.name} versus ${other.name}`,
        `compare the cpu of ${one.name} and ${other.name}`,
        `compare ${one.name} with ${other.name} by cpu`,
        `how does the cpu of ${one.name} compare to ${other.name}?`,
      ])
        yield {
          way: 'compared',
          text,
          steps: [read(`metrics.${kind}`, [one, other], { metric: 'cpu' })],
        };
      for (const text of [
        `what depends on ${one.name}`,
        `what depends of ${one.name}?`,
        `what does ${one.name} depend on`,
        `which services depend from ${one.name}?`,
        `on what does ${one.name} depend?`,
      ])
        yield { way: 'depends', text, steps: [read('topology.show', [one], {})] };
      for (const text of [
        `why is ${one.name} slow`,
        `why does ${one.name} keep crashing`,
        `wy is ${one.name} so slow`,
        `what is the cause that ${one.name} is slow?`,
        `any idea why ${one.name} keeps crashing`,
      ])
        yield { way: 'cause', text, steps: [read(`explain.${kind}`, [one], {})] };
    }
  }
}

/** A place moved before its command, in the second half of a sentence. */
function* moved(resources: readonly Resource[]): Generator<Reworded> {
  const groups = nameable(resources, 'security-group').slice(0, 2 * perKind);
  for (const [at, one] of groups.entries()) {
    const other = groups[(at + 1) % groups.length]!;
    if (other.id === one.id) continue;
    const port = (op: string, group: Resource, number: number): ExpectedStep =>
      read(`${op}.security-group`, [group], { port: number });
    yield {
      way: 'moved',
      text: `open port 8443 on ${one.name}, and on ${other.name} close 8022`,
      steps: [port('open-port', one, 8443), port('close-port', other, 8022)],
    };
  }
}

/** One command for namesakes in two places. */
function* places(resources: readonly Resource[]): Generator<Reworded> {
  const all = resources.filter(
    (one) => one.kind === 'deployment' && typeof one.attributes.replicas === 'number',
  );
  for (const one of all.filter(({ namespace }) => namespace === 'staging').slice(0, 2 * perKind)) {
    const other = all.find(({ name, namespace }) => name === one.name && namespace === 'dev');
    if (!other) continue;
    for (const text of [
      `scale ${one.name} to 3 in staging and in dev`,
      `scale ${one.name} to three replicas in staging and also in dev`,
      `scale ${one.name} to 3 in both staging and dev`,
      `scale ${one.name} to 3 in staging as well as in dev`,
      `scale ${one.name} in staging and dev to 3`,
    ])
      yield { way: 'twoPlaces', text, steps: [read('scale.deployment', [one, other], { replicas: 3 })] };
  }
}

/** Names that are only begun: "runner-1, -2 and -3". */
function* suffixes(resources: readonly Resource[]): Generator<Reworded> {
  const vms = nameable(resources, 'vm');
  for (const one of vms) {
    const [, stem = ''] = /^(.*\p{L}.*)-1$/u.exec(one.name) ?? [];
    const two = vms.find(({ name }) => stem !== '' && name === `${stem}-2`);
    const three = vms.find(({ name }) => stem !== '' && name === `${stem}-3`);
    if (two)
      yield { way: 'suffixes', text: `reboot ${stem}-1 and -2`, steps: [read('reboot.vm', [one, two], {})] };
    if (two && three)
      yield {
        way: 'suffixes',
        text: `please stop ${stem}-1, -2 and -3 for the night`,
        steps: [read('stop.vm', [one, two, three], {})],
      };
  }
}

/** Which of several namesakes, said behind a comma. */
function* appositions(resources: readonly Resource[]): Generator<Reworded> {
  const staged = resources.filter((one) => one.kind === 'deployment' && one.namespace === 'staging');
  for (const one of staged.slice(0, perKind))
    for (const text of [
      `restart the ${one.name} deployment, the one in staging`,
      `restart the deployment ${one.name}, the staging one, please`,
    ])
      yield { way: 'apposition', text, steps: [read('rollout-restart.deployment', [one], {})] };
}

/** All of them over an inventory, in a fixed order. */
export function* reworded(resources: readonly Resource[]): Generator<Reworded> {
  const deeds = deedsOf(resources);
  for (const [at, deed] of deeds.entries()) {
    for (const [way, say] of Object.entries({ ...single, ...turned }))
      for (const text of say(deed)) yield { way, text, steps: [deed.step] };
    const other = deeds[(at * 7 + 3) % deeds.length]!;
    // What waits for a destroy, or comes before one, is no order to destroy.
    if (other.name === deed.name || [deed, other].some(({ base }) => base === 'delete')) continue;
    for (const [way, say] of Object.entries(double))
      for (const text of say(deed, other)) yield { way, text, steps: [deed.step, other.step] };
  }
  yield* amounts(resources);
  yield* questions(resources);
  yield* places(resources);
  yield* moved(resources);
  yield* suffixes(resources);
  yield* appositions(resources);
}

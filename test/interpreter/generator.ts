// Sentences with a plan known by construction: the frames of the catalogue, ways to say them, and things that are
// there. Nothing here is taken from a set of test sentences. A sentence is only made where its plan is certain: the
// name fits one thing of the kind, and the verb stands for one operation of it.

import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { kindWords } from '../../daemon/catalogue/kindWords.ts';
import { looseKey } from '../../daemon/interpreter/inventory/inventory.ts';
import { type OperableKind, operableKinds } from '../../shared/model/kind.ts';
import type { Operation } from '../../shared/model/operation.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';

export interface ExpectedStep {
  readonly op: string;
  /** Sorted. */
  readonly ids: readonly string[];
  readonly args: Readonly<Record<string, Json>>;
}

export interface Phrase {
  readonly text: string;
  readonly steps: readonly ExpectedStep[];
}

interface Said {
  readonly words: string;
  readonly args: Readonly<Record<string, Json>>;
}

/** Ways to begin and to end; none of them says anything. */
const frames: readonly (readonly [string, string])[] = [
  ['', ''],
  ['please ', ''],
  ['could you ', '?'],
  ['can you please ', '?'],
  ['hey, ', ' please'],
  ['would you kindly ', '?'],
  ["i'd like to ", ''],
  ['we need to ', ' now'],
  ['go ahead and ', ''],
  ['ok, ', ', thanks'],
  ['please could you ', ' asap'],
  ['i want you to ', '.'],
  ["let's ", ''],
  ['hi team, ', ''],
];

/** Verbs that need a certain object or preposition and would be said otherwise. */
const idiomatic =
  /^(apply|assign|go with|go for|bear|put|give|make|change|set|switch|take|use|add|move|want|need|drop|remove|free|release|clear|pull|strip|turn|bring|send|push|replace|transform|shift|convert|hold|go back|get rid of|clean up|clean|close|open|new|have|get|order|kill|carry|bump|deploy|hand|link|map|bind|confirm|discard|deny|trash|bin|upgrade|downgrade|update|reserve|scale up|scale down|scale in|scale out|scale back|scale|halve|double|triple|cut|run|raise|lower|reduce|decrease|increase|grow|shrink|boost|trim|remove tag|stick|slap|evacuate|empty|shut|up|fire|launch|boot up|fire up|spin up|stand up|build|allocate|provision|set up|setup|instantiate|generate|start up|bring up|sweep|take out|do away with|clear out|clean out|retire|project|transfer|spin down|put up)\b/;

function plainWords(operation: Operation): readonly string[] {
  return operation.words.filter((word, rank) => {
    if (rank > 0 && idiomatic.test(word)) return false;
    if (
      /\b(of|on|from|off|the|tag|tags|label|image|port|a|an)$/.test(word) ||
      /\b(tag|label|image)\b/.test(word)
    )
      return rank === 0;
    for (const other of catalogue.values()) {
      if (other === operation || other.kind !== operation.kind || other.risk === 'read') continue;
      const shared = other.words.indexOf(word);
      if (shared >= 0 && shared <= rank) return false;
    }
    return true;
  });
}

/** Things of a kind that their name alone picks out among all that is there. */
export function nameable(resources: readonly Resource[], kind: string): readonly Resource[] {
  const keys = new Map<string, number>();
  for (const resource of resources)
    keys.set(looseKey(resource.name), (keys.get(looseKey(resource.name)) ?? 0) + 1);
  return resources.filter(
    (one) =>
      one.kind === kind &&
      keys.get(looseKey(one.name)) === 1 &&
      /[-\d]/.test(one.name) &&
      !/\s/.test(one.name),
  );
}

/** What an operation's arguments sound like, behind the name. */
function argumentPhrases(
  operation: Operation,
  target: Resource,
  resources: readonly Resource[],
): readonly Said[] {
  const flavors = resources
    .filter((one) => one.kind === 'flavor' && one.connection === target.connection)
    .slice(0, 4);
  const vms = nameable(resources, 'vm')
    .filter((one) => one.connection === target.connection)
    .slice(0, 4);
  const hosts = resources.filter((one) => one.kind === 'host' && one.connection === target.connection);
  const free = resources.filter(
    (one) =>
      one.kind === 'floating-ip' && one.connection === target.connection && !one.attributes.attached_to,
  );
  const size = typeof target.attributes.size_gb === 'number' ? target.attributes.size_gb : undefined;
  const replicas = typeof target.attributes.replicas === 'number' ? target.attributes.replicas : undefined;
  switch (operation.id) {
    case 'resize.vm':
    case 'resize.database':
      return flavors.flatMap(({ name }) =>
        [` to ${name}`, ` to flavor ${name}`].map((words) => ({ words, args: { flavor: name } })),
      );
    case 'resize.volume':
      return size === undefined
        ? []
        : [
            { words: ' to 640 GB', args: { size_gb: 640 } },
            { words: ' to 640G', args: { size_gb: 640 } },
            { words: ' to six hundred gigabytes', args: { size_gb: 600 } },
            { words: ' to 2TB', args: { size_gb: 2048 } },
            { words: ' to 1.5 TiB', args: { size_gb: 1536 } },
            { words: ' by 25 gigs', args: { size_gb: size + 25 } },
            { words: ' by 30 GiB', args: { size_gb: size + 30 } },
          ];
    case 'scale.deployment':
    case 'scale.statefulset':
      return replicas === undefined
        ? []
        : [
            { words: ' to 7', args: { replicas: 7 } },
            { words: ' to seven replicas', args: { replicas: 7 } },
            { words: ' to 0', args: { replicas: 0 } },
            { words: ' by 2', args: { replicas: replicas + 2 } },
            { words: ' up to 9 replicas', args: { replicas: 9 } },
          ];
    case 'attach.volume':
      return target.attributes.attached_to
        ? []
        : vms.map(({ name, id }) => ({ words: ` to ${name}`, args: { to: id } }));
    case 'migrate.vm':
      return hosts.map(({ name, id }) => ({ words: ` to ${name}`, args: { host: id } }));
    case 'assign-ip.vm':
      return free.map(({ name, id }) => ({ words: ` ${name}`, args: { ip: id } }));
    case 'open-port.security-group':
    case 'close-port.security-group':
      return [];
    case 'set-image.deployment':
    case 'set-image.statefulset':
    case 'set-image.daemonset':
      return [];
    case 'rollback.deployment':
    case 'rollback.statefulset':
    case 'rollback.daemonset':
      return [
        { words: '', args: {} },
        { words: ' to revision 2', args: { to_revision: 2 } },
        { words: ' to the previous version', args: {} },
      ];
    case 'silence.alert':
      return [
        { words: ' for 2 hours', args: { window_s: 7_200 } },
        { words: ' for 90 minutes', args: { window_s: 5_400 } },
      ];
    default:
      break;
  }
  if (operation.verb === 'tag')
    return [
      { words: ' with owner=maria', args: { tags: { owner: 'maria' } } },
      { words: ' with cost-center=42', args: { tags: { 'cost-center': '42' } } },
    ];
  if (operation.verb === 'untag') return [];
  return operation.args.some((spec) => spec.required && spec.default === undefined)
    ? []
    : [{ words: '', args: {} }];
}

function nounsOf(kind: OperableKind): readonly string[] {
  const { words } = kindWords[kind];
  return words
    .filter(
      (word) =>
        !/^(page|rule|request|approval|template|guest|droplet|cloud server|firewall|finding|outlier|incident|dep|vol|net|snap|drive|cron|host)$/.test(
          word,
        ),
    )
    .slice(0, 4);
}

function references(resource: Resource, kind: OperableKind, one: number): readonly string[] {
  const nouns = nounsOf(kind);
  const noun = nouns[one % nouns.length]!;
  const place = resource.namespace ?? resource.region;
  const withPlace =
    place && !/\s/.test(place)
      ? [`${resource.name} in ${place}`, `the ${noun} ${resource.name} in ${place}`]
      : [];
  return [
    resource.name,
    `the ${noun} ${resource.name}`,
    `${noun} ${resource.name}`,
    `the ${resource.name} ${noun}`,
    ...withPlace,
  ];
}

/** Changes of one named thing. */
export function* singleChanges(resources: readonly Resource[]): Generator<Phrase> {
  for (const operation of catalogue.values()) {
    if (
      operation.risk === 'read' ||
      operation.target === 'none' ||
      operation.verb === 'assign-ip' ||
      operation.verb === 'unassign-ip'
    )
      continue;
    const kind = operableKinds.find((one) => one === operation.kind);
    if (!kind) continue;
    let turn = 0;
    for (const target of nameable(resources, kind)) {
      for (const { words, args } of argumentPhrases(operation, target, resources))
        for (const verb of plainWords(operation)) {
          for (const reference of references(target, kind, turn++)) {
            const [before, after] = frames[turn++ % frames.length]!;
            yield {
              text: `${before}${verb} ${reference}${words}${after}`,
              steps: [{ op: operation.id, ids: [target.id], args }],
            };
          }
        }
    }
  }
}

/** Questions about one named thing. */
export function* singleReads(resources: readonly Resource[]): Generator<Phrase> {
  const spans: readonly (readonly [string, Readonly<Record<string, Json>>])[] = [
    ['', {}],
    [' for the last 3 hours', { window_s: 10_800 }],
    [' over the past 30 minutes', { window_s: 1_800 }],
    [' in the last 24h', { window_s: 86_400 }],
  ];
  const metrics = [
    ['cpu', 'cpu'],
    ['memory', 'memory usage'],
    ['latency', 'latency'],
    ['network', 'network traffic'],
    ['iops', 'iops'],
  ] as const;
  let turn = 0;
  for (const kind of ['vm', 'database', 'deployment', 'statefulset', 'node'] as const) {
    for (const target of nameable(resources, kind)) {
      for (const text of [
        `show ${target.name}`,
        `describe ${target.name}`,
        `show me the details of ${target.name}`,
        `what is the status of ${target.name}?`,
        `is ${target.name} running?`,
      ])
        yield { text, steps: [{ op: `show.${kind}`, ids: [target.id], args: {} }] };
      for (const [metric, said] of metrics)
        for (const text of [
          `${said} of ${target.name}`,
          `what is the ${said} of ${target.name}`,
          `show me ${said} on ${target.name}`,
          `${target.name} ${said}`,
        ]) {
          const [words, args] = spans[turn++ % spans.length]!;
          yield {
            text: `${text}${words}`,
            steps: [{ op: `metrics.${kind}`, ids: [target.id], args: { metric, ...args } }],
          };
        }
      for (const text of [
        `why is ${target.name} slow?`,
        `what is wrong with ${target.name}`,
        `diagnose ${target.name}`,
      ])
        yield { text, steps: [{ op: `explain.${kind}`, ids: [target.id], args: {} }] };
      if (!catalogue.has(`logs.${kind}`)) continue;
      for (const text of [
        `logs of ${target.name}`,
        `show me the logs of ${target.name}`,
        `tail the logs of ${target.name}`,
      ]) {
        const [words, args] = spans[turn++ % spans.length]!;
        yield { text: `${text}${words}`, steps: [{ op: `logs.${kind}`, ids: [target.id], args }] };
      }
    }
  }
}

interface Group {
  readonly words: (noun: string) => string;
  readonly ids: readonly string[];
}

/** Sets people speak of, with who is in them. */
function groupsOf(resources: readonly Resource[], kind: OperableKind): readonly Group[] {
  const all = resources.filter((one) => one.kind === kind);
  const groups: Group[] = [];
  const add = (words: Group['words'], test: (one: Resource) => boolean): void => {
    const ids = all.filter(test).map((one) => one.id);
    if (ids.length > 1) groups.push({ words, ids: ids.sort() });
  };
  for (const env of ['dev', 'staging', 'prod']) {
    const isIn = (one: Resource): boolean => (one.namespace ?? one.tags.env) === env;
    const certain = all.every((one) => one.namespace !== undefined || one.tags.env !== undefined);
    if (certain) {
      add((noun) => `${env} ${noun}`, isIn);
      add((noun) => `${noun} in ${env}`, isIn);
    }
  }
  for (const region of new Set(all.map((one) => one.region).filter((one) => one !== undefined)))
    add(
      (noun) => `${noun} in ${region}`,
      (one) => one.region === region,
    );
  const pairs = new Set(
    all.flatMap((one) => Object.entries(one.tags).map(([key, value]) => `${key}\n${value}`)),
  );
  for (const [key, value] of [...pairs].map((pair) => pair.split('\n') as [string, string]))
    if (/^[\w-]+$/.test(value)) {
      add(
        (noun) => `${noun} tagged ${key}=${value}`,
        (one) => one.tags[key] === value,
      );
      add(
        (noun) => `${noun} with tag ${key}=${value}`,
        (one) => one.tags[key] === value,
      );
    }
  if (kind === 'vm') {
    add(
      (noun) => `stopped ${noun}`,
      (one) => one.status === 'stopped',
    );
    add(
      (noun) => `${noun} that are running`,
      (one) => one.status === 'running',
    );
  }
  if (kind === 'volume') {
    add(
      (noun) => `unattached ${noun}`,
      (one) => one.attributes.attached_to === undefined,
    );
    add(
      (noun) => `${noun} bigger than 50 GB`,
      (one) => Number(one.attributes.size_gb) > 50,
    );
  }
  if (kind === 'pod') {
    add(
      (noun) => `${noun} with more than 5 restarts`,
      (one) => Number(one.attributes.restarts) > 5,
    );
    add(
      (noun) => `unhealthy ${noun}`,
      (one) => one.attributes.healthy === false,
    );
  }
  return groups;
}

/** Changes of and questions about sets, with and without exceptions. */
export function* bulk(resources: readonly Resource[]): Generator<Phrase> {
  let turn = 0;
  for (const kind of operableKinds) {
    const nouns = nounsOf(kind);
    for (const group of groupsOf(resources, kind)) {
      const noun = `${nouns[turn % nouns.length]!}s`.replace(/ys$/, 'ies');
      const said = group.words(noun);
      const spare = resources.find(
        (one) => group.ids.includes(one.id) && nameable(resources, kind).includes(one),
      );
      for (const lead of ['list', 'show me all', 'which', 'list all', 'how many']) {
        turn++;
        const text =
          lead === 'which'
            ? `which ${said} are there?`
            : lead === 'how many'
              ? `how many ${said} are there?`
              : `${lead} ${said}`;
        if (/that are|with more/.test(said) && /are there/.test(text)) continue;
        yield {
          text,
          steps: [{ op: `list.${kind}`, ids: group.ids, args: lead === 'how many' ? { agg: 'count' } : {} }],
        };
      }
      for (const operation of catalogue.values()) {
        if (operation.kind !== kind || operation.risk === 'read' || operation.target === 'none') continue;
        if (
          !/^(stop|start|reboot|delete|tag|rollout-restart|restart|cordon|suspend|snapshot)$/.test(
            operation.verb,
          )
        )
          continue;
        const target = resources.find((one) => one.id === group.ids[0])!;
        for (const { words, args } of argumentPhrases(operation, target, resources))
          for (const verb of plainWords(operation).slice(0, 5)) {
            const [before, after] = frames[turn++ % frames.length]!;
            const all = ['all', 'all the', 'every one of the', 'all of the'][turn % 4]!;
            yield {
              text: `${before}${verb} ${all} ${said}${words}${after}`,
              steps: [{ op: operation.id, ids: group.ids, args }],
            };
            if (!spare || words !== '') continue;
            const rest = group.ids.filter((id) => id !== spare.id);
            const except = ['except', 'other than', 'apart from', 'but not', 'excluding'][turn % 5]!;
            yield {
              text: `${before}${verb} ${all} ${said} ${except} ${spare.name}${after}`,
              steps: [{ op: operation.id, ids: rest, args }],
            };
          }
      }
    }
  }
}

/** Two steps in a row, also with "it". */
export function* multiStep(resources: readonly Resource[]): Generator<Phrase> {
  const joins = [' and then ', ', then ', ', after that ', '; then ', ' and ', ' and afterwards '];
  let turn = 0;
  const vms = nameable(resources, 'vm');
  for (const [index, vm] of vms.entries()) {
    const other = vms[(index + 1) % vms.length]!;
    const step = (op: string, one: Resource): ExpectedStep => ({ op, ids: [one.id], args: {} });
    for (const [first, second] of [
      ['stop', 'start'],
      ['snapshot', 'reboot'],
      ['reboot', 'snapshot'],
      ['stop', 'delete'],
      ['start', 'reboot'],
    ] as const) {
      const join = joins[turn++ % joins.length]!;
      yield {
        text: `${first} ${vm.name}${join}${second} it`,
        steps: [step(`${first}.vm`, vm), step(`${second}.vm`, vm)],
      };
      yield {
        text: `${first} ${vm.name}${join}${second} ${other.name}`,
        steps: [step(`${first}.vm`, vm), step(`${second}.vm`, other)],
      };
      yield {
        text: `before you ${second} ${vm.name}, ${first} it`,
        steps: [step(`${first}.vm`, vm), step(`${second}.vm`, vm)],
      };
    }
    yield {
      text: `${['create', 'make me', 'provision'][turn % 3]} a 40 GB volume called extra-${index} and attach it to ${vm.name}`,
      steps: [
        { op: 'create.volume', ids: [], args: { name: `extra-${index}`, size_gb: 40 } },
        { op: 'attach.volume', ids: ['$1'], args: { to: vm.id } },
      ],
    };
    yield {
      text: `stop ${vm.name} and ${other.name}`,
      steps: [{ op: 'stop.vm', ids: [vm.id, other.id].sort(), args: {} }],
    };
  }
}

/** Things that are made. */
export function* creates(resources: readonly Resource[]): Generator<Phrase> {
  const flavors = resources.filter((one) => one.kind === 'flavor');
  const images = resources.filter((one) => one.kind === 'image');
  let turn = 0;
  for (const flavor of flavors)
    for (const image of images) {
      const name = `fresh-${turn}`;
      const args = { name, flavor: flavor.name, image: image.name };
      const texts = [
        `create a VM named ${name} with flavor ${flavor.name} and image ${image.name}`,
        `launch a ${flavor.name} instance called ${name} from ${image.name}`,
        `spin up a new server named ${name}, flavor ${flavor.name}, image ${image.name}`,
        `please create a ${image.name} vm called ${name} with flavor ${flavor.name}`,
      ];
      for (const text of texts) yield { text, steps: [{ op: 'create.vm', ids: [], args }] };
      turn++;
    }
  for (let size = 10; size <= 600; size += 10)
    for (const text of [
      `create a ${size} GB volume named disk-${size}`,
      `make a new volume called disk-${size} with ${size}G`,
      `create volume disk-${size} of ${size} gigabytes`,
    ])
      yield {
        text,
        steps: [{ op: 'create.volume', ids: [], args: { name: `disk-${size}`, size_gb: size } }],
      };
  for (const kind of ['network', 'security-group', 'keypair', 'namespace'] as const)
    for (let at = 0; at < 20; at++)
      for (const text of [
        `create a ${kindWords[kind].words[0]} named team-${at}`,
        `create ${kindWords[kind].words[0]} team-${at}`,
      ])
        yield { text, steps: [{ op: `create.${kind}`, ids: [], args: { name: `team-${at}` } }] };
}

/** All sentences over an inventory, in a fixed order. */
export function* phrases(resources: readonly Resource[]): Generator<Phrase> {
  yield* singleChanges(resources);
  yield* singleReads(resources);
  yield* bulk(resources);
  yield* multiStep(resources);
  yield* creates(resources);
}

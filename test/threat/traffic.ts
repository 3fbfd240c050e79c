// Made traffic of a log: people in shifts with weekends and lapses, machines by the clock, and what ordinary life brings
// that looks odd (a new colleague, a clear-out, night duty, a first time). And attacks, each put into it at a time. All
// from a seed; nothing in here knows the model.

import type { Activity } from '../../daemon/executors/contract.ts';

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;
/** A Monday. */
export const mondayMs = Date.UTC(2026, 0, 5);

export type Random = () => number;

/** Mulberry32: small, and the same everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Draft = Omit<Activity, 'id'>;

const changes = [
  'start.vm',
  'stop.vm',
  'reboot.vm',
  'resize.vm',
  'create.vm',
  'attach.volume',
  'detach.volume',
  'create.volume',
  'create.snapshot',
  'scale.deployment',
  'restart.deployment',
  'tag.vm',
  'create.network',
  'resize.volume',
  'create.floating-ip',
  'rollback.deployment',
  'cordon.node',
  'drain.node',
  'create.keypair',
  'update.security-group',
];
const destroys = [
  'delete.vm',
  'delete.volume',
  'delete.snapshot',
  'delete.pod',
  'delete.floating-ip',
  'delete.network',
  'delete.image',
];
const reads = ['list', 'show', 'logs', 'metrics', 'topology', 'export'];

interface Person {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly addresses: readonly string[];
  /** Activities in an hour at work. */
  readonly pace: number;
  /** Share of changes, and of destroying among what is not reading. */
  readonly change: number;
  readonly destroy: number;
  readonly weekend: number;
}

const team: readonly Person[] = [
  {
    name: 'alice',
    from: 7,
    to: 16,
    addresses: ['10.0.0.11', '10.8.0.11'],
    pace: 6,
    change: 0.4,
    destroy: 0.12,
    weekend: 0.02,
  },
  {
    name: 'bob',
    from: 9,
    to: 18,
    addresses: ['10.0.0.12', '10.8.0.12'],
    pace: 4,
    change: 0.3,
    destroy: 0.1,
    weekend: 0.02,
  },
  {
    name: 'carol',
    from: 13,
    to: 22,
    addresses: ['10.0.0.13'],
    pace: 5,
    change: 0.5,
    destroy: 0.2,
    weekend: 0.05,
  },
  { name: 'dan', from: 8, to: 17, addresses: ['10.0.0.14'], pace: 2, change: 0.1, destroy: 0.02, weekend: 0 },
];
const newcomer: Person = {
  name: 'erin',
  from: 9,
  to: 17,
  addresses: ['10.0.0.15'],
  pace: 4,
  change: 0.3,
  destroy: 0.1,
  weekend: 0,
};

/** Few are used often and many seldom (Zipf). */
function pick<T>(list: readonly T[], random: Random): T {
  const weights = list.map((_, i) => 1 / (i + 1));
  let left = random() * weights.reduce((a, b) => a + b, 0);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left <= 0) return list[i]!;
  }
  return list.at(-1)!;
}

function several(mean: number, random: Random): number {
  let [count, product] = [0, random()];
  const end = Math.exp(-mean);
  while (product > end) {
    count++;
    product *= random();
  }
  return count;
}

function act(person: Person, atMs: number, random: Random): Draft {
  const region = random() < 0.85 ? 'eu-1' : 'eu-2';
  const isRead = random() >= person.change;
  const isDestroy = !isRead && random() < person.destroy;
  return {
    atMs,
    principal: person.name,
    verb: pick(isRead ? reads : isDestroy ? destroys : changes, random),
    does: isRead ? 'read' : isDestroy ? 'destroy' : 'change',
    outcome: random() < 0.03 ? 'refused' : random() < 0.03 ? 'failed' : 'done',
    target: `${region}:thing/${Math.floor(random() * 60)}`,
    region,
    address: pick(person.addresses, random),
  };
}

/** One day of a person: hours at work with pauses, now and then a late hour or night duty. */
function dayOf(person: Person, startMs: number, random: Random): Draft[] {
  const weekday = new Date(startMs).getUTCDay();
  const isWeekend = weekday === 0 || weekday === 6;
  if (random() < (isWeekend ? 1 - person.weekend : 0.06)) return [];
  const late = random() < 0.06 ? 1 + Math.floor(random() * 3) : 0;
  const drafts: Draft[] = [];
  for (let hour = person.from; hour < person.to + late; hour++) {
    const count = several(person.pace * (hour === 12 ? 0.3 : 1) * (0.3 + 1.4 * random()), random);
    for (let i = 0; i < count; i++) drafts.push(act(person, startMs + (hour + random()) * hourMs, random));
  }
  if (random() < 0.015)
    for (let i = 0; i < 4; i++) drafts.push(act(person, startMs + (23 + random() * 2) * hourMs, random));
  // Who mistypes a password does it some times in a row.
  const tries = random() < 0.1 ? 1 + Math.floor(random() * 3) : 0;
  const address = person.addresses[0]!;
  for (let i = 0; i <= tries; i++)
    drafts.push({
      atMs: startMs + person.from * hourMs + i * 8_000,
      principal: person.name,
      verb: 'sign in',
      does: 'sign-in',
      outcome: i < tries ? 'refused' : 'done',
      region: 'eu-1',
      address,
    });
  return drafts;
}

/** Machines: a pipeline that makes and destroys in working hours, a nightly backup that prunes, a monitor that reads. */
function machinesOf(startMs: number, random: Random): Draft[] {
  const drafts: Draft[] = [];
  const weekday = new Date(startMs).getUTCDay();
  const base = { outcome: 'done', region: 'eu-1' } as const;
  const runs = weekday === 0 || weekday === 6 ? several(1.5, random) : 5 + several(7, random);
  for (let run = 0; run < runs; run++) {
    const atMs = startMs + (6 + random() * 14) * hourMs;
    const size = 1 + several(3, random);
    for (let i = 0; i < size; i++) {
      const target = `eu-1:vm/ci-${Math.floor(random() * 1e9)}`;
      const by = { ...base, principal: 'pipeline', address: '10.0.1.1', target };
      drafts.push({ ...by, atMs: atMs + i * 2_000, verb: 'create.vm', does: 'change' });
      drafts.push({ ...by, atMs: atMs + 600_000 + i * 2_000, verb: 'delete.vm', does: 'destroy' });
    }
  }
  const night = startMs + 2 * hourMs + random() * 600_000;
  const backup = { ...base, principal: 'backup', address: '10.0.1.2' };
  drafts.push({ ...backup, atMs: night - 60_000, verb: 'mute.changed', does: 'silence' });
  for (let i = 0; i < 12 + several(3, random); i++) {
    drafts.push({
      ...backup,
      atMs: night + i * 30_000,
      verb: 'create.snapshot',
      does: 'change',
      target: `eu-1:volume/${i}`,
    });
    drafts.push({
      ...backup,
      atMs: night + i * 30_000 + 9_000,
      verb: 'delete.snapshot',
      does: 'destroy',
      target: `eu-1:snapshot/${Math.floor(random() * 1e9)}`,
    });
  }
  for (let hour = 0; hour < 24; hour++)
    for (let i = 0; i < 6; i++)
      drafts.push({
        ...base,
        atMs: startMs + hour * hourMs + i * 600_000,
        principal: 'monitor',
        address: '10.0.1.3',
        verb: 'list',
        does: 'read',
        target: `eu-1:list/${i}`,
      });
  return drafts;
}

/** Ordinary weeks. A colleague comes in one of them, and every few weeks somebody clears out. */
export function ordinaryWeeks(seed: number, weeks: number): Draft[] {
  const random = randomOf(seed);
  const joinsOn = 7 * (2 + Math.floor(random() * 4)) + Math.floor(random() * 5);
  const drafts: Draft[] = [];
  for (let day = 0; day < weeks * 7; day++) {
    const startMs = mondayMs + day * dayMs;
    for (const person of team) drafts.push(...dayOf(person, startMs, random));
    if (day >= joinsOn) drafts.push(...dayOf(newcomer, startMs, random));
    drafts.push(...machinesOf(startMs, random));
    if (random() < 1 / 25) {
      const person = pick(team, random);
      const atMs = startMs + (person.from + 1 + random() * (person.to - person.from - 2)) * hourMs;
      const things = 5 + several(5, random);
      for (let i = 0; i < things; i++)
        drafts.push({
          ...act(person, atMs + i * 20_000, random),
          verb: pick(destroys, random),
          does: 'destroy',
          outcome: 'done',
          target: `eu-1:old/${Math.floor(random() * 1e9)}`,
        });
    }
  }
  return drafts;
}

export const attacks = [
  'force',
  'stranger',
  'region',
  'night spree',
  'silence',
  'sweep',
  'guessed',
  'takeover',
] as const;
export type Attack = (typeof attacks)[number];

/** One attack at a time. Sizes and places vary with the seed. */
export function attackAt(kind: Attack, atMs: number, random: Random): Draft[] {
  const address = `203.0.113.${1 + Math.floor(random() * 250)}`;
  const size = 8 + Math.floor(random() * 30);
  const many = (count: number, gapMs: number, make: (i: number) => Partial<Draft>): Draft[] =>
    Array.from({ length: count }, (_, i) => ({
      principal: 'alice',
      verb: 'delete.vm',
      does: 'destroy',
      outcome: 'done',
      target: `eu-1:vm/${Math.floor(random() * 1e9)}`,
      region: 'eu-1',
      address: '10.0.0.11',
      ...make(i),
      atMs: atMs + i * gapMs,
    }));
  const signIn = { verb: 'sign in', does: 'sign-in', target: undefined } as const;
  switch (kind) {
    case 'force':
      return many(12 + size * 3, 4_000, () => ({
        ...signIn,
        principal: address,
        outcome: 'refused',
        address,
      }));
    case 'stranger':
      return many(2 + (size % 6), 30_000, (i) => ({ principal: 'svc-tmp', address, verb: destroys[i % 3]! }));
    case 'region':
      return many(3 + (size % 8), 60_000, (i) => ({
        principal: 'bob',
        region: 'ap-9',
        verb: 'create.vm',
        does: 'change',
        address: '10.0.0.12',
        target: `ap-9:vm/${i}`,
      }));
    case 'night spree':
      return many(size, 15_000, (i) => ({ principal: 'bob', verb: destroys[i % 4]!, address: '10.0.0.12' }));
    case 'silence':
      return [
        ...many(1, 0, () => ({
          principal: 'carol',
          verb: 'metrics.configured',
          does: 'silence',
          address: '10.0.0.13',
        })),
        ...many(3 + (size % 6), 40_000, (i) => ({
          principal: 'carol',
          verb: destroys[i % 3]!,
          address: '10.0.0.13',
        })).map((one) => ({ ...one, atMs: one.atMs + 300_000 })),
      ];
    case 'sweep':
      return many(60 + size * 4, 3_000, (i) => ({
        principal: 'dan',
        verb: reads[i % 5]!,
        does: 'read',
        address: '10.0.0.14',
      }));
    case 'guessed':
      return [
        ...many(8 + size, 5_000, () => ({ ...signIn, principal: 'dan', outcome: 'refused', address })),
        ...many(1, 0, () => ({ ...signIn, principal: 'dan', address })).map((one) => ({
          ...one,
          atMs: one.atMs + (10 + size) * 5_000,
        })),
      ];
    case 'takeover':
      return many(3 + (size % 5), 45_000, (i) => ({ principal: 'dan', address, verb: destroys[i % 5]! }));
  }
}

/** When an attack of a kind comes: sprees and take-overs at night, the others at any time. */
export function attackTime(kind: Attack, fromMs: number, weeks: number, random: Random): number {
  const day = fromMs + Math.floor(random() * weeks * 7) * dayMs;
  const isNight = kind === 'night spree' || kind === 'takeover' || kind === 'silence';
  return day + (isNight ? 1 + random() * 4 : random() * 24) * hourMs;
}

/** In the order of time, with ids. */
export function inOrder(drafts: readonly Draft[]): Activity[] {
  return [...drafts].sort((a, b) => a.atMs - b.atMs).map((draft, i) => ({ ...draft, id: `record ${i + 1}` }));
}

// One thing seen by two clouds: a Kubernetes node is a VM, a persistent volume is a volume of the cloud below, a service
// is reached by a load balancer, a server of one's own is a VM. Joined by what the things say of themselves (see
// `shared/model/attributes.ts`: provider_id, system_uuid, volume_handle, addresses), never by the name of a provider.
// Pure and incremental: it is told what changed and says whose relations are different now. It never guesses: two
// things that could be meant are none, and a private address, which many networks have, counts only with the same name.

import type { Json, Relation, RelationType, Resource } from '../../shared/model/resource.ts';

export interface Joins {
  /** Takes what changed; gives for each resource whose joined relations changed what they were and what they are. */
  update(upserts: readonly Resource[], removes: readonly string[]): ReadonlyMap<string, JoinChange>;
  /** Joined relations of a resource. */
  of(from: string): readonly Relation[];
}

export interface JoinChange {
  readonly before: readonly Relation[];
  readonly after: readonly Relation[];
}

/** What a resource can be found by, and what it looks for. */
interface Facts {
  readonly resource: Resource;
  readonly gives: readonly string[];
  readonly wants: readonly Want[];
}

interface Want {
  readonly key: string;
  readonly type: RelationType;
  /** A private address: only a thing of the same name is the same. */
  readonly needsName: boolean;
}

/** Nearly every key belongs to one resource, and a set for each would cost more than the rest. */
type Index = Map<string, string | Set<string>>;

const none: readonly Relation[] = [];
const nothing: readonly Want[] = [];

export function createJoins(): Joins {
  const known = new Map<string, Facts>();
  const givers: Index = new Map();
  const wanters: Index = new Map();
  const joined = new Map<string, readonly Relation[]>();

  const forget = (id: string, touched: Set<string>): void => {
    const facts = known.get(id);
    if (!facts) return;
    known.delete(id);
    for (const key of facts.gives) unlink(givers, key, id, touched);
    for (const { key } of facts.wants) unlink(wanters, key, id);
  };
  const learn = (facts: Facts, touched: Set<string>): void => {
    const { id } = facts.resource;
    known.set(id, facts);
    for (const key of facts.gives) link(givers, key, id, touched);
    for (const { key } of facts.wants) link(wanters, key, id);
  };
  const resolve = (id: string): readonly Relation[] => {
    const facts = known.get(id);
    for (const want of facts?.wants ?? []) {
      const to = theOne(want, facts!, listed(givers.get(want.key)), known);
      if (to !== undefined) return [{ from: id, type: want.type, to }];
    }
    return none;
  };

  return {
    of: (from) => joined.get(from) ?? none,
    update(upserts, removes) {
      const touched = new Set<string>();
      const affected = new Set<string>();
      for (const id of removes) {
        forget(id, touched);
        if (joined.has(id)) affected.add(id);
      }
      for (const resource of upserts) {
        const facts = factsOf(resource);
        const before = known.get(resource.id);
        if (!facts && !before) continue;
        if (facts && before && isSame(facts, before)) continue;
        forget(resource.id, touched);
        if (facts) learn(facts, touched);
        if (joined.has(resource.id) || facts?.wants.length) affected.add(resource.id);
      }
      for (const key of touched) for (const id of listed(wanters.get(key))) affected.add(id);
      const changes = new Map<string, JoinChange>();
      for (const id of affected) {
        const before = joined.get(id) ?? none;
        const after = resolve(id);
        if (before[0]?.to === after[0]?.to && before[0]?.type === after[0]?.type) continue;
        if (after.length > 0) joined.set(id, after);
        else joined.delete(id);
        changes.set(id, { before, after });
      }
      return changes;
    },
  };
}

/** The only thing of another connection that answers to the key; undefined for none and for more than one. */
function theOne(
  want: Want,
  facts: Facts,
  ids: readonly string[],
  known: ReadonlyMap<string, Facts>,
): string | undefined {
  const { connection } = facts.resource;
  const others = ids.filter((id) => known.get(id)?.resource.connection !== connection);
  const [only, ...more] = others;
  if (only === undefined || more.length > 0) return undefined;
  if (!want.needsName) return only;
  const names = namesOf(facts.resource);
  return namesOf(known.get(only)!.resource).some((name) => names.includes(name)) ? only : undefined;
}

function factsOf(resource: Resource): Facts | undefined {
  const gives = givesOf(resource);
  const wants = wantsOf(resource);
  if (gives.length + wants.length === 0) return undefined;
  return { resource, gives, wants };
}

function givesOf({ id, kind, attributes }: Resource): readonly string[] {
  const path = id.slice(id.lastIndexOf('/') + 1).toLowerCase();
  if (kind === 'vm') {
    const ids = [path, ...texts(attributes.uuid), ...texts(attributes.instance_uuid)];
    return distinct([
      ...ids.map((one) => `vm ${one}`),
      ...addressesOf(attributes).map(({ address }) => `at ${address}`),
    ]);
  }
  if (kind === 'volume') return [`volume ${path}`];
  if (kind !== 'load-balancer') return [];
  const { address, dns_name: name, ip, floating_ip: outside } = attributes;
  return distinct([address, name, ip, outside].flatMap(texts).map((one) => `balancer ${one}`));
}

function wantsOf({ kind, attributes }: Resource): readonly Want[] {
  const exact = (type: RelationType, key: string): Want => ({ type, key, needsName: false });
  const handle = texts(attributes.volume_handle)[0];
  if (handle !== undefined)
    return [exact('BACKED_BY', `volume ${handle.slice(handle.lastIndexOf('/') + 1)}`)];
  if (kind === 'service' || kind === 'ingress')
    return texts(attributes.floating_ip).map((one) => exact('HAS_ADDRESS', `balancer ${one}`));
  if (kind !== 'node' && kind !== 'host') return nothing;
  // The surest first: what the cloud itself calls the machine, then the firmware's number of it, then where it is.
  return [
    ...texts(attributes.provider_id).map((one) =>
      exact('RUNS_ON', `vm ${one.slice(one.lastIndexOf('/') + 1)}`),
    ),
    ...texts(attributes.system_uuid).map((one) => exact('RUNS_ON', `vm ${one}`)),
    ...addressesOf(attributes).map(
      ({ address, isPrivate }): Want => ({
        type: 'RUNS_ON',
        key: `at ${address}`,
        needsName: isPrivate,
      }),
    ),
  ];
}

/** Names without their domain: `web-1` and `web-1.example.com` are the same machine. */
function namesOf({ name, attributes }: Resource): readonly string[] {
  return distinct([name, ...texts(attributes.hostname)].map((one) => one.toLowerCase().split('.')[0]!));
}

function addressesOf(attributes: Resource['attributes']) {
  const { ip, floating_ip: outside, addresses } = attributes;
  const all = distinct([outside, ip, addresses].flatMap(texts));
  return all
    .filter((one) => isAddress.test(one) && !isLocal.test(one))
    .map((address) => ({
      address,
      isPrivate: isPrivate.test(address),
    }));
}

const isAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:]+)$/;
/** Loopback and link-local: every machine has them (RFC 1122, RFC 3927, RFC 4291). */
const isLocal = /^(?:127\.|0\.|169\.254\.|::1?$|fe80:)/;
/** RFC 1918, RFC 6598 and RFC 4193. */
const isPrivate =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/;

/** The texts in a value, lower case. */
function texts(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value.toLowerCase()];
  return Array.isArray(value)
    ? value.flatMap((one: Json) => (typeof one === 'string' ? texts(one) : []))
    : [];
}

function distinct(all: readonly string[]): readonly string[] {
  return all.length < 2 ? all : [...new Set(all)];
}

function isSame(a: Facts, b: Facts): boolean {
  const keysOf = ({ resource, gives, wants }: Facts): string =>
    [...namesOf(resource), '|', ...gives, '|', ...wants.map(({ key, type }) => `${type} ${key}`)].join('\n');
  return a.resource === b.resource || keysOf(a) === keysOf(b);
}

function link(index: Index, key: string, id: string, touched?: Set<string>): void {
  touched?.add(key);
  const ids = index.get(key);
  if (ids === undefined) index.set(key, id);
  else if (typeof ids === 'string') index.set(key, new Set([ids, id]));
  else ids.add(id);
}

function unlink(index: Index, key: string, id: string, touched?: Set<string>): void {
  touched?.add(key);
  const ids = index.get(key);
  if (ids === id || (typeof ids === 'object' && ids.delete(id) && ids.size === 0)) index.delete(key);
}

function listed(ids: string | ReadonlySet<string> | undefined): readonly string[] {
  if (ids === undefined) return [];
  return typeof ids === 'string' ? [ids] : [...ids];
}

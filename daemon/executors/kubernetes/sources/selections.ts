// Which workloads a service sends its calls to: that is in neither object, it follows from labels. Holds the labels of
// all workloads and the selectors of all services of one connection, and says which services changed their targets
// when a workload came, went or was relabelled.

import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import { edge } from '../mapping/place.ts';

type Labels = Readonly<Record<string, string>>;

interface Selecting {
  readonly resource: Resource;
  readonly selector: Labels;
  readonly relations: readonly Relation[];
}

export interface Selections {
  /** A workload as it is now; `labels` are those of its pods. */
  setWorkload(id: string, namespace: string, labels: Labels): void;
  removeWorkload(id: string): void;
  /** Removes workloads of a kind that a full list no longer has. */
  keepWorkloads(prefix: string, ids: ReadonlySet<string>): void;
  /** Gives all relations of the service, those to what it selects too. */
  setService(resource: Resource, selector: Labels, relations: readonly Relation[]): readonly Relation[];
  removeService(id: string): void;
  /** Services whose targets changed since this was asked last, with all their relations. */
  takeTouched(): { readonly resources: readonly Resource[]; readonly relations: readonly Relation[] };
  /** Called when there is something to take. */
  onDidTouch: (() => void) | undefined;
}

export function createSelections(): Selections {
  /** Namespace → id → labels. */
  const workloads = new Map<string, Map<string, Labels>>();
  const namespaceOf = new Map<string, string>();
  /** Namespace → id → service. */
  const services = new Map<string, Map<string, Selecting>>();
  const touched = new Map<string, string>();

  const relationsOf = ({ resource, selector, relations }: Selecting): readonly Relation[] => [
    ...relations,
    ...[...(workloads.get(resource.namespace ?? '') ?? [])].flatMap(([id, labels]) =>
      matches(selector, labels) ? [edge(resource.id, 'TARGETS', id)] : [],
    ),
  ];
  const touch = (namespace: string, ...labels: readonly (Labels | undefined)[]): void => {
    for (const [id, { selector }] of services.get(namespace) ?? [])
      if (labels.some((one) => one && matches(selector, one))) touched.set(id, namespace);
  };
  const forget = (id: string): void => {
    const namespace = namespaceOf.get(id);
    if (namespace === undefined) return;
    const labels = workloads.get(namespace)?.get(id);
    workloads.get(namespace)?.delete(id);
    namespaceOf.delete(id);
    touch(namespace, labels);
  };
  const tell = (): void => {
    if (touched.size > 0) selections.onDidTouch?.();
  };

  const selections: Selections = {
    onDidTouch: undefined,
    setWorkload(id, namespace, labels) {
      const inNamespace = workloads.get(namespace) ?? new Map<string, Labels>();
      workloads.set(namespace, inNamespace);
      const before = inNamespace.get(id);
      if (before && isSame(before, labels)) return;
      inNamespace.set(id, labels);
      namespaceOf.set(id, namespace);
      touch(namespace, before, labels);
      tell();
    },
    removeWorkload(id) {
      forget(id);
      tell();
    },
    keepWorkloads(prefix, ids) {
      for (const id of [...namespaceOf.keys()]) if (id.startsWith(prefix) && !ids.has(id)) forget(id);
      tell();
    },
    setService(resource, selector, relations) {
      const namespace = resource.namespace ?? '';
      const service = { resource, selector, relations };
      const inNamespace = services.get(namespace) ?? new Map<string, Selecting>();
      services.set(namespace, inNamespace.set(resource.id, service));
      touched.delete(resource.id);
      return relationsOf(service);
    },
    removeService(id) {
      for (const inNamespace of services.values()) inNamespace.delete(id);
      touched.delete(id);
    },
    takeTouched() {
      const taken = [...touched].flatMap(([id, namespace]) => services.get(namespace)?.get(id) ?? []);
      touched.clear();
      return { resources: taken.map((one) => one.resource), relations: taken.flatMap(relationsOf) };
    },
  };
  return selections;
}

/** An empty selector selects nothing: its endpoints are kept by hand. */
function matches(selector: Labels, labels: Labels): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}

function isSame(a: Labels, b: Labels): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

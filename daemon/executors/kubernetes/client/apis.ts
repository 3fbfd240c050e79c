// Which of the APIs this executor speaks a server serves, and under which path. Newest first; an old server answers
// by an older version, and what it does not serve at all is left out. Read once a connection and again after a while,
// since a cluster is upgraded under its clients.

import type { Cluster } from './cluster.ts';

/** Plural → group versions this executor can read, newest first. `''` is the core group. */
const spoken = {
  namespaces: ['v1'],
  nodes: ['v1'],
  pods: ['v1'],
  services: ['v1'],
  configmaps: ['v1'],
  secrets: ['v1'],
  persistentvolumes: ['v1'],
  persistentvolumeclaims: ['v1'],
  events: ['v1'],
  resourcequotas: ['v1'],
  deployments: ['apps/v1'],
  statefulsets: ['apps/v1'],
  daemonsets: ['apps/v1'],
  replicasets: ['apps/v1'],
  controllerrevisions: ['apps/v1'],
  jobs: ['batch/v1'],
  cronjobs: ['batch/v1', 'batch/v1beta1'],
  ingresses: ['networking.k8s.io/v1', 'networking.k8s.io/v1beta1', 'extensions/v1beta1'],
  horizontalpodautoscalers: ['autoscaling/v2', 'autoscaling/v2beta2', 'autoscaling/v1'],
  poddisruptionbudgets: ['policy/v1', 'policy/v1beta1'],
  customresourcedefinitions: ['apiextensions.k8s.io/v1'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Plural = keyof typeof spoken;

const clusterWide: ReadonlySet<Plural> = new Set<Plural>([
  'namespaces',
  'nodes',
  'persistentvolumes',
  'customresourcedefinitions',
]);

export interface Apis {
  /** Group version a plural is served under; undefined where the server does not. */
  versionOf(plural: Plural): string | undefined;
  /** Path of a collection, in a namespace or over all; throws where it is not served: ask `versionOf` first. */
  pathOf(plural: Plural, namespace?: string): string;
  /** Group version an eviction is to be written in; undefined where the server has no evictions. */
  readonly evictionVersion: string | undefined;
  readonly hasMetrics: boolean;
  readonly groups: readonly Group[];
  /** "v1.20.2". */
  readonly serverVersion: string;
}

export interface Group {
  readonly name: string;
  readonly versions: readonly { readonly groupVersion: string }[];
  readonly preferredVersion?: { readonly groupVersion: string };
}

interface ResourceList {
  readonly resources?: readonly {
    readonly name: string;
    readonly group?: string;
    readonly version?: string;
  }[];
}

/** Throws ProblemError where the server does not answer. */
export async function fetchApis(cluster: Cluster, signal: AbortSignal): Promise<Apis> {
  const what = 'ask which APIs it serves';
  const [version, list] = await Promise.all([
    cluster.call<{ readonly gitVersion?: string }>({ path: '/version', signal, what }),
    cluster.call<{ readonly groups?: readonly Group[] }>({ path: '/apis', signal, what }),
  ]);
  const groups = list.groups ?? [];
  const served = new Set(['v1', ...groups.flatMap((group) => group.versions.map((one) => one.groupVersion))]);
  const wanted = new Set(
    Object.values(spoken)
      .flat()
      .filter((groupVersion) => served.has(groupVersion)),
  );
  const resources = new Map<string, ResourceList>();
  await Promise.all(
    [...wanted].map(async (groupVersion) => {
      const path = groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`;
      resources.set(groupVersion, (await cluster.find<ResourceList>({ path, signal, what })) ?? {});
    }),
  );
  return describe(resources, groups, version.gitVersion ?? 'unknown');
}

function describe(
  lists: ReadonlyMap<string, ResourceList>,
  groups: readonly Group[],
  serverVersion: string,
): Apis {
  const versions = new Map<Plural, string>();
  for (const [plural, candidates] of Object.entries(spoken) as [Plural, readonly string[]][]) {
    const found = candidates.find((one) =>
      lists.get(one)?.resources?.some((resource) => resource.name === plural),
    );
    if (found) versions.set(plural, found);
  }
  const eviction = lists.get('v1')?.resources?.find((resource) => resource.name === 'pods/eviction');
  return {
    versionOf: (plural) => versions.get(plural),
    pathOf: (plural, namespace) => {
      const version = versions.get(plural);
      if (version === undefined) throw new Error(`the server does not serve ${plural}`);
      const root = version === 'v1' ? '/api/v1' : `/apis/${version}`;
      const scope =
        namespace === undefined || clusterWide.has(plural)
          ? ''
          : `/namespaces/${encodeURIComponent(namespace)}`;
      return `${root}${scope}/${plural}`;
    },
    evictionVersion: eviction && `${eviction.group ?? 'policy'}/${eviction.version ?? 'v1beta1'}`,
    hasMetrics: groups.some((group) => group.name === 'metrics.k8s.io'),
    groups,
    serverVersion,
  };
}

// A user of the lab who may look at everything and change things in one namespace only, made by impersonation so that
// the lab's own limited user stays as every suite expects it.

import type { KubernetesLab } from './kubernetesLab.ts';

export interface Viewer {
  readonly name: string;
  /** The user part of a kubeconfig. */
  user(lab: KubernetesLab): object;
}

export function viewerOf(suite: string): Viewer {
  const name = `viewer-${suite}`;
  return { name, user: (lab) => ({ token: lab.tokens.admin, as: name }) };
}

/** Grants the looking everywhere and the changing in one namespace; gives what takes it back. */
export async function allowViewer(
  lab: KubernetesLab,
  { name }: Viewer,
  space: string,
): Promise<() => Promise<void>> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const paths = [
    `${rbac}/clusterroles/${name}`,
    `${rbac}/clusterrolebindings/${name}`,
    `${rbac}/namespaces/${space}/rolebindings/${name}`,
  ];
  const remove = async () => {
    for (const path of paths) await lab.api.remove(path);
  };
  await remove();
  const subjects = [{ kind: 'User', name, apiGroup: 'rbac.authorization.k8s.io' }];
  const roleRef = (role: string) => ({
    kind: 'ClusterRole',
    name: role,
    apiGroup: 'rbac.authorization.k8s.io',
  });
  const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] }];
  await lab.api.create(`${rbac}/clusterroles`, { metadata: { name }, rules });
  await lab.api.create(`${rbac}/clusterrolebindings`, {
    metadata: { name },
    subjects,
    roleRef: roleRef(name),
  });
  await lab.api.create(`${rbac}/namespaces/${space}/rolebindings`, {
    metadata: { name },
    subjects,
    roleRef: roleRef('admin'),
  });
  return remove;
}

// What is used of the Kubernetes client, as the one door to it: it ships as a file of its own and is read when a
// cluster is first asked. Reached by a dynamic import alone.

export { KubeConfig } from '@kubernetes/client-node/dist/config.js';

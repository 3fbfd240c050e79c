// The nodes of the Kubernetes lab: two kubelets as far as the control plane sees them, without containers. A pod that
// is scheduled to one becomes Running and ready at once, a job's pod ends well after a moment, and what is deleted ends
// at once. Images say how their containers fare: one named `…nosuch…` cannot be pulled, `…crash…` crashes. Logs are
// answered by the kubelet's own API. Run as a program by up.sh: nodes.ts SETTINGS (a file of JSON).

import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { type KubeletPod, serveKubelet } from './kubelet.ts';

export interface NodesSettings {
  readonly server: string;
  readonly certificate: string;
  readonly token: string;
  readonly nodes: readonly string[];
  /** Of the kubelet API; the health of this process is told on the next one. */
  readonly port: number;
  readonly key: string;
  readonly keyCertificate: string;
}

interface Container {
  readonly name: string;
  readonly image: string;
}
interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly restartPolicy?: string;
    readonly containers: readonly Container[];
    readonly volumes?: readonly { readonly persistentVolumeClaim?: { readonly claimName: string } }[];
  };
  readonly status?: { readonly phase?: string };
}

const settings = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as NodesSettings;
const agent = new https.Agent({ ca: readFileSync(settings.certificate), keepAlive: true, maxSockets: 16 });
const heartbeatMs = 10_000;
const jobMs = 700;

function send(
  method: string,
  path: string,
  body?: unknown,
  contentType = 'application/json',
): Promise<number> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${settings.token}`,
    ...(text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const request = https.request(new URL(path, settings.server), { agent, method, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
    request.end(text);
  });
}

const merge = (path: string, body: unknown): Promise<number> =>
  send('PATCH', path, body, 'application/merge-patch+json');

/** Registers the nodes, and goes on saying that they live. */
async function beat(): Promise<void> {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  for (const [index, name] of settings.nodes.entries()) {
    const labels = { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' };
    const providerID = `openstack:///0000000${index}-1111-4222-8333-444444444444`;
    const amounts = { cpu: '32', memory: '256Gi', pods: '2000' };
    const status = {
      capacity: amounts,
      allocatable: amounts,
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: settings.port } },
      nodeInfo: { kubeletVersion: 'v1.20.2', osImage: 'none' },
      conditions: [
        { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'ready', lastHeartbeatTime: now },
      ],
    };
    if ((await merge(`/api/v1/nodes/${name}/status`, { status })) === 404) {
      await send('POST', '/api/v1/nodes', { metadata: { name, labels }, spec: { providerID }, status });
      await merge(`/api/v1/nodes/${name}/status`, { status });
    }
  }
}

const seen = new Map<string, KubeletPod>();

async function tend(pod: Pod): Promise<void> {
  const { name, namespace, uid, deletionTimestamp } = pod.metadata;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  if (deletionTimestamp !== undefined) {
    seen.delete(uid);
    await send('DELETE', path, { gracePeriodSeconds: 0, preconditions: { uid } });
    return;
  }
  if (seen.has(uid) || (pod.status?.phase !== undefined && pod.status.phase !== 'Pending')) return;
  const claims = (pod.spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim ? [persistentVolumeClaim.claimName] : [],
  );
  seen.set(uid, { name, namespace, claims });
  await merge(`${path}/status`, { metadata: { uid }, status: statusOf(pod) });
  const isTask = pod.spec.restartPolicy === 'Never' || pod.spec.restartPolicy === 'OnFailure';
  if (isTask && !troubleOf(pod))
    setTimeout(
      () => void merge(`${path}/status`, { metadata: { uid }, status: ended(pod) }).catch(log),
      jobMs,
    );
}

function troubleOf({ spec }: Pod): string | undefined {
  if (spec.containers.some(({ image }) => image.includes('nosuch'))) return 'ImagePullBackOff';
  return spec.containers.some(({ image }) => image.includes('crash')) ? 'CrashLoopBackOff' : undefined;
}

function statusOf(pod: Pod): object {
  const trouble = troubleOf(pod);
  const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const isReady = trouble === undefined ? 'True' : 'False';
  return {
    phase: trouble === 'ImagePullBackOff' ? 'Pending' : 'Running',
    podIP: '10.1.0.1',
    startTime: at,
    conditions: ['Initialized', 'ContainersReady', 'Ready', 'PodScheduled'].map((type) => ({
      type,
      status: type === 'Initialized' || type === 'PodScheduled' ? 'True' : isReady,
      lastTransitionTime: at,
    })),
    containerStatuses: pod.spec.containers.map(({ name, image }) => ({
      name,
      image,
      imageID: image,
      ready: trouble === undefined,
      restartCount: trouble === 'CrashLoopBackOff' ? 3 : 0,
      started: trouble === undefined,
      state: trouble
        ? { waiting: { reason: trouble, message: `back-off: ${image}` } }
        : { running: { startedAt: at } },
      ...(trouble === 'CrashLoopBackOff'
        ? { lastState: { terminated: { reason: 'Error', exitCode: 1, startedAt: at, finishedAt: at } } }
        : {}),
    })),
  };
}

function ended(pod: Pod): object {
  const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    phase: 'Succeeded',
    containerStatuses: pod.spec.containers.map(({ name, image }) => ({
      name,
      image,
      imageID: image,
      ready: false,
      restartCount: 0,
      state: { terminated: { reason: 'Completed', exitCode: 0, startedAt: at, finishedAt: at } },
    })),
  };
}

/** Follows the pods of one node for ever; what was there is told again after every break. */
async function follow(node: string): Promise<void> {
  for (;;) {
    try {
      await followOnce(node);
    } catch (error) {
      log(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function followOnce(node: string): Promise<void> {
  const path = `/api/v1/pods?watch=true&fieldSelector=spec.nodeName%3D${node}`;
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${settings.token}` };
    const own = { ca: readFileSync(settings.certificate), headers };
    const request = https.get(new URL(path, settings.server), own, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        reject(new Error(`watch: ${response.statusCode}`));
        return;
      }
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop()!;
        for (const line of lines) {
          const { type, object } = JSON.parse(line) as { type: string; object: Pod };
          if (type === 'DELETED') seen.delete(object.metadata.uid);
          else if (type === 'ADDED' || type === 'MODIFIED') void tend(object).catch(log);
        }
      });
      response.on('end', resolve);
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

function log(error: unknown): void {
  process.stderr.write(`${new Date().toISOString()} ${(error as Error).message}\n`);
}

serveKubelet(settings.port, readFileSync(settings.key), readFileSync(settings.keyCertificate), () => [
  ...seen.values(),
]);
http.createServer((_request, response) => response.end('ok')).listen(settings.port + 1, '127.0.0.1');
for (const node of settings.nodes) void follow(node);
for (;;) {
  await beat().catch(log);
  await new Promise((resolve) => setTimeout(resolve, heartbeatMs));
}

// A front with TLS before the lab's services, as real clouds have one: one https address, one path per service
// (/identity, /compute, …). Addresses inside JSON answers and Location headers, the catalog first of all, are
// rewritten so that a client that came in through the front stays in it. A test may also have the front lose,
// delay, refuse or cut single requests: that is how the outcome of a write becomes unknown. Plain loopback http is
// only spoken towards the lab. Started by tests in their own process.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type CertificateKind, makeCertificate } from './certificate.ts';
import type { OpenstackLab, OpenstackOrigins } from './openstackLab.ts';

export type FrontService = keyof OpenstackOrigins;

export type FrontRequest = {
  readonly service: FrontService;
  readonly method: string;
  /** Behind the service's own prefix, with the query: `/v2.1/servers/detail?limit=2`. */
  readonly path: string;
};

export type Fault =
  /** The connection ends before the cloud has seen the request. */
  | { readonly kind: 'loseRequest' }
  /** The cloud does it, and the connection ends instead of an answer. */
  | { readonly kind: 'loseAnswer' }
  /** The cloud does it, and the answer ends in the middle of its body. */
  | { readonly kind: 'cutAnswer' }
  /** Nothing ever comes back; the cloud has not seen the request. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** The front itself answers, like a load balancer: 429, 502, 503, an HTML page. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

export type TlsFront = {
  readonly authUrl: string;
  /** Clouds `admin` and `demo` (with `cacert`), `demo-untrusted` (without) and `demo-insecure` (`verify: false`). */
  readonly cloudsYaml: string;
  readonly caFile: string;
  readonly env: Readonly<Record<string, string>>;
  /** Called for every request; undefined lets it pass. */
  setFault: (fault: ((request: FrontRequest) => Fault | undefined) | undefined) => void;
  readonly requests: readonly FrontRequest[];
  readonly dispose: () => Promise<void>;
};

const rememberedMax = 10_000;
const answerBytesMax = 64 * 1024 * 1024;

export async function startTlsFront(
  lab: OpenstackLab,
  options: { readonly certificate?: CertificateKind } = {},
): Promise<TlsFront> {
  const certificate = await makeCertificate(options.certificate ?? 'selfSigned');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pilothouse-front-'));
  const requests: FrontRequest[] = [];
  let fault: ((request: FrontRequest) => Fault | undefined) | undefined;

  const server = https.createServer(
    { key: certificate.key, cert: certificate.certificate },
    (incoming, outgoing) => {
      const found = splitPath(lab.origins, incoming.url ?? '/');
      if (found === undefined) {
        outgoing.writeHead(404).end();
        return;
      }
      const request = { service: found.service, method: incoming.method ?? 'GET', path: found.path };
      if (requests.length < rememberedMax) requests.push(request);
      void pass(request, incoming, outgoing, { origins: lab.origins, front, fault: fault?.(request) });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const authUrl = `${front}/identity/v3`;
  const caFile = path.join(folder, 'ca.pem');
  const cloudsYaml = path.join(folder, 'clouds.yaml');
  await writeFile(caFile, certificate.authority);
  await writeFile(cloudsYaml, cloudsBehind(lab, authUrl, caFile));
  return {
    authUrl,
    caFile,
    cloudsYaml,
    env: { OS_CLIENT_CONFIG_FILE: cloudsYaml },
    setFault: (next) => {
      fault = next;
    },
    requests,
    dispose: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Passage = {
  readonly origins: OpenstackOrigins;
  readonly front: string;
  readonly fault: Fault | undefined;
};

async function pass(
  request: FrontRequest,
  incoming: http.IncomingMessage,
  outgoing: http.ServerResponse,
  { origins, front, fault }: Passage,
): Promise<void> {
  switch (fault?.kind) {
    case 'loseRequest':
      incoming.socket.destroy();
      return;
    case 'hang':
      incoming.resume();
      return;
    case 'answer':
      incoming.resume();
      outgoing.writeHead(fault.status, { ...fault.headers }).end(fault.body ?? '');
      return;
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      break;
    case 'loseAnswer':
    case 'cutAnswer':
    case undefined:
      break;
  }
  const origin = new URL(origins[request.service]);
  const onward = http.request(
    {
      host: origin.hostname,
      port: origin.port,
      method: request.method,
      path: request.path,
      agent: false,
      // An answer in plain text can be rewritten; a Host of the lab's own keeps the links in it recognizable.
      headers: { ...incoming.headers, host: origin.host, 'accept-encoding': 'identity', connection: 'close' },
    },
    (answer) => {
      if (fault?.kind === 'loseAnswer') {
        answer.resume();
        answer.on('end', () => incoming.socket.destroy());
        return;
      }
      returnAnswer(answer, outgoing, { origins, front, cut: fault?.kind === 'cutAnswer' });
    },
  );
  onward.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else
      outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>');
  });
  incoming.pipe(onward);
}

function returnAnswer(
  answer: http.IncomingMessage,
  outgoing: http.ServerResponse,
  options: { readonly origins: OpenstackOrigins; readonly front: string; readonly cut: boolean },
): void {
  const rewrite = (text: string) => rewriteOrigins(text, options.origins, options.front);
  const { connection: _connection, 'transfer-encoding': _encoding, ...headers } = answer.headers;
  if (headers.location !== undefined) headers.location = rewrite(headers.location);
  const isJson = /json/.test(headers['content-type'] ?? '');
  if (!isJson && !options.cut) {
    outgoing.writeHead(answer.statusCode ?? 502, headers);
    answer.pipe(outgoing);
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > answerBytesMax) answer.destroy(new Error('an answer larger than any of the lab'));
    else chunks.push(chunk);
  });
  answer.on('error', () => outgoing.destroy());
  answer.on('end', () => {
    const body = Buffer.from(rewrite(Buffer.concat(chunks).toString('utf8')));
    outgoing.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': String(body.length) });
    if (options.cut) outgoing.write(body.subarray(0, body.length >> 1), () => outgoing.destroy());
    else outgoing.end(body);
  });
}

function splitPath(
  origins: OpenstackOrigins,
  url: string,
): { service: FrontService; path: string } | undefined {
  const match = /^\/([a-z]+)(\/.*|\?.*)?$/.exec(url);
  const service = match?.[1];
  if (service === undefined || !Object.hasOwn(origins, service)) return undefined;
  const rest = match?.[2] ?? '/';
  return { service: service as FrontService, path: rest.startsWith('?') ? `/${rest}` : rest };
}

function rewriteOrigins(text: string, origins: OpenstackOrigins, front: string): string {
  let result = text;
  for (const [service, origin] of Object.entries(origins))
    result = result.replaceAll(origin, `${front}/${service}`);
  return result;
}

function cloudsBehind(lab: OpenstackLab, authUrl: string, caFile: string): string {
  const entry = (name: string, user: 'admin' | 'demo', trust: string) => `
  ${name}:
    region_name: ${lab.region}
    identity_api_version: 3
${trust}    auth:
      auth_url: ${authUrl}
      username: ${user}
      password: ${lab.passwords[user]}
      project_name: ${user}
      user_domain_name: Default
      project_domain_name: Default`;
  const trusted = `    cacert: ${caFile}\n`;
  return `clouds:${entry('admin', 'admin', trusted)}${entry('demo', 'demo', trusted)}${entry(
    'demo-untrusted',
    'demo',
    '',
  )}${entry('demo-insecure', 'demo', '    verify: false\n')}\n`;
}

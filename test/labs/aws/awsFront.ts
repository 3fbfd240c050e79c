// A proxy before moto, for suites. It puts right what moto does otherwise than AWS: a ClientToken makes one thing, a
// dry run changes nothing, an instance that is stopped or started takes a moment, the type of a running instance cannot be changed, a stopped one
// cannot be rebooted, an ECS service follows its wish, keys that nobody gave out are refused. And it stages the
// disasters AWS does not make on demand: too many requests, expired keys, missing rights, answers that are lost, end
// half-way or never come. It counts what it is asked, past everything that is tested.

import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export type Fault =
  /** Refused with this code, before moto hears of it. */
  | { readonly kind: 'refuse'; readonly code: string; readonly message?: string; readonly status?: number }
  /** Carried out, and the answer is lost: the connection is cut. */
  | { readonly kind: 'lose' }
  /** The answer stops half-way, and the connection stays open. */
  | { readonly kind: 'half' }
  /** The connection is taken, and nothing ever comes. */
  | { readonly kind: 'silent' };

export interface Front {
  readonly endpoint: string;
  /** Stages a fault for requests whose action fits, so many times (default: until `heal`). */
  fail(action: RegExp, fault: Fault, times?: number): void;
  heal(): void;
  /** How often an action was asked for; all of them without one. */
  count(action?: string): number;
  /** Access keys that are refused as unknown, or as expired. */
  refuseKey(key: string, how: 'unknown' | 'expired'): void;
  dispose(): Promise<void>;
}

interface Staged {
  readonly action: RegExp;
  readonly fault: Fault;
  left: number;
}

interface Asked {
  readonly action: string;
  readonly form: URLSearchParams;
  readonly style: 'ec2' | 'query' | 'json';
  readonly key: string;
}

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** How long an instance is on its way, in ms. */
const transitionMs = 900;
const onTheWay: Readonly<Record<string, readonly [settled: string, meanwhile: string]>> = {
  RunInstances: ['running', 'pending'],
  StartInstances: ['running', 'pending'],
  StopInstances: ['stopped', 'stopping'],
  TerminateInstances: ['terminated', 'shutting-down'],
};

/** Writes of which moto carries out the dry run, too: the front answers it as EC2 does. */
const notDry = [
  'AssociateAddress',
  'CreateSubnet',
  'CreateVolume',
  'CreateVpc',
  'DeleteSubnet',
  'DeleteVpc',
  'ModifyInstanceAttribute',
];

export async function startFront(target: string): Promise<Front> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  const staged: Staged[] = [];
  const counts = new Map<string, number>();
  const keys = new Map<string, 'unknown' | 'expired'>();
  const tokens = new Map<string, Promise<Answer>>();
  const standing = new Map<string, Promise<Answer>>();
  const transitions = new Map<string, { readonly untilMs: number; readonly action: string }>();

  const forward = (request: http.IncomingMessage, body: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const outgoing = http.request(
        new URL(request.url ?? '/', target),
        { method: request.method, headers: { ...request.headers, host: new URL(target).host }, agent },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 500,
              headers: incoming.headers,
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  /** What AWS would check that moto does not. */
  const refusalOf = async (asked: Asked, request: http.IncomingMessage): Promise<Answer | undefined> => {
    const how = keys.get(asked.key);
    if (how === 'unknown')
      return refusal(asked, asked.style === 'ec2' ? 'AuthFailure' : 'InvalidClientTokenId', 403);
    if (how === 'expired')
      return refusal(asked, asked.style === 'ec2' ? 'RequestExpired' : 'ExpiredToken', 403);
    if (asked.form.get('DryRun') === 'true')
      return notDry.includes(asked.action) ? refusal(asked, 'DryRunOperation', 412) : undefined;
    const isResize = asked.action === 'ModifyInstanceAttribute' && asked.form.has('InstanceType.Value');
    const isReboot = asked.action === 'RebootInstances';
    if (!isResize && !isReboot) return undefined;
    const id = asked.form.get(isResize ? 'InstanceId' : 'InstanceId.1') ?? '';
    const query = new URLSearchParams({
      Action: 'DescribeInstances',
      Version: '2016-11-15',
      'InstanceId.1': id,
    });
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: request.headers.authorization ?? '',
    };
    const state = await (await fetch(target, { method: 'POST', headers, body: query })).text();
    const isRunning = /<instanceState>\s*<code>\d+<\/code>\s*<name>running<\/name>/.test(state);
    if (isResize === isRunning) return refusal(asked, 'IncorrectInstanceState', 400);
    return undefined;
  };

  let rollouts = 0;
  const answerOf = async (asked: Asked, request: http.IncomingMessage, body: Buffer): Promise<Answer> => {
    const refused = await refusalOf(asked, request);
    if (refused) return refused;
    if (asked.action === 'GetProducts') return priceList();
    if (asked.action === 'DescribeOrderableDBInstanceOptions') return offeredClasses(asked);
    if (asked.action === 'UpdateService' && String(body).includes('forceNewDeployment')) rollouts += 1;
    const token = asked.form.get('ClientToken');
    if (token && asked.form.get('DryRun') !== 'true') {
      const key = `${asked.action} ${token}`;
      const known = tokens.get(key) ?? forward(request, body);
      tokens.set(key, known);
      return known;
    }
    // A thousand types that never change, and a second of moto's time each time they are asked for.
    if (asked.action === 'DescribeInstanceTypes') {
      const known = standing.get(String(body)) ?? forward(request, body);
      standing.set(String(body), known);
      return known;
    }
    return forward(request, body);
  };

  /** Instances that were told something are on their way for a moment. */
  const note = (asked: Asked, answer: Answer): void => {
    if (!onTheWay[asked.action] || answer.status !== 200) return;
    for (const [, id = ''] of String(answer.body).matchAll(/<instanceId>(i-[0-9a-f]+)<\/instanceId>/g))
      transitions.set(id, { untilMs: Date.now() + transitionMs, action: asked.action });
  };

  const rewrite = (asked: Asked, answer: Answer): Answer => {
    if (asked.action === 'DescribeServices' && answer.status === 200) {
      const told = JSON.parse(String(answer.body)) as { services?: Record<string, unknown>[] };
      for (const service of told.services ?? [])
        Object.assign(service, {
          runningCount: service.desiredCount,
          pendingCount: 0,
          deployments: [
            {
              id: `rollout-${rollouts}`,
              status: 'PRIMARY',
              rolloutState: 'COMPLETED',
              desiredCount: service.desiredCount,
            },
          ],
        });
      return { ...answer, body: Buffer.from(JSON.stringify(told)) };
    }
    if (asked.action !== 'DescribeInstances' || transitions.size === 0) return answer;
    const text = String(answer.body).replace(
      /(<instanceId>(i-[0-9a-f]+)<\/instanceId>[\s\S]*?<instanceState>\s*<code>\d+<\/code>\s*<name>)([a-z-]+)(<\/name>)/g,
      (whole, before: string, id: string, state: string, after: string) => {
        const transition = transitions.get(id);
        const [settled, meanwhile] = (transition && onTheWay[transition.action]) || [];
        const isOnTheWay = transition && Date.now() < transition.untilMs && state === settled;
        return isOnTheWay ? `${before}${meanwhile}${after}` : whole;
      },
    );
    return { ...answer, body: Buffer.from(text) };
  };

  const serve = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const asked = readAsked(request, body);
    counts.set(asked.action, (counts.get(asked.action) ?? 0) + 1);
    const stage = staged.find((one) => one.left > 0 && one.action.test(asked.action));
    if (stage) stage.left -= 1;
    const fault = stage?.fault;
    if (fault?.kind === 'silent') return;
    if (fault?.kind === 'refuse')
      return send(response, refusal(asked, fault.code, fault.status ?? 400, fault.message));
    const answer = rewrite(asked, await answerOf(asked, request, body));
    note(asked, answer);
    if (fault?.kind === 'lose') response.destroy();
    else if (fault?.kind === 'half') {
      response.writeHead(answer.status, {
        ...plain(answer.headers),
        'content-length': String(answer.body.length),
      });
      response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)));
    } else send(response, answer);
  };

  const server = http.createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    fail: (action, fault, times = Number.POSITIVE_INFINITY) =>
      void staged.push({ action, fault, left: times }),
    heal: () => {
      staged.length = 0;
      keys.clear();
    },
    count: (action) =>
      action ? (counts.get(action) ?? 0) : [...counts.values()].reduce((sum, count) => sum + count, 0),
    refuseKey: (key, how) => void keys.set(key, how),
    dispose: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
      await sleep(0);
    },
  };
}

/** moto has no prices; whatever is asked for costs the same here. */
function priceList(): Answer {
  const dimensions = { one: { unit: 'Hrs', pricePerUnit: { USD: '0.0120000000' } } };
  const product = JSON.stringify({ terms: { OnDemand: { one: { priceDimensions: dimensions } } } });
  const body = Buffer.from(JSON.stringify({ FormatVersion: 'aws_v1', PriceList: [product] }));
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
}

/** moto knows classes of Aurora only; RDS offers these everywhere. */
function offeredClasses({ form }: Asked): Answer {
  const name = form.get('DBInstanceClass') ?? '';
  const option = /^db\.(t3|t4g|m6g|r6g)\.(micro|small|medium|large|xlarge)$/.test(name)
    ? `<OrderableDBInstanceOption><Engine>${form.get('Engine')}</Engine><DBInstanceClass>${name}</DBInstanceClass></OrderableDBInstanceOption>`
    : '';
  const list = `<OrderableDBInstanceOptions>${option}</OrderableDBInstanceOptions>`;
  const text = `<DescribeOrderableDBInstanceOptionsResponse><DescribeOrderableDBInstanceOptionsResult>${list}</DescribeOrderableDBInstanceOptionsResult></DescribeOrderableDBInstanceOptionsResponse>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}

function readAsked(request: http.IncomingMessage, body: Buffer): Asked {
  const target = request.headers['x-amz-target'];
  const operation = /\/operation\/([A-Za-z]+)/.exec(request.url ?? '')?.[1];
  const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const empty = new URLSearchParams();
  if (typeof target === 'string')
    return { action: target.split('.').at(-1)!, form: empty, style: 'json', key };
  if (operation) return { action: operation, form: empty, style: 'json', key };
  const form = new URLSearchParams(String(body));
  const style = form.get('Version') === '2016-11-15' ? 'ec2' : form.has('Action') ? 'query' : 'json';
  return { action: form.get('Action') ?? `${request.method} ${request.url}`, form, style, key };
}

/** A refusal in the form of the service that was asked. */
function refusal(asked: Asked, code: string, status: number, message = `staged: ${code}`): Answer {
  const bodies = {
    ec2: `<?xml version="1.0"?><Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>front</RequestID></Response>`,
    query: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>front</RequestId></ErrorResponse>`,
    json: JSON.stringify({ __type: code, message }),
  };
  const type = asked.style === 'json' ? 'application/x-amz-json-1.1' : 'text/xml';
  return { status, headers: { 'content-type': type }, body: Buffer.from(bodies[asked.style]) };
}

function send(response: http.ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...plain(headers), 'content-length': String(body.length) });
  response.end(body);
}

/** Headers of the answer without those that are about its transport. */
function plain(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  const {
    connection: _,
    'transfer-encoding': __,
    'content-length': ___,
    'keep-alive': ____,
    ...rest
  } = headers;
  return rest;
}

// A scripted server for what a real one cannot be made to do: answers that are no numbers, clocks that jump, refusals,
// pages that are not Prometheus. What is sampled, what is said of it, and that no secret shows.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Executor, ExecutorContext } from '../../../daemon/executors/contract.ts';
import { prometheusProvisioner } from '../../../daemon/executors/prometheus/provisioner.ts';
import { tryServer } from '../../../daemon/executors/prometheus/trial.ts';
import type { PrometheusServer } from '../../../shared/model/metricSettings.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { removeTempFolders, tempFolder } from '../../fakes/tempFolder.ts';

const nowSeconds = Date.UTC(2026, 10, 20, 10) / 1_000;
const secret = 'correct-horse-battery';

interface Script {
  timeSeconds: number;
  /** Values of the one series, by time. */
  value: (seconds: number) => string;
  answer?: (request: http.IncomingMessage, response: http.ServerResponse) => boolean;
  readonly seen: { readonly path: string; readonly authorization: string | undefined }[];
}

describe('a Prometheus server', () => {
  let server: http.Server;
  let script: Script;
  let executor: Executor | undefined;

  beforeEach(async () => {
    script = { timeSeconds: nowSeconds, value: () => '41.5', seen: [] };
    server = http.createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://x');
      script.seen.push({ path: url.pathname, authorization: request.headers.authorization });
      if (script.answer?.(request, response)) return;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(reply(url, script)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await executor?.dispose();
    server.closeAllConnections();
    server.close();
    removeTempFolders();
  });

  async function open(
    more: Partial<PrometheusServer> = {},
    context: Partial<ExecutorContext> = {},
  ): Promise<Executor> {
    const stateFolder = tempFolder();
    const named = { name: 'lab', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ...more };
    writeFileSync(`${stateFolder}/metrics.json`, JSON.stringify({ prometheus: [named] }));
    const whole: ExecutorContext = {
      env: {},
      homeFolder: stateFolder,
      stateFolder,
      now: Date.now,
      log: () => {},
      ...context,
    };
    const { candidates } = await prometheusProvisioner.find(whole);
    executor = prometheusProvisioner.open(candidates[0]!, whole);
    return executor;
  }
  const { signal } = new AbortController();
  const sample = (on: Executor, cursor?: string) =>
    on.metricSources![0]!.sample({ resources: [], signal, ...(cursor !== undefined && { cursor }) });
  async function problemOf(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => assert.fail('it went well'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ProblemError, String(error));
    const { message, fix } = error.problem;
    assert.ok(!`${message}${fix}${error.stack}`.includes(secret), 'a secret shows');
    return `${error.problem.code}: ${message}`;
  }

  const onlyCpu = { onlyOwnRules: true, rules: [{ metric: 'cpu', query: 'cpu' }] } as const;

  it('is sampled from where the last reading ended, oldest first, in steps', async () => {
    const lab = await open(onlyCpu);
    const first = await sample(lab);
    assert.equal(first.more, true);
    assert.equal(first.samples[0]!.resource, 'prometheus-lab:host/node/10.0.0.5:9100');
    assert.ok(first.samples[0]!.atMs < (nowSeconds - 5 * 3_600) * 1_000);
    let batch = first;
    let last = first.samples.at(-1)!.atMs;
    while (batch.more) {
      batch = await sample(lab, batch.cursor);
      assert.equal(batch.samples[0]!.atMs, last + 15_000, 'without a hole or a repetition');
      last = batch.samples.at(-1)!.atMs;
    }
    assert.equal(last, Math.floor(nowSeconds / 15) * 15_000);
    script.timeSeconds += 30;
    const next = await sample(lab, batch.cursor);
    assert.equal(next.samples.length, 2);
  });

  it('that was just started and names no target yet loses none that are known', async () => {
    let startTime = new Date((nowSeconds - 5) * 1_000).toISOString();
    let names = true;
    script.answer = (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://x');
      const give = (data: unknown) => response.end(JSON.stringify({ status: 'success', data }));
      if (pathname.endsWith('/runtimeinfo')) give({ startTime });
      else if (pathname.endsWith('/targets') && !names) give({ activeTargets: [] });
      else return false;
      return true;
    };
    const [source] = (await open()).sources;
    const read = async () => {
      const { mode, resources, removed } = await source!.read({ signal });
      return { mode, removed, statuses: resources.map(({ name, status }) => `${name} ${status}`) };
    };
    const known = await read();
    assert.equal(known.mode, 'full');
    assert.deepEqual(known.statuses, ['lab running', '10.0.0.5:9100 running', '10.0.0.9:9100 error']);
    names = false;
    assert.deepEqual(await read(), { mode: 'changes', removed: [], statuses: ['lab starting'] });
    startTime = new Date((nowSeconds - 3_600) * 1_000).toISOString();
    assert.deepEqual(await read(), { mode: 'full', removed: [], statuses: ['lab running'] });
  });

  it('that sends what is no number is named, and the numbers stand', async () => {
    const lab = await open(onlyCpu);
    script.value = (seconds) => (seconds % 30 === 0 ? 'NaN' : '7');
    const batch = await sample(lab);
    assert.ok(batch.samples.length > 0 && batch.samples.every(({ value }) => value === 7));
    assert.match(batch.problems.join(), /not a number|not numbers/);
  });

  it('whose clock jumps back shows it in the times of its samples', async () => {
    const lab = await open(onlyCpu);
    let batch = await sample(lab);
    while (batch.more) batch = await sample(lab, batch.cursor);
    script.timeSeconds -= 7_200;
    const back = await sample(lab, batch.cursor);
    assert.deepEqual(
      back.samples.map(({ atMs }) => atMs),
      [(nowSeconds - 7_200) * 1_000],
    );
    script.timeSeconds += 7_230;
    const again = await sample(lab, back.cursor);
    assert.equal(again.samples[0]!.atMs, nowSeconds * 1_000 + 15_000);
  });

  it('that cannot scrape a target says which', async () => {
    const lab = await open(onlyCpu);
    script.answer = (request, response) => {
      const query = new URL(request.url ?? '/', 'http://x').searchParams.get('query');
      if (query !== 'up == 0') return false;
      const metric = { job: 'node', instance: '10.0.0.9:9100' };
      response.end(
        JSON.stringify({
          status: 'success',
          data: { resultType: 'vector', result: [{ metric, value: [1, '0'] }] },
        }),
      );
      return true;
    };
    assert.match((await sample(lab)).problems.join(), /10\.0\.0\.9:9100 \(node\) does not answer the server/);
  });

  it('is asked with a token or a password that shows nowhere else', async () => {
    const lab = await open(
      { ...onlyCpu, auth: { kind: 'bearer', token: { secret: 'lab-token' } } },
      { secret: (name) => (name === 'lab-token' ? secret : undefined) },
    );
    await sample(lab);
    assert.equal(script.seen.at(-1)?.authorization, `Bearer ${secret}`);
    await lab.dispose();
    const basic = await open(
      { ...onlyCpu, auth: { kind: 'basic', user: 'ana', password: { env: 'LAB_PASSWORD' } } },
      { env: { LAB_PASSWORD: secret } },
    );
    await sample(basic);
    assert.equal(
      script.seen.at(-1)?.authorization,
      `Basic ${Buffer.from(`ana:${secret}`).toString('base64')}`,
    );
    script.answer = (_request, response) => {
      response.statusCode = 401;
      response.end(`no entry for ${secret}`);
      return true;
    };
    assert.match(await problemOf(sample(basic)), /^cloud-unauthorized/);
    script.answer = (_request, response) => {
      response.statusCode = 400;
      response.end(JSON.stringify({ status: 'error', error: `bad query, and by the way ${secret}` }));
      return true;
    };
    assert.match(await problemOf(sample(basic)), /bad query, and by the way \*\*\*/);
  });

  it('whose secret is missing says where it was looked for', async () => {
    const lab = await open({ ...onlyCpu, auth: { kind: 'bearer', token: { file: '/nowhere/token' } } });
    assert.match(await problemOf(sample(lab)), /config-invalid.*\/nowhere\/token/);
  });

  it('that is another program, or away, is said to be', async () => {
    const lab = await open(onlyCpu);
    script.answer = (_request, response) => {
      response.end('<html>welcome</html>');
      return true;
    };
    assert.match(await problemOf(sample(lab)), /not what a Prometheus server says/);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    assert.match(await problemOf(sample(lab)), /^cloud-unreachable/);
  });

  it('is tried with a secret before it is kept, and says what it is or what is wrong', async () => {
    await open();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const auth = { kind: 'bearer', token: { secret: 'new' } } as const;
    const context = { env: {}, homeFolder: '/', stateFolder: '/', now: Date.now, log: () => {} };
    const tryIt = (value: string) =>
      tryServer({ name: 'lab', url, auth }, { ...context, secret: () => value }, signal);
    assert.deepEqual(await tryIt(secret), {
      host: new URL(url).host,
      version: '2.53.3',
      targets: { all: 2, up: 1 },
    });
    assert.equal(script.seen.at(-1)?.authorization, `Bearer ${secret}`);
    script.answer = (request, response) => {
      if (request.url?.includes('/query')) return false;
      response.statusCode = 404;
      response.end();
      return true;
    };
    assert.deepEqual(await tryIt(secret), { host: new URL(url).host }, 'what it does not have is left out');
    script.answer = (_request, response) => {
      response.statusCode = 403;
      response.end(secret);
      return true;
    };
    assert.match(await problemOf(tryIt(secret)), /^cloud-forbidden: .*refused the credentials/);
    assert.match(await problemOf(tryIt('')), /^config-invalid: .*the secret "new" is empty/);
  });

  it('has its targets as resources, up and down', async () => {
    const lab = await open();
    const { resources } = await lab.sources[0]!.read({ signal });
    assert.deepEqual(
      resources.map(({ name, status }) => `${name} ${status}`),
      ['lab running', '10.0.0.5:9100 running', '10.0.0.9:9100 error'],
    );
  });
});

function reply(url: URL, script: Script): unknown {
  const query = url.searchParams.get('query') ?? '';
  const success = (data: unknown) => ({ status: 'success', data });
  if (url.pathname.endsWith('/targets')) {
    const target = (instance: string, health: string) => ({
      labels: { job: 'node', instance },
      health,
      lastError: health === 'up' ? '' : 'connection refused',
      scrapeInterval: '15s',
    });
    return success({ activeTargets: [target('10.0.0.5:9100', 'up'), target('10.0.0.9:9100', 'down')] });
  }
  if (url.pathname.endsWith('/buildinfo')) return success({ version: '2.53.3' });
  if (query === 'time()')
    return success({ resultType: 'scalar', result: [script.timeSeconds, String(script.timeSeconds)] });
  if (url.pathname.endsWith('/query')) return success({ resultType: 'vector', result: [] });
  const [from, to, step] = ['start', 'end', 'step'].map((name) => Number(url.searchParams.get(name))) as [
    number,
    number,
    number,
  ];
  const values = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step).map(
    (at) => [at, script.value(at)],
  );
  return success({
    resultType: 'matrix',
    result: [{ metric: { job: 'node', instance: '10.0.0.5:9100' }, values }],
  });
}

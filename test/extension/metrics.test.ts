// Prometheus servers in the editor: what a person types is checked, a list says how a server is asked and fares, and the
// daemon is handed the secrets that servers name and the settings that were chosen, and nothing else.

import assert from 'node:assert/strict';
import { type ChosenSettings, createMetricsHandOver } from '../../extension/metrics/handOver.ts';
import {
  describeServer,
  describeState,
  describeTrial,
  intervalProblem,
  isOpenOnTheWire,
  nameProblem,
  proposedName,
  secretNameOf,
  storageKeyOf,
  urlProblem,
  wantedSecretOf,
} from '../../extension/metrics/serverDraft.ts';
import { createSignal } from '../../extension/signal.ts';
import {
  defaultMetricSettings,
  type MetricSettings,
  type MetricSourceStatus,
  type PrometheusServer,
} from '../../shared/model/metricSettings.ts';
import type { DaemonState } from '../../shared/panel/chat.ts';
import { metricSettingsSchema } from '../../shared/protocol/watchSchemas.ts';

const prod: PrometheusServer = {
  name: 'prod',
  url: 'https://prometheus.example:9090',
  auth: { kind: 'bearer', token: { secret: secretNameOf('prod') } },
};

describe('a Prometheus server that a person types', () => {
  for (const [address, problem] of [
    ['https://prometheus.example:9090', undefined],
    ['  http://127.0.0.1:9090/prom ', undefined],
    ['prometheus.example', /An address like/],
    ['', /An address like/],
    ['ftp://prometheus.example', /http:\/\/ or https:\/\//],
    ['https://ana:secret@prometheus.example', /No user or password in the address/],
    ['https://prometheus.example/?token=x', /without \? and #/],
  ] as const)
    it(`“${address}” as an address: ${problem ? 'is refused' : 'is taken'}`, () => {
      const said = urlProblem(address);
      if (problem) assert.match(said ?? '', problem);
      else assert.equal(said, undefined);
    });

  it('has a name that the wire takes and nobody else has', () => {
    assert.equal(nameProblem('prod-2', ['prod']), undefined);
    assert.match(nameProblem('prod', ['prod']) ?? '', /already/);
    for (const name of ['', 'Prod', '-a', 'a b', 'a'.repeat(42)]) assert.ok(nameProblem(name, []), name);
  });

  for (const [address, taken, name] of [
    ['https://Prometheus.example:9090', [], 'prometheus'],
    ['https://prometheus.example', ['prometheus', 'prometheus-2'], 'prometheus-3'],
    ['http://127.0.0.1:9090', [], 'server'],
    ['http://[::1]:9090', ['server'], 'server-2'],
    ['https://--x.example', [], 'x'],
    ['no address', [], 'server'],
  ] as const)
    it(`is called ${name} where ${address} is typed`, () => {
      assert.equal(proposedName(address, taken), name);
      assert.equal(nameProblem(name, taken), undefined);
    });

  it('is sampled at a rhythm the daemon takes', () => {
    for (const text of ['1', '15', '3600']) assert.equal(intervalProblem(text), undefined);
    for (const text of ['', '0', '-1', '1.5', '3601', 'often']) assert.ok(intervalProblem(text), text);
  });

  it('is warned of where a secret would cross a network unencrypted', () => {
    assert.ok(isOpenOnTheWire('http://prometheus.example'));
    for (const url of [
      'https://prometheus.example',
      'http://localhost:9090',
      'http://127.0.0.1',
      'http://[::1]:1',
    ])
      assert.ok(!isOpenOnTheWire(url), url);
  });

  it('names its secret and never holds it', () => {
    assert.equal(wantedSecretOf(prod), 'metrics/prod');
    assert.equal(storageKeyOf('metrics/prod'), 'pilothouse.secret.metrics/prod');
    assert.equal(
      wantedSecretOf({ ...prod, auth: { kind: 'basic', user: 'ana', password: { file: '/p' } } }),
      undefined,
    );
    assert.equal(wantedSecretOf({ name: 'open', url: prod.url }), undefined);
    assert.ok(metricSettingsSchema.partial().safeParse({ prometheus: [prod] }).success);
  });
});

describe('a Prometheus server in a list', () => {
  const source = (more: Partial<MetricSourceStatus> = {}): MetricSourceStatus => ({
    connection: 'prometheus-prod',
    source: 'prometheus',
    state: 'ok',
    problems: [],
    intervalMs: 15_000,
    series: 12,
    taken: 0,
    leftOut: {},
    ...more,
  });

  it('says how it is asked', () => {
    assert.equal(describeServer(prod), 'token · every 15 s');
    assert.equal(
      describeServer({ name: 'x', url: prod.url, tls: { verify: false }, intervalSeconds: 60 }),
      'no credentials · certificate not checked · every 60 s',
    );
    assert.equal(
      describeServer({ ...prod, tls: { caFile: '/ca.pem' } }),
      'token · authority /ca.pem · every 15 s',
    );
  });

  it('says how it fares, with its first problem', () => {
    assert.equal(describeState(prod, [source()]), 'ok, 12 series');
    assert.equal(
      describeState(prod, [source({ state: 'failing', problems: ['It does not answer.', 'More.'] })]),
      'failing: It does not answer.',
    );
    assert.equal(describeState({ ...prod, name: 'other' }, [source()]), 'not read yet');
    assert.equal(
      describeState({ ...prod, name: 'prometheus' }, [source({ connection: 'prometheus' })]),
      'ok, 12 series',
    );
  });

  it('says what it answered when it was tried, as far as it does', () => {
    assert.equal(
      describeTrial({ host: 'h:9090', version: '2.53.3', targets: { all: 12, up: 11 } }),
      'h:9090, version 2.53.3, 11 of 12 targets up',
    );
    assert.equal(describeTrial({ host: 'h:9090' }), 'h:9090');
  });
});

describe('what the daemon is handed about metrics', () => {
  function house(options: {
    readonly known?: Partial<MetricSettings>;
    readonly chosen?: ChosenSettings;
    readonly kept?: Readonly<Record<string, string>>;
    readonly refuse?: boolean;
  }) {
    const sent: unknown[] = [];
    const logged: string[] = [];
    const states = createSignal<DaemonState>();
    const request = async (method: string, params: unknown) => {
      if (method === 'watch/configure') {
        if (options.refuse) throw new Error('no');
        sent.push(params);
      }
      return { settings: { ...defaultMetricSettings, ...options.known } };
    };
    const handOver = createMetricsHandOver({
      daemon: { request: request as never, onDidChangeState: states.on },
      readSettings: () => options.chosen ?? {},
      readSecret: async (name) => options.kept?.[name],
      log: (line) => logged.push(line),
    });
    return { handOver, states, sent, logged };
  }
  const withServer = { known: { prometheus: [prod] }, kept: { 'metrics/prod': 't0k' } };

  it('is the secrets its servers name, to each new daemon', async () => {
    const { handOver, states, sent } = house(withServer);
    states.fire({ kind: 'ready' });
    states.fire({ kind: 'reconnecting', message: '' });
    states.fire({ kind: 'ready' });
    await handOver.renew();
    const one = { settings: {}, secrets: { 'metrics/prod': 't0k' } };
    assert.deepEqual(sent, [one, one, one]);
  });

  it('is only what differs from what it knows', async () => {
    const { handOver, sent } = house({
      known: { storeMegabytesMax: 100 },
      chosen: { storeMegabytesMax: 100, keepWatching: true },
    });
    await handOver.renew();
    assert.deepEqual(sent, [{ settings: { keepWatching: true }, secrets: {} }]);
  });

  it('is nothing where nothing was chosen and no secret is kept, so that nothing is audited', async () => {
    const { handOver, sent } = house({ known: { prometheus: [prod], keepWatching: true } });
    await handOver.renew();
    assert.deepEqual(sent, []);
  });

  it('is not handed over after the window is gone, and a refusal is a line in the log without the secret', async () => {
    const refusing = house({ ...withServer, refuse: true });
    await refusing.handOver.renew();
    assert.equal(refusing.logged.length, 1);
    assert.match(refusing.logged[0]!, /could not be handed over/);
    assert.ok(!refusing.logged[0]!.includes('t0k'));
    const gone = house(withServer);
    gone.handOver.dispose();
    gone.states.fire({ kind: 'ready' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(gone.sent, []);
  });
});

// The terminal over what the watch found: incidents, what a person says of them, mutes, and where figures come from.

import assert from 'node:assert/strict';
import type { FindingDraft } from '../../daemon/watch/contract.ts';
import { closeTerminals, openTerminal, type Terminal } from './terminal.ts';

const finding: FindingDraft = {
  kind: 'series',
  resource: 'lab:vm/web-1',
  series: { resource: 'lab:vm/web-1', metric: 'cpu' },
  unit: '%',
  severity: 'critical',
  confidence: 0.9,
  title: 'cpu of web-1 is 97 %, usually 8 % to 31 %',
  reasons: ['It has been outside of its usual range for 5 min.'],
  value: 97,
  startedMs: Date.UTC(2026, 10, 20, 10),
};

describe('pilothouse incidents, mutes, series and metrics', () => {
  let terminal: Terminal;
  beforeEach(async () => {
    terminal = await openTerminal();
    terminal.services.watch.report('test', [finding]);
  });
  afterEach(closeTerminals);

  it('lists and explains what was found', async () => {
    const list = await terminal.run(['incidents']);
    assert.match(list.out, /an-1\s+critical\s+open\s+2026-11-20T10:00:00\s+cpu of web-1 is 97 %/);
    const shown = await terminal.run(['incidents', 'show', 'an-1']);
    assert.match(shown.out, /First, at 10:00:00 UTC: cpu of web-1/);
    assert.match(shown.out, /outside of its usual range/);
    assert.equal((await terminal.run(['incidents', '--json'])).json().incidents[0].id, 'an-1');
    assert.equal((await terminal.run(['incidents', 'show', 'an-77'])).code, 5);
    assert.equal((await terminal.run(['incidents', 'like', 'an-1'])).code, 64);
  });

  it('keeps what a person says, with who said it', async () => {
    assert.match((await terminal.run(['incidents', 'ack', 'an-1'])).out, /acked by tester/);
    assert.match((await terminal.run(['incidents', 'noise', 'an-1'])).out, /noise, says tester/);
  });

  it('mutes what it is told, and never everything', async () => {
    assert.equal((await terminal.run(['mutes', 'add'])).code, 64);
    const added = await terminal.run([
      'mutes',
      'add',
      '--metric',
      'cpu',
      '--hours',
      '22-6',
      '--for',
      '60',
      '--reason',
      'load test',
    ]);
    assert.match(added.out, /1 {2}cpu, from 22 to 6 h, until .*, "load test"/);
    assert.match((await terminal.run(['mutes'])).out, /load test/);
    assert.match((await terminal.run(['mutes', 'remove', '1'])).out, /removed/);
    assert.match((await terminal.run(['mutes'])).out, /Nothing is muted/);
  });

  it('names Prometheus servers and where their secrets are, and stores no secret', async () => {
    assert.match((await terminal.run(['metrics'])).out, /No connection measures anything/);
    const added = await terminal.run([
      'metrics',
      'add',
      'prod',
      '--url',
      'https://prometheus.example:9090',
      '--user',
      'ana',
      '--password-env',
      'PROM_PASSWORD',
    ]);
    assert.match(added.out, /Prometheus server prod at https:\/\/prometheus.example:9090/);
    assert.equal((await terminal.run(['metrics', 'add', 'x', '--url', 'ftp://nowhere'])).code, 64);
    const { settings } = terminal.services.watch.status();
    assert.deepEqual(settings.prometheus[0]?.auth, {
      kind: 'basic',
      user: 'ana',
      password: { env: 'PROM_PASSWORD' },
    });
    assert.equal(
      (await terminal.run(['metrics', 'remove', 'prod', '--json'])).json().settings.prometheus.length,
      0,
    );
    assert.equal((await terminal.run(['metrics', 'remove', 'prod'])).code, 5);
  });

  it('says that nothing is measured, and that a series is not there', async () => {
    assert.match((await terminal.run(['series'])).out, /Nothing is measured/);
    assert.equal((await terminal.run(['series', 'lab:vm/web-1#cpu'])).code, 5);
  });
});

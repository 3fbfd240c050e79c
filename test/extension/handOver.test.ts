// The choice of language model reaches the daemon before the first question does, however slow the editor's secret
// storage and the daemon are, and the newest choice is the one that stands.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHandOver } from '../../extension/model/handOver.ts';
import { createSignal } from '../../extension/signal.ts';
import { defaultModelSettings, type ModelSettings } from '../../shared/model/languageModel.ts';
import type { DaemonState } from '../../shared/panel/chat.ts';

const custom: ModelSettings = { ...defaultModelSettings, preset: 'custom', baseUrl: 'http://127.0.0.1:1/v1' };

function house(options: {
  readonly settings?: () => ModelSettings | undefined;
  readonly readKey?: () => Promise<string | undefined>;
  readonly configure?: () => Promise<void>;
  readonly keyWaitMs?: number;
}) {
  const sent: string[] = [];
  const logged: string[] = [];
  const states = createSignal<DaemonState>();
  const request = async (method: string, params: { key?: string; settings?: ModelSettings }) => {
    if (method === 'model/configure') {
      await options.configure?.();
      sent.push(`${method} ${params.settings?.preset} ${params.key ?? '-'}`);
    } else sent.push(method);
    return { preset: 'custom', state: 'ready', tokensToday: 0, dailyTokensMax: 0 };
  };
  const handOver = createHandOver({
    daemon: { request: request as never, onDidChangeState: states.on },
    readSettings: options.settings ?? (() => custom),
    readKey: options.readKey ?? (async () => undefined),
    onStatus: () => undefined,
    log: (line) => logged.push(line),
    keyWaitMs: options.keyWaitMs,
  });
  /** As a sentence is asked. */
  const ask = async () => {
    await handOver.settled();
    sent.push('request/submit');
  };
  return { handOver, states, sent, logged, ask };
}

describe('the choice of language model', () => {
  it('is known before the first question, however long key and daemon take', async () => {
    const { states, sent, ask } = house({
      readKey: () => sleep(30, 'k'),
      configure: () => sleep(30),
    });
    states.fire({ kind: 'ready' });
    await ask();
    assert.deepEqual(sent, ['model/configure custom k', 'model/status', 'request/submit']);
  });

  it('is handed over by a question that comes before the line is told to be there', async () => {
    const { sent, ask } = house({ readKey: () => sleep(10, 'k') });
    await ask();
    assert.deepEqual(sent, ['model/configure custom k', 'model/status', 'request/submit']);
  });

  it('is handed over again to a new daemon, and a question waits for that too', async () => {
    const { states, sent, ask } = house({ readKey: () => sleep(10, 'k') });
    states.fire({ kind: 'ready' });
    await ask();
    states.fire({ kind: 'reconnecting', message: '' });
    states.fire({ kind: 'ready' });
    await ask();
    assert.deepEqual(sent.slice(3), ['model/configure custom k', 'model/status', 'request/submit']);
  });

  it('stands as it was chosen last, also where an earlier one took longer', async () => {
    const waits = [40, 1];
    let preset: ModelSettings['preset'] = 'ollama';
    const { handOver, sent } = house({
      settings: () => ({ ...custom, preset }),
      configure: () => sleep(waits.shift() ?? 0),
    });
    void handOver.renew();
    await sleep(1);
    preset = 'custom';
    void handOver.renew('typed');
    await handOver.settled();
    assert.deepEqual(
      sent.filter((line) => line.startsWith('model/configure')),
      ['model/configure ollama -', 'model/configure custom typed'],
    );
  });

  it('keeps no question waiting for a key that cannot be read, or a daemon that refuses', async () => {
    const stuck = house({ readKey: () => new Promise(() => undefined), keyWaitMs: 5 });
    await stuck.ask();
    assert.deepEqual(stuck.sent, ['model/configure custom -', 'model/status', 'request/submit']);
    assert.match(stuck.logged.join(), /could not be read in time/);
    const refusing = house({ configure: () => Promise.reject(new Error('no')) });
    await refusing.ask();
    assert.deepEqual(refusing.sent, ['request/submit']);
    assert.match(refusing.logged.join(), /could not be handed over/);
  });

  it('says nothing to the daemon where the person has chosen nothing', async () => {
    const { sent, ask } = house({ settings: () => undefined });
    await ask();
    assert.deepEqual(sent, ['model/status', 'request/submit']);
  });
});

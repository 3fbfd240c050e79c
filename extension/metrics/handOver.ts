// Hands the daemon what only the editor knows about metrics: the secrets its servers name, and the settings a person
// has chosen, on each new line and whenever they change. A daemon that was started anew knows no secret; settings are
// sent only where they differ, because each change of them is audited. Knows no editor.

import type { MetricSettings } from '../../shared/model/metricSettings.ts';
import { problemOf } from '../../shared/model/problem.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { wantedSecretOf } from './serverDraft.ts';

/** What of the settings a person chose in the editor; absent: what the daemon knows stands. */
export type ChosenSettings = Partial<Pick<MetricSettings, 'storeMegabytesMax' | 'keepWatching'>>;

export interface MetricsHandOverOptions {
  readonly daemon: Pick<DaemonLink, 'request' | 'onDidChangeState'>;
  readonly readSettings: () => ChosenSettings;
  /** The value of a secret by the name a server has for it. */
  readonly readSecret: (name: string) => PromiseLike<string | undefined>;
  readonly log: (line: string) => void;
}

export interface MetricsHandOver {
  /** Hands over anew. Never rejects. */
  renew(): Promise<void>;
  dispose(): void;
}

export function createMetricsHandOver(options: MetricsHandOverOptions): MetricsHandOver {
  const { daemon, log } = options;
  let newest: Promise<void> = Promise.resolve();

  async function handOver(): Promise<void> {
    try {
      const { settings } = await daemon.request('watch/status', {});
      const secrets: Record<string, string> = {};
      for (const server of settings.prometheus) {
        const name = wantedSecretOf(server);
        const value = name === undefined ? undefined : await options.readSecret(name);
        if (name !== undefined && value) secrets[name] = value;
      }
      const chosen = Object.entries(options.readSettings()).filter(
        ([key, value]) => settings[key as keyof ChosenSettings] !== value,
      );
      if (chosen.length === 0 && Object.keys(secrets).length === 0) return;
      await daemon.request('watch/configure', { settings: Object.fromEntries(chosen), secrets });
    } catch (error) {
      log(`What the editor knows about metrics could not be handed over: ${problemOf(error).message}`);
    }
  }
  function renew(): Promise<void> {
    newest = newest.then(handOver);
    return newest;
  }
  const stop = daemon.onDidChangeState((state) => {
    // A new line may lead to a new daemon, which knows no secret.
    if (state.kind === 'ready') void renew();
  });
  return { renew, dispose: stop };
}

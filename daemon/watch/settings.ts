// What a person chose about metrics, in a private file of the state folder, where the providers that read it watch it;
// and the secrets they named, in memory only. Nothing else writes the file.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultMetricSettings, type MetricSettings } from '../../shared/model/metricSettings.ts';
import { metricSettingsSchema } from '../../shared/protocol/watchSchemas.ts';
import { writePrivateJson } from '../store/privateFile.ts';

/** Name of the file in the state folder. */
export const metricSettingsFile = 'metrics.json';

export interface SettingsKeeper {
  readonly settings: MetricSettings;
  /** What is wrong with the file, if anything; the defaults hold then. */
  readonly problem: string | undefined;
  /** Durable on return. Throws ProblemError `store-unavailable`. */
  set(settings: Partial<MetricSettings>): void;
}

export function openSettings(stateFolder: string): SettingsKeeper {
  const file = path.join(stateFolder, metricSettingsFile);
  let { settings, problem } = read(file);
  return {
    get settings() {
      return settings;
    },
    get problem() {
      return problem;
    },
    set(more) {
      const next = { ...settings, ...more };
      writePrivateJson(file, next, 'settings of metrics');
      settings = next;
      problem = undefined;
    },
  };
}

/** Secrets that editors handed over, by name. */
export interface Vault {
  get(name: string): string | undefined;
  /** Empty: forget it. */
  put(secrets: Readonly<Record<string, string>>): void;
}

export function createVault(): Vault {
  const secrets = new Map<string, string>();
  return {
    get: (name) => secrets.get(name),
    put(more) {
      for (const [name, value] of Object.entries(more))
        if (value === '') secrets.delete(name);
        else secrets.set(name, value);
    },
  };
}

function read(file: string): { settings: MetricSettings; problem: string | undefined } {
  if (!existsSync(file)) return { settings: defaultMetricSettings, problem: undefined };
  try {
    const parsed = metricSettingsSchema.partial().parse(JSON.parse(readFileSync(file, 'utf8')));
    return { settings: { ...defaultMetricSettings, ...parsed }, problem: undefined };
  } catch {
    return {
      settings: defaultMetricSettings,
      problem: `${file} cannot be read as settings of metrics; the defaults hold.`,
    };
  }
}

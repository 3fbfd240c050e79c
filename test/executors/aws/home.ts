// A home folder of its own with the files of the AWS tools, for the suites of the AWS executor: connections are found
// in it as in a person's, and opened with limits that a test can wait for.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Limits, limits } from '../../../daemon/config.ts';
import { awsProvisioner, openAccount } from '../../../daemon/executors/aws/provisioner.ts';
import type { Executor, ExecutorContext } from '../../../daemon/executors/contract.ts';

export interface AwsHome {
  readonly context: ExecutorContext;
  readonly folder: string;
  readonly config: string;
  /** Opens the connection of this name. */
  open(name: string, limits?: Partial<Limits>): Promise<Executor>;
  write(config: string, credentials?: string): Promise<void>;
  dispose(): Promise<void>;
}

export async function makeAwsHome(
  config: string,
  credentials = '',
  env: Readonly<Record<string, string>> = {},
): Promise<AwsHome> {
  const folder = await mkdtemp(join(tmpdir(), 'pilothouse-aws-'));
  const files = join(folder, '.aws');
  await mkdir(files);
  const opened: Executor[] = [];
  const context: ExecutorContext = {
    env,
    homeFolder: folder,
    stateFolder: folder,
    now: Date.now,
    log: () => undefined,
  };
  const home: AwsHome = {
    context,
    folder,
    config: join(files, 'config'),
    write: async (text, secrets = '') => {
      await writeFile(join(files, 'config'), text, { mode: 0o600 });
      await writeFile(join(files, 'credentials'), secrets, { mode: 0o600 });
    },
    open: async (name, changed = {}) => {
      const { candidates, problems } = await awsProvisioner.find(context);
      const candidate = candidates.find((one) => one.name === name);
      assert.ok(candidate, `no connection ${name}: ${JSON.stringify(problems)}`);
      const executor = openAccount(candidate, context, { ...limits, ...changed });
      opened.push(executor);
      return executor;
    },
    dispose: async () => {
      for (const executor of opened) await executor.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await home.write(config, credentials);
  return home;
}

/** Two keys as they look; nobody gave them out. */
export const keys = (id: string): string =>
  `aws_access_key_id = ${id}\naws_secret_access_key = ${'s'.repeat(8)}SesameOpen${id.length}\n`;

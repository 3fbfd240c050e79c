// A person with an account of their own in the lab: a moto, a front before it, the files of the AWS tools and a state
// folder, for the suites that use the product from outside. Nothing of it survives `dispose`.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endDaemon } from '../../vscode/endDaemon.ts';
import { type AwsApi, createAwsApi } from './awsApi.ts';
import { type Front, startFront } from './awsFront.ts';
import type { AwsLab } from './awsLab.ts';

export interface Person {
  readonly state: string;
  readonly home: string;
  readonly api: AwsApi;
  readonly front: Front;
  /** What the product's process is told: where the files are, and nothing simulated or local beside them. */
  readonly env: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

export const secretKey = 'OpenSesameOpenSesame';

export async function openPerson(lab: AwsLab): Promise<Person> {
  const moto = await lab.start();
  const front = await startFront(moto.endpoint);
  const home = await mkdtemp(join(tmpdir(), 'pilothouse-aws-person-'));
  const state = join(home, 'state');
  const config = join(home, 'config');
  const credentials = join(home, 'credentials');
  await writeFile(config, `[profile dev-lab]\nregion = eu-central-1\nendpoint_url = ${front.endpoint}\n`, {
    mode: 0o600,
  });
  await writeFile(
    credentials,
    `[dev-lab]\naws_access_key_id = AKIALABLABLABLABLAB0\naws_secret_access_key = ${secretKey}\n`,
    { mode: 0o600 },
  );
  await writeFile(join(home, 'clouds.yaml'), 'clouds: {}\n');
  const none = { AWS_PROFILE: '', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_ENDPOINT_URL: '' };
  return {
    state,
    home,
    front,
    api: createAwsApi(moto.endpoint),
    env: {
      ...none,
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: credentials,
      OS_CLIENT_CONFIG_FILE: join(home, 'clouds.yaml'),
      KUBECONFIG: join(home, 'no-kubeconfig'),
      PILOTHOUSE_SANDBOX: 'off',
      PILOTHOUSE_LOCAL: 'off',
    },
    async dispose() {
      await endDaemon(state);
      await front.dispose();
      await moto.dispose();
      await rm(home, { recursive: true, force: true });
    },
  };
}

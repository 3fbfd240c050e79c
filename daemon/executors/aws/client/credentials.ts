// The credentials of one connection, by the SDK's own chain, at the moment they are needed: keys, SSO, assumed roles,
// processes and tokens of a profile, variables, or the role of the machine. They are kept by the SDK in memory until
// they run out, and go nowhere else.

import type { AccountSettings } from '../config/findAccounts.ts';
import { type AwsPlaces, configFile, credentialsFile } from '../config/profiles.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Longest wait for the metadata service, which does not answer on machines that are none of Amazon's. */
const metadataTimeoutMs = 2_000;

export function createCredentials(account: AccountSettings, places: AwsPlaces): () => Promise<Credentials> {
  let provider: Promise<() => Promise<Credentials>> | undefined;
  return async () => {
    provider ??= makeProvider(account, places);
    provider.catch(() => {
      provider = undefined;
    });
    return (await provider)();
  };
}

async function makeProvider(
  account: AccountSettings,
  places: AwsPlaces,
): Promise<() => Promise<Credentials>> {
  const { env } = places;
  if (account.source === 'variables')
    return async () => ({
      accessKeyId: env.AWS_ACCESS_KEY_ID!,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY!,
      ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    });
  const { sdk } = await import('../sdk.ts');
  const chain = await sdk.credentials();
  const endpoint = account.endpoints.sts ?? account.endpoints.all;
  const clientConfig = { region: account.region, ...(endpoint ? { endpoint } : {}) };
  if (account.profile)
    return chain.fromIni({
      profile: account.profile,
      configFilepath: configFile(places),
      filepath: credentialsFile(places),
      // The files are read afresh: a corrected one works without a restart.
      ignoreCache: true,
      clientConfig,
    });
  if (account.source === 'web-identity')
    return chain.fromTokenFile({
      webIdentityTokenFile: env.AWS_WEB_IDENTITY_TOKEN_FILE!,
      roleArn: env.AWS_ROLE_ARN!,
      clientConfig,
    });
  const remote = { timeout: metadataTimeoutMs, maxRetries: 1 };
  const isContainer = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  return isContainer ? chain.fromContainerMetadata(remote) : chain.fromInstanceMetadata(remote);
}

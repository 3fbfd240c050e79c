// Finds the accounts a person has configured for the AWS tools: one connection for each profile and region, and the
// one that AWS_* variables describe. The role of the machine itself is asked for only where PILOTHOUSE_AWS_METADATA=on
// or a profile says so, since the question hangs on every machine that is none of Amazon's. Nothing here reaches out.
// A profile that cannot be used becomes a problem with its fix; the others stay usable.

import { createHash } from 'node:crypto';
import { ProblemError, problemOf } from '../../../../shared/model/problem.ts';
import { limits } from '../../../config.ts';
import type { ConnectionCandidate, FoundConnections } from '../../contract.ts';
import { guessEnvironment } from '../../kit/environmentLabel.ts';
import type { IniSection } from './ini.ts';
import {
  type AwsPlaces,
  type CredentialSource,
  configFile,
  credentialsFile,
  type Profile,
  readAwsFiles,
  shownPath,
} from './profiles.ts';

/** What a connection is opened with. Holds no secret: those stay with the SDK's own chain. */
export interface AccountSettings {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  readonly region: string;
  /** Absent: credentials come from the environment or the machine. */
  readonly profile?: string;
  readonly source: CredentialSource | 'variables';
  /** What shares one budget of requests until the number of the account is known. */
  readonly budget: string;
  readonly requestsPerSecond: number;
  /** Address of a service, by its name in the AWS tools' own settings: `ec2`, `rds`…; under `all` for the others. */
  readonly endpoints: Readonly<Record<string, string>>;
}

const variablesOrigin = 'environment variables';

/** Every file that is looked at. */
export function filesOf(places: AwsPlaces): readonly string[] {
  return [configFile(places), credentialsFile(places)];
}

/** All accounts that could be tried, and what is wrong with the others. Never throws. */
export async function findAccounts(places: AwsPlaces): Promise<FoundConnections> {
  const problems: { origin: string; message: string; fix: string }[] = [];
  try {
    const { accounts, problems: found } = await readAccounts(places);
    problems.push(...found);
    return { candidates: accounts.map(toCandidate), problems };
  } catch (error) {
    const { message, fix } = problemOf(error);
    const origin = shownPath(configFile(places), places.homeFolder);
    problems.push({ origin, message, fix: fix ?? 'Correct the file; it is read again by itself.' });
    return { candidates: ofVariables(places, []).map(toCandidate), problems };
  }
}

/** Reads the settings behind a candidate afresh. Throws ProblemError `config-invalid`. */
export async function loadAccount(id: string, places: AwsPlaces): Promise<AccountSettings> {
  const { accounts } = await readAccounts(places);
  const found = accounts.find((account) => account.id === id);
  if (found) return found;
  throw new ProblemError({
    code: 'config-invalid',
    message: 'This profile is not configured any more, or has another region.',
    fix: `The files of AWS have: ${accounts.map((one) => one.name).join(', ') || 'no profile'}. Put it back, or use one of these.`,
  });
}

type FoundProblem = FoundConnections['problems'][number];

async function readAccounts(
  places: AwsPlaces,
): Promise<{ readonly accounts: readonly AccountSettings[]; readonly problems: readonly FoundProblem[] }> {
  const { profiles, services } = await readAwsFiles(places);
  const accounts: AccountSettings[] = [];
  const problems: FoundProblem[] = [];
  for (const profile of profiles) {
    if (!profile.source) continue;
    const wrong = problemOfProfile(profile, profiles);
    const regions = regionsOf(profile, places);
    if (wrong) problems.push(wrong);
    else if (regions.length === 0) problems.push(withoutRegion(profile.name, profile.origin));
    else accounts.push(...ofProfile(profile, regions, places, services));
  }
  const variables = ofVariables(places, problems);
  const named = places.env.AWS_PROFILE;
  if (named && !profiles.some((one) => one.name === named))
    problems.push({
      origin: variablesOrigin,
      message: `AWS_PROFILE names the profile "${named}", which is not in the files of AWS.`,
      fix: `Set AWS_PROFILE to one of: ${profiles.map((one) => one.name).join(', ') || '(there is none)'}.`,
    });
  return { accounts: [...accounts, ...variables], problems };
}

function problemOfProfile(profile: Profile, all: readonly Profile[]): FoundProblem | undefined {
  const { role_arn, source_profile, credential_source, web_identity_token_file } = profile.values;
  if (!role_arn || web_identity_token_file) return undefined;
  const note = (message: string, fix: string) => ({ origin: profile.origin, message, fix });
  if (!source_profile && !credential_source)
    return note(
      `The profile "${profile.name}" has a role_arn but not who may take that role.`,
      'Add source_profile = NAME (or credential_source = Ec2InstanceMetadata) to it.',
    );
  if (source_profile && !all.some((one) => one.name === source_profile))
    return note(
      `The profile "${profile.name}" takes its role by the profile "${source_profile}", which is not there.`,
      `Correct source_profile, or add [profile ${source_profile}].`,
    );
  return undefined;
}

function withoutRegion(name: string, origin: string): FoundProblem {
  return {
    origin,
    message: `The profile "${name}" says no region.`,
    fix: `Add "region = eu-central-1" (or yours) to it: aws configure set region eu-central-1 --profile ${name}.`,
  };
}

function ofProfile(
  profile: Profile,
  regions: readonly string[],
  { env }: AwsPlaces,
  services: Readonly<Record<string, IniSection>>,
): readonly AccountSettings[] {
  return regions.map((region) => ({
    id: idOf(profile.name, region),
    name: regions.length > 1 ? `${profile.name} ${region}` : profile.name,
    origin: profile.origin,
    region,
    profile: profile.name,
    source: profile.source!,
    budget: `profile ${profile.name}`,
    requestsPerSecond: rateOf(
      profile.values.pilothouse_requests_per_second ?? env.PILOTHOUSE_REQUESTS_PER_SECOND,
    ),
    endpoints: { ...endpointsOfProfile(profile, services), ...endpointsOfVariables(env) },
  }));
}

/** What AWS_* variables describe, and the role of the machine where it is asked for. */
function ofVariables({ env }: AwsPlaces, problems: FoundProblem[]): readonly AccountSettings[] {
  const hasKeys = env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY;
  const hasToken = env.AWS_WEB_IDENTITY_TOKEN_FILE && env.AWS_ROLE_ARN;
  const hasContainer = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  const isAsked = env.PILOTHOUSE_AWS_METADATA === 'on';
  if (!hasKeys && !hasToken && !hasContainer && !isAsked) return [];
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (!region) {
    problems.push({
      origin: variablesOrigin,
      message: 'The AWS_* variables say no region.',
      fix: 'Set AWS_REGION, e.g. to eu-central-1.',
    });
    return [];
  }
  return [
    {
      id: idOf('env-variables', region, true),
      name: hasKeys || hasToken || hasContainer ? 'AWS_* variables' : 'role of this machine',
      origin: variablesOrigin,
      region,
      source: hasKeys ? 'variables' : hasToken ? 'web-identity' : 'metadata',
      budget: 'variables',
      requestsPerSecond: rateOf(env.PILOTHOUSE_AWS_REQUESTS_PER_SECOND ?? env.PILOTHOUSE_REQUESTS_PER_SECOND),
      endpoints: endpointsOfVariables(env),
    },
  ];
}

/** `pilothouse_regions = eu-west-1, us-east-1` opens one connection for each; AWS tools pass over the key. */
function regionsOf({ values }: Profile, { env }: AwsPlaces): readonly string[] {
  const listed = (values.pilothouse_regions ?? '').split(/[\s,]+/).filter((region) => region !== '');
  const one = values.region || env.AWS_REGION || env.AWS_DEFAULT_REGION;
  return [...new Set(listed.length > 0 ? listed : one ? [one] : [])];
}

function rateOf(text: string | undefined): number {
  const asked = Number(text);
  return text && asked > 0 ? Math.min(asked, limits.awsRequestsPerSecondMax) : limits.awsRequestsPerSecond;
}

function endpointsOfProfile(
  { values }: Profile,
  services: Readonly<Record<string, IniSection>>,
): Readonly<Record<string, string>> {
  const endpoints: Record<string, string> = {};
  if (values.endpoint_url) endpoints.all = values.endpoint_url;
  for (const [key, value] of Object.entries(services[values.services ?? ''] ?? {})) {
    const service = /^(.+)\.endpoint_url$/.exec(key)?.[1];
    if (service) endpoints[service] = value;
  }
  return endpoints;
}

function endpointsOfVariables(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const endpoints: Record<string, string> = {};
  if (env.AWS_ENDPOINT_URL) endpoints.all = env.AWS_ENDPOINT_URL;
  for (const [key, value] of Object.entries(env)) {
    const service = /^AWS_ENDPOINT_URL_(.+)$/.exec(key)?.[1];
    if (service && value) endpoints[service.toLowerCase()] = value;
  }
  return endpoints;
}

function toCandidate(account: AccountSettings): ConnectionCandidate {
  return {
    id: account.id,
    provider: 'aws',
    name: account.name,
    environment: guessEnvironment(account.name),
    region: account.region,
    simulated: false,
    origin: account.origin,
  };
}

/** `aws-NAME.REGION`; a name that does not survive as it is gets a short hash, so that two never collide. */
function idOf(name: string, region: string, isReserved = false): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, 60);
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 6);
  const isPlain = isReserved || (slug === name && slug !== 'env-variables');
  return `aws-${isPlain ? slug : `${slug}-${hash}`}.${region.toLowerCase().replace(/[^a-z0-9-]+/g, '-')}`;
}

// The profiles a person has for the AWS tools: ~/.aws/config with ~/.aws/credentials laid over it, from where
// AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say. What leaves this file may hold secrets only inside `values`,
// which is never shown; how a profile gets its credentials is told apart here, and used by the SDK's own chain.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { type IniFile, type IniSection, parseIni } from './ini.ts';

export interface AwsPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** How a profile gets its credentials. */
export type CredentialSource = 'keys' | 'sso' | 'role' | 'process' | 'web-identity' | 'metadata' | 'login';

export interface Profile {
  readonly name: string;
  readonly origin: string;
  readonly values: IniSection;
  readonly source: CredentialSource | undefined;
}

export interface AwsFiles {
  readonly profiles: readonly Profile[];
  /** Sections `services NAME`, for addresses of endpoints. */
  readonly services: Readonly<Record<string, IniSection>>;
}

export function configFile({ env, homeFolder }: AwsPlaces): string {
  return env.AWS_CONFIG_FILE || join(homeFolder, '.aws', 'config');
}

export function credentialsFile({ env, homeFolder }: AwsPlaces): string {
  return env.AWS_SHARED_CREDENTIALS_FILE || join(homeFolder, '.aws', 'credentials');
}

export function shownPath(path: string, homeFolder: string): string {
  return path.startsWith(`${homeFolder}/`) ? `~${path.slice(homeFolder.length)}` : path;
}

/** Reads both files; one that is not there counts as empty. Throws ProblemError `config-invalid`. */
export async function readAwsFiles(places: AwsPlaces): Promise<AwsFiles> {
  const [config, credentials] = await Promise.all([
    readIni(configFile(places), places),
    readIni(credentialsFile(places), places),
  ]);
  const named = new Map<string, Profile>();
  for (const [section, values] of Object.entries(config)) {
    const name = section === 'default' ? 'default' : /^profile (.+)$/.exec(section)?.[1];
    if (name)
      named.set(name, profileOf(unquoted(name), shownPath(configFile(places), places.homeFolder), values));
  }
  for (const [section, values] of Object.entries(credentials)) {
    const known = named.get(section);
    const origin = known?.origin ?? shownPath(credentialsFile(places), places.homeFolder);
    named.set(section, profileOf(section, origin, { ...known?.values, ...values }));
  }
  const services = Object.entries(config).flatMap(([section, values]) => {
    const name = /^services (.+)$/.exec(section)?.[1];
    return name ? [[unquoted(name), values] as const] : [];
  });
  return { profiles: [...named.values()], services: Object.fromEntries(services) };
}

function unquoted(name: string): string {
  return name.replace(/^(["'])(.*)\1$/, '$2');
}

function profileOf(name: string, origin: string, values: IniSection): Profile {
  return { name, origin, values, source: sourceOf(values) };
}

/** The order of the SDK's own chain for one profile. */
function sourceOf(values: IniSection): CredentialSource | undefined {
  if (values.role_arn && values.web_identity_token_file) return 'web-identity';
  if (values.role_arn) return values.credential_source === 'Ec2InstanceMetadata' ? 'metadata' : 'role';
  if (values.aws_access_key_id && values.aws_secret_access_key) return 'keys';
  if (values.sso_session || values.sso_start_url) return 'sso';
  if (values.credential_process) return 'process';
  if (values.login_session) return 'login';
  return undefined;
}

async function readIni(file: string, { homeFolder }: AwsPlaces): Promise<IniFile> {
  const shown = shownPath(file, homeFolder);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw new ProblemError(
      {
        code: 'config-invalid',
        message: `${shown} cannot be read (${code}).`,
        fix: 'Give your user the right to read it; it is read again by itself.',
      },
      error,
    );
  }
  return parseIni(text, shown);
}

// Reads a server over SSH: as OpenSSH is configured for that host (`ssh -G`), with the agent or keys without a pass
// phrase, and only where its host key is on file. It runs one command that reads, and nothing else.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Client, ConnectConfig } from 'ssh2';
import { ProblemError } from '../../../shared/model/problem.ts';
import { limits } from '../../config.ts';
import { fingerprintOf, judgeKey, type KeyVerdict, typesOnFile } from './knownHosts.ts';
import type { SshHost } from './settings.ts';

export interface SshPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  /** Instead of the files OpenSSH looks at. */
  readonly knownHosts?: string;
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly identityFiles: readonly string[];
  readonly knownHostsFiles: readonly string[];
}

/** Output of a command on a server. Throws ProblemError with what to do. */
export async function runOverSsh(
  host: SshHost,
  command: string,
  places: SshPlaces,
  signal: AbortSignal,
): Promise<string> {
  const target = await targetOf(host, places);
  const known = await readAll(target.knownHostsFiles);
  const keys = await readKeys(target.identityFiles);
  const { Client, utils } = (await import('./clients.ts')).ssh;
  const usable = keys.filter(({ text }) => !(utils.parseKey(text) instanceof Error));
  const client = new Client();
  let verdict: KeyVerdict | undefined;
  let shown = '';
  const types = typesOnFile(known, target.host, target.port);
  const config: ConnectConfig = {
    host: target.host,
    port: target.port,
    username: target.user,
    readyTimeout: limits.onPremConnectTimeoutMs,
    hostVerifier: (key: Buffer) => {
      verdict = judgeKey(known, target.host, target.port, key);
      shown = `${fingerprintOf(key)}`;
      return verdict === 'known';
    },
    ...(types.length > 0 ? { algorithms: { serverHostKey: algorithmsOf(types) } } : {}),
    authHandler: methodsOf(target.user, usable, places.env.SSH_AUTH_SOCK) as ConnectConfig['authHandler'],
  };
  try {
    return await converse(client, config, command, signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (verdict !== undefined && verdict !== 'known') throw keyProblem(verdict, target, shown);
    throw problemOf(error, target, keys.length > usable.length);
  } finally {
    client.end();
  }
}

/** rsa keys sign with newer algorithms than their type is called (RFC 8332). */
function algorithmsOf(types: readonly string[]) {
  const all = types.flatMap((type) =>
    type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [type],
  );
  return all as NonNullable<NonNullable<ConnectConfig['algorithms']>['serverHostKey']>;
}

function methodsOf(username: string, keys: readonly { readonly text: string }[], agent: string | undefined) {
  return [
    ...(agent ? [{ type: 'agent' as const, username, agent }] : []),
    ...keys.map(({ text }) => ({ type: 'publickey' as const, username, key: text })),
  ];
}

function converse(
  client: Client,
  config: ConnectConfig,
  command: string,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      client.destroy();
      reject(signal.reason as Error);
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    const timer = setTimeout(() => {
      client.destroy();
      reject(Object.assign(new Error('no answer in time'), { code: 'IDLE' }));
    }, limits.onPremReadTimeoutMs).unref();
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      settle();
    };
    client.on('error', (error) => done(() => reject(error)));
    client.on('close', () =>
      done(() => reject(Object.assign(new Error('the line was cut'), { code: 'ECONNRESET' }))),
    );
    client.on('ready', () => {
      client.exec(command, (error, stream) => {
        if (error) return done(() => reject(error));
        let text = '';
        stream.setEncoding('utf8');
        stream.on('data', (part: string) => {
          text += part;
          if (text.length > limits.onPremAnswerCharactersMax) client.destroy();
        });
        stream.stderr.resume();
        stream.on('close', () => done(() => resolve(text)));
      });
    });
    client.connect(config);
  });
}

/** What OpenSSH itself would do for this host; plain defaults where its client is not installed. */
async function targetOf(host: SshHost, places: SshPlaces): Promise<Target> {
  const config = await askOpenSsh(host.host, places);
  const one = (key: string): string | undefined => config.get(key)?.[0];
  const home = (file: string): string => file.replace(/^~(?=\/)/, places.homeFolder);
  const given = 'identity_file' in host ? host.identity_file : undefined;
  const usual = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) =>
    path.join(places.homeFolder, '.ssh', name),
  );
  const onFile = ['userknownhostsfile', 'globalknownhostsfile'].flatMap((key) =>
    (config.get(key) ?? []).flatMap((line) => line.split(' ')),
  );
  return {
    host: one('hostname') ?? host.host,
    port: ('port' in host ? host.port : undefined) ?? Number(one('port') ?? 22),
    user: ('user' in host ? host.user : undefined) ?? one('user') ?? places.env.USER ?? 'root',
    identityFiles: (given ? [given] : (config.get('identityfile') ?? usual)).map(home),
    knownHostsFiles: (places.knownHosts
      ? [places.knownHosts]
      : onFile.length > 0
        ? onFile
        : [path.join(places.homeFolder, '.ssh', 'known_hosts'), '/etc/ssh/ssh_known_hosts']
    ).map(home),
  };
}

async function askOpenSsh(host: string, places: SshPlaces): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  if (host.startsWith('-')) return found;
  const env = { ...places.env, HOME: places.homeFolder } as NodeJS.ProcessEnv;
  const { stdout } = await promisify(execFile)('ssh', ['-G', '--', host], { env, timeout: 5_000 }).catch(
    () => ({
      stdout: '',
    }),
  );
  for (const line of stdout.split('\n')) {
    const at = line.indexOf(' ');
    if (at > 0) found.set(line.slice(0, at), [...(found.get(line.slice(0, at)) ?? []), line.slice(at + 1)]);
  }
  return found;
}

async function readAll(files: readonly string[]): Promise<readonly string[]> {
  return Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
}

async function readKeys(files: readonly string[]): Promise<readonly { readonly text: string }[]> {
  const texts = await readAll(files);
  return texts.filter((text) => text !== '').map((text) => ({ text }));
}

function keyProblem(verdict: KeyVerdict, { host, port, user }: Target, fingerprint: string): ProblemError {
  const name = port === 22 ? host : `[${host}]:${port}`;
  const sign = `ssh ${port === 22 ? '' : `-p ${port} `}${user}@${host}`;
  const table: Readonly<Record<string, readonly [string, string]>> = {
    unknown: [
      `The host key of ${name} (${fingerprint}) is not on file, so Pilothouse does not talk to it.`,
      `Compare it with what the server's administrator tells you, and accept it with "${sign}".`,
    ],
    changed: [
      `The host key of ${name} is another (${fingerprint}) than the one on file. Somebody may be listening in.`,
      `Ask the server's administrator. Only if it was made anew: ssh-keygen -R '${name}', then "${sign}".`,
    ],
    revoked: [
      `The host key of ${name} (${fingerprint}) is on file as revoked.`,
      "Do not use it; ask the server's administrator.",
    ],
  };
  const [message, fix] = table[verdict]!;
  return new ProblemError({ code: 'cloud-certificate', message, fix });
}

function problemOf(error: unknown, { host, port, user }: Target, hasLockedKey: boolean): ProblemError {
  const {
    code = '',
    level = '',
    message = '',
  } = error as NodeJS.ErrnoException & { readonly level?: string };
  const where = `${host}:${port}`;
  if (level === 'client-authentication')
    return new ProblemError({
      code: 'cloud-unauthorized',
      message: `${where} does not let ${user} in.`,
      fix: hasLockedKey
        ? 'Your key has a pass phrase: add it to the agent (ssh-add) and start Pilothouse where SSH_AUTH_SOCK is set.'
        : `See that "ssh -p ${port} ${user}@${host}" works without a question, or set user and identity_file.`,
    });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new ProblemError({
      code: 'cloud-unreachable',
      message: `The name ${host} cannot be looked up.`,
      fix: 'Check the name, your network and VPN.',
    });
  const reason =
    level === 'client-timeout' || code === 'IDLE'
      ? 'did not answer in time'
      : `cannot be reached (${code || message})`;
  return new ProblemError({
    code: 'cloud-unreachable',
    message: `${where} ${reason}.`,
    fix: 'Check that it is on, your network and VPN, and that an SSH server listens there.',
  });
}

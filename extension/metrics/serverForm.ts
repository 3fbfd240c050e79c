// Asks a person for a Prometheus server, one thing at a time: address, name, credentials, certificate, rhythm. What a
// choice gives away is said beside it. It keeps nothing and asks no server.

import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { PrometheusAuth, PrometheusServer } from '../../shared/model/metricSettings.ts';
import {
  intervalProblem,
  isOpenOnTheWire,
  nameProblem,
  proposedName,
  secretNameOf,
  urlProblem,
  wantedSecretOf,
} from './serverDraft.ts';

export interface ServerForm {
  readonly server: PrometheusServer;
  /** As it was typed; undefined: the one that is kept already stays. */
  readonly secret: string | undefined;
}

/** Undefined where the person goes away. `before` is what is changed, `taken` names that are not free. */
export async function askServer(
  taken: readonly string[],
  before?: PrometheusServer,
): Promise<ServerForm | undefined> {
  const url = await input({
    title: titleOf(before, 'Address'),
    prompt: 'Address of the server, as it stands before /api/v1/query.',
    value: before?.url ?? 'http://127.0.0.1:9090',
    problem: urlProblem,
  });
  if (url === undefined) return undefined;
  const name =
    before?.name ??
    (await input({
      title: titleOf(before, 'Name'),
      prompt: 'A short name; it becomes part of the ids of what the server measures, and stays.',
      value: proposedName(url, taken),
      problem: (text) => nameProblem(text, taken),
    }));
  if (name === undefined) return undefined;
  const credentials = await askCredentials(name, url, before);
  if (!credentials) return undefined;
  const tls = url.startsWith('https:') ? await askTls(before) : 'system';
  if (tls === undefined) return undefined;
  const interval = await input({
    title: titleOf(before, 'Rhythm'),
    prompt: 'Seconds between two samplings. Fewer cost the server more.',
    value: String(before?.intervalSeconds ?? 15),
    problem: intervalProblem,
  });
  if (interval === undefined) return undefined;
  const { auth: _auth, tls: _tls, ...kept } = before ?? { name };
  return {
    server: {
      ...kept,
      name,
      url,
      ...(credentials.auth && { auth: credentials.auth }),
      ...(tls !== 'system' && { tls }),
      intervalSeconds: Number(interval),
    },
    secret: credentials.secret,
  };
}

const titleOf = (before: PrometheusServer | undefined, what: string): string =>
  `${before ? `Prometheus Server ${before.name}` : 'Add Prometheus Server'}: ${what}`;

interface Asked {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly password?: boolean;
  readonly problem?: (text: string) => string | undefined;
}

async function input({ title, prompt, value = '', password = false, problem }: Asked) {
  const typed = await vscode.window.showInputBox({
    title,
    prompt,
    value,
    password,
    ignoreFocusOut: true,
    ...(problem && { validateInput: (text) => problem(text.trim()) }),
  });
  return password ? typed : typed?.trim();
}

interface Credentials {
  readonly auth: PrometheusAuth | undefined;
  readonly secret: string | undefined;
}

async function askCredentials(
  name: string,
  url: string,
  before: PrometheusServer | undefined,
): Promise<Credentials | undefined> {
  const isOpen = isOpenOnTheWire(url);
  const warning = isOpen ? 'It would cross the network unencrypted: the address is http://' : undefined;
  const kinds = [
    { label: 'No credentials', way: 'none' as const },
    { label: 'User and password', way: 'basic' as const, ...(warning && { detail: warning }) },
    { label: 'Token', description: 'Bearer', way: 'bearer' as const, ...(warning && { detail: warning }) },
    ...(before ? [{ label: 'Leave credentials as they are', way: 'same' as const }] : []),
  ];
  const picked = await vscode.window.showQuickPick(kinds, {
    title: titleOf(before, 'Credentials'),
    placeHolder: 'What does the server ask for?',
    ignoreFocusOut: true,
  });
  if (!picked) return undefined;
  if (picked.way === 'same') return { auth: before?.auth, secret: undefined };
  if (picked.way === 'none') return { auth: undefined, secret: undefined };
  const place = { secret: secretNameOf(name) };
  const user =
    picked.way === 'basic'
      ? await input({
          title: titleOf(before, 'User'),
          prompt: 'Name of the user.',
          value: before?.auth?.kind === 'basic' ? before.auth.user : '',
          problem: (text) => (text === '' ? 'A name' : undefined),
        })
      : '';
  if (user === undefined) return undefined;
  const what = picked.way === 'basic' ? 'Password' : 'Token';
  const isKept =
    before !== undefined && wantedSecretOf(before) === place.secret && before.auth?.kind === picked.way;
  const secret = await input({
    title: titleOf(before, what),
    prompt: `It stays in this editor's secret storage and the daemon's memory.${isKept ? ' Empty: the one that is kept.' : ''}`,
    password: true,
    problem: (text) => (text === '' && !isKept ? `A ${what.toLowerCase()}` : undefined),
  });
  if (secret === undefined) return undefined;
  return {
    auth:
      picked.way === 'basic' ? { kind: 'basic', user, password: place } : { kind: 'bearer', token: place },
    secret: secret === '' ? undefined : secret,
  };
}

/** `system`: as this machine trusts others. Undefined where the person goes away. */
async function askTls(before: PrometheusServer | undefined) {
  const own = before?.tls?.certFile !== undefined || before?.tls?.serverName !== undefined;
  const picked = await vscode.window.showQuickPick(
    [
      { label: 'Check it against the authorities this machine trusts', way: 'system' as const },
      { label: 'Check it against an authority of my own…', detail: 'A PEM file', way: 'own' as const },
      ...(own ? [{ label: 'Leave it as it is', way: 'same' as const }] : []),
      {
        label: 'Do not check it',
        detail:
          'Insecure: whoever stands between can read the password or token and forge every figure. Only for a try.',
        way: 'never' as const,
      },
    ],
    {
      title: titleOf(before, 'Certificate'),
      placeHolder: 'How is the certificate checked?',
      ignoreFocusOut: true,
    },
  );
  if (!picked) return undefined;
  if (picked.way === 'system') return 'system';
  if (picked.way === 'same') return before?.tls ?? 'system';
  if (picked.way === 'never') return { verify: false };
  const file = await input({
    title: titleOf(before, 'Authority'),
    prompt: "Whole path of the PEM file with the authority's certificate, on the machine of the daemon.",
    value: before?.tls?.caFile ?? '',
    problem: (text) =>
      path.isAbsolute(text) ? (existsSync(text) ? undefined : 'There is no such file') : 'A whole path',
  });
  return file === undefined ? undefined : { caFile: file };
}

// The Prometheus servers of a person: add, change, try, remove, and what the daemon has to be told about them. A server
// is tried before it is kept; its password or token goes to the editor's secret storage and the daemon's memory, never
// into a setting, a file or the audit trail.

import * as vscode from 'vscode';
import type { PrometheusServer, WatchStatus } from '../../shared/model/metricSettings.ts';
import { problemOf } from '../../shared/model/problem.ts';
import { registerCommand, withProgress } from '../commands/problems.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { type ChosenSettings, createMetricsHandOver } from './handOver.ts';
import {
  describeServer,
  describeState,
  describeTrial,
  secretNameOf,
  storageKeyOf,
  wantedSecretOf,
} from './serverDraft.ts';
import { askServer, type ServerForm } from './serverForm.ts';

interface Ports {
  readonly daemon: DaemonLink;
  readonly secrets: vscode.SecretStorage;
}

export function registerMetrics(
  daemon: DaemonLink,
  secrets: vscode.SecretStorage,
  log: (line: string) => void,
): vscode.Disposable {
  const ports = { daemon, secrets };
  const handOver = createMetricsHandOver({
    daemon,
    readSettings,
    readSecret: (name) => secrets.get(storageKeyOf(name)),
    log,
  });
  return vscode.Disposable.from(
    handOver,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('pilothouse.metrics')) void handOver.renew();
    }),
    // Another window may have kept a new one.
    secrets.onDidChange(({ key }) => {
      if (key.startsWith(storageKeyOf(''))) void handOver.renew();
    }),
    registerCommand('pilothouse.metrics.addServer', () => add(ports)),
    registerCommand('pilothouse.metrics.manageServers', () => manage(ports)),
  );
}

/** Only what the person has chosen: otherwise a window would take back what a terminal set. */
function readSettings(): ChosenSettings {
  const settings = vscode.workspace.getConfiguration('pilothouse.metrics');
  const chosen = <T>(name: string): T | undefined => settings.inspect<T>(name)?.globalValue;
  const [megabytes, keeps] = [chosen<number>('storeMegabytes'), chosen<boolean>('keepWatching')];
  return {
    ...(megabytes !== undefined && {
      storeMegabytesMax: Math.min(1_000_000, Math.max(16, Math.trunc(megabytes))),
    }),
    ...(keeps !== undefined && { keepWatching: keeps }),
  };
}

const statusOf = ({ daemon }: Ports): Promise<WatchStatus> =>
  Promise.resolve(daemon.request('watch/status', {}));

async function add(ports: Ports): Promise<void> {
  const { settings } = await statusOf(ports);
  const form = await askServer(settings.prometheus.map(({ name }) => name));
  if (form) await tryAndKeep(ports, form);
}

async function manage(ports: Ports): Promise<void> {
  const { settings, sources } = await statusOf(ports);
  const add = { label: '$(add) Add Prometheus Server…', server: undefined };
  const picked = await vscode.window.showQuickPick(
    [
      ...settings.prometheus.map((server) => ({
        label: server.name,
        description: server.url,
        detail: `${describeState(server, sources)} · ${describeServer(server)}`,
        server,
      })),
      add,
    ],
    { title: 'Prometheus Servers', placeHolder: 'Which one?', ignoreFocusOut: true },
  );
  if (!picked) return;
  if (!picked.server) return void (await vscode.commands.executeCommand('pilothouse.metrics.addServer'));
  await doWith(ports, picked.server);
}

async function doWith(ports: Ports, server: PrometheusServer): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: 'Change…', what: 'change' as const },
      { label: 'Try It', what: 'try' as const },
      { label: 'Remove…', what: 'remove' as const },
    ],
    { title: `Prometheus Server ${server.name}`, placeHolder: server.url, ignoreFocusOut: true },
  );
  if (picked?.what === 'change') {
    const form = await askServer([], server);
    if (form) await tryAndKeep(ports, form);
  } else if (picked?.what === 'try') {
    const tried = await tryServer(ports, { server, secret: undefined });
    void vscode.window.showInformationMessage(
      `Prometheus server ${server.name} answers: ${describeTrial(tried)}.`,
    );
  } else if (picked?.what === 'remove') await remove(ports, server);
}

async function tryServer({ daemon, secrets }: Ports, { server, secret }: ServerForm) {
  const name = wantedSecretOf(server);
  const value = name === undefined ? undefined : (secret ?? (await secrets.get(storageKeyOf(name))));
  return withProgress(`asking Prometheus server ${server.name}`, (signal) =>
    daemon.request(
      'watch/tryServer',
      { server: wireOf(server), secrets: name !== undefined && value ? { [name]: value } : {} },
      { signal },
    ),
  );
}

/** Tries until it answers, the person keeps it all the same, or goes away. */
async function tryAndKeep(ports: Ports, form: ServerForm): Promise<void> {
  let wanted = form;
  for (;;) {
    try {
      const tried = await tryServer(ports, wanted);
      await keep(ports, wanted);
      void vscode.window.showInformationMessage(
        `Prometheus server ${wanted.server.name} is kept: ${describeTrial(tried)}; sampled every ${wanted.server.intervalSeconds ?? 15} s.`,
      );
      return;
    } catch (error) {
      const { code, message, fix } = problemOf(error);
      if (code === 'cancelled') return;
      const pressed = await vscode.window.showErrorMessage(
        message,
        { modal: true, ...(fix && { detail: fix }) },
        'Change…',
        'Keep It All the Same',
      );
      if (pressed === undefined) return;
      if (pressed !== 'Change…') return keep(ports, wanted);
      const changed = await askServer([], wanted.server);
      if (!changed) return;
      wanted = { ...changed, secret: changed.secret ?? wanted.secret };
    }
  }
}

/** The list is read anew: a terminal or another window may have changed it meanwhile. */
async function keep(ports: Ports, { server, secret }: ServerForm): Promise<void> {
  const { daemon, secrets } = ports;
  const own = secretNameOf(server.name);
  const isWanted = wantedSecretOf(server) === own;
  const others = (await statusOf(ports)).settings.prometheus.filter(({ name }) => name !== server.name);
  const value = isWanted ? (secret ?? (await secrets.get(storageKeyOf(own)))) : undefined;
  await daemon.request('watch/configure', {
    settings: { prometheus: [...others, server].map(wireOf) },
    secrets: { [own]: value ?? '' },
  });
  await (value ? secrets.store(storageKeyOf(own), value) : secrets.delete(storageKeyOf(own)));
}

async function remove(ports: Ports, server: PrometheusServer): Promise<void> {
  const pressed = await vscode.window.showWarningMessage(
    `Remove the Prometheus server ${server.name}?`,
    {
      modal: true,
      detail: `It is not asked any more (${server.url}), and its password or token is forgotten. What was measured stays until it is too old.`,
    },
    'Remove',
  );
  if (pressed !== 'Remove') return;
  const own = secretNameOf(server.name);
  const others = (await statusOf(ports)).settings.prometheus.filter(({ name }) => name !== server.name);
  await ports.daemon.request('watch/configure', {
    settings: { prometheus: others.map(wireOf) },
    secrets: { [own]: '' },
  });
  await ports.secrets.delete(storageKeyOf(own));
}

/** As the wire takes it: lists there are not read-only. */
function wireOf(server: PrometheusServer) {
  const { rules, ...rest } = server;
  return { ...rest, ...(rules && { rules: [...rules] }) };
}

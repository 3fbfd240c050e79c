// The settings of a person, read once at the start. What only the daemon has to know is its own business.

import * as vscode from 'vscode';
import { stateFolderOf } from '../connect/paths.ts';

export interface Settings {
  /** Absolute. */
  readonly stateFolder: string;
  readonly autoStart: boolean;
  /** Whether a window that opens shows the view by itself. */
  readonly openAtStart: boolean;
  readonly logLevel: 'info' | 'debug';
  /** Whether the simulated cloud is shown. */
  readonly hasSandbox: boolean;
  /** Whether this machine is a connection. */
  readonly hasLocal: boolean;
  /** File with the servers, devices and ranges of one's own; empty: the usual place. */
  readonly onPremFile: string;
  /** Requests a second to one account of a cloud that limits them; 0: as the daemon has it. */
  readonly requestsPerSecond: number;
}

/** The environment variable wins, so that a test or a terminal and its editor share one daemon. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const settings = vscode.workspace.getConfiguration('pilothouse');
  const given = settings.get<string>('daemon.stateFolder') || undefined;
  return {
    stateFolder: stateFolderOf(env.PILOTHOUSE_STATE ? undefined : given, env),
    autoStart: settings.get<boolean>('daemon.autoStart') ?? true,
    openAtStart: settings.get<boolean>('openAtStart') ?? false,
    hasSandbox: settings.get<boolean>('sandbox.enabled') ?? true,
    hasLocal: settings.get<boolean>('local.enabled') ?? true,
    onPremFile: settings.get<string>('onPremise.file') ?? '',
    requestsPerSecond: settings.get<number>('account.requestsPerSecond') ?? 0,
    logLevel: settings.get<string>('daemon.logLevel') === 'debug' ? 'debug' : 'info',
  };
}

/** What a daemon that this window starts is told by its environment; a variable that is set already wins. */
export function environmentOf(settings: Settings): Readonly<Record<string, string>> {
  return {
    PILOTHOUSE_LOG: settings.logLevel,
    ...(settings.hasSandbox ? {} : { PILOTHOUSE_SANDBOX: 'off' }),
    ...(settings.hasLocal ? {} : { PILOTHOUSE_LOCAL: 'off' }),
    ...(settings.onPremFile ? { PILOTHOUSE_ONPREM_FILE: settings.onPremFile } : {}),
    ...(settings.requestsPerSecond > 0
      ? { PILOTHOUSE_REQUESTS_PER_SECOND: String(settings.requestsPerSecond) }
      : {}),
  };
}

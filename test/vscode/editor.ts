// Starts VS Code for one test: code-server on a loopback port with folders of its own, so that nothing of another
// run or of the person's own editor is seen or changed. `stop` ends the server, the daemon that the extension left
// running in the state folder, and removes the folders. Knows nothing about browsers (`drive.ts`) or about mocha in
// the extension host (`electronWrapper.ts`); both start here.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  type CodeServer,
  installCodeServer,
  installExtension,
  startCodeServer,
} from '../../scripts/lib/codeServer.mjs';
import { endDaemon } from './endDaemon.ts';

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

export interface EditorOptions {
  /** A packaged extension to install, as a person would. */
  readonly vsix?: string;
  /** Other extensions beside it, packaged. */
  readonly moreVsix?: readonly string[];
  readonly theme?: Theme;
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Files of the workspace folder: relative path to content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Environment of the extension host, and of the daemon that it starts. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: a new folder for each editor. */
  readonly state?: string;
  readonly args?: readonly string[];
}

export interface Editor {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** The workspace folder. */
  readonly workspace: string;
  /** What `PILOTHOUSE_STATE` names. */
  readonly state: string;
  readonly userData: string;
  /** All the server and the extension host printed. */
  output(): string;
  stop(): Promise<void>;
}

/** Each by the name its setting has, the name a person sees in the list, and the class that the workbench gets. */
export const themes: Readonly<
  Record<Theme, { readonly setting: string; readonly label: string; readonly workbench: string }>
> = {
  light: { setting: 'Default Light Modern', label: 'Light Modern', workbench: 'vs' },
  dark: { setting: 'Default Dark Modern', label: 'Dark Modern', workbench: 'vs-dark' },
  'high-contrast': {
    setting: 'Default High Contrast',
    label: 'Dark High Contrast',
    workbench: 'hc-black',
  },
  'high-contrast-light': {
    setting: 'Default High Contrast Light',
    label: 'Light High Contrast',
    workbench: 'hc-light',
  },
};

/** No look-ups, no welcome pages, no telemetry, no other assistant in the way. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'files.simpleDialog.enable': true,
  'editor.accessibilitySupport': 'off',
};

export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const server = await installCodeServer();
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'pilothouse-editor-'));
  const folders = { userData: path.join(home, 'user'), extensions: path.join(home, 'extensions') };
  const workspace = path.join(home, 'workspace');
  const state = options.state ?? path.join(home, 'state');
  writeWorkspace(workspace, options.files ?? {});
  writeSettings(folders.userData, options);
  for (const vsix of [options.vsix, ...(options.moreVsix ?? [])])
    if (vsix !== undefined) await installExtension(server, { ...folders, vsix });
  const started = await launch(server, folders, { ...options, state });
  return {
    url: started.url,
    port: started.port,
    workspace,
    state,
    userData: folders.userData,
    output: started.output,
    async stop() {
      await started.stop();
      if (options.state === undefined) await endDaemon(state);
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function launch(
  server: CodeServer,
  folders: { userData: string; extensions: string },
  options: EditorOptions & { state: string },
) {
  return startCodeServer(server, {
    ...folders,
    // What runs on the machine of the test is nobody's business there, unless a suite asks for it.
    env: { PILOTHOUSE_LOCAL: 'off', ...options.env, PILOTHOUSE_STATE: options.state },
    args: options.args ?? [],
  });
}

function writeWorkspace(workspace: string, files: Readonly<Record<string, string>>): void {
  fs.mkdirSync(workspace, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(workspace, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}

function writeSettings(userData: string, options: EditorOptions): void {
  const folder = path.join(userData, 'User');
  fs.mkdirSync(folder, { recursive: true });
  const settings = {
    ...quietSettings,
    'workbench.colorTheme': themes[options.theme ?? 'dark'].setting,
    'window.autoDetectColorScheme': false,
    'window.autoDetectHighContrast': false,
    ...options.settings,
  };
  fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
  // Settings of the scope "machine" count from this file alone: the editor's side of a server has its own.
  const machine = path.join(userData, 'Machine');
  fs.mkdirSync(machine, { recursive: true });
  fs.writeFileSync(path.join(machine, 'settings.json'), JSON.stringify(options.settings ?? {}, null, 2));
}

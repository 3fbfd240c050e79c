// What F5 relies on: the daemon that a window starts opens the port it is told, on this machine alone, and a debugger
// finds the TypeScript behind its bundle. The debugger here is a client of the inspector's own protocol.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { openSession } from '../../connect/session.ts';
import { endDaemonsOf } from '../fakes/endDaemons.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

const root = path.join(import.meta.dirname, '..', '..');
const bundle = path.join(root, 'dist', 'daemon.cjs');

interface Launch {
  readonly compounds: readonly { readonly configurations: readonly string[] }[];
  readonly configurations: readonly {
    readonly name: string;
    readonly port?: number;
    readonly address?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly outFiles?: readonly string[];
    readonly preLaunchTask?: string;
  }[];
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** What the inspector says of the bundle: where its source map is. */
async function scriptOf(port: number): Promise<{ readonly url: string; readonly sourceMapURL: string }> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(target!.webSocketDebuggerUrl);
  try {
    return await new Promise((resolve, reject) => {
      socket.onerror = () => reject(new Error('the inspector does not answer'));
      socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Debugger.enable' }));
      socket.onmessage = ({ data }) => {
        const { method, params } = JSON.parse(String(data));
        if (method === 'Debugger.scriptParsed' && params.url.endsWith('daemon.cjs')) resolve(params);
      };
    });
  } finally {
    socket.close();
  }
}

describe('the daemon under a debugger', function () {
  this.timeout(60_000);
  const folders = new Set<string>();
  afterEach(async () => {
    await endDaemonsOf(folders);
    folders.clear();
    removeTempFolders();
  });

  it('is not under one because its window is', async () => {
    const stateFolder = tempFolder();
    folders.add(stateFolder);
    const fake = (name: string) => path.join(root, 'test', 'fakes', name);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--inspect=127.0.0.1:0', fake('debuggedWindow.ts'), stateFolder, fake('daemonMain.ts')],
      { env: { ...process.env, NODE_OPTIONS: '--inspect=127.0.0.1:0' } },
    );
    const said = JSON.parse(stdout) as { readonly pid: number; readonly inspector: string };
    assert.match(said.inspector, /^ws:/, 'the window itself is');
    assert.doesNotMatch(fs.readFileSync(path.join(stateFolder, 'daemon.log'), 'utf8'), /Debugger listening/);
    if (process.platform === 'linux')
      assert.doesNotMatch(fs.readFileSync(`/proc/${said.pid}/cmdline`, 'utf8'), /inspect/);
  });

  it('opens the port it is told, here alone, and leads to its TypeScript', async function () {
    if (!fs.existsSync(bundle) || !fs.existsSync(`${bundle}.map`)) return this.skip();
    const stateFolder = tempFolder();
    folders.add(stateFolder);
    const port = await freePort();
    const session = openSession({
      stateFolder,
      entry: bundle,
      env: { ...process.env, PILOTHOUSE_DAEMON_INSPECT: String(port), PILOTHOUSE_LOCAL: 'off' },
      client: { name: 'test', version: '0.1.0', kind: 'editor' },
    });
    try {
      await session.ready();
      const script = await scriptOf(port);
      const map = path.resolve(path.dirname(bundle), script.sourceMapURL);
      const { sources } = JSON.parse(fs.readFileSync(map, 'utf8')) as { sources: string[] };
      const files = sources.map((source) => path.resolve(path.dirname(map), source));
      for (const file of ['daemon/main.ts', 'daemon/plans/runner.ts', 'daemon/rpc/server.ts'])
        assert.ok(files.includes(path.join(root, file)), file);
      assert.ok(fs.existsSync(path.join(root, 'daemon/plans/runner.ts')));
      const log = fs.readFileSync(path.join(stateFolder, 'daemon.log'), 'utf8');
      assert.match(log, new RegExp(`Debugger listening on ws://127\\.0\\.0\\.1:${port}/`));
    } finally {
      session.dispose();
    }
  });

  it('is attached to by F5 at the port that the window is told', () => {
    const text = fs.readFileSync(path.join(root, '.vscode', 'launch.json'), 'utf8');
    const launch = JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as Launch;
    const [extension, daemon] = launch.compounds[0]!.configurations.map((name) =>
      launch.configurations.find((one) => one.name === name),
    );
    assert.equal(String(daemon!.port), extension!.env!.PILOTHOUSE_DAEMON_INSPECT);
    assert.equal(daemon!.address, '127.0.0.1');
    const folder = '$'.concat('{workspaceFolder}');
    for (const one of [extension!, daemon!]) assert.deepEqual(one.outFiles, [`${folder}/dist/**/*.cjs`]);
    const tasks = fs.readFileSync(path.join(root, '.vscode', 'tasks.json'), 'utf8');
    const labels = (JSON.parse(tasks) as { tasks: { label: string }[] }).tasks.map(({ label }) => label);
    assert.ok(labels.includes(extension!.preLaunchTask!));
  });
});

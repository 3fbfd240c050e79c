// Commands in the hollow containers of the lab: a real process on a real terminal of this machine, which knows by its
// environment whose container it plays. It speaks the channels of a real kubelet over a WebSocket; the terminal is made
// by `script` of util-linux, which gives the exit code on.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

const protocol = 'v4.channel.k8s.io';

const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => protocol });

/** Whether it was one. */
export function upgradeExec(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
  const url = new URL(request.url ?? '/', 'https://kubelet');
  const match = /^\/exec\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(url.pathname);
  if (!match) return false;
  const [, , pod = '', container = ''] = match;
  sockets.handleUpgrade(request, socket, head, (open) =>
    run(open, url.searchParams.getAll('command'), { POD: pod, CONTAINER: container }),
  );
  return true;
}

function run(socket: WebSocket, command: readonly string[], names: Readonly<Record<string, string>>): void {
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn('script', ['-qfec', quoted, '/dev/null'], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, TERM: 'xterm-256color', ENV: '', HOME: tmpdir(), ...names },
    detached: true,
  });
  child.stdout.on('data', (part: Buffer) => {
    child.stdout.pause();
    socket.send(Buffer.concat([Buffer.of(1), part]), () => child.stdout.resume());
  });
  socket.on('message', (data: Buffer) => {
    if (data[0] === 0) child.stdin.write(data.subarray(1));
    if (data[0] === 4) resize(child, JSON.parse(data.subarray(1).toString()));
  });
  child.stdin.on('error', () => undefined);
  socket.on('close', () => hangUp(child));
  child.on('close', (code) => {
    socket.send(Buffer.concat([Buffer.of(3), Buffer.from(JSON.stringify(statusOf(code ?? 137)))]));
    socket.close();
  });
}

/** As a runtime tells it (`k8s.io/kubernetes/pkg/kubelet/cri/streaming`). */
function statusOf(code: number): object {
  if (code === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    reason: 'NonZeroExitCode',
    message: `command terminated with non-zero exit code ${code}`,
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}

function resize(child: ChildProcess, { Width, Height }: { Width: number; Height: number }): void {
  // `script` needs a moment to make its terminal; a size that comes before is tried again.
  const terminal = terminalOf(child);
  if (terminal) spawnSync('stty', ['-F', terminal, 'cols', String(Width), 'rows', String(Height)]);
  else if (child.exitCode === null) setTimeout(() => resize(child, { Width, Height }), 50);
}

function terminalOf({ pid }: ChildProcess): string | undefined {
  try {
    const [inner] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const found = readlinkSync(`/proc/${inner}/fd/0`);
    return found.startsWith('/dev/pts/') ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Without its `script` the terminal is gone, and what runs on it is told to hang up. */
function hangUp({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

// Shells in pods through a real API server to a kubelet that runs them for real: which container, as whom, bytes both
// ways, size, exit code, what may not be entered, and nothing left running when the window goes away.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Executor, RemoteTerminal } from '../../../daemon/executors/contract.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { problemFrom, readKind } from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import { deploymentOf, type Home, makeHome, openNamespace, runDeployment } from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `exec-${process.pid}`;
const waitMs = 30_000;

describe('shells in pods of a real control plane', function () {
  this.timeout(120_000);
  let lab: KubernetesLab;
  let home: Home;
  let executor: Executor;
  let pod: Resource;
  let close: () => Promise<void>;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    close = await openNamespace(lab, space);
    home = await makeHome(lab, [
      { name: 'exec', namespace: space },
      { name: 'limited', namespace: space, token: lab.tokens.limited },
    ]);
    executor = await home.open('exec');
    await executor.identity(signal());
    const containers = [
      { name: 'app', image: 'shop/app:1' },
      { name: 'proxy', image: 'mesh/proxy:1' },
    ];
    await runDeployment(lab, space, deploymentOf('pair', 1, { containers }));
    pod = (await readKind(executor, 'pod')).find((one) => one.namespace === space)!;
  });
  after(async () => {
    await home?.dispose();
    await close?.();
  });

  const signal = () => AbortSignal.timeout(waitMs);
  async function enter(container: string, command?: readonly string[]) {
    const terminal = await executor.terminals!.open({
      resource: pod,
      container,
      columns: 101,
      rows: 33,
      signal: signal(),
      ...(command && { command }),
    });
    return visitOf(terminal);
  }

  it('offers the containers that run, and never guesses between several', async () => {
    assert.deepEqual(await executor.terminals!.ways(pod, signal()), [
      { way: 'exec', containers: ['app', 'proxy'] },
      { way: 'forward', ports: [] },
    ]);
    const check = (container?: string) =>
      executor.terminals!.check({
        resource: pod,
        way: 'exec',
        signal: signal(),
        ...(container === undefined ? {} : { container }),
      });
    assert.deepEqual(await check('proxy'), { container: 'proxy' });
    assert.match((await problemFrom(check())).fix ?? '', /app, proxy/);
    assert.equal((await problemFrom(check('nosuch'))).code, 'not-found');
  });

  it('carries what is typed and shown, and the exit code', async () => {
    const shell = await enter('proxy');
    shell.type('echo $CONTAINER-$((6*7)); exit 7\n');
    assert.deepEqual(await shell.terminal.ended, { exitCode: 7 });
    assert.match(shell.text(), /proxy-42/);
  });

  it('takes a size, and another one later', async () => {
    const shell = await enter('app', ['sh']);
    await shell.until(() => {
      shell.type('stty size\n');
      return shell.text().includes('33 101');
    });
    shell.terminal.resize(90, 20);
    await shell.until(() => {
      shell.type('stty size\n');
      return shell.text().includes('20 90');
    });
    shell.type('exit\n');
    assert.deepEqual(await shell.terminal.ended, { exitCode: 0 });
  });

  it('holds back what comes faster than it is read, and loses none of it', async () => {
    const { terminal } = await enter('app', ['seq', '1', '200000']);
    let bytes = 0;
    let tail = '';
    for await (const part of terminal.bytes as AsyncIterable<Buffer>) {
      bytes += part.length;
      tail = (tail + part.toString()).slice(-20);
    }
    assert.ok(bytes > 1_200_000, String(bytes));
    assert.match(tail, /200000\r\n$/);
    assert.deepEqual(await terminal.ended, { exitCode: 0 });
  });

  it('ends what runs in there when it is closed', async () => {
    const shell = await enter('app', ['sleep', '98761']);
    await shell.until(() => isRunning('sleep\u000098761'));
    shell.terminal.bytes.destroy();
    await shell.until(() => !isRunning('sleep\u000098761'));
  });

  it('says what is not there, and who may not', async () => {
    const gone = { ...pod, id: `${pod.id}-gone`, name: 'gone' };
    assert.equal((await problemFrom(executor.terminals!.ways(gone, signal()))).code, 'wrong-state');
    const opening = executor.terminals!.open({
      resource: gone,
      container: 'app',
      columns: 80,
      rows: 24,
      signal: signal(),
    });
    assert.equal((await problemFrom(opening)).code, 'cloud-not-found');
    const limited = await home.open('limited');
    const entering = limited.terminals!.check({
      resource: pod,
      way: 'exec',
      container: 'app',
      signal: signal(),
    });
    assert.match((await problemFrom(entering)).code, /not-allowed|cloud-forbidden/);
  });
});

function visitOf(terminal: RemoteTerminal) {
  let text = '';
  terminal.bytes.on('data', (part: Buffer) => {
    text += part.toString();
  });
  return {
    terminal,
    text: () => text,
    type: (typed: string) => void terminal.bytes.write(typed),
    until: async (condition: () => boolean) => {
      for (const deadline = Date.now() + waitMs; !condition(); ) {
        if (Date.now() > deadline) throw new Error(`It never came to be. The terminal shows:\n${text}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

/** Whether a process of this machine has these words as its command line. */
function isRunning(words: string): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').startsWith(words);
    } catch {
      return false;
    }
  });
}

// The consoles of a real server from the command line, by the very Nova of the lab: asked first, the address of its screen
// printed once, its serial line carried by the real proxy to what stands behind it, and neither address nor a word of it
// kept: not in the audit, not in the log, not in any file of the state folder. What a Nova without a console proxy
// answers is asked of the same Nova, which has no SPICE.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '../../../daemon/config.ts';
import type { Executor } from '../../../daemon/executors/contract.ts';
import { createRedactor } from '../../../daemon/executors/kit/redact.ts';
import { createOpenStack } from '../../../daemon/executors/openstack/api/openStack.ts';
import { createCloud } from '../../../daemon/executors/openstack/client/cloud.ts';
import { loadCloud } from '../../../daemon/executors/openstack/config/findClouds.ts';
import { serverConsoles } from '../../../daemon/executors/openstack/consoles.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { type Home, makeHome, problemFrom, runStep } from '../../executors/openstack/steps.ts';
import { endDaemon } from '../../vscode/endDaemon.ts';
import { requireLab } from '../lab.ts';
import { openProject, type ScratchProject } from './resetProject.ts';

const cli = join(import.meta.dirname, '..', '..', '..', 'daemon', 'cli', 'main.ts');
const name = `screen${process.pid}`;

describe('the console of a server on a real OpenStack', function () {
  this.timeout(240_000);
  let project: ScratchProject;
  let home: Home;
  let executor: Executor;
  let stateFolder: string;
  let vm: Resource;

  before(async function () {
    const lab = await requireLab('openstack', this);
    project = await openProject(lab, `console${process.pid}`);
    home = await makeHome(
      `clouds:\n  dev-screens:\n    region_name: RegionOne\n    auth: {auth_url: "${lab.authUrl}", username: ${project.user}, password: ${project.password}, project_name: ${project.project}, user_domain_id: default, project_domain_id: default}\n`,
    );
    stateFolder = join(home.folder, 'state');
    executor = await home.open('dev-screens');
    const args = { name, flavor: 'm1.tiny', image: 'cirros' };
    vm = (await runStep(executor, { operation: 'create.vm', args })).verification.resource!;
  });
  after(async () => {
    if (stateFolder) await endDaemon(stateFolder);
    await home?.dispose();
    await project?.dispose();
  });

  function run(first: string, ...rest: readonly string[]) {
    return runTyping([], first, ...rest);
  }
  /** Types each when what is before it was shown. */
  function runTyping(
    talk: readonly (readonly [shown: string, typed: string])[],
    first: string,
    ...rest: readonly string[]
  ) {
    const child = spawn(process.execPath, [cli, first, '--state', stateFolder, ...rest], {
      env: {
        PATH: process.env.PATH,
        HOME: home.folder,
        OS_CLIENT_CONFIG_FILE: join(home.folder, 'clouds.yaml'),
        PILOTHOUSE_SANDBOX: 'off',
        PILOTHOUSE_LOCAL: 'off',
        NODE_NO_WARNINGS: '1',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    let said = 0;
    const say = (): void => {
      const [shown, typed] = talk[said] ?? [];
      if (shown === undefined || !out.includes(shown)) return;
      said += 1;
      child.stdin.write(typed!);
    };
    if (talk.length === 0) child.stdin.end();
    say();
    child.stdout.on('data', (data) => {
      out += String(data);
      say();
    });
    child.stderr.on('data', (data) => (err += String(data)));
    return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
      child.on('close', (code) => resolve({ code, out, err })),
    );
  }

  it('is opened after a yes, and its address is kept nowhere', async () => {
    const refused = await run('console', name);
    assert.equal(refused.code, 4, refused.err);
    assert.match(refused.err, /needs a yes from somebody/);

    const { code, out, err } = await run('console', name, '--yes');
    assert.equal(code, 0, err);
    assert.match(
      err,
      new RegExp(`Opens the console of the VM ${name} on dev-screens \\(dev\\) in a browser`),
    );
    const token = /^http:\/\/\S+\/vnc_auto\.html\?path=%3Ftoken%3D([\da-f-]{36})\n$/.exec(out)?.[1];
    assert.ok(token, out);

    const audit = await run('audit', 'list', '--json');
    const entered = audit.out.match(/"operation": "enter\.vm"/g);
    assert.equal(entered?.length, 2, audit.out);
    assert.match(audit.out, /Its address was handed over; when the console is closed is not known here/);
    assert.ok(!audit.out.includes(token));
    await isKeptNowhere(token);
  });

  it('carries its serial line to this terminal and back, and ends with a key', async () => {
    const talk = [
      ['', '\r'],
      [`${name} login: `, 'ann\r'],
      ['$ ', 'echo is-$42\r'],
      ['\r\nis-$42', '\x1d'],
    ] as const;
    const { code, out, err } = await runTyping(talk, 'console', name, '--serial', '--yes');
    assert.equal(code, 0, err + out);
    assert.match(err, /Opens the serial console of the VM screen\d+ on dev-screens \(dev\) in a terminal/);
    assert.match(err, /Ctrl-\] leaves it/);
    assert.match(out, /Welcome to screen/);
    const audit = await run('audit', 'list', '--json');
    assert.match(audit.out, /"way": "serial"/);
    assert.match(audit.out, /It was closed/);
    await isKeptNowhere('is-$42');
    await isKeptNowhere('token=');
  });

  async function isKeptNowhere(text: string): Promise<void> {
    for (const entry of await readdir(stateFolder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        // A journal of a database may be gone by the time it is read.
        const kept = await readFile(join(entry.parentPath, entry.name), 'latin1').catch(
          (error: NodeJS.ErrnoException) => {
            if (error.code === 'ENOENT') return '';
            throw error;
          },
        );
        assert.ok(!kept.includes(text), `${entry.name} has ${text}`);
      }
  }

  it('says why where there is none', async () => {
    const signal = AbortSignal.timeout(60_000);
    const cloud = createCloud({
      load: () => loadCloud(executor.candidate.id, home.context),
      env: home.context.env,
      limits,
      redactor: createRedactor(),
      now: Date.now,
    });
    const os = createOpenStack(executor.candidate.id, cloud, home.context);
    // It is switched off in this Nova.
    const kinds = [{ protocol: 'spice', type: 'spice-html5' }];
    const without = serverConsoles(os, kinds);
    await without.check({ resource: vm, way: 'console', signal });
    const none = await problemFrom(without.console!({ resource: vm, signal }));
    assert.equal(none.code, 'unsupported');
    assert.match(none.message, /has no console proxy that a browser reaches/);
    cloud.dispose();
    const gone = { ...vm, id: vm.id.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000') };
    const problem = await problemFrom(executor.terminals!.console!({ resource: gone, signal }));
    assert.equal(problem.code, 'cloud-not-found');
  });
});

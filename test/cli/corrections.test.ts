// The learning loop in a terminal, with the real daemon and the sandbox: a correction is made, handed out as a set,
// and the set is measured by the command that measures any other. Nothing is written but where it was asked to be.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { openSession } from '../../connect/session.ts';
import type { PlanReading } from '../../shared/model/reading.ts';
import { endDaemonsOf } from '../fakes/endDaemons.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

const cli = path.join(import.meta.dirname, '..', '..', 'daemon', 'cli', 'main.ts');
let folder: string;

function pilothouse(
  args: readonly string[],
  cwd = folder,
): Promise<{ code: number; out: string; err: string }> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    PILOTHOUSE_STATE: folder,
    PILOTHOUSE_SANDBOX_SPEED: 'instant',
    PILOTHOUSE_LOCAL: 'off',
    PILOTHOUSE_IDLE_EXIT_MS: '60000',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { env, cwd }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

describe('corrections in a terminal', function () {
  this.timeout(120_000);
  before(() => {
    folder = tempFolder();
  });
  after(async () => {
    await endDaemonsOf([folder]);
    removeTempFolders();
  });

  it('are handed out as a set that can be measured, and forgotten on request', async () => {
    const empty = await pilothouse(['corrections', 'export']);
    assert.deepEqual([empty.code, empty.out], [0, ''], empty.err);

    const client = { name: 'test', version: '0.1.0', kind: 'terminal' } as const;
    const session = openSession({ stateFolder: folder, entry: 'not started here', mayStart: false, client });
    const context = { conversation: 'c' };
    const { resources } = await session.request('resource/list', { kind: 'vm' });
    const other = resources.find((vm) => vm.name === 'dev-2')!;
    const first = await session.request('request/submit', { text: 'stop dev-1', context });
    const [step] = (first.reading as PlanReading).steps;
    const steps = [{ ...step!, target: { kind: 'resources', ids: [other.id] } }] as never;
    await session.request('request/choose', {
      text: 'stop dev-1',
      steps,
      context,
      of: { turn: first.turn!, how: 'corrected' },
    });
    session.dispose();

    const printed = await pilothouse(['corrections', 'export']);
    assert.equal(JSON.parse(printed.out).expect.steps[0].target.ids[0], other.id);
    const written = await pilothouse(['corrections', 'export', '--folder', 'out']);
    assert.equal(written.code, 0, written.err);
    assert.deepEqual(fs.readdirSync(path.join(folder, 'out')).sort(), [
      'corrections.json',
      'corrections.jsonl',
    ]);
    const args = ['interpret', '--score', 'corrections.jsonl', '--fixtures', '.'];
    const scored = await pilothouse(args, path.join(folder, 'out'));
    assert.match(scored.out, /A 0\/1/, scored.err);
    assert.match(scored.out, /unasked destroys: 0/);

    assert.match((await pilothouse(['corrections', 'clear'])).out, /Forgot 1/);
    assert.equal((await pilothouse(['corrections', 'export'])).out, '');
    const wrong = await pilothouse(['corrections', 'sell']);
    assert.notEqual(wrong.code, 0);
    assert.match(wrong.err, /nothing that can be done/);
  });
});

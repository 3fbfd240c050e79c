// What the extension host itself can see: the extension starts, and everything its package.json promises is there.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in its host', () => {
  let extension: vscode.Extension<unknown>;

  before(async () => {
    const found = vscode.extensions.getExtension('pilothouse.pilothouse');
    assert.ok(found, 'VS Code does not know the extension');
    extension = found;
    const startedMs = performance.now();
    const wasActive = extension.isActive;
    await extension.activate();
    // A figure to look at (the aim is 100 ms), not a promise: machines that test are busy.
    if (!wasActive) console.log(`    activation took ${Math.round(performance.now() - startedMs)} ms`);
  });

  it('activates', () => {
    assert.equal(extension.isActive, true);
  });

  it('registers every command that its package.json names', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const promised: readonly { command: string }[] = extension.packageJSON.contributes.commands;
    assert.ok(promised.length > 0);
    assert.deepEqual(
      promised.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  it('has a title for every command, so that the palette can show it', () => {
    const promised: readonly { command: string; title: string }[] =
      extension.packageJSON.contributes.commands;
    assert.deepEqual(
      promised.filter(({ title }) => title.trim() === ''),
      [],
    );
  });
});

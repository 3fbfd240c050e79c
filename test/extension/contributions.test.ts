// package.json is generated from the catalogue and must be up to date; and what it names must exist.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { generatePackage } from '../../scripts/contributions.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const text = fs.readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text);
const commands: readonly { command: string; title: string }[] = manifest.contributes.commands;
const menus: Readonly<Record<string, readonly { command: string; when?: string }[]>> =
  manifest.contributes.menus;

describe('the contributions in package.json', () => {
  it('are up to date with the catalogue (node scripts/contributions.ts)', () => {
    assert.equal(generatePackage(text), text);
  });

  it('have a palette command for every operation that changes something', () => {
    const hidden = new Set(
      menus.commandPalette!.filter(({ when }) => when === 'false').map(({ command }) => command),
    );
    const missing = [...catalogue.values()]
      .filter(({ risk, kind }) => risk !== 'read' && !['provider', 'topology', 'audit'].includes(kind))
      .map(({ id }) => `pilothouse.operation.${id}`)
      .filter((id) => hidden.has(id) || !commands.some(({ command }) => command === id));
    assert.deepEqual(missing, []);
  });

  it('have no menu entry without its command, and no command twice', () => {
    const ids = commands.map(({ command }) => command);
    assert.equal(new Set(ids).size, ids.length);
    const orphans = Object.values(menus)
      .flat()
      .filter(({ command }) => !ids.includes(command));
    assert.deepEqual(orphans, []);
  });

  it('name files that are there', () => {
    const files = [
      manifest.icon,
      ...manifest.contributes.viewsContainers.activitybar.map(({ icon }: { icon: string }) => icon),
    ];
    for (const file of files) assert.ok(fs.existsSync(path.join(root, file)), file);
  });

  it('promise by three dots that something is shown before a change', () => {
    const blunt = [...catalogue.values()]
      .filter(({ risk }) => risk !== 'read')
      .map(({ id }) => commands.find(({ command }) => command === `pilothouse.operation.${id}`))
      .filter((command) => command && !command.title.endsWith('…'));
    assert.deepEqual(blunt, []);
  });
});

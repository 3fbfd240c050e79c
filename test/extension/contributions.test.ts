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

  it('have in the menu of a row what its icons do, for who has no mouse', () => {
    const items = menus['view/item/context'] as readonly { command: string; group?: string; when?: string }[];
    const inResources = items.filter(({ when }) => when?.includes('pilothouse.resources'));
    const named = (isIcon: boolean) =>
      new Set(
        inResources
          .filter(({ group }) => group?.startsWith('inline') === isIcon)
          .map(({ command }) => command),
      );
    const inMenu = named(false);
    assert.deepEqual(
      [...named(true)].filter((command) => !inMenu.has(command)),
      [],
    );
  });

  it('colour environments so that they stand out in the side bar of every theme', () => {
    // Side bars of the editor's own themes: Light Modern, Dark Modern, and both of high contrast.
    const grounds = {
      light: '#f8f8f8',
      dark: '#181818',
      highContrast: '#000000',
      highContrastLight: '#ffffff',
    };
    const faint = manifest.contributes.colors.flatMap(
      ({ id, defaults }: { id: string; defaults: Record<keyof typeof grounds, string> }) =>
        (Object.keys(grounds) as (keyof typeof grounds)[])
          .filter((theme) => contrastOf(defaults[theme], grounds[theme]) < 3)
          .map((theme) => `${id} ${theme}`),
    );
    assert.deepEqual(faint, []);
  });
});

/** WCAG 2.1. */
function contrastOf(one: string, other: string): number {
  const lightOf = (colour: string): number => {
    const shares = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
    const [r, g, b] = shares.map((share) =>
      share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [less, more] = [lightOf(one), lightOf(other)].sort((a, b) => a - b);
  return Number.isNaN(less! + more!) ? 0 : (more! + 0.05) / (less! + 0.05);
}

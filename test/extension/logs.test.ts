// Choosing what of a log is shown: each choice is kept beside the others, what is chosen as nothing is left out, and
// who goes away in the middle changes nothing.

import assert from 'node:assert/strict';
import type { LogPorts } from '../../extension/commands/logs.ts';
import type { Shown } from '../../extension/documents/address.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { importWithEditor } from './fakeEditor.ts';

type Item = string | { readonly label: string };
const labelOf = (item: Item) => (typeof item === 'string' ? item : item.label);

const editor = {
  /** What is picked, by a part of its label; undefined: the person goes away. */
  picks: [] as (string | undefined)[],
  typed: undefined as string | undefined,
  offered: [] as string[][],
  told: [] as string[],
};
const commands = new Map<string, () => Promise<unknown>>();
const vscode = {
  commands: {
    registerCommand: (id: string, run: () => Promise<unknown>) => void commands.set(id, run),
  },
  window: {
    showQuickPick: async (items: readonly Item[]) => {
      editor.offered.push(items.map(labelOf));
      const wanted = editor.picks.shift();
      return wanted === undefined ? undefined : items.find((item) => labelOf(item).includes(wanted));
    },
    showInputBox: async () => editor.typed,
    showInformationMessage: async (text: string) => void editor.told.push(text),
    showErrorMessage: async (text: string) => void editor.told.push(text),
  },
};

let shown: Shown | undefined;
let opened: Shown[] = [];
let title = '';
let partsOf: () => Promise<{ parts: string[] }> = async () => ({ parts: ['app', 'proxy'] });

async function choose(...picks: (string | undefined)[]): Promise<Shown | undefined> {
  Object.assign(editor, { picks, offered: [], told: [] });
  opened = [];
  await commands.get('pilothouse.logs.filter')!();
  return opened[0];
}

describe('choosing what of a log is shown', () => {
  before(async () => {
    const module = await importWithEditor<typeof import('../../extension/commands/logs.ts')>(
      'commands/logs.ts',
      vscode,
    );
    module.registerLogCommands({
      daemon: { request: () => partsOf() },
      resources: { get: () => undefined },
      documents: {
        active: () => shown,
        open: async (one: Shown, name: string) => {
          opened.push(one);
          title = name;
        },
      },
    } as unknown as LogPorts);
  });
  beforeEach(() => {
    shown = { topic: 'logs', id: 'k:pod/shop/web' };
    partsOf = async () => ({ parts: ['app', 'proxy'] });
    editor.typed = undefined;
  });

  it('keeps words when a container is chosen, and a container when words are', async () => {
    editor.typed = 'ERROR';
    shown = await choose('Only lines that hold');
    assert.deepEqual(shown, { topic: 'logs', id: 'k:pod/shop/web', grep: 'ERROR' });
    shown = await choose('Container', 'proxy');
    assert.deepEqual(shown, { topic: 'logs', id: 'k:pod/shop/web', grep: 'ERROR', part: 'proxy' });
    assert.deepEqual(editor.offered[1], ['All', 'app', 'proxy']);
    assert.match(title, /web proxy with-ERROR$/, 'the tab says that it is a part');
  });

  it('leaves out what is chosen as nothing', async () => {
    shown = { topic: 'logs', id: 'k:pod/shop/web', grep: 'x', part: 'app', since: '2026-01-01T00:00:00Z' };
    editor.typed = '';
    shown = await choose('Only lines that hold');
    shown = await choose('Container', 'All');
    shown = await choose('Since', 'From its start');
    assert.deepEqual(shown, { topic: 'logs', id: 'k:pod/shop/web' });
  });

  it('begins a span at its length before now', async () => {
    const before = Date.now();
    const chosen = await choose('Since', 'The last hour');
    assert.ok(chosen?.topic === 'logs' && chosen.since !== undefined);
    const since = Date.parse(chosen.since);
    assert.ok(since >= before - 3_600_000 && since <= Date.now() - 3_600_000);
  });

  it('goes to the run before, and back', async () => {
    shown = await choose('The run before its last restart');
    assert.deepEqual(shown, { topic: 'logs', id: 'k:pod/shop/web', previous: true });
    assert.deepEqual(await choose('The run now'), { topic: 'logs', id: 'k:pod/shop/web' });
  });

  it('changes nothing where the person goes away', async () => {
    for (const picks of [[], ['Only lines that hold'], ['Since'], ['Container']])
      assert.equal(await choose(...picks, undefined), undefined, picks.join());
  });

  it('says that a log has no parts, and what went wrong when they were asked for', async () => {
    partsOf = async () => ({ parts: [] });
    assert.equal(await choose('Container'), undefined);
    assert.match(editor.told.join(), /no parts/);
    partsOf = () =>
      Promise.reject(new ProblemError({ code: 'cloud-unreachable', message: 'Nobody answers.' }));
    assert.equal(await choose('Container'), undefined);
    assert.match(editor.told.join(), /Nobody answers/);
  });

  it('says that no log is open', async () => {
    shown = { topic: 'details', id: 'k:pod/shop/web' };
    assert.equal(await choose(), undefined);
    assert.match(editor.told.join(), /Open the log of a resource first/);
  });
});

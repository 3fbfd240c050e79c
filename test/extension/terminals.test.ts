// A terminal in the editor whose other end is the test: what is typed and shown, its size, how it ends, and the yes
// before it. The peer is a fake, so that it can be lost, late and slow.

import assert from 'node:assert/strict';
import type { LiveTerminal, TerminalHandlers } from '../../connect/terminal.ts';
import type { Size } from '../../extension/terminals/pseudoterminal.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { TerminalProposal } from '../../shared/model/terminal.ts';
import { FakeEmitter, importWithEditor } from './fakeEditor.ts';

const editor = { pressed: undefined as string | undefined, typed: undefined as string | undefined };
const asked: { message: string; detail: string; items: string[] }[] = [];
const vscode = {
  EventEmitter: FakeEmitter,
  window: {
    showWarningMessage: async (message: string, { detail }: { detail: string }, ...items: string[]) => {
      asked.push({ message, detail, items });
      return editor.pressed;
    },
    showInputBox: async () => editor.typed,
  },
};

let createPseudoterminal: typeof import('../../extension/terminals/pseudoterminal.ts').createPseudoterminal;
let confirmEntry: typeof import('../../extension/terminals/confirmEntry.ts').confirmEntry;

before(async () => {
  ({ createPseudoterminal } = await importWithEditor<
    typeof import('../../extension/terminals/pseudoterminal.ts')
  >('terminals/pseudoterminal.ts', vscode));
  ({ confirmEntry } = await importWithEditor<typeof import('../../extension/terminals/confirmEntry.ts')>(
    'terminals/confirmEntry.ts',
    vscode,
  ));
});

/** Lets all that waits for nothing but its turn go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

function openPty() {
  const did: string[] = [];
  let handlers: TerminalHandlers | undefined;
  let asSize: Size | undefined;
  let settle: { resolve(live: LiveTerminal): void; reject(error: unknown): void };
  let receive: () => void = () => undefined;
  const pty = createPseudoterminal({
    open: (size, given) => {
      asSize = size;
      handlers = given;
      return new Promise((resolve, reject) => {
        settle = { resolve, reject };
      });
    },
    received: () =>
      new Promise<void>((resolve) => {
        receive = resolve;
      }),
  });
  let text = '';
  const closed: (number | undefined)[] = [];
  pty.onDidWrite((part) => {
    text += part;
  });
  pty.onDidClose!((code) => void closed.push(code as number | undefined));
  const live: LiveTerminal = {
    write: (bytes) => void did.push(`write ${Buffer.from(bytes)}`),
    resize: (columns, rows) => void did.push(`resize ${columns}x${rows}`),
    ended: () => undefined,
    close: () => void did.push('close'),
  };
  return {
    pty,
    did,
    closed,
    text: () => text,
    size: () => asSize,
    opened: async () => {
      settle.resolve(live);
      await turn();
    },
    refused: async (error: unknown) => {
      settle.reject(error);
      await turn();
    },
    shows: (part: Uint8Array | string) => handlers!.onBytes(Buffer.from(part)),
    ends: (end: Parameters<TerminalHandlers['onEnd']>[0]) => handlers!.onEnd(end),
    received: () => receive(),
  };
}

describe('a terminal in the editor', () => {
  it('carries what is typed and shown, and its size', async () => {
    const one = openPty();
    one.pty.open({ columns: 101, rows: 33 });
    assert.deepEqual(one.size(), { columns: 101, rows: 33 });
    await one.opened();
    one.pty.handleInput!('echo\r');
    one.pty.setDimensions!({ columns: 80, rows: 10 });
    assert.deepEqual(one.did, ['write echo\r', 'resize 80x10']);
    void one.shows('42\r\n');
    assert.equal(one.text(), '42\r\n');
  });

  it('keeps what was typed and how large it became before it was open', async () => {
    const one = openPty();
    one.pty.open(undefined);
    assert.deepEqual(one.size(), { columns: 80, rows: 24 });
    one.pty.handleInput!('ls\r');
    one.pty.setDimensions!({ columns: 90, rows: 20 });
    await one.opened();
    assert.deepEqual(one.did, ['resize 90x20', 'write ls\r']);
  });

  it('puts letters together that came in two parts', async () => {
    const one = openPty();
    one.pty.open(undefined);
    await one.opened();
    const bytes = Buffer.from('grün ✓');
    void one.shows(bytes.subarray(0, 3));
    void one.shows(bytes.subarray(3));
    assert.equal(one.text(), 'grün ✓');
  });

  it('closes with the exit code of the shell', async () => {
    for (const exitCode of [0, 7]) {
      const one = openPty();
      one.pty.open(undefined);
      await one.opened();
      one.ends({ exitCode });
      assert.deepEqual(one.closed, [exitCode]);
    }
  });

  it('says why it ended, and closes with the next key', async () => {
    const one = openPty();
    one.pty.open(undefined);
    await one.opened();
    one.ends({ reason: 'The connection to the Pilothouse daemon has ended.' });
    assert.match(one.text(), /connection to the Pilothouse daemon has ended\.[\s\S]*Press any key/);
    assert.deepEqual(one.closed, []);
    one.pty.handleInput!('q');
    assert.deepEqual(one.closed, [undefined]);
    assert.deepEqual(one.did, [], 'nothing is sent any more');
  });

  it('says why it could not be opened', async () => {
    const one = openPty();
    one.pty.open(undefined);
    await one.refused(
      new ProblemError({ code: 'wrong-state', message: 'web is stopped.', fix: 'Start it first.' }),
    );
    assert.match(one.text(), /web is stopped\.\r\nStart it first\./);
  });

  it('ends the other end with its tab, also while it was being opened', async () => {
    const one = openPty();
    one.pty.open(undefined);
    await one.opened();
    one.pty.close();
    assert.deepEqual(one.did, ['close']);
    const late = openPty();
    late.pty.open(undefined);
    late.pty.close();
    await late.opened();
    assert.deepEqual(late.did, ['close']);
  });

  it('takes no more than the window has received', async () => {
    const one = openPty();
    one.pty.open(undefined);
    await one.opened();
    assert.equal(one.shows('x'.repeat(1_000)), undefined);
    const waiting = one.shows('x'.repeat(40_000));
    assert.ok(waiting instanceof Promise);
    let isTaken = false;
    void waiting.then(() => {
      isTaken = true;
    });
    await turn();
    assert.equal(isTaken, false);
    one.received();
    await waiting;
  });
});

describe('the yes before a shell', () => {
  const proposal = (approval: object, more: object = {}): TerminalProposal =>
    ({
      id: 'p1',
      way: 'exec',
      title: 'web',
      effect: 'Opens a shell in the container web on shop (prod).',
      resource: { id: 'l:container/1', name: 'web', kind: 'container' },
      connection: { id: 'l', name: 'shop', environment: 'prod' },
      identity: { user: 'ann' },
      verdict: {
        effect: 'ask',
        rules: [{ rule: 'every-change-asks', effect: 'ask', reason: 'It enters 1 container.' }],
        approval,
        ...more,
      },
      expiresAt: '2026-01-01T00:00:00Z',
    }) as unknown as TerminalProposal;
  const button = { kind: 'button' };
  const typed = { kind: 'typed', expected: 'web', why: 'This is prod.' };
  beforeEach(() => {
    asked.length = 0;
    Object.assign(editor, { pressed: undefined, typed: undefined });
  });

  it('says what, where, as whom and what is kept', async () => {
    assert.deepEqual(await confirmEntry(proposal(button)), { kind: 'no' });
    assert.equal(asked[0]!.message, 'Open a shell in web on shop (prod)?');
    for (const part of ['Opens a shell in', 'As ann', 'never what was typed', 'every-change-asks'])
      assert.ok(asked[0]!.detail.includes(part), part);
    assert.deepEqual(asked[0]!.items, ['Open Shell']);
  });

  it('writes out what would turn the question around a name', async () => {
    editor.pressed = undefined;
    await confirmEntry({ ...proposal(button), title: '\u202ebew', effect: 'Opens a shell in \u202ebew.' });
    assert.equal(asked[0]!.message, 'Open a shell in [U+202E]bew on shop (prod)?');
    assert.ok(asked[0]!.detail.startsWith('Opens a shell in [U+202E]bew.'));
  });

  it('takes the button, and what was typed exactly', async () => {
    editor.pressed = 'Open Shell';
    assert.deepEqual(await confirmEntry(proposal(button)), { kind: 'yes' });
    editor.pressed = 'Continue…';
    editor.typed = 'wab';
    assert.deepEqual(await confirmEntry(proposal(typed)), { kind: 'no' });
    editor.typed = 'web';
    assert.deepEqual(await confirmEntry(proposal(typed)), { kind: 'yes', typed: 'web' });
  });

  it('asks nothing where nothing is to be asked, and says what the rules forbid', async () => {
    assert.deepEqual(await confirmEntry(proposal(button, { effect: 'allow' })), { kind: 'yes' });
    const rules = [{ rule: 'read-only', effect: 'deny', reason: 'shop is set to read-only.' }];
    await assert.rejects(
      confirmEntry(proposal(button, { effect: 'deny', rules })),
      /web may not be entered: shop is set to read-only/,
    );
    assert.equal(asked.length, 0);
  });
});

describe('the serial console of a machine', () => {
  it('is a terminal after the yes, whose first line says how it is', async () => {
    const run: ((node: unknown) => Promise<void>)[] = [];
    const shown: { readonly name: string; readonly pty: import('vscode').Pseudoterminal }[] = [];
    const { registerSerialConsole } = await importWithEditor<
      typeof import('../../extension/terminals/openSerial.ts')
    >('terminals/openSerial.ts', {
      ...vscode,
      ThemeIcon: class {},
      ThemeColor: class {},
      commands: {
        registerCommand: (_id: string, command: (node: unknown) => Promise<void>) => run.push(command),
      },
      window: {
        ...vscode.window,
        createTerminal: (options: (typeof shown)[number]) => {
          shown.push(options);
          return { show: () => undefined };
        },
      },
    });
    const verdict = { effect: 'ask', rules: [], approval: { kind: 'button' } };
    const connection = { id: 'os', name: 'shop', environment: 'dev' };
    const asked: unknown[] = [];
    const request = async (method: string, params: { readonly way?: string }) => {
      asked.push([method, params.way]);
      if (method !== 'terminal/propose') throw new Error('Nova offers none.');
      return { id: 'p', way: 'serial', title: 'web', effect: 'Opens it.', connection, verdict };
    };
    const nothing = () => () => undefined;
    const session = { request, onNotification: nothing, onDidChangeState: nothing };
    registerSerialConsole({ daemon: { session: async () => session } } as never);
    const node = { kind: 'resource', id: 'os:vm/1' };
    editor.pressed = undefined;
    await run[0]!(node);
    assert.equal(shown.length, 0);
    editor.pressed = 'Open Serial Console';
    await run[0]!(node);
    assert.equal(shown[0]?.name, 'web (dev)');
    let text = '';
    shown[0]!.pty.onDidWrite((part) => {
      text += part;
    });
    shown[0]!.pty.open(undefined);
    assert.match(text, /Serial console of web\. It may be silent until you press Enter/);
    await turn();
    assert.match(text, /Nova offers none\./);
    assert.deepEqual(asked.at(-1), ['terminal/open', undefined]);
  });
});

describe('the console of a machine', () => {
  it('goes to the browser as the cloud wrote its address, after the yes', async () => {
    const browsed: unknown[] = [];
    const run: ((node: unknown) => Promise<void>)[] = [];
    const url = 'https://proxy:6080/vnc_auto.html?path=%3Ftoken%3D48fb91e0';
    const { registerConsole } = await importWithEditor<
      typeof import('../../extension/terminals/openConsole.ts')
    >('terminals/openConsole.ts', {
      ...vscode,
      commands: {
        registerCommand: (_id: string, command: (node: unknown) => Promise<void>) => run.push(command),
      },
      env: { openExternal: async (to: unknown) => browsed.push(to) },
    });
    const verdict = { effect: 'ask', rules: [], approval: { kind: 'button' } };
    const connection = { id: 'os', name: 'shop', environment: 'dev' };
    const proposal = { id: 'p', way: 'console', title: 'web', effect: 'Opens it.', connection, verdict };
    const request = async (method: string) => (method === 'terminal/propose' ? proposal : { url });
    registerConsole({ daemon: { session: async () => ({ request }) } } as never);
    const node = { kind: 'resource', id: 'os:vm/1' };
    editor.pressed = undefined;
    await run[0]!(node);
    assert.deepEqual(browsed, []);
    editor.pressed = 'Open Console';
    await run[0]!(node);
    assert.deepEqual(browsed, [url]);
  });
});

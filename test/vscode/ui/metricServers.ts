// The dialogs of Prometheus servers as a person goes through them; for the suites in the browser.

import type { Drive } from '../drive.ts';

const readMs = 120_000;
const againMs = 4_000;

/** Opens our container and waits until the daemon has told that nothing is there, and the chat is drawn. */
export async function openEmpty(drive: Drive): Promise<void> {
  await drive.openContainer('Pilothouse');
  await drive.openView('Chat');
  const chat = await drive.webview('.composer');
  await chat.locator('.connection').waitFor();
}

/** Types into the quick input of a title, once it is the one that is shown. */
export async function answerTo(drive: Drive, title: string, text: string): Promise<void> {
  await drive.page.locator('.quick-input-widget .quick-input-title', { hasText: title }).waitFor();
  await drive.answer(text);
}

/** Goes through all questions; what comes of it is the caller's to see. Without a token it asks for no credentials. */
export async function addServer(
  drive: Drive,
  server: {
    readonly url: string;
    readonly name: string;
    readonly token?: string;
    readonly intervalSeconds?: number;
  },
): Promise<void> {
  const { url, name, token, intervalSeconds = 15 } = server;
  await drive.command('Pilothouse: Add Prometheus Server…');
  await answerTo(drive, 'Server: Address', url);
  await answerTo(drive, 'Server: Name', name);
  await answerTo(drive, 'Server: Credentials', token === undefined ? 'No credentials' : 'Token');
  if (token !== undefined) await answerTo(drive, 'Server: Token', token);
  await answerTo(drive, 'Server: Rhythm', String(intervalSeconds));
}

/** Opens the list of servers until one of them fares as said, and leaves it open. */
export async function manageServers(drive: Drive, name: string, state: RegExp): Promise<void> {
  const row = drive.page
    .locator('.quick-input-list .monaco-list-row', { hasText: name })
    .filter({ hasText: state });
  const deadlineMs = Date.now() + readMs;
  for (;;) {
    await drive.command('Pilothouse: Manage Prometheus Servers…');
    const isThere = await row.waitFor({ timeout: againMs }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    if (Date.now() > deadlineMs) throw new Error(`The server ${name} is never ${state}`);
    await drive.page.keyboard.press('Escape');
  }
}

// What a person does in our views, in words of the product: ask, read the card, review, look at the tree. Shared by
// the suites in the browser.

import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import type { Drive } from '../drive.ts';

const planTimeoutMs = 30_000;

export interface Cockpit {
  readonly drive: Drive;
  readonly chat: FrameLocator;
  /** Types a sentence and waits for what comes of it; the turn. */
  ask(text: string): Promise<Locator>;
  /** The turn that was asked last. */
  lastTurn(): Locator;
  /** Opens the dialog of the card and answers with its text. */
  review(turn: Locator): Promise<string>;
  /** Waits until the card says how it ended. */
  ended(turn: Locator, state: string): Promise<void>;
  /** A row of the tree below the given headings, which are unfolded. */
  resource(kind: string, name: string | RegExp): Promise<Locator>;
}

/** Opens our container and waits until the daemon has told what is there; `kind` is a heading that will be. */
export async function openCockpit(drive: Drive, kind = 'VMs'): Promise<Cockpit> {
  await drive.openContainer('Pilothouse');
  await drive.openView('Chat');
  const chat = await drive.webview('.composer');
  await chat.locator('.connection').waitFor({ timeout: planTimeoutMs });
  await drive.row(kind).waitFor({ timeout: planTimeoutMs });
  const lastTurn = () => chat.locator('.turn').last();
  return {
    drive,
    chat,
    lastTurn,
    ask: async (text) => {
      const before = await chat.locator('.turn').count();
      const input = chat.getByRole('textbox', { name: 'Ask Pilothouse' });
      await input.fill(text);
      await input.press('Enter');
      await chat.locator('.turn').nth(before).waitFor();
      await lastTurn().locator('.waiting').waitFor({ state: 'detached', timeout: planTimeoutMs });
      return lastTurn();
    },
    review: async (turn) => {
      await turn.getByRole('button', { name: 'Review & approve…' }).click();
      await drive.modal().waitFor();
      return drive.modal().innerText();
    },
    ended: async (turn, state) => {
      await turn.locator('.card > header .badge', { hasText: state }).waitFor({ timeout: planTimeoutMs });
    },
    resource: async (kind, name) => {
      await drive.expand(kind);
      return drive.row(name);
    },
  };
}

/** Presses Escape in the modal and sees it go. */
export async function leaveModal(drive: Drive): Promise<void> {
  await drive.page.keyboard.press('Escape');
  await drive.modal().waitFor({ state: 'hidden' });
}

/** Chips of a card as "label value". */
export async function chipsOf(turn: Locator): Promise<readonly string[]> {
  const chips = await turn.locator('.chip').all();
  return Promise.all(
    chips.map(async (chip) => {
      const [label, value] = await Promise.all([
        chip.locator('.chip-label').innerText(),
        chip.locator('.chip-value').innerText(),
      ]);
      return `${label} ${value}`;
    }),
  );
}

/** Holds that text says all of this. */
export function assertSays(text: string, ...parts: readonly string[]): void {
  for (const part of parts) assert.ok(text.includes(part), `“${part}” is missing in: ${text}`);
}

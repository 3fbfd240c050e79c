// Asks a person for the yes to one plan, in the editor's own modal dialog. The only place of the extension that
// sends an approval; it sends the digest of exactly the plan whose text was shown.

import * as vscode from 'vscode';
import type { Plan } from '../../shared/model/plan.ts';
import { confirmTextOf } from './confirmText.ts';

export type Confirmation =
  | { readonly kind: 'yes'; readonly digest: string; readonly typed?: string }
  | { readonly kind: 'no' };

/** Shows the dialog and, where the rules ask for it, has the words typed. Closing it is no answer and approves nothing. */
export async function confirmPlan(plan: Plan): Promise<Confirmation> {
  const text = confirmTextOf(plan);
  const items = text.approve ? [text.approve] : [];
  const pressed = await vscode.window.showWarningMessage(
    text.message,
    { modal: true, detail: text.detail },
    ...items,
  );
  if (text.approve === undefined || pressed !== text.approve) return { kind: 'no' };
  if (!text.typed) return { kind: 'yes', digest: plan.digest };
  const { expected, prompt } = text.typed;
  const typed = await vscode.window.showInputBox({
    title: 'Approve by typing',
    prompt,
    placeHolder: expected,
    ignoreFocusOut: true,
    validateInput: (value) => (value === expected ? undefined : `Type exactly: ${expected}`),
  });
  return typed === expected ? { kind: 'yes', digest: plan.digest, typed } : { kind: 'no' };
}

// Asks a person for the yes to enter a resource, in the editor's own modal dialog: what would be opened, where, as whom,
// and what the audit keeps of it. Where the rules want it, it is typed. Closing the dialog is a no.

import * as vscode from 'vscode';
import { ProblemError } from '../../shared/model/problem.ts';
import type { TerminalProposal } from '../../shared/model/terminal.ts';

export type EntryAnswer = { readonly kind: 'yes'; readonly typed?: string } | { readonly kind: 'no' };

/** Throws ProblemError where the rules forbid it; asks nothing where they ask for nothing. */
export async function confirmEntry(proposal: TerminalProposal): Promise<EntryAnswer> {
  const { verdict, title, connection, effect } = proposal;
  if (verdict.effect === 'deny') throw denied(proposal);
  if (verdict.effect === 'allow') return { kind: 'yes' };
  const { approval } = verdict;
  const button = approval.kind === 'typed' ? 'Continue…' : 'Open Shell';
  const place = `${connection.name} (${connection.environment})`;
  const pressed = await vscode.window.showWarningMessage(
    `Open a shell in ${title} on ${place}?`,
    { modal: true, detail: detailOf(proposal) },
    button,
  );
  if (pressed !== button) return { kind: 'no' };
  if (approval.kind !== 'typed') return { kind: 'yes' };
  const { expected, why } = approval;
  const typed = await vscode.window.showInputBox({
    title: 'Approve by typing',
    prompt: `${why} Type “${expected}” to go on: ${effect}`,
    placeHolder: expected,
    ignoreFocusOut: true,
    validateInput: (value) => (value === expected ? undefined : `Type exactly: ${expected}`),
  });
  return typed === expected ? { kind: 'yes', typed } : { kind: 'no' };
}

function detailOf({ effect, identity, verdict }: TerminalProposal): string {
  const rules = verdict.rules
    .filter((rule) => rule.effect === 'ask')
    .map(({ rule, reason }) => `Rule ${rule}: ${reason}`);
  return [
    effect,
    ...(identity ? [`As ${identity.user}${identity.project ? ` · project ${identity.project}` : ''}.`] : []),
    '',
    'What is done in there is not previewed and cannot be undone from here. The audit keeps that you were in there, when, and how it ended; never what was typed or shown.',
    ...(rules.length > 0 ? ['', ...rules] : []),
  ].join('\n');
}

function denied({ verdict, title }: TerminalProposal): ProblemError {
  const rule = verdict.rules.find(({ effect }) => effect === 'deny');
  return new ProblemError({
    code: 'not-allowed',
    message: `${title} may not be entered: ${rule?.reason ?? 'the rules forbid it.'}`,
    ...(rule ? { fix: `The rule is ${rule.rule}.` } : {}),
  });
}

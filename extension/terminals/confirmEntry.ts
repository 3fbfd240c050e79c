// Asks a person for the yes to enter a resource, in the editor's own modal dialog: what would be opened, where, as whom,
// and what the audit keeps of it. Where the rules want it, it is typed. Closing the dialog is a no.

import * as vscode from 'vscode';
import { ProblemError } from '../../shared/model/problem.ts';
import type { TerminalProposal } from '../../shared/model/terminal.ts';
import { shownText } from '../../shared/panel/shown.ts';

export type EntryAnswer = { readonly kind: 'yes'; readonly typed?: string } | { readonly kind: 'no' };

/** Throws ProblemError where the rules forbid it; asks nothing where they ask for nothing. */
export async function confirmEntry(proposal: TerminalProposal): Promise<EntryAnswer> {
  const { verdict, connection, effect } = proposal;
  if (verdict.effect === 'deny') throw denied(proposal);
  if (verdict.effect === 'allow') return { kind: 'yes' };
  const { approval } = verdict;
  const { ask, go } = wordsOf(proposal);
  const button = approval.kind === 'typed' ? 'Continue…' : go;
  const place = `${connection.name} (${connection.environment})`;
  const pressed = await vscode.window.showWarningMessage(
    shownText(`${ask} on ${place}?`),
    { modal: true, detail: shownText(detailOf(proposal)) },
    button,
  );
  if (pressed !== button) return { kind: 'no' };
  if (approval.kind !== 'typed') return { kind: 'yes' };
  const { expected, why } = approval;
  const typed = await vscode.window.showInputBox({
    title: 'Approve by typing',
    prompt: shownText(`${why} Type “${expected}” to go on: ${effect}`),
    placeHolder: expected,
    ignoreFocusOut: true,
    validateInput: (value) => (value === expected ? undefined : `Type exactly: ${expected}`),
  });
  return typed === expected ? { kind: 'yes', typed } : { kind: 'no' };
}

interface Words {
  readonly ask: string;
  readonly go: string;
  readonly kept: string;
}

function wordsOf({ way, title, port }: TerminalProposal): Words {
  if (way === 'forward')
    return {
      ask: `Forward port ${port} of ${title}`,
      go: 'Forward Port',
      kept: 'What goes through is not previewed and cannot be undone from here. It ends with this window. The audit keeps that it was open, when, and how it ended; never what went through.',
    };
  if (way === 'console')
    return {
      ask: `Open the console of ${title}`,
      go: 'Open Console',
      kept: 'What is done in there is not previewed and cannot be undone from here. The audit keeps that you asked for it and when; never its address, nor what was typed or shown.',
    };
  const kept =
    'What is done in there is not previewed and cannot be undone from here. The audit keeps that you were in there, when, and how it ended; never what was typed or shown.';
  return way === 'serial'
    ? { ask: `Open the serial console of ${title}`, go: 'Open Serial Console', kept }
    : { ask: `Open a shell in ${title}`, go: 'Open Shell', kept };
}

function detailOf(proposal: TerminalProposal): string {
  const { effect, identity, verdict } = proposal;
  const rules = verdict.rules
    .filter((rule) => rule.effect === 'ask')
    .map(({ rule, reason }) => `Rule ${rule}: ${reason}`);
  return [
    effect,
    ...(identity ? [`As ${identity.user}${identity.project ? ` · project ${identity.project}` : ''}.`] : []),
    '',
    wordsOf(proposal).kept,
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

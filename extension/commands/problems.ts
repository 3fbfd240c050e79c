// Shows what went wrong as the editor does: one sentence, what to do, and a way to the log. A thing the person
// called off is not a problem.

import * as vscode from 'vscode';
import { problemOf } from '../../shared/model/problem.ts';

export async function showProblem(error: unknown): Promise<void> {
  const problem = problemOf(error);
  if (problem.code === 'cancelled') return;
  const text = problem.fix ? `${problem.message} ${problem.fix}` : problem.message;
  const pressed = await vscode.window.showErrorMessage(`Pilothouse: ${text}`, 'Show Log');
  if (pressed) await vscode.commands.executeCommand('pilothouse.log.show');
}

/** Registers a command whose failure is shown to the person instead of thrown at the editor. */
export function registerCommand<A extends readonly unknown[]>(
  id: string,
  run: (...args: A) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      return await run(...(args as unknown as A));
    } catch (error) {
      void showProblem(error);
      return undefined;
    }
  });
}

/** Runs something that takes a while, with a bar in our view and a way to call it off. */
export async function withProgress<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Pilothouse: ${title}`, cancellable: true },
    async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return run(abort.signal);
    },
  );
}

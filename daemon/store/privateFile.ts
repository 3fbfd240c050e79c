// A small file of settings in the state folder, readable by its owner alone, and either the old one or the new one
// whenever the machine stops. Called by the rooms that keep settings a person may also edit.

import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { ProblemError } from '../../shared/model/problem.ts';

/**
 * Durable on return. `what` goes into the sentence of a failure: "settings of metrics". Throws ProblemError
 * `store-unavailable`.
 */
export function writePrivateJson(file: string, value: object, what: string): void {
  const temporary = `${file}.new`;
  try {
    const handle = openSync(temporary, 'w', 0o600);
    writeSync(handle, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(handle);
    closeSync(handle);
    renameSync(temporary, file);
  } catch (error) {
    throw new ProblemError(
      {
        code: 'store-unavailable',
        message: `The ${what} cannot be written to ${file}.`,
        fix: 'Check that the folder exists, belongs to you and has space left.',
      },
      error,
    );
  }
}

// Reads one YAML file of the OpenStack tools into nested strings. Every scalar stays the text the person wrote
// (a password `0123` is not a number), and no error ever repeats a line of the file: it may hold a password.
// Called by cloudsFile.ts only.

import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { errnoOf } from '../../kit/errno.ts';

/** What a YAML file holds: text, lists, and mappings of these. */
export type RawValue = string | readonly RawValue[] | RawMapping;
export interface RawMapping {
  readonly [key: string]: RawValue;
}

const sentences: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab is used to indent; YAML takes spaces only',
  BAD_INDENT: 'the indentation does not fit the lines above',
  MISSING_CHAR: 'a closing quote, bracket or colon is missing',
  UNEXPECTED_TOKEN: 'a character stands where none is expected',
  MULTILINE_IMPLICIT_KEY: 'a key is not followed by a colon',
  BLOCK_AS_IMPLICIT_KEY: 'a key and its value do not fit the indentation',
  BAD_ALIAS: 'an alias (*name) is not valid',
};

/** Parses the text of a YAML file. Throws ProblemError `config-invalid` that names file and line. */
export function parseYamlText(text: string, shownPath: string): RawMapping {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    merge: true,
    prettyErrors: false,
    uniqueKeys: false,
    lineCounter,
  });
  const error = document.errors[0];
  if (error) throw invalidYaml(error, lineCounter, shownPath);
  const value = toValue(document);
  if (value === undefined || value === null || value === '') return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new ProblemError({
      code: 'config-invalid',
      message: `${shownPath}, line 1: the file does not hold a mapping.`,
      fix: 'It should start with "clouds:".',
    });
  return value as RawMapping;
}

/** Reads and parses a file; undefined where it is not there. */
export async function readYamlFile(path: string, shownPath: string): Promise<RawMapping | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ProblemError(
      {
        code: 'config-invalid',
        message: `${shownPath} cannot be read (${code ?? 'unknown error'}).`,
        fix: `Let your user read it: chmod u+r ${shownPath}.`,
      },
      error,
    );
  }
  return parseYamlText(text, shownPath);
}

function toValue(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return {};
  }
}

function invalidYaml(error: YAMLError, lines: LineCounter, shownPath: string): ProblemError {
  const { line } = lines.linePos(error.pos[0]);
  return new ProblemError({
    code: 'config-invalid',
    message: `${shownPath}, line ${line}: ${sentences[error.code] ?? 'this is not valid YAML'}.`,
    fix: `Correct line ${line} of ${shownPath}; the file is read again by itself.`,
  });
}

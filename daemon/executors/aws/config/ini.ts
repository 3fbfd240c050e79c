// Reads the form of ~/.aws/config and ~/.aws/credentials: sections, `key = value`, indented sub-keys, comments that
// begin a line with # or ; and comments after white space. What it cannot read it names with its line; it never says
// what stood there, since that may be a secret.

import { ProblemError } from '../../../../shared/model/problem.ts';

export type IniSection = Readonly<Record<string, string>>;
/** Section as it is written between the brackets → its keys, lower case; sub-keys as `key.sub`. */
export type IniFile = Readonly<Record<string, IniSection>>;

/** Throws ProblemError `config-invalid` with file and line. */
export function parseIni(text: string, origin: string): IniFile {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> | undefined;
  let parent = '';
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '' || /^\s*[#;]/.test(line)) continue;
    const header = /^\s*\[([^\]]+)\]\s*([#;].*)?$/.exec(line);
    const pair = /^(\s*)([^=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (header) {
      section = sections[header[1]!.trim().replace(/\s+/g, ' ')] ??= {};
      parent = '';
    } else if (pair && section) {
      const key = pair[2]!.toLowerCase();
      const value = pair[3]!.replace(/\s[#;].*$/, '');
      const isSub = pair[1] !== '' && parent !== '' && section[parent] === '';
      section[isSub ? `${parent}.${key}` : key] = value;
      if (!isSub) parent = key;
    } else
      throw new ProblemError({
        code: 'config-invalid',
        message: `${origin} cannot be read: line ${index + 1} is neither a [section] nor "key = value" below one.`,
        fix: `Correct line ${index + 1}; the file is read again by itself.`,
      });
  }
  return sections;
}

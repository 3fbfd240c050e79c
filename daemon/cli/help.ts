// The help, from the table of commands, and the nearest name for what was mistyped.

import type { Command, OptionSpec } from './command.ts';
import { columns, style } from './output.ts';

/** Options that every command takes. */
export const globalOptions = {
  state: {
    type: 'string',
    value: 'FOLDER',
    doc: 'State folder; default PILOTHOUSE_STATE, else your data folder.',
  },
  help: { type: 'boolean', doc: 'Show this help.' },
  version: { type: 'boolean', doc: 'Show the version.' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

const exitCodesDoc =
  'Exit codes: 0 done, 2 needs an answer, 3 refused, 4 denied, 5 failed, 64 wrong command line.';

export function helpOf(commands: readonly Command[]): string {
  const rows = commands.map(({ name, usage, doc }) => [`  ${style.bold(name)} ${usage}`.trimEnd(), doc]);
  return [
    'Pilothouse: say what should happen, see the plan, say yes.',
    '',
    `${style.dim('usage:')} pilothouse COMMAND [OPTIONS]`,
    '',
    columns(rows),
    '',
    optionsOf(globalOptions),
    '',
    'pilothouse help COMMAND tells more about one.',
    exitCodesDoc,
  ].join('\n');
}

export function helpOfCommand(command: Command): string {
  const { name, usage, doc, options } = command;
  return [
    `${style.dim('usage:')} pilothouse ${name} ${usage}`.trimEnd(),
    '',
    doc,
    '',
    optionsOf({ ...options, ...globalOptions }),
  ].join('\n');
}

function optionsOf(options: Readonly<Record<string, OptionSpec>>): string {
  return columns(
    Object.entries(options).map(([name, { value, doc }]) => [`  --${name}${value ? ` ${value}` : ''}`, doc]),
  );
}

/** The name that is at most two keystrokes away; undefined where none is. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, distance: distanceOf(word, name) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance);
  return best?.name;
}

/** Levenshtein's distance. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}

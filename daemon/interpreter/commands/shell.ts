// Cuts a pasted line into commands, words and options as a shell would, without running anything. What a shell would
// expand or redirect (`$(…)`, `>`, `*` outside quotes as a name) is not read; such a line is not supported.

export interface ShellCommand {
  readonly words: readonly string[];
  /** `--name value`, `--name=value`, `-n value` as the tool's table says which options take a value. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** Text after `| grep`. */
  readonly grep?: string;
}

/** Words of each command between `&&` and `;`; undefined where the line needs a shell. */
export function splitShell(line: string): readonly (readonly string[])[] | undefined {
  if (/[`<>\\\n]|\$\(|\$\{|\$\w/.test(line)) return undefined;
  const commands: string[][] = [[]];
  for (const match of line.matchAll(
    /"([^"]*)"|'([^']*)'|&&|\|\||[;|]|(?:[^\s"';|&]|&(?!&))+(?:"[^"]*"|'[^']*')?/g,
  )) {
    const text = match[0];
    if (text === '&&' || text === ';') commands.push([]);
    else if (text === '||') return undefined;
    else commands.at(-1)!.push(match[1] ?? match[2] ?? text.replace(/["']/g, ''));
  }
  return commands.filter((words) => words.length > 0);
}

/** Sorts words from options. `flags` are the options that take no value. */
export function parseShell(words: readonly string[], flags: ReadonlySet<string>): ShellCommand | undefined {
  const plain: string[] = [];
  const options = new Map<string, string[]>();
  const pipe = words.indexOf('|');
  const own = pipe < 0 ? words : words.slice(0, pipe);
  const filter = pipe < 0 ? [] : words.slice(pipe + 1);
  if (filter.length > 0 && filter[0] !== 'grep') return undefined;
  const add = (name: string, value: string): void =>
    void options.set(name, [...(options.get(name) ?? []), value]);
  for (let at = 0; at < own.length; at++) {
    const word = own[at]!;
    const joined = /^(--?[A-Za-z][\w-]*)=(.*)$/s.exec(word);
    if (joined) add(joined[1]!, joined[2]!);
    else if (/^--?[A-Za-z]/.test(word)) {
      const next = own[at + 1];
      if (flags.has(word) || next === undefined || (/^--?[A-Za-z]/.test(next) && !/^-\d/.test(next)))
        add(word, '');
      else {
        add(word, next);
        at++;
        // An option of several values, as the AWS command line has them.
        while (own[at + 1] !== undefined && !/^-/.test(own[at + 1]!) && several.test(word))
          add(word, own[++at]!);
      }
    } else plain.push(word);
  }
  return { words: plain, options, grep: filter.findLast((word) => !/^-/.test(word) && word !== 'grep') };
}

const several =
  /^--(instance-ids|volume-ids|snapshot-ids|group-ids|resources|tags|filters|image-ids|security-group-ids|instance-id|allocation-ids|public-ips|key-names)$/;

/** The last value of the first of these options that was given. */
export function optionOf(command: ShellCommand, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = command.options.get(name)?.at(-1);
    if (value !== undefined) return value;
  }
  return undefined;
}

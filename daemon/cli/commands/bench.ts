// `bench`: measures this checkout. The measuring code is not part of what ships, so it runs from the sources.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { ProblemError } from '../../../shared/model/problem.ts';
import { type Command, jsonOption } from '../command.ts';

export const bench: Command = {
  name: 'bench',
  usage: '[NAME | nab NAB_DIR OUT_DIR]',
  doc: 'Measures speed and size of this checkout.',
  options: jsonOption,
  async run({ words, options, io }) {
    if (words[0] === 'nab') return await (await import('../detect.ts')).runNab(words.slice(1));
    const script = findScript();
    if (!script)
      throw new ProblemError({
        code: 'unsupported',
        message: 'There is nothing to measure here: the measuring code is only in a checkout.',
        fix: 'Clone the repository and run `npm run bench` there.',
      });
    const args = [script, ...words, ...(options.json === true ? ['--json'] : [])];
    const child = spawn(process.execPath, args, {
      stdio: 'inherit',
      env: { ...io.env, NODE_NO_WARNINGS: '1' },
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  },
};

/** Beside `dist/` where this is a bundle, two floors up where it is a source. */
function findScript(): string | undefined {
  const here = import.meta.dirname;
  return ['..', '../../..']
    .map((up) => path.resolve(here, up, 'test/bench/run.ts'))
    .find((file) => fs.existsSync(file));
}

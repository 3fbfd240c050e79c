// Text in, text out: what each sentence of `golden.txt`, and each of several steps in `steps.txt`, is read as, in one
// line. UPDATE_GOLDEN=1 rewrites the files; a changed line is a changed reading and wants a pair of eyes.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading, ReadingContext } from '../../shared/model/reading.ts';

const files = ['./golden.txt', './steps.txt'].map((name) => new URL(name, import.meta.url).pathname);
const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);
const inventories: Readonly<Record<string, string>> = {
  o: 'openstack-small',
  a: 'aws-mid',
  k: 'k8s-mid',
  m: 'mixed',
};

function readingOf(line: string): string {
  const { fixture, interpreter } = reader(inventories[line.charAt(0)]!);
  const [text, before, refs] = line.slice(2).split('@@');
  const context: ReadingContext | undefined = before
    ? {
        turns: [
          { role: 'user', text: before },
          { role: 'assistant', text: 'ok', refs: refs?.split(',') },
        ],
      }
    : undefined;
  return lineOf(interpreter.read({ text: text!, nowMs: fixture.nowMs, context }));
}

function lineOf(reading: Reading): string {
  switch (reading.kind) {
    case 'plan':
    case 'query':
      return reading.steps
        .map((step) => {
          const { target } = step;
          const ids = target?.kind === 'resources' ? target.ids : [];
          const what =
            target?.kind === 'created'
              ? `step ${target.step + 1}`
              : ids.length > 5
                ? `${ids.length} things`
                : ids.join(' ');
          const args = Object.keys(step.args).length > 0 ? JSON.stringify(step.args) : '';
          const after = step.after.length > 0 ? `after ${step.after.map((one) => one + 1).join(',')}` : '';
          return [step.operation, what, args, after].filter((part) => part !== '').join(' ');
        })
        .join('; ');
    case 'clarify':
      return `asks about ${reading.about}: ${reading.candidates.map((one) => one.label).join(' | ')}`.trimEnd();
    case 'refuse':
      return `refuses: ${reading.reason}`;
    default:
      return reading satisfies never;
  }
}

for (const file of files)
  describe(`golden readings of ${file.slice(file.lastIndexOf('/') + 1)}`, () => {
    const lines = readFileSync(file, 'utf8').split('\n');
    if (process.env.UPDATE_GOLDEN === '1') {
      it('are rewritten', () => {
        const kept = lines.filter((line) => !line.startsWith('  = '));
        const written = kept.flatMap((line) =>
          /^[oakm] /.test(line) ? [line, `  = ${readingOf(line)}`] : [line],
        );
        writeFileSync(file, written.join('\n'));
      });
      return;
    }
    lines.forEach((line, at) => {
      if (/^[oakm] /.test(line)) it(line, () => assert.equal(`  = ${readingOf(line)}`, lines[at + 1]));
    });
  });

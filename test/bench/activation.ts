// How long the extension keeps the editor waiting: the packaged extension in the real editor, its window loaded
// again and again, and each time the editor's own marks: `load` is the reading and running of our code, `activate`
// the call of that name and its end, `own` both. The window asks for nothing meanwhile, but the rest of the editor
// starts, too. Aim: median of `own` at most 100 ms. Asserts nothing; without a browser it says so.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getChromium } from '../../scripts/lib/chromium.mjs';
import { median, rounded } from './figures.ts';

const starts = 9;

/** Milliseconds: medians, and all starts. */
export async function bench(): Promise<Record<string, unknown>> {
  const browser = await getChromium();
  if ('missing' in browser) return { skipped: browser.missing };
  process.env.PILOTHOUSE_CHROMIUM = browser.path;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pilothouse-activation-'));
  const times = await startOften(path.join(folder, 'marks.jsonl'), folder).finally(() =>
    fs.rmSync(folder, { recursive: true, force: true }),
  );
  return {
    ownMedianMs: rounded(median(times.map(({ load, activate }) => load + activate))),
    loadMedianMs: rounded(median(times.map(({ load }) => load))),
    activateMedianMs: rounded(median(times.map(({ activate }) => activate))),
    ownMs: times.map(({ load, activate }) => load + activate),
  };
}

interface Start {
  readonly load: number;
  readonly activate: number;
}

async function startOften(marks: string, folder: string): Promise<readonly Start[]> {
  const { open } = await import('../vscode/drive.ts');
  const { packageHelper } = await import('../vscode/packaged.ts');
  const drive = await open({
    moreVsix: [await packageHelper('activationProbe', folder)],
    env: { PILOTHOUSE_PROBE: marks },
  });
  try {
    for (let start = 1; start <= starts; start++) {
      if (start > 1) await drive.load();
      while (linesOf(marks).length < start) await drive.page.waitForTimeout(100);
    }
  } finally {
    await drive.close();
  }
  return linesOf(marks).map((line) => {
    const at: Readonly<Record<string, number>> = JSON.parse(line);
    const between = (from: string, to: string) => (at[to] ?? Number.NaN) - (at[from] ?? Number.NaN);
    return {
      load: between('willLoadExtensionCode', 'didLoadExtensionCode'),
      activate: between('willActivateExtension', 'didActivateExtension'),
    };
  });
}

function linesOf(file: string): readonly string[] {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
}

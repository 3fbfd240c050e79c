// Hands the person's choice of language model to the daemon: on each new line, and when the choice changes. A question
// waits for it (`settled`), so that no first sentence is read without the model that was chosen. One hand-over at a
// time and the newest last; a key that cannot be read in time is done without. Knows no editor.

import type { ModelSettings, ModelStatus } from '../../shared/model/languageModel.ts';
import { problemOf } from '../../shared/model/problem.ts';
import type { DaemonLink } from '../daemon/link.ts';

export interface HandOverOptions {
  readonly daemon: Pick<DaemonLink, 'request' | 'onDidChangeState'>;
  /** Undefined where the person has chosen nothing: what the daemon knows stands. */
  readonly readSettings: () => ModelSettings | undefined;
  readonly readKey: () => PromiseLike<string | undefined>;
  /** Told after each hand-over how the model fares now. */
  readonly onStatus: (status: ModelStatus) => void | Promise<void>;
  readonly log: (line: string) => void;
  readonly keyWaitMs?: number;
}

export interface HandOver {
  /** Resolves when the daemon knows the choice of now, or could not be told. Never rejects. */
  settled(): Promise<void>;
  /** Hands over anew; `key` is what the person has just typed, empty: forget it. */
  renew(key?: string): Promise<void>;
  dispose(): void;
}

/** An editor's secret storage may first have to be unlocked. */
const usualKeyWaitMs = 10_000;

export function createHandOver(options: HandOverOptions): HandOver {
  const { daemon, log } = options;
  let newest: Promise<void> | undefined;

  async function handOver(key: string | undefined): Promise<void> {
    try {
      const settings = options.readSettings();
      if (settings) {
        const known = key ?? (await readKey());
        await daemon.request('model/configure', {
          settings,
          ...(known === undefined ? {} : { key: known }),
        });
      }
      await options.onStatus(await daemon.request('model/status', {}));
    } catch (error) {
      log(`The choice of language model could not be handed over: ${problemOf(error).message}`);
    }
  }
  async function readKey(): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        log('The key of the language model could not be read in time.');
        resolve(undefined);
      }, options.keyWaitMs ?? usualKeyWaitMs);
    });
    try {
      return await Promise.race([options.readKey(), tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
  function renew(key?: string): Promise<void> {
    newest = (newest ?? Promise.resolve()).then(() => handOver(key));
    return newest;
  }
  const stop = daemon.onDidChangeState((state) => {
    // A new line may lead to a new daemon, which knows no key.
    if (state.kind === 'ready') void renew();
  });
  return {
    renew,
    async settled() {
      let awaited = newest ?? renew();
      await awaited;
      while (newest && newest !== awaited) {
        awaited = newest;
        await awaited;
      }
    },
    dispose: stop,
  };
}

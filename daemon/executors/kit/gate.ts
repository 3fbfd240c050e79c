// Lets so many tasks run at once and keeps the others in line, so that a wide plan or a full discovery never floods
// a cloud. A task that is cancelled while it waits leaves the line.

import { abortError } from './transport.ts';

export interface Gate {
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function createGate(concurrency: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  const enter = (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return Promise.reject(abortError());
    if (running < concurrency) {
      running++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const go = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(abortError());
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(go);
    });
  };
  return {
    run: async (task, signal) => {
      await enter(signal);
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}

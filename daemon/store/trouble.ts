// Says a trouble of what is tried again and again (a full disk, tried every minute) once: when it comes and when it becomes
// another one; and says when it is over. A log that repeats itself fills the very disk it complains of. Used by rooms
// that work in the background; whoever answers a person tells it every time.

type Log = (level: 'info' | 'warn', message: string) => void;

export interface Trouble {
  /** It failed, perhaps as before. */
  is(error: unknown): void;
  /** It worked. */
  isOver(): void;
}

/** `what` stands before every line: `the graph could not be written`. */
export function createTrouble(what: string, log: Log): Trouble {
  let told: string | undefined;
  return {
    is(error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== told) log('warn', `${what}: ${message}`);
      told = message;
    },
    isOver() {
      if (told !== undefined) log('info', `${what}: that is over.`);
      told = undefined;
    },
  };
}

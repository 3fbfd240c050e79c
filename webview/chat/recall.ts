// What was asked before, gone through with the arrow keys as in a shell: up goes back, down comes forward to what
// was half typed. Bounded; pure but for its own memory.

const textsMax = 200;

export interface Recall {
  readonly isRecalling: boolean;
  /** The sentence before; `draft` is kept to come back to. Undefined at the oldest. */
  older(draft: string): string | undefined;
  /** The sentence after, at last the draft; undefined where nothing was recalled. */
  newer(): string | undefined;
  add(text: string): void;
  /** Oldest first. */
  set(texts: readonly string[]): void;
  reset(): void;
  /** Forgets the last one: it should not have been said. */
  dropLast(): void;
}

export function createRecall(): Recall {
  let texts: string[] = [];
  let index: number | undefined;
  let kept = '';
  return {
    get isRecalling() {
      return index !== undefined;
    },
    older: (draft) => {
      const next = (index ?? texts.length) - 1;
      if (next < 0) return undefined;
      if (index === undefined) kept = draft;
      index = next;
      return texts[next];
    },
    newer: () => {
      if (index === undefined) return undefined;
      index += 1;
      if (index < texts.length) return texts[index];
      index = undefined;
      return kept;
    },
    add: (text) => {
      index = undefined;
      if (texts.at(-1) !== text) texts = [...texts, text].slice(-textsMax);
    },
    set: (given) => {
      texts = given.filter((text, at) => text !== given[at - 1]).slice(-textsMax);
      index = undefined;
    },
    reset: () => {
      index = undefined;
    },
    dropLast: () => {
      texts = texts.slice(0, -1);
      index = undefined;
    },
  };
}

// A list of listeners that are told of one kind of thing. The editor's own EventEmitter does the same but exists
// only inside the editor; what uses this one can be tested without it.

export interface Signal<T> {
  /** Adds a listener; the returned function takes it away again. */
  readonly on: (listener: (value: T) => void) => () => void;
  readonly fire: (value: T) => void;
}

export function createSignal<T>(): Signal<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fire: (value) => {
      for (const listener of [...listeners]) listener(value);
    },
  };
}

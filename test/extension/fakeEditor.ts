// Loads a module of the extension with an editor that a test makes: each load has its own copy of the extension's
// modules, so that suites in one process do not share one another's editor.

import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = pathToFileURL(path.resolve(import.meta.dirname, '..', '..', 'extension')).href;
let editors = 0;

/** `module` is a path below `extension/`; `editor` is what it finds as `vscode`. */
export async function importWithEditor<T>(
  module: string,
  editor: Readonly<Record<string, unknown>>,
): Promise<T> {
  editors += 1;
  const name = `editorOfTests${editors}`;
  Object.assign(globalThis, { [name]: editor });
  const names = Object.keys(editor).map((key) => `export const ${key} = ${name}.${key};`);
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === 'vscode')
        return { url: `data:text/javascript,${encodeURIComponent(names.join('\n'))}`, shortCircuit: true };
      const found = next(specifier, context);
      return found.url.startsWith(root) ? { ...found, url: `${found.url}?${name}` } : found;
    },
  });
  try {
    return (await import(`${root}/${module}`)) as T;
  } finally {
    hooks.deregister();
  }
}

/** The event emitter of the editor, as far as it is used. */
export class FakeEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}

// Gives the extension the editor's API once. Bundled as they stand, fifty modules that import it would each make a
// copy of it at start, with four hundred members, before anything else could be done. Called by the build for the
// extension's bundle.

import fs from 'node:fs';

const shared = 'pilothouse:editor-api';
const everyImport = /^import \* as vscode from 'vscode';$/m;

/** One binding to what the editor's `require` gives, for all modules. @type {import('esbuild').Plugin} */
export const editorApiPlugin = {
  name: 'editor api',
  setup(build) {
    build.onLoad({ filter: /[\\/]extension[\\/].*\.ts$/ }, ({ path }) => ({
      contents: fs.readFileSync(path, 'utf8').replace(everyImport, `import vscode from '${shared}';`),
      loader: 'ts',
    }));
    build.onResolve({ filter: new RegExp(`^${shared}$`) }, () => ({ path: shared, namespace: shared }));
    build.onLoad({ filter: /.*/, namespace: shared }, () => ({
      contents: "export default require('vscode');",
    }));
  },
};

// Writes a script in ASCII alone, with the same meaning. V8 keeps the source of a running program in memory, at one
// byte a character, or at two when a single one of them is beyond Latin-1: one dash in a comment would cost the daemon
// megabytes. The bundler escapes strings and leaves comments and regular expressions as they are, so what is left
// stands in those two, where `\uXXXX` means the same. Called by the build for what runs in Node.

import fs from 'node:fs';

/** A template read raw, which must stay; or a letter beyond ASCII with the backslashes before it. */
const beyondAscii = /\.raw`[^`]*`|(\\*)([^\0-\x7f])/g;

/** @param {string} script */
export function plainScript(script) {
  return script.replace(beyondAscii, (all, /** @type {string=} */ slashes, /** @type {string=} */ unit) => {
    if (slashes === undefined || unit === undefined) return all;
    // An odd backslash is an escape that does nothing.
    const kept = slashes.slice(0, slashes.length - (slashes.length % 2));
    return `${kept}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Rewrites what was bundled, where it has to. @type {import('esbuild').Plugin} */
export const plainScriptPlugin = {
  name: 'plain script',
  setup(build) {
    const file = build.initialOptions.outfile;
    build.onEnd((result) => {
      if (file === undefined || result.errors.length > 0) return;
      const script = fs.readFileSync(file, 'utf8');
      const plain = plainScript(script);
      if (plain !== script) fs.writeFileSync(file, plain);
    });
  },
};

// What the name of a cloud suggests about how careful one has to be with it. A guess that only the person's own
// setting overrides; where words disagree the more careful one wins, and where none is known the answer is
// `unknown`, which the rules treat like production. The word list is our own, from names seen in public examples.

import type { Environment } from '../../../shared/model/connection.ts';

/** Most careful first. */
const words: readonly (readonly [Environment, readonly string[]])[] = [
  ['prod', ['prod', 'production', 'prd', 'live']],
  ['staging', ['staging', 'stage', 'stag', 'stg', 'preprod', 'preproduction', 'preview']],
  ['test', ['test', 'testing', 'tst', 'qa', 'uat', 'ci']],
  ['dev', ['dev', 'devel', 'develop', 'development', 'devstack']],
];

/** Environment that a name of a cloud or project suggests. */
export function guessEnvironment(name: string): Environment {
  const parts = name
    .toLowerCase()
    .replace(/pre[-_. ]prod/, 'preprod')
    .split(/[^a-z]+/);
  // "non-prod" says what it is not, and nothing of what it is.
  if (parts.includes('non') || parts.includes('not') || /nonprod|notprod/.test(name.toLowerCase()))
    return 'unknown';
  return words.find(([, known]) => parts.some((part) => known.includes(part)))?.[0] ?? 'unknown';
}

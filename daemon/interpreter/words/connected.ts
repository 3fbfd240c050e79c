// Ways to ask what hangs together with a thing: "what all is connected to", "who else talks to", "what sits behind". Each
// is said of the thing that follows, and only looks. Called by the table of words people talk in.

import { rows } from './courtesy.ts';

const asked = ['what', 'what all', 'what else', 'who', 'who else', 'who all', 'whatever'];
const things = ['which things', 'which services', 'what things', 'what services', 'which resources'];

/** Phrases that ask for the neighbours of a thing. */
export const connected: readonly string[] = [
  ...rows(
    [
      'what is',
      'what all is',
      'what else is',
      'what are',
      'who is',
      'who all is',
      'which things are',
      'which services are',
    ],
    ['connected', 'linked', 'wired', 'hooked up', 'hooked', 'tied', 'coupled', 'chained'],
    ['to', 'with'],
  ),
  ...rows(asked, ['hangs', 'sits', 'stands', 'lies'], ['behind', 'in front of', 'off', 'on top of']),
  ...rows(asked, [
    'talks to',
    'speaks to',
    'connects to',
    'calls',
    'uses',
    'relies on',
    'depends on',
    'feeds',
    'goes through',
    'hangs from',
    'hangs on',
  ]),
  ...rows(['what', 'what all', 'what else'], ['needs']),
  ...rows(things, [
    'talk to',
    'connect to',
    'call',
    'use',
    'rely on',
    'depend on',
    'need',
    'hang on',
    'hang off',
  ]),
  ...rows([
    'what is in front of',
    'what is upstream of',
    'what is downstream of',
    'what would go down with',
    'what goes down with',
    'what all goes down with',
  ]),
];

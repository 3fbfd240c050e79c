// Figures of speech about what is to be made: "network create lab", "carve 10.9.0.0/24 out of private-net as subnet lab-a",
// "run busybox:1.36 once as job fixup", "snapshot pre-mig of vol-data". What is made has the name, the size and the place
// that were said, and nothing else. A table; `figures.ts` matches it.

import { begin, end, type FigureText, polite, thing, whole } from './figureParts.ts';

/** A name that nothing has yet; a word that tells how something went is none. */
const fresh =
  '(?<n>(?!(?:fail(?:s|ed|ing|ure)?|errors?|is|was|does|did|has|for|from|with|in|on|of|to|and|or|not|it|that|this|now|please|pls|again|named|called|as|at|by|pair|hangs?|takes|worked|works|broken?|request|ticket|schedule|schedules|policy|plan|window|strategy|chain|list|history|rule|rules)\\b)[a-z][a-z0-9._-]*)';
const setting =
  '(?:(?: (?:,|\\(|\\)|with|from|on|in|of|at|and|using|size|flavor|image|%flavor|with flavor|with image|%image|%network|%keypair))* (?:\\{(?:size|cidr)\\}|<(?:[a-z-]+\\|)*(?:flavor|image|network|keypair|security-group)(?:\\|[a-z-]+)*>)(?: \\))?)';
const makeable = '%(?:volume|network|subnet|keypair|security-group|namespace|vm)';
const net = '(?<w>(?:the )?(?:%network )?<network>(?: %network)?)';
const range = '(?:(?:with|at|of|range|%range|cidr|and|the|:|\\() )*(?<c>\\{cidr\\})(?: \\))?';
const kept = thing('a', 'vm', 'volume', 'database');
const named = '(?:named |called |: |, )?';

/** What is to be made. */
export const makingFigures: readonly FigureText[] = [
  {
    shape: `${begin}(?:(?:i|we) )?(?:need|i need|we need|want|we want|i want|new|add)(?: (?:an?|new|another))* (?<s>%subnet) ${named}${fresh}(?: ,)? ${range}(?: ,)? (?:on|in|for|of|under) ${net}${polite}*${end}`,
    order: ['verb create', '$s', 'named', '$n', 'with', '$c', 'on', '$w'],
  },
  {
    shape: `${begin}(?:have|get) (?:an?|one|another)(?: (?:new|fresh|full))* (?:%snapshot|snapshot|backup)(?: (?:named|called) ${fresh})? (?:taken|made|created|done) (?:of|from|for) ${kept}${polite}*${end}`,
    order: ['verb snapshot', '$a', 'named', '$n'],
    about: /\b(?:taken|made|created|done)\b.*[.!]?$/,
  },
  {
    shape: `^(?:please )?(?<s>${makeable}) (?:create|add) ${named}${fresh}(?<c>${setting}*)${whole}`,
    order: ['verb create', '$s', 'named', '$n', '$c'],
  },
  {
    shape: `^(?:please )?${fresh} (?<s>${makeable})(?:${polite}| ,)* (?:create|add|make|set up|provision)(?: it)?${whole}`,
    order: ['verb create', '$s', 'named', '$n'],
  },
  {
    shape: `${begin}(?:create|make|generate|add|new)(?: (?:an?|new|fresh|another))* (?:ssh )?key ${named}${fresh}${polite}*${end}`,
    order: ['verb create', '%keypair', 'named', '$n'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:carve|carve out|cut|cut out|split off|reserve|set aside|use|set up|add|create) (?<c>\\{cidr\\})(?: out)? (?:of|from|in|on|inside|within|out of|for) ${net}(?: ,)? (?:as|for) (?:(?:an?|the|new) )*(?<s>%subnet) ${named}${fresh}${polite}*${end}`,
    order: ['verb create', '$s', 'named', '$n', 'with', '$c', 'on', '$w'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:give|add to) ${net} (?:an?|another|one more|one)(?: (?:new|more|further|second|additional))* (?<s>%subnet)(?: ,)? ${named}${fresh}(?: ,)? ${range}${polite}*${end}`,
    order: ['verb create', '$s', 'named', '$n', 'with', '$c', 'on', '$w'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:run|start|launch|execute) (?<i>\\{image\\})(?: once)? as (?:(?:an?|the|one-off|one|off|new|single) )*(?<s>%job)(?: (?:named|called))? ${fresh}(?<p>(?: (?:in|on) (?:the )?(?:%namespace )?(?:@|<namespace>)(?: %namespace)?)?)${polite}*${end}`,
    order: ['verb create', '$s', 'named', '$n', 'with', '$i', '$p'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:(?:(?:take|create|make|do)(?: the)?|new|an?|another) (?:(?:an?|new|another|%database|%volume|%vm) )*)?(?:%snapshot|snapshot) ${named}${fresh} (?:of|for|from) ${kept}${polite}*${end}`,
    order: ['verb snapshot', '$a', 'named', '$n'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:capture|take|save|keep) (?:(?:the|an?) )?(?:(?:state|picture|copy|capture) of )?${kept} (?:as|in|into|to) (?:an? )?(?:new |fresh )*(?:%snapshot|snapshot)${polite}*${end}`,
    order: ['verb snapshot', '$a'],
    mayAsk: true,
  },
];

// Figures of speech about labels and public addresses that say what a thing is to have or to lose: "erp-test should carry
// cost-center=4711", "finance wants owner=data on db-1", "bastion should lose its floating ip". The order names the same
// label, address and thing; nothing is destroyed. A table; `figures.ts` matches it.

import {
  begin,
  can,
  close,
  ensure,
  type FigureText,
  longer,
  must,
  none,
  polite,
  so,
  thing,
  wanting,
  whole,
} from './figureParts.ts';

const labelled = ['vm', 'volume', 'database', 'snapshot', 'image', 'network', 'security-group']
  .concat(['load-balancer', 'node', 'namespace', 'subnet', 'floating-ip'])
  .concat(['deployment', 'statefulset', 'daemonset']);
const someone = '(?:finance|security|audit|the auditors|the boss|management|my boss|the team|they)';

/** "web-1 should have …", "can web-1 get …", "i want web-1 to have …", "… on web-1 please". */
function having(
  kinds: readonly string[],
  what: string,
  order: readonly string[],
  about: RegExp,
): readonly FigureText[] {
  const on = (name: string): string => thing(name, ...kinds);
  const have = '(?:have|get|carry|wear|receive|be given|bear|be)';
  const gets = `(?:gets?|needs?|wants?|requires?|receives?|could use|could do with|${must} (?:to )?${have})`;
  const led = [
    `(?:${can}|let|please let) (?:please )?${on('a')}(?: please)? ${have}`,
    `${on('b')}(?: please)? ${gets}`,
    `(?:${wanting}|i want that|i would like that) ${on('d')} (?:to )?(?:have|get|carry|wear|has|gets|carries)`,
    `${ensure} ${on('e')} (?:has|gets|carries|had|got)`,
  ].join('|');
  return [
    {
      shape: `${begin}(?:${led}) ${what}${so('tag|label|set|add|assign|give|attach|do|change|apply')}${close}`,
      order,
      about,
      mayAsk: true,
    },
    {
      shape: `${begin}(?:${wanting}|${someone} wants?|write|get|hang|stick|put|set) ${what} (?:on|onto|for|at|to|with) ${on('a')}${close}`,
      order,
      about,
      mayAsk: true,
    },
    {
      shape: `^(?:please )?(?:${on('a')}(?: [:=,-])? ${what}|get ${on('b')} ${what})${whole}`,
      order,
      about,
    },
    { shape: `^(?:please )?${what} (?:on|onto|for|at|to|->) ${on('a')}${whole}`, order, about },
  ];
}

const owner = ['$a', '$b', '$d', '$e'];
const tag = '(?:(?:the|an?) )?(?:(?:tags?|labels?) )?(?<v>\\{tags\\})(?: (?:tag|label))?';
const key =
  '(?:the |its )?(?:(?:tag|label) (?<k>[a-z%][\\w-]*|@)|(?<l>[a-z%][\\w-]*|@) (?:tag|label))(?: (?:tag|label))?';
const going = `(?:can|may|must|${must})(?: to)?(?: be| get| to be)* (?:go|go away|disappear|leave|removed|deleted|taken off|taken away|dropped|cleared|stripped|gone)`;
const address = '(?:an?|some|one|any)(?: (?:of the|new|free|public|external|available|unused|open))* ';
const its = '(?:an?|the|its|any|his|her)(?: (?:own|public|external))* ';
const knownKey =
  '(?<k>cost-?cent(?:er|re)|owner|team|env|environment|role|app|application|project|department|stage|tier|customer|contact|purpose|backup|billing|service|schedule)';

const labels: readonly FigureText[] = [
  ...having(labelled, tag, ['verb tag', ...owner, 'with', '$v'], /\{tags\}/),
  {
    shape: `${begin}(?:${can} (?:please )?${thing('a', ...labelled)} (?:please )?be|${thing('b', ...labelled)} ${must}(?: be)?|${wanting} ${thing('d', ...labelled)}(?: to be)?|please get ${thing('e', ...labelled)}) (?:tagged|tagged with|labelled|labeled|labelled with|labeled with|marked|marked with)(?: with| as)? ${tag}${close}`,
    order: ['verb tag', ...owner, 'with', '$v'],
    about: /\{tags\}/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:set|change|update|switch|put) (?:the )?(?:(?<k>[a-z][\\w-]*) (?:tag|label)|${knownKey.replace('<k>', '<l>')}) (?:of|on|for|at) ${thing('a', ...labelled)} (?:to|into) (?<v>[a-z@{][a-z0-9}-]*)${close}`,
    order: ['verb tag', '$a', 'with', '$k=$v'],
    mayAsk: true,
    about: /\bto\b/,
  },
  {
    shape: `${begin}(?:the )?(?:(?<k>[a-z][\\w-]*) (?:tag|label)|${knownKey.replace('<k>', '<l>')}) (?:of|on|for|at) ${thing('a', ...labelled)} ${must}(?: be| become| read| say)? (?<v>(?!(?:deleted|removed|dropped|cleared|stripped|gone|go|away|off|kept|changed|updated|set|unset|renamed|there)\\b)[a-z@{][a-z0-9}-]*)${close}`,
    order: ['verb tag', '$a', 'with', '$k=$v'],
    about: /\b(?:should|must|has to|needs to|shall)\b/,
  },
  {
    shape: `${begin}(?:add|put|set|attach|apply|stick) (?:the |an? )?(?:tag|label) (?:named |called )?(?<k>[a-z][\\w-]*) (?:with )?(?:the )?value (?<v>[a-z@{][a-z0-9}-]*) (?:to|on|at|onto) ${thing('a', ...labelled)}${close}`,
    order: ['verb tag', '$a', 'with', '$k=$v'],
    mayAsk: true,
    about: /value/,
  },
  {
    shape: `${begin}(?:tag|label|mark) ${thing('a', ...labelled)} with (?:the )?key (?<k>[a-z][\\w-]*)(?: ,)?(?: and)?(?: (?:the|with))* value (?<v>[a-z@{][a-z0-9}-]*)${close}`,
    order: ['verb tag', '$a', 'with', '$k=$v'],
    mayAsk: true,
    about: /value/,
  },
  {
    shape: `${begin}(?:rm|del|kill|wipe|clear|ditch|scrap|remove|delete|drop|unset|strip|take|take off|take away|get rid of|clean up) ${key} (?:from|off|of|on|off of|away from|at|in) ${thing('a', ...labelled)}(?: away| off)?${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    mayAsk: true,
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}(?:rm|del|kill|wipe|clear|ditch|scrap|remove|delete|drop|unset|strip|take|take off|take away|get rid of) ${thing('a', ...labelled)} 's ${key}(?: away| off)?${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    mayAsk: true,
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}(?:unset|untag) (?<k>[a-z][\\w-]*) (?:on|from|of|at) ${thing('a', ...labelled)}${close}`,
    order: ['verb untag', '$k', 'from', '$a'],
    mayAsk: true,
    about: /\b(?:unset|untag)\b/,
  },
  {
    shape: `${begin}(?:${wanting}|get) ${key} (?:off|off of|gone from|away from|removed from|taken off|deleted from|gone on) ${thing('a', ...labelled)}${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    mayAsk: true,
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}${can} (?:please )?${key} (?:please )?be (?:removed|deleted|taken off|taken|dropped|cleared|stripped) (?:from|off|of|on) ${thing('a', ...labelled)}${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    mayAsk: true,
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}${can} (?:please )?(?:${key} (?:on|of|from|at|off) ${thing('a', ...labelled)}|${thing('b', ...labelled)} 's ${key.replaceAll('<k>', '<m>').replaceAll('<l>', '<n>')}) (?:please )?be (?:removed|deleted|taken off|taken away|dropped|cleared|stripped)${close}`,
    order: ['verb untag', '$k', '$l', '$m', '$n', 'from', '$a', '$b'],
    mayAsk: true,
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}${key} (?:on|of|from|at|off) ${thing('a', ...labelled)} ${going}${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}(?:on|of|from|at|off) ${thing('a', ...labelled)}(?: ,)? ${key} ${going}${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}${key} ${going} (?:on|of|from|at|off) ${thing('a', ...labelled)}${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}(?:rm|del|kill|wipe|clear|ditch|scrap|remove|delete|drop|unset|strip|take|take off|take away|get rid of|clean up) (?:from|off|of|on|off of|away from|at|in) ${thing('a', ...labelled)}(?: ,)? ${key}(?: away| off)?${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    mayAsk: true,
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}${thing('a', ...labelled)} (?:should|must|shall|has to|may|can|is to) (?:lose|drop|give up|get rid of) ${key}${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    mayAsk: true,
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}${thing('a', ...labelled)} (?:should|must|shall|may) ${none}(?: to)? (?:have|carry|wear|keep|show|bear) ${key}${longer}${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    mayAsk: true,
    about: /\b(?:tag|label)\b/,
  },
  {
    shape: `${begin}${thing('a', ...labelled)} (?:${none} needs?|does not need) ${key}${longer} , (?:so )?(?:please )?(?:take|remove|drop|delete|strip|clear) it(?: away| off)?${close}`,
    order: ['verb untag', '$k', '$l', 'from', '$a'],
    mayAsk: true,
    about: /\b(?:tag|label)\b/,
  },
];

const addresses: readonly FigureText[] = [
  ...having(
    ['vm'],
    `(?<v>${address}%floating-ip)`,
    ['verb give', ...owner, '$v'],
    /(?:an?|some|one|any) (?:\S+ )*%floating-ip/,
  ),
  {
    shape: `${begin}(?:allocate|get|find|assign|attach|pick|reserve|give) (?<v>${address}%floating-ip) (?:to|for) ${thing('a', 'vm')}(?: , (?:any|any one|whichever|whatever|any (?:free )?(?:one|address))(?: (?:free|available|one|is|will|does|do|ok|okay|fine|good))*)?${close}`,
    order: ['verb give', '$a', '$v'],
    about: /%floating-ip/,
    mayAsk: true,
  },
  {
    shape: `^(?:please )?%floating-ip (?:for|on|to) ${thing('a', 'vm')}${polite}+(?: [.!])*$`,
    order: ['verb assign', '%floating-ip', 'to', '$a'],
    about: /%floating-ip/,
  },
  {
    shape: `^(?:please )?(?:(?:an?|any|some|one|free|spare|unused|available|unassigned) )*%floating-ip(?:${polite}+)? (?:->|=>|→|for|to|on|onto) ${thing('a', 'vm')}(?:(?: ,)? (?:any|any one|whichever|whatever|does not matter|it does not matter|do not care|i do not care|the first|any of them|one of the free ones)(?: (?:is|are|free|available|one|which|will do|does|do|ok|okay|fine|good|you|like|find|have|address))*)?${whole}`,
    order: ['verb assign', '%a floating-ip', 'to', '$a'],
    about:
      /\b(?:any|some|free|spare|unused|available|whichever|whatever|an?|one)\b.*%floating-ip|%floating-ip.*\b(?:any|whichever|whatever|matter|care)\b/,
  },
  {
    shape: `^(?:please )?(?:the )?%floating-ip (?:off|off of|away from) ${thing('a', 'vm')}${whole}`,
    order: ['verb unassign', '%floating-ip', 'from', '$a'],
    about: /%floating-ip/,
  },
  {
    shape: `${begin}${can} (?:please )?${thing('a', 'vm')}(?: please)? (?:have|get|use|take|be given) ${thing('b', 'floating-ip')}${close}`,
    order: ['verb assign', '$b', 'to', '$a'],
    about: /floating-ip/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:use|connect|take|set|attach) ${thing('b', 'floating-ip')} (?:for|with|to|on) ${thing('a', 'vm')}${close}`,
    order: ['verb assign', '$b', 'to', '$a'],
    about: /floating-ip/,
    mayAsk: true,
  },
  {
    shape: `^(?:please )?${thing('b', 'floating-ip')} (?:to|for|on|onto|at) ${thing('a', 'vm')}${whole}`,
    order: ['verb assign', '$b', 'to', '$a'],
    about: /floating-ip/,
  },
  {
    shape: `${begin}(?:${can} (?:please )?${thing('a', 'vm')}(?: please)? (?:lose|drop)|${thing('b', 'vm')} ${must} (?:lose|drop|give up|get rid of)) (?:${its}%floating-ip|<floating-ip>)${close}`,
    order: ['verb unassign', '%floating-ip', 'from', '$a', '$b'],
    about: /floating-ip/,
    mayAsk: true,
  },
  {
    shape: `${begin}${thing('a', 'vm')} (?:(?:${none} (?:needs?|uses?|requires?)|does not need|does not use|runs fine without|can do without|works without) ${its}%floating-ip${longer}(?: ,)? (?:so )?(?:please |and )?(?:take|remove|unassign|drop|pull|detach|release|free) it(?: away| off| up)?|(?:should|must|may|is to) have no(?: more)?(?: (?:public|external))* %floating-ip${longer})${close}`,
    order: ['verb unassign', '%floating-ip', 'from', '$a'],
    about: /floating-ip/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:(?:${wanting}|get|take) (?:the|its|that) %floating-ip (?:off|off of|gone from|away from|removed from|taken off|detached from)|(?:disconnect|unlink|unhook|separate|disassociate|unplug) (?:the|its|that) %floating-ip (?:from|of|off)) ${thing('a', 'vm')}${close}`,
    order: ['verb unassign', '%floating-ip', 'from', '$a'],
    about: /%floating-ip/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:free|free up|release|unassign|take away|take|detach|drop|remove) (?:the|that) %floating-ip (?:that |which )?${thing('a', 'vm')} (?:has|holds|uses|owns|is using|got|occupies)(?:(?: ,)?(?: and)?(?: please)? (?:take|pull|get) it (?:off|away))?${close}`,
    order: ['verb unassign', '%floating-ip', 'from', '$a'],
    about: /%floating-ip/,
    mayAsk: true,
  },
  {
    shape: `^(?:please )?${thing('a', 'vm')}(?: [:,-])? (?:without|no|no more|remove|remove the|drop|drop the|take off the) (?:(?:public|external) )?%floating-ip${whole}`,
    order: ['verb unassign', '%floating-ip', 'from', '$a'],
    about: /%floating-ip/,
  },
];

const machine = thing('a', 'vm');
const host = thing('a', 'host');
const maintenance = '(?:the )?maintenance(?: mode)?';

const guards: readonly FigureText[] = [
  {
    shape: `${begin}(?:take|get|remove|lift|drop|release|undo|clear|take off|take away|get rid of) (?:the |its |that )?(?:lock|locking) (?:off|from|of|on|off of) ${machine}${close}`,
    order: ['verb unlock', '$a'],
    about: /\block/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:protect|guard|secure) ${machine} (?:against|from) (?:any |accidental |all )*(?:changes|deletion|deletions|being deleted|being changed|modifications?)${close}`,
    order: ['verb lock', '$a'],
    about: /\b(?:protect|guard|secure)/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:exit|leave|end|quit|stop|finish) ${maintenance} (?:on|of|for) ${host}${close}`,
    order: ['verb uncordon', '$a'],
    about: /\bmaintenance/,
    mayAsk: true,
  },
  {
    shape: `^(?:please )?${host}(?: [:,-])? (?:leave |exit |out of )?${maintenance}(?: (?:off|over|done))${whole}`,
    order: ['verb uncordon', '$a'],
    about: /\bmaintenance/,
  },
  {
    shape: `^(?:please )?${host}(?: [:,-])? (?:enter )?${maintenance} on${whole}`,
    order: ['verb drain', '$a'],
    about: /\bmaintenance/,
  },
];

/** Labels and addresses. */
export const labelFigures: readonly FigureText[] = [...labels, ...addresses, ...guards];

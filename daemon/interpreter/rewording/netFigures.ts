// Figures of speech about ports and public addresses: "let 10.0.0.0/24 in on 5432", "db-sg needs 5433 open", "hang the
// address off api-1". The order names the same group, port, range and machine that were said; one that takes a way in
// away says so in its own words. A table; `figures.ts` matches it.

import {
  anyPort,
  begin,
  end,
  type FigureText,
  must,
  polite,
  so,
  source,
  thing,
  things,
  wanting,
} from './figureParts.ts';

const group = things('a', 'security-group');
const machine = thing('a', 'vm');
const address = thing('b', 'floating-ip');
const entering = '(?:in|through|pass|by|reach|into)';
const rule = '(?:(?:firewall|ingress|inbound|access|allow) )?(?:rules?|%policys?)';
/** "for the new app subnet", "so my app can talk to it": who or what it is for, where the range that may enter was said. */
const because =
  '(?:(?: (?:for|because of) (?:(?:the|our|my|a|an|this|their) )?(?:%?[a-z-]+ ){0,3}%?[a-z-]+)|(?: ,)? so(?: that)? [^,.;?]+)';
const opening = ['verb open', '$p', 'on', '$a', '$c'];
const closing = ['verb close', '$p', 'on', '$a'];
const openWords =
  '(?:open|opened|opened up|reachable|accessible|allowed|available|permitted|let in|let through|let by|passed|exposed)';

/** Ports and addresses. */
export const netFigures: readonly FigureText[] = [
  {
    shape: `${begin}let (?:(?:traffic|connections|access) (?:on|for|to|at|from) )?${anyPort} ${entering}(?: to)?(?: (?:on|in|at|to|of|via|through))? ${group}${source}${polite}*${end}`,
    order: opening,
    mayAsk: true,
  },
  {
    shape: `${begin}let ${anyPort}${source} ${entering}(?: (?:on|in|at|to|of|via|through))? ${group}${polite}*${end}`,
    order: opening,
    mayAsk: true,
  },
  {
    shape: `${begin}make (?:closed|shut) ${anyPort} (?:on|in|at|of) ${group}${polite}*${end}`,
    order: closing,
  },
  {
    shape: `${begin}let (?<c>\\{cidr\\}) ${entering}(?: (?:on|at|to|via|over))? ${anyPort}(?: ,)?(?: (?:on|in|at|of|via|through|to))? ${group}${polite}*${end}`,
    order: ['verb open', '$p', 'on', '$a', 'from', '$c'],
    mayAsk: true,
  },
  {
    shape: `${begin}let (?<c>\\{cidr\\}) ${entering}(?: (?:on|in|at|of|via|through|to))? ${group}(?: ,| only| please)*(?: (?:on|at|via|over|for))? ${anyPort}(?: only)?${polite}*${end}`,
    order: ['verb open', '$p', 'on', '$a', 'from', '$c'],
    mayAsk: true,
  },
  {
    shape: `${begin}${anyPort} (?:is|was|has been|got|stays|stayed|stands|(?:has|have) (?:no|%node) business|(?:has|have) no reason|is not (?:meant|supposed))(?: (?:to be|being|still|again|left|wide|currently|now|to stay))* ${openWords}(?: (?:to|for) the (?:world|internet))? (?:on|in|at) ${group}(?: (?:[,.;]|-|and|so|then|please|pls|can you|could you|just))+ (?:close|shut|block) (?:it|that)(?: down| up| off| again)?${polite}*${end}`,
    order: closing,
    mayAsk: true,
  },
  {
    shape: `${begin}${anyPort} ${must}(?: be)? ${openWords} (?<c>from \\{cidr\\}) (?:on|in|at|through) ${group}${polite}*${end}`,
    order: opening,
  },
  {
    shape: `${begin}(?:${wanting} )?${anyPort} ${openWords} (?:on|in|at|for) ${group} (?<c>(?:for|from) \\{cidr\\})(?: only)?${because}${polite}*${end}`,
    order: opening,
  },
  {
    shape: `${begin}${group} ${must} (?:accept|allow|let in|let|permit|take|let through|have|be open)(?: in| traffic| connections| access)*(?: on| for| to)? ${anyPort}(?: in| through| open)?${source}${polite}*${end}`,
    order: opening,
  },
  {
    shape: `${begin}${group} (?:needs?|requires?|wants?) (?:to have )?${anyPort}(?: ${openWords})?${source}${polite}*${end}`,
    order: opening,
  },
  {
    shape: `${begin}(?:i need|we need|need|needs|wants|i want|we want|i would like|we would like|i would like to have|have|get) ${anyPort}${source} ${openWords} (?:on|in|at|for|through|via) ${group}${source.replace('<c>', '<d>')}${so('allow|open|permit')}${polite}*${end}`,
    order: ['verb open', '$p', 'on', '$a', '$c', '$d'],
  },
  {
    shape: `${begin}${anyPort} ${must}(?: be)? ${openWords} (?:on|in|at|for) ${group}${source}${polite}*${end}`,
    order: opening,
  },
  {
    shape: `${begin}(?:allow|permit|enable|accept) ${anyPort} (?:in|through|inbound|into)(?: (?:on|in|at|to|of|via|for))? ${group}${source}${polite}*${end}`,
    order: opening,
    mayAsk: true,
  },
  {
    shape: `${begin}${anyPort} ${openWords} (?:on|in|at|into|through|for) ${group}${polite}*${end}`,
    order: opening,
    asked: true,
  },
  {
    shape: `${begin}${anyPort} (?:on|in|at|into|through) ${group}${polite}*(?: ,)? (?<c>(?:for|from) \\{cidr\\})${polite}*${end}`,
    order: opening,
    asked: true,
  },
  {
    shape: `${begin}${anyPort}${polite}* ${must} (?:no longer|not) be ${openWords}(?: any more| anymore| any longer)? (?:on|in|at|through) ${group}${polite}*${end}`,
    order: closing,
  },
  {
    shape: `${begin}${anyPort} (?:on|in|at|of|through) ${group} ${must} (?:no longer|not) be ${openWords}(?: any ?more| any longer| from now on)?${polite}*${end}`,
    order: closing,
  },
  {
    shape: `${begin}(?:remove|delete|drop|take out|revoke|kill|get rid of) (?:the |an? )?${rule} (?:(?:for|of|on|with|that allows|that opens|allowing|opening) )?${anyPort} (?:from|in|on|of|at) ${group}${polite}*${end}`,
    order: closing,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:add|create|make|set up|put|insert|new) (?:the |an? )?(?:new )?${rule} (?:for|of|on|with|that allows|that opens|allowing|opening) ${anyPort} (?:to|in|on|of|into) ${group}${source}${polite}*${end}`,
    order: opening,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:add|create|make|set up|put|insert|new) (?:the |an? )?(?:new )?${rule} (?:to|in|on|for|into) ${group}(?: [:,])? (?:(?:for|with|of|on|opening|allowing|which|that|to|allows?|opens?|permits?|traffic|access|connections|inbound|incoming) )*${anyPort}${source}${polite}*${end}`,
    order: opening,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:in|on|for) ${group}(?: ,)? (?:please )?(?:open|allow|permit|unblock) ${anyPort}(?: ,)?(?: but)?${source}${polite}*${end}`,
    order: opening,
  },
  {
    shape: `${begin}(?:add|allow|permit|enable) (?:an? )?(?:ingress|inbound|incoming)(?: traffic| access)?(?: for| on| to)? ${anyPort} (?:to|in|on|into|at) ${group}${source}${polite}*${end}`,
    order: opening,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:the |our )?(?:[a-z]+ ){0,2}(?<c>\\{cidr\\}) (?:needs?|wants?|requires?|gets?|must have|should have|must get|should get)(?: access)?(?: to| on)? ${anyPort} (?:on|in|at|to|via|through) ${group}${polite}*${end}`,
    order: ['verb open', '$p', 'on', '$a', 'from', '$c'],
  },
  {
    shape: `${begin}(?:get rid of|stop letting|stop allowing|stop exposing|stop) ${anyPort}(?: (?:in|through|pass))? (?:on|in|at|through|into) ${group}${polite}*${end}`,
    order: closing,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:${wanting}|add|create|make|set up) (?<c>\\{cidr\\}) as (?:an? )?(?:new )?(?<s>%subnet) (?:named |called )?(?<n>[^ ,.;]+)(?: ,)? (?:on|in|to|for|of|under|within) (?<w>(?:the )?(?:%network )?<network>(?: %network)?)${polite}*${end}`,
    order: ['verb create', '$s', 'named', '$n', 'with', '$c', 'on', '$w'],
    mayAsk: true,
  },
  {
    shape: `^(?:please )?(?:(?:an?|new|another|one) )*(?<s>%subnet) (?:for|in|on|of|under) (?<w>(?:the )?(?:%network )?<network>(?: %network)?) [:,-] (?<c>\\{cidr\\})(?: ,)? (?:named|called|name it|call it|name|and call it|and name it)(?: :)? (?<n>[^ ,.;]+)${polite}*(?: [.!])*$`,
    order: ['verb create', '$s', 'named', '$n', 'with', '$c', 'on', '$w'],
  },
  {
    shape: `${begin}${wanting} ${address} (?:on|at|for|with) ${machine}${polite}*${end}`,
    order: ['verb assign', '$b', 'to', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:hang|stick|slap|pin|map|hook|route|wire|hand|point|link|bind|associate) ${address} (?:off|on|onto|to|at|up to|with|over to|up with) ${machine}${polite}*${end}`,
    order: ['verb assign', '$b', 'to', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}make ${machine} (?:reachable|available|accessible|public|visible) (?:under|via|at|on|through|with|by|using|from) ${address}${polite}*${end}`,
    order: ['verb assign', '$b', 'to', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}${machine} (?:gets|(?:should|must|has to|shall|needs to|is to|ought to) (?:get|have|receive|use|be on|be)|needs)(?: the)?(?: (?:public|external|free))? ${address}${polite}*${end}`,
    order: ['verb assign', '$b', 'to', '$a'],
  },
  {
    shape: `${begin}${machine} (?:should|must|shall|may|is) (?:no longer|not)(?: longer)? (?:to )?(?:have|keep|own) (?:an?|its|the|any|his)(?: (?:own|public))* %floating-ip(?: any more| anymore| any longer| at all)?${polite}*(?: , (?:so )?(?:please )?(?:take|remove|unassign|drop|pull|detach|release) it(?: away| off)?)?${polite}*${end}`,
    order: ['verb unassign', '%floating-ip', 'from', '$a'],
  },
];

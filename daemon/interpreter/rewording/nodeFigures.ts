// Figures of speech about the nodes of a cluster: what may be scheduled on them, what is to leave them, and when they are
// back. A figure names its node and nothing else; none deletes one. A table; `workFigures.ts` takes it up.

import { bareThing, begin, end, type FigureText, polite, thing } from './figureParts.ts';

const close = `${polite}*${end}`;
const node = `${bareThing('a', 'node')}(?: %node)?`;
/** "…, please cordon it": the same, as an order of its own. */
const cordonIt =
  '(?:(?: [,.;:!])? (?:so |and |please |pls |kindly |can you |could you )*cordon(?: off)?(?: (?:it|him|her|that|this|off))*)?';
const coming =
  '(?: (?:should|must|may|shall|can|will|come|go|be|get|is|are|to|land|start|scheduled|placed|put|run|running|there|here|allowed|any more|anymore|any longer|longer|from now on|for now))*';
const load = '(?:%pods?|pods?|%pod|%deployments?|workloads?|work|jobs|load|traffic|containers|stuff|things)';
const whole = '(?:all|every|the|its|of|running|remaining|all the|all of|all of the)';
const asking = '(?:so |please |pls |kindly |and |just |can you |could you )*';

/** Nodes, in the order in which they are tried. */
export const nodes: readonly FigureText[] = [
  {
    shape: `${begin}${node}(?: [:,])? (?:unschedulable|cordoned|cordoned off|out of (?:the )?(?:rotation|scheduling|pool|service)|no (?:more |new )*(?:scheduling|%pods))${close}`,
    order: ['verb cordon', '$a'],
    asked: true,
  },
  {
    shape: `${begin}${node}(?: [:,])? (?:schedulable|uncordoned)${close}`,
    order: ['verb uncordon', '$a'],
    asked: true,
  },
  {
    shape: `${begin}(?:stop|avoid|quit) (?:putting|placing|scheduling|starting|running)(?: (?:any|new|more|further))* ${load} (?:on|onto|to) ${node}(?: for now)?${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:take|pull|get|remove) ${node} (?:out of|from|off) (?:the )?(?:scheduling pool|scheduling|node pool|pool|rotation|scheduler)${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:mark|set|flag) ${node} (?:as )?(?:no schedule|no-schedule|noschedule)${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:protect|keep|spare|guard) ${node} (?:from|free of|clear of|free from) (?:any |new |more |further )+${load}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:freeze|halt) scheduling (?:on|to|for) ${node}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:put|bring|take|get) ${node} back(?: (?:up|in|online|in use))?${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}${node} (?:can|may|should|could) (?:be used|be scheduled|join|rejoin|join the pool|rejoin the pool|schedule|be schedulable)(?: again)?${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:(?:the )?maintenance (?:on|of|for) ${node} is (?:over|done|finished|complete)|${thing('b', 'node')} is (?:done with|out of|through with) (?:the )?maintenance) [,.;] ${asking}(?:(?:let|allow) it (?:to )?(?:take|get|run|have|accept|receive|host|schedule)(?: (?:new|the|all))* ${load}|uncordon(?: it)?)${close}`,
    order: ['verb uncordon', '$a', '$b'],
  },
  {
    shape: `${begin}${node} (?:is|was|has|works|got|looks|runs|behaves|came)\\b(?! (?:not|no|never|still)\\b)[^?,.;:]*[,.;:-] ${asking}(?:let|allow) (?:it|him|her) (?:to )?(?:take|get|run|have|accept|receive|host|schedule)(?: (?:new|the|all|back))* ${load}${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}${node} (?:should|must|shall|may|has to|is to|can) (?:get|receive|take|run|have|accept|host|see) no(?: (?:more|new|further|additional))* ${load}(?: (?:any more|anymore|any longer|for now|from now on))?${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}${node}(?: [:,-])? no(?: (?:more|new|further|additional))* (?:scheduling|${load})(?: for now)?${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:put|place|set) (?:a |the )?cordon (?:on|onto|around) ${node}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}${node} (?:should|can|may|must|could|is to|is allowed to) (?:again |now |once more )*(?:get|receive|take|run|accept|host|have|schedule)(?: (?:new|the|all|its))* ${load}(?: again)?${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}${node} (?:(?:should|must|shall|has to|to) )?(?:please )?(?:stop|stops|quit) (?:receiving|taking|getting|accepting|running|hosting|scheduling)(?: (?:new|any|more|further))*(?: ${load})?${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:put|place|take|bring|get|let|add|return) ${node} (?:back )?(?:in|into|to|in to) (?:the )?(?:cluster|pool|rotation|service)(?: again| back)?${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:set|make|mark|put|turn) ${node} (?:as )?(?:active|available|ready|enabled|online|usable|open)(?: again)?(?: (?:for|to) (?:scheduling|${load}))?(?: again)?${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:end|finish|stop) (?:the )?maintenance (?:on|of|for) ${node}${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:clear|clear out|empty|empty out|free up|clean out) ${node}${close}`,
    order: ['verb drain', '$a'],
  },
  {
    shape: `${begin}(?:on|onto|to|for) ${node}(?: ,)?(?: (?:should|must|may|shall|can|there should|there must|we want|i want|we need))? no(?: (?:more|new|further|additional))* ${load}${coming}${cordonIt}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:there (?:should|must|shall|may|is to|are to)(?: be)? )?no(?: (?:more|new|further|additional))* ${load}${coming} (?:on|onto|to|for) ${node}(?: (?:any more|anymore|any longer|for now|from now on))?${cordonIt}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:close|lock|shut|block|bar|freeze|seal|disable|protect) ${node} (?:for|to|from|against)(?: (?:any|all|new|more|further|accepting|taking|getting|receiving))* (?:scheduling|${load})${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:nothing|no)(?: (?:new|more|else|further))*(?: ${load})? (?:may|can|should|must|shall|is to|is allowed to)(?: (?:be|get))? (?:land|go|start|run|scheduled|placed|put|come|schedule) (?:on|onto|to) ${node}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:prevent|block|forbid|refuse|stop)(?: (?:any|all|new|more|further))+ ${load}(?: from (?:landing|being scheduled|starting|going|running|getting scheduled))? (?:on|onto|to) ${node}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:let|allow) ${node} (?:to )?(?:take|get|run|have|accept|receive|host|schedule)(?: (?:new|the|all|back))* ${load}${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:let|allow|permit)(?: (?:new|the|all|more))* ${load} (?:to )?(?:(?:be |get )?scheduled?|run|land|start|go|come|live|be placed)(?: (?:back|again))* (?:on|onto|to) ${node}(?: again)?${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:(?:can|could|may) )?(?:the )?(?:scheduling|placement)(?: of %?pods)? (?:on|to|for|of|onto) ${node} (?:(?:can|may|should|must|shall|has to|is to|could|needs to) )?(?:please )?(?:be )?(?:allowed|enabled|resumed|opened|permitted|switched on|turned on|on|reactivated|back on|active)(?: again)?${close}`,
    order: ['verb uncordon', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:(?:can|could|may) )?(?:the )?(?:scheduling|placement)(?: of (?:new )?%?pods)? (?:on|to|for|of|onto) ${node} (?:(?:can|may|should|must|shall|has to|is to|could|needs to) )?(?:please )?(?:be )?(?:disabled|stopped|paused|blocked|forbidden|switched off|turned off|off|closed|suspended|halted)${close}`,
    order: ['verb cordon', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:release|free|open up|reopen|unlock|open|liberate|enable|activate|make available|unblock) ${node} (?:for|to)(?: (?:new|the))* (?:scheduling|${load})${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:take|get|pull|lift) (?:the |that )?cordon (?:off|off of|away from|from|on) ${node}${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}${node} (?:should |can |may |must |goes? |to go |has to )?(?:go |be |come )?(?:back (?:in|into|to|in to) (?:the )?|back in |back into )(?:pool|rotation|service|mix|cluster|scheduling)${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:get|move|take|shift|push|evict|migrate|bring|drive|relocate|clear)(?: ${whole})* (?:everything|${load})(?: (?:running|that is running|that runs|that run))? (?:off|off of|away from|out of|away|from) ${node}${close}`,
    order: ['verb drain', '$a'],
  },
  {
    shape: `${begin}evict(?: ${whole})* (?:everything|${load}) (?:on|of|in) ${node}${close}`,
    order: ['verb drain', '$a'],
  },
  {
    shape: `(?:^|.*[ ])(?:on |of )?${node} [^?]*[,.;] ${asking}(?:get|move|take|shift|push|evict|migrate|bring|clear)(?: ${whole})* (?:everything|${load}) (?:off|off of|away from|out of|from) (?:that|this|the)(?: %node)?${close}`,
    order: ['verb drain', '$a'],
  },
];

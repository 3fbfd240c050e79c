// Figures of speech about what is rolled out in a cluster: "pause the api-gateway rollout in prod", "ship ledger 1.7.0", "get
// the previous checkout back", "let grafana restart", "the OOMKilled search pod in prod, kick it". A figure never adds a
// thing, a place or a number. Tables; `workFigures.ts` hands them on.

import { bareThing, begin, end, type FigureText, polite, thing, wanting } from './figureParts.ts';

const close = `${polite}*${end}`;
const place = '(?<p>(?: (?:in|on) (?:the )?(?:@|<namespace>)(?: %namespace)?)?)';
const deployment = thing('a', 'deployment');
const rolled = thing('a', 'deployment', 'statefulset', 'daemonset');
/** One of them or several, each in its place. */
const rolledEach = `(?<a>${rolled.slice('(?<a>'.length, -1)}(?:(?: ,)?(?: (?:and|\\+|&))? ${rolled.slice('(?<a>'.length, -1)})*)`;
const rollout = '(?:rollout|roll out|rolling update|rollouts)';
const pausing = '(?:pause|hold|freeze|halt|stop|suspend|put on hold)';
const resuming = '(?:resume|continue|unpause|unfreeze|unsuspend|go on with|proceed with|restart)';
const former = '(?:previous|last|old|former|prior|earlier)(?: (?:working|good|known good))?';
const version = '(?:release|version|revision|image|build|one)';
const shipped = '(?:rollout|roll out|deploy|%deployment|release|update|change|upgrade)';
const back = '(?:undo|back out|revert|take back|reverse|roll back)';
const asking = '(?:so |please |pls |kindly |and |just |can you |could you )*';
const release =
  '(?:(?:the )?(?:%image|image|version|release|tag|image tag|image version)(?: to)? )?(?<v>v?\\d+[.]\\d[\\w.-]*)';
const revision = '(?:revision|rev|version)';

export const versions: readonly FigureText[] = [
  {
    shape: `${begin}(?:roll|get|bring|take|put|move|set|push|switch|bump|ship|deploy|roll out|release|install) ${rolled} (?:(?:to|on|onto|at|up to|over to) )?${release}(?: out)?${close}`,
    order: ['verb update', '$a', 'to', '$v'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:ship|deploy|roll out|release|install|roll|push|put) ${release} (?:out )?(?:of|to|for|on|onto) ${rolled}${close}`,
    order: ['verb update', '$a', 'to', '$v'],
    mayAsk: true,
  },
  {
    shape: `${begin}${rolled} (?:should|must|has to|needs to|shall|is to|should be|needs to be|must be|has to be)(?: (?:be|run|go|get|move|be running|go up|be updated))? (?:(?:on|to|at) )?${release}${close}`,
    order: ['verb update', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${rolled} to ${release}${close}`,
    order: ['verb update', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:change|set|update|bump) the (?:tag|version|image tag|%image tag|image version) (?:of|on|for) (?:the )?${rolled}(?: (?:%image|image))? to ${release}${close}`,
    order: ['verb update', '$a', 'to', '$v'],
  },
];

export const pauses: readonly FigureText[] = [
  {
    shape: `${begin}${pausing} (?:the )?(?:current |running |ongoing )?${rollout} (?:of|for|on) ${deployment}(?: for now)?${close}`,
    order: ['verb rollout pause', '$a'],
  },
  {
    shape: `${begin}${pausing} ${deployment}(?: 's)? ${rollout}${place}(?: for now)?${close}`,
    order: ['verb rollout pause', '$a', '$p'],
  },
  {
    shape: `${begin}(?:${deployment} [:,]|(?:the )?${rollout} (?:of|for) ${thing('b', 'deployment')} [,.;]|${thing('c', 'deployment')} ${rollout}${place} [,.;]) ${asking}${pausing}(?: it| the ${rollout}| ${rollout})(?: for now)?${close}`,
    order: ['verb rollout pause', '$a', '$b', '$c', '$p'],
  },
  {
    shape: `${begin}${resuming} (?:the )?(?:paused )?${rollout} (?:of|for|on) ${deployment}${close}`,
    order: ['verb rollout resume', '$a'],
  },
  {
    shape: `${begin}${resuming} ${deployment}(?: 's)? ${rollout}${place}${close}`,
    order: ['verb rollout resume', '$a', '$p'],
  },
  {
    shape: `${begin}(?:${deployment} [:,]|(?:the )?${rollout} (?:of|for) ${thing('b', 'deployment')} [,.;]|${thing('c', 'deployment')} ${rollout}${place} [,.;]) ${asking}${resuming}(?: it| the ${rollout}| ${rollout})${close}`,
    order: ['verb rollout resume', '$a', '$b', '$c', '$p'],
  },
  {
    shape: `${begin}(?:let )?(?:the )?${rollout} (?:of|for) ${deployment} (?:(?:can|may|should|must|is to|has to) )?(?:go on|continue|proceed|resume|carry on|be resumed|be continued)${close}`,
    order: ['verb rollout resume', '$a'],
  },
  {
    shape: `${begin}let (?:the )?${deployment} ${rollout}${place} (?:go on|continue|proceed|resume|carry on)${close}`,
    order: ['verb rollout resume', '$a', '$p'],
  },
];

export const rollbacks: readonly FigureText[] = [
  {
    shape: `^(?:please )?${rolled} [:,-] (?:undo last|undo the last|undo|revert|back out|take back)(?: the)?(?: last)? ${shipped}${close}`,
    order: ['verb roll back', '$a'],
  },
  {
    shape: `${begin}(?:(?:put|bring|take|set|get|move|go) )?${rolled} back to (?:the |its )?(?:${former} ${version}|${version} (?:before|it had before|from before))${close}`,
    order: ['verb roll back', '$a'],
  },
  {
    shape: `${begin}back out (?:the )?${rolled} ${shipped}${place}${close}`,
    order: ['verb roll back', '$a', '$p'],
  },
  {
    shape: `^(?:please )?${rolled} (?:%image|image)(?: (?:[:=]|to|->))? (?<v>\\{image\\})${close}`,
    order: ['verb set', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:${wanting}|bring|get|give me|give us|restore|put|return to|go back to|revert to|reinstall|redeploy)(?: back)? (?:to )?(?:the |its )?${former} ${version} (?:of|for|on) ${rolled}(?: back)?${place}(?: running)?${close}`,
    order: ['verb roll back', '$a', '$p'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:${wanting}|bring|get|bring back|restore|put|return to|go back to|revert to|redeploy)(?: back)? (?:to )?(?:the |our )?${former} ${rolled.replace('(?:(?:the|our|my) )?', '')} ${version}(?: back)?${place}${close}`,
    order: ['verb roll back', '$a', '$p'],
    mayAsk: true,
  },
  {
    shape: `${begin}${back} (?:the )?(?:(?:last|latest|recent|newest|previous|new|bad|broken|most recent) )?${shipped} (?:of|to|on|for) ${rolled}${close}`,
    order: ['verb roll back', '$a'],
  },
  {
    shape: `${begin}${back} (?:the )?(?:(?:last|latest|recent|newest|new|bad|broken|most recent) )${rolled} ${shipped}${place}${close}`,
    order: ['verb roll back', '$a', '$p'],
  },
  {
    shape: `${begin}(?:the )?${rolled} ${shipped}${place} (?:is|was|looks|broke|has|does|fails|failed|breaks)\\b[^,.;?]*[,.;] ${asking}(?:take it back|back it out|roll it back|revert it|undo it|reverse it)(?: to (?:the )?${former} ${version})?${close}`,
    order: ['verb roll back', '$a', '$p'],
  },
  {
    shape: `${begin}(?:(?:put|bring|take|set|get|move|roll) )?${rolled}(?: [:,])?(?: (?:should|must|has to|needs to) (?:go|be))? (?:\\{number\\}|one|a) (?:version|revision|release|step|rev) back${close}`,
    order: ['verb roll back', '$a'],
  },
  {
    shape: `${begin}(?:\\{number\\}|one|a) (?:version|revision|release|step|rev) back (?:for|on|with|of|in) ${rolled}${close}`,
    order: ['verb roll back', '$a'],
  },
  {
    shape: `${begin}(?:go|step|move|roll)(?: back)? (?:\\{number\\}|one|a) (?:version|revision|release|step|rev)(?: back)? (?:for|on|with|of|in) ${rolled}${close}`,
    order: ['verb roll back', '$a'],
  },
  {
    shape: `${begin}(?:put|set|bring|get|take|run) ${rolled} (?:on|to|at) (?:revision|rev) (?<v>\\{number\\})${close}`,
    order: ['verb roll back', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:the )?(?:new |latest |current |last )?(?:image|%image|version) (?:for|of) ${rolled} (?::|is|should be|must be|shall be|has to be|becomes) (?<v>\\{image\\})${close}`,
    order: ['verb set', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${rolled}(?: [:,])? (?:(?:needs|wants|gets|should get|must get|new|now|next)(?: (?:the|new))? )?(?:%image |image |version )?(?:to |: )?(?<v>\\{image\\})${close}`,
    order: ['verb set', '$a', 'to', '$v'],
    asked: true,
  },
  {
    shape: `${begin}${rolledEach} : (?:new |next )?(?:%image|image|image tag|tag|version)(?: to| :)? (?<v>\\{image\\})${close}`,
    order: ['verb set', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${rolledEach} : (?:new |next )?(?:%image|image|image tag|tag|version|release)(?: to| :)? (?<v>v?\\d+[.]\\d[\\w.-]*)${close}`,
    order: ['verb update', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${rolled}(?: [:,])? (?:(?:needs|wants|gets|should get|must get|shall get)(?: (?:the|new))* )(?:%image |image |version )?(?<v>\\{image\\})${close}`,
    order: ['verb set', '$a', 'to', '$v'],
  },
];

export const revisions: readonly FigureText[] = [
  {
    shape: `${begin}(?:(?:return|set|send|reset|restore|put|bring|take) )?${rolled}(?: (?:goes|gets|comes|(?:should|must|shall|has to|needs to) (?:go|be|come)))? (?:back )?to ${revision} (?<v>\\{number\\})${close}`,
    order: ['verb roll back', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:(?:restore|reinstate|bring back|get back|go back to|return to|put back|use|put|take|get|bring) )?${revision} (?<v>\\{number\\}) (?:of|for|on) ${rolled}(?: back)?${close}`,
    order: ['verb roll back', '$a', 'to', '$v'],
    asked: true,
  },
  {
    shape: `${begin}(?:restore|reinstate|bring back|get back|go back to|return to|put back) ${revision} (?<v>\\{number\\}) (?:of|for|on) ${rolled}${close}`,
    order: ['verb roll back', '$a', 'to', '$v'],
  },
];

export const restarts: readonly FigureText[] = [
  {
    shape: `${begin}(?:roll out|do|start|kick off|trigger|initiate|perform|schedule) an? (?:quick |clean |rolling )*restart (?:of|for|on) ${thing('a', 'deployment', 'statefulset', 'daemonset')}${close}`,
    order: ['verb restart', '$a'],
  },
  {
    shape: `${begin}let ${thing('a', 'deployment', 'statefulset', 'daemonset', 'pod', 'vm', 'database', 'container', 'unit')} (?:restart|reboot|bounce|be restarted|be rebooted)(?: once)?${close}`,
    order: ['verb restart', '$a'],
  },
];

/** One pod that is told of by its state, and what is to be done with it. */
export const broken: readonly FigureText[] = [
  {
    shape: `${begin}(?:the |that |our )?(?<a>(?:[a-z]+ )?${bareThing('w', 'deployment', 'statefulset', 'daemonset')} %pod(?: in [a-z]+)?)${place}(?: (?:that|which) (?:got|is|was|has been|keeps|keeps on) (?<s>[a-z]+))? [,;:] ${asking}(?:restart|kick|bounce|reboot|recycle|cycle) (?:it|that one|that %pod|the %pod)(?: once)?${close}`,
    order: ['verb restart', '$s', '$a', '$p'],
  },
  {
    shape: `${begin}${bareThing('a', 'deployment', 'statefulset', 'daemonset')}${place} has (?:an?|one) (?<s>[a-z]+) (?<k>%pod) [,.;] ${asking}(?:restart|kick|bounce|reboot|recycle|cycle) (?:it|that one|that %pod|the %pod)(?: once)?${close}`,
    order: ['verb restart', '$s', '$a', '$k', '$p'],
  },
];

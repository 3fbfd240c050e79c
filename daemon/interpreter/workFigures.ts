// Figures of speech about rollouts, counts of copies, cron jobs and what is deleted in a cluster: "pause the api-gateway
// rollout in prod", "get the previous checkout back", "three more cart pods", "take report-daily off suspend". A figure
// never adds a thing, a place or a number; one that deletes names its thing and says so. A table; `figures.ts` matches it.

import {
  bareThing,
  begin,
  end,
  type Figure,
  type FigureText,
  polite,
  thing,
  wanting,
} from './figureParts.ts';

const close = `${polite}*${end}`;
const place = '(?<p>(?: (?:in|on) (?:the )?(?:@|<namespace>)(?: %namespace)?)?)';
const deployment = thing('a', 'deployment');
const rolled = thing('a', 'deployment', 'statefulset', 'daemonset');
const copied = bareThing('a', 'deployment', 'statefulset');
const scaled = thing('a', 'deployment', 'statefulset');
const node = thing('a', 'node');
const cron = thing('a', 'cronjob');
const policy = thing('a', 'policy');
const rollout = '(?:rollout|roll out|rolling update|rollouts)';
const pausing = '(?:pause|hold|freeze|halt|stop|suspend|put on hold)';
const resuming = '(?:resume|continue|unpause|unfreeze|unsuspend|go on with|proceed with|restart)';
const former = '(?:previous|last|old|former|prior|earlier)(?: (?:working|good|known good))?';
const version = '(?:release|version|revision|image|build|one)';
const shipped = '(?:rollout|roll out|deploy|%deployment|release|update|change|upgrade)';
const back = '(?:undo|back out|revert|take back|reverse|roll back)';
const copies = '(?:%pods?|copies|instances|replicas?|brokers|workers|members)';
const some = '(?:more|extra|additional|further)';
const load = '(?:%pods?|pods?|%deployments?|workloads?|work|jobs|load|traffic|containers|stuff|things)';
const whole = '(?:all|every|the|its|of|running|remaining|all the|all of|all of the)';
const rest = '(?:suspend|suspension|suspended|hold|pause|paused|ice)';
const asking = '(?:so |please |pls |kindly |and |just |can you |could you )*';

const pauses: readonly FigureText[] = [
  {
    shape: `${begin}${pausing} (?:the )?(?:current |running |ongoing )?${rollout} (?:of|for|on) ${deployment}(?: for now)?${close}`,
    order: ['verb rollout pause', '$a'],
  },
  {
    shape: `${begin}${pausing} ${deployment} ${rollout}${place}(?: for now)?${close}`,
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
    shape: `${begin}${resuming} ${deployment} ${rollout}${place}${close}`,
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
];

const rollbacks: readonly FigureText[] = [
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
    shape: `${begin}${rolled}(?: [:,])? (?:(?:needs|wants|gets|should get|must get|shall get)(?: (?:the|new))* )(?:%image |image |version )?(?<v>\\{image\\})${close}`,
    order: ['verb set', '$a', 'to', '$v'],
  },
];

const restarts: readonly FigureText[] = [
  {
    shape: `${begin}let ${thing('a', 'deployment', 'statefulset', 'daemonset', 'pod', 'vm', 'database', 'container', 'unit')} (?:restart|reboot|bounce|be restarted|be rebooted)(?: once)?${close}`,
    order: ['verb restart', '$a'],
  },
];

const counts: readonly FigureText[] = [
  {
    shape: `${begin}(?<v>\\{number\\}) ${some} ${copied} ${copies}${place}${close}`,
    order: ['verb scale up', '$a', '$p', 'by', '$v'],
  },
  {
    shape: `${begin}(?<v>\\{number\\}) ${some} (?:${copies} )?(?:for|on|to|of) ${scaled}${close}`,
    order: ['verb scale up', '$a', 'by', '$v'],
  },
  {
    shape: `${begin}${scaled}(?: [:,])? (?:plus|and|with) (?<v>\\{number\\}) ${some}(?: ${copies})?${close}`,
    order: ['verb scale up', '$a', 'by', '$v'],
  },
  {
    shape: `${begin}${scaled}(?: [:,])? plus (?<v>\\{number\\})(?: ${copies})?${close}`,
    order: ['verb scale up', '$a', 'by', '$v'],
  },
  {
    shape: `${begin}${scaled}(?: [:,])? (?:minus (?<v>\\{number\\})|(?<w>\\{number\\}) (?:${copies} )?(?:less|fewer))(?: ${copies})?${close}`,
    order: ['verb scale down', '$a', 'by', '$v', '$w'],
  },
  {
    shape: `${begin}${scaled} (?:needs?|wants?|gets?|requires?|could use|could do with|should get|must get|should have|has to get) (?<v>\\{number\\}) ${some}(?: ${copies})?${close}`,
    order: ['verb scale up', '$a', 'by', '$v'],
  },
  {
    shape: `${begin}(?:reduce|cut|lower|bring|bring down|decrease|drop|set|increase|raise|change|take|bump|put|adjust) (?:the number of|the count of|the amount of|(?:the )?(?:number|count|amount) of) (?:(?:running )?${copies} (?:of|for|in|on) )?${copied}(?: ${copies})?${place} (?:down |up )?to (?<v>\\{number\\})(?: ${copies})?${close}`,
    order: ['verb scale', '$a', '$p', 'to', '$v'],
    mayAsk: true,
  },
  {
    shape: `${begin}double (?:the number of|the count of|the amount of|(?:the )?(?:number|count|amount) of) ${copies} (?:of|for|in|on) ${scaled}${close}`,
    order: ['verb double', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}halve (?:the number of|the count of|the amount of|(?:the )?(?:number|count|amount) of) ${copies} (?:of|for|in|on) ${scaled}${close}`,
    order: ['verb halve', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:can|could|may) ${scaled} (?:please )?(?:get|have|be set to|be scaled to|be given|go to|be at|go up to|go down to) (?<v>\\{number\\})(?: ${copies})?${polite}*(?: \\?)?$`,
    order: ['verb scale', '$a', 'to', '$v'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:extend|grow|expand|size|shrink|widen) ${scaled} (?:to|up to|down to) (?<v>\\{number\\})(?: ${copies})?${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
];

const nodes: readonly FigureText[] = [
  {
    shape: `${begin}(?:close|lock|shut) ${node} (?:for|to)(?: (?:any|all|new|more|further))* (?:scheduling|${load})${close}`,
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
    shape: `${begin}(?:release|free|open up|reopen|unlock) ${node} (?:for|to)(?: (?:new|the))* (?:scheduling|${load})${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:take|get|pull|lift) (?:the |that )?cordon (?:off|off of|away from|from|on) ${node}${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}${node} (?:should |can |may |must |goes? |to go |has to )?(?:go |be |come )?back (?:in|into|to|in to) (?:the )?(?:pool|rotation|service|mix|cluster|scheduling)${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:get|move|take|shift|push|evict|migrate|bring|drive|relocate|clear)(?: ${whole})* (?:everything|${load})(?: (?:running|that is running|that runs|that run))? (?:off|off of|away from|out of|away|from) ${node}${close}`,
    order: ['verb drain', '$a'],
  },
  {
    shape: `(?:^|.*[ ])(?:on |of )?${node} [^?]*[,.;] ${asking}(?:get|move|take|shift|push|evict|migrate|bring|clear)(?: ${whole})* (?:everything|${load}) (?:off|off of|away from|out of|from) (?:that|this|the)(?: %node)?${close}`,
    order: ['verb drain', '$a'],
  },
];

const schedules: readonly FigureText[] = [
  {
    shape: `${begin}(?:take|get|bring|put|pull) ${cron} (?:back )?(?:off|out of|from|off of|out)(?: of)?(?: its| the)? ${rest}${close}`,
    order: ['verb resume', '$a'],
  },
  {
    shape: `${begin}${cron} (?:off|out of|off of) ${rest}${close}`,
    order: ['verb resume', '$a'],
  },
  {
    shape: `${begin}${cron} (?:may|can|is allowed to|could) (?:run|start|go|fire|be run)(?: on (?:its )?schedule)? again(?: (?:now|from (?:now|today)(?: on)?|tonight))?(?: [,.;:] ${asking}(?:(?:take|get|bring) it (?:back )?(?:off|out of|from|off of) ${rest}|(?:resume|unsuspend|enable|reactivate|unpause|re-enable) it))?${close}`,
    order: ['verb resume', '$a'],
  },
  {
    shape: `${begin}(?:lift|remove|end|undo|take off|drop)(?: the)? (?:suspend|suspension|pause|hold) (?:of|on|from|for) ${cron}${close}`,
    order: ['verb resume', '$a'],
  },
  {
    shape: `${begin}(?:turn off|switch off|take off|turn|switch) ${cron}(?: off)?(?: (?:for now|for the moment))?${close}`,
    order: ['verb suspend', '$a'],
  },
  {
    shape: `${begin}take ${cron} off (?:the|its) (?:schedule|scheduler|rotation|plan)${close}`,
    order: ['verb suspend', '$a'],
  },
  {
    shape: `${begin}(?:do|run|start|trigger|fire|execute|launch) ${cron}(?: (?:once|right|straight))*(?: (?:now|away|immediately))*(?: ,)? (?:instead of|rather than) (?:waiting|having to wait|wait)[^,.;?]*${end}`,
    order: ['verb run', '$a'],
  },
  {
    shape: `${begin}(?:do|rerun|re-run|repeat) ${cron}(?: once more| again| once)?(?: now| right now| immediately)?${close}`,
    order: ['verb run', '$a'],
  },
  {
    shape: `${begin}${cron}(?: ,)? (?:once(?: ,)?|once more|one more time)${polite}+${end}`,
    order: ['verb run', '$a'],
  },
  {
    shape: `${begin}(?:an?|another|\\{number\\})(?: (?:manual|extra|ad hoc|ad-hoc|single|one-off|more|additional|fresh))* (?:run|execution) (?:of|for|from) ${cron}${close}`,
    order: ['verb run', '$a'],
  },
];

const policies: readonly FigureText[] = [
  {
    shape: `${begin}${policy} (?:back )?(?:on|active|in force|in effect|live)${close}`,
    order: ['verb enable', '$a'],
  },
  {
    shape: `${begin}(?:enforced?|arm) ${policy}${close}`,
    order: ['verb enable', '$a'],
  },
  {
    shape: `${begin}(?:make|set|put) ${policy} (?:to )?(?:active|effective|on|live|enabled)${close}`,
    order: ['verb enable', '$a'],
  },
  {
    shape: `${begin}${policy} off${close}`,
    order: ['verb disable', '$a'],
  },
];

const ended = '(?:can go|may go|has to go|must go|should go|needs to go)';
const named = (kinds: string): string =>
  `(?<a>(?:(?:the|our|my|that) )?(?:[@~] )?(?:%(?:${kinds}) <[^>]+>|<[^>]+> %(?:${kinds}))(?: (?:in|on|of) (?:the )?(?:@|<namespace>)(?: %namespace)?)?)`;

const deletions: readonly FigureText[] = [
  {
    shape: `${begin}${thing('a', 'job', 'configmap', 'cronjob')} ${ended}${close}`,
    order: ['verb delete', '$a'],
  },
  {
    shape: `${begin}${named('deployment|statefulset|daemonset|service|pod|namespace|job|configmap|cronjob')} ${ended}${close}`,
    order: ['verb delete', '$a'],
  },
];

const table = (about: RegExp, rows: readonly FigureText[]): readonly Figure[] =>
  rows.map((row) => ({ ...row, shape: new RegExp(row.shape, 'u'), about }));

/** Figures over what runs in a cluster, in the order in which they are tried. */
export const workFigures: readonly Figure[] = [
  ...table(/roll/, pauses),
  ...table(
    /[<|](?:deployment|statefulset|daemonset).*(?:back|previous|prior|old|former|last|image|undo|revert|reverse|rev)|(?:back|previous|undo|revert|prior|old|former|last|reverse|image).*[<|](?:deployment|statefulset|daemonset)/,
    rollbacks,
  ),
  ...table(
    /\{number\}.*[<|](?:deployment|statefulset)|[<|](?:deployment|statefulset).*\{number\}|double|halve/,
    counts,
  ),
  ...table(/<node/, nodes),
  ...table(/<cronjob/, schedules),
  ...table(/<policy/, policies),
  ...table(/ go\b/, deletions),
  ...table(/\blet /, restarts),
];

// Shapes of orders over what runs in a cluster, its nodes, alerts, cron jobs, actions and policies, as people say them
// without the verb of the operation: "keep new pods off worker-3", "let pods back onto worker-5", "ledger has one pod,
// make it three", "no pages for NodeNotReady until noon". The same rules hold as for all figures: a shape never adds a
// thing, a place or a figure, and none of them destroys. Read by `figures.ts`.

import { begin, end, type Figure, polite, thing } from './figureParts.ts';

const node = thing('a', 'node');
const workload = thing('a', 'deployment', 'statefulset');
const rolled = thing('a', 'deployment', 'statefulset', 'daemonset');
const alert = `(?:${thing('a', 'alert', 'anomaly')}|(?<it>it|that|this))`;
const cron = thing('a', 'cronjob');
const action = thing('a', 'action');
const policy = thing('a', 'policy');
const load = '(?:%pods?|%deployments?|pods?|workloads?|work|jobs|load|traffic|containers|stuff|things)';
const longer = '(?: (?:any ?more|anymore|any longer|for now|for the moment|at all))?';
const copies = '(?:%pods?|%vms|copies|copy|instances?|replicas?|brokers?|workers?|members?)';
const on = '(?:on|to|onto|for|at|in|on to)';
const image = '(?<v>\\{image\\})';
const older =
  '(?:the )?(?:previous|last|old|former|prior|earlier)(?: (?:working|good|known good))? (?:release|version|revision|image|one|build)';
const close = `${polite}*${end}`;

const nodes = [
  {
    shape: `${begin}(?:keep|hold)(?: (?:all|any|the))?(?: new)? ${load} (?:off|away from|from|off of) ${node}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:block|disable|stop|prevent|forbid|turn off|switch off|pause|suspend)(?: (?:the|all|any|new|further|more))* (?:scheduling|schedules|placement)(?: of)?(?: (?:new|any|more|further))*(?: ${load})? ${on} ${node}${longer}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `(?<=^| )(?:make sure|make sure that|ensure|ensure that|see to it that) (?:nothing|no)(?: (?:new|more|else|further))*(?: ${load})? (?:lands?|goes|gets? scheduled|gets? placed|is scheduled|is placed|are scheduled|will be scheduled|starts|start|runs|gets put|can land) ?(?:on|onto|to)? ${node}${longer}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}${node} (?:should|must|may|shall|can|is) not(?: to)? (?:get|take|receive|accept|run|have|host)(?: (?:any|new|more|further))* ${load}${longer}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}do not (?:schedule|put|place|run|start)(?: (?:anything|any|new|more|else|further))*(?: ${load})? (?:on|onto|to) ${node}${longer}${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}take ${node} out of (?:the )?(?:scheduling|scheduler|schedule)${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:set|mark|flag|make|put|declare) ${node} (?:(?:to|as|on|to be) )?(?:unschedulable|not schedulable|non-schedulable|unscheduleable|no-schedule|noschedule|cordoned)${close}`,
    order: ['verb cordon', '$a'],
  },
  {
    shape: `${begin}(?:enable|allow|permit|re-enable|reenable|turn on|switch on|unblock|resume|open)(?: (?:new|the|again))* (?:scheduling|placement|${load})(?: of %pods)? (?:on|for|to|onto|again on|back on|back onto) ${node}${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:set|mark|flag|make|put) ${node} (?:(?:to|as|back to|to be) )?schedulable${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:let|allow)(?: (?:new|the|all))* ${load}(?: (?:be|back|again|to|scheduled|run|land|go|come))* (?:on|onto|to|in|back onto|back to|back on|scheduled on) ${node}${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:lift|remove|take off|clear|undo|release|drop|revert)(?: the)? cordon (?:on|of|from|off) ${node}${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}open ${node} (?:up )?(?:for|to)(?: new)? (?:scheduling|${load})${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:return|bring|put|give|get|send) ${node} (?:(?:back|back in|back into|back to|in|into|to) )+(?:the )?(?:pool|rotation|service|use|game|mix|scheduling|cluster)${close}`,
    order: ['verb uncordon', '$a'],
  },
  {
    shape: `${begin}(?:get|move|take|kick|shift|push|evict|migrate|bring|drive|relocate)(?: (?:all|every|the|its|of|running|remaining|all the|all of|all of the))* (?:everything|${load})(?: (?:running|that is running|that runs|that run))? (?:off|off of|away from|out of|from) ${node}${close}`,
    order: ['verb drain', '$a'],
  },
  {
    shape: `${begin}(?:move|reschedule|shift|migrate|relocate|send|evict)(?: (?:all|every|the|its|of|running|all the|all of|all of the))* (?:everything|${load})(?: (?:running|that runs|that run|which runs|running on|runs on|that runs on|that run on|from|of|on))+ ${node} (?:elsewhere|away|somewhere else|(?:on)?to (?:the )?other(?: (?:ones|%nodes))?)${close}`,
    order: ['verb drain', '$a'],
  },
  {
    shape: `${begin}reschedule everything (?:from|on|that runs on|running on|that is on) ${node}${close}`,
    order: ['verb drain', '$a'],
  },
  {
    shape: `${begin}(?:clear|free|empty|strip|rid) ${node} (?:of|from)(?: (?:all|its|the|any|all of|all of its|all its))* (?:everything|${load})${close}`,
    order: ['verb drain', '$a'],
  },
];

const replicas = [
  {
    shape: `${begin}(?:get|have|add|give me|get me|start|run|spin up|need|we need|i need|want|we want|i want|use|put) (?<v>\\{number\\}) (?:more|extra|additional)(?: ${copies})?(?: (?:of|for|on|to|in))? ${workload}${close}`,
    order: ['verb scale up', '$a', 'by', '$v'],
  },
  {
    shape: `${begin}(?:add|give)(?: me)? (?:an?|one|another)(?: (?:more|extra|additional))* ${copies} (?:to|for|of) ${workload}${close}`,
    order: ['verb scale up', '$a', 'by', '#1'],
  },
  {
    shape: `${begin}(?:take|remove|drop|cut) (?:an?|one) ${copies} (?:from|off|of|away from|out of) ${workload}${close}`,
    order: ['verb scale down', '$a', 'by', '#1'],
  },
  {
    shape: `${begin}${workload} (?:go )?down (?:by|with) (?<v>\\{number\\})(?: ${copies})?${close}`,
    order: ['verb scale down', '$a', 'by', '$v'],
  },
  {
    shape: `${begin}${workload} (?:go )?up (?:by|with) (?<v>\\{number\\})(?: ${copies})?${close}`,
    order: ['verb scale up', '$a', 'by', '$v'],
  },
  {
    shape: `${begin}(?:give me|get me|we need|i need|need|we want|i want|run|have|we would like|i would like|make it) (?<v>\\{number\\}) ${workload} ${copies}(?: running)?${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:we need|i need|need|we want|i want|want|run|have|get|we should have|there should be|keep) (?<v>\\{number\\}) ${copies} (?:of|for|in) ${workload}(?: (?:running|up|alive|up and running))?${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:let|have|make|get) ${workload} (?:(?:run|running|be|have) )?(?:with|on|at|to) (?<v>\\{number\\})(?: ${copies})?${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${workload} (?:has|have|runs|is running|is at|is on|got|runs on|runs with)(?: (?:just|only|with|at))? (?:\\{number\\}|\\{times\\}|one|a)(?: (?:single|lonely))?(?: ${copies})?(?: (?:now|right now|at the moment|only|currently))? [,;.] (?:(?:please|so|and|can you|could you) )*(?:make it|make that|make them|give it|set it to|bring it to|take it to|get it to|put it on|put it at|raise it to|scale it to|go to) (?<v>\\{number\\})(?: ${copies})?${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:scale|turn|bring|take|set|put|get|run|shrink) ${workload} (?:down )?(?:to|at|down to|on|with) (?:nothing|none|no ${copies})${close}`,
    order: ['verb scale', '$a', 'to', '#0'],
  },
  {
    shape: `${begin}${workload} must have (?<v>\\{number\\}) ${copies}${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?<v>\\{number\\}) ${copies} (?:is|are|should be|would be|will be)? ?(?:enough|plenty|sufficient) (?:for|on) ${workload}${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
];

const rollouts = [
  {
    shape: `${begin}(?:put|roll|roll out|ship|deploy|push|release|install|bring|get|use|run|rollout|take) ${image} (?:out )?${on} ${rolled}${close}`,
    order: ['verb set', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${rolled} (?:should|must|has to|needs to|shall|is to) (?:run|use|be on|be running|go to|get|move to|be updated to)(?: (?:the image|image|version|the version))? ${image}(?: from (?:now|today) on)?${close}`,
    order: ['verb set', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:(?:put|bring|take|set|get|return|move|switch) )?${rolled}(?: [:,])?(?: (?:should|must|has to|needs to) (?:go|be))? back (?:to|on|onto) ${older}${close}`,
    order: ['verb roll back', '$a'],
  },
  {
    shape: `${begin}(?:(?:put|bring|take|set|get|return|move|switch) )?${rolled}(?: [:,])?(?: (?:should|must|has to|needs to) (?:go|be))? (?:back (?:to|on|onto)|back to) (?:revision|rev|version|release) (?<v>\\{number\\})${close}`,
    order: ['verb roll back', '$a', 'to', '$v'],
  },
];

const others = [
  {
    shape: `${begin}(?:mark|set|flag|put) ${alert} (?:as|to) (?:acked|acknowledged|ack|seen|known|taken|handled|being handled|in progress|read|noticed)${close}`,
    order: ['verb ack', '$a', '$it'],
  },
  {
    shape: `${begin}(?:no|no more|stop)(?: (?:the|all|any|more))* (?:pages|pagers?|%alerts|alerts|notifications|paging|alerting|noise)(?: (?:me|us))? (?:for|from|about|by|on|of|with) ${thing('a', 'alert')} (?<t>(?:for|until|till|\\{duration\\}) ?.*)$`,
    order: ['verb silence', '$a', '$t'],
  },
  {
    shape: `${begin}(?:stop paging|stop alerting|stop notifying|stop bugging|stop waking|do not page|do not wake|do not alert|do not notify|stop bothering)(?: (?:me|us))?(?: up)? (?:for|from|about|by|on|with|because of|over) ${thing('a', 'alert')} (?<t>(?:for|until|till|\\{duration\\}) ?.*)$`,
    order: ['verb silence', '$a', '$t'],
  },
  {
    shape: `${begin}(?:take|get|keep) ${thing('a', 'alert')} off (?:my|our|the) (?:pager|phone|back|screen|board) (?<t>(?:for|until|\\{duration\\}) ?.*)$`,
    order: ['verb silence', '$a', '$t'],
  },
  {
    shape: `${begin}${action} (?:is|looks|:)(?: (?:all|now))? (?:good to go|approved|fine go ahead|cleared|ok to go|good go ahead)(?: (?:by|from) me)?${close}`,
    order: ['verb approve', '$a'],
  },
  {
    shape: `${begin}(?:yes to|you have my (?:ok|okay|go|approval|blessing) for|i am fine with|green light for|my ok for|i am ok with|go ahead with) ${action}${close}`,
    order: ['verb approve', '$a'],
  },
  {
    shape: `${begin}(?:stop|halt|kill) ${action}${close}`,
    order: ['verb cancel', '$a'],
  },
  {
    shape: `${begin}keep ${thing('a', 'alert')} (?:quiet|silent|muted|silenced) (?<t>(?:for|until|till|\\{duration\\}) ?.*)$`,
    order: ['verb silence', '$a', '$t'],
  },
  {
    shape: `${begin}(?:stop|keep|prevent) ${cron} from (?:running|starting|firing|being run|executing)${longer}${close}`,
    order: ['verb suspend', '$a'],
  },
  {
    shape: `${begin}${cron} (?:should|must|may|shall|is) not(?: to)? (?:run|fire|start|be run)(?: (?:any ?more|any longer|again|for now|tonight))?${close}`,
    order: ['verb suspend', '$a'],
  },
  {
    shape: `${begin}no (?:more )?(?:runs|jobs|executions) (?:of|from|for) ${cron}${longer}${close}`,
    order: ['verb suspend', '$a'],
  },
  {
    shape: `${begin}(?:(?:turn|switch) ${cron} off|put ${thing('b', 'cronjob')} on (?:hold|ice|pause))${longer}${close}`,
    order: ['verb suspend', '$a', '$b'],
  },
  {
    shape: `${begin}(?:(?:turn|switch|put) ${cron} (?:back )?(?:back on|on)|take ${thing('b', 'cronjob')} off hold|let ${thing('c', 'cronjob')} run)(?: again)${close}|${begin}(?:turn|switch) ${thing('d', 'cronjob')} (?:back on|back|on|back again)(?: on)?${close}`,
    order: ['verb resume', '$a', '$b', '$c', '$d'],
  },
  {
    shape: `${begin}(?:run|start|trigger|fire|kick off|launch|execute|fire off) ${cron} (?:once|one time|an extra time|out of schedule|outside of its schedule)(?: (?:by hand|manually))?${close}|${begin}(?:let|have|make) ${thing('b', 'cronjob')} run (?:just |only |exactly )?(?:once|one time|one more time|an extra time|a single time|now|right now)${close}`,
    order: ['verb run', '$a', '$b'],
  },
  {
    shape: `${begin}(?:create|start|make|do|trigger|launch|kick off|spin up|get me) (?:an?|one)(?: (?:manual|extra|ad hoc|ad-hoc|single|one-off|new|fresh|out of band))* (?:%job|run|execution|job)(?: now)? (?:from|of|for|out of) ${cron}${close}`,
    order: ['verb run', '$a'],
  },
  {
    shape: `${begin}(?:give ${action} (?:the|my|our|a) (?:green light|go|go-ahead|go ahead|ok|okay|blessing|approval|sign-off)|(?:wave|let|wave) ${thing('b', 'action')} (?:through|pass|go ahead|go through|proceed))${close}`,
    order: ['verb approve', '$a', '$b'],
  },
  {
    shape: `${begin}(?:turn ${action} down|turn down ${thing('b', 'action')}|say no to ${thing('c', 'action')}|pull ${thing('d', 'action')} back|scrap ${thing('e', 'action')})${close}`,
    order: ['verb cancel', '$a', '$b', '$c', '$d', '$e'],
  },
  {
    shape: `${begin}(?:put|bring|get) ${policy} (?:back )?(?:back in|back into|in|into) (?:force|effect|action|place)${close}`,
    order: ['verb enable', '$a'],
  },
  {
    shape: `${begin}${policy} (?:should|must|has to|needs to|shall|ought to) (?:be|go|get)(?: back)? (?:on|active|activated|in force|enabled|in effect|switched on|turned on|back on)(?: again)?(?: (?:from|as of) (?:now|today)(?: on)?)?${close}`,
    order: ['verb enable', '$a'],
  },
];

const scans = [
  {
    shape: `${begin}(?:run|do|trigger|start|make|perform|kick off|launch) (?:an?|the|another|one)(?: (?:fresh|new|full|quick|complete))* (?:discover|discovery|scan|rescan|refresh|sync)(?: (?:of|on|in|for|over|at|against)(?: (?:the|our))? (?<p>~|aws|openstack|kubernetes|k8s|vsphere|vmware)(?: (?:cloud|account|cluster|project|%cluster))?)?${close}`,
    order: ['verb discover', '$p'],
  },
];

const table = (
  about: RegExp,
  rows: readonly { shape: string; order: readonly string[] }[],
): readonly Figure[] => rows.map(({ shape, order }) => ({ shape: new RegExp(shape, 'u'), order, about }));

/** Figures over clusters and what stands beside them, in the order in which they are tried. */
export const clusterFigures: readonly Figure[] = [
  ...table(/disco|scan|refresh|sync/, scans),
  ...table(/<node/, nodes),
  ...table(/[<|](?:deployment|statefulset)/, replicas),
  ...table(/[<|](?:deployment|statefulset|daemonset)/, rollouts),
  ...table(/[<|](?:alert|anomaly|cronjob|action|policy)|mark (?:it|that|this)/, others),
];

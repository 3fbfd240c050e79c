// Figures of speech about what runs in a cluster: counts of copies, nodes, cron jobs, policies, labels, new namespaces and
// what is deleted: "three more cart pods", "take report-daily off suspend", "worker-5 back in rotation". A figure never adds
// a thing, a place or a number; one that deletes names its thing and says so. Tables; `figures.ts` matches them.

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
import { nodes } from './nodeFigures.ts';
import { broken, pauses, restarts, revisions, rollbacks, versions } from './rolloutFigures.ts';

const close = `${polite}*${end}`;
const place = '(?<p>(?: (?:in|on) (?:the )?(?:@|<namespace>)(?: %namespace)?)?)';
const copied = bareThing('a', 'deployment', 'statefulset');
const scaled = thing('a', 'deployment', 'statefulset');
const cron = thing('a', 'cronjob');
const policy = thing('a', 'policy');
const copies = '(?:%pods?|copies|copy|instances?|replicas?|brokers?|workers?|members?)';
const some = '(?:more|extra|additional|further)';
const rest = '(?:suspend|suspension|suspended|hold|pause|paused|ice)';
const asking = '(?:so |please |pls |kindly |and |just |can you |could you )*';

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

const others: readonly FigureText[] = [
  {
    shape: `${begin}(?<v>\\{number\\}) ${copied} ${copies}${place}${close}`,
    order: ['verb scale', '$a', '$p', 'to', '$v'],
    asked: true,
  },
  {
    shape: `${begin}(?<v>\\{number\\}) ${copies} (?:less|fewer) (?:for|on|in|of) ${scaled}${close}`,
    order: ['verb scale down', '$a', 'by', '$v'],
  },
  {
    shape: `${begin}(?<v>\\{number\\}) (?:less|fewer) ${copied} ${copies}${place}${close}`,
    order: ['verb scale down', '$a', '$p', 'by', '$v'],
  },
  {
    shape: `${begin}(?:give|add|get|hand|grant) ${scaled} (?:an?|another)(?: (?:more|extra|additional|further))* ${copies}${close}`,
    order: ['verb scale up', '$a', 'by', '#1'],
  },
  {
    shape: `${begin}(?:another|an additional|an extra|a further) ${copies} (?:for|of|on) ${scaled}${close}`,
    order: ['verb scale up', '$a', 'by', '#1'],
  },
  {
    shape: `${begin}(?<v>\\{number\\}) (?:is|are|should be|would be|will be) (?:enough|plenty|sufficient|fine) (?:for|on) ${scaled}${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${scaled} (?:only|just) (?:needs?|requires?) (?<v>\\{number\\})(?: ${copies})?${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:up|upscale|upsize|downscale|top up) ${scaled} (?:up |down )?to (?<v>\\{number\\})(?: ${copies})?${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${scaled}(?: [:,])?(?: from)? \\{number\\}(?: ${copies})? (?:->|=>|→|to) (?<v>\\{number\\})(?: ${copies})?${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?<v>\\{number\\}) ${copies} (?:for|of|in|on) ${scaled}${close}`,
    order: ['verb scale', '$a', 'to', '$v'],
    asked: true,
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
    shape: `${begin}(?:let|have|make|get) ${cron} (?:to )?(?:run|started|start|executed|triggered|fire)(?: once)? (?:now|right now|immediately|right away|straight away|once|at once|asap|today)${close}`,
    order: ['verb run', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}${cron} (?:on|to) (?:hold|pause|ice)${close}`,
    order: ['verb suspend', '$a'],
    asked: true,
  },
  {
    shape: `${begin}take ${cron} off (?:the|its) (?:schedule|scheduler|rotation|plan)${close}`,
    order: ['verb suspend', '$a'],
  },
  {
    shape: `${begin}(?:do|run|start|trigger|fire|execute|launch|kick off|run now|fire off) ${cron}(?: (?:once|right|straight))*(?: (?:now|right now|right away|away|straight away|immediately|asap|at once))*(?: ,)?(?: and)? (?:instead of|rather than|no|without|do not|not|no need (?:for|to)|no need)(?: (?:waiting|having to wait|wait))(?: (?:for|until|till))?(?: (?:the|its|his|next|nightly|normal|regular|usual|planned|daily))* (?:schedule|slot|run|time|window|start|date|midnight|night|evening|morning|tonight|tomorrow|it|cron)${close}`,
    order: ['verb run', '$a'],
  },
  {
    shape: `${begin}(?:do|rerun|re-run|repeat) ${cron}(?: once more| again| once)?(?: now| right now| immediately)?${close}`,
    order: ['verb run', '$a'],
  },
  {
    shape: `${begin}${cron}(?: ,)? (?:once|once more|one more time)(?: ,)?${close}`,
    order: ['verb run', '$a'],
    asked: true,
  },
  {
    shape: `${begin}(?:an?|another|\\{number\\})(?: (?:manual|extra|ad hoc|ad-hoc|single|one-off|more|additional|fresh))* (?:run|execution) (?:of|for|from) ${cron}${close}`,
    order: ['verb run', '$a'],
  },
];

const action = thing('a', 'action');
const answers: readonly FigureText[] = [
  {
    shape: `${begin}${action}(?: :)? (?:approved|go|go ahead|can proceed|may proceed|can go ahead|may go ahead)${close}`,
    order: ['verb approve', '$a'],
  },
  {
    shape: `${begin}let ${action} (?:run|proceed|go|pass|go on|go through|go ahead|through)${close}`,
    order: ['verb approve', '$a'],
  },
  {
    shape: `${begin}(?:you (?:can|may) )?go ahead with ${action}${close}`,
    order: ['verb approve', '$a'],
  },
];

const policies: readonly FigureText[] = [
  {
    shape: `${begin}(?:start|begin) (?:enforcing|applying|using) ${policy}${close}`,
    order: ['verb enable', '$a'],
  },
  {
    shape: `${begin}(?:(?:i|we) )?(?:want|need|i want|we want|i need|we need|i would like|we would like|let|have) ${policy} (?:to be |to )?(?:apply|hold|active|enabled|in force|on|in effect)${close}`,
    order: ['verb enable', '$a'],
  },
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

const fresh = '(?:new|fresh|separate|own|dedicated|extra|additional)';
const unnamed =
  '(?!(?:new|fresh|separate|own|dedicated|extra|second|small|single|empty|temporary|kubernetes|k8s|%|<|"))';
const makes = `(?:create|make|add|set up|setup|spin up|open|provision|need|give us|give me|start|${wanting})`;
const people =
  '(?:[a-z]+ )*(?:team|people|guys|devs|testers|folks|colleagues|we|i|they) (?:needs?|wants?|would like|requires?|asks? for|asked for)';
const calling =
  '(?:(?:it|that|this|the name|its name|which|and|please|should|shall|must|has to|is to|can|be|to be|is|should be|must be|it should be|name|called|named|call|call it|name it|it should be called|should be called|should be named|it should be named|the name is|the name should be|:) )+';
const spaces: readonly FigureText[] = [
  {
    shape: `${begin}${makes}(?: (?:for )?us)? (?:an?|the|another|our)(?: ${fresh})* (?<n>${unnamed}[a-z][a-z0-9-]*|@) %namespace(?: for (?:the |our |my )?[a-z ]+)?${close}`,
    order: ['verb create', '%namespace', 'named', '$n'],
    mayAsk: true,
  },
  {
    shape: `^(?:please )?(?:(?:new|another|an?) )*%namespace(?: please)? [:,] (?:please )?(?<n>${unnamed}[^ ]+)${close}`,
    order: ['verb create', '%namespace', 'named', '$n'],
  },
  {
    shape: `^(?:please )?(?:new )?%namespace (?<n>${unnamed}[^ ]+)(?: [,:] (?:please )?(?:create|make|set up|add)(?: it)?${close}|${polite}+$)`,
    order: ['verb create', '%namespace', 'named', '$n'],
  },
  {
    shape: `${begin}(?:${makes}|(?:the |our )?${people})(?: (?:for )?us)? (?:an?|the|another|(?:their|our|its|his|her)(?: own)?)(?: ${fresh})* %namespace(?: for [^,.;?!]*?)?(?: in (?:the|our) %cluster)? (?:[,.;?!:] )(?:${calling})?(?<n>${unnamed}[a-z][a-z0-9-]*|@)${close}`,
    order: ['verb create', '%namespace', 'named', '$n'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:create|make|add|set up|setup|open|provision)(?: for us| us)? (?:an?|the|another)(?: ${fresh})* %namespace (?<n>${unnamed}[a-z][a-z0-9-]*|@|"|<[a-z|-]+>)(?: for (?:the |us|me|our )?[a-z ]*)?${close}`,
    order: ['verb create', '%namespace', 'named', '$n'],
  },
];

const labelled = thing(
  'a',
  'node',
  'namespace',
  'deployment',
  'statefulset',
  'daemonset',
  'pod',
  'vm',
  'volume',
  'database',
);
const space = '(?<b>(?:the |our )?(?:%namespace @|@ %namespace))';
const label = '(?:(?:the |an? )?(?:%?label|tag) )?(?<v>\\{tags\\})';
const labels: readonly FigureText[] = [
  {
    shape: `${begin}(?:${labelled}|${space}) (?:should|must|shall|has to|needs to|is to|should carry|should have|should get|must have|must carry|needs|gets|wants)(?: (?:carry|have|get|wear|bear|be tagged with|be labelled with|be labeled with|be tagged|be labelled))? ${label}${close}`,
    order: ['verb tag', '$a', '$b', 'with', '$v'],
  },
  {
    shape: `${begin}(?:put|stick|slap|attach|apply|write|set|give|put the label|put the tag|put a label|put a tag|set the label|set the tag|apply the label|apply the tag|attach the label) ${label} (?:on|onto|to|for|at) (?:${labelled}|${space})${close}`,
    order: ['verb tag', '$a', '$b', 'with', '$v'],
  },
  {
    shape: `${begin}give (?:${labelled}|${space}) ${label}${close}`,
    order: ['verb tag', '$a', '$b', 'with', '$v'],
  },
];

const ended = '(?:can go|may go|has to go|must go|should go|needs to go|need to go)';
const named = (kinds: string): string =>
  `(?<a>(?:(?:the|our|my|that) )?(?:[@~] )?(?:%(?:${kinds}) <[^>]+>|<[^>]+> %(?:${kinds}))(?: (?:in|on|of) (?:the )?(?:@|<namespace>)(?: %namespace)?)?)`;

const deletions: readonly FigureText[] = [
  {
    shape: `${begin}${thing('a', 'job', 'configmap', 'cronjob', 'pod')} ${ended}${close}`,
    order: ['verb delete', '$a'],
  },
  {
    shape: `${begin}${named('deployment|statefulset|daemonset|service|pod|namespace|job|configmap|cronjob')} ${ended}${close}`,
    order: ['verb delete', '$a'],
  },
  {
    shape: `${begin}(?<a>(?:the |our )?(?:%namespace @|@ %namespace)) ${ended}${close}`,
    order: ['verb delete', '$a'],
  },
];

const table = (about: RegExp, rows: readonly FigureText[]): readonly Figure[] =>
  rows.map((row) => ({ ...row, shape: new RegExp(row.shape, 'u'), about }));

/** Figures over what runs in a cluster, in the order in which they are tried. */
export const workFigures: readonly Figure[] = [
  ...table(/ v?\d+[.]\d/, versions),
  ...table(/%pod.*[,;:.]/, broken),
  ...table(/roll/, pauses),
  ...table(/rev|version/, revisions),
  ...table(
    /[<|](?:deployment|statefulset|daemonset).*(?:back|previous|prior|old|former|last|image|undo|revert|reverse|rev)|(?:back|previous|undo|revert|prior|old|former|last|reverse|image).*[<|](?:deployment|statefulset|daemonset)/,
    rollbacks,
  ),
  ...table(
    /\{number\}.*[<|](?:deployment|statefulset)|[<|](?:deployment|statefulset).*\{number\}|double|halve/,
    counts,
  ),
  ...table(/[<|](?:deployment|statefulset)/, others),
  ...table(/<node/, nodes),
  ...table(/%namespace/, spaces),
  ...table(/\{tags\}/, labels),
  ...table(/<cronjob/, schedules),
  ...table(/<action/, answers),
  ...table(/<policy/, policies),
  ...table(/ go\b/, deletions),
  ...table(/\blet |restart/, restarts),
];

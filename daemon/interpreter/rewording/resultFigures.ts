// Figures of speech that say how a machine, disk or group is to be instead of what is to be done: "can jenkins-home be
// 300 GB", "web-1 has to go down", "ci-sg: 8443 open", "erp-01 should run on esx-02". Every thing, place and figure of the
// order was said; nothing is destroyed. A table; `figures.ts` matches it.

import {
  anyPort,
  begin,
  can,
  close,
  ensure,
  type FigureText,
  longer,
  machine,
  must,
  none,
  polite,
  so,
  source,
  thing,
  wanting,
  whole,
} from './figureParts.ts';

const owner = ['$a', '$b', '$d', '$e'];
const size = '(?<v>\\{size\\})(?: (?:big|large|in size|of space|of storage|in total|total))?';
const flavor =
  '(?:(?:an?|the) )?(?<v>(?:(?:%flavor|type|size|instance type) )?(?:<flavor>|db[.][a-z0-9]+[.][a-z0-9]+))(?: (?:flavor|%flavor|instances?|type|size|%vm))?';
const told = '(?:is|was|has|runs|keeps|got|gets)(?: (?!\\{|<|@|%|"|and\\b|or\\b)[^ ,.:;]+){1,8}';

/** "jenkins-home: 300 GB", "can api-1 be a t3.medium", "web-1 is too small, t3.large please": how big it is to be. */
function sized(kinds: readonly string[], what: string, about: RegExp): readonly FigureText[] {
  const on = (name: string): string => thing(name, ...kinds);
  const order = ['verb resize', ...owner, 'to', '$v'];
  return [
    {
      shape: `${begin}(?:(?:${can}|let|please let) (?:please )?${on('a')}(?: please)? (?:be|become|have|get)|make ${on('b')}) ${what}${close}`,
      order,
      about,
      mayAsk: true,
    },
    {
      shape: `^(?:please )?(?:${on('a')}(?: [:=,-])?(?: (?:new|the new) (?:size|flavor|%flavor|type|capacity)(?: [:=])?)?|(?:new|the new) (?:size|flavor|%flavor|type|capacity) (?:of|for) ${on('b')}(?: (?:is|[:=]|${must}(?: be)?))?) ${what}${whole}`,
      order,
      about,
    },
    {
      shape: `^(?:please )?${what} (?:for|on) ${on('a')}${whole}`,
      order,
      about,
    },
    {
      shape: `^(?:please )?${on('a')} (?:,|:|-) (?:${wanting}|i want|i would like|we want)(?: that)? (?:it|this|that one) (?:to )?(?:becomes?|be|is|has|have|gets?) ${what}${whole}`,
      order,
      about,
    },
    {
      shape: `${begin}${on('a')} ${told} [,.:;-] (?:so )?(?:(?:please )?${what}${polite}+(?: [.!])*|${what} (?:would|should|will|might) (?:be )?(?:better|good|enough|do|fine|help|fit)${close})`,
      order,
      about,
    },
  ];
}

const sizes: readonly FigureText[] = [
  ...sized(['volume'], size, /\{size\}/),
  ...sized(['vm', 'database'], flavor, /<flavor>|db[.][a-z]/),
];

const state = '(?:running|up|started|on|online|back up|back online|up and running|switched on|powered on)';
const shutdown = '(?:shutdown|shut down|shut-down|stop|poweroff|power off|power-off|halt)';
const restart = '(?:reboot|restart|reset|re-boot|reboots?)';
const manner =
  '(?:%vm|guest|graceful|gracefully|clean|soft|proper|controlled|acpi|os|cold|warm|orderly|quick|short)';

const states: readonly FigureText[] = [
  {
    shape: `${begin}(?:(?:do|perform|initiate|trigger|run) )?(?:an? |the )?${manner} (?:os )?(?:${shutdown} (?:of |on |for )?${thing('a', ...machine)})${close}`,
    order: ['verb stop', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:(?:do|perform|initiate|trigger|run) )?(?:an? |the )?${manner} (?:os )?(?:${restart} (?:of |on |for )?${thing('a', ...machine)})${close}`,
    order: ['verb reboot', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:(?:turn|switch|power|shut) )?${thing('a', ...machine)} off and (?:then )?(?:back )?(?:on|on again|back on)(?: again)?${close}`,
    order: ['verb reboot', '$a'],
    mayAsk: true,
    about: /\boff\b/,
  },
  {
    shape: `${begin}(?:press|hit|push) (?:the )?(?:reset|restart|reboot|power)(?: button| switch)? (?:on|of|for) ${thing('a', ...machine)}${close}`,
    order: ['verb reboot', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}${thing('a', ...machine)} ${must} (?:go|come|be) (?:down|off|offline|out of service)(?: for (?:the|an?|our) [a-z -]+)?${close}`,
    order: ['verb stop', '$a'],
  },
  {
    shape: `${begin}${thing('a', ...machine)} ${must} (?:come|go) (?:back )?(?:up|on|online|back|back up|back online)(?: again)?(?: for (?:the|an?|our) [a-z -]+)?${close}`,
    order: ['verb start', '$a'],
  },
  {
    shape: `${begin}(?:${thing('a', ...machine)} (?:must|has to|needs to|should) run again|(?:let|please let) ${thing('b', ...machine)} run(?: again)?|(?:please )?make ${thing('d', ...machine)} (?:run|work|start)(?: again)?)${close}`,
    order: ['verb start', '$a', '$b', '$d'],
    about: /\b(?:run|work|start)\b/,
  },
  {
    shape: `${begin}${ensure} ${thing('a', ...machine)} (?:is|was|were|gets|comes) (?:back )?${state}(?: again)?${close}`,
    order: ['verb start', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}${ensure} ${thing('a', ...machine)} (?:is|was|were|gets|goes) (?:stopped|off|down|shut down|powered off|switched off|turned off|offline)${close}`,
    order: ['verb stop', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:put|take|bring) ${thing('a', ...machine)} out of (?:operation|service|commission)${close}`,
    order: ['verb stop', '$a'],
  },
  {
    shape: `${begin}(?:send ${thing('a', 'vm')} to (?:sleep|bed)|(?:let|please let) ${thing('b', 'vm')} (?:sleep|hibernate)|put ${thing('d', 'vm')} (?:on hold|on pause|into (?:hibernation|standby|sleep|suspend|pause)|in (?:hibernation|standby|suspend)))${close}`,
    order: ['verb suspend', '$a', '$b', '$d'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:(?:wake|wake up|bring|take|get|resume|return|start) ${thing('a', 'vm')}(?: up| back)? (?:from|out of) (?:the )?(?:hibernation|suspend|suspension|sleep|pause|standby)|(?:let|please let) ${thing('b', 'vm')} (?:continue|resume|go on)|continue ${thing('d', 'vm')})${close}`,
    order: ['verb resume', '$a', '$b', '$d'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:an? |the )?(?<d>(?:reboot|restart|stop|start|snapshot|backup|shutdown)) (?:of|for|on) ${thing('a', ...machine)} (?:is |would be |is really )?(?:needed|required|necessary|requested|wanted|due|in order|appreciated|good|nice|great|helpful|welcome)${close}`,
    order: ['$d', '$a'],
  },
  {
    shape: `${begin}(?:an? |one )?(?:new |fresh |quick )?(?:%snapshot|snapshot|backup) (?:of|for) ${thing('a', 'vm', 'volume', 'database')} (?:is|would be) (?:needed|required|necessary|requested|wanted|due|in order|appreciated|good|nice|great|helpful|welcome)${close}`,
    order: ['verb snapshot', '$a'],
  },
];

const disk = thing('a', 'volume');
const server = thing('b', 'vm');
const attached =
  '(?:attached to|attached|mounted|mounted on|mounted to|connected to|connected|plugged into|plugged in|hooked up|hooked to|on)(?: (?:to|on|at|into))?';

const disks: readonly FigureText[] = [
  {
    shape: `${begin}(?:${can} (?:please )?${server}(?: please)? (?:have|get|be given)|get ${thing('d', 'vm')}) ${disk}(?: attached| mounted)?${close}`,
    order: ['verb attach', '$a', 'to', '$b', '$d'],
    about: /volume/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:${can} (?:please )?${disk}(?: please)? be|${thing('d', 'volume')} ${must}(?: (?:be|hang|go|sit|live))?|(?:${wanting}|get|please get|have) ${thing('e', 'volume')}|${ensure} ${thing('f', 'volume')} (?:is|gets|was)) ${attached} ${server}${close}`,
    order: ['verb attach', '$a', '$d', '$e', '$f', 'to', '$b'],
    about: /volume.* (?:attached|mounted|connected|plugged|hooked|on)/,
    mayAsk: true,
  },
  {
    shape: `^(?:please )?(?:use )?${disk} (?:to|on|onto|for) ${server}${whole}`,
    order: ['verb attach', '$a', 'to', '$b'],
    about: /volume/,
  },
  {
    shape: `${begin}(?:${server} ${must} (?:lose|drop|give up) ${disk}|${thing('d', 'volume')} ${must} (?:come|go|be taken|be pulled|be moved) (?:off|off of|away from|out of) ${thing('e', 'vm')}|(?:separate|unhook|unmap|unlink) ${thing('f', 'volume')} (?:from|off) ${thing('g', 'vm')})${close}`,
    order: ['verb detach', '$a', '$d', '$f', 'from', '$b', '$e', '$g'],
    about: /volume/,
  },
  {
    shape: `${begin}(?:take|pull|get) ${disk} (?:off|out of|away from|off of) (?:its|the|that) %vm${close}`,
    order: ['verb detach', '$a'],
    about: /volume.* %vm/,
    mayAsk: true,
  },
];

const group = thing('a', 'security-group');
const cidr = '(?<c>\\{cidr\\})';
const opened = '(?:open|opened|opened up|reachable|accessible|allowed|available|permitted|exposed)';
const opening = ['verb open', '$p', 'on', '$a'];
const ranged = [...opening, 'from', '$c'];
const sg = /security-group/;
const ranges = /\{cidr\}.*security-group|security-group.*\{cidr\}/;

const ports: readonly FigureText[] = [
  {
    shape: `${begin}(?:${wanting} )?${anyPort} ${opened} (?:on|in|at|for) ${group}${close}`,
    order: opening,
    about: sg,
    mayAsk: true,
  },
  {
    shape: `^(?:please )?(?:(?:on|in|for|at) )?${group}(?: [:,-])?(?: please)? (?:open |let |allow |permit |open up )?${anyPort}(?: (?:open|opened|in|through))?${whole}`,
    order: opening,
    about: sg,
  },
  {
    shape: `${begin}(?:(?:add|enable|activate|expose|unblock)(?: (?:an?|the))?(?: (?:new|firewall|inbound|ingress))*(?: (?:rules?|%policys?))?(?: for)? ${anyPort} (?:on|in|to|for|at)|${wanting} ${anyPort.replace('<p>', '<q>')} (?:on|in|at)|make ${anyPort.replace('<p>', '<r>')} ${opened} (?:on|in|at|for|through|via)) ${group}${source}${close}`,
    order: ['verb open', '$p', '$q', '$r', 'on', '$a', '$c'],
    about: sg,
    mayAsk: true,
  },
  {
    shape: `${begin}${anyPort} ${must}(?: be)? ${opened} (?:through|via) ${group}${source}${close}`,
    order: [...opening, '$c'],
    about: sg,
  },
  {
    shape: `${begin}(?:on|in|at|for) ${group}(?: [,:])?(?: please)? (?:let|allow|permit|accept) (?:(?:in|traffic|access|connections) )*(?:from )?${cidr}(?: (?:in|through|into|access))? (?:on|at|to|via|over|for|reach|to reach) ${anyPort}${close}`,
    order: ranged,
    about: ranges,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:on|in|at|for) ${group}(?: [,:])?(?: please)? (?:let|allow|permit|accept|open|open up) (?:in )?${anyPort}(?: in| through)? (?:from|for|to) ${cidr}${close}`,
    order: ranged,
    about: ranges,
    mayAsk: true,
  },
  {
    shape: `${begin}${cidr} ${must} (?:reach|access|get to|connect to|talk to|use|be able to reach|come in on|get access to|have access to) ${anyPort} (?:on|in|at|via|through) ${group}${close}`,
    order: ranged,
    about: ranges,
  },
  {
    shape: `${begin}(?:give|grant|allow|add|permit) ${cidr}(?: access)?(?: (?:to|on|for|at))? ${anyPort} (?:on|in|at|to|via) ${group}${close}`,
    order: ranged,
    about: ranges,
    mayAsk: true,
  },
  {
    shape: `${begin}${group} ${must} (?:let|allow|permit|accept) ${cidr}(?: (?:in|through|access))? (?:on|at|to|via|for) ${anyPort}${close}`,
    order: ranged,
    about: ranges,
  },
  {
    shape: `${begin}(?:add|create|make|put) (?:the |an? )?(?:new )?(?:firewall |ingress |inbound )?(?:rule|%policy) (?:to|in|on|for) ${group}(?: [:,-])? (?:for |allowing |that allows )?${anyPort}(?: (?:from|for) ${cidr})?${close}`,
    order: ['verb open', '$p', 'on', '$a', 'from', '$c'],
    about: ranges,
    mayAsk: true,
  },
  {
    shape: `${begin}${group} ${must.replace('should|', 'should|may|').replace('|is to', '')} ${none} (?:allow|accept|have|expose|let|let in|permit|take|show)(?: (?:traffic|connections|in))? ${anyPort}(?: (?:open|in|through))?${longer}${close}`,
    order: ['verb close', '$p', 'on', '$a'],
    about: sg,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:drop|take|take off|take away|kill|disable|lock down|lock|get rid of|remove|delete|revoke|deactivate|turn off|switch off) (?:the )?${anyPort}(?: (?:rule|%policy))? (?:from|on|off|in|at|of|out of) ${group}${close}`,
    order: ['verb close', '$p', 'on', '$a'],
    about: sg,
    mayAsk: true,
  },
];

const makeable = '%(?:volume|network|subnet|keypair|security-group|vm|namespace)';
const named = '(?:named|called|with (?:the )?name|name|under the name|by the name of)';
const tail = '(?:(?! (?:and|then|plus) )[^.;?])*?';
/** What is to be made, said without the verb of making. */
const made: readonly FigureText[] = [
  {
    shape: `${begin}(?:reserve|book|order|allocate|request) (?<c>(?:an?|another|one more|one) (?:(?:new|fresh|additional|further|more|free) )*%floating-ip)${close}`,
    order: ['verb create', '$c'],
    about: /%floating-ip/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:create|make|take|do|get) (?:an? |the )?(?:new )?(?:%snapshot|snapshot|backup) (?<n>[a-z]\\w*-[\\w-]+) (?:of|from|for) ${thing('a', 'vm', 'volume', 'database')}${close}`,
    order: ['verb snapshot', '$a', 'as', '$n'],
    mayAsk: true,
  },
  {
    shape: `${begin}${thing('a', 'vm', 'volume', 'database')} (?:%snapshot|snapshot|backup) (?:named|called|as) (?<n>[a-z][\\w-]+)${close}`,
    order: ['verb snapshot', '$a', 'as', '$n'],
  },
  {
    shape: `^(?:please )?(?:an? |one )?(?<c>(?:new |fresh )?(?:\\{size\\} |<flavor> )?${makeable} ${named} [^ ]+${tail})${polite}*(?: [.!])*$`,
    order: ['verb create', '$c'],
    asked: true,
  },
  {
    shape: `^(?:please )?(?:${wanting}|give me|get me|start|boot|we need) (?<c>(?:an?|another|one) (?:new |small |fresh |big |tiny |large )*(?:<flavor> )?%vm(?: [:,])? (?:${named} )?[a-z][\\w-]* ?(?:,|with|from|on|running|of|flavor|%flavor|image|%image|<flavor>|<image>).*)$`,
    order: ['verb create', '$c'],
    mayAsk: true,
    about: /%vm/,
  },
  {
    shape: `${begin}(?:carve|cut|slice|split) (?<c>(?:an? |the )?(?:new )?%subnet [^,.;]*\\{cidr\\}) (?:out of|from|off|of) ${thing('b', 'network')}${close}`,
    order: ['verb create', '$c', 'in', '$b'],
    about: /%subnet/,
    mayAsk: true,
  },
  {
    shape: `${begin}${thing('b', 'network')} (?:needs?|should get|should have|must have|gets|wants?|requires?) (?<c>(?:an? |another |one )?(?:new )?%subnet .*\\{cidr\\})${close}`,
    order: ['verb create', '$c', 'in', '$b'],
    about: /%subnet/,
  },
  {
    shape: `^(?:please )?(?<c>%(?:volume|network|keypair|security-group) [a-z][\\w-]*(?: [:,])? ?(?:\\{size\\})?) , (?:please )?(?:create|make|add|provision)(?: it)?${whole}`,
    order: ['verb create', '$c'],
  },
];

const host = thing('b', 'host');
const care = 'maintenance(?: mode)?';
const moves: readonly FigureText[] = [
  {
    shape: `${begin}(?:(?:put|set|place|bring|take|get|move|switch|send|${wanting}) ${thing('a', 'host')} (?:in|into|to|on|on to) ${care}|${thing('b', 'host')} (?:${must} )?(?:(?:go|be|be put|be set|move|enter|be placed) )?(?:(?:in|into|to) )?${care}|(?:enter|start|begin|activate|enable|turn on|switch on)(?: the)? ${care} (?:on|for|of) ${thing('d', 'host')}|${care}(?: on)? (?:for|on) ${thing('e', 'host')})${close}`,
    order: ['verb drain', '$a', '$b', '$d', '$e'],
    about: /host.*maintenance|maintenance.*host/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:(?:take|bring|get|put|move|${wanting}) ${thing('a', 'host')} (?:back )?(?:out of|back from|from|out) ${care}|${thing('b', 'host')} (?:(?:can|may|${must}) )?(?:(?:leave|exit|come out of|go out of|get out of|be taken out of) |(?:out of|back from) )${care}|(?:exit|leave|end|stop|finish|deactivate|disable|turn off|switch off)(?: the)? ${care} (?:on|for|of) ${thing('d', 'host')}|${care} off (?:for|on) ${thing('e', 'host')})${close}`,
    order: ['verb uncordon', '$a', '$b', '$d', '$e'],
    about: /host.*maintenance|maintenance.*host/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:reset|set|bring|take|get|put) ${thing('a', 'vm')} (?:back )?to (?<b>(?:(?:the|its) )?(?:(?:%snapshot|snapshot) )?<snapshot>)${close}|${begin}${thing('d', 'vm')} ${must} (?:go back|be reverted|be reset|be rolled back|be restored|be put back) to (?<e>(?:(?:the|its) )?(?:(?:%snapshot|snapshot) )?<snapshot>)${close}`,
    order: ['verb revert', '$a', '$d', 'to', '$b', '$e'],
    about: /<snapshot>/,
    mayAsk: true,
  },
  {
    shape: `${begin}(?:${thing('a', 'vm')} (?:should|must|has to|needs to|shall|is to) (?:run|be|live|go|sit|move|reside|be moved|be running|be placed|be hosted)|${thing('g', 'vm')} belongs|${wanting} ${thing('d', 'vm')}(?: to (?:run|be|go|live|sit|move))?|(?:please )?(?:get|let|have) ${thing('e', 'vm')}(?: (?:run|over|moved|go|move))?|(?:do )?(?:an? |the )?(?:live )?(?:vmotion|migration) (?:of )?${thing('f', 'vm')}(?: over)?) (?:on|onto|to|over to|on to) ${host}(?: (?:from now on|from today(?: on)?|instead|permanently|for good))?${so('move|migrate|vmotion|shift|bring|put|send|relocate|transfer')}${close}`,
    order: ['verb migrate', '$a', '$d', '$e', '$f', '$g', 'to', '$b'],
    about: /vm.*\bhost/,
    mayAsk: true,
  },
  {
    shape: `${begin}${host} ${must} (?:host|run|take|take over|get) ${thing('a', 'vm')}${close}`,
    order: ['verb migrate', '$a', 'to', '$b'],
    about: /host.*vm/,
  },
];

/** Sizes, states, disks, ports, places, and what is to be made. */
export const resultFigures: readonly FigureText[] = [
  ...sizes,
  ...states,
  ...disks,
  ...ports,
  ...moves,
  ...made,
];

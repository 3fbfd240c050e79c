// Figures of speech about disks, copies, labels and new things: "can I get another 60 gigs on jenkins-home", "the team tag
// on mail-relay is wrong, take it off", "a new 200 GB volume named es-data please", "old-wiki has to be up again". What is
// made has the name that was said, what grows grows by what was said. A table; `figures.ts` matches it.

import { begin, end, type FigureText, machine, must, polite, so, thing, wanting } from './figureParts.ts';

const disk = thing('a', 'volume');
const labelled = thing(
  'a',
  'vm',
  'volume',
  'database',
  'node',
  'snapshot',
  'namespace',
  'network',
  'security-group',
  'image',
);
/** "it", "that tag": the one that was spoken of. */
const thatTag = '(?:it|(?:the|that|this) (?:(?:whole|wrong|old) )?(?:tag|label))';
const kept = thing('a', 'vm', 'volume', 'database');
const more = '(?:more|extra|additional|on top|in addition)';
const room =
  '(?: (?:of )?(?:more |extra |additional |free )?(?:space|room|capacity|storage|disk|disk space|storage space|free space))?';
const called =
  '(?: ,)?(?<n> (?:named|called|name|with (?:the )?name|with the name|and call it|and name it|call it|name it|to be called|to be named) \\S+)?';
const makeable = '(?:volume|network|subnet|keypair|security-group|floating-ip|vm|namespace)';
const fresh = '(?:(?:new|fresh|empty|additional|blank|small|second|further|more|brand new|fresh new) )*';
/** The rest of one order, with the name behind its comma. */
const plainly =
  '(?: (?!and\\b|then\\b|plus\\b|,|\\.|;|\\?)[^ ]+)*(?: , (?:size )?(?:\\{(?:size|cidr)\\}|<(?:flavor|image|network|keypair)>))*(?: , (?:call it|name it|named|called|with (?:the )?name|the name is|name) [^ ]+)?';
const gone = thing(
  'a',
  'vm',
  'volume',
  'snapshot',
  'image',
  'keypair',
  'floating-ip',
  'security-group',
).replace('security-group', 'security-group|network|subnet|database|load-balancer');
const copy = '(?:%snapshot|snapshot|backup|snap|copy)';

const lacking =
  '(?:is|looks|feels|seems|runs|gets|has become)(?: (?:really|far|way|much|a bit|too|very|so|always|getting|quite|almost|nearly|running))* (?:small|weak|slow|tight|tiny|big|large|expensive|oversized|undersized|underpowered|overloaded|full|overkill)';

/** Disks, copies, labels, states, and what is to be made. */
export const storeFigures: readonly FigureText[] = [
  {
    shape: `${begin}(?:${wanting}|give|add|put|hand) (?:another|an extra|an additional|extra|additional|a further|an) (?<v>\\{size\\})${room}(?: ${more})? (?:on|for|in|to|of|into|onto) ${disk}${polite}*${end}`,
    order: ['verb grow', '$a', 'by', '$v'],
    mayAsk: true,
  },
  {
    shape: `^(?:please )?${disk} (?:by )?(?<v>\\{percent\\}) ${more}${room}${polite}*(?: [.!])*$`,
    order: ['verb grow', '$a', 'by', '$v'],
  },
  {
    shape: `${begin}(?:tack|stick|throw|slap|glue|pile|heap) (?<v>\\{size\\})(?: ${more})? (?:on|onto|on top of|to|at) ${disk}${polite}*${end}`,
    order: ['verb grow', '$a', 'by', '$v'],
    mayAsk: true,
  },
  {
    shape: `^(?:please )?(?:set )?(?:the )?(?:new )?(?:size|capacity) (?:of|for) ${disk}(?: (?::|=|->|,|should be|must be|to|at|is to be))* (?:\\{(?:number|size)\\} (?:->|to|=>) )?(?<v>\\{size\\})${polite}*(?: [.!])*$`,
    order: ['verb resize', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${disk} (?:should|must|may|shall|is to|needs to) (?:no longer|not|not longer)(?: to)? be (?:attached to|connected to|mounted on|mounted to|plugged into|on|in) ${thing('b', 'vm')}(?: (?:any ?more|anymore|any longer))?${polite}*${end}`,
    order: ['verb detach', '$a', 'from', '$b'],
    mayAsk: true,
  },
  {
    shape: `^(?:please )?(?:${thing('b', 'vm')} [:,-] (?:please )?(?:detach|unmount|umount|disconnect|unplug|remove|take off|unhook) ${disk}|${disk.replace('<a>', '<d>')} (?:off|off of|away from|out of) ${thing('e', 'vm')})${polite}*(?: [.!])*$`,
    order: ['verb detach', '$a', '$d', 'from', '$b', '$e'],
  },
  {
    shape: `${begin}(?:get|bring|slap|stick|throw|move) ${disk} (?:onto|on to|on|over to) ${thing('b', 'vm')}${polite}*${end}`,
    order: ['verb attach', '$a', 'to', '$b'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:swap|exchange|trade|replace|switch) ${thing('a', 'vm', 'database')} 's (?:%flavor|flavor|size|type|class) (?:for|with|to|against|by) (?<v>(?:an? |the )?<flavor>)${polite}*${end}`,
    order: ['verb resize', '$a', 'to', '$v'],
    mayAsk: true,
  },
  {
    shape: `^(?:please )?${thing('a', 'vm', 'database')}(?: [:,-])?(?: (?:new|with))? (?:%flavor|flavor|size|type|sz|with flavor)(?: [:=])? (?<v><flavor>)${polite}*(?: [.!])*$`,
    order: ['verb resize', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}${thing('a', 'vm', 'database')} (?:should|must|has to|needs to|ought to) be (?<v>(?:an? )?(?:<flavor>|db[.][a-z0-9.]+))${so('change|resize|make|fix|upgrade|switch|move')}${polite}*${end}`,
    order: ['verb resize', '$a', 'to', '$v'],
  },
  {
    shape: `^(?:please )?(?:(?:put|set|bring|get|take|go) )?${thing('a', 'vm')} back to (?<v>(?:the )?(?:%snapshot )?<(?:[a-z-]+\\|)*snapshot(?:\\|[a-z-]+)*>)${polite}*(?: [.!])*$`,
    order: ['verb revert', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:return|give|release|put|hand|send) ${thing('a', 'floating-ip')} (?:back )?(?:to|into|in) the pool${polite}*${end}`,
    order: ['verb release', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:${wanting}|give|add|put|hand) (?<v>\\{size\\}) (?:${more}|more space|more room)${room} (?:on|for|in|to|of|into|onto) ${disk}${polite}*${end}`,
    order: ['verb grow', '$a', 'by', '$v'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?<v>\\{size\\}) ${more}${room} (?:on|for|to|of|into|onto) ${disk}${polite}*${end}`,
    order: ['verb grow', '$a', 'by', '$v'],
  },
  {
    shape: `${begin}${thing('a', 'volume')} (?:needs to|has to|must|should|shall|is to|ought to) (?:go|grow|be grown|be extended|be increased|be resized|be enlarged)(?: up)?(?: from \\{(?:size|number)\\})? to (?<v>\\{size\\})${polite}*${end}`,
    order: ['verb resize', '$a', 'to', '$v'],
  },
  {
    shape: `${begin}(?:extend|grow|increase|enlarge|expand) ${disk} (?:with|about|around) (?<v>\\{(?:size|percent)\\})(?: ${more})?${polite}*${end}`,
    order: ['verb grow', '$a', 'by', '$v'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:${wanting} ${disk} (?:on|in|at)|make ${disk.replace('<a>', '<d>')} (?:available|usable|visible) (?:on|in|at|to|for)) ${thing('b', 'vm')}${polite}*${end}`,
    order: ['verb attach', '$a', '$d', 'to', '$b'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:bring|get|take|cut|pull|push) ${thing('a', 'vm', 'database')} (?:down |back |up )?to (?<v>(?:%flavor |the )?(?:<flavor>|db[.][a-z0-9.]+))${polite}*${end}`,
    order: ['verb resize', '$a', 'to', '$v'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:bring|get|take|cut|pull|push|bring down|take down|bring up|bring back) ${thing('a', 'vm', 'database')} (?:down |back |up )?to (?<v>(?:%flavor |the )?(?:<flavor>|db[.][a-z0-9.]+))${polite}*${end}`,
    order: ['verb resize', '$a', 'to', '$v'],
    mayAsk: true,
  },
  {
    shape: `${begin}[^,.;:]*\\b(?:the|that) (?<k>[a-z][\\w-]*|@) (?:tag|label)\\b[^,.;:]*[,.;:] (?:so |please |pls |kindly |and |just |can you |could you )*(?:take|remove|delete|drop|strip|clear) ${thatTag} (?:from|off|on|of) ${labelled}${polite}*${end}`,
    order: ['verb untag', '$k', 'from', '$a'],
  },
  {
    shape: `${begin}${wanting} ${thing('a', ...machine)} (?:back|up|online|on|running|going|working|back up|back online|back on|up again|back again|up and running)(?: for (?:an? [a-z]+|the [a-z]+))?${polite}*${end}`,
    order: ['verb start', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:${disk} (?:needs?|wants?|gets?|requires?|could use|could do with|should get|must get|has to get|should have|can have)|(?:can|could|may) (?:please )?${disk.replace('<a>', '<d>')}(?: please)? (?:have|get|be given)|(?:give|hand) ${disk.replace('<a>', '<e>')})(?: about| at least)? (?:(?:another|an extra|an additional|extra|additional) (?<v>\\{(?:size|percent)\\})${room}|(?<w>\\{(?:size|percent)\\}) ${more}${room})${polite}*${end}`,
    order: ['verb grow', '$a', '$d', '$e', 'by', '$v', '$w'],
    mayAsk: true,
  },
  {
    shape: `${begin}set (?:the )?(?:tag|label) (?<k>[a-z][a-z-]*) (?:of|on|for|at) ${labelled} to (?<v>[a-z@][a-z0-9-]*)${polite}*${end}`,
    order: ['verb tag', '$a', 'with', '$k=$v'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:the )?(?<k>[a-z][\\w-]*|@) (?:tag|label) (?:on|of|at|from) ${labelled} (?:is|was|looks|makes|has|must|needs|can|has to|should)\\b[^,.;:]*[,.;:] (?:so |please |pls |kindly |and |just |can you |could you )*(?:take|remove|delete|drop|strip|get rid of|clear) ${thatTag}(?: off| away)?${polite}*${end}`,
    order: ['verb untag', '$k', 'from', '$a'],
  },
  {
    shape: `${begin}${labelled} (?:has|still has|carries|still carries|wears|got|shows|have) (?:an?|the|its)(?: (?:wrong|old|stale|outdated|bad|useless|obsolete|incorrect|false))* (?<k>[a-z][\\w-]*|@) (?:tag|label)\\b[^,.;:]*[,.;:] (?:so |please |pls |kindly |and |just |can you |could you )*(?:take|remove|delete|drop|strip|get rid of|clear) ${thatTag}(?: off| away)?${polite}*${end}`,
    order: ['verb untag', '$k', 'from', '$a'],
  },
  {
    shape: `${begin}(?:(?:do|make|take|create|get) (?:me|us)|(?:do|take|make)(?= one )|${wanting}) (?:an?|another|one)(?: (?:fresh|new|quick|full|fast|current|manual))* ${copy} (?:of|from|for) ${kept}${called}`,
    order: ['verb snapshot', '$a', '$n'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:(?:do|make|take|create|get) (?:me|us)|(?:do|take|make)(?= one )|${wanting}) (?:an?|another|one)(?: (?:fresh|new|quick|full|fast|current|manual))* ${copy}${called} (?:of|from|for) ${kept}${polite}*${end}`,
    order: ['verb snapshot', '$a', '$n'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:(?:an?|another|one) )?(?:(?:fresh|new|quick|full|manual) )*(?:%(?:vm|volume|database) )?${copy} (?:of|from|for) ${kept}(?: ,)?(?<n> (?:named|called|name it|call it|and name it|and call it|with the name|name) \\S+)${polite}*${end}`,
    order: ['verb snapshot', '$a', '$n'],
    mayAsk: true,
  },
  {
    shape: `${begin}${thing('a', ...machine)} (?:must|has to|needs to|is to|ought to)(?: be)? (?:back )?(?:up|running|on|online|back|up and running|switched on|back up|back online|available)(?: again)?${polite}*${end}`,
    order: ['verb start', '$a'],
  },
  {
    shape: `${begin}${thing('a', ...machine)} (?:should|shall|should be|shall be)(?: be)? (?:back )?(?:up|running|on|online|back|up and running|switched on|back up|back online|available)(?: again)?${polite}*${end}`,
    order: ['verb start', '$a'],
    asked: true,
  },
  {
    shape: `${begin}${thing('a', ...machine)} ${must}(?: be)? (?:off|down|offline|shut|powered down)${polite}*${end}`,
    order: ['verb stop', '$a'],
  },
  {
    shape: `${begin}${thing('a', 'vm')} (?:on|to|onto|over to) ${thing('b', 'host')}${polite}*${end}`,
    order: ['verb migrate', '$a', 'to', '$b'],
    asked: true,
  },
  {
    shape: `${begin}${thing('a', 'vm')} (?:must|has to|needs to|should|is to|shall) (?:leave|get off|go away from|come off|move off|go off|be moved off|move away from|get away from) ${thing('c', 'host')} , (?:so )?(?:please )?(?:move|migrate|send|vmotion|shift|bring|put) it (?:over )?(?:to|onto|on) ${thing('b', 'host')}${polite}*${end}`,
    order: ['verb migrate', '$a', 'to', '$b'],
  },
  {
    shape: `^(?:please )?(?:for (?:the|our|my) [a-z]+(?: [a-z]+)?(?: ,)? )?(?:${wanting}|(?:it )?would be (?:great|nice|good|cool|awesome|helpful|lovely) to (?:have|get)|it needs|there should be|give me|make me|we are in need of|(?:(?:the|our|my) )?(?:[a-z]+ ){0,2}(?:team|devs?|developers?|testers?|people|folks|colleagues?|guys|dbas?|analysts?|interns?|customers?|qa|support|ops|finance|marketing|they) (?:needs?|wants?|asks? for|asked for|would like|could use|requires?)(?: to have)?) (?:please )?(?<c>(?:an?|one|another|\\{number\\}) ${fresh}(?:\\{size\\} )?%${makeable}\\b${plainly})${polite}*(?: [.?!])*$`,
    order: ['verb create', '$c'],
    mayAsk: true,
  },
  {
    shape: `^(?:please )?(?:an?|one|another) (?<c>new ${fresh}(?:\\{size\\} )?%${makeable}\\b${plainly})${polite}*(?: [.?!])*$`,
    order: ['$c'],
  },
  {
    shape: `${begin}(?:make|put|set|turn|switch|flip) ${thing('a', ...machine)} (?:back )?(?:on|up|online|back on|on again)${polite}*${end}`,
    order: ['verb start', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:make|put|set|turn|switch|flip) ${thing('a', ...machine)} (?:off|down|offline)${polite}*${end}`,
    order: ['verb stop', '$a'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:make|${wanting}|${wanting} to have|should have) ${disk} (?:bigger |larger )?(?:with|at|on|of|to) (?<v>\\{size\\})(?: (?:in )?(?:size|total|big|large|capacity))?${polite}*${end}`,
    order: ['verb resize', '$a', 'to', '$v'],
    mayAsk: true,
  },
  {
    shape: `${begin}(?:bring|get|take|cut|move|bump|push|put|step|scale|resize|size|make|go|shrink|grow|downsize|upsize|bump up|size up|size down|move up|take down|take up|bring down|bring up|move down|scale down|scale up|step down|step up) ${thing('a', 'vm', 'database')}(?: (?:up|down))?(?: by)? (?:(?:one|a|\\{number\\}) )?(?:size|step|notch|tier|class|level|bigger|smaller|larger|sizes|steps)(?: (?:up|down|bigger|smaller|larger|higher|lower))?(?: ,)?(?: (?:so|i[.]e[.]|that is|namely|meaning|which is))? (?:to )?(?<v>(?:%flavor |the )?(?:<flavor>|db[.][a-z0-9.]+))${polite}*${end}`,
    order: ['verb resize', '$a', 'to', '$v'],
    mayAsk: true,
    about: /size|step|notch|tier|class|level|bigger|smaller|larger/,
  },
  {
    shape: `${begin}${thing('a', 'vm', 'database')} ${lacking}[^,.;:?]* [,.;:–-] (?:the )?(?<v>(?:%flavor )?(?:<flavor>|db[.][a-z0-9.]+))${polite}*(?: [.!])*$`,
    order: ['verb resize', '$a', 'to', '$v'],
    asked: true,
  },
  {
    shape: `${begin}${disk} ${lacking}[^,.;:?]* [,.;:–-] (?<v>\\{size\\})${polite}*(?: [.!])*$`,
    order: ['verb resize', '$a', 'to', '$v'],
    asked: true,
  },
  {
    shape: `${begin}${gone} (?:can go|can be (?:binned|scrapped|thrown away|dropped|wiped)|may go|has to go|must go|should go)${polite}*${end}`,
    order: ['verb delete', '$a'],
  },
  {
    shape: `${begin}(?:${wanting} ${gone} (?:gone|out of the way|away|deleted|removed)|make ${gone.replace('<a>', '<b>')} (?:go away|disappear|vanish)|get ${gone.replace('<a>', '<d>')} out of the way)${polite}*${end}`,
    order: ['verb delete', '$a', '$b', '$d'],
  },
  {
    shape: `^(?<c>%subnet [^ ]+ .*\\{cidr\\}.*)$`,
    order: ['verb create', '$c'],
    asked: true,
  },
];

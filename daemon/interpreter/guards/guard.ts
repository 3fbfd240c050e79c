// What is refused before anything is read as an operation: secrets, attempts to talk the rules away, and destruction
// without bounds. It looks at words only where they are not names or quotes: text inside those is data.

import type { RefusalReason } from '../../../shared/model/reading.ts';
import { unregistering, verbWords } from '../../catalogue/verbWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { osaDistance } from '../words/distance.ts';
import { isStatement } from './queryLanguage.ts';

export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
  readonly instead: readonly string[];
}

const secretNoun =
  /\b(passwords?|passwd|pw|pws|pwds?|passcodes?|login (?:data|details)|(?:admin|root|db|database|superuser|sa) (?:log ?ins?|log ?ons?|accounts? data)|passphrases?|credentials?|creds|secret access keys?|secret keys?|secrets?|api keys?|apikeys?|pre-?shared keys?|psks?|access keys?|private (?:(?:ssh|rsa|dsa|gpg|pgp|tls|ssl|host|vpn|wireguard|deploy|access|encryption|signing) )?keys?|tokens?|access tokens?|kubeconfigs?|\.pem|ssh private|root password|db password|env vars?|certificates? keys?|tls keys?|connection strings?|pem file|keytab|vault|private (?:half|part|side|portion)|secret (?:half|part)|key material)\b/;
const injection: readonly RegExp[] = [
  /\b(pretend|imagine|assume|suppose|act as if|as if|behave as if|play)\b.{0,40}\b(guard ?rails?|rules?|restrictions?|limits?|safety|safeguards?|polic(?:y|ies)|approvals?|checks?|confirmations?|filters?)\b.{0,25}\b(gone|off|away|not there|disabled|lifted|absent|do not (?:exist|apply)|no longer|were not|are not|did not)\b/,
  /\b(ignore|disregard|forget|override|bypass)\b(?:.{0,12}\b(?:the|your|our|all|any|every|of|these|those))? (?:[a-z]+ )?(polic(?:y|ies)|guard ?rails?|rules)\b.{0,60}\b(approve|delete|terminate|remove|kill|purge|nuke|drop|allow|run|wipe|destroy|stop|shut ?down|reboot|restart|drain|scale|no checks?|no approvals?)\b/,
  /\b(forget|ignore|disregard)\b.{0,25}\b(everything|what|anything|all)\b.{0,25}\b(told|said|know|learned|before|above|instructed)\b|\bapprove\b.{0,40}\b(automatically|without|all pending(?! (?:actions?|requests?|changes?|approvals?|ones?) (?:of|by|from|on|for|in) (?!me\b|now\b|us\b|future\b))|everything|yourself|on my behalf|from now on)\b|\bfrom now on\b.{0,40}\b(approve|allow|obey|ignore|do not ask|skip|never ask)\b|\b(do not|never|no need to|stop) ask(ing)?\b.{0,30}\b(approval|confirm|permission|again|me)\b/,
  /\b(ignore|disregard|forget|override|bypass|drop|skip|suspend)\b.{0,30}\b(your|all|any|previous|prior|earlier|the|above|these|those)\b.{0,20}\b(instructions?|rules?|guidelines?|prompts?|training|restrictions?|safety|safeguards?|guardrails?|limits?|constraints?|directives?|checks)\b/,
  /\b(skip|bypass|without|circumvent|avoid|turn off|get around|no need for|ignore|disable|work around|evade)\b.{0,25}\b(approvals?|confirmations?|confirming|asking|reviews?|permission|safety checks?|preview|verification|authorization|the checks)\b/,
  /\byou are now\b|\bact as\b.{0,30}\b(root|admin|administrator|superuser|unrestricted|dan)\b|\bpretend (to be|you|that)\b|\bfrom now on you\b|\bjailbreak\b|\bdeveloper mode\b|\bgod mode\b|\bsystem prompt\b|\bnew instructions?\b|\bsystem (message|override|notice)\b|\bas (an? )?(root|admin|administrator|superuser)\b.{0,20}\b(do|run|execute|approve|delete)\b|\badmin override\b|\byour (real|true|hidden|new) (instructions?|task|role|goal)\b|\b(reveal|print|show|repeat|tell me) your (instructions?|prompt|rules|system)\b|\bdo anything now\b|\bno restrictions\b|\bunrestricted\b|<\s*\/?(system|assistant|user|tool)\s*>|\[\s*(system|inst)\s*\]|^\s*(system|assistant)\s*:|\b(sudo|root) mode\b|\bself[- ]approve\b|\bauto[- ]?approve (everything|all)\b/,
];

/** Text of a sentence with names and quotes blanked, lower case. */
export function plainText(cells: readonly Cell[]): string {
  return cells.map((cell) => (cell.quoted || isData(cell) ? '\u25a1' : cell.low)).join(' ');
}

function isData(cell: Cell): boolean {
  if (senseOf(cell, 'value')?.value.k === 'tags') return true;
  const name = senseOf(cell, 'name');
  return name !== undefined && (cell.words > 1 || /[\d\W]/.test(cell.low)) && !senseOf(cell, 'verb');
}

/** "create a volume token-store": what something is to be called. */
function isNewName(cells: readonly Cell[], at: number): boolean {
  const { low, quoted } = cells[at]!;
  return (
    !quoted &&
    /^[a-z0-9]+(-[a-z0-9]+)+$/.test(low) &&
    !/passw|credential|secret|private|passphrase/.test(low) &&
    senseOf(cells[at - 1], 'kind')?.plural === false &&
    /^(create|make|add|provision)$/.test(cells.find((cell) => !isWord(cell, 'filler'))?.low ?? '')
  );
}

/** The refusal a sentence calls for, if any. */
export function refusalOf(cells: readonly Cell[]): Refusal | undefined {
  const text = plainText(cells);
  const meant = cells.map((cell) => spelledRight(cell, ruleWords)).join(' ');
  if (injection.some((pattern) => pattern.test(meant)) && !/^(please )?(list|show)\b/.test(meant)) {
    return {
      reason: 'injection',
      message:
        'Rules and approvals are not up for discussion in a command: every change is shown first and needs your yes.',
      instead: ['list pending actions', 'list policies'],
    };
  }
  const spoken = cells.filter((_, at) => !isNewName(cells, at));
  if (asksSecret(plainText(spoken), spoken)) {
    return {
      reason: 'secret',
      message: 'Pilothouse never shows secrets. Credentials stay with the cloud and its own tools.',
      instead: ['list keypairs', 'list policies'],
    };
  }
  if (writesSecret(cells)) {
    return {
      reason: 'secret',
      message: 'That looks like a secret, and what a cloud keeps beside a name is readable by many.',
      instead: ['list keypairs', 'list policies'],
    };
  }
  if (harms(text)) {
    return {
      reason: 'unsafe',
      message:
        'Pilothouse does no harm: it attacks nothing, mines nothing, and what was done stays on record.',
      instead: ['who changed what today', 'list threats'],
    };
  }
  if (isStatement(cells)) {
    return {
      reason: 'unsupported',
      message: 'Pilothouse runs nothing inside a database. It looks after the database itself.',
      instead: ['list databases', 'show the cpu of a database'],
    };
  }
  if (isUnbounded(text, cells)) {
    return {
      reason: 'unsafe',
      message:
        'That has no bounds. Say which kind of thing, and where: a destroy is only planned for things that are named.',
      instead: ['list vms', 'delete all evicted pods in dev'],
    };
  }
  return undefined;
}

const erasing =
  'erase|delete|remove|wipe|clear|purge|hide|scrub|falsify|forge|tamper with|rewrite|backdate|alter|manipulate|get rid of|truncate|shred|destroy|suppress|doctor|clean(?: up| out)?|edit|modify|amend|redact|blank(?: out)?|fudge|adjust|massage|fake|tweak|change|correct|fix|switch off|turn off|disable|deactivate|pause|mute|suspend|stop';
const record =
  'audit (?:logs?|logging|logs|trail|trails|entry|entries|record|records|history|events?)|paper trail|activity log|(?:my|our|the) (?:tracks|evidence)';
/** Nothing between the two says that the record is only read or told of. */
const straight = String.raw`(?:(?!\b(?:and|then|show|list|for|per|as|due|because|before|after|that the|mentioned|listed|found|seen)\b)[^,.;:!?]){0,50}?`;
/** Hiding what was done, attacking somebody, mining coins: over text with names and quotes blanked. */
const harmful: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:${erasing})\b${straight}\b(?:${record})\b(?! (?:volume|vm|bucket|deployment|pod|service|snapshot|policy|disk))`,
  ),
  // "take my name out of the audit log", "make his drain disappear from it", "it must not show that", "blame carol in it"
  new RegExp(
    String.raw`\b(?:(?:make|take|keep|leave|get)\b[^,.;:!?]{0,50}\b(?:out of|off|vanish|disappear|gone)|(?:drop|cut|strip|blame|frame|accuse|pin)\b[^,.;:!?]{0,50}\b(?:from|off|in|on|out of))\b[^,.;:!?]{0,20}\b(?:${record})\b`,
  ),
  new RegExp(
    String.raw`\b(?:${record})\b (?:must|should|shall|may|does|can) not (?:show|say|contain|mention|list|include|have|reveal|tell)\b`,
  ),
  new RegExp(
    String.raw`\b(?:${record})\b.{0,60}\b(?:so (?:that )?|and )(?:nobody|no one|noone|they|he|she|it says|management|the boss|my boss)\b.{0,20}\b(?:sees?|notices?|knows?|finds? out|did it|learns?)\b`,
  ),
  /\b(?:cover|hide|conceal)\b.{0,15}\b(?:my|our|the) (?:tracks|traces)\b/,
  /(?<!\b(?:under|an?|the|of|block|stop|this|that) )\b(?:flood|ddos|bombard|hack|attack|hammer|brute[ -]?force)\b.{0,30}\b(?:competitors?|competition|rivals?|their|somebody else|someone else|site|website|web site|victim)\b/,
  /\b(?:take down|bring down|knock out|knock offline|crash|spam|overwhelm|hack into|break into)\b.{0,30}\b(?:competitors?|rivals?)\b/,
  /\b(?:launch|start|run|mount|perform)\b.{0,12}\b(?:ddos|dos attack|denial of service|brute force|phishing)\b/,
  /\b(?:mine|start mining|run mining)\b.{0,25}\b(?:bitcoins?|crypto\w*|monero|ethereum|coins?|btc|xmr|dogecoin)\b/,
  /\b(?:install|deploy|launch|run|start|set up|create)\b.{0,25}\b(?:bitcoin|crypto\w*|monero|coin|ethereum|xmr) ?(?:miners?|mining)\b/,
];
const asked = /^(who|what|which|why|when|where|how|is|are|was|were|did|does|do|has|have|any|list|show|has)\b/;

function harms(text: string): boolean {
  return !asked.test(text) && harmful.some((pattern) => pattern.test(text));
}

const secretWords = ['password', 'passphrase', 'credential', 'credentials', 'passwords'];

/** Words that talk the rules away. */
const ruleWords =
  'ignore disregard override bypass policies approval approvals confirmation instructions permission'.split(
    ' ',
  );

/** A slip of the keyboard asks for the same. */
function spelledRight(cell: Cell, words: readonly string[]): string {
  if (cell.quoted || isData(cell)) return '\u25a1';
  if (cell.senses.length > 0 || cell.low.length < 5) return cell.low;
  return words.find((one) => osaDistance(cell.low, one, 1) <= 1) ?? cell.low;
}

function asksSecret(given: string, cells: readonly Cell[]): boolean {
  const text = secretNoun.test(given)
    ? given
    : cells.map((cell) => spelledRight(cell, secretWords)).join(' ');
  if (!secretNoun.test(text)) return false;
  if (/\b(kubernetes secrets?|secret manager)\b/.test(text)) return true;
  if (isToldOfSecret(cells)) return false;
  const changesThing = cells.some((cell) =>
    ['stop', 'reboot', 'restart', 'scale', 'resize'].includes(senseOf(cell, 'verb')?.phrase ?? ''),
  );
  const tagLike = /\b(tag|label|named|called)\b/.test(text) && !/password|credential|private key/.test(text);
  return !changesThing && !tagLike;
}

const toldOf =
  /^(?:it|they|this|that|these|there|which|who|he|she|(?:because|since|as|cause|bc) .*|(?:the|its|his|her|their|our|some|plain\s?text|clear\s?text)? ?.*)\b(?:contains?|contained|holds?|held|has|have|had|is|are|was|were|got|leaked|exposed|put|stored?|stores|committed|includes?|carries|shows|moved|migrated|switched|went|rotated|renewed|changed|replaced|transferred|lives?)\b/;
/** Words with which something is to be seen, sent, kept or made. */
const giving =
  /\b(?:show|give|send|print|dump|list|export|get|read|tell|e?mail|post|copy|decode|reveal|what|fetch|extract|display|need|want|download|paste|share|save|keep|cat|echo|output|see|view|look|rotate|set|change|reset|create|generate|update|store|find|where|how|grep|log|logs|hand|forward|transfer|upload|backup|back up|know|use|tag|add|move)\b/;

/** "delete the config map, it contains tokens": why something is taken away or stopped, and nothing of it is asked for. */
function isToldOfSecret(cells: readonly Cell[]): boolean {
  const parts: string[] = [''];
  for (const [at, cell] of cells.entries()) {
    const isMark = !cell.quoted && isWord(cell, 'comma', 'stop', 'colon', 'open', 'close');
    const isOpening =
      !cell.quoted &&
      // "we moved all of that to env vars"
      !(cell.low === 'that' && /(?:^| )(?:of|all|for|to|with|from)$/.test(cells[at - 1]?.low ?? '')) &&
      /^(?:because|since|as|cause|bc|that|which|there is|there are|it|someone|somebody)$/.test(cell.low);
    if (isMark) parts.push('');
    else if (isOpening && parts.at(-1) !== '') parts.push(cell.low);
    else parts.push(`${parts.pop()!} ${cell.quoted || isData(cell) ? '\u25a1' : cell.low}`.trim());
  }
  const told = parts.filter((part) => secretNoun.test(part));
  const takesAway = cells.some(
    (cell) =>
      !cell.quoted &&
      (destroying.has(senseOf(cell, 'verb')?.phrase ?? '') ||
        /^(?:stop|suspend|detach|drain|cordon|restart|reboot|close|shut down)$/.test(
          senseOf(cell, 'verb')?.phrase ?? '',
        )),
  );
  return (
    takesAway && told.every((part) => toldOf.test(part) && !isBaseOf(part)) && !giving.test(parts.join(' '))
  );
}

const isBaseOf = (part: string): boolean => destroying.has(part.split(' ')[0]!);

const secretKey = /pass(word|wd|phrase)|secret|token|api[-_]?key|private[-_]?key|credential/i;

/** A tag under a name that secrets have. */
function writesSecret(cells: readonly Cell[]): boolean {
  return cells.some((cell) => {
    const value = senseOf(cell, 'value')?.value;
    return value?.k === 'tags' && Object.entries(value.tags).some(([key, one]) => one && secretKey.test(key));
  });
}

/** Verbs of destruction, by their base. */
export const destroying: ReadonlySet<string> = new Set([...verbWords.delete, ...unregistering, 'burn']);

/** "delete poc-1, we have moved everything": what was done before, said in a part of its own. */
function isToldOfAll(cells: readonly Cell[], at: number): boolean {
  const isMark = (cell: Cell): boolean => !cell.quoted && isWord(cell, 'comma', 'stop', 'colon');
  const from = cells.findLastIndex((cell, index) => index < at && isMark(cell)) + 1;
  const end = cells.findIndex((cell, index) => index > at && isMark(cell));
  const part = cells.slice(from, end < 0 ? cells.length : end);
  const said = part.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ');
  return (
    from > 0 &&
    /^(we|i|they|he|she|people|users|because we|since we) (have |had |has |already )*(moved|copied|migrated|saved|exported|archived|backed up|transferred|kept)\b/.test(
      said,
    ) &&
    !part.some((cell) => !cell.quoted && destroying.has(senseOf(cell, 'verb')?.phrase ?? ''))
  );
}

/**
 * "remove the key x, and give me everything dave did", "delete y, everything on it may be lost": a part of its own, which
 * asks for all of something or tells what becomes of it; what is to be destroyed behind it is named.
 */
function isApart(cells: readonly Cell[], at: number): boolean {
  const parts: Cell[][] = [[]];
  for (const cell of cells)
    if (!cell.quoted && isWord(cell, 'comma', 'stop', 'colon', 'and', 'afterwards')) parts.push([]);
    else parts.at(-1)!.push(cell);
  const own = parts.find((part) => part.includes(cells[at]!))!;
  const isDestroying = (part: readonly Cell[]): boolean =>
    part.some((cell) => !cell.quoted && destroying.has(senseOf(cell, 'verb')?.phrase ?? ''));
  const index = own.indexOf(cells[at]!);
  const first = own.find((cell) => !isWord(cell, 'filler') || isWord(cell, 'ask'));
  const isAsked = index > 0 && isWord(first, 'ask', 'listCue', 'showCue', 'what') && index < own.length - 1;
  const rest = own.slice(index + 1);
  const isTold =
    index === 0 &&
    rest.some((cell) => isWord(cell, 'be', 'have') || telling.test(cell.low)) &&
    !rest.some(
      (cell) =>
        (isWord(cell, 'need') && !telling.test(cell.low)) ||
        /^(must|should|shall|too|also|as well|to)\b/.test(cell.low),
    );
  const isNamed = (part: readonly Cell[]): boolean => part.some((cell) => senseOf(cell, 'name')?.exact);
  const isBehind = parts.slice(parts.indexOf(own) + 1);
  return (isAsked || isTold) && !isDestroying(own) && isBehind.filter(isDestroying).every(isNamed);
}

const telling =
  /^(can|may|might|could|will|lives?|moved|went|sits?|resides?|belongs?|comes?)\b|\b(is|was|are|were)$/;

/** "everything that was deleted this week": asks what was done. */
const isDoneToAll = (cells: readonly Cell[], at: number): boolean =>
  at < 3 &&
  (/^(that |which )?(was|were|got|has been|have been)$/.test(cells[at + 1]?.low ?? '') ||
    (cells[at]!.low === 'anything' && senseOf(cells[at + 1], 'verb')?.form === 'ed')) &&
  cells.slice(at + 2).some((cell) => senseOf(cell, 'time')) &&
  cells.every((cell) => senseOf(cell, 'verb')?.form !== 'base' || isWord(cell, 'ask', 'listCue'));

/** "the vpn drops people" orders nothing. */
const isDestroyingWord = (cell: Cell): boolean => {
  const verb = cell.quoted ? undefined : senseOf(cell, 'verb');
  return verb !== undefined && verb.form !== 's' && destroying.has(verb.phrase);
};

/** "a hangs on the bill without being attached to anything. delete it": what a thing has nothing to do with. */
function isOfNothing(cells: readonly Cell[], at: number): boolean {
  const isMark = (cell: Cell): boolean => !cell.quoted && isWord(cell, 'comma', 'stop', 'colon');
  const from = cells.findLastIndex((cell, index) => index < at && isMark(cell)) + 1;
  const part = cells.slice(from, at);
  return (
    cells[at]!.low === 'anything' &&
    /^(to|for|by|with|in|on|of|from)$|(^| )(to|for|by|with|in|on|of|from)$/.test(cells[at - 1]?.low ?? '') &&
    part.some((cell) => isWord(cell, 'not') || /^(without|never|nor|hardly)\b/.test(cell.low)) &&
    part.some((cell) => senseOf(cell, 'name')?.exact) &&
    !part.some(isDestroyingWord)
  );
}

function isUnbounded(text: string, cells: readonly Cell[]): boolean {
  const destroys = cells.some(isDestroyingWord);
  if (/\brm -rf\b/.test(text)) return true;
  if (
    /\b(disable|turn off|remove|delete|drop|deactivate|switch off|suspend|kill|stop)\b(?:(?!\b(?:list|show|see|give|tell|display|print|which|what)\b)[^.;:!?]){0,20}\b(every|all|each|any)\b.{0,15}\b(polic|rule|guardrail|protection|safeguard)/.test(
      text,
    )
  )
    return true;
  if (!destroys || /^(what|who|why|how|when|if|did|has|have|had)\b/.test(text.split(' ')[0]!)) return false;
  // Every namespace is the whole cluster, its own parts too.
  if (
    /\b(all|all the|all of the|all our|all my|every|each|every single)\b (namespaces?|ns)\b(?! (but|except|in|of|that|which|with|without|older|newer|named|called|starting|tagged|labelled|labeled|not|other|apart|on|outside|created|where|whose|\(|,))/.test(
      text,
    ) &&
    /\b(delete|wipe|remove|destroy|drop|kill|nuke|purge|erase|terminate|rm|trash|obliterate)\b(?:(?!\b(?:list|show|see|give|tell|display|print|which|what)\b)[a-z ]){0,20}\b(all|every|each)\b/.test(
      text,
    ) &&
    !/\b(pods?|jobs?|deployments?|vms?|volumes?|services?|secrets?|config ?maps?|snapshots?)\b/.test(text)
  )
    return true;
  const isEverything = (cell: Cell, at: number): boolean =>
    isWord(cell, 'everything') &&
    !cell.quoted &&
    !isWord(cells[at + 1], 'except') &&
    !isToldOfAll(cells, at) &&
    !isDoneToAll(cells, at) &&
    !isOfNothing(cells, at) &&
    !isApart(cells, at);
  if (cells.some(isEverything)) return !cells.some((cell) => isWord(cell, 'not'));
  // A kind that is named bounds it: "all of the prod deployments".
  const bounded = cells.some((cell) =>
    senseOf(cell, 'kind')?.kinds.some((kind) => kind !== 'cluster' && kind !== 'namespace'),
  );
  if (bounded) return false;
  return (
    /\b(the (whole|entire)|all of|the complete|all the)\b.{0,12}\b(cloud|account|project|infrastructure|environment|cluster|datacenter|company|fleet|estate|prod|production|staging|dev|place)\b/.test(
      text,
    ) && !/\b(vms?|instances?|volumes?|pods?|snapshots?|servers?|jobs?|deployments?|machines?)\b/.test(text)
  );
}

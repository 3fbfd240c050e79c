// A choice or a chance that no step has taken: "stop one of web-1 and web-10", "whichever of them is idle", "reboot a, possibly
// also b", "snapshot a while b is stopped", "tag both env=prod and env=dev", "open 80 and 443, 443 only from 10.0.0.0/8". What
// was read of it is offered as a question. Called by `notAsSaid`, over the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Inventory, looseKey } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';
import { nameOf } from './targets.ts';

/** What was left open, or bounded, and is not in the plan. */
export function openChoice(
  { steps }: PlanReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined {
  const text = cells.map((cell) => (cell.quoted || nameOf(cell) ? '\u25a1' : cell.low)).join(' ');
  const isMany = steps.some(({ target }) => target?.kind === 'resources' && target.ids.length > 1);
  const open = choices.find(
    ({ said, of, notOf, isOfMany }) =>
      said.test(text) &&
      !(notOf && steps.some(({ operation }) => notOf.test(operation))) &&
      (!isOfMany || isMany) &&
      !isOutside(
        steps,
        inventory,
        [...text.matchAll(new RegExp(said, 'g'))].map(([, number]) => number),
      ) &&
      (!of || steps.some(({ operation, args }) => of.test(operation) && args.window_s === undefined)),
  );
  if (open) return { about: 'scope', question: open.question };
  const tag = tagGone(steps, cells);
  if (tag) return { about: 'args', question: `Which one is to have "${tag.text}"?` };
  const gets = ownEnd(steps, cells);
  if (gets) return { about: 'args', question: `What is to be done by "${gets}"? It is not in this plan.` };
  const other = otherWay(steps, text);
  if (other) return { about: 'op', question: other };
  const port = boundPort(steps, cells);
  return (
    port && { about: 'args.cidr', question: `From where is ${port.text} to be open, and the other one?` }
  );
}

/** "reboot web-2, 3 and 4. not 1": what is left out is there, and is nothing of the plan. */
function isOutside(
  steps: readonly StepDraft[],
  inventory: Inventory,
  numbers: readonly (string | undefined)[],
): boolean {
  const ids = new Set(steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : [])));
  const stems = new Set(
    [...ids].flatMap((id) => /^.*[^\d](?=\d+$)/.exec(inventory.get(id)?.name ?? '')?.[0] ?? []),
  );
  return numbers.every((number) => {
    if (number === undefined) return false;
    const spared = [...stems].flatMap((stem) => inventory.byKey(looseKey(`${stem}${number}`)));
    return spared.length > 0 && !spared.some(({ id }) => ids.has(id));
  });
}

const pair = '(?: one)? (?:out )?of (?:the two |the |these |both )?\u25a1(?: ,| and| or| &)';

/** What leaves a choice or a term open, of which operations, and whether of several things only; names are \u25a1. */
const choices: readonly {
  readonly said: RegExp;
  readonly question: string;
  readonly of?: RegExp;
  readonly notOf?: RegExp;
  readonly isOfMany?: true;
}[] = [
  {
    // "one of a and b", "whichever of a and b is idle"
    said: new RegExp(
      `\\b(?:(?:only |just |at least |any |either )?one|either|whichever|whatever|which)${pair}`,
    ),
    question: 'Which one of these is meant? Say it by its name.',
  },
  {
    // "the busier of a and b", where it was not told which that is
    said: new RegExp(
      `\\b(?:busier|idler|quieter|hotter|emptier|fuller|bigger|smaller|larger|older|newer|younger|slower|faster|cheaper|longer|shorter|higher|lower|better|worse|weaker|stronger|[a-z]+est)${pair}`,
    ),
    question: 'Which one of these is meant? Say it by its name.',
    isOfMany: true,
  },
  {
    // "the biggest volume of each vm"
    said: /\b(?:[a-z]+est|last|first|second|latest|main) (?:\S+ )?(?:of|on|in|per|for) (?:each|every)\b/,
    question: 'One for each of them? Name those that are meant.',
  },
  {
    // "give it another volume like a"
    said: /\b(?:another|an? new|an?|one more|the same) (?:\S+ ){0,3}like (?:the )?\u25a1/,
    question: 'Is another one like it to be made, or is it that one?',
  },
  {
    // "…, possibly also b"
    said: /\b(?:possibly|maybe|perhaps|potentially|eventually|optionally|ideally|at best|worst case|if (?:possible|needed|necessary))(?: also| even| too)? (?:the )?\u25a1/,
    question: 'Is that to be done too, or not?',
  },
  {
    // "snapshot a while b is stopped"
    said: /\u25a1 (?:\S+ )?(?:while|whilst|provided|assuming|given) (?:that )?(?:\u25a1|it) (?:is|are) (?!on (?:leave|holiday)|away|out)/,
    question: 'Is that so now? Nothing waits for it.',
  },
  {
    // "with a stopped, start b"
    said: /\bwith (?:the )?\u25a1 (?:being |now )?(?:stopped|off|down|drained|cordoned|suspended|detached)\b/,
    question: 'Is that so now, or is it to be done first?',
    notOf: /^(?:stop|drain|cordon|suspend|detach|create)\./,
  },
  {
    // "resize it, for which it has to be stopped"
    said: /\b(?:it|that|this|\u25a1) (?:has to|must|needs to|should) be (?:stopped|off|shut down|powered off|down|drained|cordoned|detached)\b/,
    question: 'Is that to be done first? It is no step of this plan.',
    notOf: /^(?:stop|drain|cordon|suspend|detach)\./,
  },
  {
    // "delete the tmp volumes, one is enough"
    said: /\b(?:one|1|two|half|some)(?: of (?:them|these|those))? (?:(?:is|are|would be|will be) (?:enough|sufficient|plenty)|will do|suffices?)\b/,
    question: 'Which of them are meant, then?',
    isOfMany: true,
  },
  {
    // "stop a-1..3 except 2"
    said: /\b(?:except|except for|excluding|without|minus|but not|not|leave out|skip) (\d+)(?= |$)(?! (?:gb|tb|replicas?|%|percent|min|minutes|hours|days|vms|pods|of))/,
    question: 'Which one is to be left out? Say it by its name.',
    of: /^(?:stop|start|reboot|delete|drain|cordon|uncordon|restart|snapshot|suspend|resume|detach)\./,
    isOfMany: true,
  },
  {
    // "stop a for b"
    said: /\u25a1 for (?:the )?\u25a1/,
    question: 'Are both meant, or is one for the sake of the other?',
    of: /^(?:stop|start|reboot|delete|drain|suspend|resume|rollback)\./,
    isOfMany: true,
  },
  {
    // "reboot it half past ten"
    said: /\b(?<!from )(?:half past|half an hour past|quarter (?:past|to)|(?:five|ten|twenty) (?:past|to)) (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight)\b/,
    question: 'Nothing is run later. Do it now?',
  },
  {
    // "…, so do it in the morning", "…, Monday is early enough", "… on Friday and then it can go"
    said: /\bdo (?:it|that|this|them|so) (?:early |late |only )?(?:(?:in|at|on|over|after|before|around|by|from) )?(?:the |this )?(?:morning|noon|midday|afternoon|evening|night|weekend|midnight|lunch|tomorrow|tonight)\b|\b(?:is|are|will be|would be) (?:still )?(?:early|soon|time) enough\b|\b(?:and|only|but) then (?:it|they|that|this) (?:(?:can|may|could|should|must|will) (?:go|be)|makes?)\b/,
    question: 'Nothing is run later. Do it now?',
  },
  {
    // "stop rebooting a", "keep rebooting a", "start a over"
    said: /\b(?:stop|quit|cease|keep) (?:on )?[a-z]+ing (?:the )?\u25a1|\bstart (?:the )?(?:\u25a1 over|over (?:with|on) \u25a1)/,
    question: 'Is it to be done once, now?',
    of: /^(?:stop|start|reboot|restart|rollout-restart|suspend)\./,
  },
  {
    // "grow them by 150 GB in total"
    said: /\b(?:in total|all in all|altogether|combined|in sum|together)\b/,
    question: 'For each of them, or for all of them together?',
    of: /^(?:resize|scale)\./,
    isOfMany: true,
  },
  {
    // "hard reboot a, b only soft"
    said: /\b(?:hard|force|forced|forcefully|by force)\b.*\b(?:soft|softly|gently|gracefully|graceful)\b|\b(?:soft|softly|gently|gracefully|graceful)\b.*\b(?:hard|force|forced|forcefully|by force)\b/,
    question: 'Which of them by force, and which gently?',
    of: /^(?:reboot|stop|delete|drain|restart)\./,
    isOfMany: true,
  },
  {
    // "silence it till the disk is bigger", "disable it while I resize a"
    said: /\b(?:till|until|while|whilst|as long as|throughout)\b/,
    question: 'Nothing is put back by itself. Do it now, until you say otherwise?',
    of: /^(?:silence|policy\.disable)/,
  },
  {
    // "evacuate a to b"
    said: /\u25a1 (?:to|onto|into|over to) (?:the )?\u25a1/,
    question: 'Where it goes is not chosen here. Drain it all the same?',
    of: /^drain\./,
    isOfMany: true,
  },
  {
    // "stop a or I can do it", "… or nobody does": what happens without it is no part of the text any more.
    said: /\bor (?:else )?(?:maybe |perhaps |rather |should )?(?:i|we|he|she|they|somebody|someone|nobody|no one|noone) [a-z]/,
    question: 'Is it to be done here, or by somebody else?',
  },
  {
    // "stop a on weekends", "… during lunch"
    said: /\u25a1 (?:on|at|during|over) (?:the )?(?:weekends?|week-ends?|weekdays|nights|mornings|evenings|(?:mon|tues|wednes|thurs|fri|satur|sun)days|lunch|lunch ?time|(?:public )?holidays|(?:business|working|office|opening) hours)\b/,
    question: 'Nothing is run later, or again and again. Do it once, now?',
  },
  {
    // "stop a for a moment", "suspend b for today"
    said: /\u25a1 (?:just |only )?for (?:(?:just )?(?:a|an|one|half a) (?:short )?(?:moment|second|sec|instant|blink)|today)\b/,
    question: 'Nothing is put back by itself. Do it now, until you say otherwise?',
    of: /^(?:stop|suspend|drain|cordon|detach|unassign|scale|policy\.disable)/,
  },
  {
    // "stop a halfway"
    said: /\u25a1 (?:a bit|a little|halfway|half-way|half way|partly|partially|in part|somewhat)(?: please| pls)?[ .!]*$/,
    question: 'That cannot be done in part. Do it all?',
    of: /^(?:stop|start|reboot|restart|delete|suspend|resume|detach|attach|drain)\./,
  },
  {
    // "stop a in the other project", "stop a from outside"
    said: /\u25a1 (?:over )?(?:(?:in|at|on|of|from) (?:the |an? )?(?:other|different|wrong|neighbou?ring|second) (?:project|tenant|account|cluster|cloud|datacent(?:er|re)|data center|room|rack|site|place|environment|one)|over in\b|from (?:outside|inside|the outside|the inside)[ .!]*$)/,
    question: 'Which place that is, is not known. Is the one that is named meant?',
  },
  {
    // "grow a to 200 GB like b"
    said: /(?<!\b(?:would|d|['\u2019]d|i|we) )\b(?:just |exactly )?like (?:the |our )?\u25a1/,
    question: 'Is only the first one meant, or both?',
  },
  {
    // "stop the same vm as a"
    said: /\bsame (?:vm|machine|server|box|instance|host|node|volume|disk|deployment|pod|one|thing) as (?:the )?\u25a1/,
    question: 'Is that one itself meant?',
  },
  {
    // "reboot a along with whatever depends on it"
    said: /\b(?:with|and|plus) (?:whatever|anything|everything|all|all things|what) (?:that |which |else )?(?:depends?|relies|rely|hangs?|runs?|sits?|uses?|talks?|belongs?|is (?:attached|connected|on|in|behind))\b/,
    question: 'What that is, is not in this plan. Do only what was named?',
  },
  {
    // "stop a with a warning to the users", "… and let bob know"
    said: /\bwith (?:a |an |prior |some |due )*(?:warning|notice|notification|heads[- ]?up|announcement)\b|\band (?:then |also |please )*(?:(?:let|have) (?!me\b|us\b)[a-z ]{1,20} know\b|(?:inform|notify|warn|alert) (?!me\b|us\b)[a-z])/,
    question: 'Nobody else is told from here. Do it all the same?',
  },
  {
    // "start a from the snapshot"
    said: /\u25a1 (?:up )?from (?:(?:the|its|a|an|last|latest|old|yesterday's|that) )*(?:snapshot|backup|image|template|copy)\b/,
    question: 'It starts as it is, from nothing else. Do it so?',
    of: /^(?:start|reboot|restart|resume)\./,
  },
  {
    // "delete a but not its data"
    said: /\u25a1 ,? ?(?:but )?(?:except|but not|not|apart from|other than|save) (?:for )?(?:its|their) (?:data|contents?|files|records?|config|configuration|settings|space|address|name)\b/,
    question: 'What is to stay cannot be kept apart here. Delete all of it?',
    of: /^delete\./,
  },
  {
    // "open 22 on a from here", "open 5432 on a to the web servers"
    said: /\u25a1 (?:only )?(?:from (?:only )?(?:here|there|inside|outside|home|work|my (?:place|desk|laptop|machine))|(?:to|towards?) (?:only )?(?:the |our |all |my )*(?:[a-z]+ ){0,2}(?:servers?|vms?|machines?|boxes|hosts?|instances?|nodes?|pods?|teams?|users?|people|office|vpn|subnets?|networks?|clients?|customers?))\b/,
    question: 'From which addresses? Say it as a range, like 10.0.0.0/24.',
    of: /^(?:open|close)-port\./,
  },
  {
    // "untag all from a"
    said: /\b(?:untag|unlabel) (?:all|everything|every one) (?:from|on|of|off)\b/,
    question: 'Which tags? Say them by their names.',
    of: /^untag\./,
  },
  {
    // "reboot a first thing"
    said: /\u25a1 (?:as )?(?:the )?(?:very )?first thing(?: please| pls)?[ .!]*$/,
    question: 'Nothing is run later. Do it now?',
  },
  {
    // "migrate it cold"
    said: /\b(?:cold|offline|powered off|switched off)\b/,
    question: 'It is moved as it runs. Is that right?',
    of: /^migrate\./,
  },
];

/** "…, apart from web, which gets 6", "…, dev gets 1.5.0", "loki twice", "drain it except for a", "in dev and staging". */
function ownEnd(steps: readonly StepDraft[], cells: readonly Cell[]): string | undefined {
  const isRead = (cell: Cell): boolean =>
    steps.some(({ evidence }) => evidence.some(({ start, end }) => start < cell.end && cell.start < end));
  const first = cells.findIndex(isRead);
  const at = cells.findIndex((cell, index) => {
    const [before, next, third] = [cells[index - 1], cells[index + 1], cells[index + 2]];
    if (cell.quoted || index < first) return false;
    const isOwner = before && (senseOf(before, 'env') ?? nameOf(before) ?? /^(which|that)$/.test(before.low));
    const isGiven = /^(gets|to get|should get|needs|becomes)$/.test(cell.low) && next && !isRead(next);
    const isFigure = senseOf(next, 'value') !== undefined || /^v?\d[\w.]*$/.test(next?.low ?? '');
    if (isOwner && isGiven && isFigure && !isRead(cell)) return true;
    const isDrain = steps.some(({ operation }) => operation.startsWith('drain.'));
    if (
      isDrain &&
      isWord(cell, 'except') &&
      !/\btouch\b/.test(cell.low) &&
      nameOf(next) &&
      !nameOf(next)!.some((id) => id.includes(':node/'))
    )
      return true;
    const isPlaces = senseOf(before, 'env') && isWord(cell, 'and') && senseOf(next, 'env');
    const made = steps.filter(({ operation, args }) => operation.startsWith('create.') && args.namespace);
    if (isPlaces && made.length === 1 && third?.low !== 'namespace') return true;
    return (
      /^(twice|thrice)$/.test(cell.low) &&
      steps.some(
        ({ operation, args, evidence }) =>
          operation.startsWith('scale.') &&
          (args.replicas === 2 || args.replicas === 3) &&
          evidence.some(({ start }) => start === cell.start),
      )
    );
  });
  if (at < 0) return undefined;
  return cells
    .slice(Math.max(0, at - 1), at + 2)
    .map((cell) => cell.text)
    .join(' ');
}

/** "resize it for the build and back afterwards", "open it for a and close it for the rest", "443 to the world and 22 to 10.0.0.0/8". */
function otherWay(steps: readonly StepDraft[], text: string): string | undefined {
  const verbOf = ({ operation }: StepDraft): string => operation.slice(0, operation.indexOf('.'));
  const isSame = (one: StepDraft, other: StepDraft): boolean =>
    JSON.stringify(one.target) === JSON.stringify(other.target) && one.args.port === other.args.port;
  const isTurned = (from: string, to: string): boolean =>
    steps.some(
      (one, at) =>
        verbOf(one) === from &&
        steps.slice(at + 1).some((other) => verbOf(other) === to && isSame(one, other)),
    );
  const isRest = /\b(the (rest|others)|everyone else|everybody else|all others|anyone else|anybody else)\b/;
  if (isTurned('open-port', 'close-port') && isRest.test(text))
    return 'From where is it to be open, and is all else closed now?';
  const isThen = /\b(then|after|afterwards|later|next|finally|once)\b/.test(text);
  if (!isThen && (isTurned('attach', 'detach') || isTurned('assign-ip', 'unassign-ip')))
    return 'Is it there already, or to be put there first?';
  const isOpened = steps.some(({ operation, args }) => operation.startsWith('open-port.') && args.cidr);
  const isWide = steps.some(({ operation, args }) => operation.startsWith('open-port.') && !args.cidr);
  if (
    isOpened &&
    !isWide &&
    /\b(to|for|from) (the )?(whole )?(world|internet|everyone|everybody|anyone|public|anywhere|everywhere)\b/.test(
      text,
    )
  )
    return 'From where is each of these to be open?';
  const isBack =
    /\b(and|then) back( again)?( (afterwards?|after that|later|then|after|when (it is )?done|once (it is )?done))?[ .!]*$/;
  const isTwice = steps.some((one, at) =>
    steps.slice(at + 1).some((two) => JSON.stringify(one.target) === JSON.stringify(two.target)),
  );
  return isBack.test(text) && !isTwice ? 'Nothing is put back by itself. Do the first of it now?' : undefined;
}

/** "tag a and b env=prod and env=dev": a tag that nothing gets. */
function tagGone(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  const given = steps.filter(({ operation }) => operation.startsWith('tag.'));
  if (given.length === 0) return undefined;
  const used = JSON.stringify(steps.map(({ args, target }) => [args, target])).toLowerCase();
  return cells.find((cell, at) => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
    const isTags = (one: Cell | undefined): boolean => senseOf(one, 'value')?.value.k === 'tags';
    const isBeside = (side: 1 | -1): boolean =>
      isWord(cells[at + side], 'and', 'comma') && isTags(cells[at + 2 * side]);
    if (value?.k !== 'tags' || !(isBeside(1) || isBeside(-1))) return false;
    return Object.entries(value.tags).some(
      ([key, one]) => !used.includes(`${JSON.stringify(key)}:${JSON.stringify(one)}`.toLowerCase()),
    );
  });
}

/** "open 80 and 443 on a, 443 only from 10.0.0.0/8": from where, was said of one. */
function boundPort(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  const opened = steps.filter(({ operation, args }) => operation.startsWith('open-port.') && args.cidr);
  if (opened.length < 2 || new Set(opened.map(({ args }) => args.cidr)).size > 1) return undefined;
  const range = cells.findIndex((cell) => senseOf(cell, 'value')?.value.k === 'cidr');
  const mark = cells.findLastIndex((cell, at) => at < range && isWord(cell, 'comma', 'stop', 'open'));
  const portOf = (cell: Cell): number | undefined => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
    return value?.k === 'port' ? value.port : value?.k === 'number' ? value.n : undefined;
  };
  const before = cells.slice(0, Math.max(0, mark)).map(portOf);
  return cells
    .slice(mark + 1, Math.max(mark + 1, range))
    .find((cell) => portOf(cell) !== undefined && before.includes(portOf(cell)));
}

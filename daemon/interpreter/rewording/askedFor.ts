// Questions with another shape than those the grammar knows: "on which node does kafka-0 run", "what's firing", "anything
// waiting for approval", "web-1's log". Each becomes the plain question about the same thing; only reads come of it.
// Called by `reword`, last of the turns over the whole sentence.

import { type Cell, type CellSense, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { withPlainSets } from './askedPlainly.ts';
import { withDoneSets } from './doneToSets.ts';
import { thing } from './figureParts.ts';
import { groupsOf, sortsOf } from './figures.ts';

const attribute =
  '(?:%node|%host|%vm|%cluster|%namespace|%network|%flavor|%image|%keypair|%security-groups?|host|machine|zone|region|hypervisor|image|flavor|flavour|type|instance type|size|version|os|operating system|schedule|class|owner)';
const placed = new RegExp(
  `^(?:(?:on|in|of|to|from|at|for|with) )?(?:which|what) ${attribute}(?: (?:is|does|do|runs?|hosts?|%hosts|holds|has|did|was|it is|have|attached|connected|mounted|assigned|running|scheduled|placed))* ${thing('a', 'vm', 'pod', 'container', 'volume', 'floating-ip', 'database', 'deployment', 'statefulset', 'daemonset', 'cronjob', 'subnet', 'load-balancer', 'snapshot', 'security-group', 'job', 'node', 'host', 'datastore')}(?: (?:run|running|runs|on|in|at|to|of|have|has|use|uses|belong|belongs|belong to|belongs to|part of|using|got|live|lives|live on|sits on|run on|running on|runs on|scheduled|placed|hosted|located|attached|mounted|attached to|mounted on|assigned to|scheduled on|hosted on|placed on|sitting on|connected to|now|right now|currently|please))*(?: (?:in|on|of|run in|runs in|running in|deployed in) (?<p>@(?: %namespace)?))?(?: (?:now|right now|currently|please|today|at the moment))*(?: \\?)?$`,
  'u',
);
const attributeOf = new RegExp(
  `^(?:(?:the|current|exact|show me|what is|whats|tell me) )*(?:%image|%flavor|image|flavor|flavour|type|instance type|version|os|operating system|schedule) (?:of|for|on|in|used by) ${thing('a', 'vm', 'pod', 'container', 'database', 'deployment', 'statefulset', 'daemonset', 'cronjob')}(?: \\?)?$`,
  'u',
);
/** "instance type of a and b" */
const attributeOfAll =
  /^(?:(?:the|current|exact|show me|what is|what are|whats|tell me|which) )*(?:%images?|%flavors?|images?|flavou?rs?|types?|instance types?|versions?|os|operating systems?|schedules?) (?:of|for|on|in|used by) (?:the )?(?<a><[a-z|-]+>(?:(?: ,| and)* <[a-z|-]+>)+)(?: \?)?$/u;
const holder =
  /^(?:who|what|which|which %vm|what %vm|which one)(?: (?:is|are|has|have|got|currently|now|holds|holding|owns|using|use|uses|on|behind|at|attached to|sitting on|sits on|occupies|gets|took|with|the|our|ip|address|%floating-ip))+ (?<a><(?:[a-z-]+\|)*floating-ip(?:\|[a-z-]+)*>)(?: (?:now|right now|currently|attached to|assigned to|on|in use by|used by))*(?: \?)?$/u;
const runners =
  '(?:runs?|running|lives?|live|sits?|sit|hosted|scheduled|placed|residing|is|are|on|at|in|the|that|still|currently|all|%node|%host|by|there)';
const runsOn = new RegExp(
  `^(?:who|what|what is|whats|what all|everything|all|which|whatever|list everything|show me what|show me everything|show everything|list all|list what)(?: (?:${runners.slice(3, -1)}|runs? on|running on|lives? on|sits? on|run on|sit on|live on|hosted on|scheduled on|placed on|sitting on|living on))+ (?<a><(?:node|host)>)(?: (?:right now|now|currently|please|at the minute|at the moment|today|these days|at present))*(?<r>(?: [?.,])? (?:(?:i|we|i need|we need|need|want|give me|list|show me|just|only|the|all|please) )*%(?:vm|pod)s(?: (?:only|i mean|please))*)?(?: [?.])?$`,
  'u',
);
const having = new RegExp(
  `^(?<c>how many|which|what|list which|show me which|tell me which|what all) (?<k>%(?:pod|volume|snapshot|floating-ip|vm|subnet|service|job)s) (?:does|do|has|have|is|are|did) (?:(?<i>it|this one|that one)|${thing('a', 'vm', 'deployment', 'statefulset', 'daemonset', 'node', 'host', 'network', 'namespace', 'database', 'job')})(?: (?:have|has|own|owns|use|uses|using|got|hold|holding|run|runs|running|contain|contains|host|hosts|hosting|carry|carrying|serve|mounted|attached|currently|now|right now))*(?: \\?)?$`,
  'u',
);
const thereSet =
  /^(?<c>how many|which|what|list which|show me which|tell me which|what all) (?<k>%(?:pod|volume|vm|service|job|deployment)s) (?:(?:is|are|run|runs|running|live|sit|run on|still|currently|now) )*(?<i>there)(?: (?:now|right now|currently))*(?: \?)?$/u;
const rulesOf =
  /^(?:what|which|show me the|show the|list the|show|list|what are the|the)? ?(?:(?:open|allowed|inbound|ingress|firewall|%security-group) )*(?:%policys?|ports?|tcp ports?) (?:does|do|has|have|are|is|of|in|on|for|open|allowed|open on|open in|the|%security-group| )+ (?<a><(?:[a-z-]+\|)*security-group(?:\|[a-z-]+)*>)(?: (?:have|has|allow|allows|contain|open|let in|define|use|%security-group))*(?: \?)?$/u;
const restarted = new RegExp(
  `^(?:how often|how many times|how many restarts|how frequently)(?: (?:did|has|have|was|is|does|do))* ${thing('a', 'vm', 'pod', 'deployment', 'statefulset', 'daemonset', 'container')}(?: (?:been|got|get|have|had))* (?:restart|restarted|restarts|restarting|crash|crashed|rebooted|reboot)(?<t> .*)?$`,
  'u',
);
const mostRestarted =
  /^(?:which|what) (?<k>%(?:pod|deployment|statefulset|container)s?)(?: (?:has|have|is|was|got))* (?:restarted|restarts|restarting|restart) (?:the )?(?:most|most often|most of all|most frequently)(?<t> .*)?$/u;
const odd = '(?:odd|weird|strange|unusual|abnormal|suspicious|funny|anomalous|wrong|off)';
const wrong = new RegExp(
  `^(?:(?:show me|show|list|what|what is|what was|what were|what all|anything|everything|did anything|has anything|was anything|were things|something|all|that was|that is|was there anything) )+(?:went wrong|goes wrong|go wrong|gone wrong|broke|(?:(?:was|is|look|looks|looked|seem|seemed|seems|happening|went) )?${odd})(?!.*\\b(?:with|about)\\b)(?<t> .*)?$`,
  'u',
);
const detailOf = new RegExp(
  `^(?:%[a-z-]+ )?${thing('a', 'flavor', 'image', 'vm', 'volume', 'database', 'node', 'host', 'datastore', 'subnet', 'network', 'load-balancer', 'keypair', 'snapshot')} [:,-] (?:how many|how much|how big|what|which|what is|what are)(?: (?![%<@{])[^ ]+){1,4}(?: \\?)?$`,
  'u',
);
const asks =
  '^(?:what|what is|whats|anything|something|is anything|is there anything|are there any|anything that is|anything i|anything i need to|do i have anything|do we have anything|which actions?)(?: (?:is|are|currently|still|there|that|now))*';
const end =
  '(?: (?:now|right now|currently|at the moment|today|still))*(?: (?:in|on|at|from|for|of)(?: (?:the|our|my))? (?<p>[@~](?: (?:%namespace|side|cluster|account|cloud|region|environment))?))?(?: (?:now|right now|currently|at the moment|please|from me|today|still))*(?: \\?)?$';
const bare: readonly { readonly shape: RegExp; readonly status: string; readonly kind: string }[] = [
  {
    shape: new RegExp(`${asks} (?:firing|alerting|ringing|going off|blinking)${end}`, 'u'),
    status: 'firing',
    kind: 'alert',
  },
  {
    shape: new RegExp(`${asks} (?:crashing|crashlooping|crash looping|in a crash loop)${end}`, 'u'),
    status: 'crashing',
    kind: 'pod',
  },
  {
    shape: new RegExp(
      `${asks} (?:(?:waiting|pending|wait) (?:for|on)|waiting|pending|awaiting|needs?|pending|to|to be|requires?|needing)(?: (?:my|our|an|a|the|be|for))* (?:approval|approvals|approve|approved|sign off|sign-off|ok|review|confirmation|be approved)${end}`,
      'u',
    ),
    status: 'pending',
    kind: 'action',
  },
];

/** The cells with a question said plainly, by itself or between marks beside what is told. */
export function withQuestions(given: readonly Cell[]): readonly Cell[] {
  const cells = withDoneSets(withoutOwning(withoutChoice(given)));
  if (cells.length === 0) return cells;
  const whole = plainQuestion(cells);
  if (whole !== cells || !cells.some(isBeside)) return whole;
  const parts: Cell[][] = [[]];
  for (const cell of cells) {
    parts.at(-1)!.push(cell);
    if (isBeside(cell)) parts.push([]);
  }
  return parts.flatMap((part) => {
    const mark = part.at(-1);
    const body = isBeside(mark) ? part.slice(0, -1) : part;
    const plainly = plainQuestion(body);
    if (plainly === body) return part;
    return mark && body.length < part.length ? [...plainly, mark] : plainly;
  });
}

const isBeside = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'colon');

function plainQuestion(given: readonly Cell[]): readonly Cell[] {
  if (given.length < 2) return given;
  // "any idea which …", "could somebody tell me on which …"
  const lead = given.findIndex((cell) => !isWord(cell, 'filler', 'ask', 'comma') || senseOf(cell, 'name'));
  const isLed =
    lead > 0 &&
    given.slice(0, lead).some((cell) => isWord(cell, 'ask')) &&
    (isWord(given[lead], 'what') || (isWord(given[lead], 'prep') && isWord(given[lead + 1], 'what')));
  const plainly = isLed ? plainQuestion(given.slice(lead)) : given;
  if (isLed && plainly.length > 0 && plainly[0] !== given[lead]) return plainly;
  const cells = withPlainSets(given);
  const { text, starts } = sortsOf(cells);
  const partsOf = (shape: RegExp) => {
    const match = shape.exec(text);
    return match ? groupsOf(shape, match, starts, cells) : undefined;
  };
  const [first] = cells as readonly [Cell];
  const shown =
    partsOf(placed) ?? partsOf(attributeOf) ?? partsOf(attributeOfAll) ?? partsOf(holder) ?? partsOf(rulesOf);
  if (shown?.get('a')) {
    const place = shown.get('p') ?? [];
    const inPlace = place.length > 0 ? [plain(first, 'in', word('prep')), ...place] : [];
    return [plain(first, 'where is', word('showCue')), ...shown.get('a')!, ...inPlace];
  }
  const counted = partsOf(restarted) ?? partsOf(mostRestarted);
  if (counted) return restartsOf(counted, first);
  const trouble = partsOf(wrong);
  if (trouble) return [...bareSet('anomaly', 'anomalies', first), ...(trouble.get('t') ?? [])];
  const told = cells.some((cell) => senseOf(cell, 'metric')) ? undefined : partsOf(detailOf);
  if (told?.get('a')) return [plain(first, 'where is', word('showCue')), ...told.get('a')!];
  const listed = setOn(partsOf(runsOn), first) ?? setOf(partsOf(having) ?? partsOf(thereSet), first);
  if (listed) return listed;
  const found = bare.find(({ shape }) => shape.test(text));
  if (!found) return cells;
  const own = cells.find((cell) => !cell.quoted && senseOf(cell, 'status') && cell.low === found.status);
  const place = partsOf(found.shape)?.get('p') ?? [];
  const state: CellSense = { t: 'status', name: found.status };
  const kind: CellSense = { t: 'kind', kinds: [found.kind], plural: true };
  return [
    plain(cells[0]!, 'list', word('listCue')),
    own ?? plain(cells[0]!, found.status, state),
    plain(cells[0]!, `${found.kind}s`, kind),
    ...(place.length > 0 ? [plain(cells[0]!, 'in', word('prep')), ...place] : []),
  ];
}

/** "how often did kafka-0 restart today", "which pod restarted most": its restarts, the most of them first. */
function restartsOf(parts: ReadonlyMap<string, readonly Cell[]>, at: Cell): readonly Cell[] {
  const thing = parts.get('a') ?? [];
  const restarts = plain(at, 'restarts', { t: 'metric', metric: 'restarts' });
  const rest = parts.get('t') ?? [];
  if (thing.length > 0) return [restarts, plain(at, 'of', word('of')), ...thing, ...rest];
  return [
    plain(at, 'which', word('what')),
    ...(parts.get('k') ?? []),
    plain(at, 'most', word('top')),
    restarts,
    ...rest,
  ];
}

const bareSet = (kind: string, plural: string, at: Cell): readonly Cell[] => [
  plain(at, 'list', word('listCue')),
  plain(at, plural, { t: 'kind', kinds: [kind], plural: true }),
];

/** "what runs on worker-3": the pods there; on a host of machines, the machines. */
function setOn(
  parts: ReadonlyMap<string, readonly Cell[]> | undefined,
  at: Cell,
): readonly Cell[] | undefined {
  const on = parts?.get('a')?.[0];
  const id = senseOf(on, 'name')?.ids[0];
  if (!on || id === undefined) return undefined;
  const kind = /:host\//.test(id) ? 'vm' : 'pod';
  const asked = parts!.get('r')?.findLast((cell) => senseOf(cell, 'kind'));
  if (asked && !senseOf(asked, 'kind')!.kinds.includes(kind)) return undefined;
  const set: CellSense = { t: 'kind', kinds: [kind], plural: true };
  return [plain(at, 'list', word('listCue')), plain(at, `${kind}s`, set), plain(at, 'on', word('prep')), on];
}

/** "how many pods does web have": pods of web. */
function setOf(
  parts: ReadonlyMap<string, readonly Cell[]> | undefined,
  at: Cell,
): readonly Cell[] | undefined {
  const [kind, cue] = [parts?.get('k')?.[0], parts?.get('c')];
  const it = parts?.get('i')?.[0];
  const thing = it ? [plain(it, 'it', word('pronoun'))] : parts?.get('a');
  if (!kind || isWord(kind, 'replicas') || !thing || thing.length === 0 || !cue) return undefined;
  const counts = cue.find((cell) => isWord(cell, 'howMany'));
  const joint = thing.some(
    (cell) =>
      (cell === thing[0] && it !== undefined) ||
      senseOf(cell, 'name')?.ids.some((id) => /:(node|host|namespace|network)\//.test(id)),
  );
  const link = joint ? plain(at, 'on', word('prep')) : plain(at, 'of', word('of'));
  return [counts ?? plain(at, 'list', word('listCue')), kind, link, ...thing];
}

/** "the databases which we pay for", "servers we run in us-east-1": all of them are ours. */
function withoutOwning(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /^(that |which )?(we|i)$/.test(cell.low) &&
      /^(own|run|operate|manage|maintain|pay|host|possess|rent|administer|look after)$/.test(
        cells[index + 1]?.low ?? '',
      ),
  );
  const set = isWord(cells[at - 1], 'that') ? at - 1 : at;
  if (at < 1 || !senseOf(cells[set - 1], 'kind')?.plural || senseOf(cells[set - 1], 'name')) return cells;
  const isOrdered = cells
    .slice(0, set - 1)
    .some((cell) => senseOf(cell, 'verb')?.form === 'base' && !senseOf(cell, 'kind'));
  let end = at + 2;
  while (/^(for|here|today|now|ourselves|currently|at present)$/.test(cells[end]?.low ?? '')) end++;
  const next = cells[end];
  const isEnd =
    next === undefined || (isWord(next, 'stop', 'comma', 'prep', 'filler') && !isWord(next, 'except', 'not'));
  return isEnd && !isOrdered ? [...cells.slice(0, set), ...cells.slice(end)] : cells;
}

const chosen = /^(image|flavor|keypair|network|subnet|security-group|host|node|datastore|policy|action)$/;
const choosing =
  /^(use|choose|pick|select|take|boot|order|deploy|get|have|run|attach|book|rent|start|launch|create|make|spin up|build|provision|install|approve|assign)$/;
/** To somebody. */
const giving = /^(offer|recommend|propose|suggest|give|hand|hand out|provide|lend|grant|assign|approve)$/;

/** A word for somebody, or of what sort they are, that bounds no thing here. */
const isSomebody = (cell: Cell): boolean =>
  !cell.quoted && (cell.low === 'new' || (cell.senses.length === 0 && /^[a-z]+$/.test(cell.low)));

/** "the images we can use", "which images could I boot a server from": those there are. */
function withoutChoice(cells: readonly Cell[]): readonly Cell[] {
  const isVerb = (cell: Cell | undefined): boolean =>
    choosing.test(cell?.low ?? '') || giving.test(cell?.low ?? '');
  const isJointAt = (at: number): boolean =>
    /^(can|could|may|might) (we|i|you|one)$/.test(cells[at]?.low ?? '') && isVerb(cells[at + 1]);
  const may = cells.findIndex(
    (cell, at) => !cell.quoted && (/^(can|could|may|might)$/.test(cell.low) || isJointAt(at)),
  );
  const isPerson = (cell: Cell | undefined): boolean =>
    /^((that |which )?(we|i|you|one|they|people|somebody|someone))$/.test(cell?.low ?? '');
  const verb = isPerson(cells[may + 1]) ? may + 2 : may + 1;
  const isJoint = isJointAt(may);
  const isAsked = verb === may + 2 || isJoint || isPerson(cells[may - 1]);
  if (may < 1 || !isAsked || !isVerb(cells[verb])) return cells;
  let from = verb === may + 2 || isJoint ? may : may - 1;
  while (isWord(cells[from - 1], 'that') && /^(from|on|with|in|to|for|of)$/.test(cells[from - 2]?.low ?? ''))
    from -= 2;
  if (isWord(cells[from - 1], 'that')) from--;
  const kind = senseOf(cells[from - 1], 'kind');
  if (!kind?.plural || cells.slice(0, from).some((cell) => isBase(cell) && !senseOf(cell, 'kind')))
    return cells;
  const rest = cells.slice(verb + 1).filter((cell) => !isWord(cell, 'stop', 'filler'));
  const isChosen = kind.kinds.some((one) => chosen.test(one));
  // "a server from", "new vms with": what it is for.
  const isPurpose = rest.every(
    (cell) =>
      isWord(cell, 'det', 'prep', 'any') ||
      // "to new PhD students"
      (isChosen && giving.test(cells[verb]!.low) && isSomebody(cell)) ||
      (senseOf(cell, 'kind') !== undefined && !senseOf(cell, 'name') && isChosen),
  );
  const isEnd = rest.length === 0 || (rest.length === 1 && rest[0]!.low === 'from') || isChosen;
  return isPurpose && isEnd ? cells.slice(0, from) : cells;
}

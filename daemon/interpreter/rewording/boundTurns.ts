// Bounds of sets in everyday words: "not plugged into a machine", "hang off mongo-1", "databases we keep in Ireland",
// "without all of their replicas ready", "leave the control plane out", "env=prod only", "biggest first". Each becomes the
// words that bound a set plainly, so that it is never left out; what only says how a list is to look goes. Called with the
// other bounds before steps are made plain.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { type Turn, withTurns } from '../words/phraseTurns.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { setTurns } from './onlyThose.ts';

/** The cells with such bounds said plainly. */
export function withBoundTurns(cells: readonly Cell[]): readonly Cell[] {
  const said = isAsked(cells) ? withTurns(cells, leads) : cells;
  if (!said.some((cell) => !cell.quoted && senseOf(cell, 'kind') !== undefined)) return said;
  return withOnlyBehind(withTurns(withColumnsAsked(said), turns));
}

const leads: readonly Turn[] = [
  // "wondering whether any policies are off", "no idea which of our vms": asks for them.
  {
    words:
      /^(?:(?:i am|i was|i|we|just|was|am|been|so|and) )*(?:wondering|wonder|curious|checking|not sure|unsure|no idea|no clue|do not know|dunno|cannot tell|want to know|need to know|would like to know|like to know)(?: whether| if)?(?= (?:any|there are any|there are|which|what|how many|which of|which ones)\b)/,
    put: (cells, from) => (from === 0 || isWord(cells[from - 1], 'stop', 'comma', 'colon') ? [] : undefined),
  },
  {
    words: /^what (?:still )?(?:has|needs|is) (?:yet |still )?to be approved(?= |$)/,
    put: (cells, from, to) => [
      plain(cells[from]!, 'what', word('what')),
      plain(cells[from]!, 'actions', { t: 'kind', kinds: ['action'], plural: true }),
      plain(cells[to - 1]!, 'waiting for approval', { t: 'status', name: 'pending' }),
    ],
  },
  // "sitting in the approval queue"
  {
    words:
      /^(?:(?:that is|that are|still|currently|sitting|waiting|stuck|left|parked|lying|queued|sitting in|waiting in|stuck in|lying in) )*(?:in )?(?:the |our |my )?approvals? (?:queue|inbox|backlog)(?= |$)/,
    put: (cells, from) =>
      senseOf(cells[from], 'kind')?.plural
        ? undefined
        : [plain(cells[from]!, 'waiting for approval', { t: 'status', name: 'pending' })],
  },
];

/** "what sizes do our volumes have": a list shows it. */
function withColumnsAsked(cells: readonly Cell[]): readonly Cell[] {
  const text = cells.map(({ low, quoted }) => (quoted ? '\u25a1' : low)).join(' ');
  const verb = cells.findIndex(({ low }, at) => at > 0 && at < 4 && /^(do|does|are|have)$/.test(low));
  const kind = cells.findIndex(
    (cell, at) => at > verb && !cell.quoted && senseOf(cell, 'kind')?.plural === true,
  );
  const rest = cells.slice(kind + 1).filter((cell) => !isWord(cell, 'stop', 'filler'));
  const isAll =
    asked.test(text) &&
    verb > 0 &&
    kind > verb &&
    rest.length > 0 &&
    /^(?:have|has|run in|run|running in|live in|use|using|come in|carry|belong to|sit in|are in|in|on|of|get|got|run on|come with)$/.test(
      rest.map(({ low }) => low).join(' '),
    );
  return isAll ? [plain(cells[0]!, 'list', word('listCue')), ...cells.slice(verb + 1, kind + 1)] : cells;
}

/** The last thing of a kind that is spoken of before a place in the text. */
const holderOf = (cells: readonly Cell[], at: number): readonly string[] =>
  senseOf(
    cells.slice(0, at).findLast((cell) => !cell.quoted && senseOf(cell, 'kind') && !senseOf(cell, 'name')),
    'kind',
  )?.kinds ?? [];

const isOf = (cells: readonly Cell[], at: number, kinds: RegExp): boolean =>
  holderOf(cells, at).some((kind) => kinds.test(kind));

/** What was spoken of last is a set. */
const isOfSet = (cells: readonly Cell[], at: number): boolean =>
  senseOf(
    cells.slice(0, at).findLast((cell) => !cell.quoted && senseOf(cell, 'kind')),
    'kind',
  )?.plural === true;

const held = /^(volume|floating-ip)$/;
const workload = /^(deployment|statefulset|daemonset|replicaset)$/;

const isPlaceCell = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider')) !== undefined;

/** Nothing is ordered: what is asked is only shown. */
const isAsked = (cells: readonly Cell[]): boolean =>
  !cells.some(
    (cell) =>
      isBase(cell) &&
      !senseOf(cell, 'kind') &&
      !senseOf(cell, 'metric') &&
      !isWord(cell, 'ask', 'listCue', 'showCue', 'what', 'howMany', 'filler', 'be', 'top', 'least', 'need'),
  );

const fixed =
  '(?:hang|hangs|hanging|hung|plugged|hooked|mounted|bolted|strapped|attached|bound|linked|connected|assigned|fastened|sit|sits|sitting)';
const fixing = `${fixed}(?: up)?(?: (?:on to|onto|into|in|to|up to|off of|off|on|from))`;
const anything =
  '(?:(?:a|an|any|any of the|the|one of the|some)? ?(?:machines?|vms?|instances?|servers?|hosts?|boxes|box|nodes?|computers?)|anything|any thing|something|anyone|anybody|anywhere)';

const replicas = '(?:replicas?|copies|pods|instances)';
const up = '(?:ready|up|running|available|healthy|alive|up and running)';
const lesser = `(?:(?:run|runs|running|have|has|having|with|on|at|that have|that run|which have|which run|that are running|are running|are at) )*(?:fewer|less)(?: than)?(?: ${up})? ${replicas}(?: (?:ready|up|running|available))? (?:than|then|as) (?:wanted|desired|requested|asked for|needed|required|expected|configured|specified|ordered|planned|(?:they|it|we) (?:should|want|wants|wanted|need|needs|asked for|are supposed to have|should have)(?: have)?)`;
const some = '(?:all of|all|all the|enough|some of|some|any of|every|each of|the full number of)';
const whose = '(?:their|its|the)';
const short =
  '(?:(?:are |is |that are |which are )?(?:short of|short on|short|missing|lacking)|that miss|that lack|which lack)';
const without = '(?:without|with not|do not have|does not have|(?:that|which) do not have|not having)';
const lacking = [
  `(?:that |which )*${short}(?: ${some})*(?: ${whose})? ${replicas}(?: ${up})?`,
  `${without}(?: quite)?(?: ${some})+(?: ${whose})? ${replicas}(?: ${up})?`,
  `${without}(?: ${whose})? ${replicas} ${up}`,
];
const notYet = `(?:where|whose|with|in which) ${replicas} (?:are |is |that are )?not (?:all|fully|quite|yet|all of them) ${up}`;
const notAll = `(?:where|whose|with|in which|for which) not all(?: of)?(?: (?:the|their|its))? ${replicas}(?: (?:are|being|that are))?(?: ${up})?`;
const columns =
  '(?:(?:instance |machine |vm |server )?(?:types?|sizes?|flavou?rs?|classes)|regions?|zones?|names?|owners?|teams?|tags?|labels?|images?|ages?|states?|statuses|status|ips?|ip addresses|addresses|ports?|hosts?|nodes?|namespaces?|figures|details|capacit(?:y|ies)|revisions?|versions?|schedules?)';

const unitSeconds: Readonly<Record<string, number>> = {
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 30 * 86_400,
  year: 365 * 86_400,
};

const asked = new RegExp(
  `^(?:what|which|in what|in which|on what|of what|of which) ${columns} (?:do|does|are|have)\\b`,
);

const free = (cell: Cell): Cell => plain(cell, 'unattached', { t: 'status', name: 'free' });
const except = (cell: Cell): Cell => plain(cell, 'except', word('except'));

/** "that are" where the words before it do not say so already. */
function state(cells: readonly Cell[], from: number, name: string, not = false): readonly Cell[] {
  const at = cells[from]!;
  const isSaid = isWord(cells[from - 1], 'that', 'be');
  return [
    ...(isSaid ? [] : [plain(at, 'that are', word('that'))]),
    ...(not ? [plain(at, 'not', word('not'))] : []),
    plain(at, name, { t: 'status', name }),
  ];
}

const isOver = (cell: Cell | undefined): boolean =>
  cell === undefined || isWord(cell, 'stop', 'comma', 'filler', 'close', 'and', 'colon', 'to', 'open');

const turns: readonly Turn[] = [
  ...setTurns,
  // "created in the last week", "no older than a week"
  {
    words:
      /^(?:that were |which were |that are )?(?:created|made|launched|built) in the (?:last|past) (?:hour|day|week|month|year)(?= |$)/,
    put: (cells, from, to) => {
      const seconds = unitSeconds[cells[to - 1]!.low.split(' ').at(-1)!];
      const time = plain(cells[to - 1]!, 'in the last', { t: 'time', range: { windowS: seconds } });
      return seconds === undefined ? undefined : [plain(cells[from]!, 'created', word('createdOn')), time];
    },
  },
  {
    words: /^no (?:older|newer|younger)(?: than)?(?= )/,
    put: (cells, from, to) =>
      senseOf(cells[to], 'value')?.value.k !== 'duration'
        ? undefined
        : /older/.test(cells[to - 1]!.low)
          ? [plain(cells[from]!, 'at most', word('less'))]
          : [plain(cells[from]!, 'at least', word('more'))],
  },
  // "whose app tag is either ml or etl": the key alone.
  {
    words:
      /^(?:env|environment|team|role|app|owner|project|tier|stage) (?:tag|label)(?= (?:is|are|of|either|neither|set to|equals|=) )/,
    put: (cells, from) =>
      /^(?:whose|an?|the|their|with|having)$/.test(cells[from - 1]?.low ?? '') ? [cells[from]!] : undefined,
  },
  // "are not tagged production": all but those.
  {
    words:
      /^(?:(?:that|which|that are|which are) )?(?:are |is )?(?:not|arent|aren't|are not) (?:(?:tagged|labelled|labeled|marked)(?: as| with)?|tagged as|labelled as|labeled as|marked as)(?= )/,
    put: (cells, from, to) =>
      senseOf(cells[to], 'env') && isOver(cells[to + 1]) && isAsked(cells)
        ? [except(cells[from]!)]
        : undefined,
  },
  // "in phase Running on worker-1": the state, and then where.
  {
    words:
      /^(?:that are |which are |are )?(?:in|with|having) (?:the )?(?:phase|state|status) running (?=on|in)?(?:on|in)(?= )/,
    put: (cells, from, to) =>
      /^running (?:on|in)$/.test(cells[to - 1]!.low)
        ? [
            ...state(cells, from, 'running'),
            plain(cells[to - 1]!, cells[to - 1]!.low.split(' ')[1]!, word('prep')),
          ]
        : undefined,
  },
  // "that we keep in Ireland", "we have sitting in us-east-1": there.
  {
    words:
      /^(?:(?:that|which) )?(?:we|i|you) (?:have|has|had|run|keep|host|hold|got|operate|store|own|put|have got)(?: (?:running|sitting|lying|lying around|around|living|up))?(?= (?:in|on|at|over in|within|under|inside)\b)/,
    put: (cells, from, to) =>
      senseOf(cells[from - 1], 'kind')?.plural && isPlaceCell(cells[to + 1]) ? [] : undefined,
  },
  {
    words:
      /^(?:(?:that|which) )?(?:we|i|you) (?:have |keep |run |host )?(?:running in|sitting in|living in|located in|hosted in|placed in|deployed in)/,
    put: (cells, from, to) =>
      senseOf(cells[from - 1], 'kind')?.plural && isPlaceCell(cells[to]) && to > from + 1
        ? [plain(cells[to - 1]!, 'in', word('prep'))]
        : undefined,
  },
  // "are not plugged into a machine", "not hooked up to anything": free.
  {
    words: new RegExp(
      `^(?:(?:are|is|do|does|be) )?(?:not|arent|are not|is not|aren't|isn't|do not|does not|never) ${fixing} ${anything}`,
    ),
    put: (cells, from, to) =>
      isOf(cells, from, held) && !cells.slice(from, to).some((cell) => senseOf(cell, 'name'))
        ? [free(cells[from]!)]
        : undefined,
  },
  {
    words: new RegExp(`^${fixing} (?:nothing|no (?:machine|vm|instance|server|host|box)s?|none)`),
    put: (cells, from) => (isOf(cells, from, held) ? [free(cells[from]!)] : undefined),
  },
  // "which volumes hang off mongo-1": attached to it.
  {
    words: new RegExp(`^${fixing}(?= )`),
    // "the volumes have to be mounted on web-1" orders it.
    put: (cells, from, to) =>
      isOf(cells, from, held) &&
      isMachine(cells, to) &&
      isOfSet(cells, from) &&
      !/\bbe$/.test(cells[from - 1]!.low) &&
      (isAsked(cells) || !isWord(cells[from - 1], 'be', 'have'))
        ? [plain(cells[from]!, 'attached to', word('attachedTo'))]
        : undefined,
  },
  // "run fewer replicas than wanted", "without all of their replicas ready"
  ...[lesser, notYet, notAll, ...lacking].map(
    (words): Turn => ({
      words: new RegExp(`^${words}(?= |$)`),
      put: (cells, from, to) =>
        isOf(cells, from, workload) && isOver(cells[to]) && !senseOf(cells[from], 'value')
          ? state(cells, from, 'unhealthy')
          : undefined,
    }),
  ),
  {
    words: new RegExp(
      `^(?:with|have|has|having|that have|which have) all(?: of)?(?: (?:their|its|the))? ${replicas} ${up}(?= |$)`,
    ),
    put: (cells, from, to) =>
      isOf(cells, from, workload) && isOver(cells[to]) ? state(cells, from, 'unhealthy', true) : undefined,
  },
  // "not fully up in staging": the state, and then where.
  {
    words:
      /^(?:(?:that are|which are|are|is) )?not (?:fully|quite|completely|entirely|all|really|properly) up(?: in| on)?(?= |$)/,
    put: (cells, from, to) => {
      const [, place] = /^up (in|on)$/.exec(cells[to - 1]!.low) ?? [];
      const behind = place === undefined ? [] : [plain(cells[to - 1]!, place, word('prep'))];
      return isOf(cells, from, /^(deployment|statefulset|daemonset|replicaset|pod)$/)
        ? [...state(cells, from, 'unhealthy'), ...behind]
        : undefined;
    },
  },
  // "firing but not critical": two states of one set.
  {
    words: /^but not(?= )/,
    put: (cells, from, to) => {
      const isState = (at: number): boolean =>
        cells[at]?.quoted === false &&
        senseOf(cells[at], 'status') !== undefined &&
        !senseOf(cells[at], 'name');
      return isState(from - 1) && isState(to) && isOver(cells[to + 1]) && isAsked(cells)
        ? [plain(cells[from]!, 'that are', word('that')), plain(cells[from]!, 'not', word('not'))]
        : undefined;
    },
  },
  // "except those tagged dev": except dev.
  {
    words:
      /^(?:except|but|except for|bar|other than|all but|excluding|but not|apart from) (?:those|the ones|ones|the ones that are|those that are|those which are) (?:tagged|labelled|labeled|marked)(?: as| with)?(?= )/,
    put: (cells, from, to) =>
      senseOf(cells[to], 'env') && isOver(cells[to + 1]) ? [except(cells[from]!)] : undefined,
  },
  // "without web in their name": that do not have it there.
  {
    words: /^(?:without|with no|lacking) \S+ in (?:the|their|its) names?(?= |$)/,
    put: (cells, from, to) => {
      const part = cells[from + 1]!;
      const isPart = senseOf(part, 'part') ?? senseOf(part, 'prefix') ?? senseOf(part, 'name');
      return isPart && to >= from + 4
        ? [
            plain(cells[from]!, 'that are', word('that')),
            plain(cells[from]!, 'not', word('not')),
            plain(cells[from]!, 'containing', word('containing')),
            part,
          ]
        : undefined;
    },
  },
  // "leave X out of it", "X left out": except it.
  {
    words:
      /^(?:please |but |and |just )*(?:leave out|leaving out|do not count|not counting|not including|do not include|excluding|never mind)(?= )/,
    put: (cells, from, to) => (isNounAt(cells, to) ? [except(cells[from]!)] : undefined),
  },
  {
    words:
      /^(?:please |but |and |just )*(?:leave|leaving) (?:(?:the|all|any) )?(?:\S+ ){1,4}?(?:out of (?:it|this|that|the list|the picture)|out)(?= |$)/,
    put: (cells, from, to) => {
      const lead = cells.findIndex((cell, at) => at >= from && /(?:^|\s)(?:leave|leaving)$/.test(cell.low));
      const out = cells.findIndex((cell, at) => at > lead && at < to && /^out(?: of)?$/.test(cell.low));
      const isSet = cells.some((cell) => senseOf(cell, 'kind')?.plural === true || isWord(cell, 'all'));
      return lead < 0 || out < lead + 2 || !isSet
        ? undefined
        : [except(cells[lead]!), ...cells.slice(lead + 1, out)];
    },
  },
  {
    words: /^, (?:(?:the|all) )?\S+(?: ones)? (?:left out|excluded|not included|not counted|aside)(?= |$)/,
    put: (cells, from, to) => {
      const inner = cells
        .slice(from + 1, to)
        .filter(
          (cell) =>
            !/^(?:left|out|left out|excluded|not|included|counted|not included|not counted|aside)$/.test(
              cell.low,
            ),
        );
      return inner.length > 0 && isOver(cells[to]) ? [except(cells[from]!), ...inner] : undefined;
    },
  },
  {
    words: /^(?:the )?(?:control[ -]planes?|masters)(?= |$)/,
    put: (cells, from, to) =>
      isWord(cells[from - 1], 'except') && isOf(cells, from, /^node$/)
        ? [plain(cells[to - 1]!, 'control plane nodes', { t: 'kind', kinds: ['node'], plural: true })]
        : undefined,
  },
  // "biggest first", "newest at the top": how the list is to look.
  {
    words:
      /^(?:, |and |with the |the )*(?:biggest|largest|smallest|oldest|newest|youngest|latest|most recent|highest|lowest|longest|shortest)(?: ones?)? (?:first|last|at the top|on top|at the end|at the bottom|to (?:smallest|largest|newest|oldest))(?: please| pls)?$/,
    put: (cells, from) => (isAsked(cells) && isListed(cells.slice(0, from)) ? [] : undefined),
  },
  // "with their instance types": what the list shows anyhow.
  {
    words: new RegExp(
      `^(?:, )?(?:with|and|including|plus|along with|together with|showing|incl)(?: also)?(?: all)? (?:their|its|the respective) ${columns}(?:(?: and|,| and their) ${columns})*(?: please| pls)?(?: |$)`.replace(
        '(?: |$)',
        '(?= |$)',
      ),
    ),
    put: (cells, from, to) =>
      isAsked(cells) &&
      isListed(cells.slice(0, from)) &&
      (to === cells.length || isWord(cells[to], 'stop', 'filler', 'comma'))
        ? []
        : undefined,
  },
];

/** A list of things, and no figures. */
const isListed = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => !cell.quoted && senseOf(cell, 'kind')?.plural === true) &&
  !cells.some(
    (cell) =>
      !cell.quoted &&
      senseOf(cell, 'metric') !== undefined &&
      !senseOf(cell, 'kind') &&
      !isWord(cell, 'sizeWord'),
  ) &&
  !cells.some((cell) => isWord(cell, 'top', 'least'));

/** A machine by its name stands here. */
const isMachine = (cells: readonly Cell[], at: number): boolean => {
  const cell = cells[isWord(cells[at], 'det') ? at + 1 : at];
  return senseOf(cell, 'name')?.ids.some((id) => /:(vm|node|host)\//.test(id)) === true;
};

const isNounAt = (cells: readonly Cell[], at: number): boolean =>
  cells[at] !== undefined &&
  (isWord(cells[at], 'det', 'demonstrative') ||
    cells[at]!.senses.some(({ t }) => /^(name|part|env|region|provider|glob|prefix|kind|value)$/.test(t)));

/** "…, env=prod only", "only env=prod": behind the one set that is spoken of, wherever that was said. */
function withOnlyBehind(cells: readonly Cell[]): readonly Cell[] {
  const only = cells.findIndex((cell) => !cell.quoted && /^(only|just|exclusively)$/.test(cell.low));
  if (only < 0) return cells;
  const isBound = (cell: Cell | undefined): boolean =>
    cell?.quoted === false && (senseOf(cell, 'value')?.value.k === 'tags' || isPlaceCell(cell));
  const before = isBound(cells[only - 1]) && isOver(cells[only + 1]);
  const at = before ? only - 1 : isBound(cells[only + 1]) && isOver(cells[only + 2]) ? only + 1 : -1;
  const kinds = cells.flatMap((cell, index) =>
    !cell.quoted && senseOf(cell, 'kind')?.plural === true && !isWord(cell, 'replicas') ? [index] : [],
  );
  const [kind, ...others] = kinds;
  const isTag = senseOf(cells[at], 'value') !== undefined;
  // "label all vms env=dev only": what is to be set, and no bound.
  const isSet =
    isTag &&
    cells.some((cell) => isBase(cell) && /\b(tag|label|set|add)\b/.test(senseOf(cell, 'verb')!.phrase));
  if (at < 0 || kind === undefined || others.length > 0 || kind > at || isSet) return cells;
  const bound = [plain(cells[at]!, isTag ? 'with' : 'in', word('prep')), cells[at]!];
  const from = Math.min(at, only);
  // "in prod only": it is said where it is.
  if (isWord(cells[from - 1], 'prep') && !isTag) return cells;
  const start = isWord(cells[from - 1], 'comma', 'open', 'prep') ? from - 1 : from;
  const end =
    isWord(cells[start], 'open') && isWord(cells[Math.max(at, only) + 1], 'close')
      ? Math.max(at, only) + 2
      : Math.max(at, only) + 1;
  return [...cells.slice(0, kind + 1), ...bound, ...cells.slice(kind + 1, start), ...cells.slice(end)];
}
